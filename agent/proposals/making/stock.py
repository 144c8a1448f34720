"""Stock adjustments and counts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from agent.proposals.catalogue import Item
from agent.proposals.ground import Ground
from agent.proposals.kinds.stock import StockAdjust, StockCount, StockReason
from connectors.base import STOCK_REASONS, Action, ActionKind
from tools.drafts import StockAdjustDraft, StockCountDraft
from tools.errors import BadArgumentError, ToolError

_MOST = Decimal(100_000)
_TAKES_AWAY = frozenset({"damage", "waste", "theft"})


def adjustment(draft: StockAdjustDraft, ground: Ground, now: datetime) -> StockAdjust:  # noqa: ARG001
    """The difference a draft means, beside what the POS holds now.

    Raises:
        BadArgumentError: the product, the difference or the reason cannot be used.
        ToolError: the POS did not answer, or keeps no stock of it.
    """
    item = ground.item(draft.store_id, draft.variant_id, ActionKind.STOCK_ADJUST)
    if draft.why not in STOCK_REASONS:
        raise BadArgumentError(f"reason must be one of {', '.join(STOCK_REASONS)}, not “{draft.why}”.")
    if draft.delta == 0 or abs(draft.delta) > _MOST:
        raise BadArgumentError(f"The difference must be between 1 and {_MOST:,} pieces, up or down.")
    if (draft.why in _TAKES_AWAY and draft.delta > 0) or (draft.why == "found" and draft.delta < 0):
        away = "takes stock away" if draft.delta > 0 else "adds stock"
        raise BadArgumentError(f"“{draft.why}” {away}; for a change by {draft.delta:+f} the reason is “correction”.")
    before = _on_hand(item, ActionKind.STOCK_ADJUST, {"delta": f"{draft.delta:f}", "reason": draft.why}, ground)
    return StockAdjust(
        **_named(item),
        before=_plain(before),
        delta=_plain(draft.delta),
        why=cast("StockReason", draft.why),
        reason=draft.reason.strip()[:500],
    )


def count(draft: StockCountDraft, ground: Ground, now: datetime) -> StockCount:  # noqa: ARG001
    """The count a draft means, against what the POS holds now.

    Raises:
        BadArgumentError: the product or the number cannot be used, or the POS holds that number already.
        ToolError: the POS did not answer, or keeps no stock of it.
    """
    item = ground.item(draft.store_id, draft.variant_id, ActionKind.STOCK_COUNT)
    if not 0 <= draft.quantity <= _MOST:
        raise BadArgumentError(f"A count must be between 0 and {_MOST:,}.")
    before = _on_hand(item, ActionKind.STOCK_COUNT, {"quantity": f"{draft.quantity:f}"}, ground)
    if before == draft.quantity:
        raise BadArgumentError(f"The POS has {before.normalize():f} {item.product} already, so nothing needs changing.")
    return StockCount(
        **_named(item), before=_plain(before), quantity=_plain(draft.quantity), reason=draft.reason.strip()[:500]
    )


def _plain(quantity: Decimal) -> str:
    """A number of pieces without zeros behind the point."""
    return f"{quantity.normalize():f}"


def _named(item: Item) -> dict[str, Any]:
    return {
        "connection": item.connection,
        "store_id": item.store_id,
        "store_name": item.store_name,
        "store_external_id": item.store_external_id,
        "variant_id": item.variant_id,
        "variant_external_id": item.variant_external_id,
        "product": item.product,
        "sku": item.sku,
        "currency": item.currency,
    }


def _on_hand(item: Item, kind: ActionKind, change: dict[str, str], ground: Ground) -> Decimal:
    target = {
        "variant_external_id": item.variant_external_id,
        "store_external_id": item.store_external_id,
        "sku": item.sku,
        "name": item.product,
    }
    about = f"the stock of {item.product} at {item.store_name}"
    seen = ground.look(Action("look", kind, target, change, {}), item.connection, about)
    try:
        return Decimal(str(seen.before["quantity"]))
    except (KeyError, InvalidOperation) as error:
        problem = seen.problem or "The POS keeps no stock of it there."
        raise ToolError(f"I cannot change {about}. {problem}") from error
