"""Refusals in the platform's shape: a short title and a sentence."""

from __future__ import annotations

from connectors.sandbox.standin.happenings import RefusalError


class XError(RefusalError):
    """A refusal; ``title`` is the platform's short word for it."""

    def __init__(self, status: int, title: str, detail: str, field: str = "") -> None:
        super().__init__(status, detail, field)
        self.title = title

    def body(self) -> dict[str, str]:
        """As the API answers it."""
        return {"error": self.title, "message": self.detail}


def missing(field: str) -> XError:
    """A field that must be set."""
    return XError(400, "Bad Request", f"Field must be set: {field}", field)
