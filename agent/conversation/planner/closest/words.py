"""The words of a question by which another is near to it: without endings, and different names of a thing as one."""

from __future__ import annotations

import re

from agent.conversation.planner.wording.endings import without_ending
from agent.conversation.planner.wording.padding import EMPTY

_WORD = re.compile(r"[a-z][a-z'-]*|\d[\d.,]*|%")

_SAME = """
customer customers shopper shoppers household households buyer buyers client clients guest guests people consumer
consumers
product products item items sku skus goods article articles merchandise
store stores shop shops location locations branch branches outlet outlets site sites
transaction transactions basket baskets cart carts order orders receipt receipts ticket
transaction tickets purchase purchases check checks
revenue sales turnover takings
employee employees cashier cashiers associate associates staff worker workers colleague colleagues
supplier suppliers vendor vendors distributor distributors
stock inventory
promotion promotions promo promos
stockout stockouts stock-out stock-outs
out-of-stock oos
private-label own-brand store-brand house-brand
labor labour
shrink shrinkage
visitor visitors traffic footfall
best top highest most largest biggest greatest leading strongest
worst bottom lowest least smallest fewest weakest poorest
fall falling fell fallen decline declining declined drop dropped dropping decrease decreased decreasing shrinking
grow grew growing grown rise rising rose increase increased increasing climbing
bring brings brought generate generates generated
return returns returned refund refunds refunded
markdown markdowns clearance
bought buy buys buying purchased purchase
frequently often regularly
unique distinct different
mean average avg typical
aov atv
"""
"""A line holds names of one thing; the first stands for all."""

_LITTLE = """
a an the of for to in on at is are was were be been being do does did done we our us me my mine i you your can could
would show give tell list there it its that this these those have has had with and by as or what's whats if so from
into about which what how any some all every much many get got let's need want like find look see compute calculate
provide check use using them they their then than just also still one ones clearly roughly approximately exactly
contributing included include tend tends make makes happen happened occur exist exists appear appears
"""
"""Words that tell one question from another no more than commas do."""

_NAMES = {name: line.split()[0] for line in _SAME.strip().splitlines() for name in line.split()}
_DROPPED = (EMPTY | frozenset(_LITTLE.split())) - _NAMES.keys()


def telling(text: str) -> list[str]:
    """The words that tell what a question is about, in its order, endings off: “top”, “product”, “margin”."""
    lowered = re.sub(r"\b(out) of (stock)\b", r"\1-of-\2", text.lower())
    lowered = re.sub(r"\b(private|own|store|house)[ -](labels?|brands?)\b", "private-label", lowered)
    words = (word.strip("'-").removesuffix("'s") for word in _WORD.findall(lowered))
    return [without_ending(_NAMES.get(word, word)) for word in words if word and word not in _DROPPED]
