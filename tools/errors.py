"""Why a tool could not answer, named by who can act on it. ``user_message`` may be shown; ``str(exc)`` may not."""

from __future__ import annotations

from collections.abc import Sequence

NOT_YET = "not_yet"
"""The days asked about have only begun, or the data does not reach them yet."""
TO_COME = "to_come"
"""The days asked about lie ahead."""
NOT_RECORDED = "not_recorded"
"""Rows of that kind were never recorded for these stores."""
NO_SUCH_PRODUCT = "no_such_product"
"""No product fits the words that were taken for one."""


class ToolError(Exception):
    """Root of everything raised by ``tools``.

    ``reason`` is one of the words above, or "" where it does not matter to who asks next.
    """

    def __init__(self, user_message: str, reason: str = "") -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.reason = reason


class BadArgumentError(ToolError):
    """An argument cannot be used; the sentence names it and what is allowed. A model may call again, corrected."""


class ClarifyError(ToolError):
    """A phrase fits more than one thing; the person must choose among ``options``."""

    def __init__(self, user_message: str, options: Sequence[str]) -> None:
        super().__init__(user_message)
        self.options = tuple(options)


class NotAllowedError(ToolError):
    """The person who asks may not see or do this."""


class NoDataError(ToolError):
    """The mirror holds nothing for this question; the sentence says what it does hold."""
