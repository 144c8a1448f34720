"""Store and department phrases. A name is passed on in the person's own words: the tools resolve it or ask back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

ALL_STORES = "all stores"
_ALL = re.compile(
    r"\b(?:at |in |for |across |over )?(?:all (?:of )?(?:the |our |my )*(?:stores|shops|locations|branches)"
    "|every (?:store|shop|location|branch)|(?:the )?(?:whole|entire) (?:chain|company|business)|(?:the |our )chain"
    r"|chain ?-?wide|company ?-?wide|all \d+ (?:stores|shops))\b"
)
_OWN = re.compile(
    r"\b(?:at |in |for |across )?(?:my|our|this|the) (?:own )?(?:stores?|shops?|locations?|branch(?:es)?)\b(?! \d| #"
    r"| s\d)"
)
_NUMBERED = re.compile(
    r"\b(?:at |in |for )?(?P<name>(?:stores?|shop|branch|location) (?:no\.? ?|number |#)?[a-z]?-?\d+)\b"
)
_ALSO_NUMBERED = re.compile(
    r",? (?:and|&|or|vs\.?|versus|to|with|against) (?:no\.? ?|number |#)?(?P<number>\d{1,4})(?=\W*$|,? (?:last|this"
    r"|yesterday|today|by|in|on|for|performance|sales|and|each)\b)"
)
_CODE = re.compile(r"\b(?:at |in |for )?(?P<name>s-?\d{2,4})\b")
_COMPASS = re.compile(
    r"\b(?:at |in |for )?(?:the |our )?(?:district (?!numbers|sales|figures|results|manager|performance|averages?"
    "|totals?|comparison|data|level|report|by|vs|and|this|last|has|have|had|is|are|was|were|did|do|does|can|will"
    "|should|would|with|needs?|made|makes|sold|sells|missed|hit|beat|grew|fell|gets?|got|ranks?|leads?|led|in|on|at"
    r"|of|for)(?P<after>[\w]+)|(?P<before>north|south|east|west|central)(?:ern)? (?:district|stores|region|area|side"
    r"|shops|locations)|(?:in|for) the (?P<alone>north|south|east|west)\b)"
)
_BESIDE = re.compile(
    r"(?:(?:\b[Cc]ompare|\bvs\.?|\b[Vv]ersus|\band|\bor|\bwith|\bto|\bagainst|\bthan"
    r"|\b[Hh]ow (?:does|did|is)|\b[Ww]hy (?:does|did|is|was)|,) |\(|^ )"
    r"(?P<name>(?!Compare|How|Show|What|Which|Is|Are|Did|Does|Give|List|Why|Where|Who|For|In|At|Sales|Net|The|Rank"
    r"|Top|Tell"
    r"|Can|Please)(?:[A-Z][\w'&-]+ ){1,3}(?:Street|Road|Avenue|Lane|Square|Mall|Plaza|Drive|Boulevard|Point|Heights))\b"
)
"""A name like those of stores, where a second store would stand."""
_SHORT_NAME = re.compile(
    r"\b(?:(?:at|in|for|from) )?(?P<name>(?!(?:per|by|each|a|the|and|of|vs|to|with|than|or|sales|week|month|today"
    r"|yesterday|last|this|in|at|for|from)\b)[a-z][a-z'-]{2,} (?:rd|blvd|ave(?! (?:basket|ticket|sales?|transaction"
    r"|spend|prices?|orders?|units?|margin|value|check|daily|weekly)\b)|sq(?! ?(?:ft|feet|foot|m|met\w+|in)\b)))"
    r"(?![\w-])\.?"
)
"""A name like those of stores as it is typed on a phone: “airport rd”."""
_PREPOSED = re.compile(
    r"\b(?:at|in|for|from|to) (?:the |our )?(?P<name>[a-z][\w'&.-]*(?: (?!and\b|by\b|vs\b|with\b|than\b"
    r"|compared\b)[\w'&.-]+){0,3})"
)
_SECTION = r"(?: departments?| depts?\.?| category| section| aisle| counter)?"
_NAMED_SECTION = re.compile(
    r"\b(?:in |from |for |of )?(?:the )?(?P<name>[a-z][\w&'/-]*(?: [\w&'/-]+)?) (?:department|dept|category|section"
    r"|aisle|counter)\b"
)
_KIND_OF_PRODUCT = re.compile(
    r"\b(?P<name>[a-z][\w&'/-]*(?: (?:and |& )?[a-z][\w&'/-]*){0,2}) (?:products?|items?|skus?|lines|sellers|brands)\b"
)
VERBS_TOO = frozenset({"produce"})
"""With an s these are no departments: “which store produces the most sales”."""
_WHAT_IT_DOES = r" (?:the|an?|any|more|most|less|higher|lower|better|best|enough|us)\b"
"""Behind a verb: “which stores produce the most sales”."""
_NO_NAME = frozenset(
    [
        "on",
        "of",
        "per",
        "each",
        "we",
        "i",
        "you",
        "it",
        "us",
        "me",
        "they",
        "our",
        "my",
        "your",
        "the",
        "a",
        "an",
        "all",
        "best",
        "worst",
        "top",
        "bottom",
        "most",
        "least",
        "selling",
        "seller",
        "sellers",
        "sold",
        "sell",
        "by",
        "which",
        "what",
        "show",
        "list",
        "give",
        "highest",
        "lowest",
        "slowest",
        "fastest",
        "biggest",
        "slow",
        "moving",
        "mover",
        "movers",
        "fast",
        "popular",
        "good",
        "bad",
        "poor",
        "well",
        "are",
        "is",
        "were",
        "was",
        "did",
        "do",
        "does",
        "product",
        "products",
        "item",
        "items",
        "business",
        "things",
        "sales",
        "performing",
        "store",
        "stores",
        "trading",
        "chain",
        "company",
        "of",
        "in",
        "for",
        "at",
        "with",
        "and",
        "or",
        "our",
        "own",
        "single",
        "different",
        "many",
        "how",
        "few",
        "only",
        "just",
        "next",
        "total",
        "overall",
        "profitable",
        "margin",
        "revenue",
        "units",
        "net",
        "gross",
        "everything",
        "that",
        "this",
        "these",
        "those",
        "them",
        "more",
        "me",
        "tell",
        "us",
        "please",
        "now",
        "general",
        "detail",
        "details",
        "today",
        "there",
        "here",
        "each",
        "every",
        "per",
        "comparison",
        "compared",
        "number",
        "count",
        "other",
        "one",
        "ones",
        "value",
        "volume",
        "day",
        "expensive",
        "cheapest",
        "new",
        "old",
        "get",
        "see",
        "know",
        "find",
        "first",
        "last",
        "hot",
        "cold",
        "far",
        "so",
        "terms",
        "rank",
        "ranked",
        "order",
        "ordered",
    ]
)


def take_stores(reading: Reading, around: Surroundings) -> str | None:
    """The store phrase, taken out; None when the question names no store or means the person's own."""
    if reading.take(_ALL):
        return ALL_STORES
    named = _take_known(reading, around)
    if named:
        return " and ".join([*named, *_take_numbered(reading), *_take_others(reading)])
    compass = reading.take(_COMPASS)
    if compass:
        return f"{compass['after'] or compass['before'] or compass['alone']} stores"
    if numbered := _take_numbered(reading):
        return " and ".join(numbered)
    if others := _take_others(reading):
        return " and ".join(others)
    reading.take(_OWN)
    return None


def _take_others(reading: Reading) -> list[str]:
    """Names like those of stores that the asker does not know; the tools say that he may not see them."""
    found = []
    for match in _BESIDE.finditer(reading.source):
        start, end = match.span("name")
        if reading.text[start:end].strip() == match["name"].lower():
            found.append(match["name"])
            reading.blank(start, end)
    while short := reading.take(_SHORT_NAME):
        found.append(short["name"])
    return found


def _take_numbered(reading: Reading) -> list[str]:
    """Stores said by number or code, taken out: “store 4”, “stores 4 and 5”, “S-015”. The tools say which there are."""
    for pattern in (_NUMBERED, _CODE):
        found = []
        while match := reading.take(pattern):
            found.append(re.sub(r"^stores ", "store ", match["name"]))
            while pattern is _NUMBERED and (also := _ALSO_NUMBERED.match(reading.text, match.end())):
                reading.blank(also.start(), also.end())
                found.append(f"store {also['number']}")
                match = also
        if found:
            return found
    return []


def take_named_stores(reading: Reading, around: Surroundings) -> str | None:
    """Stores by their full names or ids, taken out before the words of a subject, of which a name may hold one."""
    return " and ".join(_take_known(reading, around)) or None


def _plural(name: str) -> str:
    return "" if name.lower() in VERBS_TOO else "s?"


def take_departments(reading: Reading, around: Surroundings) -> list[str]:
    """The departments named, in the order of the question, taken out; one that only a heading names is among them."""
    found: list[tuple[int, str]] = []
    for name in sorted(around.departments, key=len, reverse=True):
        said = rf"{re.escape(name.lower())}{_plural(name)}"
        if name.lower() in VERBS_TOO:
            said = rf"(?:(?<=\bin )|(?<=\bfrom )|(?<=\bof )|(?<=\bour )|(?!{said}{_WHAT_IT_DOES})){said}"
        match = reading.take(
            re.compile(rf"(?<![\w-])(?:in |from |for |of )?(?:the |our )?{said}{_SECTION}(?:'s)?(?![\w-])")
        )
        if match:
            found.append((match.start(), name))
    if not found and (name_of := take_unknown_department(reading)):
        return [name_of]
    return [name for _, name in sorted(found)]


def take_unknown_department(reading: Reading, *, kinds: bool = False) -> str | None:
    """The words before "department" or "category", taken out; ``kinds`` also reads "dairy" out of "dairy products"."""
    match = reading.find(_NAMED_SECTION)
    if match and (name := _trim(match["name"])):
        reading.blank(match.start(), match.end())
        return name
    if kinds:
        for match in _KIND_OF_PRODUCT.finditer(reading.text):
            if name := _trim(match["name"]):
                reading.blank(match.start("name"), match.end("name"))
                return name
    return None


def take_preposed_department(reading: Reading) -> str | None:
    """A name after "in" or "from" where only a department makes sense."""
    match = reading.find(_PREPOSED)
    if match and (name := _trim(match["name"])):
        reading.blank(match.start(), match.end())
        return name
    return None


def looks_like_store(name: str, around: Surroundings) -> bool:
    """Whether a phrase is close to the name of a store the person sees, misspelt or in part."""
    return any(_close(name, store.name.lower()) for store in around.stores)


def _close(name: str, known: str) -> bool:
    if len(name) < 4:
        return False
    return fuzz.ratio(name, known) >= 80 or any(fuzz.ratio(name, word) >= 85 for word in known.split())


def _take_known(reading: Reading, around: Surroundings) -> list[str]:
    found: list[tuple[int, str]] = []
    for store in sorted(around.stores, key=lambda one: len(one.name), reverse=True):
        name = re.escape(store.name.lower()).replace(r"\ ", r"[ -]?")
        for words in (name, re.escape(store.store_id.lower())):
            pattern = re.compile(
                rf"(?<!\w)(?:(?:at|in|for|from) )?(?:the )?(?:{words})(?:'s)?(?: (?:store|shop|branch)s?)?(?!\w)"
            )
            match = reading.take(pattern)
            if match:
                found.append((match.start(), store.name))
                break
    districts = {store.district for store in around.stores if store.district}
    for district in sorted(districts):
        words = re.escape(district.lower())
        match = reading.take(
            re.compile(
                rf"(?<!\w)(?:(?:at|in|for) )?(?:the |our )?(?:{words}(?:ern)? (?:district|stores?|region|area|shops"
                rf"|locations)|district {words}|(?<=the ){words}|(?:(?<=for )|(?<=in )|(?<=at )){words}(?=\W*$)"
                rf"|(?<=across ){words}(?=\W*$))(?!\w)"
            )
        )
        if match:
            found.append((match.start(), f"{district.lower()} stores"))
    return [name for _, name in sorted(found)]


_SHORTENED = frozenset({"s", "what's", "who's", "where's", "which's", "that's", "it's", "here's", "how's", "there's"})
"""What is left of “what's” and “this week's” once the rest is taken."""


def _trim(name: str) -> str:
    words = name.split()
    while words and (words[0] in _NO_NAME or words[0] in _SHORTENED):
        words.pop(0)
    while words and (words[-1] in _NO_NAME or words[-1] in _SHORTENED):
        words.pop()
    return " ".join(words) if _has_content(words) else ""


def _has_content(words: Iterable[str]) -> bool:
    return any(word not in _NO_NAME and not word.isdigit() for word in words)
