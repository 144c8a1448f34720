"""Questions about what lies in one basket: what is bought together, and what could be sold with it."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_split
from agent.conversation.surroundings import Surroundings

TOGETHER, CROSS_SELL = "bought_together", "cross_sell"
_BUY = (
    r"(?:buy|buys|buying|bought|purchase[ds]?|sell|sells|sold|go|goes|went|pick(?:ed)? up|get|order(?:ed)?|take|grab)"
)
_WITH = r"(?:with|alongside|along with|together with|next to|in addition to|on top of)"
_PEOPLE = r"(?:people|customers?|shoppers?|they|households?|guests?)"
_TOGETHER = re.compile(
    rf"\b{_BUY}(?: \w+){{0,2}} together\b|\btogether (?:most |very )?(?:often|frequently)\b"
    r"|\b(?:market )?basket[- ]anal\w+|\banaly\w+ (?:of )?(?:our |the |my )?(?:market )?baskets?\b"
    r"|\bassociation rules?\b|\b(?:product|item|category|department|basket|purchase) affinit\w+|\baffinit(?:y"
    r"|ies) (?:between|for|of|analysis)\b|\b(?:complementary|companion|linked|associated|paired) (?:products?|items?"
    r"|goods|categories|purchases)\b|\b(?:product|item|category|department) (?:pairs?|pairings?|combinations?"
    r"|combos?)\b|\bin the same (?:basket|cart|transaction|purchase|order)s?\b|\bsame baskets? as\b|\b(?:items?"
    rf"|products?|things|goods) (?:bought|purchased|sold|that sell|that go) {_WITH}\b|\b(?:what"
    rf"|which)\b.{{0,40}}\b(?:bought|purchased|sold|sells?|goes|go|pairs?)(?: \w+)?(?: best| well| most)? {_WITH}\b"
    rf"|\bwhat (?:else )?(?:do|does|did|are|were) (?:\w+ )?{_PEOPLE}(?: who \w+ .{{2,40}})? (?:also |usually |often "
    rf"|typically |normally |most |mostly )*{_BUY}\b.{{0,20}}\b{_WITH}\b|\b{_PEOPLE} who {_BUY} .{{2,60}}\b(?:also"
    rf"|else) ?(?:{_BUY})?|\bwhat else\b.{{0,60}}\b{_BUY}\b"
)
_CROSS = re.compile(
    r"\bcross[- ]?sell\w*|\bup[- ]?sell\w*|\badd[- ]?on (?:sales?|ideas?|products?|items?|opportunit\w+|suggestions?)"
    r"|\b(?:attach(?:ment)?|attach rate) opportunit\w+|\bbundl(?:e|es|ing)\b|\bwhat (?:should|could|can) (?:we"
    rf"|i) (?:offer|suggest|recommend|place|put|display|promote) {_WITH}\b"
)
_NOT_OURS = re.compile(
    r"\bwhy\b|\b(?:employees?|cashiers?|staff|forecast\w*|coupons?|campaigns?|sizes?|value|average|units per|staffing"
    r"|create|build|set up|price[sd]?|cannibali\w*|substitut\w*)\b"
)
_LEVELS = (
    ("department", re.compile(r"\b(?:departments?|depts?)\b(?! of)")),
    ("category", re.compile(r"\bcategor(?:y|ies)\b")),
    ("product", re.compile(r"\b(?:products?|items?|skus?|articles?|goods)\b")),
)
_MOST = re.compile(r"\b(?:most (?:often|frequent(?:ly)?|common(?:ly)?)|commonest)\b")
_SUREST = re.compile(r"\b(?:highest confidence|most confident|surest|by confidence)\b")
_CLAIMED = re.compile(
    rf"\b(?:{_BUY}|together|(?:market )?baskets?|cart|transactions?|analysis|analy[sz]e|analyz?ing|analysing"
    "|association|rules?|affinit(?:y|ies)|complementary|companion|linked|associated|paired|pairs?|pairings?"
    rf"|combinations?|combos?|{_PEOPLE}|who|also|else|same|often|frequent(?:ly)?|common(?:ly)?|commonest|usually|along"
    "|alongside|addition|with|cross[- ]?sell(?:ing|s)?|up[- ]?sell(?:ing|s)?|add[- ]?on|ideas?|opportunit(?:y|ies)"
    r"|suggest(?:ions?)?|recommend\w*|bundl(?:e|es|ing)|offer|place|put|display|promote|attach(?:ment)?|candidates?"
    "|strongest|highest|lift|confidence|confident|surest|between|departments?|depts?|categor(?:y|ies)|products?"
    r"|items?|skus?|articles?|goods|purchas\w+|being|shopping|run|do|well|best|buying|sales|should|could|as|they"
    r"|their|other|things)(?![\w-])"
)


_LEAST = re.compile(
    r"\b(?:with |and |of |a |an |minimum |min\.? )*(?P<what>lift|confidence)(?: score| value)? (?:is |of )?(?:above"
    r"|over|greater than|more than|at least|>=?|higher than|minimum) ?(?P<n>\d+(?:\.\d+)?) ?(?P<pct>%|percent)?"
    r"|\b(?:at least|above|over|minimum|min\.?) (?P<m>\d+(?:\.\d+)?) ?(?P<p2>%|percent)? (?P<w2>lift|confidence)"
)


def _least(reading: Reading) -> dict[str, Any]:
    """The least lift or confidence asked for, taken out."""
    args: dict[str, Any] = {}
    while (found := reading.take(_LEAST)) is not None:
        number = float(found["n"] or found["m"])
        if (found["what"] or found["w2"]) == "lift":
            args["least_lift"] = number
        else:
            args["least_confidence"] = int(number * 100) if number <= 1 else int(number)
    return args


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about goods that are bought together; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    cross = _CROSS.search(whole)
    if not cross and not _TOGETHER.search(whole):
        return None
    if names_the_future(whole) or _NOT_OURS.search(whole):
        return None
    args = _least(reading)
    level = next((name for name, words in _LEVELS if words.search(whole)), None)
    if cross and args:
        return not_understood("lift or confidence for cross-selling")
    if not cross and (_MOST.search(whole) or _SUREST.search(whole)):
        args["rank_by"] = "confidence" if _SUREST.search(whole) else "baskets"
    said = [one.phrase for one in periods(reading)]
    named = re.search(r"\b(?P<name>\w[\w&' ]*) (?:department|dept|category|section|aisle|counter)\b", whole)
    if not named and (split := take_split(reading)) in ("store", "day", "week", "month", "hour", "weekday"):
        return not_understood(f"by {split}")
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown or len(said) > 1:
        return not_understood(slots.unknown or said[1])
    if level == "department" and slots.department and not re.search(r"\bdepartments\b", whole):
        level = None
    args |= slots.args("period", "stores", "limit", "product", "department")
    if level and not (level == "product" and not slots.department):
        args["level"] = level
    return calls_for(CROSS_SELL if cross else TOGETHER, args, [])
