"""Products by what they are for, with and without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.tools_world import World
from tools.context import Role, ToolContext
from tools.errors import NotAllowedError, ToolError
from tools.registry import run_tool
from tools.result import ToolResult
from tools.words import nearness


def search(context: ToolContext, text: str, **more: Any) -> ToolResult:
    return run_tool("search_products_by_meaning", {"text": text, **more}, context)


def names(result: ToolResult) -> list[str]:
    assert result.table is not None
    return [str(row[0]) for row in result.table.rows]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("something vegan for my coffee", "Oat milk"),
        ("sandwich", "loaf"),
        ("bagle", "bagels"),
        ("fruit for kids", "Avo"),
    ],
)
def test_goods_are_found_by_what_they_are_for(world: World, text: str, first: str) -> None:
    found = search(world.context(), text)
    assert any(first in name for name in names(found)[:3])
    assert "no embedding model is set" in found.caveats[0]


def test_sales_are_those_of_the_askers_stores(world: World) -> None:
    found = search(world.context(Role.STORE_MANAGER, "S02"), "oat milk")
    assert found.provenance.stores == ("S02",)
    lines = world.select(date(2026, 10, 26), date(2026, 11, 22), "S02")
    sold = {v: sum(line.net for line in lines if line.variant_id == v) for v in ("V1001", "V1002")}
    shown = {figure.group["variant_id"]: figure.value for figure in found.figures}
    assert {variant: shown[variant] for variant in sold} == {v: f"{net / 100:.2f}" for v, net in sold.items()}
    with pytest.raises(NotAllowedError):
        search(world.context(Role.STORE_MANAGER, "S02"), "oat milk", stores="Market Street")


def test_what_is_not_there_is_said(world: World) -> None:
    found = search(world.context(), "quantum physics textbook")
    assert found.headline.startswith("Nothing in the range")
    assert found.table is None


class Model:
    """An embedding model that knows one thing: bananas are what is wanted."""

    name = "toy"

    def __init__(self, fault: ToolError | None = None) -> None:
        self.asked: list[str] = []
        self.fault = fault

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if self.fault:
            raise self.fault
        self.asked = list(texts)
        return [[1.0, 0.0], *([1.0, 0.1] if "Bananas" in text else [0.1, 1.0] for text in texts[1:])]


def test_with_a_model_its_order_counts_and_is_named(world: World) -> None:
    model = Model()
    found = search(replace(world.context(), extras={"embeddings": model}), "something yellow")
    assert names(found)[0] == "Bananas"
    assert found.caveats[0] == "Compared by meaning with the embedding model toy."
    assert model.asked[0] == "something yellow"
    assert len(model.asked) <= nearness.MOST_EMBEDDED + 1
    assert not any("S01" in text or "E1" in text for text in model.asked)


def test_a_model_that_does_not_answer_costs_no_answer(world: World) -> None:
    broken = replace(world.context(), extras={"embeddings": Model(ToolError("secret"))})
    found = search(broken, "oat milk")
    assert "Oat milk" in names(found)[0]
    assert "did not answer" in found.caveats[0]
    assert "secret" not in repr(found)
