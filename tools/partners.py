"""Finding suppliers and colleagues by the words people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tools.context import ToolContext
from tools.directory import Store
from tools.errors import BadArgumentError, ClarifyError, NoDataError
from tools.wording import listed

_CLOSE = 85

_SUPPLIERS = "SELECT supplier_id, COALESCE(name, supplier_id) FROM supplier ORDER BY 2, 1"
_DELIVERS = """
SELECT i.supplier_id, COALESCE(MIN(s.name), i.supplier_id), MIN(i.unit_cost) AS cost
FROM supplier_item i LEFT JOIN supplier s ON s.supplier_id = i.supplier_id
WHERE i.variant_id IN (SELECT UNNEST(CAST($variants AS VARCHAR[])))
GROUP BY i.supplier_id
HAVING COUNT(DISTINCT i.variant_id) = $number
ORDER BY cost NULLS LAST, i.supplier_id
"""
_PEOPLE = """
SELECT employee_id, COALESCE(name, employee_id), COALESCE(role, '') FROM employee
WHERE COALESCE(active, TRUE) AND (store_id IS NULL OR store_id = $store_id) ORDER BY 2, 1
"""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with an id; ``role`` is what a colleague does."""

    identity: str
    name: str
    role: str = ""


def resolve_supplier(phrase: str | None, variants: Sequence[str], context: ToolContext) -> Named:
    """The supplier that is meant, or the one that delivers all of the products.

    Raises:
        NoDataError: no supplier is known, or none delivers all of it.
        BadArgumentError: there is none of that name.
        ClarifyError: several fit.
    """
    if phrase:
        everyone = [Named(str(row[0]), str(row[1])) for row in context.mirror.query(_SUPPLIERS).rows]
        if not everyone:
            raise NoDataError("No suppliers are known; they come from the POS or from a file of suppliers.")
        return _one(phrase, everyone, "supplier")
    rows = context.mirror.query(_DELIVERS, {"variants": list(variants), "number": len(set(variants))}).rows
    able = [Named(str(row[0]), str(row[1])) for row in rows]
    if not able:
        what = "this product" if len(variants) == 1 else "all of these products"
        raise NoDataError(f"I know no supplier that delivers {what}. Name the supplier, or order them separately.")
    if len(able) > 1:
        names = [one.name for one in able]
        raise ClarifyError(f"Several suppliers deliver that: {listed(names, 'or')}. Which one?", names[:5])
    return able[0]


def resolve_colleague(phrase: str, store: Store, context: ToolContext) -> Named:
    """The person of a store that is meant.

    Raises:
        NoDataError: nobody is known there.
        BadArgumentError: there is none of that name.
        ClarifyError: several fit.
    """
    rows = context.mirror.query(_PEOPLE, {"store_id": store.store_id}).rows
    everyone = [Named(str(row[0]), str(row[1]), str(row[2])) for row in rows]
    if not everyone:
        raise NoDataError(f"No employees are known at {store.name}; they come from the POS or from a file of staff.")
    return _one(phrase, everyone, "colleague")


def _one(phrase: str, everyone: Sequence[Named], what: str) -> Named:
    said = phrase.strip().lower()
    exact = [one for one in everyone if said in (one.identity.lower(), one.name.lower())]
    within = [one for one in everyone if said in one.name.lower().split() or said in one.name.lower()]
    close = [one for one in everyone if fuzz.ratio(said, one.name.lower()) >= _CLOSE]
    for found in (exact, within, close):
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"{one.name} ({one.identity})" for one in found]
            raise ClarifyError(f"More than one {what} fits “{phrase[:60]}”: {listed(names, 'or')}.", names[:5])
    known = listed([one.name for one in everyone[:6]], "or")
    raise BadArgumentError(f"I know no {what} “{phrase[:60]}”. There is {known}.")
