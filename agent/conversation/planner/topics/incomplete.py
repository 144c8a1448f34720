"""Changes asked for with a part missing, and changes that nothing here can make: what is missing is said, by name.

Asked after the readers of complete changes, so that what reaches this module is an order to do something and not yet
one that can be filed. A question ("which", "how many", "should we") is never claimed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.prices import POINTING
from agent.conversation.planner.topics.actions import PLEASE, UNNAMED
from agent.conversation.planner.topics.incomplete_words import (
    BARE,
    CATALOGUE,
    COUNT,
    END,
    ENDED,
    LATER,
    MESSAGES,
    NO_OFFER,
    NOTHING,
    OFFER,
    ONE_STORE,
    ORDER_OUT,
    ORDERS,
    PEOPLE,
    PREPARE,
    REACHED,
    SALE,
    SEGMENT,
    SHIFT,
    TASK,
    TASK_EDIT,
    TEXTS,
    TRANSFER,
)
from agent.conversation.planner.topics.stock_words import FAST, LIST, REORDER
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

Said = re.Match[str]
_ASKS = re.compile(
    "^(?:what|which|who|whose|how|when|where|why|is|are|was|were|do|does|did|should|show|list|tell|give|any|compare"
    r"|find)\b",
    re.IGNORECASE,
)
_REPORTS = (
    r"(?!.*\b(?:reports?|summary|forecasts?|analysis|breakdown|overview|predictions?|charts?|graphs?|dashboards?"
    r"|lists?|review|lift|comparison|query|history|performance|tasks?)\b)"
)
"""Words for something to read: “run a sales report” is a question."""
_OFFERS = r"(?:promotions?|promos?|sales?|offers?|deals?|discounts?|specials?)"
_MAKE = r"(?:run|create|start|set(?: ?up)?|launch|make|add|plan|build|put on|schedule)"
_ORDERING = (
    r"(?:re-?order|order|buy|(?:create|draft|make|raise|place|prepare|generate|submit|send|start|write|new)"
    r" (?:me )?(?:an? |the |some )?(?:new )?(?:purchase )?(?:orders?|pos?)(?: (?:for|of|with))?|restock|replenish)"
)
_LOW = re.compile(
    r"\b(?:low|below|under|running (?:out|low)|out of stock|re-?order (?:point|level)|needed|everything|all|needs?"
    r"|suggest\w*|recommend\w*)\b",
    re.IGNORECASE,
)
_OF_PART = re.compile(
    r"\b(?:in|from) (?:the |our )?(?P<part>(?!stock\b|inventory\b)[a-z][a-z &-]+?)(?: (?:department|section|aisle))?$"
)
_ON_HAND = r"(?:the |our |my )?(?:stock|inventory|on[- ]hand)(?: levels?| counts?)?"
_REASON = (
    r"(?:,? (?:(?:due to|because of|because|for|after|as|from|on account of|they (?:are|were)|it (?:is|was)) "
    r")?(?:an? )?"
    r"(?:theft|stolen|shoplift\w*|damaged?|breakage|broken|waste|wasted|spoil\w+|expir\w+|loss|missing|shrink\w*))?"
)
_GOODS = r"(?!.*\b(?:prices?|margins?|orders?|transfers?|lists?|it|that|them|this|total)\b)[^\d,;%]+"
_BEST = re.compile(r"\b(?:top|best|fast\w*)\b", re.IGNORECASE)
_MORE = re.compile(r"^(?:some |more |another |a few |us |me |stock of |the )+", re.IGNORECASE)


def read(text: str, around: Surroundings) -> Plan | None:
    """What is missing in a sentence that asks for a change, or why it cannot be made; None for every other."""
    said = PLEASE.sub("", tidy(text).rstrip(" ?.!")).strip()
    if _ASKS.match(said):
        return None
    for pattern, make in _FORMS:
        found = pattern.fullmatch(said)
        if found is not None and (made := make(found, around)) is not None:
            return made
    return None


def _says(sentence: str) -> Callable[[Said, Surroundings], Plan | None]:
    def make(found: Said, around: Surroundings) -> Plan | None:  # noqa: ARG001  all are called alike
        return Plan(text=f"{sentence} {NOTHING}")

    return make


def _no_offer(what: str) -> Callable[[Said, Surroundings], Plan | None]:
    return _says(NO_OFFER.format(what=what))


def _on_sale(found: Said, around: Surroundings) -> Plan | None:
    reading = Reading.of(found["what"])
    take_stores(reading, around)
    what = reading.rest() or found["what"]
    return Plan(text=f"{SALE.format(what='oat milk' if POINTING.fullmatch(what.lower()) else what)} {NOTHING}")


def _transfer(found: Said, around: Surroundings) -> Plan | None:
    """A transfer without a number; what is moved to anything but a store is no transfer."""
    what, giver, taker = (found[name] or "" for name in ("what", "giver", "taker"))
    moved = found[0].lower().startswith(("transfer", "create", "make", "set", "start", "propose", "do", "file"))
    if taker and not moved and take_stores(Reading.of(taker), around) is None:
        return None
    goods = what and not re.fullmatch(
        r"(?:some |the |our )?(?:stock|inventory|goods|items|products|units|it|them)", what
    )
    missing = [
        "how many pieces",
        *([] if goods else ["of which product"]),
        *([] if giver else ["from which store"]),
        *([] if taker else ["to which store"]),
    ]
    said = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else missing[0]
    return Plan(text=f"{TRANSFER.format(missing=said)} {NOTHING}")


def _order(found: Said, around: Surroundings) -> Plan | None:
    """An order without a number: what should be ordered is looked up, and what the order lacks is said."""
    args: dict[str, Any]
    if days := found["days"]:
        store = take_stores(Reading.of(found["what"]), around)
        args = {"within": int(days), **({"stores": store} if store else {})}
        return Plan((("stockout_risk", args),), f"{ORDERS} {NOTHING}")
    words = _MORE.sub("", found["what"].strip())
    reading = Reading.of(words)
    store = take_stores(reading, around)
    args = {"stores": store} if store else {}
    rest = reading.rest()
    call: tuple[str, Mapping[str, Any]]
    if _BEST.search(rest):
        limit = take_limit(reading)
        call = (FAST, {**args, **({"limit": limit} if limit else {})})
    elif _LOW.search(rest) or rest in ("", "stock", "inventory", "items", "products"):
        part = _OF_PART.search(rest)
        call = (LIST, {**args, **({"department": part["part"]} if part else {})})
    else:
        where = words.lower().find(rest)
        name = (words[where : where + len(rest)] if where >= 0 else rest).strip('"')
        kind = names_a_family(name) or rest in {one.lower() for one in around.departments}
        call = (LIST, {"department": name, **args}) if kind else (REORDER, {"product": name, **args})
    return Plan((call,), f"{ORDERS} {NOTHING}")


def _of_stock(found: Said, around: Surroundings) -> Plan | None:  # noqa: ARG001  all are called alike
    """A bare number added to goods, or taken off them: of their stock, or of their price."""
    more = found.groupdict().get("units")
    said = f"{found[0]} to stock" if more else found[0].replace(found["n"], f"{found['n']} units", 1)
    return Plan(text=f"{BARE.format(said=said)} {NOTHING}")


def _report(found: Said, around: Surroundings) -> Plan | None:
    """Something broken is a task for somebody."""
    reading = Reading.of(found["what"])
    store = take_stores(reading, around)
    rest = re.sub(r"^(?:an? |the |that the |that )+", "", reading.rest())
    title = f"Look after: {rest}"
    return Plan((("propose_store_task", {"title": title, "type": "general", **({"store": store} if store else {})}),))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Said, Surroundings], Plan | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            (
                r"report (?P<what>(?:an? |the |that )*(?:[a-z' -]+ )?(?:broken|leak\w*|spill\w*|damaged?|fault\w*"
                r"|hazard|incident|not working|out of order|blocked|down)\b.*)"
            ),
            _report,
        ),
        (
            (
                "(?:create|add|make|assign|send|give) (?:an? |the )?tasks? (?:for|in|at|to|across) (?:all|every"
                r"|each)(?: of)?(?: the| our| my)? (?:stores?|shops?|locations?)\b.*"
            ),
            _says(ONE_STORE),
        ),
        (r"(?:cancel|change|edit|delete|update|amend) .*\b(?:purchase orders?|pos?)\b.*", _says(ORDER_OUT)),
        (
            r"(?:extend|prolong|renew|shorten) .*\b(?:promotions?|promos?|sale|offers?|deals?|discounts?)\b.*",
            _says(END),
        ),
        (
            (
                rf"{_MAKE} .*\b(?:bogo|buy[- ]one[- ]get[- ]one|buy (?:one|two|\d),? get .+|(?:two|three"
                r"|\d)[- ]for[- ](?:one|two|\$?\d)|bundles?|multi-?buy)\b.*"
            ),
            _no_offer("buy-one-get-one, bundles or multibuys"),
        ),
        (
            (
                rf"(?:{_MAKE}|generate|give me|issue) .*\b(?:discount|promo|coupon|voucher) codes?\b.*|(?:{_MAKE}"
                r"|generate|issue) .*\b(?:coupons?|vouchers?|gift cards?)\b.*"
            ),
            _no_offer("codes, coupons or vouchers"),
        ),
        (
            rf"(?:end|stop|cancel|turn off) (?:all |every |the |our |any )*(?:current |active |running )?{_OFFERS}",
            _says(END),
        ),
        (
            (
                r"(?:cancel|end|remove|revert|stop|undo|reverse) (?:the |our |that |this )?.*\b(?:mark-?downs?"
                "|price (?:changes?|cuts?))"
            ),
            _says(ENDED),
        ),
        (
            (
                "(?:schedule|plan|set up|queue) (?:an? |the |another )?(?:price (?:change|cut|increase|rise|drop)"
                r"|mark-?down)s?\b.*"
            ),
            _says(LATER),
        ),
        (
            (
                rf"{_REPORTS}(?:{_MAKE}) (?:an? |the |another |some )?(?:new )?(?:weekend |flash |clearance |holiday "
                rf"|seasonal )*{_OFFERS}(?: (?!.*\d ?(?:%|percent|off\b)).*)?"
            ),
            _says(OFFER),
        ),
        (
            rf"(?:put|place) (?P<what>(?!.*(?:\bback on sale|\d)).+?) (?:on|up for) (?:special|{_OFFERS})(?: .*)?",
            _on_sale,
        ),
        (
            r"(?:transfer|move|send|ship|shift) (?P<what>\D+?)(?: (?:over )?from (?P<giver>\D+?))? to (?P<taker>\D+)",
            _transfer,
        ),
        (
            (
                r"(?:transfer|re-?balance) (?P<what>(?!candidates?\b|ideas?\b|suggest|opportun|history|orders?\b"
                r"|between)\D+?)(?: from (?P<giver>\D+?))?(?P<taker>)"
            ),
            _transfer,
        ),
        (
            (
                "(?:create|make|set up|start|propose|do|file) (?:an? |the |another )?(?:stock |inventory "
                "|store )?transfer(?: order)?s?(?: (?:of"
                r"|for) (?P<what>\D+?))?(?: from (?P<giver>\D+?))?(?: to (?P<taker>\D+))?"
            ),
            _transfer,
        ),
        (
            (
                "(?:adjust|correct|change|update|fix|edit|set|increase|decrease|reduce) (?:the |our )?(?:stock"
                "|inventory|on[- ]hand|counts?|quantit(?:y|ies)|stock levels?|inventory levels?"
                r"|inventory counts?)(?: (?:of|for|on|at|in) \D+)?"
            ),
            _says(COUNT),
        ),
        (
            (
                r"(?:write off|throw away|receive|add stock (?:of|for)) \D+|(?:we |i )?(?:have |just )*(?:received|got"
                r"|receive) \d+ (?:cases?|boxes|packs|pallets?)\b.*"
            ),
            _says(COUNT),
        ),
        (
            (
                rf"(?:adjust|correct|change|update|fix|edit|set|increase|decrease|reduce|lower|raise|cut) {_ON_HAND}"
                rf" (?:by|to|at) [-+]?\d[\d,]*(?: ?(?:units?|pieces?|pcs|items?))?{_REASON}"
            ),
            _says(COUNT),
        ),
        (
            (
                r"(?:take|remove|deduct|subtract|add|put|write off|throw away) \d[\d,]*(?: ?(?:units?|pieces?"
                r"|pcs|items?))?"
                rf"(?: (?:off|from|out of|to|into) {_ON_HAND})?{_REASON}"
            ),
            _says(COUNT),
        ),
        (r"(?:add|put) \d+ .*\b(?:to|on) (?:the|that|this|my|our|an?) (?:purchase )?(?:order|po)", _says(ORDER_OUT)),
        (rf"(?:add|take|remove|deduct|subtract) (?P<n>\d+) (?:to|from|off) {_GOODS}", _of_stock),
        (rf"add (?P<n>\d+)(?P<units> (?:units?|pieces?|pcs)) of {_GOODS}", _of_stock),
        (
            (
                "(?:create|draft|make|raise|place|prepare|generate|start|write|submit|new)(?: me)?(?: an?"
                "| the)?(?: new)? (?:purchase )?(?:orders?|pos?)"
            ),
            _says(ORDERS),
        ),
        (r"promote (?!.+ to (?:manager|lead|supervisor|shift)).+", _says(OFFER)),
        (r"(?:clearance|clear out) (?P<what>(?!candidates|items|stock|list|report)\D+)", _on_sale),
        (r"buy (?:one|two|\d),? get .+", _no_offer("buy-one-get-one, bundles or multibuys")),
        (
            (
                rf"{_ORDERING} (?P<what>(?!(?:by|in|last|this|yesterday|today|history|lists?|suggestions?"
                "|recommendations?|points?|reports?|summary|count|value|volume|status|details?|numbers?|trends?|mix"
                r"|size|accuracy|average|totals?|fulfil\w+|online|lines?|types?|times?|of|processing|queue|pick-?up"
                r"|the (?:list|table)|these by)\b)(?:\"[^\"]+\"\D*"
                r"|\D+?(?:top \d+ .+| (?:at|for|in) [a-z]{1,3}-?\d{1,4})?|(?:everything|anything|all(?: \w+)?|items?"
                r"|products?)\b.*\b(?P<days>\d{1,2}) days?\b.*))"
            ),
            _order,
        ),
        (
            rf"{_ORDERING} \d[\d,]*(?: (?:units?|pieces?|pcs|cases?))?(?: of)? (?P<what>{UNNAMED}(?: .*)?)(?P<days>)",
            _order,
        ),
        (
            (
                "(?:put|schedule|add|roster|book) (?P<who>[A-Z]?[a-z]+) (?:on|for|in|to work) (?:on )?(?:(?:next "
                r"|this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today)\b\D*"
            ),
            _says(SHIFT),
        ),
        (
            (
                "(?:create|make|build|generate|write|plan|draft|publish) (?:me )?(?:an? |the |next week's "
                r"|this week's )*(?:staff |work |employee |team |shift )*(?:schedules?|rota|roster|shifts?)\b.*"
            ),
            _says(SHIFT),
        ),
        (
            (
                "(?:hire (?!.*rate)|fire (?!sale)|promote .+ to (?:manager|lead|supervisor|shift)|give .+ a raise"
                r"|approve .*time off|approve .*(?:timesheets?|pto|leave)|run payroll)\b.*"
            ),
            _says(PEOPLE),
        ),
        (
            (
                "(?:add|create|make|set up|upload|import) (?:an? |the |some )?(?:new )?(?:products?|items?|skus?"
                r"|variants?|menu items?|categor(?:y|ies)|modifiers?|collections?)\b.*|(?:rename|re-?categori[sz]e"
                "|duplicate|merge) .+|(?:change|update|edit|set|fix) (?:the |our )?(?:names?|titles?|descriptions?"
                "|images?|photos?|pictures?|categor(?:y|ies)|barcodes?|skus?|tax(?:es| rates?)?|vendors?|suppliers?"
                r"|tags?)\b.*|(?:hide|unpublish|publish|archive) .+ (?:from|on|in) (?:the |our )?(?:online|web|website"
                r"|shop|catalog\w*).*|(?:hide|archive|unpublish) .+"
            ),
            _says(CATALOGUE),
        ),
        (
            (
                "(?:create|add|make|set up|open|log|assign|file|new) (?:an? |the |another "
                "|some )?(?:new )?(?:store )?(?:tasks?|to-?dos?)(?: (?:for|to) (?:me|us|[A-Z][a-z]+|the (?:team|staff"
                "|store|manager)))?"
            ),
            _says(TASK),
        ),
        (
            (
                "(?:re-?assign|assign|move|change|update|edit|postpone|push|snooze|extend) (?:the |this |that "
                r"|my )?(?:\w+ )?(?:tasks?|to-?dos?)\b.*"
            ),
            _says(TASK_EDIT),
        ),
        (
            (
                r"(?:e-?mail|text|message|sms|notify|contact|send (?:an? |the )?(?:\w+ ){0,3}(?:e-?mails?|texts?"
                "|messages?|sms|offers?|coupons?|discounts?|campaigns?)(?: .*)? to|write to|reach out to) (?:.* )?"
                rf"{REACHED}\b.*|{PREPARE} (?:an? |the |our |some )?(?:\w+ )?(?:e-?mail|sms|whats ?app|telegram"
                rf"|marketing"
                r"|text|promo|win-?back|loyalty|ad|social)(?: \w+)? ?(?:campaigns?|posts?|blasts?|newsletters?"
                r"|messages?"
                rf"|ads?|flows?|texts?)\b.*|{PREPARE} (?:an? |the |our |some )?(?:\w+ )?campaigns? (?:for|to|targeting"
                rf"|aimed at) (?:\w+ ){{0,4}}?{REACHED}\b.*"
            ),
            _says(MESSAGES),
        ),
        (
            (
                "(?:create|make|build|save|set up|define) (?:an? |the )?(?:new )?(?:customer )?(?:segments?"
                r"|groups? of customers|cohorts?|audiences?|customer (?:lists?|groups?))\b.*"
            ),
            _says(SEGMENT),
        ),
        (
            (
                "(?:write|draft|create|generate|compose|rewrite) (?:me )?(?:an? |the "
                r"|some )?(?:\w+ ){0,3}?(?:descriptions?|captions?|posts?|blog(?: posts?)?|e-?mails?|newsletters?|ads?"
                r"|copy|announcements?|job ads?|letters?)\b.*"
            ),
            _says(TEXTS),
        ),
    )
)
"""Longer and more particular forms first."""
