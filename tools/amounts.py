"""Amounts, shares and figures as an answer carries them: exact sums in, plain strings out.

Only the last step divides or rounds, in Decimal; what has nothing to divide by stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from connectors.currency import minor_exponent
from tools.frame import Frame, provenance
from tools.metrics import METRICS
from tools.metrics.query import Statement
from tools.result import Figure, Provenance
from tools.wording import money

Sum = Decimal | int | None


def rounded(value: Decimal, digits: int) -> Decimal:
    """A value to so many digits after the point, never ``-0``."""
    shown = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    return abs(shown) if shown == 0 else shown


def money_text(minor: Sum, exponent: int) -> str | None:
    """Minor units as a plain decimal string in major units."""
    return None if minor is None else f"{rounded(Decimal(minor).scaleb(-exponent), exponent):f}"


def money_said(minor: Sum, currency: str) -> str:
    """Minor units as a sentence says them: ``$1,234.50``; ``no amount`` for None."""
    if minor is None:
        return "no amount"
    exponent = minor_exponent(currency)
    return money(rounded(Decimal(minor).scaleb(-exponent), exponent), currency)


def ratio(part: Sum, whole: Sum) -> Decimal | None:
    """One sum over another, unrounded; None where there is nothing to divide by."""
    return None if part is None or not whole else Decimal(part) / Decimal(whole)


def number_text(value: Decimal | None, digits: int = 2) -> str | None:
    """A number as a plain decimal string."""
    return None if value is None else f"{rounded(value, digits):f}"


def percent_text(part: Sum, whole: Sum, digits: int = 1) -> str | None:
    """A share in per cent as a plain decimal string."""
    value = ratio(part, whole)
    return None if value is None else number_text(value * 100, digits)


def percent_said(part: Sum, whole: Sum, digits: int = 1) -> str:
    """A share as a sentence says it: ``12.5 %``."""
    text = percent_text(part, whole, digits)
    return "no share" if text is None else f"{text} %"


def figure(
    asked: Frame,
    metric: str,
    value: str | int | None,
    unit: str,
    group: Mapping[str, str] | None = None,
    *,
    stores: Sequence[str] = (),
    days: tuple[date, date] | None = None,
) -> Figure:
    """A figure over the stores and dates of the question, unless others are given."""
    start, end = days or asked.days_of(stores)
    shown = None if value is None else str(value)
    return Figure(metric, shown, unit, tuple(stores) or asked.stores.ids, start, end, {**asked.group, **(group or {})})


def stands_on(
    asked: Frame, metrics: Sequence[str], statements: Sequence[Statement], topics: Sequence[str] = ()
) -> Provenance:
    """Provenance under names of which some are no metrics of the house; ``topics`` are sources beside the sales."""
    found = provenance(asked, [METRICS["net_sales"]], statements)
    known = {topic: asked.snapshot.sources[topic].as_of_at for topic in topics if topic in asked.snapshot.sources}
    return replace(found, metrics=tuple(metrics), sources={**found.sources, **known})


def simulated(asked: Frame, topic: str, words: str) -> list[str]:
    """``Payments are simulated: …``, where the source says that its rows are made up."""
    state = asked.snapshot.sources.get(topic)
    if state is None or not state.simulated:
        return []
    note = state.note.strip().rstrip(".").removeprefix("simulated: ")
    return [f"{words} simulated{f': {note}' if note else ''}."]
