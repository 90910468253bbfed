"""What is asked of a Prefect server's REST API, whoever answers."""

from __future__ import annotations

from typing import Any, Protocol


class Api(Protocol):
    """POST, PATCH and GET with JSON. All raise httpx.HTTPError when the server cannot or will not.

    What comes back is as Prefect's own schemas say it; whoever asks takes out what it needs.
    """

    def post(self, path: str, body: object) -> Any:
        """Send, and return what is answered (None for nothing)."""

    def post_if_new(self, path: str, body: object) -> None:
        """Create something that may be there already."""

    def patch(self, path: str, body: object) -> None:
        """Change something that is there."""

    def get(self, path: str) -> Any:
        """Look."""
