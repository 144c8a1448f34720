"""A question as a small network trained on labelled questions takes it, where rules do not read it or misread it.

The readers of the planner know words; who says it in others was refused, and a reader that knows one of them may take
it for another question. The network has learned from some thousands of questions what people mean: it names the tool
and the words of its arguments, and the values come from the question (``filling``). What is answered so says as what it
was taken, and every room that holds a plan against its question looks at it as well. It never files anything: a change
is read word by word or not at all, and ``changes`` says how to say it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from agent.conversation.planner.kept.claimed import EXPLAIN, claimed
from agent.conversation.planner.learned.changes import EXAMPLES, how_to_say, meant_as, plain_sentence
from agent.conversation.planner.learned.filling import filled
from agent.conversation.planner.learned.left_out import excepts, left_out, untold
from agent.conversation.planner.learned.network import NONE, Taken, taken_for
from agent.conversation.planner.outcome import Plan, together, without
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused import how_to
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.unrecorded.nouns import is_asked_by_the_missing, missing
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.planner.wording.words import asks_for_the_bottom
from agent.conversation.surroundings import Surroundings
from agent.conversation.titles import tool_title
from tools.registry import catalogue
from tools.wording import listed

LEAST = 0.6
"""Below this the likeliest tool is a guess."""
_LIKELY, _QUITE_LIKELY = 0.4, 0.75
_QUITE_SURE, _SURE = 0.85, 0.95
_AGAINST_ANOTHER = 0.8
_AGAINST_A_NOUN = 0.9
"""How likely a tool has to be where the rules refuse for a noun that no source brings."""
_UNLIKELY = 0.05
_WORTH_OFFERING = 0.1
_GOODS = frozenset({"product", "with_product", "department", "text", "values"})
_NAMES = frozenset({"name", "supplier", "employee", "person", "campaign", "promotion"})
_NO_GOODS = frozenset({"sku", "upc", "plu", "item", "product"})
"""What stands before the number of a product."""
_NUMBER_OF_GOODS = re.compile(r"^(?:(?:sku|upc|plu|item|product) ?)?#?(?P<number>\d{4,})$", re.IGNORECASE)
_JOINING = frozenset({"and", "or", "of", "the", "in", "on", "for", "to", "at", "by", "vs", "a", "an", "my", "our", "s"})
_LACKS_A_PART = "Nothing was filed"
_HELD_BY_NOBODY = "not in the data I am given"
_QUOTED = re.compile(r"“[^”]*”")
_WORD = re.compile(r"[a-z]+")
_POINTS = re.compile(r"\W*(?:\w+ ){1,2}(?:it|that|them|those|these|this)\W*", re.IGNORECASE)
_OUTLOOK = "sales_outlook"
_WILL = re.compile(r"\W*(?:so |and )?will\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?s)(?:[^.?!\n]|[.?!](?=\S))*[.?!]?")
_TAKEN_AS = "I took this as: {title}."
_STRANGE = "I did not know {words} in it."
_BY_WHAT = r"\b(?:by|per|for each|across) (?:the |our |each )?(?:\w+ )?{}"
"""A group that nobody knows: the whole of it is no answer (“sales by moon phase”)."""
_SAID = {
    "by": "by {}", "compare_to": "against {}", "rank_by": "ranked by {}", "order": "{} first", "stores": "at {}",
    "department": "in {}", "over": "over {}", "under": "under {}", "at_least": "at least {}", "at_most": "at most {}",
    "over_percent": "over {} %", "under_percent": "under {} %",
    "limit": "{} of them", "top": "{} of them", "each": "each {}", "within": "within {} days", "days": "{} days",
}  # fmt: skip
"""How the value of an argument is said where the bare word would not tell."""
_OF_ONE_PRODUCT = {
    "stockout_risk": "stock_cover", "out_of_stock": "stock_cover", "overstock": "stock_cover",
    "slow_stock": "stock_cover", "phantom_stock": "stock_cover", "reorder_list": "reorder_suggestions",
}  # fmt: skip
"""Tools of the whole range, and what tells the same of a single product."""
NEARLY_THE_SAME = tuple(
    frozenset(names.split())
    for names in (
        "sales_summary sales_breakdown store_ranking top_products rates_by_group sales_rates compare_periods",
        "customer_visits customers_by_visits new_and_returning household_figures",
        "out_of_stock stockout_risk stockout_history",
        "dead_stock slow_stock overstock",
        "purchase_orders on_order",
        "attendance team_schedule",
        "peak_times peak_hours_by_store",
    )
)
"""Tools between which it matters less which one answers than whether any does."""
_UNTOLD = frozenset({"claim", "claim_percent"})
"""What stands in the question and is held against the answer."""


def learned(question: str, strange: Iterable[str], around: Surroundings, least: float = LEAST) -> Plan | None:
    """The call that a question most likely asks for, and that it was taken so; None where that is not likely enough.

    Args:
        question: in one line.
        strange: its words that nobody knew.
        around: the stores and departments there are.
        least: how likely it has to be.
    """
    taken = taken_for(question)
    tool, likely = taken.tools[0]
    if is_bare(question, around):
        return None
    sure = likely >= least or (likely >= _LIKELY and _with_its_like(taken) >= max(least, _QUITE_LIKELY))
    if not sure or not _answers(tool) or excepts(question):
        return None
    tool = _carrying_goods(taken)
    args = filled(taken, tool, question, around)
    if args is None:
        return None
    if tool == EXPLAIN:
        args |= claimed(question)
    said = _TAKEN_AS.format(title=_in_words(tool, args))
    lost = left_out((tool, args), taken.spans, question, around)
    unknown = untold(question, strange, [*lost, *args.values()], around)
    if any(re.search(_BY_WHAT.format(re.escape(one.lower())), question.lower()) for one in unknown):
        return None
    strange_said = _STRANGE.format(words=listed([f"“{one}”" for one in unknown])) if unknown else ""
    return Plan(((tool, args),), opening=together(said, without(*lost) if lost else "", strange_said))


def likeliest(question: str) -> list[str]:
    """The tools that a question may well be for, likeliest first; those that file a change are not among them."""
    return [tool for tool, likely in taken_for(question).tools if likely >= _WORTH_OFFERING and _answers(tool)]


def overruled(question: str, decided: Plan, around: Surroundings) -> bool:
    """Whether a plan of the rules takes a question for another than the network, which finds that unlikely.

    Rules know words: “margin-killing” was taken for a product, “mix shift” for a shift. Of questions held out where the
    network finds the rules' tool this unlikely, the rules were right in none. A refusal for its subject gives way to a
    likelier reading, and a call that the rules say to come only near to a sure one. Where ordinary words were taken for
    goods and the network sees none, or a name was dropped that it sees (“loyalty” of “loyalty discounts”), the tool may
    be the same. A reply that asks back stands.
    """
    if not decided.calls and (_LACKS_A_PART in decided.text or "?" in _QUOTED.sub("", decided.text)):
        return False
    if not decided.calls and not decided.unread and (is_asked_by_the_missing(question) or how_to.read(question)):
        return False
    taken = taken_for(question)
    tool, likely = taken.tools[0]
    names = {name for name, _ in decided.calls}
    if not _answers(tool) or (tool in names and not _no_goods(decided, taken)):
        return False
    if _no_goods(decided, taken) or _drops_a_name(question, decided, taken):
        return likely >= _QUITE_SURE
    if is_bare(question, around) or (names == {_OUTLOOK} and _WILL.match(question)):
        return False  # what will be is not told by days that are over
    if not names:
        enough = _AGAINST_A_NOUN if missing(question) is not None else _AGAINST_ANOTHER
        return likely >= enough and not _of_the_other_end(question, tool)
    least = _SURE if decided.opening or decided.text else _AGAINST_ANOTHER
    return likely >= least and _likely(names, taken) <= _UNLIKELY and not names & _like(tool)


def _of_the_other_end(question: str, tool: str) -> bool:
    """Whether the end of a list is asked for of which a tool knows the top only: “worst customers”."""
    return asks_for_the_bottom(Reading.of(question)) and "order" not in catalogue()[tool].arguments.model_fields


def in_its_stead(question: str, decided: Plan, taken: Plan) -> Plan:
    """A plan of the network in the place of what the rules have decided, unless it says less.

    What a rule reads, or refuses by its name, is not told without it; where a rule took words for goods it is. Behind a
    refusal the answer follows its first sentence unless the network is sure: “net profit by store” is told as gross
    margin only behind the sentence that no profit after all costs is known. That something is in no data here is told
    however sure it is.
    """
    leaves_out = bool(taken.text) or "\n" in taken.opening
    if leaves_out and not any("product" in args for _, args in decided.calls):
        return decided
    first = _SENTENCE.match(decided.text)
    sure = taken_for(question).tools[0][1] >= _SURE and _HELD_BY_NOBODY not in decided.text
    if decided.calls or not taken.calls or not first or sure:
        return taken
    return replace(taken, opening=together(first[0], taken.opening))


def is_bare(question: str, around: Surroundings) -> bool:
    """Whether a message names stores or days alone (“only Harbor Point”), or ends in what only points: “order it”."""
    if _POINTS.fullmatch(question):
        return True
    reading = Reading.of(question)
    named = bool(take_stores(reading, around)) + len(take_periods(reading))
    left = _WORD.findall(reading.text)
    return bool(named) and len(left) <= 1 and all(one in ("only", "and") or is_ordinary(one) for one in left)


def _no_goods(decided: Plan, taken: Taken) -> bool:
    """Whether a plan took ordinary words for goods where the network sees none."""
    goods = [str(args["product"]) for _, args in decided.calls if args.get("product")]
    if not goods or not all(map(no_name, goods)) or not all(_answers(name) for name, _ in decided.calls):
        return False
    return not any(span.argument in _GOODS for span in taken.spans)


def _drops_a_name(question: str, decided: Plan, taken: Taken) -> bool:
    """Whether the plan says nothing of something that the network sees named and its own tool takes."""
    takes = catalogue()[taken.tools[0][0]].arguments.model_fields
    held = str([list(args.values()) for _, args in decided.calls]).lower()
    said = [span.said(question).lower() for span in taken.spans if span.argument in _NAMES & set(takes)]
    return bool(decided.calls) and any(not any(word in held for word in _WORD.findall(one)) for one in said)


def change_meant(question: str, decided: Plan, around: Surroundings, read: Callable[[str], Plan]) -> Plan | None:
    """The reply to a change that a message is surely meant as and was not read as; None where it is none.

    It names the plain sentence for it with the values of the message, or else an example. Where the rules have said
    what is missing, that stands before it.

    Args:
        question: in one line.
        decided: what the rules made of it.
        around: the stores and departments there are.
        read: the plan of the rules for a sentence.
    """
    taken = taken_for(question)
    tool, likely = taken.tools[0]
    names = {name for name, _ in decided.calls}
    if tool not in EXAMPLES or any(catalogue()[name].proposes for name in names & set(catalogue())):
        return None
    refused = not names and not decided.unread
    least = _SURE if names else _QUITE_SURE if refused else LEAST
    if likely < least or (names and _likely(names, taken) > _UNLIKELY):
        return None
    sentence = plain_sentence(tool, _marked(taken, tool, question, around), question)
    if sentence and not _is_that_change(read(sentence), tool):
        sentence = ""
    if not sentence and (refused or likely < _QUITE_SURE):
        return None
    reply = meant_as(tool, sentence) if sentence else how_to_say(tool)
    return Plan(text=together(decided.text if refused else "", reply), offered=(sentence,) if sentence else ())


def _marked(taken: Taken, tool: str, question: str, around: Surroundings) -> Mapping[str, Any]:
    """The values of a message for a tool, also where they do not make a whole call; goods by their whole name."""
    args = filled(taken, tool, question, around)
    marked: dict[str, Any] = {span.argument: span.said(question) for span in taken.spans} if args is None else args
    goods = [one for one in taken.spans if one.argument == "product" and one.said(question).lower() not in _NO_GOODS]
    if "product" in marked and goods:
        marked["product"] = f"{goods[0].said(question)}{_rest_of_name(question[goods[0].end :])}"
    if "product" in marked:
        marked["product"] = _NUMBER_OF_GOODS.sub(r"\g<number>", str(marked["product"]))
    return marked


def _rest_of_name(after: str) -> str:
    """Words that go on with a name: “ filters” after “coffee”, up to an ordinary word or a sign."""
    words = re.match(r"(?: [a-z]+)*", after)
    rest = words.group().split() if words else []
    kept = list(itertools.takewhile(lambda word: not is_ordinary(word) and word not in _JOINING, rest))
    return "".join(f" {word}" for word in kept)


def _is_that_change(plan: Plan, tool: str) -> bool:
    return [name for name, _ in plan.calls] == [tool] and not plan.text


def are_no_goods(question: str, said: Sequence[str]) -> bool:
    """Whether words that no product fits mean no goods: they are ordinary, or the network sees no goods there."""
    if all(map(no_name, said)):
        return True
    seen = [span.said(question).lower() for span in taken_for(question).spans if span.argument in _GOODS]
    words = {word for one in seen for word in _WORD.findall(one)}
    return all(no_name(one) or words.isdisjoint(_WORD.findall(one.lower())) for one in said)


def no_name(said: str) -> bool:
    """Whether there is an ordinary word in what was taken for the name of goods."""
    return any(is_ordinary(word) for word in _WORD.findall(said.lower()))


def only_ordinary(said: str) -> bool:
    """Whether every word of what was taken for the name of goods is an ordinary one, or joins two of them."""
    return all(is_ordinary(word) or word in _JOINING for word in _WORD.findall(said.lower()))


def _with_its_like(taken: Taken) -> float:
    """How likely the likeliest tool is together with those that tell nearly the same."""
    return _likely(_like(taken.tools[0][0]), taken)


def _like(tool: str) -> Set[str]:
    """A tool and those that tell nearly the same."""
    return next((those for those in NEARLY_THE_SAME if tool in those), {tool})


def _likely(names: Set[str], taken: Taken) -> float:
    """How likely some tools are together."""
    return sum(likely for name, likely in taken.tools if name in names)


def _carrying_goods(taken: Taken) -> str:
    """The likeliest tool, or the one that tells the same of a single product where one is named."""
    tool = taken.tools[0][0]
    named = any(span.argument == "product" for span in taken.spans)
    return _OF_ONE_PRODUCT.get(tool, tool) if named else tool


def _answers(tool: str) -> bool:
    spec = catalogue().get(tool)
    return tool != NONE and spec is not None and not spec.proposes


def _in_words(tool: str, args: Mapping[str, Any]) -> str:
    """For example “Sales breakdown, by income band, net sales, last month”."""
    said = [tool_title(tool)]
    for name, value in args.items():
        if name in _UNTOLD:
            continue
        words = " and ".join(str(one) for one in value) if isinstance(value, list) else str(value)
        said.append(_SAID.get(name, "{}").format(name.replace("_", " ") if value is True else words.replace("_", " ")))
    return ", ".join(said)
