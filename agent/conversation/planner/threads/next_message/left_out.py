"""“Without the soft drinks”, “forget the canned ones, what else”: the answer above with some goods left out.

It keeps its days, its end and what it was ranked by; a list that cannot leave goods out says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.named import WHICH_OF_THEM
from agent.conversation.planner.threads.next_message.not_given import NOTHING_ABOVE
from agent.conversation.planner.threads.next_message.pointed import IT, ROW, kept
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, span_before, usual_days
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.words import take_metrics, take_split
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_DROP = (
    r"(?:forget(?: about)?|skip|ignore|drop|remove|take out|leave out|leave off|throw out|cut out|filter out|exclude"
    r"|never ?mind)"
)
_WITHOUT = (
    r"(?:without|w/o|excluding|excl\.?|except(?: for)?|minus|not counting|not including|other than|besides|but no)"
)
_ELSE = (
    r"(?:,? (?:what|who|which|and)(?:'s|s| is| are)? ?(?:else|left|then|next|the rest|the others|remains)"
    r"(?: (?:is there|do we have|have we got|sold|sells|then))*)?"
)
_OTHER_ROW = r"(?P<other>,? (?:but )?the (?:next|second|other|third)(?: one)?)?"
_SAID = re.compile(
    rf"{LEAD}(?:(?P<drop>{_DROP})|(?P<without>{_WITHOUT})|(?P<no>not|no)) (?:the |any |all |those |that |our )*"
    rf"(?P<goods>[a-z%][\w&' -]{{1,40}}?)(?: (?:ones?|stuff|items?|products?|things?|goods|department|dept"
    rf"|category))?(?: too| as well| either)?{_ELSE}{_OTHER_ROW}\W*$"
)
_POINTS = re.compile(rf"(?:{IT}|them|one|ones|{ROW}|(?:the )?(?:rest|others?))")
_NO_GOODS = re.compile(
    r"\b(?:promo\w*|offers?|discount\w*|coupons?|weekends?|weekdays?|holidays?|mornings?|\w+days?|rain\w*|tax|returns?"
    r"|refunds?|voids?|staff|stock|hours?|new|idea|problem|worries|way|more|longer|really|sure|yet|thanks|need|need to"
    r"|change|big|good|bad|so|very|too|only|just|bought|sold|on|in|at|much|many|what|why|chart|table|percent"
    r"|dollars)\b|%"
)
_COUPONS = re.compile(r"(?:manufacturer )?coupons?(?: redemptions?)?")
NO_COUPONS_APART = (
    "I cannot take coupons out of those figures. What was redeemed is told by itself: “coupon redemption last week”,"
    " and"
    " what coupons paid in “payments by tender last week”."
)
NOT_LEFT_OUT = (
    "I cannot leave “{goods}” out of that list, and the whole of it would be no answer. It can be had of one department"
    " or kind of goods: name the one you want instead."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The answer before without those goods; None for every other message."""
    found, last = _SAID.match(plain), previous[-1]
    if found is None or len(previous) > 1:
        return None
    goods = found["goods"].strip()
    if _POINTS.fullmatch(goods):
        pointing = found["without"] and (last.failed or not re.fullmatch(ROW, goods))
        return Plan(text=WHICH_OF_THEM.format(word=goods)) if pointing else None
    listing = last.name == TOP or (last.name == BREAKDOWN and last.args.get("by"))
    if last.failed and (found["drop"] or found["without"]) and not _is_no_goods(goods, around):
        return Plan(text=NOTHING_ABOVE)
    if found["without"] and last.name in (SUMMARY, COMPARE, BREAKDOWN) and _COUPONS.fullmatch(goods):
        return Plan(text=NO_COUPONS_APART)
    if last.failed or (found["no"] and not found["other"] and not listing and last.args.get("by") != "store"):
        return None
    if last.name in (SUMMARY, COMPARE) and found["without"]:
        return None  # its own reader leaves a part out of a total
    out: dict[str, Any] = {"values": re.split(r",? and |,? or |, ", goods), "exclude": True}
    if (store := _store(goods, around)) is not None and last.args.get("by") == "store":
        out |= {"dimension": "store", "values": [store]}
    elif _is_no_goods(goods, around):
        return None
    if last.name == TOP:
        return _ranked(last, out)
    if last.name in (SUMMARY, COMPARE, BREAKDOWN):
        before = [one for one in last.args.get("where") or () if one != out]
        return Plan(((BREAKDOWN, {**_as_breakdown(last), "where": [*before, out]}),))
    spec = catalogue().get(last.name)
    takes_goods = (
        spec is not None and not spec.proposes and {"product", "department"} & set(spec.arguments.model_fields)
    )
    return Plan(text=NOT_LEFT_OUT.format(goods=goods)) if takes_goods else None


def _store(said: str, around: Surroundings) -> str | None:
    return next((one.name for one in around.stores if one.name.lower() == said), None)


def _is_no_goods(said: str, around: Surroundings) -> bool:
    """Whether the words name days, stores, figures or a split, which other readers leave out."""
    if _NO_GOODS.search(said) or periods(Reading.of(said)) or len(said.split()) > 4:
        return True
    reading = Reading.of(said)
    return bool(take_metrics(reading) or take_split(reading) or take_stores(Reading.of(f"at {said}"), around))


def _ranked(last: Call, out: dict[str, Any]) -> Plan:
    args = {"by": "product", "metrics": [last.args.get("metric", "net_sales")], "period": usual_days(last)}
    top = {"top": last.args.get("limit", 10)}
    return Plan(((BREAKDOWN, {**args, **kept(last, "stores", "department", "order"), **top, "where": [out]}),))


def _as_breakdown(last: Call) -> dict[str, Any]:
    args = {key: value for key, value in last.args.items() if key != "where"}
    if last.name == BREAKDOWN:
        return args
    period = usual_days(last)
    held = {"compare_to": last.args.get("compare_to") or span_before(period)} if last.name == COMPARE else {}
    return {**args, "period": period, **held}
