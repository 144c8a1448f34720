"""What is asked about the rows of the list above: exactly those rows, with every condition of the list."""

from __future__ import annotations

from typing import Any

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Grocery", "Produce"),
)
BRANDS = (
    Call(
        "sales_breakdown",
        {"by": "brand", "top": 2, "where": [{"dimension": "department", "values": ["Grocery"]}]},
        {"table": {"columns": ["Rank (count)", "Brand (text)"], "rows": [[1, "Store brand"], [2, "Maker 7"]]}},
    ),
)
STORES = (
    Call(
        "store_ranking",
        {"period": "last week", "metric": "gross_margin_pct"},
        {
            "table": {
                "columns": ["Place (count)", "Store (text)"],
                "rows": [[1, "Market Street"], [2, "Harbor Point"]],
            }
        },
    ),
)
WEEKDAYS = (Call("sales_summary", {"by": "weekday", "period": "last 4 weeks"}, {"text": "Highest per day: Sunday."}),)
BOTH = [
    {"dimension": "department", "values": ["Grocery"]},
    {"dimension": "brand", "values": ["Store brand", "Maker 7"]},
]


def asked(question: str, previous: tuple[Call, ...]) -> list[tuple[str, dict[str, Any]]]:
    return [(name, dict(args)) for name, args in plan(question, previous, AROUND).calls]


def test_how_they_did_in_another_period_is_of_those_rows_only() -> None:
    (call,) = asked("how did they do last month vs the month before", BRANDS)
    assert call[0] == "sales_breakdown"
    assert call[1]["where"] == BOTH
    assert (call[1]["by"], call[1]["period"]) == ("brand", "last month")
    assert "top" not in call[1]


def test_another_figure_of_the_rows_keeps_their_days() -> None:
    (call,) = asked("what is the margin of each of them", STORES)
    assert call[1]["metrics"] == ["gross_margin_pct", "gross_margin"]
    assert (call[1]["by"], call[1]["period"]) == ("store", "last week")
    assert call[1]["where"] == [{"dimension": "store", "values": ["Market Street", "Harbor Point"]}]


def test_which_of_them_are_own_label_is_split_by_it() -> None:
    (call,) = asked("which of those are private label", BRANDS)
    assert call[1]["by"] == "brand, private_label"
    assert call[1]["where"] == BOTH


def test_why_the_last_store_is_low_is_about_the_figure_that_ranked() -> None:
    first, second = asked("why is the last one so low", STORES)
    assert first == (
        "explain_change",
        {"period": "last week", "stores": "Harbor Point", "metric": "gross_margin_pct"},
    )
    assert second[1]["by"] == "department, store"


def test_that_day_is_the_weekday_that_led() -> None:
    (call,) = asked("what is the quietest hour on that day", WEEKDAYS)
    assert call[0] == "peak_times"
    assert (call[1]["weekday"], call[1]["quietest"]) == ("sundays", True)
