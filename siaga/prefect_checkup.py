"""The part of `siaga doctor` about Prefect: whether it answers, and whether it lets anybody in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from flows.knocking import Answer, knock
from flows.prefect_server import PrefectServer
from office.oauth_settings import is_loopback
from office.prefect_environment import login_here
from office.prefect_login import login_file, read_login
from office.settings import Settings
from siaga.finding import Finding

PATIENCE = 3.0


def prefect_findings(settings: Settings) -> Iterator[Finding]:
    """One finding for the server that the desk uses, and one more where its login may be overheard."""
    if settings.prefect_url:
        yield _elsewhere(settings.prefect_url, settings.prefect_login or login_here())
        address = urlsplit(settings.prefect_url)
        if address.scheme != "https" and not is_loopback(address.hostname or ""):
            say = f"{settings.prefect_url} tanpa TLS: login dapat disadap di jalan; pakailah https"
            yield Finding("prefect", False, say, needed=False)
    else:
        yield _own(settings)


def _elsewhere(api: str, login: str) -> Finding:
    without = knock(api, "", PATIENCE)
    if without is Answer.AWAY:
        return Finding("prefect", False, f"{api} tidak menjawab; surat tetap diproses tanpa Prefect", needed=False)
    if without is Answer.WELCOMES:
        say = (
            f"{api} terbuka tanpa login: siapa pun yang mencapainya dapat mencatat jawaban lisan. Nyalakan "
            "PREFECT_SERVER_API_AUTH_STRING di server itu, lalu isi [prefect] nama dan sandi_env"
        )
        return Finding("prefect", False, say)
    if knock(api, login, PATIENCE) is not Answer.WELCOMES:
        return Finding("prefect", False, f"{api} menolak login; periksa [prefect] nama dan sandi_env", needed=False)
    return Finding("prefect", True, f"{api}, hanya dengan login")


def _own(settings: Settings) -> Finding:
    home, port = settings.data / "prefect", settings.prefect_port
    server = PrefectServer(home, port)
    guarded = f"hanya dengan login (isi berkas {login_file(home)})"
    if server.runs():  # a desk is open
        if knock(server.api, "", PATIENCE) is Answer.WELCOMES:
            return Finding("prefect", False, f"server di port {port} terbuka tanpa login; buka ulang meja: siaga up")
        known = knock(server.api, read_login(home), PATIENCE)
        if known is Answer.REFUSES:
            say = f"server di port {port} menolak login dalam {login_file(home)}; buka ulang meja: siaga up"
            return Finding("prefect", False, say)
        return Finding("prefect", True, f"sedang berjalan di port {port}, {guarded}")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            say = f"port {port} sudah dipakai; ubah [prefect] port, atau isi [prefect] url"
            return Finding("prefect", False, say)
    return Finding("prefect", True, f"dijalankan sendiri di port {port}, {guarded}")
