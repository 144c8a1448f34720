"""Simulated: how much of each product stands in each store now.

Every product a store sold in the last twelve weeks follows an (s, S) policy over its real daily sales. S is four
weeks' demand and s is ten days' demand, both at least one piece; between orders the position walks down from S to s
one sale at a time, so after n pieces sold it is ``S - (n + offset) mod (S - s + 1)``. What was ordered in the last
three days has not arrived: the sales of those days are still missing from the shelf.
"""

from __future__ import annotations

import duckdb

from connectors.sandbox.sample.world import Calendar, chance

_LEVELS = """
INSERT INTO inventory_level (variant_id, store_id, quantity, as_of_at, simulated)
WITH demand AS (
  SELECT l.variant_id, l.store_id, CAST(sum(l.counted) AS BIGINT) AS sold,
    CAST(sum(CASE WHEN l.business_on >= CAST($today - to_days(3) AS DATE) THEN l.counted ELSE 0 END) AS BIGINT) AS late
  FROM sample_line l JOIN sample_product p USING (product_id)
  WHERE p.unit = 'each' AND l.business_on >= CAST($today - to_days(84) AS DATE) AND l.business_on < $today
  GROUP BY l.variant_id, l.store_id HAVING sum(l.counted) > 0),
policy AS (
  SELECT *, 1 + (sold * 10) // 84 AS s_low, 2 + (sold * 10) // 84 + (sold * 18) // 84 AS s_high FROM demand)
SELECT variant_id, store_id, greatest(0, s_high
    - CAST(sold + CAST(floor({offset} * 1000) AS BIGINT) AS BIGINT) % (s_high - s_low + 1) - late),
  $as_of, true
FROM policy ORDER BY store_id, variant_id
"""


def insert(connection: duckdb.DuckDBPyConnection, calendar: Calendar) -> None:
    """Fill inventory_level as of the start of ``today``; needs the staged sales."""
    connection.execute(
        _LEVELS.format(offset=chance("'stock' || store_id || variant_id")),
        {"today": calendar.today, "as_of": calendar.midnight},
    )
