"""What follows from a breakdown of margin: plain rules over the figures shown, each naming the figure it stands on.

A recommendation is a place to look, not a proof: the rules know nothing of contracts, space or what draws people in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from tools.frame import Frame
from tools.margin.unknown_cost import unknown_share
from tools.metrics import METRICS
from tools.metrics.evaluate import Group
from tools.metrics.margin_query import TIERS
from tools.wording import money

PEOPLE = {
    "customer": "Customer group",
    "age_band": "Age band",
    "income_band": "Income band",
    "household_size": "Household size",
    "kids": "Children",
}
"""How splits by customers are called."""

POINTS_BELOW = Decimal(5)
LEAST_SHARE = Decimal(3)
DISCOUNT_FACTOR = Decimal("1.25")
UNKNOWN_SHARE = Decimal(5)
_RATE, _DISCOUNTS = METRICS["gross_margin_pct"], METRICS["discount_rate"]


class Named(Protocol):
    """A row of a breakdown."""

    @property
    def name(self) -> str:
        """What to call it."""
        ...

    @property
    def group(self) -> Mapping[str, str]:
        """What its figures carry."""
        ...

    @property
    def sums(self) -> Group:
        """Its sums."""
        ...


def recommendations(rows: Sequence[Named], whole: Group, by: str, asked: Frame) -> list[str]:
    """At most four sentences, the first opened by “Recommendations:”; none where nothing stands out.

    Rules: a part of at least 3 % of net sales that earns 5 points less than the whole; one whose discount rate is a
    quarter above the whole's and whose margin % is below it; the part that earns most above it; what has no cost; and
    for spend tiers how much of the margin the first brings.
    """
    said = [*_losses(rows, asked, by), *_below(rows, whole, by), *_discounted(rows, whole, by)]
    said += _tiers(rows, whole) if by == "customer" else _above(rows, whole, by)
    said += _without_cost(whole)
    if not said:
        return []
    return [
        "Recommendations, from these figures alone:",
        *(f"({number}) {one}" for number, one in enumerate(said[:4], 1)),
    ]


def _losses(rows: Sequence[Named], asked: Frame, by: str) -> list[str]:
    losing = [
        row for row in rows
        if (row.sums.sums.get("n_gross_margin") or Decimal(0)) < 0 <= (row.sums.sums.get("n_net_sales") or Decimal(0))
    ]  # fmt: skip
    if not losing or by in PEOPLE:
        return []
    worst = min(losing, key=lambda row: row.sums.sums.get("n_gross_margin") or Decimal(0))
    lost = money(abs(worst.sums.sums.get("n_gross_margin") or Decimal(0)).scaleb(-asked.exponent), asked.currency)
    return [f"{worst.name} sold below cost by {lost}: check its cost record, then its price."]


def _share(row: Named, whole: Group) -> Decimal:
    part, net = row.sums.sums.get("n_net_sales"), whole.sums.get("n_net_sales")
    return part * 100 / net if part and net and net > 0 else Decimal(0)


def _gap(row: Named, whole: Group) -> Decimal | None:
    """Points of margin % above the whole's."""
    own, all_of_it = row.sums.value(_RATE, 0), whole.value(_RATE, 0)
    return None if own is None or all_of_it is None else own - all_of_it


def _large(rows: Sequence[Named], whole: Group) -> list[tuple[Decimal, Named]]:
    """Parts large enough to matter with their gap, the widest below first; unnamed ones are nobody's to act on."""
    found = [
        (gap, row)
        for row in rows
        if row.name not in ("Unknown", "No customer known") and _share(row, whole) >= LEAST_SHARE
        for gap in (_gap(row, whole),)
        if gap is not None
    ]
    return sorted(found, key=lambda pair: pair[0])


def _below(rows: Sequence[Named], whole: Group, by: str) -> list[str]:
    if by in PEOPLE:
        return []
    return [
        f"{row.name} brings {_share(row, whole):.1f} % of net sales at {row.sums.value(_RATE, 0):.1f} % margin,"
        f" {-gap:.1f} points below the whole: look at its prices and costs first."
        for gap, row in _large(rows, whole)[:2]
        if -gap >= POINTS_BELOW and (row.sums.sums.get("n_gross_margin") or Decimal(0)) >= 0
    ]


def _discounted(rows: Sequence[Named], whole: Group, by: str) -> list[str]:
    rate = whole.value(_DISCOUNTS, 0)
    if rate is None or rate <= 0:
        return []
    found = [
        (own, row)
        for gap, row in _large(rows, whole)
        for own in (row.sums.value(_DISCOUNTS, 0),)
        if gap < 0 and own is not None and own >= rate * DISCOUNT_FACTOR
    ]
    if not found:
        return []
    own, row = max(found, key=lambda pair: pair[0])
    what = "customers" if by in PEOPLE else "shallower discounts"
    remedy = (
        f"see which offers these {what} use" if by in PEOPLE else f"test {what} (ask for the optimal discount depth)"
    )
    return [
        f"{row.name} has a discount rate of {own:.1f} % against {rate:.1f} % and a margin below the whole: {remedy}."
    ]


def _above(rows: Sequence[Named], whole: Group, by: str) -> list[str]:
    found = _large(rows, whole)
    if not found or found[-1][0] < POINTS_BELOW or by in PEOPLE:
        return []
    gap, row = found[-1]
    return [
        (
            f"{row.name} earns {row.sums.value(_RATE, 0):.1f} %, {gap:.1f} points above the whole: keep it in stock and"
            " in sight."
        )
    ]


def _tiers(rows: Sequence[Named], whole: Group) -> list[str]:
    made = whole.sums.get("n_gross_margin")
    first = next((row for row in rows if row.name == TIERS[0]), None)
    own = first.sums.sums.get("n_gross_margin") if first else None
    if not made or made <= 0 or own is None:
        return []
    return [
        (
            f"The tenth of the customers that spends most brings {own * 100 / made:.1f} % of the gross margin: look"
            " after them before winning new ones."
        )
    ]


def _without_cost(whole: Group) -> list[str]:
    share = unknown_share(whole)
    if share is None or share < UNKNOWN_SHARE:
        return []
    return [f"Record the missing costs: {share:.1f} % of net sales has none, so its margin is not known."]
