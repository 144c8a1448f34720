"""Space to sales: which groups have more shelf than they earn, which less, and where the next facing earns most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.space import ELASTICITY, Space, allocate, facings_for_a_day, index, verdict
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.definitions import METRICS
from tools.metrics.planogram_query import build_space
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.shelves.frame import NO_PLANOGRAM, shelf_frame, shelf_provenance
from tools.stock.frame import STORES_HELP, amount, rounded
from tools.wording import counted, listed, span

_CHART_POINTS = 20
_NAMED = 3


class SpaceArguments(Arguments):
    """Arguments of ``space_to_sales``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["category", "department", "brand", "product"] = Field(
        default="category", description="Groups to compare."
    )
    rank_by: Literal["index", "facings"] = Field(
        default="index", description="“facings” where most or least shelf is asked for, whatever it earns."
    )
    order: Literal["top", "bottom"] = Field(default="top", description="By facings: the most or the fewest first.")
    measure: Literal["net_sales", "gross_margin"] = Field(default="net_sales", description="What space should earn.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, the most out of proportion first.")


@dataclass(frozen=True, slots=True)
class _Group:
    """A group with its space, what it earned (minor units), its index and the facings suggested."""

    name: str
    facings: int
    value: Decimal
    index: Decimal | None
    suggested: int

    @property
    def verdict(self) -> str:
        """Over-spaced, under-spaced or in proportion."""
        return verdict(self.index)


@tool()
def space_to_sales(arguments: SpaceArguments, context: ToolContext) -> ToolResult:
    """Space-to-sales: each category's or brand's share of shelf (facings) against its share of sales or margin.

    Use it for “space-to-sales analysis: over/under-spaced categories?”, “which categories have too much shelf?”, “how
    should facings be shared out?”, “which brand has the largest share of shelf?” (by brand, rank_by facings). An index
    of 100 is in proportion; below 80 is over-spaced, above 120 under-spaced. Suggested facings give the same total out
    anew, each next one to where it earns most. Nothing is moved.
    """
    shelf = shelf_frame(arguments.stores, context, days=1, department=arguments.department)
    stores = tuple(store for store, one in shelf.extents.items() if one.facings)
    if not stores:
        raise NoDataError(NO_PLANOGRAM.format(stores=shelf.label))
    every = frame(arguments.period, arguments.stores, context)
    asked = _planned(every, stores)
    part = part_of(None, arguments.department, asked.stores, context)
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    statement = build_space(
        windows,
        context.scope,
        asked.stores.stores[0].today(asked.now),
        by=arguments.by,
        only=part.only if part else None,
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    column = "margin_minor" if arguments.measure == "gross_margin" else "net_minor"
    groups = _groups([row for row in rows if row["facings"]], column, max(days.values()))
    unspaced = [row for row in rows if not row["facings"] and (row[column] or 0) > 0]
    metric = METRICS[arguments.measure]
    by_facings = arguments.rank_by == "facings"
    if by_facings:
        groups.sort(key=lambda one: (one.facings if arguments.order == "bottom" else -one.facings, one.name))
    headline = (_most if by_facings else _headline)(asked, groups, arguments.by, metric.label.lower())
    shown = (groups if by_facings else sorted(groups, key=lambda one: (-_distance(one), one.name)))[: arguments.limit]
    return ToolResult(
        headline=headline,
        text=headline if by_facings else " ".join([headline, *_sentences(groups)]),
        figures=tuple(one for group in shown for one in _figures(asked, stores, group, arguments.by, groups)),
        table=_table(asked, shown, groups, arguments.by, metric.label),
        chart=_chart(asked, shown, arguments.by),
        caveats=(*_notes(every, stores, unspaced, column, groups), *caveats(asked, [metric], days)),
        follow_ups=(
            f"What is misplaced{asked.same_part_and_stores}?",
            f"Net sales {asked.when_again} by department{asked.same_part_and_stores}",
        ),
        provenance=replace(
            shelf_provenance(shelf, ("space_index", arguments.measure), [statement, covered]),
            stores=asked.stores.ids,
            start_on=asked.start_on,
            end_on=asked.end_on,
        ),
    )


def _planned(every: Frame, store_ids: Sequence[str]) -> Frame:
    """The question for those of its stores that have facings planned."""
    kept = tuple(store for store in every.stores.stores if store.store_id in store_ids)
    if len(kept) == len(every.stores.stores):
        return every
    periods = {store.store_id: every.periods[store.store_id] for store in kept}
    named = replace(every.stores, stores=kept, label=listed([store.name for store in kept]))
    return replace(every, stores=named, periods=periods, period=periods[kept[0].store_id])


def _labels(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The name of each group, with its department where several have a category of that name."""
    names = Counter(row["key"] for row in rows)
    return [f"{row['key']} ({row['department']})" if names[row["key"]] > 1 else str(row["key"]) for row in rows]


def _groups(rows: Sequence[Mapping[str, Any]], column: str, days: int) -> list[_Group]:
    values = [max(Decimal(row[column] or 0), Decimal(0)) for row in rows]
    facings = [int(row["facings"]) for row in rows]
    whole_value, whole_facings = sum(values, Decimal(0)), sum(facings)
    spaces = [
        Space(
            one,
            int(row["products"]),
            value,
            facings_for_a_day(Decimal(row["units"] or 0), days, row["capacity"] and Decimal(row["capacity"]), one),
        )
        for row, value, one in zip(rows, values, facings, strict=True)
    ]
    suggested = allocate(spaces)
    return [
        _Group(name, one, value, index(value, whole_value, one, whole_facings), given)
        for name, value, one, given in zip(_labels(rows), values, facings, suggested, strict=True)
    ]


def _distance(one: _Group) -> Decimal:
    return Decimal(0) if one.index is None else abs(one.index - 100)


def _headline(asked: Frame, groups: Sequence[_Group], by: str, measure: str) -> str:
    over = sum(one.verdict == "over-spaced" for one in groups)
    under = sum(one.verdict == "under-spaced" for one in groups)
    return (
        f"Space to {measure} {asked.when}, {asked.stores.label}: of {counted(len(groups), by)} {over:,} over-spaced and"
        f" {under:,} under-spaced."
    )


def _most(asked: Frame, groups: Sequence[_Group], by: str, measure: str) -> str:
    """Who has how much of the shelf, in their order, beside what it is of the sales."""
    facings = sum(one.facings for one in groups)
    value = sum((one.value for one in groups), Decimal(0))

    def said(one: _Group) -> str:
        share = f", {rounded(one.value * 100 / value)} % of {measure}" if value else ""
        return f"{one.name} {one.facings:,} ({rounded(Decimal(one.facings) * 100 / facings)} % of the shelf{share})"

    names = ("Fewest", "most") if groups[0].facings < groups[-1].facings else ("Most", "fewest")
    other = f"; {names[1]}: {said(groups[-1])}" if len(groups) > _NAMED else ""
    return (
        f"Facings of {counted(len(groups), by)} and {measure} {asked.when}, {asked.stores.label}:"
        f" {facings:,} in all. {names[0]}: {listed([said(one) for one in groups[:_NAMED]])}{other}."
    )


def _sentences(groups: Sequence[_Group]) -> list[str]:
    said = []
    for name, reverse in (("over-spaced", False), ("under-spaced", True)):
        found = sorted(
            (one for one in groups if one.verdict == name and one.index is not None),
            key=lambda one: (one.index or Decimal(0), one.name),
            reverse=reverse,
        )
        if found:
            each = [
                f"{one.name} (index {rounded(one.index, 0)}, {counted(one.facings, 'facing')})" for one in found[:3]
            ]
            said.append(f"Most {name}: {listed(each)}.")
    moved = sorted((one for one in groups if one.suggested != one.facings), key=lambda one: one.facings - one.suggested)
    if len(moved) > 1:
        more, less = moved[0], moved[-1]
        if more.suggested > more.facings and less.suggested < less.facings:
            said.append(
                f"The next facings earn most in {more.name} ({more.facings} to {more.suggested}), least in {less.name}"
                f" ({less.facings} to {less.suggested}); a suggestion, nothing is moved."
            )
    return said


def _figures(asked: Frame, stores: Sequence[str], one: _Group, by: str, groups: Sequence[_Group]) -> list[Figure]:
    whole = sum(group.facings for group in groups)
    value = sum((group.value for group in groups), Decimal(0))
    values = (
        ("space_index", rounded(one.index), "ratio"),
        ("facings", str(one.facings), "count"),
        ("space_share", rounded(Decimal(one.facings) * 100 / whole), "%"),
        ("sales_share", rounded(one.value * 100 / value) if value else None, "%"),
        ("suggested_facings", str(one.suggested), "count"),
    )
    return [
        Figure(name, text, unit, tuple(stores), asked.start_on, asked.end_on, {by: one.name})
        for name, text, unit in values
    ]


def _table(asked: Frame, shown: Sequence[_Group], groups: Sequence[_Group], by: str, label: str) -> Table:
    whole = sum(group.facings for group in groups)
    value = sum((group.value for group in groups), Decimal(0))
    titles = (
        by.capitalize(),
        "Facings",
        "Share of space",
        label,
        "Share of it",
        "Index",
        "Verdict",
        "Suggested facings",
    )
    units = ("text", "count", "%", asked.currency, "%", "ratio", "text", "count")
    body = [
        (
            one.name,
            one.facings,
            rounded(Decimal(one.facings) * 100 / whole),
            amount(one.value.scaleb(-asked.exponent), asked.currency),
            rounded(one.value * 100 / value) if value else None,
            rounded(one.index, 0),
            one.verdict,
            one.suggested,
        )
        for one in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _chart(asked: Frame, shown: Sequence[_Group], by: str) -> Chart | None:
    known = [one for one in shown if one.index is not None][:_CHART_POINTS]
    if len(known) < 2:
        return None
    return Chart(
        "bar",
        f"Space index by {by}, {asked.stores.label}, {asked.when} (100 is in proportion)",
        tuple(one.name for one in known),
        {"Index": tuple(float(rounded(one.index) or 0) for one in known)},
        "ratio",
    )


def _notes(
    asked: Frame,
    stores: Sequence[str],
    unspaced: Sequence[Mapping[str, Any]],
    column: str,
    groups: Sequence[_Group],
) -> list[str]:
    said = [
        (
            f"Suggested facings assume that sales grow with the power {ELASTICITY} of facings (a mean of published"
            f" studies), keep"
            " the total, one facing a product and room for a day's sales, and move no group by more than half."
        )
    ]
    if len(stores) > 1:
        said.append(f"Facings, suggested ones too, are of all {len(stores)} stores together.")
    if (today := asked.stores.stores[0].today(asked.now)) > asked.end_on + timedelta(days=1):
        said.append(f"The planogram is that of {span(today, today)}; what stood there in the period is not known.")
    without = [store.name for store in asked.stores.stores if store.store_id not in stores]
    if without:
        said.append(
            f"No planogram with facings is recorded for {listed(without)}; they are left out of space and sales."
        )
    if unspaced:
        whole = sum((one.value for one in groups), Decimal(0))
        lost = sum((Decimal(row[column] or 0) for row in unspaced), Decimal(0))
        share = rounded(lost * 100 / (whole + lost)) if whole + lost else "0"
        said.append(
            f"{counted(len(unspaced), 'group')} sold without planned facings ({share} % of the whole) and have no"
            f" index."
        )
    return said
