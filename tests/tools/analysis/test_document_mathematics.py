"""Voids put together, quantiles, price cuts and word forms: the pure parts of sales details."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.analysis.price_edges import edges_of, round_price
from tools.analysis.quantiles import between
from tools.analysis.voids import Happening, merge_voids
from tools.analysis.word_forms import forms, stem

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def document(sale_id: str, minutes: int = 0, amount: int | None = 500, register: str | None = "R1") -> Happening:
    at, worth = NOON + timedelta(minutes=minutes), None if amount is None else Decimal(amount)
    return Happening("void_sale", "S01", at, worth, register_id=register, sale_id=sale_id, sources=("documents",))


def event(
    minutes: int, amount: int | None = None, register: str | None = "R1", sale_id: str | None = None
) -> Happening:
    at, worth = NOON + timedelta(minutes=minutes), None if amount is None else Decimal(amount)
    return Happening(
        "void_sale", "S01", at, worth, "why", "who", register_id=register, sale_id=sale_id, sources=("register",)
    )


@pytest.mark.parametrize(
    ("told", "voids"),
    [
        (event(5, sale_id="A"), 1),  # by name, even with another amount
        (event(300, 900, "R9", sale_id="A"), 1),
        (event(5), 1),  # by place and time
        (event(15, 500), 1),
        (event(16, 500), 2),  # too late
        (event(5, 501), 2),  # another amount
        (event(5, 500, "R2"), 2),  # another register
        (event(5, sale_id="B"), 2),  # another sale
        (event(5, register=None), 1),  # a register that is not known contradicts nothing
    ],
)
def test_a_void_is_matched_by_name_or_by_place_time_and_amount(told: Happening, voids: int) -> None:
    merged = merge_voids([document("A")], [told])
    assert len(merged) == voids
    if voids == 1:
        assert (merged[0].amount, merged[0].reason, merged[0].sources) == (500, "why", ("documents", "register"))


def test_each_document_is_matched_once_and_the_nearest_first() -> None:
    merged = merge_voids([document("A", 0), document("B", 8)], [event(9), event(1)])
    assert sorted((one.sale_id or "", one.at) for one in merged) == [
        ("A", NOON + timedelta(minutes=1)),
        ("B", NOON + timedelta(minutes=9)),
    ]
    assert len(merge_voids([document("A")], [event(1), event(2)])) == 2


def test_a_void_written_down_twice_is_one() -> None:
    assert len(merge_voids([document("A")], [event(5, sale_id="A"), event(9, sale_id="A")])) == 1


def test_what_is_no_void_of_a_sale_stays_apart() -> None:
    line = Happening("void_line", "S01", NOON, Decimal(500), register_id="R1", sale_id="A", sources=("register",))
    assert len(merge_voids([document("A")], [line])) == 2


@given(st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=60), st.sampled_from([5, 10, 15, 18]))
def test_quantiles_are_those_of_the_textbook(values: list[int], twentieths: int) -> None:
    ordered = sorted(values)
    place = (len(ordered) - 1) * twentieths
    low, high = ordered[place // 20], ordered[-(-place // 20)]
    mine = between(Decimal(low), Decimal(high), len(ordered), twentieths)
    textbook = statistics.quantiles(ordered, n=20, method="inclusive")[twentieths - 1]
    assert float(mine) == pytest.approx(textbook)


def test_prices_are_cut_at_round_prices_into_bands_of_like_units() -> None:
    priced = [(Decimal(cents) / 100, Decimal(1)) for cents in range(1, 501)]
    assert edges_of(priced, 5) == [1, 2, 3, 4]
    assert edges_of([(Decimal("1.99"), Decimal(10))], 5) == []
    assert [str(round_price(Decimal(price))) for price in ("0.97", "3.3", "27", "0", "1.25")] == [
        "0.95", "3.5", "25", "0", "1.5"
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.decimals("0.01", "999", places=2), st.integers(1, 50).map(Decimal)), min_size=1, max_size=80)
)
def test_cuts_rise_and_leave_no_outer_band_empty(priced: list[tuple[Decimal, Decimal]]) -> None:
    edges = edges_of(priced, 5)
    assert edges == sorted(set(edges))
    assert len(edges) <= 4
    if edges:
        assert min(price for price, _ in priced) < edges[0]
        assert edges[-1] <= max(price for price, _ in priced)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("mugs", "mug"), ("boxes", "box"), ("peaches", "peach"), ("tomatoes", "tomato"), ("cookies", "cookie"),
     ("berries", "berrie"), ("glass", "glass"), ("gas", "gas"), ("shoes", "shoe"), ("milk", "milk")],
)  # fmt: skip
def test_plurals_lose_their_ending(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("berrie", "berry"),
        ("berry", "berrie"),
        ("grey", "gray"),
        ("gray", "grey"),
        ("yogurt", "yoghurt"),
        ("loave", "loaf"),
    ],
)
def test_a_word_is_looked_for_in_all_its_spellings(word: str, other: str) -> None:
    assert forms(word)[0] == word
    assert other in forms(word)


def test_other_words_are_left_alone() -> None:
    assert forms("mug") == ("mug",)
    assert forms("soy") == ("soy",)
