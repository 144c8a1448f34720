"""Behind payments: which kind costs the most, whether one grows, cards by brand, and what another mix would save."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.tenders import MIX, NOT_BY_CARD
from agent.conversation.surroundings import Surroundings

_CARD = r"(?:amex|american express|visa|master ?cards?|discover|debit(?: cards?)?|credit(?: cards?)?)"
_MEANS = (
    rf"(?:{_CARD}|cards?|cash|checks?|cheques?|wallets?|apple pay|google pay|contactless|coupons?|it|that|they|those)"
)
_KIND = (
    r"(?:(?:payment |card |tender )?(?:types?|kinds?|methods?|ones?|cards?|payments?|tenders?|of (?:them|those"
    r"|these)))"
)
_DEAR = r"(?:most expensive|least expensive|priciest|cheapest|dearest|highest fees?|lowest fees?)"
_FOR_US = r"(?: (?:for us|in fees|one|type|fees|to (?:take|run|process)))*"
_DEAREST = re.compile(
    rf"{LEAD}(?:which|what)(?: {_KIND})*(?: do| does)? (?:costs?|costing|charges?|eats?|takes?|hurts?|do we pay"
    rf"|has|have)"
    rf"(?: (?:us|the|is|in fees|fees))* ?(?:the )?(?:most|more|least|less|{_DEAR}){_FOR_US}\W*$"
    rf"|{LEAD}(?:which|what)(?: {_KIND})*(?:'s|s| is| are| was)? (?:the )?{_DEAR}{_FOR_US}\W*$"
)
_GROWS = re.compile(
    rf"{LEAD}(?:(?:is|are|has|have) (?P<means>{_MEANS})(?: been| (?:payments?|use|usage|share))*|(?:which"
    rf"|what)(?: {_KIND})*"
    r"(?: (?:is|are|has|have|been))*) ?(?:still )?(?:growing|rising|shrinking|falling|dropping|declining|increasing"
    r"|dying(?: out)?|taking over|catching on|trending(?: up| down)?|going (?:up|down|away)|(?:go|went|gone"
    r"|gotten|getting)"
    r" (?:up|down|bigger|smaller)|up|down|grew|fell|changed)(?: (?:over time|lately|most|the most|fastest))*\W*$"
)
_BY_CARD = re.compile(
    rf"{LEAD}(?:(?:how much|how many|what(?:'s| is| share| part)?|which|is|are|was|of)(?: (?:is|are|was|it|of"
    rf"|that|them|those"
    rf"))* ?)?(?:mostly |mainly )?(?P<one>{_CARD})(?:,? (?:or|vs\.?|versus|and|against) (?P<two>{_CARD}))?"
    r"(?: (?:mostly|mainly|more|alone|only|share|part))*\W*$"
)
_SAVED = re.compile(
    rf"{LEAD}(?:(?:what )?(?:if|say|suppose)|when) .{{3,60}}?(?:,| (?:how|what|would|do"
    rf"|could)\b).{{0,30}}\b(?:sav(?:e[ds]?"
    r"|ings?)|cost|pay|worth|difference|less|cheaper)\b.{0,20}$"
    rf"|{LEAD}how much (?:would|could|do|can) (?:we|i|it|that) save(?: .{{3,60}})?$"
)
NOTHING_SAVED = (
    "No fees are recorded with the payments, so what another mix of payments would save cannot be worked out. How "
    "customers pay is known: “payments by type last month”, “payments by month”."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call such words mean; None for every other message, and behind answers that are not of payments."""
    last = previous[-1]
    if last.name != MIX or len(previous) > 1:
        return None
    if _SAVED.match(plain):
        return Plan(text=NOTHING_SAVED)
    same = kept(last, "period", "stores")
    if _DEAREST.match(plain):
        return Plan(((MIX, {**same, "show": "fees"}),))
    if (grows := _GROWS.match(plain)) is not None:
        card = grows["means"] and re.fullmatch(_CARD, grows["means"])
        said = {**kept(last, "stores"), "period": "last 6 months", "by": "month"}
        return Plan(((MIX, said),), opening=NOT_BY_CARD if card else "")
    if _BY_CARD.match(plain):
        return Plan(((MIX, dict(last.args)),), opening=NOT_BY_CARD)
    return None
