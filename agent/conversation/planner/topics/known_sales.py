"""Questions how much of the sales has a known customer: of members, of who showed a card, against all the others."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import ONE_BY_ONE, Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

KNOWN_SALES = "identified_sales"
_MEMBERS = (
    r"(?:(?:our |the |all )*(?:loyalty|rewards?|club|known|identified|registered|enrolled|signed[- ]up|member(?:ship)?)"
    r"(?: program(?:me)?)?(?: card)?(?:[- ]?(?:members?|customers?|shoppers?|holders?|cards?|accounts?|buyers?|ids?))"
    r"|(?:loyalty|rewards?) (?:program(?:me)?)|members)"
)
_OTHERS = (
    r"(?:(?:our |the |all )*(?:non[- ]?(?:loyalty )?(?:members?|loyalty|cards?)|anonymous|unknown|unidentified"
    r"|unregistered|walk-?ins?|guests?)(?: (?:members?|customers?|shoppers?|buyers?|sales|transactions?|ones))?"
    r"|every(?:one|body) else|(?:the )?(?:others?|rest)|without (?:one|an? (?:loyalty )?card))"
)
_SALES = r"(?:net sales|sales|revenue|turnover|transactions?|orders?|baskets?|business|purchases?|tickets?)"
_SHARE = r"(?:percent(?:age)?|share|proportion|fraction|part|portion|%|how much|how many)"
_VERSUS = r"(?:vs\.?|versus|and|or|against|than|compared (?:to|with))"
_CLAIM = re.compile(
    rf"\b{_SHARE}(?: (?:of|are|is))* (?:our |the |all |total |my )*{_SALES}\b.*?\b(?:from|by|with|to|have|has|had|of"
    rf"|for|used|made by) (?:an? )?{_MEMBERS}\b"
    rf"|\b{_SHARE}(?: of)? (?:our |the |all |total )*{_SALES} (?:has|have|had|with|without) (?:a |an )?"
    r"(?:known|identified) customers?\b"
    rf"|\b{_SALES} (?:from|by|to|of|with|without) (?:an? )?{_MEMBERS}\b"
    rf"|\b{_MEMBERS} {_SALES}\b|\b{_MEMBERS} share of (?:the )?{_SALES}\b"
    rf"|\b(?:loyalty|member(?:ship)?) (?:penetration|share|participation|capture rate)\b"
    rf"|\b{_MEMBERS}(?: \w+){{0,3}} {_VERSUS} (?:\w+ ){{0,2}}{_OTHERS}\b"
    rf"|\b{_OTHERS} {_VERSUS} (?:\w+ ){{0,2}}{_MEMBERS}\b|\bmember {_VERSUS} non[- ]?members?\b"
    rf"|\bdo (?:our |the )*{_MEMBERS} (?:spend|buy|pay) (?:more|less)\b"
)
_OTHER = re.compile(
    r"\b(?:names?|list|e-?mails?|phone|segments?|churn\w*|at risk|why|predict\w*|top \d+|best|favou?rite|mailers?"
    r"|coupons?|campaigns?|refunds?|new|returning|points?|tiers?|sign[- ]?ups?|join\w*|came back|products?|items?"
    r"|categor(?:y|ies)|departments?|department|staff|team|employees?)\b"
)
_OVER_TIME = re.compile(rf"\b{_VERSUS} (?:the |a )?(?:last|same|previous|prior|year|month|week|quarter)\b")
"""Held against another time, and not against the others."""
_WORDS = re.compile(
    rf"\b(?:{_MEMBERS}|{_OTHERS}|{_SALES}|{_SHARE}|{_VERSUS}|member|loyalty|membership|penetration|participation"
    r"|capture rate|spend|spent|buy|bought|pay|more|less|comes?|came|made|make|made by|belongs?|attached|tied"
    r"|linked|rung up|known|identified|customers?|a|an|of|from|by|to|with|without|have|has|had|used|us|is|are|was"
    r"|were|do|does|did|total|all|split|compare|average|ticket|value|size|that|who|which|on|for|per|trip|visit)(?!\w)"
)
_SUBJECT = Subject(KNOWN_SALES, _WORDS, frozenset({"store", "day", "week", "month"}))


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about sales with a known customer; None for every other."""
    reading = Reading.of(text)
    if not _CLAIM.search(reading.text) or _OTHER.search(reading.text):
        return None
    over_time = _OVER_TIME.search(reading.text)
    decided = plan_for(_SUBJECT, reading, around)
    return Plan(text=ONE_BY_ONE) if over_time and decided and len(decided.calls) == 1 else decided
