"""Targets of stores, and the gap to them split into what was missing before and what changed since.

Targets come with files (table ``target``: store, metric, first and last day, value in major units). A target that
reaches beyond the period counts by its share of days, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.definitions import METRICS
from tools.metrics.query import Statement
from tools.metrics.why_findings_query import build_targets
from tools.result import Figure
from tools.why.parts import Change
from tools.why.shown import amount, compared
from tools.why.sides import Sides
from tools.wording import listed

NO_TARGETS = (
    "No {metric} target is recorded for {stores} {when}, so whether it was met cannot be told. Targets come from a "
    "“target” file (store_id, metric, starts_on, ends_on, value)."
)


@dataclass(frozen=True, slots=True)
class Target:
    """The target of some stores over the period. ``prorated`` names those whose target covers other days."""

    value: Decimal
    stores: tuple[str, ...]
    missing: tuple[str, ...]
    prorated: tuple[str, ...]


def targets_of(asked: Frame, metric: str) -> tuple[Target | None, Statement]:
    """The target of the stores over the period; None where none is recorded.

    The narrowest targets count: those of days before those of weeks before those of months, as long as they cover
    the period without a gap.

    Raises:
        NoDataError: a rate whose targets differ by store.
    """
    windows = asked.windows()
    statement = build_targets(metric, windows, asked.context.scope)
    rows = asked.context.mirror.query(statement.sql, statement.params).rows
    total = Fraction(0)
    found: list[str] = []
    prorated: list[str] = []
    rate = not METRICS[metric].is_sum
    for store in asked.stores.stores:
        period = asked.periods[store.store_id]
        mine = [row[1:] for row in rows if row[0] == store.store_id]
        value, whole = _over(mine, period.start_on.toordinal(), period.end_on.toordinal(), rate=rate)
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
        return None, statement
    missing = tuple(store.name for store in asked.stores.stores if store.store_id not in found)
    shown = (Decimal(total.numerator) / Decimal(total.denominator)).quantize(
        Decimal(1).scaleb(-asked.exponent), rounding=ROUND_HALF_EVEN
    )
    return Target(shown, tuple(found), missing, tuple(prorated)), statement


def _over(rows: Sequence[Sequence[object]], start: int, end: int, *, rate: bool) -> tuple[Fraction | None, bool]:
    """The target from one day to another, and whether no target had to be cut; None where days have none.

    A rate holds on each of its days; over several it is their mean.
    """
    left = set(range(start, end + 1))
    total, whole = Fraction(0), True
    for starts_on, ends_on, value in sorted(rows, key=lambda row: row[1].toordinal() - row[0].toordinal()):  # type: ignore[attr-defined]
        first, last = starts_on.toordinal(), ends_on.toordinal()  # type: ignore[attr-defined]
        days = left & set(range(first, last + 1))
        if not days:
            continue
        length = last - first + 1
        total += Fraction(str(value)) * len(days) / (end - start + 1 if rate else length)
        whole = whole and (rate or len(days) == length)
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
    percent = f" ({change.now * 100 / target.value:.1f} % of it)" if target.value else ""
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
        said.append(f"The target of {listed(target.prorated)} covers other days; its share of days is taken.")
    if target.missing:
        said.append(f"No target is recorded for {listed(target.missing)}; the comparison with target leaves it out.")
    return said
