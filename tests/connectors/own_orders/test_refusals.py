from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.base import Action, Outcome
from connectors.mirror.open import Mirror, open_mirror
from tests.connectors.own_orders.world import files, fill, line, order, own, stored
from tests.support.mirror_rows import store


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mirror]:
    """One mirror for all, as nothing may be written to it."""
    with open_mirror(tmp_path_factory.mktemp("refusals") / "mirror.duckdb") as opened:
        fill(opened, store("BAD", name="Nowhere", timezone="Mars/Olympus"))
        yield opened


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (order(store_id="nowhere"), "store of this order is not known"),
        (order(store_id="L9"), "store of this order is not known"),
        (order(store_id="S9"), "store of this order is not known"),
        (order(store_id="\ud800"), "store of this order is not known"),
        (order(store_id="L2"), "Old Pier is closed"),
        (order(supplier="nobody"), "supplier of this order is not known"),
        (order(supplier=""), "supplier of this order is not known"),
        (order(line("X404", name="Jam")), "Line 1 (“Jam”) is of a product that is not known"),
        (order(line(), line("X9")), "Line 2 is of a product that is not known"),
        (order(line("V3")), "no longer sold"),
        (order(line("V8")), "has no product name"),
        (order(line("V8", name="\u202e\n")), "has no product name"),
        (order(lines=[]), "is empty"),
        (order(lines=None), "is empty"),
        (order(lines="bread"), "is empty"),
        (order(lines=["bread"]), "Line 1 of the order is not a product"),
        (order(lines=[line()] * 2_001), "2,001 lines"),
        *((order(line(quantity=bad)), "a number above 0") for bad in ("0", "-1", "", "many", "NaN", "Infinity", None)),
        *((order(line(quantity=bad)), "a number above 0") for bad in (1.5, True, "1_0", "٣", [], "0e5")),
        (order(line(quantity="0.000001")), "at most 5 decimals"),
        (order(line(quantity="1e9")), "below 1,000,000,000"),
        (order(line(quantity="1e99")), "below 1,000,000,000"),
        (order(line(quantity="999999999"), line(quantity="1")), "adds up"),
        (order(line(unit_cost="-1")), "unit cost that is a number"),
        (order(line(unit_cost="cheap")), "unit cost that is a number"),
        (order(line(unit_cost="0.00001")), "at most 4 decimals"),
        (order(line(), line(unit_cost="2")), "twice with different costs"),
        (order(currency="dollars"), "three letters"),
        (order(due_on="soon"), "due date must be a date"),
        (order(due_on="2026-11-23"), "from 2026-11-24 on"),
        (order(due_on="9999-12-31"), "within two years"),
        (order(key=""), "no key"),
        (order(key="../../etc\x00"), "no key"),
        (order(store_id="BAD"), "time zone"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    shared: Mirror, tmp_path: Path, action: Action, sentence: str
) -> None:
    writer = own(shared, tmp_path)
    result = writer.execute(action)
    assert result.outcome is Outcome.REJECTED
    assert sentence in result.message
    assert "\n" not in result.message
    assert writer.preview(action).problem == result.message
    assert writer.reconcile(action).outcome is Outcome.REJECTED
    assert (files(tmp_path), stored(shared)) == ([], [])
