"""How an explained change is put: one sentence, the sum of its parts, a table of them, and figures for each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.analysis.comparisons import change_pct
from tools.metrics.model import Metric, UnitKind
from tools.per_day import per_day_said, trading_days
from tools.result import Chart, Comparison, Figure, PerDay, Table, TableColumn
from tools.why.parts import Change, Part
from tools.why.sides import Sides
from tools.why.splits import Split
from tools.wording import listed, money, span

_BIGGEST = 2
_FEW = 3
_FIGURES_OF = {"store": "store", "employee": "employee_id", "product": "variant_id"}


def amount(metric: Metric, value: Decimal, currency: str, *, signed: bool = False) -> str:
    """A value with its unit: ``$1,200.00``, ``27.57 %``; with ``signed`` ``+$12.00``, ``-0.46 points``."""
    sign = "-" if value < 0 else "+" if signed else ""
    size = abs(value)
    if metric.unit_kind is UnitKind.MONEY:
        return f"{sign}{money(size, currency)}"
    if metric.unit_kind is UnitKind.PERCENT:
        return f"{sign}{size} {'points' if signed else '%'}"
    return f"{sign}{size:,}"


def compared(sides: Sides) -> str:
    """What the change is against, with its calendar."""
    if sides.versus.is_norm:
        return sides.versus.calendar
    return f"{span(*sides.before_days)}, {sides.versus.calendar}"


def headline(sides: Sides, change: Change, noise: str) -> str:
    """The change, whether it is within normal noise as ``noise`` says it, and its one or two biggest parts."""
    asked, metric = sides.asked, change.metric
    currency = asked.currency
    hours = f" until {asked.until()}" if sides.cut else ""
    where = f"{metric.label}{asked.subject} {asked.when}{hours}, {asked.stores.label}"
    now, before = (amount(metric, value, currency) for value in (change.now, change.before))
    if not change.total:
        moved = f"{now}, unchanged"
    else:
        percent = change_pct(change.now, change.before)
        step = amount(metric, change.total, currency, signed=True)
        size = step[1:] if percent is None or metric.unit_kind is UnitKind.PERCENT else f"{abs(percent)} % ({step})"
        moved = f"{now}, {'up' if change.total > 0 else 'down'} {size} on {before}"
    moved += per_day_said(per_day(sides, change))
    said = f"{where}: {moved} ({compared(sides)}){f', {noise}' if noise and change.total else ''}"
    biggest = leading(change.parts)
    if not biggest:
        return f"{said}."
    named = [f"{part.said} {amount(metric, part.effect, currency, signed=True)}" for part in biggest]
    return f"{said}; the biggest {'part is' if len(named) == 1 else 'parts are'} {listed(named)}."


def per_day(sides: Sides, change: Change) -> PerDay | None:
    """The change a day where the two sides have different numbers of days; none of a mean and of today so far."""
    if sides.versus.is_norm or sides.cut:
        return None
    return trading_days(sides.days, sides.days_before).per_day(change.metric, change.now, change.before)


def leading(parts: Sequence[Part]) -> list[Part]:
    """The one or two biggest parts; the second only if it is at least a quarter of the first."""
    ranked = sorted((part for part in parts if part.effect), key=lambda part: -abs(part.effect))[:_BIGGEST]
    return [part for part in ranked if abs(part.effect) * 4 >= abs(ranked[0].effect)]


def the_sum(sides: Sides, change: Change) -> str:
    """Every part that is not nothing, and what they add up to."""
    currency = sides.asked.currency
    moved = [part for part in change.parts if part.effect]
    named = [f"{part.label.lower()} {amount(change.metric, part.effect, currency, signed=True)}" for part in moved]
    total = amount(change.metric, change.total, currency, signed=True)
    said = f"Parts: {', '.join(named)}; together {total}." if named else ""
    if change.margin:
        before, now = change.margin
        way = "up" if now >= before else "down"
        step = f"{way} {money(abs(now - before), currency)} on {money(before, currency)}"
        said = f"In money: {money(now, currency)}, {step}. {said}"
    return said.strip()


def where_it_was(sides: Sides, change: Change, splits: Sequence[Split], *, only: bool, claim: str | None) -> str:
    """The largest group of each split in the direction of the change.

    Of the ``only`` split that is asked for the largest few, and those that moved as was claimed: of a drop that was
    none the groups that fell.
    """
    most = _FEW if only else 1
    way = {"up": Decimal(1), "down": Decimal(-1)}.get(claim or "", change.total) if only else change.total
    named = []
    for split in splits:
        for place, best in enumerate(split.largest(way)[:most]):
            said = amount(change.metric, best.effect, sides.asked.currency, signed=True)
            named.append(f"{'' if place else f'{split.by} '}{best.name} {said}")
    against = f"{'Fell' if way < 0 else 'Rose'} most all the same"
    lead = "Biggest moves the same way" if way * change.total > 0 else against
    return f"{lead}: {listed(named, most=len(named))}." if named else ""


def figures(sides: Sides, change: Change, splits: Sequence[Split]) -> list[Figure]:
    """The metric with what it is held against, every part, and every group of every split."""
    asked, metric = sides.asked, change.metric
    unit = metric.unit(asked.currency)
    moved = "points" if metric.unit_kind is UnitKind.PERCENT else unit
    percent = change_pct(change.now, change.before)

    def figure(name: str, value: Decimal, of: str, group: dict[str, str], held: Comparison | None = None) -> Figure:
        stores = (group["store"],) if "store" in group else asked.stores.ids
        return Figure(name, f"{value:f}", of, stores, asked.start_on, asked.end_on, {**asked.group, **group}, held)

    against = Comparison(
        f"{change.before:f}",
        *sides.before_days,
        f"{change.total:f}",
        None if percent is None else f"{percent:f}",
        per_day(sides, change),
    )
    made = [figure(metric.name, change.now, unit, {}, against)]
    made.append(figure(f"{metric.name}.change", change.total, moved, {}))
    made += [
        figure(f"{metric.name}.effect_of_{part.name}", part.effect, moved, {"part": part.name}) for part in change.parts
    ]
    if change.margin:
        money_before, money_now = change.margin
        step = change_pct(money_now, money_before)
        held = Comparison(
            f"{money_before:f}",
            *sides.before_days,
            f"{money_now - money_before:f}",
            None if step is None else f"{step:f}",
        )
        made.append(figure("gross_margin", money_now, asked.currency, {}, held))
    for split in splits:
        name = _FIGURES_OF.get(split.by, split.by)
        made += [
            figure(
                f"{metric.name}.change",
                row.effect,
                moved,
                {name: row.key, **({"name": row.name} if row.name != row.key else {})}
                if row.key
                else {"split": split.by, "rest": row.name},
            )
            for row in split.rows
        ]
    return made


def table(sides: Sides, change: Change, splits: Sequence[Split]) -> Table:
    """The parts with what moved, their sum, and then each split, which adds up to the same sum."""
    metric = change.metric
    unit = "points" if metric.unit_kind is UnitKind.PERCENT else metric.unit(sides.asked.currency)
    columns = (
        TableColumn("Part", "text"),
        TableColumn("Before", "text"),
        TableColumn("Now", "text"),
        TableColumn("Effect", unit),
    )
    rows: list[tuple[str | int | None, ...]] = [
        (part.label, part.before, part.now, f"{part.effect:f}") for part in change.parts
    ]
    if change.each:
        # Price and mix move this one together, so it stands beside them without an effect of its own.
        at = next((n for n, part in enumerate(change.parts) if part.name == "price"), len(rows))
        rows.insert(at, ("Net price per unit (price and mix)", *change.each, None))
    rows.append(("Change", f"{change.before:f}", f"{change.now:f}", f"{change.total:f}"))
    for split in splits:
        rows += [(f"{split.by.capitalize()}: {row.name}", None, None, f"{row.effect:f}") for row in split.rows]
    return Table(columns, rows)


def chart(sides: Sides, change: Change) -> Chart | None:
    """The parts as bars."""
    shown = [part for part in change.parts if part.effect]
    if len(shown) < 2:
        return None
    unit = "points" if change.metric.unit_kind is UnitKind.PERCENT else change.metric.unit(sides.asked.currency)
    return Chart(
        "bar",
        f"{change.metric.label}{sides.asked.subject}: parts of the change, {sides.asked.stores.label}, "
        f"{sides.asked.when}",
        tuple(part.label for part in shown),
        {"Effect": tuple(float(part.effect) for part in shown)},
        unit,
    )
