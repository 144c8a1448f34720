"""“Biggest refund last week”, “largest discount yesterday and by whom”: single amounts by their size."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

REFUNDS, DISCOUNTS = "refunds_and_voids", "largest_discounts"
_END = r"(?:largest|biggest|highest|smallest|lowest|heftiest)"
_ONE = r"(?:single |individual |one[- ]off )?"
_BACK = r"(?:refunds?|returns?)"
_VOID = (
    r"(?:voids?|voided (?:sales?|transactions?|receipts?|orders?|lines?)|cancell?ed (?:sales?|transactions?|orders?))"
)
_OVERRIDE = r"(?:price )?overrides?"
_OFF = r"(?:discount|markdown given|price reduction)"
_NOT_A_RATE = r"(?! (?:rates?|%|percent\w*|share|value by|reasons?|codes?|types?|names?|program\w*|depth|levels?))"
_SUBJECTS = (
    ("refunds", re.compile(rf"\b{_END} (?:\d{{1,2}} )?{_ONE}{_BACK}\b{_NOT_A_RATE}|\btop \d{{1,2}} {_ONE}{_BACK}\b"
                           rf"{_NOT_A_RATE}|\b\d{{1,2}} {_END} {_BACK}\b")),
    ("voids", re.compile(rf"\b{_END} (?:\d{{1,2}} )?{_ONE}{_VOID}\b{_NOT_A_RATE}|\btop \d{{1,2}} {_ONE}{_VOID}\b"
                         rf"|\b\d{{1,2}} {_END} {_VOID}\b")),
    ("price_overrides", re.compile(rf"\b{_END} (?:\d{{1,2}} )?{_ONE}{_OVERRIDE}\b")),
    ("discounts", re.compile(rf"\b{_END} (?:\d{{1,2}} )?{_ONE}{_OFF}\b{_NOT_A_RATE}"
                             rf"|\b(?:\d{{1,2}} )?{_END} (?:\d{{1,2}} )?(?:single|individual) {_OFF}s\b"
                             rf"|\bsingle {_END} {_OFF}s?\b|\btop (?:\d{{1,2}} )?(?:single|individual) {_OFF}s\b"
                             rf"|\b(?:receipt|transaction|sale|order|basket)s? with the (?:{_END}|most) {_OFF}s?\b")),
)  # fmt: skip
_RECEIPT = re.compile(
    r"\b(?:receipt|transaction|sale|order|basket)s? with the\b|\bon (?:a|one|any) (?:single )?receipt\b"
)
_SMALL = re.compile(r"\b(?:smallest|lowest)\b")
_OTHER = re.compile(
    r"\b(?:products?|items?|skus?|departments?|categor\w+|brands?|stores? (?:with|that|had|has)|which stores?|average"
    r"|avg|mean|customers?|households?|campaigns?|coupons?|unusual|suspicious|tax returns?|optimal|should|(?:by|per)"
    r" (?:the )?(?:reasons?|registers?|tills?|employees?|cashiers?|associates?|staff|stores?|days?|weeks?))\b|^\W*why\b"
)
_WORDS = re.compile(
    rf"\b(?:{_END}|top|single|individual|one[- ]off|{_BACK}|{_VOID}|{_OVERRIDE}|{_OFF}s?|what|which|was|were|is|are|the"
    r"|our|we|us|gave|give|given|made|make|issued|processed|approved|rang|rung|up|did|do|had|have|has|and|by|whom|who"
    r"|it|them|amounts?|show|me|list|tell|cashier|employee|associate|staff|person|receipt|transaction|sale|order|basket"
    r"|with|most|that|of|on|a|one|any|for|reasons?|reason|why|there|been|ever|out|went|each|when|where|how (?:much|big"
    r"|large)|size|value|worth)(?!\w)|'s\b"
)
_WHO = re.compile(r"\b(?:which|what) (?:employee|cashier|associate|staff member|person|colleague|team member)s?\b")
_CODED = re.compile(r"\b(?P<name>employee|staff|loyalty|senior|student|military|manager) (?=discounts?\b)")


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for single refunds, voids, overrides or discounts by their size; None for every other question."""
    reading = Reading.of(text)
    kind = reading.take(_CODED)
    whole = " ".join(reading.text.split())
    shown = [name for name, pattern in _SUBJECTS if pattern.search(whole)]
    if len(shown) != 1 or _OTHER.search(whole):
        return None
    small = _SMALL.search(whole) is not None
    reading.take(_WHO)  # who it was is told in any case
    limit = _limit(reading)
    args: dict[str, Any] = {"limit": limit}
    if shown[0] == "discounts":
        args |= {
            "of": "receipt" if _RECEIPT.search(whole) else None,
            "smallest": True if small else None,
            "name": kind["name"] if kind else None,
        }
        return plan_for(replace(Subject(DISCOUNTS, _WORDS), args=args), reading, around)
    args |= {"show": shown[0], "order": "bottom" if small else "top"}
    return plan_for(replace(Subject(REFUNDS, _WORDS), args=args), reading, around)


_NUMBER = re.compile(rf"\b(?:top (?P<a>\d{{1,2}})|{_END} (?P<b>\d{{1,2}})|(?P<c>\d{{1,2}}) {_END})\b")


def _limit(reading: Reading) -> int | None:
    """How many are asked for, taken out."""
    if found := reading.take(_NUMBER):
        return int(found["a"] or found["b"] or found["c"])
    return take_limit(reading)
