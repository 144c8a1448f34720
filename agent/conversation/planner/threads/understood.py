"""What was understood of messages that got no answer: their goods, stores and days hold for the next one.

A refusal makes no call, so nothing of its question was left for the message behind it, and that became figures of
everything. Where the next message only repeats an older answer, it is asked back instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.conversation.planner.learned import only_ordinary
from agent.conversation.planner.learned.network import taken_for
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.places import ALL_STORES, take_departments, take_stores
from agent.conversation.planner.threads.carried import holds_still, names_stores, stands_alone
from agent.conversation.planner.threads.its_goods import ALONE
from agent.conversation.planner.threads.loose_ends import OF_WHAT
from agent.conversation.planner.threads.next_message.not_given import speaks_of_all
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, FIGURES, split_of
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.spelling import mended
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_GOODS = ("product", "department")
_NAMING_GOODS = frozenset({*_GOODS, "where", "products", "with_product", "text", "lines"})
_NAMES_GROUPS = re.compile(
    r"\b(?:else|products?|items?|goods|skus?|departments?|categor\w+|brands?|stores?|shops?|sellers?|customers?"
    r"|shoppers|people|employees?|staff|labou?r|weather|targets?)\b"
)
_POINTS = re.compile(r"\b(?:on|of|for|about|in|with|from|to|sell|sold|buy|bought) (?:it|them|those|these)\b")
_IT = re.compile(r"\b(?:it|that|this)\b(?! (?:week|month|year|day|quarter|morning|weekend)\b)")
_COSTS = frozenset({"labour_cost", "labour_cost_pct", "discounts", "discount_rate", "returns", "refund_rate"})
_BEST = re.compile(r"\b(?:best|better|well|good)\b")
_BY_PEOPLE = ("employee", ["employee"])
_SALES = re.compile(r"\b(?:sales|sells?|sold|selling|revenue|takings|turnover)\b")
_SO_FAR_BACK = 3
_BY_THEN = re.compile(r"\b(?:by|until|till) (?:next |this )?\w+day\b", re.IGNORECASE)
"""When something has to be done, which are no days that were asked about."""
_FEWEST_WORDS = 4
"""What has fewer words than this is a word of thanks rather than a question."""


def with_what_was_understood(
    question: str, decided: Plan, before: Sequence[BaseMessage], previous: Sequence[Call], around: Surroundings
) -> Plan:
    """The plan kept to what the unanswered messages just before it were about, unless it says otherwise itself.

    Args:
        question: what is said now.
        decided: what is made of it.
        before: the messages before it, oldest first.
        previous: the calls that it leant on, which may be of an older answer.
        around: the stores and departments there are.
    """
    plain = mended(tidy(question)).lower()
    if not decided.calls or stands_alone(plain) or any(_is_change(name) for name, _ in decided.calls):
        return decided
    unanswered = understood(before, around)
    held = {**_of_failed(previous), **_of_answered(decided, plain, previous), **unanswered}
    goods = {key: held[key] for key in _GOODS if key in held}
    if previous and _is_other(unanswered, previous[-1]) and _repeats(decided, previous[-1], plain):
        return Plan(text=OF_WHAT)
    kept = {} if periods(Reading.of(plain)) or names_the_future(plain) else {"period": held.get("period")}
    kept |= {} if names_stores(plain) else {"stores": held.get("stores")}
    kept |= _stores_pointed_at(plain, previous) if not kept.get("stores") else {}
    calls: list[tuple[str, Mapping[str, Any]]] = []
    for name, args in decided.calls:
        taken = catalogue()[name].arguments.model_fields
        said = {key: value for key, value in kept.items() if value and key in taken}
        if "stores" in args:
            said.pop("stores", None)
        if previous and args.get("period") == previous[-1].args.get("period"):
            said.pop("period", None)
        if goods and not _NAMING_GOODS & set(args) and (_POINTS.search(plain) or not speaks_of_all(plain)):
            fitting = next((key for key in (*goods, "department") if key in taken), None)
            if fitting is None and name in FIGURES:
                return Plan(text=ALONE.format(goods=next(iter(goods.values()))))
            said |= {fitting: next(iter(goods.values()))} if fitting else {}
        calls.append((name, _of_its_figure({**args, **said}, name, plain, previous)))
    return replace(decided, calls=tuple(calls))


def understood(before: Sequence[BaseMessage], around: Surroundings) -> dict[str, str]:
    """The goods, stores and days that the last messages without an answer named, as arguments; the newest hold."""
    held: dict[str, str] = {}
    for said in _unanswered(before):
        found = _named(tidy(said), around)
        if any(key in held for key in _GOODS):
            found = {key: value for key, value in found.items() if key not in _GOODS}
        held = {**found, **held}
    return held


def _of_answered(decided: Plan, plain: str, previous: Sequence[Call]) -> dict[str, str]:
    """The goods of the answer before, for what was not read as going on about it and names no group itself."""
    last = previous[-1] if previous else None
    if last is None or last.failed or decided.leans or _NAMES_GROUPS.search(plain):
        return {}
    if any(name == last.name for name, _ in decided.calls):
        return {}  # the readers of the answer before know what they keep of it
    return {key: str(last.args[key]) for key in _GOODS if isinstance(last.args.get(key), str)}


def _stores_pointed_at(plain: str, previous: Sequence[Call]) -> dict[str, str]:
    """The stores of the answer before, where “it” is what that told of them, whatever days are named."""
    last = previous[-1] if previous else None
    points = last is not None and not last.failed and _POINTS.search(plain) and not names_stores(plain)
    return {"stores": last.args["stores"]} if last and points and isinstance(last.args.get("stores"), str) else {}


def _of_failed(previous: Sequence[Call]) -> dict[str, str]:
    """What holds of an answer that had nothing: all but what it lacked, and goods that may well be some."""
    last = previous[-1] if previous else None
    if last is None or not holds_still(last):
        return {}
    kept = {key: str(last.args[key]) for key in ("stores", "period", *_GOODS) if isinstance(last.args.get(key), str)}
    if "product" in kept and not _may_be_goods(kept["product"], last.question):
        del kept["product"]
    return kept


def _may_be_goods(said: str, question: str) -> bool:
    """Whether words that no product fits may still be the name of one: said before, or seen as one where they stand."""
    if only_ordinary(said) or said.lower() not in question.lower():
        return not only_ordinary(said)
    seen = " ".join(span.said(question) for span in taken_for(question).spans if span.argument in _GOODS)
    return not set(said.lower().split()).isdisjoint(seen.lower().split())


def _unanswered(before: Sequence[BaseMessage]) -> Iterator[str]:
    """The messages since the last call of a tool, newest first."""
    reply: BaseMessage | None = None
    turns = 0
    for message in reversed(before):
        if isinstance(message, AIMessage):
            reply = message
            if message.tool_calls:
                return
        if isinstance(message, HumanMessage) and reply is not None:
            yield str(message.text)
            reply, turns = None, turns + 1
            if turns == _SO_FAR_BACK:
                return


def _named(question: str, around: Surroundings) -> dict[str, str]:
    if len(question.split()) < _FEWEST_WORDS:
        return {}
    reading = Reading.of(question)
    found: dict[str, str] = {}
    if len(said := periods(Reading.of(_BY_THEN.sub("", question)))) == 1:
        found["period"] = said[0].phrase
    spans = [(span.argument, span.said(question)) for span in taken_for(question).spans]
    store = take_stores(reading, around) or next((_store(one, around) for name, one in spans if name == "stores"), None)
    if store and store != ALL_STORES:
        found["stores"] = store
    named = [one for one in take_departments(reading, around) if one in around.departments]
    goods = [one for name, one in spans if name in _GOODS and not only_ordinary(one)]
    inside = [one for one in goods if not any(one.lower() == other.lower() for other in named)]
    if inside:
        found["product"] = inside[0]
    elif len(named) == 1:
        found["department"] = named[0]
    return found


def _store(said: str, around: Surroundings) -> str | None:
    """The one store whose name begins so."""
    fitting = [one.name for one in around.stores if one.name.lower().startswith(said.lower())]
    return fitting[0] if len(fitting) == 1 else None


def _of_its_figure(args: Mapping[str, Any], name: str, plain: str, previous: Sequence[Call]) -> Mapping[str, Any]:
    """The arguments with the figure of the answer before, where “it” points at that and net sales were only taken."""
    last = previous[-1] if previous else None
    if last is None or last.failed or name not in FIGURES or last.name not in FIGURES:
        return args
    if args.get("by") in _BY_PEOPLE and split_of(last) == "store" and not _NAMES_GROUPS.search(plain):
        args = {**args, "by": "store"}  # “who” are the stores of the answer above
    if "where" in args:
        return args  # a part of the sales, “was it on promo”
    figures = last.args.get("metrics")
    taken = args.get("metrics") or ["net_sales"]
    if not figures or taken != ["net_sales"] or not _IT.search(plain) or _SALES.search(plain):
        return args
    if take_metrics(Reading.of(plain)):
        return args
    args = {**args, "metrics": list(figures)}
    if _COSTS.isdisjoint(figures):
        return args
    ranked = {key: value for key, value in args.items() if key != "order"}  # the best is the lowest of a cost
    return {**ranked, "order": "bottom"} if _BEST.search(plain) and name == BREAKDOWN else ranked


def _is_other(unanswered: Mapping[str, str], last: Call) -> bool:
    """Whether what was not answered was of other goods than the last answer."""
    said = next((unanswered[key].lower() for key in _GOODS if key in unanswered), None)
    return said is not None and said not in str([last.args.get(key) for key in (*_GOODS, "where")]).lower()


def _repeats(decided: Plan, last: Call, plain: str) -> bool:
    """Whether a plan took its goods from an older answer, and not from the message."""
    return any(
        args.get(key) is not None and args[key] == last.args.get(key) and str(args[key]).lower() not in plain
        for _, args in decided.calls
        for key in (*_GOODS, "where")
    )


def _is_change(name: str) -> bool:
    spec = catalogue().get(name)
    return spec is None or spec.proposes
