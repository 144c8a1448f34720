"""Questions for customers who shop at several stores, and for those who keep to one."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_named_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

ACROSS = "customers_across_stores"
_PEOPLE = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies)|cardholders?)"
_STORES = r"(?:stores|shops|locations|branches)"
SHARED = "shared_customers"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_MORE = re.compile(rf"\b(?:more than|over) (?P<n>{_NUMBER})\b")
_LEAST = re.compile(rf"\bat least (?P<n>{_NUMBER})\b|\b(?P<m>{_NUMBER}) or more\b|\b(?P<o>\d{{1,3}})\+")
_SEVERAL = (
    rf"(?:(?:(?:more than|over|at least) (?:{_NUMBER})|\\d\\+"
    rf"|(?:{_NUMBER}) or more) (?:of our )?(?:different )?(?:stores?|shops?|locations?)|(?:several|multiple|different"
    rf"|various|many) (?:of our |different )?{_STORES}|(?:only |just )(?:one|a single) (?:store|shop|location)"
    "|one (?:store|shop|location) only)"
)
_CLAIM = re.compile(
    rf"\b{_PEOPLE}\b(?: \w+){{0,5}} {_SEVERAL}(?!\w)|\b{_SEVERAL}(?!\w)(?: \w+){{0,3}} {_PEOPLE}\b|\b(?:cross"
    rf"|multi)[- ](?:store|location) {_PEOPLE}\b"
)
_OTHER = re.compile(
    r"\b(?:why|names?|list|who (?:are|is)|e-?mails?|bought (?!in\b|at\b|from\b)\w+|refunds?|coupons?|campaigns?"
    r"|promo\w*|forecast\w*|predict\w*|transfer\w*|stock\w*|employees?|segments?|cohorts?|visitors?|came in|walked)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_PEOPLE}|shop(?:s|ped|ping)?|buy|buys|bought|purchas\w+|visit(?:s|ed|ing)?|use[sd]?|using|go|goes|went"
    "|come|came|many|number|count|share|percent(?:age)?|proportion|fraction|what|which|who|that|have|has|do|did|does"
    "|of|our|the|at|in|from|to|spend(?:s|ing)?|spent|more|less|than|much|each|those|with|ones|across|or|and|keep"
    r"|stick|known|regularly|only|just)(?!\w)|%"
)
_SUBJECT = Subject(ACROSS, _WORDS)
_BOTH = re.compile(
    r"\b(?:both|each of|all of|as well as|and also|in common|overlap\w*|but (?:not|never|did not|didn't|don't)|not at"
    r"|shared?)\b"
)
_BUT_NOT = re.compile(
    r"\b(?:but|and|who|that)? ?(?:not|never|did not|didn't|don't|do not|have not|haven't)(?: \w+){0,3}? ?(?:at|in|from"
    r"|to)?\b"
)
_SHARE_MOST = re.compile(
    rf"\b(?:which|what) (?:two |pairs? of )?{_STORES} (?:share|have|has) (?:the )?(?:most|largest|biggest"
    rf"|highest)(?: number of)? (?:common |shared |same |of the same )?(?:{_PEOPLE}|overlap)\b|\b{_PEOPLE} overlap\b"
    rf"|\boverlap (?:of|in) {_PEOPLE}\b|\bshared {_PEOPLE}\b|\b{_STORES} shar(?:e|ing) {_PEOPLE}\b"
)
_EVERYWHERE = re.compile(
    rf"\b{_PEOPLE}\b.*\b(?P<all>(?:at|in|from|of)? ?(?:all|each|every one)(?: of)?(?: the| our)?(?: (?:\d|two|three"
    rf"|four|five|six))? (?:of the |of our )?{_STORES})(?!\w)"
)
_ONLY_AT = re.compile(r"\b(?:only|just|exclusively|solely)(?= (?:(?:shop|buy|bought|shopped) )?(?:at|in|from)\b)")
_SHARED_WORDS = re.compile(
    rf"{_WORDS.pattern}|\b(?:both|each of|all of|overlap\w*|shared?|sharing|most|common|same|pairs?|two|between"
    "|stores?|also|well|as|not|never|but|didn't|don't|haven't|unique|distinct|different|households?|at least once"
    r"|once|largest|biggest|highest)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about customers of several stores; None for every other."""
    reading = Reading.of(text)
    everywhere = _EVERYWHERE.search(reading.text)
    if everywhere and len(around.stores) > 1 and not _OTHER.search(reading.text):
        reading.blank(everywhere.start("all"), everywhere.end("all"))
        reading.take(re.compile(rf"\b(?:which|what|how many) (?:of our |of the )?{_PEOPLE} (?:who |that )?shops?\b"))
        return plan_for(replace(_SUBJECT, args={"at_least": len(around.stores)}), reading, around)
    shared = _shared(text, around)
    if shared is not None:
        return shared
    if not _CLAIM.search(reading.text) or _OTHER.search(reading.text):
        return None
    least = _least(reading.text)
    while reading.take(re.compile(_SEVERAL)) or reading.take(re.compile(r"\b(?:cross|multi)[- ](?:store|location)\b")):
        pass
    reading.take(re.compile(rf"\b(?:which|what|how many) (?:of our |of the )?{_PEOPLE} (?:who |that )?shops?\b"))
    return plan_for(replace(_SUBJECT, args={"at_least": least} if least > 2 else {}), reading, around)


def _only_at(reading: Reading, only: re.Match[str], ways: list[dict[str, str]], around: Surroundings) -> Plan | None:
    """Customers of one store and of no other that the asker sees."""
    reading.blank(only.start(), only.end())
    wanted = take_named_stores(reading, around)
    others = [store.name for store in around.stores if wanted and store.name not in wanted.split(" and ")]
    if not wanted or not others:
        return None
    left = take_slots(reading, around, _SHARED_WORDS)
    if left.unknown or left.product or left.department:
        return not_understood(left.unknown or left.product or left.department or "")
    return calls_for(SHARED, {"stores": wanted, "but_not": " and ".join(others)}, ways)


def _least(whole: str) -> int:
    """The least number of stores that is meant: “more than two” is three."""
    if more := _MORE.search(whole):
        return _count(more["n"]) + 1
    if least := _LEAST.search(whole):
        return _count(next(value for value in least.groups() if value))
    return 2


def _count(said: str) -> int:
    return _NUMBERS.get(said) or int(said)


def _shared(text: str, around: Surroundings) -> Plan | None:
    """Customers of two named stores, of one and not another, or of which pairs of stores."""
    reading = Reading.of(text)
    whole = reading.text
    if _OTHER.search(whole) or not re.search(rf"\b{_PEOPLE}\b", whole):
        return None
    spans = [one.phrase for one in take_periods(reading)]
    ways = [{"period": one} for one in dict.fromkeys(spans)]
    if _SHARE_MOST.search(whole) and not take_named_stores(Reading(reading.text, reading.source), around):
        left = take_slots(reading, around, _SHARED_WORDS)
        return not_understood(left.unknown) if left.unknown else calls_for(SHARED, {}, ways)
    if (only := _ONLY_AT.search(whole)) is not None:
        return _only_at(Reading(reading.text, reading.source), only, ways, around)
    if not _BOTH.search(whole):
        return None
    refused = None
    if (but := reading.find(_BUT_NOT)) is not None:
        after = Reading(" " * but.end() + reading.text[but.end() :], reading.source)
        refused = take_named_stores(after, around)
        reading.text = reading.text[: but.start()] + " " * (but.end() - but.start()) + after.text[but.end() :]
        if refused is None:
            return None
    wanted = take_named_stores(reading, around)
    if wanted is None or (refused is None and " and " not in wanted):
        return None
    left = take_slots(reading, around, _SHARED_WORDS)
    if left.unknown or left.product or left.department:
        return not_understood(left.unknown or left.product or left.department or "")
    return calls_for(SHARED, {"stores": wanted, "but_not": refused}, ways)
