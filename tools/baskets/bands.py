"""Baskets by their number of items, cut where the sentences cut them: at none, one, and where they are called large."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.amounts import money_text, percent_text
from tools.frame import Frame
from tools.metrics.basket_statistics_query import bands_of
from tools.result import Chart, Table, TableColumn


def bands_table(asked: Frame, sums: Mapping[str, Any], large: int) -> Table:
    """A row a band, of the sums of all baskets as ``build_baskets`` gives them."""
    unit = asked.currency
    named = (
        ("Items", "text"), ("Transactions", "count"), ("Share", "%"), ("Net sales", unit), ("Share of net sales", "%"),
    )  # fmt: skip
    rows = [
        (
            name,
            int(sums[f"band_{number}"]),
            percent_text(sums[f"band_{number}"], sums["baskets"]),
            money_text(sums[f"band_net_{number}"], asked.exponent),
            percent_text(sums[f"band_net_{number}"], sums["net"]),
        )
        for number, name in _told(sums, large)
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def bands_chart(sums: Mapping[str, Any], large: int, where: str) -> Chart:
    """The same as bars."""
    told = _told(sums, large)
    values = tuple(float(sums[f"band_{number}"]) for number, _ in told)
    title = f"Transactions by number of items, {where}"
    return Chart("bar", title, tuple(name for _, name in told), {"Transactions": values}, "count")


def _told(sums: Mapping[str, Any], large: int) -> list[tuple[int, str]]:
    """The bands by number and name; baskets of nothing, such as lines of quantity nought, only where there are any."""
    every = [(number, _name(low, high)) for number, (low, high) in enumerate(bands_of(large))]
    return every if sums["band_0"] else every[1:]


def _name(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} or more"
    if low == high:
        return str(low) if low else "none"
    return f"{low}–{high}"
