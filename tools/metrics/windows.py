"""Where the store scope enters every SQL: windows of stores and business days, and the statements over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tools.context import Scope
from tools.errors import NotAllowedError


@dataclass(frozen=True, slots=True)
class Window:
    """Some stores over some business days, both ends included.

    ``hours_on_last`` cuts the last day to so many hours from ``day_starts_hour`` on; None takes it whole.
    ``everyone`` is how many stores there are, where the asker owns them all; 0 for anybody else. ``settled_on`` is the
    last day up to which the sales of all these stores are known to its end; None says nothing.
    """

    store_ids: tuple[str, ...]
    start_on: date
    end_on: date
    hours_on_last: int | None = None
    day_starts_hour: int = 0
    everyone: int = 0
    settled_on: date | None = None

    @property
    def whole_chain(self) -> bool:
        """Whether these are all the stores there are: then none is picked out, and sums over all stores serve.

        It follows from the stores, so that a window cut down to some of them never passes for all.
        """
        return self.everyone > 0 and len(self.store_ids) == self.everyone


def parted(windows: Sequence[Window]) -> tuple[list[Window], list[Window]]:
    """The windows as far as they are of whole days with all sales known, and what is left of them."""
    whole, rest = [], []
    for window in windows:
        last = window.settled_on
        if last is not None and window.hours_on_last is not None:
            last = min(last, window.end_on - timedelta(days=1))
        if last is not None and last >= window.start_on:
            whole.append(replace(window, end_on=min(last, window.end_on), hours_on_last=None))
        if last is None or last < window.end_on:
            start_on = window.start_on if last is None else max(window.start_on, last + timedelta(days=1))
            rest.append(replace(window, start_on=start_on))
    return whole, rest


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with ``$name`` parameters."""

    sql: str
    params: dict[str, Any]


@lru_cache(maxsize=64)
def _allowed(store_ids: tuple[str, ...]) -> frozenset[str]:
    return frozenset(store_ids)


def checked_scope(windows: Sequence[Window], scope: Scope) -> None:
    """Refuse a store outside the scope, whoever asked for it.

    Raises:
        NotAllowedError: as said.
    """
    allowed = _allowed(scope.store_ids)
    if not all(allowed.issuperset(window.store_ids) for window in windows):
        raise NotAllowedError("That is about a store you may not see.")


_MANY = 40
"""So many texts are one parameter: a statement with two thousand placeholders takes longer to read than to run."""


def bind(params: dict[str, Any], prefix: str, values: Sequence[Any]) -> str:
    """Add values to the parameters under fresh names and return what stands between the brackets of ``IN (...)``.

    Few values are placeholders, one each; many texts are one list, as a subquery.
    """
    if len(values) > _MANY and all(isinstance(value, str) for value in values):
        name = f"{prefix}{len(params)}"
        params[name] = list(values)
        return f"SELECT UNNEST(CAST(${name} AS VARCHAR[]))"
    names = []
    for value in values:
        name = f"{prefix}{len(params)}"
        params[name] = value
        names.append(f"${name}")
    return ", ".join(names)


def window_condition(
    windows: Sequence[Window], params: dict[str, Any], *, hourly: bool, hour: str = "x.hour_of_day", alias: str = "x"
) -> str:
    """The stores and days of the windows as a condition on ``x``, or ``alias``; where the scope enters the SQL.

    Where an owner asks about all stores there is no condition on them: it would be checked against every row of the
    chain to let each of them pass.
    """
    alike = len({window.store_ids for window in windows}) == 1
    parts = []
    for number, window in enumerate(windows):
        stores = "" if window.whole_chain or (alike and number) else bind(params, "store", window.store_ids)
        start, end = bind(params, "start", [window.start_on]), bind(params, "end", [window.end_on])
        part = f"{alias}.business_on BETWEEN CAST({start} AS DATE) AND CAST({end} AS DATE)"
        of_stores = f"{alias}.store_id IN ({stores})" if stores else ""
        if hourly and window.hours_on_last is not None:
            first = bind(params, "hour", [24 - window.day_starts_hour])
            hours = bind(params, "hours", [window.hours_on_last])
            part += f" AND ({alias}.business_on < CAST({end} AS DATE) OR MOD({hour} + {first}, 24) < {hours})"
        parts.append((of_stores, part))
    if len(parts) == 1:
        return " AND ".join(filter(None, parts[0]))
    # A scan skips by what holds for all windows, not by either of two conditions.
    low = bind(params, "start", [min(window.start_on for window in windows)])
    high = bind(params, "end", [max(window.end_on for window in windows)])
    band = f"{alias}.business_on BETWEEN CAST({low} AS DATE) AND CAST({high} AS DATE)"
    common = [parts[0][0], band] if alike else [band]
    each = " OR ".join(f"({part if alike or not stores else f'{stores} AND {part}'})" for stores, part in parts)
    return f"{' AND '.join(filter(None, common))} AND ({each})"


def first_days(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """The first day of the window that the store of a row ``x`` is in, as SQL."""
    starts = {window.start_on for window in windows}
    if len(starts) == 1:
        return f"CAST({bind(params, 'first', [*starts])} AS DATE)"
    cases = " ".join(
        f"WHEN x.store_id IN ({bind(params, 'of', window.store_ids)}) THEN"
        f" CAST({bind(params, 'first', [window.start_on])} AS DATE)"
        for window in windows
    )
    return f"CASE {cases} END"


def product_days(windows: Sequence[Window], params: dict[str, Any]) -> tuple[str, str]:
    """The rollup ``x`` of products by day that serves, and the windows as a condition on it.

    Only for sums over stores.
    """
    return days_of_products(windows), window_condition(windows, params, hourly=False)


def days_of_products(windows: Sequence[Window]) -> str:
    """The rollup of products by day that serves for sums over the stores of windows.

    That over all stores, a row a day and product, where the windows are of all stores; that of single stores otherwise.
    The scope holds as ever: a window is of all stores only if the asker may see them all.
    """
    whole = all(window.whole_chain and window.hours_on_last is None for window in windows)
    return "sku_day" if whole else "store_sku_day"
