"""Purchase orders go to our own book, everything else to the platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from connectors.base import (
    Action,
    ActionKind,
    Capability,
    Entity,
    Preview,
    Reader,
    Result,
    Support,
    Writer,
)
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror
from connectors.own_orders.writer import OwnOrderWriter
from connectors.platforms import ConnectionSpec


class WithOwnOrders:
    """``connectors.base.Writer`` where the platform has no purchase orders; ``writer`` is the platform's."""

    def __init__(self, writer: Writer, own: OwnOrderWriter) -> None:
        self._writer = writer
        self._own = own

    def close(self) -> None:
        """Close the platform's connections."""
        self._own.close()
        self._writer.close()

    def execute(self, action: Action) -> Result:
        """Carry an action out where it belongs; raises what that writer raises."""
        return self._for(action).execute(action)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading, where the action belongs; raises what that writer raises."""
        return self._for(action).reconcile(action)

    def _for(self, action: Action) -> Writer:
        return self._own if action.kind is ActionKind.PURCHASE_ORDER else self._writer


class LookWithOwnOrders:
    """What a connection offers and holds now: orders out of our own book, the rest as the platform says."""

    def __init__(self, reader: Reader, own: OwnOrderWriter) -> None:
        self._reader = reader
        self._own = own

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """Those of the platform, and draft orders."""
        orders = Capability(write=Support.YES, idempotent=True, note="Kept in our own book.")
        return {**self._reader.capabilities(), ActionKind.PURCHASE_ORDER: orders}

    def preview(self, action: Action) -> Preview:
        """Look where the action belongs; raises what that reader raises."""
        return (self._own if action.kind is ActionKind.PURCHASE_ORDER else self._reader).preview(action)


def own_orders(
    spec: ConnectionSpec, mirror: Mirror, folder: Path, now: Callable[[], datetime]
) -> OwnOrderWriter | None:
    """The book of purchase orders for a connection whose platform has none; None for any other.

    Without a token that writes nothing of the connection can be carried out, and a mirror that is open for reading
    only cannot hold an order: there is no book then either.
    """
    offered = load_manifest(spec.platform).capabilities()[ActionKind.PURCHASE_ORDER].write is not Support.NO
    if offered or spec.write is None or mirror.writer is None:
        return None
    return OwnOrderWriter(mirror, folder, spec.name, now)
