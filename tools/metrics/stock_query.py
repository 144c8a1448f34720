"""SQL over stock on hand, joined to what sold, what it costs and what it sells for; the scope enters as everywhere.

On hand is what the source last gave. Where the source tells the shelf from the back room, on hand is their sum and a
row without an area is not added to it. Goods whose stock is not tracked are left out. Costs and prices are those in
force now: a store's own before the common one, none where the currency is not the store's. Values are quantity times
unit in exact decimals of major units, nothing rounded, and only of what is above zero: a negative level is an error of
the record, not a negative asset.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from connectors.mirror.rows import ALL_STORES
from tools.context import Scope
from tools.metrics.dimensions import SUPPLIED
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition

_TOTALS = """COALESCE(SUM(t.positions), 0) AS positions, COUNT(DISTINCT t.variant_id) AS products,
  SUM(t.stocked) AS positions_in_stock,
  COUNT(DISTINCT CASE WHEN t.stocked > 0 THEN t.variant_id END) AS products_in_stock,
  SUM(CASE WHEN t.each THEN COALESCE(t.on_hand, 0) END) AS pieces,
  SUM(CASE WHEN t.each THEN t.floor END) AS floor_pieces,
  SUM(CASE WHEN t.each THEN t.backroom END) AS backroom_pieces,
  SUM(CAST(COALESCE(t.on_hand, 0) * t.unit_cost AS DECIMAL(38,9))) AS cost_value,
  SUM(CAST(COALESCE(t.on_hand, 0) * t.unit_price AS DECIMAL(38,9))) AS retail_value,
  SUM(CASE WHEN t.unit_cost IS NULL THEN t.stocked ELSE 0 END) AS unknown_cost,
  SUM(CASE WHEN t.unit_price IS NULL THEN t.stocked ELSE 0 END) AS unknown_price,
  SUM(t.negative) AS negative, SUM(CASE WHEN t.each THEN 0 ELSE t.stocked END) AS unpieced"""

ON_HAND = """CAST(CASE WHEN l.floor IS NULL AND l.backroom IS NULL THEN l.whole
    ELSE COALESCE(l.floor, 0) + COALESCE(l.backroom, 0) END AS DECIMAL(18,5))"""
"""What is on hand of a row of ``level``."""

HELD = "CASE WHEN t.on_hand > 0 THEN t.on_hand ELSE 0 END"
"""What a row of ``stock`` adds to what several stores have on hand: a level below zero takes nothing from others."""

_OUT = {
    "completely": "{on_hand} <= 0",
    "negative": "{on_hand} < 0",
    "shelf": "COALESCE({row}.floor, 0) <= 0 AND {row}.backroom > 0",
}


def is_out(where: str, row: str = "t", on_hand: str = "t.on_hand") -> str:
    """When a position counts as out, as SQL on a row with its areas and what is on hand of it.

    ``where`` is ``completely`` (nothing at all), ``shelf`` (nothing on the shelf, some in the back room) or
    ``negative`` (a level below zero).
    """
    return _OUT[where].format(row=row, on_hand=on_hand)


STOCK_GROUPS = {
    "store": "t.store_id",
    "department": "t.department",
    "category": "t.category",
    "product": "t.variant_id",
}
"""What stock can be split by, and the column of the stock rows."""

NO_SUPPLIER = "No supplier"


_EVERY = "SELECT q.store_id FROM store q"


def scoped_stores(store_ids: Sequence[str], scope: Scope, params: dict[str, Any], *, everyone: int = 0) -> str:
    """The stores as what stands between the brackets of ``IN (...)``.

    ``everyone`` is how many stores there are, where the asker owns them all: all of them are not named one by one.

    Raises:
        NotAllowedError: one of them is outside the scope.
    """
    checked_scope([Window(tuple(store_ids), date.min, date.min)], scope)
    return _EVERY if everyone and len(store_ids) == everyone else bind(params, "store", store_ids)


def in_stores(stores: str) -> str:
    """The condition that a row ``x`` is of these stores: of all there are it would only be checked to let each pass."""
    return "TRUE" if stores == _EVERY else f"x.store_id IN ({stores})"


def part_condition(only: Filter | None, params: dict[str, Any], *, variant: str, shelf: str) -> str:
    """The part of the range as ``AND`` conditions on the columns of two aliases; empty for all of it."""
    if only is None:
        return ""
    made = [
        f" AND {column} IN ({bind(params, 'part', names)})"
        for column, names in (
            (f"COALESCE({shelf}.department, 'Unknown')", only.departments),
            (f"COALESCE({shelf}.category, 'Unknown')", only.categories),
            (f"{variant}.variant_id", only.variants),
        )
        if names
    ]
    return "".join(made)


def stock_ctes(
    store_ids: Sequence[str],
    scope: Scope,
    params: dict[str, Any],
    now: datetime,
    *,
    only: Filter | None = None,
    windows: Sequence[Window] = (),
    valued: bool = True,
    shelved: bool = True,
    kept: str = "",
    everyone: int = 0,
) -> str:
    """CTEs (without ``WITH``) that end in ``stock``: one row per store and variant that has a level.

    Columns of ``stock``: ``store_id, variant_id, product_id, department, category, each`` (sold by the piece),
    ``active, on_hand, floor, backroom`` (null where areas are not told), ``as_of_at, unit_cost, unit_price,
    cost_value, retail_value`` (null where unknown), and, with ``windows``, of those days ``units, squares`` (sum of the
    squares of daily units), ``sold_days`` (days with a sale), ``net_minor, margin_minor, sold_on`` (the last day with
    a sale); null where nothing sold.

    Args:
        store_ids: the stores, all within ``scope``.
        scope: who asks.
        params: placeholders are added here.
        now: costs and prices that begin later do not count.
        only: the part of the range.
        windows: days whose sales are joined; none by default.
        valued: False leaves costs and prices null, which is quicker.
        shelved: False leaves department and category “Unknown” unless ``only`` needs them, which is quicker.
        kept: a condition on the rows ``t`` of ``placed`` (those of ``stock`` without amounts and sales); only what
            fulfils it gets into ``stock``, and only its sales are read.
        everyone: as for ``scoped_stores``; for a few variants only, as all that there are join quicker by the list.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    stores = scoped_stores(store_ids, scope, params, everyone=everyone)
    part = part_condition(only, params, variant="l", shelf="h")
    shelf, names = "", "'Unknown' AS department, 'Unknown' AS category"
    if shelved or (only is not None and (only.departments or only.categories)):
        shelf = "\nLEFT JOIN shelf h ON h.product_id = v.product_id"
        names = "COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category"
    ctes = [
        levels(in_stores(stores)),
        f"""placed AS (
SELECT l.store_id, l.variant_id, v.product_id, st.currency, {names},
  COALESCE(v.unit_of_measure, 'each') = 'each' AS each,
  COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE) AS active, p.created_at, l.as_of_at, l.floor, l.backroom,
  {ON_HAND} AS on_hand
FROM level l JOIN store st ON st.store_id = l.store_id
LEFT JOIN variant v ON v.variant_id = l.variant_id
LEFT JOIN product p ON p.product_id = v.product_id{shelf}
WHERE COALESCE(v.track_stock, TRUE){part}
)""",
    ]
    of, few = "placed", ""
    if kept:
        of = "kept"
        ctes.append(f"kept AS (\nSELECT t.* FROM placed t WHERE {kept}\n)")
        # By “=” the engine would hold every key of the days against the few.
        few = (
            "JOIN kept k ON k.store_id IS NOT DISTINCT FROM x.store_id"
            " AND k.variant_id IS NOT DISTINCT FROM x.variant_id\n"
        )
    amounts: list[str] = []
    values, joins = _NO_VALUES, ""
    if valued:
        # A part of the range needs few of the amounts; for all of it looking them up first would only cost.
        amounts, values, joins = valued_ctes(stores, params, now, of=of if only or kept else "")
    ctes += amounts
    sold = ""
    if windows:
        ctes.append(
            "sold AS (\nSELECT x.store_id, x.variant_id, SUM(x.units) AS units, SUM(x.net_minor) AS net_minor,\n"
            "  SUM(CAST(x.units AS DOUBLE) * CAST(x.units AS DOUBLE)) AS squares,\n"
            "  SUM(CASE WHEN x.units > 0 OR x.gross_minor > 0 THEN 1 ELSE 0 END) AS sold_days,\n"
            "  SUM(CASE WHEN x.lines > x.unknown_cost_lines THEN x.known_cost_net_minor - x.cogs_minor END)"
            " AS margin_minor,\n"
            "  MAX(CASE WHEN x.units > 0 OR x.gross_minor > 0 THEN x.business_on END) AS sold_on,\n"
            "  MIN(x.business_on) AS first_sold_on\n"
            f"FROM store_sku_day x {few}WHERE ({window_condition(windows, params, hourly=False)})\n"
            "GROUP BY x.store_id, x.variant_id\n)"
        )
        sold = "\nLEFT JOIN sold s ON s.store_id = l.store_id AND s.variant_id = l.variant_id"
    sums = ", s.units, s.squares, s.sold_days, s.net_minor, s.margin_minor, s.sold_on" if windows else ""
    ctes.append(f"""stock AS (
SELECT l.*, {values}{sums}
FROM {of} l{joins}{sold}
)""")
    return ",\n".join(ctes)


_NO_VALUES = """CAST(NULL AS DECIMAL(18,4)) AS unit_cost, CAST(NULL AS DECIMAL(18,4)) AS unit_price,
  CAST(NULL AS DECIMAL(38,9)) AS cost_value, CAST(NULL AS DECIMAL(38,9)) AS retail_value"""


def valued_ctes(stores: str, params: dict[str, Any], now: datetime, *, of: str = "") -> tuple[list[str], str, str]:
    """CTEs of the amounts in force, the columns ``unit_cost, unit_price, cost_value, retail_value``, and the joins.

    Columns and joins are for rows ``l`` with ``store_id, variant_id, currency, on_hand``; ``of`` is a CTE of these rows
    whose variants are the only ones to be looked up.
    """
    params["now"] = now
    meant = in_currency(stores) + (f" AND c.variant_id IN (SELECT l.variant_id FROM {of} l)" if of else "")
    ctes, joins, values = [], "", []
    for kind in ("cost", "price"):
        own, common = f"o{kind[0]}", f"c{kind[0]}"
        ctes += [
            latest_amount(f"own_{kind}", kind, f"c.store_id IN ({stores}){meant}"),
            latest_amount(f"common_{kind}", kind, f"c.store_id = '{ALL_STORES}'{meant}"),
        ]
        joins += f"\nLEFT JOIN own_{kind} {own} ON {own}.variant_id = l.variant_id AND {own}.store_id = l.store_id"
        joins += f"\nLEFT JOIN common_{kind} {common} ON {common}.variant_id = l.variant_id"
        values.append(f"COALESCE({amount_of(own)}, {amount_of(common)})")
    cost, price = values
    columns = f"""{cost} AS unit_cost, {price} AS unit_price,
  CASE WHEN l.on_hand > 0 THEN CAST(l.on_hand * {cost} AS DECIMAL(38,9)) END AS cost_value,
  CASE WHEN l.on_hand > 0 THEN CAST(l.on_hand * {price} AS DECIMAL(38,9)) END AS retail_value"""
    return ctes, columns, joins


def levels(here: str, few: str = "") -> str:
    """``level``: a row for each store and variant. Only those that tell areas have several rows to be added up.

    ``here`` is a condition on the stores of ``x``, ``few`` a join of it. No area is read to see that there is none.
    """
    return f"""in_areas AS (
SELECT DISTINCT x.store_id, x.variant_id FROM inventory_level x{few} WHERE {here} AND x.area IS NOT NULL
), level AS (
SELECT x.store_id, x.variant_id, x.as_of_at, CAST(NULL AS DECIMAL(38,5)) AS floor,
  CAST(NULL AS DECIMAL(38,5)) AS backroom, x.quantity AS whole
FROM inventory_level x{few} LEFT JOIN in_areas a ON a.store_id = x.store_id AND a.variant_id = x.variant_id
WHERE {here} AND a.store_id IS NULL
UNION ALL
SELECT x.store_id, x.variant_id, MAX(x.as_of_at) AS as_of_at,
  SUM(CASE WHEN x.area = 'floor' THEN x.quantity END) AS floor,
  SUM(CASE WHEN x.area = 'backroom' THEN x.quantity END) AS backroom, CAST(NULL AS DECIMAL(18,5)) AS whole
FROM inventory_level x JOIN in_areas a ON a.store_id = x.store_id AND a.variant_id = x.variant_id
WHERE {here}
GROUP BY x.store_id, x.variant_id
)"""


def in_currency(stores: str) -> str:
    """Amounts in a currency that one of the stores trades in, or in none that is told, as an ``AND`` on ``c``."""
    return f" AND (c.currency IS NULL OR c.currency IN (SELECT q.currency FROM store q WHERE q.store_id IN ({stores})))"


def amount_of(alias: str, currency: str = "l.currency") -> str:
    """The amount where it is in the store's currency, as SQL."""
    return f"CASE WHEN COALESCE({alias}.currency, {currency}) = {currency} THEN {alias}.amount END"


def latest_amount(name: str, kind: str, stores: str) -> str:
    """The price or cost in force at ``$now`` per store and variant; ``stores`` is a condition on ``c``."""
    return f"""{name} AS (
SELECT c.store_id, c.variant_id, ARG_MAX(c.amount, c.since_at) AS amount, ARG_MAX(c.currency, c.since_at) AS currency
FROM amount_in_force c
WHERE c.kind = '{kind}' AND {stores} AND c.since_at <= CAST($now AS TIMESTAMPTZ)
  AND (c.until_at IS NULL OR c.until_at > CAST($now AS TIMESTAMPTZ))
GROUP BY c.store_id, c.variant_id
)"""


LEVEL_RANKS = {"cost": "cost_value", "retail": "retail_value", "pieces": "pieces"}
"""What the groups of stock on hand can be ranked by, and the column of it."""


def build_levels(
    store_ids: Sequence[str],
    scope: Scope,
    now: datetime,
    *,
    only: Filter | None = None,
    by: str | None = None,
    rank_by: str = "cost",
    top: int | None = None,
) -> Statement:
    """Stock on hand and its value, whole or split; groups come with the most first, at most ``top`` of them.

    A product of several suppliers counts once, in a group of its own.

    Columns: the group's key (with ``by``, one of ``STOCK_GROUPS`` or "supplier"), then ``positions`` (store and product
    pairs with a level), ``products, positions_in_stock, products_in_stock, pieces`` (goods sold by the piece),
    ``floor_pieces, backroom_pieces, cost_value, retail_value`` (major units), ``unknown_cost, unknown_price``
    (positions in stock without one), ``negative`` and ``unpieced`` (positions not sold by the piece).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    stores = scoped_stores(store_ids, scope, params)
    ctes = _alike(stores, params, now, only, by_store=by == "store")
    groups = {**STOCK_GROUPS, "supplier": f"COALESCE(t.supplier, '{NO_SUPPLIER}')"}
    key = f"{groups[by]} AS key, " if by else ""
    group = f"\nGROUP BY {groups[by]}\nORDER BY {LEVEL_RANKS[rank_by]} DESC NULLS LAST, key" if by else ""
    if by and top is not None:
        group += f"\nLIMIT {bind(params, 'top', [top])}"
    shelf = part_condition(only, params, variant="a", shelf="h")
    joined = "\nLEFT JOIN shelf h ON h.product_id = v.product_id" if shelf or by in ("department", "category") else ""
    names = ", COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category"
    names = names if joined else ""
    if by == "supplier":
        joined += f"\nLEFT JOIN {SUPPLIED} u ON u.variant_id = a.variant_id"
        names += ", u.supplier"
    cost, price = (f"COALESCE(a.own_{kind}, {amount_of(common, 'a.currency')})" for kind, common in _COMMON)
    sql = f"""WITH {ctes}, stock AS (
SELECT a.*, COALESCE(v.unit_of_measure, 'each') = 'each' AS each, {cost} AS unit_cost,
  {price} AS unit_price{names}
FROM alike a
LEFT JOIN variant v ON v.variant_id = a.variant_id
LEFT JOIN common_cost cc ON cc.variant_id = a.variant_id
LEFT JOIN common_price cp ON cp.variant_id = a.variant_id{joined}
WHERE COALESCE(v.track_stock, TRUE){shelf}
)
SELECT {key}{_TOTALS}
FROM stock t{group}"""
    return Statement(sql, params)


_COMMON = (("cost", "cc"), ("price", "cp"))


def _alike(stores: str, params: dict[str, Any], now: datetime, only: Filter | None, *, by_store: bool) -> str:
    """CTEs that end in ``alike``: levels of a variant whose own cost and price are the same, added up.

    Few stores have an amount of their own, so there are hardly more rows than variants, and whatever else belongs to a
    variant is looked up once for each of them rather than for each store. Only what is above zero is added up.
    """
    params["now"] = now
    place = "l.store_id, " if by_store else ""
    chosen = f"\nWHERE l.variant_id IN ({bind(params, 'held', only.variants)})" if only and only.variants else ""
    meant = in_currency(stores) + (" AND c.variant_id IN (SELECT l.variant_id FROM held l)" if chosen else "")
    whole = f"c.store_id = '{ALL_STORES}'{meant}"
    own, here = f"c.store_id IN ({stores}){meant}", f"x.store_id IN ({stores})"
    return f"""{levels(here)}, held AS (
SELECT l.*, st.currency, {ON_HAND} AS on_hand
FROM level l JOIN store st ON st.store_id = l.store_id{chosen}
), {latest_amount("own_cost", "cost", own)}, {latest_amount("common_cost", "cost", whole)},
{latest_amount("own_price", "price", own)}, {latest_amount("common_price", "price", whole)},
priced AS (
SELECT l.*, {amount_of("oc")} AS own_cost, {amount_of("op")} AS own_price
FROM held l
LEFT JOIN own_cost oc ON oc.variant_id = l.variant_id AND oc.store_id = l.store_id
LEFT JOIN own_price op ON op.variant_id = l.variant_id AND op.store_id = l.store_id
), alike AS (
SELECT {place}l.variant_id, l.currency, l.own_cost, l.own_price, COUNT(*) AS positions,
  SUM(CASE WHEN l.on_hand > 0 THEN 1 ELSE 0 END) AS stocked,
  SUM(CASE WHEN l.on_hand < 0 THEN 1 ELSE 0 END) AS negative,
  CAST(SUM(CASE WHEN l.on_hand > 0 THEN l.on_hand END) AS DECIMAL(18,5)) AS on_hand,
  CAST(SUM(CASE WHEN l.floor > 0 THEN l.floor END) AS DECIMAL(18,5)) AS floor,
  CAST(SUM(CASE WHEN l.backroom > 0 THEN l.backroom END) AS DECIMAL(18,5)) AS backroom
FROM priced l
GROUP BY {place}l.variant_id, l.currency, l.own_cost, l.own_price
)"""


def build_stock_by_product(
    store_ids: Sequence[str], scope: Scope, now: datetime, *, only: Filter | None = None
) -> Statement:
    """Stock value at cost per variant over the stores: ``variant_id, cost_value`` (major units, null where unknown).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    ctes = stock_ctes(store_ids, scope, params, now, only=only, shelved=False)
    select = "SELECT t.variant_id, SUM(t.cost_value) AS cost_value FROM stock t\nGROUP BY t.variant_id ORDER BY 1"
    return Statement(f"WITH {ctes}\n{select}", params)


def build_positions(
    store_ids: Sequence[str], scope: Scope, now: datetime, *, only: Filter | None = None, windows: Sequence[Window] = ()
) -> Statement:
    """Every store and variant with a level, as the columns of ``stock_ctes``; for a part of the range only."""
    params: dict[str, Any] = {}
    ctes = stock_ctes(store_ids, scope, params, now, only=only, windows=windows)
    return Statement(f"WITH {ctes}\nSELECT t.* FROM stock t ORDER BY t.store_id, t.variant_id", params)


def build_freshness(store_ids: Sequence[str], scope: Scope, *, everyone: int = 0) -> Statement:
    """Per store with levels: ``store_id, levels, as_of_at`` (the newest) and whether any tells an area.

    ``everyone`` is as for ``scoped_stores``.
    """
    params: dict[str, Any] = {}
    stores = scoped_stores(store_ids, scope, params, everyone=everyone)
    every = f"FROM inventory_level x WHERE {in_stores(stores)}"
    # Where no level of all tells an area that is seen without reading one.
    sql = f"""SELECT f.*, CASE WHEN f.store_id IN (SELECT x.store_id {every} AND x.area IS NOT NULL) THEN 1 ELSE 0 END
  AS areas
FROM (SELECT x.store_id, COUNT(*) AS levels, MAX(x.as_of_at) AS as_of_at {every} GROUP BY x.store_id) f
ORDER BY f.store_id"""
    return Statement(sql, params)
