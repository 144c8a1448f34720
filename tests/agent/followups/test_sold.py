"""A planted effect is found, with its size; what cannot be told is said with why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from agent.followups.finding import Finding, Verdict
from agent.followups.looking import Look, place_of
from agent.followups.measuring import measure
from agent.followups.sold import days_before
from agent.followups.timetable import WEEK, Due, StorePlace, dues
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.promotions import PromotedItem, PromotionCreate, PromotionEnd
from agent.proposals.payload import Payload
from tests.support.effects_world import REST, ZONE, EffectsWorld, Sold, usual
from tests.support.payloads import example

CHANGED_AT = datetime(2026, 11, 9, 15, 0, tzinfo=UTC)
"""Monday, ten o'clock in New York."""
CHANGED = date(2026, 11, 9)
BEFORE = date(2026, 10, 12), date(2026, 11, 8)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[EffectsWorld]:
    made = EffectsWorld(tmp_path).sell(*BEFORE).sell(CHANGED, CHANGED)
    yield made
    made.close()


def price_change(**values: object) -> Payload:
    return example("price_change").model_copy(update={"variant_id": "V1", **values})


def place(world: EffectsWorld) -> StorePlace:
    found = place_of(world.mirror, "S01")
    assert found is not None
    return found


def look_of(world: EffectsWorld, payload: Payload, due: str = WEEK) -> Look:
    there = place(world)
    looks: list[Due] = [one for one in dues(payload, CHANGED_AT, there) if one.name == due]
    return Look(payload, CHANGED_AT, looks[0], there, world.mirror)


def found_in(world: EffectsWorld, payload: Payload, due: str = WEEK) -> Finding:
    return measure(look_of(world, payload, due))


def since(world: EffectsWorld, days: int = 7, **planted: float) -> None:
    price = int(planted.pop("price", 399))
    world.sell(
        CHANGED + timedelta(days=1),
        CHANGED + timedelta(days=days),
        lambda on, store: usual(on, store, price=price, **planted),
    )


def test_a_markdown_that_lifts_thirty_per_cent_is_found_with_its_size(world: EffectsWorld) -> None:
    since(world, lift=1.3, price=339)
    found = found_in(world, price_change())
    units = found.measures[0]
    assert units.name == "units"
    assert units.percent is not None
    assert float(units.percent) == pytest.approx(30, abs=6)
    assert units.percent_low is not None
    assert 10 < float(units.percent_low) < float(units.percent)
    assert [one.name for one in found.measures] == ["units", "net_sales", "gross_margin"]
    # Thirty per cent more pieces at 1.39 instead of 1.99 each: the margin fell by a tenth, and money decides.
    assert found.verdict is Verdict.AGAINST
    assert "units were 3" in found.headline
    assert "less than forecast" in found.headline
    assert any("n = 7 days against 28 of the same weekdays" in caveat for caveat in found.caveats)


def test_a_markdown_that_doubles_the_pieces_worked(world: EffectsWorld) -> None:
    since(world, lift=2.0, price=339)
    found = found_in(world, price_change())
    assert found.verdict is Verdict.WORKED
    assert found.headline.startswith("Over 7 whole days (10–16 Nov): units were ")
    assert "gross margin was $" in found.headline
    assert "a day more than forecast." in found.headline


def test_a_busier_week_of_the_whole_store_is_not_credited_to_the_price(world: EffectsWorld) -> None:
    since(world, season=1.5)
    found = found_in(world, price_change())
    units = found.measures[0]
    assert float(units.actual) > 1.4 * 44
    assert units.percent is not None
    assert float(units.percent) == pytest.approx(0, abs=6)
    assert found.verdict is Verdict.EVEN
    assert "cannot be told from the usual ups and downs" in found.headline
    assert any("the rest of the store did +4" in one or "the rest of the store did +5" in one for one in found.caveats)


def test_nothing_planted_is_no_difference_and_one_day_is_enough_to_look(world: EffectsWorld) -> None:
    since(world)
    assert found_in(world, price_change()).verdict is Verdict.EVEN
    one_day = found_in(world, price_change(), "day")
    assert one_day.verdict is Verdict.EVEN
    assert one_day.measures[0].days == 1
    assert one_day.headline.startswith("Over the first whole day (10 Nov): ")


def test_without_costs_net_sales_decide_and_it_is_said(world: EffectsWorld) -> None:
    world.sell(
        CHANGED + timedelta(days=1),
        CHANGED + timedelta(days=7),
        lambda on, store: usual(on, store, lift=1.3) | {"V1": Sold(usual(on, store, lift=1.3)["V1"].pieces, 399, None)},
    )
    found = found_in(world, price_change())
    assert [one.name for one in found.measures] == ["units", "net_sales"]
    assert found.verdict is Verdict.WORKED
    assert "Gross margin cannot be told: the cost is not known for every sale." in found.caveats


def test_a_forecast_noted_at_approval_is_what_counts_even_if_the_past_is_rewritten(world: EffectsWorld) -> None:
    since(world, lift=1.3)
    look = look_of(world, price_change())
    noted, _ = days_before(look, ("V1",))
    then = measure(look).measures
    world.connection.execute(
        "UPDATE store_sku_day SET units = units * 10 WHERE variant_id = 'V1' AND business_on < ?", [CHANGED]
    )
    assert measure(look).measures != then
    assert measure(replace(look, forecast=noted)).measures == then


@pytest.mark.parametrize(
    ("goods", "name"), [((), "everything"), (("V1", "V2"), "two products")], ids=["everything", "two"]
)
def test_a_promotion_is_measured_from_its_beginning_over_all_its_goods(
    world: EffectsWorld, goods: tuple[str, ...], name: str
) -> None:
    since(world, days=10, lift=1.3)
    base = example("promotion_create")
    assert isinstance(base, PromotionCreate)
    items = tuple(PromotedItem(variant_id=one, variant_external_id=one, product=one, sku="") for one in goods)
    begins = datetime.combine(CHANGED + timedelta(days=1), time(0), tzinfo=ZONE).astimezone(UTC)
    payload = base.model_copy(update={"items": items, "starts_at": begins, "ends_at": begins + timedelta(days=10)})
    found = found_in(world, payload, "end")
    assert found.measures[0].days == 10
    assert any("cannot be taken out" in one for one in found.caveats) is (not goods), name


def test_an_ended_promotion_is_measured_over_what_it_was_for_or_not_at_all(world: EffectsWorld) -> None:
    since(world)
    payload = example("promotion_end")
    assert isinstance(payload, PromotionEnd)
    assert found_in(world, payload).headline == (
        "I cannot tell what it did: the point of sale does not say which products the promotion was for."
    )
    world.connection.execute("INSERT INTO promotion_item (promotion_id, variant_id) VALUES ('PR1', 'V1')")
    assert found_in(world, payload).verdict is Verdict.EVEN


def test_what_cannot_be_told_is_said_with_why(world: EffectsWorld) -> None:
    never = found_in(world, price_change(variant_id="V9"))
    assert never.verdict is Verdict.CANNOT_TELL
    assert never.headline == "I cannot tell what it did: the store sold nothing at all on the days since the change."
    since(world)
    assert found_in(world, price_change(variant_id="V9")).headline == (
        "I cannot tell what it did: nothing of it was sold in the four weeks before, nor since."
    )
    look = look_of(world, price_change())
    again = replace(look, disturbed="the same was changed again.")
    assert measure(again).headline == "I cannot tell what it did: the same was changed again."


def test_a_store_that_opened_the_other_day_cannot_be_told(tmp_path: Path) -> None:
    world = EffectsWorld(tmp_path).sell(date(2026, 11, 4), CHANGED)
    since(world)
    assert "on only 5 of the 28 days before the change" in found_in(world, price_change()).headline
    world.close()


def test_a_price_that_sold_out_is_said_to_have(world: EffectsWorld) -> None:
    since(world, lift=1.3)
    world.stock("S01", "V1", 0)
    assert "It is out of stock now, so it may have sold less than it could." in found_in(world, price_change()).caveats


def test_a_price_that_other_stores_share_says_where_it_was_measured(world: EffectsWorld) -> None:
    since(world, lift=1.3)
    shared = price_change().model_copy(update={"elsewhere": ("S02",)})
    said = "Measured at Market Street alone; the change holds in other stores too."
    assert said in found_in(world, shared).caveats
    assert said not in found_in(world, price_change()).caveats


def test_a_temporary_price_of_hours_held_no_whole_day(world: EffectsWorld) -> None:
    since(world)
    payload = price_change(until=CHANGED_AT + timedelta(hours=6))
    assert isinstance(payload, PriceChange)
    assert found_in(world, payload, "end").headline == (
        "I cannot tell what it did: it held for less than one whole business day."
    )


def test_a_product_taken_out_of_sale_is_told_what_it_sold_and_no_more(world: EffectsWorld) -> None:
    world.sell(
        CHANGED + timedelta(days=1),
        CHANGED + timedelta(days=7),
        lambda on, store: {REST: usual(on, store)[REST]},
    )
    out = found_in(world, example("product_flags").model_copy(update={"variant_id": "V1"}))
    assert out.verdict is Verdict.CANNOT_TELL
    assert "what customers bought in its place is not recorded" in out.headline
    assert out.lines[0].startswith("Before, it sold 4")
    assert out.lines[0].endswith("units a day; since, 0 in 7 days.")
