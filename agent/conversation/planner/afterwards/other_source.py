"""Where else an answer is kept: what was bought in without purchase orders, what came in without a log of stock.

A point of sale keeps the one or the other. What is asked first is what was asked for; where its rows were never
recorded the next best is asked once, and the answer says what it is instead of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from agent.conversation.planner.threads.remembered import Call
from tools.errors import NO_SUCH_PRODUCT, NOT_RECORDED

SOLD_INSTEAD = (
    "No purchase orders are recorded, so what was paid for {goods} is not known: this is what the {goods} that sold"
    " cost."
)
ORDERS_INSTEAD = "No log of stock is recorded, so these are the orders to suppliers that came in."
OUT_INSTEAD = (
    "The stock levels do not tell the shelf from the back room, so what is only off the shelf is not known: "
    "this is what "
    "is out altogether. What to order is in “what should we reorder”."
)
STORES_INSTEAD = "Who rang up a sale is not recorded here, so this is by store."
_BREAKDOWN, _BY_EMPLOYEE = "sales_breakdown", ("employee", ["employee"])
_NAMES_PEOPLE = re.compile(
    r"\b(?:cashiers?|employees?|associates?|staff|clerks?|team(?:mates?)?|persons?|people|workers?|rang|rung|ringing"
    r"|\w+ at the (?:till|register)|who (?:was|is|were|worked|gave|did (?:it|that)))\b",
    re.IGNORECASE,
)
_SHARED = ("period", "stores", "product", "department")


def other_source(call: Call) -> tuple[str, Mapping[str, Any], str] | None:
    """The call to make instead of one whose rows were never recorded, and the sentence that tells the difference."""
    if call.document.get("reason") != NOT_RECORDED:
        return None
    if call.name == _BREAKDOWN and call.args.get("by") in _BY_EMPLOYEE and not _NAMES_PEOPLE.search(call.question):
        return call.name, {**call.args, "by": "store"}, STORES_INSTEAD
    shared = {name: call.args[name] for name in _SHARED if name in call.args}
    goods = shared.get("product") or shared.get("department")
    if call.name == "purchase_orders" and goods and not {"by", "supplier", "status"} & set(call.args):
        shared.pop("period", None) if call.args.get("period") == "the last 365 days" else None
        return "sales_summary", {"metrics": ["cost_of_goods", "units"], **shared}, SOLD_INSTEAD.format(goods=goods)
    if call.name == "stock_changes" and call.args.get("kind") == "receive" and "by" not in call.args:
        return "purchase_orders", {"dated": "received", **shared}, ORDERS_INSTEAD
    if call.name == "out_of_stock" and call.args.get("where") == "shelf":
        return call.name, {name: value for name, value in call.args.items() if name != "where"}, OUT_INSTEAD
    return None


def told_once(first: Sequence[Call], second: Sequence[Call]) -> tuple[Call, ...]:
    """The calls to tell of a turn that tried twice: a refusal gives way to the other source that answered instead.

    Where that one has nothing either, the first refusal stands, for it is of what was asked.
    """
    if any("'employee'" in str(call.args.get("where")) for call in second):  # a name is a colleague's, or nothing's
        none = [call for call in first if call.document.get("reason") == NO_SUCH_PRODUCT]
        return tuple(second) if any(not call.failed for call in second) else (*none, *second)
    asked = {found[0] for call in first if (found := other_source(call))}
    answered = {call.name for call in second if not call.failed}
    kept = [call for call in first if not ((found := other_source(call)) and found[0] in answered)]
    if answered:  # what was taken for goods and is none has been read in another way
        kept = [call for call in kept if call.document.get("reason") != NO_SUCH_PRODUCT]
    return (*kept, *(call for call in second if not (call.failed and call.name in asked)))
