"""Behind the sales of some hours: those before or after them, and how much of the day they are.

“And after” means something only beside the hours of the answer above.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import COMPARE, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import hours_of
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, FIGURES, KEPT, NORM, span_before, usual_days
from agent.conversation.planner.threads.once_more.days_around import resolved
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.short_stores import written_out
from agent.conversation.surroundings import Surroundings
from tools.analysis.calendar import WEEKDAYS

_BESIDE = re.compile(
    rf"{LEAD}(?:what about |how about )?(?:(?P<after>after(?:wards?)?|later(?: on)?|past)|(?P<before>before|earlier))"
    r"(?: (?:that|then|this|it|(?P<hour>\d{1,2}) ?(?:am|pm)?))?(?: in the day)?\W*$"
    rf"|{LEAD}(?:what about |how about )?(?P<rest>the (?:rest|remainder) of the day|(?:all )?(?:the )?other hours"
    rf"|outside (?:of )?"
    r"(?:that|those hours))\W*$"
)
_WHEN = r"(?P<when>(?:before|after|until|by|between|in the|at) [a-z0-9: ]{2,24}?)"
_MOST_OF_IT = re.compile(
    rf"{LEAD}(?:(?:does|do|did|is|was|are|were) )?(?:(?:most|half|the bulk|a lot|all|how much|what (?:share|%"
    rf"|percent\w*|part)"
    rf"|the majority) (?:of (?:it|them|that|those|sales|the sales))?|it mostly|they mostly) ?(?:is |are |was |gets? "
    rf"|does it )?"
    rf"(?:sells?|sold|selling|goes?|gone|bought|happens?|comes?)?(?: in)? ?{_WHEN}\W*$"
)
_EACH_DAY = "figure_of_each"
_FIRST_HOUR, _NOON = 7, 12
"""Shops are shut before seven."""
_FROM_ON = re.compile(
    rf"{LEAD}(?:(?:just|only|show(?: me)?|for|it was|that was|i mean|meaning|say) )*(?P<from>from|after|since|past)? ?"
    r"(?P<hour>\d{1,2})(?::00)? ?(?P<half>am|pm)?(?P<on> (?:on(?:wards?)?|and (?:later|after))"
    r"| ?(?:to|til|till|until|-) (?:the )?(?:close|closing(?: time)?|end))?\W*$"
)
_NORMALLY = re.compile(
    rf"{LEAD}(?:what|how much)(?:'s|s| is| was| do| did| does| would)?(?: (?:we|it|they|that|be))*(?: (?:do|make|sell"
    rf"|take|have|the|be))* ?(?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|on average|average)?(?: (?:do|make|sell|take"
    r"|bring in|for|sales))* ?(?:in|at|during|for)? ?(?:(?:those|these|that|the same) (?:hours?|time)|then)"
    r"(?: (?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|on average))?(?: on (?:an? )?(?P<day>[a-z]+?)s?)?\W*$"
)
_SAYS_NORMAL = re.compile(r"normal|usual|typical|average")
_BACK_THEN = re.compile(
    rf"{LEAD}(?:did|do|have|has|was|were) (?:they|it|sales|we|people|customers|folks|everyone)(?: all)? (?:come|came"
    rf"|bounce|pick|recover|make (?:it|that))(?:ed)?(?: (?:back|up))? ?(?P<when>(?:on )?.{{3,40}})$"
)
_WENT_TO = re.compile(
    rf"{LEAD}(?:or )?(?:did |maybe )?(?:they |people |customers |it )?(?:just )?(?:go|went|gone|move|shop"
    r"|switch)(?:ed)? (?:over )?(?:to|at) (?P<at>[a-z][\w' ]{2,30}?)"
    r"(?: (?:maybe|instead|then|or what|perhaps|that (?:day|night)))*\W*$"
)
WHO_CAME = "Whether the same people came is not told by sales. What was taken, against its norm:"


def with_days(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """What those hours usually bring, the day after, and another store in the days before."""
    if last.name not in (*FIGURES, _EACH_DAY):
        return None
    if (later := _hours_on(plain, last, around)) is not None:
        return later
    if (found := _NORMALLY.match(plain)) is not None and _SAYS_NORMAL.search(plain):
        return _usual_hours(found["day"], last, around)
    if last.args.get("by") in ("store", ["store"]) or {"product", "department"} & set(last.args):
        return None
    if (back := _BACK_THEN.match(plain)) is not None:
        said = periods(Reading.of(back["when"]))
        kept = {"stores": last.args["stores"]} if "stores" in last.args else {}
        if len(said) != 1:
            return None
        who = WHO_CAME if re.search(r"\b(?:they|people|customers|folks|everyone)\b", plain) else ""
        return Plan(((COMPARE, {"period": said[0].phrase, **kept, "compare_to": NORM}),), opening=who)
    went = _WENT_TO.match(plain)
    reading = Reading.of(f"at {written_out(went['at'], around)}" if went else "")
    store = take_stores(reading, around) if went and isinstance(last.args.get("stores"), str) else None
    if not store or reading.rest() or store == "all stores":
        return None
    return Plan(((COMPARE, {"period": usual_days(last), "stores": store, "compare_to": NORM}),), opening=WHO_CAME)


def _usual_hours(day: str | None, last: Call, around: Surroundings) -> Plan | None:
    """What an average day, or such a weekday, has in the hours before."""
    hours = [one for one in last.args.get("where") or () if one.get("dimension") == "hour"]
    of = resolved(usual_days(last), around)
    weekday = next((one for one in WEEKDAYS if day and one.startswith(day[:3].lower())), None)
    if not hours or (day and weekday is None):
        return None
    if weekday is None and of is not None and of.days == 1:
        weekday = WEEKDAYS[of.start_on.weekday()]
    figure = str(next(iter(last.args.get("metrics") or ["net_sales"])))
    if figure not in ("net_sales", "units", "transactions"):
        return None
    only = [{"dimension": "weekday", "values": [f"{weekday}s"]}] if weekday else []
    kept = {key: last.args[key] for key in ("stores", "department", "product") if key in last.args}
    args = {"figure": figure, "each": "day", "period": "last 8 weeks", **kept, "where": [*hours, *only]}
    return Plan(((_EACH_DAY, args),))


def _hours_on(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The hours from one on, of the days before: before seven such an hour is one of the afternoon."""
    found = _FROM_ON.match(plain)
    if found is None or not (found["from"] or found["on"]) or last.name not in FIGURES:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "pm")
    elif hour < _FIRST_HOUR or (hour < _NOON and re.search("clos|end", found["on"] or "")):
        hour += 12
    elif hour < _NOON or not found["from"]:
        return None  # seven in the morning, or in the evening
    if not 0 < hour < 24:
        return None
    args = _within(last, f"{hour}-24")
    if last.args.get("compare_to"):
        of = resolved(usual_days(last), around)
        before = "the same day last week" if of is not None and of.days == 1 else span_before(usual_days(last))
        args |= {"compare_to": before, "by": "hour"}
    elif last.args.get("by") == "hour":
        args |= {"by": "hour"}
    return Plan(((BREAKDOWN, args),))


def read(plain: str, last: Call) -> Plan | None:
    """The calls such a question means; None for every other, and where no hours stand before it."""
    if last.name == BREAKDOWN and (hours := _hours(last)) is not None:
        beside = _BESIDE.match(plain)
        other = _beside(beside, *hours) if beside is not None and last.args.get("by") in (None, []) else None
        if other is not None:
            return Plan(tuple((BREAKDOWN, _within(last, one)) for one in other))
    of_it = _MOST_OF_IT.match(plain)
    part = {"department", "product", "stores"} & set(last.args) or last.args.get("where")
    span = hours_of(re.sub(r"^by ", "before ", of_it["when"])) if of_it is not None and part else None
    if span is None or last.name not in FIGURES or last.args.get("compare_to"):
        return None
    return Plan(((BREAKDOWN, {**_within(last, span), "of_total": True}),))


def _hours(last: Call) -> tuple[int, int] | None:
    for one in last.args.get("where") or ():
        found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", str((one.get("values") or [""])[0]))
        if one.get("dimension") == "hour" and not one.get("exclude") and found is not None:
            return int(found[1]), int(found[2])
    return None


def _beside(said: re.Match[str], first: int, last: int) -> list[str] | None:
    """The hours after or before those, or both; None where the day has none, or another hour is named."""
    if said["hour"] and int(said["hour"]) % 12 not in (first % 12, last % 12):
        return None
    before, after = (f"0-{first}" if first else None), (f"{last}-24" if last < 24 else None)
    found = [after] if said["after"] else [before] if said["before"] else [before, after]
    return [one for one in found if one] or None


def _within(last: Call, hours: str) -> dict[str, Any]:
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args and key != "where"}
    others = [one for one in last.args.get("where") or () if one.get("dimension") != "hour"]
    where = [*others, {"dimension": "hour", "values": [hours]}]
    return {"period": usual_days(last), **kept, "where": where}
