"""The weather of days to come and of days that are over, and weekdays typed short."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.wording.spelling import mended
from tests.support.threads import AROUND


@pytest.mark.parametrize(
    "question",
    ["whats the weather look like for wed", "weather for thurs", "how's the weather looking for friday",
     "what's the weather going to be on saturday"],
)  # fmt: skip
def test_the_weather_for_a_weekday_is_of_the_one_to_come(question: str) -> None:
    assert [name for name, _ in plan(question, (), AROUND).calls] == ["days_ahead"]


@pytest.mark.parametrize("question", ["what was the weather on wednesday", "sales and weather last friday"])
def test_the_weather_of_a_day_that_is_over_is_not(question: str) -> None:
    assert "days_ahead" not in [name for name, _ in plan(question, (), AROUND).calls]


def test_short_weekdays_are_written_out_where_they_are_no_other_word() -> None:
    assert mended("sales wed vs last thurs") == "sales wednesday vs last thursday"
    assert mended("how long has it sat there") == "how long has it sat there"
    assert mended("sun cream sales") == "sun cream sales"
