"""How long one colleague worked or is to work: “how many hours did Ellis work last week?”, “bob hours”.

Hours worked are those of the time clock, hours to come those of the schedule. Without a time the last seven days are
told. Hours of a store or a department are labour hours. A strict reader: a word it does not know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.surroundings import Surroundings

_CLOCK, _SCHEDULE = "attendance", "team_schedule"
_USUAL = "last 7 days"
_NAME = r"(?P<name>[a-z][a-z.'-]*[a-z](?: [a-z][a-z'-]*[a-z])?)"
_HOURS = r"(?:hours|hrs)"
_FORMS = (
    re.compile(
        rf"\bhow (?:many (?:hours|hrs)|long|much time) (?:did|has|have|will|does|is) {_NAME}"
        r" (?:be )?(?:work(?:ed|ing|s)?|clock(?:ed)?(?: in| up)?|put in|do|done|get|have)\b"
    ),
    re.compile(
        rf"\b(?:working )?{_HOURS}(?: (?:worked|clocked|logged|done|put in|scheduled))? (?:by|of|for) {_NAME}(?= *$)"
    ),
    re.compile(rf"^ *{_NAME}(?:'s|’s)? (?:total |working |work |worked )*{_HOURS}(?: worked)?(?= *$)"),
)  # fmt: skip
_OF_A_PLACE = re.compile(
    r"\bhow many (?:hours|hrs) (?:did|has|have) +(?:the +)?(?:work(?:ed)?|use(?:d)?|clock(?:ed)?)\b"
)
_ASKING = re.compile(
    r"^ *(?:(?:show|give|tell|get|pull(?: up)?|see|list|what(?:'s| is| are| were)?|whats|i need|can you|could you"
    r"|please|me|us|the|total|number of|up)(?: |(?= *$)))+"
)
_NOT_NAMES = """
the this that it we they you i our my your their his her its any all every each who what which no some an a
staff team store stores shop shops employee employees people person everyone everybody anyone anybody someone
manager managers cashier cashiers supervisor supervisors lead leads associate associates crew colleague colleagues
labour labor man peak busy busiest quiet happy rush regular overtime average total extra opening closing trading
store's today yesterday tomorrow weekly daily monthly last next
"""
NOBODY = frozenset(_NOT_NAMES.split())


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the hours of one colleague; None for every other question."""
    reading = Reading.of(text)
    future = names_the_future(reading.text)
    periods = take_periods(reading)
    stores = take_stores(reading, around)
    if len(periods) > 1:
        return None
    period = periods[0].phrase if periods else None
    if asking := _ASKING.match(reading.text):
        reading.blank(asking.start(), asking.end())
    departments = take_departments(reading, around)
    if (departments or stores) and reading.take(_OF_A_PLACE):
        department = departments[0] if departments else None
        args = {"metrics": ["labour_hours"], "period": period, "stores": stores, "department": department}
        return None if reading.rest() else calls_for("sales_summary", args, [])
    found = next((found for form in _FORMS if (found := reading.find(form))), None)
    if found is None or departments:
        return None
    name = reading.said(*found.span("name")).removesuffix("'s")
    reading.blank(found.start(), found.end())
    if not _is_a_name(name, first=not reading.source[: found.start("name")].strip()) or reading.rest():
        return None
    if future:
        return calls_for(_SCHEDULE, {"person": name, "by_person": True, "period": period, "stores": stores}, [])
    args = {"show": "worked", "person": name, "period": period or _USUAL, "stores": stores}
    return calls_for(_CLOCK, args, [])


def _is_a_name(said: str, *, first: bool) -> bool:
    """Whether words are a person's name: none is one of a team, a shop or a time, and written large or not ordinary."""
    words = said.split()
    if any(word.lower().removesuffix("'s") in NOBODY for word in words):
        return False
    large = not first and all(word[0].isupper() for word in words)
    return large or not any(is_ordinary(word.lower()) for word in words)
