"""Which end stands first: “lowest first”, “worst to best”, “ascending”, and the “top 10” behind a title.

The words are taken off the end of a question before its subject is read, and put into the calls that came of it. A tool
that lists in one order only says so in a sentence of the plan, so that nobody takes its order for the one asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from agent.conversation.planner.outcome import Plan, together
from agent.conversation.planner.topics.task_lists import NO_AGE, TASKS
from tools.registry import catalogue

_LOW = r"(?:lowest|smallest|least|fewest|slowest|shortest|low|small|slow|short)"
_HIGH = r"(?:highest|largest|biggest|greatest|most|fastest|longest|high|large|big|fast|long)"
_WORST = r"(?:worst|weakest|poorest|bad)"
_BEST = r"(?:best|strongest|good)"
_ANY = rf"(?:{_LOW}|{_HIGH}|{_WORST}|{_BEST})"
_KINDS: tuple[tuple[str, str], ...] = (
    ("late", r"(?:ending|ends|expiring|closing) (?:last|latest)"),
    ("soon", r"(?:(?:ending|ends|expiring|closing|due|starting|coming) )?(?:soonest|earliest|next)"),
    ("new", r"newest|latest|most recent"),
    ("old", r"oldest|longest open"),
    ("urgent", r"(?:most )?(?:urgent|pressing|important|critical)|highest priority"),
    ("dear", r"priciest|dearest|costliest|most (?:expensive|valuable|costly)"),
    ("cheap", r"cheapest|least expensive"),
)
"""Orders of days and of prices, by what stands first."""
_KIND = "|".join(f"(?:{words})" for _, words in _KINDS)
_BY_ITS_DAY: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "promotions_running": {
        "soon": {"order": "soonest"}, "urgent": {"order": "soonest"}, "late": {"order": "latest"},
        "new": {"order": "newest"},
    },
    "offers_starting": {"soon": {}, "urgent": {}, "late": {"order": "latest"}, "new": {"order": "latest"}},
    "store_tasks": {"soon": {}, "urgent": {}},
    "on_order": {"soon": {}, "urgent": {}},
    "stockout_risk": {"soon": {}, "urgent": {}},
    "refunds_and_voids": {"new": {"order": "newest"}},
    "new_products": {"new": {"order": "latest"}},
    "shelf_prices": {"dear": {"order": "dearest"}, "cheap": {"order": "cheapest"}},
    "stock_changes": {"new": {}},
    "dead_stock": {"dear": {}},
    "slow_stock": {"dear": {}},
    "overstock": {"dear": {}},
}  # fmt: skip
"""Tools that list by such an order, with what they take for it; nothing where it is their usual one."""
_SORTED = (
    r"(?:and )?(?:(?:sort(?:ed)?|rank(?:ed)?|order(?:ed)?|list(?:ed)?|arranged?)(?: (?:it|them|this|that|by value))? )?"
    r"(?:in )?(?:from )?(?:the )?"
)
_ORDER = re.compile(
    rf"[,:;]? ?(?<=[ ,:;(])\(?{_SORTED}(?:(?P<first>{_KIND}|{_ANY})(?: (?:to|they) end| deadlines?| due dates?"
    r"| (?:end|start) dates?| ones?| values?| \w+s)? (?:first|on top|at the top)"
    rf"|(?P<from>{_ANY})(?: to |-to-)(?:the )?{_ANY}|(?P<way>ascending|descending|asc|desc)(?: order)?)\)?(?=\W*$)",
    re.IGNORECASE,
)
_GROUPS = {
    "stores": "store", "shops": "store", "locations": "store", "branches": "store", "departments": "department",
    "categories": "category", "products": "product", "items": "product", "skus": "product", "brands": "brand",
    "manufacturers": "brand", "suppliers": "supplier", "vendors": "supplier", "promotions": "promotion",
    "promos": "promotion", "campaigns": "campaign", "districts": "district", "regions": "region", "weekdays": "weekday",
    "days of the week": "weekday", "months": "month", "weeks": "week", "hours": "hour", "payment methods": "tender",
}  # fmt: skip
_LEAD = (
    r"^\W*(?:please |can you |could you )*(?P<verb>rank|sort|list|order|arrange|organi[sz]e|sequence|show|put"
    r"|give)(?: me)?"
    rf"(?: (?:all|the|our|my|each|every))* (?P<what>{'|'.join(sorted(_GROUPS, key=len, reverse=True))})\b"
)
_ENDS_OF = rf"(?:in order )?from (?:the )?(?P<first>{_ANY}) to (?:the )?{_ANY}"
_FROM_TO = re.compile(
    rf"{_LEAD},? (?:(?:{_ENDS_OF}|in (?P<down>ascending|descending) order),? (?:by |in |on |in terms of |of |for "
    rf")?(?P<of>.+)|(?:by|on|in terms of) (?P<by>.+?),? "
    rf"(?P<in>in)? ?"
    r"(?P<way>ascending|descending)(?: order)?\b(?P<rest>.*))$",
    re.IGNORECASE,
)
"""“Rank promotions from lowest to highest ROI”, “order categories by discount rate in descending order last month”."""
_FIRST_OF_ALL = re.compile(
    rf"^\W*(?:show me |list |give me )?(?:the |our )?(?P<kind>{_KIND}) (?P<what>[a-z][\w ]{{3,60}}) first$",
    re.IGNORECASE,
)
"""“Most valuable dead stock first”."""
_TIME = re.compile(
    r" (?P<time>(?:(?:for|in|during|over|since|at|on) )?(?:the )?(?:last|this|past|previous|yesterday|today|january"
    r"|february"
    r"|march|april|may|june|july|august|september|october|november|december|q[1-4]|all time)\b.*| (?:at|in|for) "
    r"[A-Z].*)$"
)
_NUMBER = {"three": 3, "five": 5, "ten": 10, "twenty": 20}
_TOP = re.compile(
    r"(?:[:,;]| -|\(|(?<=\w)(?<! the)(?<! our)(?<! my)(?<! just)(?<! only)(?<! to)(?<! it)(?<! me)(?= )) ?"
    rf"(?:the |our |show )*(?P<end>top|best|highest|biggest|bottom|worst|lowest)[- ]"
    rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBER)})\)?(?=\W*$)",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?:[:,;]| -|\() ?(?:(?:at most|max(?:imum)?(?: of)?|no more than|not more than|limit(?:ed)?(?: to)?|up to|just"
    r"|only)"
    rf" (?P<n>\d{{1,2}}|{'|'.join(_NUMBER)})|(?P<m>\d{{1,2}}|{'|'.join(_NUMBER)}) (?:max(?:imum)?|at most))"
    r"(?: (?:of them|rows|lines|items|products|skus|stores|results|please))?\)?(?=\W*$)",
    re.IGNORECASE,
)
"""How many are to be listed, behind a question: “…, max 10”."""
_MORE_IS_WORSE = frozenset(
    {"returns", "refunds", "refund_rate", "void_rate", "labour_cost", "labour_cost_pct", "discounts", "discount_rate"}
)
_ENDS = (("top", "bottom"), ("best", "worst"))
"""By which words tools name the two ends, the one with most first."""
_RANKING = frozenset({"top_products", "goods_by_buyers", "store_ranking"})
"""Tools that rank without being told to split."""
_LARGEST_FIRST = frozenset({"stock_levels", "out_of_stock", "stockout_risk", "compare_periods", "rates_by_group"})
"""Tools that put the largest first, and take no order."""
_NOT_IN_ORDER = "I could not put that {said}: it stands in its usual order."
_NOT_CUT = "I could not cut that to {n}: it lists what it always does."


@dataclass(frozen=True, slots=True)
class Asked:
    """The order asked for: the words, the end that stands first, and how many are listed, each empty if not said."""

    said: str = ""
    first: str = ""
    top: int | None = None

    def __bool__(self) -> bool:
        return bool(self.first or self.top)


def as_a_list(text: str) -> str:
    """An order for groups to be listed by a figure as the figure by the group, and the end that stands first behind it.

    >>> as_a_list("Rank promotions from lowest to highest ROI")
    'ROI by promotion, lowest first'
    """
    if (ahead := _FIRST_OF_ALL.match(text.rstrip(" ?.!"))) is not None:
        return f"{ahead['what']}, {ahead['kind']} first"
    found = _FROM_TO.match(text.rstrip(" ?.!"))
    if found is None:
        return text
    what = _GROUPS[found["what"].lower()]
    by = "payment method" if what == "tender" else what
    figure, time = _with_time(f"{found['of'] or found['by']}".strip(" ,"))
    rest = (found["rest"] or "").strip(" ,")
    way = found["way"] or found["down"]
    first = f"{way.lower()} order" if way else f"{found['first'].lower()} first"
    return f"{' '.join(filter(None, (f'{figure} by {by}', time, rest)))}, {first}"


def without_order(text: str) -> tuple[str, Asked]:
    """A question without the words at its end that say the order or how many, and what they said.

    >>> without_order("GMROI by category, lowest first")
    ('GMROI by category', Asked(said='lowest first', first='low', top=None))
    >>> without_order("promo ROI: top 10")
    ('promo ROI', Asked(said='', first='high', top=10))
    """
    if (found := _ORDER.search(text)) is not None and len(text[: found.start()].split()) > 1:
        word = (found["first"] or found["from"] or found["way"]).lower()
        said = found[0].strip(" ,:;()").lower()
        return text[: found.start()].rstrip(" ,:;"), Asked(said, _end(word))
    if (top := _TOP.search(text)) is not None and len(text[: top.start()].split()) > 1:
        number = top["n"].lower()
        return text[: top.start()].rstrip(" ,:;"), Asked(
            "", _end(top["end"].lower()), _NUMBER.get(number) or int(number)
        )
    return text, Asked()


def without_most(text: str) -> tuple[str, Asked]:
    """A question without how many are to be listed at most behind it, and that number.

    >>> without_most("what should we mark down at Harbor Point, max 10")
    ('what should we mark down at Harbor Point', Asked(said='', first='', top=10))
    """
    found = _AT_MOST.search(text)
    if found is None or len(text[: found.start()].split()) < 2:
        return text, Asked()
    number = (found["n"] or found["m"]).lower()
    return text[: found.start()].rstrip(" ,:;"), Asked(top=_NUMBER.get(number) or int(number))


def at_most(text: str, read: Callable[[str], Plan]) -> Plan:
    """The plan for a question with how many rows it says at most; what files a change is read with all its words."""
    bare, most = without_most(text)
    decided = read(bare)
    if most and any(name in catalogue() and catalogue()[name].proposes for name, _ in decided.calls):
        return read(text)
    return in_order(decided, most)


def _with_time(said: str) -> tuple[str, str]:
    """What is behind a figure: its days and places."""
    found = _TIME.search(said)
    return (said[: found.start()], found["time"].strip()) if found else (said, "")


def _end(word: str) -> str:
    if (kind := next((name for name, words in _KINDS if re.fullmatch(words, word)), None)) is not None:
        return kind
    for name, words in (("worst", rf"{_WORST}|bottom"), ("best", _BEST), ("low", rf"{_LOW}|asc.*")):
        if re.fullmatch(words, word):
            return name
    return "high"


def in_order(decided: Plan, asked: Asked) -> Plan:
    """The plan with the order and the number put into its calls, and what it could not do with them."""
    if not asked or not decided.calls:
        return decided
    made = [_ordered(name, args, asked) for name, args in decided.calls]
    left = [sentence for _, _, sentence in made if sentence]
    return replace(decided, calls=tuple((name, args) for name, args, _ in made), text=together(decided.text, *left))


def _ordered(name: str, args: Mapping[str, Any], asked: Asked) -> tuple[str, Mapping[str, Any], str]:
    """A call in the order asked for, and the sentence where it takes none."""
    spec = catalogue().get(name)
    fields = spec.arguments.model_fields if spec else {}
    args = dict(args)
    if asked.first in dict(_KINDS):
        kept = _BY_ITS_DAY.get(name, {}).get(asked.first)
        said = NO_AGE if name == TASKS else _NOT_IN_ORDER.format(said=asked.said)
        return name, args | dict(kept or {}), "" if kept is not None else said
    cut = next((args[field] for field in ("top", "limit") if args.get(field)), None)
    if asked.top and cut == asked.top:
        return name, args, ""  # it was read with its number
    if cut and asked.said and "order" not in args:
        return name, args, _NOT_IN_ORDER.format(said=asked.said)  # the top ten are no other ten for their order
    if name == "promotion_lift" and asked.top:
        args.setdefault("by", "promotion")
    words = _words(fields["order"].annotation) if "order" in fields else set()
    end = _which(args, asked.first)
    pair = next((one for one in _ENDS if set(one) <= words), None)
    said = ""
    if pair and asked.first and (args.get("by") or name in _RANKING):
        if pair == ("best", "worst"):
            args["order"] = {"high": "best", "low": "worst"}.get(asked.first, asked.first)
        else:
            args["order"] = pair[0] if end == "high" else pair[1]
    elif asked.said and (end != "high" or name not in _LARGEST_FIRST):
        said = _NOT_IN_ORDER.format(said=asked.said)
    if asked.top:
        field = next((one for one in ("top", "limit") if one in fields), "")
        if field:
            args[field] = asked.top
        else:
            said = together(said, _NOT_CUT.format(n=asked.top))
    return name, args, said


def _which(args: Mapping[str, Any], first: str) -> str:
    """“high” or “low”, where the best of a figure may be its lowest."""
    if first in ("high", "low"):
        return first
    metrics = args.get("metrics") or args.get("metric") or ""
    leading = metrics if isinstance(metrics, str) else next(iter(metrics), "")
    return "high" if (first == "worst") == (leading in _MORE_IS_WORSE) else "low"


def _words(annotation: Any) -> set[str]:
    """The literal values of an argument, also of one that may be left out."""
    found: set[str] = set()
    for one in get_args(annotation):
        found |= {one} if isinstance(one, str) else _words(one)
    return found
