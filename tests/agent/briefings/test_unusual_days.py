"""The briefing on days that are not like others: ends of months, a currency without minor units, days without sales."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.briefings.daily import daily_document
from agent.briefings.facts import BriefedStore, gather
from agent.briefings.recording import RecordedTools
from agent.briefings.words import difference
from connectors.records import Row
from tests.support.briefings_world import NEW_YORK, PlantedChain
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext


def brief(
    folder: Path, on: date, amount: Callable[[date], int], first: date, currency: str = "USD", holiday: str = ""
) -> dict[str, Any]:
    """The briefing of a morning over a store that takes ``amount`` of minor units a day in three equal sales."""
    chain = PlantedChain()
    chain.store("S01", "Main", currency=currency)
    chain.product("1", "Bread", "Bakery")
    for back in range((on - first).days, 0, -1):
        day = on - timedelta(days=back)
        for hour in (9, 12, 15):
            if amount(day):
                chain.basket("S01", day, [("1", amount(day))], hour=hour)
    chain.rows = [Row(one.table, {**one.values, "currency": currency}) if one.table == "sale" else one
                  for one in chain.rows]  # fmt: skip
    known = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    if holiday:
        hours = {"starts_at": known - timedelta(hours=29), "ends_at": known - timedelta(hours=5)}
        event = {"event_id": "H", "store_id": "S01", "name": holiday, "category": "holiday"}
        chain.rows.append(Row("local_event", event | hours))
    folder.mkdir(exist_ok=True)
    mirror = chain.plant(folder / "mirror.duckdb", known)
    scope = Scope("floorwalker", Role.ANALYST, ("S01",), ("S01",))
    tools = RecordedTools(ToolContext(scope, mirror.reader, FixedClock(known)))
    facts = gather(BriefedStore("S01", "Main", NEW_YORK), on, tools)
    caveats = [caveat for result in tools.results for caveat in result.caveats]
    document = daily_document(facts, mirror.reader.snapshot(), caveats)
    mirror.close()
    return document


def section(document: dict[str, Any], title: str) -> list[str]:
    """The lines of a section."""
    return next(one["lines"] for one in document["sections"] if one["title"] == title)


def test_a_month_held_against_a_shorter_one_says_so_beside_its_change(tmp_path: Path) -> None:
    """30 days of March take $90.00, all 28 of February $84.00."""
    document = brief(tmp_path, date(2026, 3, 31), lambda _: 100, date(2026, 1, 5))
    assert section(document, "Month to date") == [
        "$90.00 net 1–30 Mar, +7.1 % on $84.00 1–28 Feb. The periods differ in length: 30 days against 28 days."
    ]
    assert not any("differ in length" in note for note in document["caveats"])


def test_the_first_of_a_month_is_held_against_another_weekday_and_says_so(tmp_path: Path) -> None:
    document = brief(tmp_path, date(2026, 6, 2), lambda _: 100, date(2026, 3, 1))
    (line,) = section(document, "Month to date")
    assert line.endswith("on $3.00 1 May. The weekdays differ: Monday against Friday.")


def test_yen_have_no_decimals_in_what_stands_out(tmp_path: Path) -> None:
    def amount(day: date) -> int:
        return 3000 if day == date(2026, 6, 1) else 1001 + day.day % 3

    document = brief(tmp_path, date(2026, 6, 2), amount, date(2026, 3, 1), "JPY")
    lines = section(document, "What stands out")
    assert any("¥" in line for line in lines)
    assert not any("." in word for line in lines for word in line.split() if word.startswith("¥") and word[-1] != ".")


def test_days_without_sales_are_named_and_not_counted_over_spans_that_are_not_said(tmp_path: Path) -> None:
    closed = date(2026, 5, 28)
    document = brief(tmp_path, date(2026, 6, 2), lambda day: 0 if day == closed else 100, date(2026, 3, 1))
    assert "No sales are recorded for Thu 28 May, though the store usually sells then." in section(
        document, "What stands out"
    )
    assert not any(note.startswith("Days without any sale") for note in document["caveats"])


def test_a_public_holiday_is_named_on_a_day_with_sales_and_one_without(tmp_path: Path) -> None:
    """Wednesday 11 November; the clocks of New York are five hours behind."""
    on = date(2026, 11, 12)
    open_ = brief(tmp_path / "open", on, lambda _: 100, date(2026, 8, 1), holiday="Veterans Day")
    assert section(open_, "What stands out")[0] == (
        "Wed 11 Nov was Veterans Day; it is held against other Wednesdays all the same."
    )
    shut = brief(
        tmp_path / "shut", on, lambda day: 100 * (day < date(2026, 11, 11)), date(2026, 8, 1), holiday="Veterans Day"
    )
    assert section(shut, "Why it may be empty") == [
        "Wed 11 Nov was Veterans Day, and the store may have been closed. The last day with any sale is Tue 10 Nov."
    ]


@pytest.mark.parametrize(
    ("change", "percent", "said"), [("-0.01", "-0.04", "±0.0 %"), ("0.01", "0.04", "±0.0 %"), ("-1", "-0.2", "−0.2 %")]
)
def test_a_change_that_is_shown_as_nought_has_no_sign(change: str, percent: str, said: str) -> None:
    assert difference(Decimal(change), Decimal(percent), "USD") == said
