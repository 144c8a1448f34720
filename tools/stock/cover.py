"""How long the stock lasts, and what runs out first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal

from pydantic import Field

from tools.bounded_groups import BoundedArguments, within, within_said
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.cover_query import ENOUGH_UNITS, build_cover, build_running_out, build_running_out_by
from tools.ordering import ORDER_HELP, Order, ends_in_order, rank
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    new_goods,
    new_goods_said,
    product_group,
    quantity,
    rounded,
    spoken_quantity,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, listed, money

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


class StockoutRiskArguments(Arguments):
    """Arguments of ``stockout_risk``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    within: int = Field(default=7, ge=1, le=90, description="Gone within so many days at the present rate.")
    fewer_than: int | None = Field(
        default=None, ge=1, le=10_000, description="Instead of days: fewer pieces in stock than this."
    )
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)
    by: Literal["store", "department", "category"] | None = Field(default=None, description="Split the answer by this.")
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")


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


@tool()
def stockout_risk(arguments: StockoutRiskArguments, context: ToolContext) -> ToolResult:
    """Which products will run out soon: in stock now, gone within some days at the rate they sell.

    Use it for “which products will stock out soon?”, “what are we about to run out of?”, “what is running low in
    Grocery?”, “products with fewer than 10 units in stock”, “where is the stockout risk highest?” (by store). Sorted by
    the sales at risk; it shows the supplier's lead time and what is on order. It foresees no change of demand and
    places no order.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    where = asked.windows, context.scope, asked.asked.now
    gone: dict[str, Any] = {
        "within": arguments.within, "fewer_than": arguments.fewer_than, "only": asked.only,
    }  # fmt: skip
    mixed = len(asked.stores.currencies) > 1
    statement = build_running_out(*where, **gone, limit=arguments.limit, by_units=mixed)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    names = names_of(rows, context)
    statements = [statement]
    groups: list[dict[str, Any]] = []
    if arguments.by and rows:
        split = build_running_out_by(*where, **gone, by=arguments.by)
        groups = context.mirror.query(split.sql, split.params).dicts()
        statements.append(split)
    headline = _risk_headline(asked, rows, names, arguments)
    found = (stock_figure(asked, "products_running_out", str(rows[0]["found"]), "count"),) if rows else ()
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_group_sentences(asked, groups, arguments.by), *_risk_sentences(rows, names)]),
        figures=(
            *found,
            *_group_figures(asked, groups, arguments.by or ""),
            *(_risk_figure(asked, row, names) for row in rows),
        ),
        table=_group_table(asked, groups, arguments.by)
        if arguments.by and groups
        else (_risk_table(asked, rows, names, arguments.within) if rows else None),
        caveats=(
            *_thin(rows),
            *(["In the order of pieces at risk: amounts in different currencies are not ranked."] if mixed else []),
            "An estimate from the last days' mean; promotions, seasons and deliveries are not foreseen.",
            *new_goods(rows),
            *stock_caveats(asked, ("inventory", "supplier"), sold=True),
        ),
        follow_ups=_risk_follow_ups(asked, rows, names),
        provenance=stock_provenance(asked, ("days_of_stock",), statements, ("inventory", "sales", "supplier")),
    )


def _title(asked: StockFrame, by: str, key: str) -> str:
    return asked.stores.name(key) if by == "store" else key


def _group_sentences(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str | None) -> list[str]:
    ranked = [f"{_title(asked, by or '', row['key'])} {int(row['found']):,}" for row in groups[:5]]
    return [f"Most by {by}: {listed(ranked)}."] if ranked else []


def _group_figures(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str) -> list[Figure]:
    return [
        stock_figure(
            asked,
            "products_running_out",
            str(int(row["found"])),
            "count",
            stores=(row["key"],) if by == "store" else (),
            group={by: row["key"]},
        )
        for row in groups
    ]


def _group_table(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str) -> Table:
    columns = (
        TableColumn(by.capitalize(), "text"),
        TableColumn("Running out", "count"),
        TableColumn("Shorter than lead time", "count"),
    )
    return Table(columns, [(_title(asked, by, r["key"]), int(r["found"]), int(r["late"] or 0)) for r in groups])


def _risk_headline(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    arguments: StockoutRiskArguments,
) -> str:
    subject, label = asked.asked.subject, asked.stores.label
    within = counted(arguments.within, "day")
    if not rows and arguments.fewer_than is not None:
        return f"Nothing{subject} that sells has fewer than {arguments.fewer_than} pieces in stock at {label}."
    if not rows:
        return f"Nothing{subject} in stock at {label} runs out within {within} at its present rate."
    several = len(asked.stores.stores) > 1
    count = int(rows[0]["found"])
    found = f"{counted(count, 'case')} (product and store)" if several else counted(count, "product")
    where = f" at {asked.stores.name(rows[0]['store_id'])}" if several else ""
    how = f"will run out within {within} at the present rate"
    if arguments.fewer_than is not None:
        how = f"that sold lately {'has' if count == 1 else 'have'} fewer than {arguments.fewer_than} pieces left"
    risk = "pieces" if len(asked.stores.currencies) > 1 else "sales"
    return f"{found}{subject} {how}, {label}; most {risk} at risk: {_name(names, rows[0])}, {_lasting(rows[0])}{where}."


def _risk_sentences(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[str]:
    said = []
    if after := [f"{_name(names, row)} {_lasting(row)}" for row in rows[1:3]]:
        said.append(f"Then {listed(after)}.")
    late = int(rows[0]["late"] or 0) if rows else 0
    if late == 1:
        said.append("1 of them lasts shorter than its supplier's lead time.")
    elif late:
        said.append(f"{late:,} of them last shorter than their supplier's lead time.")
    return said


def _risk_figure(asked: StockFrame, row: Mapping[str, Any], names: Mapping[str, Product]) -> Figure:
    known = names.get(row["variant_id"])
    named = product_group(known) if known else {"variant_id": str(row["variant_id"])}
    group = {**named, "store": str(row["store_id"])}
    return stock_figure(asked, "days_of_stock", rounded(_cover(row)), "days", stores=(row["store_id"],), group=group)


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    found = names.get(row["variant_id"])
    return found.name if found else str(row["variant_id"])


def _cover(row: Mapping[str, Any]) -> Decimal:
    return Decimal(row["on_hand"]) * int(row["trading_days"]) / Decimal(row["units"])


def _lasting(row: Mapping[str, Any]) -> str:
    return f"{quantity(row['on_hand'])} left, {rounded(_cover(row))} days"


def _thin(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    thin = int(rows[0]["thin"]) if rows else 0
    if not thin:
        return []
    return [f"{counted(thin, 'product')} that sold fewer than {ENOUGH_UNITS} units are left out: too few for a rate."]


def _risk_table(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], within: int
) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("On hand", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Days of cover", "days"),
        TableColumn("Runs out", "date"),
        TableColumn("Lead days", "days"),
        TableColumn("On order", "units"),
        TableColumn(f"Sales at risk, {within} days", "text"),
    )
    body = []
    for row in rows:
        store = next(one for one in asked.stores.stores if one.store_id == row["store_id"])
        rate = Decimal(row["units"]) / row["trading_days"]
        short = max(rate * within - Decimal(row["on_hand"]), Decimal(0))
        at_risk = short * Decimal(row["net_minor"]) / Decimal(row["units"])
        runs_out = asked.as_of_on + timedelta(days=int(_cover(row).to_integral_value(ROUND_FLOOR)))
        value = amount(at_risk.scaleb(-store.exponent), store.currency)
        body.append(
            (
                _name(names, row),
                store.name,
                quantity(row["on_hand"]),
                rounded(rate, 2),
                rounded(_cover(row)),
                runs_out.isoformat(),
                None if row["lead_mean"] is None else rounded(row["lead_mean"]),
                quantity(row["open"]),
                money(Decimal(value or 0), store.currency),
            )
        )
    return Table(columns, body)


def _risk_follow_ups(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]
) -> tuple[str, ...]:
    same = asked.asked.same_part_and_stores
    asks = [f"Should I reorder “{_name(names, rows[0])}”?"] if rows else []
    return (*asks, f"Which products are out of stock{same}?", f"How many units are on order{same}?")
