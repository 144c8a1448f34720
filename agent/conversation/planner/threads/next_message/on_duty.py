"""Who is on the clock in the hours that the answer above calls busy, whether that is enough, and other weekdays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import CONDITIONS, SUMMARY, Plan
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics.staffing import ADVICE
from agent.conversation.surroundings import Surroundings

PEAKS = "peak_times"
_PEOPLE = r"(?:people|ppl|staff|hands|bodies|cashiers?|associates?|employees?|folks|workers|hours)"
_HOW_MANY = re.compile(
    rf"{LEAD}how (?:many|much) {_PEOPLE} (?:(?:do|did) we (?:usually |normally )?(?:have|put|get|use|schedule"
    rf"|staff)|are|were|is|have we"
    r" got)(?: there)?(?: (?:on(?: the clock| duty| the floor| shift| the tills?)?|working|in|clocked in|scheduled))?"
    r"(?: (?:then|at that time|at those times|those days|those hours|in those hours))?\W*$"
)
_ENOUGH = re.compile(
    rf"{LEAD}(?:is|are|was|were) (?:that|it|those|they|we)(?: (?:really|still))? (?:enough(?: {_PEOPLE})?|too"
    rf" (?:few|many|little|much)"
    r"|ok(?:ay)?|(?:under|over|short)[- ]?staffed|covered|short)(?: for (?:that|it|then))?\W*$"
)
_OTHER_DAY = re.compile(
    rf"{LEAD}(?:(?:what|how) about |same (?:for|on) |and |on |for )*(?P<day>(?:mon|tues|wednes|thurs|fri|satur"
    rf"|sun)days?|weekends|weekdays)\W*$"
)
NO_RULE = (
    "How many people a shift needs I cannot say: no rule for that is in the data. The answer above has the hours"
    " on duty"
    " beside the visitors."
)
_WORKED = ["transactions", "labour_hours", "sales_per_labour_hour"]


def read(plain: str, previous: Sequence[Call], _around: Surroundings) -> Plan | None:
    """The calls such words mean behind an answer about busy hours; None for every other message."""
    peaks = previous[0]
    if len(previous) == 1 and peaks.name == CONDITIONS and not peaks.failed and _ENOUGH.match(plain):
        return Plan(text=NO_RULE)
    worked = len(previous) == 2 and previous[1].name == SUMMARY and previous[1].args.get("by") == "weekday"
    if peaks.name != PEAKS or peaks.failed or (len(previous) > 1 and not worked):
        return None
    if _HOW_MANY.match(plain):
        period = {"period": "last 4 weeks", **kept(peaks, "period", "stores")}
        return Plan(((PEAKS, dict(peaks.args)), (SUMMARY, {**period, "metrics": _WORKED, "by": "weekday"})), ADVICE)
    if worked and _ENOUGH.match(plain):
        return Plan(text=ADVICE)
    if worked and (other := _OTHER_DAY.match(plain)) is not None:
        day = other["day"] if other["day"].endswith("s") else f"{other['day']}s"
        return Plan(((PEAKS, {**peaks.args, "weekday": day}), (SUMMARY, dict(previous[1].args))), ADVICE)
    return None
