"""Questions about single discounts: which were given, how often a code was used, and who gave them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

USED = "discounts_used"
_NAMED = (
    r"(?:employee|staff|loyalty|senior|student|military|manager|veterans?'?"
    r"|friends?[- ](?:and|&|n)[- ]family)"
)
_KIND = r"(?:discounts?|markdowns? given|price reductions?|money off)"
_CLAIM = re.compile(
    r"\b(?:which|what|list|top|biggest|most used|most common|show me|all|every|each)(?: (?:of )?(?:the|our|my"
    rf"|kinds? of|types? of|\d+))* {_KIND}\b(?! (?:rate|percent\w*|%|depth|levels?|strateg\w+|policy))"
    rf"|\b{_KIND} (?:used|codes?|breakdown|by (?:the )?(?:names?|types?|kinds?|promotions?|coupons?|codes?|employees?"
    "|cashiers?|associates?|staff|person|reasons?)|per (?:employee|cashier|type|code|promotion)|names?|types?|report"
    rf"|log)\b|\bwho(?: \w+){{0,3}} (?:gave|gives|given|giving|granted|applied|apply|used|does"
    rf"|did)(?: \w+){{0,4}} {_KIND}\b|\b(?:which|what|top) (?:\w+ )?(?:employees?|cashiers?|associates?"
    rf"|staff)(?: \w+){{0,6}} {_KIND}\b"
    r"|\bdiscount codes?\b|\bpromo codes?\b|\bhow (?:often|many times)(?: \w+){0,2} (?:the )?(?:discount|code)\b"
    rf"|\b{_NAMED} {_KIND}\b"
)
_SHARE_OF = re.compile(
    r"(?:\b(?:share|percent(?:age)?|proportion|fraction|how many)|%) (?:of )?(?:our |the |all )*(?:transactions?"
    r"|baskets?|orders?|receipts?|tickets?|sales) (?:were |was |that |which )?(?:had|have|has|with|used|got|contain\w*"
    r"|includ\w+|involv\w+|carried) (?:an? |any |at least one |some )?discounts?\b|(?:\b(?:share|percent(?:age)?"
    "|how many)|%) (?:of )?(?:our |the |all )*(?:transactions?|baskets?|orders?|receipts?|tickets?) (?:were "
    r"|was )discounted\b"
)
_OTHER = re.compile(
    r"\b(?:optimal|optimi[sz]e|should|effect\w*|lift|impact\w*|roi|work(?:ed|ing)?|pay off|paid off|suspicious\w*"
    r"|unusual\w*|outliers?|anomal\w+|exceptions?|too many|excessive|elasticit\w+|margin|rate|elastic|campaigns?"
    r"|cost us)\b"
)
_MOST_OF = re.compile(r"\b(?:products?|items?|skus?|stores?)\b.*\bmost\b")
_BY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "employee",
        re.compile(
            r"\bwho\b|\b(?:by|per|for each) (?:the )?(?:employees?|cashiers?|associates?|staff(?: members?)?|person)\b"
            r"|\b(?:which|what|top) (?:\w+ )?(?:employees?|cashiers?|associates?|staff)\b"
        ),
    ),
    ("promotion", re.compile(r"\b(?:by|per|for each) (?:the )?promotions?\b")),
    ("coupon", re.compile(r"\b(?:by|per|for each) (?:the )?coupons?\b")),
    (
        "code",
        re.compile(
            r"\b(?:by|per|for each) (?:the )?(?:discount |promo )?codes?\b|\b(?:which|what|top) (?:discount"
            r"|promo) codes\b"
        ),
    ),
    ("kind", re.compile(r"\b(?:by|per|for each) (?:the )?(?:types?|kinds?)\b|\b(?:types?|kinds?) of discounts?\b")),
    ("name", re.compile(r"\bby (?:the )?names?\b")),
)
_CODE = re.compile(
    r"\b(?:discount |promo )?codes? (?:called |named )?\"?(?P<code>[a-z]*\d*[a-z][\w-]*)\"?(?= (?:was|were|used|been"
    r"|get|got)\b|\W*$| last\b| this\b| in\b| yesterday\b)"
)
OF_KIND = re.compile(rf"\b(?P<name>{_NAMED}) (?=discounts?\b)")
_AND = re.compile(r"[- ](?:and|&|n)[- ]")
_WORDS = re.compile(
    rf"\b(?:{_KIND}|discount(?:ed|ing)?|codes?|promo|used?|using|applied|apply|given|gave|gives|giving|give|granted"
    "|who|most|names?|types?|kinds?|breakdown|report|log|often|times|was|were|employees?|cashiers?|associates?|staff"
    r"|transactions?|amounts?|value|largest|biggest|common|every|and|the|of|by|away|is|are|people|too|much|abus(?:e[ds]?|ing)|we|our|uses)(?!\w)"
)
_SHARE_WORDS = re.compile(
    rf"{_WORDS.pattern}|\b(?:share|percent(?:age)?|proportion|fraction|how many|baskets?|orders?|receipts?|tickets?"
    r"|sales|had|have|has|with|got|contain\w*|includ\w+|involv\w+|carried|any|at least one|some)(?!\w)|%"
)
_NOT_CODES = frozenset({"was", "were", "used", "did", "do", "that", "and", "by", "per", "last", "this", "in"})
_SUBJECT = Subject(
    USED,
    _WORDS,
    frozenset({"store", "day", "department", "employee", "promotion", "coupon", "code", "kind", "name"}),
    limited=True,
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about the discounts that were given; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _SHARE_OF.search(whole) and not _OTHER.search(whole):
        return plan_for(replace(_SUBJECT, words=_SHARE_WORDS), reading, around, by="kind")
    if not _CLAIM.search(whole) or _OTHER.search(whole) or _MOST_OF.search(whole):
        return None
    args: dict[str, Any] = {}
    code = _CODE.search(whole)
    if code and code["code"] not in _NOT_CODES:
        args["name"] = reading.said(code.start("code"), code.end("code"))
        reading.blank(code.start(), code.end())
    elif kind := reading.take(OF_KIND):
        args["name"] = _AND.sub(" ", kind["name"])
    by = next((name for name, pattern in _BY if reading.take(pattern)), None)
    return plan_for(replace(_SUBJECT, args=args), reading, around, by=by)
