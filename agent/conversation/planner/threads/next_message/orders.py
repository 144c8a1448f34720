"""Orders in a few words next to an answer: “order 2 cases”, “order more of the first one”, “make it 24”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import FIND, Plan, together
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.bare_orders import WHICH
from agent.conversation.planner.threads.carried import of_its_store
from agent.conversation.planner.threads.next_message.pointed import THING, goods_meant, kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD, STOCK
from agent.conversation.planner.topics import actions
from agent.conversation.planner.topics.incomplete_words import NOTHING, ORDERS
from agent.conversation.surroundings import Surroundings

DUE, ORDER = "reorder_suggestions", "propose_purchase_order"
_VERB = r"(?:let's |lets |just |go ahead and )*(?P<verb>order|re-?order|buy|get|restock)(?: (?:me|us))?"
_NUMBERED = re.compile(
    rf"{LEAD}{_VERB}(?: another| like)? (?P<number>\d{{1,5}}|an?|one|two|three)(?: more)?"
    rf"(?P<unit> (?:cases?|box(?:es)?|packs?|crates?|units?|pieces?|pcs))?(?: more)?(?: of"
    rf" (?P<thing>{THING}))?(?P<rest> (?:for|from|by|at) .+?)?\W*$"
)
_MORE = re.compile(
    rf"{LEAD}{_VERB}(?: some| a few| a bit)?(?: (?:more|extra|some))(?: of (?P<thing>{THING}))?\W*$"
    rf"|{LEAD}(?:let's |lets |just )*(?:order|re-?order|restock) (?P<row>{THING})\W*$"
)
_SHOULD = re.compile(
    rf"{LEAD}(?:do|should|must) (?:we|i) (?:need to |have to )?(?:order|re-?order|buy|get|restock)"
    r"(?: (?:more|some|any|it|again|now))*\W*$"
)
_LESS = re.compile(
    rf"{LEAD}(?:{_VERB} (?:less|fewer|half(?: of (?:it|that))?|half as (?:much|many)|double)(?: of (?:it|that|them))?"
    r"|make (?:it|that) (?:less|fewer|more|half|double))(?: next time| this time)?\W*$"
)
_MAKE = re.compile(
    rf"{LEAD}(?:make|do) (?:it|that) (?P<number>\d{{1,5}})(?P<unit> (?:cases|boxes|packs|units|pieces|pcs))?\W*$"
)
_DAY = re.compile(
    rf"{LEAD}(?:(?P<due>by|due(?: by| on)?|before)|until|till|'til) (?P<day>(?:the )?(?:end of (?:the )?(?:day"
    rf"|week|month)|weekend|(?:next |this )?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight))\W*$"
)
_ARRIVES = re.compile(
    rf"{LEAD}when(?:'s| (?:will|does|do|is|are|would)) (?P<thing>{THING}|the order|my order)(?: going to)? (?:get"
    rf" here|arriv(?:e|ing)|com(?:e|ing)(?: in)?|be here"
    r"|due(?: in)?|(?:be )?delivered)\W*$"
)
COMING = "on_order"
_ORDERS = frozenset({ORDER, "propose_transfer"})
NOT_ORDERED_YET = "It is only proposed so far: nothing is on its way until somebody approves it on its card."
_LATE = re.compile(
    rf"{LEAD}(?:(?:is|are) (?:anything|any|it|they|any of (?:it|them|those)|something)|(?:which|what|any|just|only)"
    r"(?: (?:ones?|of (?:it|them|those)|orders?|pos?))?(?: (?:that )?(?:are|is))?(?: the)?|what's|whats|who's|whos) "
    r"(?:running )?(?:late|overdue|delayed|behind)(?: ones?)?\W*$"
)
_SUPPLIES = frozenset({"on_order", "purchase_orders", "stock_changes", "supplier_list", "reorder_list"})
_OF_DAYS = frozenset({
    "sales_summary", "sales_breakdown", "compare_periods", "top_products", "sales_outlook", "stockout_risk",
    "days_ahead",
    "promotions_running",
})  # fmt: skip
"""Answers of days, of which another span may be asked: “until Sunday”."""
NO_CHANGE_OPEN = (
    "No change is open here that {day} could be the day of, so nothing was filed. Say it in one message: “mark"
    " down oat "
    "milk by ten per cent until Sunday”, “create a task to check the freezers by Friday”."
)
_REST = re.compile(
    rf"{LEAD}(?:let's |lets |just )*(?:order|re-?order|buy|get) (?:the )?(?:rest|others?|remaining(?: ones)?)(?:"
    rf" of (?:it|them|those))?\W*$"
)
NOT_THE_REST = f"I cannot leave out rows of a list and order the others. {ORDERS} {NOTHING}"
_AT_PRICE = re.compile(
    rf"{LEAD}(?:(?:make|change|set|put) (?:it|that|the price)(?: to| at)? |actually )[$€£]?"
    rf" ?(?P<price>\d{{1,4}}[.,]\d\d)(?P<rest> (?:at|in|for) .+?)?\W*$"
)
_AT = re.compile(rf"{LEAD}(?:try |do it |make it )?(?:at|in|for) (?P<at>[a-z][\w' ]{{2,40}}?)(?: then| instead)?\W*$")
_OF_GOODS = frozenset({FIND, "sales_summary", "first_and_last_sale", "price_changes", "top_products"})
_TELLS_PRICES = frozenset({FIND, "price_changes", "shelf_prices", "product_profitability", "price_bands"})
PRICE = "propose_price_change"
_BY_AMOUNT = re.compile(
    rf"{LEAD}(?:what (?:if|happens if) we )?(?:raise|increase|bump|lower|drop|cut|reduce|put|take|knock|mark)(?:"
    rf" up| down)? "
    rf"(?:(?P<thing>{THING})|(?:the|its|their|that|the (?:shelf|selling)) price)(?: up| down)?(?: by)? (?:an? )?"
    r"(?:(?:\d{1,3}|ten|twenty|fifty|quarter|dollar) ?(?:cents?|c|¢|dollars?|bucks?)|[$€£] ?\d+(?:[.,]\d{1,2})?"
    r"|quarter|dollar|dime|nickel|buck)(?: off)?\W*$"
)
BY_AMOUNT = (
    "A change by an amount I cannot file; by per cent or to a new price I can. Which new price should it be?"
    " Nothing was "
    "filed."
)
_SPELLED = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3"}
_PLURAL = {
    "case": " cases",
    "box": " boxes",
    "pack": " packs",
    "crate": " crates",
    "unit": " units",
    "piece": " pieces",
}
_WHAT_THEN = re.compile(
    rf"{LEAD}what (?:would|will) (?:the|its|our|that) (?:margin|profit|sales|new price|price) (?:be|become)(?:"
    rf" then)?\W*$"
    r"|^\W*(?:and )?what (?:would|will) (?:it|that) (?:do|mean|bring|cost)(?: us| to (?:the )?(?:margin|sales"
    r"|profit))?\W*$"
)
NOT_WORKED_OUT = "What the new price would do to margin or sales I do not work out here."
HOW_MANY = f"I do not choose how much to order. {ORDERS} {NOTHING}"
NONE_OPEN = f"No change is open here that I could make {{number}}. {NOTHING} {ORDERS}"


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The order such words mean, or what is lacking for one; None for every other message."""
    last = previous[-1]
    if last.name.startswith("propose_"):
        return None  # how an order that was just filed is changed is another matter
    if (price := _AT_PRICE.match(plain)) is not None:
        return _priced(price, previous, around)
    if (priced := _by_an_amount(plain, previous, around)) is not None:
        return priced
    if (found := _NUMBERED.match(plain)) is not None:
        return _ordered(found["number"], found["unit"], found["thing"], found["rest"] or "", previous, around)
    if _SHOULD.match(plain):
        return _more(None, previous) if goods_meant(None, previous) else None
    if (more := _MORE.match(plain)) is not None:
        return _more(more["thing"] or more["row"], previous)
    if _REST.match(plain):
        return Plan(text=NOT_THE_REST)
    if _LESS.match(plain):
        goods = goods_meant(None, previous)
        due = ((DUE, {**goods, **kept(last, "stores")}),) if "product" in goods else ()
        return Plan(due, HOW_MANY)
    made = _MAKE.match(plain)
    return _ordered(made["number"], made["unit"], None, "", previous, around) if made else None


def without_a_change(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """What is said to a number or a day for a change where none is open; None for every other message."""
    last = previous[-1]
    refused = last.failed and not last.document.get("options")
    if last.name.startswith("propose_") and refused and (again := _at_another(plain, last, around)) is not None:
        return again
    if last.name == PRICE and _WHAT_THEN.match(plain):
        return Plan(text=NOT_WORKED_OUT)
    coming = _ARRIVES.match(plain)
    if coming is not None and last.name in _ORDERS:
        return Plan(text=NOT_ORDERED_YET) if not last.failed else Plan(((COMING, {}),))
    if last.name.startswith("propose_") and not (refused and _MAKE.match(plain)):
        return None
    goods = {} if last.failed or coming is None else goods_meant(coming["thing"], previous)
    if coming is not None and (last.name in STOCK | _SUPPLIES or (goods and last.name in _OF_GOODS)):
        return Plan(((COMING, goods),))
    if last.name in _SUPPLIES and _LATE.match(plain):
        return Plan(((COMING, {"overdue_only": True, **kept(last, "stores")}),))
    made = _MAKE.match(plain)
    if made is not None and (last.failed or last.name != DUE or "product" not in goods_meant(None, previous)):
        return Plan(text=NONE_OPEN.format(number=made["number"]))
    day = _DAY.match(plain)
    if day is not None and (last.failed or day["due"] or last.name not in _OF_DAYS):
        named = re.sub(r"\w+day\b", lambda found: found[0].capitalize(), day["day"])
        return Plan(text=NO_CHANGE_OPEN.format(day=named))
    return None


def _at_another(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """A change that could not be filed at its store, at the one that is named now."""
    found = _AT.match(plain)
    reading = Reading.of(f"at {found['at']}") if found else None
    store = take_stores(reading, around) if reading else None
    if reading is None or not store or store == "all stores" or reading.rest() or "store" not in last.args:
        return None
    return Plan(((last.name, {**last.args, "store": store}),))


def _priced(found: re.Match[str], previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """“Make it 2.59” behind the price of one product."""
    product = goods_meant("it", previous).get("product") if previous[-1].name in _TELLS_PRICES else None
    reading = Reading.of(found["rest"] or "")
    store = take_stores(reading, around)
    if product is None or reading.rest():
        return None
    args = {"product": product, "price": found["price"].replace(",", "."), **({"store": store} if store else {})}
    return Plan((of_its_store(PRICE, args, previous[-1]),))


def _by_an_amount(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """“Raise it by 20 cents”: its price, so that the new one can be said."""
    found = _BY_AMOUNT.match(plain)
    goods = goods_meant(found["thing"] or None, previous) if found else {}
    named = next(iter(goods.values()), None)
    if named is None or named in around.departments:
        return None
    return Plan(((FIND, {"text": named, **kept(previous[-1], "stores")}),), BY_AMOUNT)


def _ordered(
    number: str, unit: str | None, thing: str | None, rest: str, previous: Sequence[Call], around: Surroundings
) -> Plan | None:
    product = goods_meant(thing, previous).get("product")
    if product is None:
        return Plan(text=WHICH)
    many, packs = _SPELLED.get(number, number), _PLURAL.get((unit or "").strip(), unit or "")
    decided = actions.read(f"order {many}{packs} {product}{rest}", around)
    if decided is None:
        return None
    calls = tuple(of_its_store(name, args, previous[-1]) for name, args in decided.calls)
    return Plan(calls, decided.text)


def _more(thing: str | None, previous: Sequence[Call]) -> Plan | None:
    """What would be due of it, since no number was said; of a list the one that is meant is asked."""
    last, goods = previous[-1], goods_meant(thing, previous)
    if "product" in goods:
        return Plan(((DUE, {**goods, **kept(last, "stores")}),), together(f"{ORDERS} {NOTHING}"))
    if goods or re.fullmatch(r"they|them|those|these", thing or ""):
        return None  # a whole department, or all of a list
    return Plan(text=WHICH)
