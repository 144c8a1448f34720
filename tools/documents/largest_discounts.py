"""The largest single discounts of a period: on what, when, on which receipt and, for those who may know, by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, stands_on
from tools.colleagues import NAMES_WITHHELD, may_name
from tools.context import ToolContext
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.discounts_query import build_discounted_receipts, build_single_discounts
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, moment

_THEN = 3


class LargestDiscountsArguments(Arguments):
    """Arguments of ``largest_discounts``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    of: Literal["discount", "receipt"] = Field(
        default="discount", description="Single discounts, or receipts by all their discounts together."
    )
    name: str | None = Field(
        default=None, max_length=80, description="Only discounts with these words in their name, code or promotion."
    )
    smallest: bool = Field(default=False, description="True if the smallest are asked for.")
    limit: int = Field(default=10, ge=1, le=50, description="How many rows.")


@tool()
def largest_discounts(arguments: LargestDiscountsArguments, context: ToolContext) -> ToolResult:
    """The largest (or smallest) single discounts given in a period: amount, goods, time, receipt, who rang it up.

    Use it for “largest discount given yesterday and by whom”, “biggest single discount last month”, “receipt with the
    most discount last week” (of receipt). What discounts of a name came to together is ``discounts_used``; single
    refunds and voids are ``refunds_and_voids`` with order top.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    names = may_name(context.scope)
    words = (arguments.name or "").lower().split()
    build = build_single_discounts if arguments.of == "discount" else build_discounted_receipts
    statement = build(
        windows, context.scope, names=names, named=words, smallest=arguments.smallest, limit=arguments.limit
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        of = f" with “{arguments.name}”" if arguments.name else ""
        raise NoDataError(
            f"No single discount{of} is recorded for {asked.stores.label} {asked.when}. That need not mean that none"
            " was given: some sources only tell what lines were reduced by (“discount rate last month”)."
        )
    headline = _headline(asked, rows, arguments)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, rows)]),
        figures=tuple(_figures(asked, rows)),
        table=_table(asked, rows, arguments.of),
        caveats=(*_remarks(rows, arguments.of, names=names), *caveats(asked, (), days)),
        follow_ups=(
            f"Look up receipt {rows[0]['sale_id']}",
            f"Which discounts did we give {asked.when_again}{asked.same_part_and_stores}?",
        ),
        provenance=stands_on(asked, ("discounts",), [statement, covered]),
    )


def _headline(asked: Frame, rows: Sequence[Mapping[str, Any]], arguments: LargestDiscountsArguments) -> str:
    first, word = rows[0], "Smallest" if arguments.smallest else "Largest"
    what = "single discount" if arguments.of == "discount" else "discount on one receipt"
    named = f" with “{arguments.name}”" if arguments.name else ""
    return (
        f"{word} {what}{named} {asked.when}, {asked.stores.label}: {money_said(first['amount'], asked.currency)}"
        f"{_of_what(first)} at {_where(asked, first)}; of {counted(int(first['found']), arguments.of)}"
        f" with {money_said(first['found_amount'], asked.currency)} in all."
    )


def _of_what(row: Mapping[str, Any]) -> str:
    if "uses" in row:
        return f" in {counted(int(row['uses']), 'discount')}"
    goods = f" on {row['product']}" if row["product"] else ""
    off = f" ({percent_said(row['amount'], row['gross_minor'])} of {{}})" if row["gross_minor"] else ""
    return f"{goods}{off.format('its price') if row['product'] else ''}"


def _where(asked: Frame, row: Mapping[str, Any]) -> str:
    store = asked.stores.by_id[row["store_id"]]
    beside = [
        f"“{row['label']}”" if row.get("label") else "",
        f"by {row['employee']}" if row["employee"] else "",
        f"receipt {row['sale_id']}",
    ]
    return f"{store.name}, {moment(row['closed_at'], store.timezone)} ({', '.join(part for part in beside if part)})"


def _sentences(asked: Frame, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    after = [
        f"{money_said(row['amount'], asked.currency)}{_of_what(row)} at {_where(asked, row)}"
        for row in rows[1 : _THEN + 1]
    ]
    return [f"Then {'; '.join(after)}."] if after else []


def _figures(asked: Frame, rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    return [
        figure(
            asked, "single_discount", money_text(row["amount"], asked.exponent), asked.currency,
            {"receipt": row["sale_id"], "place": str(place)}, stores=(row["store_id"],),
        )
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip


def _table(asked: Frame, rows: Sequence[Mapping[str, Any]], of: str) -> Table:
    own = (("Discount", "text"), ("Product", "text"), ("Off", "%")) if of == "discount" else (("Discounts", "count"),)
    named = (
        ("Rank", "count"), ("Time", "text"), ("Store", "text"), ("Amount", asked.currency), *own,
        ("Who", "text"), ("Register", "text"), ("Receipt", "text"),
    )  # fmt: skip
    body = []
    for place, row in enumerate(rows, 1):
        store = asked.stores.by_id[row["store_id"]]
        middle = (
            (row["label"] or None, row["product"], percent_text(row["amount"], row["gross_minor"]))
            if of == "discount"
            else (int(row["uses"]),)
        )
        head = (place, moment(row["closed_at"], store.timezone), store.name, money_text(row["amount"], asked.exponent))
        body.append((*head, *middle, row["employee"], row["register_id"], row["sale_id"]))
    return Table(tuple(TableColumn(*pair) for pair in named), body)


def _remarks(rows: Sequence[Mapping[str, Any]], of: str, *, names: bool) -> list[str]:
    said = []
    if of == "discount":
        said.append(
            "One discount is what the point of sale itemises as one; that of a whole order may be spread over lines."
        )
    if not names:
        said.append(NAMES_WITHHELD)
    elif not any(row["employee"] for row in rows):
        said.append("The point of sale does not say who rang these up.")
    said.append("Why a discount was given is only known by what it is called.")
    return said
