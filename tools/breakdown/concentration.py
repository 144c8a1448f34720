"""How concentrated sales are: which share the first tenth or fifth of products (or brands, categories) makes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, percent_said, percent_text
from tools.breakdown.ask import refuse_unsuited
from tools.breakdown.where import Only, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.metrics import metric_named
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import fetch_cells
from tools.metrics.dimensions import DIMENSIONS, NOT_NAMED
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted

_STEPS = (1, 5, 10, 20, 30, 50)
_TARGETS = (50, 80, 95)
_PLURAL = {
    "product": "products", "brand": "brands", "category": "categories", "department": "departments",
    "store": "stores", "supplier": "suppliers",
}  # fmt: skip


class SalesConcentrationArguments(Arguments):
    """Arguments of ``sales_concentration``."""

    of: Literal["product", "brand", "category", "department", "store", "supplier"] = Field(
        default="product", description="What is ranked."
    )
    metric: Literal["net_sales", "gross_sales", "units", "gross_margin"] = Field(
        default="net_sales", description="Share of what."
    )
    top_percent: int = Field(default=20, ge=1, le=99, description="So many per cent of them, the largest.")
    top_number: int | None = Field(
        default=None,
        ge=1,
        le=100_000,
        description="Instead: so many of them, the largest (“do ten products make half”).",
    )
    bottom_percent: int | None = Field(
        default=None, ge=1, le=99, description="Instead: so many per cent of them, the smallest."
    )
    share: int = Field(default=80, ge=1, le=99, description="How many of them make so many per cent.")
    period: str = Field(default="last 12 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)


@tool()
def sales_concentration(arguments: SalesConcentrationArguments, context: ToolContext) -> ToolResult:
    """How concentrated sales are on a few products, brands or categories: the Pareto curve of a period.

    Use it for “what share of sales do the top 20 % of products make”, “do ten products make up half of our revenue”
    (top_number), “Pareto of products in Grocery”, “how many brands
    make half of sales”, “cumulative share of sales by product”, “what do the bottom 10 % of products bring”
    (bottom_percent). Classes A, B and C are ``abc_xyz``; how concentrated
    sales are on few customers is ``top_customers``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    named = (("department", arguments.department), ("product", arguments.product))
    where = resolve_where(
        [Only(dimension=name, values=[value]) for name, value in named if value], asked.stores, windows, context
    )
    metric = metric_named(arguments.metric)
    plan = Plan((DIMENSIONS[arguments.of],), where.conditions, WEEK_START)
    refuse_unsuited([metric], plan)
    cells, statements = fetch_cells(context.mirror, [metric], plan, windows, context.scope)
    values = [cell.value(metric, asked.exponent) for cell in cells if cell.keys[0] not in (*NOT_NAMED, "")]
    sold = sorted((value for value in values if value is not None and value > 0), reverse=True)
    total = sum(sold, Decimal(0))
    if not sold or not total:
        raise NoDataError(f"Nothing{where.label} was sold {asked.when} at {asked.stores.label}.")
    nouns = _PLURAL[arguments.of]
    top = _count(len(sold), arguments.top_percent)
    needed = _needed(sold, total, arguments.share)
    what = f"{metric.label.lower()}{where.label}"
    headline = (
        f"The top {arguments.top_percent} % of {nouns} ({top:,} of {len(sold):,} sold) made"
        f" {percent_said(sum(sold[:top], Decimal(0)), total)} of {what} {asked.when}, {asked.stores.label};"
        f" {arguments.share} % of it comes from {needed:,} {nouns} ({percent_said(needed, len(sold))})."
    )
    if arguments.top_number is not None:
        headline = _largest(sold, total, arguments.top_number, arguments.share, arguments.of, what)
        headline = f"{headline.format(when=asked.when, stores=asked.stores.label)}"
    if arguments.bottom_percent is not None:
        least = _bottom(sold, total, arguments.bottom_percent, nouns, what)
        headline = f"{least} {asked.when}, {asked.stores.label}. {headline}"
    steps = sorted({*_STEPS, arguments.top_percent})
    shares = [(step, _count(len(sold), step), sum(sold[: _count(len(sold), step)], Decimal(0))) for step in steps]
    told = "; ".join(f"top {step} % {percent_said(value, total)}" for step, _, value in shares)
    return ToolResult(
        headline=headline,
        text=headline if arguments.top_number else f"{headline} {told[:1].upper()}{told[1:]}.",
        figures=(
            *_largest_figures(asked, sold, total, arguments.top_number),
            *_bottom_figures(asked, sold, total, arguments.bottom_percent),
            *_figures(asked, shares, total, sold, nouns, sorted({*_TARGETS, arguments.share})),
        ),
        table=Table(
            (
                TableColumn(f"Largest {nouns}", "text"), TableColumn("Number", "count"),
                TableColumn(f"Share of {metric.label.lower()}", "%"),
            ),
            [
                *_largest_row(sold, total, arguments.top_number),
                *((f"top {step} %", count, percent_text(value, total)) for step, count, value in shares),
            ],
        ),
        chart=Chart(
            "line",
            f"Cumulative share of {what} by {nouns}, {asked.stores.label}, {asked.when}",
            tuple(f"{step} %" for step, _, _ in shares),
            {"Share": tuple(float(round(value * 100 / total, 1)) for _, _, value in shares)},
            "%",
        ),
        caveats=(
            f"Of {nouns} that sold for more than nothing; returns are taken off.",
            *caveats(asked, [metric], days),
        ),
        follow_ups=(f"ABC-XYZ analysis{asked.same_part_and_stores}", "How concentrated are sales on our customers?"),
        provenance=provenance(asked, [metric], [*statements, covered]),
    )  # fmt: skip


def _count(number: int, percent: int) -> int:
    """So many per cent of a number, rounded up to a whole one."""
    return int((Decimal(number) * percent / 100).to_integral_value(ROUND_CEILING))


def _largest(sold: Sequence[Decimal], total: Decimal, number: int, share: int, of: str, what: str) -> str:
    """What so many of the largest made, whether that reaches the share, and how many do.

    “{when}” and “{stores}” are to be filled in.
    """
    made = sum(sold[:number], Decimal(0))
    nouns = _PLURAL[of]
    lead = f"The largest {of}" if number == 1 else f"The {number:,} largest {nouns}"
    fewer = f" (only {len(sold):,} sold)" if number > len(sold) else f" of {len(sold):,} sold"
    needed = counted(_needed(sold, total, share), of)
    reached = f"that is {'' if made * 100 >= total * share else 'less than '}{share} %"
    reached = f"{reached} or more" if made * 100 >= total * share else reached
    return (
        f"{lead}{fewer} made {percent_said(made, total)} of {what} {{when}}, {{stores}}: {reached}; {share} % of it"
        f" comes from {needed}."
    )


def _largest_row(sold: Sequence[Decimal], total: Decimal, number: int | None) -> list[tuple[str, int, str | None]]:
    if number is None:
        return []
    return [(f"top {number:,}", min(number, len(sold)), percent_text(sum(sold[:number], Decimal(0)), total))]


def _largest_figures(asked: Frame, sold: Sequence[Decimal], total: Decimal, number: int | None) -> list[Figure]:
    return [
        figure(asked, "cumulative_share", share, "%", {"top_number": str(number)})
        for _, _, share in _largest_row(sold, total, number)
    ]


def _bottom(sold: Sequence[Decimal], total: Decimal, percent: int, nouns: str, what: str) -> str:
    """What the smallest so many per cent made, without when and where."""
    number = _count(len(sold), percent)
    made = percent_said(sum(sold[-number:], Decimal(0)), total)
    return f"The bottom {percent} % of {nouns} ({number:,} of {len(sold):,} sold) made {made} of {what}"


def _bottom_figures(asked: Frame, sold: Sequence[Decimal], total: Decimal, percent: int | None) -> list[Figure]:
    if percent is None:
        return []
    least = sum(sold[-_count(len(sold), percent) :], Decimal(0))
    group = {"bottom_percent": str(percent)}
    return [figure(asked, "share_of_the_smallest", percent_text(least, total), "%", group)]


def _needed(sold: Sequence[Decimal], total: Decimal, percent: int) -> int:
    """How many of the largest make so many per cent of the total."""
    so_far = Decimal(0)
    for number, value in enumerate(sold, 1):
        so_far += value
        if so_far * 100 >= total * percent:
            return number
    return len(sold)


def _figures(
    asked: Frame, shares: Sequence[tuple[int, int, Decimal]], total: Decimal, sold: Sequence[Decimal], nouns: str,
    targets: Sequence[int],
) -> list[Figure]:  # fmt: skip
    made = [figure(asked, f"{nouns}_sold", len(sold), "count")]
    made += [
        figure(asked, "cumulative_share", percent_text(value, total), "%", {"top_percent": str(step)})
        for step, _, value in shares
    ]
    made += [
        figure(asked, f"{nouns}_needed", _needed(sold, total, target), "count", {"share": str(target)})
        for target in targets
    ]
    return made
