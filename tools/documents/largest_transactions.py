"""The largest single sales of a period, and how many came to more or less than an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, stands_on
from tools.context import ToolContext
from tools.documents.ends_by_store import ends_by_store
from tools.documents.find_transaction import lines_table
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.documents.within_by_store import within_by_store
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.largest_query import build_largest
from tools.metrics.query import Statement
from tools.metrics.receipts_query import build_receipt_lines
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, moment

USUAL, MOST = 10, 50
_LINES = 10


class LargestTransactionsArguments(Arguments):
    """Arguments of ``largest_transactions``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    over: str | None = Field(default=None, max_length=20, description="Only those of more than this amount: “200”.")
    at_least: str | None = Field(default=None, max_length=20, description="Only those of at least this amount.")
    under: str | None = Field(default=None, max_length=20, description="Only those of less than this amount.")
    at_most: str | None = Field(default=None, max_length=20, description="Only those of this amount or less.")
    by: Literal["store"] | None = Field(
        default=None,
        description="“store” for the largest and smallest of each store; with an amount, how many each had.",
    )
    smallest: bool = Field(default=False, description="True if the smallest are asked for.")
    lines: bool = Field(default=False, description="True to list what was bought in the first of them, line by line.")
    limit: int | None = Field(default=None, ge=1, le=MOST, description="How many to list, if the asker says so.")


@tool()
def largest_transactions(arguments: LargestTransactionsArguments, context: ToolContext) -> ToolResult:
    """The largest single transactions, and how many came to more (or less) than an amount, with their receipts.

    Use it for “single largest sale last month”, “biggest basket this week”, “transactions over $200 yesterday”, “how
    many sales under $5”, “orders between $50 and $100”, “which stores had no transaction over $500” (by store),
    “largest sale of each store” (by store), “what was in the largest basket” (lines). A transaction is a sale or an
    exchange; what it came to is its net sales: discounts taken off, without tax and tips.
    One receipt by its number is ``find_transaction``; the spread is ``basket_statistics``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    bounds = {
        name: None if said is None else _minor(name, said, asked)
        for name, said in (
            ("over", arguments.over),
            ("least", arguments.at_least),
            ("under", arguments.under),
            ("most", arguments.at_most),
        )
    }
    if arguments.by == "store" and not any(bounds.values()):
        return ends_by_store(asked, days, smallest=arguments.smallest)
    if arguments.by == "store":
        return within_by_store(asked, bounds, _bounds_said(bounds, asked), days)
    statement = build_largest(
        windows, context.scope, limit=arguments.limit or USUAL, smallest=arguments.smallest, **bounds
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    said = _bounds_said(bounds, asked)
    if not rows and said:
        return _none_found(asked, said, [statement, covered], days)
    if not rows:
        raise NoDataError(f"No transaction is recorded for {asked.stores.label} {asked.when}.")
    headline = _headline(asked, rows, said, smallest=arguments.smallest)
    bought, ran = _bought(asked, rows[0]) if arguments.lines else ([], [])
    store = next(one for one in asked.stores.stores if one.store_id == rows[0]["store_id"])
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, rows, said, smallest=arguments.smallest), *_lines(asked, bought)]),
        figures=tuple(_figures(asked, rows, bounded=bool(said))),
        table=lines_table(bought, store) if bought else _table(asked, rows),
        caveats=(
            "What a transaction came to is its net sales: discounts taken off, without tax and tips.",
            *caveats(asked, (), days),
        ),
        follow_ups=(
            f"Look up receipt {rows[0]['sale_id']}",
            f"Basket statistics {asked.when_again}{asked.same_part_and_stores}",
        ),
        provenance=stands_on(asked, ("transaction_value", "transactions"), [statement, covered, *ran]),
    )


def _bought(asked: Frame, row: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[Statement]]:
    """The lines of one transaction, the dearest first."""
    window = next(one for one in asked.windows() if row["store_id"] in one.store_ids)
    statement = build_receipt_lines(row["sale_id"], replace(window, store_ids=(row["store_id"],)), asked.context.scope)
    found = asked.context.mirror.query(statement.sql, statement.params).dicts()
    return sorted(found, key=lambda line: (-line["net"], line["line_no"])), [statement]


def _lines(asked: Frame, bought: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was in it, in words: the dearest lines."""
    if not bought:
        return []
    named = [
        f"{line['product'] or line['variant_id'] or 'an amount without a product'}"
        f" {money_said(line['net'], asked.currency)} ({line['quantity'].normalize():f})"
        for line in bought[:_LINES]
    ]
    more = f"; and {len(bought) - _LINES} more lines" if len(bought) > _LINES else ""
    return [f"In the first, by what each line came to (quantity): {'; '.join(named)}{more}."]


def _none_found(asked: Frame, said: str, ran: Sequence[Statement], days: dict[str, int]) -> ToolResult:
    """None of the transactions within the bounds: an answer like any other number."""
    all_of_them = build_largest(asked.windows(), asked.context.scope, limit=1)
    rows = asked.context.mirror.query(all_of_them.sql, all_of_them.params).dicts()
    if not rows:
        raise NoDataError(f"No transaction is recorded for {asked.stores.label} {asked.when}.")
    row, everything = rows[0], int(rows[0]["everything"])
    headline = f"Transactions{said} {asked.when}, {asked.stores.label}: 0 of {everything:,}."
    largest = f"The largest is {money_said(row['net'], asked.currency)} at {_where(asked, row)}."
    return ToolResult(
        headline=headline,
        text=f"{headline} {largest}",
        figures=(
            figure(asked, "transactions", 0, "count"),
            figure(asked, "transaction_share", percent_text(0, everything), "%"),
        ),
        caveats=(
            "What a transaction came to is its net sales: discounts taken off, without tax and tips.",
            *caveats(asked, (), days),
        ),
        follow_ups=(f"Basket statistics {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, ("transaction_value", "transactions"), [*ran, all_of_them]),
    )


def _minor(name: str, said: str, asked: Frame) -> int:
    try:
        value = Decimal(re.sub(r"[\s$€£,]", "", said))
    except InvalidOperation as error:
        raise BadArgumentError(f"“{name}” is no amount of money: “{said}”. Give it like “200” or “19.99”.") from error
    if not value.is_finite() or value < 0:
        raise BadArgumentError(f"“{name}” must be an amount of nought or more, such as “200”.")
    return int(value.scaleb(asked.exponent))


def _bounds_said(bounds: Mapping[str, int | None], asked: Frame) -> str:
    words = {"over": "over", "least": "of at least", "under": "under", "most": "of at most"}
    said = [
        f"{words[name]} {money_said(amount, asked.currency)}" for name, amount in bounds.items() if amount is not None
    ]
    return f" {' and '.join(said)}" if said else ""


def _where(asked: Frame, row: Mapping[str, Any]) -> str:
    store = next(store for store in asked.stores.stores if store.store_id == row["store_id"])
    return f"{store.name}, {moment(row['closed_at'], store.timezone)}"


def _headline(asked: Frame, rows: Sequence[Mapping[str, Any]], said: str, *, smallest: bool) -> str:
    first = rows[0]
    amount, word = money_said(first["net"], asked.currency), "smallest" if smallest else "largest"
    if not said:
        return (
            f"{word.capitalize()} transaction {asked.when}, {asked.stores.label}: {amount} at {_where(asked, first)}"
            f" ({counted(int(first['lines']), 'line')}, receipt {first['sale_id']})."
        )
    found, everything = int(first["found"]), int(first["everything"])
    return (
        f"Transactions{said} {asked.when}, {asked.stores.label}: {found:,} of {everything:,}"
        f" ({percent_said(found, everything)}), {money_said(first['found_net'], asked.currency)} together."
    )


def _sentences(asked: Frame, rows: Sequence[Mapping[str, Any]], said: str, *, smallest: bool) -> list[str]:
    first, word = rows[0], "smallest" if smallest else "largest"
    told = []
    if said:
        told.append(
            f"The {word} is {money_said(first['net'], asked.currency)} at {_where(asked, first)}"
            f" (receipt {first['sale_id']})."
        )
    rest = rows[1:4]
    if rest:
        listed = "; ".join(f"{money_said(row['net'], asked.currency)} at {_where(asked, row)}" for row in rest)
        told.append(f"Then {listed}.")
    if said and len(rows) < int(first["found"]):
        told.append(f"The table lists the {len(rows)} {word}.")
    return told


def _figures(asked: Frame, rows: Sequence[Mapping[str, Any]], *, bounded: bool) -> list[Figure]:
    first, made = rows[0], []
    if bounded:
        found, everything = int(first["found"]), int(first["everything"])
        made = [
            figure(asked, "transactions", found, "count"),
            figure(asked, "transaction_share", percent_text(found, everything), "%"),
            figure(asked, "net_sales", money_text(first["found_net"], asked.exponent), asked.currency),
        ]
    for row in rows:
        amount, group = money_text(row["net"], asked.exponent), {"receipt": row["sale_id"]}
        made.append(figure(asked, "transaction_value", amount, asked.currency, group, stores=(row["store_id"],)))
    return made


def _table(asked: Frame, rows: Sequence[Mapping[str, Any]]) -> Table:
    named = (
        ("Rank", "count"), ("Time", "text"), ("Store", "text"), ("Net sales", asked.currency), ("Lines", "count"),
        ("Register", "text"), ("Receipt", "text"),
    )  # fmt: skip
    by_id = {store.store_id: store for store in asked.stores.stores}
    cells = [
        (
            place,
            moment(row["closed_at"], by_id[row["store_id"]].timezone),
            by_id[row["store_id"]].name,
            money_text(row["net"], asked.exponent),
            int(row["lines"]),
            row["register_id"],
            row["sale_id"],
        )
        for place, row in enumerate(rows, 1)
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), cells)
