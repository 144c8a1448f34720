"""What redeemed coupons brought in sales: goods bought with them on the day, by campaign, coupon or goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio
from tools.analysis.few import FEWEST, is_few, tellable
from tools.context import ToolContext
from tools.customers.goods_names import goods_names
from tools.each_currency import each_currency
from tools.errors import NoDataError
from tools.frame import Frame, one_currency, provenance
from tools.metrics import METRICS
from tools.metrics.coupon_sales_query import build_coupon_sales, build_redeemed
from tools.metrics.evaluate import fetch
from tools.metrics.query import build
from tools.promotions.campaigns import Campaign, campaign_frame, chosen_campaigns, everybody
from tools.promotions.coupon_redemption import CAMPAIGN_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span

_NAMED, _CHARTED = 5, 12
_MANY = {
    "campaign": "campaigns", "type": "types of campaign", "coupon": "coupons", "department": "departments",
    "category": "categories", "brand": "brands", "product": "products", "store": "stores",
}  # fmt: skip
_HOW = (
    "A redemption names coupon, household and day, not what was bought: counted are the goods a coupon is good for that"
    " its household bought on that day. What it would have bought without the coupon is not known, so these are sales"
    " with a coupon, not sales the coupon brought about; whether recipients bought more is the effect of campaigns."
)


class CouponSalesArguments(Arguments):
    """Arguments of ``coupon_sales``."""

    by: Literal["campaign", "type", "coupon", "department", "category", "brand", "product", "store"] = Field(
        default="campaign", description="A row for each."
    )
    rank_by: Literal["net_sales", "units", "redemptions", "net_per_redemption"] = Field(
        default="net_sales", description="What rows are put in order by."
    )
    order: Literal["top", "bottom"] = Field(default="top", description="Highest first, or lowest.")
    limit: int = Field(default=10, ge=1, le=100, description="How many rows.")
    campaign: str | None = Field(default=None, max_length=120, description=CAMPAIGN_HELP)
    period: str | None = Field(default=None, max_length=120, description="When coupons were redeemed; else ever.")
    stores: str | None = Field(default=None, max_length=300, description="Purchases in these stores.")


@dataclass(frozen=True, slots=True)
class _Row:
    """Goods bought with coupons: whose, how many redemptions and baskets, net sales in minor units, pieces."""

    label: str
    households: int
    redemptions: int
    baskets: int
    net: Decimal
    units: Decimal
    baskets_net: Decimal | None

    @property
    def each(self) -> Decimal | None:
        return ratio(self.net, self.redemptions)


@tool()
@each_currency
def coupon_sales(arguments: CouponSalesArguments, context: ToolContext) -> ToolResult:
    """Net sales and units of the goods bought with redeemed coupons, by campaign, coupon, goods or store.

    Use it for “which coupons brought the most sales”, “most effective coupons by revenue”, “sales with coupons by
    category”, “which product was bought most with coupons” (by product, rank_by redemptions), “coupons redeemed by
    store”, “what did redeemed coupons bring per redemption”. How many were redeemed is ``coupon_redemption`` and
    ``campaign_facts``; whether recipients bought more than others is ``campaign_effect``.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    one_currency(asked, "")
    campaigns = chosen_campaigns(asked, arguments.campaign)
    ids, windows = [one.campaign_id for one in campaigns], asked.windows()
    statements = [
        build_coupon_sales(ids, None, windows, context.scope),
        build_coupon_sales(ids, arguments.by, windows, context.scope),
        build_redeemed(ids, windows, context.scope),
    ]
    found = [context.mirror.query(one.sql, one.params).dicts() for one in statements]
    whole = _rows(found[0], {})
    if not whole or is_few(whole[0].households):
        raise NoDataError(
            f"Fewer than {FEWEST} households bought goods with a coupon {asked.when} at {asked.stores.label}, as"
            " far as redemptions and the goods of coupons are recorded."
        )
    statements.append(build([METRICS["net_sales"]], windows, None, context.scope))
    sold = fetch(context.mirror, statements[-1])
    every = sum((one.sums.get("n_net_sales") or Decimal(0) for one in sold), Decimal(0))
    rows = _rows(found[1], _names(found[1], arguments.by, campaigns, asked, context))
    told = tellable([row.households for row in rows])
    shown = _ordered([row for row, may in zip(rows, told, strict=True) if may], arguments)
    redeemed = int(found[2][0]["redeemed"]) if everybody(asked) else None
    said = _said(asked, arguments, whole[0], shown, redeemed, every)
    hidden = len(rows) - told.count(True)
    return ToolResult(
        headline=said[0],
        text=" ".join(said),
        figures=(
            *_figures(asked, whole[0], shown[: arguments.limit], arguments.by),
            figure(asked, "share_of_net_sales", percent_text(whole[0].net, every) if every > 0 else None, "%"),
        ),
        table=_table(asked, shown[: arguments.limit], arguments.by),
        chart=_chart(asked, shown, arguments.by),
        caveats=(
            _HOW,
            *(
                [f"{counted(hidden, 'row')} of fewer than {FEWEST} households, or beside one, left out."]
                if hidden
                else []
            ),
        ),
        follow_ups=("Coupon redemption rate by campaign", "Did the campaigns make households buy more?"),
        provenance=provenance(asked, [METRICS["net_sales"], METRICS["units"]], statements),
    )


def _names(
    found: Sequence[Mapping[str, Any]], by: str, campaigns: Sequence[Campaign], asked: Frame, context: ToolContext
) -> Mapping[str, str]:
    """What the keys of rows are called, where they are not called by themselves."""
    match by:
        case "campaign":
            return {one.campaign_id: one.name for one in campaigns}
        case "coupon":
            return {str(row["key"]): f"Coupon {row['key']}" for row in found}
        case "product":
            return goods_names(found, "product", context)
        case "store":
            return {one.store_id: one.name for one in asked.stores.stores}
    return {}


def _rows(found: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[_Row]:
    return [
        _Row(
            label=names.get(str(row["key"]), str(row["key"])),
            households=int(row["households"]),
            redemptions=int(row["redemptions"]),
            baskets=int(row["baskets"]),
            net=Decimal(row["net"] or 0),
            units=Decimal(row["units"] or 0),
            baskets_net=None if row["baskets_net"] is None else Decimal(row["baskets_net"]),
        )
        for row in found
    ]


def _ordered(rows: Sequence[_Row], arguments: CouponSalesArguments) -> list[_Row]:
    def size(row: _Row) -> Decimal:
        sizes = {"net_sales": row.net, "units": row.units, "redemptions": Decimal(row.redemptions)}
        return sizes.get(arguments.rank_by, row.each or Decimal(0))

    sign = -1 if arguments.order == "top" else 1
    return sorted(rows, key=lambda row: (sign * size(row), row.label))


def _said(
    asked: Frame,
    arguments: CouponSalesArguments,
    whole: _Row,
    shown: Sequence[_Row],
    redeemed: int | None,
    every: Decimal,
) -> list[str]:
    currency = asked.currency
    when = asked.when if arguments.period else span(asked.start_on, asked.end_on)
    of = f" of {redeemed:,}" if redeemed is not None else ""
    share = f" ({percent_said(whole.net, every)} of all net sales)" if every > 0 else ""
    headline = (
        f"Goods bought with redeemed coupons came to {money_said(whole.net, currency)} net{share} {when},"
        f" {asked.stores.label}: {whole.redemptions:,}{of} redemptions by {whole.households:,} households,"
        f" {money_said(whole.each, currency)} each."
    )
    baskets = money_said(whole.baskets_net, currency)
    whole_baskets = (
        [f"The {whole.baskets:,} baskets they lay in came to {baskets} with everything else."]
        if whole.baskets_net is not None
        else []
    )
    if not shown:
        return [headline, *whole_baskets, f"No {arguments.by} has enough households to be told."]
    first = "Most" if arguments.order == "top" else "Least"
    rank = {"units": " by units", "redemptions": " by redemptions", "net_per_redemption": " for each redemption"}
    parts = [
        f"{row.label} {money_said(row.net, currency)} ({percent_said(row.net, whole.net)}, {row.redemptions:,}"
        f" redemptions, {money_said(row.each, currency)} each)"
        for row in shown[: min(_NAMED, arguments.limit)]
    ]
    ranked = f"{first}{rank.get(arguments.rank_by, '')}, of {_MANY[arguments.by]}: {'; '.join(parts)}."
    return [headline, ranked, *whole_baskets]  # fmt: skip


def _figures(asked: Frame, whole: _Row, shown: Sequence[_Row], by: str) -> list[Figure]:
    made = []
    for row, group in ((whole, {}), *((row, {by: row.label}) for row in shown)):
        made += [
            figure(asked, "net_sales_with_coupon", money_text(row.net, asked.exponent), asked.currency, group),
            figure(asked, "units_with_coupon", number_text(row.units, 0), "count", group),
            figure(asked, "redemptions_with_goods", row.redemptions, "count", group),
            figure(asked, "net_per_redemption", money_text(row.each, asked.exponent), asked.currency, group),
            figure(asked, "households_redeeming", row.households, "count", group),
        ]
    return made


def _table(asked: Frame, shown: Sequence[_Row], by: str) -> Table:
    currency, exponent = asked.currency, asked.exponent
    columns = (by.capitalize(), "text"), ("Households", "count"), ("Redemptions", "count"), ("Net sales", currency), \
        ("Units", "count"), ("Net per redemption", currency), ("Baskets", "count"), \
        ("Net of whole baskets", currency)  # fmt: skip
    rows = [
        (row.label, row.households, row.redemptions, money_text(row.net, exponent), number_text(row.units, 0),
         money_text(row.each, exponent), row.baskets, money_text(row.baskets_net, exponent))
        for row in shown
    ]  # fmt: skip
    return Table(tuple(TableColumn(*column) for column in columns), rows)


def _chart(asked: Frame, shown: Sequence[_Row], by: str) -> Chart | None:
    if len(shown) < 2:
        return None
    rows = shown[:_CHARTED]
    values = tuple(float(money_text(row.net, asked.exponent) or 0) for row in rows)
    title = f"Net sales with redeemed coupons by {by}, {asked.stores.label}"
    return Chart("bar", title, tuple(row.label for row in rows), {"Net sales": values}, asked.currency)
