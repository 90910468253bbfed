"""A certificate that signs itself, for 127.0.0.1 and localhost, as an office's own server may have one."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers import need


@dataclass(frozen=True)
class Certificate:
    """The files that a server needs, and the trust that a client needs."""

    certificate: Path
    key: Path

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


def self_signed(folder: Path) -> Certificate:
    need("openssl")
    made = Certificate(folder / "server.pem", folder / "server.key")
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    command += ["-keyout", str(made.key), "-out", str(made.certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return made
