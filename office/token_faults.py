"""Why there is no token."""

from __future__ import annotations


class TokenError(Exception):
    """No token. The message says what to do, and holds no secret."""


class TokenUnavailable(TokenError):
    """For now: the endpoint is away or busy. `seconds` is how long it wants to be left alone; 0: it does not say."""

    def __init__(self, message: str, seconds: float = 0.0) -> None:
        super().__init__(message)
        self.seconds = seconds


class TokenRefused(TokenError):
    """For good: a wrong client, secret or scope."""


class GrantRefused(TokenRefused):
    """The refresh token has ended or was taken back: a human must allow it anew."""
