"""Which customer cohort or segment needs attention: whose active share fell most in the last four weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tools.analysis.calendar import Period
from tools.analysis.few import FEWEST
from tools.analysis.rfm import SEGMENTS
from tools.analysis.share_change import ShareChange
from tools.customers.known import Known, customers_of, in_order, since_the_beginning
from tools.customers.segments import by_rfm
from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.query import Statement
from tools.metrics.segments_query import build_customers
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import span

_WEEKS = 4
_LOOKBACK_WEEKS = 24


@dataclass(frozen=True, slots=True)
class Watched:
    """A cohort or segment with its active share and spend in two spans of four weeks."""

    kind: str
    name: str
    change: ShareChange
    spent_before: Decimal
    spent_after: Decimal


def attention(known: Known) -> ToolResult:
    """The cohorts and segments with their active share in the last four weeks and the four before, worst first.

    Raises:
        NoDataError: there are fewer than twelve weeks of sales.
    """
    asked, context = known.asked, known.asked.context
    latest, before = _span(asked, 0), _span(asked, 1)
    first = min((store.first_on for store in asked.stores.stores if store.first_on), default=asked.start_on)
    if _span(asked, 2).start_on < first:
        raise NoDataError(
            f"At least {3 * _WEEKS} weeks of sales are needed to see who fell off; the data begins on"
            f" {span(first, first)}."
        )
    ever = build_customers(since_the_beginning(asked), context.scope)
    began = {row["customer_key"]: row["first_on"] for row in context.mirror.query(ever.sql, ever.params).dicts()}
    bought, bought_before = _bought(latest), _bought(before)
    watched = _cohorts_watched(began, before, bought, bought_before)
    watched += _segments_watched(asked, bought, bought_before)
    fallen = sorted(
        (one for one in watched if one.change.fell), key=lambda one: (one.change.points, one.kind, one.name)
    )
    headline = _attention_headline(asked, latest, watched, fallen)
    shown = sorted(watched, key=lambda one: (one.kind, one.change.points, one.name))
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_attention_sentences(known, fallen)]),
        figures=tuple(figure for one in shown for figure in _attention_figures(known, latest, one)),
        table=_attention_table(known, shown) if shown else None,
        caveats=(
            *known.caveats(),
            (
                f"Active means a purchase in the four weeks {span(latest.start_on, latest.end_on)}, against"
                f" {span(before.start_on, before.end_on)}. A fall is called one only where a two-proportion test at 1 %"
                " stands; cohorts are by month of first purchase."
            ),
            (
                "A segment is held against those who were in the same segment four weeks earlier, since one chosen"
                " for having come lately must always fall afterwards."
            ),
        ),
        follow_ups=(
            f"Which customers are at risk{asked.same_part_and_stores}?",
            f"Customer retention{asked.same_part_and_stores}",
        ),
        provenance=known.provenance(ever),
    )


def _span(asked: Frame, number: int) -> Frame:
    """The last four weeks of the question, or those before (1), or before them (2)."""
    return _ending(asked, number * _WEEKS, _WEEKS)


def _ending(asked: Frame, weeks_back: int, weeks: int) -> Frame:
    periods = {
        store: Period(
            period.end_on - timedelta(weeks=weeks_back + weeks) + timedelta(days=1),
            period.end_on - timedelta(weeks=weeks_back),
            f"{weeks} weeks",
            period.kind,
        )
        for store, period in asked.periods.items()
    }
    return replace(asked, periods=periods, period=periods[asked.stores.stores[0].store_id])


def _bought(asked: Frame) -> dict[str, Decimal]:
    """Net sales in minor units of everybody who bought in these weeks."""
    statement: Statement = build_customers(asked.windows(), asked.context.scope)
    rows = asked.context.mirror.query(statement.sql, statement.params).dicts()
    return {row["customer_key"]: Decimal(row["net_minor"]) for row in rows if row["visits"] > 0}


def _cohorts_watched(
    began: Mapping[str, date], before: Frame, bought: Mapping[str, Decimal], bought_before: Mapping[str, Decimal]
) -> list[Watched]:
    """Months of first purchase that were over when the earlier four weeks began; later ones had to be active."""
    months: dict[date, list[str]] = {}
    for key, first_on in began.items():
        month = first_on.replace(day=1)
        if (month + timedelta(days=31)).replace(day=1) <= before.start_on:
            months.setdefault(month, []).append(key)
    return [
        _watched("cohort", f"{month:%B %Y} cohort", keys, keys, bought, bought_before)
        for month, keys in sorted(months.items())
        if len(keys) >= FEWEST and _enough(keys, keys, bought, bought_before)
    ]


def _segments_watched(
    asked: Frame, bought: Mapping[str, Decimal], bought_before: Mapping[str, Decimal]
) -> list[Watched]:
    """Each segment's later activity, against that of the segment of four weeks before in the four weeks after."""
    try:
        now = by_rfm(customers_of(_ending(asked, _WEEKS, _LOOKBACK_WEEKS))).groups
        then = by_rfm(customers_of(_ending(asked, 2 * _WEEKS, _LOOKBACK_WEEKS))).groups
    except NoDataError:
        return []
    made = []
    for name in in_order(set(now.values()) & set(then.values()), SEGMENTS):
        keys = [key for key, one in now.items() if one == name]
        keys_then = [key for key, one in then.items() if one == name]
        if _enough(keys, keys_then, bought, bought_before):
            made.append(_watched("segment", name, keys, keys_then, bought, bought_before))
    return made


def _enough(
    keys: Sequence[str], keys_then: Sequence[str], bought: Mapping[str, Decimal], bought_before: Mapping[str, Decimal]
) -> bool:
    """Whether neither those who came nor those who stayed away are one to four people."""
    after, then = sum(key in bought for key in keys), sum(key in bought_before for key in keys_then)
    numbers = (after, len(keys) - after, then, len(keys_then) - then)
    return all(number == 0 or number >= FEWEST for number in numbers) and bool(keys and keys_then)


def _watched(
    kind: str,
    name: str,
    keys: Sequence[str],
    keys_then: Sequence[str],
    bought: Mapping[str, Decimal],
    bought_before: Mapping[str, Decimal],
) -> Watched:
    change = ShareChange(
        sum(key in bought_before for key in keys_then), len(keys_then), sum(key in bought for key in keys), len(keys)
    )
    return Watched(
        kind,
        name,
        change,
        sum((bought_before.get(key, Decimal(0)) for key in keys_then), Decimal(0)) / len(keys_then),
        sum((bought.get(key, Decimal(0)) for key in keys), Decimal(0)) / len(keys),
    )


def _attention_headline(asked: Frame, latest: Frame, watched: Sequence[Watched], fallen: Sequence[Watched]) -> str:
    where = f"{asked.stores.label}, {span(latest.start_on, latest.end_on)}"
    if not watched:
        return f"No cohort or segment of at least {FEWEST} people can be followed, {where}."
    if not fallen:
        lowest = min(watched, key=lambda one: (one.change.points, one.kind, one.name))
        if lowest.change.points >= 0:
            return f"No customer cohort or segment fell off, {where}: {len(watched)} were looked at."
        return (
            f"No customer cohort or segment fell off beyond chance, {where}; the largest fall"
            f" of {len(watched)} is that of the {lowest.name}: {lowest.change.after_share * 100:.1f} % of"
            f" {lowest.change.after_of:,} customers bought,"
            f" {lowest.change.before_share * 100:.1f} % four weeks before."
        )
    worst = fallen[0]
    return (
        f"{worst.name} {'need' if worst.kind == 'segment' else 'needs'} attention, {where}: "
        f"{worst.change.after_share * 100:.1f} % of "
        f"{worst.change.after_of:,} customers bought, {worst.change.before_share * 100:.1f} % four weeks before "
        f"({worst.change.points * 100:.1f} points)."
    )


def _attention_sentences(known: Known, fallen: Sequence[Watched]) -> list[str]:
    if not fallen:
        return []
    worst = fallen[0]
    said = [f"Spend a customer went from {known.money(worst.spent_before)} to {known.money(worst.spent_after)}."]
    if len(fallen) > 1:
        rest = "; ".join(f"{one.name} ({one.change.points * 100:.1f} points)" for one in fallen[1:4])
        said.append(f"Also down: {rest}.")
    return said


def _attention_figures(known: Known, latest: Frame, one: Watched) -> list[Figure]:
    group = {one.kind: one.name}
    values = (
        ("customers", str(one.change.after_of), "count"),
        ("active_share", f"{one.change.after_share * 100:.1f}", "%"),
        ("active_share_before", f"{one.change.before_share * 100:.1f}", "%"),
        ("net_sales_per_customer", known.plain(one.spent_after), known.asked.currency),
        ("net_sales_per_customer_before", known.plain(one.spent_before), known.asked.currency),
    )
    return [
        Figure(name, value, unit, latest.stores.ids, latest.start_on, latest.end_on, group)
        for name, value, unit in values
    ]


def _attention_table(known: Known, shown: Sequence[Watched]) -> Table:
    currency = known.asked.currency
    columns = (
        TableColumn("Group", "text"),
        TableColumn("Customers", "count"),
        TableColumn("Active now", "%"),
        TableColumn("Active before", "%"),
        TableColumn("Change in points", "ratio"),
        TableColumn("Beyond chance", "text"),
        TableColumn("Spend a customer now", currency),
        TableColumn("Spend a customer before", currency),
    )
    rows = [
        (
            one.name,
            one.change.after_of,
            f"{one.change.after_share * 100:.1f}",
            f"{one.change.before_share * 100:.1f}",
            f"{one.change.points * 100:.1f}",
            "yes" if one.change.fell or one.change.rose else "no",
            known.plain(one.spent_after),
            known.plain(one.spent_before),
        )
        for one in shown
    ]
    return Table(columns, rows)
