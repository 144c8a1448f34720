"""What some stores sell and others do not: “at Harbor Point but not at Market Street”, “that we don't carry”.

Stores become marks in the question, then the words around a mark tell on which side it stands. A question that has two
such sides is claimed whole: with words left that nobody understands it is refused, never answered as plain sales.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

DIFFERENCE, UNSOLD = "range_difference", "dead_stock"
_SHOP = r"(?:stores?|shops?|locations?|branch(?:es)?|sites?|outlets?)"
_SELL = (
    "(?:sell(?:s|ing)?|sold|carr(?:y|ies|ied|ying)|stock(?:s|ed|ing)?|have|has|had|offer(?:s|ed|ing)?|list(?:s|ed"
    "|ing)?|got|keeps?|ranged?|available|found|bought|moves?|moving)"
)
_MARK = r"⟨\w+⟩"
MARKS = rf"{_MARK}(?:(?: ?,| and| or| nor| &)* {_MARK})*"
_NO = r"(?: not|n'?t|(?<=is)nt|(?<=are)nt| never)"
_BE = r"(?:do(?:es)?|did|is|are|was|were|has|have|had|ca|can)"
_AT = r"(?:at|in|by|from|on|for|the|a|any|of)"
_NEGATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\bnot|\bnever|n't)(?: (?:being |currently |yet |even )?{_SELL})?(?: {_AT})* (?P<s>{MARKS})",
        (
            rf"(?P<s>{MARKS}) (?:{_BE}{_NO}|not|never|missing|lacking|without|lacks?|misses|is missing|are missing"
            rf"|is without|cannot)\b(?: {_SELL})?(?: it| them)?(?: at all)?"
        ),
        (
            r"\b(?:missing|absent|lacking|none|nothing|unavailable|unlisted|no sales?|zero sales"
            rf"|not in)(?: {_AT})* (?P<s>{MARKS})(?: range| assortment)?"
        ),
        rf"\b{_BE}(?:n'?t| not) (?P<s>{MARKS}) {_SELL}",
        rf"\b(?:except|excluding|but|other than|apart from|besides|without|bar)(?: {_AT})* (?P<s>{MARKS})",
        rf"\b(?P<no>no|none of the)(?: other)? (?:{_SHOP} )?(?P<s>⟨else⟩)(?: {_BE})?(?: {_SELL})?",
    )
)
_ONLY = (
    re.compile(rf"\b(?:only|exclusively|just|solely) {_SELL}(?: only)?(?: {_AT})* (?P<s>{MARKS})"),
    re.compile(rf"\b{_SELL} (?:only|exclusively|just|solely)(?: {_AT})+ (?P<s>{MARKS})"),
    re.compile(rf"\b{_SELL}(?: {_AT})+ (?P<s>{MARKS}) (?:only|alone|exclusively)\b"),
    re.compile(rf"\b(?:exclusives?|exclusive|unique)\b(?: \w+)?(?: {_AT}| to)+ (?P<s>{MARKS})"),
    re.compile(rf"\b(?:only|nobody but|no one but) (?P<s>{_MARK}) {_SELL}"),
    re.compile(rf"(?P<s>{_MARK}) (?:exclusives?|only (?:products?|items?|skus?))\b"),
)
_GAPS = re.compile(
    rf"\b(?:gaps?|holes?)\b(?: {_AT}| our| my)* (?:⟨own⟩|range|assortment|catalog(?:ue)?)(?!\w).*\b(?:compared (?:to"
    rf"|with)|versus|vs\.?|against|relative to|next to) (?P<s>{MARKS})"
)
_GOODS = re.compile(
    r"\b(?:products?|items?|skus?|articles?|goods|things|stuff|what(?:'s)?|whats|anything|something|everything|range"
    r"|assortment|lines?|(?:best|top)[- ]?sellers?|categor(?:y|ies)|departments?|depts?|brands?|makers?|exclusives?)\b"
)
_WHICH_SOLD = re.compile(rf"\b(?:which|what)\b.*\b{_SELL}\b")
_OUT_AND_IN = re.compile(r"\b(?:out of|low on) stock\b.*\b(?:but|and|while) (?:are |is |still )*(?:in|on|have|has)\b")
OF_STOCK = (
    "I cannot list what one store is out of while another has it. “Transfer candidates” names what one store lacks "
    "and another has to spare, “what is out of stock at Harbor Point?” one store's gaps."
)
WHOSE = (
    "Which store do you mean by “we”? Name it: “what sells at Harbor Point but not at Market Street”, “items sold "
    "only at Harbor Point”."
)
_SHORT = (("avenue", r"ave(?:nue)?\\.?"), ("street", r"st(?:reet)?\\.?"), ("road", r"r(?:oa)?d\\.?"))
_COMPARED = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs\.?|overlap\w*)\b.*\b(?:assortments?|ranges?|product ranges?)\b"
    r"|\b(?:assortments?|ranges?)\b.*\b(?:compar\w+|differ\w*|versus|vs\.?)(?!\w)"
)
_NEVER = re.compile(r"\bnever\b")
_UNSOLD = re.compile(
    r"^\W*(?:(?:which|what|list|show|me|us|the|all|find|give|our|any) )*(?:\w+ )?(?:products?|items?|skus?|articles?"
    "|goods) (?:(?:that|which) )?(?:did|do|does|were|are|was|is)?(?:n't|nt| not|not) (?:being )?(?:sell|sold|selling"
    r"|moved?|moving)\b(?! (?:in|for|since|within) (?:the |over )?(?:last |past )?\d)"
)
_BY = (
    ("category", re.compile(r"\b(?:product )?categor(?:y|ies)\b")),
    ("department", re.compile(r"\bdep(?:artmen)?ts?\b")),
    ("brand", re.compile(r"\b(?:brands?|manufacturers?|makers?)\b")),
)
_EVERY = re.compile(
    rf"\b(?:every|each|all)(?: of)?(?: the| our)?(?: other)? {_SHOP}\b|\b(?:every|all)where(?: else)?\b"
)
_ELSE = re.compile(
    rf"\b(?:elsewhere|anywhere else|somewhere else|nowhere else|any (?:other )?{_SHOP}|some other {_SHOP}|(?:the |our "
    rf"|my )?others?(?: {_SHOP})|(?:the )?rest of the (?:{_SHOP}|chain)|the others|other {_SHOP}|another {_SHOP}"
    r"|any of the others|nobody else|no ?one else)(?! than)\b"
)
_OWN = re.compile(rf"\b(?:we|us|ours|i|here|(?:our|my|this)(?: own)? (?:{_SHOP}|range|assortment))(?!\w|')")
_OWN_SHORT = re.compile(r"\b(?P<who>we|i)(?:'re| are|r)? ?(?P<no>not|n't)\b")
_OTHER = re.compile(
    r"\b(?:customers?|shoppers?|households?|members?|guests?|employees?|staff|promo\w*|coupons?|campaigns?|suppliers?"
    r"|orders?|why|prices?|margin|compare|growing|growth|refund\w*|discount\w*|tasks?|transfers?|out of stock"
    r"|stock-?outs?|overstock\w*|low on stock|scan\w*|planogram)\b"
)
_WORDS = re.compile(
    rf"⟨\w+⟩|{_GOODS.pattern}|\b(?:{_SELL}|show|me|list|give|tell|us|which|how many|number of|count|find|name|please"
    "|do|does|did|are|is|was|were|there|that|but|not|never|only|exclusively|exclusive|unique|just|it|them|they|we|i"
    "|our|my|the|a|an|any|of|at|in|by|from|on|to|for|and|or|yet|though|while|all|being|currently|completely|even"
    "|every|each|other|sales|sale|revenue|net sales|turnover|missing|absent|best|first|be|been|has|have|don'?t"
    "|doesn'?t|isn'?t|aren'?t|wasn'?t|weren'?t|didn'?t|compared?|comparison|differ(?:s|ent|ences?)?|between|how"
    "|products?|with|versus|vs|against|gaps?|holes?|no|none|where|both|ones?|except|excluding|than|apart|besides"
    r"|without|bar|lacks?|misses|lacking|unavailable|absent|unlisted|zero|no)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """The question with its stores as marks, and the name behind each mark."""

    text: str
    names: dict[str, str]


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question what one side sells and the other does not; None for every other."""
    whole = Reading.of(text).text.replace("’", "'")
    if names_the_future(whole) or not (_GOODS.search(whole) or _WHICH_SOLD.search(whole)):
        return None
    marked = mark(whole, around)
    sides = _sides(marked)
    if _OUT_AND_IN.search(whole) and len(marked.names) > 1:
        return Plan(text=OF_STOCK)
    if sides is None:
        return _both_ways(whole, marked, around) or _unsold(whole, around)
    if _OTHER.search(whole):
        return None
    sells, lacks, each = sides
    if not (_have_own(around) or any(one in marked.names for one in (*sells, *lacks))) and "⟨own⟩" not in lacks:
        return Plan(text=WHOSE)
    reading = Reading.of(without_marks(marked.text))
    by = next((name for name, pattern in _BY if pattern.search(reading.text)), None)
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.stores:
        return not_understood(slots.unknown or slots.stores or "")
    return calls_for(
        DIFFERENCE,
        {
            "stores": _named(sells, marked, around, sells=True),
            "not_at": _named(lacks, marked, around, sells=False),
            "each": each or None,
            "by": by,
            "department": slots.department or slots.product,
            "limit": limit,
            "period": slots.period or ("all time" if _NEVER.search(whole) else None),
        },
        [],
    )


def _both_ways(whole: str, marked: Marked, around: Surroundings) -> Plan | None:
    """“Compare the assortment of Market Street and Harbor Point”: what each sells and the other does not."""
    if not _COMPARED.search(whole) or len(marked.names) != 2:
        return None
    slots = take_slots(Reading.of(without_marks(marked.text)), around, _WORDS)
    if slots.unknown or slots.stores:
        return not_understood(slots.unknown or slots.stores or "")
    first, second = sorted(marked.names, key=marked.text.index)
    shared = {"department": slots.department or slots.product, "period": slots.period}
    pairs = ((first, second), (second, first))
    ways = [{"stores": marked.names[one], "not_at": marked.names[other]} for one, other in pairs]
    return calls_for(DIFFERENCE, shared, ways)


def _unsold(whole: str, around: Surroundings) -> Plan | None:
    """“Which products did not sell at Harbor Point last month”: what lies unsold, not the worst of what did sell."""
    if not _UNSOLD.search(whole):
        return None
    slots = take_slots(Reading.of(whole), around, _WORDS)
    if slots.unknown:
        return not_understood(slots.unknown)
    args = {"department": slots.department or slots.product, **slots.args("period", "stores", "limit")}
    return calls_for(UNSOLD, args, [])


def mark(text: str, around: Surroundings) -> Marked:
    """The question with every store, district and word for stores as a mark."""
    names: dict[str, str] = {}
    for number, store in enumerate(sorted(around.stores, key=lambda one: len(one.name), reverse=True)):
        name = re.escape(store.name.lower()).replace(r"\ ", r"[ -]?")
        for whole, short in _SHORT:
            name = re.sub(rf"{whole}$", short, name)
        pattern = (
            rf"(?<!\w)(?:the )?(?:{_SHOP} )?(?:{name}|{re.escape(store.store_id.lower())})(?: {_SHOP})?(?:'s)?(?!\w)"
        )
        text, found = re.subn(pattern, f"⟨n{number}⟩", text)
        if found:
            names[f"⟨n{number}⟩"] = store.name
    for number, district in enumerate(sorted({store.district for store in around.stores if store.district})):
        pattern = rf"(?<!\w)(?:the )?{re.escape(district.lower())}(?:ern)? (?:{_SHOP}|district)(?!\w)"
        text, found = re.subn(pattern, f"⟨d{number}⟩", text)
        if found:
            names[f"⟨d{number}⟩"] = f"{district.lower()} stores"
    text = _OWN_SHORT.sub(lambda found: f"⟨own⟩ are{' not' if found['no'] == 'not' else chr(32) + 'not'}", text)
    text = _EVERY.sub("⟨every⟩", text)
    text = re.sub(rf"\bno other {_SHOP}|\b(?:nobody|no ?one|nowhere) else", "no ⟨else⟩", text)
    text = _ELSE.sub("⟨else⟩", text)
    return Marked(_OWN.sub("⟨own⟩", text), names)


def _sides(marked: Marked) -> tuple[list[str], list[str], bool] | None:
    """The marks that sell, those that do not, and whether every one of the first must; None without two sides."""
    text = marked.text
    if found := _GAPS.search(text):
        return re.findall(_MARK, found["s"]), ["⟨own⟩"], False
    for pattern in _ONLY:
        if found := pattern.search(text):
            own = re.findall(_MARK, found["s"])
            if "⟨else⟩" in own or "⟨every⟩" in own:
                return None
            lacks = _lacking(text.replace(found[0], " "))
            return own, [one for one in lacks if one not in own], False
    lacks = _lacking(text)
    if not lacks:
        return None
    rest = [one for one in re.findall(_MARK, text) if one not in lacks]
    stores = [one for one in dict.fromkeys(rest) if one in marked.names]
    if stores:
        return stores, lacks, _together(text, stores)
    if "⟨every⟩" in rest:
        return ["⟨every⟩"], lacks, True
    if "⟨else⟩" in rest:
        return ["⟨else⟩"], lacks, False
    return (["⟨own⟩"], lacks, False) if "⟨own⟩" in rest else None


def _together(text: str, stores: list[str]) -> bool:
    """Whether stores are named with “and”, so that it must sell at each of them; a district's need not."""
    first, last = text.index(stores[0]), text.index(stores[-1])
    return len(stores) > 1 and " and " in text[first:last] and " or " not in text[first:last]


def _lacking(text: str) -> list[str]:
    """The marks that stand where something is not sold."""
    for pattern in _NEGATED:
        if found := pattern.search(text):
            return list(dict.fromkeys(re.findall(_MARK, found["s"])))
    return []


def _named(marks: list[str], marked: Marked, around: Surroundings, *, sells: bool) -> str | None:
    """The stores of one side as the tool takes them; None for all others."""
    known = [marked.names[one] for one in marks if one in marked.names]
    if known:
        return " and ".join(known)
    if "⟨own⟩" not in marks:
        return None
    return "ours" if _have_own(around) or not sells else None


def _have_own(around: Surroundings) -> bool:
    """Whether “we” means some of the stores that the person sees, and not all."""
    return len(around.stores) == 1 or 0 < len(around.default_store_ids) < len(around.stores)


def without_marks(text: str) -> str:
    """The rest of a question, where its stores are understood."""
    return re.sub(r"⟨\w+⟩", " ", text)
