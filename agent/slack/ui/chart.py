"""A chart as Slack's native ``data_visualization`` block, or none when Slack could not draw it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from agent.slack.ui import limits
from agent.slack.ui.mrkdwn import one_line
from tools.result import Chart

_KINDS = {"line", "bar", "area"}


def chart_block(chart: Chart) -> limits.Block | None:
    """The block, or None: too few points, too many series, a value that is no number, lengths that differ."""
    categories = chart.categories
    series = dict(chart.series)
    drawable = (
        1 <= len(categories) <= limits.CHART_CATEGORIES
        and 1 <= len(series) <= limits.CHART_SERIES
        and all(len(points) == len(categories) for points in series.values())
        and all(math.isfinite(value) for points in series.values() for value in points)
    )
    if not drawable:
        return None
    labels = _labels(categories)
    body = _pie(labels, series) if chart.kind == "pie" else _axes(chart, labels, series)
    if body is None:
        return None
    return {
        "type": "data_visualization",
        "title": limits.clip(one_line(chart.title), limits.CHART_TITLE) or "Chart",
        "chart": body,
    }


def _axes(chart: Chart, labels: Sequence[str], series: dict[str, tuple[float, ...]]) -> dict[str, Any] | None:
    if chart.kind not in _KINDS:
        return None
    names = _labels(list(series))
    axis: dict[str, Any] = {"categories": list(labels)}
    if chart.unit:
        axis["y_label"] = limits.clip(one_line(chart.unit), limits.CHART_LABEL)
    return {
        "type": chart.kind,
        "series": [
            {
                "name": name,
                "data": [{"label": label, "value": value} for label, value in zip(labels, points, strict=True)],
            }
            for name, points in zip(names, series.values(), strict=True)
        ],
        "axis_config": axis,
    }


def _pie(labels: Sequence[str], series: dict[str, tuple[float, ...]]) -> dict[str, Any] | None:
    (points,) = list(series.values())[:1]
    fits = len(series) == 1 and len(points) <= limits.CHART_SERIES and all(value > 0 for value in points)
    if not fits:
        return None
    return {"type": "pie", "segments": [{"label": a, "value": v} for a, v in zip(labels, points, strict=True)]}


def _labels(names: Sequence[str]) -> list[str]:
    """Short, never empty, and still different from each other after cutting."""
    taken: list[str] = []
    for name in names:
        label = limits.clip(one_line(name), limits.CHART_LABEL) or "–"
        copy = 2
        while label in taken:
            tail = f" {copy}"
            label = limits.clip(one_line(name), limits.CHART_LABEL - len(tail)) + tail
            copy += 1
        taken.append(label)
    return taken
