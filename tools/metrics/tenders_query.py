"""SQL over payments: how the documents of a period were paid, each payment once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.mirror.rows import NOT_PAID
from tools.context import Scope
from tools.metrics.counted import COUNTS
from tools.metrics.documents_query import document_rows
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition

_CHARGES = {
    "tax": "tax_minor",
    "tips": "tip_minor",
    "service": "service_minor",
    "shipping": "shipping_minor",
    "rounding": "rounding_minor",
}
_KEYS = {None: "''", "store": "d.store_id", "day": "CAST(d.business_on AS VARCHAR)"}


def build_tenders(windows: Sequence[Window], by: str | None, scope: Scope) -> Statement:
    """Payments by ``key`` (store, day or nothing) and ``kind``, from the rollup of payments.

    Columns: ``key, kind, amount, refunded`` (minor units; refunded is negative), ``payments, tips, fees, fee_base``
    (amount of the payments whose fee is known and not nought). Kind ``NO_PAYMENT`` counts the documents with something
    to pay and no payment, ``FAILED_PAYMENT`` the payments that were not made.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    key = _KEYS[by].replace("d.", "x.")
    sql = f"""SELECT {key} AS key, x.kind, CAST(SUM(x.amount_minor) AS DECIMAL(18,0)) AS amount,
  CAST(SUM(x.refunded_minor) AS DECIMAL(18,0)) AS refunded, CAST(SUM(x.payments) AS BIGINT) AS payments,
  CAST(SUM(x.tip_minor) AS DECIMAL(18,0)) AS tips, CAST(SUM(x.fee_minor) AS DECIMAL(18,0)) AS fees,
  CAST(SUM(x.fee_base_minor) AS DECIMAL(18,0)) AS fee_base
FROM tender_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY 1, 2
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_gift_cards(windows: Sequence[Window], by: str | None, scope: Scope) -> Statement:
    """Gift cards by ``key``: ``key, sold, cards, redeemed, redemptions, put_back`` in minor units and counts.

    Sold is the value of the lines that are gift cards or, in a document without such lines, what its head says of
    them; redeemed is what was paid with gift cards, and ``put_back`` what was refunded onto them (negative).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    unpaid = bind(params, "unpaid", NOT_PAID)
    # The head of a document is joined in again for its gift card total, which few documents have.
    sql = f"""SELECT {_KEYS[by]} AS key,
  CAST(SUM(COALESCE(g.sold, h.gift_card_minor, 0)) AS DECIMAL(18,0)) AS sold,
  CAST(SUM(COALESCE(g.cards, CASE WHEN COALESCE(h.gift_card_minor, 0) <> 0 THEN 1 ELSE 0 END)) AS BIGINT) AS cards,
  CAST(SUM(COALESCE(p.redeemed, 0)) AS DECIMAL(18,0)) AS redeemed,
  CAST(SUM(COALESCE(p.redemptions, 0)) AS BIGINT) AS redemptions,
  CAST(SUM(COALESCE(p.put_back, 0)) AS DECIMAL(18,0)) AS put_back
FROM (
{document_rows(windows, params)}
) d
JOIN sale h ON h.sale_id = d.sale_id AND ({window_condition(windows, params, hourly=False, alias="h")})
LEFT JOIN (
SELECT x.sale_id, SUM(COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0))) AS sold, COUNT(*) AS cards
FROM sale_line x
WHERE ({window_condition(windows, params, hourly=False)}) AND COALESCE(x.is_gift_card, FALSE)
GROUP BY x.sale_id
) g ON g.sale_id = d.sale_id
LEFT JOIN (
SELECT t.sale_id, SUM(CASE WHEN t.amount_minor > 0 THEN t.amount_minor ELSE 0 END) AS redeemed,
  SUM(CASE WHEN t.amount_minor > 0 THEN 1 ELSE 0 END) AS redemptions,
  SUM(CASE WHEN t.amount_minor < 0 THEN t.amount_minor ELSE 0 END) AS put_back
FROM tender t
WHERE ({window_condition(windows, params, hourly=False, alias="t")})
  AND t.kind = 'gift_card' AND LOWER(COALESCE(t.status, '')) NOT IN ({unpaid})
GROUP BY t.sale_id
) p ON p.sale_id = d.sale_id
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def build_taxes_and_tips(windows: Sequence[Window], by: str | None, scope: Scope) -> Statement:
    """Tax, tips and net sales from the rollups by ``key``: ``key, tax, tips, net, transactions``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    key = _KEYS[by].replace("d.", "x.")
    sql = f"""SELECT {key} AS key, SUM(x.tax_minor) AS tax, SUM(x.tip_minor) AS tips, SUM(x.net_minor) AS net,
  CAST(SUM(x.transactions) AS BIGINT) AS transactions
FROM store_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def build_charges(windows: Sequence[Window], by: str | None, scope: Scope) -> Statement:
    """What documents carry beside goods, by ``key`` (store, day, employee or nothing): minor units, refunds taken off.

    Columns: ``key, tax, tips, service, shipping, rounding, transactions``. From the documents themselves: the rollups
    hold tax and tips alone, and neither by employee.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    key = "COALESCE(e.name, x.employee_id, 'nobody told')" if by == "employee" else _KEYS[by].replace("d.", "x.")
    sums = ", ".join(f"SUM(COALESCE(x.{column}, 0)) AS {name}" for name, column in _CHARGES.items())
    sql = f"""SELECT {key} AS key, {sums},
  CAST(SUM(CASE WHEN x.kind <> 'return' THEN 1 ELSE 0 END) AS BIGINT) AS transactions
FROM sale x{" LEFT JOIN employee e ON e.employee_id = x.employee_id" if by == "employee" else ""}
WHERE ({window_condition(windows, params, hourly=False)}) AND {COUNTS}
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)
