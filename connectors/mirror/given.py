"""The rollup of discounts: what the discounts of a store's day were called and what they came to.

A document that has discounts of one name only is added to the others of that name. One that has several stands by
itself, a row for each name with its id: whatever the names are gathered into, the documents are those counted and the
different ids. Discounts on returns and on gift cards are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from connectors.mirror.schema import ROLLUPS

_NAMES = ("promotion_id", "coupon_id", "code", "name", "kind")


def add_up(connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
    """Write the rows of the days whose documents are in ``rolled_document``; old ones must be gone.

    Args:
        connection: the writer's.
        scope: the store-days as a condition on ``r``.
        bounds: its parameters.
    """
    columns = ROLLUPS["discount_day"]
    key = ", ".join(("store_id", "business_on", *_NAMES))
    found = connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE rolled_discount AS
        SELECT d.store_id, d.business_on, g.* FROM (
          SELECT {", ".join(f"s.{name}" for name in _NAMES)}, s.sale_id, sum(s.amount_minor) AS amount_minor,
            count(*) AS uses
          FROM (SELECT * FROM sale_discount r WHERE r.amount_minor IS NOT NULL AND {scope}) s
          ANTI JOIN (SELECT r.sale_id, r.line_no FROM sale_line r WHERE (r.is_return OR r.is_gift_card) AND {scope}) l
            ON l.sale_id = s.sale_id AND l.line_no = s.line_no
          GROUP BY ALL) g
        JOIN rolled_document d ON d.sale_id = g.sale_id AND d.kind <> 'return'""",
        dict(bounds),
    ).fetchone()
    if not found or not found[0]:
        return
    connection.execute(
        f"""INSERT INTO discount_day ({", ".join(columns)})
        WITH several AS (SELECT sale_id FROM rolled_discount GROUP BY sale_id HAVING count(*) > 1),
        placed AS (SELECT g.*, s.sale_id AS own_id FROM rolled_discount g LEFT JOIN several s ON s.sale_id = g.sale_id)
        SELECT {key}, own_id, CAST(sum(amount_minor) AS {columns["amount_minor"]}), CAST(sum(uses) AS BIGINT),
          count(CASE WHEN own_id IS NULL THEN 1 END)
        FROM placed GROUP BY {key}, own_id ORDER BY store_id, business_on"""
    )
