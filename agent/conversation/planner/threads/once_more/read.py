"""Short questions about the figures of the answer before that keep all of it and ask for one more side of it.

“Share of each”, “only the ones that went down”, “is that normal?”, “how many hours was that?”, “the same day last
year”, “show me the trend”, “and Station Road” beside two stores that were held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.conversation.planner.outcome import CONDITIONS, SUMMARY, TOP, Plan
from agent.conversation.planner.threads.once_more import (
    at_the_door,
    every_time,
    further,
    nearby,
    outlook_error,
    parts,
    ranked,
    share_of,
    time_of_day,
    times,
)
from agent.conversation.planner.threads.once_more import words as say
from agent.conversation.planner.threads.once_more.before import FIGURES, moved, one_answer
from agent.conversation.planner.threads.once_more.beside import at_store, beside_goods, between_stores, of_targets
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.team import CLOCK
from agent.conversation.planner.topics.why import EXPLAIN
from agent.conversation.surroundings import Surroundings

_OUTLOOK, _LIFT = "sales_outlook", "promotion_lift"
_ONE_BY_ONE = frozenset({"largest_transactions", "find_transaction", "refunds_and_voids", "discounts_used"})
"""Answers that list single sales."""
_PEAKS, _DAILY, _LABEL = "peak_times", "sales_rates", "private_label_share"
_NAME_THEIR_ENDS = frozenset({
    "attendance", "exception_report", "store_ranking", "target_progress", "sales_rates", "overstock", "dead_stock",
    "out_of_stock", "slow_stock", "stockout_risk", "lost_sales", "fast_movers",
})  # fmt: skip
"""Answers that say the first of what they list, or both ends of it."""
WHICH_OF = (
    "Which {what} do you mean? The answer above lists none. Give its number, or say when and at which store it was."
)
NO_COURSE = (
    "That share I tell for one span at a time: ask it of two, “private label share last month” and “… the month"
    " before”."
)


_READERS = (
    outlook_error.read,
    share_of.read,
    at_the_door.read,
    ranked.read,
    every_time.read,
    nearby.read,
    further.read,
)


def read(text: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such a question means; None for every other, and where not exactly one answer stands before it."""
    last = one_answer(previous)
    found = None if last is None or last.failed else _read(text.lower().strip(), last, around)
    return found if found is None else replace(found, leans=True)


def _read(plain: str, last: Call, around: Surroundings) -> Plan | None:
    of_it = (one(plain, last, around) for one in _READERS)
    near = next((found for found in of_it if found is not None), None)
    near = near or time_of_day.with_days(plain, last, around) or time_of_day.read(plain, last)
    if near is not None:
        return near
    if last.name == _PEAKS:
        return times.peaks_against_usual(plain, last) or times.beside_peaks(plain, last)
    told = _of_its_tool(plain, last) or of_targets(plain, last) or beside_goods(plain, last, around)
    if told is not None:
        return told
    if (same := say.SAME_THERE.match(plain)) and (there := at_store(same["at"], last, around)) is not None:
        return there
    if last.name not in _ONE_BY_ONE and (sale := say.THAT_SALE.match(plain)):
        return Plan(text=WHICH_OF.format(what=sale["what"]))
    if last.name not in (*FIGURES, TOP, EXPLAIN):
        return Plan(text=NO_COURSE) if say.GROWING.match(plain) and last.name == _LABEL else None
    if say.WEEKEND_BEFORE.match(plain):
        return times.weekend_before(last, around)
    if (held := times.against_usual_day(plain, last, around)) is not None:
        return held
    for reader in (*times.READERS, *parts.READERS):
        if (found := reader(plain, last)) is not None:
            return found
    return between_stores(plain, last, around)


def _of_its_tool(plain: str, last: Call) -> Plan | None:
    """What one tool tells beside what it was asked: a total, its ends, its days, the people of its hours."""
    if last.name == _DAILY and say.TOTAL.match(plain):
        kept = {key: value for key, value in last.args.items() if key not in ("per", "metric")}
        return Plan(((SUMMARY, {**kept, "metrics": [last.args.get("metric", "net_sales")]}),))
    if (end := say.WHICH_END.match(plain)) and (last.args.get("by") or last.name in _NAME_THEIR_ENDS):
        of_others = last.name in FIGURES and say.UNIT.match(end["noun"] or "") and not _is_split_by(end["noun"], last)
        if of_others and "rank_by" in last.args and re.match("item|product", end["noun"]):
            down = last.args.get("order") == "bottom"
            return moved(last, "product", down=down, up=not down)  # the goods that moved the same way
        return None if of_others else Plan(((last.name, dict(last.args)),))
    if last.name == _LIFT and (other := say.NOT_MONEY.match(plain)):
        ranked = {"rank_by": "net_sales" if other["money"] else "units"} if last.args.get("by") else {}
        return Plan(((_LIFT, {**last.args, **ranked}),))  # it tells both
    if last.name == _OUTLOOK and say.OUTLOOK_AGAIN.match(plain):
        return Plan(((_OUTLOOK, dict(last.args)),))  # it tells each day, and how far such sums were off
    if last.name == _OUTLOOK and (normal := say.OVER_NORMAL.match(plain)):
        return times.outlook_beside_the_normal(normal["unit"], last)
    if last.name in (CONDITIONS, CLOCK) and (say.NAMES.match(plain) or say.STARTED.match(plain)):
        kept = {key: last.args[key] for key in ("stores", "period") if key in last.args}
        return Plan(((CLOCK, {"show": "worked", "period": "yesterday", **kept}),))
    return None


def _is_split_by(noun: str, last: Call) -> bool:
    """Whether the answer before has a row for each of what is said: “which items” is none of departments."""
    unit = re.sub(r"ies$", "y", noun).removesuffix("s")
    return {"item": "product"}.get(unit, unit) in str(last.args.get("by"))
