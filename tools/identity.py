"""One product under several names: what is the same thing at stores of different platforms.

A variant is an item: its GTIN where its barcode is one, else itself (``connectors.mirror.views``). Only an answer over
stores of more than one connection has to care; within one, a platform's own variants are told apart as it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from tools.context import ToolContext
from tools.stores import StoreSet

_ITEMS = "SELECT variant_id, item_id FROM item WHERE variant_id IN (SELECT unnest(CAST($variants AS VARCHAR[])))"
_VARIANTS = """
SELECT o.variant_id FROM item o
WHERE o.item_id IN (SELECT i.item_id FROM item i WHERE i.variant_id = $variant_id) ORDER BY o.variant_id
"""


def spans_platforms(stores: StoreSet) -> bool:
    """Whether the stores belong to more than one connection."""
    return len({store.connection for store in stores.stores}) > 1


def same_variants(variant_id: str, stores: StoreSet, context: ToolContext) -> tuple[str, ...]:
    """Every variant that is the same item, where the stores span platforms; else the one."""
    if not spans_platforms(stores):
        return (variant_id,)
    found = context.mirror.query(_VARIANTS, {"variant_id": variant_id}).rows
    return tuple(row[0] for row in found) or (variant_id,)


def first_of_each(variant_ids: Sequence[str], stores: StoreSet, context: ToolContext) -> frozenset[str]:
    """The first variant of each item, where the stores span platforms; else all of them."""
    if not spans_platforms(stores) or len(variant_ids) < 2:
        return frozenset(variant_ids)
    rows = context.mirror.query(_ITEMS, {"variants": list(variant_ids)}).rows
    items = {row[0]: row[1] for row in rows}
    first: dict[str, str] = {}
    for variant_id in variant_ids:
        first.setdefault(items.get(variant_id, variant_id), variant_id)
    return frozenset(first.values())
