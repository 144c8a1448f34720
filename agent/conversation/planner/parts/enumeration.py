"""A message that lists several requests, as managers write them: after a colon, on lines, with bullets or numbers.

“Morning check: yesterday's revenue, top 3 products, any orders over $500” are three requests of one day. Only the text
is taken apart here; whether the items are requests is for who reads them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.conversation.planner.reading import tidy

MOST_ITEMS = 10
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[-*•·▪‣◦–—]|\(?(?:\d{1,2}|[a-hA-H])[.)])[ \t]+(?=\S)")
_NUMBERS = re.compile(r"(?:^|(?<=[\s:;,]))\(?(?P<number>\d{1,2}|[a-hA-H])[.)] +(?=\S)")
_COLON = re.compile(r"^(?P<lead>[^:;\n]{0,80}?)(?::|\s(?:[-–—]|->|=>|→))\s+(?P<items>\S.*)$", re.DOTALL)
_JOINED = re.compile(r"\s*;\s*|\s+\+\s+|,?\s+plus\s+(?!\d)", re.IGNORECASE)
_COMMAS = re.compile(r",\s+(?:(?:and|&|plus|then|also)\s+)*(?!\d{3}\b)", re.IGNORECASE)
_ITEM_LEAD = re.compile(r"^(?:(?:and|also|then|plus|&|finally|lastly)\b[\s,]*)+", re.IGNORECASE)
GOES_ON = re.compile(
    r"^(?:by|for|in|at|on|per|with|without|within|excluding|except|including|only|but|than|that|who|whose|where|when"
    r"|if|because|so|not|or|vs\.?|versus|compared|against|from|to|of|since|until|between|over|under|above|below|ranked"
    r"|sorted|split|broken|grouped|each|then by|please|thanks|thank you|leaving|ignoring|minus|apart|bar|along|together"
    r"|as well|how (?:that|this|it|they|these|those))\b",
    re.IGNORECASE,
)
"""What begins so belongs to the item before it: “top 5 products, by margin”."""
_ASKS = re.compile(
    r"^(?:who|where|when)(?:'s| is| are| was| were| did| does| do| has| have| can| should)\b", re.IGNORECASE
)
"""Behind a colon these begin a question of their own: “and who's on shift tomorrow”."""
_AND = re.compile(r"\s+(?:and|&|plus)\s+|\s*&\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The words before the items, and the items in order.

    ``laid_out`` says that they stand on lines of their own or are numbered, ``joined`` that “plus” or a semicolon
    divides them, ``headed`` that a colon or a dash stands before the first.
    """

    lead: str
    items: tuple[str, ...]
    laid_out: bool = False
    joined: bool = False
    headed: bool = False


def listed_in(question: str) -> Enumeration | None:
    """The items of a message that lists at least two after a lead, or three by commas; None for every other."""
    text = question.strip()
    found = _on_lines(text) or _numbered(text)
    if found is None:
        line = tidy(text)
        headed = _COLON.match(line)
        lead, rest = (headed["lead"], headed["items"]) if headed else ("", line)
        items, joined = _divided(rest, headed=headed is not None)
        found = Enumeration(lead.strip(), items, joined=joined, headed=headed is not None)
    least = 2 if found.laid_out or found.headed else 3
    many = len(found.items) + (len(found.items) > 1 and not found.laid_out and bool(halves(found.items[-1])))
    return found if least <= many and 1 < len(found.items) <= MOST_ITEMS else None


def halves(item: str) -> list[tuple[str, str]]:
    """An item cut in two at each “and”, from the left: the last of a list is often two."""
    cuts = [(item[: one.start()].strip(), item[one.end() :].strip()) for one in _AND.finditer(item)]
    return [(one, other) for one, other in cuts if one and other]


def _on_lines(text: str) -> Enumeration | None:
    """Items that each begin with a bullet or a number on a line, or, from three lines on, are a line each."""
    marks = list(_BULLET.finditer(text))
    if len(marks) > 1:
        return _between(text, [(one.start(), one.end()) for one in marks])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 + (not lines[0].endswith(":")) or any(line.count(" ") > 14 for line in lines):
        return None
    headed = lines[0].endswith((":", "-", "–"))
    return Enumeration(lines[0] if headed else "", _tidied(lines[headed:]), laid_out=True)


def _numbered(text: str) -> Enumeration | None:
    """Items numbered within a line: “1) sales 2) top products”."""
    marks: list[tuple[int, int]] = []
    for one in _NUMBERS.finditer(text):
        number = one["number"].lower()
        wanted = len(marks) + 1
        if number in (str(wanted), "abcdefgh"[len(marks) : wanted]):
            marks.append((one.start(), one.end()))
    return _between(text, marks) if len(marks) > 1 else None


def _between(text: str, marks: Sequence[tuple[int, int]]) -> Enumeration:
    ends = [start for start, _ in marks[1:]] + [len(text)]
    items = [text[end:upto] for (_, end), upto in zip(marks, ends, strict=True)]
    return Enumeration(tidy(text[: marks[0][0]]), _tidied(items), laid_out=True)


def _divided(line: str, *, headed: bool) -> tuple[tuple[str, ...], bool]:
    """The items of a line, and whether something stronger than a comma divides them."""
    strong = [part for part in _JOINED.split(line) if part.strip()]
    if len(strong) > 1 and not any(GOES_ON.match(part.strip()) for part in strong[1:]):
        return _tidied([one for part in strong for one in _glued(_COMMAS.split(part))]), True
    return _tidied(_glued(_COMMAS.split(line), headed=headed)), False


def _glued(pieces: Sequence[str], *, headed: bool = False) -> list[str]:
    """Pieces between commas with those put back that go on about the one before."""
    made: list[str] = []
    for piece in pieces:
        if made and GOES_ON.match(piece.strip()) and not (headed and _ASKS.match(piece.strip())):
            made[-1] = f"{made[-1]}, {piece}"
        else:
            made.append(piece)
    return made


def _tidied(items: Sequence[str]) -> tuple[str, ...]:
    bare = (_ITEM_LEAD.sub("", tidy(one)).strip(" ,;.?!") for one in items)
    return tuple(one for one in bare if one)
