"""SQL that finds single documents by what is known of them, and reads one of them whole; only within the scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.mirror.rows import NOT_PAID
from tools.context import Scope
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

_HEAD = """x.sale_id, x.store_id, x.business_on, x.closed_at, x.kind, x.register_id, x.channel, x.original_sale_id,
  x.net_minor, x.tax_minor, x.tip_minor, x.total_minor, COALESCE(x.voided, FALSE) AS voided,
  COALESCE(x.is_test, FALSE) AS is_test"""
_LOCAL = "(x.closed_at AT TIME ZONE st.timezone)"


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a document. Amounts are minor units, ``minutes`` are of the store's day, from and to."""

    ident: str = ""
    amounts: tuple[int, ...] = ()
    register: str = ""
    minutes: tuple[int, int] | None = None
    variants: tuple[str, ...] = ()


def build_matches(clues: Clues, windows: Sequence[Window], scope: Scope, *, limit: int, ending: bool) -> Statement:
    """Documents that fit every clue, newest first, with ``found``, how many fit before the limit.

    An identifier is the document's own or that of its platform; with ``ending`` it is how either ends.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    conditions = [f"({window_condition(windows, params, hourly=False)})"]
    if clues.ident:
        params["ident"] = clues.ident.lower()
        names = [f"LOWER({column})" for column in ("x.sale_id", "x.external_id")]
        if ending:
            names = [f"RIGHT({name}, LENGTH($ident))" for name in names]
        conditions.append("(" + " OR ".join(f"{name} = $ident" for name in names) + ")")
    if clues.amounts:
        worth = bind(params, "worth", clues.amounts)
        conditions.append(f"(ABS(x.total_minor) IN ({worth}) OR ABS(x.net_minor) IN ({worth}))")
    if clues.register:
        params["register"] = clues.register.lower()
        conditions.append("LOWER(x.register_id) = $register")
    if clues.minutes is not None:
        params["since"], params["until"] = clues.minutes
        conditions.append(f"EXTRACT(HOUR FROM {_LOCAL}) * 60 + EXTRACT(MINUTE FROM {_LOCAL}) BETWEEN $since AND $until")
    if clues.variants:
        # The inner x is the lines: the windows stand here too, so that only these days of them are looked at.
        lines = window_condition(windows, params, hourly=False)
        named = bind(params, "variant", clues.variants)
        conditions.append(
            f"x.sale_id IN (SELECT x.sale_id FROM sale_line x WHERE ({lines}) AND x.variant_id IN ({named}))"
        )
    sql = f"""SELECT {_HEAD}, COUNT(*) OVER () AS found
FROM sale x JOIN store st ON st.store_id = x.store_id
WHERE {" AND ".join(conditions)}
ORDER BY x.closed_at DESC, x.sale_id
LIMIT $limit"""
    return Statement(sql, params)


def build_receipt_lines(sale_id: str, window: Window, scope: Scope) -> Statement:
    """The lines of one document with their product, in order.

    Columns: ``line_no, product, variant_id, quantity, unit, unit_price, gross, discount, net, tax, back, gift_card``.
    """
    checked_scope([window], scope)
    params: dict[str, Any] = {"sale": sale_id}
    sql = f"""SELECT x.line_no, COALESCE(NULLIF(x.name, ''), p.name, v.name) AS product, x.variant_id, x.quantity,
  COALESCE(v.unit_of_measure, 'each') AS unit, x.unit_price, x.gross_minor AS gross,
  COALESCE(x.discount_minor, 0) AS discount,
  COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0)) AS net, COALESCE(x.tax_minor, 0) AS tax,
  COALESCE(x.is_return, FALSE) AS back, COALESCE(x.is_gift_card, FALSE) AS gift_card
FROM sale_line x
LEFT JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN product p ON p.product_id = v.product_id
WHERE x.sale_id = $sale AND {window_condition([window], params, hourly=False)}
ORDER BY x.line_no"""
    return Statement(sql, params)


def build_receipt_details(sale_id: str, window: Window, scope: Scope, *, names: bool) -> Statement:
    """What hangs on one document: rows of ``what, label, amount``.

    ``what`` is discount, tender, employee (with ``names`` only), refund (a later document that points here) or void
    (the reason a register gave).
    """
    checked_scope([window], scope)
    params: dict[str, Any] = {"sale": sale_id}
    where = f"x.sale_id = $sale AND {window_condition([window], params, hourly=False)}"
    parts = [
        f"""SELECT 'discount' AS what, COALESCE(d.name, pr.name, d.code, d.kind, 'discount') AS label,
  SUM(d.amount_minor) AS amount
FROM sale_discount d JOIN sale x ON x.sale_id = d.sale_id
LEFT JOIN promotion pr ON pr.promotion_id = d.promotion_id WHERE {where} GROUP BY 2""",
        f"""SELECT 'tender', COALESCE(CASE WHEN t.status = 'manufacturer_coupon' THEN t.status END, t.kind, 'other'),
  SUM(t.amount_minor)
FROM tender t JOIN sale x ON x.sale_id = t.sale_id
WHERE {where} AND LOWER(COALESCE(t.status, '')) NOT IN ({bind(params, "unpaid", NOT_PAID)}) GROUP BY 2""",
        f"""SELECT 'refund', r.sale_id, r.total_minor FROM sale r JOIN sale x ON x.sale_id = r.original_sale_id
WHERE {where} AND r.store_id = x.store_id AND NOT COALESCE(r.voided, FALSE)""",
        f"""SELECT 'void', e.reason, e.amount_minor FROM register_event e JOIN sale x ON x.sale_id = e.sale_id
WHERE {where} AND e.store_id = x.store_id AND e.reason IS NOT NULL""",
    ]
    if names:
        parts.append(
            f"""SELECT 'employee', COALESCE(e.name, x.employee_id), NULL FROM sale x
LEFT JOIN employee e ON e.employee_id = x.employee_id WHERE {where} AND x.employee_id IS NOT NULL"""
        )
    return Statement(
        "SELECT what, label, CAST(amount AS BIGINT) AS amount FROM (\n"
        + "\nUNION ALL\n".join(parts)
        + "\n) u\nORDER BY 1, 2",
        params,
    )
