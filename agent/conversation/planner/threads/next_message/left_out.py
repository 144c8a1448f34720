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
from agent.conversation.planner.threads.carried import long_enough
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
    r"(?:forget(?: about)?|skip|ignore|drop|remove|(?:take|leave|throw|cut|filter|strip|pull) out|leave off|exclude"
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
_TAKEN_OUT = re.compile(
    rf"{LEAD}(?:(?:can|could|do) (?:you|we|i) )?(?:(?:take|leave|keep|pull|strip|cut|back) (?:the |all |any |our )*"
    r"(?P<moved>[a-z%][\w&' -]{1,40}?) (?:out|off|aside|away)|ex[ -](?P<ex>[a-z][\w&' -]{1,40}?)|(?P<aside>[a-z]"
    r"[\w&' -]{1,40}?) (?:excluded|aside|(?:left|taken|pulled) out))"
    r"(?: (?:then|please|of (?:it|that|there|the numbers?)|for now|this time|first|again))*\W*$"
)
_BACK_IN = re.compile(
    rf"{LEAD}(?:(?:put|add|bring|take) (?:the )?(?P<goods>[a-z][\w&' -]{{1,40}}?) back(?: in(?:to (?:it|that))?)?"
    r"|(?:with|include) (?:the )?(?P<again>[a-z][\w&' -]{1,40}?) (?:again|back in|after all))\W*$"
)
_DAYS = re.compile(r"(?:weekends?|weekdays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)")
_FIGURES = (SUMMARY, COMPARE, BREAKDOWN)
_AT_THE_DOOR = frozenset({"sales_per_visitor", "conversion", "visitors"})
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
NO_VISITORS_APART = (
    "Visitors are counted at the door and come for no part of the range, so {goods} cannot be taken out of that; net "
    "sales without it:"
)
TOO_FEW_DAYS = "The answer above is of too few days to leave {days} out of it. Ask for more of them: “sales last week”."
NOT_LEFT_OUT = (
    "I cannot leave “{goods}” out of that list, and the whole of it would be no answer. It can be had of one department"
    " or kind of goods: name the one you want instead."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The answer before without those goods; None for every other message."""
    last = previous[-1]
    if (back := _BACK_IN.match(plain)) is not None and len(previous) == 1 and last.name == BREAKDOWN:
        return _back_in(back["goods"] or back["again"], last)
    if (moved := _TAKEN_OUT.match(plain)) is not None:
        plain = f"leave out {moved['moved'] or moved['ex'] or moved['aside']}"
    found = _SAID.match(plain)
    if found is None or len(previous) > 1:
        return None
    goods = found["goods"].strip()
    if _POINTS.fullmatch(goods):
        pointing = (found["without"] or moved) and (last.failed or not re.fullmatch(ROW, goods))
        return Plan(text=WHICH_OF_THEM.format(word=goods)) if pointing else None
    if last.failed and (found["drop"] or found["without"]) and not _is_no_goods(goods, around):
        return Plan(text=NOTHING_ABOVE)
    if found["without"] and last.name in _FIGURES and _COUPONS.fullmatch(goods):
        return Plan(text=NO_COUPONS_APART)
    listing = last.name == TOP or (last.name == BREAKDOWN and last.args.get("by"))
    if last.failed or (found["no"] and not found["other"] and not listing and last.args.get("by") != "store"):
        return None
    if last.name in (SUMMARY, COMPARE) and found["without"]:
        return None  # its own reader leaves a part out of a total
    return _without(goods, last, around, told=bool(found["drop"]))


def _without(goods: str, last: Call, around: Surroundings, *, told: bool) -> Plan | None:
    """The answer before without goods, or without a store or days of the week where those are told to be left out."""
    out: dict[str, Any] = {"values": re.split(r",? and |,? or |, ", goods), "exclude": True}
    if (store := _store(goods, around)) is not None and (told or last.args.get("by") == "store"):
        out |= {"dimension": "store", "values": [store]}
    elif told and last.name in _FIGURES and _DAYS.fullmatch(goods):
        if not long_enough(usual_days(last), "weekday"):
            return Plan(text=TOO_FEW_DAYS.format(days=goods))
        out |= {"dimension": "weekday"}
    elif _is_no_goods(goods, around):
        return None
    if last.name == TOP:
        return _ranked(last, out)
    if last.name in _FIGURES:
        before = [one for one in last.args.get("where") or () if one != out]
        args = {**_as_breakdown(last), "where": [*before, out]}
        if "dimension" not in out and _AT_THE_DOOR & set(last.args.get("metrics") or ()):
            sales = {**args, "metrics": ["net_sales"]}
            return Plan(((BREAKDOWN, sales),), opening=NO_VISITORS_APART.format(goods=f"“{goods}”"))
        return Plan(((BREAKDOWN, args),))
    spec = catalogue().get(last.name)
    takes_goods = (
        spec is not None and not spec.proposes and {"product", "department"} & set(spec.arguments.model_fields)
    )
    return Plan(text=NOT_LEFT_OUT.format(goods=goods)) if takes_goods else None


def _back_in(said: str, last: Call) -> Plan | None:
    """The answer before with what had been left out of it."""
    where = list(last.args.get("where") or ())
    named = set(re.split(r",? and |,? or |, ", said.strip()))
    kept_out = [one for one in where if not (one.get("exclude") and named & {str(v).lower() for v in one["values"]})]
    if len(kept_out) == len(where):
        return None
    args = {key: value for key, value in last.args.items() if key != "where"}
    return Plan(((BREAKDOWN, {**args, **({"where": kept_out} if kept_out else {})}),))


def _store(said: str, around: Surroundings) -> str | None:
    """The store that is named, also by the first word of its name alone."""
    whole = [one.name for one in around.stores if one.name.lower() == said]
    short = [one.name for one in around.stores if one.name.lower().split()[0] == said]
    found = whole or short
    return found[0] if len(found) == 1 else None


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
