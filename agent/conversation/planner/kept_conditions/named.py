"""The conditions that a question names: where, when, of what goods, whose, how paid, in what weather, of each what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.cut import hours_of
from agent.conversation.planner.slots.goods import take_marked
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import ALL_STORES, take_departments, take_stores
from agent.conversation.planner.wording.fillers import FILLERS, NOT_GOODS
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family
from tools.metrics.dimensions import HOTTEST


@dataclass(frozen=True, slots=True)
class Named:
    """One condition of a question.

    ``carried`` finds it in calls and words that keep it; ``argument`` is what a tool may take it as, ``where`` the
    condition of a breakdown, ``each`` what a list is to be split by. ``past`` marks a span of time that is over;
    ``rest`` is the question without the condition.
    """

    kind: str
    said: str
    carried: re.Pattern[str]
    by_itself: frozenset[str] = frozenset()
    argument: tuple[str, Any] | None = None
    where: dict[str, Any] | None = None
    each: str = ""
    one_of_each: bool = False
    past: bool = False
    rest: str = ""
    worst: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """How a kind of condition is said, what carries it, and the dimension and values that a breakdown knows it by."""

    kind: str
    said: re.Pattern[str]
    carried: re.Pattern[str]
    by_itself: frozenset[str] = frozenset()
    dimension: str = ""
    values: tuple[str, ...] = field(default=())


def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


_WHO = r"(?:customers?|shoppers?|members?|buyers?|households?|guests?)"
_WET = r"(?:rain(?:y|ing|ed|s)?|wet)"
_HOT = r"(?:hot(?:test)?|warm)"
_WEATHER = re.compile(r"weather|temperature|conditions|\brain")
_COUPONS = re.compile(r"coupon|redee?m|campaign|discount")
_CLOCK = r"\d{1,2}(?::\d\d)? ?(?:[ap]m|o'?clock)"
_WORDS: tuple[_Words, ...] = (
    _Words(
        "weather",
        _said(
            rf"(?:on |in |during )?(?:the )?{_WET} (?:days?|weather)|in (?:the )?rain|(?:when|if|while) it(?:'s| is|"
            r" was)? (?:rain(?:s|ing|ed)?|wet)"
        ),
        _WEATHER,
        dimension="weather",
        values=("rain",),
    ),
    _Words(
        "weather",
        _said(
            r"(?:on |in |during )?(?:the )?(?:dry|sunny) (?:days|weather)|(?:when|if|while) it(?:'s| is| was)?"
            r" (?:dry|sunny)"
        ),
        _WEATHER,
        dimension="weather",
        values=("dry",),
    ),
    _Words(
        "weather",
        _said(
            rf"(?:on |in |during )?(?:the )?{_HOT} (?:days?|weather)|(?:when|if|while) it(?:'s| is| was| gets)? {_HOT}"
        ),
        _WEATHER,
        dimension="temperature",
        values=(HOTTEST,),
    ),
    _Words(
        "weather",
        _said(
            r"(?:on |in |during )?(?:the )?(?:cold|freezing|snowy|stormy|bad|nice|good) (?:days|weather)|(?:when|if)"
            r" it(?:'s| is| was| gets)? (?:cold|freezing|snow(?:s|ing|ed)?)"
        ),
        _WEATHER,
    ),
    _Words(
        "weekday",
        _said(
            r"(?:only )?(?:on |at )(?:the )?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekends|weekdays)"
        ),
        re.compile(r"weekday|weekend|peak"),
        dimension="weekday",
    ),
    _Words(
        "daypart",
        _said(
            r"(?:after|before|past|until|around) (?:noon|midday)|"
            r"(?:in|during) the (?:mornings?|afternoons?|evenings?)|at (?:lunch(?: ?time)?|night)"
            rf"|(?:after|before|past) {_CLOCK}|between \d{{1,2}}(?: ?[ap]m)? and {_CLOCK}|at (?:{_CLOCK}|noon)"
        ),
        re.compile(r"hour|time_of_day|morning|evening|afternoon|night|peak|schedule|opening|closing|lunch"),
        dimension="hour",
    ),
    _Words(
        "tender",
        _said(
            r"(?:paid |paying |pay |payments? )(?:in |with |by |using )+(?:an? )?(?P<how>cash|(?:credit |debit )?card"
            r"|gift card|apple pay)s?|(?P<who>cash|card) (?:sales|customers|payments|transactions|purchases)"
        ),
        re.compile(r"tender|cash|card|gift|wallet|pay"),
        dimension="tender",
    ),
    _Words(
        "channel",
        _said(
            r"online(?: (?:sales|orders|customers))?|(?:delivery|pick-?up|curbside) (?:orders|sales)|click and collect"
            r"|e-?commerce"
        ),
        re.compile(r"channel|online|deliver|pick|curbside|commerce"),
        dimension="channel",
    ),
    _Words(
        "label",
        _said(r"(?:of |for |in |on |from )?(?:our |the )?(?:private[- ]labels?|(?:store|own|house)[- ](?:brands?"
              r"|labels?))(?: (?:products?|items?|goods))?"),
        re.compile(r"private|label|\bbrand"),
        dimension="private_label",
        values=("private label",),
    ),
    _Words(
        "label",
        _said(r"(?:of |for |in |on |from )?(?:the )?(?:national|name)[- ]brands?(?: (?:products?|items?|goods))?"),
        re.compile(r"private|label|\bbrand"),
        dimension="private_label",
        values=("national brand",),
    ),
    _Words(
        "promotion",
        _said(r"(?:while |when )?on (?:promo(?:tion)?|special)|at (?:the )?full price|without (?:a )?(?:promo(?:tion)?"
              r"|discounts?)"),
        re.compile(r"promo|discount|markdown|offer|campaign|display|coupon|price|elastic|mailer|special"),
    ),
    _Words(
        "support",
        _said(r"(?:when|while|sells?|sold|well|best|most|bought|goods|items|products|units|sales|revenue|are|were|was|is)"
              r" on display"),
        re.compile(r"display|mailer|support|placement|promo"),
        dimension="display",
        values=("on display",),
    ),
    _Words(
        "support",
        _said(r"(?:when |while )?(?:featured |advertised )?in the (?:weekly )?mailer"),
        re.compile(r"display|mailer|support|placement|promo"),
        dimension="mailer",
        values=("in the mailer",),
    ),
    _Words(
        "coupon",
        _said(r"(?:with|using|without) (?:a |their |our )?coupons?"),
        _COUPONS,
    ),
    _Words(
        "customers",
        _said(rf"(?:for|of|among|by|from|with|to) (?:our |the )?(?:new|returning|repeat|loyal|first[- ]time|regular"
              rf"|lapsed) {_WHO}"),
        re.compile(r"new|return|repeat|loyal|cohort|segment|regular|lapsed|first|kept|at_risk|away"),
        frozenset({"redeemers_compared", "customers_by_visits"}),
    ),
)  # fmt: skip
_EACH_NOUNS = (
    ("store", r"stores?|shops?|locations?|branch(?:es)?"),
    ("department", r"departments?|depts?"),
    ("category", r"categor(?:y|ies)"),
    ("brand", r"brands?"),
    ("supplier", r"suppliers?|vendors?"),
    ("district", r"districts?"),
    ("employee", r"employees?|cashiers?|associates?"),
    ("weekday", r"weekdays?|days? of the week"),
    ("month", r"months?"),
)
_EACH = tuple(
    (
        name,
        re.compile(
            rf"\b(?:in|at|of|from|within|for|across|on)(?: each| every|(?P<one> any single)) (?:single |one of (?:the"
            rf" |our )?)?(?:{noun})(?![\w'-])"
        ),
    )
    for name, noun in _EACH_NOUNS
)
_SOUGHT = tuple(
    (
        name,
        re.compile(
            r"\b(?:best|worst|busiest|slowest|quietest|strongest|weakest|highest|lowest|biggest|peak)"
            rf" (?:selling |trading )?(?:{noun})(?![\w'-])"
        ),
    )
    for name, noun in (("hour", r"hours?"), *_EACH_NOUNS)
)
_LIST = re.compile(
    r"\b(?:(?:best|top|(?P<worst>worst|slowest))[- ]?sell(?:ers?|ing (?:products?|items?|goods|things))"
    r"|(?:top|most popular|favou?rite) (?:\d+ |five |ten )?(?:products|items|goods))\b"
)
_LISTED = re.compile(r"^(?!.*sales_breakdown)|'by': |'each'")
"""A breakdown without a split is a total, and no list of products."""
_ONE = re.compile(
    r"\b(?:most|least|best|top|worst|favou?rite|number one)\b[^,?]*\b(?:item|product|sku|article|seller)\b"
)
_SPLIT_ITSELF = {
    "store": frozenset({"store_ranking", "underperforming_stores", "against_average", "range_difference",
                        "customers_across_stores", "shared_customers", "exception_report", "business_overview",
                        "transfer_candidates", "target_progress", "store_spread", "shelf_gaps"}),
    "month": frozenset({"spread_over_time", "customer_cohorts", "customers_every_span"}),
    "weekday": frozenset({"peak_times"}),
}  # fmt: skip
_SHELF = re.compile(
    r"\b(?:in|within|for|of|from|on)(?: the| our)? (?P<name>(?!each |every |which |what )[a-z&']+(?: [a-z&']+){0,2}?)"
    r" (?:category|department|dept|section|aisle)\b"
)
_NOT_GOODS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|sales|revenue|profits?|margins?|units|lift|terms|volume|discounts?|promotions?|quarter|shel(?:f|ves))\b"
)
_OF_GOODS = re.compile(r"\b(?:in|within|for|of|from|on)(?: the| our)? (?P<name>[a-z]{3,}(?: [a-z]{3,})?)(?![\w'-])")
_WRITTEN_LARGE = re.compile(
    r"\b(?:in|within|for|of|from|on)(?: the| our)? (?P<name>[A-Z][a-z]{2,}(?: (?:and |& )?[A-Z][a-z]{2,})*)(?![\w'-])"
)
_BEFORE_IT = re.compile(r"\b(?:before|prior|earlier)$")
"""What a campaign is held against in any case."""
_PAST = re.compile(
    r"\b(?:last|past|previous|prior|yesterday|ago|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|q[1-4]|20\d\d|since|year to date|ytd)\b"
)
_ALONE = re.compile(r"\d{1,2}|the|today|right now|tonight|this \w+|.*\bnorm(?:al)?\b.*|.*\busual\b.*")
"""Spans that say when is meant in any case, or what is ordinary, and limit nothing by themselves."""


def named(asked: str, around: Surroundings) -> Iterator[Named]:
    """Every condition that a question names, each once; names in quotes are goods and say nothing else."""
    reading = Reading.of(asked)
    take_marked(reading)
    whole = reading.text
    yield from _spans(reading)
    yield from _goods(reading, around)
    yield from _places(reading, around)
    yield from _people(whole)
    for words in _WORDS:
        if (found := words.said.search(whole)) is not None:
            rest = f"{reading.source[: found.start()]} {reading.source[found.end() :]}"
            yield Named(
                words.kind,
                found[0].strip(),
                words.carried,
                words.by_itself,
                where=_where(words, found),
                rest=tidy(rest),
            )
    if (found := _LIST.search(whole)) is not None:
        yield Named("list", found[0].strip(), _LISTED, each="product", worst=found["worst"] is not None)
    for name, pattern in _SOUGHT:
        if (found := pattern.search(whole)) is not None:
            carried = re.compile(rf"\b{name}|by_{name}|{name}\b|\b{name[:-1]}ies\b|peak_|spread_")
            yield Named("sought", found[0].strip(), carried, _SPLIT_ITSELF.get(name, frozenset()), each=name)
    for name, pattern in _EACH:
        if (found := pattern.search(whole)) is not None:
            yield Named(
                "each",
                found[0].strip(),
                re.compile(rf"\b{name}|by_{name}|{name}\b|\b{name[:-1]}ies\b"),
                _SPLIT_ITSELF.get(name, frozenset()),
                each=name,
                one_of_each=_ONE.search(whole) is not None,
            )


def told_by_store(name: str, args: Mapping[str, Any]) -> bool:
    """Whether a call is told by store, or its tool does that in any case."""
    return "store" in str(args.get("by", "")) or name in _SPLIT_ITSELF["store"]


def _where(words: _Words, found: re.Match[str]) -> dict[str, Any] | None:
    """The condition as a breakdown takes it; none where the words do not say its values exactly."""
    if not words.dimension:
        return None
    said = found.groupdict()
    values = words.values
    if words.dimension == "weekday":
        values = (said["day"],)
    elif words.dimension == "tender":
        values = (str(said["how"] or said["who"]),)
    elif words.dimension == "hour":
        values = (hours,) if (hours := hours_of(found[0])) else ()
    elif words.dimension == "channel":
        values = (found[0].split()[0],)
    return {"dimension": words.dimension, "values": list(values)} if values else None


def _spans(reading: Reading) -> Iterator[Named]:
    """A span of time, where only one is named and nothing is held against it."""
    if names_the_future(reading.text):
        return
    found = [one.phrase for one in take_periods(reading)]
    if len(found) != 1 or _ALONE.fullmatch(found[0]):
        return
    yield Named(
        "period",
        found[0],
        re.compile(r"'(?:period|days|within|compare_to|start|until|later|within_days)':|weekday"),
        frozenset({"customer_cohorts", *({"campaign_effect"} if _BEFORE_IT.search(found[0]) else ())}),
        argument=("period", found[0]),
        past=_PAST.search(found[0]) is not None,
    )


def _places(reading: Reading, around: Surroundings) -> Iterator[Named]:
    """Stores and departments that are known by these names."""
    stores = take_stores(reading, around)
    known = {store.name for store in around.stores}
    if stores and stores != ALL_STORES and set(stores.split(" and ")) <= known:
        carried = "|".join(re.escape(name.lower()) for name in stores.split(" and "))
        told = re.compile(rf"{carried}|'stores':|by': '[^']*store")
        yield Named("store", stores, told, _SPLIT_ITSELF["store"], argument=("stores", stores))
    departments = [name for name in take_departments(reading, around) if name in around.departments]
    for name in departments:
        argument = ("department", name) if len(departments) == 1 else None
        yield Named("department", name, _carries(name), argument=argument)


def _carries(department: str) -> re.Pattern[str]:
    """What keeps a department; one that is called like a subject, such as Coupon, is kept by tools of that subject."""
    name = department.lower()
    if name.removesuffix("s") == "coupon":
        return _COUPONS
    return re.compile(re.escape(name).replace(r"\ ", "[ _]"))


def _goods(reading: Reading, around: Surroundings) -> Iterator[Named]:
    """Goods said as such: “in the dairy category”, “on snacks”, “in Cheese”."""
    known = {one.lower() for one in around.departments} | {store.name.lower() for store in around.stores}
    for pattern, key in ((_SHELF, "department"), (_OF_GOODS, "product"), (_WRITTEN_LARGE, "product")):
        source = reading.source if pattern is _WRITTEN_LARGE else reading.text
        for found in pattern.finditer(source):
            name = found["name"].strip()
            words = name.lower().split()
            if name.lower() in known or not words or any(word in FILLERS | NOT_GOODS for word in words):
                continue
            if pattern is _OF_GOODS and not names_a_family(name):
                continue
            if take_metrics(Reading(f" {name.lower()} ")) or _NOT_GOODS.search(name.lower()):
                continue
            if pattern is _WRITTEN_LARGE and (_is_taken(reading, found) or source.strip().istitle()):
                continue
            carried = re.compile(re.escape(name.lower().rstrip("s")))
            yield Named("goods", name, carried, argument=(key, name))
            return


def _is_taken(reading: Reading, found: re.Match[str]) -> bool:
    """Whether a name is a span of time or a store: these are blank by now."""
    return not reading.text[found.start("name") : found.end("name")].strip()


def _people(whole: str) -> Iterator[Named]:
    """Kinds of household."""
    groups = take_people(Reading(whole))
    against = split_instead(groups, whole)
    for group in groups:
        if group.dimension != against:
            said = ", ".join(group.values)
            carried = re.compile(rf"{group.dimension}|household|profile")
            yield Named("people", f"{group.dimension} {said}", carried, where=group.condition())
