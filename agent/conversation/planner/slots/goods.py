"""Which part of the range a question is about: a product that is marked as one, a department, or words left over.

Whatever no other slot has taken is looked at here, so that nothing a person said is dropped: it becomes a department, a
product or a store phrase that the tools resolve or refuse, or it is named as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import looks_like_store
from agent.conversation.planner.wording.fillers import FILLERS, INSIDE, NOT_ALONE, NOT_GOODS
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.surroundings import Surroundings
from tools.kinds import names_a_family

MAX_WORDS = 9
_CLOSE = 84
_QUOTED = re.compile(r"(?P<lead>(?:\bin |\bfrom )(?:the )?|(?:\b(?:of|for|on) )(?:the )?)?\"(?P<name>[^\"]{2,200})\"")
_HASH = re.compile(r"#(?P<code>[a-z]?[\w.-]*\d[\w-]*)")
_LEAD = re.compile(
    r"\b(?:how (?:did|does|do|is|are|was|were|has|have|much of|many of)|sell|sold|about|of|for|did|compare)\s+(?:the "
    "|our |any |product |item |sku )*"
)
_CODE = re.compile(
    r"(?:(?:\bof |\bfor |\bdid )?(?:the )?\b(?:products?|items?|skus?|upcs?|barcodes?|plu|eans?"
    r"|articles?)(?: (?:numbers?|codes?|ids?|no\.?))? ?:? ?(?P<named>[a-z]{0,5}-?\d{4,14})"
    r"|(?<![\w$#./-])(?P<bare>\d{6,14}))(?![\w/.-]*\d)"
)
_STORE_WORD = re.compile(
    r"\b(?:street|road|avenue|lane|square|mall|plaza|boulevard|branch|outlet)$|\w (?:point|store|shop)$"
)
_DRIVE = re.compile(r"\w Drive$")
"""In small letters it is what something does: “which pairs drive basket size”."""
_NEAR_BY_CHANCE = frozenset({"meant", "dealt", "mean"})
"""Words that only look like the name of a department."""
_WHOLE = re.compile(r"whole (?:milk|wheat|grain|bean|chicken|turkey|ham|corn|almond|cashew|clove|pepper|fish)s?\b")
"""“Whole” that is a part of a name of goods and says nothing of a period or range."""
_NO_PLACE = re.compile(
    r"\d{1,2}(?::\d\d)? ?(?:am|pm|o'?clock)?|(?:full |reduced |regular |lower |higher )?(?:cost|retail|price|prices"
    r"|margin|risk|night|noon|zero)"
)
"""What comes after “at” and is how something is valued or when, not where."""
_BOUGHT = re.compile(r"(?<=\w) (?:purchases?|purchasing|consumption|buying)$", re.IGNORECASE)
"""“Soft drink purchases” are sales of soft drinks."""
_TOKEN = re.compile(r"[^\s,;:?!()\"]+")


@dataclass(frozen=True, slots=True)
class Goods:
    """Arguments for a part of the range; at most one is set."""

    product: str | None = None
    department: str | None = None

    def args(self) -> dict[str, str]:
        """As the tools take them."""
        named = {"product": self.product, "department": self.department}
        return {key: value for key, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Run:
    """Words left over that stand together, and the word before them."""

    start: int
    end: int
    before: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """What the words left over mean: goods, a store, or ``unknown`` words to be named.

    ``kind_of`` is the department that the name of the goods begins with: “meat snacks” are not all of Meat.
    """

    goods: Goods | None = None
    store: str | None = None
    unknown: str = ""
    kind_of: str = ""

    def beside(self, departments: list[str]) -> list[str]:
        """The departments that are named beside the goods, and are no part of their name."""
        return [one for one in departments if one != self.kind_of]


def take_marked(reading: Reading) -> Goods | None:
    """A product or department in quotes, or a product by its code, taken out before anything is read into it."""
    quoted = reading.find(_QUOTED)
    if quoted:
        name = reading.said(quoted.start("name"), quoted.end("name"))
        reading.blank(quoted.start(), quoted.end())
        lead = (quoted["lead"] or "").strip()
        return Goods(department=name) if lead.startswith(("in", "from")) else Goods(product=name)
    code = reading.find(_HASH)
    if code:
        lead_in = _LEAD.search(reading.text, 0, code.start())
        start = lead_in.end() if lead_in else _first_content(reading, code.start())
        name = reading.said(start, code.end())
        reading.blank(lead_in.start() if lead_in and lead_in[0].startswith(("of", "for")) else start, code.end())
        return Goods(product=name)
    number = reading.take(_CODE)
    return Goods(product=(number["named"] or number["bare"]).upper()) if number else None


def _first_content(reading: Reading, until: int) -> int:
    for token in _TOKEN.finditer(reading.text, 0, until):
        if token[0] not in FILLERS:
            return token.start()
    return until


def leftover(reading: Reading, around: Surroundings, *, store_known: bool = False) -> Leftover | None:
    """What remains of a question once every slot has been taken; None when only fillers do."""
    found = runs(reading)
    if not found:
        return None
    words = [reading.said(run.start, run.end) for run in found]
    if len(found) > 1:
        place = next((run for run in found if not store_known and _is_place(run, reading, around)), None)
        if len(found) == 2 and place is not None:
            other = next(run for run in found if run is not place)
            goods = _goods(other, reading, around)
            if goods is not None:
                return Leftover(goods=goods, store=reading.said(place.start, place.end))
        return Leftover(unknown="” and “".join(words[:4]))
    run = found[0]
    if not store_known and _is_place(run, reading, around):
        return Leftover(store=words[0])
    goods = _goods(run, reading, around)
    if goods and goods.product and (part := _department_before(run, reading, around)):
        start = run.start - len(part) - 1
        return Leftover(goods=Goods(product=reading.said(start, run.end)), kind_of=part)
    return Leftover(goods=goods) if goods else Leftover(unknown=words[0])


def _department_before(run: Run, reading: Reading, around: Surroundings) -> str:
    """The department that was taken from right before these words, where they are one name with it; else nothing."""
    said = reading.source.lower()[: run.start]
    taken = [one for one in around.departments if said.endswith(f" {one.lower()} ")]
    free = [one for one in taken if not reading.text[run.start - len(one) - 1 : run.start].strip()]
    return max(free, key=len, default="")


def runs(reading: Reading) -> list[Run]:
    """The words that no slot took and that say something, those that stand together as one."""
    made: list[Run] = []
    before, last, open_run = "", 0, False
    inside = False
    for token in _TOKEN.finditer(reading.text):
        word = token[0].strip(".'-")
        gap = reading.text[last : token.start()]
        joined = open_run and len(gap) <= 2 and ";" not in gap and ":" not in gap
        whole = word == "whole" and _WHOLE.match(reading.text, token.start()) is not None
        if not word or (word in FILLERS and not whole and not (joined and word in INSIDE)):
            open_run = inside = False
        elif word in INSIDE and word in FILLERS and not whole:
            inside = True
        elif joined:
            made[-1] = Run(made[-1].start, token.end(), made[-1].before)
            inside = False
        else:
            made.append(Run(token.start(), token.end(), before if len(gap) <= 2 else ""))
            open_run, inside = True, False
        if not inside:
            before = word
        last = token.end()
    return made


def _is_place(run: Run, reading: Reading, around: Surroundings) -> bool:
    said = reading.said(run.start, run.end)
    capital = said[:1].isupper()
    if run.before == "at" and _NO_PLACE.fullmatch(said.lower()):
        return False
    return (
        (run.before in ("at", "store") and not said.lower().startswith(("brand", "label")))
        or (run.before == "in" and capital and not names_a_family(said))
        or bool(_STORE_WORD.search(said.lower()))
        or bool(_DRIVE.search(said))
        or looks_like_store(said.lower(), around)
        or (capital and said.lower() in {store.district.lower() for store in around.stores})
    )


def _goods(run: Run, reading: Reading, around: Surroundings) -> Goods | None:
    said = _BOUGHT.sub("", re.sub(r"(?:'s|')$", "", reading.said(run.start, run.end)))
    words = said.lower().split()
    if run.before in ("by", "per") or len(words) > MAX_WORDS or any(word.strip(".,") in NOT_GOODS for word in words):
        return None
    begins = not reading.text[: run.start].strip()  # where a capital says nothing
    if (said[1:] if begins else said).islower() and all(
        is_ordinary(word.strip(".,")) or word in FILLERS for word in words
    ):
        return None
    if not any(character.isalpha() for character in said) or all(word.strip(".,") in NOT_ALONE for word in words):
        return None
    return Goods(department=near) if (near := _misspelt(said.lower(), around.departments)) else Goods(product=said)


def _misspelt(said: str, departments: Sequence[str]) -> str | None:
    scored = sorted(((fuzz.ratio(said, name.lower()), name) for name in departments), reverse=True)
    if not scored or said in _NEAR_BY_CHANCE or len(said) < 4 or scored[0][0] < _CLOSE:
        return None
    return scored[0][1]
