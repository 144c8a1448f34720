"""From a draft to a payload, with the live value in it, and what a payload is worth in a week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from agent.proposals.catalogue import Catalogue, Place
from agent.proposals.ground import Ground, Live
from agent.proposals.impact import Impact, weekly_impact
from agent.proposals.making import goods, outbound, price_lists, prices, products, promotions, shifts, stock, tasks
from agent.proposals.payload import Payload
from agent.proposals.policy import ProposalSettings
from tools.drafts import (
    CustomerListDraft,
    Draft,
    FlagsDraft,
    OrderDraft,
    PriceChangeDraft,
    PriceListDraft,
    PromotionDraft,
    PromotionEndDraft,
    ShiftDraft,
    ShiftPublishDraft,
    SignageDraft,
    StockAdjustDraft,
    StockCountDraft,
    StoreNoteDraft,
    TaskDraft,
    TransferDraft,
)
from tools.errors import BadArgumentError

_MAKERS: Mapping[type, Callable[[Any, Ground, datetime], Payload]] = {
    PriceChangeDraft: prices.price_change,
    StockAdjustDraft: stock.adjustment,
    StockCountDraft: stock.count,
    TransferDraft: goods.transfer,
    OrderDraft: goods.order,
    ShiftDraft: shifts.draft,
    ShiftPublishDraft: shifts.publication,
    PromotionDraft: promotions.creation,
    PromotionEndDraft: promotions.ending,
    FlagsDraft: products.flags,
    PriceListDraft: price_lists.price_list,
    TaskDraft: tasks.task,
    CustomerListDraft: outbound.customer_list,
    StoreNoteDraft: outbound.note,
    SignageDraft: outbound.signage,
}


class Drafting:
    """Builds payloads. ``readers`` are by connection name."""

    def __init__(self, catalogue: Catalogue, readers: Mapping[str, Live], settings: ProposalSettings) -> None:
        self._ground = Ground(catalogue, readers, settings)

    def places(self, draft: Draft) -> list[Place]:
        """The stores that the draft is about.

        Raises:
            BadArgumentError: one is unknown.
        """
        ids = [draft.store_id, *([draft.to_store_id] if isinstance(draft, TransferDraft) else [])]
        found = [self._ground.catalogue.place(store_id) for store_id in ids]
        places = [place for place in found if place is not None]
        if len(places) < len(ids):
            raise BadArgumentError("I do not know that store, so I cannot propose a change there.")
        return places

    def payload(self, draft: Draft, now: datetime) -> Payload:
        """The change a draft means, from what the POS holds now.

        Raises:
            BadArgumentError: something in it is unknown, out of bounds or past.
            ToolError: the POS did not answer, or cannot do this.
        """
        return _MAKERS[type(draft)](draft, self._ground, now)

    def live(self, payload: Payload) -> Mapping[str, Any]:
        """What the POS holds now, in the words of ``Payload.expected_before``.

        Raises:
            ToolError: it did not answer.
        """
        parts = payload.parts()
        seen = [self._ground.look(one.action("look"), one.connection, one.facts().subject).before for one in parts]
        return payload.live(seen)

    def impact(self, payload: Payload, now: datetime) -> Impact:
        """What the change moves in a week."""
        return weekly_impact(payload, self._ground.catalogue, now)
