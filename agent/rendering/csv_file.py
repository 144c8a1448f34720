"""A table as a CSV file (RFC 4180) that a spreadsheet only ever reads as data.

A cell that a spreadsheet would take for a formula is marked with an apostrophe, unless it is a number: names come from
people and from points of sale, and ``=HYPERLINK(...)`` is a name too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

_FORMULA = re.compile(r"^[\s'\"]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")
_NUMBER = re.compile(r"[+-]?[$€£¥]?\d[\d,]*(?:\.\d+)?\s?%?")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def csv_text(columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[Any]]) -> str:
    """The rows under a heading that says the unit of each column.

    Args:
        columns: ``{"name", "unit"}`` as a table's document has them.
        rows: cells that are str, int or None; None is an empty cell.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([safe_cell(_heading(column)) for column in columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def csv_bytes(text: str) -> bytes:
    """The text for a file: UTF-8 with the mark by which spreadsheets know it."""
    return text.encode("utf-8-sig")


def _heading(column: Mapping[str, Any]) -> str:
    name, unit = str(column.get("name", "")), str(column.get("unit", ""))
    return name if unit in ("", "text", "date", "count", "number", "units") else f"{name} ({unit})"


def safe_cell(cell: Any) -> str:
    """One cell as text that no spreadsheet runs; line ends become spaces, hidden characters go."""
    if cell is None:
        return ""
    text = str(cell)
    if _NUMBER.fullmatch(text):
        return text
    dangerous = bool(_FORMULA.match(text) or _FORMULA.match(_HIDDEN.sub("", text)))
    plain = _HIDDEN.sub("", re.sub(r"[\r\n\t]+", " ", text)).strip()
    return f"'{plain}" if dangerous and plain else plain
