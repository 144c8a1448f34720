"""A search by a kind of goods lists the goods of that kind before what merely holds the word, however well it sells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.promotions_world import LAST_ON, STORES, Chain
from tools.context import ToolContext
from tools.registry import run_tool

GOODS = {
    "MILK": ("Soy/rice milk (refrigerated), 64 oz", "Nutrition", 90),
    "CAKE": ("Rice cakes, caramel", "Nutrition", 50),
    "MIX": ("Noodle side dish mixes (potato/rice), 4 oz", "Dry potato/rice", 70),
    "PLAIN": ("Rice, instant & microwave, 8 oz", "Dry potato/rice", 10),
    "BAG": ("Basmati long grain", "Rice", 5),
}
"""By what sells: pieces a day."""


@pytest.fixture
def context(tmp_path: Path) -> Iterator[ToolContext]:
    made = Chain(tmp_path, STORES[:1])
    for ident, (name, category, _) in GOODS.items():
        made.product(ident, name, category)
    for back in range(14):
        day = LAST_ON - timedelta(days=back)
        made.sell("S01", day, [(ident, many, many * 100, 0, "0.50") for ident, (_, _, many) in GOODS.items()])
    yield made.finish().context()
    made.connection.close()


def test_the_kind_itself_comes_first_and_what_sells_within_it(context: ToolContext) -> None:
    result = run_tool("find_products", {"text": "rice"}, context)
    assert result.table is not None
    names = [str(row[0]) for row in result.table.rows]
    assert set(names[:2]) == {GOODS["PLAIN"][0], GOODS["BAG"][0]}
    # Of what holds the word, goods that are called by it or stand in a category of it come before soy milk.
    assert names[2:] == [GOODS[one][0] for one in ("MIX", "CAKE", "MILK")]
    assert GOODS["PLAIN"][0] in result.headline
