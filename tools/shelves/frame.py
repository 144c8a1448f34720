"""The frame of a question about the shelf: the stores, today's planogram and the scans of the last days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.planogram_query import build_extent
from tools.metrics.query import Statement
from tools.result import Provenance
from tools.stock.frame import StockFrame, simulated, stock_frame, stock_provenance
from tools.wording import counted, listed, moment

NO_PLANOGRAM = (
    "No planogram is recorded for {stores}, so it is not known what should stand where. It comes from a planogram file."
)
NO_SCANS = (
    "No audit or pick scans of the last {days} days are recorded for {stores}, so it is not known what stands"
    " where. They"
    " come from a scan file, or from handhelds that write one."
)


@dataclass(frozen=True, slots=True)
class Extent:
    """What one store has to go by."""

    planned: int
    facings: int
    scans: int
    audits: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShelfFrame:
    """A stock frame with what is known of the shelf in each store."""

    held: StockFrame
    extents: Mapping[str, Extent]
    since: datetime
    statement: Statement

    @property
    def planned_stores(self) -> tuple[str, ...]:
        """Stores with a planogram in force."""
        return tuple(store for store, one in self.extents.items() if one.planned)

    @property
    def label(self) -> str:
        """How to speak of the stores."""
        return self.held.stores.label


def shelf_frame(
    stores: str | None,
    context: ToolContext,
    *,
    days: int,
    department: str | None = None,
    product: str | None = None,
    demand_days: int = 56,
) -> ShelfFrame:
    """Resolve a question about the shelf; ``days`` is how far back scans count."""
    held = stock_frame(
        stores, context, days=demand_days, department=department, product=product, several=True, needs_levels=False
    )
    now = held.asked.now
    since = now - timedelta(days=days)
    today = held.stores.stores[0].today(now)
    statement = build_extent(held.stores.ids, context.scope, today, since, now)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    extents = {
        row["store_id"]: Extent(
            int(row["planned"]), int(row["facings"]), int(row["scans"]), int(row["audits"]), row["last_at"]
        )
        for row in rows
    }
    return ShelfFrame(held, extents, since, statement)


def require_planogram(asked: ShelfFrame) -> None:
    """Refuse where nothing is planned.

    Raises:
        NoDataError: as said.
    """
    if not asked.planned_stores:
        raise NoDataError(NO_PLANOGRAM.format(stores=asked.label))


def require_scans(asked: ShelfFrame, days: int) -> None:
    """Refuse where nothing was scanned.

    Raises:
        NoDataError: as said.
    """
    if not any(one.scans for one in asked.extents.values()):
        raise NoDataError(NO_SCANS.format(stores=asked.label, days=days))


def shelf_caveats(asked: ShelfFrame, days: int) -> list[str]:
    """Stores without a planogram or scans, and when the last scan was."""
    name = asked.held.stores.name
    said = []
    unplanned = [name(store) for store, one in asked.extents.items() if not one.planned]
    if unplanned:
        said.append(f"No planogram is recorded for {listed(unplanned)}.")
    unscanned = [name(store) for store, one in asked.extents.items() if one.planned and not one.scans]
    if unscanned:
        said.append(f"No scans of the last {counted(days, 'day')} are recorded for {listed(unscanned)}.")
    last = max((one.last_at for one in asked.extents.values() if one.last_at), default=None)
    if last is not None:
        said.append(f"Last scan: {moment(last, asked.held.stores.stores[0].timezone)}.")
    return said + simulated(asked.held.asked, ("planogram", "scan"))


def shelf_provenance(asked: ShelfFrame, metrics: Sequence[str], statements: Sequence[Statement]) -> Provenance:
    """What an answer about the shelf stands on."""
    return stock_provenance(asked.held, metrics, [asked.statement, *statements], ("planogram", "scan", "sales"))


def place(fixture: Any, position: Any) -> str:
    """A place as people say it: ``Aisle 3, shelf 2``."""
    return ", ".join(str(part) for part in (fixture, position) if part not in (None, "")) or "no place"
