"""Questions for the largest single sale, and for transactions over or under an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.goods import leftover
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.wording.words import take_limit, take_split
from agent.conversation.surroundings import Surroundings

LARGEST = "largest_transactions"
_ONE = r"(?:basket|transaction|order|sale|receipt|ticket|purchase|check|bill)"
_MANY = r"(?:baskets|transactions|orders|receipts|tickets|purchases|checks|bills)"
_END = r"(?:largest|biggest|smallest|highest|lowest|most expensive)"
_CLAIM = re.compile(
    rf"\b(?:single )?{_END}(?:,? (?:and|&|or) (?:the )?{_END})? (?:single |individual )?{_ONE}\b(?! (?:size|value)"
    r"| of (?:the )?(?:day|week|month)s\b)"
    rf"|\b(?:single|individual) {_ONE}\b(?=.*\b(?:largest|biggest|highest)\b)|\b{_END} (?:\d{{1,2}} |single "
    rf"|individual )?{_MANY}\b|\btop \d{{1,2}} {_MANY}\b"
)
_NUMBER = r"\d[\d,]*(?:\.\d{1,2})?"
_AMOUNT = (
    rf"(?:[$€£] ?(?P<{{0}}>{_NUMBER.replace('{', '{{').replace('}', '}}')})(?![\d,.]*\d| ?k\b)"
    rf"|(?P<{{0}}s>{_NUMBER.replace('{', '{{').replace('}', '}}')}) (?:dollars|bucks|euros?|pounds))"
)
_BOUNDS = (
    ("over", re.compile(rf"\b(?:over|above|more than|greater than|bigger than|larger than|higher than"
                        rf"|exceed(?:s|ed|ing)?|worth more than|north of) {_AMOUNT.format('amount')}")),
    ("at_least", re.compile(rf"\b(?:of )?(?:at least|no less than|minimum of) {_AMOUNT.format('amount')}"

r"|[$€£] ?(?P<more>\d[\d,]*(?:\.\d{1,2})?)(?: ?\+| (?:or|and) (?:more|over"
r"|above|up)\b)"
)),
    ("under", re.compile(rf"\b(?:under|below|less than|smaller than|lower than) {_AMOUNT.format('amount')}")),
)  # fmt: skip
_BETWEEN = re.compile(
    r"\b(?:between|from|in the range(?: of)?) (?=[^.]*(?:[$€£]|\d (?:dollars|bucks|euros?"
    rf"|pounds)))[$€£]? ?(?P<least>{_NUMBER})(?: (?:dollars|bucks|euros?|pounds))? ?(?:and|to"
    rf"|-) ?[$€£]? ?(?P<most>{_NUMBER})(?![\d,.]*\d| ?k\b)(?: (?:dollars|bucks|euros?|pounds))?"
)
"""Two amounts of money, both of them within."""
_DOCUMENT = re.compile(rf"\b(?:{_ONE}|{_MANY}|sales)\b")
_OTHER = re.compile(
    r"\b(?:products?|items?|skus?|(?<!\d )days?|weeks? with|months? with|hours?|weekdays?|customers?|households?"
    r"|shoppers?|employees?|cashiers?|stores? (?:with|that|have|had)|which stores?|departments?|categor\w+|brands?"
    r"|refunds?|returns?|voids?|voided|discounts?|promo\w*|coupons?|unusual|suspicious|average|avg|mean|median"
    r"|value of|why|purchase orders?|suppliers?|price[ds]?|prices|stock|who)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_ONE}|{_MANY}|sales|{_END}|single|individual|ever|top|many|number|count|there|were|was|did|had|have|made"
    "|rang up|rung up|ring up|sold|we|our|came to|that|which|worth|of|amounts?|totals?|totall?ing|value|valued|with"
    r"|all|any|find|show|list|see|and|each)(?!\w)|\$"
)
_STORES = re.compile(
    r"\b(?:which|what|how many|list|show(?: me)?|any) (?:of (?:our|the|my) )?(?:stores?|shops?|locations?) (?:had"
    "|have|has|with|saw|made|rang up|that (?:had|have|made)|did(?:n't| not) (?:have|make|ring up)) (?:no |a |an "
    rf"|any |single |individual )*(?:{_ONE}|{_MANY})\b"
)
_SUBJECT = Subject(LARGEST, _WORDS, limited=True)
_LEAVES_OUT = re.compile(r"\b(?:without|exclud\w+|except|apart from|other than|leaving out)\b")
_LOW = re.compile(r"\b(?:smallest|lowest)\b")
_HIGH = re.compile(r"\b(?:largest|biggest|highest|most expensive)\b")
NO_SPLIT = "I list single transactions of all stores together or of one store, but not split by {by}."
_BY = re.compile(
    r"\b(?:by|per|for each|each|in each|at each)\b(?! (?:the )?(?:amount|value|total|size|spend|revenue"
    r"|sales|dollars?|net|gross|order value)\b)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about single transactions by their size; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    bounds = {name: found for name, pattern in _BOUNDS if (found := pattern.search(whole))}
    bounds |= {"between": found} if (found := _BETWEEN.search(whole)) else {}
    if bounds and _STORES.search(whole):
        return _by_store(reading, around)
    if not (_CLAIM.search(whole) or (bounds and _DOCUMENT.search(whole))) or _OTHER.search(whole):
        return None
    if _BY.search(whole):
        by = take_split(Reading(whole)) or " and ".join(take_dimensions(Reading(whole)))
        if by == "store" and not bounds and not _LEAVES_OUT.search(whole):
            smallest = {"smallest": True} if _LOW.search(whole) and not _HIGH.search(whole) else {}
            return plan_for(replace(_SUBJECT, args=smallest, splits=frozenset({"store"})), reading, around, by="store")
        return Plan(text=NO_SPLIT.format(by=by)) if by and bounds else None
    args = _bounds(reading)
    if _LOW.search(whole):
        args["smallest"] = True
    limit = take_limit(reading)
    if limit:
        args["limit"] = limit
    return plan_for(replace(_SUBJECT, args=args), reading, around)


def bounds_again(text: str, previous: Sequence[Call]) -> Plan | None:
    """“And under $10?” after a question for transactions within amounts: the same again with other amounts."""
    last = previous[-1] if previous else None
    reading = Reading.of(text)
    if last is None or last.name != LARGEST or last.failed or len(text.split()) > 6:
        return None
    said = _bounds(reading)
    if not said or leftover(reading, Surroundings()) is not None:
        return None
    kept = {name: value for name, value in last.args.items() if name not in ("over", "at_least", "under", "at_most")}
    return Plan(((LARGEST, {**kept, **said}),))


def _by_store(reading: Reading, around: Surroundings) -> Plan | None:
    """“Which stores had no transaction over $500”: counted store by store."""
    args = _bounds(reading)
    reading.take(_STORES)
    return plan_for(replace(_SUBJECT, args=args, splits=frozenset({"store"})), reading, around, by="store")


def _bounds(reading: Reading) -> dict[str, Any]:
    """The amounts, taken out."""
    args: dict[str, Any] = {}
    if between := reading.take(_BETWEEN):
        args = {"at_least": between["least"].replace(",", ""), "at_most": between["most"].replace(",", "")}
    for name, pattern in _BOUNDS:
        if match := reading.take(pattern):
            args[name] = next(value for value in match.groupdict().values() if value).replace(",", "")
    return args
