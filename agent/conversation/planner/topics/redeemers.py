"""“Do households that redeem coupons spend more than those that don't?”: the two, side by side."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

COMPARED = "redeemers_compared"
_WHO = r"(?:households?|customers?|shoppers?|people|members?|families)"
_REDEEM = r"(?:redeem(?:ed|s|ing)?|use[ds]?|using)"
_USERS = re.compile(
    rf"\b{_WHO} (?:who |that |which )?(?:have |had |did |do )?(?:ever )?{_REDEEM} (?:at least one |a |any |their "
    rf"|our )?coupons?\b|\b(?:coupon[- ](?:users?|redeemers?|using {_WHO}|redeeming {_WHO})|redeemers)\b"
    rf"|\b{_WHO} with (?:a )?coupons?\b"
)
_FIGURE = re.compile(
    r"\b(?:spend\w*|spent|basket (?:size|value)s?|average baskets?|visits?|trips?|come|shop) ?(?:more|less|often)?\b"
    r"|\bworth more\b"
)
_BESIDE = re.compile(
    r"\b(?:than|versus|vs\.?|against|compar\w+|differ\w*|others|non-?(?:users?|redeemers?)|non[- ]coupon|those (?:who"
    r"|that)|average|more|less)\b"
)
_OTHER = re.compile(
    r"\b(?:why|age|income|household size|kids|campaigns?|types?|mailers?|department|categor\w+|by (?:week|month|store)"
    r"|on coupons|in coupons|with coupons)\b|\bhow many\b|\bwhich\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_WHO}|{_REDEEM}|coupons?|coupon[- ]users?|users?|redeemers?|coupon[- ]redeemers?|non-?(?:users?"
    r"|redeemers?)|non|spend\w*|spent|baskets?|sizes?|values?|visits?|trips?|come|shop|worth|more|less|often|frequently"
    r"|than|versus|vs\.?|against|compar\w+|differ\w*|others?|those|they|who|that|which|don't|do not|did not|didn't"
    "|haven't|not|never|ever|do|does|did|have|had|has|is|are|a|an|any|one|at least|their|our|the|of|average|avg|mean"
    r"|and|or|how|much|per|each|household|to|rest|everyone|everybody|else)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for such a question; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not (_USERS.search(whole) and _FIGURE.search(whole) and _BESIDE.search(whole)):
        return None
    if _OTHER.search(whole) or names_the_future(whole):
        return None
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    return calls_for(COMPARED, slots.args("period", "stores"), [])
