"""Words that carry nothing, for a second reading of a question that was not understood.

In a question that is understood these words may belong to a name (“exact weight cheese”, “specific gravity”), so they
stay. Once nothing understood it they go: some say nothing at all, some only how strongly a thing is meant or that it
is so, and those are named, since the figures are given without them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMPTY = """
exact precise precisely particular particularly specific specifically respective certain given following detailed
comprehensive thorough actual true individual existing present overall various different separate relevant
determine determining identify identifying analyse analyze analysing analyzing examine examining explore exploring
investigate investigating assess assessing evaluate evaluating visualise visualize illustrate demonstrate discover
summarise summarize retrieve extract fetch pull obtain report present display
placed contributed contributes contribute occurring occurred recorded reported observed generated existing made shown
seen noticed
profile picture landscape situation standing insight insights data-driven
typically usually generally normally commonly really actually simply truly basically essentially literally presently
individually ultimately ever already likely please kindly currently now
"""
_STRENGTH = """
consistently constantly regularly significantly significant substantially substantial considerably
dramatically dramatic drastically sharply steadily heavily notably clearly strongly rapidly suddenly persistently
seriously severely especially exceptionally extremely highly fully major serious severe biggest-ever clear
"""
_LOOSE = """
indicate indicates indicating suggests reveal reveals reflect reflects exhibit exhibits represent represents
allocate allocates favor favors favour favours tend tends seem seems appear appears happen happens happening
occur occurs emerge emerges emerging exist exists perceive observe notice witness experience experiencing
encounter encountering addressing tackle consider considering gauge quantify pinpoint highlight highlighting
uncover recognise recognize characterise characterize outline deserve deserves warrant warrants merit merits
chunk extent tendency tendencies
predominant prominent prevailing potential critical crucial essential vital meaningful actionable
"""
_JUDGED = """
great nice awful terrible horrible amazing fantastic awesome lovely painful embarrassing impressive disappointing
alarming worrying worrisome concerning troubling frightening shocking surprising unfortunate sad ridiculous crazy insane
silly stupid annoying boring obvious remarkable noteworthy solid robust decent damn bloody freaking darn
"""
_JUDGED_HOW = """
only daily weekly biweekly fortnightly monthly bimonthly quarterly yearly hourly nightly early family supply apply reply
jelly belly bully lily fly ply july rely ally rally tally holly folly jolly silly hilly ugly likely unlikely friendly
monopoly assembly anomaly homily elderly orderly costly lively lonely nearly hardly barely rarely seldomly
newly oddly strangely weirdly
unusually abnormally suspiciously excessively frequently repeatedly solely merely mostly mainly partly wholly
separately respectively jointly locally nationally internationally manually automatically digitally directly indirectly
seasonally previously formerly originally initially finally lately recently annually simultaneously consecutively
exclusively additionally correctly incorrectly properly improperly accurately inaccurately positively negatively
inversely proportionally evenly unevenly equally differently similarly relatively comparatively temporarily permanently
immediately shortly timely untimely poorly badly slowly quickly fully partially completely incompletely entirely
kindly curly wily oily woolly wooly gravelly smelly frilly chilly hourly butterfly firefly dragonfly potbelly
"""
_ADVERB = re.compile(r"[a-z]{3,}ly")
"""Says how strongly or gladly a thing is meant, unless it says when, how often, how many or which way round."""
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(said, re.IGNORECASE), plain)
    for said, plain in (
        (r"\b(?:in terms of|with (?:respect|regard) to|as regards|measured by|based on)\b", "by"),
        (
            (
                r"\s*[,.;?!]? ?\bif (?:the |that |this )?(?:data|information|figures?|answer) (?:is|are)(?: not|n't)"
                r" (?:available|known|there|recorded)\b[^.?!]*"
            ),
            "",
        ),
        (
            (
                r"\b(?:take a |have a )?(?:look(?:ing)? at|go through) (?P<span>(?:the )?(?:last|past|this)"
                r" [\w ]{2,16}?)"
                r" (?:and|then|,)+ (?:tell|show|give|let) (?:me|us)(?: know)? (?P<rest>.+)$"
            ),
            r"\g<rest> \g<span>",
        ),
        (
            r"\bbetween one (?P<of>[a-z]+(?: [a-z]+)?) and (?:the|its|their) (?:next|following)(?: one)?\b",
            r"between \g<of>s",
        ),
        (r" (?:/|&|\+|x) |(?<=[a-z])/(?=[a-z])", " and "),
        (r"\b(?:do you see |is there |are there )?(?:any |a )?patterns? (?:in|of|to) (?:the |our )?", ""),
        (
            (
                r"\b(?:help (?:me|us) )?(?:understand|find out|know|learn|see|tell me|figure out)"
                r" (?=(?:which|what|how|who|when|where|whether)\b)"
            ),
            "",
        ),
        (r"\b(?:the )?(?:kinds?|types?|sorts?) of (?=(?:products?|items?|goods|customers?)\b)", ""),
    )
)
_ASPECTS = re.compile(
    r",? \b(?:in|across|from) (?:(?:many|all|the|a number of|different|various|several|multiple) )+"
    r"(?:aspects?|respects?|ways|regards?|angles?|perspectives?|viewpoints?|senses)"
    r"(?: of (?:the |our |all )?(?:data categories|categories of data|data|business|shop|store|company))?\b",
    re.IGNORECASE,
)
_WHAT_FOR = re.compile(
    r",? ?(?<![\w-])(?:just )?for (?:(?:(?:my|our|your|the|this|that|these|those|all|own|internal|personal|practical"
    r"|reporting|record(?:[- ]?keeping)?|tax|budget(?:ing)?|planning|accounting|audit(?:ing)?|analysis|comparison"
    r"|business|management|general|information(?:al)?|school|study|research|demo|test(?:ing)?) )+purposes?"
    r"|(?:my|our|the) (?:own )?(?:records?|files|reference|notes|information)|(?:my|your|our) (?:own )?info)(?![\w-])"
    r"(?: only| just)?,?",
    re.IGNORECASE,
)
_CARRIED_ON = re.compile(r"\"|\b(?:tasks?|notes?|remind\w*|to-?dos?|tell|ask)\b(?! me\b)", re.IGNORECASE)
"""Its words go to somebody as they are."""
_LEADING = re.compile(
    r"^\W*(?:(?:can|could|would|will|may) (?:you|we|i)(?: please)?|please|i(?:'d| would) like to (?:know|see)"
    r"|(?:i|we) (?:want|need) to (?:know|see)|(?:are|is) there(?: any)?(?= \w+s\b)|do you (?:know|see)(?: any)?)\s+",
    re.IGNORECASE,
)
EMPTY = frozenset(_EMPTY.split())
"""Words that say nothing where nothing else was understood."""
STRENGTH = frozenset(_STRENGTH.split())
"""Words that say how strongly a thing is meant."""
LOOSE = frozenset(_LOOSE.split())
"""Words that say that things are so, and neither what they are nor how much."""
_JUDGEMENTS = frozenset(_JUDGED.split())
_TELLING = frozenset(_JUDGED_HOW.split())
_WORD = re.compile(r"(?<![\w\"-])[A-Za-z][\w'-]*(?![\w\"-])")


def without_aspects(text: str) -> str:
    """A question without “in different aspects” or “for my purposes”, which would be taken for the name of goods.

    >>> without_aspects("Does age matter in different respects?")
    'Does age matter?'
    >>> without_aspects("For tax purposes, net sales last month")
    'net sales last month'
    """
    bare = _ASPECTS.sub("", text)
    return bare if _CARRIED_ON.search(bare) else _WHAT_FOR.sub("", bare).strip()


def says_how(word: str) -> bool:
    """Whether a word in small letters is an adverb, or an adjective of judgement, that changes no figure.

    >>> says_how("needlessly"), says_how("monthly"), says_how("rarely")
    (True, False, False)
    """
    return word in _JUDGEMENTS or (_ADVERB.fullmatch(word) is not None and word not in _TELLING)


@dataclass(frozen=True, slots=True)
class Bare:
    """A question without padding, and the words of strength, and the loose ones, that it is read without."""

    text: str
    strong: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


def without_padding(text: str) -> Bare:
    """A question without words that carry nothing; the text comes back as it is where there are none."""
    bare = _LEADING.sub("", text)
    for pattern, plain in _PHRASES:
        bare = pattern.sub(plain, bare)
    strong: list[str] = []
    loose: list[str] = []

    def kept(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word in EMPTY and word not in STRENGTH:
            return ""
        if word in STRENGTH or says_how(word):
            strong.append(word)
            return ""
        if word in LOOSE:
            loose.append(word)
            return ""
        return found[0]

    bare = re.sub(r"\s+", " ", _WORD.sub(kept, bare)).strip(" ,")
    return Bare(bare, tuple(dict.fromkeys(strong)), tuple(dict.fromkeys(loose)))
