"""Which end of a split stands first: groups put in order by a figure, and the sentence that names both ends."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from tools.wording import listed

Order = Literal["top", "bottom"]
ORDER_HELP = "With by: which end stands first. Leave out for the usual order."


def rank(value: Decimal | None, order: str) -> tuple[bool, Decimal]:
    """What to sort a group by: its value, the asked end first, what is not known last."""
    known = value or Decimal(0)
    return value is None, known if order == "bottom" else -known


def ends_in_order(groups: Sequence[tuple[str, str]], order: str) -> str:
    """The three groups that stand first and the last one, as a sentence; empty for fewer than two.

    Args:
        groups: name and value as said, in the order shown, only those whose value is known.
        order: "top" or "bottom", the end that stands first.

    >>> ends_in_order([("Meat", "1.0"), ("Deli", "2.0"), ("Fuel", "3.0"), ("Bakery", "4.0")], "bottom")
    'Lowest: Meat 1.0, then Deli 2.0 and Fuel 3.0; highest: Bakery 4.0.'
    """
    if len(groups) < 2:
        return ""
    name, value = groups[0]
    then = [f"{name} {value}" for name, value in groups[1:-1][:2]]
    after = f", then {listed(then)}" if then else ""
    last, least = groups[-1]
    here, there = ("Lowest", "highest") if order == "bottom" else ("Highest", "lowest")
    return f"{here}: {name} {value}{after}; {there}: {last} {least}."
