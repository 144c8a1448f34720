"""“Wow, that's low. And the week before”, “as a % of sales pls”: what is said beside a short message, not asked.

Only remarks that carry nothing are taken off; where a message is nothing else it stays as it is.
"""

from __future__ import annotations

import re

_ALONE = (
    r"(?:h+m+|oh+|ah+|aw+|ugh+|argh+|dang|darn|wow|whoa|huh|yikes|ouch|alright|thx|thanks|thank you|got it|gotcha|i see"
    r"|ok(?:ay)?|weird)"
)
_SAID = (
    r"(?:strange|odd|interesting|nice|great|good|cool|perfect|awesome|fine|right|lol|haha|really|wild|crazy|sure"
    r"|(?:that|it)(?:'?s| is) (?:us|me|ours|mine|(?:my|our) store)"
    r"|(?:that |it )?makes sense|fair enough|good to know|not (?:bad|good|great)|too bad|damn|no way|surprising)"
)
_STRONG = r"(?:(?:quite|pretty|very|really|kinda|kind of|so|way|too|a bit|super|still) )*"
_HOW = (
    r"(?:a lot|high|low|bad|good|great|terrible|awful|nice|weird|strange|odd|interesting|surprising|not (?:good|bad"
    r"|great|much|a lot)|more than i (?:thought|expected)|less than i (?:thought|expected)|better than i thought"
    r"|worse than i thought|what i thought|lower than i thought|higher than i thought|much|many|little)"
)
_JUDGED = rf"(?:that|it|this)(?:'?s| is| was| looks?| seems?) {_STRONG}{_HOW}"
_LACKING = r"(?:(?:right )?you (?:don'?t|do not) have (?:that|it|those|any of that|last year|the data|data for that))"
_COURSE = (
    r"(?:so |then )*(?:it|that|this|they)(?:'?s|'?re| is| are) (?:going |trending |still )*(?P<way>up|down"
    r"|higher|lower)"
)
_REMARK = rf"(?:{_ALONE}|{_SAID}|{_JUDGED}|{_LACKING}|{_COURSE.replace('?P<way>', '?:')})"
_ASKS = r"(?:what|which|who|why|how|when|where|is|are|was|were|did|do|does|and|so|but|show|by|vs|same|only|just|for)\b"
_BEFORE = re.compile(
    rf"^\W*(?:(?:(?:{_ALONE} )*{_REMARK}(?: (?:then|so|ok))?\W*[.,!;:…–]+\s*|{_ALONE}(?= (?:{_ALONE} )*{_ASKS})"
    rf" )(?=\w))+",
    re.IGNORECASE,
)
_SAYS = rf"(?:(?:{_ALONE}|{_SAID}|bummer|true|yeah|no worries|whatever|never ?mind)\b[ ,.!;-]*)"
_NOTHING_YET = re.compile(
    rf"^\W*{_SAYS}*(?:(?:so )?(?:there(?:'s|s| is) )?(?:nothing|(?:no|not any) (?:data|figures?|numbers?|sales))"
    r"(?: (?:yet|so far|there|in|for|today|that|it|now|this (?:week|month)))*(?!\w)[ ,.!;-]*)"
    rf"{_SAYS}*(?:(?:then|so|what about|how about|try|give me|show me)\b[ ,]*)+(?P<asked>\S.*)$",
    re.IGNORECASE,
)
"""“Oh no data today yet ok. then yesterday”: the days of such a remark are not asked for again."""
_THANKS = re.compile(
    rf"\W*(?:(?:{_ALONE}|{_SAID}|you|so much|a lot|much|for (?:that|this|the help))\W+)*(?:thx|thnx|tnx|ty|tysm"
    rf"|thank u|cheers)"
    r"(?:\W+(?:so much|a lot|much|for (?:that|this|the help)|again|man|mate|all))*\W*",
    re.IGNORECASE,
)
_MOSTLY = re.compile(
    r"^(?P<what>(?!.*\b(?:customers|shoppers|people|women|men|members|families|households)\b)"
    r"\W*(?:[a-z]\w*[ -]?){1,2}?)[ ,]+(?:mostly|mainly|especially|in particular)\W*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[\s,]+(?:pl[sz]|please|thx|thanks|thank you|ty|tho|lol)(?=[\s.!?]*$)", re.IGNORECASE)
_TAG = re.compile(
    r"^(?P<said>\W*(?:and |so |but |ok )*(?:that|it|this|we|they|those)(?:'?s|'?re)?\b.{4,70}?),? (?:right|no"
    r"|yes|yeah|correct|huh|or not"
    r"|(?:is|was|did|do|does|are|were|have|has)n'?t (?:it|we|they|that))\W*$",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"^(?P<lead>\W*(?:and |so |but |ok )*)(?:that|it|this)(?:'?s| is| was) (?P<held>(?:(?:much|a lot|a bit|way"
    r"|quite) )?"
    r"(?:more|less|higher|lower|better|worse|up|down|fewer) (?:than|on|from) .{4,40}?)\W*$",
    re.IGNORECASE,
)
_CANNOT_BE = re.compile(
    r"[\s,.;-]+(?:it|that|this|they) (?:can'?t|cannot|must|should|couldn'?t|has to|have to|won'?t) (?:really )?be"
    r" (?:all )?(?:that|so|very|too)? ?(?:much|bad|high|low|right|many|more|less|good|big|small|wrong)\W*$",
    re.IGNORECASE,
)
_AS_SHARE = re.compile(
    r"^\W*(?:and |ok |now |please )*(?:make|show|turn|give)(?: me)? (?:it|that|this|them|those) (?:as |in |into |a )*"
    r"(?:an? )?(?:%|percent(?:age)?s?|shares?) of (?:the |its )?(?P<of>[a-z]+)\W*$",
    re.IGNORECASE,
)
_SEEMS = re.compile(
    r"^(?P<what>\W*(?:and |so |but |hm+ )*(?:the )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|\w+"
    r" one)) (?:seems|looks|feels"
    r"|sounds) (?:a bit |kinda |pretty |very |really |too |so |quite )*(?:low|high|off|wrong|weird|odd|strange"
    r"|small|big)"
    r"(?: to me| for us)?\W*$",
    re.IGNORECASE,
)
_SOLD_THAN = re.compile(
    r"^\W*(?:and |so |but |ok )*(?:we|they) (?:sold|made|did|had|took) (?:a lot |way |much )?(?:more|less|fewer"
    r"|better|worse)"
    r" (?:than (?:that|this) )?(?P<when>(?:on |in )?(?:the )?(?:last|previous|same) .{3,30}?)\W*$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"^\W*(?:and |so )*(?P<ask>(?:which|what) (?:stores?|shops?|departments?|depts?|categor(?:y|ies)|items?"
    r"|products?))\W*$",
    re.IGNORECASE,
)
_MOVED = re.compile(rf"^\W*(?:{_ALONE} )*{_COURSE}\W", re.IGNORECASE)
_SALES = ("sales", "revenue")
_LEAST = 3
"""Letters that a message must have left."""


def without_remarks(question: str) -> str:
    """A message of a thread without what is only said beside it, and a statement that asks as its question."""
    if _THANKS.fullmatch(question):
        return "thanks"
    if (behind := _NOTHING_YET.match(question)) is not None:
        question = behind["asked"]
    said = _BESIDE.sub("", question)
    if (mostly := _MOSTLY.match(said)) is not None and not re.match(_ASKS, mostly["what"], re.IGNORECASE):
        said = mostly["what"]
    if len((bare := _CANNOT_BE.sub("", said)).split()) >= _LEAST and bare != said:
        said = bare
    if (share := _AS_SHARE.match(said)) is not None:
        return "as % of sales" if share["of"].lower() in _SALES else "share of each"
    bare = _BEFORE.sub("", said)
    if len(re.findall(r"\w", bare)) < _LEAST:
        return question
    if (which := _WHERE.match(bare)) is not None and (moved := _MOVED.match(said)) is not None:
        way = "up" if moved["way"].lower() in ("up", "higher") else "down"
        return f"{which['ask']} were {way}"
    if (tag := _TAG.match(bare)) is not None:
        bare = tag["said"]
    if (sold := _SOLD_THAN.match(bare)) is not None:
        return f"compare that with {sold['when']}"
    if (seems := _SEEMS.match(bare)) is not None:
        return seems["what"]
    if (stated := _STATED.match(bare)) is not None:
        return f"{stated['lead']}is that {stated['held']}"
    return bare
