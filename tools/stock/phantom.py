"""Phantom stock: recorded as on hand, but its sales say that it may not be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.demand import Demand, demand, discoveries, run_probability
from tools.context import ToolContext
from tools.metrics.movement_query import BASE_DAYS, LEAST_EXPECTED, build_gaps
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    names_of,
    product_group,
    quantity,
    rounded,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted

_NOT_A_PROOF = (
    "A reason to count, not a proof: a product taken off sale, out of season or after a promotion looks the same."
)
_GUARD = "Tested against chance: at most 5 % of those listed should be chance (Benjamini and Hochberg)."


class PhantomStockArguments(Arguments):
    """Arguments of ``phantom_stock``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    days: int = Field(default=BASE_DAYS, ge=28, le=365, description="Over how many last days demand is measured.")
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, the least probable first.")


@tool()
def phantom_stock(arguments: PhantomStockArguments, context: ToolContext) -> ToolResult:
    """Phantom stock: recorded as on hand, yet unsold for a run of days that its usual demand makes improbable.

    Use it for “phantom stock”, “what do we have on the books that is not selling as expected?”, “which items should we
    count?”. Each product's run of days without a sale up to now is held against its own steady rate (a Poisson test
    given its days with a sale), guarded against chance over all products tested. A reason to look, not a proof.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    statement = build_gaps(
        asked.windows,
        context.scope,
        asked.asked.now,
        store_ids=sorted(asked.levels),
        least=LEAST_EXPECTED,
        trailing=True,
        only=asked.only,
    )
    standing = _standing(context.mirror.query(statement.sql, statement.params).dicts())
    shown = standing[: arguments.limit]
    names = names_of([row for _, row in shown], context)
    headline = _headline(asked, len(standing))
    same = asked.asked.same_part_and_stores
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, shown, names)]),
        figures=(
            stock_figure(asked, "phantom_stock_positions", str(len(standing)), "count", over_days=True),
            *(
                stock_figure(
                    asked,
                    "days_without_sale",
                    str(int(row["run"])),
                    "days",
                    stores=(row["store_id"],),
                    group=_group(names, row),
                    over_days=True,
                )
                for _, row in shown
            ),
        ),
        table=_table(asked, shown, names) if shown else None,
        caveats=(_NOT_A_PROOF, _GUARD, *stock_caveats(asked, sold=True)),
        follow_ups=(f"Show me my dead stock{same}", f"Which products are out of stock{same}?"),
        provenance=stock_provenance(asked, ("stock_on_hand", "units_per_day"), [statement], ("inventory", "sales")),
    )


def _standing(rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, Mapping[str, Any]]]:
    """The runs that stand against chance, the least probable first."""
    chances = [run_probability(int(row["trading_days"]), int(row["sold_days"]), int(row["run"])) for row in rows]
    tested = int(rows[0]["tested"]) if rows else 0
    kept = discoveries(chances, tested)
    found = [(chance, row) for chance, row, stands in zip(chances, rows, kept, strict=True) if stands]
    return sorted(found, key=lambda pair: (pair[0], pair[1]["store_id"], pair[1]["variant_id"]))


def _pace(row: Mapping[str, Any]) -> Demand:
    """Demand of the days before the run."""
    return demand(Decimal(row["units"]), row["squares"], int(row["trading_days"]) - int(row["run"]))


def _headline(asked: StockFrame, count: int) -> str:
    subject, label = asked.asked.subject, asked.stores.label
    if not count:
        return f"No phantom stock{subject} is suspected, {label}: every run without a sale is within chance."
    cases = (
        counted(count, "case") + " (product and store)" if len(asked.stores.stores) > 1 else counted(count, "product")
    )
    return f"Phantom stock{subject} suspected, {label}: {cases} on hand, unsold far longer than usual."


def _sentences(
    asked: StockFrame, shown: Sequence[tuple[float, Mapping[str, Any]]], names: Mapping[str, Product]
) -> list[str]:
    several = len(asked.stores.stores) > 1
    said = []
    for _, row in shown[:3]:
        where = f" at {asked.stores.name(row['store_id'])}" if several else ""
        said.append(
            f"{_name(names, row)}{where}: {quantity(row['on_hand'])} on hand, usually {rounded(_pace(row).mean)} a day,"
            f" none for {counted(int(row['run']), 'day')}"
        )
    return [f"{'; '.join(said)}. Count them first."] if said else []


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _group(names: Mapping[str, Product], row: Mapping[str, Any]) -> dict[str, str]:
    known = names.get(row["variant_id"])
    named = product_group(known) if known else {"variant_id": str(row["variant_id"])}
    return {**named, "store": str(row["store_id"])}


def _table(asked: StockFrame, shown: Sequence[tuple[float, Mapping[str, Any]]], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("On hand", "units"),
        TableColumn("Shelf", "units"),
        TableColumn("Back room", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Days without a sale", "days"),
        TableColumn("Last sold", "date"),
        TableColumn("Chance", "text"),
    )
    body = [
        (
            _name(names, row),
            asked.stores.name(row["store_id"]),
            quantity(row["on_hand"]),
            quantity(row["floor"]),
            quantity(row["backroom"]),
            rounded(_pace(row).mean, 2),
            int(row["run"]),
            row["after_on"].isoformat(),
            f"{chance:.1e}",
        )
        for chance, row in shown
    ]
    return Table(columns, body)
