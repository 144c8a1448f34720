"""Questions about how many customers bought, how often they come and what each spends, whole or by kind of home."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import Group, split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.surroundings import Surroundings

VISITS, SUMMARY, PREFERENCES = "customer_visits", "sales_summary", "household_preferences"
_WHO = (
    "(?:customers?|households?|shoppers?|members?|buyers?|people|famil(?:y|ies)|couples?|(?:single )?parents?"
    "|seniors?|singles|home ?owners?|renters?)"
)
_ONE = r"(?:customer|household|shopper|member|buyer|family|person|head)"
_COUNT = re.compile(
    r"\b(?:how many|number of|count of|no\.? of) (?:of (?:our|the) )?(?:(?:unique|distinct|different|individual|known"
    rf"|active|identified|loyalty|separate) )*{_WHO}\b|\b(?:unique|distinct|active) {_WHO}\b"
)
_UNIQUE = re.compile(
    r"\b(?:unique|distinct|different|individual|known|active|identified|loyalty|separate|households?)\b"
)
_SPEND = re.compile(
    r"\b(?:spend(?:ing)?|spent|sales|revenue|net sales) (?:per|for each|for every|by each) (?:unique "
    rf"|average )?{_ONE}\b|\b(?:average|avg|mean|typical) {_ONE} (?:spend\w*|value|sales|revenue)\b|\b(?:average|avg"
    rf"|mean) (?:spend\w*|sales|revenue) (?:per|of an?|by|for an?|of each|for each) {_ONE}\b|\bhow much (?:does|do"
    rf"|did) (?:an? |the |each |our |every )?(?:average |typical )?{_WHO}(?: .{{0,40}})? spend\b"
    rf"|\b{_ONE} (?:life ?time )?value\b|\blifetime value\b|\bltv\b|\bclv\b|\b{_WHO} spend(?:ing)? (?:by|per)\b"
    rf"|\bspend per {_ONE}\b|\b(?:average|avg|mean) spend(?:ing)? (?:of|by|for) (?:our |the |all )*(?:\w+ )?{_WHO}\b"
)
_OFTEN = re.compile(
    r"\bhow (?:often|frequently|many times) (?:do|does|did) (?:an? |the |our |each |my )?(?:average "
    rf"|typical )?{_WHO}\b|\b(?:visit|shopping|purchase|trip|buying) frequency\b|\b(?:visits|trips|transactions"
    rf"|baskets|orders) per {_ONE}\b|\bfrequency of (?:visits|purchases?|shopping)\b|\b(?:how many |average "
    "|mean )?(?:number of )?(?:days|time|how long|gaps?"
    r"|intervals?) (?:\w+ ){0,3}?between (?:\w+ )?(?:visits|trips|purchases|shops|shopping trips)\b"
    r"|\b(?:average |avg |mean )?(?:spend(?:ing)?|spent|sales) (?:per|each|every|a) (?:visit|trip|shopping trip)\b"
    rf"|\b(?:visits|trips) (?:does|do|did) (?:an? |the |each )?(?:average |typical )?{_WHO}\b"
)
_PENETRATION = re.compile(
    rf"\b(?:what |which )?(?:share|percent(?:age)?|proportion|fraction|%) of (?:our |all |the |known )*{_WHO} (?:who "
    r"|that |have |ever )*(?:buys?|bought|purchased?|shops? for)\b|\b(?:household|customer) penetration\b"
)
_OTHER = re.compile(
    r"\bmore than (?:one|1) stores?\b|\b(?:several|multiple|different|many|both|all) stores\b|\b(?:campaigns?|coupons?"
    r"|mailers?|redeem\w*|redemption|segments?|cohorts?|churn\w*|at risk|top \d+|best customers|came back|come back"
    "|returning|repeat|new|first[- ]time|again|haven't|stopped|why|walked|came in|people visited|walk(?:ed)? in"
    r"|through the door|spending (?:more|less)|spend(?:s)? (?:more|less)|spent (?:more|less) (?:over|than)|complain\w*"
    r"|reviews?|feedback|conversion|names?|champions?|loyal(?:ists)?|promo\w*|working|on duty|on shift|staff|served?"
    r"|employees?|refund\w*|returned|per (?:day|hour)|card|cash)\b"
)
_SPEND_MORE = re.compile(r"\b(?:spend(?:s|ing)?|spent) (?:\w+ )?(?:more|less)\b(?! over| than (?:before|last))")
_TOGETHER = re.compile(r"\bboth\b|\btogether\b|\bbought .+ and \w+|\bwith each other\b|\bsame (?:basket|time)\b")
_SEVERAL_STORES = re.compile(
    r"\b(?:(?:at |in )?more than (?:one|1) stores?|(?:at |in )?(?:several|multiple|different|both|only one) stores?)\b"
)
_LIFETIME = "That is what each has spent so far; what they will spend yet I do not forecast."
_LIFE = re.compile(r"\blife ?time\b|\bltv\b|\bclv\b")
_ATTRIBUTES = frozenset(
    {"age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp"}
)
_RANKS = (
    ("gap", re.compile(r"\b(?:days|time|how long|gaps?|intervals?) (?:\w+ ){0,3}?between\b|\bevery how many days\b")),
    (
        "per_visit",
        re.compile(r"\bper (?:visit|trip|shopping trip|shop|basket|transaction)\b|\b(?:a|each|every) (?:visit|trip)\b"),
    ),
    (
        "visits",
        re.compile(
            r"\bhow (?:often|frequently|many times)\b|\bfrequen\w+\b|\b(?:visits|trips|transactions|baskets"
            r"|orders) per\b|\b(?:most|more) often\b|\bhow many (?:visits|trips)\b"
        ),
    ),
)
_SPLITS = _ATTRIBUTES | {"store", "week", "month"}
_EVER = re.compile(r"\b(?:ever|in total|altogether|overall|in the data|do we have|have we got)\b")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_WHO}|{_ONE}|unique|distinct|different|individual|known|active|identified|loyalty|separate"
    "|spend(?:s|ing)?|spent|sales|revenue|average|avg|mean|typical|life ?time|value|ltv|clv|often|frequently"
    r"|frequency|times|visits?|trips?|shop|shops|shopped|shopping|buy|buys|bought|buying|purchas\w+|come|came|comes"
    "|penetration|share|percent(?:age)?|proportion|fraction|%|number|count|transactions|baskets|orders|store|ever"
    "|households?|groups?|with us|did|have|with|who|which|that|are|days|between|time|any|served?|serve|each|every"
    r"|per|overall|altogether|net)(?![\w-])"
)


_REGULARLY = re.compile(r"\b(?:in |on )?(?:every|each) (?:single )?(?:week|month|day|weekend)\b|\bevery \w+day\b")
_NOT_BOUGHT = re.compile(
    rf"\b{_WHO}\b.{{0,20}}\b(?:did not|didn't|don't|do not|never|have not|haven't|has not|not) (?:ever )?(?:buy|bought"
    r"|purchased?|shop)\b"
)
_NOT = re.compile(r"\b(?:did not|didn't|don't|do not|never|have not|haven't|has not|not)(?: ever)?\b")
NOT_BOUGHT = "The others among the known customers who bought anything then did not buy it."


_DEMOGRAPHICS = re.compile(
    r"\bdemographics?\b.*\b(?:affects?|influences?|drives?|predicts?|matters?|impacts?|relat\w+|correlat\w+|explains?"
    r"|associated)\b.*\b(?:spend\w*|sales|visits?)\b|\b(?:spend\w*|visits?) (?:\w+ ){0,3}by demographics?\b"
    r"|\bhow does (?:\w+ )?spend(?:ing)? (?:vary|differ|change) (?:by|with|across) (?:customer "
    r"|household )?demographics?\b"
)
_EXAMPLES = re.compile(r"\((?:e\.? ?g\.?|for example|such as|like)[^)]*\)")
_OF_GOODS = re.compile(
    "(?:,? (?:and|or|and/or)|[?.])? ?(?:their )?engagement (?:with|in)(?: (?:certain|particular|different|specific"
    "|various|some|the|product))* (?:categor(?:y|ies)|departments?|products?)"
)
_TASTES: tuple[dict[str, Any], ...] = (
    {"attribute": "kids", "values": ["1", "2", "3+"]},
    {"attribute": "household_size", "values": ["1"]},
    {"attribute": "age_band", "values": ["65+"]},
)
OTHER_TASTES = (
    "For other groups ask what they buy more of than everybody else: “what do high income households prefer”."
)
_FACTORS = ("income_band", "age_band", "household_size", "kids")
FACTORS = "These are differences between groups, not causes: larger households spend more whatever their income."


def _by_each_attribute(reading: Reading, around: Surroundings) -> Plan:
    """What customers spend by each of the attributes that are known of them."""
    reading.take(_EXAMPLES)
    goods = reading.take(_OF_GOODS) is not None
    slots = take_slots(reading, around, _DEMOGRAPHIC_WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    shared = {"period": "all time", **slots.args("period", "stores")}
    plan = calls_for(VISITS, shared, [{"by": name} for name in _FACTORS], FACTORS)
    if not goods:
        return plan
    tastes = [(PREFERENCES, {**one, **slots.args("period", "stores")}) for one in _TASTES]
    return Plan((*plan.calls, *tastes), f"{FACTORS} {OTHER_TASTES}")


_DEMOGRAPHIC_WORDS = re.compile(
    rf"{_WORDS.pattern}|\b(?:demographics?|factors?|variables?|characteristics?|affects?|influences?|drives?|predicts?"
    r"|matters?|impacts?|relat\w+|correlat\w+|explains?|associated|appears?|seems?|vary|differ|change|across|customer"
    r"|which|what|to|e\.g\.?|presence of children|household size|income|age)\b|[(),]"
)


_SPANS = {"week": "last 12 weeks", "month": "last 6 months"}


def _only(groups: list[Group], against: str | None) -> bool:
    """Whether just the groups named are meant: one kind, or several held against each other and not the rest."""
    return bool(groups) and (against is None or len(groups) > 1)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about buyers, visits and spend per customer; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _DEMOGRAPHICS.search(whole) and not names_the_future(whole):
        return _by_each_attribute(reading, around)
    counting = _COUNT.search(whole)
    if not (
        counting
        or _SPEND_MORE.search(whole)
        or any(pattern.search(whole) for pattern in (_SPEND, _OFTEN, _PENETRATION))
    ):
        return None
    if counting and (condition := _SEVERAL_STORES.search(whole) or _REGULARLY.search(whole)):
        return not_understood(condition[0].strip())
    without = _NOT_BOUGHT.search(whole) is not None and reading.take(_NOT) is not None
    groups = take_people(reading)
    if not (groups or counting or any(pattern.search(whole) for pattern in (_SPEND, _OFTEN, _PENETRATION))):
        return None  # who spends more over time is another question
    if names_the_future(whole) or _OTHER.search(_SPEND_MORE.sub(" ", whole) if groups else whole):
        return None
    dimensions = [name for name in take_dimensions(reading) if name != "tender"]
    against = split_instead(groups, whole)
    by = against or (groups[0].dimension if groups else None)
    values = [value for group in groups for value in group.values] if _only(groups, against) else None
    if len({group.dimension for group in groups}) > 1 or (groups and dimensions):
        return not_understood("several kinds of customers at once")
    if dimensions:
        by = dimensions[0]
        if len(dimensions) > 1 or by not in _SPLITS:
            return not_understood(f"by {' and '.join(dimensions)}")
    said = [one.phrase for one in periods(reading)]
    slots = take_slots(reading, around, _WORDS)
    goods = slots.product or slots.department
    if slots.unknown or slots.limit or (goods and _TOGETHER.search(whole)) or (without and not goods):
        return None if _TOGETHER.search(whole) else not_understood(slots.unknown or "that number")
    life = _LIFE.search(whole) is not None
    usual = "all time" if life or _EVER.search(whole) or groups else None
    order = "bottom" if re.search(r"\b(?:least|lowest|fewest)\b", whole) else None
    rank = next((name for name, pattern in _RANKS if pattern.search(whole)), "customers" if counting else None)
    rank = rank if by else None
    usual = usual or _SPANS.get(by or "")
    shared: dict[str, Any] = {
        "by": by, "values": values, "rank_by": rank, "order": order, **slots.args("stores", "product", "department")
    }  # fmt: skip
    ways: list[dict[str, Any]] = [{"period": one} for one in dict.fromkeys(said)] or [{"period": usual}]
    plan = calls_for(VISITS, shared, ways, _LIFETIME if life else NOT_BOUGHT if without else "")
    if counting and not _UNIQUE.search(whole) and not (goods or by) and plan.calls:
        # Who says customers may mean baskets; both are told.
        plain = calls_for(SUMMARY, {"metrics": ["transactions"], **slots.args("stores")}, ways)
        return Plan((*plan.calls, *plain.calls), plan.text)
    return plan
