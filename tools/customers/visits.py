"""How many known customers bought, how often each came and what each spent: in all, of some goods, or by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio
from tools.analysis.calendar import day_text
from tools.analysis.few import FEWEST, is_few, tellable
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.customers.visit_groups import GAPS, NOT_KNOWN, Group, all_of, gap_headline, gap_said
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.query import Filter
from tools.metrics.visits_query import build_visits
from tools.metrics.windows import Statement
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed

_TITLES = {
    "store": "Store", "week": "Week of", "month": "Month from", "age_band": "Age", "income_band": "Income",
    "household_size": "Household size", "kids": "Children", "marital_status": "Marital status",
    "home_ownership": "Home", "household_comp": "Household composition",
}  # fmt: skip
_PEOPLE = frozenset(_TITLES) - {"store", "week", "month"}


class CustomerVisitsArguments(Arguments):
    """Arguments of ``customer_visits``."""

    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: (
        Literal[
            "store", "week", "month", "age_band", "income_band", "household_size", "kids", "marital_status",
            "home_ownership", "household_comp",
        ]
        | None
    ) = Field(default=None, description="Split the answer by this.")  # fmt: skip
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    values: list[str] = Field(
        default=[],
        max_length=12,
        description=(
            "Only these groups of an attribute of people: “65+” with age_band, “1” and “2” with household_size."
        ),
    )
    rank_by: Literal["spend", "visits", "gap", "per_visit", "customers"] = Field(
        default="spend",
        description="What groups are put in order by and told with: spend or visits of each, mean days between visits"
        " (gap), spend of a visit, how many customers.",
    )
    order: Literal["top", "bottom"] = Field(default="top", description="Highest first, or lowest.")


@tool()
@each_currency
def customer_visits(arguments: CustomerVisitsArguments, context: ToolContext) -> ToolResult:
    """How many known customers (households) bought, how often they came, and what each spent.

    Use it for “how many households shopped last week”, “average spend per customer”, “how often do customers come”,
    “spend per household by income group”, “how many customers bought produce”, “what share of households buys milk”.
    Also “average days between trips” (rank_by gap; of seniors: by age_band, values 65+). By store, week, month, age,
    income, household size, composition, children, marital status or home. With product or department only those who
    bought it count, and the answer gives their share of all known customers. Transactions are another
    thing: a customer who came twice is one customer with two. Groups of fewer than five people are not shown.
    """
    known = known_customers(arguments.period, arguments.stores, context, by_store=True)
    part = part_of(arguments.product, arguments.department, known.asked.stores, context)
    if arguments.values and arguments.by not in _PEOPLE:
        raise BadArgumentError(
            f"values: groups are picked of an attribute of people (by), one of {listed(sorted(_PEOPLE))}."
        )
    only = part.only if part else None
    everyone, all_sql = _groups(known, None, None)
    whole, whole_sql = _groups(known, None, only) if part else (everyone, all_sql)
    if not whole:
        raise NoDataError(f"No known customer bought {part.label if part else 'anything'} {known.asked.when}.")
    if whole[0].few:
        raise NoDataError(f"Fewer than {FEWEST} known customers did {known.asked.when}; nothing is said of so few.")
    groups, group_sql = _groups(known, arguments.by, only) if arguments.by else ([], None)
    if arguments.by in _PEOPLE and all(group.label == NOT_KNOWN for group in groups):
        raise NoDataError(
            f"{_TITLES[arguments.by]} of customers is not recorded here. It comes with the customers of a loyalty"
            " scheme, from the point of sale or from files."
        )
    statements = [all_sql, *([whole_sql] if part else []), *([group_sql] if group_sql else [])]
    every, told = whole[0], _tellable(groups)
    if arguments.values:
        groups, whole = _picked(groups, arguments, known)
        told &= _tellable(groups)
        if part:
            people, people_sql = _groups(known, arguments.by, None)
            everyone, statements = _picked(people, arguments, known)[1], [*statements, people_sql]
        else:
            everyone = whole
    shown = _ordered([group for group in groups if group.key in told], arguments)
    label = part.label if part else ""
    headline = _headline(known, whole[0], everyone[0], label)
    if arguments.rank_by == "gap":
        headline = gap_headline(known.asked, whole[0], label)
    hidden = sum(group.key not in told for group in groups)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(known, whole[0], shown, arguments), *_beside(known, every, arguments)]),
        figures=tuple(_figures(known, whole[0], everyone[0], shown, arguments.by, label)),
        table=_table(known, shown, arguments.by) if shown and arguments.by else None,
        chart=_chart(known, shown, arguments.by),
        caveats=(
            *known.caveats(),
            *(
                [f"{counted(hidden, 'group')} left out, so that nothing is said of fewer than {FEWEST} people."]
                if hidden
                else []
            ),
            *([GAPS] if arguments.rank_by == "gap" else []),
            "Customers are known by a card; who buys without one is not among them.",
        ),
        follow_ups=(
            f"Spend per customer by income group{known.asked.same_part_and_stores}",
            f"New against returning customers {known.asked.when_again}{known.asked.same_part_and_stores}",
            f"Customer segments{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(*statements),
    )


def _groups(known: Known, by: str | None, only: Filter | None) -> tuple[list[Group], Statement]:
    statement = build_visits(known.asked.windows(), by, known.asked.context.scope, only)
    names = {store.store_id: store.name for store in known.asked.stores.stores} if by == "store" else {}
    found = [
        Group(
            str(row["key"]),
            names.get(row["key"], row["key"]) or NOT_KNOWN,
            int(row["customers"]),
            int(row["repeaters"]),
            int(row["visits"]),
            Decimal(row["net"] or 0),
            int(row["gaps"]),
            int(row["gap_days"]),
            int(row["spaced"]),
        )
        for row in known.asked.context.mirror.query(statement.sql, statement.params).dicts()
    ]
    return found, statement


def _tellable(groups: Sequence[Group]) -> set[str]:
    """The keys of those that may be told beside all of them together."""
    may = tellable([group.customers for group in groups])
    return {group.key for group, told in zip(groups, may, strict=True) if told}


def _picked(
    groups: Sequence[Group], arguments: CustomerVisitsArguments, known: Known
) -> tuple[list[Group], list[Group]]:
    """The groups asked for, and all of them together; a customer is in one of them.

    Raises:
        BadArgumentError: none of them is there.
        NoDataError: too few people are behind them.
    """
    wanted = {value.strip().lower() for value in arguments.values}
    found = [group for group in groups if group.label.lower() in wanted]
    title = _TITLES[arguments.by or "store"].lower()
    if not found:
        there = listed([group.label for group in groups if group.label != NOT_KNOWN and not group.few])
        raise BadArgumentError(f"values: no {title} is “{listed(arguments.values)}” here. There are {there}.")
    together = all_of(found, f"{title} {listed([one.label for one in found])}")
    if together.few or is_few(sum(group.customers for group in groups) - together.customers):
        raise NoDataError(
            f"Fewer than {FEWEST} such customers, or of the others, bought {known.asked.when}; "
            "nothing is said of so few."
        )
    return found, [together]


def _ordered(groups: Sequence[Group], arguments: CustomerVisitsArguments) -> list[Group]:
    """By what is asked for, the unknown last; time in its own order."""
    if arguments.by in ("week", "month"):
        return sorted(groups, key=lambda one: one.key)
    sign = -1 if arguments.order == "top" else 1
    sized = {one.key: _size(one, arguments.rank_by) for one in groups}
    return sorted(
        groups,
        key=lambda one: (
            one.label == NOT_KNOWN, sized[one.key] is None, sign * (sized[one.key] or Decimal(0)), one.key,
        ),
    )  # fmt: skip


def _size(group: Group, rank_by: str) -> Decimal | None:
    """What a group is put in order by."""
    customers, visits = Decimal(group.customers), Decimal(max(group.visits, 1))
    return {
        "spend": group.net / customers,
        "visits": visits / customers,
        "gap": group.gap,
        "per_visit": group.net / visits,
        "customers": customers,
    }[rank_by]


def _told(known: Known, group: Group, rank_by: str) -> str:
    """A group in brief, what was asked for first."""
    currency, people = known.asked.currency, f"{group.customers:,} customers"
    first = {
        "spend": (
            f"{money_said(_spend(group), currency)} ({people}, {_each(group.visits, group.customers)} visits each)"
        ),
        "visits": f"{_each(group.visits, group.customers)} visits each ({people})",
        "gap": f"{gap_said(group) or 'too few people to tell'} days between visits ({people})",
        "per_visit": f"{money_said(_per_visit(group), currency)} a visit ({people}, {group.visits:,} visits)",
        "customers": f"{people}, {money_said(_spend(group), currency)} each",
    }
    return f"{group.label} {first[rank_by]}"


def _called(group: Group, by: str | None) -> str:
    """A group as a sentence calls it: a week or a month is stored by its first day."""
    if by not in ("week", "month") or not group.key:
        return group.label
    first = date.fromisoformat(group.key[:10])
    return f"{first:%B %Y}" if by == "month" else f"week of {day_text(first)}"


def _beside(known: Known, every: Group, arguments: CustomerVisitsArguments) -> list[str]:
    """All known customers, beside a group of them."""
    if not arguments.values:
        return []
    return [_told(known, replace(every, label="All known customers:"), arguments.rank_by) + "."]


def _headline(known: Known, whole: Group, everyone: Group, goods: str) -> str:
    asked = known.asked
    noun = "known customer" if whole.customers == 1 else "known customers"
    noun += f" ({whole.label})" if whole.label and whole.label != NOT_KNOWN else ""
    bought = f"bought {goods}" if goods else "bought"
    share = (
        f", {percent_said(whole.customers, everyone.customers)} of the {everyone.customers:,} who bought anything"
        if goods
        else ""
    )
    return f"{whole.customers:,} {noun} {bought} {asked.when}, {asked.stores.label}{share}."


def _sentences(known: Known, whole: Group, shown: Sequence[Group], arguments: CustomerVisitsArguments) -> list[str]:
    goods = bool(arguments.product or arguments.department)
    on_it = " on it" if goods else ""
    average = (
        f"On average each came {_each(whole.visits, whole.customers)} times"
        f"{' for it' if goods else ''} and spent {money_said(_spend(whole), known.asked.currency)}{on_it}"
        f" ({money_said(_per_visit(whole), known.asked.currency)} a visit);"
        f" {percent_said(whole.repeaters, whole.customers)} came more than once."
    )
    said = [average]
    if not goods and whole.gap is not None and arguments.rank_by != "gap":
        said.append(f"From one visit to the next it was {gap_said(whole)} days on average.")
    known_groups = [group for group in shown if group.label != NOT_KNOWN]
    if arguments.rank_by == "gap" and arguments.by in ("week", "month") and shown:
        told = "; ".join(_told(known, replace(one, label=_called(one, arguments.by)), "gap") for one in shown[:12])
        return [*said, f"{told}."]
    if arguments.by in ("week", "month") or not known_groups:
        return said + ([_one_each(known, shown, arguments.by)] if shown else [])
    if len(shown) == 1 and arguments.values:
        return said
    title = _TITLES[arguments.by or "store"].lower()
    order = {"spend": ("Spent most each", "Spent least each")}.get(arguments.rank_by, ("Highest first", "Lowest first"))
    which = order[arguments.order == "bottom"]
    parts = [_told(known, group, arguments.rank_by) for group in known_groups[:6]]
    return [*said, f"{which}, by {title}: {'; '.join(parts)}."]


def _one_each(known: Known, shown: Sequence[Group], by: str | None) -> str:
    parts = [
        f"{_called(group, by)} {group.customers:,} customers, {money_said(_spend(group), known.asked.currency)} each"
        f" in {_each(group.visits, group.customers)} visits"
        for group in shown[:12]
    ]
    return f"{'; '.join(parts)}."


def _spend(group: Group) -> Decimal | None:
    return ratio(group.net, group.customers)


def _per_visit(group: Group) -> Decimal | None:
    return ratio(group.net, group.visits)


def _each(visits: int, customers: int) -> str:
    return number_text(ratio(visits, customers), 1) or "0"


def _figures(
    known: Known, whole: Group, everyone: Group, shown: Sequence[Group], by: str | None, goods: str
) -> list[Figure]:
    asked, made = known.asked, []
    more = {"goods": goods} if goods else {}
    for group, named in ((whole, {}), *((one, {by or "": one.label}) for one in shown)):
        values = (
            ("customers", str(group.customers), "count"),
            ("visits_per_customer", number_text(ratio(group.visits, group.customers)), "ratio"),
            ("spend_per_customer", money_text(_spend(group), asked.exponent), asked.currency),
            ("repeat_share", percent_text(group.repeaters, group.customers), "%"),
            ("days_between_visits", gap_said(group), "days"),
        )
        made += [figure(asked, name, value, unit, {**more, **named}) for name, value, unit in values]
    if goods:
        share = percent_text(whole.customers, everyone.customers)
        made.append(figure(asked, "customer_share", share, "%", more))
    return [*made, *(known.totals() if not goods else [])]


def _table(known: Known, shown: Sequence[Group], by: str) -> Table:
    currency = known.asked.currency
    columns = (
        (_TITLES[by], "text"), ("Customers", "count"), ("Visits", "count"), ("Visits each", "ratio"),
        ("Net sales", currency), ("Spend each", currency), ("Per visit", currency), ("Came more than once", "%"),
        ("Days between visits", "days"),
    )  # fmt: skip
    exponent = known.asked.exponent
    rows = [
        (
            group.label,
            group.customers,
            group.visits,
            number_text(ratio(group.visits, group.customers)),
            money_text(group.net, exponent),
            money_text(_spend(group), exponent),
            money_text(_per_visit(group), exponent),
            percent_text(group.repeaters, group.customers),
            gap_said(group),
        )
        for group in shown
    ]
    return Table(tuple(TableColumn(*column) for column in columns), rows)


def _chart(known: Known, shown: Sequence[Group], by: str | None) -> Chart | None:
    if not by or not 2 <= len(shown) <= 12:
        return None
    exponent = known.asked.exponent
    spent = tuple(float(money_text(_spend(group), exponent) or 0) for group in shown)
    return Chart(
        "bar",
        f"Spend per known customer by {_TITLES[by].lower().removesuffix(' from')}, {known.asked.stores.label},"
        f" {known.asked.when}",
        tuple(_called(group, by) for group in shown),
        {"Spend each": spent},
        known.asked.currency,
    )
