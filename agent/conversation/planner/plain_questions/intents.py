"""Which kind of question it is that stands on its own: a list of stores, a ranking, a comparison or a summary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import STORES, TOP, Plan, calls_for, not_understood, together
from agent.conversation.planner.plain_questions.comparing import comparison
from agent.conversation.planner.plain_questions.summary import margin_as_a_rate, summary
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.cut import hours_of, take_pair_of_days
from agent.conversation.planner.slots.daytime import (
    NO_HOURS_HERE,
    take_recurring_days,
    take_time_of_day,
    take_times_of_day,
)
from agent.conversation.planner.slots.goods import leftover, take_marked
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import (
    looks_like_store,
    take_departments,
    take_preposed_department,
    take_stores,
    take_unknown_department,
)
from agent.conversation.planner.wording.words import (
    EARNS_BUT_SELLS_LITTLE,
    SELLS_BUT_EARNS_LITTLE,
    asks_for_the_bottom,
    take_limit,
    take_metrics,
    take_split,
    with_plain_sales,
)
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_SHOPS = r"(?:stores|shops|locations|branches)"
_LIST_STORES = re.compile(
    r"^\W*(?:please |can you |could you )*(?:list|show|name|which|what)(?: me)?(?: are)?(?: all)?(?: of)?(?: the| our"
    rf"| my| your)*(?: \w+)? {_SHOPS}(?: (?:do|can|are|have|may|am|is|in|of)\b(?! (?:\w+ )?(?:out of|low on|without"
    rf"|missing|late|behind|over|under|losing)\b).*| there.*|\W*$)|\b(?:how many {_SHOPS}|{_SHOPS} (?:list|do (?:i"
    rf"|we) (?:have|see|manage|run|own)|can i see)|list of (?:\w+ )?{_SHOPS}|^ ?my stores ?$)|\b(?:opening|store"
    r"|business|trading) hours\b|\b(?:our|the|your) hours\b|\bwhen (?:do|does|are|is) (?:we|the stores?|you"
    r"|[\w ]+ (?:store|street|point|avenue|road)) (?:open|close)|\bwhat time (?:do|does) .+ (?:open|close)|\b(?:which"
    r"|what) district\b|\btime ?zones?\b"
)
_STORES_THAT_ARE = re.compile(rf"^\W*(?:\w+ ){{0,6}}{_SHOPS} (?:do|can|are|have|may|am|is|in|of)\b")
_OF_A_STORE = re.compile(
    rf"\b(?:{_SHOPS}|please|can|could|you|list|show|name|how|which|what|me|all|of|the|our|my|your|i|we|us|they|do|does"
    rf"|are"
    "|have|has|may|am|is|in|see|access|look|ask|about|allowed|to|for|a|an|and|or|by|with|at|this|that|these|now|right"
    "|currently|today|own|run|manage|operate|cover|belong|part|system|data|connected|loaded|known|open(?:ed|ing)?"
    "|clos(?:ed|ing)|hours?|times?|zones?|districts?|regions?|area|chain|company|group|here|there|names?|called"
    r"|address\w*|located|location|included|on|until|not|late|early|big|many|state|city|it|still|already|(?:sun|mon"
    r"|tues|wednes|thurs|fri|satur)days?|new|newest"
    r"|oldest|store|shop|details?)\b"
)
"""Words that a question for the list itself may hold: with any other it asks which stores fit a condition."""
_PLACE_WORDS = 3
_BEST_STORES = re.compile(
    r"\b(?:best|worst|top|bottom|sold|sell|sales|perform\w*|most|least|highest|lowest|did|fell|grew|down|up"
    r"|under ?perform\w*|biggest|smallest|largest|gap)\b"
)
_RANKED_SPLIT = re.compile(
    r"\b(?:top|best|worst|bottom|which|what)(?: \d+| \w+)? (?:departments?|categor(?:y|ies)|stores?|shops?)\b|\b(?:top"
    r"|best|worst|bottom|least|most)(?: \d+| \w+){2} (?:departments?|categor(?:y|ies))\b"
)
_PRODUCTS = re.compile(
    r"\b(?:products?|items?|skus?|articles|lines|goods|best ?-?sellers?|top ?-?sellers?|worst ?-?sellers?"
    "|slow ?-?(?:movers?|sellers?)|sellers|movers|things|what(?:'s| is| are| was)?(?:n't| not)? (?:selling|sold"
    r"|moving|sells|sell))\b|\bwhat (?:sold|sells|did we sell|do we sell|are we selling|moved) (?:the )?(?:most|best"
    r"|least|worst|well|badly|fastest|slowest)\b"
)
_RANKED = re.compile(
    r"\b(?:top|best|worst|bottom|most|least|highest|lowest|biggest|slow\w*|fast\w*|leading|rank\w*|popular|sellers?"
    r"|movers?|winners?|losers?|profitable|hot\w*|poor\w*)\b|\bbest-?sell|\bsell(?:s|ing)? (?:the )?(?:well|badly"
    r"|poorly)\b|n't sell|not sell"
)
_COMPARISON = re.compile(
    r"\b(?:stores|shops|locations|departments|categories|brands) (?:are|were|went|have gone) (?:up|down)\b|"
    r"\b(?:did|do|does) (?:[\w']+ ){1,5}?(?:fall|rise|increase|decrease|go (?:up|down))\b|"
    r"\b(?:compar\w+|versus|vs\.?|against|relative to|than|yoy|wow|mom|qoq|quarter[- ](?:over|on)[- ]quarter|dod"
    r"|(?<!from )(?:(?P<step>day|week|month|quarter) to (?P=step))|year[- ](?:over|on)[- ]year|week[- ](?:over"
    r"|on)[- ]week|month[- ](?:over|on)[- ]month|day[- ](?:over|on)[- ]day|growth|grew|grown|grow(?:ing)?|chang\w+"
    r"|shrink\w*|shrank|differ\w*|trend\w*|improv\w+|declin\w+|fell|fallen|dropped|drop|rose|risen|up or down"
    "|better or worse|(?:up|down|ahead|behind|better|worse|higher|lower) (?:on|from|than|compared|vs|versus|against"
    "|over)|(?:are|is|were|was) (?:we|sales|it|they|business|revenue|margin|traffic|transactions"
    r"|[\w ]+ sales) (?:\w+ )?(?:up|down|better|worse|ahead|behind|higher|lower)|how much (?:up|down|better|worse))\b"
)

_RANKED_GOODS = re.compile(
    r"\b(?:best|worst|top|fastest|slowest)[- ]sell(?:ing|ers?)\b|\b(?:most|least) popular\b|\btop (?:\d+|three|five"
    r"|ten) \w+|\b(?:best|worst|bottom) (?:\d+|three|five|ten) \w+"
)
"""A rank of goods whose word may stand alone: “best selling cheese”, “top 5 beers”."""
_TREND = re.compile(
    r"\bhow (?:do|does|did|have|has)\b.*\b(?:chang\w*|var(?:y|ies|ied)|develop\w*|evolv\w*)\b.*\b(?:by|over|per|across"
    r"|from) (?:the )?(?:month|week|day|year|time|season)s?\b(?!.*\b(?:vs|versus|compared)\b)|\btrend(?:s|ed|line)?\b"
    r"|\bover time\b|\b(?:day|week|month) by (?:day|week|month)\b"
)
_FIGURES_APART = re.compile(
    r"\w (?:vs\.?|versus|against) (?!(?:the |last |this |same )*(?:week|month|year|day|quarter))\w"
)
"""“Traffic vs transactions” names two figures, not two periods."""
_STORES_THAT = re.compile(
    r"\bhow many (?:of (?:our|the) )?(?:stores|shops|locations) (?:sell|sold|carry|carried|stock|offer)\b"
)
_TWO_WAYS = re.compile(
    r"\b(?:high|low|growing|rising|falling|declining|good|strong|weak|poor|increasing|decreasing)(?:er)? (?:net "
    r"|gross )?\w+,? (?:but|yet|while|and|with) (?:high|low|growing|rising|falling|declining|losing|poor|weak|bad"
    r"|increasing|decreasing)(?:er)?(?: \w+)?\b"
)
ONE_FIGURE = (
    "I rank by one figure at a time, so “{said}” is two questions: ask for the first with the other beside it, for "
    "example “categories by net sales with their margin”."
)
_BIGGEST_MOVE = re.compile(
    r"\b(?:which|what) (?:week|month|day|quarter|hour)s?\b.*\b(?:biggest|largest|steepest|sharpest|worst"
    r"|most) (?:\w+ )?(?:drop|fall|decline|decrease|rise|increase|jump|growth|change|gain|dip|spike)s?\b"
)
NO_RANKED_MOVES = (
    "I do not rank weeks or months by how they changed against the one before. I can show their course: ask “sales "
    "trend by week” or “last week against the week before”."
)
_FIGURE = (
    "(?:(?:net |gross )?sales|revenue|transactions|orders|labou?r (?:hours|costs?)|staff hours|hours worked|visitors"
    "|traffic|foot traffic|margins?|profits?|discounts|returns|refunds|units|conversion|average (?:basket|ticket"
    "|transaction value))"
)
_TWO_FIGURES = re.compile(
    rf"\bcompar\w+ (?:our |my |the )?{_FIGURE} (?:and|with|to|against|vs\.?) (?:our |my |the )?{_FIGURE}\b"
    rf"|\b{_FIGURE} (?:vs\.?|versus|against) (?:our |my |the )?{_FIGURE}\b"
)
_UP = r"(?:grow\w*|grew|ris\w+|rose|increas\w+|improv\w+)"
_DOWN = r"(?:declin\w+|fall\w*|fell|shrink\w*|dropp\w+|decreas\w+)"
_SLOW_BUT_GOOD = re.compile(
    r"\b(?:slow|fast)[- ](?:sellers?|movers?|selling|moving)(?: \w+)? (?:but|yet|while|and|with) (?:an? )?(?:high|low"
    "|good|poor|strong|weak|best|worst) (?:margins?|profits?)(?: ?%)?"
)
_OPPOSED = re.compile(
    rf"\b{_DOWN} \w+(?: \w+)? (?:but|while|yet|and|with) (?:\w+ )?{_UP}\b.*|\b{_UP} \w+(?: \w+)? (?:but|while|yet|and"
    rf"|with) (?:\w+ )?{_DOWN}\b.*"
)
"""Two figures that must move in opposite ways: no tool picks what fits both."""
_AGAINST_PERIOD = re.compile(
    r"\b(?:to|with|against|vs\.?|versus|than) (?:the |last |this |same |previous )*(?:week|month|year|day|quarter"
    "|period|yesterday)"
)
_AGAINST = re.compile(
    r"\b(?:compar\w+|versus|vs\.?|against|than|yoy|wow|mom|qoq|(?:quarter|year)[- ](?:over|on)[- ](?:quarter|year))\b"
)
_TIMES_RANKED = re.compile(
    r"\b(?:which|what|best|worst|busiest|slowest|highest|lowest) (?:days?|weeks?|months?|hours?)\b(?! of cover)"
)


def read_intent(text: str, around: Surroundings) -> Plan | None:
    """What to do about a question that stands on its own, or None when nothing fits."""
    reading = Reading.of(text)
    whole = reading.text
    if (listed := _stores_listed(text, around)) is not None:
        return listed
    if _RANKED_SPLIT.search(whole):
        return summary(reading, around) if not _COMPARISON.search(whole) else comparison(reading, around)
    if _PRODUCTS.search(whole) and _PRICED.search(whole):
        return _ranking(reading, around)
    if _PRODUCTS.search(whole) and _RANKED.search(whole) and not _TIMES_RANKED.search(whole):
        return _ranking(reading, around)
    if _RANKED_GOODS.search(whole) and not _TIMES_RANKED.search(whole):
        ranked = _ranking(Reading(reading.text, reading.source), around)
        if any("department" in args for _, args in ranked.calls):
            return ranked
    each = reading.find(_EACH_PRODUCT)
    if each is not None and not _COMPARISON.search(whole) and take_metrics(Reading(whole)):
        reading.blank(each.start(), each.end())
        return _ranking(reading, around)
    if _TREND.search(whole) and not _AGAINST.search(whole):
        return summary(reading, around, trend=True)
    if _FIGURES_APART.search(whole) and len(take_metrics(Reading(whole))) > 1:
        return summary(reading, around)
    if _TWO_FIGURES.search(whole) and not _AGAINST_PERIOD.search(whole):
        return summary(reading, around)
    if take_pair_of_days(Reading(whole)) is not None or len(take_times_of_day(Reading(whole))) > 1:
        return summary(reading, around)
    return comparison(reading, around) if _COMPARISON.search(whole) else summary(reading, around)


def _stores_listed(text: str, around: Surroundings) -> Plan | None:
    """The list of stores, or of those in a place; None where those are asked for that are so and so."""
    reading = Reading.of(text)
    whole = reading.text
    if not _LIST_STORES.search(whole) or _BEST_STORES.search(whole):
        return None
    stores = take_stores(reading, around)
    if _STORES_THAT_ARE.search(whole):
        while reading.take(_OF_A_STORE):
            pass
        left = re.search(r"[a-z].*[a-z]", reading.text)
        if left is not None:
            lead = whole[: left.start()]
            if not re.search(r"\b(?:in|of|at) (?:the )?$", lead) or len(left[0].split()) > _PLACE_WORDS:
                return None
            stores = reading.said(left.start(), left.end())
    return Plan(((STORES, {"stores": stores} if stores and stores != "all stores" else {}),))


_EACH_PRODUCT = re.compile(
    r"\b(?:by|per|for (?:each|every)|of (?:each|every)) (?:single |individual )?(?:product|item|sku|article"
    r"|upc)s?\b(?! (?:categor|type|group|size|line|name|per|in)\w*)"
)
_TIMES = frozenset({"hour", "weekday", "day", "week", "month"})
_EACH_SPAN_FIRST = re.compile(r"\b(?:this|last|the|past) (?:day|week|month)\b(?! by)")
NO_RANKS_BY_TIME = "I rank products over a period, not by {span}: ask for the best of a single day, week or month."
_IN_MOST_STORES = re.compile(r"\b(?:in|at) (?:the )?(?:most|fewest|more|least)(?: \w+)? (?:stores|shops|locations)\b")
_PRICED = re.compile(r"\b(?:cheapest|(?:most|least) expensive|dearest|priciest|(?:highest|lowest)[- ]priced)\b")


_BY_TRANSACTIONS = re.compile(
    r"\b(?:by|most|fewest|in) (?:the )?(?:number of |count of |how many )?(?:transactions|baskets|orders|receipts"
    r"|tickets)\b"
)
"""Products ranked by how many bought them, and not “the top products of these transactions”."""
_BOTH_MARGINS = {"gross_margin", "gross_margin_pct"}


def _ranked_by(reading: Reading) -> list[str]:
    """The metric that ranks, and those wanted beside it; words like “profitable” or “popular” name one too."""
    whole = reading.text
    named = take_metrics(reading)
    counted = bool(_BY_TRANSACTIONS.search(whole))
    counted_too = [name for name in named if counted or name != "transactions"]
    metrics = margin_as_a_rate(with_plain_sales(counted_too, whole), whole)
    if metrics:
        return metrics
    if re.search(r"\bprofitable\b", reading.text):
        return ["gross_margin"]
    return ["units"] if re.search(r"\bfast\w*|\bslow\w*|\bpopular\b", reading.text) else []


def not_one_figure(whole: str) -> Plan | None:
    """Why a question cannot be ranked or counted as it stands; None where it can."""
    if (stores := _STORES_THAT.search(whole)) is not None:
        return not_understood(stores[0].strip())
    two = _TWO_WAYS.search(whole) or _OPPOSED.search(whole) or _SLOW_BUT_GOOD.search(whole)
    if two is not None and not (SELLS_BUT_EARNS_LITTLE.search(whole) or EARNS_BUT_SELLS_LITTLE.search(whole)):
        return Plan(text=ONE_FIGURE.format(said=two[0].strip()))
    if _BIGGEST_MOVE.search(whole):
        return Plan(text=NO_RANKED_MOVES)
    return None


def _not_to_be_ranked(reading: Reading) -> Plan | None:
    """Why products cannot be ranked as asked: by hours, stretches of time, or by how many stores sell them."""
    if spread := reading.find(_IN_MOST_STORES):
        return not_understood(spread[0])
    span = take_split(Reading(reading.text, reading.source))
    if span in _TIMES and not _EACH_SPAN_FIRST.search(reading.text):
        return Plan(text=NO_RANKS_BY_TIME.format(span=span))
    hours = take_time_of_day(Reading(reading.text, reading.source))
    return Plan(text=NO_HOURS_HERE.format(said=hours)) if hours and hours_of(hours) is None else None


def _side_by_side(
    when: Mapping[str, str],
    args: Mapping[str, Any],
    beside: Sequence[str],
    departments: Sequence[str],
    spans: Sequence[str],
) -> Plan:
    """Products ranked on days or in hours that come again (“best sellers on weekends”), or with figures beside."""
    where = [{"dimension": name, "values": [said]} for name, said in when.items()]
    where += [{"dimension": "department", "values": [name]} for name in departments[:1]]
    if len(departments) > 1:
        return not_understood(" and ".join(departments))
    shared = {
        "by": "product",
        "metrics": [args.get("metric") or "net_sales", *beside],
        "where": where or None,
        "stores": args.get("stores"),
        "top": args.get("limit") or 10,
        "order": args.get("order"),
    }
    usual = [] if when else ["last week"]
    return calls_for(BREAKDOWN, shared, [{"period": span} for span in spans or usual])


def _ranking(reading: Reading, around: Surroundings) -> Plan:
    if (refused := _not_to_be_ranked(reading)) is not None:
        return refused
    args: dict[str, Any] = {}
    marked = take_marked(reading)
    bottom = asks_for_the_bottom(reading)
    found = take_periods(reading)
    limit = take_limit(reading)
    if limit is not None:
        args["limit"] = limit
    stores = take_stores(reading, around)
    figures = _ranked_by(reading)
    metric = figures[0] if figures else None
    beside = [name for name in figures if name != metric and {name, metric} != _BOTH_MARGINS]
    if priced := reading.take(_PRICED):
        metric, bottom = "average_selling_price", priced[0].startswith(("cheap", "least", "lowest"))
    if metric:
        args["metric"] = metric
    if bottom:
        args["order"] = "bottom"
    days = take_recurring_days(reading)
    hours = [span for said in take_times_of_day(reading) if (span := hours_of(said))]
    departments = [marked.department or marked.product or ""] if marked else take_departments(reading, around)
    if not departments:
        name = take_unknown_department(reading, kinds=True) or take_preposed_department(reading)
        if name and stores is None and looks_like_store(name, around):
            stores = name
        elif name:
            departments = [name]
    left = leftover(reading, around, store_known=stores is not None)
    departments = left.beside(departments) if left else departments
    if left and (left.unknown or (left.goods and departments)):
        goods = left.goods if left else None
        return not_understood((left.unknown if left else "") or (goods.product or "" if goods else ""))
    if left and left.goods:
        departments = [left.goods.department or left.goods.product or ""]
    args["stores"] = stores or (left.store if left else None)
    parts = [{"hour": one} for one in hours] or [{}]
    when = [{**({"weekday": days} if days else {}), **part} for part in parts]
    if any(when) or ((beside or metric == "transactions") and len(departments) < 2):
        each = [_side_by_side(one, args, beside, departments, [span.phrase for span in found]) for one in when]
        return Plan(tuple(call for one in each for call in one.calls), together(*(one.text for one in each)))
    named: list[str | None] = [*departments] or [None]
    spans: list[str | None] = [one.phrase for one in found] or [None]
    ways = [{"period": span, "department": name} for span in spans for name in named]
    return calls_for(TOP, args, ways)
