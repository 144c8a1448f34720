"""What runs out first at the rate it sells, and what of it sells faster than it used to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.metrics.running_out_query import (
    ENOUGH_UNITS,
    RECENT_DAYS,
    Gone,
    build_running_out,
    build_running_out_by,
)
from tools.metrics.supply_query import build_order_book
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.cover import DAYS_HELP
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    new_goods,
    product_group,
    quantity,
    rounded,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stock.gone_by import GoneBy, gone_by, gone_within
from tools.stock.risk_table import before, cover, lasting, name, paces, recent, risk_table
from tools.wording import counted, listed, money

_USUAL_DAYS = 7


class StockoutRiskArguments(Arguments):
    """Arguments of ``stockout_risk``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    within: int = Field(default=_USUAL_DAYS, ge=1, le=90, description="Gone within so many days at the present rate.")
    until: str | None = Field(
        default=None,
        max_length=80,
        description="Instead of within: a day or period to come: “Black Friday”, “next month”.",
    )
    late: bool = Field(default=False, description="Only what will be gone before its supplier could deliver.")
    fewer_than: int | None = Field(
        default=None, ge=1, le=10_000, description="Instead of days: fewer pieces in stock than this."
    )
    faster: bool = Field(
        default=False,
        description="Only what sells faster than usual: the last 7 days against those before, most so first.",
    )
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)
    by: Literal["store", "department", "category"] | None = Field(default=None, description="Split the answer by this.")
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")


_LEAST_DAYS = 2 * RECENT_DAYS
_FASTER = (
    f"Faster: {ENOUGH_UNITS} units or more in the last {RECENT_DAYS} days, and more than chance explains (1 in 100) at"
    " the pace of the days before. Cover and sales at risk are at the pace of the last 7 days."
)
_NO_ORDERS = "On order is empty as no purchase orders are recorded for these stores."


@tool()
def stockout_risk(arguments: StockoutRiskArguments, context: ToolContext) -> ToolResult:
    """Which products will run out soon: in stock now, gone within some days at the rate they sell.

    Use it for “which products will stock out soon?”, “what are we about to run out of?”, “what is running low in
    Grocery?”, “products with fewer than 10 units in stock”, “where is the stockout risk highest?” (by store), “what is
    selling out faster than expected?” (faster). Sorted by the sales at risk; it shows the pace of the last 7 days
    against the days before, the supplier's lead time and what is on order. “Will we run out before Black Friday?” is
    until. It places no order.
    """
    if arguments.faster and arguments.fewer_than is not None:
        raise BadArgumentError("“faster” goes by days, not by pieces: leave “fewer_than” out.")
    days = max(arguments.days, _LEAST_DAYS) if arguments.faster else arguments.days
    asked = stock_frame(arguments.stores, context, days=days, department=arguments.department)
    when = _when(arguments, asked)
    where = (
        asked.windows, context.scope, asked.asked.now,
        Gone(
            when.within, when.after, arguments.fewer_than, faster=arguments.faster, late=arguments.late, ages=when.ages,
        ),
    )  # fmt: skip
    mixed = len(asked.stores.currencies) > 1
    statement = build_running_out(*where, only=asked.only, limit=arguments.limit, by_units=mixed)
    rows = [
        {**row, "pace": paces(row)[0] if arguments.faster else Decimal(row["units"]) / row["trading_days"]}
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    names = names_of(rows, context)
    statements = [statement]
    sooner = int(rows[0]["sooner"]) if rows else 0
    if not rows and when.after:
        already = build_running_out(*where[:3], replace(where[3], within=when.after, after=0), only=asked.only, limit=1)
        sooner = next((int(row["found"]) for row in context.mirror.query(already.sql, already.params).dicts()), 0)
        statements.append(already)
    groups: list[dict[str, Any]] = []
    if arguments.by and rows:
        split = build_running_out_by(*where, by=arguments.by, only=asked.only)
        groups = context.mirror.query(split.sql, split.params).dicts()
        statements.append(split)
    recorded = build_order_book(asked.stores.ids, context.scope)
    ordered = bool(context.mirror.query(recorded.sql, recorded.params).rows)
    statements.append(recorded)
    headline = _risk_headline(asked, rows, names, arguments, when)
    return ToolResult(
        headline=headline,
        text=" ".join(
            [
                headline,
                *_group_sentences(asked, groups, arguments.by),
                *_risk_sentences(rows, names, when, sooner, late=arguments.late),
            ]
        ),
        figures=(
            *_whole_figures(asked, rows),
            *_group_figures(asked, groups, arguments.by or ""),
            *(_risk_figure(asked, row, names) for row in rows),
        ),
        table=_group_table(asked, groups, arguments.by)
        if arguments.by and groups
        else (risk_table(asked, rows, names, when, ordered=ordered) if rows else None),
        caveats=(
            *_thin(rows),
            *([_FASTER] if arguments.faster else []),
            *([] if ordered else [_NO_ORDERS]),
            *(["In the order of pieces at risk: amounts in different currencies are not ranked."] if mixed else []),
            *_judged(asked, rows, arguments),
            "An estimate from the last days' mean; promotions, seasons and deliveries are not foreseen.",
            *new_goods(rows),
            *stock_caveats(asked, ("inventory", "supplier"), sold=True),
        ),
        follow_ups=_risk_follow_ups(asked, rows, names),
        provenance=stock_provenance(asked, ("days_of_stock",), statements, ("inventory", "sales", "supplier")),
    )


def _when(arguments: StockoutRiskArguments, asked: StockFrame) -> GoneBy:
    """By when, as asked; days that the asker gave beside a day or a period are refused, not ignored."""
    if arguments.until is None:
        return gone_within(arguments.within)
    if arguments.fewer_than is not None:
        raise BadArgumentError("“until” goes by days, not by pieces: leave “fewer_than” out.")
    if arguments.within != _USUAL_DAYS:
        raise BadArgumentError("“until” stands in place of “within”: leave one of them out.")
    return gone_by(arguments.until, asked)


def _whole_figures(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    if not rows:
        return []
    made = [
        stock_figure(asked, "products_running_out", str(rows[0]["found"]), "count"),
        stock_figure(asked, "products_in_stock_judged", str(rows[0]["judged"]), "count"),
    ]
    if len(asked.stores.currencies) == 1:
        made.append(stock_figure(asked, "sales_at_risk", _at_risk(asked, rows[0]), asked.currency))
    return made


def _at_risk(asked: StockFrame, row: Mapping[str, Any], store_id: str | None = None) -> str | None:
    """Sales at risk of all, or of a group, in major units of the currency of the store."""
    store = asked.stores.by_id[store_id] if store_id else asked.stores.stores[0]
    return amount(Decimal(row["risk_minor"]).scaleb(-store.exponent), store.currency)


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
    alone = len(asked.stores.currencies) == 1
    columns = (
        TableColumn(by.capitalize(), "text"),
        TableColumn("Running out", "count"),
        TableColumn("Shorter than lead time", "count"),
        *([TableColumn("Sales at risk", asked.currency)] if alone else []),
    )
    body = [
        (
            _title(asked, by, row["key"]), int(row["found"]), int(row["late"] or 0),
            *([_at_risk(asked, row)] if alone else []),
        )
        for row in groups
    ]  # fmt: skip
    return Table(columns, body)


def _risk_headline(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    arguments: StockoutRiskArguments,
    when: GoneBy,
) -> str:
    subject, label = asked.asked.subject, asked.stores.label
    fast = f"the pace of the last {RECENT_DAYS} days, faster than before"
    late = ", sooner than its supplier could deliver" if arguments.late else ""
    if not rows and arguments.faster:
        return f"Nothing{subject} in stock at {label} runs out {when.said} at {fast}{late}."
    if not rows and arguments.fewer_than is not None:
        return f"Nothing{subject} that sells has fewer than {arguments.fewer_than} pieces in stock at {label}{late}."
    if not rows:
        return f"Nothing{subject} in stock at {label} runs out {when.said} at its present rate{late}."
    several = len(asked.stores.stores) > 1
    count, judged = int(rows[0]["found"]), int(rows[0]["judged"])
    found = f"{count:,} of {counted(judged, 'case')} (product and store)" if several else (
        f"{count:,} of {counted(judged, 'product')}"
    )  # fmt: skip
    found += f"{subject} in stock"
    late = late.replace("its", "their") if count != 1 else late
    where = f" at {asked.stores.name(rows[0]['store_id'])}" if several else ""
    how = f"would run out {when.said} at the present rate{late}"
    sum_of = "" if len(asked.stores.currencies) > 1 else f": {_money_at_risk(asked, rows[0])} of sales at risk"
    if arguments.faster:
        first = f"{name(names, rows[0])}, {recent(rows[0])} units a day after {before(rows[0])}"
        return (
            f"{found} would run out {when.said} at {fast}{late}, {label}{sum_of}; most so: {first},"
            f" {quantity(rows[0]['on_hand'])} left{where}."
        )
    if arguments.fewer_than is not None:
        how = f"that sold lately {'has' if count == 1 else 'have'} fewer than {arguments.fewer_than} pieces left{late}"
        sum_of = sum_of and f"{sum_of} within {counted(when.within, 'day')}"
    risk = "pieces at risk" if len(asked.stores.currencies) > 1 else "of it"
    return f"{found} {how}, {label}{sum_of}; most {risk}: {name(names, rows[0])}, {lasting(rows[0])}{where}."


def _money_at_risk(asked: StockFrame, row: Mapping[str, Any]) -> str:
    return money(Decimal(_at_risk(asked, row) or 0), asked.currency)


def _judged(asked: StockFrame, rows: Sequence[Mapping[str, Any]], arguments: StockoutRiskArguments) -> list[str]:
    if not rows or arguments.fewer_than is not None:
        return []
    return [f"Counted are goods sold by the piece, in stock, with {ENOUGH_UNITS} units or more in {asked.days} days."]


def _before_said(sooner: int, when: GoneBy) -> list[str]:
    """What is gone before a period begins, as that may be asked about too."""
    if not sooner or when.begins_on is None:
        return []
    day = when.begins_on
    return [f"{counted(sooner, 'case')} more would be gone before {day.day} {day:%b}."]


def _risk_sentences(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], when: GoneBy, sooner: int, *, late: bool
) -> list[str]:
    said = _before_said(sooner, when)
    if after := [f"{name(names, row)} {lasting(row)}" for row in rows[1:3]]:
        said.append(f"Then {listed(after)}.")
    number = int(rows[0]["late"] or 0) if rows and not late else 0
    if number == 1:
        said.append("1 of them lasts shorter than its supplier's lead time.")
    elif number:
        said.append(f"{number:,} of them last shorter than their supplier's lead time.")
    return said


def _risk_figure(asked: StockFrame, row: Mapping[str, Any], names: Mapping[str, Product]) -> Figure:
    known = names.get(row["variant_id"])
    named = product_group(known) if known else {"variant_id": str(row["variant_id"])}
    group = {**named, "store": str(row["store_id"])}
    return stock_figure(asked, "days_of_stock", rounded(cover(row)), "days", stores=(row["store_id"],), group=group)


def _thin(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    thin = int(rows[0]["thin"]) if rows else 0
    if not thin:
        return []
    return [f"{counted(thin, 'product')} that sold fewer than {ENOUGH_UNITS} units are left out: too few for a rate."]


def _risk_follow_ups(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]
) -> tuple[str, ...]:
    same = asked.asked.same_part_and_stores
    asks = [f"Should I reorder “{name(names, rows[0])}”?"] if rows else []
    return (*asks, f"Which products are out of stock{same}?", f"How many units are on order{same}?")
