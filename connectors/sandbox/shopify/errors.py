"""Refusals in Shopify's own shape: most of them inside a 200."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.sandbox.standin.happenings import RefusalError

INVALID_TOKEN = "[API] Invalid API key or access token (unrecognized login or wrong password)"  # noqa: S105 a sentence


class GraphError(RefusalError):
    """A refusal of a whole request, or of one field: a code for ``extensions`` and a sentence."""

    def __init__(self, code: str, detail: str, *, path: Sequence[str | int] = (), status: int = 400) -> None:
        super().__init__(status, detail)
        self.code = code
        self.path = tuple(path)

    def error(self) -> dict[str, Any]:
        """As it stands in ``errors``."""
        error: dict[str, Any] = {"message": self.detail, "extensions": {"code": self.code}}
        if self.path:
            error["path"] = list(self.path)
        return error


class TokenError(RefusalError):
    """The token is not accepted: an HTTP status and a sentence in place of a list."""


def denied(field: str, path: Sequence[str | int]) -> GraphError:
    """The token, or the shop's plan, does not allow a field."""
    return GraphError("ACCESS_DENIED", f"Access denied for {field} field.", path=path)


def user_error(field: Sequence[str], message: str, code: str | None = None) -> dict[str, Any]:
    """A refusal of a mutation's input, in its payload."""
    return {"field": list(field), "message": message, "code": code}
