"""What campaigns and coupons there are: how many, how long they ran, whom they reached, which coupons were used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, percent_said, ratio
from tools.analysis.few import FEWEST, is_few
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, provenance
from tools.metrics.campaign_facts_query import build_coupon_uses, build_household_contacts
from tools.metrics.coupons_query import build_redemptions
from tools.metrics.windows import Statement
from tools.promotions.campaigns import (
    Campaign,
    campaign_frame,
    chosen_campaigns,
    everybody,
    undated,
    whole_history,
)
from tools.promotions.coupon_redemption import CAMPAIGN_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span

MOST_ROWS = 100


class CampaignFactsArguments(Arguments):
    """Arguments of ``campaign_facts``."""

    show: Literal["campaigns", "coupons", "households"] = Field(
        default="campaigns", description="Campaigns with days and reach; coupons with uses; campaigns per household."
    )
    rank_by: Literal["days", "households", "coupons"] = Field(
        default="days", description="For campaigns: how long they ran, how many households they were sent to, coupons."
    )
    order: Literal["top", "bottom"] = Field(default="top", description="Longest, most first; or the other end.")
    campaign: str | None = Field(default=None, max_length=120, description=CAMPAIGN_HELP)
    period: str | None = Field(default=None, max_length=120, description="Campaigns that ran then; leave out for all.")
    stores: str | None = Field(
        default=None, max_length=300, description="Then only households that bought there are counted."
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    frame: Frame
    campaigns: Sequence[Campaign]
    context: ToolContext


@tool()
def campaign_facts(arguments: CampaignFactsArguments, context: ToolContext) -> ToolResult:
    """How many campaigns ran, of which type and for how long, whom each reached; which coupons were used and how often.

    Use it for “how many campaigns of each type”, “which campaign ran the longest”, “which campaign reached the most
    households”, “how long was campaign 18”, “which coupon was redeemed most”, “what share of coupons was redeemed at
    least once”, “how many campaigns does a household receive”. Redemption rates are coupon_redemption.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    made = _Asked(asked, chosen_campaigns(asked, arguments.campaign, planned=arguments.show == "campaigns"), context)
    if arguments.show == "coupons":
        return _coupons(made, arguments)
    return _households(made) if arguments.show == "households" else _campaigns(made, arguments)


def _told(sent: Mapping[str, int], one: Campaign) -> int | None:
    """How many households a campaign was sent to; None for one to four, of whom nothing is said."""
    number = sent.get(one.campaign_id, 0)
    return None if is_few(number) else number


def _households_said(sent: Mapping[str, int], one: Campaign) -> str:
    number = _told(sent, one)
    return f"fewer than {FEWEST} households" if number is None else counted(number, "household")


def _ran(one: Campaign) -> str:
    return one.when if one.days is None else f"{counted(one.days, 'day')} ({one.when})"


def _campaigns(made: _Asked, arguments: CampaignFactsArguments) -> ToolResult:
    asked, campaigns = made.frame, made.campaigns
    statement = build_redemptions(
        [one.campaign_id for one in campaigns], whole_history(asked), made.context.scope,
        start_on=asked.start_on, end_on=asked.end_on, whole_chain=everybody(asked),
    )  # fmt: skip
    rows = made.context.mirror.query(statement.sql, statement.params).dicts()
    sent = {row["campaign_id"]: int(row["audience"] or 0) for row in rows if row["campaign_id"]}

    def size(one: Campaign) -> int | None:
        named = {"days": one.days, "households": sent.get(one.campaign_id, 0), "coupons": one.coupons}
        return named[arguments.rank_by]

    sign = 1 if arguments.order == "bottom" else -1
    ranked = sorted(
        campaigns, key=lambda one: (size(one) is None, sign * (size(one) or 0), str(one.starts_on), one.campaign_id)
    )
    first = _campaign_headline(made, ranked, sent, arguments)
    kinds = sorted({one.kind or "no type" for one in campaigns})
    figures = [figure(asked, "campaigns", len(campaigns), "count")]
    for kind in kinds:
        of_kind = [one for one in campaigns if (one.kind or "no type") == kind]
        figures.append(figure(asked, "campaigns", len(of_kind), "count", {"campaign_type": kind}))
        figures.append(figure(asked, "average_days", _mean_days(of_kind), "days", {"campaign_type": kind}))
    for one in ranked[:MOST_ROWS]:
        group = {"campaign": one.campaign_id}
        figures += [
            figure(asked, "days", one.days, "days", group),
            figure(asked, "households_sent", _told(sent, one), "count", group),
        ]
    columns = ("Campaign", "text"), ("Type", "text"), ("Ran", "text"), ("Days", "count"), \
        ("Households sent", "count"), ("Coupons", "count")  # fmt: skip
    table = Table(
        tuple(TableColumn(*column) for column in columns),
        [
            (
                one.name,
                one.kind,
                one.when,
                one.days,
                _told(sent, one),
                one.coupons,
            )
            for one in ranked[:MOST_ROWS]
        ],
    )
    text = " ".join([first, *_by_kind(campaigns, kinds), *_ranked(ranked, sent, arguments)])
    return _result(made, first, text, figures, table, [statement])


def _campaign_headline(
    made: _Asked, ranked: Sequence[Campaign], sent: dict[str, int], arguments: CampaignFactsArguments
) -> str:
    one = ranked[0]
    households = _households_said(sent, one)
    if len(ranked) == 1:
        runs = "runs" if one.runs_at(made.frame.end_on) else "ran"
        return (
            f"{one.name} ({one.kind or 'no type'}) {runs} {_ran(one)}, was sent to {households} and offered"
            f" {counted(one.coupons, 'coupon')}."
        )
    whole = f"{counted(len(ranked), 'campaign')} began by {span(made.frame.end_on, made.frame.end_on)}"
    if arguments.period:
        whole = f"{counted(len(ranked), 'campaign')} ran {made.frame.when}"
    least = arguments.order == "bottom"
    said = {
        "days": f"{one.name} ran the {'shortest' if least else 'longest'}, {_ran(one)}",
        "households": f"{one.name} was sent to the {'fewest' if least else 'most'} households, {households}",
        "coupons": f"{one.name} offered the {'fewest' if least else 'most'} coupons, {one.coupons:,}",
    }
    return f"{whole}; {said[arguments.rank_by]}."


def _by_kind(campaigns: Sequence[Campaign], kinds: Sequence[str]) -> list[str]:
    if len(campaigns) < 2:
        return []
    parts = []
    for kind in kinds:
        of_kind = [one for one in campaigns if (one.kind or "no type") == kind]
        mean = _mean_days(of_kind)
        parts.append(f"{kind} {len(of_kind)} ({f'{mean} days on average' if mean else 'their length is not recorded'})")
    mean = _mean_days(campaigns)
    said = f" On average a campaign ran {mean} days." if mean else ""
    return [f"By type: {'; '.join(parts)}.{said}"]


def _mean_days(campaigns: Sequence[Campaign]) -> str | None:
    """The mean length of those whose first and last day are recorded; None without any."""
    lengths = [one.days for one in campaigns if one.days is not None]
    return number_text(ratio(sum(lengths), len(lengths)), 1) if lengths else None


def _ranked(ranked: Sequence[Campaign], sent: dict[str, int], arguments: CampaignFactsArguments) -> list[str]:
    if len(ranked) < 2:
        return []
    said = []
    for one in ranked[1:4]:
        named = {
            "days": _ran(one) if one.days is None else counted(one.days, "day"),
            "households": _households_said(sent, one),
        }
        said.append(f"{one.name} {named.get(arguments.rank_by, f'{one.coupons:,}')}")
    return [f"Then {'; '.join(said)}."]


def _coupons(made: _Asked, arguments: CampaignFactsArguments) -> ToolResult:
    asked = made.frame
    statement = build_coupon_uses([one.campaign_id for one in made.campaigns], asked.end_on)
    rows = made.context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        raise NoDataError("No coupons are recorded with these campaigns (table coupon).")
    names = {one.campaign_id: one.name for one in made.campaigns}
    times: dict[str, int] = {}
    for row in rows:
        times[row["coupon_id"]] = times.get(row["coupon_id"], 0) + int(row["redeemed"])
    used, total = sum(1 for number in times.values() if number), sum(times.values())
    best = max(times.values())
    top = sorted(one for one, number in times.items() if number == best) if best else []
    where = {one: sorted({names[r["campaign_id"]] for r in rows if r["coupon_id"] == one}) for one in top}
    until = span(asked.end_on, asked.end_on)
    first = (
        f"{used:,} of {counted(len(times), 'coupon')} ({percent_said(used, len(times))}) were redeemed at least once"
        f" by"
        f" {until}, {len(times) - used:,} never; {total:,} redemptions in all."
    )
    said = [first]
    if top:
        one = top[0]
        more = f" (and {len(top) - 1} more as often)" if len(top) > 1 else ""
        said.append(f"Redeemed most: coupon {one} of {' and '.join(where[one])}, {counted(best, 'time')}{more}.")
    good_for = {row["coupon_id"]: int(row["products"]) for row in rows}  # once, however many campaigns had it
    mean = number_text(ratio(sum(good_for.values()), len(good_for)), 1)
    said.append(f"A coupon is good for {mean} products on average.")
    figures = [
        figure(asked, "coupons", len(times), "count"),
        figure(asked, "coupons_used", used, "count"),
        figure(asked, "coupons_unused", len(times) - used, "count"),
        figure(asked, "coupons_redeemed", total, "count"),
    ]
    columns = ("Coupon", "text"), ("Campaign", "text"), ("Products", "count"), ("Redeemed", "count")
    shown = rows if arguments.order == "top" else list(reversed(rows))
    table = Table(
        tuple(TableColumn(*column) for column in columns),
        [(r["coupon_id"], names[r["campaign_id"]], int(r["products"]), int(r["redeemed"])) for r in shown[:MOST_ROWS]],
    )
    return _result(made, first, " ".join(said), figures, table, [statement])


def _households(made: _Asked) -> ToolResult:
    asked = made.frame
    statement = build_household_contacts(
        [one.campaign_id for one in made.campaigns], whole_history(asked), made.context.scope,
        until_on=asked.end_on, whole_chain=everybody(asked),
    )  # fmt: skip
    rows = [
        tuple(int(cell or 0) for cell in row) for row in made.context.mirror.query(statement.sql, statement.params).rows
    ]
    reached = sum(row[1] for row in rows)
    if reached < FEWEST:
        raise NoDataError(f"Fewer than five households of {asked.stores.label} were sent these campaigns.")
    sends, redeemers, redeemed = (
        sum(number * households for number, households, _, _ in rows), sum(r[2] for r in rows), sum(r[3] for r in rows)
    )  # fmt: skip
    mean, uses = number_text(ratio(sends, reached), 2), ratio(redeemed, redeemers) or Decimal(0)
    first = (
        f"{reached:,} households of {asked.stores.label} were sent at least one of "
        f"{counted(len(made.campaigns), 'campaign')}"
        f" by {span(asked.end_on, asked.end_on)}, {mean} campaigns each on average."
    )
    share, each = percent_said(redeemers, reached), number_text(uses, 2)
    said = [first, f"{redeemers:,} of them ({share}) redeemed a coupon, {each} coupons each on average."]
    said.append(f"{reached - redeemers:,} redeemed none.")
    common = max(rows, key=lambda row: row[1])
    large = [row for row in rows if row[1] >= FEWEST]
    if common[1] >= FEWEST:
        said.append(
            f"The commonest number is {counted(common[0], 'campaign')} ({counted(common[1], 'household')},"
            f" {percent_said(common[1], reached)})."
        )
    figures = [
        figure(asked, "households_sent", reached, "count"),
        figure(asked, "campaigns_per_household", mean, "ratio"),
        figure(asked, "households_redeeming", redeemers, "count"),
        figure(asked, "coupons_per_redeemer", number_text(uses, 2), "ratio"),
    ]
    columns = ("Campaigns sent", "count"), ("Households", "count"), ("Redeemed a coupon", "count")
    body = [row[:3] if row[2] >= FEWEST or not row[2] else (*row[:2], None) for row in large]
    table = Table(tuple(TableColumn(*column) for column in columns), body)
    return _result(made, first, " ".join(said), figures, table, [statement])


def _result(
    made: _Asked, first: str, text: str, figures: Sequence[Figure], table: Table, statements: Sequence[Statement]
) -> ToolResult:
    asked = made.frame
    local = () if everybody(asked) else (
        f"Campaigns are sent by the chain: only households that bought at {asked.stores.label} are counted.",
    )  # fmt: skip
    return ToolResult(
        headline=first,
        text=text,
        figures=tuple(figures),
        table=table,
        caveats=(*local, *undated(made.campaigns), "Both the first and the last day of a campaign count."),
        follow_ups=(
            "Coupon redemption rate by campaign",
            "Is there evidence that direct marketing improves engagement?",
        ),
        provenance=provenance(asked, (), list(statements)),
    )
