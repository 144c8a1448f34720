"""Which stores a phrase means, checked against the scope, and the list of them."""

from __future__ import annotations

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import ToolResult


class ListStoresArguments(Arguments):
    """Arguments of ``list_stores``."""

    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Only these, in the asker's own words: “north stores”. Leave out for all the asker may see.",
    )


@tool()
def list_stores(arguments: ListStoresArguments, context: ToolContext) -> ToolResult:
    """The stores the asker may see: id, name, district, time zone, opening hours and how far their data reaches."""
    raise NoDataError("No data yet.")
