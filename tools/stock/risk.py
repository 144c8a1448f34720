"""What runs out first at the rate it sells, and what of it sells faster than it used to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.metrics.running_out_query import ENOUGH_UNITS, RECENT_DAYS, build_running_out, build_running_out_by
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
from tools.wording import counted, listed, money


class StockoutRiskArguments(Arguments):
    """Arguments of ``stockout_risk``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    within: int = Field(default=7, ge=1, le=90, description="Gone within so many days at the present rate.")
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
    against the days before, the supplier's lead time and what is on order. It places no order.
    """
    if arguments.faster and arguments.fewer_than is not None:
        raise BadArgumentError("“faster” goes by days, not by pieces: leave “fewer_than” out.")
    days = max(arguments.days, _LEAST_DAYS) if arguments.faster else arguments.days
    asked = stock_frame(arguments.stores, context, days=days, department=arguments.department)
    where = asked.windows, context.scope, asked.asked.now
    gone: dict[str, Any] = {
        "within": arguments.within, "fewer_than": arguments.fewer_than, "faster": arguments.faster, "only": asked.only,
    }  # fmt: skip
    mixed = len(asked.stores.currencies) > 1
    statement = build_running_out(*where, **gone, limit=arguments.limit, by_units=mixed)
    rows = [
        {**row, "pace": _paces(row)[0] if arguments.faster else Decimal(row["units"]) / row["trading_days"]}
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    names = names_of(rows, context)
    statements = [statement]
    groups: list[dict[str, Any]] = []
    if arguments.by and rows:
        split = build_running_out_by(*where, **gone, by=arguments.by)
        groups = context.mirror.query(split.sql, split.params).dicts()
        statements.append(split)
    recorded = build_order_book(asked.stores.ids, context.scope)
    ordered = bool(context.mirror.query(recorded.sql, recorded.params).rows)
    statements.append(recorded)
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
        else (_risk_table(asked, rows, names, arguments.within, ordered=ordered) if rows else None),
        caveats=(
            *_thin(rows),
            *([_FASTER] if arguments.faster else []),
            *([] if ordered else [_NO_ORDERS]),
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
    fast = f"the pace of the last {RECENT_DAYS} days, faster than before"
    if not rows and arguments.faster:
        return f"Nothing{subject} in stock at {label} runs out within {within} at {fast}."
    if not rows and arguments.fewer_than is not None:
        return f"Nothing{subject} that sells has fewer than {arguments.fewer_than} pieces in stock at {label}."
    if not rows:
        return f"Nothing{subject} in stock at {label} runs out within {within} at its present rate."
    several = len(asked.stores.stores) > 1
    count = int(rows[0]["found"])
    found = f"{counted(count, 'case')} (product and store)" if several else counted(count, "product")
    where = f" at {asked.stores.name(rows[0]['store_id'])}" if several else ""
    how = f"will run out within {within} at the present rate"
    if arguments.faster:
        first = f"{_name(names, rows[0])}, {_recent(rows[0])} units a day after {_before(rows[0])}"
        return (
            f"{found}{subject} will run out within {within} at {fast}, {label}; most so: {first},"
            f" {quantity(rows[0]['on_hand'])} left{where}."
        )
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
    """Days at the pace that is asked about: that of all the days, or of the last ones."""
    return Decimal(row["on_hand"]) / Decimal(row["pace"])


def _pace(units: Decimal, days: int) -> Decimal | None:
    return units / days if days > 0 else None


def _paces(row: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Units a day over the last days, and over the days before them."""
    units, days = Decimal(row["recent_units"]), int(row["recent_days"] or 0)
    return _pace(units, days), _pace(Decimal(row["units"]) - units, int(row["trading_days"]) - days)


def _recent(row: Mapping[str, Any]) -> str | None:
    return rounded(_paces(row)[0], 2)


def _before(row: Mapping[str, Any]) -> str | None:
    return rounded(_paces(row)[1], 2)


def _faster(row: Mapping[str, Any]) -> str | None:
    """By how many per cent; unknown where nothing sold before."""
    recent, before = _paces(row)
    return rounded((recent / before - 1) * 100, 0) if recent is not None and before else None


def _lasting(row: Mapping[str, Any]) -> str:
    return f"{quantity(row['on_hand'])} left, {rounded(_cover(row))} days"


def _thin(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    thin = int(rows[0]["thin"]) if rows else 0
    if not thin:
        return []
    return [f"{counted(thin, 'product')} that sold fewer than {ENOUGH_UNITS} units are left out: too few for a rate."]


def _risk_table(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], within: int, *, ordered: bool
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
        TableColumn(f"Last {RECENT_DAYS} days, a day", "units"),
        TableColumn("Before, a day", "units"),
        TableColumn("Faster", "%"),
    )
    body = []
    for row in rows:
        store = next(one for one in asked.stores.stores if one.store_id == row["store_id"])
        rate = Decimal(row["units"]) / row["trading_days"]
        short = max(row["pace"] * within - Decimal(row["on_hand"]), Decimal(0))
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
                quantity(row["open"] or Decimal(0)) if ordered else None,
                money(Decimal(value or 0), store.currency),
                _recent(row),
                _before(row),
                _faster(row),
            )
        )
    return Table(columns, body)


def _risk_follow_ups(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]
) -> tuple[str, ...]:
    same = asked.asked.same_part_and_stores
    asks = [f"Should I reorder “{_name(names, rows[0])}”?"] if rows else []
    return (*asks, f"Which products are out of stock{same}?", f"How many units are on order{same}?")
