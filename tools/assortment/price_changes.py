"""Which prices or costs changed in a period: how many went up and down, and which moved most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from connectors.mirror.rows import ALL_STORES
from tools.amounts import figure, number_text, stands_on
from tools.analysis.business_day import day_begins, day_ends
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, one_currency, recorded_frame
from tools.metrics.shelf_prices_query import ANY_EARLIER, build_first_prices, build_price_changes
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import STORES_HELP, amount, names_of, product_group, simulated
from tools.wording import counted, money

_NAMED = 3
_WAYS = {"up": "increase", "down": "decrease"}


class PriceChangesArguments(Arguments):
    """Arguments of ``price_changes``."""

    period: str = Field(default="last 7 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    of: Literal["price", "cost"] = Field(default="price", description="What we sell at, or what we pay for a piece.")
    direction: Literal["up", "down"] | None = Field(default=None, description="Only increases or only decreases.")
    over_percent: float | None = Field(
        default=None, ge=0, le=100_000, description="Only what moved by more than so many per cent: 10."
    )
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, the steepest first.")


@tool()
def price_changes(arguments: PriceChangesArguments, context: ToolContext) -> ToolResult:
    """Prices on the shelf that changed in a period: the one before against the one after, the steepest first.

    Use it for “what price changes happened this week”, “which prices went up last month in Dairy”, “did we change the
    price of oat milk”. Prices that were set for the first time are no change. Who changed them is not known here;
    changes that wait for approval stand on their cards. With ``of`` cost it is “which costs went up last quarter”.
    """
    asked = recorded_frame(
        arguments.period, arguments.stores, context, product=arguments.product, department=arguments.department
    )
    one_currency(asked, None)
    of = arguments.of
    over = None if arguments.over_percent is None else Decimal(str(arguments.over_percent))
    spans = {
        store.store_id: (
            day_begins(asked.periods[store.store_id].start_on, store.timezone, store.day_starts_at),
            min(day_ends(asked.periods[store.store_id].end_on, store.timezone, store.day_starts_at), asked.now),
        )
        for store in asked.stores.stores
    }
    statement = build_price_changes(
        spans, context.scope, only=asked.part.only if asked.part else None, kind=of,
        direction=arguments.direction, over_percent=over, limit=arguments.limit,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    begun = build_first_prices(spans, context.scope, only=asked.part.only if asked.part else None, kind=of)
    begins = int(context.mirror.query(begun.sql, begun.params).rows[0][0])
    if not rows and not begins and not context.mirror.query(ANY_EARLIER, {"kind": of}).rows:
        raise NoDataError(
            f"Whether {of}s{asked.subject} changed {asked.when} cannot be told for {asked.stores.label}: only the"
            f" latest {of} of each product is known. Earlier ones come with the point of sale's {of} history, or from"
            f" a file of {of}s with their dates."
        )
    if begins and not rows:
        raise NoDataError(
            f"Whether {of}s{asked.subject} changed {asked.when} cannot be told for {asked.stores.label}:"
            f" {counted(begins, 'product')} have a {of} that begins then, and no earlier {of} of any is known."
            f" Earlier {of}s come with the point of sale's {of} history, or from a file of them."
        )
    names = names_of(rows, context)
    first = _headline(asked, rows, of, arguments.direction, over)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_steepest(asked, rows, names)]),
        figures=tuple(_figures(asked, rows, names, of)),
        table=_table(asked, rows, names) if rows else None,
        caveats=(
            f"A {of} is compared before the period and at its end; one that went and came back is no change.",
            *(
                [f"{counted(begins, 'product')} got a {of} with none known before; they are not counted."]
                if begins
                else []
            ),
            *simulated(asked, (of,)),
        ),
        follow_ups=(f"Average price by department {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, (of,), [statement, begun], (of,)),
    )


def _headline(
    asked: Frame, rows: Sequence[Mapping[str, Any]], of: str, direction: str | None, over: Decimal | None
) -> str:
    what = f"{of} {_WAYS[direction]}" if direction else f"{of} change"
    more = "" if over is None else f" of more than {over.normalize():f} %"
    if not rows:
        return f"No {what}{more}{asked.subject} {asked.when}, {asked.stores.label}."
    ups, downs = int(rows[0]["ups"]), int(rows[0]["downs"])
    each = " (each store and product counted)" if len(asked.stores.stores) > 1 else ""
    split = "" if direction else f": {ups:,} up, {downs:,} down"
    number = counted(int(rows[0]["changes"]), what)
    return f"{number}{more}{asked.subject} {asked.when}, {asked.stores.label}{each}{split}."


def _steepest(asked: Frame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[str]:
    shown = []
    for row in rows[:_NAMED]:
        before, after = (
            money(Decimal(amount(row[end], asked.currency) or 0), asked.currency) for end in ("before", "after")
        )
        shown.append(f"{_name(names, row)}{_place(asked, row)} {before} to {after} ({_percent(row, sign=True)} %)")
    return [f"Steepest: {'; '.join(shown)}."] if shown else []


def _place(asked: Frame, row: Mapping[str, Any]) -> str:
    if row["store_id"] == ALL_STORES or len(asked.stores.stores) == 1:
        return ""
    return f" at {asked.stores.name(row['store_id'])}"


def _where(asked: Frame, row: Mapping[str, Any]) -> str:
    """The store of a change; of the common price all stores, or those without one of their own."""
    if row["store_id"] != ALL_STORES:
        return asked.stores.name(row["store_id"])
    return "the other stores" if row["own"] else "all stores"


def _percent(row: Mapping[str, Any], *, sign: bool) -> str:
    change = (row["after"] - row["before"]) / row["before"] * 100
    return f"{'+' if sign and change > 0 else ''}{number_text(change, 1)}"


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _figures(asked: Frame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], of: str) -> list[Figure]:
    first = rows[0] if rows else {"changes": 0, "ups": 0, "downs": 0}
    found = [
        figure(asked, name, int(first[column]), "count")
        for name, column in (
            (f"{of}_changes", "changes"), (f"{of}_increases", "ups"), (f"{of}_decreases", "downs"),
        )
    ]  # fmt: skip
    for row in rows:
        known = names.get(row["variant_id"])
        group = dict(product_group(known)) if known else {"variant_id": str(row["variant_id"])}
        stores = () if row["store_id"] == ALL_STORES else (str(row["store_id"]),)
        group |= {} if not stores else {"store": stores[0]}
        found.append(figure(asked, of, amount(row["after"], asked.currency), asked.currency, group, stores=stores))
    return found


def _table(asked: Frame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("Before", asked.currency),
        TableColumn("After", asked.currency),
        TableColumn("Change", "%"),
    )
    return Table(
        columns,
        [
            (
                _name(names, row),
                _where(asked, row),
                amount(row["before"], asked.currency), amount(row["after"], asked.currency),
                _percent(row, sign=False),
            )
            for row in rows
        ],
    )  # fmt: skip
