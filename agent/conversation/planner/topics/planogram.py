"""Questions about the shelf: what stands where, what is misplaced or missing, which space earns its keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.stock_words import NOT_OURS
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

CHECK, GAPS, SPACE, LOCATION = "planogram_check", "shelf_gaps", "space_to_sales", "product_location"

_BEST = re.compile(r"\b(?:maximi[sz]\w+|optim\w+|to (?:increase|grow|boost|improve))\b")
NO_BEST = "Which space would bring the most is not worked out: this is what the space there is brings now."
_COMMON = (
    "show(?: me)?|give me|list|report|what(?:'s| is| are| do| does| should| have)?|which|how (?:much|many|should|is"
    "|are)|tell me|where(?: is| are)?|products?|items?|skus?|our|my|the|there|any|analysis|check|on (?:the"
    "|our) shel(?:f|ves)|shel(?:f|ves)|are|is|in|of|have|has|do|we|need|by|right now|please"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Subject:
    tool: str
    claim: re.Pattern[str]
    words: re.Pattern[str]
    slots: tuple[str, ...]


def _subject(tool: str, claim: str, words: str, slots: str) -> _Subject:
    return _Subject(
        tool, re.compile(claim), re.compile(rf"(?<![\w-])(?:{words}|{_COMMON})(?![\w-])"), tuple(slots.split())
    )


_SUBJECTS = (
    _subject(
        SPACE,
        r"\bspace[- ]to[- ]sales\b|\b(?:over|under)[- /]?spaced\b|\b(?:shelf )?space (?:analysis|allocation"
        r"|productivity|report|share)\b|\bfacings?\b|\btoo (?:much|little) (?:shelf|space)\b|\bshelf space\b"
        r"|\bspace planning\b|\bshare of (?:the |our )?shel(?:f|ves)\b|\bshelf share\b"
        r"|\bbrands? (?:owns?|dominates?|leads?|takes? up|fills?) (?:the |our )?shel|\b(?:allocated|allotted"
        r"|assigned) space\b",
        r"space[- ]to[- ]sales|(?:over|under)(?:[- /]+(?:or )?(?:over|under))?[- /]?spaced|over|under|or|and|vs\.?"
        r"|versus|space|allocat\w+|productivity|share|facings?|too (?:much|little)|planning|suggested|suggest"
        "|categor(?:y|ies)|departments?|for (?:their|its) sales|sales|be|shared out|get|deserve|more|less|fewer"
        r"|should|their|for|with|margin|gross|profits?|earn\w*|optim\w+|maximi[sz]\w+|increase|grow|boost|improve|company"
        r"|i|to|revenue|ideal|right|best|number|brands?|across|top|how|fewest|least|own|dominate|lead"
        r"|takes?(?: up)?|fill|under-?performing",
        "period stores department limit",
    ),
    _subject(
        GAPS,
        r"\bshelf gaps?\b|\b(?:gaps?|holes?) (?:on|in) (?:the |our )?shel|\bempty (?:shelf )?(?:spots?|places?"
        r"|facings|slots?)\b|\blikely (?:to be )?(?:out of stock|missing|empty)\b|\bfill(?:ing)? (?:it |them )?up\b"
        r"|\bneeds? (?:to be )?fill(?:ed|ing)\b|\bon[- ]shelf availability\b",
        "gaps?|holes?|empty|spots?|places?|slots?|likely|to be|out of stock|missing|fill(?:ed|ing)?(?: (?:it"
        "|them))?(?: up)?|up|from the back ?room|out[- ]of[- ]shelf"
        "|rates?|availability|on[- ]shelf|needs?|to|probably",
        "stores department limit",
    ),
    _subject(
        CHECK,
        r"\bplanograms?\b|\b(?:store |shelf )?layouts?\b(?=[^?]*\b(?:follow\w*|compl\w+|correct\w*|kept|kept to"
        r"|executed"
        r"|implemented|in place)\b)|\bmisplaced\b|\b(?:wrong|incorrect) (?:spot|place|shelf|position|location"
        r"|fixture)\b"
        r"|\bout of place\b|\bright (?:spot|place|shelf|position)\b|\bsuggested moves\b",
        "planograms?|layouts?|new|being|been|followed|executed|implemented|kept|kept to|in place|properly"
        "|compliance|compliant|misplaced|(?:wrong|incorrect|right) (?:spot|place|shelf|position|location"
        "|fixture)|out of place|suggested moves|moves|suggest|everything|all|with|against|scans?|audits?|rate|how|to"
        r"|put|back|following|follow|its|it|missing|or|and|from|expected|scanned|positions?|resets?|updat\w+|chang\w+"
        r"|attention|correct\w*|fix\w*|off|lowest|highest|worst|best|poorest|most"
        r"|least|stores?|by store|across|impacts?|affects?|influences?|sales",
        "stores department limit",
    ),
    _subject(
        LOCATION,
        r"^\W*(?:and |so |hi |please )*(?:where(?:'s| is| are| can i find| can we find| do (?:we|i|you) (?:keep|have"
        r"|find|stock|put)| would i find| will i find| should i look for)\b(?! (?:the )?(?:most|best|money|sales"
        r"|margin|we|i|it|they|my|our store)\b)|(?:which|what) (?:aisle|shelf|fixture|bay) (?:is|are|has|have|holds"
        "|do we keep))",
        "where(?:'s| is| are| can i find| can we find| do (?:we|i|you) (?:keep|have|find|stock|put)| would i find"
        "| will i find| should i look for)?|(?:which|what) (?:aisle|shelf|fixture|bay)|aisle|located|kept|keep|find"
        "|look|stored|is|are|has|have|holds|in the (?:store|shop)|in|on|please|hi|so|and",
        "stores product",
    ),
)  # fmt: skip
_BY_DEPARTMENT = re.compile(r"\bdepartments?\b")
_BY_BRAND = re.compile(r"\b(?:by|per|which|what|each|every|top|do|does) (?:the |our )?brands?\b|^\W*brands? with\b")
_BY_PRODUCT = re.compile(
    r"\b(?:by|per|which|what|each|every|top|for) (?:the |our |my |top )?(?:products?|items?|skus?)\b"
    r"|^\W*(?:products?|items?|skus?) (?:with|that)\b"
)
_MOST = re.compile(
    r"\b(?:most|largest|biggest|highest|least|fewest|smallest|lowest|more) (?:\w+ )?(?:facings|share of (?:the )?shel"
    r"|shelf (?:space|share)|space)\b|\b(?:share of (?:the |our )?shel(?:f|ves)|shelf share)\b(?!.*\bsales\b)"
    r"|\bbrands? (?:owns?|dominates?|leads?|takes? up|fills?) (?:the |our )?shel"
)
"""How much of the shelf is asked for, and not what it earns."""
_BY_MARGIN = re.compile(r"\bmargin\b|\bprofit\b")
_NOT_A_THING = re.compile(
    r"\b(?:sales?|revenue|margins?|customers?|visitors?|traffic|transactions?|discounts?|refunds?|money|losing"
    r"|performance|manager|staff|stores?(?! brand)|shops?|report|numbers?|data|coming from|going)\b"
)  # fmt: skip


def read(text: str, around: Surroundings) -> Plan | None:
    """The plan for a question about the shelf; None for every other."""
    line = Reading.of(text).text
    if NOT_OURS.search(line):
        return None
    for subject in _SUBJECTS:
        if subject.claim.search(line):
            return _plan(subject, text, line, around)
    return None


def _plan(subject: _Subject, text: str, line: str, around: Surroundings) -> Plan | None:
    if subject.tool == LOCATION and _NOT_A_THING.search(line):
        return None
    reading = Reading.of(text)
    extra: dict[str, Any] = {}
    if subject.tool == SPACE:
        if _BY_DEPARTMENT.search(line):
            extra["by"] = "department"
        elif _BY_BRAND.search(line):
            extra["by"] = "brand"
        elif _BY_PRODUCT.search(line):
            extra["by"] = "product"
        if _MOST.search(line):
            extra["rank_by"] = "facings"
        if _BY_MARGIN.search(line):
            extra["measure"] = "gross_margin"
    if "limit" in subject.slots and (limit := take_limit(reading)) is not None:
        extra["limit"] = limit
    slots = take_slots(reading, around, subject.words)
    if subject.tool == LOCATION:
        return (
            None if slots.product is None or slots.unknown else calls_for(LOCATION, slots.args("product", "stores"), [])
        )
    if slots.product and not slots.unknown and subject.tool == SPACE:
        extra["department"] = slots.product  # a category that the departments' names do not tell
    elif slots.unknown or slots.product:
        return not_understood(slots.unknown or slots.product or "")
    args = {**slots.args(*subject.slots), **extra}
    best = subject.tool == SPACE and _BEST.search(line)
    return calls_for(subject.tool, args, [], NO_BEST if best else "")
