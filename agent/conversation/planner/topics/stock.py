"""Questions about stock: what there is, what runs out, what lies, what is lost, what comes, what to move."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import Slots, take_slots
from agent.conversation.planner.topics import stock_words as words
from agent.conversation.planner.wording.words import take_limit, take_split
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fourteen": 14, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
_SPAN = re.compile(
    r"\b(?:in |for |over |within |during |since |older than |past )?(?:the |over "
    "|more than |longer than |at least |under |less than )*(?:last |past |previous |next "
    r"|coming )?(?P<count>\d{1,4}|" + "|".join(_NUMBERS) + r")[- ]?\+? "
    r"?(?P<unit>day|week|fortnight|month|quarter|year)s?(?: or (?:more|less)| of (?:cover|stock|supply|inventory))?\b"
)
_THIS = re.compile(r"\b(?:all |so far )?this (?P<unit>week|month|year)\b")
_FEWER = re.compile(
    r"\b(?:fewer|less) than (?P<count>\d{1,5}) (?!(?:days?|weeks?|months?)\b)(?:units?|pieces|items)?|\b(?:under"
    r"|below) (?P<under>\d{1,5}) (?:units?|pieces|items)\b"
)
_BY = re.compile(r"\b(?:by|per|which|what|each) (?:the )?(?:stores?|shops?|departments?|categor(?:y|ies))\b")
"""A split asked of a tool that has none."""
_REORDER_LEAD = re.compile(
    r"\b(?:should|do|must|shall|need|ought|have|time)\b[\w ]{0,25}?\b(?:re-?order|order|restock|replenish"
    r"|buy)\b(?: more)?"
)
_NEGATIVE = re.compile(r"\bnegative\b|\bbelow (?:zero|0)\b")
_NOW = re.compile(r"today|right now|tonight|this (?:morning|afternoon|evening)")
_SOON = (
    re.compile(r"\b(?:by |before |until |till )?tomorrow\b"),
    re.compile(r"\b(?:by |before |until |till |over |on |at )?(?:the |this )?weekend\b"),
    re.compile(r"\b(?:this|the coming) week\b"),
    re.compile(r"\bnext week\b"),
    re.compile(r"\b(?:this|next) month\b"),
)
_LEAD = re.compile(r"^(?:by|until|till|over|on|at|for|the coming) ")
"""What stands before a day or period by which goods shall last; “before” it is another day."""
_AT_ALL_STORES = re.compile(
    r"\b(?:at|in|across|over|for) (?:all|every one)(?: of)?(?: the| our| my)? (?:stores|shops|branches|locations"
    r"|sites)\b"
)
"""How much lies in all of them is asked to see how much lies in which."""
_LABEL = re.compile(r"\b(?:store|own|private|house|national|name)[- ](?:brands?|labels?)\b(?![^#]*#)")
"""Stock is not known by label."""
_HOLIDAY = re.compile(
    r"\b(?:for|until|till|before|over) (?:the )?(?:thanksgiving|christmas|xmas|easter|halloween|new year'?s?(?: eve"
    r"| day)?|holidays?|holiday season|memorial day|labou?r day|super ?bowl|black friday)\b"
)
_EXAMPLES = re.compile(
    r"\b(?:up to |at most |with |and )*(?P<count>\d{1,2}|one|two|three|four|five|ten) (?:\w+ )?examples?\b"
)
_ONLY_SHELF = re.compile(
    r"\b(?:only|just|merely) (?:off|missing from) the shel|\boff the shelf\b.{0,30}\bback"
    r"|\bback ?room\b.{0,60}\b(?:off|not on|empty)\b|\bin the back ?(?:room)?\b.{0,10}\bbut\b|\bnot on the shelf but\b"
)
_RATE = re.compile(r"\brates?\b|\bpercent(?:age)?\b|%|\bshare\b|\bproportion\b|\bfraction\b")
_IN_STOCK = re.compile(
    r"\bin[- ]stocks? (?:rates?|percent(?:age)?s?|%|levels? %|position|availability|performance)|\b(?:percent(?:age)?"
    r"|share|proportion|%) (?:of )?(?:\w+ ){0,3}?in[- ]stock\b|\b(?:stock|product|item) availability\b"
    r"|\bavailability (?:rate|by|per|for each)\b"
)
_STORE_AND_SHELF = re.compile(
    r"\b(?:by|per|for each) (?:stores?(?:,| and| x| ×|/| by) ?(?:by )?(?:departments?|depts?|categor(?:y|ies))"
    r"|(?:departments?|depts?|categor(?:y|ies))(?:,| and| x| ×|/| by) ?(?:by )?stores?)\b"
)
_NOT_JUST_SHELF = re.compile(r"\bnot (?:just|only|merely) off\b|\bcompletely\b|\btotally\b")
_AT_COST = re.compile(r"\bat cost\b|\bcost value\b")
_AT_RETAIL = re.compile(r"\bat retail\b")
_EACH_PRODUCT = re.compile(r"\b(?:by|per|for each) (?:single )?(?:product|item|sku)s?\b")
_END_OF_COVER = re.compile(r"\b(?:longest|shortest)\b")
_COUNTED = re.compile(
    r"\b(?:top|first|biggest|largest|highest|which|what|the) (?P<n>\d{1,2}) (?:top |single "
    r")?(?P<by>products?|items?|skus?"
    r"|departments?|categor(?:y|ies)|stores?|suppliers?)\b"
)
"""“Top 3 categories by inventory value”: how many of what are shown."""
_GROUPS = {"prod": "product", "item": "product", "skus": "product", "sku": "product", "depa": "department",
           "cate": "category", "stor": "store", "supp": "supplier"}  # fmt: skip
_BY_PIECES = re.compile(r"\b(?:by|in) (?:pieces|units|quantity|volume)\b")
_LOST_BY = (
    (re.compile(r"\b(?:by|per|for each) (?:the )?reasons?\b|\b(?:which|what) reasons?\b"), "reason"),
    (
        re.compile(
            r"\b(?:by|per|for each|of each|which|what|top|biggest|worst)(?: \d+)? (?:single )?(?:products?|items?"
            r"|skus?)\b"
            r"(?! categor)"
        ),
        "product",
    ),
    (
        re.compile(
            r"\b(?:across|over|between|from) (?:the )?months?(?: to month)?\b|\bmonth (?:to|by|on|over) month\b"
            r"|\bmonthly\b"
        ),
        "month",
    ),
    (re.compile(r"\bweek (?:to|by|on|over) week\b|\b(?:across|over) (?:the )?weeks\b|\bweekly\b"), "week"),
    (re.compile(r"\bwhere\b"), "store"),
)
_USUAL_COURSE = {"month": "last 6 months", "week": "last 8 weeks"}
"""The period of a course of losses for which none is said."""
_BY_MARGIN = re.compile(r"\bmargin\b|\bprofit\b")
_METRICS = (
    (re.compile(r"\bsell[- ]?through\b"), "sell_through"),
    (re.compile(r"\bgmroi\b|\breturn on (?:inventory|stock)\b|\bgross margin return\b"), "gmroi"),
    (re.compile(r"turn"), "stock_turn"),
)
_COMING = re.compile(r"this week|this month|next week|tomorrow|this weekend|the weekend|(?:next |this )?\w+day")
_ALL_COMING = "All that is on its way is listed, the earliest due first; it is not cut to “{period}”."
_AT_ITS_RATE = (
    "The days it lasts are at the rate of the last weeks; what “{period}” will want is not forecast by product."
)
_ONLY_NOW = (
    "Stock is only known as it is now, not for {period}. I can tell what is on hand, what runs out soon and what has "
    "not sold; lost sales, shrink and sell-through can be had for a period."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The plan for a question about stock; None for every other."""
    line = Reading.of(text).text
    if words.NOT_OURS.search(line):
        return None
    for subject in words.SUBJECTS:
        if subject.claim.search(line):
            return _plan(subject, text, around)
    return None


def _plan(subject: words.Subject, text: str, around: Surroundings) -> Plan | None:
    reading = Reading.of(text)
    extra = _EXTRAS[subject.tool](reading, around) if subject.tool in _EXTRAS else {}
    by = take_split(reading) if subject.splits else None
    if by is None and subject.tool in (words.LEVELS, words.COVER) and reading.take(_AT_ALL_STORES):
        by = "store"
    if not subject.splits and (split := _BY.search(reading.text)) and subject.tool != words.TRANSFER:
        return not_understood(split[0].strip())
    if label := _LABEL.search(reading.text):
        return not_understood(label[0])
    examples = reading.take(_EXAMPLES)
    if examples and "limit" in subject.slots:
        count = examples["count"]
        extra["limit"] = int(count) if count.isdigit() else _NUMBERS[count]
    if "limit" in subject.slots and (limit := take_limit(reading)) is not None:
        extra.setdefault("limit", limit)
    due = reading.take(_SOON[0]) if subject.tool in (words.ORDERS, words.REORDER) else None
    slots = take_slots(reading, around, subject.words)
    if due is not None and slots.period is None:
        slots = replace(slots, period="tomorrow")
    if slots.unknown:
        return not_understood(slots.unknown)
    if by is not None and by not in subject.splits:
        return not_understood(f"by {by}")
    return _calls(subject, _shelf_meant(subject, slots, text), by, extra)


_NAMED_ONE = re.compile(r"[#\"]|\d{4,}")


def _shelf_meant(subject: words.Subject, slots: Slots, text: str) -> Slots:
    """The slots with a phrase for goods as a part of the range where a list of products in it is asked for.

    “What is out of stock in beverages”, “overstocked on snacks”: the tools know a kind of goods by that name.
    """
    said = slots.product
    if not said or "product" in subject.slots or "department" not in subject.slots or _NAMED_ONE.search(said):
        return slots
    inside = re.search(rf"\b(?:in|from|within) (?:the |our )?{re.escape(said.lower())}\b", Reading.of(text).text)
    if inside or subject.tool == words.OVER:
        return replace(slots, product=None, department=said)
    return slots


def _calls(subject: words.Subject, slots: Slots, by: str | None, extra: Mapping[str, Any]) -> Plan | None:
    part = "department" in subject.slots and "product" not in subject.slots
    if part and slots.product and names_a_family(slots.product):
        slots = replace(slots, product=None, department=slots.product)
    if slots.product and "product" not in subject.slots:
        # A product in a list of products: what is known of that one is another question.
        swapped = _OF_ONE.get(subject.tool)
        if swapped is None:
            return not_understood(slots.product)
        return calls_for(swapped, {"product": slots.product, "stores": slots.stores}, [])
    if subject.tool == words.REORDER and not slots.product:
        return calls_for(words.LIST, slots.args("stores", "department"), [])
    period = None if slots.period is None or _NOW.fullmatch(slots.period) else slots.period
    if period and subject.tool == words.ORDERS and _COMING.fullmatch(period):
        found = calls_for(subject.tool, {**slots.args("stores", "product", "department", "limit"), **extra}, [])
        return Plan(found.calls, _ALL_COMING.format(period=period))
    if period and subject.tool in (words.COVER, words.REORDER) and _COMING.fullmatch(period):
        found = calls_for(subject.tool, {**slots.args("stores", "product", "department"), "by": by, **extra}, [])
        return Plan(found.calls, _AT_ITS_RATE.format(period=period))
    if (
        period
        and subject.tool == words.RISK
        and not extra
        and (_HOLIDAY.search(f"for {period}") or _COMING.fullmatch(period))
    ):
        extra, period = {"until": period}, None
    if period and "period" not in subject.slots:
        return Plan(text=_ONLY_NOW.format(period=f"“{period}”"))
    args: dict[str, Any] = {**slots.args(*(name for name in subject.slots if name != "period")), **extra}
    if period:
        args["period"] = period
    if by:
        args["by"] = by
    if subject.tool == words.SHRINK and not period and args.get("by") in _USUAL_COURSE:
        args["period"] = _USUAL_COURSE[args["by"]]
    return calls_for(subject.tool, args, [])


_OF_ONE = {
    words.RISK: words.COVER,
    words.OUT: words.LEVELS,
    words.DEAD: words.LEVELS,
    words.OVER: words.COVER,
    words.SLOW: words.COVER,
}
"""What answers for one product what the first answers for all of them."""


def _days(reading: Reading) -> int | None:
    """A number of days, weeks or months, taken out."""
    found = reading.take(_SPAN)
    if found is None:
        return None
    count = found["count"]
    return (int(count) if count.isdigit() else _NUMBERS[count]) * _UNITS[found["unit"]]


def _dead(reading: Reading, around: Surroundings) -> dict[str, Any]:
    days = _days(reading)
    if days is None and around.today and (found := reading.take(_THIS)):
        today = date.fromisoformat(around.today)
        begun = {"week": today.weekday(), "month": today.day - 1, "year": today.timetuple().tm_yday - 1}
        days = max(begun[found["unit"]], 7)
    return {} if days is None else {"days": days}


def _risk(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001  all readers are called alike
    if few := reading.take(_FEWER):
        return {"fewer_than": int(few["count"] or few["under"])}
    days = _days(reading)
    if days is not None:
        return {"within": days}
    for pattern in _SOON:
        if found := reading.take(pattern):
            return {"until": _LEAD.sub("", found[0])}
    if found := reading.take(_HOLIDAY):
        return {"until": _LEAD.sub("", found[0])}
    return {}


def _cover(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    """“For the weekend” asks nothing else: days of cover answer it; of single products those at one end do."""
    for pattern in _SOON:
        reading.take(pattern)
    reading.take(_HOLIDAY)
    if not reading.take(_EACH_PRODUCT):
        return {}
    made: dict[str, Any] = {"by": "product"}
    if end := reading.take(_END_OF_COVER):
        made["order"] = "top" if end[0] == "longest" else "bottom"
    return made


def _over(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    """Stock that would last for more than so many days."""
    days = _days(reading)
    return {} if days is None else {"cover": days}


def _out(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    whole = reading.text
    if _NEGATIVE.search(whole):
        return {"where": "negative"}
    shelf = _ONLY_SHELF.search(whole) and not _NOT_JUST_SHELF.search(whole)
    made: dict[str, Any] = {"where": "shelf"} if shelf else {}
    if shelf:
        return made
    if _IN_STOCK.search(whole):
        made["rate"] = "in_stock"
    elif _RATE.search(whole):
        made["rate"] = "out"
    if (two := reading.take(_STORE_AND_SHELF)) is not None:
        made["by"] = f"store, {'category' if 'categ' in two[0] else 'department'}"
    return made


def _orders(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    return {"overdue_only": True} if re.search(r"\b(?:overdue|late)\b", reading.text) else {}


def _shrink(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    made: dict[str, Any] = {"valued_at": "cost"} if _AT_COST.search(reading.text) else {}
    for pattern, by in _LOST_BY:
        if reading.take(pattern):
            return {**made, "by": by}
    return made


def _reorder(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    """What comes before the product goes first: a name with a number sign would take it in."""
    reading.take(_REORDER_LEAD)
    return {}


def _transfer(reading: Reading, around: Surroundings) -> dict[str, Any]:
    """The store that gives and the one that takes, or the one of the two that is said by name."""
    names = "|".join(re.escape(store.name.lower()) for store in around.stores)
    if not names:
        return {}
    giver, taker = rf"\bfrom (?P<giver>{names})\b", rf"\b(?:in)?to (?P<taker>{names})\b"
    known = {store.name.lower(): store.name for store in around.stores}
    found = [reading.take(re.compile(end)) for end in (rf"{giver} {taker}", taker, giver)]
    return {end: known[value] for one in found if one for end, value in one.groupdict().items() if value}


def _levels(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    """Stock ranked product by product, and what ranks the groups where that is not the value at cost."""
    if (counted := reading.take(_COUNTED)) is not None:
        made: dict[str, Any] = {"by": _GROUPS[counted["by"][:4]], "limit": int(counted["n"])}
    else:
        made = {"by": "product"} if reading.take(_EACH_PRODUCT) else {}
    if reading.take(_BY_PIECES):
        made["rank_by"] = "pieces"
    elif _AT_RETAIL.search(reading.text):
        made["rank_by"] = "retail"
    if made.get("by") == "product" and "limit" not in made and (limit := take_limit(reading)) is not None:
        made["limit"] = limit
    return made


def _turn(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    metric = next((name for pattern, name in _METRICS if pattern.search(reading.text)), "gmroi")
    return {"metric": metric}


def _classes(reading: Reading, around: Surroundings) -> dict[str, Any]:  # noqa: ARG001
    days = _days(reading)
    made: dict[str, Any] = {} if days is None else {"weeks": max(days // 7, 1)}
    if _BY_MARGIN.search(reading.text):
        made["value"] = "gross_margin"
    return made


_EXTRAS: Mapping[str, Callable[[Reading, Surroundings], dict[str, Any]]] = {
    words.DEAD: _dead,
    words.RISK: _risk,
    words.COVER: _cover,
    words.OVER: _over,
    words.SLOW: _over,
    words.OUT: _out,
    words.ORDERS: _orders,
    words.REORDER: _reorder,
    words.TRANSFER: _transfer,
    words.LEVELS: _levels,
    words.SHRINK: _shrink,
    words.TURN: _turn,
    words.CLASSES: _classes,
}
"""What a subject reads out of a question beside the slots that all have."""
