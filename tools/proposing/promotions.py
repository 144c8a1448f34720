"""Proposing a promotion, and the end of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import Field
from rapidfuzz import fuzz

from tools.analysis.business_day import day_begins, day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.until import resolve_until
from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import PromotionDraft, PromotionEndDraft
from tools.errors import BadArgumentError, ClarifyError, NoDataError
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet, resolve_stores
from tools.wording import listed

_CLOSE = 80
_RUNNING = """
SELECT promotion_id, COALESCE(name, promotion_id) FROM promotion
WHERE ends_at IS NULL OR ends_at > CAST($now AS TIMESTAMPTZ)
ORDER BY 2, 1
"""


class ProposePromotionArguments(Arguments):
    """Arguments of ``propose_promotion``."""

    percent: float | None = Field(
        default=None, gt=0, le=90, allow_inf_nan=False, description="Per cent off. Either this or amount."
    )
    amount: str | None = Field(default=None, max_length=20, description="Major units off each piece, such as “0.50”.")
    products: list[str] | None = Field(
        default=None, max_length=50, description="The products it is for; left out, everything the store sells."
    )
    name: str | None = Field(default=None, max_length=100, description="What it is called, if the asker said.")
    start: str | None = Field(default=None, max_length=120, description="First day: “Friday”; left out, now.")
    until: str | None = Field(default=None, max_length=120, description="Last day: “Sunday”, “30 November”.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    everywhere: bool = Field(default=False, description="True where the asker wants it in every store.")
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_promotion(arguments: ProposePromotionArguments, context: ToolContext) -> ToolResult:
    """File a proposal to create a promotion in one store. Nothing changes until a person approves the card.

    Use it for “run a promotion: 15 % off oat milk from Friday to Sunday”, “create a sale of 10 % off everything”. For
    a changed price of one product use propose_price_change.
    """
    proposals_of(context)
    if arguments.everywhere:
        store = resolve_stores("all stores", context).stores[0]
    else:
        store = one_store(arguments.store, context, "A promotion is", arguments.products or ())
    off, value = _discount(arguments)
    place = StoreSet((store,), store.name)
    found = [resolve_product(phrase, context, place) for phrase in arguments.products or ()]
    starts_at, ends_at = _span(arguments, store, context)
    name = arguments.name or _name(off, value, [product.name for product in found], store)
    draft = PromotionDraft(
        store.store_id,
        name,
        off,
        value,
        starts_at,
        ends_at,
        tuple(product.variant_id for product in found),
        arguments.reason or "",
        arguments.everywhere,
    )
    return file(draft, store, context)


class ProposePromotionEndArguments(Arguments):
    """Arguments of ``propose_promotion_end``."""

    promotion: str = Field(min_length=1, max_length=200, description="A running promotion, by name or id.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_promotion_end(arguments: ProposePromotionEndArguments, context: ToolContext) -> ToolResult:
    """File a proposal to end a running promotion before its time. Nothing changes until a person approves the card.

    Use it for “end the autumn promotion”, “stop the milk offer now”.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A promotion is ended")
    rows = context.mirror.query(_RUNNING, {"now": context.clock.now()}).rows
    if not rows:
        raise NoDataError("No running promotion is known.")
    said = arguments.promotion.lower()
    exact = [row for row in rows if said in (str(row[0]).lower(), str(row[1]).lower())]
    near = exact or [row for row in rows if said in str(row[1]).lower()]
    near = near or [row for row in rows if fuzz.token_set_ratio(said, str(row[1]).lower()) >= _CLOSE]
    if not near:
        names = listed([str(row[1]) for row in rows[:6]], "or")
        raise BadArgumentError(f"promotion: I know no running “{arguments.promotion[:60]}”. There is {names}.")
    if len(near) > 1:
        options = [str(row[1]) for row in near[:5]]
        raise ClarifyError(f"More than one running promotion fits: {listed(options, 'or')}. Which one?", options)
    return file(PromotionEndDraft(store.store_id, str(near[0][0]), arguments.reason or ""), store, context)


def _discount(arguments: ProposePromotionArguments) -> tuple[str, Decimal]:
    if (arguments.percent is None) == (arguments.amount is None):
        raise BadArgumentError("Give either percent or amount off, not both and not neither.")
    if arguments.percent is not None:
        return "percent", Decimal(str(arguments.percent))
    try:
        amount = Decimal((arguments.amount or "").strip(" $€£"))
    except ArithmeticError as error:
        raise BadArgumentError(f"amount: “{arguments.amount}” is no amount; write it like 0.50.") from error
    if not amount.is_finite() or amount <= 0:
        raise BadArgumentError("amount: it must be more than 0.")
    return "amount", amount


def _span(arguments: ProposePromotionArguments, store: Store, context: ToolContext) -> tuple[datetime, datetime | None]:
    now = context.clock.now()
    today = store.today(now)
    try:
        first = resolve_until(arguments.start, today=today) if arguments.start else today
        last = resolve_until(arguments.until, today=today) if arguments.until else None
    except PeriodError as error:
        raise BadArgumentError(str(error)) from error
    starts_at = now if first <= today else day_begins(first, store.timezone, store.day_starts_at)
    if last is None:
        return starts_at, None
    if last < first:
        raise BadArgumentError("until: the promotion would end before it begins.")
    return starts_at, day_ends(last, store.timezone, store.day_starts_at) - timedelta(seconds=1)


def _name(off: str, value: Decimal, products: list[str], store: Store) -> str:
    discount = f"{value.normalize():f} % off" if off == "percent" else f"{value:f} {store.currency} off"
    goods = products[0] if len(products) == 1 else f"{len(products)} products" if products else "everything"
    return f"{discount} {goods}"[:100]
