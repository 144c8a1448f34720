"""Purchase orders of a connection whose platform has none: stored here, written down for the supplier.

The files are written first and whole, then the order is stored in one commit, and only then it is said to be there.
Killed in between, there are files without an order; trying again under the same key writes the same files over them.
Only wiring constructs this, and only the proposals executor is given it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillWaiting
from datetime import datetime
from pathlib import Path

import structlog

from connectors.base import Action, ActionKind, Outcome, Preview, Result
from connectors.errors import ConnectorError, TerminalError
from connectors.mirror.open import Mirror
from connectors.own_orders import book
from connectors.own_orders.book import Stored
from connectors.own_orders.catalogue import is_identifier
from connectors.own_orders.drafting import RefusedError, draft
from connectors.own_orders.folder import are_there, remove_files, write_files
from connectors.own_orders.order import Order, document

log = structlog.get_logger()

_BOOK = "own orders"
_PATIENCE_SECONDS = 120.0
_OTHER = "There is another order under the key of this one; propose it anew."


class OwnOrderWriter:
    """``connectors.base.Writer`` for purchase orders alone.

    Args:
        mirror: where orders are stored; open for writing.
        folder: where the supplier's files go; made when it is missing.
        connection: whose ids the actions speak in.
        now: the clock, aware.
        patience: how many seconds a commit may take.

    Raises:
        TerminalError: the mirror is open for reading only.
    """

    def __init__(
        self,
        mirror: Mirror,
        folder: Path,
        connection: str,
        now: Callable[[], datetime],
        *,
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        if mirror.writer is None:
            raise TerminalError("The data is open for reading only, so purchase orders cannot be stored.")
        self._writer = mirror.writer
        self._reader = mirror.reader
        self._folder = folder
        self._connection = connection
        self._now = now
        self._patience = patience
        # One order at a time in the whole process: a key is looked up before it is stored, and the PDF library keeps
        # its fonts in one place.
        self._turn = mirror.walking(_BOOK, ActionKind.PURCHASE_ORDER.value)

    def close(self) -> None:
        """Nothing to close: the mirror belongs to whoever opened it."""

    def preview(self, action: Action) -> Preview:
        """The document that would be written, and the order when it is stored already.

        Raises:
            TerminalError: the mirror is closed.
        """
        if action.kind is not ActionKind.PURCHASE_ORDER:
            return Preview({}, "", {}, problem=_unsupported(action).message)
        stored = self._stored(action)
        before = stored.shown if stored else {}
        version = stored.po_id if stored else ""
        try:
            order = self._draft(action, stored)
        except RefusedError as refusal:
            # An order that is stored is done, even when its store or supplier is gone since.
            return Preview(before, version, {}, problem="" if stored else str(refusal), done=stored is not None)
        is_other = stored is not None and not book.is_same(stored, order)
        problem = _OTHER if is_other else ""
        return Preview(before, version, document(order), problem, done=stored is not None and not is_other)

    def execute(self, action: Action) -> Result:
        """Write the files, store the order; a repeat under the same key changes nothing.

        Raises:
            TerminalError: the mirror is closed; nothing was written.
        """
        if action.kind is not ActionKind.PURCHASE_ORDER:
            return _unsupported(action)
        with self._turn:
            stored = self._stored(action)
            try:
                order = self._draft(action, stored)
            except RefusedError as refusal:
                if stored is None:
                    return Result(Outcome.REJECTED, message=str(refusal))
                return self._repeated(stored, None)
            return self._repeated(stored, order) if stored else self._place(action, order)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the order is stored.

        Raises:
            TerminalError: the mirror is closed.
        """
        if action.kind is not ActionKind.PURCHASE_ORDER:
            return _unsupported(action)
        with self._turn:
            seen = self.preview(action)
        if seen.done:
            return Result(Outcome.APPLIED, {}, seen.before, seen.version)
        if seen.before:
            return Result(Outcome.CONFLICT, seen.before, seen.before, seen.version, _OTHER)
        return Result(Outcome.REJECTED, message="The purchase order was not stored; nothing was ordered.")

    def _stored(self, action: Action) -> Stored | None:
        key = action.idempotency_key
        return book.find(self._reader, key) if is_identifier(key) else None

    def _draft(self, action: Action, stored: Stored | None) -> Order:
        created_at = stored.created_at if stored else self._now()
        return draft(self._reader, self._connection, action, created_at, is_new=stored is None)

    def _place(self, action: Action, order: Order) -> Result:
        try:
            write_files(self._folder, order)
        except OSError as error:
            log.warning("own_order.not_written", error=type(error).__name__, code=error.errno)
            remove_files(self._folder, order.number)
            return Result(
                Outcome.REJECTED,
                message="The order’s files could not be written; nothing was ordered. Check the folder and the disk.",
            )
        try:
            is_certain = self._commit(order)
        except ConnectorError as error:
            log.warning("own_order.not_stored", error=type(error).__name__)
            remove_files(self._folder, order.number)
            return Result(Outcome.REJECTED, message=f"{error.user_message} Nothing was ordered.")
        if not is_certain:
            return Result(
                Outcome.UNKNOWN, reference=order.po_id, message=f"Whether {order.number} was stored is not known yet."
            )
        stored = self._stored(action)
        log.info("own_order.stored", lines=len(order.lines))
        return Result(
            Outcome.APPLIED,
            {},
            stored.shown if stored else document(order),
            order.po_id,
            f"{order.number} is stored as a draft. Send {order.number}.pdf or {order.number}.csv to "
            f"{order.supplier_name}.",
        )

    def _commit(self, order: Order) -> bool:
        """Store the order; False when the commit began and has not ended.

        Raises:
            ConnectorError: nothing was stored.
        """
        done: Future[int] = book.store(self._writer, order)
        try:
            done.result(timeout=self._patience)
        except StillWaiting:
            # What has not begun is taken back, so that it cannot come after it was said to be lost.
            if done.cancel():
                raise TerminalError("The data is busy with something long; try again later.") from None
            try:
                done.result(timeout=self._patience)
            except StillWaiting:
                return False
        return True

    def _repeated(self, stored: Stored, order: Order | None) -> Result:
        """What is stored stays; ``order`` is None when the action can no longer be drafted."""
        if order and not book.is_same(stored, order):
            return Result(Outcome.CONFLICT, stored.shown, stored.shown, stored.po_id, _OTHER)
        message = f"{stored.number} is stored already."
        if not are_there(self._folder, stored.number):
            message += self._written_anew(stored.number, order)
        return Result(Outcome.ALREADY_APPLIED, stored.shown, stored.shown, stored.po_id, message)

    def _written_anew(self, number: str, order: Order | None) -> str:
        if order is None:
            return " Its files are gone, and its store, supplier or products are no longer known to write them anew."
        try:
            write_files(self._folder, order)
        except OSError as error:
            log.warning("own_order.not_written", error=type(error).__name__, code=error.errno)
            return " Its files are gone and could not be written anew; check the folder and the disk."
        log.info("own_order.written_anew", number=number)
        return " Its files were gone and are written anew."


def _unsupported(action: Action) -> Result:
    return Result(
        Outcome.UNSUPPORTED, message=f"Only purchase orders are kept here; “{action.kind.value}” goes to the platform."
    )
