"""Pictures of what Slack cannot draw: real PNG, the same every time, and nothing fetched: tests have no network."""

from __future__ import annotations

import struct
import zlib

import pytest

from agent.rendering.picture import drawable, picture
from agent.slack.ui.chart import chart_block
from tools.result import Chart

DAYS = tuple(f"day {number}" for number in range(60))
HEAT = Chart("heatmap", "Visits", ("9:00", "10:00"), {"Monday": (1.0, 5.0), "Tuesday": (0.0, 2.0)}, "visitors")
LINE = Chart("line", "Net sales per day", DAYS, {"Market Street": tuple(float(n) for n in range(60))}, "USD")


def shape(drawn: bytes) -> tuple[int, int]:
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", drawn[16:24])
    return width, height


def shades(drawn: bytes) -> int:
    """How many different bytes the pixels have: a picture without lines or letters has a handful."""
    data, at = b"", 8
    while at < len(drawn):
        (length,) = struct.unpack(">I", drawn[at : at + 4])
        if drawn[at + 4 : at + 8] == b"IDAT":
            data += drawn[at + 8 : at + 8 + length]
        at += 12 + length
    return len(set(zlib.decompress(data)))


@pytest.mark.parametrize("chart", [HEAT, LINE], ids=["heat map", "sixty days"])
def test_what_slack_cannot_draw_becomes_a_picture(chart: Chart) -> None:
    assert chart_block(chart) is None
    drawn = picture(chart)
    assert drawn is not None
    assert min(shape(drawn)) > 600
    assert shades(drawn) > 50
    assert picture(chart) == drawn


def test_names_are_shown_as_words_however_they_are_written() -> None:
    odd = Chart(
        "bar", "=x <b>\u202e", ("a" * 90, "a" * 90, "datum.value"), {"s}]": (1.0, -2.0, 3.0), "t": (0.0, 0.0, 1.0)}
    )
    drawn = picture(odd)
    assert drawn is not None
    assert shape(drawn)[0] > 600


@pytest.mark.parametrize(
    "chart",
    [
        Chart("bar", "t", (), {}),
        Chart("bar", "t", ("a",), {"s": (float("nan"),)}),
        Chart("bar", "t", ("a", "b"), {"s": (1.0,)}),
        Chart("radar", "t", ("a",), {"s": (1.0,)}),
        Chart("bar", "t", tuple(map(str, range(5000))), {"s": tuple(map(float, range(5000)))}),
    ],
    ids=["nothing", "no number", "lengths", "kind", "too many"],
)
def test_what_cannot_be_drawn_gives_none(chart: Chart) -> None:
    assert not drawable(chart)
    assert picture(chart) is None
