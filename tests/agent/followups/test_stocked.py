"""Whether goods ran out, or would have: for corrections, transfers and orders; and how the day of a shift went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from agent.followups.finding import Finding, Verdict
from agent.followups.looking import Look, place_of
from agent.followups.measuring import measure
from agent.followups.timetable import DAY, END, WEEK, dues
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.payload import Payload
from tests.support.effects_world import REST, EffectsWorld, Sold, usual
from tests.support.payloads import example
from tools.context import Role, Scope
from tools.errors import NotAllowedError
from tools.metrics.effect_query import build_days, build_on_hand, build_sold
from tools.metrics.query import Window

DONE_AT = datetime(2026, 11, 9, 15, 0, tzinfo=UTC)
CHANGED = date(2026, 11, 9)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[EffectsWorld]:
    made = EffectsWorld(tmp_path).sell(date(2026, 10, 12), CHANGED)
    yield made
    made.close()


def found_in(world: EffectsWorld, payload: Payload, due: str = WEEK) -> Finding:
    there = place_of(world.mirror, payload.store_id)
    assert there is not None
    look = next(one for one in dues(payload, DONE_AT, there) if one.name == due)
    return measure(Look(payload, DONE_AT, look, there, world.mirror))


def since(world: EffectsWorld, gone_after: int = 99) -> None:
    """A week of usual days; V1 stops selling after so many."""

    def day(on: date, store: str) -> Mapping[str, Sold]:
        sold = usual(on, store)
        return sold if (on - CHANGED).days <= gone_after else {REST: sold[REST], "V2": sold["V2"]}

    world.sell(CHANGED + timedelta(days=1), CHANGED + timedelta(days=7), day)


@pytest.mark.parametrize("kind", ["stock_adjust", "stock_count"])
def test_a_correction_after_which_the_goods_ran_out_is_told_so(world: EffectsWorld, kind: str) -> None:
    since(world)
    world.stock("S01", "V1", 0)
    found = found_in(world, example(kind))
    assert (found.verdict, found.headline) == (Verdict.AGAINST, "Oat milk  ran out.")
    world.stock("S01", "V1", 80)
    found = found_in(world, example(kind))
    assert (found.verdict, found.headline) == (Verdict.EVEN, "Oat milk  is still in stock.")


def test_goods_that_stopped_selling_probably_ran_out_whatever_the_record_says(world: EffectsWorld) -> None:
    since(world, gone_after=4)
    world.stock("S01", "V1", 12)
    found = found_in(world, example("stock_adjust"))
    assert (found.verdict, found.counts) == (Verdict.AGAINST, {"probably_out": 1})
    assert found.headline == "Oat milk  probably ran out: it stopped selling."


def test_without_any_stock_of_the_source_it_cannot_be_told(world: EffectsWorld) -> None:
    since(world)
    found = found_in(world, example("stock_count"))
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.headline == "I cannot tell what it did: the point of sale gives no stock on hand for it."


def test_a_transfer_that_kept_the_other_store_in_stock_worked(world: EffectsWorld) -> None:
    since(world)
    for variant, pieces in (("V1", 6), ("V2", 12)):
        world.book("S02", variant, "transfer_in", pieces, DONE_AT + timedelta(days=1))
        world.stock("S01", variant, 500)
    # Six came and two are left; of the other nothing was needed.
    world.stock("S02", "V1", 2)
    world.stock("S02", "V2", 90)
    found = found_in(world, example("transfer"))
    assert found.verdict is Verdict.WORKED
    assert found.headline == "Of 2 products of the transfer: 1 stock-out avoided and 0 followed all the same."
    assert found.lines == (
        "Product 1  would have run out without it at Harbor .",
        "Product 2  is still in stock at Harbor .",
    )


def test_a_transfer_that_moved_the_gap_did_not_help(world: EffectsWorld) -> None:
    since(world)
    for store, pieces in (("S01", 0), ("S02", 90)):
        for variant in ("V1", "V2"):
            world.stock(store, variant, pieces)
    found = found_in(world, example("transfer"))
    assert found.verdict is Verdict.AGAINST
    assert found.lines[-1] == "Market , which gave them, has none left of Product 1  and Product 2 ."


def test_an_order_of_which_nothing_is_booked_in_is_told_so(world: EffectsWorld) -> None:
    since(world)
    order = example("purchase_order_draft").model_copy(update={"lines": example_lines(), "due_on": None})
    world.stock("S01", "V1", 60)
    world.stock("S01", "V2", 60)
    found = found_in(world, order)
    assert (found.verdict, found.counts) == (Verdict.EVEN, {"not_in": 2})
    assert found.lines == ("Product 1  and Product 2  are in stock, but nothing of it is booked in yet.",)
    world.book("S01", "V1", "receive", 240, DONE_AT + timedelta(days=2))
    assert found_in(world, order).verdict is Verdict.WORKED


def example_lines() -> object:
    payload = example("transfer")
    assert isinstance(payload, Transfer)
    return payload.lines


def test_an_order_is_looked_at_again_the_day_after_the_goods_were_wanted(world: EffectsWorld) -> None:
    there = place_of(world.mirror, "S01")
    assert there is not None
    looks = dues(example("purchase_order_draft"), DONE_AT, there)
    assert [(one.name, one.last_on) for one in looks] == [(WEEK, date(2026, 11, 16)), (END, date(2026, 11, 28))]


def shift_on(on: date) -> Payload:
    start = datetime(on.year, on.month, on.day, 14, tzinfo=UTC)
    return example("shift_publish").model_copy(update={"starts_at": start, "ends_at": start + timedelta(hours=8)})


def test_a_day_that_sold_more_per_labour_hour_than_usual_is_told_with_its_range(world: EffectsWorld) -> None:
    since(world)
    saturday = date(2026, 11, 14)
    world.sell(date(2026, 9, 14), date(2026, 10, 11))
    world.fresh(date(2026, 11, 16))
    for weeks in range(9):
        world.work("S01", saturday - timedelta(weeks=weeks), 8 if weeks == 0 else 10)
    found = found_in(world, shift_on(saturday), DAY)
    assert found.verdict is Verdict.WORKED
    assert found.headline.startswith("On Sat 14 Nov the store sold $")
    assert " per labour hour, above the usual $" in found.headline
    assert found.caveats == ("n = 1 day against 8 earlier Saturdays; one shift is a part of the day's hours.",)
    world.work("S01", saturday, 2)
    assert found_in(world, shift_on(saturday), DAY).verdict is Verdict.EVEN


def test_a_shift_without_time_cards_or_history_cannot_be_told(world: EffectsWorld) -> None:
    since(world)
    saturday = date(2026, 11, 14)
    assert found_in(world, shift_on(saturday), DAY).headline == (
        "I cannot tell what it did: no closed time cards are known for Sat 14 Nov, so its labour hours are not."
    )
    world.work("S01", saturday, 8)
    assert "only 0 earlier days of that weekday are known" in found_in(world, shift_on(saturday), DAY).headline
    assert found_in(world, shift_on(date(2026, 11, 21)), DAY).headline == (
        "I cannot tell what it did: the store has no sales on Sat 21 Nov."
    )


def test_no_query_reaches_a_store_outside_the_scope() -> None:
    scope = Scope("U", Role.STORE_MANAGER, ("S01",))
    window = [Window(("S02",), CHANGED, CHANGED)]
    for build in (
        lambda: build_days(window, ("V1",), scope),
        lambda: build_days(window, (), scope),
        lambda: build_sold(window, ("V1",), scope),
        lambda: build_on_hand("S02", ("V1",), DONE_AT, ("receive",), scope),
    ):
        with pytest.raises(NotAllowedError):
            build()
