"""Whether those who bought for the first time came back: a part of what is told of new customers, never of few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from tools.amounts import figure, percent_said, percent_text, stands_on
from tools.analysis.few import FEWEST
from tools.customers.who_is_new import about_new, told_apart
from tools.errors import NoDataError
from tools.frame import Frame, caveats
from tools.metrics.shoppers_query import build_first_timers
from tools.metrics.windows import Statement
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.splits import title
from tools.with_sales import with_sales
from tools.wording import counted, span

MOST_PARTS = 14
"""So many parts of a split are read out; more are in the table only."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Customers who first bought in one part of the split: those of whom it can be told, and those too recent."""

    key: str
    customers: int
    came_back: int
    too_recent: int
    hidden: bool = False

    @property
    def withheld(self) -> bool:
        """Whether it would say something of fewer than five people: who stayed away is as telling as who came."""
        few = (self.customers, self.came_back, self.customers - self.came_back)
        return self.hidden or any(0 < people < FEWEST for people in few)


def first_timers(asked: Frame, by: str | None, days: int | None) -> ToolResult:
    """Of those who first bought in the period, how many bought again.

    Args:
        asked: stores and period, over days that there is data of.
        by: store, day, week or month of the first purchase.
        days: within so many; None is up to the last day there is.

    Raises:
        NoDataError: nobody new can be told apart, or they are too few or too recent.
    """
    if not told_apart(asked):
        raise NoDataError(f"The data begins with {asked.when}, so who bought for the first time then cannot be told.")
    last = max(store.last_on for store in asked.stores.stores if store.last_on)
    windows = asked.windows()
    statements = [build_first_timers(windows, last, days, None, asked.context.scope)]
    covered_days, covered, found = with_sales(asked, windows, partial(_groups, asked, statements[0]))
    whole = found[0] if found else _Group("", 0, 0, 0)
    if whole.customers < FEWEST:
        raise NoDataError(_too_few(asked, whole, days))
    split: list[_Group] = []
    if by:
        statements.append(build_first_timers(windows, last, days, by, asked.context.scope))
        split = _guarded(_groups(asked, statements[-1]))
    when = f"within {counted(days, 'day')}" if days else f"by {span(last, last)}"
    headline = _headline(asked, whole, when)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, whole, split, by)]),
        figures=tuple(_figures(asked, whole, split, by, days)),
        table=_table(asked, split, by) if by and split else None,
        caveats=(*about_new(asked), *_hidden(split), *caveats(asked, (), covered_days)),
        follow_ups=(f"New vs returning customers {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, ("new_customers", "return_rate"), [*statements, covered]),
    )


def _groups(asked: Frame, statement: Statement) -> list[_Group]:
    rows = asked.context.mirror.query(statement.sql, statement.params).rows
    return [_Group(str(key), int(people), int(came), int(recent)) for key, people, came, recent in rows]


def _guarded(split: list[_Group]) -> list[_Group]:
    """The split with more groups hidden where the rest would give few people away as what the whole is more."""
    while shown := [one for one in split if not one.withheld]:
        hidden = [one for one in split if one.withheld and one.customers]
        came = sum(one.came_back for one in hidden)
        stayed = sum(one.customers for one in hidden) - came
        if len(hidden) != 1 and not any(0 < people < FEWEST for people in (came, stayed)):
            break
        least = min(shown, key=lambda one: (one.customers, one.key))
        split = [replace(one, hidden=True) if one is least else one for one in split]
    return split


def _too_few(asked: Frame, whole: _Group, days: int | None) -> str:
    where = f"{asked.when} at {asked.stores.label}"
    if whole.customers + whole.too_recent < FEWEST:
        return f"Fewer than {FEWEST} customers first bought {where}; that is too few to show."
    passed = f"{counted(days, 'day')} have" if days and days > 1 else "A day has"
    return (
        f"{passed} not passed since those who first bought {where} did, so whether they came back cannot be told; ask "
        "about an earlier period or fewer days."
    )


def _headline(asked: Frame, whole: _Group, when: str) -> str:
    who = f"customers who first bought {asked.when}, {asked.stores.label}"
    if 0 < whole.came_back < FEWEST:
        return f"Fewer than {FEWEST} of {whole.customers:,} {who}, bought again {when}."
    if 0 < whole.customers - whole.came_back < FEWEST:
        return f"All but fewer than {FEWEST} of {whole.customers:,} {who}, bought again {when}."
    share = percent_said(whole.came_back, whole.customers)
    return f"{share} of {whole.customers:,} {who}, bought again {when}: {whole.came_back:,}."


def _sentences(asked: Frame, whole: _Group, split: Sequence[_Group], by: str | None) -> list[str]:
    said = []
    told = [one for one in split if one.customers and not one.withheld]
    if by and len(told) >= 2 and len(split) <= MOST_PARTS:
        each = [
            f"{title(by, one.key, asked.stores)} {percent_said(one.came_back, one.customers)} of {one.customers:,}"
            for one in told
        ]
        said.append(f"By {by} of the first purchase: {', '.join(each)}.")
    if whole.too_recent:
        said.append(f"{counted(whole.too_recent, 'customer')} came too recently to tell and are left out.")
    return said


def _hidden(split: Sequence[_Group]) -> list[str]:
    hidden = sum(one.withheld for one in split)
    if not hidden:
        return []
    return [f"Groups of fewer than {FEWEST} people are not shown: {hidden} of {len(split)} rows are left empty."]


def _figures(asked: Frame, whole: _Group, split: Sequence[_Group], by: str | None, days: int | None) -> list[Figure]:
    within = {"within_days": str(days)} if days else {}
    made = []
    for one, group in ((whole, {}), *((one, {str(by): one.key}) for one in split)):
        if not one.customers or one.withheld:
            continue
        stores = (one.key,) if group and by == "store" else ()
        share = percent_text(one.came_back, one.customers)
        made += [
            figure(asked, "new_customers", one.customers, "count", {**within, **group}, stores=stores),
            figure(asked, "customers_came_back", one.came_back, "count", {**within, **group}, stores=stores),
            figure(asked, "return_rate", share, "%", {**within, **group}, stores=stores),
        ]
    return made


def _table(asked: Frame, split: Sequence[_Group], by: str) -> Table:
    columns = (
        TableColumn(f"{by.capitalize()} of first purchase", "text"), TableColumn("Customers", "count"),
        TableColumn("Bought again", "count"), TableColumn("Share", "%"),
    )  # fmt: skip
    rows: list[tuple[str | int | None, ...]] = []
    for one in split:
        label = title(by, one.key, asked.stores)
        if one.withheld or not one.customers:
            rows.append((label, None, None, None))
        else:
            rows.append((label, one.customers, one.came_back, percent_text(one.came_back, one.customers)))
    return Table(columns, rows)
