"""How merchants, planners and district managers put a subject: as a bare title, as an order, or as what groups do.

Three forms cover nearly all of it. A *title* is the name of a subject in the words people wrap around it (“show me”,
“analysis of …”, “… report”). A *predicate* is said of groups (“which categories are …”, “stores with …”). Anything else
is a *pattern* of its own. Each form keeps what follows the subject: a split, a period, stores, a part of the range.
"""

from __future__ import annotations

import re
from typing import NamedTuple

GROUP = (
    "(?:product )?(?:categor(?:y|ies)|sub-?categor(?:y|ies))|departments?|depts?|divisions?|brands?|manufacturers?"
    "|products?|items?|skus?|articles?|stores?|shops?|locations?|branches|districts?|regions?|suppliers?|vendors?"
)
"""What figures are split by, in the singular or the plural."""

_PLAIN_GROUPS = (
    (r".*categor.*", "category", "categories"),
    (r"dep.*|div.*", "department", "departments"),
    (r"brand.*|manuf.*", "brand", "brands"),
    (r"product.*|item.*|sku.*|article.*", "product", "products"),
    (r"store.*|shop.*|location.*|branch.*", "store", "stores"),
    (r"district.*", "district", "districts"),
    (r"region.*", "region", "regions"),
    (r"supplier.*|vendor.*", "supplier", "suppliers"),
)
_LEAD_WORDS = (
    "please|can you|could you|show(?: me| us)?|give(?: me| us)?|get(?: me)?|run|do(?: an?)?|prepare|produce|provide"
    "|pull(?: up)?|display|list|find|identify|determine|analy[sz]e|analysis of|assess|evaluate|examine|explore"
    "|investigate|compare|track|monitor|measure|calculate|compute|explain|summari[sz]e|rank|report on|review of"
    "|overview of|summary of|breakdown of|what(?:'s| is| are| was| were)|how(?:'s| is| are| was| were)|which are"
    "|i (?:need|want)(?: to see)?|let me see|an?|the|our|my|all|any|overall|current|full|detailed|quick|total"
)
_TRAIL_WORDS = (
    "analysis|analyses|analytics|reports?|reporting|review|overview|summary|assessment|study|insights?|dashboard|view"
    "|ranking|scorecard|audit|check|breakdown|metrics?|figures?|results?|evaluation|deep[- ]dive|looking|look|doing"
    "|measurement|tracking|monitoring|report card|recap|impact"
)
_FOLLOWING = (
    r"by|per|across|for|in|at|of|within|during|over|on|this|last|past|since|from|vs\.?|versus|against|compared"
    "|yesterday|today|mtd|qtd|ytd|between|next"
)
_LEAD = rf"^\W*(?:(?:{_LEAD_WORDS}) )*"
_TRAIL = rf"(?: (?:{_TRAIL_WORDS}))*"
_REST = rf"(?P<rest>(?:,? (?:{_FOLLOWING})\b[^:?]*?)?)"
_ELABORATION = r"(?P<more>(?: ?:| - | -- )(?:(?! (?:in|for|at|last|this|since|during|only) )[^?\d])*)?"
_ASKED_OF = (
    r"^\W*(?:(?:which|what|show(?: me)?|list|find|identify|determine|give me|name|display|rank|highlight|flag"
    r"|are there|do we have|see|top|bottom|best|worst|the|our|my|any|some|all|of|certain|specific|\d+|(?:best|worst"
    "|top|lowest)[- ]performing) )*"
)
_LINK = (
    "(?: (?:that|which|who|where|are|is|was|were|has|have|had|do|does|did|we|being|currently|consistently|really|now"
    "|still|most|often|with))*"
)


class Row(NamedTuple):
    """One way of asking: what it looks like, the plainer question, and what to say where that one only comes near."""

    asked: re.Pattern[str]
    plain: str
    said: str = ""


def title(names: str, plain: str, said: str = "") -> Row:
    """A subject by any of its names, in the usual words around a title; ``{rest}`` is what follows it."""
    return Row(re.compile(rf"{_LEAD}(?:{names}){_TRAIL}{_REST}{_ELABORATION}\W*$", re.IGNORECASE), plain, said)


def predicate(of_groups: str, plain: str, said: str = "", groups: str = GROUP) -> Row:
    """What is said of groups: “which categories <are …>”, “stores <with …>”; ``{g}`` and ``{gs}`` are their name."""
    asked = rf"{_ASKED_OF}(?P<g>{groups}){_LINK} (?:{of_groups}){_REST}{_ELABORATION}\W*$"
    return Row(re.compile(asked, re.IGNORECASE), plain, said)


def pattern(asked: str, plain: str, said: str = "") -> Row:
    """A form of its own, from the first word to the last."""
    return Row(re.compile(rf"^\W*{asked}\W*$", re.IGNORECASE), plain, said)


def group_name(said: str, *, many: bool = False) -> str:
    """The plain name of a group.

    >>> group_name("SKUs"), group_name("division", many=True)
    ('product', 'departments')
    """
    for words, one, several in _PLAIN_GROUPS:
        if re.fullmatch(words, said.lower().removeprefix("product ") if "categor" in said.lower() else said.lower()):
            return several if many else one
    return said.lower()


_SPLIT_AFTER = re.compile(
    rf"\b(?:by|per|across|for each|for every|in each)(?: the| all| our)* (?P<g>{GROUP})\b", re.IGNORECASE
)

_WHEN = re.compile(
    r"\b(?:last|this|past|since|during|yesterday|today|mtd|qtd|ytd|q[1-4]|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|week|month|quarter|year|all time|20\d\d)\b",
    re.IGNORECASE,
)


def plainer(row: Row, text: str) -> tuple[str, str] | None:
    """The plainer question of a row and its sentence, where the row fits the question; None where it does not."""
    found = row.asked.search(text)
    if found is None:
        return None
    parts = found.groupdict("")
    rest, more = parts.pop("rest", ""), parts.pop("more", "")
    if not (split := _SPLIT_AFTER.search(rest)) and (split := _SPLIT_AFTER.search(more)):
        rest = f" {split[0]}{rest}"
    named = parts.get("g") or parts.get("h") or (split["g"] if split else "")
    filled = {
        **parts,
        "rest": rest.replace(",", ""),
        "without": _SPLIT_AFTER.sub("", rest).rstrip() if split else rest,
        "usual": "" if _WHEN.search(rest) else " last 4 weeks",
        "g": group_name(named) if named else "category",
        "gs": group_name(named, many=True) if named else "categories",
        "by": f" by {group_name(split['g'])}" if split else "",
    }
    return " ".join(row.plain.format(**filled).split()), row.said.format(**filled)
