"""A ranking of stores in words, figures and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tools.amounts import number_text
from tools.directory import Store
from tools.frame import Frame
from tools.metrics.model import Metric, UnitKind
from tools.result import Chart, Figure, Provenance, Table, TableColumn, ToolResult
from tools.wording import counted, listed, money, spoken

MOST_ROWS = 50
LABELS: Mapping[str, str] = {
    "own_norm_index": "net sales against the store's own norm",
    "sales_per_open_hour": "net sales per open hour",
    "sales_per_m2": "net sales per m²",
    "sales_per_visitor": "net sales per visitor",
    "gross_margin_pct": "gross margin %",
    "sales_per_labour_hour": "sales per labour hour",
}
"""What the overall ranking is made of, where it is known of every ranked store."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A store with everything it is measured by; unknown measures are missing. Money is in major units, unrounded."""

    store: Store
    measures: Mapping[str, Decimal]
    net: Decimal
    value: Decimal | None
    place: int = 0
    mean_place: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Stores in their order, first the best, and those that could not be ranked with the reason.

    ``used`` are the measures of the overall ranking; ``made_up`` says that hours and areas are of a demonstration.
    """

    asked: Frame
    metric: Metric | None
    worst_first: bool
    limit: int | None
    used: tuple[str, ...]
    stores: tuple[Ranked, ...]
    left_out: tuple[tuple[Store, str], ...]
    made_up: bool = False
    gap: bool = False

    @property
    def apart(self) -> Decimal | None:
        """How far the first and the last lie apart in the metric, as shown; None without two."""
        if self.metric is None or len(self.stores) < 2:
            return None
        ends = [self.metric.text(one.value, one.store.exponent) for one in (self.stores[0], self.stores[-1])]
        return abs(Decimal(ends[0] or 0) - Decimal(ends[1] or 0))


def shown(ranking: Ranking, caveats: Sequence[str], provenance: Provenance) -> ToolResult:
    """The ranking as an answer."""
    first = _headline(ranking)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(ranking)]),
        figures=(*_gap_figure(ranking), *(figure for one in _listed(ranking) for figure in _figures(ranking, one))),
        table=_table(ranking) if ranking.stores else None,
        chart=_chart(ranking),
        caveats=(*caveats, *_remarks(ranking)),
        follow_ups=_follow_ups(ranking),
        provenance=provenance,
    )


def _gap_said(ranking: Ranking) -> str:
    """``the gap is $75,246.66 between Market Street with … and …, 2.9 times as much``."""
    metric, apart = ranking.metric, ranking.apart
    if metric is None or apart is None:
        return ""
    high, low = sorted((ranking.stores[0], ranking.stores[-1]), key=lambda one: -(one.value or 0))
    size = spoken(metric, apart, high.store.currency)
    size = size.replace(" %", " points") if metric.unit_kind is UnitKind.PERCENT else size
    times = ""
    if metric.is_sum and low.value and low.value > 0:
        times = f", {number_text((high.value or Decimal(0)) / low.value, 1)} times as much"
    between = " and ".join(f"{one.store.name} with {_said(ranking, one)}" for one in (high, low))
    return f"the gap is {size} between {between}{times}"


def _gap_figure(ranking: Ranking) -> list[Figure]:
    metric, asked = ranking.metric, ranking.asked
    if metric is None or ranking.apart is None or not ranking.gap:
        return []
    unit = "points" if metric.unit_kind is UnitKind.PERCENT else metric.unit(asked.currency)
    value = number_text(ranking.apart, metric.digits(ranking.apart, asked.exponent))
    return [Figure(f"{metric.name}.gap", value, unit, asked.stores.ids, asked.start_on, asked.end_on, {})]


def _listed(ranking: Ranking) -> list[Ranked]:
    ordered = list(reversed(ranking.stores)) if ranking.worst_first else list(ranking.stores)
    return ordered[: ranking.limit or MOST_ROWS]


def _headline(ranking: Ranking) -> str:
    asked, metric = ranking.asked, ranking.metric
    place = f"{asked.when}, {asked.stores.label}"
    if not ranking.stores:
        return f"No store can be ranked for {place}: {_left_out(ranking)}."
    best, worst = ranking.stores[0], ranking.stores[-1]
    if metric:
        ends = ("lowest", "highest") if metric.higher_is == "worse" else ("highest", "lowest")
        said = [f"{one.store.name} with {_said(ranking, one)}" for one in (best, worst)]
        if len(ranking.stores) == 1:
            return f"{metric.label}, {place}: {said[0]}."
        if ranking.gap:
            return f"{metric.label}, {place}: {_gap_said(ranking)}."
        order = [1, 0] if ranking.worst_first else [0, 1]
        return f"{metric.label}, {place}: {'; '.join(f'{ends[n]} {said[n]}' for n in order)}."
    if len(ranking.stores) == 1:
        net = f"net sales {money(best.net, best.store.currency)}"
        norm = best.measures.get("own_norm_index")
        return f"{best.store.name}, {asked.when}: {net}{f', {_against(norm)}' if norm else ''}; no other store to rank."
    if ranking.worst_first:
        return f"Weakest store, {place}: {worst.store.name} ({_why(worst)}); best: {best.store.name} ({_why(best)})."
    return (
        f"Best performing store, {place}: {best.store.name} ({_why(best)}); last: {worst.store.name} ({_why(worst)})."
    )


def _why(one: Ranked) -> str:
    said = [] if one.mean_place is None else [f"mean place {number_text(one.mean_place, 1)}"]
    if (norm := one.measures.get("own_norm_index")) is not None:
        said.append(f"net sales {_against(norm)}")
    said.append(f"net sales {money(one.net, one.store.currency)}")
    return ", ".join(said[:2])


def _against(norm: Decimal) -> str:
    moved = (norm - 100).quantize(Decimal("0.1"))
    if moved == 0:
        return "at its own norm"
    return f"{abs(moved)} % {'above' if moved > 0 else 'below'} its own norm"


def _said(ranking: Ranking, one: Ranked) -> str:
    return spoken(ranking.metric, one.value, one.store.currency) if ranking.metric else ""


def _sentences(ranking: Ranking) -> list[str]:
    said = []
    if len(ranking.stores) > 2:
        ordered = _listed(ranking)
        named = [
            f"{one.store.name} {_said(ranking, one) if ranking.metric else number_text(one.mean_place, 1)}".strip()
            for one in ordered
        ]
        said.append(f"In order, {'worst' if ranking.worst_first else 'best'} first: {listed(named, most=12)}.")
    if len(ranking.stores) < 2:
        return said
    if not ranking.metric and ranking.used:
        said.append(
            f"Measured by the mean place, of {counted(len(ranking.stores), 'store')}, in"
            f" {listed([LABELS[name] for name in ranking.used], most=8)}; each counts alike."
        )
    elif not ranking.metric:
        said.append("Nothing is known that would make it fair to size, so it is by net sales alone.")
    if ranking.metric and len(ranking.stores) > 1:
        for name in ("own_norm_index", "sales_per_open_hour", "sales_per_m2"):
            if name in ranking.used:
                top = max(ranking.stores, key=lambda one: one.measures[name])
                said.append(f"Allowing for size, {top.store.name} is first in {LABELS[name]}.")
                break
    return said


def _left_out(ranking: Ranking) -> str:
    return listed([f"{store.name} ({reason})" for store, reason in ranking.left_out], most=8)


def _remarks(ranking: Ranking) -> list[str]:
    said = []
    if ranking.left_out and ranking.stores:
        said.append(f"Not ranked for want of data: {_left_out(ranking)}.")
    known = {name for name in LABELS if all(name in one.measures for one in ranking.stores)}
    missing = [label for name, label in LABELS.items() if name not in known]
    if missing and ranking.stores and not ranking.metric:
        said.append(f"Not known for every store, so left out of the ranking: {listed(missing)}.")
    amounts = [label for name, label in LABELS.items() if name in known and name not in ranking.used]
    if amounts and ranking.stores and not ranking.metric:
        said.append(f"Amounts in different currencies are not ranked, so left out of it: {listed(amounts)}.")
    if any(one.mean_place == after.mean_place is not None for one, after in pairwise(ranking.stores)):
        said.append("Stores with the same mean place stand in the order of net sales against their own norm.")
    if ranking.made_up and any(name in ranking.used for name in ("sales_per_open_hour", "sales_per_m2")):
        said.append("Floor areas and opening hours of these stores are made up for the demonstration.")
    if "own_norm_index" in ranking.used:
        said.append("A store's own norm is the mean of its same weekdays in the eight weeks before the period.")
    return said


_UNITS = {"own_norm_index": "index", "gross_margin_pct": "%"}
_COLUMNS = {
    "own_norm_index": "Against own norm",
    "sales_per_open_hour": "Per open hour",
    "sales_per_m2": "Per m²",
    "sales_per_visitor": "Per visitor",
    "gross_margin_pct": "Gross margin %",
    "sales_per_labour_hour": "Per labour hour",
}


def _digits(name: str, one: Ranked) -> int:
    return 1 if name in _UNITS else one.store.exponent


def _figures(ranking: Ranking, one: Ranked) -> list[Figure]:
    period = ranking.asked.periods[one.store.store_id]

    def made(metric: str, value: str | None, unit: str) -> Figure:
        stores, group = (one.store.store_id,), {"store": one.store.store_id}
        return Figure(metric, value, unit, stores, period.start_on, period.end_on, group)

    figures = [made("place", str(one.place), "count")]
    metric = ranking.metric
    if metric:
        figures.append(made(metric.name, metric.text(one.value, one.store.exponent), metric.unit(one.store.currency)))
    else:
        figures.append(made("mean_place", number_text(one.mean_place, 2), "ratio"))
    if metric is None or metric.name != "net_sales":
        figures.append(made("net_sales", number_text(one.net, one.store.exponent), one.store.currency))
    for name in LABELS:
        if name in one.measures and (metric is None or metric.name != name):
            value = number_text(one.measures[name], _digits(name, one))
            figures.append(made(name, value, _UNITS.get(name, one.store.currency)))
    return figures


def _table(ranking: Ranking) -> Table:
    mixed = len(ranking.asked.stores.currencies) > 1
    currency = "text" if mixed else ranking.asked.currency
    metric = ranking.metric
    shown_names = [name for name in LABELS if any(name in one.measures for one in ranking.stores)]
    if metric:
        shown_names = [name for name in shown_names if name != metric.name]
    columns = [TableColumn("Place", "count"), TableColumn("Store", "text")]
    columns.append(TableColumn(metric.label, metric.unit(currency)) if metric else TableColumn("Mean place", "ratio"))
    with_net = metric is None or metric.name != "net_sales"
    columns += [TableColumn("Net sales", currency)] if with_net else []
    columns += [TableColumn(_COLUMNS[name], _UNITS.get(name, currency)) for name in shown_names]
    rows = []
    for one in _listed(ranking):
        exponent = one.store.exponent
        cells: list[str | int | None] = [one.place, one.store.name]
        cells.append(metric.text(one.value, exponent) if metric else number_text(one.mean_place, 2))
        cells += [number_text(one.net, exponent)] if with_net else []
        cells += [number_text(one.measures.get(name), _digits(name, one)) for name in shown_names]
        rows.append(tuple(cells))
    return Table(tuple(columns), rows)


def _chart(ranking: Ranking) -> Chart | None:
    ordered = _listed(ranking)
    if not 2 <= len(ordered) <= 20 or len(ranking.asked.stores.currencies) > 1:
        return None
    metric = ranking.metric
    label = metric.label if metric else "Net sales against own norm (100)"
    exponent = ranking.asked.exponent
    values = [one.value if metric else one.measures.get("own_norm_index") for one in ordered]
    if any(value is None for value in values):
        return None
    points = tuple(
        float(metric.rounded(value, exponent) if metric else value.quantize(Decimal("0.1")))
        for value in values
        if value is not None
    )
    return Chart(
        "bar",
        f"{label}, {ranking.asked.stores.label}, {ranking.asked.when}",
        tuple(one.store.name for one in ordered),
        {label: points},
        metric.unit(ranking.asked.currency) if metric else "index",
    )


def _follow_ups(ranking: Ranking) -> tuple[str, ...]:
    when, same = ranking.asked.when_again, ranking.asked.same_part_and_stores
    asks = [f"Compare {when} with the period before by store{same}"]
    if ranking.stores and len(ranking.stores) > 1:
        asks.append(f"Compare {when} with the period before by department at {ranking.stores[-1].store.name}")
    asks.append(f"Best performing stores {when}{same}" if ranking.metric else f"Rank stores by margin % {when}{same}")
    return tuple(asks)
