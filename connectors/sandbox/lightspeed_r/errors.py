"""Refusals in the R-Series' own shape."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from connectors.sandbox.standin.happenings import RefusalError


class PosError(RefusalError):
    """A refusal: HTTP status, a sentence, and the field it is about."""

    def body(self) -> dict[str, Any]:
        """The reply's body."""
        return refusal(self.status, self.detail)


def refusal(status: int, message: str) -> dict[str, Any]:
    """What the API answers when it refuses."""
    return {
        "httpCode": str(status),
        "httpMessage": HTTPStatus(status).phrase,
        "message": message,
        "errorClass": "\\Exception",
    }


def missing(field: str) -> PosError:
    """A required field is not there."""
    return PosError(400, f"Field must be set: {field}", field)


def invalid(field: str, detail: str) -> PosError:
    """A field holds something that cannot be used."""
    return PosError(400, detail, field)


def not_found(what: str, field: str = "") -> PosError:
    """There is no such thing."""
    return PosError(404, f"{what} was not found.", field)
