"""How many of the known customers who bought goods bought them again: the repeat purchase rate of brands and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, number_text, percent_said, percent_text, ratio
from tools.analysis.few import FEWEST
from tools.context import ToolContext
from tools.customers.goods_names import goods_names
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import NoDataError
from tools.metrics.repeat_purchases_query import build_repeat_purchases
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, Part, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stock.frame import names_of, product_group
from tools.wording import counted

_NAMED, _CHARTED = 5, 12
_MANY = {
    "product": "products", "category": "categories", "department": "departments", "brand": "brands",
    "private_label": "kinds of brand",
}  # fmt: skip


class RepeatPurchasesArguments(Arguments):
    """Arguments of ``repeat_purchases``."""

    period: str = Field(default="last 12 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Literal["product", "category", "department", "brand", "private_label"] | None = Field(
        default=None, description="Split by this; without it, the goods named as a whole."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    times: int = Field(default=2, ge=2, le=20, description="From how many purchases on somebody bought again.")
    order: Literal["top", "bottom"] = Field(default="top", description="Highest rate first, or lowest.")
    least_buyers: int = Field(
        default=30, ge=FEWEST, le=100_000, description="Only goods with so many buyers are ranked; a rate of few says"
        " little."
    )  # fmt: skip
    limit: int = Field(default=10, ge=1, le=100, description="How many are listed.")


@dataclass(frozen=True, slots=True)
class _Found:
    """The goods that may be told, in order, with their names; how many there are, too rare, and left out as few."""

    known: Known
    part: Part | None
    rows: Sequence[Mapping[str, Any]]
    names: Mapping[str, str]
    groups: int
    rare: int
    few: int


@tool()
def repeat_purchases(arguments: RepeatPurchasesArguments, context: ToolContext) -> ToolResult:
    """Repeat purchase rate: the share of a product's, brand's or category's known buyers who bought it at least twice.

    Use it for “repeat purchase rate by brand”, “which products do customers come back for”, “share of buyers of oat
    milk who bought it at least twice”. Once is one transaction. How many customers of a period come again at all is
    ``new_and_returning``; how many bought something at all is ``goods_by_buyers``. Nothing is told of fewer than five
    people.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    part = part_of(arguments.product, arguments.department, known.asked.stores, context)
    by = arguments.by
    least = arguments.least_buyers if by else FEWEST
    statement = build_repeat_purchases(
        known.asked.windows(), context.scope, by=by, times=arguments.times,
        everyone=len(known.customers), least_buyers=least,
        only=part.only if part else None, bottom=arguments.order == "bottom", limit=arguments.limit,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    counts = tuple(int(rows[0][name]) for name in ("groups", "rare", "few"))
    rows = [row for row in rows if row["key"] is not None]
    found = _Found(known, part, rows, _names(rows, by, part, context), *counts)
    _require(found, arguments)
    headline = _headline(found, arguments)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(found, arguments)]),
        figures=tuple(_figures(found, by, context)),
        table=_table(found, by),
        chart=_chart(found) if len(rows) > 1 else None,
        caveats=tuple(_caveats(found, arguments)),
        follow_ups=tuple(_further(found, by)),
        provenance=known.provenance(statement),
    )


def _require(found: _Found, arguments: RepeatPurchasesArguments) -> None:
    """Refuse where there is nothing to tell, saying why.

    Raises:
        NoDataError: as said.
    """
    asked, of = found.known.asked, f" of {found.part.label}" if found.part else ""
    if not found.groups:
        raise NoDataError(f"No known customer bought anything{of} at {asked.stores.label} {asked.when}.")
    if not found.rows:
        least = arguments.least_buyers if arguments.by and found.rare == found.groups else FEWEST
        raise NoDataError(
            f"Nothing{of} was bought by {least} known customers or more, with at least {FEWEST} of them on either side,"
            f" {asked.when} at {asked.stores.label}; nothing is said of so few people."
        )


def _names(
    rows: Sequence[Mapping[str, Any]], by: str | None, part: Part | None, context: ToolContext
) -> dict[str, str]:
    if by is None:
        return {row["key"]: part.label if part else "Anything at all" for row in rows}
    return goods_names(rows, by, context)


def _often(times: int) -> str:
    return "at least twice" if times == 2 else f"at least {times} times"


def _rate(row: Mapping[str, Any]) -> str:
    return f"{percent_said(row['again'], row['buyers'])} ({int(row['again']):,} of {int(row['buyers']):,})"


def _headline(found: _Found, arguments: RepeatPurchasesArguments) -> str:
    asked, row = found.known.asked, found.rows[0]
    often = _often(arguments.times)
    if arguments.by is None:
        return (
            f"{percent_said(row['again'], row['buyers'])} of the {int(row['buyers']):,} known customers who bought"
            f" {found.names[row['key']].lower() if not found.part else found.names[row['key']]} {asked.when},"
            f" {asked.stores.label}, bought it {often} ({int(row['again']):,})."
        )
    of = f" of {found.part.label}" if found.part else ""
    which = "Highest" if arguments.order == "top" else "Lowest"
    return (
        f"{which} repeat purchase rate {asked.when}, {asked.stores.label}, among {_MANY[arguments.by]}{of}:"
        f" {found.names[row['key']]}, {_rate(row)} bought it {often}."
    )


def _sentences(found: _Found, arguments: RepeatPurchasesArguments) -> list[str]:
    row = found.rows[0]
    each = number_text(ratio(row["purchases"], row["buyers"]), 1)
    said = [f"A buyer of {found.names[row['key']]} bought it {each} times on average."] if found.part or arguments.by \
        else []  # fmt: skip
    if len(found.rows) > 1:
        shown = [f"{found.names[one['key']]} {_rate(one)}" for one in found.rows[1 : 1 + _NAMED]]
        said.insert(0, f"Then: {'; '.join(shown)}.")
    return said


def _figures(found: _Found, by: str | None, context: ToolContext) -> list[Figure]:
    asked = found.known.asked
    more = dict(found.part.group) if found.part else {}
    products = names_of(found.rows, context) if by == "product" else {}
    made = []
    for row in found.rows:
        product = products.get(row["variant_id"])
        own = product_group(product) if product else {by: found.names[row["key"]]} if by else {}
        group = {**more, **own}
        values = (
            ("customers", str(int(row["buyers"])), "count"),
            ("repeat_buyers", str(int(row["again"])), "count"),
            ("repeat_purchase_rate", percent_text(row["again"], row["buyers"]), "%"),
            ("purchases_per_customer", number_text(ratio(row["purchases"], row["buyers"])), "ratio"),
        )
        made += [figure(asked, metric, value, unit, group) for metric, value, unit in values]
    return made


def _table(found: _Found, by: str | None) -> Table:
    columns = (
        TableColumn((by or "goods").replace("_", " ").capitalize(), "text"),
        TableColumn("Buyers", "count"),
        TableColumn("Bought again", "count"),
        TableColumn("Repeat purchase rate", "%"),
        TableColumn("Purchases each", "ratio"),
    )
    rows = [
        (
            found.names[row["key"]], int(row["buyers"]), int(row["again"]),
            percent_text(row["again"], row["buyers"]), number_text(ratio(row["purchases"], row["buyers"])),
        )
        for row in found.rows
    ]  # fmt: skip
    return Table(columns, rows)


def _chart(found: _Found) -> Chart:
    shown = found.rows[:_CHARTED]
    return Chart(
        "bar",
        f"Repeat purchase rate, {found.known.asked.stores.label}, {found.known.asked.when}",
        tuple(found.names[row["key"]] for row in shown),
        {"Rate": tuple(float(percent_text(row["again"], row["buyers"]) or 0) for row in shown)},
        "%",
    )


def _caveats(found: _Found, arguments: RepeatPurchasesArguments) -> list[str]:
    said = [
        *found.known.caveats(),
        (
            f"Bought again means in {arguments.times} or more transactions within these days; a longer period gives a"
            " higher rate, and who bought late in it had less time to come back."
        ),
    ]
    if arguments.by and found.rare:
        many = _MANY[arguments.by]
        said.append(
            f"{found.rare:,} of {found.groups:,} {many} with fewer than {arguments.least_buyers} buyers are not ranked."
        )
    if found.few:
        said.append(
            f"{counted(found.few, 'further one')} left out: fewer than {FEWEST} people came back to it, or did not,"
            " or all but so few bought it, and nothing is told of so few."
        )
    if arguments.by in ("brand", "private_label"):
        said.append("Products for which that is not recorded are left out.")
    return said


def _further(found: _Found, by: str | None) -> list[str]:
    asked = found.known.asked
    other = "category" if by != "category" else "department"
    return [f"Repeat purchase rate by {other} {asked.when_again}{asked.same_part_and_stores}"]
