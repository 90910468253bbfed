"""A login by token: the SASL mechanism XOAUTH2, which Microsoft 365 and Google take in place of a password."""

from __future__ import annotations

from imapclient import IMAPClient


def log_in(client: IMAPClient, user: str, token: str) -> None:
    """Raises: imapclient's LoginError when the server refuses the token."""
    login = f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
    # A server that refuses says why in a challenge, and waits for an empty answer before it says NO; imapclient's own
    # oauth2_login would send it the token a second time.
    client.sasl_login("XOAUTH2", lambda challenge: b"" if challenge else login)
