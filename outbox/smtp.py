"""The `Sender` port over SMTP submission (RFC 6409, RFC 5321)."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress

from outbox.sender import Envelope, InDoubt, Permanent, Retryable, ServerAway
from outbox.xoauth2 import log_in_to_send

_CLOSING = 421
_TOO_BIG = (523, 552)
"""Refusals of MAIL that mean this very mail; any other means whoever sends (RFC 1870, RFC 5321 §4.2.2)."""


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
        seconds: float = 30.0,
        dot_seconds: float = 60.0,
        access_token: Callable[[str], str] | None = None,
    ) -> None:
        """`seconds` is how long the server may take for an answer, `dot_seconds` for the one to the final dot.

        `access_token`, when given, is asked before every login for a token that takes the place of the password, and is
        told which one the server has just refused ("" for none). It raises ServerAway when there is none.
        """
        self._seconds, self._dot_seconds, self._access_token = seconds, dot_seconds, access_token
        self.host, self.port, self.user, self._password = host, port, user, password
        if security != "tanpa" and tls is None:
            tls = ssl.create_default_context()  # smtplib alone would trust any certificate
        self.security, self._tls, self.hello = security, tls, hello
        self._connection: smtplib.SMTP | None = None

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        smtp = self._ready()
        dotted = False
        try:
            self._announce(smtp, envelope)
            without_copy = self._address(smtp, envelope)
            self._expect(smtp.docmd("DATA"), 354)
            smtp.send(_dot_stuffed(envelope.raw))
            before_dot()
            dotted = True
            smtp.send(b".\r\n")
            return self._verdict(smtp) + without_copy
        except smtplib.SMTPResponseException as error:
            self._drop()
            raise _refusal(error) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise (InDoubt if dotted else Retryable)(f"{self.host}:{self.port}: {error}") from error
        except BaseException:  # the journal's own trouble: what was begun on this line is never finished
            self._drop()
            raise

    def _ready(self) -> smtplib.SMTP:
        try:
            return self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise ServerAway(self._say(error), refused=_refuses_us(error)) from error

    def _announce(self, smtp: smtplib.SMTP, envelope: Envelope) -> None:
        code, message = smtp.mail(on_the_wire(envelope.sender), self._options(smtp, envelope))
        if code >= 400 and code not in _TOO_BIG:
            self._drop()
            said = f"{envelope.sender} tidak diterima sebagai pengirim: {code} {_text(message)}"
            raise ServerAway(said, refused=code >= 500)
        self._expect((code, message), 250)

    def _address(self, smtp: smtplib.SMTP, envelope: Envelope) -> str:
        """RCPT for the reader and for the copy. Returns what to add to the answer when the copy was refused."""
        answer = smtp.rcpt(on_the_wire(envelope.recipient))
        other = envelope.archive if envelope.archive != envelope.recipient else ""
        if _is_policy(answer) and other and _is_policy(smtp.rcpt(on_the_wire(other))):
            # Postfix says only here that it will not have the sender or the client: then nobody is reached through it.
            self._drop()
            raise ServerAway(f"server menolak semua surat: {answer[0]} {_text(answer[1])}", refused=True)
        self._expect(answer, 250, 251)
        if not other:
            return ""
        code, message = smtp.rcpt(on_the_wire(other))
        if code in (250, 251):
            return ""
        if code == _CLOSING:
            raise smtplib.SMTPResponseException(code, message)
        return f" (tanpa salinan arsip: {code} {_text(message)})"

    def _verdict(self, smtp: smtplib.SMTP) -> str:
        """The answer to the final dot: a server that scans what it takes needs longer for it (RFC 5321 §4.5.3.2.6)."""
        if smtp.sock is not None:
            smtp.sock.settimeout(self._dot_seconds)
        answer = self._expect(smtp.getreply(), 250)
        if smtp.sock is not None:
            smtp.sock.settimeout(self._seconds)
        return answer

    def check(self) -> None:
        """Connect and log in, nothing more. Raises: Retryable, Permanent."""
        try:
            self._connected()
        except ServerAway as error:
            raise (Permanent if error.refused else Retryable)(str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise (Permanent if _refuses_us(error) else Retryable)(self._say(error)) from error
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
        if self._access_token is None:
            return self._opened()
        token = self._access_token("")
        try:
            return self._opened(token)
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            if error.smtp_code < 500:
                raise
        return self._opened(self._access_token(token))  # that one may have ended, or been taken back, before its time

    def _opened(self, token: str = "") -> smtplib.SMTP:
        """A new connection, logged in by `token` if there is one."""
        if self.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=self.hello, timeout=self._seconds, context=self._tls
            )
        else:
            smtp = smtplib.SMTP(self.host, self.port, local_hostname=self.hello, timeout=self._seconds)
        self._connection = smtp
        if smtp.sock is not None:
            # The final dot is a small write of its own: Nagle's algorithm would hold it back (56 ms a mail with it, 11
            # without).
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.security == "starttls":
            self._expect(smtp.starttls(context=self._tls), 220)
        if token:
            log_in_to_send(smtp, self.user, token)
        elif self.user:
            smtp.login(self.user, self._password)
        else:
            smtp.ehlo_or_helo_if_needed()
        return smtp

    def _say(self, error: Exception) -> str:
        said = _said(error)
        if isinstance(error, smtplib.SMTPAuthenticationError) and self._access_token is not None:
            said = f"token OAuth2 ditolak ({said}); periksa izin SMTP aplikasi untuk mengirim dari {self.user}"
        return f"{self.host}:{self.port}: {said}"

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
        if not 200 <= code <= 599:  # smtplib takes what came before a cut for an answer: "25" is none
            raise smtplib.SMTPServerDisconnected(f"jawaban terpotong: {code} {_text(message)}")
        if code not in codes:
            raise smtplib.SMTPResponseException(code, message)
        return f"{code} {_text(message)}"


def _dot_stuffed(raw: bytes) -> bytes:
    """RFC 5321 §4.5.2, ending in CRLF and without the final dot."""
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


def on_the_wire(address: str) -> str:
    """An address as SMTP without SMTPUTF8 can carry it: the domain in its ASCII form (RFC 5890).

    Raises: Permanent when the part before the @ has none.
    """
    local, at, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        return f"{local}{at}{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise Permanent(f"alamat {address} memuat huruf yang tidak dapat dikirimi surel") from error


def _refusal(error: smtplib.SMTPResponseException) -> Exception:
    message = f"{error.smtp_code} {_text(error.smtp_error)}"
    return (Permanent if error.smtp_code >= 500 else Retryable)(message)


def _is_policy(answer: tuple[int, bytes]) -> bool:
    """A refusal for good on grounds of security or policy (RFC 3463 §3.8, X.7.1)."""
    return answer[0] >= 500 and b"5.7." in answer[1]


def _refuses_us(error: Exception) -> bool:
    return getattr(error, "smtp_code", 0) >= 500 or isinstance(error, smtplib.SMTPNotSupportedError)


def _said(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"sertifikat server tidak dipercaya ({error.verify_message}); periksa [pengiriman] sertifikat_ca"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error)


def _text(message: bytes | str) -> str:
    return message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
