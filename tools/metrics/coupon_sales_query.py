"""SQL for the goods that households bought with a coupon: lines of the day of redemption that the coupon is good for.

A redemption names coupon, household and day, not the line: so a line counts where that household bought, on that day,
something the coupon is good for. It counts once in each group, however many coupons fit it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.counted import LINE_MEASURES, line_rows
from tools.metrics.coupons_query import NO_KIND
from tools.metrics.windows import Statement, Window, bind, checked_scope

_KEYS = {
    "campaign": "r.campaign_id",
    "type": f"COALESCE(NULLIF(g.kind, ''), '{NO_KIND}')",
    "coupon": "r.coupon_id",
    "department": "COALESCE(h.department, 'Unknown')",
    "category": "COALESCE(h.category, 'Unknown')",
    "brand": "COALESCE(NULLIF(TRIM(p.brand), ''), 'Unknown')",
    "product": "COALESCE(n.item_id, x.variant_id)",
    "store": "d.store_id",
}
BY = tuple(_KEYS)
_JOINED = {
    "brand": ("LEFT JOIN product p ON p.product_id = v.product_id",),
    "product": ("LEFT JOIN item n ON n.variant_id = x.variant_id",),
}
"""What is joined for a key beside the others; a product is one across platforms by its barcode."""
_FITTING = (
    "JOIN coupon_item i ON i.variant_id = x.variant_id",
    (
        "JOIN coupon_redemption r ON r.coupon_id = i.coupon_id AND r.customer_key = d.customer_key"
        " AND r.redeemed_on = d.business_on"
    ),
    "LEFT JOIN campaign g ON g.campaign_id = r.campaign_id",
    "LEFT JOIN shelf h ON h.product_id = v.product_id",
)


def build_coupon_sales(
    campaign_ids: Sequence[str], by: str | None, windows: Sequence[Window], scope: Scope
) -> Statement:
    """``key, variant_id, households, redemptions, baskets, net, units, baskets_net``: one row each, in minor units.

    ``variant_id`` is one of the goods of the row.

    Args:
        campaign_ids: coupons of these campaigns.
        by: one of ``BY``; None for all together.
        windows: stores and days of the purchases.
        scope: who asks.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    key = _KEYS[by] if by else "''"
    chosen = bind(params, "campaign", campaign_ids)
    selected = [
        f"{key} AS key", "d.customer_key", "d.sale_id", "x.line_no", "r.coupon_id", "r.campaign_id", "d.business_on",
        "x.variant_id", f"{LINE_MEASURES['net_minor']} AS net", f"{LINE_MEASURES['units']} AS units",
    ]  # fmt: skip
    lines = line_rows(
        windows, params, selected, hours=False, joins=(*_FITTING, *_JOINED.get(by or "", ())),
        conditions=[f"r.campaign_id IN ({chosen})", "d.kind <> 'return'", "NOT COALESCE(x.is_return, FALSE)"],
    )  # fmt: skip
    sql = f"""WITH fitting AS (
{lines}
),
lines AS (
SELECT DISTINCT f.key, f.sale_id, f.line_no, f.net, f.units
FROM fitting f
),
baskets AS (
SELECT b.key, COUNT(*) AS baskets,
  SUM(COALESCE(s.net_minor, s.gross_minor - COALESCE(s.discount_minor, 0), s.total_minor)) AS baskets_net
FROM (SELECT DISTINCT f.key, f.sale_id FROM fitting f) b
JOIN sale s ON s.sale_id = b.sale_id
GROUP BY b.key
),
used AS (
SELECT f.key, MIN(f.variant_id) AS variant_id, COUNT(DISTINCT f.customer_key) AS households,
  COUNT(DISTINCT CONCAT(f.coupon_id, ' ', f.campaign_id, ' ', f.customer_key, ' ', CAST(f.business_on AS VARCHAR)))
    AS redemptions
FROM fitting f
GROUP BY f.key
),
sold AS (
SELECT l.key, SUM(l.net) AS net, SUM(l.units) AS units
FROM lines l
GROUP BY l.key
)
SELECT u.key, u.variant_id, u.households, u.redemptions, b.baskets, t.net, t.units, b.baskets_net
FROM used u
JOIN baskets b ON b.key = u.key
JOIN sold t ON t.key = u.key
ORDER BY u.key"""
    return Statement(sql, params)


def build_redeemed(campaign_ids: Sequence[str], windows: Sequence[Window], scope: Scope) -> Statement:
    """``redeemed``: all redemptions of the days, with goods found or not, by households of all stores.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    chosen = bind(params, "campaign", campaign_ids)
    start = bind(params, "start", [min(window.start_on for window in windows)])
    end = bind(params, "end", [max(window.end_on for window in windows)])
    sql = (
        f"SELECT COUNT(*) AS redeemed FROM coupon_redemption r WHERE r.campaign_id IN ({chosen})"
        f" AND r.redeemed_on BETWEEN CAST({start} AS DATE) AND CAST({end} AS DATE)"
    )
    return Statement(sql, params)
