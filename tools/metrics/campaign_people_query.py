"""SQL for who was sent a campaign and who redeemed a coupon: pseudonyms, to be put into groups and never given out."""

from __future__ import annotations

from datetime import date

from tools.metrics.windows import Statement


def build_campaign_people(end_on: date) -> Statement:
    """Customers who were sent a campaign that had begun by ``end_on``: ``customer_key, redeemed`` (coupons by then).

    A coupon counts whichever campaign it belongs to; who redeemed without having been sent anything is in it too.
    """
    sql = """SELECT p.customer_key, CAST(SUM(p.redeemed) AS BIGINT) AS redeemed
FROM (
SELECT a.customer_key, 0 AS redeemed FROM campaign_audience a JOIN campaign c ON c.campaign_id = a.campaign_id
WHERE c.starts_on <= CAST($until_on AS DATE)
UNION ALL
SELECT r.customer_key, 1 AS redeemed FROM coupon_redemption r WHERE r.redeemed_on <= CAST($until_on AS DATE)
) p
WHERE p.customer_key IS NOT NULL
GROUP BY p.customer_key
ORDER BY p.customer_key"""
    return Statement(sql, {"until_on": end_on})
