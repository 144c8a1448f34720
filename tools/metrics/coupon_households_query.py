"""SQL for coupons by kind of household: how many of each were sent a campaign, and how many redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.coupons_query import shoppers
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition
from tools.metrics.visits_query import ATTRIBUTES, EXTRA_ATTRIBUTES


def build_coupons_by_group(
    campaign_ids: Sequence[str], by: str, windows: Sequence[Window], scope: Scope, *, start_on: date, end_on: date,
    whole_chain: bool,
) -> Statement:  # fmt: skip
    """Coupons redeemed in some days by ``key`` of the household: ``key, redeemed, households``, one row each.

    Args:
        campaign_ids: coupons of these campaigns.
        by: one of ``ATTRIBUTES`` and ``EXTRA_ATTRIBUTES`` of a customer.
        windows: where a household must have bought, unless it is ``whole_chain``.
        scope: who asks.
        start_on: the first day of redemption.
        end_on: the last.
        whole_chain: whether every household counts.

    Raises:
        NotAllowedError: a window names a store outside the scope.
        ValueError: there is no such attribute.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"start_on": start_on, "end_on": end_on}
    chosen = bind(params, "campaign", campaign_ids)
    limited = "" if whole_chain else f"\n  AND r.customer_key IN ({shoppers(windows, params)})"
    sql = f"""SELECT COALESCE(CAST({_attribute(by)} AS VARCHAR), '') AS key, COUNT(*) AS redeemed,
  COUNT(DISTINCT r.customer_key) AS households
FROM coupon_redemption r
LEFT JOIN customer c ON c.customer_key = r.customer_key
WHERE r.campaign_id IN ({chosen})
  AND r.redeemed_on BETWEEN CAST($start_on AS DATE) AND CAST($end_on AS DATE){limited}
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)


def _attribute(by: str) -> str:
    """The SQL of an attribute of a customer ``c``."""
    if by not in (*ATTRIBUTES, *EXTRA_ATTRIBUTES):
        raise ValueError(by)
    return f"c.{by}" if by in ATTRIBUTES else f"c.attributes ->> '{by}'"


def build_coupon_households(
    campaign_ids: Sequence[str],
    by: str,
    windows: Sequence[Window],
    scope: Scope,
    *,
    end_on: date,
    whole_chain: bool,
) -> Statement:
    """Households by ``key``: ``key, audience, redeemers, redeemed`` (coupons), each household once.

    A redeemer redeemed a coupon of a campaign that was sent to it by ``end_on``.

    Args:
        campaign_ids: which campaigns.
        by: one of ``ATTRIBUTES`` and ``EXTRA_ATTRIBUTES`` of a customer.
        windows: where a household must have bought, unless it is ``whole_chain``.
        scope: who asks.
        end_on: redemptions after this day do not count.
        whole_chain: whether every household counts.

    Raises:
        NotAllowedError: a window names a store outside the scope.
        ValueError: there is no such attribute.
    """
    checked_scope(windows, scope)
    column = _attribute(by)
    params: dict[str, Any] = {"until_on": end_on}
    chosen = bind(params, "campaign", campaign_ids)
    limited = ""
    if not whole_chain:
        limited = (
            " AND a.customer_key IN (SELECT x.customer_key FROM sale x WHERE x.customer_key IS NOT NULL"
            " AND NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)"
            f" AND ({window_condition(windows, params, hourly=False)}))"
        )
    sql = f"""SELECT COALESCE(CAST({column} AS VARCHAR), '') AS key, COUNT(*) AS audience,
  COUNT(CASE WHEN h.redeemed > 0 THEN 1 END) AS redeemers, CAST(SUM(h.redeemed) AS BIGINT) AS redeemed
FROM (
SELECT s.customer_key, SUM(COALESCE(r.redeemed, 0)) AS redeemed
FROM (SELECT DISTINCT a.campaign_id, a.customer_key FROM campaign_audience a
  WHERE a.campaign_id IN ({chosen}){limited}) s
LEFT JOIN (SELECT q.campaign_id, q.customer_key, COUNT(*) AS redeemed FROM coupon_redemption q
  WHERE q.redeemed_on <= CAST($until_on AS DATE) GROUP BY q.campaign_id, q.customer_key) r
  ON r.campaign_id = s.campaign_id AND r.customer_key = s.customer_key
GROUP BY s.customer_key
) h
LEFT JOIN customer c ON c.customer_key = h.customer_key
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)
