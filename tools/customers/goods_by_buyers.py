"""Goods by how many known customers (households) bought them, and which share of all known customers that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, ratio
from tools.analysis.few import FEWEST, is_few
from tools.context import ToolContext
from tools.customers.goods_names import goods_names
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.goods_buyers_query import build_goods_buyers
from tools.metrics.visits_query import build_visits
from tools.part import DEPARTMENT_HELP, Part, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stock.frame import names_of, product_group

_NAMED, _CHARTED = 5, 12
_MANY = {
    "product": "products", "category": "categories", "department": "departments", "brand": "brands",
    "private_label": "kinds of brand",
}  # fmt: skip
_TITLES = {**{name: name.capitalize() for name in _MANY}, "private_label": "Private label or national brand"}


class GoodsByBuyersArguments(Arguments):
    """Arguments of ``goods_by_buyers``."""

    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Literal["product", "category", "department", "brand", "private_label"] = Field(
        default="product", description="What is counted the buyers of."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    order: Literal["top", "bottom"] = Field(default="top", description="Most buyers first, or fewest.")
    at_least_percent: Decimal | None = Field(
        default=None, ge=0, le=100, description="Only what at least so many per cent of the known customers bought."
    )
    over_percent: Decimal | None = Field(default=None, ge=0, le=100, description="Only what more than so many bought.")
    under_percent: Decimal | None = Field(default=None, ge=0, le=100, description="Only what less than so many bought.")
    at_most_percent: Decimal | None = Field(
        default=None, ge=0, le=100, description="Only what at most so many per cent of the known customers bought."
    )
    top_percent: int | None = Field(
        default=None, ge=1, le=99, description="Only what the best customers bought: the top 10 % by net sales."
    )
    limit: int = Field(default=10, ge=1, le=100, description="How many are listed.")


@dataclass(frozen=True, slots=True)
class _Found:
    """The goods that may be told, named, in order, and how many there are beside; ``everyone`` is all known buyers."""

    known: Known
    who: str
    """Whose purchases these are: “known customers”, or the best of them."""
    part: Part | None
    everyone: int
    rows: Sequence[Mapping[str, Any]]
    names: Mapping[str, str]
    groups: int
    few: int
    fitting: int


@tool()
def goods_by_buyers(arguments: GoodsByBuyersArguments, context: ToolContext) -> ToolResult:
    """Products, categories, brands or departments by how many known customers (households) bought them: penetration.

    Use it for “top 10 products by number of households buying them”, “which products do most customers buy”,
    “penetration by category”, “which department reaches the fewest households”, “what share of customers buys private
    label” (by private_label), “products bought by at least 20 % of households” (at_least_percent), “what do our best
    customers buy” (top_percent 10). Each customer counts
    once, however often they came. How many bought one named product or department is ``customer_visits``; best sellers
    by units or money are ``top_products``. Nothing is told of fewer than five people.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    asked = known.asked
    part = part_of(None, arguments.department, asked.stores, context)
    windows = asked.windows()
    all_sql = build_visits(windows, None, context.scope)
    everyone = int(context.mirror.query(all_sql.sql, all_sql.params).dicts()[0]["customers"])
    best = _best(known, arguments.top_percent) if arguments.top_percent else None
    everyone = everyone if best is None else len(best)
    if is_few(everyone):
        raise NoDataError(f"Fewer than {FEWEST} known customers bought {asked.when}; nothing is said of so few.")
    statement = build_goods_buyers(
        windows, context.scope, by=arguments.by, everyone=everyone, bounds=_bounds(arguments, everyone),
        only=part.only if part else None, bottom=arguments.order == "bottom", limit=arguments.limit,
        customers=best,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    counts = tuple(int(rows[0][name]) for name in ("groups", "few", "found"))
    rows = [row for row in rows if row["key"] is not None]
    who = f"of the top {arguments.top_percent} % of customers by net sales" if best else "known customers"
    found = _Found(known, who, part, everyone, rows, goods_names(rows, arguments.by, context), *counts)
    _require(found, arguments)
    headline = _headline(found, arguments)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(found, arguments)]),
        figures=tuple(_figures(found, arguments.by, context)),
        table=_table(found, arguments.by) if rows else None,
        chart=_chart(found) if len(rows) > 1 else None,
        caveats=tuple(_caveats(found, arguments)),
        follow_ups=tuple(_further(found, arguments)),
        provenance=known.provenance(all_sql, statement),
    )


def _best(known: Known, percent: int) -> list[str]:
    """The keys of the best customers up to a percentage of them, by net sales."""
    ranked = sorted(known.customers, key=lambda one: (-one.net_minor, one.key))
    return [one.key for one in ranked[: round(len(ranked) * percent / 100)]]


def _bounds(arguments: GoodsByBuyersArguments, everyone: int) -> tuple[int, int]:
    """The fewest and the most buyers that the asked percentages mean.

    Raises:
        BadArgumentError: the least is more than the most.
    """
    low, high = 0, everyone
    if arguments.at_least_percent is not None:
        low = int((arguments.at_least_percent * everyone / 100).to_integral_value(ROUND_CEILING))
    if arguments.over_percent is not None:
        low = max(low, int((arguments.over_percent * everyone / 100).to_integral_value(ROUND_FLOOR)) + 1)
    if arguments.at_most_percent is not None:
        high = int((arguments.at_most_percent * everyone / 100).to_integral_value(ROUND_FLOOR))
    if arguments.under_percent is not None:
        high = min(high, int((arguments.under_percent * everyone / 100).to_integral_value(ROUND_CEILING)) - 1)
    if low > high:
        raise BadArgumentError(
            "The least per cent of customers must not be more than the most; give other percentages."
        )
    return low, high


def _require(found: _Found, arguments: GoodsByBuyersArguments) -> None:
    """Refuse where there is nothing to tell, saying which of the reasons it is.

    Raises:
        NoDataError: as said.
    """
    asked, of = found.known.asked, f" of {found.part.label}" if found.part else ""
    if not found.groups:
        recorded = "" if arguments.by in ("product", "department") else f" with a recorded {_word(arguments.by)}"
        raise NoDataError(f"No known customer bought anything{of}{recorded} at {asked.stores.label} {asked.when}.")
    if not found.rows and found.few == found.groups:
        raise NoDataError(
            f"Each {_word(arguments.by)}{of} was bought by fewer than {FEWEST} known customers, or by all but fewer,"
            f" {asked.when}; nothing is said of so few people."
        )


def _word(by: str) -> str:
    return "kind of brand" if by == "private_label" else by


def _headline(found: _Found, arguments: GoodsByBuyersArguments) -> str:
    asked, many = found.known.asked, _MANY[arguments.by]
    of = f" of {found.part.label}" if found.part else ""
    base = f"{found.everyone:,} {found.who} bought {asked.when}, {asked.stores.label}."
    limits = _limits(arguments)
    if limits:
        noun = _word(arguments.by) if found.fitting == 1 else many
        none = "No" if not found.fitting else f"{found.fitting:,}"
        verb = "was" if found.fitting <= 1 else "were"
        return (
            f"{none} {_word(arguments.by) if not found.fitting else noun}{of} {verb} bought by {limits} of them: {base}"
        )
    first = found.rows[0]
    which = "most" if arguments.order == "top" else "fewest"
    tell = " that may be told" if arguments.order == "bottom" and found.few else ""
    return (
        f"Bought by the {which} {found.who}{tell} {asked.when}, {asked.stores.label}, among {many}{of}:"
        f" {found.names[first['key']]}, {_of_all(found, first)}."
    )


def _limits(arguments: GoodsByBuyersArguments) -> str:
    bounds = (
        ("at least", arguments.at_least_percent), ("more than", arguments.over_percent),
        ("at most", arguments.at_most_percent), ("less than", arguments.under_percent),
    )  # fmt: skip
    return " and ".join(f"{words} {value.normalize():f} %" for words, value in bounds if value is not None)


def _of_all(found: _Found, row: Mapping[str, Any]) -> str:
    number = int(row["customers"])
    return f"{number:,} of {found.everyone:,} ({percent_said(number, found.everyone)})"


def _sentences(found: _Found, arguments: GoodsByBuyersArguments) -> list[str]:
    said = []
    listed_rows = found.rows if _limits(arguments) else found.rows[1:]
    if listed_rows:
        shown = [
            f"{found.names[row['key']]} {int(row['customers']):,} ({percent_said(row['customers'], found.everyone)})"
            for row in listed_rows[:_NAMED]
        ]
        first = "Most first" if arguments.order == "top" else "Fewest first"
        said.append(f"{first if _limits(arguments) else 'Then'}: {'; '.join(shown)}.")
    if found.rows:
        row = found.rows[0]
        each = money_said(ratio(row["net"], row["customers"]), found.known.asked.currency)
        said.append(f"Each buyer of {found.names[row['key']]} spent {each} on it on average.")
    return said


def _figures(found: _Found, by: str, context: ToolContext) -> list[Figure]:
    asked = found.known.asked
    more = dict(found.part.group) if found.part else {}
    figures = [figure(asked, "customers", found.everyone, "count")]
    products = names_of(found.rows, context) if by == "product" else {}
    for row in found.rows:
        product = products.get(row["variant_id"])
        group = {**more, **(product_group(product) if product else {by: found.names[row["key"]]})}
        number = int(row["customers"])
        figures.append(figure(asked, "customers", number, "count", group))
        figures.append(figure(asked, "customer_share", percent_text(number, found.everyone), "%", group))
        spend = money_text(ratio(row["net"], number), asked.exponent)
        figures.append(figure(asked, "spend_per_customer", spend, asked.currency, group))
    return figures


def _table(found: _Found, by: str) -> Table:
    asked = found.known.asked
    columns = (
        TableColumn(_TITLES[by], "text"),
        TableColumn("Customers", "count"),
        TableColumn("Of all known" if found.who == "known customers" else "Of these customers", "%"),
        TableColumn("Spend each", asked.currency),
    )
    rows = [
        (
            found.names[row["key"]], int(row["customers"]), percent_text(row["customers"], found.everyone),
            money_text(ratio(row["net"], row["customers"]), asked.exponent),
        )
        for row in found.rows
    ]  # fmt: skip
    return Table(columns, rows)


def _chart(found: _Found) -> Chart:
    shown = found.rows[:_CHARTED]
    return Chart(
        "bar",
        f"Share of known customers who bought, {found.known.asked.stores.label}, {found.known.asked.when}",
        tuple(found.names[row["key"]] for row in shown),
        {"Share": tuple(float(percent_text(row["customers"], found.everyone) or 0) for row in shown)},
        "%",
    )


def _caveats(found: _Found, arguments: GoodsByBuyersArguments) -> list[str]:
    said = [*found.known.caveats(), "Customers are known by a card; who buys without one is not among them."]
    if found.few:
        noun = _word(arguments.by) if found.few == 1 else _MANY[arguments.by]
        said.append(
            f"{found.few:,} of {found.groups:,} {noun} left out: fewer than {FEWEST} known customers bought them, or"
            " all but fewer than that did."
        )
    if arguments.by in ("brand", "private_label"):
        said.append("Products for which that is not recorded are left out.")
    return said


def _further(found: _Found, arguments: GoodsByBuyersArguments) -> list[str]:
    again = found.known.asked.when_again
    other = "category" if arguments.by != "category" else "department"
    return [
        f"Penetration by {other} {again}{found.known.asked.same_part_and_stores}",
        f"Top products {again}{found.known.asked.same_part_and_stores}",
    ]
