"""Short questions about the customers of the answer before: when they shop, what they spent, who they are.

Customers are told as groups, and no tool follows those of one answer into another: what is near is told and said so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.pointed import kept, of_the_days_above
from agent.conversation.planner.threads.once_more.days_around import before_that
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD, NOT_THEIRS, THEY_BUY
from agent.conversation.planner.topics import outbound
from agent.conversation.surroundings import Surroundings

BEST, RISK, AWAY, SEGMENTS, VISITS, NEW = (
    "top_customers",
    "customers_at_risk",
    "customers_away",
    "customer_segments",
    "customer_visits",
    "new_and_returning",
)
PEOPLE = frozenset({BEST, RISK, AWAY, SEGMENTS, VISITS, NEW, "customers_by_visits", "customers_kept"})
_THEY = r"(?:they|those(?: customers| people| ones)?|these(?: customers| people| ones)?|people)"
_WHEN = re.compile(
    rf"{LEAD}(?:when|(?:at |on )?(?:what|which) (?:time|times|hours?|days?)(?: of (?:the )?(?:day|week))?)(?: "
    rf"(?:do|did"
    rf"|are|does) {_THEY}(?: usually| mostly| normally)? (?:shop|come|buy|visit|in|here)(?: in| it| here)?)?"
    r"(?: most| mostly| usually)?\W*$"
)
_WHERE = re.compile(
    rf"{LEAD}(?:where|(?:at |in )?(?:which|what) (?:stores?|shops?|locations?)) (?:do|did) {_THEY} (?:usually "
    rf"|mostly )?"
    r"(?:shop|come|buy|go|visit)(?: in| most)?\W*$"
)
_WHO = re.compile(
    rf"{LEAD}(?:who (?:are|is|were) {_THEY}|(?:(?:give|show|get|send)(?: me| us)? )?(?:an? |the |that |their |full )*"
    rf"(?:list|names?)(?: of (?:{_THEY}|them))?|list (?:them|those|these)|name them"
    r"|(?:show|give)(?: me)? (?:them|their names))(?: all)?(?: please)?\W*$"
)
_SPENT = re.compile(
    rf"{LEAD}(?:how much|what) (?:do|did|have|are|were|was|is) (?:{_THEY}|that)(?: customers)?(?: all| usually|"
    rf" used? to)? "
    r"(?:spend|spent|spending|worth|bring in)(?P<when> .{3,30}?)?\W*$"
)
_AT_RISK = re.compile(
    rf"{LEAD}(?:(?:what|how) about |which (?:of (?:them|those|these)|ones|are) ?(?:are )?|show(?: me)? |who(?:'s|"
    rf" is| are) )?"
    r"(?:the )?(?:ones |those |customers )?(?:that |who )?(?:are )?(?:at[- ]risk(?: ones?)?|slipping(?: away)?"
    r"|lapsing"
    r"|lapsed(?: ones?)?|leaving|about to leave|drifting away|churning|overdue)\W*$"
)
_CAME = re.compile(
    rf"{LEAD}how many (?:of (?:them|those|these) )?(?:came(?: in| back)?|shopped|visited|bought(?: something|"
    rf" anything)?"
    r"|were in)(?P<when> .{4,30}?)\W*$"
)
_NEW = re.compile(
    rf"{LEAD}(?:how many (?:of (?:them|those|these) )?(?:are|were) (?:new|first[- ]timers|returning)"
    rf"|(?:are|were) {_THEY} (?:new|returning|regulars)(?: customers| ones)?|(?:(?:what|how) about )?(?:the )?new "
    rf"(?:ones|customers))\W*$"
)
_MANY = re.compile(
    rf"{LEAD}(?:how many(?: (?:of (?:them|those|these)|are (?:they|there|those)|is that|(?:customers|people)))?"
    r"(?: (?:in )?(?:total|all|altogether|overall))*|(?:what(?:'s|s| is) the )?total(?: number| count)?)\W*$"
)
_OFFER = re.compile(
    rf"{LEAD}(?:(?:send|give|mail|e-?mail|text|offer) (?:them|those|these)(?: all)?|(?:bring|win|get) (?:them"
    rf"|those|these) back with) "
    r"(?P<offer>(?:an? |\d{1,2} ?%).{3,40}?)\W*$"
)
_ELSE = re.compile(
    rf"{LEAD}what (?:else|other (?:things|products|stuff)) (?:do|did) {_THEY} (?:usually |mostly )?(?:buy|get"
    rf"|purchase)(?: with it)?\W*$"
)
TOGETHER = "bought_together"
_OFTEN = re.compile(
    rf"{LEAD}how (?:often|frequently|many times) (?:do|did) {_THEY} (?:come|shop|visit|buy)(?: in| it| here)?\W*$"
)
_BOUGHT = re.compile(
    rf"{LEAD}what (?:were|are) {_THEY} buying|{LEAD}what did {_THEY} used? to (?:buy|get|purchase)\W*$"
    rf"|{LEAD}what (?:do|did|have|had) {_THEY} (?:used? to |usually )?(?:buy|bought|get|purchase)"
    r"(?: (?:mostly|mainly|the most|usually|from us|here|before|most often))+\W*$"
)
_NOT_SEEN = re.compile(
    rf"{LEAD}(?:who|which|how many)(?: (?:of (?:them|those|these)|ones|customers|people))? (?:has ?n[o']?t"
    rf"|have ?n[o']?t"
    r"|did ?n[o']?t|is ?n[o']?t|are ?n[o']?t|has not|have not|did not) (?:been|come|shopped|visited|bought|seen|came"
    r"|shop"
    r"|visit|buy)(?: (?:in|back|here|anything|with us|by))*(?: (?:in|for|over|within|since) (?:the )?(?:last |past )?"
    r"(?P<n>\d{1,3}|a|two|three|four|five|six|couple(?: of)?) (?P<unit>day|week|month)s?)\W*$"
)
_COUNTS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30}
_GROWN = re.compile(
    rf"{LEAD}(?:(?:is|are|was|were) (?:that|it|they|those|this|we)|(?:that|it)(?:'s|s))(?: going| trending)? (?:up|down"
    r"|growing|more|less|fewer|higher|lower|increasing|rising|falling|dropping)(?: or down)?(?:"
    r" (?:on|from|than) (?:before"
    r"|last (?:month|year)|the (?:month|year) before))?\W*$"
)
_THEIR_SHARE = re.compile(
    rf"{LEAD}(?:what|how much)(?:'s|s| is| are)? ?(?:the |their )?(?:share|percent(?:age)?|%"
    rf"|part|proportion) (?:of (?:our |the "
    r"|all |total |net )*(?:sales|revenue|business|takings)|are they|is that)(?: (?:is|are|do)"
    r" (?:that|they|those|it|theirs)"
    r"(?: make)?)?\W*$"
)
_BEST_OF = re.compile(
    rf"{LEAD}(?:(?:show|give)(?: me)? )?(?:the )?(?:top|best|first) (?P<many>\d{{1,2}})(?: (?:of"
    rf" (?:them|those|these)|ones"
    r"|customers))?(?P<at> (?:at|in|for) [a-z][\w' ]{2,40}?)?\W*$"
)
_BACK = re.compile(
    rf"{LEAD}(?:how (?:do|can|could|should) (?:we|i) (?:get|win|bring|lure) (?:them|those) back|how (?:do|can) "
    rf"(?:we|i) keep them"
    r"|what can (?:we|i) do (?:about (?:it|them)|to (?:get|win|bring) them back))\W*$"
)
WIN_BACK = (
    "What brings them back is not in the data. What can be done from here is to hand a group to marketing with an"
    " offer: "
    "“send the at-risk customers to marketing with a coupon”."
)
_NEW_AT = re.compile(
    rf"{LEAD}(?:which|what) (?:stores?|shops?|locations?) (?:gets?|has|have|had|got|brings? in|sees?|wins?"
    rf"|attracts?) (?:the )?"
    r"(?:most|fewest|least) (?:of (?:them|those) )?new (?:ones|customers|people|faces|members|shoppers)\W*$"
    rf"|{LEAD}new (?:ones|customers) by (?:store|shop|location)\W*$"
)
_COME_BACK = re.compile(
    rf"{LEAD}(?:(?:do|did|will|have|are) (?:{_THEY}|the new (?:ones|customers)|new (?:ones|customers)) (?:ever "
    rf"|usually |then )?"
    rf"(?:come|came|coming|return|returned|returning|stay|stick)(?: (?:back|again|around))?|how many(?: of"
    rf" (?:them|those))? (?:come|came"
    r"|return|returned) (?:back|again))\W*$"
)
_LOST = re.compile(
    rf"{LEAD}(?:which|what) (?:stores?|shops?|locations?) (?:(?:has |have )?(?:lost|gained|grew|grown|fell"
    rf"|fallen|dropped|changed|rose"
    r"|declined)|(?:is|are|was|were) (?:up|down|losing|gaining|growing|falling))(?: (?:the )?most| them|"
    r" customers| any)*\W*$"
)
_SEGMENT = {BEST: "best customers", RISK: "at risk", AWAY: "lost"}
HOURS_OF_IT = "These are the hours in which it is sold, to everybody."
NOT_THESE = "This is the segment nearest to them: hours are told by segment, not of the customers of one list."
OF_ALL_SEGMENTS = "Hours are told by segment, not of the customers of one list."
KNOWN_SHARE = "identified_sales"
COURSE_OF_THEM = "How many bought in each month; how many there are in all has no earlier count to hold it against."
REPEATS = "How many came more than once in these days is the nearest to that; single customers are not followed."
SPANS_BESIDE = "Customers by store in the days above, and in as many days before:"
NOT_ONE_BY_ONE = (
    "The customers of that list are not told one by one; this is how it stands there. The best of all customers are in "
    "“best customers”."
)
NOT_NAMED = (
    "Customers are told as groups and nobody is named here. To hand a group on to marketing: “send the at-risk "
    "customers to marketing”."
)
PSEUDONYMS = "Nobody is named: these are pseudonyms of the cards."
NOT_THEIR_SPENDING = (
    "What the customers of this answer spent at another time I cannot tell: ask for all of them, “customer visits"
    " last "
    "month”."
)
NOT_WITHIN = "I cannot count within the customers of the answer above; this is of all known customers."
NOT_WHERE = "Where the customers of that list shop is not told by itself; this is of all known customers, by store."
WHICH_GROUP = (
    "Only a segment can be handed on, for example “send the at-risk customers to marketing”. Nothing was filed."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean after an answer about customers; None for every other message."""
    last = of_the_days_above(previous)
    if _hours_of_buyers(last):  # what was asked of the hours of those who buy it is asked of these
        goods = kept(last, "product", "department", "period", "stores")
        last = Call(VISITS, goods, last.document, last.question)
    if last.name == KNOWN_SHARE:
        return _beside(plain, last, around)
    if last.name not in PEOPLE:
        return None
    product = kept(last, "product")
    if last.name == VISITS and product and _ELSE.match(plain):
        return Plan(((TOGETHER, {**product, **kept(last, "stores")}),))
    if (last.name == VISITS and THEY_BUY.match(plain)) or _BOUGHT.match(plain):
        return Plan(text=NOT_THEIRS)
    return (
        _when_and_where(plain, last)
        or _nearest(plain, last)
        or _told_again(plain, last)
        or _counted(plain, last)
        or _beside(plain, last, around)
        or _sent(plain, last, around)
    )


def _when_and_where(plain: str, last: Call) -> Plan | None:
    if _WHEN.match(plain):
        return _hours(last)
    if _WHERE.match(plain):
        if last.name == VISITS:
            return Plan(((VISITS, {**{key: one for key, one in last.args.items() if key != "values"}, "by": "store"}),))
        return Plan(((VISITS, {"by": "store", **kept(last, "period")}),), NOT_WHERE)
    return None


def _nearest(plain: str, last: Call) -> Plan | None:
    """What is near to the customers of the answer: those at risk, the new ones, how often all of them come."""
    if _BACK.match(plain):
        return Plan(text=WIN_BACK)
    if _OFTEN.match(plain):
        return Plan(
            ((VISITS, kept(last, "stores", "period", "product", "department")),),
            "" if last.name == VISITS else NOT_WITHIN,
        )
    if (unseen := _NOT_SEEN.match(plain)) is not None:
        many = _COUNTS.get(unseen["n"]) or (2 if unseen["n"].startswith("couple") else int(unseen["n"]))
        away = {"days": many * _UNIT_DAYS[unseen["unit"]], **kept(last, "stores")}
        return Plan(((AWAY, away),), "" if last.name == AWAY else NOT_WITHIN)
    if _AT_RISK.match(plain):
        return Plan(((RISK, kept(last, "stores")),))
    if _NEW_AT.match(plain):
        return Plan(((NEW, {**kept(last, "period"), "by": "store"}),))
    if last.name in (VISITS, NEW) and _COME_BACK.match(plain):
        return Plan(((last.name, {key: one for key, one in last.args.items() if key != "by"}),), REPEATS)
    if _NEW.match(plain):
        return Plan(((NEW, kept(last, "stores", "period")),), "" if last.name == NEW else NOT_WITHIN)
    return None


def _hours_of_buyers(last: Call) -> bool:
    """Whether the answer before told when goods are bought, in the place of when those who buy them come."""
    return last.name == BREAKDOWN and last.args.get("by") == ["hour"] and last.args.get("metrics") == ["transactions"]


def _hours(last: Call) -> Plan:
    goods = kept(last, "product", "department")
    if goods:
        args: dict[str, Any] = {"by": ["hour"], "metrics": ["transactions"], **goods, **kept(last, "period", "stores")}
        return Plan(((BREAKDOWN, args),), HOURS_OF_IT)
    segment = {"segment": _SEGMENT[last.name]} if last.name in _SEGMENT else {}
    said = NOT_THESE if segment else OF_ALL_SEGMENTS
    return Plan(((SEGMENTS, {"view": "hours", **segment, **kept(last, "stores")}),), said)


def _told_again(plain: str, last: Call) -> Plan | None:
    """Who they are, how many and what they spent, which the answer above says as far as it is told."""
    same = (last.name, dict(last.args))
    if _WHO.match(plain):
        return Plan((same,), PSEUDONYMS if last.name == BEST else NOT_NAMED)
    if _MANY.match(plain):
        return Plan((same,))
    spent = _SPENT.match(plain)
    if spent is None:
        return None
    if not spent["when"]:
        return Plan((same,))
    said = periods(Reading.of(spent["when"]))
    if len(said) != 1:
        return None
    if last.name in (VISITS, NEW, BEST):
        again = Plan(((last.name, {**last.args, "period": said[0].phrase}),))
        return again if last.name != BEST else Plan(again.calls, "The best of these days, who may be others.")
    return Plan(text=NOT_THEIR_SPENDING)


def _counted(plain: str, last: Call) -> Plan | None:
    """How many came in other days: of all known customers, or of the buyers of the same goods."""
    came = _CAME.match(plain)
    said = periods(Reading.of(came["when"])) if came else []
    if len(said) != 1:
        return None
    goods = kept(last, "product", "department", "stores") if last.name == VISITS else kept(last, "stores")
    return Plan(((VISITS, {**goods, "period": said[0].phrase}),), "" if last.name == VISITS else NOT_WITHIN)


def _beside(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Whether known customers become more, what share of sales is theirs, and the best of them at a store."""
    if last.name == VISITS and _LOST.match(plain) and (before := before_that(last, around)) is not None:
        here = {**{key: value for key, value in last.args.items() if key not in ("values", "stores")}, "by": "store"}
        return Plan(((VISITS, here), (VISITS, {**here, "period": before})), opening=SPANS_BESIDE)
    if last.name in (VISITS, KNOWN_SHARE) and not {"product", "department"} & set(last.args):
        if _GROWN.match(plain):
            return Plan(((VISITS, {**kept(last, "stores", "period"), "by": "month"}),), COURSE_OF_THEM)
        if _THEIR_SHARE.match(plain):
            return Plan(((KNOWN_SHARE, kept(last, "stores", "period")),))
    found = _BEST_OF.match(plain) if last.name in (VISITS, KNOWN_SHARE, RISK, BEST) else None
    if found is None:
        return None
    reading = Reading.of(found["at"] or "")
    store = take_stores(reading, around)
    if reading.rest() or {"product", "department"} & set(last.args):
        return None
    args = {**kept(last, "stores", "period"), **({"stores": store} if store else {})}
    if last.name == RISK:
        return Plan(((RISK, {**last.args, **args}),), NOT_ONE_BY_ONE)
    return Plan(((BEST, {**(last.args if last.name == BEST else {}), **args, "limit": int(found["many"])}),))


def _sent(plain: str, last: Call, around: Surroundings) -> Plan | None:
    offer = _OFFER.match(plain)
    if offer is None:
        return None
    if last.name != RISK:
        return Plan(text=WHICH_GROUP)
    return outbound.read(f"send the at-risk customers to marketing with {offer['offer']}", around)
