"""The documents, lines and payments that count, as SQL: what the rollups keep to, for questions no rollup can answer.

Documents count that are neither voided nor tests; lines that are no gift cards; a line goes back when it says so or
when its document is a return. Units and costs are rounded by line as in the rollups, so that both give the same cent.
The scope enters through ``window_condition``, on documents and on lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.currency import minor_units_sql
from connectors.mirror.rows import NOT_PAID
from tools.metrics.windows import Window, bind, window_condition

COUNTS = "NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)"
"""The condition on a document ``x``."""

TENDER = "CASE WHEN t.status = 'manufacturer_coupon' THEN 'manufacturer coupon' ELSE COALESCE(t.kind, 'other') END"
"""How a payment ``t`` was made."""

HOUR = "CAST(EXTRACT(HOUR FROM x.closed_at AT TIME ZONE st.timezone) AS INTEGER)"
_SCALE = minor_units_sql("COALESCE(x.currency, st.currency)")
_BACK = "(COALESCE(x.is_return, FALSE) OR d.kind = 'return')"
_DISCOUNT = "COALESCE(x.discount_minor, 0)"
_BACK_NET = f"COALESCE(x.net_minor, x.gross_minor - {_DISCOUNT})"
_NET = f"CASE WHEN {_BACK} THEN {_BACK_NET} ELSE x.gross_minor - {_DISCOUNT} END"
_EACH = "COALESCE(v.unit_of_measure, 'each') = 'each'"
_SIGNED = f"CASE WHEN {_BACK} THEN -ABS(x.quantity) ELSE x.quantity END"

LINE_MEASURES: Mapping[str, str] = {
    "gross_minor": f"CASE WHEN {_BACK} THEN 0 ELSE x.gross_minor END",
    "discount_minor": f"CASE WHEN {_BACK} THEN 0 ELSE {_DISCOUNT} END",
    "returns_minor": f"CASE WHEN {_BACK} THEN -({_BACK_NET}) ELSE 0 END",
    "net_minor": _NET,
    "sale_net_minor": f"CASE WHEN d.kind = 'return' THEN 0 ELSE {_NET} END",
    "units": f"CAST(CASE WHEN {_EACH} THEN {_SIGNED} ELSE 0 END AS DECIMAL(18,2))",
    "lines": "1",
    "cogs_minor": f"CAST(COALESCE(x.unit_cost, 0) * ({_SIGNED}) * d.scale AS DECIMAL(18,2))",
    "known_cost_net_minor": f"CASE WHEN x.unit_cost IS NULL THEN 0 ELSE {_NET} END",
    "unknown_cost_lines": "CASE WHEN x.unit_cost IS NULL THEN 1 ELSE 0 END",
    "size_minor": f"ABS({_NET})",
    "known_cost_size_minor": f"CASE WHEN x.unit_cost IS NULL THEN 0 ELSE ABS({_NET}) END",
    "piece_net_minor": f"CASE WHEN {_EACH} THEN {_NET} ELSE 0 END",
    "unpieced_lines": f"CASE WHEN {_EACH} THEN 0 ELSE 1 END",
    "transaction_lines": "CASE WHEN d.kind = 'return' THEN 0 ELSE 1 END",
    "sold_lines": f"CASE WHEN {_BACK} THEN 0 ELSE 1 END",
    "discounted_lines": f"CASE WHEN {_BACK} OR {_DISCOUNT} = 0 THEN 0 ELSE 1 END",
}
"""What a line ``x`` of a document ``d`` and a variant ``v`` adds to each sum; money in minor units."""

DOCUMENT_MEASURES: Mapping[str, str] = {
    "transactions": "CASE WHEN {d}.kind <> 'return' THEN 1 ELSE 0 END",
    "refund_documents": "CASE WHEN {d}.kind = 'return' THEN 1 ELSE 0 END",
}
"""What a document adds."""


def document_rows(
    windows: Sequence[Window], params: dict[str, Any], *, hours: bool, condition: str = COUNTS, columns: str = ""
) -> str:
    """Documents as the body of a subquery: ids, store, day, ``hour_of_day`` (with ``hours``), kind, who and where.

    Args:
        windows: which stores over which days.
        params: takes the bound values.
        hours: whether the hour of the store's clock is needed; windows that cut a day need it.
        condition: which documents ``x`` are meant.
        columns: further columns of ``x`` or the store ``st``, each with a leading comma.
    """
    where = window_condition(windows, params, hourly=hours, hour=HOUR)
    hour = f", {HOUR} AS hour_of_day" if hours else ""
    return (
        "SELECT x.sale_id, x.store_id, x.business_on, x.kind, x.register_id, x.employee_id, x.channel,"
        f" x.customer_key,\n  {_SCALE} AS scale{hour}{columns}\n"
        f"FROM sale x JOIN store st ON st.store_id = x.store_id\nWHERE ({where}) AND {condition}"
    )


def line_rows(
    windows: Sequence[Window],
    params: dict[str, Any],
    selected: Sequence[str],
    *,
    hours: bool,
    joins: Sequence[str] = (),
    conditions: Sequence[str] = (),
) -> str:
    """Lines ``x`` of documents ``d`` with their variant ``v``, as the body of a subquery; ``selected`` is the SELECT.

    ``joins`` must keep one row a line.
    """
    documents = document_rows(windows, params, hours=hours)
    where = [f"({window_condition(windows, params, hourly=False)})", "NOT COALESCE(x.is_gift_card, FALSE)", *conditions]
    return (
        f"SELECT {', '.join(selected)}\nFROM sale_line x\nJOIN (\n{documents}\n) d ON d.sale_id = x.sale_id\n"
        "LEFT JOIN variant v ON v.variant_id = x.variant_id\n"
        + "".join(f"{join}\n" for join in joins)
        + f"WHERE {' AND '.join(where)}"
    )


def product_line_rows(windows: Sequence[Window], params: dict[str, Any], columns: Sequence[str]) -> str:
    """Sums of ``LINE_MEASURES`` by store, day and variant, of which no rollup has one: the body of a subquery."""
    keys = ("d.store_id", "d.business_on", "x.variant_id")
    lines = line_rows(windows, params, [*keys, *(f"{LINE_MEASURES[one]} AS {one}" for one in columns)], hours=False)
    sums = ", ".join(f"SUM(q.{one}) AS {one}" for one in columns)
    key = "q.store_id, q.business_on, q.variant_id"
    return f"SELECT {key}, {sums}\nFROM (\n{lines}\n) q\nGROUP BY {key}"


def extra_rows(
    windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], columns: Sequence[str], *, hourly: bool
) -> str:
    """Sums that no rollup has, by ``keys`` of the document: the body of a subquery."""
    on_documents = [column for column in columns if column in DOCUMENT_MEASURES]
    on_lines = [column for column in columns if column not in DOCUMENT_MEASURES]
    hours = hourly or "hour_of_day" in keys
    parts = []
    if on_lines:
        own = [f"d.{key}" for key in keys] + [f"{LINE_MEASURES[column]} AS {column}" for column in on_lines]
        own += [f"0 AS {column}" for column in on_documents]
        parts.append(line_rows(windows, params, own, hours=hours))
    if on_documents:
        documents = document_rows(windows, params, hours=hours)
        own = [f"d.{key}" for key in keys] + [f"0 AS {column}" for column in on_lines]
        own += [f"{DOCUMENT_MEASURES[column].format(d='d')} AS {column}" for column in on_documents]
        parts.append(f"SELECT {', '.join(own)}\nFROM (\n{documents}\n) d")
    key = ", ".join(f"q.{key}" for key in keys)
    sums = ", ".join(f"SUM(q.{column}) AS {column}" for column in (*on_lines, *on_documents))
    rows = "\nUNION ALL\n".join(parts)
    return f"SELECT {key}, {sums}\nFROM (\n{rows}\n) q\nGROUP BY {key}"


def payment_rows(
    windows: Sequence[Window], params: dict[str, Any], keys: Mapping[str, str], *, hours: bool,
    joins: Sequence[str] = (), conditions: Sequence[str] = (),
) -> str:  # fmt: skip
    """Payments ``t`` of counted documents ``d`` added up by ``keys`` (name to SQL), as the body of a subquery.

    ``amount_minor`` is what was kept: change is never in it and refunds are negative. ``fee_base_minor`` is the amount
    of the payments whose fee is known. ``paid_documents`` counts sales and exchanges once each, however often paid.
    """
    documents = document_rows(windows, params, hours=hours)
    where = [
        f"({window_condition(windows, params, hourly=False, alias='t')})",
        f"LOWER(COALESCE(t.status, '')) NOT IN ({bind(params, 'unpaid', NOT_PAID)})",
        "t.amount_minor IS NOT NULL",
        *conditions,
    ]
    selected = [f"{sql} AS {name}" for name, sql in keys.items()]
    selected += [
        "SUM(t.amount_minor) AS amount_minor",
        "SUM(NULLIF(t.fee_minor, 0)) AS fee_minor",
        "SUM(CASE WHEN COALESCE(t.fee_minor, 0) <> 0 THEN t.amount_minor ELSE 0 END) AS fee_base_minor",
        "COUNT(DISTINCT CASE WHEN d.kind <> 'return' THEN d.sale_id END) AS paid_documents",
    ]
    grouped = "\nGROUP BY " + ", ".join(keys.values()) if keys else ""
    return (
        f"SELECT {', '.join(selected)}\nFROM tender t\nJOIN (\n{documents}\n) d ON d.sale_id = t.sale_id\n"
        + "".join(f"{join}\n" for join in joins)
        + f"WHERE {' AND '.join(where)}{grouped}"
    )


def void_rows(
    windows: Sequence[Window], params: dict[str, Any], keys: Mapping[str, str], *, hours: bool,
    joins: Sequence[str] = (), conditions: Sequence[str] = (),
) -> str:  # fmt: skip
    """Sales and exchanges with those voided, tests apart, by ``keys`` over ``d``: the body of a subquery."""
    value = (
        ", ABS(COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0), x.total_minor, 0)) AS value_minor,"
        " COALESCE(x.voided, FALSE) AS voided"
    )
    meant = "NOT COALESCE(x.is_test, FALSE) AND x.kind <> 'return'"
    documents = document_rows(windows, params, hours=hours, condition=meant, columns=value)
    selected = [f"{sql} AS {name}" for name, sql in keys.items()]
    selected += [
        "COUNT(*) AS documents",
        "SUM(CASE WHEN d.voided THEN 1 ELSE 0 END) AS voided_documents",
        "SUM(d.value_minor) AS value_minor",
        "SUM(CASE WHEN d.voided THEN d.value_minor ELSE 0 END) AS voided_minor",
    ]
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    grouped = "\nGROUP BY " + ", ".join(keys.values()) if keys else ""
    return (
        f"SELECT {', '.join(selected)}\nFROM (\n{documents}\n) d"
        + "".join(f"\n{join}" for join in joins)
        + f"{where}{grouped}"
    )
