"""The figures before, seen in one more way: “margin wise”, “is Floral always that low”, “sat and sun separate”.

Each keeps the days, stores, goods and figure of that answer as far as they hold, and changes one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.rewording import reworded
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.threads.carried import long_enough
from agent.conversation.planner.threads.once_more.before import (
    BREAKDOWN,
    FIGURES,
    KEPT,
    split_of,
    split_tool,
    usual_days,
)
from agent.conversation.planner.threads.once_more.words import THEIR_COST, WEEKEND
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.why import EXPLAIN
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_COURSE_DAYS = "last 12 weeks"
_ATTENDANCE, _KNOWN, _TENDERS = "attendance", "identified_sales", "tender_mix"
_LOW = r"(?:low|high|bad|good|slow|weak|strong|poor|quiet|busy|small|big|late|early)"
_ALWAYS = re.compile(
    rf"{LEAD}(?:is|was|are|were|has|have|does|do) (?P<at>[a-z][\w&' ]{{1,30}}?) (?:always|usually|normally|typically"
    rf"|often"
    rf"|ever)(?: been| run| look| do| done)? (?:that |this |so |like (?:that|this))?(?:{_LOW}(?:ly)?|badly|like (?:that"
    r"|this))?(?: (?:there|here|right|or not))*\W*$"
)
_IT = frozenset({"it", "that", "this", "they", "those", "these", "we", "that one", "sales"})
_FINE = (
    r"(?:(?:is|are|was|were) )?(?:it|that|this|they|we)?(?:'s|'re|s| is| are| was| were)? ?(?:still |all "
    r"|doing )?(?:fine|ok(?:ay)?"
    r"|good|alright|all right|better|worse|bad|the same|healthy|in line)"
)
_WISE = re.compile(
    rf"{LEAD}(?:(?:what about |how about |how (?:is|are|was|does|do) (?:it|that|they) (?:look )?|who (?:had|has|is|was)"
    rf" (?:the )?(?:most|least|best|worst|highest|lowest),? ?))?(?P<what>[a-z%][a-z% ]{{2,24}}?)[- ]?wise"
    rf"(?:,? {_FINE})?(?:[, ]+(?:right|no|yes|though|tho|then|or not))*\W*$"
)
_GROWTH = re.compile(
    rf"{LEAD}(?:what(?:'s|s| is| was)|how (?:much|big) (?:is|was)|show(?: me)?)? ?(?:the |our )?(?:growth|change"
    rf"|difference"
    rf"|increase|decrease|drop|gain|rise|movement|delta)(?: in %| in percent)? (?:from|between) (?P<first>.{{2,25}}?)"
    r" (?:to|and|until|vs\.?) (?P<then>.{2,25}?)\W*$"
)
_TRENDING = re.compile(
    rf"{LEAD}how(?:'s|s| is| has| are| have) (?:it|that|this|they|those|we) (?:been )?(?:trending|developing|moving)"
    r"(?P<when> (?:since|over|for|during|this|last) .{3,30}?)?\W*$"
)
_EACH_HOUR = re.compile(
    rf"{LEAD}(?:(?:show|split|break)(?: me)?(?: (?:it|that|them))?(?: down)? )?(?:by|per|for each|each) (?:the )?hours?"
    r"(?: of (?:the )?day)?(?: (?:there|here|too|as well|instead))*\W*$"
)
_APART = re.compile(
    rf"{LEAD}(?:(?:can (?:you|i)|show|give|split|break|do|have)(?: me| it| them| that)*(?: out| up| into"
    rf"| for)* )?(?:(?P<ends>"
    r"sat(?:urday)?s? (?:and|&|n|/|\+|vs\.?) sun(?:day)?s?)|(?:the )?(?:two |both |single |individual )?days|each day"
    r"|(?:the )?two of them)(?: (?:on their own|sep[ea]r\w+|apart|split(?: out)?|individually|one by one|by"
    r" (?:themselves|itself)|each))+\W*$"
)
_SAT_SUN = re.compile(
    rf"{LEAD}(?:how (?:is|was|does) )?sat(?:urday)?s? (?:vs\.?|versus|against|or|compared? (?:to|with)"
    rf"|than) sun(?:day)?s?\W*$"
    rf"|{LEAD}sun(?:day)?s? (?:vs\.?|versus|against|or|compared? (?:to|with)) sat(?:urday)?s?\W*$"
)
_SPANS_BEFORE = re.compile(
    rf"{LEAD}(?:compare[ds]?(?: (?:it|that|this|them))? (?:to|with|against)|vs\.?|versus|against|how does (?:that"
    rf"|it) compare"
    r" (?:to|with)) (?:the )?(?:(?:last|previous|prior|past) )?(?P<n>[2-8]|two|three|four|five|six|couple(?: of)?)"
    r" (?P<unit>weekend|week|month)s?(?: (?:before|prior|earlier|ago|back))?(?: (?:that|this|it))?\W*$"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WON = re.compile(
    rf"{LEAD}(?:(?:so )?who(?:'s|s| is| was)?|which (?:one|store|of (?:them|the two))(?: is| was)?)"
    r" (?:won|wins|winning|(?:the )?winner|came out (?:on top|ahead|best)|comes out ahead|did it better|took it)\W*$"
)
_CARD = re.compile(
    rf"{LEAD}(?:only |just )*(?:(?:with|for|using|of|the|those with|people with|customers with) )*(?:an? |the "
    rf"|our )?(?:"
    r"(?:loyalty|rewards?|member(?:ship)?|club|points) ?(?:cards?|members?|customers?|program(?:me)?|accounts?)?"
    r"|members|card"
    r"holders)(?: (?:only|alone|swiped|scanned|on it))*\W*$"
)
_NO_CARD = re.compile(
    rf"{LEAD}(?:(?:the )?(?:ones|those|people|customers|ppl) )?(?:without|w/o|with no|no|non)[- ]?(?: ?(?:it|one|them"
    rf"|an?"
    r"|the|loyalty|rewards?|members?(?:hip)?|club|cards?))*(?: only)?\W*$"
)
_SHORT_OF_PEOPLE = re.compile(
    rf"{LEAD}(?:(?:is|was|are|were) (?:it|that|this) )?(?:because|cause|bc|due to"
    rf"|since)?(?: of)? ?(?:(?:are )?(?:they|we)"
    r"(?:'re| are| were)? |(?:being )?)(?:short(?:[- ]?(?:staffed|handed|on))?(?: (?:of )?(?:people|staff|hands|help))?"
    r"|understaffed|(?:no|not enough|missing|lacking) (?:people|staff|help)|call[- ]?(?:outs?|offs?|ins?)"
    r"|sick(?:ness)?)"
    rf"(?:,? or (?:what|not|something))?\W*$|{LEAD}why(?: (?:so (?:much|many)|(?:is|was) (?:it|that)(?: so high)?"
    r"|(?:did|do) (?:they|we) (?:work|need|have) (?:so much|it|that|overtime)))?\W*$"
)
OVERTIME_COST = (
    "What overtime costs by itself is not in the data I am given. What all hours cost is: “labour cost {days}”,"
    " “labour "
    "cost {days} by store”."
)
WHY_OVERTIME = (
    "Why hours went over is not recorded. What can be held beside them: “hours worked by person”, “who was late”, and"
    " “transactions and labour hours by weekday”, which shows where there are few hands for the trade."
)
KNOWN_OF_ALL = (
    "Sales with and without a known customer are told of the days together, not split as above; a known customer is"
    " one "
    "whose card or account the till wrote down."
)


def read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other."""
    if (found := _ALWAYS.match(plain)) is not None:
        return _always(found["at"].strip(), last, around)
    for reader in _READERS:
        if (told := reader(plain, last)) is not None:
            return told
    return None


def _always(said: str, last: Call, around: Surroundings) -> Plan | None:
    """Whether a figure is always so: its course week by week."""
    if last.name not in (*FIGURES, TOP):
        return None
    kept: dict[str, Any] = {key: last.args[key] for key in ("stores", "metrics") if key in last.args}
    if last.args.get("metric"):
        kept["metrics"] = [last.args["metric"]]
    part = {key: last.args[key] for key in KEPT if key in last.args}
    if said in _IT:
        if last.args.get("by"):
            return None  # which of them is not said
        return Plan(((split_tool(part), {**part, **kept, "period": _COURSE_DAYS, "by": "week"}),))
    named = take_departments(Reading.of(said), around)
    reading = Reading.of(f"at {said}")
    store = None if named else take_stores(reading, around)
    if len(named) == 1 and named[0].lower() == said:
        kept["department"] = named[0]
    elif store is not None and not reading.rest() and store != "all stores":
        kept |= {**part, "stores": store}
    else:
        return None
    return Plan(((split_tool(kept), {**kept, "period": _COURSE_DAYS, "by": "week"}),))


def _wise(plain: str, last: Call) -> Plan | None:
    """The same in another figure, or by another group: “margin wise”, “store wise”."""
    found = _WISE.match(plain)
    if found is None:
        return None
    what = found["what"].strip()
    if last.name == _ATTENDANCE and what in ("store", "person", "people"):
        return Plan(((_ATTENDANCE, dict(last.args)),))  # it names the stores and the people
    if last.name not in (*FIGURES, TOP):
        return None
    if what in ("store", "department", "category", "brand"):
        kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args and key != what}
        return Plan(((split_tool(kept), {"period": usual_days(last), **kept, "by": what}),))
    reading = Reading.of(what)
    named = list(take_metrics(reading)) or (["net_sales"] if what in ("sales", "revenue", "dollar", "money") else [])
    if not named or (re.search(r"[a-z]", reading.text) and what not in ("sales", "revenue", "dollar", "money")):
        return None
    if named == ["gross_margin"]:
        named = ["gross_margin", "gross_margin_pct"]
    if last.name == TOP:
        return Plan(((TOP, {**last.args, "metric": named[0]}),))
    return Plan(((last.name, {**last.args, "period": usual_days(last), "metrics": named}),))


def _growth(plain: str, last: Call) -> Plan | None:
    """Growth of the figures before from one span to another, at their stores and of their goods."""
    found = _GROWTH.match(plain)
    if found is None or last.name not in FIGURES or "where" in last.args:
        return None
    spans = [periods(Reading.of(found[side])) for side in ("first", "then")]
    if any(len(one) != 1 for one in spans):
        return None
    kept = {key: last.args[key] for key in ("stores", "department", "product", "metrics") if key in last.args}
    return Plan(((COMPARE, {**kept, "period": spans[1][0].phrase, "compare_to": spans[0][0].phrase}),))


def _trending(plain: str, last: Call) -> Plan | None:
    """The figures before week by week, over the days that are named."""
    found = _TRENDING.match(plain)
    if found is None or last.name not in (*FIGURES, EXPLAIN):
        return None
    named = periods(Reading.of(reworded(found["when"] or "")))  # “since summer” is since its end
    if found["when"] and len(named) != 1:
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    kept |= {"metrics": [last.args["metric"]]} if last.args.get("metric") else {}
    days = named[0].phrase if named else _COURSE_DAYS
    return Plan(((split_tool(kept), {**kept, "period": days, "by": "week"}),))


def _by_hour(plain: str, last: Call) -> Plan | None:
    """Payments by hour of the day: how many transactions were paid with each."""
    if last.name != _TENDERS or not _EACH_HOUR.match(plain):
        return None
    stores = {"stores": last.args["stores"]} if "stores" in last.args else {}
    period = last.args.get("period", "last 4 weeks")
    args = {"by": "tender, hour", "metrics": ["transactions", "net_sales"], "period": period, **stores}
    return Plan(((BREAKDOWN, args),))


def _apart(plain: str, last: Call) -> Plan | None:
    """The days of the answer one by one."""
    if not _APART.match(plain) or last.name not in FIGURES or last.args.get("compare_to"):
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    return Plan(((split_tool(kept), {**kept, "period": usual_days(last), "by": "day"}),))


def _saturday_or_sunday(plain: str, last: Call) -> Plan | None:
    """The two days of a weekend, or of all the weekends of a longer span, against each other."""
    if not _SAT_SUN.match(plain) or last.name not in FIGURES or last.args.get("compare_to"):
        return None
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    days = usual_days(last)
    if WEEKEND.search(days):
        return Plan(((split_tool(kept), {**kept, "period": days, "by": "day"}),))
    if not long_enough(days, "weekday"):
        return None
    where = [*(kept.get("where") or ()), {"dimension": "weekday", "values": ["weekends"]}]
    return Plan(((BREAKDOWN, {**kept, "period": days, "by": "weekday", "where": where}),))


def _spans_before(plain: str, last: Call) -> Plan | None:
    """The last span beside so many before it, one by one: weekends as the weekends of weeks."""
    found = _SPANS_BEFORE.match(plain)
    if found is None or last.name not in FIGURES:
        return None
    unit, days = found["unit"], usual_days(last)
    if not re.fullmatch(rf"(?:last|this|the) {unit}", days) or (unit != "weekend" and days != f"last {unit}"):
        return None
    many = _NUMBERS.get(found["n"]) or (2 if found["n"].startswith("couple") else int(found["n"]))
    kept = {key: last.args[key] for key in (*KEPT, "metrics") if key in last.args}
    by = "week" if unit == "weekend" else unit
    args = {**kept, "period": f"last {many + 1} {by}s", "by": by}
    if unit == "weekend":
        args["where"] = [*(kept.get("where") or ()), {"dimension": "weekday", "values": ["weekends"]}]
    return Plan(((split_tool(args), args),))


def _won(plain: str, last: Call) -> Plan | None:
    """Who of the stores is ahead: the answer names both ends."""
    told = last.name in FIGURES and split_of(last) == "store" and _WON.match(plain)
    return Plan(((last.name, dict(last.args)),)) if told else None


def _overtime(plain: str, last: Call) -> Plan | None:
    """What overtime cost and why it was is not known: what can be told in their place."""
    if last.name != _ATTENDANCE or last.args.get("show") != "overtime":
        return None
    if THEIR_COST.match(plain):
        return Plan(text=OVERTIME_COST.format(days=last.args.get("period", "last week")))
    return Plan(text=WHY_OVERTIME) if _SHORT_OF_PEOPLE.match(plain) else None


def _with_card(plain: str, last: Call) -> Plan | None:
    """Sales with a known customer and without one, which one answer tells."""
    if last.name == _KNOWN and (_CARD.match(plain) or (_NO_CARD.match(plain) and plain.strip(" ?.!"))):
        return Plan(((_KNOWN, dict(last.args)),))
    if last.name not in (SUMMARY, COMPARE, BREAKDOWN) or not _CARD.match(plain):
        return None
    if {"department", "product", "where"} & set(last.args):
        return None
    stores = {"stores": last.args["stores"]} if "stores" in last.args else {}
    return Plan(((_KNOWN, {"period": usual_days(last), **stores}),), opening=KNOWN_OF_ALL)


_READERS: tuple[Callable[[str, Call], Plan | None], ...] = (
    _wise, _growth, _trending, _by_hour, _apart, _saturday_or_sunday, _spans_before, _won, _overtime, _with_card,
)  # fmt: skip
