"""From metrics, stores and dates to one SQL statement: the only place where the store scope enters the SQL.

The SQL keeps to a portable subset: dates are bound and cast to DATE, grouping is explicit, nothing is divided or
rounded. Every value that comes from a person is a parameter. Facts are first brought to one row per store and day
(or hour) each, so that joining them can never count a row twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tools.context import Scope
from tools.metrics.counted import extra_rows, payment_rows, product_line_rows, void_rows
from tools.metrics.door_rows import door_rows
from tools.metrics.model import Fact, Metric, UnitKind
from tools.metrics.staff_rows import staff_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, product_days, window_condition

__all__ = [
    "SALES_COLUMNS",
    "Filter",
    "Statement",
    "Window",
    "bind",
    "build",
    "build_coverage",
    "build_ranking",
    "checked_scope",
    "product_rows",
    "window_condition",
]

SALES_COLUMNS = (
    "gross_minor", "discount_minor", "returns_minor", "net_minor", "units", "lines", "cogs_minor",
    "known_cost_net_minor", "unknown_cost_lines",
)  # fmt: skip
DOCUMENT_COLUMNS = ("sale_net_minor", "transactions")
_GROUPS = {
    None: (),
    "store": ("store_id",),
    "day": ("business_on",),
    "store_day": ("store_id", "business_on"),
    "hour": ("hour_of_day",),
    "department": ("department",),
    "category": ("category",),
    "department_day": ("business_on", "department"),
    "category_day": ("business_on", "category"),
}
_OF_SHELVES = frozenset({"department", "category", "department_day", "category_day"})


@dataclass(frozen=True, slots=True)
class Filter:
    """Only these variants, or products of these departments and of these categories (exact names)."""

    departments: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


def build(
    metrics: Sequence[Metric], windows: Sequence[Window], by: str | None, scope: Scope, only: Filter | None = None
) -> Statement:
    """One row per group: the group's columns, then ``n_<metric>`` and ``d_<metric>`` sums.

    With ``only`` the sums are those of the products meant, taken per store, day and variant, with ``x_lines`` (lines
    sold) and ``x_unpieced_lines`` (those of goods not sold by the piece); there are no hours in that.

    Args:
        metrics: what to sum.
        windows: which stores over which days; together they are the question.
        by: None, "store", "day", "store_day", "hour", "department", "category", or either of these with the
            day before it ("department_day", "category_day").
        scope: who asks.
        only: the part of the range that is meant, or None for all of it.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    hourly = by == "hour" or any(window.hours_on_last is not None for window in windows)
    params: dict[str, Any] = {}
    selected = list(_GROUPS[by])
    sums = [f"{sql} AS {name}" for metric in metrics for name, sql in _sums(metric)]
    if any("unknown_cost_lines" in metric.numerator for metric in metrics):
        sums += [
            "SUM(s.net_minor) AS x_net",
            "SUM(s.net_minor - s.known_cost_net_minor) AS x_unknown_net",
            "SUM(s.unknown_cost_lines) AS x_unknown_lines",
        ]
    sums += [f"{sql} AS {name}" for name, sql in seen_sums(metrics)]
    if only is not None:
        sums += [
            "SUM(s.lines) AS x_lines",
            "SUM(CASE WHEN s.unit_of_measure <> 'each' THEN s.lines ELSE 0 END) AS x_unpieced_lines",
        ]
    if only is not None or by in _OF_SHELVES:
        rows = product_rows(windows, params, by_store="store_id" in selected, extra=_extra_of_products(metrics))
        relation = f"({rows}) s" + _where(_only(only or Filter(), params))
        keys = [f"s.{column}" for column in selected]
    else:
        relation, column = joined(metrics, windows, params, hours=by == "hour", cut=hourly, extra=_extra(metrics))
        keys = [column(name) for name in _GROUPS[by]]
    lines = [f"  {key} AS {name}" for key, name in zip(keys, selected, strict=True)] + [f"  {sql}" for sql in sums]
    sql = "SELECT\n" + ",\n".join(lines) + f"\nFROM {relation}"
    if keys:
        sql += "\nGROUP BY " + ", ".join(keys) + "\nORDER BY " + ", ".join(str(n + 1) for n in range(len(keys)))
    return Statement(sql, params)


def build_ranking(
    metric: Metric,
    extra: Sequence[Metric],
    windows: Sequence[Window],
    scope: Scope,
    *,
    limit: int,
    descending: bool,
    only: Filter | None = None,
    by_item: bool = False,
    least: int = 0,
) -> Statement:
    """The products of the windows ranked by one metric, ties by id, with totals over all of them.

    With ``by_item`` variants of the same item are one product, named by the first of their ids. Only products of
    ``least`` pieces or more are ranked, of goods that are not sold by the piece of so many lines.

    Each row: ``variant_id``, ``n_``/``d_`` sums of ``metric`` and ``extra``, ``unknown`` (lines without cost), and
    over all products ``ranked`` (how many could be ranked), ``alike`` (how many have this very value), ``total``,
    ``few`` (not ranked for want of pieces) and ``unknown_products`` (not ranked for want of a cost).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    named = _only(only or Filter(), params)
    conditions = ["s.variant_id IS NOT NULL", *named]
    sums = {name: sql for each in (metric, *extra) for name, sql in _sums(each)}
    value = f"CAST(n_{metric.name} AS DOUBLE)"
    if metric.unit_kind is UnitKind.UNITS:
        value = f"NULLIF({value}, 0)"  # goods not sold by the piece have no units to be ranked by
    if metric.denominator:
        value += f" / NULLIF(CAST(d_{metric.name} AS DOUBLE), 0)"
    unkept = _extra_of_products((metric, *extra))
    whole_rows = bool(named or unkept) or "piece_net_minor" in " ".join(sums.values())
    rows = product_rows(windows, params, by_store=False, extra=unkept) if whole_rows else _variant_rows(windows, params)
    direction = "DESC" if descending else "ASC"
    order = f"CASE WHEN {{0}}.rank_value IS NULL THEN 1 ELSE 0 END, {{0}}.rank_value {direction}, {{0}}.variant_id"
    joined = ""
    key = first = "s.variant_id"
    if by_item:
        joined, key = "\nLEFT JOIN item i ON i.variant_id = s.variant_id", "COALESCE(i.item_id, s.variant_id)"
        first = "MIN(s.variant_id)"
    sql = f"""WITH product_sums AS (
SELECT {first} AS variant_id, SUM(s.unknown_cost_lines) AS unknown,
  COALESCE(NULLIF(SUM(s.units), 0), SUM(s.lines)) AS taken,
  {", ".join(f"{sql} AS {name}" for name, sql in sums.items())}
FROM ({rows}) s{joined}
WHERE {" AND ".join(conditions)}
GROUP BY {key}
HAVING SUM(s.net_minor) <> 0 OR SUM(s.units) <> 0
), valued AS (
SELECT p.*, {f"CASE WHEN p.taken >= {least:d} THEN {value} END" if least else value} AS rank_value,
  {f"CASE WHEN p.taken < {least:d} AND {value} IS NOT NULL THEN 1 ELSE 0 END" if least else "0"} AS is_few
FROM product_sums p
), shown AS (
SELECT v.* FROM valued v ORDER BY {order.format("v")} LIMIT $limit
), whole AS (
SELECT COUNT(v.rank_value) AS ranked, SUM(n_{metric.name}) AS total,
  COUNT(CASE WHEN v.rank_value IS NULL AND v.is_few = 0 AND v.unknown > 0 THEN 1 END) AS unknown_products,
  SUM(v.is_few) AS few_products
FROM valued v
), tie AS (
SELECT v.rank_value, COUNT(*) AS alike FROM valued v
WHERE EXISTS (SELECT 1 FROM shown s WHERE s.rank_value IS NOT DISTINCT FROM v.rank_value)
GROUP BY v.rank_value
)
SELECT s.*, w.ranked, w.total, t.alike, w.unknown_products, w.few_products AS few
FROM shown s CROSS JOIN whole w JOIN tie t ON t.rank_value IS NOT DISTINCT FROM s.rank_value
ORDER BY {order.format("s")}"""
    return Statement(sql, params)


def build_coverage(windows: Sequence[Window], scope: Scope, *, hourly: bool = False) -> Statement:
    """Per store the days of the windows that have sales: ``store_id, days``; with ``hourly`` in their hours alone."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = window_condition(windows, params, hourly=hourly)
    table, days = ("store_hour", "COUNT(DISTINCT x.business_on)") if hourly else ("store_day", "COUNT(*)")
    sql = f"SELECT x.store_id, {days} AS days\nFROM {table} x\nWHERE {where}\nGROUP BY x.store_id\nORDER BY 1"
    return Statement(sql, params)


def _only(only: Filter, params: dict[str, Any]) -> list[str]:
    """The condition on ``s`` that a filter makes; none for an empty one."""
    return [
        f"s.{column} IN ({bind(params, column[0] + 'f', names)})"
        for column, names in (
            ("department", only.departments),
            ("category", only.categories),
            ("variant_id", only.variants),
        )
        if names
    ]


def _where(conditions: Sequence[str]) -> str:
    return "\nWHERE " + " AND ".join(conditions) if conditions else ""


def _sums(metric: Metric) -> list[tuple[str, str]]:
    pairs = [(f"n_{metric.name}", metric.numerator)]
    if metric.denominator:
        pairs.append((f"d_{metric.name}", metric.denominator))
    return pairs


def seen_sums(metrics: Sequence[Metric]) -> list[tuple[str, str]]:
    """What goes with a rate per visitor, to tell whether enough was counted: its transactions, and all."""
    if not any(metric.per_visitor for metric in metrics):
        return []
    return [("x_seen_trade", "SUM(t.seen_transactions)"), ("x_trade", "SUM(t.trade)")]


def joined(
    metrics: Sequence[Metric], windows: Sequence[Window], params: dict[str, Any], *, hours: bool, cut: bool,
    extra: Sequence[str],
) -> tuple[str, Callable[[str], str]]:  # fmt: skip
    """The facts of metrics by store and day (with ``hours``: and hour) joined on these, and the SQL of their keys.

    Args:
        metrics: whose relations are joined; each is brought to one row per key before.
        windows: which stores over which days.
        params: takes the bound values.
        hours: whether the hour is a key.
        cut: whether sums are taken over hours, as windows that cut a day need.
        extra: columns of sales that no rollup has.
    """
    keys = ["store_id", "business_on", *(["hour_of_day"] if hours else [])]
    own = {key: f"d.{key}" for key in keys}
    facts = {fact for metric in metrics for fact in metric.facts}
    door = {column for metric in metrics for column in metric.columns(Fact.TRAFFIC)}
    makers: dict[Fact, Callable[[], str]] = {
        Fact.SALES: lambda: _sales_rows(windows, params, keys, extra, hourly=cut or hours),
        Fact.TRAFFIC: lambda: door_rows(windows, params, keys, door, hours=hours),
        Fact.STAFF: lambda: staff_rows(windows, params, keys),
        Fact.PAYMENTS: lambda: payment_rows(windows, params, own, hours=cut or hours),
        Fact.VOIDS: lambda: void_rows(windows, params, own, hours=cut or hours),
    }
    relation = ""
    present: list[str] = []
    for fact in (one for one in Fact if one in facts):
        rows = f"(\n{makers[fact]()}\n) {fact.value}"
        if not present:
            relation = rows
        else:
            on = " AND ".join(f"{fact.value}.{key} = {_coalesced(present, key)}" for key in keys)
            relation += f"\nFULL JOIN {rows} ON {on}"
        present.append(fact.value)
    return relation, lambda name: _coalesced(present, name)


def _coalesced(aliases: Sequence[str], column: str) -> str:
    named = ", ".join(f"{alias}.{column}" for alias in aliases)
    return f"COALESCE({named})" if len(aliases) > 1 else named


def _extra(metrics: Sequence[Metric]) -> list[str]:
    """The columns of sales that the metrics need and no rollup of whole stores has."""
    needed = {column for metric in metrics for column in metric.columns(Fact.SALES)}
    return sorted(needed - {*SALES_COLUMNS, *DOCUMENT_COLUMNS})


def _extra_of_products(metrics: Sequence[Metric]) -> list[str]:
    """The columns of sales that the metrics need and no rollup of products has."""
    return [column for column in _extra(metrics) if column != "piece_net_minor"]


def _sales_rows(
    windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], extra: Sequence[str], *, hourly: bool
) -> str:
    columns = SALES_COLUMNS + DOCUMENT_COLUMNS
    table = "store_hour" if hourly else "store_day"
    join = ""
    if extra:
        on = ["store_id", "business_on", *(["hour_of_day"] if hourly else [])]
        if list(extra) == ["piece_net_minor"] and not hourly:
            rows = _piece_rows(windows, params)
        else:
            rows = extra_rows(windows, params, on, extra, hourly=hourly)
        join = f"\nLEFT JOIN (\n{rows}\n) e ON " + " AND ".join(f"e.{key} = x.{key}" for key in on)
    where = window_condition(windows, params, hourly=hourly)
    if not hourly or "hour_of_day" in keys:  # a row for each key already
        selected = ", ".join([*(f"x.{column}" for column in (*keys, *columns)), *(f"e.{column}" for column in extra)])
        return f"SELECT {selected}\nFROM {table} x{join}\nWHERE {where}"
    key = ", ".join(f"x.{column}" for column in keys)
    sums = [f"SUM(x.{column}) AS {column}" for column in columns] + [f"SUM(e.{name}) AS {name}" for name in extra]
    return f"SELECT {key}, {', '.join(sums)}\nFROM {table} x{join}\nWHERE {where}\nGROUP BY {key}"


def _piece_rows(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Net sales of goods sold by the piece, by store and day."""
    return (
        "SELECT x.store_id, x.business_on, SUM(x.net_minor) AS piece_net_minor\nFROM store_sku_day x\n"
        "LEFT JOIN variant v ON v.variant_id = x.variant_id\n"
        f"WHERE ({window_condition(windows, params, hourly=False)}) AND COALESCE(v.unit_of_measure, 'each') = 'each'\n"
        "GROUP BY x.store_id, x.business_on"
    )


def _variant_rows(windows: Sequence[Window], params: dict[str, Any]) -> str:
    columns = ", ".join(f"x.{column}" for column in ("variant_id", *SALES_COLUMNS))
    table, condition = product_days(windows, params)
    return f"SELECT {columns}\nFROM {table} x\nWHERE {condition}"


def product_rows(
    windows: Sequence[Window], params: dict[str, Any], *, by_store: bool = True, extra: Sequence[str] = ()
) -> str:
    """Sales by day and variant, and by store unless told otherwise, with department and category: a subquery's body.

    With ``extra``, columns that no rollup has, the lines themselves are added up.
    """
    keys = (*(("store_id",) if by_store else ()), "business_on", "variant_id")
    columns = ", ".join(f"x.{column}" for column in (*keys, *SALES_COLUMNS, *extra))
    if extra:
        table, condition = f"(\n{product_line_rows(windows, params, (*SALES_COLUMNS, *extra))}\n)", "TRUE"
    elif by_store:
        table, condition = "store_sku_day", window_condition(windows, params, hourly=False)
    else:
        table, condition = product_days(windows, params)
    return (
        f"SELECT {columns}, COALESCE(h.department, 'Unknown') AS department,\n"
        "  COALESCE(h.category, 'Unknown') AS category, COALESCE(v.unit_of_measure, 'each') AS unit_of_measure,\n"
        "  CASE WHEN COALESCE(v.unit_of_measure, 'each') = 'each' THEN x.net_minor ELSE 0 END AS piece_net_minor\n"
        f"FROM {table} x\nLEFT JOIN variant v ON v.variant_id = x.variant_id\n"
        f"LEFT JOIN shelf h ON h.product_id = v.product_id\nWHERE {condition}"
    )
