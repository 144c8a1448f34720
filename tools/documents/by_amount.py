"""Single refunds and voids by what they came to: their order, the largest or smallest in words, and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import Field

from tools.amounts import figure, money_said, money_text
from tools.analysis.voids import Happening
from tools.bounds import Bounds
from tools.frame import Frame
from tools.registry import Arguments
from tools.result import Figure
from tools.wording import counted, moment

_THEN = 3
WORDS = {"newest": "newest", "top": "largest", "bottom": "smallest"}


class ByAmount(Arguments):
    """Bounds on the amount of each."""

    over: str | None = Field(default=None, max_length=20, description="Only those of more than this amount: “50”.")
    at_least: str | None = Field(default=None, max_length=20, description="Only those of at least this amount.")
    under: str | None = Field(default=None, max_length=20, description="Only those of less than this amount.")
    at_most: str | None = Field(default=None, max_length=20, description="Only those of this amount or less.")


def between(happenings: Sequence[Happening], bounds: Bounds, exponent: int) -> tuple[list[Happening], list[str]]:
    """Those whose amount lies within the bounds, and how many could not be told for want of one."""
    if not bounds.given:
        return list(happenings), []
    kept = [one for one in happenings if one.amount is not None and bounds.hold(one.amount.scaleb(-exponent))]
    unknown = sum(one.amount is None for one in happenings)
    return kept, [f"{counted(unknown, 'entry')} without an amount left out."] if unknown else []


def in_order(happenings: Sequence[Happening], order: str) -> list[Happening]:
    """The newest first, or the largest or smallest; those without an amount come last.

    Args:
        happenings: in the order of time.
        order: "newest", "top" for the largest, or "bottom".
    """
    newest = list(reversed(happenings))
    if order == "newest":
        return newest
    way = -1 if order == "top" else 1
    return sorted(newest, key=lambda one: (one.amount is None, way * (one.amount or Decimal(0))))


def end_said(asked: Frame, shown: Sequence[Happening], order: str, nouns: Mapping[str, str]) -> list[str]:
    """The largest or smallest with its time, store, reason, person and receipt, and what comes after it."""
    known = [one for one in shown if one.amount is not None]
    if order == "newest" or not known:
        return []
    first = known[0]
    after = [f"{money_said(one.amount, asked.currency)} at {_where(asked, one)}" for one in known[1 : _THEN + 1]]
    most = f"{money_said(first.amount, asked.currency)} at {_where(asked, first)}"
    said = [f"The {WORDS[order]} {nouns[first.kind]} is {most}."]
    return [*said, f"Then {'; '.join(after)}."] if after else said


def _where(asked: Frame, one: Happening) -> str:
    store = asked.stores.by_id[one.store_id]
    beside = [
        f"by {one.employee}" if one.employee else "",
        f"reason “{one.reason}”" if one.reason else "no reason recorded",
        f"receipt {one.sale_id}" if one.sale_id else "",
    ]
    when = f", {moment(one.at, store.timezone)}" if one.at else ""
    return f"{store.name}{when} ({', '.join(part for part in beside if part)})"


def single_figures(asked: Frame, shown: Sequence[Happening]) -> list[Figure]:
    """The amount of each."""
    return [
        figure(
            asked, f"{one.kind}_single_amount", money_text(one.amount, asked.exponent), asked.currency,
            {"receipt": one.sale_id or "", "place": str(place)}, stores=(one.store_id,),
        )
        for place, one in enumerate(shown, 1)
        if one.amount is not None
    ]  # fmt: skip
