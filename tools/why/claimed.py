"""What an asker takes for granted of a change, held against what it was: “why were sales down 12 %?” when they rose."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from tools.analysis.comparisons import change_pct
from tools.metrics.model import UnitKind
from tools.why.parts import Change

Way = Literal["up", "down"]
_FAR = Decimal(1)
"""So many points of a per cent apart is another figure."""


def corrected(change: Change, way: Way | None, percent: float | None) -> str:
    """What the change was instead of what it is asked about as; empty where that is so, or nothing was claimed.

    For example “Not down but up: ”, “Not down but unchanged: ”, “Down 5.2 %, not 12 %: ”.
    """
    if way is None:
        return ""
    was = "unchanged" if not change.total else "up" if change.total > 0 else "down"
    if was != way:
        return f"Not {way} but {was}: "
    moved = change_pct(change.now, change.before)
    if percent is None or moved is None or change.metric.unit_kind is UnitKind.PERCENT:
        return ""
    said = abs(Decimal(str(percent)))
    if abs(abs(moved) - said) < max(_FAR, said / 10):
        return ""
    return f"{way.capitalize()} {abs(moved)} %, not {said.normalize():f} %: "
