"""Targets and how far the stores are from them: what is due by now, what is there, where the present rate leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from pydantic import Field

from tools.analysis.business_day import day_ends
from tools.analysis.fair_comparison import weekday_means
from tools.analysis.target_parts import Part, Target, parts_of, share_of, whole_period
from tools.by_clock import changed
from tools.context import ToolContext
from tools.directory import Store, owned
from tools.errors import BadArgumentError
from tools.frame import Frame, frame
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, fetch
from tools.metrics.model import Metric
from tools.metrics.query import Statement, Window, build
from tools.metrics.targets_query import build_targets
from tools.overview.store_ranking import weekday_net
from tools.overview.targets_shown import Progress, Progresses, no_targets, shown
from tools.registry import Arguments, tool
from tools.result import ToolResult

_EQUAL_DAYS: Mapping[int, Decimal] = dict.fromkeys(range(7), Decimal(1))


class TargetProgressArguments(Arguments):
    """Arguments of ``target_progress``."""

    period: str = Field(
        default="this month", max_length=120, description="When, in the asker's own words: “this month”, “last week”."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “north stores”."
    )
    metric: str | None = Field(
        default=None, max_length=60, description="Only the target for this metric: net_sales, transactions ..."
    )
    behind_only: bool = Field(default=False, description="True when only stores below target are asked for.")


@tool()
def target_progress(arguments: TargetProgressArguments, context: ToolContext) -> ToolResult:
    """Targets against actual figures: who is behind, by how much, and where the present rate leads.

    Use it for “which stores are underperforming their monthly targets”, “are we on target”, “how far are we from target
    this month”, “did we hit target last month”. In a running period the part of the target due by now follows the
    store's own weekdays, and the end at the present rate is arithmetic, not a forecast. Without targets it says how to
    load them. It does not say why a target was missed.
    """
    found, statements, asked = measure(arguments, context)
    if not found.progress:
        return no_targets(found, asked, statements)
    return shown(found, asked, statements, behind_only=arguments.behind_only)


def measure(arguments: TargetProgressArguments, context: ToolContext) -> tuple[Progresses, list[Statement], Frame]:
    """Every store against every target of the period, the statements run, and the question.

    Raises:
        BadArgumentError: no such metric.
        NoDataError: the period is in the future or outside the data.
    """
    asked = frame(arguments.period, arguments.stores, context)
    wanted = metric_named(arguments.metric) if arguments.metric else None
    wholes = changed(asked.periods, whole_period)
    statement = build_targets(
        asked.stores.ids,
        min(start for start, _ in wholes.values()),
        max(end for _, end in wholes.values()),
        context.scope,
    )
    rows = context.mirror.query(statement.sql, statement.params).rows
    statements = [statement]
    targets: dict[tuple[str, str], list[Target]] = {}
    named = {name: _known(name) for name in {row[1] for row in rows}}
    unknown = {name for name, metric in named.items() if metric is None}
    for store_id, name, starts_on, ends_on, value in rows:
        metric = named[name]
        if metric is not None and wanted in (None, metric):
            targets.setdefault((metric.name, store_id), []).append(Target(starts_on, ends_on, Decimal(value)))
    if not targets:
        return Progresses((), (), tuple(sorted(unknown)), wholes, equal_days=()), statements, asked
    usual, read = weekday_net(asked)
    statements.append(read)
    over = _last_over(asked)
    progress: list[Progress] = []
    equal: set[str] = set()
    for metric in _ordered({name for name, _ in targets}):
        plans: dict[str, tuple[list[Part], Mapping[int, Decimal]]] = {}
        for store in asked.stores.stores:
            start, end = wholes[store.store_id]
            weights = weekday_means(usual.get(store.store_id, {}), start, first_on=store.first_on)
            parts = parts_of(
                targets.get((metric.name, store.store_id), []), start, end, weights or _EQUAL_DAYS,
                divisible=metric.is_sum,
            )  # fmt: skip
            if parts:
                plans[store.store_id] = (parts, weights or _EQUAL_DAYS)
                equal |= {store.store_id} if weights is None else set()
        groups, ran = _actuals(asked, metric, plans, over)
        statements += ran
        progress += [
            _progress(over[store.store_id], store, metric, *plans[store.store_id], groups.get(store.store_id))
            for store in asked.stores.stores
            if store.store_id in plans
        ]
    covered = {one.store.store_id for one in progress}
    without = tuple(store.name for store in asked.stores.stores if store.store_id not in covered)
    return (
        Progresses(tuple(progress), without, tuple(sorted(unknown)), wholes, equal_days=tuple(sorted(equal))),
        statements,
        asked,
    )


def _known(name: str) -> Metric | None:
    try:
        return metric_named(name)
    except BadArgumentError:
        return None


def _ordered(names: set[str]) -> list[Metric]:
    """Net sales first, then by name."""
    return [metric_named(name) for name in sorted(names, key=lambda name: (name != "net_sales", name))]


def _last_over(asked: Frame) -> dict[str, date]:
    """The last business date of the question that is over in each store; the day before its first if none is."""
    found: dict[str, date] = {}
    for (end, clock), stores in asked.by_end.items():
        last = end - timedelta(days=1) if asked.now < day_ends(end, *clock) else end
        found |= {store.store_id: last for store in stores}
    return found


def _actuals(
    asked: Frame,
    metric: Metric,
    plans: Mapping[str, tuple[list[Part], Mapping[int, Decimal]]],
    over: Mapping[str, date],
) -> tuple[dict[str, Group], list[Statement]]:
    windows: dict[tuple[date, date], list[str]] = {}
    for store in asked.stores.stores:
        for part in plans.get(store.store_id, ([], {}))[0]:
            end = min(part.ends_on, over[store.store_id])
            if end >= part.starts_on:
                windows.setdefault((part.starts_on, end), []).append(store.store_id)
    if not windows:
        return {}, []
    everyone = owned(asked.context)
    made = [Window(tuple(stores), *dates, everyone=everyone) for dates, stores in windows.items()]
    statement = build([metric], made, "store", asked.context.scope)
    return {group.key: group for group in fetch(asked.context.mirror, statement)}, [statement]


def _share(part: Part, weights: Mapping[int, Decimal], start: date, end: date) -> Decimal:
    """What of a part of the target is due between two days of it."""
    return part.value * share_of(weights, part.starts_on, part.ends_on, start, end)


def _progress(
    over: date,
    store: Store,
    metric: Metric,
    parts: Sequence[Part],
    weights: Mapping[int, Decimal],
    group: Group | None,
) -> Progress:
    actual = group.value(metric, store.exponent) if group else None
    if metric.is_sum:
        whole = sum((part.value for part in parts), Decimal(0))
        due = sum((_share(part, weights, part.starts_on, over) for part in parts), Decimal(0))
    else:
        days = [Decimal((part.ends_on - part.starts_on).days + 1) for part in parts]
        whole = sum((part.value * n for part, n in zip(parts, days, strict=True)), Decimal(0)) / sum(days)
        due = whole
    finished = over >= parts[-1].ends_on
    since = due
    if metric.is_sum and store.first_on and store.first_on > parts[0].starts_on:
        since = sum((_share(part, weights, max(part.starts_on, store.first_on), over) for part in parts), Decimal(0))
    projected = None
    if metric.is_sum and actual is not None and since > 0 and not finished:
        projected = actual + (whole - due) * actual / since
    return Progress(
        store, metric, parts[0].starts_on, min(parts[-1].ends_on, over), parts[-1].ends_on, whole, due, actual,
        projected, finished=finished, shared=any(part.share != 1 for part in parts),
    )  # fmt: skip
