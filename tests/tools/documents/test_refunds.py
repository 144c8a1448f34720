"""Refunds and voids: every one once, with its reason, and names only for those who may know."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.documents_world import WEEK, documents_world, event, figures, receipts, rows
from tests.support.documents_world import at as when
from tools.context import Role
from tools.errors import NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def by_receipt(result: ToolResult) -> dict[str | int | None, tuple[str | int | None, ...]]:
    return {row[7]: row for row in rows(result)}


def test_a_void_that_two_sources_know_is_one_void(run: Run) -> None:
    result = run("refunds_and_voids", show="voids")
    assert figures(result, "void_sale_count", "x") == {"": 3}
    assert figures(result, "void_sale_amount", "x") == {"": 21}
    assert figures(result, "void_line_amount", "x") == {"": Decimal("2.50")}
    found = by_receipt(result)
    assert set(found) == {"A4", "A5", "A6", None}
    assert found["A4"][3:6] == ("5.00", "Wrong item", "Ben Oakes")  # the document's amount, the register's reason
    assert found["A5"][3:6] == ("7.00", "Left", "Ben Oakes")  # matched by register, amount and time
    assert found["A6"][4:6] == (None, "on duty: Ada Alder")


def test_a_refund_comes_with_its_reason_and_its_original(run: Run) -> None:
    (row,) = rows(run("refunds_and_voids", show="refunds"))
    assert row[0] == "3 Mar 2026, 10:00"
    assert row[3:] == ("12.00", "Handle broken", "Ben Oakes", "R1", "A3", "A2")


def test_rates_have_their_denominators(run: Run) -> None:
    result = run("refunds_and_voids")
    assert figures(result, "refund_rate", "x") == {"": Decimal("26.7")}  # 12.00 of 48.00 gross less 3.00 discounts
    assert figures(result, "void_rate_by_count", "x") == {"": Decimal("37.50")}  # 3 of 5 made and 3 voided
    assert figures(result, "no_sale_count", "x") == {"": 1}  # the one of February is not in the week


def test_they_can_be_counted_by_reason_and_by_person(run: Run) -> None:
    assert rows(run("refunds_and_voids", by="reason", show="voids"))[0] == ("Wrong item", 2, "50.0", "7.50")
    assert rows(run("refunds_and_voids", by="employee"))[0][:2] == ("Ben Oakes", 4)
    assert rows(run("refunds_and_voids", by="day"))[0][:2] == ("2 Mar 2026", 3)


@pytest.mark.parametrize("role", [Role.STAFF, Role.ANALYST])
def test_who_it_was_is_not_for_everybody(run: Run, role: Role) -> None:
    result = run("refunds_and_voids", role=role)
    assert "Ben Oakes" not in str(result.to_json())
    assert "Ada Alder" not in str(result.to_json())
    with pytest.raises(NotAllowedError, match="managers"):
        run("refunds_and_voids", role=role, by="employee")


def test_a_store_of_which_nothing_is_known_is_not_said_to_have_none(run: Run) -> None:
    with pytest.raises(NoDataError, match="need not mean that there were none"):
        run("refunds_and_voids", show="voids", stores="Harbor Point")


def test_a_week_without_any_is_a_week_without_any(run: Run) -> None:
    result = run("refunds_and_voids", show="voids", period="7 March")
    assert result.headline.endswith("0 voided sales and 0 voided lines.")
    assert result.table is None


def test_registers_alone_or_documents_alone_are_enough_and_said(tmp_path: Path) -> None:
    kept = [row for row in receipts() if row.values["sale_id"] not in ("A4", "A5", "A6")]
    alone = event("x1", "void_sale", when(4, 9), amount_minor=700, reason="Left")
    for name, world, said in (
        ("register", [*kept, alone], "Voids are known from the registers only"),
        ("documents", receipts(), "Voids are known from cancelled documents only"),
    ):
        (tmp_path / name).mkdir()
        with documents_world(tmp_path / name, world) as context:
            result = run_tool("refunds_and_voids", {"period": WEEK, "show": "voids"}, context)
        assert any(caveat.startswith(said) for caveat in result.caveats)
        assert figures(result, "void_sale_count", "x") == {"": 1 if name == "register" else 3}


def test_the_newest_are_listed_and_the_rest_counted(run: Run) -> None:
    result = run("refunds_and_voids", limit=2)
    assert [row[7] for row in rows(result)] == ["A6", "A5"]
    assert "The 2 newest of 7 are listed." in result.caveats


def test_the_largest_come_first_and_are_told_with_who_and_why(run: Run) -> None:
    result = run("refunds_and_voids", show="voids", order="top")
    assert [(row[3], row[7]) for row in rows(result)] == [
        ("9.00", "A6"),
        ("7.00", "A5"),
        ("5.00", "A4"),
        ("2.50", None),
    ]
    assert "The largest voided sale is $9.00 at" in result.text
    assert "Then $7.00 at" in result.text
    assert "by Ben Oakes, reason “Left”, receipt A5" in result.text
    assert figures(result, "void_sale_single_amount", "receipt") == {"A6": 9, "A5": 7, "A4": 5}
    smallest = run("refunds_and_voids", order="bottom", limit=1)
    assert "The smallest price override is $0.50" in smallest.text
    assert "The 1 smallest of 7 are listed." in smallest.caveats


def test_only_those_within_the_bounds_are_told(run: Run) -> None:
    result = run("refunds_and_voids", show="voids", at_least="5", under="9")
    assert {row[7]: row[3] for row in rows(result)} == {"A4": "5.00", "A5": "7.00"}
    assert result.headline.startswith("Voids of at least $5.00 and less than $9.00 ")
    assert "2 voided sales of $12.00 and 0 voided lines" in result.headline
    bounded = {"at_least": "5", "under": "9"}
    counted = next(one for one in result.figures if one.metric == "void_sale_count")
    assert (counted.value, dict(counted.group)) == ("2", bounded)
    assert "void_rate_by_count" not in {one.metric for one in result.figures}  # that is of all of them
    assert "sales begun" not in result.text
    none = run("refunds_and_voids", over="$1,000")
    assert none.headline.endswith(": none.")
    assert "1 entry without an amount left out." in none.caveats  # a no-sale


def test_the_largest_names_nobody_to_those_who_may_not_know(run: Run) -> None:
    result = run("refunds_and_voids", show="voids", order="top", role=Role.ANALYST)
    assert "reason “Left”" in result.text
    assert "Ben Oakes" not in str(result.to_json())
