"""Which goods a short message means: those it points at, or the one thing that the answer before is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import FIND, TOP
from agent.conversation.planner.threads.followups import product_pointed_at
from agent.conversation.planner.threads.pointing import product_number
from agent.conversation.planner.threads.remembered import Call

ROW = (
    r"(?:(?:the )?(?:first|second|third|fourth|fifth|last|top|1st|2nd|3rd)(?: (?:one|product|item))?|number [1-9]"
    r"|the (?:best|worst) one)"
)
IT = r"(?:it|that|this|they|them|those|these|(?:that|this) (?:one|product|item))"
THING = rf"(?:{ROW}|{IT})"
_IS_A_ROW = re.compile(ROW)
_ONE_NUMBER = re.compile(r"#?\w*\d\w*")
RANKINGS = frozenset({TOP, "fast_movers", "trend_goods"})


def goods_meant(thing: str | None, previous: Sequence[Call]) -> dict[str, str]:
    """The goods as an argument: one product, or a department; empty where none or several may be meant.

    Args:
        thing: the words that point, “the second one” or “it”; None where nothing points.
        previous: the last calls of the thread.
    """
    if thing and _IS_A_ROW.fullmatch(thing):
        end = re.sub(r"^the (?:best|top) one$", "the first one", thing)
        product = None if "worst" in end else product_pointed_at(end, previous[-1:])
        return {"product": product_number(product)} if product else {}
    last = previous[-1]
    if last.failed:
        return {}
    for key in ("product", "department"):
        if isinstance(said := last.args.get(key), str) and said:
            return {key: said}
    if (found := _found(last)) is not None:
        return {"product": found}
    lines = last.args.get("lines")
    if isinstance(lines, list) and len(lines) == 1:
        return {"product": str(lines[0].get("product"))}
    if ((thing and last.name in RANKINGS) or last.args.get("limit") == 1) and (
        first := product_pointed_at("the first one", previous[-1:])
    ):
        return {"product": product_number(first)}
    return {}


def _found(last: Call) -> str | None:
    """What was looked up by its number: of words, several may have been found."""
    text = last.args.get("text")
    return text if last.name == FIND and isinstance(text, str) and _ONE_NUMBER.fullmatch(text) else None


def kept(last: Call, *names: str) -> dict[str, Any]:
    """Of the arguments before those of these names."""
    return {name: last.args[name] for name in names if name in last.args}


def of_the_days_above(previous: Sequence[Call]) -> Call:
    """The last call; of the same tool told for two spans the one of the days that were asked about."""
    return previous[0] if all(one.name == previous[0].name for one in previous) else previous[-1]
