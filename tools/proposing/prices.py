"""Proposing price changes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import Field

from tools.analysis.business_day import day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.until import resolve_until
from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import ListedPrice, PriceChangeDraft, PriceListDraft, ProposalReceipt
from tools.errors import BadArgumentError
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, filed, one_store, proposals_of
from tools.proposing.pairs import two_products
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import Product, resolve_product
from tools.stores import StoreSet
from tools.wording import moment, money


class ProposePriceChangeArguments(Arguments):
    """Arguments of ``propose_price_change``."""

    product: str = Field(
        min_length=1, max_length=200, description="One product in the asker's own words, or its id, SKU or barcode."
    )
    percent: float | None = Field(
        default=None,
        allow_inf_nan=False,
        description="Signed change in per cent: -15 marks down by 15 %. Either this or price.",
    )
    price: str | None = Field(
        default=None, max_length=20, description="The new price in major units, such as “2.99”. Either this or percent."
    )
    store: str | None = Field(
        default=None,
        max_length=300,
        description=STORE_HELP,
    )
    until: str | None = Field(
        default=None,
        max_length=120,
        description="Last day of a temporary price, in the asker's own words: “Sunday”, “30 November”.",
    )
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_price_change(arguments: ProposePriceChangeArguments, context: ToolContext) -> ToolResult:
    """File a proposal to change one product's price in one store. Nothing changes until a person approves the card.

    Use it for “mark down X by 15 % until Sunday”, “set the price of X to 2.99”. Give percent or price, not both.
    Never say that the price has changed: say that it waits for approval.
    """
    proposals_of(context)
    store = one_store(
        arguments.store, context, "A price changes", [] if " and " in arguments.product else [arguments.product]
    )
    percent, price = _change(arguments, store)
    until = until_of(arguments.until, store, context)
    place = StoreSet((store,), store.name)
    try:
        product = resolve_product(arguments.product, context, place)
    except BadArgumentError:
        pair = two_products(arguments.product, context, place)
        if pair is None:
            raise
        return _of_both(pair, percent, price, until, arguments, store, context)
    draft = PriceChangeDraft(product.variant_id, store.store_id, percent, price, until, arguments.reason or "")
    receipt = proposals_of(context).propose(draft, context.scope, tool_call_id=context.tool_call_id)
    return filed(
        receipt,
        _headline(receipt, store, until),
        store,
        context,
        f"How did “{product.name}” sell last week at {store.name}?",
    )


def _of_both(
    pair: tuple[Product, Product],
    percent: Decimal | None,
    price: Decimal | None,
    until: datetime | None,
    arguments: ProposePriceChangeArguments,
    store: Store,
    context: ToolContext,
) -> ToolResult:
    """One card with both prices, where a single product of that name is not sold."""
    if pair[0].variant_id == pair[1].variant_id:
        raise BadArgumentError(f"“{arguments.product}” names {pair[0].name} twice; name each product once.")
    lines = tuple(ListedPrice(product.variant_id, percent, price) for product in pair)
    draft = PriceListDraft(store.store_id, lines, until, arguments.reason or "")
    return file(draft, store, context, f"How did “{pair[0].name}” sell last week at {store.name}?")


def _change(arguments: ProposePriceChangeArguments, store: Store) -> tuple[Decimal | None, Decimal | None]:
    """The change as per cent or as a price, checked."""
    if (arguments.percent is None) == (arguments.price is None):
        raise BadArgumentError(
            "Give either a change in per cent (such as -15) or a new price (such as 2.99), not both."
        )
    if arguments.percent is not None:
        return percent_of(arguments.percent), None
    return None, price_of(arguments.price or "", store)


def percent_of(number: float) -> Decimal:
    """A signed change in per cent, checked.

    Raises:
        BadArgumentError: it is nothing, or out of bounds.
    """
    exact = Decimal(str(number))
    percent = Decimal(int(exact)) if exact == exact.to_integral_value() else exact
    if percent == 0 or not _LEAST_PERCENT <= percent <= _MOST_PERCENT:
        raise BadArgumentError(
            f"percent must lie between {_LEAST_PERCENT} and {_MOST_PERCENT} and not be 0; -15 marks down by 15 %."
        )
    return percent


def price_of(text: str, store: Store) -> Decimal:
    """A price in major units of the store's currency.

    Raises:
        BadArgumentError: it is none.
    """
    bare = re.sub(rf"(?i)^(?:{store.currency}|[$€£])\s*|\s*(?:{store.currency}|[$€£])$", "", text.strip())
    bare = re.sub(r",(?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    decimals = rf"(?:\.\d{{1,{store.exponent}}})?" if store.exponent else ""
    if not re.fullmatch(rf"\d{{1,7}}{decimals}", bare):
        raise BadArgumentError(f"“{text}” is no price in {store.currency}; write it like 2.99.")
    price = Decimal(bare)
    if price <= 0:
        raise BadArgumentError("A price must be more than zero.")
    return price


def until_of(phrase: str | None, store: Store, context: ToolContext) -> datetime | None:
    """The last second of the last business day meant, in UTC."""
    if not phrase:
        return None
    try:
        last = resolve_until(phrase, today=store.today(context.clock.now()))
    except PeriodError as error:
        raise BadArgumentError(str(error)) from error
    return day_ends(last, store.timezone, store.day_starts_at) - timedelta(seconds=1)


def _headline(receipt: ProposalReceipt, store: Store, until: datetime | None) -> str:
    before = money(Decimal(receipt.before), receipt.unit)
    after = money(Decimal(receipt.after), receipt.unit)
    lasting = f" until {moment(until, store.timezone)}" if until else ""
    opening = "Already waiting for approval" if receipt.already_existed else "Proposed"
    return f"{opening}: {receipt.subject} at {store.name} from {before} to {after}{lasting}."


_LEAST_PERCENT = -90
_MOST_PERCENT = 200
