"""Themes of feedback counted by hand, and quotes without people in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tools.analysis.themes import Note, is_critical, mean_rating, scale_of, scrubbed, themes, themes_of

NOTES = (
    Note("Waited twenty minutes at the only till", 1),
    Note("The queue was far too long and the cashier was rude", 2),
    Note("Shelves were empty again, no milk", 2),
    Note("Lovely friendly staff", 5),
    Note("Great prices", 4),
    Note("waiting at the checkout takes ages", 1),
)


def test_notes_are_counted_by_every_theme_they_speak_of() -> None:
    found = {theme.name: theme for theme in themes(NOTES, 5)}
    waiting = found["Waiting time"]
    assert (len(waiting.places), waiting.critical, waiting.mean_rating) == (3, 3, Decimal(4) / 3)
    assert (len(found["Staff"].places), found["Staff"].critical) == (2, 1)
    assert "Price" not in found, "one note is no theme"
    assert next(iter(found)) == "Waiting time"


def test_what_the_lexicon_does_not_know_is_clustered_and_named_by_its_words() -> None:
    notes = [Note(f"the parrot in the window squawks number{n}", 2) for n in range(5)]
    notes += [Note(f"please play more jazz piano tunes item{n}", 4) for n in range(5)]
    found = [theme for theme in themes(notes, 5) if not theme.known]
    assert sorted(len(theme.places) for theme in found) == [5, 5]
    named = {word for theme in found for word in theme.name.removeprefix("Other: ").split(", ")}
    assert {"parrot", "jazz"} <= named
    assert found == [theme for theme in themes(notes, 5) if not theme.known]


def test_a_handful_of_unknown_notes_is_left_alone() -> None:
    assert themes([Note("purple elephants dance", 3)] * 3, 5) == []
    assert themes([Note(word) for word in "ab cd ef gh ij kl mn op qr st".split()], 5) == []  # noqa: SIM905


@pytest.mark.parametrize(
    ("note", "scale", "critical"),
    [
        (Note("fine", 2), 5, True),
        (Note("terrible", 3), 5, False),
        (Note("x", 4), 10, True),
        (Note("x", 5), 10, False),
        (Note("The floor was dirty"), 5, True),
        (Note("All good"), 5, False),
    ],
)
def test_critical_is_a_low_rating_or_words_where_there_is_none(note: Note, scale: int, critical: bool) -> None:
    assert is_critical(note, scale) is critical


def test_the_scale_is_the_least_that_holds_every_rating() -> None:
    assert [scale_of([Note("", rating)]) for rating in (1, 5, 6, 10, 11)] == [5, 5, 10, 10, 100]
    assert scale_of([]) == 5
    assert mean_rating([Note("", 4), Note(""), Note("", 5)]) == Decimal("4.5")
    assert mean_rating([Note("")]) is None


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Call me at +1 (555) 123-4567 please", "Call me at [number] please"),
        ("mail jane.doe@example.com now", "mail [e-mail] now"),
        ("see https://evil.example/x?y=1 and www.a.b", "see [link] and [link]"),
        ("card 4111 1111 1111 1111 was declined", "card [number] was declined"),
        ("my name is Peter Parker", "my name is [name]"),
        ("The cashier Lucy was rude", "The cashier [name] was rude"),
        ("Anna Schmidt helped me; thank you Anna", "[a member of staff] helped me; thank you [a member of staff]"),
        ("We waited 20 minutes for 3 items at $4.50", "We waited 20 minutes for 3 items at $4.50"),
        ("a\x00b\u202ec\nd\t\x1b[31m e", "a b c d [31m e"),
        ("mark the prices, please", "mark the prices, please"),
        ("thanks @anna_s", "thanks [handle]"),
        ("open since 2026-11-22", "open since 2026-11-22"),
    ],
)
def test_people_are_taken_out_of_quotes(text: str, clean: str) -> None:
    assert scrubbed(text, ["Anna Schmidt", "Mark Webber"]) == clean


def test_themes_are_read_by_whole_words() -> None:
    assert themes_of("The parking lot was full") == ("Parking and access",)
    assert "Price" in themes_of("Far too expensive")
    assert themes_of("I spark joy") == ()
