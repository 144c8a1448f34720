"""From metrics, dimensions and conditions to SQL: which relation serves, and how nothing is counted twice.

Sales by store and time come from the store rollups, by product and its attributes from the rollup per product and day.
What hangs on a document (channel, register, employee, customer), on the hour of a product, on a promotion, or counts
documents that contain something, comes from the counted lines. There a document is counted once in each group it
belongs to, so groups of documents do not add up across products; a total is always asked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tools.analysis.retail_calendar import retail_date, retail_period
from tools.context import Scope
from tools.metrics.breakdown_plan import Cut, Plan, family
from tools.metrics.counted import (
    DOCUMENT_MEASURES,
    LINE_MEASURES,
    TENDER,
    document_rows,
    line_rows,
    payment_rows,
    void_rows,
)
from tools.metrics.dimensions import NOT_NAMED, SUPPLIED, Dimension, Level
from tools.metrics.model import Fact, Metric, UnitKind
from tools.metrics.query import SALES_COLUMNS, joined, seen_sums
from tools.metrics.weather_days import weather_days
from tools.metrics.windows import Statement, Window, bind, checked_scope, product_days, window_condition

_HERE = frozenset({Level.STORE, Level.DAY, Level.HOUR})
_SKU_COLUMNS = frozenset({*SALES_COLUMNS, "piece_net_minor", "unpieced_lines"})
_JOINS: Mapping[str, str] = {
    "place": "LEFT JOIN store place ON place.store_id = {store_id}",
    "shelf": "LEFT JOIN shelf h ON h.product_id = {product_id}",
    "good": "LEFT JOIN product good ON good.product_id = {product_id}",
    "pack": "LEFT JOIN variant pack ON pack.variant_id = {variant_id}",
    "source": f"LEFT JOIN {SUPPLIED} source ON source.variant_id = {{variant_id}}",
    "customer": "LEFT JOIN customer ON customer.customer_key = {document}.customer_key",
}


def build_breakdown(
    metrics: Sequence[Metric], plan: Plan, windows: Sequence[Window], scope: Scope, cut: Cut | None = None
) -> Statement:
    """One row per group: ``k0`` and ``k1`` (as many as dimensions), then ``n_``, ``d_`` and ``x_`` sums.

    ``x_people`` counts the customers of a group where attributes of people are involved, ``x_nobody`` is not nought
    where sales without one are in it; ``x_lines`` and ``x_unpieced_lines`` come with units, ``x_net``,
    ``x_unknown_net`` and ``x_unknown_lines`` with a margin.

    Args:
        metrics: all of one ``family``.
        plan: dimensions and conditions, each ``possible`` for every metric.
        windows: which stores over which days.
        scope: who asks.
        cut: only some of the groups, where there may be very many.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    kind = family(metrics[0])
    sums = [sum_ for metric in metrics for sum_ in _sums(metric)]
    keyed = [f"k{number}" for number in range(len(plan.by))]
    if kind == "sales" and not plan.levels <= _HERE:
        sums += _beside(metrics)
        if plan.personal:
            sums.append(("x_people", "COUNT(DISTINCT s.customer_key)"))
            sums.append(("x_nobody", "SUM(CASE WHEN s.customer_key IS NULL THEN 1 ELSE 0 END)"))
        goods = plan.levels <= {Level.STORE, Level.DAY, Level.ITEM}
        whole_days = all(window.hours_on_last is None for window in windows)
        if goods and whole_days and _needed(sums) <= _SKU_COLUMNS:
            relation, keys = _from_products(plan, windows, params, _needed(sums))
        else:
            relation = f"(\n{_from_lines(plan, windows, params, _needed(sums))}\n) s"
            keys = [f"s.{key}" for key in keyed]
    elif kind in ("payments", "voids"):
        relation, keys = (
            _from_documents(kind, plan, windows, params),
            [f"{metrics[0].facts[0].value}.{k}" for k in keyed],
        )
    else:
        if any("unknown_cost_lines" in metric.numerator for metric in metrics):
            sums += _UNKNOWN_COST
        sums += seen_sums(metrics)
        if Level.HOUR not in plan.levels:
            sums.append(("x_days", "COUNT(*)"))
        relation, keys = _from_stores(metrics, plan, windows, params)
    lines = [f"  {key} AS {name}" for key, name in zip(keys, keyed, strict=True)]
    lines += [f"  {sql} AS {name}" for name, sql in sums]
    sql = "SELECT\n" + ",\n".join(lines) + f"\nFROM {relation}"
    if keys:
        ordinals = ", ".join(str(number + 1) for number in range(len(keys)))
        sql += f"\nGROUP BY {ordinals}"
        if cut and cut.least_pieces is not None:
            sql += f"\nHAVING {_enough(cut, keys[0], params)}"
        if cut and cut.limit is not None:
            return Statement(_best(sql, metrics[0], cut, params), params)
        sql += f"\nORDER BY {ordinals}"
    return Statement(sql, params)


def _enough(cut: Cut, key: str, params: dict[str, Any]) -> str:
    """The products that sold enough, on this side or on the other."""
    least = bind(params, "least", [cut.least_pieces])
    enough = "SUM({0}.units) >= {1} OR (SUM({0}.units) = 0 AND SUM({0}.lines) >= {1})"
    here = enough.format("s", least)
    if not cut.other:
        return here
    return (
        f"{here} OR {key} IN (SELECT x.variant_id FROM store_sku_day x\n"
        f"WHERE {window_condition(cut.other, params, hourly=False)}\n"
        f"GROUP BY x.variant_id HAVING {enough.format('x', least)})"
    )


def _best(sql: str, metric: Metric, cut: Cut, params: dict[str, Any]) -> str:
    """The first groups by a metric, those that have no name of their own last, with how many there are in all."""
    value = f"CAST(g.n_{metric.name} AS DOUBLE)"
    if metric.unit_kind is UnitKind.UNITS:
        value = f"CASE WHEN g.x_lines = g.x_unpieced_lines THEN NULL ELSE {value} END"
    if metric.denominator:
        value += f" / NULLIF(CAST(g.d_{metric.name} AS DOUBLE), 0)"
    unnamed = ", ".join(f"'{name}'" for name in NOT_NAMED)
    way = "DESC" if cut.descending else "ASC"
    return (
        f"SELECT g.*, COUNT(*) OVER () AS x_groups\nFROM (\n{sql}\n) g\n"
        f"ORDER BY CASE WHEN g.k0 IN ({unnamed}) THEN 1 ELSE 0 END, CASE WHEN {value} IS NULL THEN 1 ELSE 0 END,"
        f" {value} {way}, g.k0\nLIMIT {bind(params, 'limit', [cut.limit])}"
    )


_UNKNOWN_COST = [
    ("x_net", "SUM(s.net_minor)"),
    ("x_unknown_net", "SUM(s.net_minor - s.known_cost_net_minor)"),
    ("x_unknown_lines", "SUM(s.unknown_cost_lines)"),
]


def _sums(metric: Metric) -> list[tuple[str, str]]:
    pairs = [(f"n_{metric.name}", metric.numerator)]
    return [*pairs, (f"d_{metric.name}", metric.denominator)] if metric.denominator else pairs


def _beside(metrics: Sequence[Metric]) -> list[tuple[str, str]]:
    beside = []
    if any("unknown_cost_lines" in metric.numerator for metric in metrics):
        beside += _UNKNOWN_COST
    if any(metric.unit_kind is UnitKind.UNITS or "s.units" in (metric.denominator or "") for metric in metrics):
        beside += [("x_lines", "SUM(s.lines)"), ("x_unpieced_lines", "SUM(s.unpieced_lines)")]
    return beside


def _needed(sums: Sequence[tuple[str, str]]) -> set[str]:
    return {name for _, sql in sums for name in re.findall(r"\bs\.(\w+)", sql)}


def _from_stores(
    metrics: Sequence[Metric], plan: Plan, windows: Sequence[Window], params: dict[str, Any]
) -> tuple[str, list[str]]:
    hours = Level.HOUR in plan.levels
    cut = any(window.hours_on_last is not None for window in windows)
    extra = {column for metric in metrics for column in metric.columns(Fact.SALES)}
    extra -= {*SALES_COLUMNS, "sale_net_minor", "transactions"}
    relation, column = joined(metrics, windows, params, hours=hours, cut=cut, extra=sorted(extra))
    names = ("store_id", "business_on", *(("hour_of_day",) if hours else ()))
    places = {name: column(name) for name in names}
    sql = "".join(f"\n{join}" for join in _joins(plan, places, windows, params))
    where = _conditions(plan, places, windows, params)
    return relation + sql + (f"\nWHERE {' AND '.join(where)}" if where else ""), _keys(plan, places, windows)


def _from_products(
    plan: Plan, windows: Sequence[Window], params: dict[str, Any], needed: set[str]
) -> tuple[str, list[str]]:
    """Products of the windows, added up as far as the keys allow before their attributes are looked up."""
    keys = [name for level, name in ((Level.STORE, "store_id"), (Level.DAY, "business_on")) if level in plan.levels]
    keys = [*(["store_id", "business_on"] if _uses_weather(plan) else keys), "variant_id"]
    key = ", ".join(f"x.{name}" for name in keys)
    made = {"piece_net_minor": "net_minor", "unpieced_lines": "lines"}
    stored = sorted({made.get(name, name) for name in needed})
    sums = ", ".join(f"SUM(x.{name}) AS {name}" for name in stored)
    each = "COALESCE(v.unit_of_measure, 'each') = 'each'"
    derived = {
        "piece_net_minor": f", CASE WHEN {each} THEN q.net_minor ELSE 0 END AS piece_net_minor",
        "unpieced_lines": f", CASE WHEN {each} THEN 0 ELSE q.lines END AS unpieced_lines",
    }
    more = "".join(sql for name, sql in derived.items() if name in needed)
    if "store_id" in keys:
        table, condition = "store_sku_day", window_condition(windows, params, hourly=False)
    else:
        table, condition = product_days(windows, params)
    rows = f"SELECT {key}, {sums}\nFROM {table} x\nWHERE {condition}\nGROUP BY {key}"
    if more or any({"shelf", "good"} & set(one.joins) for one in plan.dimensions):
        rows = (
            f"SELECT q.*, v.product_id{more}\nFROM (\n{rows}\n) q\nLEFT JOIN variant v ON v.variant_id = q.variant_id"
        )
    places = {name: f"s.{name}" for name in (*keys, "product_id")}
    joins = _joins(plan, places, windows, params)
    where = _conditions(plan, places, windows, params)
    relation = f"(\n{rows}\n) s" + "".join(f"\n{join}" for join in joins)
    return relation + (f"\nWHERE {' AND '.join(where)}" if where else ""), _keys(plan, places, windows)


def _uses_weather(plan: Plan) -> bool:
    return any("weather" in one.joins for one in plan.dimensions)


_OF_LINES = {
    "store_id": "d.store_id", "business_on": "d.business_on", "hour_of_day": "d.hour_of_day",
    "variant_id": "x.variant_id", "product_id": "v.product_id", "document": "d", "tender": TENDER,
}  # fmt: skip


def _from_lines(plan: Plan, windows: Sequence[Window], params: dict[str, Any], needed: set[str]) -> str:
    """The counted lines with their keys, and each document once for every group it belongs to."""
    hours = Level.HOUR in plan.levels or any(window.hours_on_last is not None for window in windows)
    names = [f"k{number}" for number in range(len(plan.by))]
    person = ["customer_key"] if "customer_key" in needed else []
    own = [f"p.{name}" for name in (*names, *person)]
    on_lines = sorted(needed & set(LINE_MEASURES))
    on_documents = sorted(needed & set(DOCUMENT_MEASURES))
    nothing = [f"0 AS {name}" for name in on_lines]
    first = ", ".join([*own, *(f"p.{name}" for name in on_lines), *(f"0 AS {name}" for name in on_documents)])
    if plan.contains and on_documents:
        lines = _lines(plan, windows, params, person, on_lines, hours=hours)
        counted = [f"MAX({DOCUMENT_MEASURES[name].format(d='p')}) AS {name}" for name in on_documents]
        second = ", ".join([*own, *nothing, *counted])
        return (
            f"WITH picked AS (\n{lines}\n)\nSELECT {first}\nFROM picked p\nUNION ALL\nSELECT {second}\n"
            f"FROM picked p\nGROUP BY {', '.join(['p.sale_id', *own])}"
        )
    parts = []
    if on_lines or not on_documents:
        parts.append(f"SELECT {first}\nFROM (\n{_lines(plan, windows, params, person, on_lines, hours=hours)}\n) p")
    if on_documents:
        documents = document_rows(windows, params, hours=hours)
        keys = [f"{sql} AS k{number}" for number, sql in enumerate(_keys(plan, _OF_LINES, windows))]
        counted = [f"{DOCUMENT_MEASURES[name].format(d='d')} AS {name}" for name in on_documents]
        joins = "".join(f"\n{join}" for join in _joins(plan, _OF_LINES, windows, params))
        where = _conditions(plan, _OF_LINES, windows, params)
        selected = ", ".join([*keys, *(f"d.{name}" for name in person), *nothing, *counted])
        parts.append(
            f"SELECT {selected}\nFROM (\n{documents}\n) d{joins}" + (f"\nWHERE {' AND '.join(where)}" if where else "")
        )
    return "\nUNION ALL\n".join(parts)


def _lines(
    plan: Plan, windows: Sequence[Window], params: dict[str, Any], person: Sequence[str], measures: Sequence[str],
    *, hours: bool,
) -> str:  # fmt: skip
    keys = [f"{sql} AS k{number}" for number, sql in enumerate(_keys(plan, _OF_LINES, windows))]
    selected = [f"{LINE_MEASURES[name]} AS {name}" for name in measures]
    return line_rows(
        windows, params, ["d.sale_id", "d.kind", *keys, *(f"d.{name}" for name in person), *selected], hours=hours,
        joins=_joins(plan, _OF_LINES, windows, params), conditions=_conditions(plan, _OF_LINES, windows, params),
    )  # fmt: skip


def kept_lines(
    plan: Plan, windows: Sequence[Window], params: dict[str, Any], selected: Sequence[str], joins: Sequence[str] = (),
    conditions: Sequence[str] = (),
) -> str:  # fmt: skip
    """The counted lines ``x`` of documents ``d`` that a plan's conditions keep, as the body of a subquery."""
    hours = Level.HOUR in plan.levels or any(window.hours_on_last is not None for window in windows)
    own = [one for one in _joins(plan, _OF_LINES, windows, params) if one not in joins]
    return line_rows(
        windows, params, selected, hours=hours, joins=[*joins, *own],
        conditions=[*conditions, *_conditions(plan, _OF_LINES, windows, params)],
    )  # fmt: skip


def keys_of_lines(plan: Plan, windows: Sequence[Window]) -> list[str]:
    """The keys of a plan's groups as SQL over the lines that ``kept_lines`` keeps."""
    return _keys(plan, _OF_LINES, windows)


def _from_documents(kind: str, plan: Plan, windows: Sequence[Window], params: dict[str, Any]) -> str:
    hours = Level.HOUR in plan.levels or any(window.hours_on_last is not None for window in windows)
    keys = {f"k{number}": sql for number, sql in enumerate(_keys(plan, _OF_LINES, windows))}
    joins = _joins(plan, _OF_LINES, windows, params)
    where = _conditions(plan, _OF_LINES, windows, params, paying=kind == "payments")
    make = payment_rows if kind == "payments" else void_rows
    alias = Fact.PAYMENTS.value if kind == "payments" else Fact.VOIDS.value
    return f"(\n{make(windows, params, keys, hours=hours, joins=joins, conditions=where)}\n) {alias}"


def _keys(plan: Plan, places: Mapping[str, str], windows: Sequence[Window]) -> list[str]:
    return [_key(one, plan, places, windows) for one in plan.by]


def _key(dimension: Dimension, plan: Plan, places: Mapping[str, str], windows: Sequence[Window]) -> str:
    filled = {"shift": (7 - plan.week_start) % 7, **places}
    if dimension.name == "period":
        filled["period"] = _periods(places["business_on"], windows)
    return dimension.key.format_map(filled)


def _periods(day: str, windows: Sequence[Window]) -> str:
    """The retail period of a day as ``100 * year + period``."""
    first, last = min(window.start_on for window in windows), max(window.end_on for window in windows)
    whens, at = [], first
    while at <= last:
        where = retail_date(at)
        period = retail_period(where.year, where.period)
        whens.append(f"WHEN {day} <= {_date(period.end_on)} THEN {100 * where.year + where.period}")
        at = date.fromordinal(period.end_on.toordinal() + 1)
    return f"CASE {' '.join(whens)} END"


def _date(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _joins(plan: Plan, places: Mapping[str, str], windows: Sequence[Window], params: dict[str, Any]) -> list[str]:
    names = dict.fromkeys(name for one in plan.dimensions for name in one.joins)
    made = []
    for name in names:
        if name == "weather":
            made.append(
                f"LEFT JOIN (\n{weather_days(windows, params)}\n) weather ON weather.store_id = {places['store_id']}"
                f" AND weather.business_on = {places['business_on']}"
            )
        elif name == "offer":
            made.append(_offers(windows, params))
        elif name == "stood":
            made.append(_stood(windows, params))
        elif name == "given":
            made.append(_given(windows, params))
        else:
            made.append(_JOINS[name].format_map(places))
    return made


def _given(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """The promotion that a line's discount names, the first by its id."""
    return (
        "LEFT JOIN (SELECT g.sale_id, g.line_no, MIN(g.promotion_id) AS promotion_id FROM sale_discount g\n"
        f"  WHERE ({window_condition(windows, params, hourly=False, alias='g')}) AND g.promotion_id IS NOT NULL\n"
        "  GROUP BY g.sale_id, g.line_no) given ON given.sale_id = x.sale_id AND given.line_no = x.line_no"
    )


def _offers(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """The promotion a product was in, one at most for each store and day: the first by its id."""
    return _placed("MIN(i.promotion_id) AS promotion_id", "offer", windows, params)


def _placed(what: str, name: str, windows: Sequence[Window], params: dict[str, Any]) -> str:
    """What the promotions of a product say of it, one row for each store and day, joined to its lines."""
    return (
        f"LEFT JOIN (SELECT x.store_id, x.business_on, x.variant_id, {what}\n"
        "FROM store_sku_day x JOIN promotion_item i ON i.variant_id = x.variant_id\n"
        "  AND (i.store_id IS NULL OR i.store_id = x.store_id)\n"
        "  AND x.business_on BETWEEN COALESCE(i.starts_on, x.business_on) AND COALESCE(i.ends_on, x.business_on)\n"
        f"WHERE {window_condition(windows, params, hourly=False)}\n"
        f"GROUP BY x.store_id, x.business_on, x.variant_id) {name} ON {name}.store_id = d.store_id"
        f" AND {name}.business_on = d.business_on AND {name}.variant_id = x.variant_id"
    )


def _stood(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Where a product stood and was in the mailer, one display and one place in it for each store and day."""
    return _placed("MIN(i.display) AS display, MIN(i.mailer) AS mailer", "stood", windows, params)


def _conditions(
    plan: Plan, places: Mapping[str, str], windows: Sequence[Window], params: dict[str, Any], *, paying: bool = False
) -> list[str]:
    made = []
    for one in plan.where:
        no = "NOT " if one.exclude else ""
        values = bind(params, "only", one.values)
        if one.dimension.level is Level.TENDER and not paying:
            made.append(
                f"{no}EXISTS (SELECT 1 FROM tender t WHERE t.sale_id = d.sale_id"
                f" AND ({window_condition(windows, params, hourly=False, alias='t')}) AND {TENDER} IN ({values}))"
            )
            continue
        key = _key(one.dimension, plan, places, windows)
        made.append(
            f"COALESCE({key}, '') {no}IN ({values})" if one.dimension.name == "product" else f"{key} {no}IN ({values})"
        )
    return made
