"""How the private Dovecot is set up: everything in one folder, everything on loopback."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from tests.servers import DOMAIN, HOST
from tests.servers.certificate import Certificate


@dataclass(frozen=True)
class Ports:
    imap: int
    imaps: int
    lmtp: int
    auth: int
    """Where Postfix asks whether a password is right."""


def mail_owner() -> tuple[str, str]:
    """User and group who own the mailboxes: Dovecot serves none as root."""
    user = "nobody" if os.getuid() == 0 else getpass.getuser()
    return user, grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


SIEVE, TWICE = "twice.sieve", "Kembar"
"""A script that puts aside what comes twice under one Message-ID (RFC 7352), as an office's server should."""
SIEVE_SCRIPT = f'''require ["duplicate", "fileinto", "mailbox"];
if duplicate {{ fileinto :create "{TWICE}"; }}
'''


VACATIONS, VACATION = "vacations.conf", "cuti.sieve"
"""What turns on Pigeonhole's vacation (RFC 5230), and the script in the home of whoever is away."""


def vacations_conf(smtp_port: int) -> str:
    """Absences are told by way of the SMTP server at `smtp_port`."""
    return f"""submission_host = {HOST}:{smtp_port}
mail_debug = yes
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:~/{VACATION};active=~/{VACATION}
}}
"""


def vacation_script(words: str) -> str:
    """As webmail writes it, with nothing but its usual answer."""
    return f'require ["vacation"];\nvacation "{words}";\n'


TOKENS = "oauth2.conf"


def oauth2_conf(introspection_url: str) -> str:
    """Every token is shown to the server that gave it, which says whose it is (RFC 7662)."""
    return f"""introspection_mode = post
introspection_url = {introspection_url}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 5000
"""


def dovecot_conf(folder: Path, ports: Ports, tls: Certificate) -> str:
    """Without the penalties for wrong passwords: they count by address, and every test comes from the same one."""
    user, group = mail_owner()
    sieve = folder / SIEVE
    unprivileged, tokens, mechanisms = "", "", "plain login"
    if (folder / TOKENS).exists():
        mechanisms = "plain login xoauth2 oauthbearer"
        tokens = f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder / TOKENS}\n}}"
    if os.getuid() != 0:
        unprivileged = (
            f"default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n"
        )
    return f"""base_dir = {folder}/run
state_dir = {folder}/run
instance_name = siaga-{ports.imap}
{unprivileged}log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = {HOST}
ssl = yes
ssl_cert = <{tls.certificate}
ssl_key = <{tls.key}
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
first_valid_uid = 1
mail_uid = {user}
mail_gid = {group}
mail_home = {folder}/mail/%n
mail_location = maildir:~/Maildir
mail_max_userip_connections = 200
{tokens}
passdb {{
  driver = passwd-file
  mechanisms = plain login none
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "Pesan Terkirim" {{
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {ports.imap}
  }}
  inet_listener imaps {{
    port = {ports.imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = {HOST}
    port = {ports.lmtp}
  }}
}}
service auth {{
  inet_listener auth {{
    address = {HOST}
    port = {ports.auth}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@{DOMAIN}
  auth_username_format = %Lu
  mail_plugins = {"sieve" if sieve.exists() else ""}
}}
plugin {{
  sieve_before = {sieve if sieve.exists() else ""}
}}
!include_try {folder / VACATIONS}
"""
