"""When a store's briefing is due. Pure: the caller brings the instant, the zone and the hours.

The question is never "did a timer fire" but "is it morning there now": the store's wall clock is read off the
instant, so a clock change that skips or repeats the hour neither loses nor doubles a morning, and a process that was
down at six catches up when it comes back. That a briefing is posted once is the business of `agent.db.leases`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class BriefingHours:
    """From when to when a morning's briefing is worth posting, in the store's wall-clock time.

    After ``until`` a missed briefing is left out: in the evening, yesterday's news helps nobody.
    """

    at: time = time(6, 0)
    until: time = time(20, 0)

    def __post_init__(self) -> None:
        if not self.at < self.until:
            raise ValueError(f"a briefing at {self.at:%H:%M} cannot end at {self.until:%H:%M}")


def due_on(now: datetime, timezone: str, hours: BriefingHours, *, day_starts_at: time = time(0, 0)) -> date | None:
    """The business day whose briefing a store should have by ``now``, or None outside the hours.

    Args:
        now: an aware instant.
        timezone: the store's IANA zone.
        hours: when briefings are posted.
        day_starts_at: when the store's business day turns; yesterday is not over before, so nothing is due before.
    """
    if now.tzinfo is None:
        raise ValueError("the instant needs a time zone")
    local = now.astimezone(ZoneInfo(timezone))
    opens = max(hours.at, day_starts_at)
    return local.date() if opens <= local.time() < hours.until else None
