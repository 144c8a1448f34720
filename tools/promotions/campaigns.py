"""Which campaigns a question is about, and over which households its answer counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools.context import ToolContext
from tools.directory import every_store
from tools.errors import BadArgumentError, ClarifyError, NoDataError
from tools.frame import Frame, frame
from tools.metrics.coupons_query import build_campaigns
from tools.metrics.query import Window
from tools.stores import resolve_stores
from tools.wording import counted, listed, span


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign and how many coupons it offers."""

    campaign_id: str
    name: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    coupons: int

    @property
    def days(self) -> int | None:
        """How many days it runs; None where its first or last is not recorded."""
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else None

    @property
    def when(self) -> str:
        """``1–21 Nov 2026``, and what of it is not recorded."""
        if self.starts_on and self.ends_on:
            return span(self.starts_on, self.ends_on)
        if self.starts_on:
            return f"from {span(self.starts_on, self.starts_on)}, end not recorded"
        return f"until {span(self.ends_on, self.ends_on)}, start not recorded" if self.ends_on else "not recorded"

    def begun_by(self, day: date) -> bool:
        """Whether it had begun by a day; one without a recorded start had."""
        return self.starts_on is None or self.starts_on <= day

    def runs_at(self, day: date) -> bool:
        """Whether it had not ended before a day; one without a recorded end has not."""
        return self.ends_on is None or self.ends_on >= day


def campaign_frame(period: str | None, stores: str | None, context: ToolContext) -> Frame:
    """The frame of a question about campaigns; without a period, all days with sales."""
    if period:
        return frame(period, stores, context)
    chosen = resolve_stores(stores, context)
    begun = [store.first_on for store in chosen.stores if store.first_on]
    until = [store.last_on for store in chosen.stores if store.last_on]
    if not begun:
        raise NoDataError(f"There are no sales for {chosen.label} yet, so no campaign can be followed.")
    return frame(f"from {min(begun).isoformat()} to {max(until).isoformat()}", stores, context)


def everybody(asked: Frame) -> bool:
    """Whether the stores asked about are the whole chain, so that every household counts."""
    return set(asked.stores.ids) == {store.store_id for store in every_store(asked.context)}


def undated(campaigns: Sequence[Campaign]) -> list[str]:
    """What is said of campaigns whose first or last day is not recorded."""
    endless = [one.name for one in campaigns if one.ends_on is None]
    unknown = [one.name for one in campaigns if one.starts_on is None]
    said = [f"Without a recorded end, and taken as running on: {listed(endless)}."] if endless else []
    return said + ([f"Without a recorded start, and taken as begun before: {listed(unknown)}."] if unknown else [])


def begun_before(asked: Frame, campaigns: Sequence[Campaign]) -> list[str]:
    """What is said of campaigns that began before the data does: redemptions of their first days may be missing."""
    first = min((store.first_on for store in asked.stores.stores if store.first_on), default=None)
    early = [one.name for one in campaigns if first and one.starts_on and one.starts_on < first]
    if not first or not early:
        return []
    return [
        f"The data begins on {span(first, first)}, after {listed(early)} did: what was redeemed before may be missing."
    ]


def whole_history(asked: Frame) -> list[Window]:
    """All days with data of the stores asked about: who bought there is a household of theirs."""
    return [
        Window((store.store_id,), store.first_on, store.last_on)
        for store in asked.stores.stores
        if store.first_on and store.last_on
    ]


def chosen_campaigns(asked: Frame, phrase: str | None, *, planned: bool = False) -> list[Campaign]:
    """The campaigns that began by the end of the period and had not ended before it, or the one that is named.

    With ``planned`` one that is named need not have begun.

    Raises:
        NoDataError: none is recorded, or none ran then.
        BadArgumentError: the phrase fits none.
        ClarifyError: it fits several.
    """
    statement = build_campaigns()
    known = [Campaign(*row) for row in asked.context.mirror.query(statement.sql, statement.params).rows]
    if not known:
        raise NoDataError(
            "No campaigns are recorded. They come with the tables campaign, campaign_audience, coupon and"
            " coupon_redemption of a loyalty or marketing system."
        )
    if phrase:
        return _named(phrase, known, asked, planned=planned)
    ran = [one for one in known if one.begun_by(asked.end_on) and one.runs_at(asked.start_on)]
    if not ran:
        days = sorted(day for one in known for day in (one.starts_on, one.ends_on) if day)
        raise NoDataError(
            f"No campaign ran {asked.when}; {counted(len(known), 'campaign')} are recorded, from"
            f" {span(days[0], days[-1])}."
        )
    return ran


def _named(phrase: str, known: Sequence[Campaign], asked: Frame, *, planned: bool) -> list[Campaign]:
    said = " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\btype(?=[a-z]\b)", "type ", phrase.lower())))
    bare = re.sub(r"\b(?:the|campaigns?|number|no)\b", " ", said).strip()
    of_kind = [one for one in known if one.kind and bare == " ".join(re.findall(r"[a-z0-9]+", one.kind.lower()))]
    begun = [one for one in of_kind if one.begun_by(asked.end_on)]
    if of_kind:
        if begun:
            return begun
        raise NoDataError(f"No campaign of {of_kind[0].kind} has begun by {span(asked.end_on, asked.end_on)}.")
    exact = [one for one in known if bare == one.campaign_id.lower() or said == one.name.lower()]
    found = (
        exact
        or [one for one in known if bare and bare in one.name.lower().split()]
        or [one for one in known if bare and bare in one.name.lower()]
    )
    if not found:
        names = listed([one.name for one in known], "or", most=8)
        raise BadArgumentError(f"There is no campaign “{phrase.strip()[:60]}”. There is {names}.")
    if len(found) > 1:
        options = [one.name for one in found]
        raise ClarifyError(f"“{phrase.strip()[:60]}” fits {listed(options)}. Which one do you mean?", options[:5])
    begins = found[0].starts_on
    if begins and begins > asked.end_on and not planned:
        raise NoDataError(f"{found[0].name} begins on {span(begins, begins)}: nobody could redeem yet.")
    return found
