"""How many baskets hold two kinds of goods at once, and whether that is more than chance."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio, stands_on
from tools.analysis.few import FEWEST
from tools.baskets.both_by_group import Group, by_group, group_table, told
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import caveats, coverage, frame, one_currency, require_sales
from tools.metrics.both_query import build_both, build_both_of_customers
from tools.part import part_of
from tools.registry import Arguments, tool
from tools.result import Table, TableColumn, ToolResult
from tools.wording import counted

_COUNTS = ("baskets", "with_first", "with_second", "with_both", "customers")
_GOODS = "in the asker's own words: a product, a kind of goods such as “milk”, a category or a department."


class BothInBasketArguments(Arguments):
    """Arguments of ``both_in_basket``."""

    product: str = Field(min_length=1, max_length=200, description=f"The first goods, {_GOODS}")
    with_product: str = Field(min_length=1, max_length=200, description=f"The second goods, {_GOODS}")
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    by: Literal["weekday", "month", "store", "kids", "age_band", "income_band", "household_size"] | None = Field(
        default=None, description="Also for each of these: when, where or in which households they lie together more."
    )


@tool()
def both_in_basket(arguments: BothInBasketArguments, context: ToolContext) -> ToolResult:
    """How many transactions held two named goods together against chance, and how many customers bought both at all.

    Use it for “how many people bought chips and soda”, “how many baskets had both milk and eggs last month”,
    “customers who bought both floral and seafood this year” (on any visit), “do people who buy pasta also buy
    pasta sauce”, “are pizza and beer bought together more on weekends” (by weekday), “… by households with kids”
    (by kids). For what goes with one thing, without a second named, use bought_together.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    first = part_of(arguments.product, None, asked.stores, context)
    second = part_of(arguments.with_product, None, asked.stores, context)
    if first is None or second is None:
        raise BadArgumentError("Name both goods: for example milk and eggs.")
    if first.only == second.only:
        raise BadArgumentError(f"Both are {first.label}; name two different goods.")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    statement = build_both(windows, context.scope, first.only, second.only)
    found = context.mirror.query(statement.sql, statement.params).dicts()
    row = found[0] if found else dict.fromkeys((*_COUNTS, "both_net"))
    on_any_visit = build_both_of_customers(windows, context.scope, first.only, second.only)
    ever = int(context.mirror.query(on_any_visit.sql, on_any_visit.params).rows[0][0] or 0)
    statements = [statement]
    groups: list[Group] = []
    if arguments.by:
        statements.append(build_both(windows, context.scope, first.only, second.only, arguments.by))
        groups = by_group(asked, context.mirror.query(statements[1].sql, statements[1].params).dicts(), arguments.by)
    baskets, one, two, both, people = (int(row[name] or 0) for name in _COUNTS)
    if not one or not two:
        missing = second if one else first
        raise NoDataError(f"No transaction of {asked.stores.label} held {missing.label} {asked.when}.")
    lift = ratio(Decimal(both) * baskets, Decimal(one) * two)
    headline = (
        f"{counted(both, 'transaction')} held both {first.label} and {second.label} {asked.when},"
        f" {asked.stores.label}: {percent_said(both, baskets, 2)} of {baskets:,}."
    )
    apart = (
        f"{percent_said(both, one)} of the {one:,} with {first.label} held {second.label} too, and"
        f" {percent_said(both, two)} of the {two:,} with {second.label} held {first.label};"
        f" together {number_text(lift, 2)} times as often as chance."
    )
    said = [apart]
    if people >= FEWEST:
        said.append(f"They are of {people:,} known customers.")
    if both:
        said.append(f"Such a basket comes to {money_said(ratio(row['both_net'], both), asked.currency)} on average.")
    # Nobody may be told apart by taking those of one basket from those of any visit.
    told_ever = ever >= FEWEST and (people < FEWEST or ever == people or ever - people >= FEWEST)
    if told_ever:
        said.append(
            f"{counted(ever, 'known customer')} bought both in that time, in one basket or on different visits."
        )
    names = {"goods": arguments.product.strip(), "with": arguments.with_product.strip()}
    figures = [
        figure(asked, "transactions", str(both), "count", names),
        figure(asked, "transactions_share", percent_text(both, baskets, 2), "%", names),
        figure(asked, "confidence", percent_text(both, one), "%", names),
        figure(asked, "lift", number_text(lift, 2), "ratio", names),
    ]
    if people >= FEWEST:
        figures.append(figure(asked, "customers", str(people), "count", names))
    if told_ever:
        figures.append(figure(asked, "customers_on_any_visit", str(ever), "count", names))
    if both:
        average = money_text(ratio(row["both_net"], both), asked.exponent)
        figures.append(figure(asked, "average_transaction_value", average, asked.currency, names))
    if arguments.by:
        said.append(told(groups, arguments.by))
        figures += [
            figure(
                asked,
                "transactions_share",
                percent_text(one.both, one.baskets, 2),
                "%",
                {**names, arguments.by: one.name},
            )
            for one in groups
        ]
    rows = [
        ("All transactions", baskets, "100.0"),
        (f"With {first.label}", one, percent_text(one, baskets)),
        (f"With {second.label}", two, percent_text(two, baskets)),
        ("With both", both, percent_text(both, baskets, 2)),
    ]
    columns = (TableColumn("Transactions", "text"), TableColumn("Number", "count"), TableColumn("Share", "%"))
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *said]),
        figures=tuple(figures),
        table=group_table(groups, arguments.by) if arguments.by else Table(columns, rows),
        caveats=(
            "A transaction holds both in one basket; who bought them on two visits is among the customers only.",
            *caveats(asked, (), days),
        ),
        follow_ups=(f"What is bought together with “{arguments.product.strip()}”?",),
        provenance=stands_on(asked, ("transactions",), [*statements, on_any_visit, covered]),
    )
