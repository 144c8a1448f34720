"""How large the range is: products, makers, categories and pack sizes, whole or by department, maker or so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, percent_said, percent_text, ratio, stands_on
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, coverage, frame, require_sales
from tools.metrics.range_query import build_range
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted

Counted = Literal["product", "brand", "category", "department", "pack_size"]
_SAID = {
    "product": "product", "brand": "brand", "category": "categorie", "department": "department",
    "pack_size": "pack size",
}  # fmt: skip
_BY = {
    "department": "department", "category": "category", "brand": "brand (maker)", "pack_size": "pack size",
    "private_label": "private label", "store": "store",
}  # fmt: skip
_GROUPS = {
    "department": "departments", "category": "categories", "brand": "brands", "pack_size": "pack sizes",
    "private_label": "kinds of label", "store": "stores",
}  # fmt: skip
SHOWN = 5
MOST_ROWS = 100


class RangeCountsArguments(Arguments):
    """Arguments of ``range_counts``."""

    count: Counted = Field(default="product", description="What is counted; manufacturers are brands.")
    by: Literal["department", "category", "brand", "pack_size", "private_label", "store"] | None = Field(
        default=None, description="Counted for each of these, if asked; by store: what sold there."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    period: str | None = Field(
        default=None, max_length=120, description="Only goods sold then, in the asker's own words. Else the catalogue."
    )
    stores: str | None = Field(default=None, max_length=300, description="Only with a period: sold at which stores.")
    containing: str | None = Field(
        default=None, min_length=2, max_length=80,
        description="Only products with this text in their name, category or department.",
    )  # fmt: skip
    at_least: int | None = Field(default=None, ge=1, description="With by: only groups with so many or more.")
    at_most: int | None = Field(default=None, ge=0, description="With by: only groups with so many or fewer.")
    order: Literal["top", "bottom"] = Field(default="top", description="Most or fewest first.")
    limit: int = Field(default=10, ge=1, le=MOST_ROWS, description="So many groups.")


@dataclass(frozen=True, slots=True)
class _Counts:
    asked: Frame
    arguments: RangeCountsArguments
    total: int
    rows: tuple[tuple[str, int], ...]
    unnamed: int
    where: str
    groups: int
    """How many groups there are before a bound leaves any out."""
    counted: int = 0
    """All that is counted in them: a product once, a brand in each of its departments."""

    @property
    def noun(self) -> str:
        return _SAID[self.arguments.count]

    def said(self, number: int) -> str:
        if self.arguments.count == "category":
            return f"{number:,} {'category' if number == 1 else 'categories'}"
        return counted(number, self.noun)


@tool()
def range_counts(arguments: RangeCountsArguments, context: ToolContext) -> ToolResult:
    """How many products, brands (makers), categories or pack sizes there are, in all or by department, brand or size.

    Use it for “how many products does each department have”, “which manufacturer has the most products”, “how many
    brands are there in Dairy”, “most common package sizes”, “departments with fewer than 100 products” (at_most 99),
    “how many products contain the word yogurt” (containing), “which store sells the most different products” (by
    store).
    Without a period the whole catalogue of active products is
    counted, with one the goods that were sold then. What they sold for is ``sales_breakdown``.
    """
    asked = frame(arguments.period or "last 4 weeks", arguments.stores, context)
    part = part_of(None, arguments.department, asked.stores, context)
    asked = replace(asked, part=part)
    windows = asked.windows() if arguments.period or arguments.stores or arguments.by == "store" else []
    if windows:
        require_sales(asked, coverage(asked, windows)[0])
    only = part.only if part else None
    statements = [build_range(arguments.count, None, windows, context.scope, only, arguments.containing)]
    if not arguments.by and (arguments.at_least is not None or arguments.at_most is not None):
        raise BadArgumentError("at_least and at_most go with “by”: say which groups are held against the number.")
    if arguments.by:
        statements.append(
            build_range(arguments.count, arguments.by, windows, context.scope, only, arguments.containing)
        )
    read = [context.mirror.query(one.sql, one.params).rows for one in statements]
    total = int(read[0][0][1]) if read[0] else 0
    if not total:
        what = f"{_SAID[arguments.count]}{asked.subject}{_held(arguments)}"
        raise NoDataError(f"No {what} is recorded, so there is nothing to count.")
    named = [(str(key), int(number)) for key, number in read[-1] if key] if arguments.by else []
    if arguments.by == "store":
        sold = {store.store_id: 0 for store in asked.stores.stores} | dict(named)
        named = [(asked.stores.name(key), number) for key, number in sorted(sold.items(), key=lambda one: -one[1])]
    groups, counted_in = len(named), sum(number for _, number in named)
    named = [(key, number) for key, number in named if _fits(arguments, number)]
    if arguments.order == "bottom":
        named.reverse()
    unnamed = sum(int(number) for key, number in read[-1] if not key) if arguments.by else 0
    where = f"were sold {asked.when}, {asked.stores.label}" if windows else "are in the catalogue"
    made = _Counts(asked, arguments, total, tuple(named), unnamed, where, groups, counted_in)
    first = _headline(made)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made)]),
        figures=tuple(_figures(made)),
        table=_table(made) if named else None,
        chart=None,
        caveats=tuple(_caveats(made)),
        follow_ups=("Net sales by department last 4 weeks", "Private label share last 4 weeks"),
        provenance=stands_on(asked, (f"{arguments.count}_count",), statements),
    )


def _headline(made: _Counts) -> str:
    whole = f"{made.said(made.total)}{made.asked.subject}{_held(made.arguments)} {made.where}"
    bounds = _bounds(made)
    if bounds and made.arguments.by:
        verb = "has" if len(made.rows) == 1 else "have"
        return f"{len(made.rows):,} of {made.groups:,} {_GROUPS[made.arguments.by]} {verb} {bounds}; {whole} in all."
    if not made.rows:
        return f"{whole}."
    key, number = made.rows[0]
    most = "fewest" if made.arguments.order == "bottom" else "most"
    share = f" ({percent_said(number, made.total)})" if made.arguments.count == "product" else ""
    by = _BY[made.arguments.by or "department"]
    return f"{whole}; by {by}, {key} has the {most} with {number:,}{share}."


def _held(arguments: RangeCountsArguments) -> str:
    """The words for a text that the products hold; empty where none is asked for."""
    of = "" if arguments.count == "product" else " of products"
    return f"{of} with “{arguments.containing}” in the name, category or department" if arguments.containing else ""


def _fits(arguments: RangeCountsArguments, number: int) -> bool:
    low, high = arguments.at_least, arguments.at_most
    return (low is None or number >= low) and (high is None or number <= high)


def _bounds(made: _Counts) -> str:
    """``at most 99 products``; empty where no bound is asked for."""
    low, high = made.arguments.at_least, made.arguments.at_most
    if low is not None and low == high:
        return f"exactly {made.said(low)}"
    words = [f"at least {made.said(low)}"] if low is not None else []
    words += [f"at most {made.said(high)}"] if high is not None else []
    return " and ".join(words)


def _sentences(made: _Counts) -> list[str]:
    if _bounds(made):
        shown = made.rows[: max(made.arguments.limit, SHOWN)]
        more = f" and {len(made.rows) - len(shown)} more" if len(made.rows) > len(shown) else ""
        return [f"{'; '.join(f'{key} {number:,}' for key, number in shown)}{more}."] if shown else []
    rest = made.rows[1 : min(SHOWN, made.arguments.limit)]
    if not rest:
        return []
    said = "; ".join(f"{place}. {key} {number:,}" for place, (key, number) in enumerate(rest, 2))
    by = made.arguments.by or ""
    group = "store" if by == "store" else _SAID.get(by, "group").replace("categorie", "category")
    mean = number_text(ratio(Decimal(made.counted), made.groups), 1)
    return [
        f"Then {said} ({counted(len(made.rows), 'group')} in all).",
        f"On average {mean} {'categories' if made.arguments.count == 'category' else f'{made.noun}s'} a {group}.",
    ]


def _figures(made: _Counts) -> list[Figure]:
    name = f"{made.arguments.count}_count"
    found = [figure(made.asked, name, made.total, "count")]
    by = made.arguments.by or ""
    return found + [figure(made.asked, name, number, "count", {by: key}) for key, number in made.rows[:MOST_ROWS]]


def _table(made: _Counts) -> Table:
    columns = (
        TableColumn(_BY[made.arguments.by or "department"].capitalize(), "text"),
        TableColumn(f"Number of {'categories' if made.arguments.count == 'category' else f'{made.noun}s'}", "count"),
        TableColumn("Share", "%"),
    )
    return Table(columns, [(key, n, percent_text(n, made.total)) for key, n in made.rows[:MOST_ROWS]])


def _caveats(made: _Counts) -> list[str]:
    said = []
    if made.arguments.by == "store":
        said.append(
            "Counted is what sold at each store in these days, not what stands there unsold; what is in stock is in"
            " “stock by store”."
        )
    elif not (made.arguments.period or made.arguments.stores):
        said.append("The catalogue of active products, whether they sold lately or not; name a period for what sold.")
    if made.unnamed:
        said.append(f"{made.unnamed:,} have no {_BY[made.arguments.by or 'department']} recorded and are in no group.")
    if made.arguments.count == "brand" or made.arguments.by == "brand":
        said.append("All of the own label counts as one brand.")
    return said
