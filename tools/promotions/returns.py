"""Promotions (or displays, departments ...) put in order by lift, margin or the return on their discounts, and cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from tools.analysis.lift import Lift
from tools.ordering import rank
from tools.promotions.answer import Measured, Side
from tools.wording import counted

_PART = tuple[Side, Lift | None]
_VALUES: Mapping[str, Callable[[_PART], Decimal | None]] = MappingProxyType(
    {
        "lift": lambda part: Decimal(str(part[1].percent)) if part[1] else None,
        "margin": lambda part: part[0].extra_margin,
        "roi": lambda part: None if part[0].roi is None else Decimal(str(part[0].roi)),
    }
)
_NAMED = 10


def returns(
    found: Measured, by: str | None, rank_by: str, order: str | None, limit: int | None
) -> tuple[list[str], Measured]:
    """What to say of the order asked for, and the parts in it; as they were where none is asked for."""
    if by is None or (rank_by != "roi" and order is None and limit is None):
        return [], found
    value, end = _VALUES[rank_by], order or "highest"
    parts = tuple(sorted(found.parts, key=lambda part: (*rank(value(part), end), part[0].name)))[:limit]
    said = []
    if rank_by == "roi":
        known = [part for part in parts if part[0].roi is not None]
        named = [f"{side.name} {side.roi:+.0f} %" for side, _ in known[:_NAMED]]
        if named:
            said.append(f"Return on discounts by {by}, {end} first: {'; '.join(named)}.")
        if unknown := len(parts) - len(known):
            said.append(
                f"{counted(unknown, by)} without a return: no extra discount, or costs that are not known well enough."
            )
    if limit is not None and limit > len(found.parts):
        said.append(f"There are only {counted(len(found.parts), by)} to list.")
    elif limit is not None and limit < len(found.parts):
        said.append(f"{limit} of {len(found.parts)} are listed.")
    return said, replace(found, parts=parts)
