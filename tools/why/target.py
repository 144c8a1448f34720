"""Targets of stores, and the gap to them split into what was missing before and what changed since.

Targets come with files (table ``target``: store, metric, first and last day, value in major units). A target that
reaches beyond the period counts by its share, each day worth what its weekday is worth to the store, as in
``target_progress``; the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from tools.analysis.calendar import Period
from tools.analysis.fair_comparison import Sums, weekday_means
from tools.analysis.target_parts import Target as OneTarget
from tools.analysis.target_parts import parts_of, share_of, whole_period
from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.definitions import METRICS
from tools.metrics.query import Statement
from tools.metrics.why_findings_query import build_targets
from tools.overview.store_ranking import weekday_net
from tools.result import Figure
from tools.why.parts import Change
from tools.why.shown import amount, compared
from tools.why.sides import Sides
from tools.wording import listed

NO_TARGETS = (
    "No {metric} target is recorded for {stores} {when}, so whether it was met cannot be told. Targets come from a "
    "file of targets."
)


@dataclass(frozen=True, slots=True)
class Target:
    """The target of some stores over the period. ``prorated`` names those whose target covers other days."""

    value: Decimal
    stores: tuple[str, ...]
    missing: tuple[str, ...]
    prorated: tuple[str, ...]


_EQUAL_DAYS: Mapping[int, Decimal] = dict.fromkeys(range(7), Decimal(1))


def targets_of(asked: Frame, metric: str) -> tuple[Target | None, list[Statement]]:
    """The target of the stores over the period, and the statements run; None where none is recorded.

    They are those that ``target_progress`` holds the period against. Where these leave days of it open, the narrowest
    targets count, as long as they cover the period without a gap: those of days before those of weeks.

    Raises:
        NoDataError: a rate whose targets differ by store.
    """
    windows = asked.windows()
    statements = [build_targets(metric, windows, asked.context.scope)]
    rows = asked.context.mirror.query(statements[0].sql, statements[0].params).rows
    total = Fraction(0)
    found: list[str] = []
    prorated: list[str] = []
    rate = not METRICS[metric].is_sum
    usual: Mapping[str, Sums] = {}
    if rows and not rate:
        usual, read = weekday_net(asked)
        statements.append(read)
    for store in asked.stores.stores:
        period = asked.periods[store.store_id]
        mine = [row[1:] for row in rows if row[0] == store.store_id]
        weights = weekday_means(usual.get(store.store_id, {}), period.start_on, first_on=store.first_on) or _EQUAL_DAYS
        value, whole = (None, True) if rate else _due(mine, period, weights)
        if value is None:
            value, whole = _over(mine, period.start_on, period.end_on, weights, rate=rate)
        if value is None:
            continue
        if rate and found and value != total:
            raise NoDataError(
                f"The stores have different {METRICS[metric].label.lower()} targets {asked.when}, and rates cannot be"
                " added up. Ask for one store."
            )
        found.append(store.store_id)
        total = value if rate else total + value
        if not whole:
            prorated.append(store.name)
    if not found:
        return None, statements
    missing = tuple(store.name for store in asked.stores.stores if store.store_id not in found)
    shown = (Decimal(total.numerator) / Decimal(total.denominator)).quantize(
        Decimal(1).scaleb(-asked.exponent), rounding=ROUND_HALF_EVEN
    )
    return Target(shown, tuple(found), missing, tuple(prorated)), statements


def _due(rows: Sequence[Sequence[Any]], period: Period, weights: Mapping[int, Decimal]) -> tuple[Fraction | None, bool]:
    """What is due over the period of the targets for its whole month, quarter or year, and whether none was cut."""
    targets = [OneTarget(starts_on, ends_on, Decimal(str(value))) for starts_on, ends_on, value in rows]
    parts = parts_of(targets, *whole_period(period), weights, divisible=True)
    inside = [part for part in parts if part.starts_on <= period.end_on]
    days = sum((min(part.ends_on, period.end_on) - part.starts_on).days + 1 for part in inside)
    if days != period.days:
        return None, True
    total, whole = Fraction(0), True
    for part in inside:
        share = share_of(weights, part.starts_on, part.ends_on, part.starts_on, period.end_on)
        total += Fraction(part.value * share)
        whole = whole and part.share == 1 and part.ends_on <= period.end_on
    return total, whole


def _over(
    rows: Sequence[Sequence[Any]], start_on: date, end_on: date, weights: Mapping[int, Decimal], *, rate: bool
) -> tuple[Fraction | None, bool]:
    """The target from one day to another, and whether no target had to be cut; None where days have none.

    A rate holds on each of its days; over several it is their mean.
    """

    def worth(days: Iterable[int]) -> Fraction:
        return sum((Fraction(weights[date.fromordinal(day).weekday()]) for day in days), Fraction(0))

    start, end = start_on.toordinal(), end_on.toordinal()
    left = set(range(start, end + 1))
    total, whole = Fraction(0), True
    for starts_on, ends_on, value in sorted(rows, key=lambda row: row[1].toordinal() - row[0].toordinal()):
        every = range(starts_on.toordinal(), ends_on.toordinal() + 1)
        days = left & set(every)
        if not days:
            continue
        if rate:
            share = Fraction(len(days), end - start + 1)
        else:
            share = worth(days) / worth(every) if worth(every) else Fraction(len(days), len(every))
        total += Fraction(str(value)) * share
        whole = whole and (rate or len(days) == len(every))
        left -= days
    return (None, whole) if left else (total, whole)


def narrowed(asked: Frame, store_ids: Sequence[str]) -> Frame:
    """The question for some of its stores only."""
    kept = tuple(store for store in asked.stores.stores if store.store_id in store_ids)
    stores = replace(asked.stores, stores=kept, label=listed([store.name for store in kept]))
    periods = {store.store_id: asked.periods[store.store_id] for store in kept}
    return replace(asked, stores=stores, periods=periods, period=periods[kept[0].store_id])


def gap_sentences(sides: Sides, change: Change, target: Target | None) -> list[str]:
    """Whether the target was met, by how much, and what of the gap is the change; first the answer itself."""
    asked, metric = sides.asked, change.metric
    if target is None:
        return [NO_TARGETS.format(metric=metric.label.lower(), stores=asked.stores.label, when=asked.when)]
    currency = asked.currency
    gap, before = change.now - target.value, change.before - target.value
    verb = "missed" if gap < 0 else "met" if gap == 0 else "beat"
    size = f" by {amount(metric, abs(gap), currency)}" if gap else ""
    percent = f" and reached {change.now * 100 / target.value:.1f} % of it" if target.value else ""
    first = (
        f"{asked.stores.label} {verb} the {metric.label.lower()} target of {amount(metric, target.value, currency)} "
        f"{asked.when}{size}{percent}."
    )
    split = (
        f"Of that gap {amount(metric, change.total, currency, signed=True)} is the change on {compared(sides)}; "
        f"{amount(metric, before, currency, signed=True)} is where that period already stood against this target."
    )
    return [first, split] if gap else [first]


def gap_figures(sides: Sides, change: Change, target: Target) -> list[Figure]:
    """The target, the gap, and the two parts of the gap, which add up to it."""
    asked, metric = sides.asked, change.metric
    unit = metric.unit(asked.currency)
    values = (
        ("target", target.value),
        ("gap_to_target", change.now - target.value),
        ("gap_to_target.effect_of_change", change.total),
        ("gap_to_target.effect_of_period_before", change.before - target.value),
    )
    return [
        Figure(f"{metric.name}.{name}", f"{value:f}", unit, asked.stores.ids, asked.start_on, asked.end_on, asked.group)
        for name, value in values
    ]


def target_caveats(target: Target) -> list[str]:
    """What must be said beside a target."""
    said = []
    if target.prorated:
        said.append(
            f"The target of {listed(target.prorated)} covers other days; its share is taken, each day counting what its"
            " weekday took over the eight weeks before."
        )
    if target.missing:
        said.append(f"No target is recorded for {listed(target.missing)}; the comparison with target leaves it out.")
    return said
