"""How much of the sales has a known customer, such as a member who showed a card, and how they buy beside the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, ratio, stands_on
from tools.analysis.few import FEWEST, is_few, tellable
from tools.context import ToolContext
from tools.documents.tender_mix import CHART_POINTS, PERIOD_HELP, STORES_HELP
from tools.each_currency import each_currency
from tools.errors import NoDataError
from tools.frame import Frame, caveats, frame, one_currency
from tools.metrics import METRICS
from tools.metrics.identified_query import Split, build_identified
from tools.metrics.windows import Statement
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import title
from tools.with_sales import with_sales
from tools.wording import counted

_MOST_SAID = 14
"""So many parts of a split are read out; more are in the table only."""


class IdentifiedSalesArguments(Arguments):
    """Arguments of ``identified_sales``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Split | None = Field(default=None, description="Split the answer by this.")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of the split sold, to known customers and in all; amounts in minor units, unrounded."""

    key: str
    customers: int
    transactions: int
    net: Decimal
    sale_net: Decimal
    all_transactions: int
    all_net: Decimal
    all_sale_net: Decimal

    @property
    def known_average(self) -> Decimal | None:
        return ratio(self.sale_net, self.transactions)

    @property
    def other_average(self) -> Decimal | None:
        return ratio(self.all_sale_net - self.sale_net, self.all_transactions - self.transactions)


@tool()
@each_currency
def identified_sales(arguments: IdentifiedSalesArguments, context: ToolContext) -> ToolResult:
    """The share of sales and transactions that has a known customer, and the average transaction with and without one.

    Use it for “what share of sales comes from loyalty members?”, “sales of known customers last month”, “do members
    spend more than non-members?”, “loyalty penetration by store”. A customer is known where the point of sale attached
    one to the sale, by a card or a profile; who belongs to which programme is not recorded.
    """
    asked, by = frame(arguments.period, arguments.stores, context).in_data(), arguments.by
    one_currency(asked, "")
    currency = asked.currency
    windows = asked.windows()
    statements = [build_identified(windows, None, context.scope)]
    days, covered, (whole, *_) = with_sales(asked, windows, partial(_read, context, statements[0]))
    if not whole.customers:
        raise NoDataError(
            f"No sale at {asked.stores.label} {asked.when} names a customer. Customers are known where the point of"
            " sale attaches them to sales, such as by a loyalty card."
        )
    if is_few(whole.customers):
        raise NoDataError(
            f"Fewer than {FEWEST} known customers bought at {asked.stores.label} {asked.when}; that is too few to show."
        )
    parts: list[_Part] = []
    if by:
        statements.append(build_identified(windows, by, context.scope))
        parts = _read(context, statements[-1])
    shown = [one for one, told in zip(parts, tellable([one.customers for one in parts]), strict=True) if told]
    headline = (
        f"Known customers made {percent_said(whole.net, whole.all_net)} of net sales {asked.when},"
        f" {asked.stores.label}: {money_said(whole.net, currency)} of {money_said(whole.all_net, currency)}."
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(whole, currency), *_by_part(asked, shown, by)]),
        figures=(
            *_figures(asked, whole, {}),
            *(one for part in shown for one in _figures(asked, part, {by: part.key})),
        ),
        table=_split_table(asked, parts, shown, by) if by else _table(asked, whole),
        chart=_chart(asked, shown, by),
        caveats=(
            (
                "A customer is known where the point of sale attached one to the sale; who belongs to which programme"
                " is not recorded."
            ),
            *_withheld(parts, shown),
            *caveats(asked, [METRICS[name] for name in ("net_sales", "transactions")], days),
        ),
        follow_ups=_follow_ups(asked, by),
        provenance=stands_on(asked, ("net_sales", "transactions", "average_transaction_value"), [*statements, covered]),
    )


def _read(context: ToolContext, statement: Statement) -> list[_Part]:
    """The rows of a statement of ``build_identified``; one part without anything where there is none."""
    found = [
        _Part(
            key, int(people), int(transactions), Decimal(net), Decimal(sale_net),
            int(all_transactions), Decimal(all_net), Decimal(all_sale_net),
        )
        for key, people, transactions, net, sale_net, all_transactions, all_net, all_sale_net in context.mirror.query(
            statement.sql, statement.params
        ).rows
    ]  # fmt: skip
    return found or [_Part("", 0, 0, Decimal(0), Decimal(0), 0, Decimal(0), Decimal(0))]


def _sentences(whole: _Part, currency: str) -> list[str]:
    said = [
        (
            f"They were {counted(whole.customers, 'customer')} in {counted(whole.transactions, 'transaction')},"
            f" {percent_said(whole.transactions, whole.all_transactions)} of all."
        )
    ]
    if whole.known_average is not None and whole.other_average is not None:
        said.append(
            f"A transaction of theirs came to {money_said(whole.known_average, currency)} on average, one without a"
            f" known customer to {money_said(whole.other_average, currency)}."
        )
    elif whole.known_average is not None:
        said.append(
            f"A transaction of theirs came to {money_said(whole.known_average, currency)} on average; every transaction"
            " has a known customer, so there is nothing to hold it against."
        )
    return said


def _by_part(asked: Frame, shown: Sequence[_Part], by: Split | None) -> list[str]:
    parts = [one for one in shown if one.all_net]
    if not by or not 2 <= len(parts) <= _MOST_SAID:
        return []
    shares = ", ".join(f"{title(by, one.key, asked.stores)} {percent_said(one.net, one.all_net)}" for one in parts)
    return [f"Share of net sales by {by}: {shares}."]


def _figures(asked: Frame, one: _Part, group: Mapping[Any, str]) -> list[Figure]:
    stores = (one.key,) if "store" in group else ()
    other_net = one.all_net - one.net
    values: tuple[tuple[str, str | int | None, str, str | None], ...] = (
        ("identified_share_of_net_sales", percent_text(one.net, one.all_net), "%", None),
        ("identified_share_of_transactions", percent_text(one.transactions, one.all_transactions), "%", None),
        ("identified_customers", one.customers, "count", None),
        ("net_sales", money_text(one.net, asked.exponent), asked.currency, "known"),
        ("net_sales", money_text(other_net, asked.exponent), asked.currency, "unknown"),
        ("transactions", one.transactions, "count", "known"),
        ("transactions", one.all_transactions - one.transactions, "count", "unknown"),
        ("average_transaction_value", money_text(one.known_average, asked.exponent), asked.currency, "known"),
        ("average_transaction_value", money_text(one.other_average, asked.exponent), asked.currency, "unknown"),
    )
    return [
        figure(asked, metric, value, unit, {**group, **({"customers": who} if who else {})}, stores=stores)
        for metric, value, unit, who in values
    ]


def _table(asked: Frame, whole: _Part) -> Table:
    unit = asked.currency
    columns = (
        TableColumn("Customers", "text"), TableColumn("People", "count"), TableColumn("Transactions", "count"),
        TableColumn("Share of transactions", "%"), TableColumn("Net sales", unit),
        TableColumn("Share of net sales", "%"), TableColumn("Average transaction", unit),
    )  # fmt: skip
    known = (whole.customers, whole.transactions, whole.net, whole.known_average)
    other = (None, whole.all_transactions - whole.transactions, whole.all_net - whole.net, whole.other_average)
    rows = [
        (
            who, people, transactions, percent_text(transactions, whole.all_transactions),
            money_text(net, asked.exponent), percent_text(net, whole.all_net), money_text(average, asked.exponent),
        )
        for who, (people, transactions, net, average) in (("known", known), ("not known", other))
    ]  # fmt: skip
    return Table(columns, rows)


def _split_table(asked: Frame, parts: Sequence[_Part], shown: Sequence[_Part], by: Split) -> Table:
    unit = asked.currency
    columns = (
        TableColumn(by.capitalize(), "text"), TableColumn("Known customers", "count"),
        TableColumn("Net sales, known", unit), TableColumn("Share of net sales", "%"),
        TableColumn("Share of transactions", "%"), TableColumn("Average transaction, known", unit),
        TableColumn("Average transaction, not known", unit),
    )  # fmt: skip
    rows: list[tuple[str | int | None, ...]] = []
    for one in parts:
        label = title(by, one.key, asked.stores)
        if one not in shown:
            rows.append((label, *(None,) * (len(columns) - 1)))
            continue
        rows.append(
            (
                label, one.customers, money_text(one.net, asked.exponent), percent_text(one.net, one.all_net),
                percent_text(one.transactions, one.all_transactions),
                money_text(one.known_average, asked.exponent), money_text(one.other_average, asked.exponent),
            )
        )  # fmt: skip
    return Table(columns, rows)


def _withheld(parts: Sequence[_Part], shown: Sequence[_Part]) -> list[str]:
    hidden = len(parts) - len(shown)
    return [f"Groups of fewer than {FEWEST} people are not shown: {hidden} of {len(parts)} rows."] if hidden else []


def _chart(asked: Frame, shown: Sequence[_Part], by: Split | None) -> Chart | None:
    parts = [one for one in shown if one.all_net]
    if not by or not 2 <= len(parts) <= CHART_POINTS:
        return None
    shares = tuple(float(percent_text(one.net, one.all_net) or 0) for one in parts)
    labels = tuple(title(by, one.key, asked.stores) for one in parts)
    heading = f"Share of net sales with a known customer by {by}, {asked.stores.label}, {asked.when}"
    return Chart("bar" if by == "store" else "line", heading, labels, {"Share of net sales": shares}, "%")


def _follow_ups(asked: Frame, by: Split | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    by_store = [f"Share of sales of known customers {when} by store{same}"]
    asks = by_store if by != "store" and len(asked.stores.stores) > 1 else []
    return (*asks, f"New vs returning customers {when}{same}")
