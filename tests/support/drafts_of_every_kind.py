"""A draft of every kind over the shelf catalogue, and what a ledger must hold for it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_world import TickingClock
from tools.drafts import (
    Draft,
    DraftLine,
    FlagsDraft,
    OrderDraft,
    PriceChangeDraft,
    PromotionDraft,
    PromotionEndDraft,
    ShiftDraft,
    ShiftPublishDraft,
    StockAdjustDraft,
    StockCountDraft,
    TransferDraft,
)

_NOW = TickingClock().now()
_LINES = (DraftLine("V1", Decimal(6)), DraftLine("V2", Decimal(2)))
_DAY = timedelta(days=1)

DRAFTS: dict[str, Draft] = {
    "price_change": PriceChangeDraft("V1", "S01", Decimal(-15), None, None, "slow"),
    "stock_adjust": StockAdjustDraft("V1", "S01", Decimal(-3), "damage", "dropped"),
    "stock_count": StockCountDraft("V1", "S01", Decimal(19), ""),
    "transfer": TransferDraft("S01", "S02", _LINES, "for Saturday"),
    "purchase_order_draft": OrderDraft("S01", "SUP1", _LINES, (_NOW + 7 * _DAY).date(), ""),
    "shift_draft": ShiftDraft("S01", "E1", _NOW + 3 * _DAY, _NOW + 3 * _DAY + timedelta(hours=8), "", ""),
    "shift_publish": ShiftPublishDraft("S01", "SHIFT1", ""),
    "promotion_create": PromotionDraft(
        "S01", "Autumn", "percent", Decimal(15), _NOW + _DAY, _NOW + 8 * _DAY, ("V1",), ""
    ),
    "promotion_end": PromotionEndDraft("S01", "PROMO1", ""),
    "product_flags": FlagsDraft("S01", "V1", False, None, ""),
}
KINDS = tuple(DRAFTS)


def stock_up(pos: LedgerShop) -> None:
    """What the drafts are about."""
    pos.set_price("V1", "S01", "3.99")
    pos.set_price("V2", "S01", "2.49")
    pos.hold("stock:V1:S01", quantity="24")
    pos.hold("flags:V1", active="true", track_stock="true")
    pos.hold("shift:SHIFT1", status="draft")
    pos.hold("promotion:PROMO1", active="true")
