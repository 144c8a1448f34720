"""The store and the hour of an order for people, put where the reader of tasks looks for them.

“Create a task for Harbor Point to check the freezers by 5 pm” is the task “check the freezers at Harbor Point”, due
today, with the hour in its words; “assign a planogram audit to Maple Avenue” is such a task as well.
"""

from __future__ import annotations

import re

from agent.conversation.surroundings import Surroundings

_TASK = r"(?:tasks?|reminders?|to-?dos?|actions?(?: items?)?|work orders?|follow-?ups?)"
_MAKE = r"(?:create|add|make|set(?: up)?|open|log|put up|file|assign|give|raise|start|schedule|plan|propose|request)"
_JOB = (
    r"(?P<job>(?:[a-z][\w-]* ){0,4}?(?:audits?|inspections?|visits?|walks?|walk-?throughs?|checks?|spot checks?"
    "|resets?|re-?counts?|counts?|clean-?ups?|cleaning|cleanings|reviews?|surveys?|training|set-?ups?|relays?"
    "|re-?merchandising))"
)
_HOUR = re.compile(
    r"[ ,]+(?:by|before|until|at|due|no later than) (?P<hour>\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.|p\.m\.|o'clock)"
    "|noon|midday|midnight|lunch(?:time)?|(?:store )?clos(?:e|ing)(?: time)?|(?:store )?opening(?: time)?"
    r"|\d{1,2}:\d{2})(?P<day> (?:today|tonight|tomorrow|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day))?"
    r"(?=(?:[ ,(]+(?:as |with )?(?:(?:high|low|top|urgent) priority|urgent(?:ly)?|asap)\)?)?$)",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(
    "(?:[ ,]+(?:by|on|for|due)? ?(?P<day>today|tonight|tomorrow|(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur"
    "|sun)day))$",
    re.IGNORECASE,
)

_TO_WHOM = re.compile(
    r" to (?P<who>[a-z']+)(?: (?:who is |that is )?(?:on|working|in)(?: (?:shift|duty|today|tonight))?)?", re.IGNORECASE
)


def placed(said: str, around: Surroundings) -> tuple[str, str]:
    """The order with its store behind it and its day last, and the words for its hour (empty where none was said).

    Args:
        said: the order, without politeness.
        around: the stores that can be named.
    """
    said, hour = _without_hour(said)
    names = "|".join(re.escape(one) for store in around.stores for one in (store.name, store.store_id))
    if not names:
        return said, hour
    at = rf"(?:the )?(?P<place>{names})(?:'s)?(?: (?:store|team|staff|crew|manager))?"
    counted = re.fullmatch(
        rf"{_MAKE} (?:an? |the )?(?:new )?(?:cycle |stock |inventory )?(?:re-?)?counts? (?:of|for|on) (?P<what>.+)",
        said,
        re.IGNORECASE,
    ) or re.fullmatch(r"(?:do|run|start) (?:an? )?(?:re-?)?counts? (?:of|on) (?P<what>.+)", said, re.IGNORECASE)
    if counted is not None and not re.search(r"\btasks?\b", said.lower()):
        stores = "|".join(re.escape(store.name) for store in around.stores) or "(?!)"
        what = re.sub(rf" (?:to|for|with) (?=(?:{stores})\b)", " at ", counted["what"], flags=re.IGNORECASE)
        return f"count {what}", hour
    for pattern, shape in (
        (
            (
                rf"{_MAKE} (?:an? |the )?(?:new )?(?:store )?{_TASK} (?:for|at|in|to) {at}(?: to|:|,| that they"
                "| -) (?P<do>.+)"
            ),
            "do",
        ),
        (rf"{_MAKE} {at} (?:an? |the )?(?:new )?{_TASK}(?: to|:|,) (?P<do>.+)", "do"),
        (rf"(?:remind|ask|tell|get|have) {at}(?: to)? (?P<do>.+)", "do"),
        (rf"{_MAKE} (?:an? |the )?(?:new )?{_JOB} (?:task )?(?:to|for|at|in|with) {at}(?P<rest>.*)", "job"),
        (rf"{_MAKE} {at} (?:an? |the )?(?:new )?{_JOB}(?P<rest>.*)", "job"),
    ):
        found = re.fullmatch(pattern, said, re.IGNORECASE)
        if found is None:
            continue
        words = found["do"] if shape == "do" else found["job"]
        tail = "" if shape == "do" else found["rest"]
        day = _DAY_BEFORE.search(f"{words}{tail}")
        whole = f"{words}{tail}"
        body = whole[: day.start()] if day else whole
        due = f" by {day['day']}" if day else ""
        if shape == "job" and (to := _TO_WHOM.fullmatch(body[len(words) :])) is not None:
            return f"assign {words} to {to['who']} at {found['place']}{due}", hour
        return f"create a task to {body.strip(' ,')} at {found['place']}{due}", hour
    return said, hour


_BARE_COUNT = re.compile(
    rf"{_MAKE} (?:an? |the )?(?:new )?(?:store )?(?:cycle |stock )?(?:re-?)?count(?:ing)? tasks?(?: (?:at|in"
    "|for) (?P<at>.+))?",
    re.IGNORECASE,
)
WHAT_COUNTED = (
    "What shall be counted there? Name a product or a place: “count the yogurt at Harbor Point”. Nothing was filed."
)


def counts_nothing(said: str, around: Surroundings) -> bool:
    """Whether an order to count names neither a product nor a place, only a store or nothing."""
    found = _BARE_COUNT.fullmatch(said)
    names = {one.lower() for store in around.stores for one in (store.name, store.store_id)}
    return found is not None and (not found["at"] or found["at"].strip().lower() in names)


def _without_hour(said: str) -> tuple[str, str]:
    """The order without its hour; the day stays, and is today where none was named."""
    found = _HOUR.search(said)
    if found is None or not re.search(rf"\b{_TASK}\b|^(?:remind|ask|tell|get|have)\b|\b{_JOB}\b", said, re.IGNORECASE):
        return said, ""
    day = (found["day"] or "").strip().removeprefix("on ")
    rest = f"{said[: found.start()]}{said[found.end() :]}"
    if not day and _DAY_BEFORE.search(rest):
        return rest, f"By {found['hour']}"
    return f"{rest} by {day or 'today'}", f"By {found['hour']}"
