"""Coupons and direct marketing: who was sent a campaign, who redeemed, and how recipients shopped beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.few import FEWEST, is_few, tellable
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, provenance
from tools.metrics.coupons_query import NO_KIND, build_redemptions
from tools.promotions.campaigns import (
    Campaign,
    begun_before,
    campaign_frame,
    chosen_campaigns,
    everybody,
    undated,
    whole_history,
)
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stores import stores_again
from tools.wording import counted, listed, span

CAMPAIGN_HELP = "One campaign by its name or number (“campaign 13”), or a type of them (“Type A”). Leave out for all."
_ALL = "all"


class CouponRedemptionArguments(Arguments):
    """Arguments of ``coupon_redemption``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="Campaigns that ran then, in the asker's own words. Leave out for every campaign so far.",
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words; then only households that bought there count.",
    )
    campaign: str | None = Field(default=None, max_length=120, description=CAMPAIGN_HELP)
    by: Literal["campaign", "type"] = Field(default="campaign", description="One row for each campaign or each type.")
    rank_by: Literal["rate", "coupons", "households"] | None = Field(
        default=None,
        description=(
            "Rank them by the rate, by how many coupons were redeemed (“most redemptions”) or by how many households"
            " redeemed."
        ),
    )
    order: Literal["top", "bottom"] = Field(default="top", description="bottom: the fewest or the lowest first.")
    audience: Literal["campaign", "weekly_mailer"] = Field(
        default="campaign",
        description=(
            "weekly_mailer if the asker speaks of the weekly mailer, flyer or circular: who received that is not"
            " recorded, and the answer says so."
        ),
    )


@tool()
def coupon_redemption(arguments: CouponRedemptionArguments, context: ToolContext) -> ToolResult:
    """How many of the households that were sent a campaign redeemed a coupon of it, in all and by campaign or type.

    Use it for “coupon redemption rate by campaign”, “what percent of households that received a campaign redeemed at
    least one coupon”, “how many coupons were redeemed last month”. A rate is households that redeemed at least one
    coupon of the campaign over households it was sent to. Whether a campaign did any good is campaign_effect.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    campaigns = chosen_campaigns(asked, arguments.campaign)
    whole_chain = everybody(asked)
    statement = build_redemptions(
        [one.campaign_id for one in campaigns],
        whole_history(asked),
        context.scope,
        start_on=asked.start_on,
        end_on=asked.end_on,
        whole_chain=whole_chain,
        by_kind=arguments.by == "type",
    )
    found = {
        row["campaign_id"] or _ALL: _counts(row)
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    }
    whole = found.get(_ALL, Counts())
    if whole.audience < FEWEST:
        raise NoDataError(
            f"Fewer than five households of {asked.stores.label} were sent {_which(campaigns)}, so no rate is given."
        )
    rows, hidden = _rows(campaigns, found, arguments.by)
    told = tellable([row.counts.redeemers for row in rows])
    rows = [replace(row, told=which) for row, which in zip(rows, told, strict=True)]
    if arguments.rank_by is not None or arguments.order == "bottom":
        rows = _ranked(rows, arguments)
    headline = _headline(
        asked, campaigns, whole, weekly=arguments.audience == "weekly_mailer", limited=bool(arguments.campaign)
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, whole, rows, arguments)]),
        figures=tuple(
            _figures(asked, whole, {}, told=not is_few(whole.redeemers))
            + [one for row in rows for one in _figures(asked, row.counts, row.group, told=row.told)]
        ),
        table=_table(rows, arguments.by) if rows else None,
        chart=_chart(rows),
        caveats=tuple(
            _caveats(
                asked,
                campaigns,
                whole,
                hidden,
                few=is_few(whole.redeemers) or not all(row.told for row in rows),
                whole_chain=whole_chain,
                weekly=arguments.audience == "weekly_mailer",
                noun=arguments.by,
            )
        ),
        follow_ups=_follow_ups(asked, arguments),
        provenance=provenance(asked, (), [statement]),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Households sent to and redeeming, coupons redeemed by them, those in the period, and by others."""

    audience: int = 0
    redeemers: int = 0
    redeemed: int = 0
    in_period: int = 0
    outside: int = 0

    @property
    def rate(self) -> str | None:
        """Per cent of the audience, to 0.1."""
        return f"{Decimal(self.redeemers) * 100 / self.audience:.1f}" if self.audience else None


def _counts(row: Mapping[str, Any]) -> Counts:
    return Counts(*(int(row[name] or 0) for name in ("audience", "redeemers", "redeemed", "in_period", "outside")))


@dataclass(frozen=True, slots=True)
class _Row:
    """A campaign or type; ``told`` says whether its redeemers may be, and with them rate and coupons."""

    name: str
    kind: str
    when: str
    counts: Counts
    group: Mapping[str, str]
    told: bool = True


def _rows(campaigns: Sequence[Campaign], found: Mapping[str, Counts], by: str) -> tuple[list[_Row], int]:
    """What can be shown, and how many campaigns or types were too small; a household counts once in each."""
    if by == "type":
        return _kinds(campaigns, found)
    each = [(one, found.get(one.campaign_id, Counts())) for one in campaigns]
    shown = [(one, counts) for one, counts in each if counts.audience >= FEWEST]
    hidden = len(each) - len(shown)
    return [_Row(one.name, one.kind, one.when, counts, {"campaign": one.campaign_id}) for one, counts in shown], hidden


def _kinds(campaigns: Sequence[Campaign], found: Mapping[str, Counts]) -> tuple[list[_Row], int]:
    kinds: dict[str, int] = {}
    for one in campaigns:
        kinds[one.kind or NO_KIND] = kinds.get(one.kind or NO_KIND, 0) + 1
    rows = [
        _Row(kind, kind, counted(number, "campaign"), found.get(kind, Counts()), {"campaign_type": kind})
        for kind, number in sorted(kinds.items())
    ]
    shown = [row for row in rows if row.counts.audience >= FEWEST]
    return shown, len(rows) - len(shown)


def _which(campaigns: Sequence[Campaign]) -> str:
    return campaigns[0].name if len(campaigns) == 1 else f"one of these {len(campaigns)} campaigns"


def _headline(asked: Frame, campaigns: Sequence[Campaign], whole: Counts, *, weekly: bool, limited: bool) -> str:
    kinds = {one.kind for one in campaigns}
    of_kind = f"{next(iter(kinds))} " if limited and len(kinds) == 1 and any(kinds) else "direct-marketing "
    sent = f"were sent {_which(campaigns)}" if len(campaigns) == 1 else f"were sent at least one {of_kind}campaign"
    by_when = f" by {span(asked.end_on, asked.end_on)}"
    who = f"{whole.audience:,} households of {asked.stores.label}"
    body = (
        f"Fewer than five of the {who} that {sent} redeemed one of its coupons{by_when}."
        if is_few(whole.redeemers)
        else f"{whole.rate} % of the households that {sent} redeemed at least one of its coupons{by_when}:"
        f" {whole.redeemers:,} of {who}."
    )
    if not weekly:
        return body
    return (
        "Who received the weekly mailer is not recorded (it is an ad for a product in a store, not a list of"
        f" households); for direct-marketing campaigns, which are sent to households: {body}"
    )


def _sentences(asked: Frame, whole: Counts, rows: Sequence[_Row], arguments: CouponRedemptionArguments) -> list[str]:
    when = f", {whole.in_period:,} of them {asked.when}" if arguments.period else ""
    said = [] if is_few(whole.redeemers) else [f"They redeemed {counted(whole.redeemed, 'coupon')}{when}."]
    ranked = _ranked([row for row in rows if row.counts.rate and row.told], arguments)
    if len(ranked) > 1:
        top = "; ".join(f"{row.name} {_measured(row.counts, arguments)}" for row in ranked[:5])
        said.append(f"{_LEADS[arguments.rank_by or 'rate', arguments.order].format(by=arguments.by)}: {top}.")
        if len(ranked) > 5:
            other = "Highest" if arguments.order == "bottom" else "Lowest"
            said.append(f"{other}: {ranked[-1].name} {_measured(ranked[-1].counts, arguments, brief=True)}.")
    return said


_LEADS = {
    ("rate", "top"): "By {by}", ("rate", "bottom"): "Lowest rate by {by}",
    ("coupons", "top"): "Most coupons redeemed by {by}", ("coupons", "bottom"): "Fewest coupons redeemed by {by}",
    ("households", "top"): "Most redeeming households by {by}",
    ("households", "bottom"): "Fewest redeeming households by {by}",
}  # fmt: skip


def _ranked(rows: Sequence[_Row], arguments: CouponRedemptionArguments) -> list[_Row]:
    """The rows by what they are ranked by, the asked end first; those that may not be told come last, as they stood."""
    sign = 1 if arguments.order == "bottom" else -1

    def place(row: _Row) -> tuple[bool, Decimal]:
        counts = row.counts
        coupons = counts.in_period if arguments.period else counts.redeemed
        by = {"coupons": coupons, "households": counts.redeemers}.get(arguments.rank_by or "", counts.rate or 0)
        return not (row.told and counts.rate), sign * Decimal(by) if row.told else Decimal(0)

    return sorted(rows, key=place)


def _measured(counts: Counts, arguments: CouponRedemptionArguments, *, brief: bool = False) -> str:
    """What a row is ranked by, and with it what it is made of."""
    if arguments.rank_by == "coupons":
        coupons = counts.in_period if arguments.period else counts.redeemed
        return f"{coupons:,}" if brief else f"{coupons:,} ({counts.rate} % of {counts.audience:,} households redeemed)"
    if arguments.rank_by == "households":
        return f"{counts.redeemers:,}" if brief else f"{counts.redeemers:,} of {counts.audience:,} ({counts.rate} %)"
    return f"{counts.rate} %" if brief else f"{counts.rate} % ({counts.redeemers:,} of {counts.audience:,})"


def _figures(asked: Frame, counts: Counts, group: Mapping[str, str], *, told: bool) -> list[Figure]:
    common = (asked.stores.ids, asked.start_on, asked.end_on, group)
    if not told:
        return [Figure("households_sent", str(counts.audience), "count", *common)]
    return [
        Figure("coupon_redemption_rate", counts.rate, "%", *common),
        Figure("households_sent", str(counts.audience), "count", *common),
        Figure("households_redeeming", str(counts.redeemers), "count", *common),
        Figure("coupons_redeemed", str(counts.redeemed), "count", *common),
    ]


def _table(rows: Sequence[_Row], by: str) -> Table:
    first = "Campaign" if by == "campaign" else "Type"
    names = (
        (first, "text"),
        *((("Type", "text"),) if by == "campaign" else ()),
        ("Ran" if by == "campaign" else "Campaigns", "text"),
        ("Households sent", "count"),
        ("Redeemed at least one", "count"),
        ("Redemption rate", "%"),
        ("Coupons redeemed", "count"),
        ("In the period", "count"),
    )
    body = [
        (
            row.name,
            *((row.kind,) if by == "campaign" else ()),
            row.when,
            row.counts.audience,
            *(
                (row.counts.redeemers, row.counts.rate, row.counts.redeemed, row.counts.in_period)
                if row.told
                else (None, None, None, None)
            ),
        )
        for row in rows
    ]
    return Table(tuple(TableColumn(*pair) for pair in names), body)


def _chart(every: Sequence[_Row]) -> Chart | None:
    rows = [row for row in every if row.told]
    if not 2 <= len(rows) <= 20:
        return None
    values = tuple(float(row.counts.rate or 0) for row in rows)
    return Chart("bar", "Coupon redemption rate", tuple(row.name for row in rows), {"Redemption rate": values}, "%")


def _caveats(
    asked: Frame,
    campaigns: Sequence[Campaign],
    whole: Counts,
    hidden: int,
    *,
    few: bool,
    whole_chain: bool,
    weekly: bool,
    noun: str,
) -> list[str]:
    said = []
    if weekly:
        said.append("For what the mailer did to sales, ask “display versus mailer promotion lift”.")
    if not whole_chain:
        said.append(
            f"Campaigns are sent by the chain: only households that bought at {asked.stores.label} are counted."
        )
    running = [one.name for one in campaigns if one.runs_at(asked.end_on)]
    said += [*undated(campaigns), *begun_before(asked, campaigns)]
    if running:
        said.append(f"Still running, so not final: {listed(running)}.")
    if hidden:
        said.append(f"{counted(hidden, noun)} sent to fewer than five of these households are not shown.")
    if few:
        said.append(
            "Fewer than five redeeming households are not told as a number, nor are those that would give them away."
        )
    if whole.outside:
        said.append(
            f"{counted(whole.outside, 'coupon')} redeemed by households that were not on the list are not in the rate."
        )
    said.append("How many coupons each household was sent is not recorded, so the rate is by household, not by coupon.")
    return said


def _follow_ups(asked: Frame, arguments: CouponRedemptionArguments) -> tuple[str, ...]:
    same = stores_again(asked.stores, asked.context)
    other = "type" if arguments.by == "campaign" else "campaign"
    return (
        f"Coupon redemption rate by {other}{same}",
        f"Is there evidence that direct marketing improves engagement{same}?",
        f"Promotion lift last week{same}",
    )
