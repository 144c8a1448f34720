"""What “new” means: no earlier purchase in the data, which somewhere begins."""

from __future__ import annotations

from datetime import timedelta

from tools.frame import Frame
from tools.wording import counted, span

SHORT_HISTORY = timedelta(days=91)


def told_apart(asked: Frame) -> bool:
    """Whether there is any day before the period on which a customer could have bought."""
    return any(store.first_on and store.first_on < asked.start_on for store in asked.stores.stores)


def about_new(asked: Frame) -> list[str]:
    """What is to be said of who passes for new, and where the history before the period is short."""
    first = min(store.first_on for store in asked.stores.stores if store.first_on)
    begins = f"since the data begins on {span(first, first)}"
    where = asked.stores.label
    said = [f"New means no earlier purchase at {where} {begins}; who bought before that, or elsewhere, counts as new."]
    if told_apart(asked) and asked.start_on - first < SHORT_HISTORY:
        days = (asked.start_on - first).days
        said.append(f"There are only {counted(days, 'day')} of history before the period, so new is much overstated.")
    return said
