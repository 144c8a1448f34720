"""SQL over baskets that hold something at a coupon, a discount or a promotion or on display, and those that do not.

A basket is a document of kind sale or exchange that counts; its lines are what the rollups count, so that both sides
together are the transactions and net sales of every other answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.mirror.rows import NOT_PAID
from tools.context import Scope
from tools.metrics.counted import LINE_MEASURES, document_rows, line_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

_MONDAY = "x.business_on - MOD(CAST(x.business_on - DATE '2001-01-01' AS INTEGER), 7)"
_KEYS = {
    None: "''",
    "store": "d.store_id",
    "weekday": "CAST(EXTRACT(ISODOW FROM d.business_on) AS VARCHAR)",
    "week": f"CAST({_MONDAY.replace('x.', 'd.')} AS VARCHAR)",
    "month": "STRFTIME(d.business_on, '%Y-%m')",
}


def build_baskets_apart(windows: Sequence[Window], having: str, by: str | None, scope: Scope) -> Statement:
    """One row per group: ``key, baskets, net, pieces`` of all, ``with_baskets, with_net, with_pieces`` of those with.

    Also ``with_discount``: what was taken off in the baskets with it. Amounts are minor units.

    Args:
        windows: stores and days.
        having: "coupon": a discount that names a coupon, or a manufacturer's coupon among the payments; "discount":
            any amount off; "promotion": goods that a promotion was recorded for at that store on that day, or a
            discount that names one; "display", "mailer" or "support" (either): goods that stood there then.
        by: None, "store", "weekday" (1 is Monday), "week" (its Monday) or "month".
        scope: who asks.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    documents = document_rows(windows, params, hours=False)
    held, joins = "0", []
    if having == "discount":
        held = LINE_MEASURES["discounted_lines"]
    elif having in _OFFERED:
        joins = [_offered(windows, params, _OFFERED[having])]
        held = "CASE WHEN offer.variant_id IS NULL THEN 0 ELSE 1 END"
    selected = [
        "d.sale_id",
        *(f"{LINE_MEASURES[name]} AS {name}" for name in ("net_minor", "units", "discount_minor")),
        f"{held} AS held",
    ]
    lines = line_rows(windows, params, selected, hours=False, joins=joins)
    named = _NAMED.get(having)
    marked = _marked(windows, params, named) if named else ""
    hit = "CASE WHEN COALESCE(l.held, 0) = 1 OR m.sale_id IS NOT NULL THEN 1 ELSE 0 END" if named else "l.held"
    sql = f"""WITH document AS (
{documents}
), line AS (
{lines}
), held AS (
SELECT l.sale_id, SUM(l.net_minor) AS net, SUM(l.units) AS units, SUM(l.discount_minor) AS off, MAX(l.held) AS held
FROM line l
GROUP BY l.sale_id
), basket AS (
SELECT {_KEYS[by]} AS key, COALESCE(l.net, 0) AS net, COALESCE(l.units, 0) AS units, COALESCE(l.off, 0) AS off,
  COALESCE({hit}, 0) AS hit
FROM document d
LEFT JOIN held l ON l.sale_id = d.sale_id
{marked}WHERE d.kind <> 'return'
)
SELECT b.key, COUNT(*) AS baskets, CAST(SUM(b.net) AS DECIMAL(18,0)) AS net,
  CAST(SUM(b.units) AS DECIMAL(18,2)) AS pieces, CAST(SUM(b.hit) AS BIGINT) AS with_baskets,
  CAST(SUM(CASE WHEN b.hit = 1 THEN b.net ELSE 0 END) AS DECIMAL(18,0)) AS with_net,
  CAST(SUM(CASE WHEN b.hit = 1 THEN b.units ELSE 0 END) AS DECIMAL(18,2)) AS with_pieces,
  CAST(SUM(CASE WHEN b.hit = 1 THEN b.off ELSE 0 END) AS DECIMAL(18,0)) AS with_discount
FROM basket b
GROUP BY b.key
ORDER BY b.key"""
    return Statement(sql, params)


_OFFERED = {
    "promotion": "",
    "display": "\n  AND NULLIF(i.display, '') IS NOT NULL",
    "mailer": "\n  AND NULLIF(i.mailer, '') IS NOT NULL",
    "support": "\n  AND (NULLIF(i.display, '') IS NOT NULL OR NULLIF(i.mailer, '') IS NOT NULL)",
}
"""Which promotions ``i`` of a product count, beside that they run."""

_NAMED = {
    "coupon": "(NULLIF(g.coupon_id, '') IS NOT NULL OR LOWER(COALESCE(g.kind, '')) LIKE 'coupon%')",
    "promotion": "NULLIF(g.promotion_id, '') IS NOT NULL",
}
"""The condition on a discount ``g`` of a document that says so by itself."""


def _marked(windows: Sequence[Window], params: dict[str, Any], named: str) -> str:
    """The documents of which a discount or a payment says it, joined as ``m``."""
    rows = (
        f"SELECT g.sale_id FROM sale_discount g\n"
        f"  WHERE ({window_condition(windows, params, hourly=False, alias='g')}) AND {named}"
    )
    if "coupon" in named:
        rows += (
            "\n  UNION SELECT t.sale_id FROM tender t\n"
            f"  WHERE ({window_condition(windows, params, hourly=False, alias='t')})"
            f" AND LOWER(COALESCE(t.status, '')) NOT IN ({bind(params, 'unpaid', NOT_PAID)})"
            " AND t.status = 'manufacturer_coupon'"
        )
    return f"LEFT JOIN (SELECT DISTINCT n.sale_id FROM (\n  {rows}\n) n) m ON m.sale_id = d.sale_id\n"


def _offered(windows: Sequence[Window], params: dict[str, Any], placed: str) -> str:
    """What was on promotion, and ``placed`` so, one row at most for each store, day and product."""
    return (
        "LEFT JOIN (SELECT DISTINCT x.store_id, x.business_on, x.variant_id\n"
        "FROM store_sku_day x JOIN promotion_item i ON i.variant_id = x.variant_id\n"
        "  AND (i.store_id IS NULL OR i.store_id = x.store_id)\n"
        "  AND x.business_on BETWEEN COALESCE(i.starts_on, x.business_on) AND COALESCE(i.ends_on, x.business_on)"
        f"{placed}\nWHERE {window_condition(windows, params, hourly=False)}) offer ON offer.store_id = d.store_id\n"
        "  AND offer.business_on = d.business_on AND offer.variant_id = x.variant_id"
    )
