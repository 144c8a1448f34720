"""Changes other than prices out of a sentence: stock, transfers, orders, shifts, promotions, products for sale.

Every number, product, store and person comes from the sentence; a request that leaves one out is not claimed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.topics.action_words import AWAY, HELD, HELD_TOO, HOURS, SHIFT_TIME, UNITS, WHYS
from agent.conversation.surroundings import Surroundings

Call = tuple[str, Mapping[str, Any]]

PLEASE = re.compile(
    "^(?:(?:please|can you|could you|would you|i want to|i'd like to|let's|we need to|we should|now|ok|also)[ ,]+)+"
    "|[ ,]+(?:please|thanks|thank you|immediately|right away|straight away|as soon as possible)$",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"[ ,]+(?:because|since|as) (?P<reason>.+)$", re.IGNORECASE)
_N = r"(?P<number>\d{1,6}(?:\.\d{1,3})?)"
_OF = r"(?: (?:units|pieces|pcs|cases|boxes|packs|bottles|bags))?(?: of)?(?: the| our)?"
_PACKED = re.compile(r"\d (?:cases|boxes|packs|pallets|crates)\b", re.IGNORECASE)
_BY_PIECE = frozenset({"propose_purchase_order", "propose_transfer", "propose_stock_adjustment"})
_IN_PIECES = (
    "Quantities are pieces: the number was taken as it stands. If you meant cases, say how many pieces that is."
)
_STOCK = r"(?:stock|inventory|on[- ]hand|count)"
UNNAMED = (
    r"(?:each )?(?:of )?(?:the |our |my |all )*(?:(?:top|best|fast(?:est)?)[- ]?(?:sell(?:ing|ers?)|mov(?:ing|ers?))"
    r"|top \d{1,2})(?: (?:products?|items?|skus?|goods))?"
)
"""Goods that an order means without naming them."""
_UNNAMED = re.compile(UNNAMED, re.IGNORECASE)
_MORE_IN = re.compile(r"^(?:(?:more|extra|another) )+| in$", re.IGNORECASE)
_OF_STOCK = frozenset({"propose_stock_adjustment", "propose_stock_count"})
_NO_GOODS = re.compile(
    rf"(?:the |our |my )*(?:{_STOCK}|stock levels?)|(?:as |due to |because of )?(?:damaged?|broken|stolen|theft"
    rf"|expired"
    r"|spoil(?:ed|t|age)|wasted?)",
    re.IGNORECASE,
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The proposal that a sentence asks for."""
    said = PLEASE.sub("", tidy(text).rstrip(" ?.!")).strip()
    reason = _BECAUSE.search(said)
    line = said[: reason.start()] if reason else said
    for pattern, make in _FORMS:
        found = pattern.fullmatch(line)
        if found is None:
            continue
        call = make(found, around)
        if call is None:
            continue
        name, args = call
        if name in _OF_STOCK and _NO_GOODS.fullmatch(str(args["product"])):
            continue  # “adjust stock by 3” names none
        args = {**args, **({"reason": reason["reason"]} if reason else {})}
        people = re.split(r",? and |, ", str(args.get("employee", "")))
        calls = tuple((name, {**args, "employee": one}) for one in people) if len(people) > 1 else ((name, args),)
        return Plan(calls, _IN_PIECES if name in _BY_PIECE and _PACKED.search(line) else "")
    return None


def _goods(phrase: str, around: Surroundings) -> tuple[str, dict[str, str]]:
    """The product, and the store that stands behind it."""
    reading = Reading.of(phrase)
    store = take_stores(reading, around)
    rest = reading.rest()
    if not store:
        return phrase.strip(" ,:\"'"), {}
    where = phrase.lower().find(rest)
    return (phrase[where : where + len(rest)] if where >= 0 else rest).strip(" ,:\"'"), {"store": store}


def _why(words: str, default: str) -> str:
    return next((why for pattern, why in WHYS if re.search(rf"\b(?:{pattern})\b", words.lower())), default)


def _taken_away(found: re.Match[str], around: Surroundings) -> Call | None:
    words = found.groupdict().get("words") or ""
    product, place = _goods(found["product"], around)
    if not place and (store := take_stores(Reading.of(words), around)):
        place = {"store": store}
    why = _why(f"{words} {found['verb'] if 'verb' in found.groupdict() else ''}", "waste")
    return "propose_stock_adjustment", {"product": product, "change": f"-{found['number']}", "why": why, **place}


def _added(found: re.Match[str], around: Surroundings) -> Call | None:
    product, place = _goods(f"{found['product']}{found.groupdict().get('place') or ''}", around)
    product = _MORE_IN.sub("", product)
    why = _why(found[0], "correction")
    return "propose_stock_adjustment", {"product": product, "change": found["number"], "why": why, **place}


def _taken_off(found: re.Match[str], around: Surroundings) -> Call | None:
    """So many pieces fewer, with no word why."""
    words = found["words"] or ""
    product, place = _goods(f"{found['product'] or found['held']}{words.split(',')[0]}", around)
    why = _why(words, "correction")
    return "propose_stock_adjustment", {"product": product, "change": f"-{found['number']}", "why": why, **place}


def _adjusted(found: re.Match[str], around: Surroundings) -> Call | None:
    product, place = _goods(found["product"], around)
    less = (found["sign"] or "") in ("-", "minus ", "down ") or (found.groupdict().get("less") and not found["sign"])
    sign = "-" if less else ""
    if not place and (store := take_stores(Reading.of(found["words"] or ""), around)):
        place = {"store": store}
    why = _why(found["words"] or "", "correction")
    return "propose_stock_adjustment", {"product": product, "change": f"{sign}{found['number']}", "why": why, **place}


def _counted(found: re.Match[str], around: Surroundings) -> Call | None:
    product, place = _goods(f"{found['product']}{found.groupdict().get('place') or ''}", around)
    return "propose_stock_count", {"product": product, "counted": found["number"], **place}


def _lines(phrase: str) -> list[dict[str, str]] | None:
    """``12 oat milk and 6 avocados``: each part begins with its number."""
    parts = re.split(r",? (?:and|plus|&) (?=\d)|, (?=\d)", phrase)
    found = [re.fullmatch(rf"{_N}{_OF} (?P<product>.+)", part.strip(), re.IGNORECASE) for part in parts]
    lines = [{"product": one["product"].strip(" \"'"), "quantity": one["number"]} for one in found if one is not None]
    return lines if lines and len(lines) == len(parts) else None


def _transfer(found: re.Match[str], around: Surroundings) -> Call | None:  # noqa: ARG001
    lines = _lines(found["lines"])
    if lines is None:
        return None
    giver = found.groupdict().get("giver")
    return "propose_transfer", {
        "lines": lines,
        "to_store": found["taker"].strip(),
        **({"store": giver.strip()} if giver else {}),
    }


def _order(found: re.Match[str], around: Surroundings) -> Call | None:
    words, place = _goods(found["lines"], around)
    lines = _lines(words)
    if lines is None or any(_UNNAMED.fullmatch(one["product"]) for one in lines):
        return None
    more = {name: found[name].strip() for name in ("supplier", "due") if found[name]}
    return "propose_purchase_order", {"lines": lines, **more, **place}


def _shift(found: re.Match[str], around: Surroundings) -> Call | None:
    day, place = _goods(f"{found['day']}{found['place'] or ''}", around)
    times = {name: _hour(found[name].strip()) for name in ("start", "end")}
    return "propose_shift", {"employee": found["employee"].strip(), "day": day, **times, **place}


def _hour(said: str) -> str:
    """A time of day in figures: “nine” is 9, “5 pm” stays."""
    word, _, half = said.lower().partition(" ")
    return f"{HOURS[word]} {half}".strip() if word in HOURS else said


def _publication(found: re.Match[str], around: Surroundings) -> Call | None:
    day, place = _goods(f"{found['day']}{found.groupdict().get('place') or ''}", around)
    return "propose_shift_publication", {"employee": found["employee"].strip(), "day": day, **place}


_WEEKEND = re.compile(r" (?:this|over the|for the|the|on the) (?:coming )?weekend$", re.IGNORECASE)
_AT = re.compile(r" (?:at|in) (?P<place>.+)$", re.IGNORECASE)


def _promotion(found: re.Match[str], around: Surroundings) -> Call | None:
    goods, place = _goods(found["products"], around)
    weekend = _WEEKEND.search(goods)
    goods = goods[: weekend.start()] if weekend else goods
    everything = re.fullmatch(r"everything|all|all products|the whole store|storewide", goods.lower())
    products = [part.strip() for part in re.split(r",? and |, ", goods)]
    args: dict[str, Any] = {"percent": float(found["number"])} if found["sign"] else {"amount": found["number"]}
    args |= {} if everything else {"products": products}
    said = found.groupdict()
    spans = {name: said[name].strip() for name in ("start", "until") if said.get(name)}
    # “Until Sunday at Market Street”: the store stands behind the day.
    after = None if place else _AT.search(spans.get("until", ""))
    if after is not None and (store := take_stores(Reading.of(f"at {after['place']}"), around)):
        place, spans["until"] = {"store": store}, spans["until"][: after.start()]
    if not place and said.get("place") and (store := take_stores(Reading.of(f"at {said['place']}"), around)):
        place = {"store": store}
    if found.groupdict().get("span") or weekend:
        spans = {"start": "Saturday", "until": "Sunday"}
    if place.get("store") == "all stores":
        place = {}
        args["everywhere"] = True
    return "propose_promotion", {**args, **spans, **place}


def _promotion_end(found: re.Match[str], around: Surroundings) -> Call | None:
    name, place = _goods(found["name"], around)
    return "propose_promotion_end", {"promotion": name, **place}


def _for_sale(value: bool) -> Callable[[re.Match[str], Surroundings], Call | None]:
    def make(found: re.Match[str], around: Surroundings) -> Call | None:
        product, place = _goods(found["product"], around)
        return "propose_product_change", {"product": product, "for_sale": value, **place}

    return make


_DAMAGED = (
    r"(?:damaged?|broken|smashed|stolen|expired|spoiled|spoilt|wasted|rotten|out of date|as (?:damage|waste|theft))"
)
_PRODUCT = r"(?P<product>.+?)"
_DAY = (
    "(?P<day>(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: at .+?)?|tomorrow(?: at .+?)?"
    r"|\d{1,2} [a-z]+|[a-z]+ \d{1,2}|\d{4}-\d\d-\d\d)"
)
_DUE = (
    "(?: (?:by|due|for delivery on|for) (?P<due>(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow"
    r"|the end of the \w+|\d{1,2} [a-z]+|[a-z]+ \d{1,2}(?:st|nd|rd|th)?|\d{4}-\d\d-\d\d))?"
)
_ORDER = (
    "(?:order|reorder|buy|(?:create|draft|make|raise|place|prepare) an? (?:purchase )?(?:order|po) (?:for|of)|po for)"
)
_OFFER = r"(?:promotion|promo|sale|offer|deal)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Surroundings], Call | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            (
                rf"(?:we |i )?(?P<verb>{AWAY}) {_N}{_OF} {_PRODUCT}(?:[ ,:(]+(?:they (?:are|were) |it (?:is|was) "
                rf"|all )?(?P<words>{_DAMAGED})\)?)?"
            ),
            _taken_away,
        ),
        (rf"{_N}{_OF} {_PRODUCT} (?:is|are|was|were|got|have been|has been) (?P<words>{_DAMAGED}.*)", _taken_away),
        (rf"(?:take|remove) {_N}{_OF} {_PRODUCT} (?:out of|from|off) (?:the )?{_STOCK}(?P<words>.*)", _taken_away),
        (
            (
                rf"(?:add|put) {_N}{_OF} {_PRODUCT} (?:in)?to (?:the )?{_STOCK}(?P<place> (?:at"
                "|in) [^,;]+?)?(?:[,;:] .+)?"
            ),
            _added,
        ),
        (
            (
                rf"(?:we |i )?(?:have |just |'ve )*(?:received|took in|take in|got) {_N}(?: (?:units|pieces"
                r"|pcs))?(?: of)?(?: the| our)? (?!cases?\b|boxes\b|packs\b"
                r"|pallets?\b)(?P<product>.+?)(?: in)?(?: today| this morning)?"
            ),
            _added,
        ),
        (rf"(?:add|put) {_N}{UNITS} (?:on|in)?to {HELD}(?P<place> (?:at|in) [^,;]+?)?", _added),
        (
            (
                rf"(?:take|remove|deduct|subtract) {_N}(?:{UNITS} (?:from|off) {HELD}|(?:{UNITS})? (?:from|off) "
                rf"{HELD_TOO}(?:'s)? {_STOCK})(?P<words>(?: (?:at|in) |, ).+)?"
            ),
            _taken_off,
        ),
        (
            (
                rf"(?:adjust|correct|increase|raise|(?P<less>reduce|lower|decrease)) (?:the |our )?"
                rf"(?!{_STOCK}\b){_PRODUCT}(?:'s)? {_STOCK}(?: levels?)? by "
                rf"(?P<sign>[-+]|minus |plus |down |up )?{_N}(?:{UNITS})?(?P<words>.*)"
            ),
            _adjusted,
        ),
        (rf"we (?:have )?found {_N}(?: more| extra)?{_OF} {_PRODUCT}", _added),
        (
            (
                rf"(?:adjust|correct|change|increase|raise|(?P<less>reduce|lower|decrease)) (?:the )?{_STOCK} "
                rf"(?:of|for|on) "
                rf"{_PRODUCT} by (?P<sign>[-+]|minus |plus |down |up )?{_N}(?: (?:units|pieces))?(?P<words>.*)"
            ),
            _adjusted,
        ),
        (
            (
                rf"(?:adjust|correct) (?!.*\bprices?\b){_PRODUCT} by (?P<sign>[-+]|minus |plus ){_N}(?: (?:units"
                "|pieces))?(?P<words>.*)"
            ),
            _adjusted,
        ),
        (rf"(?:we |i )?(?:have )?counted {_N}{_OF} {_PRODUCT}", _counted),
        (
            (
                rf"(?:set|correct|change|update) (?:the )?{_STOCK} (?:of|for|on) {_PRODUCT} (?:to|at) {_N}(?: (?:units"
                "|pieces))?(?P<place>(?: at| in) .+)?"
            ),
            _counted,
        ),
        (
            (
                rf"(?:set|correct|change|update|adjust) (?!(?:the |our )?{_STOCK}\b)(?:the |our )?{_PRODUCT}(?:'s)?"
                rf" {_STOCK}"
                r"(?: levels?| quantity)? (?:to|at) (?P<number>\d+)(?![.\d])(?: (?:units|pieces|pcs))?"
                r"(?P<place>(?: at| in) .+)?"
            ),
            _counted,
        ),
        (r"(?:transfer|move|send|ship) (?P<lines>\d.+?) from (?P<giver>(?!\d).+?) to (?P<taker>.+)", _transfer),
        (
            (
                "(?:transfer|move|send"
                r"|ship) (?P<lines>\d.+?) (?:over )?to (?P<taker>(?!\d).+?) from (?P<giver>(?!\d).+)"
            ),
            _transfer,
        ),
        (r"(?:transfer|move|send|ship) (?P<lines>\d.+?) (?:over )?to (?P<taker>.+)", _transfer),
        (
            (
                "(?:put in|create|make|do|start|raise|set up|request|file|book|propose|draft|add"
                "|need)(?: me)? (?:an? |the )?(?:stock |store )?transfer (?:of |for "
                r"|: ?)?(?P<lines>\d.+?) from (?P<giver>(?!\d).+?) to (?P<taker>.+)"
            ),
            _transfer,
        ),
        (rf"{_ORDER} (?P<lines>\d.+?)(?: from (?P<supplier>(?!\d).+?))?{_DUE}", _order),
        (
            (
                "(?:put|schedule|add|roster|book|plan|assign) (?:an? (?:draft )?shift for "
                r"|a shift: )?(?P<employee>(?!(?:an?|the|another|one) )[^\d]+?) (?:(?:on|for|in|to work"
                rf"|to)(?: on)? )?{_DAY}(?: shift)?,? (?:from |at )?(?P<start>{SHIFT_TIME}) ?(?:to|until|till"
                rf"|-) ?(?P<end>{SHIFT_TIME})(?P<place> (?:at|in) .+)?"
            ),
            _shift,
        ),
        (
            (
                "publish (?P<employee>[A-Za-z ]+?)(?:'s?)? (?P<day>(?:next |this )?(?:mon|tues|wednes|thurs|fri|satur"
                "|sun)day) (?:draft )?shift(?P<place> (?:at|in) .+)?"
            ),
            _publication,
        ),
        (r"publish (?P<employee>.+?)(?:'s?)? (?:draft )?shift (?:on |for |of )?(?P<day>.+)", _publication),
        (
            (
                rf"(?:run|create|start|set up|launch|make|add|plan|propose|schedule) an? (?:new )?{_OFFER}"
                r"(?: of| with)?:? [$€£]?(?P<number>\d{1,3}(?:\.\d{1,2})?) ?(?P<sign>%|percent"
                "|per cent)?(?: dollars)? off (?:on |of )?(?P<products>.+?)(?: (?:from|starting"
                "|starting on) (?P<start>.+?))?(?: (?:until|till|through|to) (?P<until>.+?))?(?P<span> (?:this"
                "|over the|for the|the) weekend)?"
            ),
            _promotion,
        ),
        (
            (
                "(?:(?:do|run|make|put|take|give|have|offer|knock|slash"
                r"|get) )?(?:an? )?(?P<number>\d{1,2}) ?(?P<sign>%|percent|per cent)(?: off| discount| "
                r"promotion| promo| sale| offer| deal)(?: on| of"
                "| for)? (?:all (?:of )?(?:the )?|everything in (?:the )?)?(?P<products>.+?)(?:(?P<span> (?:this"
                "|over the|for the|the) weekend)| from (?P<start>.+?) (?:to|until|till"
                "|through) (?P<until>.+?))(?: (?:at|in) (?P<place>.+))?"
            ),
            _promotion,
        ),
        (
            (
                rf"(?:run|create|start|set up|launch|make|add|plan|propose|schedule|put|do|give|have) "
                rf"(?:an? )?(?:new )?"
                r"(?P<money>[$€£])?(?P<number>\d{1,3}(?:\.\d{1,2})?) ?(?P<sign>%|percent"
                r"|per cent)?(?: dollars)?(?: off)?"
                rf" {_OFFER} (?:on|of|for) (?P<products>.+?)(?: (?:from|starting|starting on) (?P<start>.+?))?"
                r"(?: (?:until|till|through|to) (?P<until>.+?))?(?P<span> (?:this|over the|for the|the) weekend)?"
            ),
            _promotion,
        ),
        (
            rf"(?:end|stop|finish|switch off|turn off|kill) (?:the |our )?(?P<name>.+?) {_OFFER}(?: now)?",
            _promotion_end,
        ),
        (
            (
                rf"(?:end|stop|finish|switch off|turn off|kill) (?:the |our )?{_OFFER} (?:on|for|of) (?:the "
                "|our )?(?P<name>.+?)(?: now)?"
            ),
            _promotion_end,
        ),
        (
            (
                "(?:stop selling|delist|deactivate|discontinue|take off sale|pull(?! (?:me|up|in|out|together)\\b"
                r"|.*\b(?:yesterday|today|last|this|sales|revenue|margin|numbers?|figures?|reports?|data|list)\b)"
                ") (?:the |our )?(?P<product>.+?)(?: from sale)?"
            ),
            _for_sale(False),
        ),
        (r"take (?:the |our )?(?P<product>.+?) (?:off|out of) sale", _for_sale(False)),
        (r"(?:put|bring) (?:the |our )?(?P<product>.+?) back on sale", _for_sale(True)),
        (r"(?:reactivate|relist|start selling) (?:the |our )?(?P<product>.+?)(?: again)?", _for_sale(True)),
    )
)
