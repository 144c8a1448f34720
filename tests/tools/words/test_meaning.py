"""Search by meaning without a model: what comes out on top, and what must not come out at all."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tools.analysis.meaning import MeaningIndex, by_vectors, read_query

SHELVES = (
    "Charcoal lighter fluid (Seasonal)", "Beef burgers (Meat)", "Hot dog buns (Bakery)", "Tomato ketchup (Condiments)",
    "Carbonated water, lemon (Soft drinks)", "Cola, 6 cans (Soft drinks)", "Whole milk (Dairy)", "Skimmed milk (Dairy)",
    "Oat drink, barista (Non-dairy beverages)", "Soy drink, vanilla (Non-dairy beverages)", "Baby formula (Infant)",
    "Diapers, size 4 (Baby care)", "Cold and flu capsules (Health)", "Cold cereal, corn flakes (Breakfast)",
    "Toilet bleach (Household cleaning)", "Bath tissues, 12 rolls (Paper)", "Dog foods, beef (Pets)", "Novel (Books)",
)  # fmt: skip


HOME_AND_SPORT = (
    "Cordless drill, 18 V", "Claw hammer, fiberglass handle", "Insulated work gloves, leather", "Snow shovel",
    "Deadbolt lock, brushed nickel", "Plumbing snake, drain auger", "Toilet fill valve kit", "Mouse trap, 4 pack",
    "Raincoat, hooded, navy", "Running shoes, women's", "Espresso cups, set of 4", "Table lamp, brass", "Yoga mat",
    "Bicycle pump, floor", "Tent, 4 person, dome", "Acoustic guitar", "Lipstick, matte red", "Dog leash, nylon",
)  # fmt: skip


@pytest.fixture(scope="module")
def index() -> MeaningIndex:
    return MeaningIndex(SHELVES)


@pytest.mark.parametrize(
    ("phrase", "among"),
    [
        ("something for a barbecue", {0, 1, 2, 3}),
        ("fizzy drinks", {4, 5}),
        ("vegan milk", {8, 9}),
        ("nappies", {11}),
        ("toilet paper", {15}),
        ("flu remedy", {12}),
        ("food for my puppy", {16}),
        ("ceraels", {13}),
        ("ketchups", {3}),
    ],
)
def test_the_nearest_is_what_was_meant(index: MeaningIndex, phrase: str, among: set[int]) -> None:
    hits = index.search(phrase, 3)
    assert hits
    assert hits[0].place in among
    assert all(first.score > second.score - 1e-5 for first, second in pairwise(hits))


@pytest.mark.parametrize(
    ("phrase", "among"),
    [
        ("unclog a sink", {5}),
        ("stuff for camping", {14}),
        ("keep rodents away", {7}),
        ("a musical instrument", {15}),
        ("makeup", {16}),
        ("exercise equipment", {12, 9}),
        ("gift for a coffee lover", {10}),
        ("something for winter", {3}),
        ("light bulb", {11}),
    ],
)
def test_goods_of_any_trade_are_found_by_words_of_like_meaning(phrase: str, among: set[int]) -> None:
    found = MeaningIndex(HOME_AND_SPORT).search(phrase, 1)
    assert [hit.place in among for hit in found] == [True]


def test_what_is_said_comes_before_what_is_like_it() -> None:
    texts = ("Cups, set of 4", "Mug, blue", "Glass, tall")
    assert MeaningIndex(texts).search("mug", 2)[0].place == 1


def test_an_english_word_is_not_taken_for_a_misspelled_label(index: MeaningIndex) -> None:
    assert all(hit.place != 13 for hit in index.search("surreal", 5))


def test_what_nothing_is_near_finds_nothing(index: MeaningIndex) -> None:
    assert index.search("zzzz qqqq", 5) == []
    assert index.search("the a of for", 5) == []
    assert index.search("!!!", 5) == []


def test_the_same_question_gives_the_same_answer(index: MeaningIndex) -> None:
    assert index.search("cold", 5) == MeaningIndex(SHELVES).search("cold", 5)


def test_a_synonym_is_read_by_whole_words() -> None:
    assert read_query("carpet").synonyms == ()
    assert read_query("something for the car").words == ("car",)
    assert read_query("something for the car").synonyms


@pytest.mark.parametrize("texts", [("one",), ("one", "two")])
def test_very_few_texts_can_be_searched_too(texts: tuple[str, ...]) -> None:
    assert MeaningIndex(texts).search("one", 3)[0].place == 0


def test_vectors_are_ranked_by_their_angle() -> None:
    hits = by_vectors([1.0, 0.0], [[0.0, 1.0], [2.0, 0.1], [0.0, 0.0], [0.5, 0.5]], 3)
    assert [hit.place for hit in hits] == [1, 3, 0]
    assert hits[0].score > 0.99
