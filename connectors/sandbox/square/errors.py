"""Refusals in Square's own shape."""

from __future__ import annotations

from typing import Any

from connectors.sandbox.standin.happenings import RefusalError

_CATEGORIES = {401: "AUTHENTICATION_ERROR", 403: "AUTHENTICATION_ERROR", 429: "RATE_LIMIT_ERROR", 500: "API_ERROR"}


class PosError(RefusalError):
    """A refusal: HTTP status, Square's code, a sentence, and the field it is about."""

    def __init__(self, status: int, code: str, detail: str, field: str = "") -> None:
        super().__init__(status, detail, field)
        self.code = code

    def body(self) -> dict[str, Any]:
        """The reply's body."""
        error = {
            "category": _CATEGORIES.get(self.status, "INVALID_REQUEST_ERROR"),
            "code": self.code,
            "detail": self.detail,
        }
        if self.field:
            error["field"] = self.field
        return {"errors": [error]}


def missing(field: str) -> PosError:
    """A required field is not there."""
    return PosError(400, "MISSING_REQUIRED_PARAMETER", f"Field must be set: {field}", field)


def invalid(field: str, detail: str) -> PosError:
    """A field holds something that cannot be used."""
    return PosError(400, "INVALID_VALUE", detail, field)


def not_found(what: str) -> PosError:
    """There is no such thing."""
    return PosError(404, "NOT_FOUND", f"{what} was not found.")
