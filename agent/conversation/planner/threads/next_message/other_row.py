"""“And the second one?” after something about the first of a list: the same of another row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import FIND, Plan
from agent.conversation.planner.threads.next_message.pointed import goods_meant
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD

_OTHER_ROW = re.compile(
    rf"{LEAD}(?:(?:what|how) about |same for |and for |for |do )*(?P<row>(?:the )?(?:first|second|third|fourth"
    rf"|fifth)(?: (?:one|product|item))?)\W*$"
)


def of_another_row(question: str, last: Sequence[Call], shown: Sequence[Call]) -> Plan | None:
    """The call before with the product of that row in its place; None for every other message.

    Args:
        question: what is said now.
        last: the calls of the answer before.
        shown: the calls of the list that was shown before that.
    """
    found = _OTHER_ROW.match(question.lower().strip())
    if found is None or len(last) != 1 or tuple(last) == tuple(shown):
        return None
    call, product = last[0], goods_meant(found["row"], shown).get("product")
    if product is None:
        return None
    lines = call.args.get("lines")
    if isinstance(call.args.get("product"), str):
        return Plan(((call.name, {**call.args, "product": product}),))
    if call.name == FIND:
        return Plan(((FIND, {**call.args, "text": product}),))
    if isinstance(lines, list) and len(lines) == 1:
        return Plan(((call.name, {**call.args, "lines": [{**lines[0], "product": product}]}),))
    return None
