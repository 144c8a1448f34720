"""What a figure means, as the definitions say it."""

from __future__ import annotations

import pytest

from tests.support.tools_world import World
from tools.errors import BadArgumentError
from tools.meanings import Meaning, meaning_of, meanings, trade_words
from tools.metrics.definitions import METRICS
from tools.registry import run_tool
from tools.stock.dead import DeadStockArguments


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_says_what_it_is_and_leaves_out(world: World, metric: str) -> None:
    found = run_tool("about_figures", {"metric": metric}, world.context())
    assert METRICS[metric].definition in found.text
    assert found.table is not None
    assert METRICS[metric].excludes in {row[1] for row in found.table.rows}
    assert found.provenance.metrics == (metric,)


def test_without_a_metric_it_is_net_sales_and_an_unknown_one_is_named(world: World) -> None:
    assert run_tool("about_figures", {}, world.context()).headline.startswith("Net sales:")
    with pytest.raises(BadArgumentError, match="moonshine"):
        run_tool("about_figures", {"metric": "moonshine"}, world.context())


@pytest.mark.parametrize("one", [*meanings(), *trade_words()], ids=lambda one: one.label)
def test_every_word_of_the_glossary_is_found_by_each_way_to_say_it(one: Meaning) -> None:
    for word in (one.label, *one.words):
        assert meaning_of(f"a {word}?") == (one,)


def test_a_word_that_is_no_metric_is_explained_by_what_its_list_shows(world: World) -> None:
    days = DeadStockArguments.model_fields["days"].default
    found = run_tool("about_figures", {"term": "dead stock"}, world.context())
    assert found.headline.startswith("Dead stock:")
    assert f"{days} days" in found.text


def test_two_words_are_told_apart(world: World) -> None:
    found = run_tool("about_figures", {"term": "a void and a refund"}, world.context())
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Void", "Refund"]


def test_figures_of_stock_are_explained_by_their_definitions() -> None:
    assert meaning_of("sell-through")[0].text.startswith("Units sold in the period")


def test_a_word_without_a_meaning_is_named_with_those_that_have_one(world: World) -> None:
    with pytest.raises(BadArgumentError, match=r"“moonshine”.+dead stock"):
        run_tool("about_figures", {"term": "moonshine"}, world.context())
