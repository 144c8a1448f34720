"""What is put right when a product is looked up, and what is not: a colleague's name, another first letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.context import Role, Scope, ToolContext
from tools.errors import NO_SUCH_PRODUCT, BadArgumentError
from tools.registry import run_tool


def test_a_colleagues_name_is_no_misspelt_product(context: ToolContext) -> None:
    assert "read as “cola”" in run_tool("find_products", {"text": "colla"}, context).text
    with pytest.raises(BadArgumentError, match="No product fits “cole”") as refused:
        run_tool("sales_summary", {"product": "cole"}, context)
    assert refused.value.reason == NO_SUCH_PRODUCT


def test_colleagues_of_other_stores_are_not_known(context: ToolContext) -> None:
    elsewhere = replace(context, scope=Scope("U_M2", Role.STORE_MANAGER, ("S02",)))

    assert "read as “cola”" in run_tool("find_products", {"text": "cole"}, elsewhere).text


def test_a_slip_keeps_the_first_letter(context: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="No product fits “tola”"):
        run_tool("sales_summary", {"product": "tola"}, context)
