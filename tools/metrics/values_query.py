"""Which values a dimension has, within the scope, so that a phrase can be told from them; and names of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.counted import COUNTS
from tools.metrics.dimensions import DEEPEST, DEPTHS, NO_DISCOUNT, SUPPLIED, Dimension, Level
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

_RELATIONS = {
    "place": "store place",
    "good": "product good",
    "pack": "variant pack",
    "source": f"{SUPPLIED} source",
    "customer": "customer",
}
FUEL_UNITS = ("gallon", "gal", "litre", "liter", "l", "kwh", "fill")
"""Units that fuel is measured in at the pump; “fill” is a whole filling."""
PROMOTIONS = """SELECT p.promotion_id AS value, COALESCE(p.name, p.promotion_id) AS name FROM promotion p
UNION
SELECT DISTINCT i.promotion_id, i.promotion_id FROM promotion_item i
WHERE NOT EXISTS (SELECT 1 FROM promotion p WHERE p.promotion_id = i.promotion_id)
ORDER BY 1"""
"""Every promotion: its id and its name, which is the id where there is no other."""


def build_values(dimension: Dimension, windows: Sequence[Window], scope: Scope) -> Statement:
    """``value, name`` of a dimension that is an attribute of stores, goods, customers, promotions or documents."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    if dimension.name == "promotion":
        return Statement(PROMOTIONS, params)
    if dimension.name == "discount_depth":
        names = (NO_DISCOUNT, *(name for _, name in DEPTHS), DEEPEST)
        return Statement("\nUNION ALL\n".join(f"SELECT '{one}' AS value, '{one}' AS name" for one in names), params)
    if dimension.name == "employee":
        return build_employees(scope)
    if dimension.name in ("display", "mailer"):
        own = f"i.{dimension.name}"
        known = f"FROM promotion_item i\nWHERE {own} IS NOT NULL"
        return Statement(f"SELECT DISTINCT {own} AS value, {own} AS name\n{known}\nORDER BY 1", params)
    stores = bind(params, "store", scope.store_ids)
    if dimension.joins:
        key = dimension.key.format_map({"document": "x"})
        relation = _RELATIONS[dimension.joins[0]]
        where = f"WHERE place.store_id IN ({stores})" if dimension.level is Level.STORE else ""
        params = params if where else {}
        return Statement(f"SELECT DISTINCT {key} AS value, {key} AS name\nFROM {relation}\n{where}\nORDER BY 1", params)
    params = {}
    key = dimension.key.format_map({"document": "x"})
    return Statement(
        f"SELECT DISTINCT {key} AS value, {key} AS name\nFROM sale x\n"
        f"WHERE ({window_condition(windows, params, hourly=False)}) AND {COUNTS}\nORDER BY 1",
        params,
    )


def build_employees(scope: Scope) -> Statement:
    """Those who work in the stores of the scope: id and name."""
    params: dict[str, Any] = {}
    stores = bind(params, "store", scope.store_ids)
    return Statement(
        "SELECT e.employee_id AS value, COALESCE(e.name, e.employee_id) AS name\nFROM employee e\n"
        f"WHERE e.store_id IN ({stores})\nORDER BY 1",
        params,
    )


def build_alike(departments: Sequence[str], windows: Sequence[Window], scope: Scope) -> Statement:
    """Fuel that other departments sold than these, where these sell fuel: ``department, net_minor``.

    A till may file some of its fuel under “Miscellaneous”; it is known by the units it is measured in.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    named, units = bind(params, "department", departments), bind(params, "unit", FUEL_UNITS)
    return Statement(
        "SELECT COALESCE(h.department, 'Unknown') AS department, SUM(x.net_minor) AS net_minor\nFROM store_sku_day x\n"
        "JOIN variant v ON v.variant_id = x.variant_id\nLEFT JOIN shelf h ON h.product_id = v.product_id\n"
        f"WHERE ({window_condition(windows, params, hourly=False)}) AND LOWER(v.unit_of_measure) IN ({units})\n"
        "  AND EXISTS (SELECT 1 FROM variant w JOIN shelf g ON g.product_id = w.product_id\n"
        f"    WHERE g.department IN ({named}) AND LOWER(w.unit_of_measure) IN ({units}))\n"
        f"  AND COALESCE(h.department, 'Unknown') NOT IN ({named})\n"
        "GROUP BY 1\nHAVING SUM(x.net_minor) <> 0\nORDER BY 2 DESC",
        params,
    )
