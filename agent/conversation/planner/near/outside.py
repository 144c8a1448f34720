"""What the weather, an event or a holiday did to the figures; rows as in ``near``.

What one of them did by itself nobody can tell from sales. What can be told is how the figure moved and what else
happened then, these among it.
"""

from __future__ import annotations

from agent.conversation.planner.slots.periods import HOLIDAY

_WEATHER = (
    r"(?:(?:bad|heavy|cold|hot|nice|good|warm|wet|poor|mild|freezing|extreme) )*"
    r"(?:weather|rain(?:fall|storm)?s?|snow(?:fall|storm)?s?|storms?|thunderstorms?|heat ?waves?|heat|cold(?: snap"
    r"| spell)?|blizzards?|hurricanes?|ice|wind|temperatures?)"
)
_EVENT = (
    r"(?:(?:local|street|city|town|county|sports?|music|public|food|big) )*"
    r"(?:events?|festivals?|fairs?|concerts?|parades?|marathons?|games?|game days?|carnivals?|match(?:es)?|road ?works)"
)
_NAMED = rf"(?P<cause>(?:the|an?|that|this|our|all that) (?:holidays?|{_EVENT})|{HOLIDAY})"
_THEN = rf"(?P<cause>(?:(?:the|an?|that|this|all that) )?{_WEATHER})"
_ON_HOLIDAY = rf"(?=[^?]*\b(?P<day>{HOLIDAY})\b)"
_ONE_DAY = r"(?:yesterday|today|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_ON_ONE_DAY = rf"(?=[^?]*\b{_ONE_DAY}\b)"
"""Over more days than one the wet are held against the dry, which tells more."""
_AFTER = rf"(?P<after> (?:on |over )?{_ONE_DAY})?"
_CAUSES = (
    (_ON_HOLIDAY, _NAMED, "", r"why did {figure} change on \g<day>"),
    ("", _NAMED, "", r"why did {figure} change\g<when>"),
    (
        _ON_ONE_DAY,
        _THEN,
        _AFTER,
        r"what was the weather like\g<when>\g<after>? why did {figure} change\g<when>\g<after>",
    ),
)
"""What must stand in the question, the cause, what may follow the figure, and the question that can be answered."""
_WHEN = (
    r"(?P<when> (?:(?:on|over|last|this|in) [\w ]{3,20}?|yesterday))?"
    r"(?: (?:really|actually|even|negatively|positively|badly))?"
)
_DID = (
    r"(?:affect|impact|hurt|help|hit|influence|boost|lift|drive|dent|slow(?: down)?|cost|damage|keep|bring(?: in)?|kill"
    r"|reduce|lower|raise|increase|change)(?:s|ed|ing)?"
)
_TRAFFIC = "(?:foot ?)?traffic|footfall|visitors?|visits?|people(?: in| away| out)?|customers?(?: in| away)?"
_RATES = "transactions?|conversion|margins?"
_SALES = "sales|revenue|trade|business|takings|us|me|numbers|performance|(?:the |our )?stores?"
_SAID = (
    "What {cause} did by itself cannot be told from sales: this is how they moved and what else happened then, the "
    "weather, events and holidays as far as they are known."
)


def _rows(figure: str, words: str) -> tuple[tuple[str, str, str], ...]:
    """A figure that these words name, asked about with what may have moved it."""
    asked = rf"(?:(?:our|my|the|store|customer|on) )*(?P<figure>{words})"
    rows = []
    for named, cause, after, answered in _CAUSES:
        ways = (
            rf"(?:how (?:much |badly |strongly )?)?(?:did|does|has|was|were) {cause}{_WHEN} {_DID} {asked}",
            (
                r"(?:(?:what (?:was|is|were)|what's|how (?:big|large|bad|strong) was|show(?: me)?|tell me) )?"
                rf"(?:the |any )*(?:impact|effect|influence)s? (?:of|from) {cause}{_WHEN} (?:on|to|for) {asked}"
            ),
            (
                rf"(?:is|was|were|are) {asked}(?: (?:down|up|low|lower|higher|off|so|bad|slow|change))*{_WHEN}"
                rf" (?:because of|due to) {cause}"
            ),
        )
        rows += [(rf"^\W*{named}{way}\b{after}", answered.format(figure=figure), _SAID) for way in ways]
    return tuple(rows)


OUTSIDE_NEAR: tuple[tuple[str, str, str], ...] = (
    *_rows("visitors", _TRAFFIC),
    *_rows(r"\g<figure>", _RATES),
    *_rows("sales", _SALES),
    (
        (
            rf"^\W*(?:did|has|does) (?P<cause>{HOLIDAY})(?: really| actually)? (?:help|pay off|work|matter"
            r"|make a difference)\b"
        ),
        r"why did sales change on \g<cause>",
        _SAID,
    ),
)
