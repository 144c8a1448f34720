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
    Outcome,
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

_NO_WRITER = "This connection has no token that may write, so “{kind}” cannot be carried out; add one in the settings."


class WithOwnOrders:
    """``connectors.base.Writer`` of a connection whose platform has no purchase orders.

    ``writer`` is the platform's; None where nothing may be written to it, as with files.
    """

    def __init__(self, writer: Writer | None, own: OwnOrderWriter) -> None:
        self._writer = writer
        self._own = own

    def close(self) -> None:
        """Close the platform's connections."""
        self._own.close()
        if self._writer is not None:
            self._writer.close()

    def execute(self, action: Action) -> Result:
        """Carry an action out where it belongs; raises what that writer raises."""
        writer = self._for(action)
        return _unsupported(action) if writer is None else writer.execute(action)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading, where the action belongs; raises what that writer raises."""
        writer = self._for(action)
        return _unsupported(action) if writer is None else writer.reconcile(action)

    def _for(self, action: Action) -> Writer | None:
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


def _unsupported(action: Action) -> Result:
    return Result(Outcome.UNSUPPORTED, message=_NO_WRITER.format(kind=action.kind.value))
