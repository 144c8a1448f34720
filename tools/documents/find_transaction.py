"""One receipt, looked up by its number or by what is remembered of it, with its lines, discounts and payments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import Field

from connectors.currency import minor_exponent
from tools.amounts import money_said, money_text
from tools.colleagues import NAMES_WITHHELD, may_name
from tools.context import ToolContext
from tools.directory import Store
from tools.documents.tender_mix import STORES_HELP, tender_label
from tools.errors import BadArgumentError, NoDataError
from tools.frame import frame
from tools.identity import same_variants
from tools.metrics.receipts_query import Clues, build_matches, build_receipt_details, build_receipt_lines
from tools.metrics.windows import Statement, Window
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet, resolve_stores, stores_again
from tools.wording import counted, listed, moment

MOST_LISTED = 10
LEAST_ENDING = 3
_AROUND_MINUTES = 10
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm|a\.m\.|p\.m\.)?")
_KINDS = {"sale": "Sale", "return": "Return", "exchange": "Exchange"}


class FindTransactionArguments(Arguments):
    """Arguments of ``find_transaction``."""

    text: str | None = Field(
        default=None, max_length=80, description="The receipt or order number, or how it ends (at least 3 characters)."
    )
    period: str | None = Field(
        default=None, max_length=120, description="The day or period, in the asker's own words. Needed with a time."
    )
    time: str | None = Field(
        default=None, max_length=20, description="About when, by the store's clock: “14:35”, “2:35 pm”, “2 pm”."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    register_id: str | None = Field(default=None, max_length=80, description="The register's id.")
    amount: str | None = Field(default=None, max_length=20, description="What it came to, such as “23.45”.")
    product: str | None = Field(default=None, max_length=200, description="A product that was on it.")


@dataclass(frozen=True, slots=True)
class _Search:
    """Where and by what to look."""

    stores: StoreSet
    windows: Sequence[Window]
    clues: Clues
    said: str


@tool()
def find_transaction(arguments: FindTransactionArguments, context: ToolContext) -> ToolResult:
    """Look up one receipt: its lines, discounts, tax, payments, register and employee.

    Use it for “look up receipt 12345”, “what did the customer buy in transaction X”, “find the sale of $23.45 at Harbor
    Point yesterday around 2 pm”. Give the number, or what is known: amount, time with the day, register, product. If
    several fit, up to ten are listed, and the person must choose one by its number.
    """
    asked = _search(arguments, context)
    matches, statement = _matches(asked, context)
    if not matches:
        raise NoDataError(f"No receipt {asked.said} is in the data of {asked.stores.label}.")
    if len(matches) > 1:
        return _several(asked, matches, statement, context)
    return _one(asked.stores, matches[0], statement, context)


def _search(arguments: FindTransactionArguments, context: ToolContext) -> _Search:
    ident = re.sub(r"^(?:#|no\.? ?|number )+", "", (arguments.text or "").strip(), flags=re.IGNORECASE)
    if not any((ident, arguments.amount, arguments.time, arguments.product, arguments.register_id)):
        raise BadArgumentError(
            "Say which receipt: its number, or its amount, a product on it, its register, or its time and day."
        )
    if arguments.time and not arguments.period:
        raise BadArgumentError("“time” needs the day as well: give “period”, such as “yesterday”.")
    if arguments.period:
        asked = frame(arguments.period, arguments.stores, context)
        stores, windows, when = asked.stores, asked.windows(), f" {asked.when}"
    else:
        stores, when = resolve_stores(arguments.stores, context), ""
        windows = [_whole_time(stores, context)]
    variants: tuple[str, ...] = ()
    said = [f"numbered “{ident}”"] if ident else []
    if arguments.product:
        product = resolve_product(arguments.product, context, stores)
        variants = same_variants(product.variant_id, stores, context)
        said.append(f"with {product.name}")
    if arguments.amount:
        said.append(f"of {arguments.amount}")
    if arguments.register_id:
        said.append(f"at register {arguments.register_id}")
    if arguments.time:
        said.append(f"around {arguments.time}")
    amounts = _amounts(arguments.amount, stores) if arguments.amount else ()
    minutes = _minutes(arguments.time) if arguments.time else None
    clues = Clues(ident, amounts, arguments.register_id or "", minutes, variants)
    return _Search(stores, windows, clues, " ".join(said) + when)


def _whole_time(stores: StoreSet, context: ToolContext) -> Window:
    first = min((store.first_on for store in stores.stores if store.first_on), default=date(1970, 1, 1))
    return Window(stores.ids, first, max(store.today(context.clock.now()) for store in stores.stores))


def _amounts(said: str, stores: StoreSet) -> tuple[int, ...]:
    """The amount in the minor units of every currency of the stores."""
    try:
        value = abs(Decimal(re.sub(r"[^\d.\-]", "", said.replace(",", "."))))
    except InvalidOperation as error:
        raise BadArgumentError(f"“amount” is no amount of money: “{said[:20]}”. Give it like “23.45”.") from error
    exponents = {store.exponent for store in stores.stores}
    return tuple(sorted({int(value.scaleb(exponent)) for exponent in exponents}))


def _minutes(said: str) -> tuple[int, int]:
    """From and to, in minutes of the day: a time to the minute is taken ten minutes either way, an hour as a whole."""
    found = _CLOCK.fullmatch(said.strip().lower())
    hour = int(found["hour"]) if found else 99
    if found and found["half"]:
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    minute = int(found["minute"] or 0) if found else 0
    if hour > 23 or minute > 59:
        raise BadArgumentError(f"“time” is no time of day: “{said[:20]}”. Give it like “14:35” or “2:35 pm”.")
    if found and found["minute"] is None:
        return hour * 60, hour * 60 + 59
    return hour * 60 + minute - _AROUND_MINUTES, hour * 60 + minute + _AROUND_MINUTES


def _matches(asked: _Search, context: ToolContext) -> tuple[Sequence[Mapping[str, Any]], Statement]:
    """Documents that fit: a whole number goes before the ending of one."""
    rows: list[dict[str, Any]] = []
    ways = [False, True] if len(asked.clues.ident) >= LEAST_ENDING else [False]
    for ending in ways:
        statement = build_matches(asked.clues, asked.windows, context.scope, limit=MOST_LISTED, ending=ending)
        rows = context.mirror.query(statement.sql, statement.params).dicts()
        if rows or not asked.clues.ident:
            break
    return rows, statement


def _several(
    asked: _Search, matches: Sequence[Mapping[str, Any]], statement: Statement, context: ToolContext
) -> ToolResult:
    found = int(matches[0]["found"])
    more = f"; the {len(matches)} newest are listed" if found > len(matches) else ""
    headline = f"{counted(found, 'receipt')} {asked.said} fit{more}. Which one do you mean? Give its number."
    named = (("Time", "text"), ("Store", "text"), ("Kind", "text"), ("Total", "text"), ("Register", "text"),
             ("Receipt", "text"))  # fmt: skip
    rows = [
        (
            moment(row["closed_at"], _store(asked.stores, row).timezone),
            _store(asked.stores, row).name,
            _kind(row),
            money_said(_total(row), _store(asked.stores, row).currency),
            row["register_id"],
            row["sale_id"],
        )
        for row in matches
    ]
    return ToolResult(
        headline=headline,
        text=headline,
        table=Table(tuple(TableColumn(*pair) for pair in named), rows),
        follow_ups=tuple(f"Look up receipt {row['sale_id']}" for row in matches[:3]),
        provenance=_provenance(asked.stores, asked.windows, [statement], context),
    )


def _one(stores: StoreSet, row: Mapping[str, Any], statement: Statement, context: ToolContext) -> ToolResult:
    store = _store(stores, row)
    window = Window((store.store_id,), row["business_on"], row["business_on"])
    lines = build_receipt_lines(row["sale_id"], window, context.scope)
    details = build_receipt_details(row["sale_id"], window, context.scope, names=may_name(context.scope))
    bought = context.mirror.query(lines.sql, lines.params).dicts()
    hanging: dict[str, list[tuple[str, int | None]]] = {}
    for what, label, amount in context.mirror.query(details.sql, details.params).rows:
        hanging.setdefault(what, []).append((label, amount))
    headline = (
        f"Receipt {row['sale_id']}: {_kind(row).lower()} at {store.name}, {moment(row['closed_at'], store.timezone)}, "
        f"{counted(len(bought), 'line')}, total {money_said(_total(row), store.currency)}."
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(row, store, hanging)]),
        figures=tuple(_figures(row, store, window, bought, hanging)),
        table=lines_table(bought, store) if bought else None,
        caveats=_remarks(row, context, bought),
        follow_ups=(f"Refunds and voids last 14 days{stores_again(stores, context)}",),
        provenance=_provenance(stores, [window], [statement, lines, details], context),
    )


def _store(stores: StoreSet, row: Mapping[str, Any]) -> Store:
    return next(store for store in stores.stores if store.store_id == row["store_id"])


def _kind(row: Mapping[str, Any]) -> str:
    kind = _KINDS.get(row["kind"], "Sale")
    return f"Voided {kind.lower()}" if row["voided"] else f"Test {kind.lower()}" if row["is_test"] else kind


def _total(row: Mapping[str, Any]) -> int | None:
    total: int | None = row["net_minor"] if row["total_minor"] is None else row["total_minor"]
    return total


def _sentences(
    row: Mapping[str, Any], store: Store, hanging: Mapping[str, Sequence[tuple[str, int | None]]]
) -> list[str]:
    said = []
    if discounts := hanging.get("discount"):
        named = [f"{label} {money_said(amount, store.currency)}" for label, amount in discounts]
        said.append(f"Discounts: {listed(named)}.")
    if row["tax_minor"]:
        said.append(f"Tax: {money_said(row['tax_minor'], store.currency)}.")
    if row["tip_minor"]:
        said.append(f"Tip: {money_said(row['tip_minor'], store.currency)}.")
    if tenders := hanging.get("tender"):
        named = [f"{tender_label(label).lower()} {money_said(amount, store.currency)}" for label, amount in tenders]
        said.append(f"Paid by {listed(named)}.")
    if row["register_id"]:
        said.append(f"Register {row['register_id']}.")
    if who := hanging.get("employee"):
        said.append(f"Rung up by {who[0][0]}.")
    if row["original_sale_id"]:
        said.append(f"It belongs to receipt {row['original_sale_id']}.")
    if refunds := hanging.get("refund"):
        said.append(f"Goods of it came back on {listed([f'receipt {label}' for label, _ in refunds])}.")
    elif _kind(row) == _KINDS["sale"]:
        said.append("No return of it is recorded.")
    if reasons := hanging.get("void"):
        said.append(f"Reason given: {listed(list(dict.fromkeys(label for label, _ in reasons)))}.")
    return said


def _figures(
    row: Mapping[str, Any],
    store: Store,
    window: Window,
    bought: Sequence[Mapping[str, Any]],
    hanging: Mapping[str, Sequence[tuple[str, int | None]]],
) -> list[Figure]:
    group = {"receipt": row["sale_id"]}
    goods = [line for line in bought if not line["gift_card"]]
    amounts: list[tuple[str, int | None, dict[str, str]]] = [
        ("receipt_total", _total(row), group),
        ("gross_amount", sum(line["gross"] for line in goods), group),
        ("discounts", sum(line["discount"] for line in goods), group),
        ("net_amount", sum(line["net"] for line in goods), group),
        ("sales_tax", row["tax_minor"], group),
    ]
    amounts += [("payments", amount, {**group, "tender": label}) for label, amount in hanging.get("tender", ())]
    return [
        Figure(
            name, money_text(amount, store.exponent), store.currency, (store.store_id,), window.start_on,
            window.end_on, where,
        )
        for name, amount, where in amounts
        if amount is not None
    ]  # fmt: skip


def lines_table(bought: Sequence[Mapping[str, Any]], store: Store) -> Table:
    """The lines of one document as a table; money in units of the store's currency."""
    unit, digits = store.currency, minor_exponent(store.currency)
    named = (
        ("Line", "count"), ("Product", "text"), ("Quantity", "units"), ("Unit", "text"), ("Gross", unit),
        ("Discount", unit), ("Net", unit), ("Remark", "text"),
    )  # fmt: skip
    rows = [
        (
            line["line_no"],
            line["product"] or line["variant_id"] or "amount without a product",
            f"{line['quantity'].normalize():f}",
            line["unit"],
            money_text(line["gross"], digits),
            money_text(line["discount"], digits),
            money_text(line["net"], digits),
            "came back" if line["back"] else "gift card" if line["gift_card"] else None,
        )
        for line in bought
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _remarks(row: Mapping[str, Any], context: ToolContext, bought: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    said = []
    if row["voided"] or row["is_test"]:
        said.append(f"It is a {_kind(row).lower()} and counts in no sales figure.")
    if not may_name(context.scope):
        said.append(NAMES_WITHHELD)
    if not bought:
        said.append("No lines of it are in the data.")
    return tuple(said)


def _provenance(
    stores: StoreSet, windows: Sequence[Window], statements: Sequence[Statement], context: ToolContext
) -> Provenance:
    snapshot = context.mirror.snapshot()
    state = snapshot.sources.get("sales")
    return Provenance(
        metrics=("receipt",),
        sql=tuple(statement.sql for statement in statements),
        params=tuple(statement.params for statement in statements),
        stores=stores.ids,
        start_on=min(window.start_on for window in windows),
        end_on=max(window.end_on for window in windows),
        snapshot=snapshot.version,
        as_of=state.as_of_at if state else None,
        sources={"sales": state.as_of_at} if state else {},
    )
