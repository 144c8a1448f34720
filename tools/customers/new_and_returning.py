"""New customers and returning ones, and how many come back: of those who are identified, and never of few people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, ratio, stands_on
from tools.analysis.few import FEWEST
from tools.context import ToolContext
from tools.customers.first_timers import MOST_PARTS, first_timers
from tools.customers.who_is_new import about_new, told_apart
from tools.documents.tender_mix import CHART_POINTS, PERIOD_HELP, STORES_HELP
from tools.each_currency import each_currency
from tools.errors import NoDataError
from tools.frame import Frame, caveats, frame, one_currency
from tools.metrics.shoppers_query import build_came_back, build_shoppers
from tools.metrics.windows import Statement
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import title
from tools.with_sales import with_sales
from tools.wording import counted

NEW, RETURNING, UNKNOWN = "new", "returning", "unidentified"


class NewAndReturningArguments(Arguments):
    """Arguments of ``new_and_returning``."""

    period: str = Field(default="last month", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Literal["store", "day", "week", "month"] | None = Field(default=None, description="Split the answer by this.")
    within_days: int | None = Field(
        default=None, ge=1, le=365, description="Also say how many bought again within so many days."
    )
    first_time: bool = Field(
        default=False,
        description="Only whether those who first bought in the period bought again; by: of their first purchase.",
    )


@dataclass(frozen=True, slots=True)
class _Crowd:
    """A group of the split: people, their transactions and net sales, by new, returning and unidentified."""

    key: str
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    hidden: bool = False

    def get(self, who: str, name: str) -> Decimal:
        return Decimal(self.parts.get(who, {}).get(name) or 0)

    def both(self, name: str) -> Decimal:
        return self.get(NEW, name) + self.get(RETURNING, name)

    def every(self, name: str) -> Decimal:
        return self.both(name) + self.get(UNKNOWN, name)

    @property
    def withheld(self) -> bool:
        """Whether either group is too small; then neither is told apart, or one would give the other away."""
        return self.hidden or any(0 < self.get(who, "customers") < FEWEST for who in (NEW, RETURNING))


@dataclass(frozen=True, slots=True)
class _Back:
    """How many customers of the period bought again within ``days``."""

    days: int
    customers: int
    came_back: int
    too_recent: int


@tool()
@each_currency
def new_and_returning(arguments: NewAndReturningArguments, context: ToolContext) -> ToolResult:
    """New against returning customers of a period, the repeat rate, and how many came back within so many days.

    Use it for “new vs returning customers last month”, “what percent of customers came back within 30 days”, “repeat
    purchase rate this quarter”; with first_time for “what share of first-time customers came back”. Only identified
    customers can be told apart, and the answer says what share of sales and transactions they are. Groups of fewer than
    five people are not shown. No single customer is ever named.
    """
    asked, by = frame(arguments.period, arguments.stores, context).in_data(), arguments.by
    one_currency(asked, "")
    if arguments.first_time:
        return first_timers(asked, by, arguments.within_days)
    windows = asked.windows()
    statements = [build_shoppers(windows, None, context.scope)]
    days, covered, crowds = with_sales(asked, windows, partial(_crowds, context, statements[0]))
    whole = (crowds or [_Crowd("")])[0]
    if not whole.both("customers"):
        raise NoDataError(
            f"No sale at {asked.stores.label} {asked.when} names a customer, so new and returning ones cannot be told "
            "apart. Customers are known where the point of sale attaches them to sales, such as by a loyalty card."
        )
    if whole.both("customers") < FEWEST:
        raise NoDataError(
            f"Fewer than {FEWEST} identified customers bought there {asked.when}; that is too few to show."
        )
    split: list[_Crowd] = []
    if by:
        statements.append(build_shoppers(windows, by, context.scope))
        split = _guarded(_crowds(context, statements[-1]))
    back = _came_back(asked, arguments.within_days, statements) if arguments.within_days else None
    headline = _headline(asked, whole, back)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, whole, back), *_parts(asked, split, by)]),
        figures=tuple(_figures(asked, whole, split, by, back)),
        table=_split_table(asked, split, by) if by else None if whole.withheld else _table(asked, whole),
        chart=_chart(asked, split, by),
        caveats=(*about_new(asked), *_known(whole, split), *caveats(asked, (), days)),
        follow_ups=_follow_ups(asked, by, back),
        provenance=stands_on(
            asked, ("new_customers", "returning_customers", "repeat_rate", "net_sales"), [*statements, covered]
        ),
    )


def _crowds(context: ToolContext, statement: Statement) -> list[_Crowd]:
    keyed: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        keyed.setdefault(row["key"], {})[row["who"]] = row
    return [_Crowd(key, parts) for key, parts in sorted(keyed.items())]


def _guarded(split: list[_Crowd]) -> list[_Crowd]:
    """The split with more groups hidden where too few could be had by taking those that are shown from the whole.

    That is so of one hidden group alone, and of several whose new or returning customers are few together.
    """
    while shown := [one for one in split if not one.withheld]:
        hidden = [one for one in split if one.withheld]
        sums = [sum(one.get(who, "customers") for one in hidden) for who in (NEW, RETURNING)]
        if len(hidden) != 1 and not any(0 < number < FEWEST for number in sums):
            break
        least = min(shown, key=lambda one: (one.both("customers"), one.key))
        split = [replace(one, hidden=True) if one is least else one for one in split]
    return split


def _came_back(asked: Frame, days: int, statements: list[Statement]) -> _Back:
    last = max(store.last_on for store in asked.stores.stores if store.last_on)
    statement = build_came_back(asked.windows(), last, days, asked.context.scope)
    statements.append(statement)
    row = asked.context.mirror.query(statement.sql, statement.params).rows[0]
    found = _Back(days, *(int(cell) for cell in row))
    if found.customers < FEWEST:
        raise NoDataError(
            f"{days} days have not passed since the customers of {asked.when} bought, or fewer than {FEWEST} did; ask "
            "about an earlier period or fewer days."
        )
    return found


def _headline(asked: Frame, whole: _Crowd, back: _Back | None) -> str:
    where = f"{asked.when}, {asked.stores.label}"
    if back and 0 < back.came_back < FEWEST:
        few = f"Fewer than {FEWEST} of {back.customers:,} identified customers"
        return f"{few} of {where} came back within {back.days} days."
    if back:
        return (
            f"{percent_said(back.came_back, back.customers)} of the identified customers of {where} came back within "
            f"{counted(back.days, 'day')}: {back.came_back:,} of {back.customers:,}."
        )
    people = int(whole.both("customers"))
    if whole.withheld:
        return f"Identified customers {where}: {people:,}; one of new and returning is fewer than {FEWEST} people."
    if not told_apart(asked):
        repeaters = whole.both("repeaters")
        again = f": {percent_said(repeaters, people)} of {people:,} identified customers bought more than once"
        return (
            f"Repeat rate {where}{again if _tellable(repeaters) else ' is of too few people to show'}."
            " Who is new cannot be told, as the data begins with the period."
        )
    new, old = int(whole.get(NEW, "customers")), int(whole.get(RETURNING, "customers"))
    return (
        f"Customers {where}: {new:,} new and {old:,} returning, so {percent_said(new, people)} of {people:,} "
        "identified customers were new."
    )


def _sentences(asked: Frame, whole: _Crowd, back: _Back | None) -> list[str]:
    said = []
    if not whole.withheld and told_apart(asked):
        net = whole.both("net")
        for who in (NEW, RETURNING):
            amount = money_said(whole.get(who, "net"), asked.currency)
            said.append(
                f"{who.capitalize()} customers: {amount} ({percent_said(whole.get(who, 'net'), net)} of identified net "
                f"sales) in {counted(int(whole.get(who, 'transactions')), 'transaction')}{_each(asked, whole, who)}."
            )
    people, repeaters = whole.both("customers"), whole.both("repeaters")
    if _tellable(repeaters) and (back or told_apart(asked)):
        share = percent_said(repeaters, people)
        said.append(f"{share} of all {int(people):,} bought more than once in the period (repeat rate).")
    if back and back.too_recent:
        said.append(f"{counted(back.too_recent, 'customer')} bought too recently to tell and are left out.")
    return said


def _each(asked: Frame, whole: _Crowd, who: str) -> str:
    """What one of them spent, and one transaction of theirs came to."""
    people, transactions = whole.get(who, "customers"), whole.get(who, "transactions")
    if not people or not transactions:
        return ""
    spend, visit = (ratio(whole.get(who, "net"), count) for count in (people, transactions))
    return f": {money_said(spend, asked.currency)} each, {money_said(visit, asked.currency)} a transaction"


def _parts(asked: Frame, split: Sequence[_Crowd], by: str | None) -> list[str]:
    """Share of returning customers in each part of the split, where these are few enough to read."""
    parts = [one for one in split if one.both("customers")]
    if not by or not 2 <= len(parts) <= MOST_PARTS:
        return []
    rates = [
        f"{title(by, one.key, asked.stores)} {percent_said(one.get(RETURNING, 'customers'), one.both('customers'))}"
        for one in parts
        if not one.withheld
    ]
    again = [
        f"{title(by, one.key, asked.stores)} {percent_said(one.both('repeaters'), one.both('customers'))}"
        for one in parts
        if _repeats(one)
    ]
    said = [f"Returning customers among those identified, by {by}: {', '.join(rates)}."] if len(rates) > 1 else []
    return [*said, f"Bought more than once {_ITS_OWN[by]}: {', '.join(again)}."] if len(again) > 1 else said


_ITS_OWN = {"store": "at the store", "day": "within the day", "week": "within the week", "month": "within the month"}


def _repeats(one: _Crowd) -> bool:
    """Whether the repeat rate of a part may be told: neither side of it is of few people.

    It is of new and returning customers together, so it tells nothing of a group of few new ones.
    """
    repeaters, people = one.both("repeaters"), one.both("customers")
    return people >= FEWEST and _tellable(repeaters) and _tellable(people - repeaters)


def _tellable(people: Decimal | int) -> bool:
    """Whether so many people may be spoken of: none, or enough of them."""
    return not 0 < people < FEWEST


def _known(whole: _Crowd, split: Sequence[_Crowd]) -> list[str]:
    transactions, net = (percent_said(whole.both(name), whole.every(name)) for name in ("transactions", "net"))
    said = [f"Identified customers made {transactions} of the transactions and {net} of their net sales."]
    hidden = sum(one.withheld for one in split)
    if hidden:
        said.append(
            f"Groups of fewer than {FEWEST} people are not shown: in {hidden} of {len(split)} rows new and returning "
            "customers are not told apart."
        )
    elif whole.withheld:
        said.append(f"Groups of fewer than {FEWEST} people are not shown.")
    return said


def _figures(asked: Frame, whole: _Crowd, split: Sequence[_Crowd], by: str | None, back: _Back | None) -> list[Figure]:
    made = _crowd_figures(asked, whole, {}, ())
    people = whole.both("customers")
    made.append(figure(asked, "identified_customers", int(people), "count"))
    if _tellable(whole.both("repeaters")):
        made.append(figure(asked, "repeat_rate", percent_text(whole.both("repeaters"), people), "%"))
    share = percent_text(whole.both("net"), whole.every("net"))
    made.append(figure(asked, "identified_share_of_net_sales", share, "%"))
    if back and _tellable(back.came_back):
        group = {"within_days": str(back.days)}
        made.append(figure(asked, "return_rate", percent_text(back.came_back, back.customers), "%", group))
        made.append(figure(asked, "customers", back.customers, "count", group))
        made.append(figure(asked, "customers_came_back", back.came_back, "count", group))
    for one in split:
        made += _crowd_figures(asked, one, {str(by): one.key}, (one.key,) if by == "store" else ())
    return made


def _crowd_figures(asked: Frame, one: _Crowd, group: Mapping[str, str], stores: Sequence[str]) -> list[Figure]:
    made = []
    if group and _repeats(one):
        again = percent_text(one.both("repeaters"), one.both("customers"))
        made.append(figure(asked, "repeat_rate", again, "%", group, stores=stores))
    if one.withheld:
        return made
    for who in (NEW, RETURNING):
        where = {**group, "customers": who}
        made.append(figure(asked, f"{who}_customers", int(one.get(who, "customers")), "count", group, stores=stores))
        amount = money_text(one.get(who, "net"), asked.exponent)
        made.append(figure(asked, "net_sales", amount, asked.currency, where, stores=stores))
        made.append(figure(asked, "transactions", int(one.get(who, "transactions")), "count", where, stores=stores))
    share = percent_text(one.get(NEW, "customers"), one.both("customers"))
    made.append(figure(asked, "new_customer_share", share, "%", group, stores=stores))
    return made


def _table(asked: Frame, whole: _Crowd) -> Table:
    unit = asked.currency
    named = (
        ("Customers", "text"), ("People", "count"), ("Share of people", "%"), ("Transactions", "count"),
        ("Net sales", unit), ("Share of net sales", "%"), ("Average transaction", unit),
    )  # fmt: skip
    rows: list[tuple[str | int | None, ...]] = []
    for who in (NEW, RETURNING, UNKNOWN):
        transactions, net = whole.get(who, "transactions"), whole.get(who, "net")
        if who == UNKNOWN and not transactions:
            continue
        people = None if who == UNKNOWN else int(whole.get(who, "customers"))
        rows.append(
            (
                who,
                people,
                percent_text(people, whole.both("customers")),
                int(transactions),
                money_text(net, asked.exponent),
                percent_text(net, whole.every("net")),
                money_text(ratio(net, transactions), asked.exponent),
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _split_table(asked: Frame, split: Sequence[_Crowd], by: str) -> Table:
    unit = asked.currency
    named = (
        (by.capitalize(), "text"), ("New", "count"), ("Returning", "count"), ("Share new", "%"),
        ("Net sales, new", unit), ("Net sales, returning", unit), ("Bought more than once", "%"),
    )  # fmt: skip
    rows: list[tuple[str | int | None, ...]] = []
    for one in split:
        label = title(by, one.key, asked.stores)
        again = percent_text(one.both("repeaters"), one.both("customers")) if _repeats(one) else None
        if one.withheld:
            rows.append((label, None, None, None, None, None, again))
            continue
        new, old = one.get(NEW, "customers"), one.get(RETURNING, "customers")
        amounts = (money_text(one.get(who, "net"), asked.exponent) for who in (NEW, RETURNING))
        rows.append((label, int(new), int(old), percent_text(new, new + old), *amounts, again))
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _chart(asked: Frame, split: Sequence[_Crowd], by: str | None) -> Chart | None:
    shown = [one for one in split if not one.withheld]
    if not by or not 2 <= len(shown) <= CHART_POINTS:
        return None
    series = {who.capitalize(): tuple(float(one.get(who, "customers")) for one in shown) for who in (NEW, RETURNING)}
    labels = tuple(title(by, one.key, asked.stores) for one in shown)
    heading = f"New and returning customers by {by}, {asked.stores.label}, {asked.when}"
    return Chart("bar" if by == "store" else "line", heading, labels, series, "count")


def _follow_ups(asked: Frame, by: str | None, back: _Back | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = (
        [f"New vs returning customers {when} by store{same}"] if by != "store" and len(asked.stores.stores) > 1 else []
    )
    if back is None:
        asks.append(f"What percent of customers came back within 30 days {when}{same}?")
    return tuple(asks)
