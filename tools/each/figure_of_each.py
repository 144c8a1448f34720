"""One figure of each basket, line, product, day or store: mean, median, quartiles, ends, and how many are within."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tools.amounts import stands_on
from tools.analysis.few import FEWEST, is_few, tellable
from tools.analysis.group_keys import key_order, key_text
from tools.bounds import Bounds, amount
from tools.breakdown.ask import one_or_more, refuse_people
from tools.breakdown.key_names import named_keys
from tools.breakdown.promoted_since import promotions_known
from tools.breakdown.rows import Row as Keyed
from tools.breakdown.where import Only, Where, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.each.view import MONEY, Made, Row, chart, figures, names_wanted, said, table, unit_dimension
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import Cell
from tools.metrics.dimensions import NOT_NAMED, Dimension, Level, dimension_named
from tools.metrics.each_query import OfEach, build_all_baskets, build_bins, build_each, of_pieces_alone, without_goods
from tools.metrics.windows import Statement, Window
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import ToolResult

FigureName = Literal[
    "net_sales", "units", "lines", "discounts", "transactions", "customers", "products", "categories", "departments",
    "brands", "stores",
]  # fmt: skip
EachName = Literal["basket", "line", "product", "category", "department", "brand", "store", "day", "week", "month"]
_BINS = 12
_STEPS = (Decimal(1), Decimal(2), Decimal(5))


class FigureOfEachArguments(Arguments):
    """Arguments of ``figure_of_each``."""

    figure: FigureName = Field(
        default="net_sales",
        description="What of each; products, categories, departments, brands and stores are how many different ones.",
    )
    each: EachName = Field(default="basket", description="Of each of these: a basket is one transaction.")
    by: Annotated[list[Annotated[str, Field(max_length=40)]], BeforeValidator(one_or_more)] = Field(
        default=[], max_length=2, description="Told apart by no, one or two of these: store, department, age_band ..."
    )
    tell: Literal["mean", "median", "quartiles", "highest", "lowest", "deviation", "total"] = Field(
        default="mean", description="Told first, and what groups are put in order by."
    )
    over: str | None = Field(default=None, max_length=20, description="Those with more than this: “100”.")
    at_least: str | None = Field(default=None, max_length=20, description="With this or more.")
    under: str | None = Field(default=None, max_length=20, description="With less than this.")
    at_most: str | None = Field(default=None, max_length=20, description="With this or less.")
    order: Literal["top", "bottom"] = Field(default="top", description="Highest group first, or lowest.")
    limit: int = Field(default=20, ge=1, le=100, description="So many groups.")
    where: list[Only] = Field(
        default=[], max_length=4, description="Only lines of these count: goods, weekdays, hours, kinds of households."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")


@tool()
@each_currency
def figure_of_each(arguments: FigureOfEachArguments, context: ToolContext) -> ToolResult:
    """A figure of each basket, line, product, category, store, day, week or month: mean, median, quartiles, ends.

    Use it for “average number of private label items per basket”, “maximum basket value”, “how many departments does a
    basket have”, “share of baskets with at most two private label products” (at_most), “what share of revenue comes
    from baskets over $50”, “average revenue per product by category”, “minimum and maximum daily sales per store” (each
    day, by store), “distribution of quantity per line”, “average trips per month”. Of households it is
    ``household_figures``; a sum by groups is ``sales_breakdown``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    dimensions = _dimensions(arguments)
    refuse_people(dimensions, arguments.where, context)
    one_currency(asked, "")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    of, where = _asked(arguments, dimensions, asked, windows)
    notes = promotions_known(of.plan.dimensions, asked)
    whole_of = OfEach(of.figure, of.each, Plan((), of.plan.where, of.plan.week_start), of.bounds)
    statements = [build_each(windows, context.scope, whole_of)]
    found = _rows(context, statements[0], whole_of)
    if not found or not found[0].number:
        raise NoDataError(f"Nothing was sold{where.label} {asked.when} at {asked.stores.label}.")
    personal = any(one.personal for one in of.plan.dimensions)
    if personal and is_few(found[0].people):
        raise NoDataError(f"That is about fewer than {FEWEST} customers, so nothing is said of it.")
    rows: list[Row] = []
    if dimensions:
        statements.append(build_each(windows, context.scope, of))
        rows = _rows(context, statements[1], of)
    [whole], rows, more = _with_all_baskets(found, rows, of, windows, context)
    hidden = 0
    if personal:
        may = tellable([row.people for row in rows])
        hidden = may.count(False)
        rows = [row for row, told in zip(rows, may, strict=True) if told]
    made = Made(asked, of, arguments.tell, arguments.order == "bottom", where, whole, (), len(rows), {}, personal)
    rows = _ordered(made, rows)[: arguments.limit]
    bins: tuple[tuple[str, int], ...] = ()
    if not dimensions and not of.bounds.given:
        width = _width(whole, of, asked)
        statements.append(build_bins(windows, context.scope, whole_of, width))
        bins = _bins(context, statements[-1], width, of, asked)
    made = Made(
        asked, of, arguments.tell, made.bottom, where, whole, tuple(rows), made.groups,
        _titles(made, rows), personal, bins,
    )  # fmt: skip
    headline, *rest = said(made)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *rest]),
        figures=tuple(figures(made)),
        table=table(made),
        chart=chart(made),
        caveats=(*notes, *_meaning(made, hidden), *caveats(asked, (), days)),
        follow_ups=(f"Median basket {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, ("net_sales", "transactions"), [*statements, *more, covered]),
    )


def _dimensions(arguments: FigureOfEachArguments) -> tuple[Dimension, ...]:
    """The dimensions of the groups.

    Raises:
        BadArgumentError: one is that of the units, or of payments.
    """
    dimensions = tuple(dimension_named(name) for name in arguments.by if name.strip())
    for one in dimensions:
        if one.level is Level.TENDER:
            raise BadArgumentError("by: a sale may be paid in several ways; that is told by tender_mix.")
        if one.name == arguments.each:
            raise BadArgumentError(f"by: each {one.name} is a unit already; give another dimension, or leave it out.")
    return dimensions


def _asked(
    arguments: FigureOfEachArguments, dimensions: tuple[Dimension, ...], asked: Frame, windows: Sequence[Window]
) -> tuple[OfEach, Where]:
    named = (("department", arguments.department), ("product", arguments.product))
    conditions = [*arguments.where, *(Only(dimension=name, values=[value]) for name, value in named if value)]
    where = resolve_where(conditions, asked.stores, windows, asked.context)
    scale = Decimal(10) ** asked.exponent if arguments.figure in MONEY else Decimal(1)
    given = [amount(name, getattr(arguments, name)) for name in ("over", "at_least", "under", "at_most")]
    bounds = Bounds(*(None if value is None else value * scale for value in given))
    return OfEach(arguments.figure, arguments.each, Plan(dimensions, where.conditions, WEEK_START), bounds), where


def _rows(context: ToolContext, statement: Statement, of: OfEach) -> list[Row]:
    found = []
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        if not row["number"]:
            continue
        ends = (_key(of, row["lowest_of"]), _key(of, row["highest_of"]))
        found.append(
            Row(
                _keys(of, row), int(row["number"]), _number(row["total"]), _number(row["lowest"]), _number(row["low"]),
                _number(row["middle"]), _number(row["high"]), _number(row["most"]), _number(row["highest"]),
                None if row["deviation"] is None else _number(row["deviation"]), int(row["within"]),
                _number(row["within_total"]), ends, int(row["people"]),
            )
        )  # fmt: skip
    return found


def _keys(of: OfEach, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(key_text(one.name, row[f"k{number}"], WEEK_START) for number, one in enumerate(of.plan.by))


def _key(of: OfEach, cell: Any) -> str:
    return key_text(of.each, cell, WEEK_START) if unit_dimension(of.each) else ""


def _number(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def _with_all_baskets(
    whole: Sequence[Row], rows: Sequence[Row], of: OfEach, windows: Sequence[Window], context: ToolContext
) -> tuple[list[Row], list[Row], list[Statement]]:
    """The rows with all baskets of each, where only some goods count: a basket without them holds none."""
    base = without_goods(of.plan) if of.each == "basket" else None
    if base is None:
        return list(whole), list(rows), []
    made: list[Statement] = []
    out: list[list[Row]] = []
    for plan, part in ((Plan((), base.where, base.week_start), whole), (base, rows)):
        if not part:
            out.append([])
            continue
        made.append(build_all_baskets(windows, context.scope, plan))
        found = {
            tuple(key_text(one.name, row[f"k{number}"], WEEK_START) for number, one in enumerate(plan.by)): row[
                "number"
            ]
            for row in context.mirror.query(made[-1].sql, made[-1].params).dicts()
        }
        out.append([_with_baskets(row, int(found.get(row.keys, row.number))) for row in part])
    return out[0], out[1], made


def _with_baskets(row: Row, baskets: int) -> Row:
    return replace(row, baskets=max(baskets, row.number))


def _ordered(made: Made, rows: Sequence[Row]) -> list[Row]:
    """Groups of time in their own order, others by what is told; what has no value stands last."""
    sign = 1 if made.bottom else -1
    if all(one.is_time for one in made.by):
        return sorted(rows, key=lambda row: tuple(
            key_order(one.name, key, WEEK_START) for one, key in zip(made.by, row.keys, strict=True)))  # fmt: skip
    unnamed = {row.keys for row in rows if set(row.keys) & set(NOT_NAMED)}
    return sorted(
        rows,
        key=lambda row: (
            row.keys in unnamed, made.value(row) is None, sign * (made.value(row) or Decimal(0)), row.keys,
        ),
    )  # fmt: skip


def _titles(made: Made, rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    titles = named_keys([Keyed(row.keys, Cell(row.keys, {}), None) for row in rows], made.by, made.asked)
    unit = unit_dimension(made.of.each)
    if unit is not None and (wanted := names_wanted(made)):
        titles |= named_keys([Keyed((key,), Cell((key,), {}), None) for key in wanted], (unit,), made.asked)
    return titles


def _width(whole: Row, of: OfEach, asked: Frame) -> Decimal:
    """The width of a bin in the unit of the query: 1, 2 or 5 times a power of ten, about ten of them to the 95th."""
    least = Decimal(10) ** asked.exponent if of.figure in MONEY else Decimal(1)
    wanted = max(whole.most / (_BINS - 1), least)
    step = least
    while True:
        for factor in _STEPS:
            if step * factor >= wanted:
                return step * factor
        step *= 10


def _bins(
    context: ToolContext, statement: Statement, width: Decimal, of: OfEach, asked: Frame
) -> tuple[tuple[str, int], ...]:
    """How many units lie from each width up to the next, the last and those beyond together."""
    numbers: dict[int, int] = {}
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        place = min(max(int(row["bin"]), -1), _BINS - 1)
        numbers[place] = numbers.get(place, 0) + int(row["number"])
    scale = Decimal(10) ** asked.exponent if of.figure in MONEY else Decimal(1)
    step = (width / scale).to_integral_value(ROUND_CEILING)
    whole = width == 1 and of.figure not in MONEY and of.figure != "units"
    return tuple((_bin(place, step, whole=whole), numbers[place]) for place in sorted(numbers))


def _bin(place: int, step: Decimal, *, whole: bool) -> str:
    if place < 0:
        return "below 0"
    if place == _BINS - 1:
        return f"{place * step:f} or more"
    return f"{place * step:f}" if whole else f"{place * step:f} to below {(place + 1) * step:f}"


def _meaning(made: Made, hidden: int) -> list[str]:
    of = made.of
    said_of = {
        "customers": "Customers are known by a card; who buys without one is not among them.",
        "units": "Goods not sold by the piece (such as fuel) are "
        + ("left out." if of_pieces_alone(of.figure, of.each) else "not in the units."),
    }
    notes = [said_of[of.figure]] if of.figure in said_of else []
    if of.each in ("day", "week", "month", "product", "category", "department", "brand", "store"):
        notes.append(f"Each {of.each} in which anything of it was sold counts.")
    if hidden:
        notes.append(f"{hidden} groups left out, so that nothing is said of fewer than {FEWEST} customers.")
    return notes
