"""Short questions after answers about promotions, coupons, targets and rankings of stores.

“Just the mailer”, “by how many households?”, “which income groups were they”, “how much would the worst one need”,
“why is the last one so low”: each is answered by the tool of the answer above or by the one that knows households.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.usual import Slots, take_slots
from agent.conversation.planner.threads.again import again_with
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.topics.why import EXPLAIN
from agent.conversation.surroundings import Surroundings

LIFT, REDEMPTION, HOUSEHOLDS, FACTS = "promotion_lift", "coupon_redemption", "coupon_use_by_household", "campaign_facts"
PROGRESS, RANKING, BREAKDOWN, COMPARE = "target_progress", "store_ranking", "sales_breakdown", "compare_periods"
_LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |then |now |what about |how about )*"
_ONE_SUPPORT = re.compile(
    rf"{_LEAD}(?:(?:only|just|for|from|with) )*(?:the |our )?(?P<what>mailers?|displays?|flyers?|ads?"
    r"|end ?caps?)(?: (?:only|ones|promos?))?\W*$"
)
_HOW_MANY_PEOPLE = re.compile(
    rf"{_LEAD}(?:by |from |of |that(?:'s| is| was) )*how many (?:different |unique )?(?:households?|customers?|people"
    "|shoppers)(?: (?:was that|were (?:they|those|that)|(?:got|received|were sent) (?:it|them|that|one)"
    r"|redeemed(?: them| it)?|used (?:them|it|one)|did that|is that))?\W*$"
)
_KINDS = (
    ("income_band", r"incomes?"), ("age_band", r"ages?"), ("household_size", r"(?:household|family) sizes?"),
    ("kids", r"(?:number of )?(?:kids|children)"), ("marital_status", r"marital(?: status)?"),
    ("home_ownership", r"home ?owner(?:ship)?(?: status)?"),
)  # fmt: skip
_WHICH_KIND = re.compile(
    rf"{_LEAD}(?:(?:which|what|by|per|split by|broken down by|in what"
    rf"|in which) )+(?P<kind>{'|'.join(words for _, words in _KINDS)})(?:[- ](?:groups?|bands?|brackets?|ranges?"
    r"|levels?))?(?: (?:were|are|was|is|did|do|redeemed?)(?: (?:they|those|these|the most|them|it|most|redeem\w*"
    r"|in))*)?\W*$"
)
ATTRIBUTES = frozenset(
    {"age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp"}
)
_IN_EACH = re.compile(
    rf"{_LEAD}how many (?:households?|customers?|people|shoppers)(?: (?:are|is|were|was))?(?: there)? (?:in"
    r"|of) each(?: (?:group|band|one|of (?:them|those|these)))?\W*$"
)
_OF_ALL = re.compile(
    rf"{_LEAD}(?:what|which) (?:%|percent(?:age)?|share|part|proportion)(?:'s| is| are| was)? (?:that|it|this|those"
    r"|they) of (?:all|the|our|known|total)(?: (?:the|our|known))? ?(?:households?|customers?|people|shoppers)?\W*$"
)
_NEEDS = re.compile(
    rf"{_LEAD}(?:how much|what) (?:more )?(?:would|does|do|will|is|are|must|did|should)\b.{{0,60}}\b(?:need\w*|short"
    r"|missing|left|to (?:make|hit|reach|get)|per day|a day|each day|daily)\b.*$"
)
_WHY_SO = re.compile(
    rf"{_LEAD}why (?:is|was|are|were) (?P<store>.{{3,40}}?) (?:so |that |doing (?:so )?)?(?P<end>low|high|bad|good"
    r"|poor|weak|strong|far (?:down|behind)|badly|well|last|first|worst|best|there|lowest|highest)\W*$"
)
MAILERS = "This tells apart what was in the mailer, on display, or both, of everything that was on promotion then."
WHOLE_CAMPAIGNS = "This is of every campaign of that time and of all coupons so far, by who redeemed."
_BEHIND_THE_END = re.compile(
    rf"{_LEAD}(?:which|what) (?:products?|items?|skus?) (?:caused|drove|made|explains?|(?:is|are|was|were) behind"
    "|led to|contributed (?:most )?to) (?:the |that )?(?:biggest|largest|worst|top) ?(?:one|fall|drop|decline"
    r"|decrease|loss|rise|gain|increase|growth|loser|winner)?\W*$"
)
_CAMPAIGN = re.compile(r"\btype ?-?[a-z]\b|\bcampaign (?:no\.? ?|number |#)?\d{1,4}\b")
MAX_WORDS = 7
EFFECT, VISITS = "campaign_effect", "customer_visits"
_ONLY_OF = re.compile(rf"{_LEAD}(?:(?:only|just|for|those|with|without|of|the)\b|.*\bonly\W*$)")
_ONLY_WORDS = re.compile(
    r"\b(?:and|so|but|ok(?:ay)?|then|now|only|just|for|those|the|of|what about|how about|in|split|it|that|down|break)\b"
)
_WITHOUT = re.compile(
    rf"{_LEAD}(?:(?:versus|vs\.?|against|compared (?:to|with)|than|or|with) )*(?:those |the ones |households "
    r"|families )?(?:without|with no) (?:any )?(?:kids|children)\W*$"
)
_DRIVEN = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was)?|why(?:'s| is)?) (?:driving|behind|causing|dragging|hurting|wrong with"
    "|happening)(?: (?:it|that|this|them))?(?: down)?"
    r" ?(?:at |in )?(?P<store>[\w' ]{3,40}?)\W*$"
)
_WHICH_OF_TWO = re.compile(
    rf"{_LEAD}(?:which|what)(?: one| of (?:them|the two|those))? (?:made|had|has|sold|is|was|did|earned|brought|got"
    r"|performed|worked)(?: in)? (?:the )?(?:more|better|higher|bigger|less|worse|lower)\b.*$"
)
NAME_THE_TWO = "Name the two, please: the answer above was about one."
OF_SENT = "The rate is of the households that were sent a campaign; all known households are in the second answer."
STANDS = (
    "The second table holds its departments beside those of the other stores. What sets a store apart from others I "
    "cannot take apart as I can a change in time; the first part says what changed there."
)


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other, and where nothing was answered before."""
    last = previous[-1] if previous else None
    if last is not None and last.failed and last.name in (EFFECT, REDEMPTION, FACTS):
        return _of_campaign(text, last, around)
    if last is None or last.failed:
        return None
    plain = text.lower().strip()
    if len(previous) == 1 and not last.args.get("by") and _WHICH_OF_TWO.match(plain) and " than " not in plain:
        return Plan(text=NAME_THE_TWO) if {"product", "department", "promotion", "campaign"} & set(last.args) else None
    coupons = next(
        (call for call in reversed(previous[:-1]) if call.name in (REDEMPTION, FACTS) and not call.failed), None
    )
    if coupons is not None and (found := _of_campaign(text, coupons, around)) is not None:
        return found
    return _of_people_or_parts(text, plain, last, around) or _of_its_tool(text, plain, last, around)


def _of_people_or_parts(text: str, plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Another kind of household, how many there are of each, or the part of each store."""
    if last.args.get("by") == "kids" and last.args.get("values") and _WITHOUT.match(plain):
        return Plan(((last.name, {key: value for key, value in last.args.items() if key != "values"}),))
    if str(last.args.get("by")) in ATTRIBUTES and _IN_EACH.match(plain):
        kept = {key: last.args[key] for key in ("period", "stores") if key in last.args}
        return Plan((("household_profile", {"by": [last.args["by"]], **kept}),))
    if last.name == VISITS:
        return _of_people(text, last, around)
    return _each_part(text, last, around) if last.name == BREAKDOWN and last.args.get("of_total") else None


def _of_its_tool(text: str, plain: str, last: Call, around: Surroundings) -> Plan | None:
    """What the tool of the answer above knows beside it."""
    if last.name == LIFT and _ONE_SUPPORT.match(plain):
        return Plan(((LIFT, {**last.args, "by": "support"}),), MAILERS)
    if last.name == COMPARE and (end := _BEHIND_THE_END.match(plain)) is not None:
        return _behind_the_end(end, last)
    if last.name == EFFECT:
        return _of_campaign(text, last, around)
    if last.name in (REDEMPTION, FACTS, HOUSEHOLDS):
        return _of_coupons(plain, last) or _of_campaign(text, last, around)
    if last.name == PROGRESS and _NEEDS.match(plain):
        store = take_stores(Reading.of(text), around)
        return Plan(((PROGRESS, {**last.args, **({"stores": store} if store else {})}),))
    if last.name == RANKING and (driven := _DRIVEN.match(plain)) is not None:
        return _driven(driven["store"], last, around)
    if last.name == RANKING and (low := _WHY_SO.match(plain)) is not None:
        return _why_so(low["store"], last, around)
    return None


def _behind_the_end(end: re.Match[str], last: Call) -> Plan | None:
    """Which products moved most within the department, category or store that the comparison above names as its end."""
    by = last.args.get("by")
    way = "rise" if re.search(r"rise|gain|increase|growth|winner", end[0]) else "fall"
    told = re.search(rf"Largest {way}: (?P<name>.+?), [-$€£\d]", str(last.document.get("text") or ""))
    if told is None or by not in ("category", "department", "store"):
        return None
    args = {key: last.args[key] for key in ("period", "compare_to", "metrics", "stores") if key in last.args}
    args |= {"by": "product", "rank_by": "change", "order": "top" if way == "rise" else "bottom", "top": 10}
    args["least_units"] = 0  # within one of them small movements count as well
    args.setdefault("compare_to", "the period before")
    if by == "store":
        return Plan(((BREAKDOWN, {**args, "stores": told["name"]}),))
    where = [{"dimension": by, "values": [told["name"]]}]
    if part := last.args.get("department"):
        where.append({"dimension": "department", "values": [part]})
    return Plan(((BREAKDOWN, {**args, "where": where}),))


def _of_coupons(plain: str, last: Call) -> Plan | None:
    """Redeemers are named by the answers themselves; by age or income another tool has them."""
    if last.name == REDEMPTION and _HOW_MANY_PEOPLE.match(plain):
        return Plan(((REDEMPTION, dict(last.args)),))
    if last.name == REDEMPTION and _OF_ALL.match(plain):
        kept = {key: last.args[key] for key in ("stores",) if key in last.args}
        return Plan(((REDEMPTION, dict(last.args)), ("customer_visits", {"period": "all time", **kept})), OF_SENT)
    kind = _WHICH_KIND.match(plain)
    if kind is None or last.args.get("campaign"):
        return None
    by = next(name for name, words in _KINDS if re.fullmatch(words, kind["kind"]))
    kept = {key: last.args[key] for key in ("period", "stores") if key in last.args}
    return Plan(((HOUSEHOLDS, {"by": by, **kept}),), WHOLE_CAMPAIGNS)


def _of_people(text: str, last: Call, around: Surroundings) -> Plan | None:
    """The same visits of one kind of household, where a short question names no more than that."""
    if len(text.split()) > MAX_WORDS or not _ONLY_OF.match(text.lower()):
        return None
    reading = Reading.of(text)
    groups = take_people(reading)
    slots = take_slots(reading, around, _ONLY_WORDS)
    if len(groups) != 1 or slots != Slots():
        return None
    args = {key: value for key, value in last.args.items() if key not in ("by", "values")}
    return Plan(((VISITS, {**args, "by": groups[0].dimension, "values": list(groups[0].values)}),))


def _each_part(text: str, last: Call, around: Surroundings) -> Plan | None:
    """The part of each store or department, where that of all was told."""
    reading = Reading.of(text)
    dimensions = take_dimensions(reading)
    slots = take_slots(reading, around, _ONLY_WORDS)
    if len(dimensions) != 1 or slots != Slots() or len(text.split()) > MAX_WORDS:
        return None
    metrics = list(last.args.get("metrics") or [])
    kept = {key: last.args[key] for key in ("where", "period", "stores", "department", "product") if key in last.args}
    return Plan((("part_of_each", {**kept, "by": dimensions[0], **({"metric": metrics[0]} if metrics else {})}),))


def _of_campaign(text: str, last: Call, around: Surroundings) -> Plan | None:
    """The same of one campaign or type, where a short question names no more than that."""
    if len(text.split()) > MAX_WORDS or not _CAMPAIGN.search(text.lower()):
        return None
    found = again_with(Reading.of(text), last, around)
    return Plan((found,)) if found is not None and found[1].get("campaign") else None


def _driven(said: str, last: Call, around: Surroundings) -> Plan | None:
    """What moved the figure of a ranking, or its net sales, at one of the stores."""
    store = next((one.name for one in around.stores if one.name.lower() == said.strip()), None)
    if store is None:
        return None
    args = {"period": last.args.get("period") or "last 4 weeks", "stores": store}
    metric = last.args.get("metric")
    return Plan(((EXPLAIN, {**args, "metric": metric} if metric else args),))


def _why_so(said: str, last: Call, around: Surroundings) -> Plan | None:
    """What changed at a store of the ranking in the figure that ranked, with its departments beside the others'."""
    store = next((one.name for one in around.stores if one.name.lower() == said.strip()), None)
    metric = last.args.get("metric")
    if store is None or not metric:
        return None
    period = last.args.get("period") or "last 4 weeks"
    calls: list[tuple[str, dict[str, object]]] = [(EXPLAIN, {"period": period, "stores": store, "metric": metric})]
    if metric in ("net_sales", "gross_sales", "gross_margin", "gross_margin_pct", "units", "discount_rate"):
        beside = {
            "by": "department, store",
            "metrics": [metric, "net_sales"] if metric != "net_sales" else [metric],
            "period": period,
        }
        return Plan((*calls, (BREAKDOWN, beside)), STANDS)
    return Plan(tuple(calls))
