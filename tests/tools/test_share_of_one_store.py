"""One store beside a split by store is whose share is asked about: among itself it always has all of the sales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.support.tools_world import World
from tools.errors import NoDataError
from tools.registry import run_tool

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def share(world: World, side: tuple[date, date]) -> Decimal:
    own, whole = (Decimal(sum(line.net for line in world.select(*side, *store))) for store in (("S02",), ()))
    return own * 100 / whole


def test_the_share_of_a_store_is_of_all_stores(world: World) -> None:
    asked = {"by": "store", "period": "October", "compare_to": "September", "stores": "Harbor Point"}
    found = run_tool("share_change", asked, world.context())
    now, before = share(world, OCTOBER), share(world, SEPTEMBER)
    assert f"Harbor Point {round(now - before, 2):+.2f} points to {now:.2f} %, from {before:.2f} %." in found.text
    assert found.table is not None
    assert len(found.table.rows) == len(world.stores)


def test_what_is_all_of_what_is_asked_about_has_no_share(world: World) -> None:
    asked = {"period": "October", "compare_to": "September", "product": "Sourdough loaf"}
    with pytest.raises(NoDataError, match="All of what is asked about is Bakery"):
        run_tool("share_change", asked, world.context())
