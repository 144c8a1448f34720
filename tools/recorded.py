"""What is never recorded is said before what is not there yet: who asks for today must not be told to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NOT_YET, NoDataError
from tools.registry import Arguments
from tools.result import ToolResult

EVER = "all time"
"""The period of everything that is known."""
A = TypeVar("A", bound=Arguments)
Tell = Callable[[A, ToolContext], ToolResult]


def recorded_first(tell: Tell[A]) -> Tell[A]:
    """Let a tool say what it would of all time where nothing of the kind was ever recorded; below ``tool()``."""

    @wraps(tell)
    def told(arguments: A, context: ToolContext) -> ToolResult:
        try:
            return tell(arguments, context)
        except NoDataError as error:
            if error.reason == NOT_YET:
                _refuse_if_never(tell, arguments.model_copy(update={"period": EVER}), context)
            raise

    return told


def _refuse_if_never(tell: Tell[A], ever: A, context: ToolContext) -> None:
    """Raise what the tool says of all time, where that is that nothing was ever recorded."""
    try:
        tell(ever, context)
    except NoDataError as error:
        if error.reason == NOT_RECORDED:
            raise NoDataError(error.user_message, NOT_RECORDED) from None
