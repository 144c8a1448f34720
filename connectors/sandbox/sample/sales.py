"""Sales: the source's transactions as documents, lines, discounts and tenders.

``sales_value`` is what the retailer receives, so it is net; the loyalty and coupon-match discounts lie between it and
the gross. Manufacturers' coupons are reimbursed: they are a tender, never a discount. Volume sold as fuel is counted
by the source in thousandths of a gallon and is stored in gallons. Lines of quantity zero stay, without a unit price.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from connectors.sandbox.sample.world import CONNECTION, DEAL, ZONE_NAME, Calendar, chance, parquet

_POOL = """
CREATE OR REPLACE TEMP TABLE sample_store AS
SELECT CAST(store_id AS VARCHAR) AS original_store_id, store_id AS original_id,
  list_extract($deal, CAST((rank - 1) % len($deal) + 1 AS INTEGER)) AS store_id
FROM (SELECT store_id, row_number() OVER (ORDER BY count(DISTINCT basket_id) DESC, store_id) AS rank
  FROM {transactions} GROUP BY store_id)
"""

_STAGE = """
CREATE OR REPLACE TEMP TABLE sample_line AS
WITH instants AS (
  SELECT transaction_timestamp, CAST(local_at AS DATE) AS business_on, timezone('{zone}', local_at) AS closed_at
  FROM (SELECT transaction_timestamp,
      timezone('{zone}', timezone('UTC', transaction_timestamp)) + to_days({days}) AS local_at
    FROM (SELECT DISTINCT transaction_timestamp FROM {transactions}))),
moved AS (SELECT * FROM {transactions} JOIN instants USING (transaction_timestamp))
SELECT CAST(m.basket_id AS VARCHAR) AS sale_id, s.store_id, s.original_store_id,
  CAST(row_number() OVER (PARTITION BY m.basket_id ORDER BY m.product_id) AS INTEGER) AS line_no,
  m.product_id, 'V' || m.product_id AS variant_id, m.household_id, m.week,
  m.business_on, m.closed_at,
  m.quantity AS counted, CASE WHEN c.unit = 'gallon' THEN 1000 ELSE 1 END AS per_unit,
  CAST(round(m.sales_value * 100) AS BIGINT) AS net,
  CAST(round(m.retail_disc * 100) AS BIGINT) AS loyalty,
  CAST(round(m.coupon_match_disc * 100) AS BIGINT) AS coupon_match,
  CAST(round(m.coupon_disc * 100) AS BIGINT) AS coupon
FROM moved m JOIN sample_store s ON s.original_id = m.store_id LEFT JOIN sample_continuous c USING (product_id)
"""

_CONTINUOUS = """
CREATE OR REPLACE TEMP TABLE sample_continuous AS
WITH fuel AS (SELECT product_id FROM {products} WHERE product_type LIKE 'GASOLINE%'),
suspect AS (SELECT product_id FROM fuel UNION SELECT product_id FROM {transactions} WHERE quantity >= 1000),
usual AS (
  SELECT product_id, median(quantity) AS quantity FROM {transactions} SEMI JOIN suspect USING (product_id)
  GROUP BY product_id)
SELECT product_id, CASE WHEN quantity >= 1000 THEN 'gallon' ELSE 'fill' END AS unit FROM usual
WHERE quantity >= 1000 OR product_id IN (SELECT product_id FROM fuel)
"""

_SALE = """
INSERT INTO sale (sale_id, store_id, closed_at, business_on, register_id, customer_key, channel, kind, currency,
  gross_minor, discount_minor, net_minor, tax_minor, tip_minor, total_minor, voided, is_test, connection, external_id,
  source_version, simulated)
SELECT l.sale_id, l.store_id, l.closed_at, l.business_on, min(l.original_store_id), min(h.customer_key), 'store',
  'sale', 'USD', sum(l.net + l.loyalty + l.coupon_match), sum(l.loyalty + l.coupon_match), sum(l.net), 0, 0,
  sum(l.net), false, false, '{connection}', l.sale_id, 0, false
FROM sample_line l LEFT JOIN sample_household h USING (household_id)
WHERE l.business_on < $today
GROUP BY l.sale_id, l.store_id, l.closed_at, l.business_on
ORDER BY l.store_id, l.business_on, l.closed_at, l.sale_id
"""

_LINES = """
INSERT INTO sale_line (sale_id, line_no, variant_id, quantity, unit_price, gross_minor, discount_minor, net_minor,
  tax_minor, unit_cost, is_return, is_gift_card, name, simulated, store_id, business_on)
SELECT l.sale_id, l.line_no, l.variant_id,
  CASE WHEN l.per_unit = 1000 THEN CAST(l.counted * 0.001 AS DECIMAL(18,5)) ELSE CAST(l.counted AS DECIMAL(18,5)) END,
  CASE WHEN l.counted > 0 THEN CAST(0.0001 *
    ((200 * l.per_unit * (l.net + l.loyalty + l.coupon_match) + l.counted) // (2 * l.counted)) AS DECIMAL(18,4)) END,
  l.net + l.loyalty + l.coupon_match, l.loyalty + l.coupon_match, l.net, 0, c.unit_cost, false, false,
  CASE WHEN p.product_id IS NULL THEN 'Unknown product ' || l.product_id END, false, l.store_id, l.business_on
FROM sample_line l
LEFT JOIN sample_cost c ON c.product_id = l.product_id AND c.week = CASE WHEN l.per_unit = 1000 THEN l.week ELSE 0 END
LEFT JOIN sample_product p ON p.product_id = l.product_id
WHERE l.business_on < $today
ORDER BY l.store_id, l.business_on, l.sale_id, l.line_no
"""

_DISCOUNTS = """
INSERT INTO sale_discount (sale_id, line_no, seq, name, amount_minor, kind, simulated, store_id, business_on)
SELECT sale_id, line_no, 1, 'Loyalty price', loyalty, 'loyalty', false, store_id, business_on
FROM sample_line WHERE business_on < $today AND loyalty > 0
UNION ALL
SELECT sale_id, line_no, 2, 'Coupon match', coupon_match, 'coupon_match', false, store_id, business_on
FROM sample_line WHERE business_on < $today AND coupon_match > 0
"""

_TENDERS = """
INSERT INTO tender (tender_id, sale_id, kind, amount_minor, tip_minor, fee_minor, status, processed_at, simulated,
  store_id, business_on)
WITH due AS (
  SELECT sale_id, closed_at, store_id, business_on, sum(net) AS net, least(sum(coupon), sum(net)) AS coupon
  FROM sample_line WHERE business_on < $today GROUP BY sale_id, closed_at, store_id, business_on)
SELECT 'T' || sale_id || '-1', sale_id,
  CASE WHEN {chance} < 0.24 THEN 'cash' WHEN {chance} < 0.93 THEN 'card' ELSE 'wallet' END,
  net - coupon, 0, 0, 'captured', closed_at, true, store_id, business_on
FROM due WHERE net - coupon > 0
UNION ALL
SELECT 'T' || sale_id || '-2', sale_id, 'other', coupon, 0, 0, 'manufacturer_coupon', closed_at, false,
  store_id, business_on
FROM due WHERE coupon > 0
"""


def stage(connection: duckdb.DuckDBPyConnection, folder: Path, calendar: Calendar) -> None:
    """Put the pooled and moved lines of the whole year, future included, into the temporary ``sample_line``."""
    transactions, products = parquet(folder, "transactions"), parquet(folder, "products")
    connection.execute(_CONTINUOUS.format(transactions=transactions, products=products))
    connection.execute(_POOL.format(transactions=transactions), {"deal": list(DEAL)})
    connection.execute(_STAGE.format(transactions=transactions, zone=ZONE_NAME, days=7 * calendar.shift_weeks))


def insert(connection: duckdb.DuckDBPyConnection, calendar: Calendar) -> None:
    """Fill the sales tables with the days before ``today``; catalogue, households and costs are staged by then."""
    today = {"today": calendar.today}
    connection.execute(_SALE.format(connection=CONNECTION), today)
    connection.execute(_LINES, today)
    connection.execute(_DISCOUNTS, today)
    connection.execute(_TENDERS.format(chance=chance("'tender' || sale_id")), today)
