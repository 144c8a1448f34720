"""What went on around the sales, against counting by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NotAllowedError
from tools.registry import run_tool

MORNING = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
"""Nine o'clock in New York."""
HOUR = timedelta(hours=1)


def around(store_id: str, hour: int, visitors: int, rain: str) -> list[Row]:
    at = MORNING + hour * HOUR
    weather = {"store_id": store_id, "hour_at": at, "kind": "observed", "temperature_c": 5 + hour, "code": 61}
    return [
        Row("foot_traffic", {"store_id": store_id, "hour_at": at, "visitors": visitors, "source": "door"}),
        Row("weather_hour", {**weather, "precipitation_mm": rain, "wind_ms": "2"}),
    ]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[ToolContext]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        event = {"event_id": "fair", "store_id": "S01", "name": "Street fair", "category": "fair"}
        shift = {"timecard_id": "T1", "employee_id": "E1", "store_id": "S01"}
        rows = [
            store(),
            store("S02", name="Harbor Point"),
            *(sale(f"A{n}", MORNING + timedelta(minutes=5 + 40 * n)) for n in range(4)),
            *(line(f"A{n}") for n in range(4)),
            sale("B", MORNING, store_id="S02"),
            line("B", gross_minor=500),
            *around("S01", 0, 10, "0.5"),
            *around("S01", 1, 6, "0"),
            *around("S02", 0, 3, "4.0"),
            Row("local_event", {**event, "starts_at": MORNING, "ends_at": MORNING + HOUR}),
            Row("timecard", {**shift, "clock_in_at": MORNING, "clock_out_at": MORNING + 2.5 * HOUR}),
        ]
        at = MORNING + timedelta(days=1)
        fresh = [SourceUpdate(topic, "test", at) for topic in ("sales", "traffic", "staff")]
        weather = SourceUpdate("weather", "test", at, simulated=True, note="simulated: seeded")
        mirror.writer.submit(Batch(rows=rows, sources=[*fresh, weather])).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01", "S02"))
        yield ToolContext(scope, mirror.reader, FixedClock(MORNING + timedelta(days=1)))


def rows_of(context: ToolContext, **arguments: Any) -> list[tuple[Any, ...]]:
    found = run_tool("store_conditions", arguments, context)
    assert found.table is not None
    return list(found.table.rows)


def test_one_day_goes_by_the_hour(context: ToolContext) -> None:
    assert rows_of(context, period="2026-03-04", stores="Market Street") == [
        ("09:00", "$20.00", 2, 10, "20.0", "1.0", "5", "0.5", "Street fair", "10.0", "2.0"),
        ("10:00", "$10.00", 1, 6, "16.7", "1.0", "6", "0.0", None, "6.0", "1.0"),
        ("11:00", "$10.00", 1, None, None, "0.5", None, None, None, None, "2.0"),
    ]


def test_stores_add_up_and_their_weather_is_their_mean(context: ToolContext) -> None:
    ((day, net, transactions, visitors, _, staff, temperature, rain, events),) = rows_of(
        context, period="2026-03-04", by="day"
    )
    assert (day, net, transactions, visitors, staff) == ("Wed 04 Mar", "$45.00", 5, 19, "2.5")
    assert (temperature, rain, events) == ("5", "2.2", "Street fair")
    by_store = rows_of(context, period="2026-03-04", by="store")
    assert [row[:4] for row in by_store] == [("Market Street", "$40.00", 4, 16), ("Harbor Point", "$5.00", 1, 3)]


def test_rain_is_the_same_whatever_it_is_split_by(context: ToolContext) -> None:
    for by in ("hour", "day", "store"):
        found = run_tool("store_conditions", {"period": "2 to 6 March 2026", "by": by}, context)
        assert "2.2 mm of rain a store" in found.headline, by
    by_store = rows_of(context, period="2 to 6 March 2026", by="store")
    assert [row[7] for row in by_store] == ["0.5", "4.0"]


def test_stores_without_weather_are_named_and_nought_degrees_have_no_sign(tmp_path: Path) -> None:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        cold = {"hour_at": MORNING, "kind": "observed", "temperature_c": "-0.3", "precipitation_mm": 0, "code": 1}
        rows = [
            store(),
            store("S02", name="Harbor Point"),
            *(sale(f"C{store_id}", MORNING, store_id=store_id) for store_id in ("S01", "S02")),
            *(line(f"C{store_id}") for store_id in ("S01", "S02")),
            Row("weather_hour", {"store_id": "S01", "wind_ms": "2", **cold}),
        ]
        sources = [SourceUpdate(topic, "test", MORNING + 10 * HOUR) for topic in ("sales", "weather")]
        mirror.writer.submit(Batch(rows=rows, sources=sources)).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01", "S02"))
        found = run_tool(
            "store_conditions",
            {"period": "2026-03-04"},
            ToolContext(scope, mirror.reader, FixedClock(MORNING + timedelta(days=1))),
        )
    assert "0 to 0 °C, no rain" in found.headline
    assert "-0" not in found.text
    assert "No weather is known for Harbor Point." in found.caveats


def test_the_answer_says_what_is_simulated_and_gives_figures(context: ToolContext) -> None:
    found = run_tool("store_conditions", {"period": "2026-03-04", "stores": "S01"}, context)
    assert (
        found.headline
        == "Market Street, Wednesday 4 March 2026: 5 to 6 °C, 0.5 mm of rain; 16 visitors; 2.5 hours on duty."
    )
    assert "Local event: Street fair." in found.text
    assert "The weather is simulated: seeded." in found.caveats
    rain = {figure.group["hour"]: figure.value for figure in found.figures if figure.metric == "precipitation"}
    assert {hour: Decimal(value or "nan") for hour, value in rain.items()} == {"9": Decimal("0.5"), "10": Decimal(0)}
    assert found.provenance.sql
    assert found.provenance.stores == ("S01",)


def test_nobody_sees_the_conditions_of_another_store(context: ToolContext) -> None:
    own = replace(context, scope=Scope("U", Role.STORE_MANAGER, ("S02",)))
    with pytest.raises(NotAllowedError):
        run_tool("store_conditions", {"period": "2026-03-04", "stores": "Market Street"}, own)
    assert [row[0] for row in rows_of(own, period="2026-03-04", by="store")] == ["Harbor Point"]


def test_what_nothing_is_known_of_is_said(context: ToolContext) -> None:
    found = run_tool("store_conditions", {"period": "2026-03-04", "stores": "Harbor Point"}, context)
    assert "hours on duty" not in found.headline


def test_hours_of_the_day_say_when_most_came_in_and_most_were_on_duty(context: ToolContext) -> None:
    found = run_tool("store_conditions", {"period": "4 March 2026", "stores": "S01", "by": "hour"}, context)
    assert "Most visitors at 09:00 (10 visitors, 1.0 hours on duty)" in found.text
    assert "most hours on duty at 09:00 and 10:00 (1.0 hours on duty each)" in found.text
    assert "Visitors for each hour on duty: most at 09:00 (10.0), fewest at 10:00 (6.0)." in found.text
    by_day = run_tool("store_conditions", {"period": "4 March 2026", "stores": "S01", "by": "day"}, context)
    assert "Most visitors at" not in by_day.text


def test_visitors_for_an_hour_on_duty_are_of_the_stores_that_count_both(context: ToolContext) -> None:
    found = run_tool("store_conditions", {"period": "4 March 2026", "stores": "all stores", "by": "hour"}, context)
    assert "Most visitors at 09:00 (13 visitors, 1.0 hours on duty)" in found.text
    assert "Visitors for each hour on duty: most at 09:00 (10.0), fewest at 10:00 (6.0)." in found.text


def test_the_tightest_hours_are_those_with_many_visitors_for_each_hour_on_duty(tmp_path: Path) -> None:
    visitors, people = (3, 20, 30, 20, 4), (0.5, 4, 4, 2, 0.25)  # 6.0, 5.0, 7.5, 10.0 and 16.0 for each hour on duty
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        rows = [store(), *(sale(f"A{n}", MORNING + n * HOUR) for n in range(5)), *(line(f"A{n}") for n in range(5))]
        for hour, (came, there) in enumerate(zip(visitors, people, strict=True)):
            begins = MORNING + hour * HOUR
            rows += around("S01", hour, came, "0")
            rows += [
                Row("timecard", {"timecard_id": f"T{hour}-{one}", "employee_id": f"E{hour}-{one}", "store_id": "S01",
                                 "clock_in_at": begins, "clock_out_at": begins + min(there, 1) * HOUR})
                for one in range(max(int(there), 1))
            ]  # fmt: skip
        fresh = [SourceUpdate(topic, "test", MORNING + 24 * HOUR) for topic in ("sales", "traffic", "staff", "weather")]
        mirror.writer.submit(Batch(rows=rows, sources=fresh)).result()
        scope = Scope("U_OWNER", Role.OWNER, ("S01",))
        context = ToolContext(scope, mirror.reader, FixedClock(MORNING + timedelta(days=1)))
        found = run_tool("store_conditions", {"period": "2026-03-04", "by": "hour"}, context)
    assert found.table is not None
    assert [row[-2:] for row in found.table.rows] == [
        ("6.0", "2.0"), ("5.0", "0.2"), ("7.5", "0.2"), ("10.0", "0.5"), ("16.0", "4.0"),
    ]  # fmt: skip
    assert "most hours on duty at 10:00 and 11:00 (4.0 hours on duty each)" in found.text
    assert "most at 13:00 (16.0), fewest at 10:00 (5.0)" in found.text
    busy = "12:00 (10.0), 11:00 (7.5) and 10:00 (5.0)"  # with 15.4 visitors or more, the mean of the five hours
    assert f"Tightest of the hours with as many visitors as the mean hour: {busy}." in found.text
