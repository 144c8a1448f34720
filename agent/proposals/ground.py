"""What a draft stands on: facts out of the mirror, and the point of sale as it is at this moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.proposals.catalogue import Catalogue, Item, Place
from agent.proposals.payload import Payload
from agent.proposals.policy import ProposalSettings
from connectors.base import Action, ActionKind, Capability, Entity, Preview, Support
from connectors.errors import ConnectorError
from tools.errors import BadArgumentError, ToolError

_WORDS: Mapping[ActionKind, str] = {
    ActionKind.PRICE_CHANGE: "change prices",
    ActionKind.STOCK_ADJUST: "adjust stock",
    ActionKind.STOCK_COUNT: "enter a stock count",
    ActionKind.TRANSFER: "create stock transfers",
    ActionKind.PURCHASE_ORDER: "draft purchase orders",
    ActionKind.SHIFT_DRAFT: "draft shifts",
    ActionKind.SHIFT_PUBLISH: "publish shifts",
    ActionKind.PROMOTION_CREATE: "create promotions",
    ActionKind.PROMOTION_END: "end promotions",
    ActionKind.PRODUCT_FLAGS: "change product settings",
    ActionKind.STORE_TASK: "add tasks",
    ActionKind.CUSTOMER_LIST: "send customer lists",
    ActionKind.STORE_NOTE: "write notes",
    ActionKind.SIGNAGE: "change playlists",
}


class Live(Protocol):
    """What a change is looked up in before it is proposed; a connector's reader is one."""

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What can be changed there."""
        ...

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the request, without sending it."""
        ...


@dataclass(frozen=True, slots=True)
class Ground:
    """``readers`` are by connection name."""

    catalogue: Catalogue
    readers: Mapping[str, Live]
    settings: ProposalSettings

    def place(self, store_id: str, kind: ActionKind) -> Place:
        """The store, reachable and able to take such a change.

        Raises:
            BadArgumentError: the store is unknown or closed.
            ToolError: its platform does not offer this.
        """
        place = self.catalogue.place(store_id)
        if place is None or not place.active:
            raise BadArgumentError("I do not know that store, or it is closed, so I cannot propose a change there.")
        self.require(place.connection, place.name, kind)
        return place

    def item(self, store_id: str, variant_id: str, kind: ActionKind) -> Item:
        """The product at the store, reachable and able to take such a change.

        Raises:
            BadArgumentError: either is unknown, or the product is not on sale there.
            ToolError: the platform does not offer this.
        """
        item = self.catalogue.item(store_id, variant_id)
        if item is None:
            raise BadArgumentError("I do not know that product at that store, so I cannot propose a change of it.")
        if not item.sold_here:
            raise BadArgumentError(
                f"{item.product} is not on sale at {item.store_name}, so there is nothing to change."
            )
        self.require(item.connection, item.store_name, kind)
        return item

    def require(self, connection: str, store_name: str, kind: ActionKind) -> None:
        """Check that a change of this kind can be carried out there at all.

        Raises:
            ToolError: no connection, or the platform does not offer it.
        """
        reader = self.readers.get(connection)
        if reader is None:
            raise ToolError(
                f"{store_name} has no POS connection that I could {_WORDS[kind]} through; "
                "its data was loaded from files."
            )
        offered = reader.capabilities().get(kind)
        if offered is not None and offered.write is Support.NO:
            raise ToolError(f"The POS of {store_name} does not let me {_WORDS[kind]}.")

    def others(self, place_id: str, connection: str, external_ids: Collection[str] | None = None) -> tuple[str, ...]:
        """The other stores of an account: all, or those with one of these ids of the platform."""
        ids = [one for one in self.catalogue.stores_of(connection) if one != place_id]
        if external_ids is None:
            return tuple(ids)
        places = [place for place in map(self.catalogue.place, ids) if place is not None]
        return tuple(place.store_id for place in places if place.external_id in external_ids)

    def names(self, store_ids: Sequence[str]) -> tuple[str, ...]:
        """What people call these stores."""
        places = [(store_id, self.catalogue.place(store_id)) for store_id in store_ids]
        return tuple(store_id if place is None else place.name for store_id, place in places)

    def look(self, action: Action, connection: str, about: str) -> Preview:
        """Read live what an action is about; nothing is sent.

        Raises:
            ToolError: the POS did not answer.
        """
        try:
            return self.readers[connection].preview(action)
        except ConnectorError as error:
            raise ToolError(
                f"I could not read {about} as it is now, so I proposed nothing. {error.user_message}"
            ) from error

    def check(self, payload: Payload) -> Preview:
        """Ask the POS whether it would take this as it stands, and what else that would do; nothing is sent.

        Raises:
            ToolError: it would not, or did not answer.
        """
        seen = self.look(payload.action("look"), payload.connection, f"what the {payload.noun} needs")
        if seen.problem:
            raise ToolError(f"The POS would not take this {payload.noun}. {seen.problem}")
        return seen
