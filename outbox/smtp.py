"""The `Sender` port over SMTP submission (RFC 6409, RFC 5321)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress

from outbox.sender import Envelope, InDoubt, Permanent, Retryable


class SmtpSender:
    """Sends through one server, over one connection that is kept while it works."""

    def __init__(
        self,
        host: str,
        port: int,
        user: str = "",
        password: str = "",
        *,
        security: str = "starttls",
        tls: ssl.SSLContext | None = None,
        hello: str = "siaga.localdomain",
    ) -> None:
        self.host, self.port, self.user, self._password = host, port, user, password
        self.security, self._tls, self.hello = security, tls, hello
        self._connection: smtplib.SMTP | None = None

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        dotted = False
        try:
            smtp = self._connected()
            self._expect(smtp.mail(envelope.sender, self._options(smtp, envelope)), 250)
            self._expect(smtp.rcpt(envelope.recipient), 250, 251)
            if envelope.archive and envelope.archive != envelope.recipient:
                self._expect(smtp.rcpt(envelope.archive), 250, 251)
            self._expect(smtp.docmd("DATA"), 354)
            smtp.send(_dot_stuffed(envelope.raw))
            before_dot()
            dotted = True
            smtp.send(b".\r\n")
            return self._expect(smtp.getreply(), 250)
        except smtplib.SMTPResponseException as error:
            self._drop()
            message = f"{error.smtp_code} {_text(error.smtp_error)}"
            raise (Permanent if error.smtp_code >= 500 else Retryable)(message) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise (InDoubt if dotted else Retryable)(f"{self.host}:{self.port}: {error}") from error

    def check(self) -> None:
        """Connect and log in, nothing more. Raises: Retryable, Permanent."""
        try:
            self._connected()
        except smtplib.SMTPResponseException as error:
            raise (Permanent if error.smtp_code >= 500 else Retryable)(_text(error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Retryable(f"{self.host}:{self.port}: {error}") from error
        finally:
            self.close()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is not None:
            try:
                if self._connection.rset()[0] == 250:
                    return self._connection
            except (OSError, smtplib.SMTPException):
                pass
            self._drop()
        if self.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=self.hello, timeout=30, context=self._tls
            )
        else:
            smtp = smtplib.SMTP(self.host, self.port, local_hostname=self.hello, timeout=30)
        self._connection = smtp
        if self.security == "starttls":
            self._expect(smtp.starttls(context=self._tls), 220)
        if self.user:
            smtp.login(self.user, self._password)
        else:
            smtp.ehlo_or_helo_if_needed()
        return smtp

    def _drop(self) -> None:
        """Without QUIT: after a fault nothing more is said on this connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.close()

    @staticmethod
    def _options(smtp: smtplib.SMTP, envelope: Envelope) -> list[str]:
        return [f"SIZE={len(envelope.raw)}"] if smtp.has_extn("size") else []

    @staticmethod
    def _expect(answer: tuple[int, bytes], *codes: int) -> str:
        code, message = answer
        if code not in codes:
            raise smtplib.SMTPResponseException(code, message)
        return f"{code} {_text(message)}"


def _dot_stuffed(raw: bytes) -> bytes:
    """RFC 5321 §4.5.2, ending in CRLF and without the final dot."""
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


def _text(message: bytes | str) -> str:
    return message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
