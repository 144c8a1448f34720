"""Groups that were named, the mix of stores and the share of a part, against the lines of the made-up chain."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from tests.support.tools_world import World
from tools.errors import BadArgumentError
from tools.registry import run_tool

LAST_WEEK = (date(2026, 11, 16), date(2026, 11, 22))


def nets(world: World, *stores: str) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for line in world.select(*LAST_WEEK, *stores):
        found[line.department] += line.net
    return found


def test_every_group_that_was_named_is_told_and_what_they_make_together(world: World) -> None:
    asked = {"by": "department", "share": True, "period": "last week", "mention": "Dairy, Produce and Fishing gear"}
    net = nets(world)
    whole, places = sum(net.values()), sorted(net, key=lambda name: -net[name])
    for top in (None, 1):
        text = run_tool("sales_breakdown", {**asked, "top": top}, world.context()).text
        for name in ("Dairy", "Produce"):
            share = f"{net[name] * 100 / whole:.1f}"
            place = f"place {places.index(name) + 1} of {len(net)}"
            assert f"{name}: ${net[name] / 100:,.2f} ({share} %), {place}." in text
        both = net["Dairy"] + net["Produce"]
        assert f"Together: ${both / 100:,.2f} ({both * 100 / whole:.1f} %)." in text
        assert "No department sold then is called “fishing gear”." in text


def test_a_store_is_told_of_by_its_short_name_with_its_share_of_all(world: World) -> None:
    asked = {"by": "store", "share": True, "period": "last week", "metrics": ["net_sales"]}
    names = {row[0]: row[1] for row in world.stores}
    store, name = next(iter(names.items()))
    short = f"{name.split()[0]} {name.split()[1][:2]}"
    whole, net = sum(nets(world).values()), sum(nets(world, store).values())
    for said in (name, short.lower()):
        text = run_tool("sales_breakdown", {**asked, "mention": said}, world.context()).text
        assert f"{name}: ${net / 100:,.2f} ({net * 100 / whole:.1f} %), place " in text
        assert "sold then is called" not in text
    assert (
        "No store sold then is called “atlantis”."
        in run_tool("sales_breakdown", {**asked, "mention": "Atlantis"}, world.context()).text
    )


def test_names_are_of_one_split(world: World) -> None:
    with pytest.raises(BadArgumentError, match="mention: split by one dimension"):
        run_tool("sales_breakdown", {"by": ["store", "department"], "mention": "Dairy"}, world.context())


def test_shares_within_stores_lead_with_the_group_that_differs_most(world: World) -> None:
    asked = {"by": ["store", "department"], "share": True, "within": True, "period": "last week", "each": 1}
    names = {row[0]: row[1] for row in world.stores}
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for store in names:
        net = nets(world, store)
        for department in net:
            shares[department][names[store]] = net[department] * 100 / sum(net.values())
    apart = {one: max(of.values()) - min(of.values()) for one, of in shares.items()}
    first = max(apart, key=lambda one: apart[one])
    low, high = min(shares[first], key=shares[first].get), max(shares[first], key=shares[first].get)  # type: ignore[arg-type]
    said = f"{first}, {shares[first][high]:.1f} % at {high} and {shares[first][low]:.1f} % at {low}"
    result = run_tool("sales_breakdown", asked, world.context())
    assert result.headline.endswith(f": the mix differs most in {said}.")


def test_a_part_of_the_whole_has_its_share_in_the_headline(world: World) -> None:
    where = [{"dimension": "department", "values": ["Dairy", "Produce"]}]
    result = run_tool("sales_breakdown", {"where": where, "of_total": True, "period": "last week"}, world.context())
    net = nets(world)
    part, whole = net["Dairy"] + net["Produce"], sum(net.values())
    assert result.headline.endswith(
        f": ${part / 100:,.2f}, {part * 100 / whole:.1f} % of ${whole / 100:,.2f} net sales in all."
    )


def test_of_many_in_each_group_the_first_five_are_named_and_all_stand_in_the_table(world: World) -> None:
    asked = {"by": ["store", "product"], "period": "last week", "each": 7}
    found = run_tool("sales_breakdown", asked, world.context())
    first = found.text.split("Highest in each store: ")[1].split(";")[0]
    assert first.count("$") == 5
    assert first.endswith(" and 2 more")
    assert found.table is not None
    assert [row[1] for row in found.table.rows].count(found.table.rows[0][1]) == 7
