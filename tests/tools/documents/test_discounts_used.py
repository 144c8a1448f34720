"""Discounts by name, code and person, and what they leave open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.documents_world import WEEK, documents_world, figures, receipts, rows
from tools.context import Role
from tools.errors import NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def test_discounts_are_named_by_name_promotion_or_code(run: Run) -> None:
    result = run("discounts_used")
    assert figures(result, "discounts", "name") == {"": 3, "SPRING20": 2, "Spring": 1}
    assert figures(result, "discount_rate", "name") == {"": Decimal("6.2")}  # 3.00 of 48.00 gross
    assert [row[4:] for row in rows(result)] == [(1, "20.0", 1), (1, "20.0", 1)]
    assert figures(run("discounts_used", by="promotion"), "discounts", "promotion") == {"": 3, "Spring": 1}
    assert figures(run("discounts_used", by="department"), "discounts", "department") == {"": 3, "Grocery": 3}


def test_what_does_not_say_it_is_said_to_be_silent(run: Run) -> None:
    assert "$1.00 of them do not say the code." in run("discounts_used", by="code").caveats
    with pytest.raises(NoDataError, match="no discount of these is tied to a coupon"):
        run("discounts_used", by="coupon")


def test_a_code_can_be_asked_for(run: Run) -> None:
    assert run("discounts_used", name="spring20").headline.startswith("Discounts with “spring20”")
    assert figures(run("discounts_used", name="spring"), "discounts", "name")[""] == 3
    with pytest.raises(NoDataError, match="No discount with “summer”"):
        run("discounts_used", name="summer")


def test_who_gave_them_is_for_those_who_answer_for_a_store(run: Run) -> None:
    assert figures(run("discounts_used", by="employee"), "discounts", "employee") == {"": 3, "Ada Alder": 3}
    for role in (Role.STAFF, Role.ANALYST):
        with pytest.raises(NotAllowedError):
            run("discounts_used", by="employee", role=role)


def test_discounts_without_names_are_not_taken_for_none(run: Run, tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match="No discount was given"):
        run("discounts_used", stores="Harbor Point")
    with documents_world(tmp_path, receipts()) as context, pytest.raises(NoDataError, match="does not itemise them"):
        run_tool("discounts_used", {"period": WEEK}, context)


def test_single_discounts_by_size_with_goods_receipt_and_person(run: Run) -> None:
    result = run("largest_discounts")
    assert result.headline.startswith("Largest single discount")
    assert "$2.00 on Oat milk (13.3 % of its price)" in result.headline
    assert "(“SPRING20”, by Ada Alder, receipt A8); of 2 discounts with $3.00 in all." in result.headline
    assert [(row[3], row[4], row[6], row[7], row[9]) for row in rows(result)] == [
        ("2.00", "SPRING20", "13.3", "Ada Alder", "A8"), ("1.00", "Spring", "10.0", "Ada Alder", "A1"),
    ]  # fmt: skip
    assert rows(run("largest_discounts", smallest=True, limit=1))[0][9] == "A1"
    assert rows(run("largest_discounts", of="receipt"))[0][3:5] == ("2.00", 1)
    assert [row[9] for row in rows(run("largest_discounts", name="spring20"))] == ["A8"]


def test_single_discounts_name_nobody_to_those_who_may_not_know_and_none_is_not_nought(run: Run) -> None:
    for of in ("discount", "receipt"):
        assert "Ada Alder" not in str(run("largest_discounts", of=of, role=Role.ANALYST).to_json())
    with pytest.raises(NoDataError, match="need not mean that none was given"):
        run("largest_discounts", stores="Harbor Point")
    with pytest.raises(NotAllowedError):
        run("largest_discounts", stores="Harbor Point", sees=("S01",), role=Role.STORE_MANAGER)
