"""Which tool a self-standing question is for, and its arguments in the person's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.periods import PeriodPhrase, periods
from agent.conversation.planner.places import (
    looks_like_store,
    take_department,
    take_preposed_department,
    take_stores,
    take_unknown_store,
)
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.words import (
    asks_for_the_bottom,
    speaks_of_sales,
    take_limit,
    take_metrics,
    take_split,
)
from agent.conversation.surroundings import Surroundings

SUMMARY, COMPARE, TOP, FIND, STORES = (
    "sales_summary",
    "compare_periods",
    "top_products",
    "find_products",
    "list_stores",
)
COMPARE_SPLITS = frozenset({"store", "weekday", "hour", "department", "category"})
_NO_COMPARISON_SPLIT = (
    "A comparison can be split by store, weekday, hour, department or category, so this is the whole."
)
_ONE_PRODUCT = "I cannot give one product's sales for a period yet; this is what the catalogue shows of it."

_SHOPS = r"(?:stores|shops|locations|branches)"
_LIST_STORES = re.compile(
    rf"^\W*(?:please |can you |could you )*(?:list|show|name|which"
    rf"|what)(?: me)?(?: are)?(?: all)?(?: of)?(?: the| our| my| your)*(?: \w+)?"
    rf" {_SHOPS}(?: (?:do|can|are|have|may|am|is|in|of)\b.*| there.*|\W*$)"
    rf"|\b(?:how many {_SHOPS}|{_SHOPS} (?:list|do (?:i|we) (?:have|see|manage|run|own)|can i see)"
    rf"|list of (?:\w+ )?{_SHOPS}|^ ?my stores ?$)"
    r"|\b(?:opening|store|business|trading) hours\b|\b(?:our|the|your) hours\b"
    r"|\bwhen (?:do|does|are|is) (?:we|the stores?|you|[\w ]+ (?:store|street|point|avenue|road)) (?:open|close)"
    r"|\bwhat time (?:do|does) .+ (?:open|close)|\b(?:which|what) district\b|\btime ?zones?\b"
)
_BEST_STORES = re.compile(
    r"\b(?:best|worst|top|bottom|sold|sell|sales|perform\w*|most|least|highest|lowest|did|fell|grew"
    r"|down|up|under ?perform\w*)\b"
)
_RANKED_SPLIT = re.compile(
    r"\b(?:top|best|worst|bottom|which|what)(?: \d+| \w+)? (?:departments?|categor(?:y|ies)|stores?|shops?)\b"
)
_PRODUCTS = re.compile(
    r"\b(?:products?|items?|skus?|articles|lines|goods|best ?-?sellers?|top ?-?sellers?"
    r"|worst ?-?sellers?|slow ?-?(?:movers?|sellers?)|sellers|movers|things|what(?:'s| is| are"
    r"| was)?(?:n't| not)? (?:selling|sold|moving|sells|sell))\b"
    r"|\bwhat (?:sold|sells|did we sell|do we sell|are we selling|moved) (?:the )?(?:most|best|least"
    r"|worst|well|badly|fastest|slowest)\b"
)
_RANKED = re.compile(
    r"\b(?:top|best|worst|bottom|most|least|highest|lowest|biggest|slow\w*|fast\w*|leading|rank\w*"
    r"|popular|sellers?|movers?|winners?|losers?|profitable|hot\w*|poor\w*)\b|\bbest-?sell|\bsell(?:s"
    r"|ing)? (?:the )?(?:well|badly|poorly)\b|n't sell|not sell"
)
_COMPARISON = re.compile(
    r"\b(?:compar\w+|versus|vs\.?|against|relative to|than|yoy|wow|mom|dod|year[- ](?:over|on)[- ]year"
    r"|week[- ](?:over|on)[- ]week"
    r"|month[- ](?:over|on)[- ]month|day[- ](?:over|on)[- ]day|growth|grew|grown|grow(?:ing)?|chang\w+"
    r"|differ\w*|trend\w*|improv\w+|declin\w+"
    r"|fell|fallen|dropped|drop|rose|risen|up or down|better or worse|(?:up|down|ahead|behind|better"
    r"|worse|higher|lower) (?:on|from|than|compared|vs|versus|against|over)"
    r"|(?:are|is|were|was) (?:we|sales|it|they|business|revenue|margin|traffic|transactions"
    r"|[\w ]+ sales) (?:\w+ )?(?:up|down|better|worse|ahead|behind|higher|lower)|how much (?:up|down"
    r"|better|worse))\b"
)
_CONNECTOR = re.compile(
    r"\b(?:compared (?:to|with|against)|compare (?:to|with|against)|comparison (?:to|with)|versus"
    r"|vs\.?|against|relative to|than|up on|down on|ahead of|behind"
    r"|(?:changed?|up|down|grown|grew|fell|risen|rose|dropped|improved|declined|differ\w*|better|worse"
    r"|higher|lower) (?:since|from|on|over)|with|to|and|on|from|over)\s*$"
)
_SHORTHANDS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"\b(?:yoy|year[- ](?:over|on)[- ]year)\b"), "year to date", "last year"),
    (re.compile(r"\b(?:wow|week[- ](?:over|on)[- ]week)\b"), "last week", "the week before"),
    (re.compile(r"\b(?:mom|month[- ](?:over|on)[- ]month)\b"), "last month", "the month before"),
    (re.compile(r"\b(?:dod|day[- ](?:over|on)[- ]day)\b"), "yesterday", "the day before"),
)
_DEFAULT_BASE = (("week", "this week"), ("month", "this month"), ("quarter", "this quarter"), ("year", "this year"))
_RELATIVE = re.compile(
    r"^(?:same\b|a (?:week|month|year)|the (?:week|month|day|year|quarter|period) (?:before|prior"
    r"|earlier)|(?:day|week|month|year|quarter|period) (?:before|prior|earlier)|previous|preceding"
    r"|prior|usual|normal|norm|four|4|\w+ \w+ (?:ago|earlier))"
)
_PERFORMANCE = re.compile(
    r"\b(?:how (?:did|are|is|was|were|have|has|'s|do)\b|how'?s|how we did|results?|performance"
    r"|perform\w*|business|summary|summari[sz]e|overview|report|numbers|figures|recap|kpis?|metrics"
    r"|doing|trading|take|took|made|make|stats|statistics|update|dashboard|snapshot|busy|busiest|quiet"
    r"|slow day|good day|bad day)\b"
)
_STORES_COMPARED = re.compile(rf"\bcompar\w* (?:the |our |my |all |these )*(?:\w+ )?{_SHOPS}\b")
_NOW = re.compile(
    r"\bhow (?:are|is) (?:we|business|things|sales|trade|trading|it|everything)\b"
    r"|\bhow's (?:business|it|trade|trading)\b|\bright now\b|\bso far\b"
)
_SALES_OF = re.compile(
    r"\b(?:sales|revenue|units|sales figures|margin|quantity) (?:of|for|on) (?:the |our )?(?P<product>.+)$"
    r"|\bhow (?:much|many)(?: units of| pieces of| of the)? (?P<much>(?!did\b|do\b|we\b|have\b|money\b"
    r"|was\b|were\b|is\b)[\w'& -]+?) (?:did|do|have|were|was) (?:we |i |they )?(?:sold|sell|sells"
    r"|selling)\b"
    r"|\b(?:did|do|have) (?:we|they|i) (?:sold|sell) (?:any |many |much )?(?P<sold>.+)$"
    r"|\bhow (?:is|are|was|were|did|do) (?:the )?(?P<subject>[\w'& -]+?) sell(?:ing)?\b"
)
_NOUNLESS = frozenset(
    [
        "we",
        "it",
        "they",
        "things",
        "everything",
        "business",
        "sales",
        "the",
        "store",
        "stores",
        "us",
        "all",
        "chain",
        "each",
        "every",
        "by",
    ]
)


@dataclass(frozen=True, slots=True)
class Intent:
    """A tool and its arguments; ``remark`` is said after the answer."""

    tool: str
    args: dict[str, Any]
    remark: str = ""


def read_intent(text: str, around: Surroundings) -> Intent | None:
    """The tool for a question that stands on its own, or None when nothing fits."""
    reading = Reading.of(text)
    whole = reading.text
    if _LIST_STORES.search(whole) and not _BEST_STORES.search(whole):
        stores = take_stores(reading, around)
        return Intent(STORES, {"stores": stores} if stores and stores != "all stores" else {})
    if _RANKED_SPLIT.search(whole):
        return _summary(reading, around) if not _COMPARISON.search(whole) else _comparison(reading, around)
    if _PRODUCTS.search(whole) and _RANKED.search(whole):
        return _ranking(reading, around)
    if _COMPARISON.search(whole):
        compared = _comparison(reading, around)
        if compared is not None:
            return compared
        reading = Reading.of(text)
    return _summary(reading, around)


def _ranking(reading: Reading, around: Surroundings) -> Intent:
    args: dict[str, Any] = {}
    bottom = asks_for_the_bottom(reading)
    found = periods(reading)
    _blank(reading, found)
    if found:
        args["period"] = found[0].phrase
    limit = take_limit(reading)
    if limit is not None:
        args["limit"] = limit
    stores = take_stores(reading, around)
    metrics = [name for name in take_metrics(reading) if name != "transactions"]
    if re.search(r"\bprofitable\b", reading.text):
        metrics = metrics or ["gross_margin"]
    if re.search(r"\bfast\w*|\bslow\w*|\bpopular\b", reading.text):
        metrics = metrics or ["units"]
    if metrics:
        args["metric"] = metrics[0]
    if bottom:
        args["order"] = "bottom"
    department = take_department(reading, around, kinds=True)
    if department is None:
        name = take_preposed_department(reading)
        if name and stores is None and looks_like_store(name, around):
            stores = name
        elif name:
            department = name
    if department:
        args["department"] = department
    if stores:
        args["stores"] = stores
    return Intent(TOP, args)


def _comparison(reading: Reading, around: Surroundings) -> Intent | None:
    whole = reading.text
    args: dict[str, Any] = {}
    for pattern, period, compare_to in _SHORTHANDS:
        if reading.take(pattern):
            args = {"period": period, "compare_to": compare_to}
            break
    found = periods(reading)
    base, other = _sides(reading.text, found)
    _blank(reading, found)
    if base:
        args["period"] = base
    if other:
        args["compare_to"] = other
    by = take_split(reading)
    stores = take_stores(reading, around)
    if "compare_to" not in args and _compares_stores(whole, stores, by):
        # Stores held against each other are a split of one period, not two periods.
        metrics = list(take_metrics(reading)) or None
        return Intent(SUMMARY, _without_none({**args, "stores": stores, "by": "store", "metrics": metrics}))
    remark = _NO_COMPARISON_SPLIT if by and by not in COMPARE_SPLITS else ""
    metrics = list(take_metrics(reading)) or None
    by = "department" if take_department(reading, around) else by if by in COMPARE_SPLITS else None
    stores = stores or take_unknown_store(reading, around)
    if "period" not in args and other:
        args["period"] = _base_for(other)
    return Intent(COMPARE, _without_none({**args, "by": by, "metrics": metrics, "stores": stores}), remark)


def _compares_stores(whole: str, stores: str | None, by: str | None) -> bool:
    return bool(stores and " and " in stores) or (by == "store" and bool(_STORES_COMPARED.search(whole)))


def _sides(text: str, found: list[PeriodPhrase]) -> tuple[str | None, str | None]:
    """The period asked about and the one it is held against."""
    if not found:
        return None, None
    if len(found) == 1:
        only = found[0]
        before = text[: only.start]
        if _CONNECTOR.search(before + _lead_of(text, only)) or _RELATIVE.match(only.phrase):
            return None, only.phrase
        return only.phrase, None
    first, second = found[0], found[1]
    if _CONNECTOR.search(text[: first.start]) and _strong(text[: first.start]) and not _strong(text[: second.start]):
        return second.phrase, first.phrase
    return first.phrase, second.phrase


def _lead_of(text: str, phrase: PeriodPhrase) -> str:
    """The preposition that was read as part of the phrase, so that "up on Friday" is still seen as a connector."""
    return text[phrase.start : phrase.start + max(0, text[phrase.start : phrase.end].find(phrase.phrase))]


def _strong(before: str) -> bool:
    return bool(
        re.search(r"\b(?:versus|vs\.?|against|than|compared (?:to|with)|relative to)\s*(?:in |on |the )*$", before)
    )


def _base_for(other: str) -> str:
    """The present counterpart of a past period: "up on last month" speaks of this month."""
    if re.match(r"yesterday", other):
        return "today"
    if _RELATIVE.match(other):
        return "yesterday"
    for word, base in _DEFAULT_BASE:
        if re.search(rf"\blast {word}\b|\bprevious {word}\b|\bprior {word}\b", other):
            return base
    return "yesterday"


def _summary(reading: Reading, around: Surroundings) -> Intent | None:
    whole = reading.text
    found = periods(reading)
    _blank(reading, found)
    period = found[0].phrase if found else "today" if _NOW.search(whole) else None
    by = take_split(reading)
    stores = take_stores(reading, around)
    department = take_department(reading, around)
    metrics = list(take_metrics(reading))
    sales = speaks_of_sales(reading)
    if department and by is None:
        by = "department"
    product = None if by else _product_in(reading)
    if product and looks_like_store(product, around):
        stores, product = stores or product, None
    if product:
        return Intent(FIND, _without_none({"text": product, "stores": stores}), _ONE_PRODUCT)
    stores = stores or take_unknown_store(reading, around)
    understood = bool(metrics or sales or by or stores or _PERFORMANCE.search(whole))
    if not understood and not (found and not _content(reading)):
        return None
    metrics = _figures_meant(metrics, bool(re.search(r"\bsales\b", reading.text)), split=bool(by), sales=sales)
    return Intent(SUMMARY, _without_none({"period": period, "metrics": metrics or None, "by": by, "stores": stores}))


def _figures_meant(metrics: list[str], plain_sales: bool, *, split: bool, sales: bool) -> list[str]:
    """The metrics to ask for: plain "sales" beside others is net sales; a margin alone comes with its percentage."""
    if metrics and plain_sales:
        return ["net_sales", *(name for name in metrics if name != "net_sales")]
    if metrics == ["gross_margin"] and not split:
        return ["gross_margin", "gross_margin_pct"]
    if split and not metrics and sales:
        return ["net_sales"]
    return metrics


def _product_in(reading: Reading) -> str | None:
    match = _SALES_OF.search(reading.rest())
    if match is None:
        return None
    words = next(group for group in match.groups() if group).split()
    while words and words[-1] in {"in", "on", "for", "at", "of", "by", "during"}:
        words.pop()
    if not words or any(word in _NOUNLESS for word in words):
        return None
    return " ".join(words)


def _content(reading: Reading) -> bool:
    fillers = {
        "and",
        "what",
        "about",
        "how",
        "for",
        "the",
        "in",
        "on",
        "please",
        "show",
        "me",
        "tell",
        "us",
        "of",
        "give",
        "a",
        "was",
        "were",
        "is",
    }
    return any(word not in fillers for word in re.findall(r"[a-z']+", reading.text))


def _blank(reading: Reading, found: list[PeriodPhrase]) -> None:
    for phrase in found:
        reading.blank(phrase.start, phrase.end)


def _without_none(args: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in args.items() if value is not None}
