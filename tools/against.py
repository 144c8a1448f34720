"""What the period of each store is held against, by its own calendar."""

from __future__ import annotations

from tools.analysis.comparison_periods import Against, resolve_comparison
from tools.calendars import WEEK_START, period_for
from tools.frame import Frame, alike_in


def against_each(asked: Frame, phrase: str | None) -> dict[str, Against]:
    """What each store's period is held against by ``phrase``; found once for those that share clock and period.

    Raises:
        BadArgumentError: the phrase is neither a comparison nor a period.
    """
    found: dict[str, Against] = {}
    for period, _, stores in alike_in(asked.stores, asked.periods):
        one = next(iter(stores.values()))
        against = period_for(
            one,
            asked.now,
            lambda today, period=period, south=one.southern: resolve_comparison(  # type: ignore[misc]
                phrase, period, today=today, week_start=WEEK_START, south=south
            ),
        )
        found |= dict.fromkeys(stores, against)
    return {store: found[store] for store in asked.stores.ids}
