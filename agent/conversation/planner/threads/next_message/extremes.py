"""Behind the best or worst day that was asked for: where it was, why, and what the other end is.

“At which store” is of that day and not of the year that it was the best of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import BaseMessage

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.once_more.before import split_of, usual_days
from agent.conversation.planner.threads.pointing import day_asked_for
from agent.conversation.planner.threads.remembered import Call, all_turns
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.why import EXPLAIN, explanation_of
from agent.conversation.surroundings import Surroundings

_ENDS = r"(?:best|worst|highest|lowest|biggest|smallest|busiest|quietest|slowest|strongest|weakest|top|most|least)"
_ASKED = re.compile(rf"\b{_ENDS}\b")
_WHICH_PART = re.compile(
    rf"{LEAD}(?:(?:and )?(?:at|in|from|for|by) )?(?:which|what|whose) (?P<by>store|shop|location|department|dept"
    r"|category)s?(?: (?:was|is|did|had|made|sold|drove|does|has)(?: (?:it|that|this|so (?:much|little)))?"
    r"(?: (?:the )?(?:most|best|at|in|from|on|of it|that day))*)?\W*$"
    rf"|{LEAD}where(?: (?:was|did|is) (?:it|that|this)(?: happen| come from)?)?\W*$"
)
_WHAT_THEN = re.compile(
    rf"{LEAD}(?:why(?: (?:was|is|so)(?: (?:it|that|this))?(?: so)?(?: (?:good|bad|high|low|busy|slow|big|strong|weak))?"
    r"|that day)?[ ,.?]*)?(?:(?:was|is) there (?:some|any)thing(?: (?:going on|happening|special|different|on))*"
    r"|(?:was|were) (?:there )?(?:something|anything|it)(?: (?:going on|happening|special|different|up))+"
    r"|what (?:was|were|is) (?:going on|happening|special|different|up|the reason)|what happened|how come|any reason"
    r"|what (?:drove|caused|made|explains) (?:it|that))?(?: (?:that day|then|on that day|there))?\W*$"
)
_GOING_ON = re.compile(r"\bgoing on\b|\bhappening\b|\b(?:some|any)thing\b")
_OTHER_END = re.compile(
    rf"{LEAD}(?:(?:what|how) about |what(?:'s|s| is| was) |which (?:is|was|one (?:is|was)) |when was )?(?:the |our )?"
    rf"(?:very )?{_ENDS}(?: (?:one|of (?:them|all)|(?P<unit>day|week|month|hour|weekday)))?(?: then)?\W*$"
)
_WHY_OF_IT = re.compile(
    rf"{LEAD}(?:(?:no|nope|ok|hm+|huh|really|not that|yes|yeah)[?.!, ]+)*(?:so |then |but |and )*why(?: then| (?:is"
    rf"|did|was|has)"
    r" (?:it|that|that one)(?: (?:still|so|then|been|drop\w*|f[ae]ll\w*|down|up|low|high|sell\w*|go|going|gone|rise"
    r"|rose"
    r"|grow\w*|bad|bad(?:ly)?|less|more|much|then|that))*)?\W*$"
)
_SPLITS = {"shop": "store", "location": "store", "dept": "department"}
_SPANS = ("day", "week", "month", "weekday", "hour")
_SO_FAR_BACK = 4
_LOOKED_AT = frozenset({"stock_levels", "stock_cover", "shelf_prices", "price_changes", "product_location", "on_order"})
"""What is looked at of one product to find out why it moved."""


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The calls of the one day that was asked for; None for every other message and answer."""
    last = previous[-1]
    if len(previous) > 1 or last.name not in (SUMMARY, BREAKDOWN, COMPARE):
        return None
    by_day = last.args.get("by") in ("day", ["day"])
    day = day_asked_for(last) if by_day else None
    if day is None:
        going_on = not by_day and "where" not in last.args and _GOING_ON.search(plain) and _WHAT_THEN.match(plain)
        explained = explanation_of(last.name, last.args) if going_on else None
        return Plan(((EXPLAIN, explained),)) if explained else None
    of_it = {**kept(last, "stores", "department", "product", "metrics", "where"), "period": day}
    if (part := _WHICH_PART.match(plain)) is not None:
        by = part["by"] or "store"
        name = BREAKDOWN if "where" in of_it else SUMMARY
        return Plan(((name, {**of_it, "by": _SPLITS.get(by, by)}),))
    if plain.strip(" ?.!") and _WHAT_THEN.match(plain):
        explained = explanation_of(SUMMARY, of_it) if "where" not in of_it else None
        return Plan(((EXPLAIN, explained),)) if explained else None
    return None


def other_end(question: str, before: Sequence[BaseMessage]) -> Plan | None:
    """“And the worst?”: the answer that named both ends once more, also after messages about the one it was asked for.

    Args:
        question: what is said now.
        before: the messages before it, oldest first.
    """
    found = _OTHER_END.match(tidy(question).lower())
    if found is None:
        return None
    turns = all_turns(before)[:_SO_FAR_BACK]
    for place, calls in enumerate(turns):
        one = calls[0]
        if len(calls) > 1 or one.failed:
            return None
        by = one.args.get("by")
        if one.name in (SUMMARY, BREAKDOWN) and by in _SPANS and _ASKED.search(one.question.lower()):
            if found["unit"] not in (None, by):
                return None
            day = day_asked_for(one) if place else ""
            between = [call.args.get("period") for passed in turns[:place] for call in passed]
            return Plan(((one.name, dict(one.args)),)) if all(said == day for said in between) else None
    return None


def why_of_it(question: str, before: Sequence[BaseMessage]) -> Plan | None:
    """“No? then why”: why a product of a list moved, also behind its stock or price that was looked at in between.

    Args:
        question: what is said now.
        before: the messages before it, oldest first.
    """
    turns = all_turns(before)[:_SO_FAR_BACK]
    if not _WHY_OF_IT.match(tidy(question).lower()) or len(turns) < 2 or len(turns[0]) > 1:
        return None
    last = turns[0][0]
    product = last.args.get("product")
    if last.failed or last.name not in _LOOKED_AT or not isinstance(product, str):
        return None
    ranked = next((calls[0] for calls in turns[1:] if len(calls) == 1 and split_of(calls[0]) == "product"), None)
    if ranked is None or ranked.failed or ranked.name not in (TOP, BREAKDOWN):
        return None
    args = {**kept(ranked, "compare_to", "stores"), "period": usual_days(ranked), "product": product}
    return Plan(((EXPLAIN, args),))
