"""How customers paid, tax and tips, and gift cards: against the receipts of one week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.records import Row
from tests.support.documents_world import WEEK, at, documents_world, figures, receipts, rows, tender
from tests.support.mirror_rows import line, sale, store
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def test_the_mix_adds_up_with_refunds_taken_off_and_failed_payments_left_out(run: Run) -> None:
    result = run("tender_mix")
    amounts = figures(result, "payments", "tender")
    assert amounts == {"": 59.50, "cash": Decimal("30.04"), "card": Decimal("16.46"), "gift_card": 8, "wallet": 5}
    assert sum(value or 0 for kind, value in amounts.items() if kind) == amounts[""]
    assert figures(result, "payment_count", "tender") == {"cash": 4, "card": 2, "gift_card": 1, "wallet": 1}
    assert figures(result, "payment_share", "tender")["cash"] == Decimal("50.5")
    assert "1 payment that failed or was voided is left out." in result.caveats
    assert "$12.96 given back is taken off." in result.text


def test_the_part_of_all_payments_and_the_average_payment_stand_beside_the_mix(run: Run) -> None:
    """Four of eight payments were cash: half of them, and $7.51 each, where the money is 50.5 %."""
    result = run("tender_mix")
    assert (
        "Cash $30.04 in 4 payments (50.0 % of all, $7.51 each); card $16.46 in 2 payments (25.0 % of all,"
        in result.text
    )
    assert figures(result, "average_payment", "tender")["cash"] == Decimal("7.51")
    assert figures(result, "average_payment", "tender")["card"] == Decimal("8.23")


def test_the_fee_rate_is_of_what_fees_were_charged_on(run: Run) -> None:
    result = run("tender_mix")
    assert figures(result, "payment_fees", "tender")[""] == Decimal("0.49")
    assert figures(result, "payment_fee_rate", "tender")[""] == Decimal("2.98")  # 49 of 1646 by card, not of 5950
    assert run("tender_mix", stores="Harbor Point").text.endswith(
        "No processing fees are recorded with these payments."
    )


def test_fees_that_are_asked_for_come_first(run: Run) -> None:
    result = run("tender_mix", show="fees")
    assert result.headline.startswith("Fees: $0.49, which is 2.98 % of the $16.46 that fees were charged on. Payments")
    assert result.text.count("Fees: ") == 1
    assert run("tender_mix", show="fees", stores="Harbor Point").headline.startswith("No processing fees are recorded")


def test_a_day_on_which_more_was_given_back_than_taken_has_no_shares(run: Run) -> None:
    by_day = {row[0]: row for row in rows(run("tender_mix", by="day"))}
    assert by_day["Mon 2 Mar"][-3:] == ("31.46", "52.3", "31.8")
    assert by_day["Tue 3 Mar"][-3:] == ("-12.96", None, None)


def test_weekdays_and_weeks_are_folded_from_days(run: Run) -> None:
    assert [row[0] for row in rows(run("tender_mix", by="weekday"))] == ["Monday", "Tuesday", "Friday", "Saturday"]
    ((week, *_, whole, _, _),) = rows(run("tender_mix", by="week"))
    assert (week, whole) == ("week of 2 Mar", "59.50")


def test_stores_without_payments_are_told_so(tmp_path: Path) -> None:
    plain = [sale("A", at(3, 12)), line("A")]
    with documents_world(tmp_path, plain) as context, pytest.raises(NoDataError, match="No payments are recorded"):
        run_tool("tender_mix", {"period": WEEK}, context)


def test_amounts_of_two_currencies_are_only_given_by_store(tmp_path: Path) -> None:
    abroad = store("S03", name="Rue Verte", timezone="Europe/Paris", currency="EUR")
    foreign = [sale("F", at(3, 12), store_id="S03", tax_minor=20, total_minor=1020), line("F")]
    foreign.append(tender("tF", "F", "card", 1020))
    with documents_world(tmp_path, [abroad, *receipts(), *foreign]) as context:
        both = replace(context, scope=Scope("U", Role.OWNER, ("S01", "S03")))
        with pytest.raises(BadArgumentError, match="different currencies"):
            run_tool("tender_mix", {"period": WEEK}, both)
        result = run_tool("tender_mix", {"period": WEEK, "by": "store"}, both)
        assert [row[-1] for row in rows(result)] == ["USD", "EUR"]
        assert {figure.unit for figure in result.figures if figure.metric == "payments"} == {"USD", "EUR"}
        taxes = run_tool("taxes_and_tips", {"period": WEEK, "by": "store"}, both)
        assert "Rue Verte €0.20" in taxes.headline


def test_tax_and_tips_are_net_of_what_went_back(run: Run) -> None:
    result = run("taxes_and_tips")
    assert figures(result, "sales_tax", "day") == {"": 1}
    assert figures(result, "tips", "day") == {"": Decimal("0.50")}
    assert figures(result, "sales_tax_rate", "day")[""] == Decimal("3.03")  # of net sales of 33.00
    by_day = figures(run("taxes_and_tips", by="day", show="tax"), "sales_tax", "day")
    assert by_day["2026-03-02"] == Decimal("1.96")
    assert by_day["2026-03-03"] == Decimal("-0.96")


def test_no_tax_is_said_and_not_answered_with_nought(run: Run) -> None:
    with pytest.raises(NoDataError, match="No sales tax or tips is recorded for Harbor Point"):
        run("taxes_and_tips", stores="Harbor Point")
    only_tax = run("taxes_and_tips", period="3 March")
    assert "No tips is recorded in this period." in only_tax.caveats


def test_other_charges_and_tips_by_employee_come_from_the_documents(tmp_path: Path) -> None:
    people = [Row("employee", {"employee_id": "E1", "name": "Ada Quinn", "store_id": "S01"})]
    charged = [
        sale("C1", at(3, 12), tip_minor=300, service_minor=120, shipping_minor=499, rounding_minor=2, employee_id="E1"),
        sale("C2", at(4, 12), tip_minor=150, shipping_minor=501),
        sale("C3", at(5, 12), kind="return", tip_minor=-100, shipping_minor=-499, employee_id="E1"),
        sale("C4", at(5, 13), tip_minor=9999, shipping_minor=9999, voided=True),
    ]
    with documents_world(tmp_path, [*people, *charged, *(line(f"C{one}") for one in (1, 2, 3, 4))]) as context:
        by_person = run_tool("taxes_and_tips", {"period": WEEK, "show": "tips", "by": "employee"}, context)
        assert figures(by_person, "tips", "employee") == {
            "": Decimal("3.50"),
            "Ada Quinn": 2,
            "nobody told": Decimal("1.50"),
        }
        shipping = run_tool("taxes_and_tips", {"period": WEEK, "show": "shipping", "by": "day"}, context)
        assert figures(shipping, "shipping_charges", "day") == {
            "": Decimal("5.01"),
            "2026-03-03": Decimal("4.99"),
            "2026-03-04": Decimal("5.01"),
            "2026-03-05": Decimal("-4.99"),
        }
        assert figures(
            run_tool("taxes_and_tips", {"period": WEEK, "show": "service"}, context), "service_charges", "day"
        ) == {"": Decimal("1.20")}
        analyst = replace(context, scope=replace(context.scope, role=Role.ANALYST))
        with pytest.raises(NotAllowedError, match="by employee"):
            run_tool("taxes_and_tips", {"period": WEEK, "show": "tips", "by": "employee"}, analyst)


def test_gift_cards_sold_are_a_debt_until_they_are_redeemed(run: Run) -> None:
    result = run("gift_cards")
    assert figures(result, "gift_cards_sold", "day") == {"": 25}
    assert figures(result, "gift_cards_redeemed", "day") == {"": 8}
    assert "grew by $17.00" in result.text
    assert figures(run("gift_cards", by="day"), "gift_cards_sold", "day")["2026-03-06"] == 25
    with pytest.raises(NoDataError, match="No gift card was sold or redeemed"):
        run("gift_cards", stores="Harbor Point")


def test_a_card_that_only_the_head_of_a_document_knows_is_counted_once(tmp_path: Path) -> None:
    known_twice = receipts()
    head_only = sale("H", at(3, 12), total_minor=1000, gift_card_minor=1000)
    with documents_world(tmp_path, [*known_twice, head_only]) as context:
        result = run_tool("gift_cards", {"period": WEEK}, context)
    assert figures(result, "gift_cards_sold", "day") == {"": 35}


@pytest.mark.parametrize("tool", ["tender_mix", "taxes_and_tips", "gift_cards"])
def test_nobody_sees_the_money_of_another_store(run: Run, tool: str) -> None:
    with pytest.raises(NotAllowedError):
        run(tool, role=Role.STORE_MANAGER, sees=("S02",), stores="Market Street")


@pytest.mark.parametrize("tool", ["tender_mix", "taxes_and_tips", "gift_cards", "discounts_used", "refunds_and_voids"])
def test_bad_questions_get_one_sentence(run: Run, tool: str) -> None:
    with pytest.raises(BadArgumentError, match="gibberish"):
        run(tool, period="gibberish")
    with pytest.raises(NoDataError):
        run(tool, period="tomorrow")
    with pytest.raises(BadArgumentError, match="by"):
        run(tool, by="moon phase")


def test_the_sample_owner_sees_no_payment_of_a_store_outside(shops: ToolContext) -> None:
    own = replace(shops, scope=Scope("U", Role.STORE_MANAGER, ("S02",)))
    assert figures(run_tool("tender_mix", {"period": WEEK}, own), "payments", "tender") == {"": 5, "wallet": 5}


def test_payments_given_back_are_said_to_count_among_the_payments(run: Run) -> None:
    said = "Numbers of payments and their average count what was given back as payments of their own, below zero."
    assert said in run("tender_mix").caveats
    assert said not in run("tender_mix", period="2 March").caveats
