"""Tasks for the people of a store, lists of price changes: what is to be done, and what is on whose list.

``read`` is asked with the other proposals, before anything that only mentions restocking or counting; ``prices`` before
the change of a single price. Every name, product and day comes from the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.prices import PriceRequest
from agent.conversation.planner.topics.task_lists import KINDS, listed
from agent.conversation.planner.topics.task_places import WHAT_COUNTED, counts_nothing, placed
from agent.conversation.surroundings import Surroundings

TASK, COUNT, LIST = "propose_store_task", "propose_count_task", "propose_price_list"
_PLEASE = re.compile(
    "^(?:(?:please|can you|could you|would you|set up a task:|i want to|i'd like to|let's|we need to|now|ok"
    "|also)[ ,]+)+|[ ,]+(?:please|thanks|thank you)$",
    re.IGNORECASE,
)
_DUE = re.compile(
    "[ ,]+(?:(?:by|before|until|due|for|on) )?(?P<due>tonight|today|tomorrow(?: (?:night|morning|afternoon"
    "|evening))?|this (?:evening|morning|afternoon)|(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|the end of the (?:day|week)|end of (?:day|week))$",
    re.IGNORECASE,
)
_URGENT = re.compile(
    "[ ,(]+(?:as |with |it is |it's )?(?P<how>(?:high|low|top|urgent) priority|urgent(?:ly)?|asap"
    r"|as soon as possible)\b\)?",
    re.IGNORECASE,
)
_SPOKEN = {
    "this evening": "tonight",
    "tomorrow night": "tomorrow",
    "tomorrow morning": "tomorrow",
    "tomorrow afternoon": "tomorrow",
    "tomorrow evening": "tomorrow",
    "this morning": "today",
    "this afternoon": "today",
    "the end of the day": "today",
    "end of day": "today",
}
_PLACE = re.compile(
    r"^(?:the )?(?:(?:aisle|bay|shelf|row|gondola|section|freezer|cooler|end ?cap) (?:no\.? ?|number |#)?\w{1,4}"
    r"|\w+ (?:aisle|section|department|counter|freezer|cooler|end ?cap))$",
    re.IGNORECASE,
)
_TITLES = {
    "restock": "Restock",
    "price_check": "Check prices in",
    "cleaning": "Clean",
    "display": "Set up the display in",
    "general": "",
}
_WHO = (
    "(?:the |our )?(?:team|staff|crew|(?:store |district )?managers?|associates?)|somebody|someone|anybody|anyone|me"
    r"|(?!the\b|our\b|us\b|a\b)[a-z]+"
)
_AT = r"(?:the )?(?P<at>[A-Za-z][\w' ]*?) (?:team|staff|crew|store|manager)"
_FOR = rf"(?: (?:for|to) (?:(?P<who>{_WHO})|{_AT}))?"
_FORMS = (
    (
        "(?:create|add|make|set up|open|log|put up|assign|file) (?:an? "
        "|the )?(?:new )?(?:store )?(?P<noun>restock(?:ing)?|replenish(?:ment|ing)|price[- ]check|clean(?:ing|up)"
        r"|count(?:ing)?|display|audit|inspection)s?(?: and \w+ing)? tasks? (?:for|in|at|on|of) (?P<what>.+)"
    ),
    (
        "(?:create|add|make|set(?: up)?|open|log|put up|file|assign|give) (?:an? |the )?(?:new )?(?:store )?(?:task"
        rf"|reminder){_FOR}(?: to|:) (?P<do>.+)"
    ),
    (
        "(?:assign|give|create|add|make) (?:an? |the )?(?:new )?(?P<noun>restock(?:ing)?|replenish(?:ment|ing)"
        rf"|price[- ]check|clean(?:ing|up)|count(?:ing)?|display)s? task (?:to|for) {_AT}(?P<where> (?:at"
        "|in) .+)?(?P<what>)"
    ),
    (rf"(?:assign|give) (?P<who>(?!tasks?\b){_WHO}) (?:an? |the )?(?:new )?(?:store )?task(?: to|:| of) (?P<do>.+)"),
    (
        "(?:create|add|make|set up|open|log|put up|file) (?:an? |the )?(?:new )?(?:store )?(?:task|reminder) (?:for"
        r"|about) (?P<do>\w+ing .+)"
    ),
    r"(?:new )?(?:task|to-?do|reminder): ?(?P<do>.+)|new task (?P<what>(?!for\b|to\b)[a-z].+)",
    (
        "(?P<do>(?:re-?)?count (?:the |all (?:the )?)?(?:stock (?:of|in) )?(?!transactions|orders|sales|customers"
        r"|stores|products|tasks|of\b|by\b|people|visitors|baskets|receipts)[a-z].+)"
    ),
    rf"remind (?P<who>{_WHO}) to (?P<do>.+)",
    (
        rf"(?:ask|tell|get|have) (?P<who>(?!me\b){_WHO}) to (?P<do>(?:check|inspect|move|rotate|pull|put|take|sort"
        "|organi[sz]e|sweep|unload|print|replace|fix|hang|stock|empty|wash|saniti[sz]e|verify|audit|prep(?:are)?"
        "|rearrange|remove|label|tag|dust|walk) .+)"
    ),
    rf"(?:ask|tell|get|have|remind) (?P<who>{_WHO})(?: to)? (?P<do>(?:re-?)?count (?:the |all )?(?!me\b).+)",
    (
        rf"(?:ask|tell|get|have|remind) (?P<who>{_WHO})(?: to)? (?P<do>(?:restock|re-stock|replenish|refill|clean|tidy"
        "|mop|wipe down|check the (?:prices|labels|tags)|face up|build|set up) .+)"
    ),
    (
        r"(?:assign|give) (?:an? |the )?(?P<do>(?:[a-z][\w-]* ){0,3}(?:checks?|audits?|inspections?|resets?|sweeps?"
        "|reviews?|walk-?throughs?|walks?)) to (?P<who>[a-z']+(?: [a-z']+)??)(?P<where> (?:at|in) .+)?"
    ),
    (
        rf"(?:have|get) (?P<who>(?!me\b){_WHO}) (?:to )?(?P<do>(?:check|inspect|move|rotate|pull|sort|organi[sz]e"
        "|sweep|unload|print|replace|fix|empty|wash|saniti[sz]e|verify|audit|prepare|rearrange|remove|label|dust"
        "|walk) .+)"
    ),
    (
        "assign (?:the )?(?P<do>(?:restocking|cleaning"
        "|counting)(?: .+?)?) to (?P<who>[a-z']+(?: [a-z']+)??)(?P<where> at .+)?"
    ),
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_HANDED = re.compile(
    r",? (?:and|then) (?:assign|give|hand) (?:it|this|that)(?: over)? to (?P<who>[a-z']+(?: [a-z']+)??)$", re.IGNORECASE
)
"""“Create a task ... and assign it to Sam”."""
_KNOWN_TEAMS = frozenset(
    {"produce", "grocery", "meat", "deli", "bakery", "dairy", "frozen", "seafood", "floral", "front end", "checkout",
     "night", "morning", "evening", "closing", "opening", "stock", "receiving", "merchandising", "inventory"}
)  # fmt: skip
"""Teams that are named after a department or a time, where nobody and no store is meant."""
_COUNTING = re.compile(
    r"^(?:re-?)?count(?:ing)? (?:the |all (?:the )?)?(?:stock (?:of|in) )?(?P<what>.+)$", re.IGNORECASE
)
_NO_STOCK = re.compile(
    r"\b(?:cash|money|float|coins?|notes|bills|drawers?|tills?|registers?|safe|deposits?|people|visitors|customers"
    r"|carts|trolleys|keys)\b",
    re.IGNORECASE,
)
"""What is counted and is no stock."""
_LOOSE = re.compile(
    r"^(?:the |our |all )+|(?<=\w) (?:stuff|things|items|goods|products|stock|shel(?:f|ves)|case)$",
    re.IGNORECASE,
)
_OPEN_ONES = re.compile(r"open (?:[\w-]+ ){0,3}tasks\b(?! (?:for|to) \w+ing\b)", re.IGNORECASE)
"""“Open price check tasks at Station Road” asks for those that are open; one task is opened by name."""


def read(text: str, around: Surroundings) -> Plan | None:
    """The task that a sentence asks for, or the tasks that a question is about."""
    order = _PLEASE.sub("", tidy(text).rstrip(" ?.!")).strip()
    if _OPEN_ONES.match(order):
        return listed(text, around)
    if counts_nothing(order, around):
        return Plan(text=WHAT_COUNTED)
    handed = _HANDED.search(order)
    said, hour = placed(order[: handed.start()] if handed else order, around)
    for pattern in _PATTERNS:
        found = pattern.fullmatch(said)
        if found is not None:
            groups = found.groupdict()
            if handed and not groups.get("who"):
                groups["who"] = handed["who"]
            return _with_hour(_created(groups, around), hour)
    return listed(text, around)


def _with_hour(made: Plan | None, hour: str) -> Plan | None:
    """The task with the hour in its words: due dates are days here."""
    if made is None or not hour:
        return made
    calls = tuple(
        (name, {**args, "detail": "; ".join(filter(None, (args.get("detail"), hour)))}) for name, args in made.calls
    )
    return Plan(calls, made.text)


def prices(request: PriceRequest) -> Plan | None:
    """A list of prices, where one change is asked for of several products."""
    phrase = str(request.args.get("product") or "")
    names = [part.strip(" ,'\"") for part in re.split(r",\s*(?:and )?| and | & |; ", phrase) if part.strip(" ,'\"")]
    # The till's own names have commas in them (“Bananas, 40 lb”) and some an “and” (“mac and cheese”): a list has both.
    enumerated = len(names) > 2 and re.search(r",[^,]+(?: and | & )[^,]+$|, and [^,]+$", phrase) is not None
    several = ";" in phrase or enumerated or (len(names) == 2 and phrase.lower().startswith("both "))
    shelf = re.fullmatch(
        "(?:everything|all(?: of)?(?: the)?(?: products| items)?|the whole) (?:in |of "
        r"|from )?(?:the )?(?P<name>[\w& ]+?)(?: department| category| section)?",
        phrase,
        re.IGNORECASE,
    )
    args: dict[str, Any] = {name: value for name, value in request.args.items() if name not in ("product", "price")}
    if shelf is not None and "percent" in args and not re.search(r"\b(?:that|which|with|whose)\b", phrase.lower()):
        return Plan(((LIST, {"department": shelf["name"], **args}),))
    if not several:
        return None
    names[0] = re.sub(r"^both ", "", names[0], flags=re.IGNORECASE)
    price = request.args.get("price")
    lines = [{"product": name, **({"price": price} if price else {})} for name in names]
    return Plan(((LIST, {"lines": lines, **args}),))


def _created(found: Mapping[str, str | None], around: Surroundings) -> Plan | None:
    words = str(found.get("what") or found.get("do") or "")
    words, args = _slots(f"{words}{found.get('where') or ''}", found.get("who"), around)
    if words.lower().startswith("about "):  # “remind the team about the recall”
        words = f"Reminder {words}"
    if team := found.get("at"):
        store = take_stores(Reading.of(f"at {team}"), around) if "store" not in args else None
        if store is not None:
            args = {"store": store, **args}
        elif team.lower() in _KNOWN_TEAMS | {name.lower() for name in around.departments}:
            args.setdefault("detail", f"For the {team} team")
            words = words or team
        elif "store" not in args:
            return None
    noun = (found.get("noun") or "").lower()
    counting = _COUNTING.match(words) if not noun and not _NO_STOCK.search(words) else None
    if noun.startswith("count") or counting is not None:
        what = (counting["what"] if counting is not None else words).strip()
        shelf = _LOOSE.sub("", what).strip()
        known = {name.lower() for name in around.departments}
        about = (
            {"place": what} if _PLACE.match(what) else {"place": shelf} if shelf.lower() in known else {"product": what}
        )
        return Plan(((COUNT, {**about, **args}),))
    kind = next((name for pattern, name in KINDS if pattern.search(f"{noun} {words.lower()}")), "general")
    title = f"{_TITLES[kind] or noun.capitalize()} {words}".strip() if noun else words[:1].upper() + words[1:]
    place = next(
        (
            part
            for part in (words, words.partition(" ")[2], *re.split(r" (?:in|at|on) ", words)[1:])
            if _PLACE.match(part)
        ),
        None,
    )
    return Plan(((TASK, {"title": title, "type": kind, **({"place": place} if place else {}), **args}),))


def _slots(words: str, who: str | None, around: Surroundings) -> tuple[str, dict[str, str]]:
    """What remains of the words once day, person and store are taken out."""
    args: dict[str, str] = {}
    if urgent := _URGENT.search(words):
        args["detail"] = urgent["how"].capitalize()
        words = words[: urgent.start()] + words[urgent.end() :]
    if due := _DUE.search(words):
        said = due["due"].lower()
        args["due"] = _SPOKEN.get(said, due["due"])
        if re.search(r"morning|afternoon", said):
            args.setdefault("detail", due["due"].capitalize())
        words = words[: due.start()]
    reading = Reading.of(words)
    store = take_stores(reading, around)
    if store:
        args["store"] = store
        rest = reading.rest()
        where = words.lower().find(rest)
        words = words[where : where + len(rest)] if where >= 0 else rest
    if who:
        args["assignee"] = who.strip()
    return words.strip(" ,:\"'"), args
