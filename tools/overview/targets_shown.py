"""Progress towards targets in words, figures and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tools.amounts import figure, percent_text
from tools.directory import Store
from tools.frame import Frame, caveats, provenance
from tools.metrics.model import Metric
from tools.metrics.query import Statement
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import listed, span, spoken

HOW_TO_LOAD = "Targets come from a file of targets with a line for each store and month, which an installer loads"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """One store and metric: the whole target, what of it is due by ``until_on``, and what is there (None: unknown).

    ``projected`` is the whole period at the present rate; ``shared`` says that a share of a longer target is meant.
    Values are in the metric's unit, unrounded.
    """

    store: Store
    metric: Metric
    starts_on: date
    until_on: date
    ends_on: date
    target: Decimal
    due: Decimal
    actual: Decimal | None
    projected: Decimal | None
    finished: bool
    shared: bool
    gap: Decimal | None = field(init=False)
    """What is there less what is due; negative when behind, also where less is better."""

    def __post_init__(self) -> None:
        gap = None
        if self.actual is not None and self.begun:
            less = self.metric.higher_is == "worse"
            gap = self.due - self.actual if less else self.actual - self.due
        object.__setattr__(self, "gap", gap)

    @property
    def opened_within(self) -> bool:
        """Whether the store's sales begin after the target does."""
        return self.metric.is_sum and self.store.first_on is not None and self.store.first_on > self.starts_on

    @property
    def begun(self) -> bool:
        """Whether any day of it is over."""
        return self.until_on >= self.starts_on

    @property
    def behind(self) -> bool:
        """Whether it is short of what is due, where more or less of the metric is better."""
        return self.gap is not None and self.gap < 0 and bool(self.metric.higher_is)


@dataclass(frozen=True, slots=True)
class Progresses:
    """All stores and metrics with a target; ``wholes`` are the first and last date meant in each store.

    ``equal_days`` are the stores whose days count alike, for want of weeks before.
    """

    progress: tuple[Progress, ...]
    without: tuple[str, ...]
    unknown: tuple[str, ...]
    wholes: Mapping[str, tuple[date, date]]
    equal_days: tuple[str, ...]
    by_metric: Mapping[str, list[Progress]] = field(init=False, repr=False)
    """The stores of each metric by its name, furthest behind first."""

    def __post_init__(self) -> None:
        by_metric: dict[str, list[Progress]] = {}
        for one in self.progress:
            by_metric.setdefault(one.metric.name, []).append(one)
        for mine in by_metric.values():
            mine.sort(key=_furthest_behind)
        object.__setattr__(self, "by_metric", by_metric)

    @property
    def metrics(self) -> list[Metric]:
        """The metrics with targets, in order."""
        return [mine[0].metric for mine in self.by_metric.values()]

    def of(self, metric: Metric) -> list[Progress]:
        """The stores of one metric, furthest behind first."""
        return self.by_metric[metric.name]


def _furthest_behind(one: Progress) -> tuple[bool, Decimal, str]:
    share = None if one.gap is None or not one.due else one.gap / abs(one.due)
    return share is None, share or Decimal(0), one.store.store_id


def no_targets(found: Progresses, asked: Frame, statements: Sequence[Statement]) -> ToolResult:
    """The answer where there is no target to hold anything against."""
    start, end = min(one[0] for one in found.wholes.values()), max(one[1] for one in found.wholes.values())
    headline = f"No targets are recorded for {asked.stores.label} for {span(start, end)}, so nothing can be held"
    headline += " against them."
    more = "I can rank the stores against their own norm instead."
    return ToolResult(
        headline=headline,
        text=f"{headline} {HOW_TO_LOAD}. {more}",
        caveats=(*_remarks(found), *caveats(asked, [])),
        follow_ups=(
            f"Rank stores {asked.when_again}{asked.same_part_and_stores}",
            f"Compare {asked.when_again} with the period before by store{asked.same_part_and_stores}",
        ),
        provenance=provenance(asked, [], statements),
    )


def shown(found: Progresses, asked: Frame, statements: Sequence[Statement], *, behind_only: bool) -> ToolResult:
    """The progress as an answer."""
    first = _headline(found, asked, found.metrics[0])
    more = [_headline(found, asked, metric) for metric in found.metrics[1:]]
    return ToolResult(
        headline=first,
        text=" ".join([first, *_rates(found), *more]),
        figures=tuple(_figures(found, asked)),
        table=_table(found, asked, behind_only=behind_only),
        caveats=(*caveats(asked, found.metrics), *_remarks(found)),
        follow_ups=_follow_ups(found, asked),
        provenance=provenance(asked, found.metrics, statements, min(one.starts_on for one in found.progress)),
    )


def _said(one: Progress, value: Decimal | None) -> str:
    return spoken(one.metric, value, one.store.currency)


def _headline(found: Progresses, asked: Frame, metric: Metric) -> str:
    mine = [one for one in found.of(metric) if one.gap is not None]
    label = f"{metric.label} target"
    start, end = min(one.starts_on for one in found.of(metric)), max(one.ends_on for one in found.of(metric))
    alone = len(found.of(metric)) == 1  # of five stores that were asked about, one may have a target for a margin
    lead = f"{label} {span(start, end)}, {found.of(metric)[0].store.name if alone else asked.stores.label}"
    if not mine:
        return f"{lead}: no day of it is over yet."
    behind, finished = [one for one in mine if one.behind], all(one.finished for one in mine)
    if not metric.higher_is:
        named = [f"{one.store.name} {_beside(one)}" for one in mine]
        return f"{lead}: {listed(named, most=_MOST_NAMED)}. Whether it is a floor or a ceiling is not recorded."
    done = f" by {span(mine[0].until_on, mine[0].until_on)}" if not finished else ""
    if len(mine) == 1:
        return f"{lead}: {_one(mine[0], done)}."
    state = "missed it" if finished else f"are behind{done}"
    if not behind:
        return (
            f"{lead}: all {len(mine)} stores {'reached it' if finished else f'are on target{done}'}{_together(mine)}."
        )
    if len(behind) == 1:
        state = "missed it" if finished else f"is behind{done}"
    named = [f"{one.store.name} {_shortfall(one)}" for one in behind]
    return f"{lead}: {len(behind)} of {len(mine)} stores {state}: {listed(named, most=_MOST_NAMED)}{_together(mine)}."


def _one(one: Progress, done: str) -> str:
    against = "of" if one.finished else f"against the {_said(one, one.due)} due{done} of"
    if not one.metric.is_sum:
        against = "against"
    word = "behind" if one.behind else "on target"
    if one.finished:
        word = "missed" if one.behind else "reached"
    size = f" ({_shortfall(one)})" if one.metric.is_sum else ""
    return f"{_said(one, one.actual)} {against} {_said(one, one.target)}, {word}{size}"


def _beside(one: Progress) -> str:
    """A figure that is neither better nor worse for being more, beside what is due of its target."""
    due = "" if one.finished or not one.metric.is_sum else f" due by {span(one.until_on, one.until_on)}"
    size = f", {percent_text(abs(one.gap or Decimal(0)), one.due) or '0.0'} % {_state(one)}" if one.gap else ""
    return f"{_said(one, one.actual)} against {_said(one, one.due)}{due}{size if one.metric.is_sum else ''}"


def _shortfall(one: Progress) -> str:
    gap = one.gap or Decimal(0)
    if not one.metric.is_sum:
        return f"{_said(one, one.actual)} against {_said(one, one.target)}"
    size = percent_text(abs(gap), one.due) or "0.0"
    side = "short" if gap < 0 else "ahead"
    return f"{_said(one, abs(gap))} {side}, {size} %"


def _together(mine: Sequence[Progress]) -> str:
    if not mine[0].metric.is_sum or len({one.store.currency for one in mine}) > 1 or len(mine) < 2:
        return ""
    actual = sum((one.actual or Decimal(0) for one in mine), Decimal(0))
    due = sum((one.due for one in mine), Decimal(0))
    word = "" if all(one.finished for one in mine) else " due"
    share = percent_text(actual, due)
    return f"; together {_said(mine[0], actual)} of {_said(mine[0], due)}{word} ({share} %)"


def _rates(found: Progresses) -> list[str]:
    """Where the present rate leads; one store or all together."""
    said = []
    for metric in found.metrics:
        mine = [one for one in found.of(metric) if one.projected is not None]
        if not mine or len({one.store.currency for one in mine}) > 1:
            continue
        projected = sum((one.projected or Decimal(0) for one in mine), Decimal(0))
        target = sum((one.target for one in mine), Decimal(0))
        said.append(
            f"At the present rate {metric.label.lower()} would end at {_said(mine[0], projected)} against a target of"
            f" {_said(mine[0], target)}: the rate so far carried on by weekday, not a forecast."
        )
    return said


def _figures(found: Progresses, asked: Frame) -> list[Figure]:
    made = []
    for metric in found.metrics:
        for one in found.of(metric):
            unit, exponent = metric.unit(one.store.currency), one.store.exponent
            stores = (one.store.store_id,)
            group = {**asked.group, "store": one.store.store_id, "target_for": metric.name}
            whole, done = (one.starts_on, one.ends_on), (one.starts_on, max(one.starts_on, one.until_on))
            values = (
                (metric.name, one.actual, done), ("target", one.target, whole), ("target_to_date", one.due, done),
                ("run_rate", one.projected, whole),
            )  # fmt: skip
            made += [
                Figure(name, metric.text(value, exponent), unit, stores, *days, group)
                for name, value, days in values
                if value is not None
            ]
            if one.gap is not None and metric.is_sum:
                made.append(Figure("target_attainment", percent_text(one.actual, one.due), "%", stores, *done, group))
        made += _whole_figures(asked, metric, [one for one in found.of(metric) if one.gap is not None])
    return made


def _whole_figures(asked: Frame, metric: Metric, mine: Sequence[Progress]) -> list[Figure]:
    if len(mine) < 2 or not metric.is_sum or len({one.store.currency for one in mine}) > 1:
        return []
    group, stores = {"target_for": metric.name}, tuple(one.store.store_id for one in mine)
    unit, exponent = metric.unit(mine[0].store.currency), mine[0].store.exponent
    days = (min(one.starts_on for one in mine), max(one.until_on for one in mine))
    actual = sum((one.actual or Decimal(0) for one in mine), Decimal(0))
    due, target = sum((one.due for one in mine), Decimal(0)), sum((one.target for one in mine), Decimal(0))
    values = ((metric.name, actual), ("target", target), ("target_to_date", due))
    made = [figure(asked, name, metric.text(value, exponent), unit, group, stores=stores, days=days)
            for name, value in values]  # fmt: skip
    made.append(figure(asked, "target_attainment", percent_text(actual, due), "%", group, stores=stores, days=days))
    if metric.higher_is:
        behind = sum(one.behind for one in mine)
        made.append(figure(asked, "stores_behind_target", behind, "count", group, stores=stores, days=days))
    return made


def _table(found: Progresses, asked: Frame, *, behind_only: bool) -> Table:
    names = ("Store", "Metric", "Target", "Due to date", "Actual", "% of due", "Gap", "At the present rate", "State")
    units = ("text", "text", "text", "text", "text", "%", "text", "text", "text")
    one_metric = len(found.metrics) == 1 and len(asked.stores.currencies) == 1
    unit = found.metrics[0].unit(asked.currency) if one_metric else "text"
    columns = tuple(
        TableColumn(name, unit if name in ("Target", "Due to date", "Actual", "Gap", "At the present rate") else kind)
        for name, kind in zip(names, units, strict=True)
    )
    if unit == "%":
        columns = tuple(TableColumn("Gap", "points") if one.name == "Gap" else one for one in columns)

    def cell(one: Progress, value: Decimal | None) -> str | None:
        if value is None:
            return None
        return one.metric.text(value, one.store.exponent) if one_metric else _said(one, value)

    def gap(one: Progress) -> str | None:
        """A share is short by points, and not by per cent."""
        said = cell(one, one.gap)
        return said and said.replace(" %", " points")

    rows = [
        (
            one.store.name, one.metric.label, cell(one, one.target), cell(one, one.due), cell(one, one.actual),
            percent_text(one.actual, one.due) if one.begun and one.metric.is_sum else None, gap(one),
            cell(one, one.projected),
            _state(one),
        )
        for metric in found.metrics
        for one in found.of(metric)
        if one.behind or not behind_only
    ]  # fmt: skip
    return Table(columns, rows)


def _state(one: Progress) -> str:
    if one.gap is None:
        return "no data" if one.begun else "not begun"
    if not one.metric.higher_is:
        return "above" if one.gap > 0 else "below" if one.gap < 0 else "met"
    if one.finished:
        return "missed" if one.behind else "reached"
    return "behind" if one.behind else "on target"


def _remarks(found: Progresses) -> list[str]:
    said = []
    if found.progress and found.without:
        said.append(f"No target is recorded for {listed(found.without)}.")
    if found.unknown:
        said.append(f"Targets for {listed([f'“{name}”' for name in found.unknown])} are of no metric known here.")
    if any(not one.finished and one.metric.is_sum for one in found.progress):
        how = "each day counts what its weekday took over the eight weeks before"
        few = [one.store.name for one in found.progress if one.store.store_id in found.equal_days]
        if len(set(few)) == len({one.store.store_id for one in found.progress}):
            how = "every day counts alike, since there are too few weeks before"
        elif few:
            how += f", and at {listed(list(dict.fromkeys(few)))} alike, since there are too few weeks"
        said.append(f"What is due by now: {how}; the present day is left out.")
    late = {one.store.name: one.store.first_on for one in found.progress if one.opened_within}
    if late:
        names = [f"{name} ({span(on, on)})" for name, on in late.items() if on]
        said.append(
            f"Sales of {listed(names)} begin within the period: the whole target is held against the days since, and"
            " the present rate is that of these days."
        )
    shared = [one for one in found.progress if one.shared]
    if shared:
        kinds = list(dict.fromkeys(one.metric.label.lower() for one in shared))
        of = f" for {listed(kinds)}" if len(found.metrics) > 1 else ""
        longest = max((one for one in shared if one.metric == shared[0].metric), key=lambda one: one.target)
        said.append(
            f"There is no target{of} for just these days; a share of a longer one counts,"
            f" {_said(longest, longest.target)} for {longest.store.name}."
        )
    if any((one.starts_on, one.ends_on) != found.wholes[one.store.store_id] for one in found.progress):
        said.append("The targets do not cover the whole period; only their own days count.")
    return said


def _follow_ups(found: Progresses, asked: Frame) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    behind = [one for one in found.of(found.metrics[0]) if one.behind]
    asks = [f"Compare {when} with the period before by department at {behind[0].store.name}"] if behind else []
    asks += [f"Rank stores {when}{same}", f"Net sales {when} by day{same}"]
    return tuple(asks[:3])
