"""A question that leans on the one before: the last calls again, with what is said now put in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from agent.conversation.planner.outcome import COMPARE, COMPARE_SPLITS, FIND, STORES, TOP
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.daytime import take_time_of_day
from agent.conversation.planner.slots.goods import Goods, leftover, take_marked
from agent.conversation.planner.slots.periods import periods, take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores, take_unknown_department
from agent.conversation.planner.threads.again import again_with, as_breakdown
from agent.conversation.planner.threads.carried import long_enough, stands_alone
from agent.conversation.planner.threads.refilled import (
    USUAL_PERIODS,
    comparison_of,
    one_of_ranking,
    put_period,
    ranking_of,
)
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.words import (
    asks_for_the_bottom,
    speaks_of_sales,
    take_limit,
    take_metrics,
    take_split,
)
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

NewCalls = list[tuple[str, Mapping[str, Any]]]

_COMPARE_THAT = re.compile(
    r"\b(?:behind|ahead of|up on|down on|below|above)(?= (?:the )?(?:last|previous|yesterday|usual|norm)\b)"
    r"|\b(?:compare|compared|how does (?:that|this|it) compare|vs\.?|versus|against|how (?:does|did|is|was) (?:that"
    "|this|it) (?:look|stack up|differ)|up or down|better or worse|is (?:that|this|it) (?:up|down|good|bad|normal"
    "|better|worse|more|less|high|low)|was (?:that|this|it) (?:up|down|good|bad|normal|better|worse|more|less|high"
    r"|low))\b"
)
_COMPARE_BARE = re.compile(
    r"\W*(?:and |now |then )*(?:compared?|versus|vs\.?|against|(?:up or down|down or up)(?= (?:on|from|against|vs)\b))"
    r"(?: (?:it|that|this|them))? (?:(?:to|with|against|on|from|vs) )?(?:the )?(?:\w+ ){0,6}\w+\W*$"
)
_LEANING = re.compile(
    r"^\W*(?:and|or|but|so|also|ok(?:ay)?|now|then|same|only|just|instead|what about|how about|what if|as an?"
    "|make (?:it|that)|show (?:it|that|them|me that)|give me that|split|break|by|for|with|without|per|rank|sort|order"
    r"|top|bottom|the|in|at|on|again|repeat|sorry|no|i meant|actually|rather)\b|\b(?:that|those|it|them|these|instead"
    r"|same|again|ones?)\b"
)
_STANDALONE = re.compile(
    r"\b(?:how (?:did|are|is|was|were|much|many|have)|what (?:were|was|are|is|did|sold)|which|show me|give me|list"
    r"|tell me|compare|find|do we|top \d+ (?:products|items|sellers)|best ?sellers?|worst ?sellers?)\b"
)
_DEICTIC = re.compile(
    r"\b(?:that|those|it|them|these|instead|same|again)\b(?! (?:day|week|month|year|weekday|period|quarter|time"
    r"|date)s?\b)"
)
_ORDINALS = {
    "top": 1,
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "last": -1,
}
_ONE_OF = re.compile(r"(?:compared? (?:to|with)|which (?:store|one|ones|department|day|hour)s?\b.{0,30}$)")
_SORRY = re.compile(
    r"^\W*(?:(?:oops|sorry|no|wait|actually)\b[ ,.]*)*(?:i (?:meant?|was after|wanted)\b[ ,.]*)(?:to say |to ask )?",
    re.IGNORECASE,
)
MAX_LEANING_WORDS = 7
_KEPT_SPLITS = ("store", "day", "week", "month", "weekday")


def continue_thread(
    text: str, previous: Sequence[Call], around: Surroundings, *, only_choices: bool = False
) -> NewCalls:
    """The calls that a leaning question means; empty when it stands on its own or there is nothing to lean on."""
    if not previous:
        return []
    chosen = _answer_choice(text, previous)
    if chosen or only_choices:
        return chosen
    corrected = _SORRY.sub("", text)
    line = Reading.of(corrected)
    if corrected == text and not _leans(line):
        return []
    calls = [
        new
        for call in previous
        for one in _one_department_each(line, around)
        if (new := _again(one, call, around)) is not None
    ]
    return _without_repeats(calls)


def _one_department_each(line: Reading, around: Surroundings) -> list[Reading]:
    """The question once for each department it names, with the others blanked; itself when it names one or none."""
    named = take_departments(Reading(line.text, line.source), around)
    if len(named) < 2:
        return [line]
    each = []
    for kept in named:
        one = Reading(line.text, line.source)
        take_departments(one, replace(around, departments=tuple(name for name in named if name != kept)))
        each.append(one)
    return each


def product_pointed_at(pointer: str, previous: Sequence[Call]) -> str | None:
    """The product that "it" or "the second one" means in the last answers, if exactly one fits."""
    place = row_pointed_at(pointer)
    for call in reversed(previous):
        if place is None and "product" in call.args and not call.failed:
            return str(call.args["product"])
        rows = _product_column(call.document)
        if place is not None and rows:
            return rows[place - 1 if place > 0 else place] if abs(place) <= len(rows) else None
        if rows:
            return rows[0] if len(set(rows)) == 1 else None
    return None


def row_pointed_at(pointer: str) -> int | None:
    """Which row is pointed at, from 1; -1 for the last; None when no row is named."""
    number = re.search(r"\d{1,2}$", pointer)
    if number:
        return int(number.group(0)) or None
    return next((place for word, place in _ORDINALS.items() if re.search(rf"\b{word}\b", pointer)), None)


def _product_column(document: Mapping[str, Any]) -> list[str]:
    table = document.get("table")
    if not isinstance(table, Mapping):
        return []
    names = [str(name).split(" (")[0].lower() for name in table.get("columns", ())]
    for wanted in ("variant_id", "variant id", "product_id", "product id", "sku", "product", "name"):
        if wanted in names:
            where = names.index(wanted)
            return [str(row[where]) for row in table.get("rows", ()) if row[where] is not None]
    return []


def _answer_choice(text: str, previous: Sequence[Call]) -> NewCalls:
    """The last call with the chosen option in it, when it had asked back."""
    asked = next((call for call in reversed(previous) if call.document.get("options")), None)
    if asked is None or len(tidy(text)) > 120:
        return []
    options = [str(option) for option in asked.document["options"]]
    picked = _pick(tidy(text).lower().strip(" .!?"), options)
    if picked is None:
        return []
    lines = _chosen_in_list(asked, options, picked)
    if lines:
        return [(asked.name, {**asked.args, **lines})]
    argument = _asked_argument(asked, options)
    return [(asked.name, {**asked.args, argument: picked})]


def _chosen_in_list(call: Call, options: Sequence[str], picked: str) -> dict[str, Any]:
    """The list of goods of a call with the chosen product in the place of the phrase that was asked about."""
    sample = " ".join(options).lower()
    for name in ("lines", "products"):
        goods = call.args.get(name)
        if not isinstance(goods, list):
            continue
        said = [str(one.get("product", "")) if isinstance(one, Mapping) else str(one) for one in goods]
        fits = [fuzz.partial_ratio(phrase.lower(), sample) if phrase else 0 for phrase in said]
        best = max(range(len(said)), key=lambda index: fits[index], default=None)
        if best is None or fits[best] < 70:
            continue
        made = list(goods)
        made[best] = {**goods[best], "product": picked} if isinstance(goods[best], Mapping) else picked
        return {name: made}
    return {}


def _pick(reply: str, options: Sequence[str]) -> str | None:
    reply = re.sub(r"^(?:the |i meant? |for |at |in |sorry,? |no,? |yes,? )+", "", reply)
    exact = [option for option in options if reply == option.lower()]
    within = [option for option in options if option.lower() in reply or (len(reply) > 3 and reply in option.lower())]
    for found in (exact, within):
        if len(found) == 1:
            return found[0]
    number = re.fullmatch(r"(?:number |no\.? ?|option |#)?(\d{1,2})", reply)
    if number and 1 <= int(number.group(1)) <= len(options):
        return options[int(number.group(1)) - 1]
    word = re.fullmatch(r"(first|second|third|fourth|fifth|last)(?: one| option)?", reply)
    if word and abs(_ORDINALS[word.group(1)]) <= len(options):
        index = _ORDINALS[word.group(1)]
        return options[index - 1 if index > 0 else index]
    close = [option for option in options if len(reply) > 3 and fuzz.ratio(reply, option.lower()) >= 85]
    return close[0] if len(close) == 1 else None


def _asked_argument(call: Call, options: Sequence[str]) -> str:
    """Which argument the options are for: the one whose phrase they resemble, else the tool's likeliest."""
    sample = " ".join(options).lower()
    scored = [
        (fuzz.partial_ratio(str(value).lower(), sample), name)
        for name, value in call.args.items()
        if isinstance(value, str)
        and name in ("stores", "store", "to_store", "product", "text", "department")
        and not ("store" in name and any(value.lower() == option.lower().split(" (")[0] for option in options))
    ]
    best = max(scored, default=(0, ""))
    if best[0] >= 70:
        return best[1]
    spec = catalogue().get(call.name)
    return "store" if spec is not None and "store" in spec.arguments.model_fields else "stores"


def _leans(line: Reading) -> bool:
    """Whether the question only makes sense after another one."""
    whole = line.text.strip()
    if _DEICTIC.search(whole) and (_COMPARE_THAT.search(whole) or _LEANING.search(whole)):
        return True
    if _COMPARE_BARE.match(whole) and periods(line):
        return True
    stripped = re.sub(r"^(?:(?:and|so|ok(?:ay)?|but|also|then|now)\b[ ,]*)+", "", whole)
    if re.match(
        r"(?:what|how) about\b|same\b|only\b|just\b|instead\b|make (?:it|that)\b|again\b|repeat\b|actually\b"
        r"|i meant\b",
        stripped,
    ):
        return True
    if _STANDALONE.search(stripped):
        return bool(_ONE_OF.match(stripped)) and not periods(line)
    rest = Reading(f" {stripped} ")
    spans = len(take_periods(rest))  # “from 9 november 2026 to 15 november 2026” is one thing said
    return len(rest.text.split()) + spans <= MAX_LEANING_WORDS and not _complete(whole, stripped)


def _complete(whole: str, stripped: str) -> bool:
    """Whether a short question names what it is about: a figure and its period, two periods, or ranked products."""
    reading = Reading(f" {whole} ")
    found = take_periods(reading)
    if len(found) > 1:
        return True
    if whole != stripped:
        return False
    if found and (take_metrics(reading) or speaks_of_sales(reading)):
        return True
    return bool(re.search(r"\b(?:products|items|sellers)\b", whole))


def _again(line: Reading, call: Call, around: Surroundings) -> tuple[str, Mapping[str, Any]] | None:
    text = line.text
    if call.name in (STORES, FIND, "propose_price_change"):
        return _again_other(text, call, around)
    shown = as_breakdown(line, call)
    if call.name not in USUAL_PERIODS or shown is not None:
        return shown or again_with(line, call, around)
    reading = Reading(text, line.source)
    marked = take_marked(reading)
    hours = take_time_of_day(reading)
    comparing = bool(_COMPARE_THAT.search(text)) or bool(
        re.match(r"\W*(?:and )?(?:the |on the )?same (?:day|week|month|weekday|period)", text)
    )
    by = take_split(reading) or ("hour" if hours else None)
    said = take_periods(reading)
    limit = take_limit(reading)
    stores = take_stores(reading, around)
    metrics = list(take_metrics(reading))
    if not metrics and re.search(r"\bsales\b", reading.text):
        metrics = ["net_sales"]
    goods, stores, unclear = _part_of_range(reading, around, marked, stores, ranking=call.name == TOP)
    if unclear:
        return None
    department = None if goods is None else goods.department or goods.product
    bottom = asks_for_the_bottom(reading)
    wants_products = bool(re.search(r"\b(?:products?|items?|sellers?)\b", reading.text)) or limit is not None
    nothing = not (comparing or by or said or limit or stores or metrics or department or bottom)
    if nothing or (by and not said and _has_no(by, call, text)) or (limit and not by and _is_of_one(call)):
        return None
    period = said[0].phrase if said else None
    if comparing:
        return COMPARE, comparison_of(call, period, stores, metrics, by, goods)
    if call.name == TOP or (wants_products and call.name != COMPARE):
        one = marked.product if marked and not (by or limit) else None
        return one_of_ranking(call, period, stores, metrics, one) or ranking_of(
            call, period, stores, metrics, limit, bottom, department, by, text
        )
    args = dict(call.args)
    put_period(args, call, period)
    if stores:
        args["stores"] = stores
    if metrics:
        args["metrics"] = _joined(args.get("metrics"), metrics, text)
    if goods:
        # hours and parts do not go with a part; the categories of a department do
        kept = args.get("by") in _KEPT_SPLITS or (goods.department and args.get("by") == "category")
        args = {name: value for name, value in args.items() if name not in ("product", "department")}
        args = args if kept else {name: value for name, value in args.items() if name != "by"}
        args |= goods.args()
    if by and (call.name != COMPARE or by in COMPARE_SPLITS):
        args["by"] = by
    return call.name, args


def _part_of_range(
    reading: Reading, around: Surroundings, marked: Goods | None, stores: str | None, *, ranking: bool
) -> tuple[Goods | None, str | None, bool]:
    """The product or department a leaning question names, its store, and whether words remain that mean neither."""
    if marked:
        return marked, stores, leftover(reading, around) is not None
    named = take_departments(reading, around)
    if not named and ranking and (kind := take_unknown_department(reading, kinds=True)):
        named = [kind]
    left = leftover(reading, around, store_known=stores is not None)
    if left is None:
        return (Goods(department=named[0]) if named else None), stores, False
    if named:
        return Goods(department=named[0]), stores or left.store, left.store is None
    return left.goods, stores or left.store, bool(left.unknown)


def _is_of_one(call: Call) -> bool:
    """Whether an answer was of a single product, of which there are no worst five."""
    return call.name != TOP and re.fullmatch(r"\d+", str(call.args.get("product") or "")) is not None


def _has_no(by: str, call: Call, text: str) -> bool:
    """Whether a whole question asks for what the days of the answer before have not: yesterday has no best month."""
    return stands_alone(text) and not long_enough(str(call.args.get("period", "")), by)


def _again_other(text: str, call: Call, around: Surroundings) -> tuple[str, Mapping[str, Any]] | None:
    stores = take_stores(Reading(text), around)
    if call.name == FIND and stores:
        return FIND, {**call.args, "stores": stores}
    return None


def _joined(before: Any, metrics: list[str], text: str) -> list[str]:
    """Words like "also" add to the metrics; anything else replaces them."""
    if before and re.search(r"\b(?:also|as well|too|add|plus|along with)\b", text):
        return list(dict.fromkeys([*before, *metrics]))
    return metrics


def _without_repeats(calls: NewCalls) -> NewCalls:
    unique: NewCalls = []
    for call in calls:
        if call not in unique:
            unique.append(call)
    return unique
