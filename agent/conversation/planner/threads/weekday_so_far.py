"""“How's Monday looking so far”, asked on a Monday: today by its name, and not the Monday a week ago."""

from __future__ import annotations

import re
from datetime import date

from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import WEEKDAYS

_NAMED = re.compile(
    r"(?<!last )(?<!every )(?<!next )(?<!past )\b(?:this |on )?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?:'s|s(?= (?:looking|going|doing|been)\b))?\b(?=[^?]*\bso far\b)(?! (?:to|till|until|through)\b)",
    re.IGNORECASE,
)


def with_today_by_name(question: str, around: Surroundings) -> str:
    """The question with “today” in the place of its weekday, where it asks how that goes so far.

    Args:
        question: what is said now.
        around: what says which day is today.
    """
    if not around.today:
        return question
    today = WEEKDAYS[date.fromisoformat(around.today).weekday()]
    return _NAMED.sub(lambda found: "today" if found["day"].lower() == today else found[0], question)
