"""Our own purchase orders of one life: the real writer on a real mirror, with boundaries, and a disk that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from decimal import Decimal
from errno import ENOSPC
from pathlib import Path
from typing import Any

import connectors.own_orders.writer as writing
from connectors.base import Action, ActionKind, Capability, Entity, Preview, Result, Support
from connectors.errors import TerminalError, TransientError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch, MirrorWriter
from connectors.own_orders import book
from connectors.own_orders.order import Order, number_of, plain
from connectors.own_orders.writer import OwnOrderWriter
from connectors.records import Row
from tests.support.crash_cases import OWN_ORDERS_STORE
from tests.support.mirror_rows import store
from tests.support.proposals_world import TickingClock

CONNECTION = "paper"
_CLOSED = "The mirror is closed."


class _Commit(Future[int]):
    """A commit that does not end in time; ``begun`` can no longer be taken back."""

    def __init__(self, *, begun: bool) -> None:
        super().__init__()
        self._begun = begun

    def result(self, timeout: float | None = None) -> int:
        raise StillWaiting

    def cancel(self) -> bool:
        return not self._begun


class MortalOrders:
    """Reader and writer in one. ``faults`` are consumed one a write."""

    def __init__(self, home: Path, clock: TickingClock, *, faults: Sequence[str], at: Callable[[str], None]) -> None:
        self._home = home
        self._at = at
        self._faults = list(faults)
        self._fault = ""
        self._parked: list[Order] = []
        self._mirror: Mirror = open_mirror(home / "mirror.duckdb", threads=1)
        self._own = OwnOrderWriter(self._mirror, home / "orders", CONNECTION, clock.now)
        # Every life is a process of its own, so what is replaced here is nobody else's.
        self._write_files, self._store = writing.write_files, book.store
        writing.write_files = self._writing_files  # type: ignore[assignment]
        book.store = self._storing  # type: ignore[assignment]

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        return {ActionKind.PURCHASE_ORDER: Capability(write=Support.YES, idempotent=True)}

    def preview(self, action: Action) -> Preview:
        return self._own.preview(action)

    def execute(self, action: Action) -> Result:
        self._fault = self._faults.pop(0) if self._faults else ""
        self._at("pos.arrives")
        if self._fault == "offline":
            raise TerminalError(_CLOSED)
        result = self._own.execute(action)
        if self._fault == "twice":
            self._own.execute(action)
        if self._fault == "error_after":
            raise RuntimeError("the engine gave up after the commit")
        self._at("pos.answered")
        return result

    def reconcile(self, action: Action) -> Result:
        self._at("pos.read")
        result = self._own.reconcile(action)
        self._at("pos.seen")
        return result

    def effects(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Key, kind and goods of every order that is stored with its two files, in the words of the change."""
        found = []
        for (po_id,) in self._mirror.reader.query("SELECT po_id FROM purchase_order ORDER BY po_id").rows:
            key = po_id.removeprefix("own:")
            stored = book.find(self._mirror.reader, key)
            assert stored is not None
            names = {path.name for path in (self._home / "orders").iterdir()}
            assert names == {f"{number_of(key)}.csv", f"{number_of(key)}.pdf"}, names
            lines = [line | {"unit_cost": plain(Decimal(line["unit_cost"]))} for line in stored.shown["lines"]]
            told = {"lines": lines, "due_on": stored.shown["due_on"], "currency": "USD"}
            found.append((key, ActionKind.PURCHASE_ORDER.value, told))
        return found

    def deliver_late(self) -> None:
        """Commits that took so long are through now."""
        assert self._mirror.writer is not None
        for order in self._parked:
            self._store(self._mirror.writer, order).result(60)
        self._parked.clear()

    def close(self) -> None:
        self._own.close()
        self._mirror.close()

    def fill(self) -> None:
        """What can be ordered, where and from whom."""
        rows = [
            store(OWN_ORDERS_STORE, name="Station Road", external_id=OWN_ORDERS_STORE, country="US"),
            Row("supplier", {"supplier_id": "SUP1", "name": "Oatside", "currency": "USD"}),
        ]
        for one in ("V1", "V2"):
            rows.append(Row("product", {"product_id": f"P{one}", "name": f"Oat Milk {one}"}))
            rows.append(Row("variant", {"variant_id": one, "product_id": f"P{one}", "sku": one[1:], "name": one}))
        assert self._mirror.writer is not None
        self._mirror.writer.submit(Batch(rows)).result(60)

    def _writing_files(self, folder: Path, order: Order) -> None:
        if self._fault == "refuse":
            raise OSError(ENOSPC, "No space left on device")
        self._at("files.before")
        self._write_files(folder, order)
        self._at("files.after")

    def _storing(self, writer: MirrorWriter, order: Order) -> Future[int]:
        self._at("pos.uncommitted")
        failed: Future[int] = Future()
        if self._fault == "error_before":
            failed.set_exception(TransientError("The data file could not be written."))
            return failed
        if self._fault == "timeout_before":
            return _Commit(begun=False)
        if self._fault == "late":
            self._parked.append(order)
            return _Commit(begun=True)
        self.deliver_late()
        done = self._store(writer, order)
        done.result(60)
        self._at("pos.applied")
        return _Commit(begun=True) if self._fault == "timeout_after" else done
