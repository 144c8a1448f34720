"""Buyers of a group: how many, how often they came, what they spent, and the days from one visit to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.amounts import number_text, ratio
from tools.analysis.few import FEWEST, is_few
from tools.frame import Frame

NOT_KNOWN = "Not known"
GAPS = (
    "Days between visits are from one day with a visit to the next of the same customer, all of them averaged; several"
    " visits on a day are one. Only gaps within the period count: a short one cuts the long ones off."
)


@dataclass(frozen=True, slots=True)
class Group:
    """Buyers of a group; money in minor units. Gaps are from one day with a visit to the next of the same customer."""

    key: str
    label: str
    customers: int
    repeaters: int
    visits: int
    net: Decimal
    gaps: int
    gap_days: int
    spaced: int
    """Those who came on two days or more."""

    @property
    def gap(self) -> Decimal | None:
        """Mean days from one visit to the next; None where too few people are behind it."""
        return ratio(Decimal(self.gap_days), self.gaps) if self.spaced >= FEWEST else None

    @property
    def few(self) -> bool:
        """Whether too few people are behind it."""
        return self.customers < FEWEST


def all_of(groups: Sequence[Group], label: str) -> Group:
    """Several groups together; a customer is in one of them."""
    return Group(
        "",
        label,
        customers=sum(one.customers for one in groups),
        repeaters=sum(one.repeaters for one in groups),
        visits=sum(one.visits for one in groups),
        net=sum((one.net for one in groups), Decimal(0)),
        gaps=sum(one.gaps for one in groups),
        gap_days=sum(one.gap_days for one in groups),
        spaced=sum(one.spaced for one in groups),
    )


def gap_said(group: Group) -> str | None:
    """Mean days from one visit to the next."""
    return number_text(group.gap, 1)


def gap_headline(asked: Frame, whole: Group, goods: str) -> str:
    """The mean gap first, with how it was got and who has none."""
    what, when = f" with {goods}" if goods else "", f"{asked.when}, {asked.stores.label}"
    who = f"known customers{f' ({whole.label})' if whole.label and whole.label != NOT_KNOWN else ''}"
    if whole.gap is None:
        return f"Fewer than {FEWEST} {who} came{what} on two days or more, {when}: no days between visits can be told."
    once = whole.customers - whole.spaced
    of = f"of the {whole.spaced:,} {who} who came on two days or more"
    rest = f"; {once:,} came on one day only and have none"
    if is_few(once) or not once:
        nearly = "nearly " if once else ""
        of, rest = f"of {whole.customers:,} {who}, {nearly}all of whom came on two days or more", ""
    return f"{gap_said(whole)} days between visits{what} on average, {when}: {whole.gaps:,} gaps {of}{rest}."
