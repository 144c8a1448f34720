"""A chart as a PNG: altair describes it, vl-convert draws it in this process. No browser, nothing is downloaded.

The same chart gives the same bytes, since the fonts come with vl-convert and the size is fixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tools.result import Chart

KINDS = ("line", "area", "bar", "pie", "heatmap")
MAX_CATEGORIES = 400
MAX_SERIES = 40
_WIDTH, _HEIGHT = 720, 380
_SCALE = 2
_FONT = "Liberation Sans"
_COLOURS = ("#1f6f5c", "#d9822b", "#3b6fb6", "#b3443f", "#7a5ea8", "#6b7a78", "#c2a23a", "#4c9fa8")
_LABEL = 40


def picture(chart: Chart) -> bytes | None:
    """The chart as PNG bytes; None when it holds nothing that could be drawn."""
    if not drawable(chart):
        return None
    import vl_convert

    spec = _described(chart).to_dict()
    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[])
    return drawn


def drawable(chart: Chart) -> bool:
    """Whether there are points, as many for each series as there are categories, and all of them numbers."""
    points = list(chart.series.values())
    return (
        chart.kind in KINDS
        and 1 <= len(chart.categories) <= MAX_CATEGORIES
        and 1 <= len(points) <= MAX_SERIES
        and all(len(series) == len(chart.categories) for series in points)
        and all(math.isfinite(value) for series in points for value in series)
    )


def _described(chart: Chart) -> Any:
    import altair

    places, names = _labels(chart.categories), _labels(list(chart.series))
    rows = [
        {"at": place, "place": number, "series": name, "value": float(value)}
        for name, points in zip(names, chart.series.values(), strict=True)
        for number, (place, value) in enumerate(zip(places, points, strict=True))
    ]
    described: Any = altair.Data  # left without annotations by its package
    made = altair.Chart(described(values=rows), title=_clip(chart.title, 90), width=_WIDTH, height=_HEIGHT)
    drawn = _heat_map(chart, made, places, names) if chart.kind == "heatmap" else _drawn(chart, made, places, names)
    return (
        drawn.configure(font=_FONT, background="#ffffff")
        .configure_axis(labelFontSize=13, titleFontSize=13, gridColor="#e8ecea")
        .configure_title(fontSize=17, anchor="start", offset=12)
        .configure_legend(labelFontSize=13, titleFontSize=13)
        .configure_view(stroke=None)
    )


def _drawn(chart: Chart, made: Any, order: Sequence[str], names: Sequence[str]) -> Any:
    import altair

    labels = altair.Axis(labelAngle=0 if len(order) <= 8 else -45, labelOverlap=True, title=None)
    colour = altair.Color(
        "series:N",
        sort=list(names),
        scale=altair.Scale(domain=list(names), range=[_COLOURS[n % len(_COLOURS)] for n in range(len(names))]),
        legend=altair.Legend(title=None) if len(names) > 1 else None,
    )
    if chart.kind == "pie":
        slices = altair.Color("at:N", sort=list(order), legend=altair.Legend(title=None))
        return made.mark_arc().encode(theta="value:Q", color=slices, order="place:Q")
    value = altair.Y(
        "value:Q", axis=altair.Axis(title=chart.unit or None), stack="zero" if chart.kind == "area" else None
    )
    across = altair.X("at:N", sort=list(order), axis=labels)
    if chart.kind == "bar":
        beside: dict[str, Any] = {"xOffset": altair.XOffset("series:N", sort=list(names))} if len(names) > 1 else {}
        return made.mark_bar().encode(x=across, y=value, color=colour, **beside)
    mark = (
        made.mark_area(opacity=0.8) if chart.kind == "area" else made.mark_line(strokeWidth=2.5, point=len(order) <= 60)
    )
    return mark.encode(x=across, y=value, color=colour, order="place:Q")


def _heat_map(chart: Chart, made: Any, order: Sequence[str], names: Sequence[str]) -> Any:
    import altair

    turned = 0 if max(len(place) for place in order) <= 6 else -45
    across = altair.X("at:N", sort=list(order), axis=altair.Axis(title=None, labelAngle=turned, labelOverlap=True))
    down = altair.Y("series:N", sort=list(names), axis=altair.Axis(title=None))
    shade = altair.Color("value:Q", scale=altair.Scale(scheme="greens"), legend=altair.Legend(title=chart.unit or None))
    return made.mark_rect(stroke="#ffffff").encode(x=across, y=down, color=shade)


def _labels(texts: Sequence[str]) -> list[str]:
    """Short texts that are still different from each other, so that no two points fall on one place."""
    taken: dict[str, None] = {}
    for text in texts:
        label, copy = _clip(text) or "–", 2
        while label in taken:
            label, copy = f"{_clip(text, _LABEL - 4)} {copy}", copy + 1
        taken[label] = None
    return list(taken)


def _clip(text: str, longest: int = _LABEL) -> str:
    plain = " ".join("".join(character if character.isprintable() else " " for character in str(text)).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
