"""“Which products were on display most often”, “which mailer position is used most”: placements counted, not judged."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

PLACEMENTS = "promotion_placements"
_DISPLAY = r"(?:(?:promotional |in[- ]store )?displays?|displayed|end ?-?caps?)"
_MAILER = r"(?:(?:weekly |store )?(?:mailers?|flyers?|circulars?)|(?:weekly|print) ads?|advertis\w+|ad page)"
_SUPPORT = rf"(?:{_DISPLAY}|{_MAILER})"
_NOUNS = (
    ("product", r"(?:products?|items?|skus?)"),
    ("category", r"(?:categor(?:y|ies))"),
    ("department", r"(?:departments?|depts?)"),
    ("brand", r"(?:brands?|manufacturers?)"),
    ("store", r"(?:stores?|shops?|locations?)"),
)
_ANY = "|".join(noun for _, noun in _NOUNS)
_PLACE_OF = r"(?:locations?|positions?|placements?|types?|kinds?|spots?|places?|codes?)"
_CLAIM = re.compile(
    rf"\b(?:which|what|top \d+|the|list)(?: \w+)? (?P<rank>{_ANY})\b.{{0,40}}\b{_SUPPORT}\b.{{0,40}}\b(?:most"
    r"|least)? ?(?:often|frequent\w*|commonly|times|the most|the least|most|least)\b|\b(?:most|least) (?:often"
    rf"|frequently|commonly|heavily)? ?(?:{_SUPPORT}|featured|promoted) (?P<rank2>{_ANY})\b|\b(?:which"
    rf"|what) (?P<rank3>{_ANY}) (?:has|have|had|gets?|got|is|are|were|was) (?:the )?(?:most|fewest"
    rf"|least) (?:products? |items? )?(?:(?:on|in) (?:the )?)?{_SUPPORT}\b|\b(?:which"
    rf"|what) {_SUPPORT} {_PLACE_OF} (?:is|are|was|were|has|have|do|did)(?: \w+){{0,2}} (?:used|common|popular"
    r"|frequent|most|often|least|products?|items?)|\b(?:most|least) (?:common|used|popular"
    rf"|frequent)(?:ly used)? {_SUPPORT}(?: {_PLACE_OF})?\b|\bhow (?:often|many times) (?:is|are|was|were|has|have"
    rf"|did)\b.{{0,50}}\b{_SUPPORT}\b|\b(?:how many|number of|count of) (?:different |distinct "
    rf"|unique )?(?P<many>{_ANY})\b.{{0,25}}\b(?:on|in) (?:an? |the |our )?(?:\w+ ){{0,5}}{_SUPPORT}\b|\b(?:which|what"
    rf"|top \d+) (?P<rank5>{_ANY}) (?:appear(?:s|ed)?|are|were|is|was|feature[ds]?) (?:the )?(?:most|least) (?:often"
    rf"|frequently) (?:in|on) (?:an? |the |our )?(?:\w+ ){{0,4}}?{_SUPPORT}\b|\b(?:distribution|breakdown|count"
    rf"|number) of {_SUPPORT} (?:{_PLACE_OF})\b|\b{_SUPPORT} (?:{_PLACE_OF}) (?:distribution|breakdown|counts?|used)\b"
    rf"|\b(?:which|what) (?P<rank4>{_ANY}) (?:were|was|are|is) (?:featured |shown |placed )?(?:on|in|at) (?:an? "
    rf"|the )?(?:front page|back page|cover|front|store front|rear|end ?caps?|wrap)\b(?:.{{0,20}}\b{_SUPPORT}\b)?"
)
_OTHER = re.compile(
    r"\b(?:lift|uplift|sales|sold|sell\w*|revenue|margin|roi|effect\w*|impact|perform\w*|work\w*|best|worst|why|should"
    r"|coupons?|redeem\w*|campaigns?|households?|customers?|create|set up|build|tasks?|checked|audit\w*|complian\w+"
    r"|planogram|right now|now|currently|today|incremental|units|lost|generat\w+|better|more than)\b"
)
_PLACES = (
    (re.compile(r"\b(?:mid|middle)[- ]?aisle end ?-?caps?\b"), "mid-aisle end cap"),
    (re.compile(r"\bside[- ]?aisle end ?-?caps?\b"), "side-aisle end cap"),
    (re.compile(r"\bfront end ?-?caps?\b"), "front end cap"),
    (re.compile(r"\b(?:rear|back) end ?-?caps?\b"), "rear end cap"),
    (re.compile(r"\bend ?-?caps?\b"), "end cap"),
    (re.compile(r"\b(?:on |at )?(?:the )?front (?:page|cover)\b|\bcover page\b"), "front page"),
    (re.compile(r"\b(?:on )?(?:the )?back page\b"), "back page"),
    (re.compile(r"\b(?:on )?(?:an? |the )?interior (?:page|pages)\b"), "interior page"),
    (re.compile(r"\b(?:at |in )?(?:the )?(?:store front|front of (?:the |our )?stores?|front)\b"), "store front"),
    (re.compile(r"\b(?:at |in )?(?:the )?(?:store rear|(?:rear|back) of (?:the |our )?stores?)\b"), "store rear"),
    (re.compile(r"\bin[- ]shelf\b"), "in-shelf"),
    (re.compile(r"\bin[- ]aisle\b"), "in-aisle"),
    (re.compile(r"\bsecondary locations?\b"), "secondary location"),
)
_BY = re.compile(rf"\b(?:by|per|in each|for each|each|across)(?: the)? (?P<by>{_ANY}|{_SUPPORT}(?: {_PLACE_OF})?)\b")
_WORDS = re.compile(
    rf"\b(?:{_ANY}|{_SUPPORT}|{_PLACE_OF}|featured|promoted|promotional|shown|placed|put|appear(?:s|ed)?|often"
    r"|frequent\w*|commonly|common|most|least|fewest|used|popular|how many|how often|many|times|number|count|counts"
    "|different|distinct|unique|distribution|breakdown|top|which|what|list|were|was|are|is|has|have|had|gets?|got"
    r"|did|do|been|on|in|at|an|a|the|our|of|and|each|every|by|per|heavily|page)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about how often goods are on display or in the mailer; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    found = _CLAIM.search(whole)
    if found is None or _OTHER.search(whole) or names_the_future(whole):
        return None
    ranked = next((value for value in found.groupdict().values() if value), None)
    place = next((name for pattern, name in _PLACES if reading.take(pattern)), None)
    display = re.search(_DISPLAY, whole) is not None
    mailer = re.search(_MAILER, whole) is not None or place in ("front page", "back page", "interior page")
    split = reading.take(_BY)
    if found["many"] and not split and not place:
        return None  # how many are on promotion is another answer
    by = _group(split["by"] if split else ranked if not found["many"] else None, display=display)
    limit = take_limit(reading)
    bottom = re.search(r"\b(?:least|fewest)\b", whole) is not None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    args: dict[str, Any] = {
        "by": by,
        "support": None if display == mailer else "display" if display else "mailer",
        "place": place,
        "order": "bottom" if bottom else None,
        "limit": limit or slots.limit,
        "department": slots.department or slots.product,
        **slots.args("period", "stores"),
    }
    return calls_for(PLACEMENTS, args, [])


def _group(said: str | None, *, display: bool) -> str:
    """What the placements are counted by; the places themselves where nothing else is named."""
    if said is None:
        return "display" if display else "mailer"
    named = next((name for name, noun in _NOUNS if re.fullmatch(noun, said)), None)
    return named or ("display" if re.match(_DISPLAY, said) else "mailer")
