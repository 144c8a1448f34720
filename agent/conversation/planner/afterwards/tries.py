"""What follows once the tools have answered: a further try where they could not, or all that they said.

A try that failed for want of data is asked of the nearest days, one that took words for goods that are none is read in
another way. No call is made twice in a turn, and after ``MOST_TRIES`` the turn is told as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage

from agent.conversation.planner.afterwards.compose import compose
from agent.conversation.planner.afterwards.nearest_days import nearest_days
from agent.conversation.planner.afterwards.other_source import told_once
from agent.conversation.planner.afterwards.two_goods import each_by_itself
from agent.conversation.planner.learned import are_no_goods, only_ordinary
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import in_its_place
from agent.conversation.planner.reading import tidy
from agent.conversation.planner.threads.carried import stands_alone
from agent.conversation.planner.threads.remembered import Call, last_calls
from agent.conversation.planner.whole import sales_of_one
from agent.conversation.surroundings import Surroundings
from tools.errors import NO_SUCH_PRODUCT
from tools.wording import listed

MOST_TRIES = 4
OPENING = "opening"
"""Where the words before the answers are kept between calls and reply: metadata outlives the repair of the calls."""
NOT_CALLED = "No product is called “{goods}”, so its stock cannot be told; by meaning these are near."
NOT_GOODS = (
    "I cannot tell what {words} means here: no product is called so, and I give no figure that leaves it out of"
    " account. Say it in one sentence: what, where and when."
)
_SUGGESTS = "Did you mean"
_GOODS = ("product", "with_product")
_LEVELS, _BY_MEANING = "stock_levels", "search_products_by_meaning"


def next_try(question: str, turn: Sequence[BaseMessage], around: Surroundings) -> Plan:
    """The calls to make after those of a turn; without calls, the answer in its text.

    Args:
        question: what was asked.
        turn: the messages from the question on, with the answers of the tools to the last calls.
        around: the stores and departments there are.
    """
    tries = [message for message in turn if isinstance(message, AIMessage) and message.tool_calls]
    calls = last_calls(turn)
    since = len(calls) - len(tries[-1].tool_calls)
    again = len(tries) < MOST_TRIES
    if again and (nearer := nearest_days(calls[since:])) is not None and not _made(nearer, tries):
        return nearer
    no_goods = any(call.document.get("reason") == NO_SUCH_PRODUCT for call in calls[since:])
    if again and no_goods and (people := sales_of_one.read(question, around, sure=False)) and not _made(people, tries):
        return people
    answer = _answer(tries, calls[:since], calls[since:])
    if not again or not all(call.document.get("reason") == NO_SUCH_PRODUCT for call in calls[since:]):
        return Plan(text=answer)
    if (each := each_by_itself(calls[since:])) is not None and not _made(each, tries):
        return each
    # Words that no reader knew were looked up as a product, and are none.
    goods = [str(value) for call in calls[since:] for name, value in call.args.items() if name in _GOODS]
    suggested = any(_SUGGESTS in str(call.document.get("error")) for call in calls[since:])
    if goods and not suggested and _are_words_of_talk(question, goods):
        answer = NOT_GOODS.format(words=listed([f"“{one}”" for one in goods]))
    instead = in_its_place(question, Plan(text=answer, unread=True), goods, around)
    if (by_meaning := _on_the_shelf(calls[since:], goods, instead)) is not None and not _made(by_meaning, tries):
        return by_meaning
    return Plan(text=answer) if _made(instead, tries) else instead


def _are_words_of_talk(question: str, goods: Sequence[str]) -> bool:
    """Whether a message that leans on others was taken to name goods that none are, as far as the network sees."""
    plain = tidy(question)
    here = all(one.lower() in plain.lower() for one in goods)
    return here and not stands_alone(plain) and are_no_goods(plain, goods)


def _on_the_shelf(failed: Sequence[Call], goods: Sequence[str], instead: Plan) -> Plan | None:
    """A look by meaning for what no product is called (“cold remedies”), unless the question is read as another."""
    if [call.name for call in failed] != [_LEVELS] or len(goods) != 1 or only_ordinary(goods[0]):
        return None
    if any(name != _LEVELS or not args.get("product") for name, args in instead.calls):
        return None
    stores = {"stores": failed[0].args["stores"]} if failed[0].args.get("stores") else {}
    return Plan(((_BY_MEANING, {"text": goods[0], **stores}),), opening=NOT_CALLED.format(goods=goods[0]))


def _answer(tries: Sequence[AIMessage], before: Sequence[Call], last: Sequence[Call]) -> str:
    """All that is to be said of a turn; where a further try had nothing either, without what makes it a near answer."""
    told = tries[:1] if len(tries) > 1 and all(call.failed for call in last) else tries
    openings = [said for message in told if (said := message.response_metadata.get(OPENING))]
    remark = "\n".join(message.text for message in tries if message.text)
    return compose(told_once(before, last) if len(tries) > 1 else last, remark, "\n".join(dict.fromkeys(openings)))


def _made(instead: Plan, tries: Sequence[AIMessage]) -> bool:
    """Whether one of the calls of a plan was made before in the turn."""
    made = [(call["name"], call["args"]) for message in tries for call in message.tool_calls]
    return any((name, dict(args)) in made for name, args in instead.calls)
