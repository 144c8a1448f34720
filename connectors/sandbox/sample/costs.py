"""Simulated: what products cost and who supplies them. The source says nothing about either.

A product's cost is its average net price over the year times one minus its department's margin, varied by up to a
fifth of that margin from product to product. Fuel follows its price week by week. About two products in a hundred
have no cost, as in every real catalogue, and what the source does not know has none either.
"""

from __future__ import annotations

from datetime import timedelta

import duckdb

from connectors.sandbox.sample.world import SOURCE_FIRST_ON, Calendar, chance

MARGINS = {
    "fuel": "0.06",
    "grocery": "0.26",
    "frozen grocery": "0.28",
    "drug gm": "0.34",
    "produce": "0.36",
    "meat": "0.28",
    "meat-pckgd": "0.27",
    "seafood": "0.30",
    "seafood-pckgd": "0.29",
    "deli": "0.42",
    "pastry": "0.48",
    "nutrition": "0.33",
    "cosmetics": "0.36",
    "floral": "0.45",
    "salad bar": "0.52",
    "chef shoppe": "0.50",
    "restaurant": "0.55",
    "spirits": "0.25",
    "miscellaneous": "0.15",
}
"""Share of the net price that is margin, by the source's department; 0.30 elsewhere."""

SUPPLIERS = (
    ("SUP1", "Hudson Dry Goods", 25_000, "3.00", "1.00", "Mon,Wed,Fri"),
    ("SUP2", "Lantern Drug Supply", 15_000, "4.00", "1.50", "Tue,Thu"),
    ("SUP3", "Bright Field Produce", 8_000, "1.00", "0.30", "Mon,Tue,Wed,Thu,Fri,Sat"),
    ("SUP4", "Northway Meats", 12_000, "2.00", "0.50", "Mon,Wed,Fri"),
    ("SUP5", "Old Mill Bakery and Deli", 6_000, "1.00", "0.30", "Mon,Tue,Wed,Thu,Fri,Sat"),
    ("SUP6", "Tidewater Fuel", 200_000, "2.00", "0.50", "Tue,Fri"),
    ("SUP7", "Garden State Distribution", 10_000, "5.00", "2.00", "Thu"),
)
"""Supplier id, name, minimum order in minor units, lead time mean and spread in days, order days. All invented."""

_SUPPLIER_OF = {
    "grocery": "SUP1",
    "frozen grocery": "SUP1",
    "nutrition": "SUP1",
    "drug gm": "SUP2",
    "cosmetics": "SUP2",
    "produce": "SUP3",
    "salad bar": "SUP3",
    "floral": "SUP3",
    "meat": "SUP4",
    "meat-pckgd": "SUP4",
    "seafood": "SUP4",
    "seafood-pckgd": "SUP4",
    "deli": "SUP5",
    "pastry": "SUP5",
    "fuel": "SUP6",
}

_COST = """
CREATE OR REPLACE TEMP TABLE sample_cost AS
WITH sold AS (
  SELECT l.product_id, CASE WHEN l.per_unit = 1000 THEN l.week ELSE 0 END AS week, l.per_unit = 1000 AS weekly,
    CAST(sum(l.net) AS BIGINT) * 100 * min(l.per_unit) // CAST(sum(l.counted) AS BIGINT) AS average
  FROM sample_line l WHERE l.counted > 0 AND l.net > 0 GROUP BY 1, 2, 3)
SELECT s.product_id, s.week, s.weekly,
  CAST(s.average * 0.0001 * (1 - CASE WHEN p.unit <> 'each' THEN {fuel} ELSE {margin} * (0.8 + 0.4 * {varied}) END)
    AS DECIMAL(18,4)) AS unit_cost
FROM sold s JOIN sample_product p USING (product_id)
WHERE s.average > 0 AND p.unit <> 'fill' AND {kept} >= 0.02
"""


def stage(connection: duckdb.DuckDBPyConnection) -> None:
    """Put costs into the temporary ``sample_cost``; needs the staged sales and products."""
    whens = " ".join(f"WHEN '{name}' THEN CAST({share} AS DECIMAL(3,2))" for name, share in MARGINS.items())
    connection.execute(
        _COST.format(
            fuel=MARGINS["fuel"],
            margin=f"CASE p.department_key {whens} ELSE 0.30 END",
            varied=chance("'cost' || s.product_id"),
            kept=chance("'known' || s.product_id"),
        )
    )


def insert(connection: duckdb.DuckDBPyConnection, calendar: Calendar) -> None:
    """Fill cost, supplier and supplier_item."""
    cases = " ".join(f"WHEN '{name}' THEN '{supplier}'" for name, supplier in _SUPPLIER_OF.items())
    supplier = f"CASE WHEN p.unit <> 'each' THEN 'SUP6' ELSE CASE p.department_key {cases} ELSE 'SUP7' END END"
    connection.execute(
        f"""INSERT INTO cost (variant_id, supplier_id, valid_from_at, unit_cost, currency, simulated)
        SELECT 'V' || c.product_id, {supplier},
          timezone('America/New_York', CAST(CASE WHEN c.week <= 1 THEN $first
            ELSE $second + to_days(7 * CAST(c.week - 2 AS INTEGER)) END AS TIMESTAMP)), c.unit_cost, 'USD', true
        FROM sample_cost c JOIN sample_product p USING (product_id)
        WHERE NOT c.weekly OR $second + to_days(7 * CAST(c.week - 2 AS INTEGER)) < $today
        ORDER BY c.product_id, c.week""",
        {
            "first": calendar.first_on,
            "second": SOURCE_FIRST_ON + timedelta(weeks=calendar.shift_weeks, days=1),
            "today": calendar.today,
        },
    )
    for row in SUPPLIERS:
        connection.execute(
            """INSERT INTO supplier (supplier_id, name, email, currency, min_order_minor, lead_days_mean, lead_days_sd,
              order_days, simulated)
            VALUES ($1, $2, 'orders@' || lower($1) || '.example', 'USD', $3, $4, $5, $6, true)""",
            list(row),
        )
    connection.execute(
        f"""INSERT INTO supplier_item (supplier_id, variant_id, supplier_sku, unit_cost, pack_size, min_quantity,
          lead_days, simulated)
        SELECT {supplier}, 'V' || c.product_id, 'P' || c.product_id, arg_max(c.unit_cost, c.week),
          CASE WHEN p.unit <> 'each' THEN 1000 WHEN {chance("'pack' || c.product_id")} < 0.5 THEN 6 ELSE 12 END, 1,
          NULL, true
        FROM sample_cost c JOIN sample_product p USING (product_id)
        GROUP BY c.product_id, p.unit, p.department_key ORDER BY c.product_id"""
    )
