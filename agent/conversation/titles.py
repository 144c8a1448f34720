"""What a person reads while a tool runs: its name in plain words and what it is looking at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.conversation.cleaning import harmless

_NAMES = {
    "sales_summary": "Sales summary",
    "compare_periods": "Comparing periods",
    "top_products": "Ranking products",
    "find_products": "Looking up products",
    "identified_sales": "Sales with known customers",
    "list_stores": "Listing stores",
    "store_conditions": "Looking at what was around",
    "query_sales_data": "Running a query",
    "search_products_by_meaning": "Searching products by meaning",
    "feedback_themes": "Reading what customers say",
    "search_feedback": "Searching what customers said",
    "propose_price_change": "Preparing a price proposal",
}
_SHOWN = ("product", "text", "period", "compare_to", "stores", "store", "by")
_LENGTH = 100


def tool_title(tool: str) -> str:
    """The name of a tool in plain words."""
    return _NAMES.get(tool) or tool.replace("_", " ").capitalize()


def progress_title(tool: str, args: Mapping[str, Any]) -> str:
    """For example "Sales summary · yesterday · Harbor Point"; at most 100 characters."""
    said = [("by " if key == "by" else "") + str(args[key]) for key in _SHOWN if args.get(key)]
    return harmless(" · ".join([tool_title(tool), *said]), keep_newlines=False)[:_LENGTH]
