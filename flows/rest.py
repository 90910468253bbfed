"""A patient client of the Prefect REST API, which logs in and proves that no web page sends its requests."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Generator
from typing import Any

import httpx

from office.prefect_environment import login_here
from templates.characters import plain_values

_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")
_WAITING = httpx.Timeout(10, read=30)
"""Seconds. A server whose SQLite is locked waits ten before it says 503: whoever gives up at ten never hears it."""


class _Patient(httpx.HTTPTransport):
    """Asks again after 429 and 503: the server says 503 when its own SQLite is locked."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for pause in _PAUSES:
            response = super().handle_request(request)
            if response.status_code not in (429, 503):
                return response
            response.close()
            time.sleep(pause)
        return super().handle_request(request)


class _Admitted(httpx.Auth):
    """Basic auth, and for requests that change something a CSRF token where the server wants one.

    A new token makes the client's old one worthless, so every thread is a client of its own.
    """

    requires_response_body = True

    def __init__(self, api: str, login: str) -> None:
        name, _, password = login.partition(":")
        self._basic = httpx.BasicAuth(name, password) if login else httpx.Auth()
        self._tokens_at, self._own = f"{api}/csrf-token", threading.local()

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request = next(self._basic.auth_flow(request))
        if request.method not in _CHANGING:
            yield request
            return
        if not hasattr(self._own, "token"):
            yield from self._take_token()
        response = yield self._marked(request)
        if response.status_code == httpx.codes.FORBIDDEN and "CSRF" in response.text:
            yield from self._take_token()  # it was too old, or the server has forgotten it
            yield self._marked(request)

    def _take_token(self) -> Generator[httpx.Request, httpx.Response, None]:
        self._own.client = str(uuid.uuid4())
        asking = httpx.Request("GET", self._tokens_at, params={"client": self._own.client})
        response = yield next(self._basic.auth_flow(asking))
        self._own.token = response.json()["token"] if response.is_success else ""  # a server that wants none has none

    def _marked(self, request: httpx.Request) -> httpx.Request:
        if self._own.token:
            request.headers["Prefect-Csrf-Token"] = self._own.token
            request.headers["Prefect-Csrf-Client"] = self._own.client
        return request


class PrefectApi:
    """POST, PATCH and GET with JSON. Raises: httpx.HTTPError when the server cannot or will not.

    What a letter says is sent in characters that any server and its database take.
    """

    def __init__(self, api: str, login: str = "") -> None:
        """`login`: "name:password"; "" takes the one that the Prefect library uses in this process."""
        self.api, self.login = api, login or login_here()
        self._admitted = _Admitted(api, self.login)
        self._client = httpx.Client(base_url=api, timeout=_WAITING, transport=_Patient(retries=1), auth=self._admitted)

    def post(self, path: str, body: object) -> Any:
        response = self._client.post(path, json=plain_values(body)).raise_for_status()
        return response.json() if response.content else None

    def post_if_new(self, path: str, body: object) -> None:
        """Create something that may be there already (409 is fine)."""
        response = self._client.post(path, json=body)
        if response.status_code != httpx.codes.CONFLICT:
            response.raise_for_status()

    def patch(self, path: str, body: object) -> None:
        self._client.patch(path, json=plain_values(body)).raise_for_status()

    def get(self, path: str) -> Any:
        return self._client.get(path).raise_for_status().json()

    def close(self) -> None:
        self._client.close()
