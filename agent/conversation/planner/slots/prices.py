"""Price changes out of a sentence: which product, by how much or to what, where, until when and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.wording.fillers import FILLERS
from agent.conversation.surroundings import Surroundings

_DOWN = r"mark(?:ing)? ?-?down|discount|reduce|cut|lower|drop|decrease|slash|knock down|bring down|clear(?: out)?"
_UP = r"raise|increase|mark(?:ing)? ?-?up|put up|bump(?: up)?|hike"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b|pct\b)"
_MONEY = (
    r"(?:\$|usd |eur |€|£)? ?(?P<price>\d+(?:[.,]\d{1,2})?)(?: ?(?:dollars|bucks|usd|each|apiece))?(?![\d%]| ?(?:%"
    "|percent|per cent|pct))"
)
_OF = r"(?:(?:the )?(?:(?:shelf|regular|sale|retail|selling) )?prices? (?:of|for|on) )?(?:the )?"
_BANDS = r"[- ](?:bands?|points?|ranges?|tiers?|brackets?)\b"
_PRODUCT = r"(?P<product>.+?)(?:'s)?(?: prices?)?"

_PATTERNS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (rf"\b(?:{_DOWN})\s+{_OF}{_PRODUCT} by {_PERCENT}", -1),
        (rf"\b(?:{_UP})\s+{_OF}{_PRODUCT} by {_PERCENT}", 1),
        (rf"\b(?:mark|bring|take|knock|push) {_OF}{_PRODUCT} down (?:by )?{_PERCENT}", -1),
        (rf"\b(?:mark|bring|take|put|push|bump) {_OF}{_PRODUCT} up (?:by )?{_PERCENT}", 1),
        (rf"\b(?:mark|bring|take|knock|push|put) {_OF}{_PRODUCT} (?:down|up) to {_MONEY}", 0),
        (rf"\b(?:{_DOWN})\s+{_OF}{_PRODUCT} (?:to|at|down to) {_MONEY}", 0),
        (rf"\b(?:{_UP})\s+{_OF}{_PRODUCT} (?:to|at|up to) {_MONEY}", 0),
        (
            (
                rf"\b(?:take|knock|give|put|offer|do|run|make it|want|apply|get) (?:an? |another )?{_PERCENT} (?:off"
                rf"|discount on|markdown on|reduction on)(?: of)? {_OF}{_PRODUCT}$"
            ),
            -1,
        ),
        (
            (
                rf"\b(?:apply|put|run|set|make|do|propose|create|start|add) (?:an? )?{_PERCENT} (?:discount|markdown"
                rf"|price cut|reduction|off)(?: on| to| for| of)? {_OF}{_PRODUCT}$"
            ),
            -1,
        ),
        (
            (
                rf"\b(?:apply|put|set|propose|make) (?:an? )?{_PERCENT} (?:increase|price increase|markup|rise)(?: on"
                rf"| to| for)? {_OF}{_PRODUCT}$"
            ),
            1,
        ),
        (rf"\b(?:{_DOWN})\s+{_OF}{_PRODUCT} {_PERCENT}", -1),
        (rf"\b(?:{_UP})\s+{_OF}{_PRODUCT} {_PERCENT}", 1),
        (
            (
                rf"\b(?:put|place) (?:all )?{_OF}{_PRODUCT} (?:on sale |on offer |on promotion )?(?:at|for|with|on)"
                rf" (?:an? )?{_PERCENT}(?: off| discount)?"
            ),
            -1,
        ),
        (rf"\b(?:put|place) {_OF}{_PRODUCT} on (?:sale|offer|promotion) (?:at|for|to) {_MONEY}", 0),
        (rf"\b(?:set|change|make|put|update|move|adjust) {_OF}{_PRODUCT} (?:to|at|cost) {_MONEY}", 0),
        (rf"\b(?:price(?!{_BANDS})|reprice|sell) {_OF}{_PRODUCT} (?:at|to|for) {_MONEY}", 0),
        (rf"^\W*{_PERCENT} off {_OF}{_PRODUCT}$", -1),
        (rf"\b(?:i want|i'd like|can we have|let's have|need) {_OF}{_PRODUCT} (?:at|for) {_MONEY}", 0),
    )
)
_CENTS = re.compile(r"\b(?P<lead>at|to|for|cost) (?P<cents>\d{1,2}) ?(?:cents?\b|¢)", re.IGNORECASE)
_BY_MONEY = re.compile(
    rf"\b(?:{_DOWN}|{_UP})\b.+ by (?:\$|€|£) ?\d|\b(?:\$|€|£) ?\d+(?:\.\d+)? off\b|\b(?:{_DOWN}"
    rf"|{_UP})\b .+ \d+ (?:cents|dollars|bucks)$|\bby \d+(?:\.\d+)? (?:cents|dollars)\b|\b\d+ ?(?:c|cents?|¢) off\b"
    r"|^\W*(?:please )?(?:put|mark|move|bring|take|push|nudge|knock|bump|raise|lower|drop) .+ (?:up"
    r"|down) (?:by )?(?:[$€£] ?\d[\d.]*|\d+(?:\.\d+)? ?(?:cents?|¢|c|dollars?|bucks?))\b"
)
_SPAN_OF_PERCENT = re.compile(
    r"(?:\bbetween )?(?<![\w.$])\d+(?:\.\d+)? ?(?:%|percent|per cent)? ?(?:-|to|or|and) ?(?P<to>\d+(?:\.\d+)?)"
    r" ?(?:%|percent\b|per cent\b|pct\b)"
)
"""“15-20 %”, “10 to 15 per cent”: no one price comes of it."""
_NO_GOODS = re.compile(
    r"(?:of |rate )*(?:above|over|below|under|up to|at least|at most|more than|less than|about|around)"
    r"|(?:the |our |my )*(?:stock|inventory|on[- ]hand)(?: levels?| counts?)?(?: by)?"
)
"""A bound (“a discount above 40 %”), or stock without goods: no price is changed."""
_STOCK_OF = re.compile(
    r"\b(?:stock|inventory|on[- ]hand)(?: levels?| counts?| quantity)? (?:to|at) \d+(?![.\d])"
    r"(?! ?(?:cents?|dollars?|%))"
)
"""“Update the wreath stock to 10 units”: a count, and no price; “chicken stock to 2.99” is one."""
_WANTS_CHANGE = re.compile(
    rf"\b(?:mark(?:ing)? ?-?(?:down|up)|(?:{_DOWN}|{_UP}|set|change|update|adjust)\s+(?:the |its "
    rf"|our )?(?:\w+ ){{0,5}}?prices?)\b|\b(?:propose|make|do) (?:a |another )?(?:price change|markdown|price cut"
    r"|discount)\b|^\s*(?:please )?(?:discount|reprice|reduce|slash) (?!rate|%|report)\w+"
)
_UNTIL = re.compile(
    r"\b(?:until|till|'til|til|through|thru|ending|up to and including|valid until"
    r"|expiring) (?P<until>(?:the )?(?:end of )?(?:the )?[\w/,-]+(?: [\w/,-]+){0,3}?)(?=\s*(?:$|,|;|\.|because\b"
    r"|as (?:it|they|we)\b|since\b|at\b|in\b|for\b|by \d|so\b|and\b|to clear\b|due to\b))"
)
_FOR_SPAN = re.compile(
    r"\bfor (?P<until>the weekend|the rest of the (?:week|month)|today(?: only)?|this week|the week)\b"
    r"|\b(?P<today>today only|just for today|only today)\b"
)
_SPANS = {
    "the weekend": "Sunday",
    "the rest of the week": "end of the week",
    "the rest of the month": "end of the month",
    "this week": "end of the week",
    "the week": "end of the week",
}
_REASON = re.compile(
    r"(?:,? ?\b(?:because(?: of)?|due to|reason ?:?(?: is)?|as (?=it|they|we)|since (?=it|they|we)|so (?=it|they|we"
    r"|that))\s*)(?P<reason>.+)$|\b(?P<purpose>to clear .+|to shift .+|to move .+)$"
)
_AT_STORE = re.compile(
    r" (?:at|in) (?:the |our )?(?P<name>[a-z][\w' -]*(?:street|avenue|road|point|store|shop|mall|plaza|square))$"
)
_POLITE = re.compile(
    r"^\W*(?:please |can you |could you |would you |i want to |i'd like to |let's |lets |we should |ok |okay |now "
    r"|then |and |also )+|\s*(?:please|thanks|thank you)\W*$"
)
_EMPTY = frozenset(
    {
        "off",
        "discount",
        "price",
        "prices",
        "each",
        "apiece",
        "then",
        "too",
        "also",
        "again",
        "immediately",
        "now",
        "right",
    }
)
"""Words behind a change that add nothing to it."""
POINTING = re.compile(
    "(?:its?|their|that|this|them|'?em|those|these|all of (?:them|those|these))(?: (?:one|product|item|all))?|the "
    "(?:product"
    "|item|one)|(?:the )?(?:first|second|third|fourth|fifth|last|top|1st|2nd|3rd|4th|5th)(?: (?:one|product|item))?"
    "|(?:the )?(?:worst|best|slowest|fastest|biggest|weakest|lowest|highest)(?: one| product| item)"
    r"|(?:the )?(?:number|no\.?|#) ?\d{1,2}|price"
    r"|(?:all (?:of )?)?(?:these|those)(?: (?:\d{1,3}|two|three|four|five|six|ten|twelve|few))?"
    r" (?:items?|products?|skus?|lines|ones|goods|things)"
    r"|(?:\d{1,3}|some|any|most|all|two|three|both) of (?:them|these|those)"
)


WHICH_PRICE = "I can change a price by a percentage or to a new price. Which new price should it be?"
WHICH_PERCENT = (
    "A price changes by one figure, not by a span: say which per cent it should be and for which product, for example "
    "“mark down oat milk by ten per cent until Sunday”. Nothing was filed."
)
_HOW_MUCH = (
    "I can propose that; I need one product and how much: by how many per cent, or to which new price. Say until "
    "when, if it is not for good."
)


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """A price change as it was said. ``args`` are the tool's; ``problem`` is a sentence when something is missing.

    ``pointer`` holds the words that only point at a product ("mark it down by 10 %", "the second one"), ``left`` words
    behind the change that are no part of it and that the answer names.
    """

    args: dict[str, Any]
    problem: str = ""
    pointer: str = ""
    left: str = ""


_JUDGED = re.compile(
    r"(?:\b(?:is|was|are|were|seems?|looks?|feels?)(?: not|n't)?|'s(?: not)?) (?:(?:so|too|a bit|really|pretty|very) )*"
    r"(?:ok(?:ay)?|right|wrong|good|bad|fine|great|terrible|awful|acceptable|a lot|much|high|low|crazy|off|weird)\W*$"
)
"""“Floral 30% off is not ok” says how something is; an order says what shall be."""


def read_price_change(text: str, around: Surroundings) -> PriceRequest | None:
    """The price change a sentence asks for, or None when it asks for none."""
    text = _CENTS.sub(lambda found: f"{found['lead']} 0.{int(found['cents']):02d}", text)
    reading = Reading.of(_POLITE.sub("", tidy(text)))
    if _asks_only(reading) or _JUDGED.search(reading.text):
        return None
    terms = _terms(text, reading)
    store = take_stores(reading, around)
    line = reading.rest()
    if _STOCK_OF.search(line):
        return None
    if _BY_MONEY.search(line):
        return PriceRequest({}, WHICH_PRICE)
    if (one := _SPAN_OF_PERCENT.sub(lambda found: f"{found['to']}%", line)) != line and any(
        pattern.search(one) for pattern, _ in _PATTERNS
    ):
        return PriceRequest({}, WHICH_PERCENT)
    for pattern, sign in _PATTERNS:
        match = pattern.search(line)
        if match is not None and not _NO_GOODS.fullmatch(match["product"].strip()):
            return _request(text, match, sign, store, terms)
    return PriceRequest({}, _HOW_MUCH) if _WANTS_CHANGE.search(line) else None


def _terms(text: str, reading: Reading) -> dict[str, Any]:
    """Why and until when, taken out of the reading."""
    terms: dict[str, Any] = {}
    reason = reading.take(_REASON)
    if reason:
        terms["reason"] = _original(text, (reason["reason"] or reason["purpose"]).strip(" .!?"))
    until = reading.take(_UNTIL)
    if until:
        terms["until"] = _original(text, until["until"].strip(" .,"))
    elif span := reading.take(_FOR_SPAN):
        terms["until"] = "today" if span["today"] else _SPANS.get(span["until"], "today")
    return terms


def _request(text: str, match: re.Match[str], sign: int, store: str | None, terms: dict[str, Any]) -> PriceRequest:
    product = match["product"].strip(" ,'\"")
    at = None
    if store is None and (at := _AT_STORE.search(f" {product}")) and at.start() > 0:
        product, store = product[: at.start() - 1].strip(), at["name"]
    if store is None and (at := _AT_STORE.search(match.string[match.end() :])):
        store = at["name"]
    args = dict(terms)
    if sign:
        percent = float(match["percent"]) * sign
        args["percent"] = int(percent) if percent == int(percent) else percent
    else:
        args["price"] = match["price"].replace(",", ".")
    if store:
        args["store"] = store
    left = "" if at else _left_over(match.string[match.end() :])
    if POINTING.fullmatch(product):
        return PriceRequest(args, pointer=product, left=left)
    return PriceRequest({"product": _original(text, product), **args}, left=left)


def _left_over(tail: str) -> str:
    """The words behind a change that say something and that nothing took; empty where only fillers are left."""
    words = tail.strip(" ,.;:!?-").split()
    return " ".join(words) if any(word.strip(",.;:!?") not in FILLERS | _EMPTY for word in words) else ""


def _asks_only(reading: Reading) -> bool:
    return bool(
        re.match(r"\s*(?:what|which|how|did|does|do|is|are|was|were|who|when|show|list|why|compare)\b", reading.text)
    ) and not re.match(r"\s*how about (?:we )?(?:mark|reduc|cut|lower|rais|sett)", reading.text)


def _original(text: str, lowered: str) -> str:
    """The same words in the person's own case."""
    where = tidy(text).lower().find(lowered)
    return tidy(text)[where : where + len(lowered)] if where >= 0 else lowered
