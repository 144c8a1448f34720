"""The rollup of payments: how the documents of a store's day were paid, by kind of payment.

It has what a payment mix needs and nothing that joins documents to payments again, which is what costs over a chain.
Documents with something to pay and no payment, and payments that brought no money, are kinds of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from connectors.mirror.rows import FAILED_PAYMENT, NO_PAYMENT, NOT_PAID
from connectors.mirror.schema import ROLLUPS

_LISTED = ", ".join(f"'{word}'" for word in NOT_PAID)
_SUMS = {
    "amount_minor": "sum(p.amount_minor)",
    "refunded_minor": "sum(CASE WHEN p.amount_minor < 0 THEN p.amount_minor ELSE 0 END)",
    "payments": "count(*)",
    "tip_minor": "sum(coalesce(p.tip_minor, 0))",
    "fee_minor": "sum(coalesce(p.fee_minor, 0))",
    "fee_base_minor": "sum(CASE WHEN coalesce(p.fee_minor, 0) <> 0 THEN p.amount_minor ELSE 0 END)",
}


def add_up(connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
    """Write the rows of the days whose documents are in ``rolled_document``; old ones must be gone.

    Args:
        connection: the writer's.
        scope: the store-days as a condition on ``r``.
        bounds: its parameters.
    """
    columns = ROLLUPS["tender_day"]
    measures = ", ".join(f"CAST({sql} AS {columns[name]})" for name, sql in _SUMS.items())
    connection.execute(
        f"""INSERT INTO tender_day ({", ".join(columns)})
        SELECT d.store_id, d.business_on, CASE WHEN p.sale_id IS NULL THEN '{NO_PAYMENT}'
            WHEN lower(p.status) IN ({_LISTED}) OR p.amount_minor IS NULL THEN '{FAILED_PAYMENT}'
            WHEN p.status = 'manufacturer_coupon' THEN 'manufacturer_coupon' ELSE coalesce(p.kind, 'other') END,
          {measures}
        FROM rolled_document d LEFT JOIN (SELECT * FROM tender r WHERE {scope}) p ON p.sale_id = d.sale_id
        WHERE d.payable GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        dict(bounds),
    )
