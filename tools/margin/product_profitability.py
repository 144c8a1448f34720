"""What is left over: profitability of products, of parts of the range and of groups of customers, at cost when sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tools.analysis.few import tellable
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.identity import spans_platforms
from tools.margin.advice import PEOPLE, recommendations
from tools.margin.losing import LOSING, always_said, part_of_period, whenever, with_parts
from tools.margin.trend import falling
from tools.margin.unknown_cost import unknown_cost
from tools.metrics import METRICS
from tools.metrics.evaluate import Group, decimal, total
from tools.metrics.margin_query import (
    KEYS,
    SHOWN,
    TIERS,
    build_customers,
    build_parts,
    build_products,
)
from tools.metrics.query import Statement
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.products import unnamed
from tools.ranked import sold_so
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.splits import CHART_POINTS
from tools.together import together
from tools.wording import counted, money, spoken

_METRICS = tuple(METRICS[name] for name in SHOWN)
_NET, _MARGIN, _RATE = METRICS["net_sales"], METRICS["gross_margin"], METRICS["gross_margin_pct"]
Split = Literal[
    "product", "department", "category", "brand", "customer", "age_band", "income_band", "household_size", "kids"
]
_NO_CUSTOMER = "No customer known"


class ProductProfitabilityArguments(Arguments):
    """Arguments of ``product_profitability``."""

    period: str = Field(
        default="the last 4 weeks", max_length=120, description="When, in the asker's own words: “last month”, “Q3”."
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”.",
    )
    by: Split = Field(
        default="product",
        description=(
            "One row for each of these. “customer” is groups of customers by what they spent in the period; the others"
            " of customers are what is recorded about their household."
        ),
    )
    show: Literal["best", "worst", "losing", "always_losing", "falling"] = Field(
        default="best",
        description=(
            "best or worst by gross margin; losing: only products sold below cost; always_losing: in every week or"
            " month they sold in; falling: margin % lower than in the period before. The last three are of products."
        ),
    )
    compare_to: str | None = Field(
        default=None, max_length=120, description="For falling: the earlier period, if the asker names one."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    least_units: int = Field(default=0, ge=0, le=100_000, description="Only products that sold so many pieces or more.")
    limit: int = Field(default=10, ge=1, le=50, description="How many rows to show, 1 to 50.")


@tool()
def product_profitability(arguments: ProductProfitabilityArguments, context: ToolContext) -> ToolResult:
    """Net sales, cost at the time of sale, gross margin and discounts of products, parts of the range or customers.

    Use it for “which products lose money”, “which consistently lose money” (always_losing, last 12 weeks), “which
    products have a declining gross margin”, “profit by brand”, “break down profitability by customer and category and
    give recommendations” (one call each), “what do we earn on oat milk”. What has no recorded cost is never counted as
    margin; the answer says how much that is. Customers are only ever groups of five or more. For a plain ranking of
    products by margin there is top_products.
    """
    if arguments.show in ("losing", "always_losing", "falling") and arguments.by != "product":
        raise BadArgumentError(f"“show” can be {arguments.show} for products only; use by=product, or show=worst.")
    asked = frame(arguments.period, arguments.stores, context)
    asked = replace(asked, part=part_of(arguments.product, arguments.department, asked.stores, context))
    one_currency(asked, None)
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    if arguments.show == "falling":
        return falling(asked, arguments.compare_to, arguments.limit, days, covered)
    if arguments.by == "product":
        return _products(asked, arguments, days, covered)
    return _parts(asked, arguments, days, covered)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the answer: how to name it, what its figures carry, its sums, and how many people it is."""

    name: str
    group: Mapping[str, str]
    sums: Group
    people: int | None = None


def _row(name: str, group: Mapping[str, str], cells: Mapping[str, Any], people: int | None = None) -> Row:
    sums = {column: decimal(cell) for column, cell in cells.items() if column.startswith(("n_", "d_", "x_"))}
    if not sums.get("n_units") and sums.get("n_net_sales"):
        sums["n_units"] = None  # sold by weight, which has no pieces
    return Row(name, group, Group(name, sums), people)


def _products(
    asked: Frame, arguments: ProductProfitabilityArguments, days: Mapping[str, int], covered: Statement
) -> ToolResult:
    context = asked.context
    statement = build_products(
        asked.windows(),
        context.scope,
        show=arguments.show,
        limit=arguments.limit,
        only=asked.part.only if asked.part else None,
        by_item=spans_platforms(asked.stores),
        least_units=arguments.least_units,
        part=part_of_period(asked),
    )
    found, (whole, statements) = together(
        partial(context.mirror.query, statement.sql, statement.params), partial(_whole, asked)
    )
    cells = found.dicts()
    if not cells:
        raise NoDataError(f"No product{asked.subject} was sold at {asked.stores.label} {asked.when}.")
    known = lookup([row["variant_id"] for row in cells], context)
    rows = [
        _row(product.name, _named(product), row)
        for row in cells
        if row["fits"]
        for product in (known.get(row["variant_id"]) or unnamed(row["variant_id"]),)
    ]
    count, sold, unknown = (int(cells[0][name]) for name in ("counted", "sold_products", "unknown_products"))
    added = decimal(cells[0]["added"]) or Decimal(0)
    losing = arguments.show in LOSING
    parts = [row for row in cells if row["fits"]]
    headline = _products_headline(asked, arguments, rows, count, sold, added)
    steady = always_said(asked, cells[0], arguments.show) if losing and rows else []
    notes = [f"{counted(unknown, 'product')} of wholly unknown cost cannot be judged."] if unknown else []
    if (back := int(cells[0]["returned_products"])) and losing:
        notes.append(f"{counted(back, 'product')} of which more came back than was sold cannot be judged.")
    advice = recommendations(rows, whole, "product", asked) if rows else []
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *steady, *_ranked_text(asked, rows), *advice]),
        figures=tuple(_figures(asked, [_total_row(asked, whole), *rows])),
        table=with_parts(asked, _table(asked, "Product", rows), parts if losing else []) if rows else None,
        chart=_chart(asked, rows),
        caveats=(*caveats(asked, _METRICS, days), *unknown_cost(_METRICS, whole), *notes),
        follow_ups=_follow_ups(asked, arguments),
        provenance=provenance(asked, _METRICS, [statement, *statements, covered]),
    )


def _named(product: Product) -> Mapping[str, str]:
    return {"product_id": product.product_id, "variant_id": product.variant_id, "product": product.name}


def _whole(asked: Frame) -> tuple[Group, list[Statement]]:
    """Everything the question is about, added up, whatever is shown of it."""
    statement = build_parts(asked.windows(), "department", asked.context.scope, asked.part.only if asked.part else None)
    cells = asked.context.mirror.query(statement.sql, statement.params).dicts()
    return total([_row(str(row["part"]), {}, row).sums for row in cells]), [statement]


def _total_row(asked: Frame, whole: Group) -> Row:
    return Row("Total", dict(asked.group), whole)


def _products_headline(
    asked: Frame, arguments: ProductProfitabilityArguments, rows: Sequence[Row], count: int, sold: int, added: Decimal
) -> str:
    where, so = f"{asked.when}, {asked.stores.label}", sold_so(arguments.least_units)
    if arguments.show in LOSING:
        each = whenever(asked, arguments.show, arguments.least_units, one=not rows)
        if not rows:
            return (
                f"None of {counted(sold, 'product')}{asked.subject} sold {where} was sold below its cost in sum{each}."
            )
        lost = money(abs(added).scaleb(-asked.exponent), asked.currency)
        return (
            f"{counted(count, 'product')} of {sold:,}{asked.subject} sold {where} made a loss{each}, {lost} in all: the"
            f" largest is {rows[0].name} with {_said(asked, rows[0])}."
        )
    if not rows:
        raise NoDataError(f"No product{asked.subject}{so} sold {where} has a known cost, so none has a margin.")
    which = "Most" if arguments.show == "best" else "Least"
    return (
        f"{which} profitable of {counted(count, 'product')}{asked.subject}{so} {where}: {rows[0].name} with"
        f" {_said(asked, rows[0])}."
    )


def _said(asked: Frame, row: Row) -> str:
    margin = spoken(_MARGIN, row.sums.value(_MARGIN, asked.exponent), asked.currency)
    rate = spoken(_RATE, row.sums.value(_RATE, asked.exponent), asked.currency)
    net = spoken(_NET, row.sums.value(_NET, asked.exponent), asked.currency)
    return f"{margin} gross margin ({rate}) on {net} net sales"


def _ranked_text(asked: Frame, rows: Sequence[Row]) -> list[str]:
    if len(rows) < 2:
        return []
    rest = "; ".join(
        f"{place}. {row.name} {spoken(_MARGIN, row.sums.value(_MARGIN, asked.exponent), asked.currency)}"
        f" ({spoken(_RATE, row.sums.value(_RATE, asked.exponent), asked.currency)})"
        for place, row in enumerate(rows[1:5], 2)
    )
    return [f"Then {rest}."]


def _parts(
    asked: Frame, arguments: ProductProfitabilityArguments, days: Mapping[str, int], covered: Statement
) -> ToolResult:
    by = arguments.by
    only = asked.part.only if asked.part else None
    of_people = by not in KEYS
    if of_people:
        kind = "tier" if by == "customer" else by
        statement = build_customers(asked.windows(), kind, asked.context.scope, exponent=asked.exponent, only=only)
    else:
        statement = build_parts(asked.windows(), by, asked.context.scope, only)
    cells = asked.context.mirror.query(statement.sql, statement.params).dicts()
    rows = [
        _row(
            str(row["part"]) or _NO_CUSTOMER,
            {by: str(row["part"]) or _NO_CUSTOMER},
            row,
            int(row["customers"]) if of_people else None,
        )
        for row in cells
    ]
    rows, hidden = _of_five(rows) if of_people else (rows, [])
    if not rows or not any(row.sums.sums.get("x_lines") for row in rows):
        raise NoDataError(f"Nothing{asked.subject} was sold at {asked.stores.label} {asked.when}.")
    if of_people and all(row.name == _NO_CUSTOMER for row in rows):
        raise NoDataError(
            f"No customer is known for any sale at {asked.stores.label} {asked.when}, so profit cannot be split by"
            " customer. Customers come with a loyalty programme or customer accounts at the till."
        )
    whole = total([row.sums for row in rows])
    rows.sort(key=_order(by, worst=arguments.show == "worst"))
    shown = rows[: arguments.limit]
    headline = _parts_headline(asked, by, rows, whole)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_ranked_text(asked, shown), *recommendations(rows, whole, by, asked)]),
        figures=tuple(_figures(asked, [_total_row(asked, whole), *shown])),
        table=_table(asked, PEOPLE.get(by, by.title()), shown, people=of_people),
        chart=_chart(asked, shown),
        caveats=(*hidden, *caveats(asked, _METRICS, days), *unknown_cost(_METRICS, whole)),
        follow_ups=_follow_ups(asked, arguments),
        provenance=provenance(asked, _METRICS, [statement, covered]),
    )


def _of_five(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The groups of at least five people, without those that would give a smaller one away by subtraction."""
    told = tellable([row.people or 0 for row in rows if row.name != _NO_CUSTOMER])
    known = iter(told)
    kept = [row for row in rows if row.name == _NO_CUSTOMER or next(known)]
    left = told.count(False)
    said = f"{counted(left, 'group')} left out, so that nothing is said of fewer than five customers."
    return kept, [said] if left else []


def _order(by: str, *, worst: bool) -> Any:
    """Spend tiers by rank, everything else by margin, unknown margins last."""

    def key(row: Row) -> tuple[Any, ...]:
        margin = row.sums.sums.get("n_gross_margin")
        if by == "customer":
            return (TIERS.index(row.name) if row.name in TIERS else len(TIERS),)
        size = margin if margin is not None else Decimal(0)
        return (margin is None, size if worst else -size, row.name)

    return key


def _parts_headline(asked: Frame, by: str, rows: Sequence[Row], whole: Group) -> str:
    first = rows[0]
    margin, made = first.sums.sums.get("n_gross_margin"), whole.sums.get("n_gross_margin")
    share = f", {margin * 100 / made:.1f} % of it all" if margin is not None and made and made > 0 else ""
    people = f" ({counted(first.people, 'customer')})" if first.people else ""
    return (
        f"Gross margin{asked.subject} {asked.when}, {asked.stores.label}:"
        f" {spoken(_MARGIN, whole.value(_MARGIN, asked.exponent), asked.currency)}"
        f" ({spoken(_RATE, whole.value(_RATE, asked.exponent), asked.currency)} of net sales of known cost);"
        f" by {PEOPLE.get(by, by).lower()}, {first.name}{people} made {_said(asked, first)}{share}."
    )


def _cost(row: Row) -> Decimal | None:
    """Cost of the lines whose cost is known, in minor units."""
    known, margin = row.sums.sums.get("d_gross_margin_pct"), row.sums.sums.get("n_gross_margin")
    return None if known is None or margin is None else known - margin


def _figures(asked: Frame, rows: Sequence[Row]) -> list[Figure]:
    made = []
    for row in rows:
        common = (asked.stores.ids, asked.start_on, asked.end_on, row.group)
        for metric in _METRICS:
            value = metric.text(row.sums.value(metric, asked.exponent), asked.exponent)
            made.append(Figure(metric.name, value, metric.unit(asked.currency), *common))
        cost = _cost(row)
        text = None if cost is None else _NET.text(_NET.value(cost, None, asked.exponent), asked.exponent)
        made.append(Figure("cost_of_goods", text, asked.currency, *common))
        if row.people:
            made.append(Figure("customers", str(row.people), "count", *common))
    return made


def _table(asked: Frame, title: str, rows: Sequence[Row], *, people: bool = False) -> Table:
    columns = [TableColumn(title, "text"), *([TableColumn("Customers", "count")] if people else [])]
    columns += [TableColumn("Net sales", asked.currency), TableColumn("Cost at sale", asked.currency)]
    columns += [TableColumn(metric.label, metric.unit(asked.currency)) for metric in _METRICS[1:]]
    columns.append(TableColumn("Net sales of unknown cost", asked.currency))
    body = [
        (
            row.name,
            *([row.people] if people else []),
            _money(asked, row.sums.sums.get("n_net_sales")),
            _money(asked, _cost(row)),
            *(metric.text(row.sums.value(metric, asked.exponent), asked.exponent) for metric in _METRICS[1:]),
            _money(asked, row.sums.sums.get("x_unknown_net")),
        )
        for row in rows
    ]
    return Table(tuple(columns), body)


def _money(asked: Frame, minor: Decimal | None) -> str | None:
    return _NET.text(_NET.value(minor, None, asked.exponent), asked.exponent)


def _chart(asked: Frame, rows: Sequence[Row]) -> Chart | None:
    known = [row for row in rows if row.sums.value(_MARGIN, asked.exponent) is not None]
    if not 2 <= len(known) <= CHART_POINTS:
        return None
    values = tuple(
        float(_MARGIN.rounded(row.sums.value(_MARGIN, asked.exponent) or Decimal(0), asked.exponent)) for row in known
    )
    title = f"Gross margin{asked.subject}, {asked.stores.label}, {asked.when}"
    return Chart("bar", title, tuple(row.name for row in known), {_MARGIN.label: values}, asked.currency)


def _follow_ups(asked: Frame, arguments: ProductProfitabilityArguments) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = []
    if arguments.show != "losing":
        asks.append(f"Which products{same} lost money {when}?")
    asks.append(f"Which products{same} have declining gross margin {when}?")
    if arguments.by != "category" and not (asked.part and asked.part.only.variants):
        asks.append(f"Break down profitability by category{same} {when}")
    return tuple(asks[:3])
