"""Behind goods or days: whether they ran out anywhere, which did, and whether there is enough of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.threads.next_message.kinds_of_it import goods_of
from agent.conversation.planner.threads.next_message.named import WHICH_OF_THEM
from agent.conversation.planner.threads.next_message.pointed import goods_meant, kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

OUT, HISTORY, COVER = "out_of_stock", "stockout_history", "stock_cover"
_ANYWHERE = re.compile(
    rf"{LEAD}(?:(?:do|did|have|are|is|has|were) )?(?:we |they |it |anyone |any(?:one| of (?:them|the stores)) "
    rf"|any stores? )?"
    r"(?:ever )?(?:run|ran|running|runs|been|sold|is|are)? ?out(?: of (?:it|them|any|stock|that|those))?"
    r" ?(?:anywhere|somewhere|(?:at|in) any(?: (?:store|shop|of (?:them|the stores)))?s?)?\W*$"
)
_ANY = re.compile(r"\bany|somewhere")
_WHICH = re.compile(
    rf"{LEAD}(?:which|what)(?: (?:ones?|items?|products?|goods|of (?:them|those|these)))?(?: did)? (?:ran|run"
    rf"|sold|sell|went)"
    r" out(?: of stock)?(?P<first> first| fastest| soonest)?(?: (?:most|the most|then|that day|that week))?\W*$"
)
_ENOUGH = re.compile(
    rf"{LEAD}(?:(?:do|have) (?:we|i|they) (?:have|got)? ?|is there |have we got |got )?(?:still )?(?:enough|plenty)"
    r"(?: left| in stock)? of (?P<word>it|that|this|them|those|these)(?: left| in stock| for (?:it|that|then))?\W*$"
)
NO_ORDER = "In which order they ran out is not told, only what ran out in those days."


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call such words mean; None for every other message."""
    last = previous[-1]
    if (enough := _ENOUGH.match(plain)) is not None:
        goods = goods_meant(enough["word"], previous)
        return (
            Plan(((COVER, {**goods, **kept(last, "stores")}),))
            if goods
            else Plan(text=WHICH_OF_THEM.format(word=enough["word"]))
        )
    named = [base[1] for one in previous if (base := goods_of(one)) is not None]
    if named and _ANYWHERE.match(plain) and _ANY.search(plain):
        return Plan(tuple((OUT, {"department": one}) for one in dict.fromkeys(named)))
    found = _WHICH.match(plain)
    if found is None or last.failed or last.name not in (SUMMARY, COMPARE, BREAKDOWN, TOP) or "period" not in last.args:
        return None
    goods = kept(last, "product", "department")
    args = {**kept(last, "period", "stores"), **goods}
    return Plan(((HISTORY, args),), opening=NO_ORDER if found["first"] else "")
