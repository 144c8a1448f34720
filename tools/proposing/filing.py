"""What all proposals have in common: who may ask, for which store, and how the filed one is spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tools.context import ProposalPort, Role, ToolContext
from tools.directory import Store
from tools.drafts import Draft, ProposalReceipt
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.result import Provenance, ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet, resolve_stores
from tools.wording import listed, moment, money

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,5})?")
_MAY_PROPOSE = (Role.OWNER, Role.DISTRICT_MANAGER, Role.STORE_MANAGER)

STORE_HELP = "One store in the asker's own words. Leave out to mean the channel's store."
REASON_HELP = "Why, if the asker said."


def proposals_of(context: ToolContext) -> ProposalPort:
    """Where to file, once it is clear that this person may.

    Raises:
        NotAllowedError: the role does not propose.
        NoDataError: nothing is connected that could be changed.
    """
    if context.scope.role not in _MAY_PROPOSE:
        raise NotAllowedError("Proposing a change is for owners, district managers and store managers.")
    if context.proposals is None:
        raise NoDataError("Changes cannot be proposed here: no point of sale is connected.")
    return context.proposals


def one_store(
    phrase: str | None, context: ToolContext, what: str = "A change is made", products: Sequence[str] = ()
) -> Store:
    """The one store that is meant.

    Where it is unclear, so may be the ``products``: all is asked at once, since each question costs the person a turn.

    Raises:
        ClarifyError: several fit.
    """
    chosen = resolve_stores(phrase, context)
    if len(chosen.stores) > 1:
        names = [f"{store.name} ({store.store_id})" for store in chosen.stores]
        asked = [f"{what} in one store at a time. Which one: {listed(names, 'or')}?"]
        asked += [said for product in products if (said := _unclear(product, context, chosen))]
        raise ClarifyError(" ".join(asked), names[:5])
    return chosen.stores[0]


def _unclear(product: str, context: ToolContext, stores: StoreSet) -> str:
    """What has to be asked about a product in any case."""
    try:
        resolve_product(product, context, stores)
    except (ClarifyError, BadArgumentError) as error:
        return error.user_message
    return ""


def quantity_of(text: str, field: str, *, signed: bool = False) -> Decimal:
    """A number of pieces, or of a unit of measure. A comma before three digits parts thousands, any other is a point.

    Raises:
        BadArgumentError: it is no such number.
    """
    bare = _THOUSANDS.sub("", text.strip().replace("−", "-")).replace(",", ".")
    if not _NUMBER.fullmatch(bare) or (bare.startswith("-") and not signed):
        raise BadArgumentError(f"{field}: “{text[:30]}” is no number of pieces; write it like 12.")
    return Decimal(bare)


def file(draft: Draft, store: Store, context: ToolContext, *follow_ups: str) -> ToolResult:
    """File a draft and say what waits for approval."""
    receipt = proposals_of(context).propose(draft, context.scope, tool_call_id=context.tool_call_id)
    return filed(receipt, _headline(receipt, store), store, context, *follow_ups)


def filed(receipt: ProposalReceipt, headline: str, store: Store, context: ToolContext, *follow_ups: str) -> ToolResult:
    """The answer about a proposal that was filed."""
    snapshot = context.mirror.snapshot()
    return ToolResult(
        headline=headline,
        text=f"{headline} Nothing has changed at the till: it waits for approval until "
        f"{moment(receipt.expires_at, store.timezone)}.",
        follow_ups=follow_ups,
        proposals=(receipt.proposal_id,),
        provenance=Provenance(
            stores=(store.store_id,),
            snapshot=snapshot.version,
            as_of=snapshot.sources["sales"].as_of_at if "sales" in snapshot.sources else None,
        ),
    )


def _headline(receipt: ProposalReceipt, store: Store) -> str:
    opening = "Already waiting for approval" if receipt.already_existed else "Proposed"
    place = "" if store.name in receipt.subject else f" at {store.name}"
    change = _change(receipt)
    said = f"{opening}: {receipt.title.lower()}, {receipt.subject}{place}{f', {change}' if change else ''}"
    notes = "; ".join(receipt.notes)
    return f"{said} ({notes})." if notes else f"{said}."


def _change(receipt: ProposalReceipt) -> str:
    if not receipt.after:
        return ""
    after = _shown(receipt.after, receipt.unit)
    return f"from {_shown(receipt.before, receipt.unit)} to {after}" if receipt.before else after


def _shown(value: str, unit: str) -> str:
    return money(Decimal(value), unit) if len(unit) == 3 and unit.isupper() else value
