"""Asks a token endpoint for one token (RFC 6749 §4.4 and §6). oauthlib knows the protocol, httpx carries it.

Neither secrets nor tokens appear in errors, logs or representations.
"""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass, field

import httpx
from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error

from office.oauth_settings import OAuth

TIMEOUT = httpx.Timeout(20.0, connect=10.0)
UNTOLD_SECONDS = 600
"""How long a token is believed in whose life the server does not tell."""
LONGEST_WAIT = 300.0
_BUSY = (408, 425, 429)
_FOR_NOW = ("temporarily_unavailable", "server_error", "slow_down")
_TOKEN = re.compile(r"[\x21-\x7e]{1,16000}")
"""What can stand in a login: anything else would end the token early, or smuggle a field in after it."""


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


@dataclass(frozen=True, slots=True)
class Token:
    """What the endpoint gave. `refresh` is "" when the server keeps to the one we have."""

    access: str = field(repr=False)
    seconds: int
    refresh: str = field(default="", repr=False)


def ask(login: OAuth, refresh_token: str = "") -> Token:
    """One request, without retries. Raises: TokenRefused, GrantRefused, TokenUnavailable."""
    client = BackendApplicationClient(login.client_id)
    known = {"client_secret": login.secret} if login.secret else {}
    scope = list(login.scopes) or None
    if login.flow == "penyegar":
        body = client.prepare_refresh_body(refresh_token=refresh_token, scope=scope, client_id=login.client_id, **known)
    else:
        body = client.prepare_request_body(scope=scope, include_client_id=True, **known)
    response = _posted(login, body)
    secrets = [secret for secret in (login.secret, login.refresh_token, refresh_token) if secret]
    return _token(client, login, response, secrets)


def _posted(login: OAuth, body: str) -> httpx.Response:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        trusted = ssl.create_default_context(cafile=login.ca_file or None)
        # Redirects are not followed: the secret goes to nobody but the address in the settings.
        with httpx.Client(timeout=TIMEOUT, verify=trusted, follow_redirects=False) as client:
            return client.post(login.token_url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            say = f"sertifikat {login.token_url} tidak dipercaya; periksa [oauth2] sertifikat_ca"
            raise TokenUnavailable(say) from error
        said = str(error) or type(error).__name__
        raise TokenUnavailable(f"alamat token {login.token_url} tidak terhubung ({said})") from error


def _token(client: BackendApplicationClient, login: OAuth, response: httpx.Response, secrets: list[str]) -> Token:
    code = response.status_code
    if code >= 500 or code in _BUSY:
        raise TokenUnavailable(f"alamat token {login.token_url} sedang sibuk ({code})", _wait(response))
    try:
        given = client.parse_request_body_response(response.text)
    except OAuth2Error as error:
        if error.error == "missing_token":
            raise _no_answer(login, response) from None
        raise _refusal(login, error, secrets) from None
    except (ValueError, TypeError, AttributeError, KeyError):
        raise _no_answer(login, response) from None
    access, refresh = given.get("access_token"), given.get("refresh_token") or ""
    if code != httpx.codes.OK or not _well_formed(access) or not (refresh == "" or _well_formed(refresh)):
        raise _no_answer(login, response)
    return Token(str(access), max(0, int(given.get("expires_in") or UNTOLD_SECONDS)), str(refresh))


def _no_answer(login: OAuth, response: httpx.Response) -> TokenError:
    say = f"jawaban {login.token_url} bukan token ({response.status_code}); periksa [oauth2] alamat_token"
    # A page that says 200 may be a proxy's in between; an address that does not exist is for good.
    return TokenUnavailable(say) if response.is_success else TokenRefused(say)


def _refusal(login: OAuth, error: OAuth2Error, secrets: list[str]) -> TokenError:
    said = " ".join(f"{error.error}: {error.description or ''}".split())
    for secret in secrets:
        said = said.replace(secret, "…")
    said = said[:200].removesuffix(":")
    if error.error in _FOR_NOW:
        return TokenUnavailable(f"alamat token {login.token_url} sedang tidak melayani ({said})")
    if error.error == "invalid_grant":
        say = "izin OAuth2 dicabut atau berakhir; buat token baru dan isikan di [oauth2] token_penyegar"
        return GrantRefused(f"{say} ({said})")
    if error.error in ("invalid_client", "unauthorized_client"):
        say = "server token menolak aplikasi ini; periksa [oauth2] id_klien dan rahasia, juga masa berlakunya"
        return TokenRefused(f"{say} ({said})")
    if error.error == "invalid_scope":
        return TokenRefused(f"server token menolak cakupan; periksa [oauth2] cakupan ({said})")
    return TokenRefused(f"server token menolak permintaan; periksa [oauth2] ({said})")


def _wait(response: httpx.Response) -> float:
    seconds = response.headers.get("retry-after", "")
    return min(float(seconds), LONGEST_WAIT) if seconds.isascii() and seconds.isdigit() else 0.0


def _well_formed(token: object) -> bool:
    return isinstance(token, str) and _TOKEN.fullmatch(token) is not None
