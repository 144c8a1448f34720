"""Feedback in a small chain: counts, means, change, quotes, scope, and nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NOW = MONDAY + timedelta(days=7)
"""Monday 9 March, ten in the morning in New York: last week is 2 to 8 March."""

SAID = (
    ("S01", 0, 1, "Waited 15 minutes at the till, only one register open"),
    ("S01", 1, 2, "The queue was too long. Bob Miller was rude, call me: 555-123-4567"),
    ("S01", 1, 2, "long wait to pay"),
    ("S01", 2, 5, "Friendly staff!"),
    ("S01", 3, 4, "helpful staff and fresh bread"),
    ("S02", 0, 2, "Shelves empty, no eggs"),
    ("S02", 5, 1, "Out of stock of oat milk again"),
    ("S02", 6, None, "=HYPERLINK(\"http://x.example\") parking was terrible, nowhere to park"),
    ("S01", -3, 3, "waiting again"),
    ("S01", -4, 4, "nice staff"),
    ("S01", -9, 1, "before the week before"),
)  # fmt: skip


STORES = ("S01", "S02", "S03")


def note(number: int, store_id: str, day: int, rating: int | None, text: str) -> Row:
    at = MONDAY + timedelta(days=day, minutes=number)
    values = {"feedback_id": f"F{number}", "store_id": store_id, "received_at": at}
    return Row("feedback", {**values, "rating": rating, "text": text, "source": "survey"})


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder: Path = tmp_path_factory.mktemp("feedback")
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        rows = [
            store(),
            store("S02", name="Harbor Point"),
            store("S03", name="Maple Avenue"),
            Row("employee", {"employee_id": "E1", "name": "Bob Miller", "store_id": "S01"}),
            *(sale(f"{s}{n}", MONDAY + timedelta(days=n), store_id=s) for s in STORES for n in range(-9, 7)),
            *(line(f"{s}{n}") for s in STORES for n in range(-9, 7)),
            *(note(n, *said) for n, said in enumerate(SAID)),
        ]
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, ("S01", "S02", "S03")), mirror.reader, FixedClock(NOW))


def ask(context: ToolContext, tool: str = "feedback_themes", **arguments: Any) -> ToolResult:
    return run_tool(tool, arguments, context)


def by_theme(result: ToolResult, metric: str) -> dict[str, str | None]:
    return {figure.group.get("theme", ""): figure.value for figure in result.figures if figure.metric == metric}


def test_a_week_in_themes(context: ToolContext) -> None:
    found = ask(context, stores="all stores")
    assert found.headline == (
        "8 notes from customers at all 3 stores last week (2–8 Mar 2026) rate us 2.43 of 5 on average; the main"
        " recurring issues are waiting time (3), availability (2) and staff (1)."
    )
    assert by_theme(found, "feedback_notes").items() >= {"Waiting time": "3", "Availability": "2", "Staff": "3"}.items()
    assert by_theme(found, "feedback_notes")[""] == "8"
    assert by_theme(found, "critical_notes")["Waiting time"] == "3"
    assert by_theme(found, "average_rating")["Waiting time"] == "1.67"
    assert "6 of 8 are critical." in found.text
    assert "Before (2 notes) the average was 3.50." in found.text
    assert any("few" in caveat for caveat in found.caveats)
    assert any("From survey." in caveat for caveat in found.caveats)


def test_change_is_against_the_equally_long_time_before(context: ToolContext) -> None:
    found = ask(context, stores="Market Street")
    assert found.table is not None
    rows = {row[0]: row for row in found.table.rows}
    assert rows["Waiting time"][1:5] == (3, "60.0", "+2", 3)
    assert rows["Staff"][1:5] == (3, "60.0", "+2", 1)
    (notes, *_) = [figure for figure in found.figures if figure.metric == "feedback_notes"]
    assert notes.compared_to is not None
    assert (notes.value, notes.compared_to.value, notes.compared_to.change) == ("5", "2", "3")
    assert str(notes.compared_to.start_on) == "2026-02-23"


def test_quotes_are_verbatim_without_people(context: ToolContext) -> None:
    found = ask(context, stores="Market Street")
    whole = repr(found)
    assert "Bob" not in whole
    assert "Miller" not in whole
    assert "555" not in whole
    assert "The queue was too long. [a member of staff] was rude, call me: [number]" in whole


def test_stores_are_held_against_each_other(context: ToolContext) -> None:
    found = ask(context, stores="all stores", by="store")
    assert found.table is not None
    assert [row[:4] for row in found.table.rows] == [
        ("Harbor Point", 3, "+3", "1.50"),
        ("Market Street", 5, "+3", "2.80"),
        ("Maple Avenue", 0, "+0", None),
    ]
    assert found.headline.startswith(
        "Lowest rated by customers last week (2–8 Mar 2026) is Harbor Point with 1.50 of 5"
    )


def test_one_subject_is_found_by_meaning(context: ToolContext) -> None:
    found = ask(context, "search_feedback", text="slow checkout queues", stores="Market Street")
    assert found.table is not None
    assert any("queue" in str(row[-1]) for row in found.table.rows)
    assert all("bread" not in str(row[-1]) for row in found.table.rows)
    assert "sent nowhere" in found.caveats[0]


def test_words_of_customers_are_given_to_no_model(context: ToolContext) -> None:
    class Spy:
        name = "spy"

        def embed(self, texts: Any) -> Any:
            raise AssertionError("a model was asked")

    spied = ToolContext(context.scope, context.mirror, context.clock, extras={"embeddings": Spy()})
    assert ask(spied, "search_feedback", text="waiting").table is not None


def test_nobody_reads_the_feedback_of_another_store(context: ToolContext) -> None:
    own = ToolContext(Scope("U", Role.STORE_MANAGER, ("S02",)), context.mirror, context.clock)
    found = ask(own)
    assert found.headline.startswith("3 notes")
    assert "queue" not in repr(found)
    with pytest.raises(NotAllowedError):
        ask(own, stores="Market Street")
    with pytest.raises(NotAllowedError):
        ask(own, "search_feedback", text="queue", stores="Market Street")


def test_no_feedback_is_said_with_what_there_is(context: ToolContext) -> None:
    with pytest.raises(NoDataError, match="it comes from a file"):
        ask(context, stores="Maple Avenue")
    with pytest.raises(NoDataError, match="there are 8 notes from"):
        ask(context, stores="Market Street", period="24 February 2026")


def test_a_subject_nobody_spoke_of_is_said(context: ToolContext) -> None:
    found = ask(context, "search_feedback", text="zebra crossing")
    assert found.headline.startswith("None of")
    assert found.table is None


@pytest.mark.parametrize("arguments", [{"limit": 0}, {"period": "next week"}, {"by": "day"}, {"user": "U_OWNER"}])
def test_nonsense_is_refused_in_a_sentence(context: ToolContext, arguments: dict[str, Any]) -> None:
    with pytest.raises((BadArgumentError, NoDataError)) as refused:
        ask(context, **arguments)
    assert "\n" not in refused.value.user_message


def test_the_count_of_what_is_near_is_not_the_number_of_rows_shown(context: ToolContext) -> None:
    every = ask(context, "search_feedback", text="waiting")
    some = ask(context, "search_feedback", text="waiting", limit=1)
    assert every.table is not None
    assert some.table is not None
    assert len(every.table.rows) > len(some.table.rows) == 1
    assert some.figures == every.figures
    assert some.headline == every.headline
    assert any("1 are shown" in caveat or "more are counted" in caveat for caveat in some.caveats)


def test_where_nothing_was_recorded_before_there_is_no_change(context: ToolContext) -> None:
    found = ask(context, "feedback_themes", period="18 February 2026 to 8 March 2026")
    assert found.table is not None
    change = [column.name for column in found.table.columns].index("Change")
    assert {row[change] for row in found.table.rows} == {None}
    assert all(one.compared_to is None for one in found.figures)
    assert any("No feedback is recorded for the equally long time before" in caveat for caveat in found.caveats)
