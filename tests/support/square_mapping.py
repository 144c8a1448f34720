"""Objects of a Square account as the rows that the mapping makes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.http import to_json
from connectors.square.mapping import canonical_rows

AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


def mapped(entity: Entity, source: dict[str, Any], *, deleted: bool = False) -> list[tuple[str, dict[str, Any]]]:
    record = RawRecord(entity, str(source.get("id", "x")), 1, AT, to_json(source), deleted)
    return [(row.table, dict(row.values)) for row in canonical_rows(record, connection="square", key=None)]
