"""The conditions a product may have to meet, as people say them: figures that are high, low or beyond a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from agent.conversation.planner.reading import Reading

Condition = dict[str, Any]
PROMOTED, NOT_PROMOTED = {"promoted": True}, {"promoted": False}
_HIGH = (
    r"(?:(?:very |really |too |unusually )*(?:high(?:er|est)?|strong|good|great|big|large|healthy|best|fat|heavy"
    r"|(?<!how )much|(?<!how )many|lots of|a lot of|plenty of|above[- ]average|excessive))"
)
_LOW = (
    r"(?:(?:very |really |too |unusually |so )*(?:low(?:er|est)?|weak|poor|thin|small|bad|little|slim|few|hardly any"
    r"|below[- ]average|slow|not much|not many))"
)
_PROMOTION = r"(?:promotion|promo|offer|sale|special|deal)s?"
FIGURES: tuple[tuple[str, str], ...] = (
    ("stock_value", r"(?:stock|inventory) values?|value (?:of|in) (?:the )?(?:stock|inventory)"),
    ("days_of_stock", r"(?:days? of )?(?:stock |inventory )?cover(?:age)?|days of (?:stock|inventory|supply)"),
    ("on_hand", r"(?:stock|inventory)(?: levels?| on hand| in store)?|(?:units |pieces )?(?:on hand|in stock)"),
    ("gross_margin_pct", r"(?:gross |profit |net )?margins?(?: ?%| percent(?:age)?s?| rates?)?|profitability"),
    ("gross_margin", r"(?:gross )?profits?|margin (?:dollars|amount)"),
    ("discount_rate", r"discount(?:s|ing)?(?: rates?| %| depths?)?|mark ?downs?"),
    ("refund_rate", r"(?:return|refund)s?(?: rates?| %| percentages?)?"),
    ("growth", r"(?:sales |revenue )?growth(?: rates?)?"),
    ("average_selling_price", r"(?:average |selling |retail |unit )*prices?|price (?:points?|tags?)"),
    ("units", (r"(?:sales |unit )?volumes?|unit sales|(?:units|pieces|items)(?: sold| moved)?|quantit(?:y"
              r"|ies)(?: sold)?|(?:number of )?(?:units|pieces) sold")),
    ("net_sales", r"(?:net )?(?:sales|revenues?|turnover|takings)(?: value)?"),
)  # fmt: skip
"""Each figure and how it is called; the longer name before the shorter."""
_FIGURE = "(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in FIGURES) + ")"
_NOT_THE_NEXT = rf"(?!,? (?:{'|'.join(words for _, words in FIGURES)})\b)"
"""Of “high stock low sales” the word in the middle belongs to what follows it."""
_NUMBER = r"[$€£]? ?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<k> ?k\b)?(?P<pct> ?%| ?percent\b| ?per cent\b)?"
_NUMBER += r"(?P<money> ?(?:dollars?|bucks|euros?|usd|eur)\b)?"
_MONEY = r"(?=[$€£]|[\d,.]+ ?k? ?(?:dollars?|bucks|euros?|usd|eur)\b)"
_BOUNDS = {
    "at_least": r"(?:at least|no less than|a minimum of|min\.?)",
    "at_most": r"(?:at most|no more than|up to|a maximum of|max\.?)",
    "above": r"(?:over|above|more than|greater than|higher than|exceed(?:s|ing)?|>)",
    "below": r"(?:under|below|less than|fewer than|lower than|short of|<)",
}
_BOUND = "(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in _BOUNDS.items()) + ")"
_IN_MONEY = {"gross_margin_pct": "gross_margin", "on_hand": "stock_value", "units": "average_selling_price"}
"""What is meant where the bound of such a figure is an amount: “stock over $500” is no count of pieces."""
_SOLD = re.compile(r"\b(?:sold|moved|sales|volumes?|quantit\w+)\b")
_BE = r"(?: (?:is|are|was|were|of|at|that is|that are|levels? (?:of|are)))*"


def _high_or_low(found: re.Match[str]) -> Condition | None:
    name = _figure(found)
    high = found["high"] is not None
    if name == "on_hand" and not high:
        return {"figure": "days_of_stock", "holds": "at_most", "number": "7"}
    return {"figure": name, "holds": "high" if high else "low"}


def _bounded(found: re.Match[str]) -> Condition | None:
    name = _figure(found)
    bound = _bound_of(found)
    number = bound["number"]
    span = re.match(r" (day|week|month)s?\b", found.string[found.end() :])
    if span is not None and name == "on_hand":  # “inventory of over 10 weeks” is how long it lasts, no ten pieces
        name, number = "days_of_stock", str(int(float(number) * {"day": 1, "week": 7, "month": 30}[span[1]]))
    if found["pct"]:
        name = {"gross_margin": "gross_margin_pct"}.get(name, name)
        if name in ("net_sales", "units", "on_hand", "stock_value", "days_of_stock", "average_selling_price"):
            return None
    elif _is_money(found):
        name = "net_sales" if name == "units" and _SOLD.search(found[0]) else _IN_MONEY.get(name, name)
    return {"figure": name, "holds": bound["holds"], "number": number}


def _bound_of(found: re.Match[str]) -> Condition:
    number = found["n"].replace(",", "")
    number = str(int(float(number) * 1000)) if found["k"] else number
    return {"holds": next(bound for bound in _BOUNDS if found[bound]), "number": number}


def _bounded_value(found: re.Match[str]) -> Condition | None:
    """Money that goods on hand are worth."""
    return None if found["pct"] else {"figure": "stock_value", **_bound_of(found)}


def _is_money(found: re.Match[str]) -> bool:
    return found["money"] is not None or re.search(r"[$€£]", found[0]) is not None


def _sold(found: re.Match[str]) -> Condition:
    figure = "net_sales" if _is_money(found) else "units"
    return {"figure": figure, **_bound_of(found)}


def _figure(found: re.Match[str]) -> str:
    return next(name for name, _ in FIGURES if found[name])


def _of(figure: str, holds: str, number: str | None = None) -> Callable[[re.Match[str]], Condition]:
    made = {"figure": figure, "holds": holds, **({"number": number} if number else {})}
    return lambda _: dict(made)


_GROWS = r"(?:trending|going|moving|heading|selling) up(?:wards?)?|gaining(?: sales| ground)?|on the rise|picking up"
_RISING = r"(?:growing|rising|increasing|climbing|improving|grew|rose)"
_FALLING = r"(?:declining|falling|shrinking|dropping|decreasing|slipping|fell|dropped)"
_NOT_THEIR = r"(?! (?:in |their )?(?:gross )?(?:margins?|prices?|costs?|stock|inventory|discounts?|returns?|profits?))"
_ON_HAND = r"(?:(?<!excess )(?<!much )\b(?:stock|inventory))"
_ROWS: tuple[tuple[str, Callable[[re.Match[str]], Condition | None]], ...] = (
    ((rf"(?:{_ON_HAND} )?\b(?P<stock_value>(?:worth|valued at|(?:with )?(?:an? |total )*value|t(?:ies?|ying) up){_BE})"
      rf" {_BOUND} {_MONEY}{_NUMBER}(?: (?:of|in) (?:stock|inventory))?"), _bounded_value),
    (rf"\b(?P<stock_value>{_BOUND} {_MONEY}{_NUMBER}(?: worth)?(?: of| in) (?:stock|inventory))\b", _bounded_value),
    ((rf"(?P<stock_value>{_ON_HAND}|(?<=overstock)|(?<=stocked)|(?<=movers)|(?<=s stock)|(?<=s inventory)){_BE}"
      rf" {_BOUND} {_MONEY}{_NUMBER}"),
     _bounded_value),
    ((rf"\b(?:products?|items?|skus?|articles?|goods) (?:priced |costing |that cost )?{_BOUND} {_MONEY}{_NUMBER}"
      r"(?! (?:of|in|on)\b)"),
     lambda found: {"figure": "average_selling_price", **_bound_of(found)}),
    (rf"\b{_BOUND} {_NUMBER} (?:of |in |gross )?{_FIGURE}\b", _bounded),
    (rf"\b{_FIGURE}{_BE} {_BOUND} {_NUMBER}", _bounded),
    (rf"\b(?P<units>(?:sold|sell(?:s|ing)?|moved)) {_BOUND} {_NUMBER}(?: (?:units|pieces|times))?\b"
     .replace("(?P<units>", "(?P<sold>"), _sold),
    (rf"\b(?:grew|growing|grow|grown|up)(?: by)? {_BOUND} {_NUMBER}",
     lambda found: {"figure": "growth", "holds": next(b for b in _BOUNDS if found[b]), "number": found["n"]}),
    ((r"\b(?:of )?(?:my|our|the) top (?P<n>\d{1,4})(?: (?:best[- ])?(?:selling|sold))?(?: (?:products|items|skus"
      r"|sellers|best ?-?sellers)\b|(?= (?:are|is|have|has|were|had)\b))"),
     lambda found: {"figure": "net_sales", "holds": "top", "number": found["n"]}),
    ((rf"\b(?:not|isn't|aren't)(?: currently| now| being)? (?:on (?:a )?{_PROMOTION}|promoted"
     rf"|in (?:a |the )?promotions?)|\bwithout (?:a |any )?(?:promotion|promo|offer)s?\b|\bun-?promoted\b"),
     lambda _: dict(NOT_PROMOTED)),
    (rf"\b(?:currently |now )?(?:on (?:a )?{_PROMOTION}|promoted|in (?:a |the )?promotions?)\b(?! price)",
     lambda _: dict(PROMOTED)),
    ((r"\b(?:completely )?out[- ]of[- ]stock\b|\bsold out\b|\bstocked out\b|\bnot (?:in stock|available)\b|\boos\b"
     r"|\b(?:no|zero) (?:stock|inventory)\b|\bnothing (?:in stock|on hand|left)\b|\bunavailable\b|\bnone left\b"),
     _of("stores_out", "at_least", "1")),
    ((r"\b(?:running|run) (?:low|out)(?: (?:on|of) (?:stock|inventory))?\b|\blow (?:on|in) (?:stock|inventory)\b"
     r"|\b(?:about|going) to (?:run|sell|stock) out\b|\b(?:nearly|almost) (?:out(?: of stock)?|gone|sold out)\b"
     r"|\bshort (?:on|of) (?:stock|inventory)\b|\b(?:stock|inventory) (?:is |are )?(?:running )?(?:low|short)\b"
     rf"{_NOT_THE_NEXT}|\bnot enough (?:stock|inventory)\b"), _of("days_of_stock", "at_most", "7")),
    (r"\bover-? ?stocked\b|\bover-? ?stock\b|\btoo much (?:stock|inventory)\b|\bexcess (?:stock|inventory)\b",
     _of("days_of_stock", "above", "60")),
    ((rf"\b(?:{_GROWS}|{_RISING} (?:in )?(?:net )?(?:sales|revenue|volume|demand)|(?:sales|revenue|demand)"
     rf" (?:are |is |were )?(?:up|{_RISING})|{_RISING}{_NOT_THEIR})\b"), _of("growth", "above", "0")),
    ((rf"\b(?:(?:trending|going|heading) down(?:wards?)?|losing (?:sales|ground)|{_FALLING} (?:in )?(?:net )?(?:sales"
     rf"|revenue|volume|demand)|(?:sales|revenue|demand) (?:are |is |were )?(?:down|{_FALLING})|{_FALLING}"
     rf"{_NOT_THEIR})\b"),
     _of("growth", "below", "0")),
    ((r"\b(?:heavily|deeply|strongly|often|much|highly) (?:discounted|marked down)\b|\b(?:discounted|marked down)"
     r" (?:a lot|heavily|deeply|too much|so much|often|strongly)\b|\b(?:big|deep|heavy) discounts?\b"),
     _of("discount_rate", "high")),
    (r"\b(?:discounted|marked down)\b", _of("discount_rate", "above", "0")),
    ((r"\b(?:returned|refunded|sent back|brought back) (?:a lot|often|frequently|too often|much)\b|\b(?:often"
     r"|frequently) (?:returned|refunded)\b"), _of("refund_rate", "high")),
    (r"\b(?:losing money|lose money|loss[- ]making|sold (?:at a loss|below cost)|unprofitable|not profitable)\b",
     _of("gross_margin", "below", "0")),
    ((r"\b(?:earn(?:s|ing)?|mak(?:es?|ing)|bring(?:s|ing)?(?: in)?|yield\w*|leav(?:es?|ing)|contribut\w+)"
     r"(?: (?:us|me|in))*"
     r" (?:very |too |so |only |a )*(?:little|not much|small|poor|hardly any(?:thing)?|next to (?:nothing|no)"
     r"|barely any(?:thing)?"
     r"|almost (?:nothing|no)|peanuts|pennies|no)(?: (?:money|profits?|margins?|return)(?: dollars)?)?\b"
     r"|\b(?:(?:we|i) )?(?:don't|do not|doesn't|hardly|barely|scarcely)(?: really)? (?:earn|make)s?(?: (?:us|me))?"
     r" (?:much|a lot|any(?:thing)?)(?: (?:money|profits?|margin))?(?: (?:on|from|off)(?: (?:them|it))?(?=\W*$))?"
     ), _of("gross_margin_pct", "low")),
    (r"\b(?:very |highly |most )?profitable\b|\b(?:earn(?:s|ing)?|mak(?:es?|ing))(?: us)? (?:a lot|good money|well)\b",
     _of("gross_margin_pct", "high")),
    (r"\b(?:expensive|pricey|dear|premium[- ]priced)\b", _of("average_selling_price", "high")),
    (r"\b(?:cheap|inexpensive|low[- ]priced)\b", _of("average_selling_price", "low")),
    ((r"\bslow[- ]?(?:movers?|moving|sell\w+)\b|\bslow (?:stock|inventory)\b"
     r"|\b(?:do(?:es)? not|don't|doesn't|aren't|are not|isn't|is not|not"
     r"|hardly|barely|rarely) (?:really )?(?:sell(?:s|ing)?|moving|move)(?: (?:much|well|a lot|enough|very well))?\b"
     r"|\bsell(?:s|ing)? (?:badly|poorly|slowly|(?:very )?little)\b|\b(?:worst|poor)[- ]?(?:sell\w+)\b|\bunpopular\b"
     r"|\blow demand\b|\bnot in demand\b|\bslow(?=\W*$| (?:in|at|last|this|these)\b)"), _of("net_sales", "low")),
    ((r"\b(?:sell(?:s|ing)?|sold|mov(?:es?|ing)) (?:in |at )?(?:(?:high|large|big|huge|great) )?"
      r"(?:volumes?|numbers|quantit(?:y|ies))\b"), _of("units", "high")),
    ((r"\bfast[- ]?(?:movers?|moving|sell\w+)\b|\bsell(?:s|ing)? (?:fast|quickly)\b|\bmov(?:e|es|ing)"
      r" (?:fast|quickly)\b"), _of("units", "high")),
    ((r"\b(?:best|top|high(?:ly)?|good|strong|well)[- ]?(?:sell(?:ers?|ing)|performers?|performing)\b"
     r"|\b(?:sell(?:s|ing)?|sold)(?: really| very| so)? (?:well|a lot|lots|strongly|much|most|the most|best)\b"
     r"|\b(?:sell(?:s|ing)?|mov(?:es?|ing)) (?:loads|tons|heaps|plenty)\b"
     r"|\bpopular\b|\b(?:in )?(?:high|strong|big) demand\b|\bin demand\b|\bbig sellers\b"), _of("net_sales", "high")),
    (rf"\b(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))[- ](?:gross[- ])?{_FIGURE}\b", _high_or_low),
    (rf"\b{_FIGURE}(?: (?:is|are))? (?:(?P<high>{_HIGH})|(?P<low>{_LOW}))(?![\w-]){_NOT_THE_NEXT}", _high_or_low),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), make) for pattern, make in _ROWS)


def take_conditions(reading: Reading) -> list[tuple[int, Condition]]:
    """The conditions with where each stands, taken out, in the order they were said."""
    found = []
    for pattern, make in _COMPILED:
        start = 0
        while (match := pattern.search(reading.text, start)) is not None:
            made = make(match)
            start = match.end()
            if made is not None:
                found.append((match.start(), made))
                reading.blank(match.start(), match.end())
    return sorted(found, key=lambda pair: pair[0])
