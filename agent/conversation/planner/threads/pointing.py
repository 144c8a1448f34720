"""Names in the place of words that point at the answer before: “the second one”, “that department”, “left of it”.

A question with names in it is read like any other, so every topic understands such words without knowing of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.threads.followups import product_pointed_at, row_pointed_at
from agent.conversation.planner.threads.remembered import Call

_NOUNS = ("product", "department", "category", "brand", "manufacturer", "store")
_RANGE = ("department", "category", "brand", "product")
"""Goods by any of their names: a reader looks a kind of goods up as a product, and who asks calls it a category."""
_SAID = {"item": "product", "line": "product", "article": "product", "maker": "manufacturer", "shop": "store"}
_THAT = re.compile(
    r"\b(?:that|this|the same) (?P<noun>department|category|brand|manufacturer|product|item|article)\b(?!s)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\b(?:the|your|that) )?\b(?:(?P<place>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th) (?P<noun>one"
    r"|product|item|department|category|brand|manufacturer|store|shop)\b|number (?P<number>[1-9])\b)",
    re.IGNORECASE,
)
_END = re.compile(r"\bthe (?P<end>top|best|worst|biggest|slowest|fastest|largest|lowest) one\b", re.IGNORECASE)
_ASKS_FOR_AN_END = re.compile(
    (
        r"^(?!.*\b(?:at|in|of|for|about|with) the \w+ one)\W*(?:and |so |but |ok |now )*(?:(?:which|what|who)\b.{0,30}"
        r"|show(?: me)? |give me )?the \w+ one\W*$"
    ),
    re.IGNORECASE,
)
"""“Which is the worst one?” asks for the end of a ranking and does not point at a row."""
_IT = re.compile(
    r"\b(?P<lead>of|for|on|about|with|re-?order|order|restock|stock|sell|have|buy|mark down|discount|price|will|does"
    r"|did) (?P<it>it|that one|this one|that(?= last\b))(?= (?:last|sell|cost|make|bring|run)\b|\W*$| (?:by|to|at"
    r"|until|for|in|do|did|have|left)\b)",
    re.IGNORECASE,
)
_IN_IT = re.compile(r"\b(?P<lead>in|within|from|of) (?P<it>it|there)(?=\W*$)", re.IGNORECASE)
_FACTS_OF_IT = re.compile(
    r"^\W*(?:and |so |but )*(?:how (?:much|many|long)|when|what|where|should|do|will|is|does)\b(?!.*\b(?:mark"
    r"|discount|cut|change|set)\b).*\b(?:it|that one|of that)\b",
    re.IGNORECASE,
)
_RANKINGS = frozenset({"top_products", "sales_breakdown", "fast_movers", "trend_goods"})
_LEFT = re.compile(
    r"^\W*(?:and |so )?how (?:many|much)(?: (?:do we have|have we got|have we|are there|is there|is|are))?(?: left"
    r"| in stock)?(?: (?:of )?(?:it|that|those|them|\"(?P<named>[^\"]+)\"))?\W*$|^\W*(?:and |so )?how (?:many"
    r"|much) (?:of )?(?:it|that|\"(?P<led>[^\"]+)\") (?:do (?:we|i) (?:still )?have|have we(?: got)?|are there"
    r"|is there|is|are)(?: still)?(?: left| in stock| on hand)?\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\W*(?:and |so )?(?:do|should) (?:we|i) (?:need|order|get|buy|reorder)(?: some)? more\W*$", re.IGNORECASE
)
_THEN = re.compile(r"\b(?:then|(?:(?:on|in|at) )?that (?:day|week|month|time))(?=\W*$)", re.IGNORECASE)
_ONE_ROW = re.compile(r"\bthat (?:day|week|hour)(?=\W*$)", re.IGNORECASE)
_ONE_BEFORE = re.compile(r"\bthe one before(?: that)?(?=\W*$)", re.IGNORECASE)
_LAST_UNIT = re.compile(r"last (?P<unit>day|week|weekend|month|quarter|year|\w+day)")
_WEEKDAY = re.compile(r"(?:last )?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)")
_ON_IN = re.compile(r"\b(?:on|of|for|about|in|from) in (?=\")", re.IGNORECASE)
_DAY_BEFORE = re.compile(
    r"\bthe (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day) before(?: that)?(?=\W*$)", re.IGNORECASE
)
_OF_THOSE_SALES = re.compile(r"\b(?P<lead>how many|what share) of (?:those|them|these)\b", re.IGNORECASE)
_DAY_TOLD = re.compile(r"\b[Hh]ighest(?: per day)?: (?P<day>\w+day)\b")
"""The weekday that an answer by weekday puts first."""
_MUCH_OF_THAT = re.compile(
    r"^\W*(?:and |so )?how much of (?:that|it) (?:was|is|came from|were) (?P<what>[a-z][\w &'-]{1,30}?)\W*$",
    re.IGNORECASE,
)
_DAY_END = re.compile(
    r"\b(?:(?P<low>worst|lowest|weakest|slowest|quietest|poorest|least)|best|highest|strongest|busiest|top|biggest)\b"
)
_NAMED_PERIOD = re.compile(r"[a-z][a-z ]{3,30}")
_NUMBERED = re.compile(r"#(?P<number>\w{4,})$")
_WORST_FIRST = frozenset(
    {"dead_stock", "overstock", "out_of_stock", "stockout_risk", "phantom_stock", "markdown_candidates", "lost_sales"}
)
"""Lists whose first row is the one to look at, whichever end it is called."""


def with_things_named(text: str, previous: Sequence[Call]) -> str:
    """The question with the names of what it points at; as it is where nothing is pointed at or several are meant.

    Args:
        text: the question.
        previous: the last calls of its thread, with what came back.
    """
    if '"' in text or not previous or any(call.failed or call.document.get("options") for call in previous):
        return text
    text = _THAT.sub(lambda found: _one(found["noun"], previous) or found[0], text)
    text = _ON_IN.sub("in ", _PLACE.sub(lambda found: _at(found, previous) or found[0], text))
    if not _ASKS_FOR_AN_END.match(text):
        text = _END.sub(lambda found: _end(found["end"].lower(), previous) or found[0], text)
    return _with_it_named(text, previous)


def _with_it_named(text: str, previous: Sequence[Call]) -> str:
    product, period = _in_question("product", previous), str(previous[-1].args.get("period") or "")
    if product is None and _FACTS_OF_IT.match(text):
        product = _first_ranked(previous)
    left = _LEFT.match(text)
    named = left and (left["named"] or left["led"])
    if left and (named or product):
        return f"how many {_quoted(named or product or '')} do we have left"
    if product and _MORE.match(text):
        return f"should we reorder {_quoted(product)}"
    if product:
        text = _IT.sub(lambda found: f"{found['lead']} {_quoted(product)}", text)
    elif department := _in_question("department", previous):
        text = _IN_IT.sub(lambda found: f"{found['lead']} {department}", text)
    if weekday := _WEEKDAY.fullmatch(period):
        text = re.sub(rf"\bthe {weekday['day']} before(?=\W*$)", "the same day last week", text, flags=re.IGNORECASE)
    elif period in ("yesterday", "today"):
        text = _DAY_BEFORE.sub(r"last \g<day>", text)
    if unit := _LAST_UNIT.fullmatch(period):
        text = _ONE_BEFORE.sub(f"the {unit['unit']} before last", text)
    if previous[-1].args.get("metrics") == ["transactions"]:
        text = _OF_THOSE_SALES.sub(r"\g<lead> transactions", text)
    if previous[-1].args.get("by") == "day" and (date := day_asked_for(previous[-1])):
        text = re.sub(r"\b(?:on )?(?:that day|that one|it)(?=\W*$)", f"on {date}", text, flags=re.IGNORECASE)
        text = _MUCH_OF_THAT.sub(rf"\g<what> sales on {date}", text)
    if previous[-1].args.get("by") == "weekday" and (
        day := _DAY_TOLD.search(str(previous[-1].document.get("text") or ""))
    ):
        return re.sub(r"\b(?:on )?that day(?=\W*$)", f"on {day['day']}s", text, flags=re.IGNORECASE)
    return _with_its_days(text, period) if not _a_row(text, previous[-1]) else text


def _with_its_days(text: str, period: str) -> str:
    """“Then” as the days of the answer before, unless others are said: “last week then”."""
    if not _NAMED_PERIOD.fullmatch(period):
        return text
    said = _THEN.sub("", text)
    return said if said != text and periods(Reading.of(said)) else _THEN.sub(period, text)


def _a_row(text: str, last: Call) -> bool:
    """Whether “that day” is a row of the answer before, and not the month that it is of."""
    return last.args.get("by") in ("day", "week", "hour") and _ONE_ROW.search(text) is not None


def day_asked_for(last: Call) -> str | None:
    """The date of the best or worst day that the question before asked for, as its answer tells it: “19 Nov”."""
    asked = _DAY_END.search(last.question.lower())
    end = "lowest" if asked and asked["low"] else "[Hh]ighest"
    told = re.search(rf"\b{end}: \w{{3}} (?P<day>\d{{1,2}} \w{{3}})\b", str(last.document.get("text") or ""))
    return told["day"] if asked and told else None


def _first_ranked(previous: Sequence[Call]) -> str | None:
    """The first product of a ranking: what “it” is when a fact about it is asked for. Its answer names the product."""
    last = previous[-1]
    if last.name not in _RANKINGS or (last.name != "top_products" and last.args.get("by") != "product"):
        return None
    return product_pointed_at("the first one", (last,))


def _in_question(noun: str, previous: Sequence[Call]) -> str | None:
    """What the last answer is about, where it is about one."""
    said = previous[-1].args.get(noun)
    return str(said) if isinstance(said, str) and said else None


def _one(noun: str, previous: Sequence[Call]) -> str | None:
    """“That department”: the one the last answer is about, else the first of its ranking."""
    noun = _SAID.get(noun.lower(), noun.lower())
    found = _in_question(noun, previous) or _named(noun, previous, 1)
    if found is None and noun in _RANGE:  # “sales of dairy” … “how is this category doing”
        noun, found = next(((one, said) for one in _RANGE if (said := _in_question(one, previous))), (noun, None))
    return _as_said(noun, found)


def _at(found: re.Match[str], previous: Sequence[Call]) -> str | None:
    """“The second one”, “number 3”."""
    noun = (found["noun"] or "one").lower()
    noun = _SAID.get(noun, noun)
    pointer = found[0].lower()
    kinds = _NOUNS if noun == "one" else (noun,)
    place = row_pointed_at(pointer) or 1
    if _lowest_asked(previous[-1]):
        place = -place
    for kind in kinds:
        name = product_pointed_at(pointer, previous[-1:]) if kind == "product" else _named(kind, previous, place)
        if name:
            return _as_said(kind, name)
    return None


def _lowest_asked(last: Call) -> bool:
    """Whether the worst of some groups were asked for, which such an answer names last."""
    low = re.search(r"\b(?:worst|lowest|weakest|bottom|slowest|poorest|smallest)\b", last.question.lower())
    best = re.search(r"\b(?:best|highest|top|strongest|biggest)\b", last.question.lower())
    grouped = last.name == "sales_summary" and last.args.get("by") in ("department", "category", "store", "brand")
    return bool(low and not best and grouped)


def _end(end: str, previous: Sequence[Call]) -> str | None:
    """“The worst one” of the list that was just shown."""
    last = previous[-1]
    bottom_first = str(last.args.get("order") or "") in ("bottom", "worst")
    wants_bottom = end in ("worst", "slowest", "lowest")
    at_top = end in ("top", "biggest", "largest")
    first = last.name in _WORST_FIRST or at_top or wants_bottom == bottom_first
    pointer = "the first one" if first else "the last one"
    for kind in _NOUNS:
        name = product_pointed_at(pointer, (last,)) if kind == "product" else _named(kind, previous, 1 if first else -1)
        if name:
            return _as_said(kind, name)
    return None


def row_name(noun: str, previous: Sequence[Call], place: int) -> str | None:
    """The name in that place of the ranking above, which names the lowest last where the worst were asked for."""
    return _named(noun, previous, -place if _lowest_asked(previous[-1]) else place)


def _named(noun: str, previous: Sequence[Call], place: int) -> str | None:
    """The name in that row of the last answer's table, where it has a column of such names."""
    table = previous[-1].document.get("table")
    if not isinstance(table, Mapping):
        return None
    columns = [_title(one) for one in table.get("columns", ())]
    rows = [row for row in table.get("rows") or () if row]
    if noun not in columns or abs(place) > len(rows):
        return None
    value = rows[place - 1 if place > 0 else place][columns.index(noun)]
    return str(value) if value is not None else None


def _title(column: Any) -> str:
    name = column.get("name") if isinstance(column, Mapping) else column
    return str(name).split(" (")[0].lower()


def _as_said(noun: str, name: str | None) -> str | None:
    """A product in quotes, which readers take as it is; every other name as people would write it.

    A department or category with signs in its name is quoted after “in”, which readers take for a part of the range.
    """
    if noun in ("department", "category") and name and re.search(r"[^\w &'-]", name):
        return f'in "{name}"'
    return _quoted(name) if noun == "product" and name else name


def product_number(product: str) -> str:
    """A product by its number where its name ends in one, else its name."""
    number = _NUMBERED.search(product)
    return number["number"] if number else product


def _quoted(product: str) -> str:
    """A product by its number where its name ends in one: words of a name may mean something else to a reader."""
    return f'"{product_number(product)}"'
