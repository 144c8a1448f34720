"""Canonical rows for tests of the mirror."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from connectors.records import Row

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
"""Noon in New York on 4 March 2026."""


def store(store_id: str = "S01", **values: Any) -> Row:
    base = {"store_id": store_id, "name": "Market Street", "timezone": "America/New_York", "currency": "USD"}
    return Row("store", base | values)


def sale(sale_id: str, closed_at: datetime = NOON, **values: Any) -> Row:
    return Row("sale", {"sale_id": sale_id, "store_id": "S01", "closed_at": closed_at} | values)


def line(sale_id: str, line_no: int = 1, gross_minor: int = 1000, **values: Any) -> Row:
    base = {"sale_id": sale_id, "line_no": line_no, "quantity": 1, "gross_minor": gross_minor, "variant_id": "V1"}
    return Row("sale_line", base | values)
