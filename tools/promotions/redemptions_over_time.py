"""When coupons were redeemed: redemptions and redeeming households by month, week or weekday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from tools.amounts import figure, percent_said
from tools.analysis.few import FEWEST
from tools.analysis.group_keys import key_days, key_text, key_title
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, provenance
from tools.metrics.campaign_facts_query import build_redemption_days
from tools.promotions.campaigns import campaign_frame, chosen_campaigns, everybody, whole_history
from tools.promotions.coupon_redemption import CAMPAIGN_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span

By = Literal["day", "week", "month", "weekday"]


class RedemptionsOverTimeArguments(Arguments):
    """Arguments of ``redemptions_over_time``."""

    by: By = Field(default="month", description="A row for each.")
    period: str | None = Field(
        default=None, max_length=120, description="When coupons were redeemed, in the asker's own words; else ever."
    )
    campaign: str | None = Field(default=None, max_length=120, description=CAMPAIGN_HELP)
    stores: str | None = Field(
        default=None, max_length=300, description="Then only households that bought there are counted."
    )


@dataclass(frozen=True, slots=True)
class _Step:
    key: str
    redeemed: int
    households: int


@tool()
def redemptions_over_time(arguments: RedemptionsOverTimeArguments, context: ToolContext) -> ToolResult:
    """How many coupons were redeemed, and by how many households, by month, week, day or weekday.

    Use it for “coupon redemptions by month”, “which month had the most redemptions”, “redemptions of campaign 13 by
    week”, “on which weekday are coupons redeemed”. Rates per campaign are ``coupon_redemption``, single coupons
    ``campaign_facts``.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    campaigns = chosen_campaigns(asked, arguments.campaign)
    statement = build_redemption_days(
        [one.campaign_id for one in campaigns], arguments.by, whole_history(asked), context.scope,
        start_on=asked.start_on, end_on=asked.end_on, whole_chain=everybody(asked), week_start=WEEK_START,
    )  # fmt: skip
    steps = [
        _Step(key_text(arguments.by, row["key"], WEEK_START), int(row["redeemed"]), int(row["households"]))
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    if not steps:
        raise NoDataError(f"No coupon was redeemed {asked.when} by households of {asked.stores.label}.")
    headline = _headline(asked, steps, arguments)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(steps, arguments.by)]),
        figures=tuple(_figures(asked, steps, arguments.by)),
        table=Table(
            (
                TableColumn(arguments.by.capitalize(), "text"),
                TableColumn("Coupons redeemed", "count"),
                TableColumn("Households", "count"),
            ),
            [
                (key_title(arguments.by, one.key), one.redeemed, _few(one.households))
                for one in steps
            ],
        ),
        chart=_chart(asked, steps, arguments.by),
        caveats=tuple(_caveats(asked, steps, arguments.by)),
        follow_ups=("Coupon redemption rate by campaign", "Which coupons were redeemed most often?"),
        provenance=provenance(asked, (), [statement]),
    )  # fmt: skip


def _few(households: int) -> int | None:
    return households if households >= FEWEST else None


def _headline(asked: Frame, steps: Sequence[_Step], arguments: RedemptionsOverTimeArguments) -> str:
    total = sum(one.redeemed for one in steps)
    of = f" of {arguments.campaign}" if arguments.campaign else ""
    when = asked.when if arguments.period else span(asked.start_on, asked.end_on)
    return f"{counted(total, 'coupon')}{of} {'was' if total == 1 else 'were'} redeemed {when}, {asked.stores.label}."


def _sentences(steps: Sequence[_Step], by: str) -> list[str]:
    best, least = max(steps, key=lambda one: one.redeemed), min(steps, key=lambda one: one.redeemed)
    total = sum(one.redeemed for one in steps)
    said = [f"Most {_in(by)} {key_title(by, best.key)}: {best.redeemed:,} ({percent_said(best.redeemed, total)})."]
    if len(steps) > 1:
        said.append(f"Fewest {_in(by)} {key_title(by, least.key)}: {least.redeemed:,}.")
    if 2 < len(steps) <= 12:
        said.append("; ".join(f"{key_title(by, one.key)} {one.redeemed:,}" for one in steps) + ".")
    return said


def _in(by: str) -> str:
    return "on" if by in ("day", "weekday") else "in" if by == "month" else "in the"


def _figures(asked: Frame, steps: Sequence[_Step], by: str) -> list[Figure]:
    made = [figure(asked, "coupons_redeemed", sum(one.redeemed for one in steps), "count")]
    for one in steps:
        days = key_days(by, one.key, asked.start_on, asked.end_on)
        made.append(figure(asked, "coupons_redeemed", one.redeemed, "count", {by: one.key}, days=days))
        made.append(figure(asked, "households_redeeming", _few(one.households), "count", {by: one.key}, days=days))
    return made


def _chart(asked: Frame, steps: Sequence[_Step], by: str) -> Chart | None:
    if not 2 <= len(steps) <= 31:
        return None
    title = f"Coupons redeemed by {by}, {asked.stores.label}, {span(asked.start_on, asked.end_on)}"
    names = tuple(key_title(by, one.key) for one in steps)
    kind: Literal["bar", "line"] = "bar" if by == "weekday" else "line"
    return Chart(kind, title, names, {"Coupons redeemed": tuple(float(one.redeemed) for one in steps)}, "count")


def _caveats(asked: Frame, steps: Sequence[_Step], by: str) -> list[str]:
    said = []
    if not everybody(asked):
        said.append(
            f"Coupons are not redeemed at a store in this data: households that buy at {asked.stores.label} count."
        )
    if any(one.households < FEWEST for one in steps):
        said.append("Fewer than five households are not told as a number.")
    if by in ("week", "month"):
        said.append(f"The first and the last {by} may be there in part; a {by} without a redemption has no row.")
    return said
