"""How many coupons were redeemed by households of each age, income, size or home: numbers by the day of redemption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from tools.amounts import figure, percent_said, percent_text
from tools.analysis.few import FEWEST, tellable
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, provenance
from tools.metrics.coupon_households_query import build_coupons_by_group
from tools.promotions.campaigns import campaign_frame, chosen_campaigns, everybody, whole_history
from tools.promotions.coupon_households import NOT_KNOWN, TITLES, By
from tools.promotions.coupon_redemption import CAMPAIGN_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span


class CouponsByGroupArguments(Arguments):
    """Arguments of ``coupons_by_group``."""

    by: By = Field(description="What households are told apart by.")
    period: str | None = Field(
        default=None, max_length=120, description="When coupons were redeemed, in the asker's own words; else ever."
    )
    campaign: str | None = Field(default=None, max_length=120, description=CAMPAIGN_HELP)
    stores: str | None = Field(
        default=None, max_length=300, description="Then only households that bought there are counted."
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Coupons redeemed by households of one kind, and how many of these there are."""

    label: str
    redeemed: int
    households: int


@tool()
def coupons_by_group(arguments: CouponsByGroupArguments, context: ToolContext) -> ToolResult:
    """How many coupons were redeemed by households of each age, income, size, with or without children, or home.

    Use it for “coupons redeemed by age group”, “which age group redeems the most coupons”, “how many coupons did
    families use last month”. These are numbers: a large group redeems many. Which kind of household uses coupons most
    often, as a rate, is ``coupon_use_by_household``; by month it is ``redemptions_over_time``.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    campaigns = chosen_campaigns(asked, arguments.campaign)
    statement = build_coupons_by_group(
        [one.campaign_id for one in campaigns], arguments.by, whole_history(asked), context.scope,
        start_on=asked.start_on, end_on=asked.end_on, whole_chain=everybody(asked),
    )  # fmt: skip
    groups = [
        _Group(row["key"] or NOT_KNOWN, int(row["redeemed"]), int(row["households"]))
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    title = TITLES[arguments.by]
    if not groups:
        raise NoDataError(f"No coupon was redeemed {asked.when} by households of {asked.stores.label}.")
    if all(group.label == NOT_KNOWN for group in groups):
        raise NoDataError(f"{title} is not recorded of the households that redeemed coupons.")
    told = tellable([group.households for group in groups])
    shown = [group for group, may in zip(groups, told, strict=True) if may]
    shown.sort(key=lambda group: (group.label == NOT_KNOWN, -group.redeemed, group.label))
    if not shown:
        raise NoDataError(f"Fewer than {FEWEST} households of any {title.lower()} redeemed coupons then.")
    total = sum(group.redeemed for group in groups)
    said = _said(asked, arguments, shown, total, title)
    small = len(groups) - len(shown)
    return ToolResult(
        headline=said[0],
        text=" ".join(said),
        figures=tuple(_figures(asked, shown, total, arguments.by)),
        table=_table(shown, total, title),
        chart=_chart(shown, title),
        caveats=(
            "Numbers of coupons redeemed, not rates: a group with many households redeems many.",
            *([] if everybody(asked) else [f"Only households that bought at {asked.stores.label} are counted."]),
            *(
                [_left_out(small)]
                if small
                else []
            ),
        ),
        follow_ups=(f"Coupon use by {arguments.by.replace('_', ' ')}", "Coupon redemptions by month"),
        provenance=provenance(asked, (), [statement]),
    )  # fmt: skip


def _left_out(small: int) -> str:
    few = f"nothing is told of fewer than {FEWEST} households"
    return f"{counted(small, 'group')} left out, as {few} or would give them away; these coupons are in the total."


def _said(
    asked: Frame, arguments: CouponsByGroupArguments, shown: Sequence[_Group], total: int, title: str
) -> list[str]:
    first = shown[0]
    when = asked.when if arguments.period else span(asked.start_on, asked.end_on)
    of = f" of {arguments.campaign}" if arguments.campaign else ""
    headline = (
        f"Coupons{of} redeemed by {title.lower()} {when}, {asked.stores.label}: {total:,} in all, most by"
        f" {first.label} with {first.redeemed:,} ({percent_said(first.redeemed, total)},"
        f" {counted(first.households, 'household')})."
    )
    rest = "; ".join(
        f"{group.label} {group.redeemed:,} ({percent_said(group.redeemed, total)})" for group in shown[1:8]
    )
    return [headline, *([f"Then {rest}."] if rest else [])]


def _figures(asked: Frame, shown: Sequence[_Group], total: int, by: str) -> list[Figure]:
    made = [figure(asked, "coupons_redeemed", total, "count")]
    for group in shown:
        named = {by: group.label}
        made += [
            figure(asked, "coupons_redeemed", group.redeemed, "count", named),
            figure(asked, "share_of_coupons_redeemed", percent_text(group.redeemed, total), "%", named),
            figure(asked, "households_redeeming", group.households, "count", named),
        ]
    return made


def _table(shown: Sequence[_Group], total: int, title: str) -> Table:
    columns = (
        TableColumn(title, "text"), TableColumn("Coupons redeemed", "count"), TableColumn("Share", "%"),
        TableColumn("Households", "count"),
    )  # fmt: skip
    rows = [(one.label, one.redeemed, percent_text(one.redeemed, total), one.households) for one in shown]
    return Table(columns, rows)


def _chart(shown: Sequence[_Group], title: str) -> Chart | None:
    if not 2 <= len(shown) <= 20:
        return None
    values = tuple(float(group.redeemed) for group in shown)
    return Chart(
        "bar", f"Coupons redeemed by {title.lower()}", tuple(group.label for group in shown),
        {"Coupons redeemed": values}, "count",
    )  # fmt: skip
