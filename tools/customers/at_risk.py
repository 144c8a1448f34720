"""Customers at risk: who is overdue by their own habit, how many they are, and what they were worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.attributes import bands
from tools.analysis.churn import LEAST_ACTIVE_DAYS, LEAST_GAPS, VALUE_DAYS, Habit
from tools.analysis.few import FEWEST
from tools.analysis.rfm import SEGMENTS, name_groups
from tools.context import ToolContext
from tools.customers.known import PERIOD, STORES_HELP, Known, in_order, known_customers, measured, share_of
from tools.errors import NoDataError
from tools.metrics.segments_query import build_attributes, build_gaps
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed

_ATTRIBUTES = {"age_band": "age", "income_band": "income", "household_size": "household size", "kids": "children"}
_NOT_KNOWN = "Not known"
Groups = Sequence[tuple[str, Sequence[Habit], Sequence[Habit]]]
"""Name of each group, its customers with a habit, and those of them who are overdue."""


class CustomersAtRiskArguments(Arguments):
    """Arguments of ``customers_at_risk``."""

    period: str = Field(
        default=PERIOD, max_length=120, description="The period whose visits make the habit, in the asker's own words."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Literal["segment", "age_band", "income_band", "household_size", "kids"] = Field(
        default="segment", description="The groups whose churn is told: segments, or by what is known of households."
    )


@tool()
def customers_at_risk(arguments: CustomersAtRiskArguments, context: ToolContext) -> ToolResult:
    """Churn risk: how many known customers have stayed away longer than their own habit, and the sales at risk.

    Use it for “customers at risk”, “churn”, “are we losing customers”, “who has stopped coming”, “churn by age group”,
    “what do customers who leave have in common”. A customer is overdue
    when the days since the last visit exceed the mean of the own gaps and two standard deviations; who came too seldom
    to have a habit is counted apart. It also says how the households of the overdue differ from the others. Groups
    only, of at least five people.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    statement = build_gaps(known.asked.windows(), context.scope)
    end_on = known.asked.end_on
    habits = [
        Habit(
            row["customer_key"],
            int(row["gaps"]),
            int(row["gap_days"]),
            int(row["gap_squares"]),
            (end_on - row["last_on"]).days,
            Decimal(row["net_minor"]),
        )
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    judged = [habit for habit in habits if habit.judged]
    if len(judged) < FEWEST:
        raise NoDataError(
            f"Fewer than {FEWEST} customers came at least {LEAST_GAPS + 1} times over {LEAST_ACTIVE_DAYS} days"
            f" {known.asked.when}, so there is no habit to hold their absence against. Ask for a longer period."
        )
    overdue = [habit for habit in judged if habit.overdue]
    attributes = build_attributes(known.asked.windows(), context.scope)
    households = {row["customer_key"]: row for row in context.mirror.query(attributes.sql, attributes.params).dicts()}
    names = _names(known, households, arguments.by)
    if set(names.values()) == {_NOT_KNOWN}:
        raise NoDataError(f"The {_ATTRIBUTES[arguments.by]} of no customer of {known.asked.stores.label} is known.")
    groups = _by_group(names, judged)
    shown = len(overdue) == 0 or len(overdue) >= FEWEST
    headline = _headline(known, judged, overdue, shown=shown)
    return ToolResult(
        headline=headline,
        text=" ".join(
            [headline, *_sentences(known, judged, groups, arguments.by), *_in_common(judged, overdue, households)]
        ),
        figures=tuple(_figures(known, judged, overdue)) if shown else (),
        table=_table(known, judged, groups, arguments.by) if groups else None,
        chart=_chart(known, groups, arguments.by),
        caveats=(*known.caveats(), *_said(known, habits, judged)),
        follow_ups=(
            f"Customer segments{known.asked.same_part_and_stores}",
            f"How many customers are spending less over time{known.asked.same_part_and_stores}?",
        ),
        provenance=known.provenance(statement, attributes),
    )


def at_risk_minor(overdue: Sequence[Habit]) -> Decimal:
    """Net sales per four weeks that the overdue customers made while they came, in minor units; unrounded."""
    return sum((habit.value_minor for habit in overdue), Decimal(0))


def _names(known: Known, households: Mapping[str, Mapping[str, Any]], by: str) -> Mapping[str, str]:
    """The group of each customer."""
    if by == "segment":
        return name_groups(measured(known))
    return {one.key: households.get(one.key, {}).get(by) or _NOT_KNOWN for one in known.customers}


def _in_common(
    judged: Sequence[Habit], overdue: Sequence[Habit], households: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """How the households of the overdue differ from those who keep coming, where that is no noise."""
    others = [habit for habit in judged if not habit.overdue]
    found, looked_at = [], []
    for attribute, said in _ATTRIBUTES.items():
        mine, theirs = ([households.get(habit.key, {}).get(attribute) for habit in some] for some in (overdue, others))
        made, _ = bands(attribute, mine, theirs, FEWEST)
        looked_at += [said] if made else []
        found += [
            f"{said} {one.band} ({one.share * 100:.0f} % against {one.share_of_others * 100:.0f} %)"
            for one in made
            if one.stands_out
        ]
    if not looked_at:
        return []
    unknown = sum(not any(households.get(habit.key, {}).get(one) for one in _ATTRIBUTES) for habit in overdue)
    of = f" ({len(overdue) - unknown:,} of the {len(overdue):,} overdue)" if unknown >= FEWEST else ""
    if found:
        return [f"Where their households are known{of}, they differ from those who keep coming in {listed(found[:4])}."]
    those = "their households do not differ from those who keep coming beyond chance"
    return [f"In {listed(looked_at)}, where known{of}, {those}."]


def _by_group(names: Mapping[str, str], judged: Sequence[Habit]) -> list[tuple[str, list[Habit], list[Habit]]]:
    """Group, its judged customers and those overdue, where neither those nor the others are one to four people."""
    rows = []
    for name in in_order(sorted(set(names.values()), key=_order), SEGMENTS):
        members = [habit for habit in judged if names[habit.key] == name]
        late = [habit for habit in members if habit.overdue]
        if len(members) >= FEWEST and (not late or len(late) >= FEWEST):
            rows.append((name, members, late))
    # What is left out could be had from the totals, so it must not be of few people either, nor of one segment alone.
    while rows and not _may_be_told(*_rest(judged, rows), len({names[one.key] for one in judged}) - len(rows)):
        rows.remove(min(rows, key=lambda row: (len(row[2]) == 0, len(row[2]), len(row[1]))))
    return rows


def _order(name: str) -> tuple[bool, int, str]:
    """Bands from the lowest, what is not known last."""
    digits = "".join(one for one in name.split("-")[0] if one.isdigit())
    return (name == _NOT_KNOWN, -1 if name.startswith("Under") else int(digits or 0), name)


def _rest(judged: Sequence[Habit], rows: Sequence[tuple[str, list[Habit], list[Habit]]]) -> tuple[int, int]:
    """How many with a habit, and how many overdue, are in none of the rows."""
    told = {habit.key for _, members, _ in rows for habit in members}
    others = [habit for habit in judged if habit.key not in told]
    return len(others), sum(habit.overdue for habit in others)


def _may_be_told(members: int, late: int, segments: int) -> bool:
    return not members or (segments > 1 and members >= FEWEST and (not late or late >= FEWEST))


def _headline(known: Known, judged: Sequence[Habit], overdue: Sequence[Habit], *, shown: bool) -> str:
    where = f"{known.asked.stores.label}, {known.asked.when}"
    if not shown:
        return (
            f"Fewer than {FEWEST} of {counted(len(judged), 'customer')} with a habit are overdue, {where};"
            " nothing more is said about so few people."
        )
    value = known.money(at_risk_minor(overdue))
    return (
        f"{counted(len(overdue), 'customer')} of {len(judged):,} with a habit "
        f"({share_of(Decimal(len(overdue)), Decimal(len(judged)))} %) are overdue by their own rhythm, "
        f"{where}; they were worth {value} of net sales every four weeks."
    )


def _sentences(known: Known, judged: Sequence[Habit], groups: Groups, by: str) -> list[str]:
    gaps = sorted(habit.expected_gap for habit in judged)
    said = [f"Half of all with a habit usually come every {gaps[len(gaps) // 2]:.0f} days or more often."]
    if by != "segment" and (told := [row for row in groups if row[0] != _NOT_KNOWN]):
        ranked = sorted(told, key=lambda row: (-len(row[2]) / len(row[1]), row[0]))
        each = [
            f"{name} {_share(late, members)} % ({len(late):,} of {len(members):,})" for name, members, late in ranked
        ]
        unknown = sum(len(members) for name, members, _ in groups if name == _NOT_KNOWN)
        aside = f" It is not known of {counted(unknown, 'customer')} with a habit." if unknown else ""
        return [*said, f"Share overdue by {_ATTRIBUTES[by]}, highest first: {'; '.join(each)}.{aside}"]
    if late := [row for row in groups if row[2]]:
        name, _, members = max(late, key=lambda row: (at_risk_minor(row[2]), row[0]))
        said.append(
            f"Most value at risk: {name}, {counted(len(members), 'customer')} overdue, "
            f"{known.money(at_risk_minor(members))} every four weeks."
        )
    return said


def _share(late: Sequence[Habit], members: Sequence[Habit]) -> str:
    return share_of(Decimal(len(late)), Decimal(len(members)))


def _figures(known: Known, judged: Sequence[Habit], overdue: Sequence[Habit]) -> list[Figure]:
    asked = known.asked
    values = (
        ("customers_with_habit", str(len(judged)), "count"),
        ("customers_overdue", str(len(overdue)), "count"),
        ("customers_overdue_share", share_of(Decimal(len(overdue)), Decimal(len(judged))), "%"),
        ("net_sales_at_risk_per_28_days", known.plain(at_risk_minor(overdue)), asked.currency),
    )
    return [Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on) for name, value, unit in values]


def _table(known: Known, judged: Sequence[Habit], groups: Groups, by: str) -> Table:
    columns = (
        TableColumn(_ATTRIBUTES.get(by, by).capitalize(), "text"),
        TableColumn("Customers with a habit", "count"),
        TableColumn("Overdue", "count"),
        TableColumn("Overdue", "%"),
        TableColumn("Usual gap", "days"),
        TableColumn(f"Net sales at risk per {VALUE_DAYS} days", known.asked.currency),
    )
    rows = [
        (
            name,
            len(members),
            len(late),
            _share(late, members),
            f"{sum(habit.expected_gap for habit in members) / len(members):.1f}",
            known.plain(at_risk_minor(late)),
        )
        for name, members, late in [*groups, *_others(judged, groups, by)]
    ]
    return Table(columns, rows)


def _others(judged: Sequence[Habit], groups: Groups, by: str) -> list[tuple[str, list[Habit], list[Habit]]]:
    """The groups of too few people as one row, so that the table adds up to the headline."""
    told = {habit.key for _, members, _ in groups for habit in members}
    others = [habit for habit in judged if habit.key not in told]
    name = "All other segments" if by == "segment" else "All others"
    return [(name, others, [habit for habit in others if habit.overdue])] if others else []


def _chart(known: Known, groups: Groups, by: str) -> Chart | None:
    if len(groups) < 2:
        return None
    return Chart(
        "bar",
        f"Customers overdue by {_ATTRIBUTES.get(by, by)}, {known.asked.stores.label}, {known.asked.when}",
        tuple(name for name, _, _ in groups),
        {"Overdue": tuple(float(len(late)) for _, _, late in groups)},
        "count",
    )


def _said(known: Known, habits: Sequence[Habit], judged: Sequence[Habit]) -> list[str]:
    few = len(habits) - len(judged)
    said = [
        (
            "Overdue is by each customer's own gaps between visit days: the mean and two standard deviations. It is a"
            " sign, not a fact: somebody may be on holiday."
        )
    ]
    if few:
        said.append(
            f"{counted(few, 'customer')} came fewer than {LEAST_GAPS + 1} times or within {LEAST_ACTIVE_DAYS} days and"
            " cannot be judged."
            if few >= FEWEST
            else "A few customers came too seldom to be judged."
        )
    if known.share is not None and known.share < 50:
        said.append("Most sales have no known customer, so most of the risk may be unseen.")
    return said
