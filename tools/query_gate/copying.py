"""Which rows of the mirror go into the copy that a query is run over: where the store scope enters.

Only the views, columns and days that the query can touch are copied. A column that the role may not see is not there
at all, so no expression can bring it out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.currency import minor_exponent
from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition
from tools.query_gate.views import FACTOR, MONEY, View, ViewColumn
from tools.stores import StoreSet

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
_ALIAS = re.compile(r"\b([a-z]{1,2})\.(?=[a-z_])")
_DAYS = re.compile(r"@days:(\w+)@")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query can touch of one view: these columns, between these business dates (inclusive)."""

    view: View
    columns: tuple[ViewColumn, ...]
    start_on: date = FIRST_DAY
    end_on: date = LAST_DAY


def build_copy(wanted: Wanted, stores: StoreSet, scope: Scope) -> Statement:
    """The rows of one view that the asker may see, and of them those that the query can touch.

    Raises:
        NotAllowedError: a store lies outside the scope.
    """
    view = wanted.view
    window = Window(stores.ids, wanted.start_on, wanted.end_on)
    checked_scope([window], scope)
    params: dict[str, Any] = {}
    selected = ", ".join(f"{column.sql} AS {column.name}" for column in wanted.columns)
    conditions = [f"({view.condition})"] if view.condition else []
    if view.dated:
        conditions.append(f"({window_condition([window], params, hourly=False)})")
    elif view.by_store:
        conditions.append("x.store_id IN (@stores@)")
    joins = _joins(view, f"{selected} {view.condition}")
    sql = f"SELECT {selected}\nFROM {view.relation}{joins}\nWHERE {' AND '.join(conditions)}"
    return Statement(_filled(sql, wanted, stores, params), params)


def _joins(view: View, used: str) -> str:
    """The joins that the used aliases need, and those that these need in turn."""
    needed = set(_ALIAS.findall(used))
    kept: list[str] = []
    for alias, sql in reversed(view.joins):
        if alias in needed:
            kept.insert(0, sql)
            needed |= set(_ALIAS.findall(sql))
    return "".join(f"\n{sql}" for sql in kept)


def _filled(sql: str, wanted: Wanted, stores: StoreSet, params: dict[str, Any]) -> str:
    exponents = {store.store_id: minor_exponent(store.currency) for store in stores.stores}
    most = max(exponents.values())
    sql = sql.replace(MONEY, f"DECIMAL(18,{most})").replace(FACTOR, _factor(exponents, params))
    if "@stores@" in sql:
        sql = sql.replace("@stores@", bind(params, "scope", stores.ids))
    alias = _DAYS.search(sql)
    if alias:
        first, last = (bind(params, "day", [day]) for day in (wanted.start_on, wanted.end_on))
        sql = _DAYS.sub(rf"\1.business_on BETWEEN CAST({first} AS DATE) AND CAST({last} AS DATE)", sql)
    return sql


def _factor(exponents: Mapping[str, int], params: dict[str, Any]) -> str:
    """Major units per minor unit; by store where the currencies differ in their digits."""
    by_exponent: dict[int, list[str]] = {}
    for store, exponent in exponents.items():
        by_exponent.setdefault(exponent, []).append(store)
    if len(by_exponent) == 1:
        return _power(next(iter(by_exponent)))
    whens = "".join(
        f" WHEN x.store_id IN ({bind(params, 'minor', ids)}) THEN {_power(exponent)}"
        for exponent, ids in sorted(by_exponent.items())
    )
    return f"CASE{whens} END"


def _power(exponent: int) -> str:
    return f"CAST('{1 / 10**exponent:.4f}' AS DECIMAL(5,4))"


def pick(allowed: Sequence[ViewColumn], names: Collection[str], *, everything: bool) -> tuple[ViewColumn, ...]:
    """The columns to copy: those the query names, or all; never none, since rows alone can be counted."""
    chosen = tuple(column for column in allowed if everything or column.name in names)
    return chosen or tuple(allowed[:1])
