"""SQL for campaigns: whom they reached, who redeemed, and what households bought before and during.

A campaign and its coupons belong to no store. For stores that are not the whole chain a household counts when it
bought there, which is where the store scope enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition

NO_KIND = "No type"
_COUNTS = "NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)"


def shoppers(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Households that bought in the stores of the windows."""
    return (
        "SELECT DISTINCT x.customer_key FROM sale x WHERE x.customer_key IS NOT NULL AND "
        f"{_COUNTS} AND ({window_condition(windows, params, hourly=False)})"
    )


def build_campaigns() -> Statement:
    """Every campaign: ``campaign_id, name, kind, starts_on, ends_on``, and ``coupons`` on offer in it."""
    return Statement(
        "SELECT c.campaign_id, COALESCE(c.name, c.campaign_id) AS name, COALESCE(c.kind, '') AS kind, c.starts_on,"
        " c.ends_on,\n  (SELECT COUNT(DISTINCT o.coupon_id) FROM coupon o WHERE o.campaign_id = c.campaign_id)"
        " AS coupons\nFROM campaign c\nORDER BY c.starts_on, c.campaign_id",
        {},
    )


def build_redemptions(
    campaign_ids: Sequence[str],
    windows: Sequence[Window],
    scope: Scope,
    *,
    start_on: date,
    end_on: date,
    whole_chain: bool,
    by_kind: bool = False,
) -> Statement:
    """One row per campaign, and one without a campaign for all of them together.

    With ``by_kind`` one row per type instead, named in ``campaign_id``: a household of several campaigns counts once.

    Columns: ``campaign_id, audience, redeemers`` (households of the audience that redeemed one of its coupons by
    ``end_on``), ``redeemed`` (coupons redeemed by them), ``in_period`` (those from ``start_on`` on), ``outside``
    (coupons of it redeemed by households that it was not sent to).
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"from_on": start_on, "until_on": end_on}
    chosen = bind(params, "campaign", campaign_ids)
    limited = "" if whole_chain else f" AND {{alias}}.customer_key IN ({shoppers(windows, params)})"
    sql = f"""WITH audience AS (
SELECT DISTINCT a.campaign_id, a.customer_key FROM campaign_audience a
WHERE a.campaign_id IN ({chosen}){limited.format(alias="a")}
), redemption AS (
SELECT r.campaign_id, r.customer_key, COUNT(*) AS redeemed,
  SUM(CASE WHEN r.redeemed_on >= CAST($from_on AS DATE) THEN 1 ELSE 0 END) AS in_period
FROM coupon_redemption r
WHERE r.campaign_id IN ({chosen}) AND r.redeemed_on <= CAST($until_on AS DATE){limited.format(alias="r")}
GROUP BY r.campaign_id, r.customer_key
), joined AS (
SELECT COALESCE(a.campaign_id, r.campaign_id) AS campaign_id, COALESCE(a.customer_key, r.customer_key) AS customer_key,
  CASE WHEN a.customer_key IS NULL THEN 0 ELSE 1 END AS was_sent,
  COALESCE(r.redeemed, 0) AS redeemed, COALESCE(r.in_period, 0) AS in_period
FROM audience a
FULL JOIN redemption r ON r.campaign_id = a.campaign_id AND r.customer_key = a.customer_key
)
SELECT {{key}} AS campaign_id, COUNT(DISTINCT CASE WHEN j.was_sent = 1 THEN j.customer_key END) AS audience,
  COUNT(DISTINCT CASE WHEN j.was_sent = 1 AND j.redeemed > 0 THEN j.customer_key END) AS redeemers,
  SUM(CASE WHEN j.was_sent = 1 THEN j.redeemed ELSE 0 END) AS redeemed,
  SUM(CASE WHEN j.was_sent = 1 THEN j.in_period ELSE 0 END) AS in_period,
  SUM(CASE WHEN j.was_sent = 0 THEN j.redeemed ELSE 0 END) AS outside
FROM joined j"""
    head, tail = sql.split("SELECT {key}")
    each = "SELECT j.campaign_id" + tail + "\nGROUP BY j.campaign_id"
    if by_kind:
        named = "LEFT JOIN campaign c ON c.campaign_id = j.campaign_id\nGROUP BY 1"
        each = f"SELECT COALESCE(NULLIF(c.kind, ''), '{NO_KIND}'){tail}\n{named}"
    everything = "SELECT NULL" + tail
    return Statement(f"{head}{each}\nUNION ALL\n{everything}\nORDER BY 1", params)


@dataclass(frozen=True, slots=True)
class Spell:
    """A campaign with the days that are compared: ``days`` of them from each of the two starts."""

    campaign_id: str
    before_on: date
    start_on: date
    days: int
    end_on: date


def build_spending(spells: Sequence[Spell], windows: Sequence[Window], scope: Scope) -> Statement:
    """Households before and during each campaign, the ones it was sent to and the ones nothing was sent to.

    A household counts when it bought in the days before. Sent to nothing: in the audience of no campaign that ran in
    those days. Columns: ``campaign_id, was_sent, households``, then for net sales per day (minor units) and for visits
    per day ``before``, ``during``, and the sum and sum of squares of during less before: ``net_before, net_during,
    net_change, net_squares, visits_before, visits_during, visits_change, visits_squares``.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    rows = ", ".join(
        f"({bind(params, 'id', [s.campaign_id])}, CAST({bind(params, 'b', [s.before_on])} AS DATE),"
        f" CAST({bind(params, 's', [s.start_on])} AS DATE), CAST({bind(params, 'e', [s.end_on])} AS DATE),"
        f" {bind(params, 'd', [s.days])})"
        for s in spells
    )
    condition = window_condition(windows, params, hourly=False)
    counts = f"{_COUNTS} AND x.customer_key IS NOT NULL AND ({condition})"
    sql = f"""WITH spell (campaign_id, before_on, start_on, end_on, days) AS (VALUES {rows}),
taken AS (
SELECT x.sale_id, SUM(CASE WHEN COALESCE(x.is_return, FALSE) OR x.kind = 'return' THEN x.net
  ELSE x.gross_minor - COALESCE(x.discount_minor, 0) END) AS net
FROM (SELECT l.sale_id, l.is_return, l.gross_minor, l.discount_minor, x.kind,
    COALESCE(l.net_minor, l.gross_minor - COALESCE(l.discount_minor, 0)) AS net
  FROM sale_line l JOIN sale x ON x.sale_id = l.sale_id WHERE NOT COALESCE(l.is_gift_card, FALSE) AND {counts}) x
GROUP BY x.sale_id
), visit AS (
SELECT x.customer_key, x.business_on, SUM(CASE WHEN x.kind <> 'return' THEN 1 ELSE 0 END) AS visits,
  SUM(COALESCE(t.net, 0)) AS net
FROM sale x LEFT JOIN taken t ON t.sale_id = x.sale_id WHERE {counts}
GROUP BY x.customer_key, x.business_on
), spent AS (
SELECT p.campaign_id, p.days, v.customer_key,
  SUM(CASE WHEN v.business_on < p.start_on THEN v.net ELSE 0 END) AS net_before,
  SUM(CASE WHEN v.business_on >= p.start_on THEN v.net ELSE 0 END) AS net_during,
  SUM(CASE WHEN v.business_on < p.start_on THEN v.visits ELSE 0 END) AS visits_before,
  SUM(CASE WHEN v.business_on >= p.start_on THEN v.visits ELSE 0 END) AS visits_during
FROM spell p JOIN visit v ON v.business_on BETWEEN p.before_on AND p.end_on
GROUP BY p.campaign_id, p.days, v.customer_key
), sent AS (
SELECT DISTINCT p.campaign_id, a.customer_key FROM spell p JOIN campaign_audience a ON a.campaign_id = p.campaign_id
), reached AS (
SELECT DISTINCT p.campaign_id, a.customer_key FROM spell p
JOIN campaign c ON COALESCE(c.starts_on, p.end_on) <= p.end_on AND COALESCE(c.ends_on, p.before_on) >= p.before_on
JOIN campaign_audience a ON a.campaign_id = c.campaign_id
), told AS (
SELECT s.campaign_id, CASE WHEN m.customer_key IS NULL THEN 0 ELSE 1 END AS was_sent,
  CAST(s.net_before AS DOUBLE) / s.days AS nb, CAST(s.net_during AS DOUBLE) / s.days AS nd,
  CAST(s.visits_before AS DOUBLE) / s.days AS vb, CAST(s.visits_during AS DOUBLE) / s.days AS vd
FROM spent s
LEFT JOIN sent m ON m.campaign_id = s.campaign_id AND m.customer_key = s.customer_key
LEFT JOIN reached r ON r.campaign_id = s.campaign_id AND r.customer_key = s.customer_key
WHERE s.visits_before > 0 AND (m.customer_key IS NOT NULL OR r.customer_key IS NULL)
)
SELECT t.campaign_id, t.was_sent, COUNT(*) AS households, SUM(t.nb) AS net_before, SUM(t.nd) AS net_during,
  SUM(t.nd - t.nb) AS net_change, SUM((t.nd - t.nb) * (t.nd - t.nb)) AS net_squares, SUM(t.vb) AS visits_before,
  SUM(t.vd) AS visits_during, SUM(t.vd - t.vb) AS visits_change, SUM((t.vd - t.vb) * (t.vd - t.vb)) AS visits_squares
FROM told t
GROUP BY t.campaign_id, t.was_sent
ORDER BY t.campaign_id, t.was_sent"""
    return Statement(sql, params)
