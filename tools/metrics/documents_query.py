"""Documents and their lines, where a question is about single ones and no rollup can answer it.

What counts is what the rollups count: documents neither voided nor tests; lines that are no gift cards; a line goes
back when it says so or when its document is a return. The scope enters through ``window_condition`` as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.metrics.query import Window, window_condition

COUNTS = "NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)"
"""The condition on a document ``x`` that the rollups keep to."""

IS_BACK = "(COALESCE(x.is_return, FALSE) OR d.kind = 'return')"
_DISCOUNT = "COALESCE(x.discount_minor, 0)"
NET = (
    f"CASE WHEN {IS_BACK} THEN COALESCE(x.net_minor, x.gross_minor - {_DISCOUNT})\n"
    f"    ELSE x.gross_minor - {_DISCOUNT} END"
)
"""Net sales of a line ``x`` of a document ``d`` in minor units; negative where goods came back."""

UNITS = (
    "CASE WHEN COALESCE(v.unit_of_measure, 'each') <> 'each' THEN 0\n"
    f"    WHEN {IS_BACK} THEN -ABS(x.quantity) ELSE x.quantity END"
)
"""Pieces of a line ``x`` of a variant ``v``; goods not sold by the piece have none."""

_DOCUMENT = (
    "x.sale_id, x.store_id, x.business_on, x.closed_at, x.kind, x.register_id, x.employee_id, x.customer_key,"
    " x.original_sale_id"
)


def document_rows(windows: Sequence[Window], params: dict[str, Any], condition: str = COUNTS) -> str:
    """The documents of the windows as the body of a subquery."""
    where = window_condition(windows, params, hourly=False)
    return f"SELECT {_DOCUMENT}\nFROM sale x\nWHERE ({where}) AND {condition}"


def line_rows(windows: Sequence[Window], params: dict[str, Any], columns: str, *, condition: str = "TRUE") -> str:
    """The lines ``x`` (variant ``v``) of the documents ``d`` of the windows as the body of a subquery."""
    documents = document_rows(windows, params)
    where = window_condition(windows, params, hourly=False)
    return (
        f"SELECT {columns}\nFROM sale_line x\nJOIN (\n{documents}\n) d ON d.sale_id = x.sale_id\n"
        "LEFT JOIN variant v ON v.variant_id = x.variant_id\n"
        f"WHERE ({where}) AND NOT COALESCE(x.is_gift_card, FALSE) AND {condition}"
    )


def local_hour(at: str = "d.closed_at", zone: str = "st.timezone") -> str:
    """The hour of the store's clock at an instant, as SQL."""
    return f"CAST(EXTRACT(HOUR FROM {at} AT TIME ZONE {zone}) AS INTEGER)"
