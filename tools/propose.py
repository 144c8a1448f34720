"""Proposals: a tool may file one, and nothing here can decide or execute it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import Field

from tools.analysis.business_day import day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.until import resolve_until
from tools.context import PriceChangeDraft, ProposalReceipt, Role, ToolContext
from tools.directory import Store
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.registry import Arguments, tool
from tools.result import Provenance, ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet, resolve_stores
from tools.wording import listed, moment, money


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
        description="One store in the asker's own words. Leave out to mean the channel's store.",
    )
    until: str | None = Field(
        default=None,
        max_length=120,
        description="Last day of a temporary price, in the asker's own words: “Sunday”, “30 November”.",
    )
    reason: str | None = Field(default=None, max_length=300, description="Why, if the asker said.")


@tool(proposes=True)
def propose_price_change(arguments: ProposePriceChangeArguments, context: ToolContext) -> ToolResult:
    """File a proposal to change one product's price in one store. Nothing changes until a person approves the card.

    Use it for “mark down X by 15 % until Sunday”, “set the price of X to 2.99”. Give percent or price, not both.
    Never say that the price has changed: say that it waits for approval.
    """
    if context.scope.role not in _MAY_PROPOSE:
        raise NotAllowedError("Proposing a price change is for owners, district managers and store managers.")
    if context.proposals is None:
        raise NoDataError("Price changes cannot be proposed here: no point of sale is connected.")
    store = _one_store(arguments.store, context)
    percent, price = _change(arguments, store)
    until = _until(arguments.until, store, context)
    product = resolve_product(arguments.product, context, StoreSet((store,), store.name))
    receipt = context.proposals.propose_price_change(
        PriceChangeDraft(product.variant_id, store.store_id, percent, price, until, arguments.reason or ""),
        context.scope,
        tool_call_id=context.tool_call_id,
    )
    headline = _headline(receipt, store, until)
    snapshot = context.mirror.snapshot()
    return ToolResult(
        headline=headline,
        text=f"{headline} Nothing has changed at the till: it waits for approval until "
        f"{moment(receipt.expires_at, store.timezone)}.",
        follow_ups=(f"How did “{product.name}” sell last week at {store.name}?",),
        proposals=(receipt.proposal_id,),
        provenance=Provenance(
            stores=(store.store_id,),
            snapshot=snapshot.version,
            as_of=snapshot.sources["sales"].as_of_at if "sales" in snapshot.sources else None,
        ),
    )


def _one_store(phrase: str | None, context: ToolContext) -> Store:
    chosen = resolve_stores(phrase, context)
    if len(chosen.stores) > 1:
        names = [f"{store.name} ({store.store_id})" for store in chosen.stores]
        raise ClarifyError(f"A price changes in one store at a time. Which one: {listed(names, 'or')}?", names[:5])
    return chosen.stores[0]


def _change(arguments: ProposePriceChangeArguments, store: Store) -> tuple[Decimal | None, Decimal | None]:
    """The change as per cent or as a price, checked."""
    if (arguments.percent is None) == (arguments.price is None):
        raise BadArgumentError(
            "Give either a change in per cent (such as -15) or a new price (such as 2.99), not both."
        )
    if arguments.percent is not None:
        exact = Decimal(str(arguments.percent))
        percent = Decimal(int(exact)) if exact == exact.to_integral_value() else exact
        if percent == 0 or not _LEAST_PERCENT <= percent <= _MOST_PERCENT:
            raise BadArgumentError(
                f"percent must lie between {_LEAST_PERCENT} and {_MOST_PERCENT} and not be 0; -15 marks down by 15 %."
            )
        return percent, None
    return None, _price(arguments.price or "", store)


def _price(text: str, store: Store) -> Decimal:
    bare = re.sub(rf"(?i)^(?:{store.currency}|[$€£])\s*|\s*(?:{store.currency}|[$€£])$", "", text.strip())
    bare = re.sub(r",(?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    decimals = rf"(?:\.\d{{1,{store.exponent}}})?" if store.exponent else ""
    if not re.fullmatch(rf"\d{{1,7}}{decimals}", bare):
        raise BadArgumentError(f"“{text}” is no price in {store.currency}; write it like 2.99.")
    price = Decimal(bare)
    if price <= 0:
        raise BadArgumentError("A price must be more than zero.")
    return price


def _until(phrase: str | None, store: Store, context: ToolContext) -> datetime | None:
    """The last second of the last business day meant, in UTC."""
    if not phrase:
        return None
    try:
        last = resolve_until(phrase, today=store.today(context.clock.now()))
    except PeriodError as error:
        raise BadArgumentError(str(error)) from error
    return day_ends(last, store.timezone, store.day_starts_at) - timedelta(seconds=1)


def _headline(receipt: ProposalReceipt, store: Store, until: datetime | None) -> str:
    before = money(Decimal(receipt.before), receipt.currency)
    after = money(Decimal(receipt.after), receipt.currency)
    lasting = f" until {moment(until, store.timezone)}" if until else ""
    opening = "Already waiting for approval" if receipt.already_existed else "Proposed"
    return f"{opening}: {receipt.product} at {store.name} from {before} to {after}{lasting}."


_MAY_PROPOSE = (Role.OWNER, Role.DISTRICT_MANAGER, Role.STORE_MANAGER)
_LEAST_PERCENT = -90
_MOST_PERCENT = 200
