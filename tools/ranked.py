"""Which products a ranking takes: by a rate only those that sold enough for one, and what is said of the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.metrics.model import Metric
from tools.wording import counted

LEAST_UNITS = 10
"""So many pieces make a rate of a product worth ranking; of goods by weight so many receipt lines."""

LEAST_HELP = f"Only products that sold so many pieces or more; {LEAST_UNITS} for a per cent or rate unless said."


def least_of(metric: Metric, said: int | None) -> int:
    """The least pieces that are taken."""
    if said is not None:
        return said
    return LEAST_UNITS if metric.denominator else 0


def sold_so(least: int) -> str:
    """`` that sold 10 pieces or more``; nothing where all are taken."""
    return f" that sold {counted(least, 'piece')} or more" if least > 1 else ""


def unranked(metric: Metric, shelf: str, when: str) -> str:
    """Why there is no ranking; returns that nobody recorded are not the same as none."""
    if metric.name in ("returns", "refund_rate"):
        return (
            f"No product {shelf}has a return on record {when}, so none can be ranked by it. That need not mean that"
            " nothing came back: returns are known where the till reports them."
        )
    return f"No product {shelf}could be ranked by {metric.label.lower()} {when}."


def left_out(metric: Metric, row: Mapping[str, Any], least: int) -> list[str]:
    """Products that are not ranked: of unknown cost, or that sold too little for a rate."""
    said = []
    if "cost" in metric.sources and (unknown := int(row["unknown_products"])):
        verb = "is" if unknown == 1 else "are"
        said.append(f"{counted(unknown, 'product')} of unknown cost {verb} left out of this ranking.")
    if few := int(row["few"]):
        said.append(
            f"{counted(few, 'product')} that sold fewer than {counted(least, 'piece')} (by weight: lines) left out."
        )
    if metric.denominator and least <= 1:
        said.append(f"{metric.label} is a rate: products that sold little can lead it.")
    return said
