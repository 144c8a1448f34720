"""“Which products don't have a price set”, “items without a barcode”: what the catalogue leaves open."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

GAPS = "catalogue_gaps"
_GOODS = (
    "(?:products?|items?|skus?(?! (?:are|is) missing)|articles?|goods|variants?|things|pieces"
    "|catalog(?:ue)? (?:entries|items))"
)
_FIELDS = (
    ("barcode", r"(?:barcodes?|upcs?|gtins?|eans?)"),
    ("sku", r"(?:skus?(?: codes?| numbers?)?|item codes?)"),
    ("price", r"(?:(?:selling |retail |shelf )?prices?)"),
    ("cost", r"(?:(?:unit |item |purchase )?costs?(?: prices?| data)?)"),
    ("category", r"(?:categor(?:y|ies))"),
    ("department", r"(?:departments?)"),
    ("brand", r"(?:brands?|manufacturers?)"),
    ("pack_size", r"(?:pack(?:age)? sizes?|sizes?)"),
    ("description", r"(?:descriptions?)"),
    ("supplier", r"(?:suppliers?|vendors?)"),
    ("stock_level", r"(?:(?:stock|inventory) (?:levels?|counts?|records?)|stock quantit(?:y|ies))"),
)
_NAMED = "|".join(pattern for _, pattern in _FIELDS)
_LACK = (
    "(?:(?:(?:that |which |who )?(?:have|has|had|with|having|got|are|is|do|does)? ?(?:n't|not|no|without|missing"
    "|lack(?:s|ing)?|(?:do|does|did|have|has)(?:n't| not)(?: yet)?(?: have| got| been given)?))(?: (?:an?|any|the"
    "|their|its|got))*)"
)
_CLAIM = re.compile(
    rf"\b{_GOODS}\b.{{0,40}}?\b(?:without|missing|lack(?:s|ing)?|(?:have|has|with|having|got) no|(?:do|does|did)(?:n't"
    "| not) (?:yet )?(?:have|carry)|(?:have|has)(?:n't| not) got)(?: (?:an?|any|the|their"
    rf"|its))* (?:{_NAMED})(?:,? (?:or|and) (?:an? )?(?:{_NAMED}))?(?: (?:set|assigned|recorded|entered|yet|at all"
    rf"|listed|on file))*(?=\W*$| (?:in|at|for|on)\b)|\b(?:missing|no|empty|blank|unset) (?:{_NAMED})(?: (?:on|for"
    rf"|in) (?:which |what )?{_GOODS})?(?=\W*$)|\b(?:un-?categori[sz]ed|un-?priced|uncosted) {_GOODS}\b"
    rf"|\b(?:{_NAMED}) (?:is|are) missing\b|\b(?:what(?:'s| is)|anything|which (?:data|information|fields)(?: is"
    "| are)?) (?:missing|incomplete) (?:in|from|on) (?:the |our |my )?(?:catalog(?:ue)?|product data|item library"
    r"|product list)\b|\b(?:catalog(?:ue)?|product data|item library) (?:gaps?|quality|completeness|errors?|issues"
    rf"|problems|health|clean-?up|audit)\b|\bincomplete {_GOODS}\b"
)  # fmt: skip
_NEVER = re.compile(
    rf"\b{_GOODS}\b(?: \w+){{0,3}}? (?:that |which )?(?:have |has |had |we(?:'ve| have)? |were |was )?never (?:been "
    rf"|been )?(?:sold|sell|selling|moved|ordered|bought|purchased)(?=\W*$| (?:in|at|yet|once)\b)"
    rf"|\bnever[- ]sold {_GOODS}\b"
    rf"|\b{_GOODS}\b(?: \w+){{0,5}}? (?:not|n't|haven't|hasn't|didn't) (?:been )?(?:sold|sell|ordered|bought)(?: even)?"
    r" (?:once|at all|a single time|ever)\b(?! (?:in|this|last|since \d))"
)
_OTHER = re.compile(
    r"\b(?:sold|sales|selling|shelf labels?|price changes?|discount\w*|promotion\w*|change (?:in|of)|wrong|match\w*"
    r"|scan\w*|increase|decrease|competitor\w*|stores? (?:without|with no)|customers?)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_GOODS}|{_NAMED}|{_LACK}|un-?categori[sz]ed|un-?priced|uncosted|catalog(?:ue)?|product data"
    "|item library|gaps?|quality|completeness|errors?|issues|problems|health|clean-?up|audit|missing|incomplete"
    "|without|no|not|set|assigned|recorded|entered|yet|at all|listed|on file|which|what|how many|list|show|do|does"
    "|don't|doesn't|have|has|got|any|an?|the|or|and|with|are|is|that|there|in|on|from|our|my|we|i|of|data"
    "|information|fields|active|never|sold|sell|ordered|bought|purchased|been|once|ever|a single time|even"
    "|at all|we've|were|empty|blank|unset|number|count|still|carry"
    r"|stock)(?![\w-])|'s\b"
)


_COUNTED = r"(?:products?|items?|skus?|articles?|goods|(?P<category>(?:product )?categor(?:y|ies)))"
_IN_IT = (
    r"(?: (?:in|of|from) (?:the |our |my )?(?:catalog(?:ue)?|range|assortment|product (?:list|data|table)|database))?"
)
_TEXT = r"[A-Za-z](?:(?! (?:in|of|from|for|at|last|this|on)\b)[\w&' /-]){1,60}?"
_HOLDING = re.compile(
    rf"^\W*(?:how many|number of|count(?: of)?(?: the)?|what is the number of) (?:of (?:the|our) )?{_COUNTED}{_IN_IT}"
    r" (?:that |which )?(?:(?:do |have |has |having |with )?(?:contain|includ|mention|carry|hav|featur)"
    r"(?:e|es|s|ed|ing|y)?|with)"
    rf" (?:(?P<said>the (?:words?|terms?|texts?|strings?|names?)) )?(?P<quote>\")?(?P<text>{_TEXT})(?(quote)\")"
    r"(?: (?:in|as part of) (?:the |their |its )?(?:names?|descriptions?|titles?|categor(?:y|ies)))?"
    rf"{_IN_IT}\W*$",
    re.IGNORECASE,
)


def _holding(text: str) -> Plan | None:
    """“How many products contain the word yogurt”: those with it in the name, category or department."""
    found = _HOLDING.match(text)
    if found is None:
        return None
    contains = re.search(r"\b(?:contain|mention)", found[0], re.IGNORECASE)
    if not (found["quote"] or found["said"] or contains):
        return None  # “how many products have a discount”
    count = {"count": "category"} if found["category"] else {"count": "product"}
    return Plan((("range_counts", {**count, "containing": found["text"].strip()}),))


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question what the catalogue lacks or holds; None for every other."""
    if (holding := _holding(text)) is not None:
        return holding
    reading = Reading.of(text)
    whole = reading.text
    found = _NEVER.search(whole) or _CLAIM.search(whole)
    if found is None or (_OTHER.search(whole) and not _NEVER.search(whole)):
        return None
    fields = ["sale"] if _NEVER.search(whole) else _fields(found[0])
    if len(fields) > 1:
        return Plan(tuple(call for one in fields for call in calls_for(GAPS, {"missing": one}, []).calls))
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.period:
        return not_understood(slots.unknown or slots.period or "")
    part = slots.department or slots.product
    shared = {"missing": fields[0] if fields else None, "department": part, **slots.args("stores", "limit")}
    return calls_for(GAPS, shared, [])


def _fields(said: str) -> list[str]:
    """What is said to be missing; the word before “items” is no SKU that lacks."""
    if re.search(r"\bun-?categori[sz]ed\b", said):
        return ["category"]
    if re.search(r"\bun-?priced\b", said):
        return ["price"]
    if re.search(r"\buncosted\b", said):
        return ["cost"]
    after = re.split(r"\b(?:without|missing|lack(?:s|ing)?|no|n't|not|empty|blank|unset)\b", said)[-1] or said
    if re.search(r"\b(?:is|are) missing\b", said):
        after = said
    found = [(hit.start(), name) for name, pattern in _FIELDS if (hit := re.search(rf"\b{pattern}\b", after))]
    names = [name for _, name in sorted(found)]
    # “Cost price” is a cost, “stock level” no stock of its own.
    return [name for name in names if not (name == "price" and "cost" in names)]
