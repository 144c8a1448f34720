"""How long the stock lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.bounded_groups import BoundedArguments, within, within_said
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.cover_query import build_cover
from tools.ordering import ORDER_HELP, Order, ends_in_order, rank
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    new_goods_said,
    quantity,
    rounded,
    spoken_quantity,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)

DAYS_HELP = "Over how many of the last days demand is measured; 28 unless said."
_TOPICS = ("inventory",)


class StockCoverArguments(BoundedArguments):
    """Arguments of ``stock_cover``; its bounds are days of cover."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category"] | None = Field(default=None, description="Split the answer by this.")
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)
    order: Order | None = Field(default=None, description=ORDER_HELP)


@tool()
def stock_cover(arguments: StockCoverArguments, context: ToolContext) -> ToolResult:
    """Days and weeks of cover: how long the stock on hand lasts at the rate of the last days.

    Use it for “days of cover for dairy at Harbor Point”, “weeks of cover by department”, “how long will our oat milk
    last?”. Days of cover are pieces on hand divided by mean daily units over the last 28 trading days.
    """
    asked = stock_frame(
        arguments.stores,
        context,
        days=arguments.days,
        product=arguments.product,
        department=arguments.department,
        several=True,
    )
    bounds = arguments.bounds(arguments.by)
    statement = build_cover(asked.windows, context.scope, asked.asked.now, only=asked.only, by=arguments.by)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        raise NoDataError(f"No stock level of goods sold by the piece is recorded{asked.asked.subject} there.")
    whole = _pace(rows)
    groups = {
        key: _pace([row for row in rows if row["key"] == key]) for key in dict.fromkeys(row["key"] for row in rows)
    }
    headline = (
        f"Days of cover{asked.asked.subject}, {asked.stores.label}: {_said(whole)}"
        f" ({spoken_quantity(whole.pieces)} pieces on hand, {rounded(whole.rate, 2)} units a day over"
        f" {asked.asked.when})."
    )
    order = arguments.order or "bottom"
    split = sorted(groups.items(), key=lambda pair: (*rank(pair[1].cover, order), pair[0])) if arguments.by else []
    every = len(split)
    split = within(split, lambda pair: pair[1].cover, bounds)
    names = {key: asked.stores.name(key) if arguments.by == "store" else key for key, _ in split}
    text = [headline]
    if bounds.given and arguments.by:
        text.append(within_said(len(split), every, arguments.by, "cover", "days", bounds))
    known = [(key, one) for key, one in split if one.cover is not None]
    if arguments.order and known:
        text.append(ends_in_order([(names[key], _said(one)) for key, one in known], order))
    elif len(known) > 1:
        text.append(
            f"Shortest: {names[known[0][0]]} {_said(known[0][1])}; longest: {names[known[-1][0]]}"
            f" {_said(known[-1][1])}."
        )
    return ToolResult(
        headline=headline,
        text=" ".join(text),
        figures=(
            *_figures(asked, whole, {}),
            *(f for key, one in split for f in _figures(asked, one, {arguments.by or "": key})),
        ),
        table=_cover_table(arguments.by, [(names[key], one) for key, one in split] or [(asked.stores.label, whole)])
        if split or not bounds.given
        else None,
        caveats=(
            "Days of cover take the rate as it was; no promotion, season or delivery is foreseen in it.",
            *([new_goods_said(new)] if (new := max((int(row["new_goods"]) for row in rows), default=0)) else []),
            *stock_caveats(asked, sold=True),
        ),
        follow_ups=(
            f"Which products will stock out soon{asked.asked.same_part_and_stores}?",
            f"Inventory value by department{asked.asked.same_part_and_stores}",
        ),
        provenance=stock_provenance(asked, ("days_of_stock", "weeks_of_cover"), [statement], (*_TOPICS, "sales")),
    )


class _Pace:
    """Pieces on hand and units a day of some stores."""

    def __init__(self, pieces: Decimal, rate: Decimal) -> None:
        self.pieces = pieces
        self.rate = rate
        self.cover = pieces / rate if rate > 0 else None


def _pace(rows: Sequence[Mapping[str, Any]]) -> _Pace:
    """Each store's units over its own trading days, added up."""
    rate = sum((Decimal(r["units"] or 0) / Decimal(r["trading_days"]) for r in rows if r["trading_days"]), Decimal(0))
    return _Pace(sum((Decimal(row["pieces"]) for row in rows), Decimal(0)), rate)


def _said(one: _Pace) -> str:
    if one.cover is None:
        return "no end, because nothing sold"
    return f"{rounded(one.cover)} days ({rounded(one.cover / 7)} weeks)"


def _figures(asked: StockFrame, one: _Pace, group: Mapping[str, str]) -> list[Figure]:
    stores = (group["store"],) if "store" in group else ()
    weeks = None if one.cover is None else one.cover / 7
    values = (
        ("days_of_stock", rounded(one.cover), "days"),
        ("weeks_of_cover", rounded(weeks), "weeks"),
        ("stock_on_hand", quantity(one.pieces), "units"),
        ("units_per_day", rounded(one.rate, 2), "units"),
    )
    return [stock_figure(asked, name, value, unit, stores=stores, group=group) for name, value, unit in values]


def _cover_table(by: str | None, rows: Sequence[tuple[str, _Pace]]) -> Table:
    columns = (
        TableColumn((by or "stores").capitalize(), "text"),
        TableColumn("On hand", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Days of cover", "days"),
        TableColumn("Weeks of cover", "weeks"),
    )
    return Table(
        columns,
        [
            (
                name,
                quantity(one.pieces),
                rounded(one.rate, 2),
                rounded(one.cover),
                None if one.cover is None else rounded(one.cover / 7),
            )
            for name, one in rows
        ],
    )
