"""How the private Postfix is set up: everything in one folder, everything on loopback, no name is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.servers import DOMAIN, HOST
from tests.servers.dovecot import Dovecot


@dataclass(frozen=True)
class Ports:
    plain: int
    """Takes mail from loopback without a login."""
    starttls: int
    """Submission (RFC 6409): STARTTLS, then a login."""
    tls: int
    """Submissions (RFC 8314): TLS from the first byte, then a login."""


TROUBLE = {
    "sibuk": "421 4.3.2",
    "tunggu": "451 4.3.0",
    "penuh": "452 4.2.2",
    "gemuk": "552 5.2.2",
    "tutup": "554 5.7.1",
}
"""What Postfix answers to RCPT for some users, who must be among those of the Dovecot."""
REFUSALS = ", ".join(f"{{ {name}@{DOMAIN} = {code} {name} }}" for name, code in TROUBLE.items())


def main_cf(folder: Path, dovecot: Dovecot) -> str:
    return f"""compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = {HOST}
inet_protocols = ipv4
myhostname = mx.{DOMAIN}
mydestination =
mynetworks = 127.0.0.0/8
local_transport = error:no local mail
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = texthash:{folder}/etc/users
virtual_transport = lmtp:inet:{HOST}:{dovecot.ports.lmtp}
relay_domains =
default_transport = error:no internet here
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ {REFUSALS} }}
smtpd_tls_cert_file = {dovecot.certificate.certificate}
smtpd_tls_key_file = {dovecot.certificate.key}
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{HOST}:{dovecot.ports.auth}
smtpd_error_sleep_time = 0
message_size_limit = 60000000
virtual_mailbox_limit = 0
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
disable_dns_lookups = yes
smtputf8_enable = yes
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
biff = no
alias_maps =
alias_database =
"""


def master_cf(ports: Ports) -> str:
    login = "-o smtpd_sasl_auth_enable=yes -o smtpd_relay_restrictions=permit_sasl_authenticated,reject"
    services = [f"{HOST}:{ports.plain} inet n - n - - smtpd"]
    services += [f"{HOST}:{ports.starttls} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt {login}"]
    services += [f"{HOST}:{ports.tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes {login}"]
    services += ["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr"]
    services += ["rewrite unix - - n - - trivial-rewrite", "lmtp unix - - n - - lmtp", "showq unix n - n - - showq"]
    services += [f"{name} unix - - n - 0 bounce" for name in ("bounce", "defer", "trace")]
    services += [f"{name} unix - - n - - {name}" for name in ("proxymap", "error")]
    services.append("retry unix - - n - - error")  # where mail goes whose next hop is known to be away
    services += [f"{name} unix - - n - 1 {name}" for name in ("anvil", "scache", "verify")]
    services += ["tlsmgr unix - - n 1000? 1 tlsmgr", "flush unix n - n 1000? 0 flush"]
    services += ["postlog unix-dgram n - n - 1 postlogd"]
    return "\n".join(services) + "\n"
