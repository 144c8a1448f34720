"""How stock that is too much is counted by the two lists of it, so that their sums are not taken for the same."""

from __future__ import annotations

from tools.wording import counted

COVER_DAYS = 60
"""Days of cover beyond which goods that sell are overstock, unless said."""
COVER_WEEKS = 12
"""Weeks of sales beyond which stock is to be marked down, sold lately or not, unless said."""


def of_overstock(cover: int) -> str:
    """What overstock counts that a list of markdowns does not, as a sentence."""
    return (
        f"Only goods that sell are counted, beyond {cover} days of cover; “what should we mark down” counts unsold"
        f" goods too, beyond {COVER_WEEKS} weeks of sales unless said, so its sum is another."
    )


def of_markdowns(cover_weeks: int, *, dead_only: bool) -> str:
    """The same of a list of markdowns."""
    own = "Only goods that did not sell are counted" if dead_only else (
        f"Unsold goods are counted too, beyond {counted(cover_weeks, 'week')} of sales"
    )  # fmt: skip
    return f"{own}; overstock counts only what sells, beyond {COVER_DAYS} days of cover unless said."
