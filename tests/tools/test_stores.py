"""Which stores a phrase means."""

from __future__ import annotations

import pytest

from tests.support.tools_world import World
from tools.context import Role
from tools.errors import ClarifyError
from tools.registry import catalogue, run_tool
from tools.stores import resolve_stores


@pytest.mark.parametrize(
    ("phrase", "ids"),
    [
        (None, "S01 S02 S03 S04 S05"),
        ("all stores", "S01 S02 S03 S04 S05"),
        ("the whole chain", "S01 S02 S03 S04 S05"),
        ("s03", "S03"),
        ("store 3", "S03"),
        ("Maple Avenue", "S03"),
        ("maple", "S03"),
        ("the Maple Ave store", "S03"),
        ("Harbor St", "S04"),
        ("harbour pint", "S02"),
        ("#harbor-point", "S02"),
        ("Harbor Point (S02)", "S02"),
        ("north stores", "S01 S03 S05"),
        ("the South district", "S02 S04"),
        ("Harbor stores", "S02 S04"),
        ("Harbor Point and Maple Avenue", "S02 S03"),
        ("S01, S05 & station road", "S01 S05"),
    ],
)
def test_a_phrase_means_these_stores(world: World, phrase: str | None, ids: str) -> None:
    assert resolve_stores(phrase, world.context()).ids == tuple(ids.split())


def test_my_store_is_the_channels(world: World) -> None:
    assert resolve_stores("my store", world.context(default=("S05",))).ids == ("S05",)
    assert resolve_stores("all stores", world.context(default=("S05",))).label == "all 5 stores"


def test_a_name_that_fits_two_is_asked_back_with_both(world: World) -> None:
    with pytest.raises(ClarifyError) as raised:
        resolve_stores("harbor", world.context())
    assert raised.value.options == ("Harbor Point (S02)", "Harbor Street (S04)")
    assert resolve_stores("harbor", world.context(Role.STORE_MANAGER, "S04")).ids == ("S04",)


def test_list_stores_shows_only_what_the_person_may_see(world: World) -> None:
    result = run_tool("list_stores", {}, world.context(Role.DISTRICT_MANAGER, "S01", "S03", "S05"))
    assert result.table is not None
    assert [row[0] for row in result.table.rows] == ["S01", "S03", "S05"]


def test_no_tool_takes_a_user_a_role_or_a_scope() -> None:
    names = {field for spec in catalogue().values() for field in spec.schema()["properties"]}
    assert names.isdisjoint({"user", "user_id", "role", "tenant", "scope", "store_ids"})
    assert set(catalogue()) >= {
        "sales_summary", "compare_periods", "top_products", "find_products", "list_stores", "propose_price_change",
    }  # fmt: skip
