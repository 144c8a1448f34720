"""What stands behind the sales of stores: how many came in, how many of them bought and how much.

“Why is Maple double ours”, “bigger baskets or better conversion”. Goods that were left out of the sales stay in these,
which are counted of whole stores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.short_stores import written_out
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_SIDES = {
    "visitors": r"(?:traffic|visitors|foot ?fall|people(?: in| through the door)?)",
    "conversion": r"(?:conversion(?: rates?)?)",
    "average_transaction_value": r"(?:(?:average )?(?:baskets?|tickets?|checks?|spend)(?: sizes?| values?)?)",
}
_MORE = r"(?:more|bigger|better|higher|larger|fatter|lower|less|fewer|smaller|worse|the|just|from|because of)"
_ANY = "|".join(_SIDES.values())
_WHICH = re.compile(
    rf"^\W*(?:(?:still|fine|right|hm+|and|so|but|ok(?:ay)?|then|is|was) ?(?:it|that)?[ ,.!]+)*(?:{_MORE} )*"
    rf"(?P<a>{_ANY})(?:,? or |,? vs\.? | and )(?:{_MORE} )*(?P<b>{_ANY})(?: (?:then|there|or what))?\W*$"
)
_BEHIND = {
    "net_sales": [*_SIDES], "sales_per_visitor": ["conversion", "average_transaction_value"],
    "transactions": ["visitors", "conversion"],
}  # fmt: skip
"""Figures of a store that are made of these, multiplied."""
_OURS = r"(?:ours?|us|mine|we (?:are|have|do)|my store|our store|the others?|(?:the )?other stores|everyone(?: else)?)"
_WHY_AHEAD = re.compile(
    rf"{LEAD}(?:why|how come)(?:'s| is| are| was| were| does| did|s)? (?P<at>[a-z][\w' ]{{2,30}}?)(?:'s)?(?: (?:is|are"
    rf"|do|does|have|has|sell|sells|so|that|much|a lot|way|almost|nearly|about|over|more than))* (?:double|twice|triple"
    rf"|half|higher|lower|better|worse|bigger|smaller|more|less|ahead|behind|above|below)(?: (?:than|of|as much as|that"
    rf" of))? (?:(?P<ours>{_OURS})|(?P<other>[a-z][\w' ]{{2,30}}?)(?:'s)?)\W*$"
)
_OURS_IS = re.compile(
    rf"{LEAD}(?:sorry,? |i mean,? )*(?:ours|mine|we|us|my store|our store|this store|my one|our one) ?(?:=|is|are|'re"
    r"|means?|being|would be) ?(?:the )?(?P<at>[a-z][\w' ]{2,30}?)(?: (?:one|store))?\W*$"
)
OF_WHOLE_STORES = "Those are of whole stores, with everything that they sell:"


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The calls such words mean; None for every other message, and for a part of the range."""
    if (ours := _OURS_IS.match(plain)) is not None:
        return _ours(ours["at"], last, around)
    if last.name not in (SUMMARY, COMPARE, BREAKDOWN) or {"product", "department"} & set(last.args):
        return None
    if (found := _WHICH.match(plain)) is not None:
        metrics = [one for one, words in _SIDES.items() if any(re.fullmatch(words, found[side]) for side in "ab")]
        return _told(metrics, last, last.args.get("stores")) if len(metrics) > 1 else None
    ahead = _WHY_AHEAD.match(plain)
    figure = str(next(iter(last.args.get("metrics") or ["net_sales"])))
    if ahead is None or figure not in _BEHIND or last.args.get("by") not in ("store", ["store"]):
        return None
    if figure == "net_sales" and ahead["other"]:
        return None  # two stores side by side, by department
    named = [_store(one, around) for one in (ahead["at"], ahead["other"]) if one]
    if None in named:
        return None
    stores = " and ".join(str(one) for one in named) if len(named) > 1 else last.args.get("stores")
    return _told([figure, *_BEHIND[figure]], last, stores)


def _told(metrics: Sequence[str], last: Call, stores: object) -> Plan | None:
    """Figures of whole stores in the days before, without the days or stores that were left out there."""
    where = list(last.args.get("where") or ())
    held = [one for one in where if one.get("dimension") in ("weekday", "store")]
    if not all(one.get("exclude") for one in where if one not in held):
        return None
    by = {"by": "store"} if last.args.get("by") in ("store", ["store"]) else {}
    args = {"period": usual_days(last), **({"stores": stores} if stores else {}), **by, "metrics": list(metrics)}
    said = OF_WHOLE_STORES if len(held) < len(where) else ""
    if held:
        return Plan(((BREAKDOWN, {**args, "where": held}),), opening=said)
    if last.args.get("compare_to") and not by:
        return Plan(((COMPARE, {**args, "compare_to": last.args["compare_to"]}),), opening=said)
    return Plan(((SUMMARY, args),), opening=said)


def _ours(said: str, last: Call, around: Surroundings) -> Plan | None:
    """The answer before at that store, beside the one that the question before named."""
    store, spec = _store(said, around), catalogue().get(last.name)
    if store is None or spec is None or spec.proposes or "stores" not in spec.arguments.model_fields:
        return None
    asked = written_out(last.question, around).lower()
    beside = [one.name for one in around.stores if one.name.lower() in asked and one.name != store]
    both = last.args.get("by") in ("store", ["store"]) and len(beside) == 1
    return Plan(((last.name, {**last.args, "stores": f"{beside[0]} and {store}" if both else store}),))


def _store(said: str, around: Surroundings) -> str | None:
    reading = Reading.of(f"at {written_out(said, around)}")
    store = take_stores(reading, around)
    return None if reading.rest() or not store or store == "all stores" else store
