"""One part of a question: the first reader that understands it decides what is done about it.

The order matters: what goes on about the answer before, what could be dangerous to misread (a price change, a subject
out of bounds), and only then what is merely a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.conversation.planner import unrecorded
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.parts import of_these
from agent.conversation.planner.parts.and_why import why_these_lead
from agent.conversation.planner.parts.its import they_spend
from agent.conversation.planner.plain_questions.conditions import conditions
from agent.conversation.planner.plain_questions.intents import not_one_figure, read_intent
from agent.conversation.planner.plain_questions.product_question import product_question
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused import boundaries, exclusion, how_to, refusals
from agent.conversation.planner.slots.daytime import IN_THE_TABLE, NO_HOURS_HERE, take_time_of_day
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.prices import POINTING, WHICH_PERCENT, WHICH_PRICE, read_price_change
from agent.conversation.planner.threads import (
    amending,
    bare_orders,
    course_kept,
    going_back,
    going_on,
    includes,
    listed,
    same_again,
    short_replies,
    tasks_again,
    turned,
    two_periods,
)
from agent.conversation.planner.threads.again_with import again_with
from agent.conversation.planner.threads.carried import carried, of_its_store
from agent.conversation.planner.threads.followups import continue_thread, product_pointed_at
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.there import with_matter, with_place
from agent.conversation.planner.threads.unsaid import is_elliptical, with_the_unsaid
from agent.conversation.planner.threads.which_stores import at_the_stores_before
from agent.conversation.planner.topics import (
    abilities,
    actions,
    bare,
    documents,
    elasticity,
    incomplete,
    matching,
    outbound,
    query,
    set_orders,
    shifts,
    staffing,
    tasks,
    team,
    topics,
    two_figures,
    vague,
)
from agent.conversation.planner.topics.largest import bounds_again
from agent.conversation.planner.topics.offers_coming import coming_again
from agent.conversation.planner.topics.why import again
from agent.conversation.planner.whole import price_advice
from agent.conversation.surroundings import Surroundings

_LEFT_OUT = "I left out “{left}”: it is no part of this change. Reject the card if it matters."
_NO_PRODUCT = "Which product do you mean? Name it, or give its SKU or barcode."
_COURSE = re.compile(r"\btrend(?:s|ed|ing|line)?\b", re.IGNORECASE)
_STEPS = frozenset({"day", "week", "month"})
_NO_NAME = re.compile(
    "(?:some |the |an? |more |of )*(?:items?|products?|stuff|things?|something|goods|units?|pieces|skus?)"
)


def read_part(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """What to do about a part that is said in plainer words already, given the calls it may lean on."""
    steps: tuple[Callable[[], Plan | None], ...] = (
        lambda: None if previous else vague.fragment(text),
        lambda: how_to.read(text),
        lambda: amending.read(text, previous),
        lambda: going_back.read(text, previous, around),
        lambda: listed.read(text, previous, around),
        lambda: tasks_again.read(text, previous),
        lambda: course_kept.read(text, previous),
        lambda: short_replies.read(text, previous, around),
        lambda: _bare_order(text, previous, around),
        lambda: of_these.again(text, previous),
        lambda: includes.read(text, previous, around),
        lambda: two_periods.read(text, previous, around),
        lambda: _leaning(going_on.read(text, previous, around)),
        lambda: query.read(text, around),
        lambda: turned.read(text, previous),
        lambda: carried(shifts.read(text, around), text, previous),
        lambda: carried(team.read(text, around), text, previous),
        lambda: carried(staffing.read(text, around), text, previous),
        lambda: abilities.read(text, around),
        lambda: refusals.read(text) or refusals.of_somebody(text, around) or vague.how_sure(text),
        lambda: carried(matching.read(text, around), text, previous),
        lambda: unrecorded.read(text),
        lambda: elasticity.read(text, around) if elasticity.supposes(text) else None,
        lambda: set_orders.read(text, around),
        lambda: _pointed(actions.read(text, around), previous),
        lambda: with_matter(tasks.read(with_place(text, previous, around), around), previous),
        lambda: outbound.read(text, around),
        lambda: incomplete.read(text, around),
        lambda: _price_change(text, previous, around),
        lambda: documents.of_one(text, around),
        lambda: same_again.read(text, previous),
        lambda: why_these_lead(text, previous),
        lambda: again(text, previous),
        lambda: again_with(text, previous, around),
        lambda: they_spend(text, previous),
        lambda: bounds_again(text, previous),
        lambda: coming_again(text, previous),
        lambda: _elliptical(text, previous, around),
        lambda: None if previous else bare.read(text, around) or vague.read(text, around),
        lambda: carried(two_figures.read(text, around), text, previous),
        lambda: not_one_figure(f" {text.lower()} "),
        lambda: carried(_topic_pointed(text, previous, around), text, previous),
        lambda: Plan(text=boundaries.WHY, unread=True) if boundaries.asks_why(text.lower()) else None,
        lambda: carried(product_question(text), text, previous),
        lambda: _choice(text, previous, around),
        lambda: carried(conditions(text, around), text, previous),
        lambda: _bounds(text),
        lambda: exclusion.read(text),
        lambda: _continuation(text, previous, around),
        lambda: carried(read_intent(text, around), text, previous),
    )
    for step in steps:
        found = step()
        if found is not None:
            return found
    return Plan(text=boundaries.NOT_UNDERSTOOD, unread=True)


def _leaning(decided: Plan | None) -> Plan | None:
    """The plan of a reader that only knows questions about the answer before."""
    return decided if decided is None else replace(decided, leans=True)


def _pointed(decided: Plan | None, previous: tuple[Call, ...]) -> Plan | None:
    """The plan with the product that “it” or “the second one” means; a sentence where none or several are meant."""
    if decided is None:
        return None
    calls = []
    for name, args in decided.calls:
        filled = dict(args)
        lines = [dict(line) for line in args.get("lines", ())]
        for holder in (filled, *lines):
            said = str(holder.get("product", ""))
            if _NO_NAME.fullmatch(said.lower()):
                return Plan(text=_NO_PRODUCT)
            if said and POINTING.fullmatch(said.lower()):
                product = product_pointed_at(said.lower(), previous)
                if product is None:
                    return Plan(text=_NO_PRODUCT)
                holder["product"] = product
        calls.append((name, {**filled, **({"lines": lines} if lines else {})}))
    return replace(decided, calls=tuple(calls))


def _elliptical(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    """The rest of the question before: by that one's tool where it can say it, else a topic with what is unsaid."""
    if not previous or not is_elliptical(text):
        return None
    found = _topic(text, around)
    if found is None or not found.calls:
        calls = continue_thread(text, previous, around)
        return Plan(tuple(calls)) if calls and found is not None else found
    return with_the_unsaid(found, previous, text)


_POINTED = re.compile(
    r"\b(?P<before>(?:re-?order|restock|replenish|stock|sales|cover|price|of|for|about|is|are|will|did"
    "|does)) (?P<pointer>(?:the )?(?:first|second|third|fourth|fifth|last|top) (?:one|product|item)|it(?= (?:last"
    r"|sell|sold)|\W*$))\b",
    re.IGNORECASE,
)


def _topic_pointed(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    """The topic of a question in which “the first one” is put into words; without a product it is asked for."""
    found = _POINTED.search(text) if previous else None
    product = product_pointed_at(found["pointer"].lower(), previous) if found else None
    if found and product:
        text = f'{text[: found.start("pointer")]}"{product}"{text[found.end("pointer") :]}'
    elif found and re.match(r"re-?order|restock|replenish", found["before"].lower()):
        return Plan(text=_NO_PRODUCT)
    decided = _topic(text, around)
    if found and decided is not None and decided.calls and not _here_too(text, around):
        return at_the_stores_before(decided, previous)
    return decided


def _here_too(text: str, around: Surroundings) -> bool:
    """Whether the question names stores itself."""
    return take_stores(Reading.of(text), around) is not None


def _topic(text: str, around: Surroundings) -> Plan | None:
    for read in topics():
        found = read(text, around)
        if found is not None:
            return found
    return None


def _price_change(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    request = read_price_change(text, around)
    if request is None:
        return None
    if request.problem in (WHICH_PRICE, WHICH_PERCENT):
        return Plan(text=request.problem)
    if request.problem:
        # "A markdown plan for dead stock" is no price change gone wrong but a subject of its own.
        return _topic(text, around) or _bounds(text) or Plan(text=request.problem)
    args = request.args
    if request.pointer:
        product = product_pointed_at(request.pointer, previous)
        if product is None:
            return Plan(text=_NO_PRODUCT)
        if price_advice.asks_whether(text):
            return price_advice.told(request, product, None, around)
        args = dict(of_its_store("propose_price_change", {"product": product, **args}, previous[-1])[1])
    decided = tasks.prices(request) or Plan((("propose_price_change", args),))
    return replace(decided, text=_LEFT_OUT.format(left=request.left)) if request.left else decided


def _choice(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    calls = continue_thread(text, previous, around, only_choices=True)
    return Plan(tuple(calls)) if calls else None


def _bare_order(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    """An order of so many of what the answer before is about; a question which product where it is about none."""
    ordered = bare_orders.with_its_goods(text, previous)
    if ordered is None:
        return None
    return actions.read(ordered, around) if ordered else Plan(text=bare_orders.WHICH)


def _bounds(text: str) -> Plan | None:
    line = Reading.of(text).rest()
    found = boundaries.out_of_bounds(line)
    if found is None and names_the_future(line):
        sentence = (
            "That is about days to come, which I can only say of sales: “forecast next week's sales”, “how much will "
            f"we sell tomorrow at Harbor Point?”. {boundaries.CAN_DO}"
        )
        return Plan(text=sentence, unread=True)
    return found


def _continuation(text: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    own = read_intent(text, around) if previous and _COURSE.search(text) else None
    if own is not None and own.calls and all(args.get("by") in _STEPS for _, args in own.calls):
        return carried(own, text, previous)  # a course has its own days: yesterday has none
    calls = continue_thread(text, previous, around)
    hours = take_time_of_day(Reading.of(text))
    if not calls or not hours:
        return Plan(tuple(calls)) if calls else None
    if any(args.get("by") != "hour" or "product" in args or "department" in args for _, args in calls):
        return Plan(text=NO_HOURS_HERE.format(said=hours))
    return Plan(tuple(calls), IN_THE_TABLE.format(said=hours))
