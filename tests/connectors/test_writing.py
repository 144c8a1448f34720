"""The one way to write, where no platform's stand-in shows it: evidence that lags, and values without a before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Outcome, Preview
from connectors.http import Delivery, WriteReply
from connectors.writing import Channel, carry_out, decide

KIND = ActionKind
PRICE = {"price": "4.00", "currency": "USD"}


def action(kind: ActionKind, change: dict[str, Any], **before: str) -> Action:
    return Action("key", kind, {}, change, before)


def channel(*seen: Preview, reply: WriteReply | None = None) -> Channel:
    """A platform that reads as ``seen``, one look after the other, and answers every request alike."""
    looks: Iterator[Preview] = iter(seen)
    return Channel(
        title="Shop",
        setting="SHOP_TOKEN",
        preview=lambda _: next(looks),
        send=lambda _, __: reply or WriteReply(Delivery.ANSWERED, 200, {}),
        pause=lambda _: None,
        reference=lambda _: "R1",
    )


@pytest.mark.parametrize(
    ("kind", "change", "before"),
    [
        (KIND.PROMOTION_CREATE, {"name": "Autumn"}, {}),
        (KIND.SHIFT_DRAFT, {"starts_at": "2026-11-02T14:00:00Z"}, {}),
        (KIND.STOCK_ADJUST, {"delta": "-1"}, {"quantity": "4"}),
    ],
)
def test_what_was_accepted_is_done_even_if_a_search_does_not_find_it_yet(
    kind: ActionKind, change: dict[str, Any], before: dict[str, str]
) -> None:
    lagging = Preview(before, "", {"x": 1}, done=False)
    result = carry_out(action(kind, change, **before), channel(lagging, lagging))
    assert (result.outcome, result.reference) == (Outcome.APPLIED, "R1")


def test_an_accepted_count_that_shows_is_done_without_its_evidence() -> None:
    old, new = Preview({"quantity": "4"}, "", {}, done=False), Preview({"quantity": "6"}, "", {}, done=False)
    counted = action(KIND.STOCK_COUNT, {"quantity": "6"}, quantity="4")
    assert carry_out(counted, channel(old, new)).outcome is Outcome.APPLIED
    lost = WriteReply(Delivery.UNKNOWN)
    assert carry_out(counted, channel(old, new, reply=lost)).outcome is Outcome.UNKNOWN


def test_an_accepted_price_that_reads_differently_is_a_conflict() -> None:
    old, other = Preview({"price": "5", "currency": "USD"}, "", {}), Preview({"price": "6", "currency": "USD"}, "", {})
    result = carry_out(action(KIND.PRICE_CHANGE, PRICE, price="5", currency="USD"), channel(old, other))
    assert result.outcome is Outcome.CONFLICT


def test_a_value_that_is_as_asked_for_is_done_even_without_a_value_before() -> None:
    there = Preview({"price": "4", "currency": "usd"}, "v1", {})
    assert decide(action(KIND.PRICE_CHANGE, PRICE), channel(there)).outcome is Outcome.APPLIED
    assert carry_out(action(KIND.PRICE_CHANGE, PRICE), channel(there)).outcome is Outcome.ALREADY_APPLIED
