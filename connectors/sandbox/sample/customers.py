"""Customers, campaigns, coupons and shelf promotions of the source, under pseudonyms and moved dates.

A household becomes a keyed hash, so that a customer of the demo cannot be looked up in the source by number. Shelf
and mailer promotions are kept for the eight weeks before ``today`` where at least a fifth of a demo store's real
stores had them: the source lists twenty million store-weeks.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import duckdb

from connectors.sandbox.sample.world import SEED, Calendar, parquet

PROMOTION_WEEKS = 8

_DISPLAYS = {
    "1": "store front", "2": "store rear", "3": "front end cap", "4": "mid-aisle end cap", "5": "rear end cap",
    "6": "side-aisle end cap", "7": "in-aisle", "9": "secondary location", "A": "in-shelf",
}  # fmt: skip
_MAILERS = {
    "A": "interior page feature", "C": "interior page line item", "D": "front page feature", "F": "back page feature",
    "H": "wrap front feature", "J": "wrap interior coupon", "L": "wrap back feature", "P": "interior page coupon",
    "X": "free on interior page", "Z": "free on front page, back page or wrap",
}  # fmt: skip
"""What the source's guide calls its codes for where a product stood and where in the mailer it was."""


def _named(column: str, names: Mapping[str, str]) -> str:
    """The name of a code as SQL; one that the guide does not list stays as it is."""
    whens = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in names.items())
    return f"CASE {column} {whens} ELSE {column} END"


_PROMOTIONS = """
INSERT INTO promotion_item (promotion_id, variant_id, store_id, starts_on, ends_on, display, mailer, simulated)
WITH shown AS (
  SELECT p.product_id, s.store_id, p.week, count(*) AS stores,
    max(nullif(p.display_location, '0')) AS display, max(nullif(p.mailer_location, '0')) AS mailer
  FROM {promotions} p JOIN sample_store s ON s.original_id = p.store_id
  WHERE p.week BETWEEN $first_week AND $last_week GROUP BY 1, 2, 3),
pooled AS (SELECT store_id, count(*) AS stores FROM sample_store GROUP BY store_id)
SELECT 'W' || lpad(CAST(h.week AS VARCHAR), 2, '0'), 'V' || h.product_id, h.store_id,
  CAST($second + to_days(7 * CAST(h.week - 2 AS INTEGER)) AS DATE),
  CAST($second + to_days(7 * CAST(h.week - 2 AS INTEGER) + 6) AS DATE), {display}, {mailer}, false
FROM shown h JOIN pooled USING (store_id) WHERE 5 * h.stores >= pooled.stores
ORDER BY h.store_id, h.week, h.product_id
"""


def pseudonym(household_id: int) -> str:
    """The customer key of a household of the source."""
    return hmac.new(SEED.encode(), str(household_id).encode(), hashlib.sha256).hexdigest()[:24]


def stage(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Put the pseudonyms of every household into the temporary ``sample_household``."""
    found = connection.execute(
        f"""SELECT household_id FROM {parquet(folder, "transactions")}
        UNION SELECT household_id FROM {parquet(folder, "demographics")}
        UNION SELECT household_id FROM {parquet(folder, "campaigns")}
        UNION SELECT household_id FROM {parquet(folder, "coupon_redemptions")}"""
    ).fetchall()
    households = [household for (household,) in found]
    connection.execute("CREATE OR REPLACE TEMP TABLE sample_household (household_id BIGINT, customer_key VARCHAR)")
    connection.execute(
        "INSERT INTO sample_household SELECT unnest($ids), unnest($keys)",
        {"ids": households, "keys": [pseudonym(household) for household in households]},
    )


def insert(connection: duckdb.DuckDBPyConnection, folder: Path, calendar: Calendar) -> None:
    """Fill customer, the campaign and coupon tables, and promotion_item; needs staged sales and pools."""
    shift = {"days": 7 * calendar.shift_weeks}
    today = {"today": calendar.today}
    connection.execute(
        f"""INSERT INTO customer (customer_key, first_seen_at, household_key, age_band, income_band, household_size,
          kids, attributes, simulated)
        SELECT h.customer_key, f.first_seen_at, h.customer_key, d.age, d.income, d.household_size, d.kids_count,
          CASE WHEN d.household_id IS NULL THEN NULL ELSE json_object('home_ownership', d.home_ownership,
            'marital_status', d.marital_status, 'household_comp', d.household_comp) END, false
        FROM sample_household h LEFT JOIN {parquet(folder, "demographics")} d USING (household_id)
        JOIN (SELECT household_id, min(closed_at) AS first_seen_at FROM sample_line
          WHERE business_on < $today GROUP BY household_id) f USING (household_id)
        ORDER BY h.customer_key""",
        today,
    )
    connection.execute(
        f"""INSERT INTO campaign (campaign_id, name, kind, starts_on, ends_on, simulated)
        SELECT CAST(campaign_id AS VARCHAR), 'Campaign ' || campaign_id, campaign_type,
          CAST(start_date + to_days($days) AS DATE), CAST(end_date + to_days($days) AS DATE), false
        FROM {parquet(folder, "campaign_descriptions")}""",
        shift,
    )
    connection.execute(
        f"""INSERT INTO campaign_audience (campaign_id, customer_key, simulated)
        SELECT DISTINCT CAST(c.campaign_id AS VARCHAR), h.customer_key, false
        FROM {parquet(folder, "campaigns")} c JOIN sample_household h USING (household_id)"""
    )
    connection.execute(
        f"""INSERT INTO coupon (coupon_id, campaign_id, simulated)
        SELECT DISTINCT CAST(coupon_upc AS VARCHAR), CAST(campaign_id AS VARCHAR), false
        FROM {parquet(folder, "coupons")}"""
    )
    connection.execute(
        f"""INSERT INTO coupon_item (coupon_id, variant_id, simulated)
        SELECT DISTINCT CAST(coupon_upc AS VARCHAR), 'V' || product_id, false FROM {parquet(folder, "coupons")}"""
    )
    connection.execute(
        f"""INSERT INTO coupon_redemption (coupon_id, campaign_id, customer_key, redeemed_on, simulated)
        SELECT DISTINCT CAST(r.coupon_upc AS VARCHAR), CAST(r.campaign_id AS VARCHAR), h.customer_key,
          CAST(r.redemption_date + to_days($days) AS DATE), false
        FROM {parquet(folder, "coupon_redemptions")} r JOIN sample_household h USING (household_id)
        WHERE CAST(r.redemption_date + to_days($days) AS DATE) < $today""",
        shift | today,
    )
    second = calendar.first_on + timedelta(days=1)
    this_week = (calendar.today - second).days // 7 + 2
    connection.execute(
        _PROMOTIONS.format(
            promotions=parquet(folder, "promotions"),
            display=_named("h.display", _DISPLAYS),
            mailer=_named("h.mailer", _MAILERS),
        ),
        {"first_week": this_week - PROMOTION_WEEKS, "last_week": this_week, "second": second},
    )
