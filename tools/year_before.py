"""What a comparison with a year before answers where the data does not reach back so far: the nearest there is.

Somebody who asks for growth year over year wants to know how things move. The answer says first that there is no year
before, then gives the same figures against the period before, so nobody takes the one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import Arguments
from tools.result import ToolResult

Asked = TypeVar("Asked", bound=Arguments)
_YEAR = re.compile(r"\b(?:years?|yoy)\b|^\W*(?:in )?(?:19|20)\d\d\W*$", re.IGNORECASE)
_AS_LONG = re.compile(r"\b(?:12|twelve) months\b|\b52 weeks\b|\b365 days\b|\b(?:ytd|r12)\b", re.IGNORECASE)
"""Spans before which a year lies, where nothing else is said to hold them against."""
_MAYBE = " A comparison with the month or the quarter before may be possible."
RECENT, BEFORE = "last 4 weeks", "the period before"


class NothingBeforeError(NoDataError):
    """There are no sales in the period to compare with."""


def or_the_period_before(
    arguments: Asked, context: ToolContext, answer: Callable[[Asked, ToolContext], ToolResult]
) -> ToolResult:
    """The answer; against the period before, saying so first, where a year before was asked for and is not there.

    Raises:
        NothingBeforeError: another period than a year before was asked for, or the period before is not there either.
    """
    try:
        return answer(arguments, context)
    except NothingBeforeError as error:
        asked = {name: str(getattr(arguments, name, None) or "") for name in ("period", "compare_to")}
        of_a_year = bool(_YEAR.search(asked["period"]) or _AS_LONG.search(asked["period"]))
        if not _YEAR.search(asked["compare_to"]) and not (of_a_year and asked["compare_to"] in ("", BEFORE)):
            raise
        period = RECENT if not asked["period"] or of_a_year else asked["period"]
        try:
            found = answer(arguments.model_copy(update={"period": period, "compare_to": BEFORE}), context)
        except NoDataError:
            raise error from None
        missing = f"{str(error).removesuffix(_MAYBE).rstrip('.')}. Nearest to it, against the period before: "
        return replace(found, headline=missing + found.headline, text=missing + found.text)
