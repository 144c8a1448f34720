"""Questions about profit that no summary or ranking answers: losses, falling margins, profit by customer group.

“Margin by department” and “most profitable products” have older answers and are left to them.
"""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "product_profitability"
_GOODS = r"(?:products?|items?|skus?|articles|lines|goods|what|anything|things)"
_FALLS = (
    r"(?:declin\w+|fall\w*|fell|dropp?\w*|shr[iu]nk\w*|shrank|erod\w+|erosion|worsen\w*|decreas\w+|lower|reduced|down"
    r"|deteriorat\w+|squeezed|lost|losing|slipp\w+|weaken\w*)"
)
_PROFIT = r"(?:profits?|profitability|(?:gross )?margins?|gm)"
_LOSING = re.compile(
    r"\b(?:los(?:e|es|ing|t) (?:us |me |our )?money|(?:mak(?:e|es|ing)|made) (?:us |me )?a loss|at a loss"
    r"|loss[- ]mak\w+|(?:below|under) (?:our |their |its )?costs?|negative (?:gross )?(?:profit )?margins?"
    "|unprofitable|not profitable|money[- ]losers?|profit drains?|loss leaders?|(?:n't|not) mak(?:e|ing) (?:us |me "
    r"|any )*money)\b"
)
_FALLING = re.compile(
    rf"\b{_GOODS}\b.{{0,40}}\b{_FALLS} (?:\w+ ){{0,2}}{_PROFIT}\b"
    rf"|\b{_GOODS}\b.{{0,40}}\b{_PROFIT} (?:\w+ ){{0,2}}{_FALLS}\b|\b{_FALLS} {_PROFIT} (?:\w+ ){{0,2}}{_GOODS}\b"
    r"|\bmargin (?:erosion|decliners?|losers?)\b|\bwhere (?:are|do|did) we (?:los(?:e|ing)|lost) (?:\w+ )?(?:margin"
    rf"|profit)s?\b|\b{_GOODS}\b.{{0,30}}\blost (?:gross )?margin\b"
)
_BROKEN_DOWN = re.compile(
    r"\bprofitability\b|\bhow profitable (?:is|are|was|were)\b|\b(?:profits?|margins?|profitable)\b.{0,40}\b(?:by|per"
    r"|across|for each) (?:our |the )?(?:customer|household|shopper|age|income|family|kids|children)|\b(?:customer"
    r"|household|shopper) (?:groups?|segments?|types?|tiers?)\b.{0,40}\b(?:profit\w*|margins?)\b|\b(?:most"
    r"|least) profitable (?:product )?(?:categor(?:y|ies)|departments?|brands?)\b|\bmost profitable (?:customer"
    r"|household|age|income) (?:groups?|segments?|types?|tiers?|bands?)\b"
)
_NOT_OURS = re.compile(
    r"\bwhy\b|\b(?:employees?|cashiers?|associates?|staff|forecast\w*|promo\w*|campaigns?|coupons?|elasticit\w+"
    r"|tenders?)\b|\bwho (?:are|is)\b|\bcustomers? (?:lists?|names?)\b|\b(?:which|what) (?:stores?|shops?|hours?"
    r"|days?)\b|\b(?:by|per) (?:store|shop|hour|day|week|month|weekday|channel|register|supplier|vendor)s?\b"
    r"|\boptimal\b|\bgmroi\b|\bstock|\binventor"
)
_SPLITS = (
    (r"age(?: bands?| groups?)?s?", "age_band"),
    (r"incomes?(?: bands?| groups?| levels?)?", "income_band"),
    (r"(?:household|family) sizes?", "household_size"),
    (r"(?:kids|children)", "kids"),
    (r"(?:customers?|households?|shoppers?|members?)(?: (?:groups?|segments?|types?|tiers?))?", "customer"),
    (r"(?:product )?categor(?:y|ies)", "category"),
    (r"(?:departments?|depts?)", "department"),
    (r"(?:brands?|manufacturers?)", "brand"),
    (r"(?:products?|items?|skus?)", "product"),
)
_CLAIMED = re.compile(
    rf"\b(?:{_PROFIT}|{_FALLS}|profitable|unprofitable|break ?downs?|broken|break|split|recommend\w*|suggest\w*|advice"
    r"|actions?|los(?:e|es|ing|t) (?:us |me |our )?money|a loss|at a loss|loss[- ]mak\w+|loss leaders?|losers?"
    "|drains?|negative|below|under|costs?|money|gross|percentage|per ?cent|%|analysis|analy[sz]e|insights?"
    "|next steps|give|make (?:us |me )?|making|their|its|having|with|had|whose|true|real|actual|selling|sold|being"
    r"|compared|currently)\b"
)
_VERSUS = re.compile(
    r"\b(?:than|versus|vs\.?|compared (?:to|with)|against|since|from|relative to)\s*(?:the |in |they were )*$"
)
_COUNTERPART = (("week", "this week"), ("month", "this month"), ("quarter", "this quarter"), ("year", "this year"))


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about losses, falling margins or a breakdown of profit; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _NOT_OURS.search(whole):
        return None
    losing, falling = _LOSING.search(whole), _FALLING.search(whole)
    if not losing and not falling and not _BROKEN_DOWN.search(whole):
        return None
    if losing and not re.search(rf"\b{_GOODS}\b", whole):
        return None
    shared: dict[str, Any] = {}
    if falling and not losing:
        shared |= _against(reading)
    splits = [] if losing or falling else _splits(reading)
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown:
        return not_understood(slots.unknown)
    shared |= slots.args("stores", "limit", "product", "department")
    shared["period"] = slots.period or shared.get("period")
    if losing or falling:
        return calls_for(TOOL, {**shared, "show": "losing" if losing else "falling"}, [])
    if re.search(r"\b(?:least|lowest|worst|bottom)\b", whole):
        shared["show"] = "worst"
    if not splits:
        splits = ["category"] if not slots.product else ["product"]
    return calls_for(TOOL, shared, [{"by": by} for by in splits])


def _against(reading: Reading) -> dict[str, Any]:
    """“Lower than last month” holds this month against it."""
    for one in periods(reading):
        lead = _VERSUS.search(reading.text[: one.start])
        if lead is None:
            continue
        reading.blank(lead.start(), one.end)
        base = next(
            (this for word, this in _COUNTERPART if re.search(rf"\b(?:last|previous) {word}\b", one.phrase)), None
        )
        return {"compare_to": one.phrase, "period": base}
    return {}


def _splits(reading: Reading) -> list[str]:
    """What profit is broken down by, in the order of the question."""
    found: list[tuple[int, str]] = []
    for words, name in _SPLITS:
        pattern = re.compile(
            r"\b(?:by|per|across|for each|each|and|&|,|most profitable|least profitable|which|what) ?(?:our |the "
            rf"|all )*{words}\b|\b{words} (?:groups? |segments? )?(?:profit\w*|margins?)\b|\bprofitable {words}\b"
        )
        match = reading.take(pattern)
        if match is not None:
            found.append((match.start(), name))
    return [name for _, name in sorted(found)]
