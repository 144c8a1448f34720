"""Groups by a bound of their figure: “which suppliers have a lead time over 7 days”, “categories under 10 days' cover”.

The question without its bound is read by its concepts, and the bound is put into the call that comes of it. Sums of
the sales have a reader of their own (``topics/amount_bounds``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from agent.conversation.planner.concepts.read import by_concepts
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings

_ORDERS, _COVER, _TURN, _RISK, _OVER = (
    "purchase_orders", "stock_cover", "stock_productivity", "stockout_risk", "overstock",
)  # fmt: skip
_NUMBER = rf"(?P<money>[$€£]?)(?P<n>\d[\d,]*(?:\.\d+)?|an?|{'|'.join(map(re.escape, WORD_NUMBERS))})"
_UNIT = r"(?: ?(?P<unit>%|percent\b|per ?cent\b|days?\b'?|weeks?\b'?|months?\b'?))?"
_BEFORE = (
    ("at_least", "at least|no less than|not less than|a minimum of"),
    ("at_most", "at most|no more than|not more than|up to|a maximum of"),
    ("over", "over|above|more than|greater than|higher than|longer than|exceed(?:s|ing)?|in excess of"),
    ("under", "under|below|less than|fewer than|lower than|shorter than|quicker than|faster than"),
)
_BEHIND = (("at_least", "more|longer|over|above|higher"), ("at_most", "less|fewer|shorter|under|below|lower"))
_KINDS = (
    *((name, rf"{_NUMBER}{_UNIT} (?:or|and) (?:{words})\b") for name, words in _BEHIND),
    *((name, rf"(?:{words}) {_NUMBER}{_UNIT}") for name, words in _BEFORE),
)
_BOUNDS = tuple((name, re.compile(rf"(?<![\w-])(?:of |is |are )?{said}", re.IGNORECASE)) for name, said in _KINDS)
_DAYS = {"day": 1, "week": 7, "month": 30}
_LASTING = re.compile(
    r"^(?: worth)?(?: of)? (?:cover|supply|stock|inventory|on hand)\b|^ (?:cover|supply)\b", re.IGNORECASE
)
_GOODS = re.compile(r"\b(?:products?|items?|skus?|goods|articles?|lines)\b", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:my|our|the) top \d", re.IGNORECASE)
"""“Which of my top 50 products have under 14 days of cover”: of those, and not of all."""
_MORE = re.compile(r"[,;]|\b(?:and|then)\b", re.IGNORECASE)
"""Another part of the question, which the bound is not of."""
_UPPER = frozenset({"over", "at_least"})
_MEASURED = {"lead_days": "days", "on_time": "%", "fill_rate": "%", "sell_through": "%", "gmroi": "", "stock_turn": "",
             "value": "$"}  # fmt: skip


def read(text: str, around: Surroundings) -> Plan | None:
    """The call with its bound; None where there is no bound, or the rest is no figure of groups that takes one."""
    kind, found = next(
        ((name, match) for name, pattern in _BOUNDS if (match := pattern.search(text)) is not None), ("", None)
    )
    if found is None or _MORE.search(f"{text[: found.start()]} {text[found.end() :]}"):
        return None
    unit = (found["unit"] or "").lower().rstrip("s'").replace("s'", "")
    number = _number(found["n"]) * _DAYS.get(unit, 1)
    behind = text[found.end() :]
    lasting = unit in _DAYS and (held := _LASTING.search(behind)) is not None
    if lasting and held is not None:
        behind = f" days of cover{behind[held.end() :]}"
    rest = " ".join(f"{text[: found.start()]} {behind}".split())
    meant = by_concepts(rest, around)
    if meant is None or meant.text or len(meant.calls) != 1:
        return None
    name, args = meant.calls[0]
    said = "days" if unit in _DAYS else "%" if unit[:1] in ("%", "p") else found["money"] and "$"
    if name == _COVER:
        return _of_cover(args, kind, number, rest) if said == "days" else None
    measured = str(args.get("rank_by" if name == _ORDERS else "metric", ""))
    if name not in (_ORDERS, _TURN) or not args.get("by") or _MEASURED.get(measured) not in (said or "", said or "%"):
        return None
    end = {} if kind in _UPPER else {"order": "bottom"}
    told = valid(name, {**end, **args, kind: f"{number.normalize():f}"})
    return Plan((told,)) if told is not None else None


def _of_cover(args: Mapping[str, Any], kind: str, days: Decimal, rest: str) -> Plan | None:
    """Groups by their days of cover; single products by the tools that list what runs out and what lies too long."""
    if args.get("by") not in (None, "product"):
        end = {} if kind in _UPPER else {"order": "bottom"}
        told = valid(_COVER, {**end, **args, kind: f"{days.normalize():f}"})
    elif _GOODS.search(rest) and not _AMONG.search(rest) and days == days.to_integral_value() and "product" not in args:
        tool, argument = (_OVER, "cover") if kind in _UPPER else (_RISK, "within")
        told = valid(tool, {**{key: args[key] for key in ("stores", "department") if key in args}, argument: int(days)})
    else:
        told = None
    return Plan((told,)) if told is not None else None


def _number(said: str) -> Decimal:
    plain = said.lower().replace(",", "")
    return Decimal(1) if plain in ("a", "an") else Decimal(WORD_NUMBERS.get(plain, 0)) or Decimal(plain)
