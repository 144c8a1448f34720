"""One list of voids out of two that know them: documents marked as voided, and what the registers wrote down.

Pure. A void of a whole sale is the same as a voided document when both name the sale, or when the event names none and
store, register (where both are known), amount (where both are known) and time agree within a quarter of an hour. Each
document is matched once, the nearest in time first. The register says who did it and why; the document says how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

SAME_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that took money back or went around it.

    ``kind`` is refund, void_sale, void_line, no_sale or price_override; ``amount`` is minor units, positive, None where
    it is not known; ``sources`` says who knows of it: "documents", "register" or both.
    """

    kind: str
    store_id: str
    at: datetime | None
    amount: Decimal | None = None
    reason: str | None = None
    employee: str | None = None
    register_id: str | None = None
    sale_id: str | None = None
    original_sale_id: str | None = None
    sources: tuple[str, ...] = ()


def merge_voids(documents: Sequence[Happening], events: Sequence[Happening]) -> list[Happening]:
    """Voided documents and register events as one list, in order of time; none of them twice."""
    left = list(documents)
    merged: list[Happening] = []
    named = [event for event in events if event.kind == "void_sale" and event.sale_id]
    unnamed = [event for event in events if event.kind == "void_sale" and not event.sale_id]
    merged += [event for event in events if event.kind != "void_sale"]
    for event in _once(named):
        document = next((one for one in left if one.sale_id == event.sale_id), None)
        merged.append(_joined(document, event))
        if document is not None:
            left.remove(document)
    for event in unnamed:
        near = [one for one in left if _same(one, event)]
        document = min(near, key=lambda one: _apart(one, event), default=None)
        merged.append(_joined(document, event))
        if document is not None:
            left.remove(document)
    merged += left
    return sorted(merged, key=lambda one: (one.at is not None, one.at, one.sale_id or ""))


def _once(events: Sequence[Happening]) -> list[Happening]:
    """One void of each sale: some tills write it down at the drawer and again in the back office."""
    first: dict[str | None, Happening] = {}
    for event in events:
        known = first.get(event.sale_id)
        first[event.sale_id] = event if known is None else _joined(event, known)
    return list(first.values())


def _same(document: Happening, event: Happening) -> bool:
    if document.store_id != event.store_id or _apart(document, event) > SAME_WITHIN:
        return False
    if document.register_id and event.register_id and document.register_id != event.register_id:
        return False
    return not (document.amount and event.amount) or document.amount == event.amount


def _apart(document: Happening, event: Happening) -> timedelta:
    if document.at is None or event.at is None:
        return timedelta.max
    return abs(document.at - event.at)


def _joined(document: Happening | None, event: Happening) -> Happening:
    if document is None:
        return event
    return replace(
        event,
        at=event.at or document.at,
        amount=document.amount or event.amount,
        reason=event.reason or document.reason,
        employee=event.employee or document.employee,
        register_id=event.register_id or document.register_id,
        sale_id=event.sale_id or document.sale_id,
        original_sale_id=document.original_sale_id or event.original_sale_id,
        sources=tuple(dict.fromkeys((*document.sources, *event.sources))),
    )
