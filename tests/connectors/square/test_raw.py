"""Objects that Square sends with less than it promises."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.apart import NEVER, why_apart
from connectors.base import Entity
from connectors.square.raw import raw_records


@pytest.mark.parametrize(
    "broken",
    [
        {"id": None, "updated_at": "2026-03-04T10:00:00Z"},
        {"id": "O1", "updated_at": "yesterday"},
        {"id": "O1", "updated_at": "2026-03-04T10:00:00Z", "line_items": [None], "note": "call Ada 555-0100"},
    ],
)
def test_what_makes_no_sense_is_set_apart_without_its_content(broken: dict[str, Any]) -> None:
    (record,) = raw_records(Entity.SALE, [broken], None)
    assert "Tell its support." in why_apart(record.payload)
    assert b"Ada" not in record.payload
    assert record.id == broken["id"] or record.id.startswith("without-id-")


def test_an_order_without_a_stamp_goes_by_its_version() -> None:
    (record,) = raw_records(Entity.SALE, [{"id": "O1", "version": 4}], None)
    assert (record.id, record.source_version, record.updated_at) == ("O1", 4, NEVER)
