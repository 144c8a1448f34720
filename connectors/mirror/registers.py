"""The rollup of registers: what was rung up, discounted by hand and refunded, by who, at which register and when.

A report about a chain would otherwise join every document of four weeks to its lines and discounts. A discount is
given by hand when no promotion, coupon, code or automatic kind stands behind it; what a discount row does not explain
is taken for given by hand. Squares of amounts are for the mathematics of sums and are no money. Voided documents are
not in it: whether a register told of a void is asked of its events, which come later.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from connectors.mirror.schema import ROLLUPS

AUTOMATIC = (
    "loyalty", "coupon", "coupon_match", "promotion", "automatic", "code", "script", "campaign", "mailer", "bundle",
    "price_rule", "member",
)  # fmt: skip
"""Kinds of discount that the register gives by itself, with nobody deciding.

The rollup keeps what was decided by this list: after a change of it, `floorwalker sync --rebuild` writes it anew.
"""

_KEYS = ("store_id", "business_on", "hour_of_day", "register_id", "employee_id")
_SUMS = {
    "sales": "count(CASE WHEN x.kind <> 'return' THEN 1 END)",
    "gross_minor": "sum(x.gross_minor)",
    "discounted": "count(CASE WHEN x.given > 0 THEN 1 END)",
    "given_minor": "sum(x.given)",
    "given_squares": "sum(CAST(x.given AS DOUBLE) * x.given)",
    "automatic_minor": "sum(x.automatic)",
    "refunds": "count(CASE WHEN x.refunded > 0 THEN 1 END)",
    "refunded_minor": "sum(x.refunded)",
    "refunded_squares": "sum(CAST(x.refunded AS DOUBLE) * x.refunded)",
}
_EXPLAINED = f"""g.promotion_id IS NOT NULL OR g.coupon_id IS NOT NULL OR g.code IS NOT NULL
    OR g.kind IN ({", ".join(f"'{kind}'" for kind in AUTOMATIC)})"""


def add_up(connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
    """Write the rows of the days whose documents are in ``rolled_document`` and ``rolled_basket``.

    Args:
        connection: the writer's.
        scope: the store-days as a condition on ``r``; their old rows must be gone.
        bounds: its parameters.
    """
    columns = ROLLUPS["register_hour"]
    measures = ", ".join(f"CAST({sql} AS {columns[name]})" for name, sql in _SUMS.items())
    key = ", ".join(f"x.{name}" for name in _KEYS)
    connection.execute(
        f"""INSERT INTO register_hour ({", ".join((*_KEYS, *_SUMS))})
        SELECT {key}, {measures} FROM (
          SELECT d.store_id, d.business_on, d.hour_of_day, d.register_id, d.kind,
            coalesce(d.employee_id, b.employee_id) AS employee_id, coalesce(b.gross_minor, 0) AS gross_minor,
            coalesce(b.returns_minor, 0) AS refunded,
            CASE WHEN d.kind = 'return' THEN 0
              ELSE greatest(coalesce(b.discount_minor, 0) - coalesce(e.automatic, 0), 0) END AS given,
            CASE WHEN d.kind = 'return' THEN 0
              ELSE least(coalesce(b.discount_minor, 0), coalesce(e.automatic, 0)) END AS automatic
          FROM rolled_document d LEFT JOIN rolled_basket b ON b.sale_id = d.sale_id
          LEFT JOIN (SELECT g.sale_id, sum(abs(g.amount_minor)) AS automatic
            FROM (SELECT * FROM sale_discount r WHERE {scope}) g WHERE {_EXPLAINED} GROUP BY g.sale_id) e
            ON e.sale_id = d.sale_id) x
        GROUP BY {key} ORDER BY x.store_id, x.business_on""",
        dict(bounds),
    )
