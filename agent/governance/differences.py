"""What differs between two results of one tool: figure by figure, or where those agree, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_KEYS = ("metric", "stores", "start_on", "end_on", "group")
_WORDS = frozenset({"text", "date"})


def figure_changes(
    tool: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Every figure with another value, or that is only on one side (the other is None)."""
    old, new = _keyed(before), _keyed(after)
    changes: list[Mapping[str, Any]] = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        shown = was or now or {}
        change: dict[str, Any] = {
            "tool": tool,
            "metric": shown.get("metric"),
            "group": shown.get("group", {}),
            "stores": shown.get("stores", []),
            "before": was.get("value") if was else None,
            "after": now.get("value") if now else None,
        }
        if was and now and change["before"] == change["after"]:
            # The figure itself stands; what it was held against does not.
            change["metric"] = f"{shown.get('metric')} compared to"
            change["before"], change["after"] = (_compared(one) for one in (was, now))
        changes.append(change)
    return changes


def _keyed(figures: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Figures by everything but their value; equal ones are numbered."""
    keyed: dict[str, Mapping[str, Any]] = {}
    for figure in figures:
        key = json.dumps([figure.get(name) for name in _KEYS], sort_keys=True, default=str)
        number = 0
        while f"{key}#{number}" in keyed:
            number += 1
        keyed[f"{key}#{number}"] = figure
    return keyed


def _compared(figure: Mapping[str, Any]) -> Any:
    return (figure.get("compared_to") or {}).get("value")


def table_changes(
    tool: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Mapping[str, Any]]:
    """Every cell that differs, rows found again by their words and dates; of a long table only the rows kept."""
    if not before or not after or before.get("columns") != after.get("columns"):
        return []
    columns = before["columns"]
    kept, total = before["rows"], before.get("rows_total", len(before["rows"]))
    words = [index for index, column in enumerate(columns) if column["unit"] in _WORDS]
    old = _rows(kept, words)
    new = _rows(after["rows"] if total == len(kept) else after["rows"][: len(kept)], words)
    changes: list[Mapping[str, Any]] = []
    for key in dict.fromkeys((*old, *new)):
        group = {columns[index]["name"]: cell for index, cell in zip(words, key, strict=False) if cell is not None}
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            stood, stands = ("there", None) if now is None else (None, "there")
            changes.append({"tool": tool, "metric": "row", "group": group, "before": stood, "after": stands})
            continue
        changes += [
            {"tool": tool, "metric": columns[index]["name"], "group": group, "before": was[index], "after": now[index]}
            for index in range(len(columns))
            if was[index] != now[index]
        ]
    return changes


def _rows(rows: Sequence[Sequence[Any]], words: Sequence[int]) -> dict[tuple[Any, ...], Sequence[Any]]:
    """Rows by their words and dates, and by how many of the same came before."""
    keyed: dict[tuple[Any, ...], Sequence[Any]] = {}
    for row in rows:
        key: tuple[Any, ...] = tuple(row[index] for index in words)
        number = 0
        while (*key, number) in keyed:
            number += 1
        keyed[(*key, number)] = row
    return keyed


def spoken(change: Mapping[str, Any]) -> str:
    """A change in words: ``net_sales (Harbor Point) from 10.00 to 12.00``."""
    group = ", ".join(str(value) for value in (change.get("group") or {}).values() if value)
    where = group or ", ".join(change.get("stores") or ())
    named = f"{change.get('metric')}{f' ({where})' if where else ''}"
    before, after = change.get("before"), change.get("after")
    if before is None:
        return f"{named} is new, {after}"
    return f"{named} is gone" if after is None else f"{named} from {before} to {after}"
