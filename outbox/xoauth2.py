"""Logins by token: the SASL mechanism XOAUTH2, which Microsoft 365 and Google take in place of a password."""

from __future__ import annotations

import smtplib

from imapclient import IMAPClient


def log_in_to_send(smtp: smtplib.SMTP, user: str, token: str) -> None:
    """Raises: SMTPAuthenticationError when the server refuses the token; SMTPNotSupportedError, other SMTPException."""
    smtp.ehlo_or_helo_if_needed()
    if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("server tidak menerima login dengan token (XOAUTH2)")
    login = _login(user, token)
    # Not in the AUTH command itself: a token is often longer than a command may be (RFC 4954 §4), and Postfix cuts it.
    # A server that refuses says why in a second challenge, and waits for an empty answer before it says 535.
    smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else login, initial_response_ok=False)


def log_in_to_look(client: IMAPClient, user: str, token: str) -> None:
    """Raises: imapclient's LoginError when the server refuses the token."""
    client.sasl_login("XOAUTH2", lambda challenge: "" if challenge else _login(user, token))


def _login(user: str, token: str) -> str:
    return f"user={user}\x01auth=Bearer {token}\x01\x01"
