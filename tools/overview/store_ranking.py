"""Stores ranked by one metric or by how they perform on all of them, so that a small store is not always last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Literal

from pydantic import Field

from tools.analysis.calendar import Period
from tools.analysis.fair_comparison import NORM_WEEKS, Sums, index, mean_places, own_norm, places
from tools.analysis.opening_hours import open_minutes
from tools.by_clock import changed
from tools.context import ToolContext
from tools.currencies import refuse_several
from tools.directory import Store
from tools.frame import Frame, caveats, coverage, frame, provenance, require_sales
from tools.metrics import METRICS, metric_named
from tools.metrics.evaluate import Group, decimal, fetch
from tools.metrics.model import Metric, UnitKind
from tools.metrics.per_visitor import SALES_PER_VISITOR
from tools.metrics.query import Statement, build
from tools.metrics.targets_query import build_areas, build_daily, build_weekdays
from tools.overview.ranking_shown import LABELS, Ranked, Ranking, shown
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.together import together

ENOUGH_DAYS = Decimal("0.8")
"""A store with sales on a smaller share of its open days is not ranked."""
_OVERALL = (
    METRICS["net_sales"],
    SALES_PER_VISITOR,
    METRICS["gross_margin_pct"],
    METRICS["sales_per_labour_hour"],
)
_TODAY = "The day is not over, so the stores are not held against their own norm or their open hours."
_OF_WHOLE_DAYS = ("own_norm_index", "sales_per_open_hour")
_MONEY_MEASURES = ("sales_per_open_hour", "sales_per_m2", "sales_per_visitor", "sales_per_labour_hour")


class StoreRankingArguments(Arguments):
    """Arguments of ``store_ranking``."""

    period: str = Field(
        default="last 4 weeks", max_length=120, description="When, in the asker's own words: “last week”, “this month”."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Among which stores, in the asker's own words: “north stores”."
    )
    metric: str | None = Field(
        default=None,
        max_length=60,
        description="Rank by this metric: net_sales, gross_margin, conversion ... Leave out for “best performing”.",
    )
    gap: bool = Field(default=False, description="True when asked how far the best and the worst store lie apart.")
    order: Literal["best", "worst"] = Field(default="best", description="Which end is asked for.")
    limit: int | None = Field(default=None, ge=1, le=100, description="How many, if the asker says so.")


@tool()
def store_ranking(arguments: StoreRankingArguments, context: ToolContext) -> ToolResult:
    """Stores ranked, fairly: the best and the worst, and what they are measured by.

    Use it for “show me the best performing stores”, “which store is doing worst”, “rank stores by margin”, “the gap
    between the top and the bottom store” (gap). Without a metric stores are ranked by their average place over sales
    against their own norm (same weekdays of the eight weeks before), sales per open hour, per m², per visitor, margin %
    and sales per labour hour, as far as these are known of all of them. With a metric they are ranked by it, and the
    fair measures stand beside it. Stores without enough data are listed apart, never ranked. It does not say why a
    store is first or last.
    """
    ranking, statements, days = rank(arguments, context)
    asked = ranking.asked
    metrics = [*([ranking.metric] if ranking.metric else []), *_OVERALL]
    said = [_TODAY] if asked.unfinished() else []
    return shown(
        replace(ranking, gap=arguments.gap),
        [*said, *caveats(asked, metrics, days)],
        provenance(asked, list(dict.fromkeys(metrics)), statements, asked.start_on - timedelta(weeks=NORM_WEEKS)),
    )


def rank(arguments: StoreRankingArguments, context: ToolContext) -> tuple[Ranking, list[Statement], dict[str, int]]:
    """Measure and order the stores: the ranking, the statements run, the days with sales per store.

    Raises:
        BadArgumentError: no such metric, or money of several currencies is to be ranked.
        NoDataError: there are no sales in the period.
    """
    asked = frame(arguments.period, arguments.stores, context)
    if asked.unfinished() and asked.period.days > 1:
        asked = asked.without_today()
    named = arguments.metric or ("net_sales" if arguments.gap else None)
    metric = metric_named(named) if named else None
    mixed = len(asked.stores.currencies) > 1
    if metric and metric.unit_kind is UnitKind.MONEY:
        refuse_several(asked.stores, "Ask for the stores of one currency, or rank without a metric.")
    windows = asked.windows()
    metrics = list(dict.fromkeys([*_OVERALL, *([metric] if metric else [])]))
    statement = build(metrics, windows, "store", context.scope)
    found, (days, covered), (usual, read_usual), (areas, made_up, read_areas) = together(
        partial(fetch, context.mirror, statement),
        partial(coverage, asked, windows),
        partial(weekday_net, asked),
        partial(_areas, asked),
    )
    require_sales(asked, days)
    groups = {group.key: group for group in found}
    ranked, left_out = [], []
    unfinished = bool(asked.unfinished())
    began = min((store.first_on for store in asked.stores.stores if store.first_on), default=None)
    for store in asked.stores.stores:
        period = asked.periods[store.store_id]
        begun = store.first_on if store.first_on != began else None
        reason = _too_little(store, period, days.get(store.store_id, 0), begun, unfinished=unfinished)
        if reason:
            left_out.append((store, reason))
            continue
        group = groups.get(store.store_id, Group(store.store_id, {}))
        measures = _measures(store, period, group, usual.get(store.store_id, {}), areas)
        if unfinished:
            measures = {name: value for name, value in measures.items() if name not in _OF_WHOLE_DAYS}
        net = group.value(METRICS["net_sales"], store.exponent) or Decimal(0)
        ranked.append(Ranked(store, measures, net, group.value(metric, store.exponent) if metric else None))
    used = tuple(
        name
        for name in LABELS
        if ranked and all(name in one.measures for one in ranked) and not (mixed and name in _MONEY_MEASURES)
    )
    if not metric and not used and len(ranked) > 1:
        refuse_several(asked.stores, "Nothing else is known of all of them; ask for the stores of one currency.")
    ordered = _by_metric(ranked, metric) if metric else _overall(ranked, used)
    unknown = [(one.store, f"{metric.label} is not known") for one in ranked if metric and one.value is None]
    ranking = Ranking(
        asked,
        metric,
        arguments.order == "worst",
        arguments.limit,
        used,
        tuple(ordered),
        (*left_out, *unknown),
        made_up,
    )
    return ranking, [statement, read_usual, read_areas, covered], days


def weekday_net(asked: Frame) -> tuple[dict[str, dict[int, tuple[Decimal, int]]], Statement]:
    """Net sales in minor units by store and weekday (0 is Monday) of the weeks before the period, and their days."""
    before = changed(
        asked.periods,
        lambda period: replace(
            period, start_on=period.start_on - timedelta(weeks=NORM_WEEKS), end_on=period.start_on - timedelta(days=1)
        ),
    )
    statement = build_weekdays(asked.windows(before), asked.context.scope)
    found: dict[str, dict[int, tuple[Decimal, int]]] = {}
    for store_id, weekday, net, days in asked.context.mirror.query(statement.sql, statement.params).rows:
        found.setdefault(store_id, {})[weekday] = net, days
    return found, statement


def daily_net(asked: Frame, weeks: int = NORM_WEEKS) -> tuple[dict[str, dict[date, Decimal]], Statement]:
    """Net sales in minor units by store and day, from so many weeks before the period on."""
    periods = changed(asked.periods, lambda period: replace(period, start_on=period.start_on - timedelta(weeks=weeks)))
    statement = build_daily(asked.windows(periods), asked.context.scope)
    found: dict[str, dict[date, Decimal]] = {}
    for store_id, on, net in asked.context.mirror.query(statement.sql, statement.params).rows:
        found.setdefault(store_id, {})[on] = Decimal(net)
    return found, statement


def _areas(asked: Frame) -> tuple[dict[str, Decimal], bool, Statement]:
    """Floor areas, and whether any store's particulars are made up."""
    statement = build_areas(asked.stores.ids, asked.context.scope)
    rows = asked.context.mirror.query(statement.sql, statement.params).rows
    return {row[0]: area for row in rows if (area := decimal(row[1]))}, any(row[2] for row in rows), statement


def _too_little(store: Store, period: Period, days: int, begun: date | None, *, unfinished: bool) -> str:
    """Why a store cannot be ranked; empty when it can.

    ``begun`` is when its sales begin, if others began before: where all begin on one day the ranking is fair.
    """
    if not days:
        return "no sales in the period"
    if begun and begun > period.start_on:
        return f"its sales begin on {begun.isoformat()}, within the period"
    due = store.open_days(max(period.start_on, store.first_on or period.start_on), period.end_on)
    if not unfinished and due and Decimal(days) / due < ENOUGH_DAYS:
        return f"sales on only {days} of {due} open days"
    return ""


def _measures(
    store: Store, period: Period, group: Group, usual: Sums, areas: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    net = group.value(METRICS["net_sales"], store.exponent)
    norm = own_norm(usual, period.start_on, period.end_on, store.first_on)
    minutes = open_minutes(store.open_hours, period.start_on, period.end_on)
    area = areas.get(store.store_id)
    found = {
        "own_norm_index": index(group.sums.get("n_net_sales"), norm),
        "sales_per_open_hour": net * 60 / minutes if net is not None and minutes else None,
        "sales_per_m2": net / area if net is not None and area else None,
    }
    found |= {metric.name: group.value(metric, store.exponent) for metric in _OVERALL if metric.name != "net_sales"}
    return {name: value for name, value in found.items() if value is not None}


def _by_metric(ranked: Sequence[Ranked], metric: Metric) -> list[Ranked]:
    values = {one.store.store_id: one.value for one in ranked if one.value is not None}
    placed = places(values, lowest_first=metric.higher_is == "worse")
    return _placed([one for one in ranked if one.store.store_id in placed], placed, keep_mean=False)


def _overall(ranked: Sequence[Ranked], used: Sequence[str]) -> list[Ranked]:
    if not used:
        placed = places({one.store.store_id: one.net for one in ranked})
        return _placed(ranked, placed, keep_mean=True)
    return _placed(
        ranked,
        mean_places([{one.store.store_id: one.measures[name] for one in ranked} for name in used]),
        keep_mean=True,
    )


def _placed(ranked: Sequence[Ranked], placed: Mapping[str, Decimal], *, keep_mean: bool) -> list[Ranked]:
    """In order; equals go by their own norm, then by name."""
    ordered = sorted(
        ranked,
        key=lambda one: (
            placed[one.store.store_id],
            -one.measures.get("own_norm_index", Decimal(0)),
            one.store.store_id,
        ),
    )
    return [
        Ranked(one.store, one.measures, one.net, one.value, number, placed[one.store.store_id] if keep_mean else None)
        for number, one in enumerate(ordered, 1)
    ]
