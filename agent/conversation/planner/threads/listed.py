"""What is asked about the rows of the list above: “how did they do in October”, “which of those are private label”.

The rows are those that the answer showed, by name, so nothing is ranked anew; every condition of the list stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.outcome import SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.pointing import product_number
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.breakdown_taken import compared
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN, RANKING, LIFT = "sales_breakdown", "store_ranking", "promotion_lift"
MOST_ROWS = 12
_UNPLACED = "Unknown"
UNPLACED = "“Unknown” above are goods without a {group}; they are left out here."
_LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |then |now )*"
_THEM = r"(?:they|them|those|these|each(?: of (?:them|those|these))?|all of (?:them|those|these))"
_NOUN = r"(?: (?:ones|stores|departments|categories|brands|manufacturers|makers|products|items|skus))?"
_ASKS = re.compile(
    rf"{_LEAD}(?:how (?:did|do|are|is|have|much (?:did|do)) {_THEM}{_NOUN}|how about {_THEM}{_NOUN}|(?:what(?:'s| is"
    rf"| are| was| were)?|show(?: me)?|give(?: me)?) (?:the |their )?.{{0,40}}?(?:\b(?:of|for|on|at|in) {_THEM}"
    rf"|\btheir\b)|(?:what|how much|how many)(?: \w+){{0,3}} (?:did|do|does|have|of) {_THEM}|compare {_THEM}{_NOUN}"
    rf"|(?:what|how) about their\b|their\b|(?:the )?[a-z%]+(?: [a-z%]+){{0,2}} (?:on|of|for) {_THEM}{_NOUN}\W*$)"
)
_OWN_LABEL = re.compile(
    rf"{_LEAD}(?:which|how many|what|are any)(?: ones)? (?:of )?{_THEM}{_NOUN} (?:are |is )?(?:(?:a )?private[- ]label"
    r"|own[- ](?:label|brand)s?|store[- ]brands?|ours)\b"
)
_STORES_DROVE = re.compile(
    rf"{_LEAD}(?:which|what) (?:stores?|shops?|locations?) (?:drove|drives?|sold|sells?|(?:was|were|is|are) behind"
    r"|contributed(?: most)? to|had|have)(?: (?:it|that|them|those|these|the most|most of (?:it|them|those)))*\W*$"
)
_WORDS = re.compile(
    rf"\b(?:{_THEM}|their|how|did|do|does|are|is|was|were|have|has|what|what's|show|me|give|about|compare|perform(?:ed"
    r"|ing)?|doing|sell|sold|selling|go|went|fare|fared|trend\w*|look\w*|like|the|on|of|for|at|in|and|vs|versus"
    "|against|compared|to|with|ones|stores|departments|categories|brands|manufacturers|makers|products|items|skus"
    r"|average|change[ds]?|each|much|many|make|made|rates?|total|sales|by|than|over|from)(?!\w)|'s\b"
)


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The breakdown of exactly the rows above; None for every other question, and where no list was shown."""
    last = previous[-1] if len(previous) == 1 else None
    if last is None or last.failed:
        return None
    by, names = _rows(last)
    unplaced, names = _UNPLACED in names, [name for name in names if name != _UNPLACED]
    if by is None or not 0 < len(names) <= MOST_ROWS:
        return None
    plain = text.lower().strip()
    own, drove = _OWN_LABEL.match(plain), _STORES_DROVE.match(plain)
    if not (own or drove or _ASKS.match(plain)):
        return None
    kept = {key: last.args[key] for key in ("stores", "period", "compare_to", "rank_by", "where") if key in last.args}
    only = [{"dimension": by, "values": names}]
    where = [*(one for one in kept.pop("where", None) or [] if one.get("dimension") != by), *only]
    if department := last.args.get("department"):
        where.append({"dimension": "department", "values": [department]})
    kept.setdefault("period", "last 4 weeks")
    if own:
        if by == "store":
            return None
        return Plan(
            ((BREAKDOWN, {**_without(kept, "compare_to", "rank_by"), "by": f"{by}, private_label", "where": where}),)
        )
    if drove:
        args = {**_without(kept, "stores"), "by": "store" if by == "store" else f"{by}, store", "where": where}
        return Plan(((BREAKDOWN, args),)) if by != "store" else None
    reading = Reading.of(text)
    compare_to, period = compared(reading)
    metrics = _figures(plain, reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department or slots.limit:
        return None
    said = {"period": period or slots.period, "compare_to": compare_to, "stores": slots.stores}
    if not (metrics or any(said.values())):
        return None
    if said["period"]:
        kept = _without(kept, "compare_to", "rank_by")
    args = {**kept, **{key: value for key, value in said.items() if value}, "by": by, "where": where}
    args.pop("rank_by", None)
    aside = UNPLACED.format(group=by) if unplaced else ""
    return Plan(((BREAKDOWN, {**args, "metrics": metrics or _metrics(last)}),), opening=aside)


def _figures(plain: str, reading: Reading) -> list[str]:
    """The figures asked for; an average discount is a rate, an average price is that of a piece."""
    if re.search(r"\b(?:average|avg|mean) discounts?\b|\bdiscount(?:s|ed)? (?:depth|rate)\b", plain):
        while reading.take(re.compile(r"\b(?:average|avg|mean) discounts?\b|\bdiscount(?:s|ed)? (?:depth|rate)\b")):
            pass
        return ["discount_rate", "discounts", "net_sales"]
    if reading.take(re.compile(r"\b(?:average |avg |mean )?(?:selling |unit )?prices?\b")) is not None:
        return ["average_selling_price", "net_sales", "units"]
    named = list(take_metrics(reading))
    return ["gross_margin_pct", "gross_margin"] if named == ["gross_margin"] else named


def _metrics(last: Call) -> list[str]:
    given = last.args.get("metrics") or ([last.args["metric"]] if last.args.get("metric") else None)
    return [str(name) for name in given or ("net_sales",)]


def _without(args: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in args.items() if key not in names}


def _rows(last: Call) -> tuple[str | None, list[str]]:
    """What the last answer listed, and the names of its rows; a list that is longer than it shows is none."""
    by = "product" if last.name == TOP else "store" if last.name == RANKING else last.args.get("by")
    if last.name not in (TOP, RANKING, SUMMARY, BREAKDOWN) or by not in (
        "brand",
        "department",
        "category",
        "store",
        "product",
    ):
        return None, []
    table = last.document.get("table")
    if not isinstance(table, Mapping):
        return None, []
    columns = [
        str(one.get("name") if isinstance(one, Mapping) else one).split(" (")[0].lower()
        for one in table.get("columns", ())
    ]
    if str(by) not in columns:
        return None, []
    where = columns.index(str(by))
    names = [str(row[where]) for row in table.get("rows") or () if row and row[where]]
    if by == "product":
        names = [product_number(name) for name in names]
    return str(by), names
