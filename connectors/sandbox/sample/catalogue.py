"""Products, categories and typical prices, with names a person can say.

The source has no product names. A name here is its product type and package size in plain words, whether it is the
store's own brand, and its number, which is also its SKU: ``Rolls: bagels, 4 oz, national brand #1095275``. A type
that says too little alone has its category behind it; what has neither is called unnamed rather than given a name.
The price is not invented: it is the median gross unit price of the last five times that a store (or, for the row
without a store, the chain) sold the product.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from connectors.sandbox.sample.world import CONNECTION, Calendar, parquet

_DEPARTMENTS = {
    "DRUG GM": "Drug & General Merchandise",
    "MEAT-PCKGD": "Packaged Meat",
    "SEAFOOD-PCKGD": "Packaged Seafood",
    "CNTRL/STORE SUP": "Store Supplies",
    "GM MERCH EXP": "General Merchandise Expense",
    "PROD-WHS SALES": "Produce Warehouse Sales",
    "CHARITABLE CONT": "Charitable Contributions",
    "ELECT &PLUMBING": "Electrical & Plumbing",
}
_WORDS = {
    "frzn": "frozen",
    "frz": "frozen",
    "refrgratd": "refrigerated",
    "sft": "soft",
    "drnk": "drink",
    "drnks": "drinks",
    "juic": "juice",
    "flvrd": "flavored",
    "flvr": "flavor",
    "pwdr": "powder",
    "pwdrs": "powders",
    "crystl": "crystal",
    "mx": "mix",
    "mxs": "mixes",
    "dnrs": "dinners",
    "dnr": "dinner",
    "veg": "vegetable",
    "choc": "chocolate",
    "chees": "cheese",
    "brd": "breaded",
    "sngl": "single",
    "sgl": "single",
    "srv": "serve",
    "sv": "serve",
    "swt": "sweet",
    "gds": "goods",
    "sw": "sweet",
    "ss": "single serve",
    "misc": "miscellaneous",
    "pckgd": "packaged",
    "prod": "products",
    "produc": "products",
    "cndmnts": "condiments",
    "sndwch": "sandwich",
    "sald": "salad",
    "drsng": "dressing",
    "sprd": "spread",
    "pkld": "pickled",
    "fem": "feminine",
    "hygn": "hygiene",
    "xmas": "Christmas",
    "h&b": "health & beauty",
    "hh": "household",
    "bf": "beef",
    "chix": "chicken",
    "trky": "turkey",
    "unflvrd": "unflavored",
    "carb": "carbonated",
    "activati": "activation",
}

_PRODUCT = """
CREATE OR REPLACE TEMP TABLE sample_product AS
SELECT p.product_id, p.brand = 'Private' AS private_label, p.manufacturer_id,
  coalesce(d.name, p.department) AS department,
  lower(p.department) AS department_key,
  CASE WHEN p.product_category IS NOT NULL THEN lower(p.department) || '/' || lower(p.product_category)
    ELSE lower(p.department) END AS category_key,
  c.name AS category_name, t.name AS type_name,
  nullif(lower(trim(regexp_replace(regexp_replace(p.package_size, '^[^0-9.]+([0-9.])', '\\1'), '\\s+', ' ', 'g'))), '')
    AS size, coalesce(k.unit, 'each') AS unit
FROM {products} p
LEFT JOIN sample_word d ON d.kind = 'department' AND d.raw = p.department
LEFT JOIN sample_word c ON c.kind = 'category' AND c.raw = p.product_category
LEFT JOIN sample_word t ON t.kind = 'type' AND t.raw = p.product_type
LEFT JOIN sample_continuous k ON k.product_id = p.product_id
"""

_NAMED = """
CREATE OR REPLACE TEMP TABLE sample_name AS
SELECT product_id, CASE
  WHEN coalesce(type_name, category_name) IS NULL THEN 'Unnamed product ' || product_id || ' (' || department || ')'
  ELSE coalesce(type_name, category_name)
    || CASE WHEN category_name IS NULL OR type_name IS NULL OR list_has_any(
      regexp_extract_all(lower(type_name), '[a-z]{3,6}'), regexp_extract_all(lower(category_name), '[a-z]{3,6}'))
      THEN '' ELSE ' (' || lower(category_name) || ')' END
    || coalesce(', ' || size, '')
    || CASE WHEN private_label THEN ', store brand' ELSE ', national brand' END || ' #' || product_id END AS name
FROM sample_product
"""

_INSERTS = (
    """INSERT INTO category (category_id, parent_id, name, simulated)
    SELECT department_key, NULL, min(department), false FROM sample_product GROUP BY department_key
    UNION ALL
    SELECT category_key, department_key, min(category_name), false FROM sample_product
    WHERE category_key <> department_key GROUP BY category_key, department_key""",
    """INSERT INTO product (product_id, name, category_id, department, brand, private_label, active, simulated)
    SELECT CAST(p.product_id AS VARCHAR), n.name, p.category_key, p.department,
      CASE WHEN p.private_label THEN 'Store brand' ELSE 'National brand, maker ' || p.manufacturer_id END,
      p.private_label, true, false
    FROM sample_product p JOIN sample_name n USING (product_id) ORDER BY p.product_id""",
    f"""INSERT INTO variant (variant_id, product_id, sku, name, unit_of_measure, pack_size, track_stock, active,
      connection, external_id, simulated)
    SELECT 'V' || p.product_id, CAST(p.product_id AS VARCHAR), CAST(p.product_id AS VARCHAR), n.name, p.unit, p.size,
      p.unit = 'each', true, '{CONNECTION}', 'V' || p.product_id, false
    FROM sample_product p JOIN sample_name n USING (product_id) ORDER BY p.product_id""",
)

_PRICE = """
CREATE OR REPLACE TEMP TABLE sample_price AS
WITH unit AS (
  SELECT variant_id, store_id, closed_at,
    CAST(0.01 * ((2 * per_unit * (net + loyalty + coupon_match) + counted) // (2 * counted)) AS DECIMAL(18,4)) AS price
  FROM sample_line l JOIN sample_product p USING (product_id)
  WHERE counted > 0 AND net + loyalty + coupon_match > 0 AND p.unit <> 'fill' AND business_on < $today),
last_five AS (
  SELECT variant_id, store_id, arg_max(price, closed_at, 5) AS prices,
    list_min(arg_max(closed_at, closed_at, 5)) AS since
  FROM (SELECT variant_id, store_id, closed_at, price FROM unit
    UNION ALL SELECT variant_id, NULL, closed_at, price FROM unit)
  GROUP BY variant_id, store_id)
SELECT variant_id, store_id, list_extract(list_sort(prices), CAST((len(prices) + 1) // 2 AS INTEGER)) AS price, since
FROM last_five
"""


def stage(connection: duckdb.DuckDBPyConnection, folder: Path, calendar: Calendar) -> None:
    """Put named products and typical prices into temporary tables; needs the staged sales."""
    products = parquet(folder, "products")
    found = connection.execute(
        f"""SELECT DISTINCT 'department', department FROM {products}
        UNION SELECT DISTINCT 'category', product_category FROM {products} WHERE product_category IS NOT NULL
        UNION SELECT DISTINCT 'type', product_type FROM {products} WHERE product_type IS NOT NULL"""
    ).fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE sample_word (kind VARCHAR, raw VARCHAR, name VARCHAR)")
    connection.execute(
        "INSERT INTO sample_word SELECT unnest($kind), unnest($raw), unnest($name)",
        {
            "kind": [kind for kind, _ in found],
            "raw": [raw for _, raw in found],
            "name": [department_name(raw) if kind == "department" else plain_words(raw) for kind, raw in found],
        },
    )
    connection.execute(_PRODUCT.format(products=products))
    connection.execute(_NAMED)
    connection.execute(_PRICE, {"today": calendar.today})


def insert(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill category, product, variant and price."""
    for statement in _INSERTS:
        connection.execute(statement)
    connection.execute(
        """INSERT INTO price (variant_id, store_id, valid_from_at, price, currency, simulated)
        SELECT variant_id, store_id, since, price, 'USD', false FROM sample_price ORDER BY variant_id, store_id"""
    )


def department_name(raw: str) -> str:
    """A department in title case, abbreviations written out."""
    return _DEPARTMENTS.get(raw, raw.title())


def plain_words(raw: str) -> str:
    """The source's shorthand as words: ``FRZN FRENCH FRIES`` is ``Frozen french fries``.

    Cut-off parentheses are dropped, because the source truncates its texts at thirty characters.
    """
    text = raw.lower()
    while text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    text = text.replace("/", " / ").replace(":", ": ").replace(" - ", ", ").strip(" -/&,:")
    words = [
        _WORDS.get(word.rstrip(".,:"), word.rstrip(".,:")) + word[len(word.rstrip(".,:")) :] for word in text.split()
    ]
    joined = " ".join(words).replace(" / ", "/").replace(" ,", ",")
    return joined[:1].upper() + joined[1:]
