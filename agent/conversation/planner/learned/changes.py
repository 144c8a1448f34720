"""How to say a change that was asked for in words no rule reads: it is filed word by word or not at all.

What the network takes a message for is put into the plain sentence for it, with the values that stand in the message.
That sentence is offered, and filed only once somebody sends it. Where it cannot be made, an example shows the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.conversation.titles import tool_title

SAY_IT = "That sounds like a change ({title}). I file one only where I understand every word; say it like “{example}”."
MEANT = "That sounds like a change ({title}). I file one only where I understand every word: do you mean “{sentence}”?"
EXAMPLES: Mapping[str, str] = {
    "propose_count_task": "ask the team to count avocados tonight",
    "propose_customer_list": "export my at-risk customers",
    "propose_price_change": "mark oat milk down by ten per cent until Sunday",
    "propose_price_list": "mark down oat milk, butter and yogurt by ten per cent",
    "propose_product_change": "stop selling oat milk",
    "propose_promotion": "run a ten per cent off promotion on bananas this weekend",
    "propose_promotion_end": "end the autumn promotion",
    "propose_purchase_order": "order 6 oat milk",
    "propose_shift": "put Ellis on Saturday 9 to 5",
    "propose_shift_publication": "publish Ellis's shift on Saturday",
    "propose_signage": "show holiday-set on the Entrance playlist until Sunday",
    "propose_stock_adjustment": "write off 3 oat milk, damaged",
    "propose_stock_count": "we counted 6 oat milk",
    "propose_store_note": "leave a note for Maple Avenue that the cooler was repaired",
    "propose_store_task": "create a restocking task for aisle 5",
    "propose_transfer": "transfer 6 oat milk from Market Street to Harbor Point",
}
"""For each tool that files a change a sentence that the rules read."""

_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?(?:%|per ?cent\b|pct\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?<![\w.,-])|(?<=\bx))(?P<number>\d[\d,]*(?:\.\d+)?)(?![\w%])")
_DIGITS = re.compile(r"\d+")
_DENIES = re.compile(r"\b(?:do not|don'?t|never|should not|shouldn'?t)\b", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}(?::\d\d)? ?(?:am|pm)?", re.IGNORECASE)
_KEEPS_STOCK = re.compile(r"\b(?:track|stock|inventory|count)", re.IGNORECASE)
_RAISES = re.compile(r"\b(?:rais(?:e|ing)|increas(?:e|ing)|up|dearer|higher)\b", re.IGNORECASE)
_WHY = {"damage": "damaged", "waste": "waste", "theft": "stolen"}


def how_to_say(tool: str) -> str:
    """The sentence for a change that was not read word by word; empty for a tool that files none."""
    example = EXAMPLES.get(tool, "")
    return SAY_IT.format(title=tool_title(tool).lower(), example=example) if example else ""


def meant_as(tool: str, sentence: str) -> str:
    """The reply that offers a plain sentence for a change."""
    return MEANT.format(title=tool_title(tool).lower(), sentence=sentence)


def plain_sentence(tool: str, args: Mapping[str, Any], question: str) -> str:
    """The change in words that the rules read, with the values of a message; empty where one of them is missing.

    Args:
        tool: what files it.
        args: what the network found in the message.
        question: the message, for numbers that it says only once.
    """
    make = _SENTENCES.get(tool)
    said = make(args, question) if make else ""
    if not said or _DENIES.search(question):
        return ""
    place = f" at {args['store']}" if args.get("store") and tool != "propose_transfer" else ""
    until = f" until {args['until']}" if args.get("until") and tool in _WITH_END else ""
    whole = f"{said}{place}{until}"
    # A number of the message that is not in the sentence would be lost.
    return whole if set(_DIGITS.findall(question)) <= set(_DIGITS.findall(whole)) else ""


_WITH_END = frozenset({"propose_price_change", "propose_price_list", "propose_promotion"})


def _only(pattern: re.Pattern[str], question: str) -> str:
    """The only number of its kind in a message; empty where there are none or several."""
    found = [one["number"] for one in pattern.finditer(question)]
    return found[0] if len(found) == 1 else ""


def _price(args: Mapping[str, Any], question: str) -> str:
    product, price, percent = args.get("product"), args.get("price"), _only(_PERCENT, question)
    if product and percent:
        way = "raise the price of {} by {} %" if _RAISES.search(question) else "mark down {} by {} %"
        return way.format(product, percent)
    return f"change the price of {product} to {price}" if product and price else ""


def _department(args: Mapping[str, Any], question: str) -> str:
    department, percent = args.get("department"), _only(_PERCENT, question)
    return f"take {percent} % off everything in {department}" if department and percent else ""


def _promotion(args: Mapping[str, Any], question: str) -> str:
    percent, products = _only(_PERCENT, question), args.get("products") or []
    goods = " and ".join(map(str, products)) or "everything"
    start = f" from {args['start']}" if args.get("start") else ""
    return f"run a promotion: {percent} % off {goods}{start}" if percent else ""


def _adjustment(args: Mapping[str, Any], question: str) -> str:
    product, why, number = args.get("product"), str(args.get("why", "")), _only(_NUMBER, question)
    if not product or not number:
        return ""
    if why == "found":
        return f"add {number} {product} we found"
    return f"write off {number} {product}, {_WHY[why]}" if why in _WHY else ""


def _counted(args: Mapping[str, Any], question: str) -> str:
    product, number = args.get("product"), args.get("counted") or _only(_NUMBER, question)
    return f"we counted {number} {product}" if product and number else ""


def _product(args: Mapping[str, Any], question: str) -> str:
    product, back = args.get("product"), args.get("for_sale")
    if not product or _KEEPS_STOCK.search(question):
        return ""
    return f"put {product} back on sale" if back else f"stop selling {product}"


def _shift(args: Mapping[str, Any], _: str) -> str:
    who, day, start, end = (str(args.get(name) or "") for name in ("employee", "day", "start", "end"))
    timed = start != end and all(_TIME.fullmatch(one) for one in (start, end))
    return f"put {who} on {day} {start} to {end}" if who and day and timed else ""


def _publication(args: Mapping[str, Any], _: str) -> str:
    who, day = args.get("employee"), args.get("day")
    return f"publish {who}'s shift on {day}" if who and day else ""


def _ended(args: Mapping[str, Any], _: str) -> str:
    name = re.sub(r"(?i)^the | (?:promo(?:tion)?|deal|offer|special)$", "", str(args.get("promotion", "")))
    return f"end the {name} promotion" if name else ""


def _order(args: Mapping[str, Any], question: str) -> str:
    product, number = args.get("product"), _only(_NUMBER, question)
    return f"order {number} {product}" if product and number else ""


def _transfer(args: Mapping[str, Any], question: str) -> str:
    product, number, to_store = args.get("product"), _only(_NUMBER, question), args.get("to_store")
    giving = f" from {args['store']}" if args.get("store") else ""
    return f"transfer {number} {product}{giving} to {to_store}" if product and number and to_store else ""


def _to_count(args: Mapping[str, Any], _: str) -> str:
    what, due = args.get("product") or args.get("place"), args.get("due")
    return f"ask the team to count {what}{f' {due}' if due else ''}" if what else ""


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "propose_count_task": _to_count,
    "propose_price_change": _price,
    "propose_price_list": _department,
    "propose_product_change": _product,
    "propose_promotion": _promotion,
    "propose_promotion_end": _ended,
    "propose_purchase_order": _order,
    "propose_shift": _shift,
    "propose_shift_publication": _publication,
    "propose_stock_adjustment": _adjustment,
    "propose_stock_count": _counted,
    "propose_transfer": _transfer,
}
