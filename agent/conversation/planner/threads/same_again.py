"""What a short question asks of the answer before: its other end, or what the stock-outs it named cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.remembered import Call

_END = re.compile(
    r"^\W*(?:and |so |ok )*(?:which|what|who)(?: (?:one|store|shop|department|category|day|week|month|hour"
    "|weekday)s?)? (?:is|are|was|were|had|has|did) (?:the )?(?:best|worst|lowest|highest|weakest|strongest|most|least"
    r"|first|last|smallest|biggest|largest|busiest|quietest)\W*$|^\W*(?:and |so |ok )*(?:what|how) about the (?:best"
    r"|worst|lowest|highest|weakest|strongest|most|least|other end)(?: one)?\W*$|^\W*(?:and |so |ok )*(?:which"
    r"|what) (?:store|shop|department|category|day|week|month|hour|weekday) (?:peaked|won|led)\W*$"
)
_COST = re.compile(
    r"\b(?:los(?:e|ing|t)|miss(?:ing|ed)?|cost(?:s|ing)?)\b.*\b(?:that|this|it|them|those|these)\b|^\W*(?:and "
    r"|so )*how much (?:did|do|have) we (?:lose|lost|losing)\W*$|\b(?:what|how much) (?:does|did|do|is|are) (?:that"
    "|this|it|those|these) cost"
)
_GONE = frozenset({"out_of_stock", "stockout_risk"})
_SPLIT = frozenset(
    {"sales_summary", "sales_breakdown", "compare_periods", "stock_levels", "stock_cover", "out_of_stock", "overstock"}
)


def read(text: str, previous: Sequence[Call]) -> Plan | None:
    """The calls such a question means; None for every other, and where nothing stands before it."""
    if not previous:
        return None
    last, plain = previous[-1], text.lower()
    if last.name in _GONE and not last.failed and _COST.search(plain):
        kept = {key: last.args[key] for key in ("stores", "department") if key in last.args}
        return Plan((("lost_sales", kept),))
    if last.name in _SPLIT and last.args.get("by") and not last.failed and _END.match(plain):
        return Plan(((last.name, dict(last.args)),))  # an answer that is split names both of its ends
    return None
