"""What absence costs: sales lost while nothing was on the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.analysis.demand import LostSales, lost_units
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.definitions import METRICS
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.absences import SUPPLIED, Absence, find_absences, gathered
from tools.stock.frame import (
    STORES_HELP,
    amount,
    names_of,
    product_group,
    rounded,
    simulated,
    stock_frame,
    stock_provenance,
)
from tools.stock.out_worth import lost_beside
from tools.wording import counted, money, span

_ESTIMATE = (
    "An estimate: the mean of the product's other days, times the whole days it was out; no substitution counted."
)
_LEFT_OUT = "Left out: parts of days, and, without a stock log, what no sale has ended yet or chance may explain."
_NONE = "A {group} that lost nothing is not listed, and lost the least."


class LostSalesArguments(Arguments):
    """Arguments of ``lost_sales``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(
        default=None, max_length=200, description="Only this product, in the asker's own words."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category", "supplier"] | None = Field(
        default=None, description="For each of these; leave out for single products at a store."
    )
    order: Literal["top", "bottom"] = Field(default="top", description="bottom: the least money first.")
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, most money first.")


@dataclass(frozen=True, slots=True)
class _Group:
    """One row of a split: its name, cases, days of a product at a store, lost units with interval, minor units."""

    key: str
    title: str
    cases: int
    days: int
    lost: LostSales
    minor: Decimal


@tool()
@each_currency
def lost_sales(arguments: LostSalesArguments, context: ToolContext) -> ToolResult:
    """Estimated sales lost to stock-outs in a period: units, money and an interval, by product, store or department.

    Use it for “how much did stock-outs cost us last month?”, “lost sales at Harbor Point”, “which stock-outs hurt
    most?”, “which store loses most to stock-outs” (by store). Where the log of stock changes reaches back it takes the
    whole days on which the level was zero. Elsewhere it takes runs of days without a sale that the product's usual
    demand makes improbable; those are suspected, not recorded.
    """
    asked = frame(arguments.period, arguments.stores, context).without_today()
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    one_currency(asked, "")
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    out = find_absences(asked, part.only if part else None)
    absences, statements = out.found, [covered, *out.statements]
    least_first = arguments.order == "bottom"
    absences = absences[::-1] if least_first else absences
    lost = lost_units([(one.demand, one.days) for one in absences])
    headline = _headline(asked, absences, lost, f" of {part.label}" if part else "")
    shown = absences[: arguments.limit]
    names = names_of([{"variant_id": one.variant_id} for one in (absences if arguments.by else shown)], context)
    groups: list[_Group] = []
    if arguments.by:
        groups = _groups(asked, arguments.by, gathered(absences, arguments.by, names, context))
        groups = groups[::-1] if least_first else groups
        said, figures = _split(asked, groups), _split_figures(asked, groups[: arguments.limit], arguments.by)
        table = _split_table(asked, groups[: arguments.limit], arguments.by) if groups else None
    else:
        said, figures = _sentences(asked, shown, names), _product_figures(asked, shown, names)
        table = _table(asked, shown, names) if shown else None
    said = [one.replace("Most: ", "Least: ") for one in said] if least_first else said
    frame_of = stock_frame(arguments.stores, context, needs_levels=False)
    beside: list[str] = []
    if asked.end_on >= frame_of.asked.start_on:
        beside, counted_out = lost_beside(frame_of, context, absences, part.only if part else None)
        statements += counted_out
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *beside, *said]),
        figures=(*_whole(asked, absences, lost), *figures),
        table=table,
        caveats=(
            _ESTIMATE,
            _LEFT_OUT,
            *out.method(asked),
            *([SUPPLIED] if arguments.by == "supplier" and groups else ()),
            *([_NONE.format(group=arguments.by)] if groups and least_first else ()),
            *caveats(asked, [METRICS["net_sales"]], days),
            *(simulated(asked, ("inventory",)) if out.known else []),
        ),
        follow_ups=(
            f"Which products are out of stock{asked.same_part_and_stores}?",
            f"Which products will stock out soon{asked.same_part_and_stores}?",
        ),
        provenance=_dated(
            stock_provenance(frame_of, ("lost_sales", "lost_units"), statements, ("sales", "inventory")), asked
        ),
    )


def _groups(asked: Frame, by: str, members: Mapping[str, Sequence[Absence]]) -> list[_Group]:
    """The rows of a split, most money first."""
    made = [
        _Group(
            key,
            asked.stores.name(key) if by == "store" else key,
            len(own),
            sum(one.days for one in own),
            lost_units([(one.demand, one.days) for one in own]),
            sum((one.minor for one in own), Decimal(0)),
        )
        for key, own in members.items()
    ]
    return sorted(made, key=lambda one: (-one.minor, one.title))


def _split(asked: Frame, groups: Sequence[_Group]) -> list[str]:
    each = "; ".join(
        f"{one.title} {money(one.minor.scaleb(-asked.exponent), asked.currency)} ({counted(one.cases, 'case')})"
        for one in groups[:5]
    )
    return [f"Most: {each}{f' ({len(groups):,} in all)' if len(groups) > 5 else ''}."] if groups else []


def _split_figures(asked: Frame, groups: Sequence[_Group], by: str) -> list[Figure]:
    made = []
    for one in groups:
        stores = (one.key,) if by == "store" else asked.stores.ids
        for metric, value, unit in (
            ("lost_sales", amount(one.minor.scaleb(-asked.exponent), asked.currency), asked.currency),
            ("lost_units", rounded(one.lost.units), "units"),
            ("stock_out_days", str(one.days), "days"),
        ):
            made.append(Figure(metric, value, unit, stores, asked.start_on, asked.end_on, {by: one.key}))
    return made


def _split_table(asked: Frame, groups: Sequence[_Group], by: str) -> Table:
    titles = (by.capitalize(), "Cases", "Days out", "Lost units", "At least", "At most", "Lost net sales")
    units = ("text", "count", "days", "units", "units", "units", asked.currency)
    body = [
        (
            one.title,
            one.cases,
            one.days,
            rounded(one.lost.units),
            rounded(one.lost.low),
            rounded(one.lost.high),
            amount(one.minor.scaleb(-asked.exponent), asked.currency),
        )
        for one in groups
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _headline(asked: Frame, absences: Sequence[Absence], lost: LostSales, subject: str) -> str:
    if not absences:
        return f"No stock-out that cost sales{subject} is found {asked.when}, {asked.stores.label}."
    minor = sum((one.minor for one in absences), Decimal(0))
    worth = money(minor.scaleb(-asked.exponent), asked.currency)
    cases = counted(len(absences), "case") + (" (product and store)" if len(asked.stores.stores) > 1 else "")
    return (
        f"Estimate: stock-outs{subject} {asked.when} cost about {worth} of net sales, {asked.stores.label}:"
        f" {rounded(lost.units, 0)} units (95 % interval {rounded(lost.low, 0)} to {rounded(lost.high, 0)}),"
        f" {cases} measured."
    )


def _sentences(asked: Frame, shown: Sequence[Absence], names: Mapping[str, Product]) -> list[str]:
    if not shown:
        return []
    first = []
    for one in shown[:3]:
        where = f" at {asked.stores.name(one.store_id)}" if len(asked.stores.stores) > 1 else ""
        worth = money(one.minor.scaleb(-asked.exponent), asked.currency)
        first.append(f"{_name(names, one.variant_id)}{where}, {counted(one.days, 'day')}, {worth}")
    return [f"Most: {'; '.join(first)}."]


def _name(names: Mapping[str, Product], variant_id: str) -> str:
    return names[variant_id].name if variant_id in names else variant_id


def _whole(asked: Frame, absences: Sequence[Absence], lost: LostSales) -> list[Figure]:
    """What was lost in all."""
    minor = sum((one.minor for one in absences), Decimal(0))
    values = (
        ("lost_sales", amount(minor.scaleb(-asked.exponent), asked.currency), asked.currency),
        ("lost_units", rounded(lost.units), "units"),
        ("lost_units_low", rounded(lost.low), "units"),
        ("lost_units_high", rounded(lost.high), "units"),
        ("stock_out_days", str(sum(one.days for one in absences)), "days"),
    )
    return [
        Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, {}) for name, value, unit in values
    ]


def _product_figures(asked: Frame, shown: Sequence[Absence], names: Mapping[str, Product]) -> list[Figure]:
    made = []
    for one in shown:
        known = names.get(one.variant_id)
        group = {**(product_group(known) if known else {"variant_id": one.variant_id}), "store": one.store_id}
        worth = amount(one.minor.scaleb(-asked.exponent), asked.currency)
        made.append(Figure("lost_sales", worth, asked.currency, (one.store_id,), asked.start_on, asked.end_on, group))
    return made


def _table(asked: Frame, shown: Sequence[Absence], names: Mapping[str, Product]) -> Table:
    titles = ("Product", "Store", "Out", "Days", "Units a day otherwise", "Lost units", "Lost net sales", "Known from")
    units = ("text", "text", "text", "days", "units", "units", asked.currency, "text")
    body = [
        (
            _name(names, one.variant_id),
            asked.stores.name(one.store_id),
            span(one.first_on, one.last_on),
            one.days,
            rounded(one.demand.mean, 2),
            rounded(one.units),
            amount(one.minor.scaleb(-asked.exponent), asked.currency),
            "stock log" if one.recorded else "no sales, improbable",
        )
        for one in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _dated(made: Provenance, asked: Frame) -> Provenance:
    return replace(made, start_on=asked.start_on, end_on=asked.end_on, as_of=asked.as_of)
