"""One receipt looked up: by its number, or by what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.documents_world import figures, rows
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

Run = Callable[..., ToolResult]


@pytest.mark.parametrize("said", ["A1", "#A1", "ext-A1", "no. a1"])
def test_a_receipt_is_found_by_its_number_however_it_is_written(shops: ToolContext, said: str) -> None:
    result = run_tool("find_transaction", {"text": said}, shops)
    assert result.headline == "Receipt A1: sale at Market Street, 2 Mar 2026, 14:05, 2 lines, total $13.50."
    assert "Discounts: Spring $1.00." in result.text
    assert "Paid by card $13.50." in result.text
    assert "Rung up by Ada Alder." in result.text
    assert rows(result)[0] == (1, "Oat milk", "2", "each", "10.00", "1.00", "9.00", None)
    assert figures(result, "net_amount", "receipt") == {"A1": 12}


def test_a_refund_and_its_original_point_at_each_other(shops: ToolContext) -> None:
    assert "Goods of it came back on receipt A3." in run_tool("find_transaction", {"text": "A2"}, shops).text
    assert "It belongs to receipt A2." in run_tool("find_transaction", {"text": "A3"}, shops).text


def test_payments_that_failed_did_not_pay_for_it(shops: ToolContext) -> None:
    result = run_tool("find_transaction", {"text": "A2"}, shops)
    assert figures(result, "payments", "tender") == {"card": Decimal("2.96"), "cash": 10}


def test_a_voided_sale_is_shown_as_one(shops: ToolContext) -> None:
    result = run_tool("find_transaction", {"text": "A4"}, shops)
    assert "voided sale" in result.headline
    assert "It is a voided sale and counts in no sales figure." in result.caveats


def test_what_is_remembered_finds_it(run: Run) -> None:
    assert "Receipt A1" in run("find_transaction", amount="$13.50").headline
    assert "Receipt A8" in run("find_transaction", product="bananas").headline
    assert "Receipt A5" in run("find_transaction", register_id="r2").headline
    assert "Receipt A2" in run("find_transaction", period="2 March", time="15:05").headline


def test_several_are_listed_and_asked_about(run: Run) -> None:
    result = run("find_transaction", time="2 pm")
    assert result.headline.startswith("4 receipts around 2 pm")
    assert "Which one do you mean?" in result.headline
    assert [row[-1] for row in rows(result)] == ["A8", "A7", "A1", "B1"]
    assert result.follow_ups[0] == "Look up receipt A8"
    assert not result.figures


def test_no_more_than_ten_are_listed(run: Run) -> None:
    result = run("find_transaction", register_id="R1", period="since 2 March")
    assert len(rows(result)) <= 10


def test_nothing_of_another_store_is_found(run: Run) -> None:
    for arguments in ({"text": "A1", "period": None}, {"amount": "13.50"}):
        with pytest.raises(NoDataError, match="No receipt"):
            run("find_transaction", role=Role.STORE_MANAGER, sees=("S02",), **arguments)
    with pytest.raises(NotAllowedError):
        run("find_transaction", role=Role.STORE_MANAGER, sees=("S02",), text="A1", stores="Market Street")


def test_staff_do_not_read_who_rang_it_up(run: Run) -> None:
    assert "Ada" not in str(run("find_transaction", role=Role.STAFF, text="A1").to_json())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "Say which receipt"),
        ({"text": "#"}, "Say which receipt"),
        ({"time": "14:00", "period": None}, "needs the day"),
        ({"time": "half past"}, "no time of day"),
        ({"time": "25:00"}, "no time of day"),
        ({"amount": "plenty"}, "no amount of money"),
    ],
)
def test_bad_clues_get_one_sentence(run: Run, arguments: dict[str, str | None], sentence: str) -> None:
    with pytest.raises(BadArgumentError, match=sentence):
        run("find_transaction", **arguments)


def test_no_receipt_and_no_wildcard(shops: ToolContext) -> None:
    for text in ("A99", "%", "___"):
        with pytest.raises(NoDataError, match="No receipt"):
            run_tool("find_transaction", {"text": text}, shops)


def test_a_product_that_fits_several_is_asked_back(run: Run) -> None:
    with pytest.raises((ClarifyError, BadArgumentError)):
        run("find_transaction", product="grocery")
