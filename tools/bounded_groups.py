"""Only the groups whose figure lies within bounds: “suppliers with a lead time of more than 7 days”."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from pydantic import Field

from tools.bounds import Bounds, amount
from tools.errors import BadArgumentError
from tools.registry import Arguments
from tools.wording import counted

T = TypeVar("T")
_UNITS = {"%": " %", "days": " days", "weeks": " weeks", "units": " units", "orders": " orders"}


class BoundedArguments(Arguments):
    """Bounds of the figure that the groups of an answer are ranked by, in its unit (days, per cent, money)."""

    over: str | None = Field(default=None, max_length=20, description="With by: only those with more than this.")
    at_least: str | None = Field(default=None, max_length=20, description="With by: this or more.")
    under: str | None = Field(default=None, max_length=20, description="With by: less than this.")
    at_most: str | None = Field(default=None, max_length=20, description="With by: this or less.")

    def bounds(self, by: str | None) -> Bounds:
        """The bounds as numbers.

        Raises:
            BadArgumentError: one is no number, or there are bounds and nothing that they hold for.
        """
        found = Bounds(*(amount(name, getattr(self, name)) for name in ("over", "at_least", "under", "at_most")))
        if found.given and not by:
            raise BadArgumentError("by: say of what the figure is to lie within the bounds, such as by supplier.")
        return found


def within(groups: Sequence[T], value: Callable[[T], Decimal | None], bounds: Bounds) -> list[T]:
    """The groups whose figure is known and within the bounds, in their order; all where there is none."""
    if not bounds.given:
        return list(groups)
    return [one for one in groups if (found := value(one)) is not None and bounds.hold(found)]


def within_said(found: int, of: int, by: str, figure: str, unit: str, bounds: Bounds) -> str:
    """How many lie within the bounds, as a sentence; empty where there are none.

    >>> within_said(2, 5, "supplier", "lead time", "days", Bounds(Decimal(7), None, None, None))
    '2 of 5 suppliers: lead time more than 7 days.'
    """
    if not bounds.given:
        return ""
    pairs = (("more than", bounds.over), ("at least", bounds.least), ("less than", bounds.under),
             ("at most", bounds.most))  # fmt: skip
    behind = _UNITS.get(unit, "" if unit == "ratio" else f" {unit}")
    said = " and ".join(f"{word} {value.normalize():f}{behind}" for word, value in pairs if value is not None)
    return f"{found:,} of {counted(of, by)}: {figure} {said}."
