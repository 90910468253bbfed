"""A patient client of the Prefect REST API."""

from __future__ import annotations

import time
from typing import Any

import httpx

from templates.characters import plain_values

_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)


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


class PrefectApi:
    """POST, PATCH and GET with JSON. Raises: httpx.HTTPError when the server cannot or will not.

    What a letter says is sent in characters that any server and its database take.
    """

    def __init__(self, api: str) -> None:
        self.api = api
        self._client = httpx.Client(base_url=api, timeout=10, transport=_Patient(retries=1))

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
