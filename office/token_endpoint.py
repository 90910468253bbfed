"""Asks a token endpoint for one token (RFC 6749 §4.4 and §6). oauthlib knows the protocol, httpx carries it.

Neither secrets nor tokens appear in errors, logs or representations.
"""

from __future__ import annotations

import re
import ssl
import time
from dataclasses import dataclass, field

import httpx
from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error

from office.oauth_settings import OAuth
from office.token_faults import GrantRefused, TokenError, TokenRefused, TokenUnavailable

TIMEOUT = httpx.Timeout(20.0, connect=10.0)
WHOLE_SECONDS = 30.0
LONGEST_ANSWER = 1_000_000
"""Bytes."""
UNTOLD_SECONDS = 600
"""How long a token is believed in whose life the server does not tell."""
LONGEST_LIFE = 7 * 24 * 3600
LONGEST_WAIT = 300.0
_BUSY = (408, 425, 429)
_FOR_NOW = ("temporarily_unavailable", "server_error", "slow_down")
_TOKEN = re.compile(r"[\x21-\x7e]{1,16000}")
"""What can stand in a login: anything else would end the token early, or smuggle a field in after it."""


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
    answer = _posted(login, body)
    secrets = [secret for secret in (login.secret, login.refresh_token, refresh_token) if secret]
    return _token(client, login, answer, secrets)


@dataclass(frozen=True, slots=True)
class _Answer:
    code: int
    retry_after: str
    text: str = field(repr=False)


def _posted(login: OAuth, body: str) -> _Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        trusted = ssl.create_default_context(cafile=login.ca_file or None)
        # Redirects are not followed: the secret goes to nobody but the address in the settings.
        with (
            httpx.Client(timeout=TIMEOUT, verify=trusted, follow_redirects=False) as client,
            client.stream("POST", login.token_url, content=body, headers=headers) as response,
        ):
            return _Answer(response.status_code, response.headers.get("retry-after", ""), _text(response))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            say = f"sertifikat {login.token_url} tidak dipercaya; periksa [oauth2] sertifikat_ca"
            raise TokenUnavailable(say) from error
        said = str(error) or type(error).__name__
        raise TokenUnavailable(f"alamat token {login.token_url} tidak terhubung ({said})") from error


def _text(response: httpx.Response) -> str:
    """The body, as far as a token can be long, and no longer than one may wait: everybody waits for this answer."""
    content, end = b"", time.monotonic() + WHOLE_SECONDS
    for piece in response.iter_bytes():
        content += piece
        if len(content) > LONGEST_ANSWER or time.monotonic() > end:
            raise OSError("jawaban terlalu panjang atau terlalu lambat")
    return content.decode("utf-8", "replace")


def _token(client: BackendApplicationClient, login: OAuth, answer: _Answer, secrets: list[str]) -> Token:
    code = answer.code
    if code >= 500 or code in _BUSY:
        raise TokenUnavailable(f"alamat token {login.token_url} sedang sibuk ({code})", _wait(answer))
    try:
        given = client.parse_request_body_response(answer.text)
    except OAuth2Error as error:
        if error.error == "missing_token":
            raise _no_answer(login, code) from None
        raise _refusal(login, error, secrets) from None
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError):
        raise _no_answer(login, code) from None
    access, refresh = given.get("access_token"), given.get("refresh_token") or ""
    if code != httpx.codes.OK or not _well_formed(access) or not (refresh == "" or _well_formed(refresh)):
        raise _no_answer(login, code)
    seconds = int(given.get("expires_in") or UNTOLD_SECONDS)
    return Token(str(access), min(max(0, seconds), LONGEST_LIFE), str(refresh))


def _no_answer(login: OAuth, code: int) -> TokenError:
    say = f"jawaban {login.token_url} bukan token ({code}); periksa [oauth2] alamat_token"
    # A page that says 200 may be a proxy's in between; an address that does not exist is for good.
    return TokenUnavailable(say) if code == httpx.codes.OK else TokenRefused(say)


def _refusal(login: OAuth, error: OAuth2Error, secrets: list[str]) -> TokenError:
    said = "".join(sign if sign.isprintable() else " " for sign in f"{error.error}: {error.description or ''}")
    said = " ".join(said.split())
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


def _wait(answer: _Answer) -> float:
    seconds = answer.retry_after
    return min(float(seconds), LONGEST_WAIT) if seconds.isascii() and seconds.isdigit() else 0.0


def _well_formed(token: object) -> bool:
    return isinstance(token, str) and _TOKEN.fullmatch(token) is not None
