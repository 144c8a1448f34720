"""How often a webhook was sent again, kept in the operational database so that a restart does not begin anew."""

from __future__ import annotations

from agent.db.engine import Database
from agent.db.tables import OutboundRepeat


class StoredRepeats:
    """``connectors.outbound.repeats.RepeatLog``; what is written is committed when ``write`` returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, message_id: str) -> tuple[int, float]:
        """``(count, last_at)``; ``(0, 0.0)`` for one that never was."""
        with self._database.reading() as session:
            row = session.get(OutboundRepeat, message_id)
            return (0, 0.0) if row is None else (row.count, row.last_at)

    def write(self, message_id: str, count: int, at: float) -> None:
        """Note it."""
        with self._database.session() as session:
            session.merge(OutboundRepeat(message_id=message_id, count=count, last_at=at))
