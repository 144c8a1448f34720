"""The tools that propose stock, goods, shifts, promotions and settings: from words to a draft, or a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.tools_world import FiledProposals, World, build_world
from tools.context import Role, ToolContext
from tools.drafts import (
    Draft,
    DraftLine,
    FlagsDraft,
    OrderDraft,
    PromotionDraft,
    PromotionEndDraft,
    ShiftDraft,
    ShiftPublishDraft,
    StockAdjustDraft,
    StockCountDraft,
    TransferDraft,
)
from tools.errors import ClarifyError, ToolError
from tools.registry import run_tool

MILK, BUTTER = "V1001", "V1004"
"""Oat milk, barista; butter."""


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = build_world(Path(tmp_path_factory.mktemp("chain")))
    rows = {
        "supplier (supplier_id, name)": [("SUP1", "Oatside"), ("SUP2", "Hillfarm Dairy"), ("SUP3", "Hillfarm Bakery")],
        "supplier_item (supplier_id, variant_id)": [("SUP1", MILK), ("SUP2", BUTTER), ("SUP3", BUTTER)],
        "employee (employee_id, name, store_id, role)": [
            ("E1", "Ellis Stone", "S01", "cashier"),
            ("E2", "Ella Stone", "S01", "baker"),
        ],
        "promotion (promotion_id, name)": [("PR1", "Autumn milk"), ("PR2", "Winter milk")],
        "scheduled_shift (shift_id, employee_id, store_id, starts_at, ends_at, status)": [
            ("SH1", "E1", "S01", "2026-11-28 14:00:00+00", "2026-11-28 22:00:00+00", "draft"),
            ("SH2", "E1", "S01", "2026-11-29 14:00:00+00", "2026-11-29 22:00:00+00", "published"),
        ],
    }
    for table, values in rows.items():
        for value in values:
            marks = ", ".join("?" for _ in value)
            made.connection.execute(f"INSERT INTO {table} VALUES ({marks})", list(value))
    yield made
    made.connection.close()


@pytest.fixture
def filed() -> FiledProposals:
    return FiledProposals()


@pytest.fixture
def manager(chain: World, filed: FiledProposals) -> ToolContext:
    """The manager of Market Street, who may see Harbor Point too."""
    return chain.context(Role.STORE_MANAGER, "S01", "S02", default=("S01",), proposals=filed)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tool", "arguments", "draft"),
    [
        (
            "propose_stock_adjustment",
            {"product": MILK, "change": "-3", "why": "damage", "reason": "dropped"},
            StockAdjustDraft(MILK, "S01", Decimal(-3), "damage", "dropped"),
        ),
        (
            "propose_stock_adjustment",
            {"product": "butter", "change": "1,200", "store": "Harbor Point"},
            StockAdjustDraft(BUTTER, "S02", Decimal(1200), "correction", ""),
        ),
        ("propose_stock_count", {"product": MILK, "counted": "24"}, StockCountDraft(MILK, "S01", Decimal(24), "")),
        (
            "propose_transfer",
            {"lines": [{"product": MILK, "quantity": "12"}], "to_store": "Harbor Point"},
            TransferDraft("S01", "S02", (DraftLine(MILK, Decimal(12)),), ""),
        ),
        (
            "propose_purchase_order",
            {"lines": [{"product": MILK, "quantity": "24"}], "due": "Friday"},
            OrderDraft("S01", "SUP1", (DraftLine(MILK, Decimal(24)),), date(2026, 11, 27), ""),
        ),
        (
            "propose_purchase_order",
            {"lines": [{"product": BUTTER, "quantity": "6"}], "supplier": "dairy"},
            OrderDraft("S01", "SUP2", (DraftLine(BUTTER, Decimal(6)),), None, ""),
        ),
        (
            "propose_shift",
            {"employee": "Ellis", "day": "Saturday", "start": "9", "end": "5"},
            ShiftDraft("S01", "E1", at(28, 14), at(28, 22), "cashier", ""),
        ),
        (
            "propose_shift",
            {"employee": "E2", "day": "Saturday", "start": "10 pm", "end": "6:30 am", "job": "guard"},
            ShiftDraft("S01", "E2", at(29, 3), at(29, 11, 30), "guard", ""),
        ),
        (
            "propose_shift_publication",
            {"employee": "Ellis Stone", "day": "28 November"},
            ShiftPublishDraft("S01", "SH1", ""),
        ),
        (
            "propose_promotion",
            {"percent": 15, "products": [MILK], "start": "Friday", "until": "Sunday", "name": "Milk days"},
            PromotionDraft(
                "S01", "Milk days", "percent", Decimal(15), at(27, 5), at(30, 4, 59).replace(second=59), (MILK,), ""
            ),
        ),
        ("propose_promotion_end", {"promotion": "autumn milk"}, PromotionEndDraft("S01", "PR1", "")),
        ("propose_product_change", {"product": MILK, "for_sale": False}, FlagsDraft("S01", MILK, False, None, "")),
    ],
)
def test_words_become_a_draft(
    manager: ToolContext, filed: FiledProposals, tool: str, arguments: dict[str, Any], draft: Draft
) -> None:
    result = run_tool(tool, arguments, manager)
    assert filed.drafts == [draft]
    assert result.proposals == ("p_1",)
    assert "Nothing has changed at the till" in result.text


def test_a_promotion_for_everything_everywhere_begins_now(manager: ToolContext, filed: FiledProposals) -> None:
    run_tool("propose_promotion", {"amount": "0.50", "everywhere": True}, manager)
    (draft,) = filed.drafts
    assert isinstance(draft, PromotionDraft)
    assert (draft.off, draft.value, draft.variant_ids, draft.everywhere) == ("amount", Decimal("0.50"), (), True)
    assert (draft.starts_at, draft.ends_at) == (manager.clock.now(), None)
    assert draft.name == "0.50 USD off everything"


@pytest.mark.parametrize(
    ("tool", "arguments", "problem"),
    [
        ("propose_stock_adjustment", {"product": MILK, "change": "some"}, "“some” is no number of pieces"),
        ("propose_stock_count", {"product": MILK, "counted": "-4"}, "“-4” is no number of pieces"),
        ("propose_stock_adjustment", {"product": "unicorn horn", "change": "1"}, "unicorn"),
        ("propose_transfer", {"lines": [{"product": MILK, "quantity": "1"}], "to_store": "S01"}, "to itself"),
        ("propose_transfer", {"lines": [{"product": MILK, "quantity": "0"}], "to_store": "S02"}, "more than 0"),
        ("propose_transfer", {"lines": [{"product": MILK, "quantity": "1"}], "to_store": "Mars"}, "Mars"),
        ("propose_purchase_order", {"lines": [{"product": BUTTER, "quantity": "6"}]}, "Several suppliers deliver that"),
        ("propose_purchase_order", {"lines": [{"product": "V1006", "quantity": "6"}]}, "no supplier that delivers"),
        (
            "propose_purchase_order",
            {"lines": [{"product": MILK, "quantity": "6"}], "supplier": "Acme"},
            "no supplier “Acme”",
        ),
        (
            "propose_purchase_order",
            {"lines": [{"product": MILK, "quantity": "6"}], "supplier": "Hillfarm"},
            "More than one",
        ),
        ("propose_purchase_order", {"lines": [{"product": MILK, "quantity": "6"}], "due": "soonish"}, "soonish"),
        ("propose_shift", {"employee": "Bob", "day": "Friday", "start": "9", "end": "5"}, "no colleague “Bob”"),
        ("propose_shift", {"employee": "Stone", "day": "Friday", "start": "9", "end": "5"}, "More than one colleague"),
        ("propose_shift", {"employee": "Ellis", "day": "Friday", "start": "25", "end": "5"}, "start: “25” is no time"),
        ("propose_shift_publication", {"employee": "Ellis", "day": "29 November"}, "has no draft shift"),
        ("propose_promotion", {"products": [MILK]}, "either percent or amount"),
        ("propose_promotion", {"percent": 95}, "percent"),
        ("propose_promotion", {"amount": "lots"}, "“lots” is no amount"),
        ("propose_promotion", {"percent": 5, "start": "Sunday", "until": "Friday"}, "end before it begins"),
        ("propose_promotion_end", {"promotion": "spring"}, "no running “spring”"),
        ("propose_promotion_end", {"promotion": "milk"}, "More than one running promotion"),
        ("propose_product_change", {"product": "oat milk", "for_sale": False}, "Oat milk"),
    ],
)
def test_what_cannot_be_filed_is_said(
    manager: ToolContext, filed: FiledProposals, tool: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ToolError) as refusal:
        run_tool(tool, arguments, manager)
    assert problem in refusal.value.user_message
    assert filed.drafts == []


def test_all_that_is_unclear_is_asked_at_once(chain: World, filed: FiledProposals) -> None:
    owner = chain.context(Role.OWNER, proposals=filed)
    for tool, arguments in (
        ("propose_price_change", {"product": "milk", "percent": -10}),
        ("propose_stock_count", {"product": "milk", "counted": "7"}),
        ("propose_purchase_order", {"lines": [{"product": "milk", "quantity": "7"}]}),
        ("propose_promotion", {"products": ["milk"], "percent": 20}),
    ):
        with pytest.raises(ClarifyError) as raised:
            run_tool(tool, arguments, owner)
        assert "Market Street (S01)" in raised.value.user_message
        assert "“milk” fits" in raised.value.user_message
        assert raised.value.options[0] == "Market Street (S01)"
    with pytest.raises(ClarifyError) as raised:
        run_tool("propose_price_change", {"product": MILK, "percent": -10}, owner)
    assert "fits" not in raised.value.user_message
    assert filed.drafts == []


def test_only_those_who_lead_propose_and_only_where_something_is_connected(chain: World, filed: FiledProposals) -> None:
    arguments = {"product": MILK, "change": "-3"}
    for role in (Role.STAFF, Role.ANALYST):
        with pytest.raises(ToolError, match="for owners, district managers and store managers"):
            run_tool("propose_stock_adjustment", arguments, chain.context(role, "S01", proposals=filed))
    with pytest.raises(ToolError, match="no point of sale is connected"):
        run_tool("propose_stock_adjustment", arguments, chain.context(Role.OWNER, "S01"))
    several = replace(chain.context(Role.OWNER, proposals=filed))
    with pytest.raises(ToolError, match="Stock is adjusted in one store at a time"):
        run_tool("propose_stock_adjustment", arguments, several)
    assert filed.drafts == []
