"""Stores held against the average of all of them: who lies above it, who below, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, stands_on
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.margin.unknown_cost import unknown_cost
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, fetch, total
from tools.metrics.model import Metric, UnitKind
from tools.metrics.query import build
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stores import resolve_stores
from tools.wording import counted, listed, spoken

_CHARTED = 20


class AgainstAverageArguments(Arguments):
    """Arguments of ``against_average``."""

    metric: str = Field(default="net_sales", max_length=60, description="What is compared: net_sales, conversion ...")
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(
        default=None, max_length=300, description="Only tell of these; the average is of all stores the asker sees."
    )
    average_of: Literal["all", "district"] = Field(
        default="all", description="district: each store against the other stores of its own district and itself."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)


@dataclass(frozen=True, slots=True)
class _Store:
    """A store's value and how it lies to the average: per cent of it, or points where the figure is a per cent."""

    store_id: str
    name: str
    value: Decimal
    off: Decimal | None
    among: str


@dataclass(frozen=True, slots=True)
class _Average:
    """What some stores are held against: all of them, or those of one district."""

    among: str
    value: Decimal
    ids: tuple[str, ...]


@tool()
def against_average(arguments: AgainstAverageArguments, context: ToolContext) -> ToolResult:
    """Each store against the average of all stores, in one metric: above or below it, and by how much.

    Use it for “sales by store vs company average”, “Harbor Point's conversion against the chain average”, “which stores
    are below the average margin”; with average_of district for “against the district average”. For an amount or
    a count the average is that of a store; for a rate, such as margin % or average transaction value, it is the rate of
    all stores together. A fair ranking by the stores' own norms is ``store_ranking``.
    """
    metric = metric_named(arguments.metric)
    chosen = resolve_stores(arguments.stores, context)
    asked = frame(arguments.period, None, context)
    if len(asked.stores.stores) < 2:
        raise BadArgumentError(
            f"You see {asked.stores.label} only, so there is no average of several stores to hold it against. I can"
            " compare it with its own past."
        )
    one_currency(asked, None)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    if part and not metric.by_product:
        raise BadArgumentError(f"{metric.label} is only known of whole stores, not of {part.label}.")
    asked = replace(asked, part=part)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    statement = build([metric], windows, "store", context.scope, part.only if part else None)
    groups = [group for group in fetch(context.mirror, statement) if group.value(metric, asked.exponent) is not None]
    if not groups:
        raise NoDataError(f"{metric.label}{asked.subject} is not known for any store {asked.when}.")
    whole = total(groups)
    among = _districts(asked, groups) if arguments.average_of == "district" else {"": groups}
    averages = {key: _average(metric, asked, key, peers) for key, peers in among.items() if len(peers) > 1}
    if not averages and arguments.average_of == "district":
        raise NoDataError("No district of two stores or more is recorded, so there is none to take an average of.")
    averages = averages or {key: _average(metric, asked, key, peers) for key, peers in among.items()}
    stores = [
        _Store(group.key, asked.stores.name(group.key), value, _off(metric, value, averages[key].value), key)
        for key in averages
        for group in among[key]
        if (value := group.value(metric, asked.exponent)) is not None
    ]
    told = sorted((one for one in stores if one.store_id in chosen.ids), key=lambda one: (-one.value, one.name))
    if not told:
        if arguments.average_of == "district":
            raise NoDataError(f"There is no district average to hold {chosen.label} against {asked.when}.")
        raise NoDataError(f"{metric.label}{asked.subject} is not known for {chosen.label} {asked.when}.")
    said = [one for key, one in averages.items() if any(store.among == key for store in told)]
    headline = _headline(asked, metric, said)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, metric, told)]),
        figures=tuple(_figures(asked, metric, said, told)),
        table=_table(asked, metric, said, told),
        chart=_chart(asked, metric, told),
        caveats=(
            *_left_out(asked, len(groups)),
            *_alone(asked, among),
            *caveats(asked, [metric], days),
            *unknown_cost([metric], whole),
        ),
        follow_ups=(
            f"Rank the stores against their own norm {asked.when_again}",
            f"{metric.label} {asked.when_again} by store",
        ),
        provenance=stands_on(asked, (metric.name,), [statement, covered], metric.sources),
    )


def _districts(asked: Frame, groups: Sequence[Group]) -> dict[str, list[Group]]:
    """The groups of the stores by district, by name; stores of which none is recorded are in none."""
    found: dict[str, list[Group]] = {}
    for group in groups:
        store = asked.stores.by_id.get(group.key)
        if store is not None and store.district:
            found.setdefault(store.district, []).append(group)
    return dict(sorted(found.items()))


def _average(metric: Metric, asked: Frame, among: str, peers: Sequence[Group]) -> _Average:
    together = total(peers).value(metric, asked.exponent) or Decimal(0)
    return _Average(among, together / len(peers) if metric.is_sum else together, tuple(one.key for one in peers))


def _off(metric: Metric, value: Decimal, average: Decimal) -> Decimal | None:
    if metric.unit_kind is UnitKind.PERCENT:
        return value - average
    return (value / average - 1) * 100 if average else None


def _off_said(metric: Metric, off: Decimal | None) -> str:
    if off is None:
        return ""
    unit = " points" if metric.unit_kind is UnitKind.PERCENT else " %"
    return f"{off:+.1f}{unit}"


def _headline(asked: Frame, metric: Metric, averages: Sequence[_Average]) -> str:
    of = "the average store" if metric.is_sum else "all of them together"
    said = [
        f"{f'{one.among}, ' if one.among else ''}{counted(len(one.ids), 'store')}: {of}"
        f" {spoken(metric, one.value, asked.currency)}"
        for one in averages
    ]
    if not averages[0].among:
        return f"{metric.label}{asked.subject} {asked.when}, {said[0]}."
    return f"{metric.label}{asked.subject} {asked.when}, each store against its district. {'; '.join(said)}."


def _sentences(asked: Frame, metric: Metric, told: Sequence[_Store]) -> list[str]:
    if len(told) == 1:
        one = told[0]
        value, off = spoken(metric, one.value, asked.currency), one.off or Decimal(0)
        side = "above it" if off > 0 else "below it" if off < 0 else "at it"
        by = f" by {_off_said(metric, abs(off)).lstrip('+')}" if off else ""
        return [f"{one.name}: {value}, {side}{by}."]
    above = [one for one in told if (one.off or 0) > 0]
    below = [one for one in reversed(told) if (one.off or 0) <= 0]
    said = []
    for side, stores in (("Above it", above), ("At it or below", below)):
        named = [
            f"{one.name} {spoken(metric, one.value, asked.currency)} ({_off_said(metric, one.off)})" for one in stores
        ]
        if named:
            said.append(f"{side}: {listed(named, most=6)}.")
    return said


def _figures(asked: Frame, metric: Metric, averages: Sequence[_Average], told: Sequence[_Store]) -> list[Figure]:
    unit = "points" if metric.unit_kind is UnitKind.PERCENT else "%"
    made = [
        figure(
            asked, f"average_{metric.name}", metric.text(one.value, asked.exponent), metric.unit(asked.currency),
            {"district": one.among} if one.among else {}, stores=one.ids if one.among else (),
        )
        for one in averages
    ]  # fmt: skip
    for one in told:
        group, stores = {"store": one.store_id}, (one.store_id,)
        value = metric.text(one.value, asked.exponent)
        made.append(figure(asked, metric.name, value, metric.unit(asked.currency), group, stores=stores))
        made.append(figure(asked, "against_average", number_text(one.off, 1), unit, group, stores=stores))
    return made


def _table(asked: Frame, metric: Metric, averages: Sequence[_Average], told: Sequence[_Store]) -> Table:
    unit = "points" if metric.unit_kind is UnitKind.PERCENT else "%"
    columns = (
        TableColumn("Store", "text"),
        TableColumn(metric.label, metric.unit(asked.currency)),
        TableColumn("Against the average", unit),
    )
    rows = [(one.name, metric.text(one.value, asked.exponent), number_text(one.off, 1)) for one in told]
    means = [
        (f"Average{f' of {one.among}' if one.among else ''}", metric.text(one.value, asked.exponent), None)
        for one in averages
    ]
    return Table(columns, [*rows, *means])


def _chart(asked: Frame, metric: Metric, told: Sequence[_Store]) -> Chart | None:
    shown = [one for one in told if one.off is not None]
    if not 2 <= len(shown) <= _CHARTED:
        return None
    unit = "points" if metric.unit_kind is UnitKind.PERCENT else "%"
    return Chart(
        "bar",
        f"{metric.label}{asked.subject} against the average, {asked.when}",
        tuple(one.name for one in shown),
        {"Against the average": tuple(float(number_text(one.off, 1) or 0) for one in shown)},
        unit,
    )


def _left_out(asked: Frame, known: int) -> list[str]:
    missing = len(asked.stores.stores) - known
    return [f"{counted(missing, 'store')} without such a figure in these days: not in the average."] if missing else []


def _alone(asked: Frame, among: Mapping[str, Sequence[Group]]) -> list[str]:
    """The stores that have no other store in their district."""
    names = [asked.stores.name(peers[0].key) for key, peers in among.items() if key and len(peers) == 1]
    return [f"Alone in its district, so held against none: {listed(names)}."] if names else []
