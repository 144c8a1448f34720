"""How goods are called in answers about who bought them: products by name, categories with their department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.context import ToolContext
from tools.stock.frame import names_of


def goods_names(rows: Sequence[Mapping[str, Any]], by: str, context: ToolContext) -> dict[str, str]:
    """The name of each row's ``key``.

    Args:
        rows: with ``key`` and, for products, ``variant_id``.
        by: one of ``goods_buyers_query.KEYS``; a category's key is ``department / category``.
        context: who asks.
    """
    if by == "product":
        known = names_of(rows, context)
        return {
            row["key"]: known[row["variant_id"]].name if row["variant_id"] in known else str(row["variant_id"])
            for row in rows
        }
    return {row["key"]: _title(str(row["key"]), by) for row in rows}


def _title(key: str, by: str) -> str:
    department, _, category = key.partition(" / ")
    return f"{category} ({department})" if by == "category" else key
