"""Refusals in Clover's shape: a message and nothing else. A missing permission is a 401 like a wrong token."""

from __future__ import annotations

from typing import Any

from connectors.sandbox.standin.happenings import RefusalError


def body_of(error: RefusalError) -> dict[str, Any]:
    """The reply's body."""
    return {"message": error.detail}


def unauthorized() -> RefusalError:
    """The token is wrong, or may not do this."""
    return RefusalError(401, "401 Unauthorized")


def not_found() -> RefusalError:
    """There is no such object."""
    return RefusalError(404, "Not Found")


def bad(detail: str) -> RefusalError:
    """The request cannot be understood."""
    return RefusalError(400, detail)
