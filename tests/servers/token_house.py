"""A small authorization server on loopback: gives tokens (RFC 6749) and says whose they are (RFC 7662)."""

from __future__ import annotations

import itertools
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

from office.oauth_settings import OAuth
from tests.servers import HOST, free_port

SECRET = "rahasia-klien"
SCOPE = f"https://{HOST}/.default"


@dataclass
class Answer:
    """What is said instead of a token, once."""

    code: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class TokenHouse:
    """The client's id is the user whose mailbox its tokens open. Refresh tokens begin with the user's name."""

    def __init__(self, *, seconds: int = 3600, rotates: bool = False) -> None:
        """`seconds`: how long a token is said to live. `rotates`: a refresh token is good once, and brings the next."""
        self.seconds, self.rotates, self.port = seconds, rotates, free_port()
        self.asked: list[dict[str, str]] = []
        """The forms of all requests for a token."""
        self.faults: list[Answer] = []
        self.slow = 0.0
        self.whose: dict[str, str] = {}
        """Access tokens that are good now, and the user of each."""
        self.refresh: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._http: ThreadingHTTPServer | None = None

    @property
    def token_url(self) -> str:
        return f"http://{HOST}:{self.port}/token"

    @property
    def introspection_url(self) -> str:
        return f"http://{HOST}:{self.port}/introspect"

    def login(self, user: str, *, flow: str = "klien", secret: str = SECRET) -> OAuth:
        """The settings of an office that knows how to ask here."""
        grown = self.new_refresh_token(user) if flow == "penyegar" else ""
        return OAuth(flow, self.token_url, user, secret, grown, (SCOPE,))

    def new_refresh_token(self, user: str) -> str:
        token = f"penyegar-{user}-{next(self._numbers)}"
        self.refresh[token] = user
        return token

    def new_token(self, user: str) -> str:
        # As long as Microsoft's are: longer than a line of SMTP may usually be.
        token = f"token-{next(self._numbers)}-" + "x" * 1800
        self.whose[token] = user
        return token

    def expire_all(self) -> None:
        """No access token is good any more, whatever was said when it was given."""
        self.whose.clear()

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"house": self})
        self._http = ThreadingHTTPServer((HOST, self.port), handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        http, self._http = self._http, None
        if http is not None:
            http.shutdown()
            http.server_close()

    def __enter__(self) -> TokenHouse:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def answer(self, form: dict[str, str]) -> Answer:
        self.asked.append(form)
        if self.slow:
            time.sleep(self.slow)
        if self.faults:
            return self.faults.pop(0)
        if form.get("client_secret") != SECRET:
            return refusal(401, "invalid_client", "AADSTS7000215: Invalid client secret provided")
        if form.get("grant_type") == "client_credentials":
            if form.get("scope") != SCOPE:
                return refusal(400, "invalid_scope", "no such scope")
            return self._given(form["client_id"], "")
        old = form.get("refresh_token", "")
        if old not in self.refresh:
            return refusal(400, "invalid_grant", f"the refresh token {old} has been revoked")
        user = self.refresh[old]
        if not self.rotates:
            return self._given(user, "")
        del self.refresh[old]
        return self._given(user, self.new_refresh_token(user))

    def _given(self, user: str, refresh: str) -> Answer:
        given: dict[str, Any] = {
            "token_type": "Bearer",
            "access_token": self.new_token(user),
            "scope": "something else",
        }
        if self.seconds:
            given["expires_in"] = self.seconds
        if refresh:
            given["refresh_token"] = refresh
        return Answer(200, json.dumps(given))


def refusal(code: int, error: str, description: str = "") -> Answer:
    return Answer(code, json.dumps({"error": error, "error_description": description}))


def kept_files(folder: Path) -> dict[str, str]:
    """What stands in a data folder, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}


class _Handler(BaseHTTPRequestHandler):
    house: TokenHouse
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        if self.path == "/introspect":
            user = self.house.whose.get(form.get("token", ""))
            self._say(Answer(200, json.dumps({"active": True, "username": user} if user else {"active": False})))
        elif self.path == "/token":
            self._say(self.house.answer(form))
        else:
            self._say(Answer(404, "<html>not here</html>"))

    def _say(self, answer: Answer) -> None:
        content = answer.body.encode()
        with suppress(OSError):
            self.send_response(answer.code)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""
