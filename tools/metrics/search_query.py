"""SQL that finds products and says what they sold lately, within the scope like every other query.

Names, brands and identifiers come from people and from the point of sale: both are only ever parameters or results.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.mirror.rows import ALL_STORES
from connectors.mirror.views import CATEGORY, DEPARTMENT, SHELF_JOINS
from tools.context import Scope
from tools.metrics.windows import Statement, Window, bind, checked_scope, product_days

_COLUMNS = f"""v.variant_id, v.product_id, v.sku, v.barcode, p.name AS product_name, v.name AS variant_name,
  COALESCE({DEPARTMENT}, 'Unknown') AS department, COALESCE({CATEGORY}, 'Unknown') AS category, p.brand,
  COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE) AS active"""
_TABLES = f"""variant v
JOIN product p ON p.product_id = v.product_id
{SHELF_JOINS}"""
_WORDS = f"LOWER(CONCAT_WS(' ', p.name, v.name, p.brand, {DEPARTMENT}, {CATEGORY}, p.description))"


def build_search(
    words: Sequence[Sequence[str]],
    idents: Sequence[str],
    windows: Sequence[Window],
    scope: Scope,
    *,
    every_word: bool,
    limit: int,
    connections: Sequence[str] = (),
) -> Statement:
    """Variants that carry one of ``idents`` or have the ``words``, best sellers of the windows first.

    Each word is given in all its spellings, of which one is enough. It begins or ends a word of the text: “melon” is
    in “watermelon”, “term” is not.

    With ``connections`` only those of these accounts, or of none, are looked at.

    Columns: those of ``build_lookup``, then ``net_minor`` and ``units`` of the windows (null: not sold) and
    ``found``, how many fit before the limit.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    conditions = []
    if idents:
        named = bind(params, "ident", [ident.lower() for ident in idents])
        conditions += [
            f"LOWER({column}) IN ({named})" for column in ("v.variant_id", "v.product_id", "v.sku", "v.barcode")
        ]
        # One barcode is written with or without its leading zeros, as the platform pleases.
        numbers = [ident.lstrip("0") for ident in idents if ident.isdigit() and len(ident) >= 8]
        if numbers:
            conditions.append(f"LTRIM(v.barcode, '0') IN ({bind(params, 'number', numbers)})")
    if words:
        patterns = ["(" + " OR ".join(_has(form, params) for form in forms) + ")" for forms in words]
        conditions.append("(" + (" AND " if every_word else " OR ").join(patterns) + ")")
    fits = " OR ".join(conditions)
    if connections:
        fits = f"({fits}) AND (v.connection IS NULL OR v.connection IN ({bind(params, 'connection', connections)}))"
    table, condition = product_days(windows, params)
    sql = f"""SELECT {_COLUMNS}, d.net_minor, d.units, COUNT(*) OVER () AS found
FROM {_TABLES}
LEFT JOIN (
SELECT x.variant_id, SUM(x.net_minor) AS net_minor, SUM(x.units) AS units
FROM {table} x
WHERE {condition}
GROUP BY x.variant_id
) d ON d.variant_id = v.variant_id
WHERE {fits}
ORDER BY CASE WHEN d.net_minor IS NULL THEN 1 ELSE 0 END, d.net_minor DESC, v.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def _has(form: str, params: dict[str, Any]) -> str:
    """Whether a text has a word that begins or ends with a form; the cheap look comes first."""
    edges = rf"(^|[^a-z0-9]){re.escape(form)}|{re.escape(form)}(s|es)?([^a-z0-9]|$)"
    anywhere, at_an_edge = bind(params, "word", [f"%{form}%"]), bind(params, "edge", [edges])
    return f"({_WORDS} LIKE {anywhere} AND REGEXP_MATCHES({_WORDS}, {at_an_edge}))"


def build_named(words: Sequence[Sequence[str]], connections: Sequence[str], limit: int) -> Statement:
    """``variant_id`` of what carries every word, in one of its spellings, as a whole word of its name or category."""
    params: dict[str, Any] = {"limit": limit}
    text = f"LOWER(CONCAT_WS(' ', p.name, v.name, {CATEGORY}))"
    conditions = []
    for spelt in words:
        either = "|".join(re.escape(form) for form in spelt)
        # A plural ending is no other word: “banana” is in “bananas”, “box” in “boxes”.
        pattern = rf"(^|[^a-z0-9])({either})(s|es)?([^a-z0-9]|$)"
        conditions.append(f"REGEXP_MATCHES({text}, {bind(params, 'word', [pattern])})")
    if connections:
        conditions.append(f"(v.connection IS NULL OR v.connection IN ({bind(params, 'connection', connections)}))")
    return _ids_of(conditions, params)


def build_own_label(departments: Sequence[str], categories: Sequence[str], limit: int, *, own: bool) -> Statement:
    """``variant_id`` of the goods of these departments and categories that are own label, or that are not."""
    params: dict[str, Any] = {"limit": limit, "own": own}
    conditions = ["COALESCE(p.private_label, FALSE) = $own"]
    for column, label, names in ((DEPARTMENT, "department", departments), (CATEGORY, "category", categories)):
        if names:
            conditions.append(f"COALESCE({column}, 'Unknown') IN ({bind(params, label, names)})")
    return _ids_of(conditions, params)


def _ids_of(conditions: Sequence[str], params: dict[str, Any]) -> Statement:
    """``variant_id`` of the goods for which every condition holds, at most ``$limit`` of them."""
    sql = f"""SELECT v.variant_id
FROM {_TABLES}
WHERE {" AND ".join(conditions)}
ORDER BY v.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_lookup(variant_ids: Sequence[str]) -> Statement:
    """Names and places of variants: ids, sku, barcode, names, department, category, brand, active."""
    params: dict[str, Any] = {}
    sql = f"SELECT {_COLUMNS}\nFROM {_TABLES}\nWHERE v.variant_id IN ({bind(params, 'variant', variant_ids)})"
    return Statement(sql, params)


def build_prices(variant_ids: Sequence[str], store_ids: Sequence[str] | None, now: datetime) -> Statement:
    """Prices in force at ``now``, oldest first: ``variant_id, store_id`` (or ``ALL_STORES``)``, price, currency``.

    Without ``store_ids`` those of every store there is: to plan with a list of thousands takes longer than to read all.
    """
    params: dict[str, Any] = {"now": now}
    variants = bind(params, "variant", variant_ids)
    of_stores = ""
    if store_ids is not None:
        of_stores = f" AND (r.store_id = '{ALL_STORES}' OR r.store_id IN ({bind(params, 'store', store_ids)}))"
    sql = f"""SELECT r.variant_id, r.store_id, r.amount AS price, r.currency
FROM amount_in_force r
WHERE r.kind = 'price' AND r.variant_id IN ({variants}){of_stores}
  AND r.since_at <= CAST($now AS TIMESTAMPTZ) AND (r.until_at IS NULL OR r.until_at > CAST($now AS TIMESTAMPTZ))
ORDER BY r.since_at"""
    return Statement(sql, params)


VOCABULARY = """SELECT DISTINCT UNNEST(STRING_SPLIT(REGEXP_REPLACE(
  LOWER(CONCAT_WS(' ', p.name, p.brand, h.department, h.category, p.description)), '[^a-z0-9]+', ' ', 'g'),
  ' ')) AS word
FROM product p LEFT JOIN shelf h ON h.product_id = p.product_id"""
"""Every word that products are described with; for mending misspellings."""

SHELVES = """SELECT COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category,
  COUNT(*) AS products
FROM shelf h
GROUP BY COALESCE(h.department, 'Unknown'), COALESCE(h.category, 'Unknown')
ORDER BY products DESC, 1, 2"""
"""Every department and category with the number of its products."""
