"""How ordinary questions are read: shorthand, hours, kinds of households, and what is left unsaid."""

from __future__ import annotations

import pytest

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused import boundaries
from agent.conversation.planner.slots.cut import hours_of, take_pair_of_days
from agent.conversation.planner.slots.daytime import take_times_of_day
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.unsaid import is_elliptical, with_the_unsaid
from agent.conversation.planner.wording.spelling import mended
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Grocery", "Produce"),
)
CLARIFY = {"error": "“milk” fits 3 products.", "options": ["Oat milk", "Whole milk", "Soy milk"]}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sales yday by departmnt", "sales yesterday by department"),
        ("wich custmers lst wk", "which customers last week"),
        ("wekend transactons", "weekend transactions"),
        ("lowest margin", "lowest margin"),
        ("discounted produce and beverages", "discounted produce and beverages"),
        ('sales of "wich hazel"', 'sales of "wich hazel"'),
        ("quarters of SKU wk-32", "quarters of SKU wk-32"),
    ],
)
def test_only_shorthand_and_single_slips_are_mended(said: str, meant: str) -> None:
    assert mended(said) == meant


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("between 5 and 7 pm", "17-19"), ("from 11 to 1 pm", "11-13"), ("before noon", "0-12"), ("after 6pm", "18-24"),
        ("in the evening", "17-22"), ("mornings", "5-12"), ("at 9 am", "9-10"), ("15:00 to 18:00", "15-18"),
        ("after 6", None), ("between 9 and 5", None), ("opening", None),
    ],
)  # fmt: skip
def test_hours_are_taken_only_where_the_words_settle_them(said: str, hours: str | None) -> None:
    assert hours_of(said) == hours


def test_a_clock_time_says_more_than_a_part_of_the_day() -> None:
    assert take_times_of_day(Reading.of("evening sales after 6pm")) == ["after 6pm"]
    assert len(take_times_of_day(Reading.of("sales in the morning against the afternoon"))) == 2


@pytest.mark.parametrize(
    ("said", "pair"),
    [
        ("basket at weekends vs weekdays", ("weekends", "weekdays")),
        ("is saturday busier than sunday", ("saturdays", "sundays")),
        ("Saturday vs Sunday", None),
        ("weekend sales", None),
    ],
)
def test_kinds_of_days_are_a_pair_and_single_days_are_dates(said: str, pair: tuple[str, str] | None) -> None:
    assert take_pair_of_days(Reading.of(said)) == pair


@pytest.mark.parametrize(
    ("said", "dimension", "values"),
    [
        ("households with kids", "kids", ("1", "2", "3+")), ("families without children", "kids", ("0",)),
        ("25-34 year olds", "age_band", ("25-34",)), ("customers over 55", "age_band", ("55-64", "65+")),
        ("customers aged 35-54", "age_band", ("35-44", "45-54")), ("seniors", "age_band", ("65+",)),
        ("people under 25", "age_band", ("19-24",)),
        ("households earning over 200k", "income_band", ("200-249K", "250K+")),
        ("households of four", "household_size", ("4",)), ("single-person households", "household_size", ("1",)),
        ("married couples", "marital_status", ("Married",)), ("renters", "home_ownership", ("Renter",)),
    ],
)  # fmt: skip
def test_a_group_of_customers_is_whole_bands(said: str, dimension: str, values: tuple[str, ...]) -> None:
    (group,) = take_people(Reading.of(said))
    assert (group.dimension, group.values) == (dimension, values)


@pytest.mark.parametrize("said", ["customers aged 30-40", "customers over 50", "households earning over 90k"])
def test_ages_and_incomes_across_a_band_are_not_taken(said: str) -> None:
    reading = Reading.of(said)
    assert take_people(reading) == []
    assert any(character.isdigit() for character in reading.text)


def test_groups_held_against_each_other_are_a_split() -> None:
    text = "spend of homeowners vs renters"
    assert split_instead(take_people(Reading.of(text)), text) == "home_ownership"


def test_what_is_unsaid_comes_from_the_question_before() -> None:
    before = Call("sales_breakdown", {"by": "age_band", "period": "last month", "stores": "Harbor Point"})
    assert is_elliptical("and by income?")
    assert not is_elliptical("how did we do yesterday")
    filled = with_the_unsaid(Plan((("sales_breakdown", {"by": "income_band"}),)), (before,), "and by income?")
    assert dict(filled.calls[0][1]) == {"by": "income_band", "period": "last month", "stores": "Harbor Point"}
    whole = Plan((("sales_breakdown", {"by": "income_band"}),))
    assert with_the_unsaid(whole, (before,), "sales by income") is whole


def test_goods_that_were_asked_back_about_are_not_dropped_from_the_next_question() -> None:
    asked = Call("sales_summary", {"period": "last week", "product": "milk"}, CLARIFY)
    for text in ("this month", "at Harbor Point"):
        assert plan(text, (asked,), AROUND).calls[0][1]["product"] == "milk"


def test_no_fixed_sentence_holds_a_number() -> None:
    """A number that no tool gave is taken out of an answer, and the sentence with it."""
    sentences = [sentence for _, _, sentence in boundaries._RULES]
    sentences += [boundaries.HELP, boundaries.HELLO, boundaries.CAN_DO, boundaries.WHY, boundaries.NOT_UNDERSTOOD]
    assert [one for one in sentences if any(character.isdigit() for character in one)] == []
