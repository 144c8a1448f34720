"""SQL for what campaigns and coupons there are: how long they ran, whom they reached, which coupons were used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.coupons_query import shoppers
from tools.metrics.windows import Statement, Window, bind, checked_scope


def build_coupon_uses(campaign_ids: Sequence[str], until_on: date) -> Statement:
    """Each coupon on offer: ``coupon_id, campaign_id, products`` (in it) and ``redeemed`` (times, by ``until_on``)."""
    params: dict[str, Any] = {"until_on": until_on}
    chosen = bind(params, "campaign", campaign_ids)
    sql = f"""SELECT c.coupon_id, c.campaign_id,
  (SELECT COUNT(DISTINCT i.variant_id) FROM coupon_item i WHERE i.coupon_id = c.coupon_id) AS products,
  (SELECT COUNT(*) FROM coupon_redemption r WHERE r.coupon_id = c.coupon_id AND r.campaign_id = c.campaign_id
    AND r.redeemed_on <= CAST($until_on AS DATE)) AS redeemed
FROM coupon c
WHERE c.campaign_id IN ({chosen})
ORDER BY redeemed DESC, c.coupon_id, c.campaign_id"""
    return Statement(sql, params)


def build_household_contacts(
    campaign_ids: Sequence[str], windows: Sequence[Window], scope: Scope, *, until_on: date, whole_chain: bool
) -> Statement:
    """Households by number of campaigns: ``campaigns, households, redeemers, redeemed``; nought campaigns left out.

    ``redeemers`` are households that redeemed any coupon of these campaigns by ``until_on``, ``redeemed`` how many.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"until_on": until_on}
    chosen = bind(params, "campaign", campaign_ids)
    limited = "" if whole_chain else f" AND a.customer_key IN ({shoppers(windows, params)})"
    sql = f"""SELECT p.campaigns, COUNT(*) AS households, COUNT(CASE WHEN p.redeemed > 0 THEN 1 END) AS redeemers,
  CAST(SUM(p.redeemed) AS BIGINT) AS redeemed
FROM (
SELECT a.customer_key, COUNT(DISTINCT a.campaign_id) AS campaigns,
  (SELECT COUNT(*) FROM coupon_redemption r WHERE r.customer_key = a.customer_key AND r.campaign_id IN ({chosen})
    AND r.redeemed_on <= CAST($until_on AS DATE)) AS redeemed
FROM campaign_audience a
WHERE a.campaign_id IN ({chosen}){limited}
GROUP BY a.customer_key
) p
GROUP BY p.campaigns
ORDER BY p.campaigns"""
    return Statement(sql, params)


_STEPS = {
    "day": "r.redeemed_on",
    "week": "r.redeemed_on - MOD(CAST(r.redeemed_on - DATE '2001-01-01' AS INTEGER) + {shift}, 7)",
    "month": "100 * CAST(EXTRACT(YEAR FROM r.redeemed_on) AS INTEGER)"
    " + CAST(EXTRACT(MONTH FROM r.redeemed_on) AS INTEGER)",
    "weekday": "MOD(CAST(r.redeemed_on - DATE '2001-01-01' AS INTEGER) + {shift}, 7)",
}


def build_redemption_days(
    campaign_ids: Sequence[str], by: str, windows: Sequence[Window], scope: Scope, *, start_on: date, end_on: date,
    whole_chain: bool, week_start: int,
) -> Statement:  # fmt: skip
    """Redemptions in time: ``key`` (as ``analysis.group_keys`` reads it), ``redeemed`` and ``households``.

    Args:
        campaign_ids: coupons of these campaigns.
        by: day, week, month or weekday.
        windows: where households must have bought to count, unless ``whole_chain``.
        scope: who asks.
        start_on: first day on which coupons were redeemed.
        end_on: the last.
        whole_chain: count every household.
        week_start: the weekday on which weeks start, 0 for Monday.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"start_on": start_on, "end_on": end_on}
    chosen = bind(params, "campaign", campaign_ids)
    limited = "" if whole_chain else f"\n  AND r.customer_key IN ({shoppers(windows, params)})"
    sql = f"""SELECT {_STEPS[by].format(shift=(7 - week_start) % 7)} AS key, COUNT(*) AS redeemed,
  COUNT(DISTINCT r.customer_key) AS households
FROM coupon_redemption r
WHERE r.campaign_id IN ({chosen})
  AND r.redeemed_on BETWEEN CAST($start_on AS DATE) AND CAST($end_on AS DATE){limited}
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)
