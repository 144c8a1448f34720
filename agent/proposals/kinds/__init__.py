"""Every kind of change that can be proposed: its payload, what it says on a card, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from agent.proposals.kinds.outbound import CustomerListExport, SignageUpdate, StoreNote
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotionCreate, PromotionEnd
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.shifts import ShiftDraft, ShiftPublish
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.task import CountTask, StoreTask
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.payload import Payload

KINDS: Mapping[str, type[Payload]] = MappingProxyType(
    {
        kind.model_fields["kind"].default: kind
        for kind in (
            PriceChange,
            StockAdjust,
            StockCount,
            Transfer,
            PurchaseOrderDraft,
            ShiftDraft,
            ShiftPublish,
            PromotionCreate,
            PromotionEnd,
            ProductFlags,
            PriceList,
            StoreTask,
            CountTask,
            CustomerListExport,
            StoreNote,
            SignageUpdate,
        )
    }
)
"""Payload classes by their ``kind``."""


def parse_payload(kind: str, document: Mapping[str, Any]) -> Payload:
    """Read a stored payload back."""
    return KINDS[kind].model_validate(dict(document))
