"""How the business does and what needs attention: one answer from the figures of the other tools."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.frame import frame, one_currency
from tools.overview.facts import gather
from tools.overview.priorities import priorities
from tools.overview.shown import shown
from tools.registry import Arguments, tool
from tools.result import ToolResult


class BusinessOverviewArguments(Arguments):
    """Arguments of ``business_overview``."""

    period: str = Field(
        default="last 7 days", max_length=120, description="When, in the asker's own words: “this month”, “last week”."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “north stores”."
    )
    focus: Literal["summary", "priorities"] = Field(
        default="summary", description="“priorities” for what to do first or what needs attention."
    )


@tool()
def business_overview(arguments: BusinessOverviewArguments, context: ToolContext) -> ToolResult:
    """How the business is doing, and what needs attention first.

    Use it for “summarize my business this month”, “how is the business performing overall”, “give me a health check”,
    “what should be my top priority today”, “what needs my attention”. It holds sales, transactions, basket, margin,
    labour and conversion against the like period and each store's own norm, and lists up to five things to look at by
    the money at stake, each with its arithmetic and the question that leads deeper. What it did not look at is said.
    It names no causes.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    facts = gather(asked)
    return shown(facts, priorities(facts), first=arguments.focus == "priorities")
