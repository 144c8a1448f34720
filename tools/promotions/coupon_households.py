"""Coupon use by kind of household: of those sent a campaign, how many of each age, income and so on redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from tools.amounts import figure, percent_said, percent_text
from tools.analysis.few import FEWEST, tellable
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, provenance
from tools.metrics.coupon_households_query import build_coupon_households
from tools.promotions.campaigns import campaign_frame, chosen_campaigns, everybody, undated, whole_history
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span

NOT_KNOWN = "Not known"
By = Literal["age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership"]
TITLES = {
    "age_band": "Age", "income_band": "Income", "household_size": "Household size", "kids": "Children",
    "marital_status": "Marital status", "home_ownership": "Home",
}  # fmt: skip


class CouponUseByHouseholdArguments(Arguments):
    """Arguments of ``coupon_use_by_household``."""

    by: By = Field(description="What households are told apart by.")
    period: str | None = Field(
        default=None,
        max_length=120,
        description="Campaigns that ran then, in the asker's own words. Leave out for every campaign so far.",
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores; then only households that bought there count."
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Households of one kind that were sent a campaign, those that redeemed, and the coupons they redeemed."""

    label: str
    audience: int
    redeemers: int
    redeemed: int

    @property
    def rate(self) -> float:
        return self.redeemers / self.audience


@tool()
def coupon_use_by_household(arguments: CouponUseByHouseholdArguments, context: ToolContext) -> ToolResult:
    """Which households use coupons: the share that redeemed one, by age, income, size, children, marriage or home.

    Use it for “coupon use by income”, “coupon redemption by age group”, “do families with kids redeem more coupons”. A
    rate is households that redeemed at least one coupon of a campaign over households that were sent one. Groups of
    which fewer than five were sent one or redeemed are left out. By campaign or type it is ``coupon_redemption``.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    campaigns = chosen_campaigns(asked, None)
    whole_chain = everybody(asked)
    statement = build_coupon_households(
        [one.campaign_id for one in campaigns],
        arguments.by,
        whole_history(asked),
        context.scope,
        end_on=asked.end_on,
        whole_chain=whole_chain,
    )
    groups = [
        _Group(row["key"] or NOT_KNOWN, int(row["audience"]), int(row["redeemers"]), int(row["redeemed"] or 0))
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    title = TITLES[arguments.by]
    if all(group.label == NOT_KNOWN for group in groups):
        raise NoDataError(f"{title} is not recorded of the households that were sent a campaign.")
    sent = tellable([group.audience for group in groups])
    redeemed = tellable([group.redeemers for group in groups])
    shown = sorted(
        (group for group, *may in zip(groups, sent, redeemed, strict=True) if all(may)),
        key=lambda group: (group.label == NOT_KNOWN, -group.rate, group.label),
    )
    if not shown:
        raise NoDataError(
            f"Fewer than {FEWEST} households of any {title.lower()} were sent a campaign or redeemed a coupon."
        )
    small = len(groups) - len(shown)
    said = _said(asked, shown, title)
    return ToolResult(
        headline=said[0],
        text=" ".join(said),
        figures=tuple(one for group in shown for one in _figures(asked, group, arguments.by)),
        table=_table(shown, title),
        chart=_chart(shown, title),
        caveats=(
            f"Of {counted(len(campaigns), 'campaign')}: a household counts once, if it redeemed a coupon sent to it.",
            *undated(campaigns),
            "Coupons used without a campaign, and sales without a card, are not in it.",
            *([] if whole_chain else [f"Only households that bought at {asked.stores.label} are counted."]),
            *(
                [f"{counted(small, 'group')} left out: nothing is said of fewer than {FEWEST} households."]
                if small
                else []
            ),
        ),
        follow_ups=("Coupon redemption rate by campaign", "Coupon redemption rate by type"),
        provenance=provenance(asked, (), [statement]),
    )


def _said(asked: Frame, shown: Sequence[_Group], title: str) -> list[str]:
    known = [group for group in shown if group.label != NOT_KNOWN]
    first, last = (known or shown)[0], (known or shown)[-1]
    headline = (
        f"Coupon use by {title.lower()}, households sent a campaign by {span(asked.end_on, asked.end_on)},"
        f" {asked.stores.label}: {first.label} redeemed most often with"
        f" {percent_said(first.redeemers, first.audience)} ({first.redeemers:,} of {first.audience:,} households)."
    )
    rest = "; ".join(
        f"{group.label} {percent_said(group.redeemers, group.audience)} ({group.redeemers:,} of {group.audience:,})"
        for group in shown[1:6]
    )
    told = [headline, *([f"Then {rest}."] if rest else [])]
    if len(known) > 6:
        told.append(f"Lowest: {last.label} with {percent_said(last.redeemers, last.audience)}.")
    return told


def _figures(asked: Frame, group: _Group, by: str) -> list[Figure]:
    named = {by: group.label}
    rate = percent_text(group.redeemers, group.audience)
    return [
        figure(asked, "coupon_redemption_rate", rate, "%", named),
        figure(asked, "households_sent", group.audience, "count", named),
        figure(asked, "households_redeeming", group.redeemers, "count", named),
        figure(asked, "coupons_redeemed", group.redeemed, "count", named),
    ]


def _table(shown: Sequence[_Group], title: str) -> Table:
    columns = (
        TableColumn(title, "text"), TableColumn("Households sent", "count"),
        TableColumn("Redeemed at least one", "count"), TableColumn("Redemption rate", "%"),
        TableColumn("Coupons redeemed", "count"),
    )  # fmt: skip
    rows = [
        (group.label, group.audience, group.redeemers, percent_text(group.redeemers, group.audience), group.redeemed)
        for group in shown
    ]
    return Table(columns, rows)


def _chart(shown: Sequence[_Group], title: str) -> Chart | None:
    if not 2 <= len(shown) <= 20:
        return None
    values = tuple(round(group.rate * 100, 1) for group in shown)
    return Chart(
        "bar", f"Coupon redemption rate by {title.lower()}", tuple(group.label for group in shown),
        {"Redemption rate": values}, "%",
    )  # fmt: skip
