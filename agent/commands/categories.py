"""``categories``: what the platforms call their categories, and what they are here.

The list can be written as a file that ``floorwalker load`` reads back, so an operator edits it in a spreadsheet: one
row a category, its department and category here in two columns. What is left empty keeps the platform's own words.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from agent.control import Invocation
from agent.errors import BadInputError
from agent.wiring import Application

FILE = "category_rule.csv"
_COLUMNS = ("category_id", "department", "category", "note")
_CLOSE = 80
_SQL = """
SELECT c.category_id, c.name, count(DISTINCT p.product_id) AS products,
  string_agg(DISTINCT coalesce(v.connection, 'files'), ', ' ORDER BY coalesce(v.connection, 'files')) AS connections,
  min(r.department) AS department, min(r.category) AS category, count(r.category_id) > 0 AS ruled
FROM category c
JOIN product p ON p.category_id = c.category_id
LEFT JOIN variant v ON v.product_id = p.product_id
LEFT JOIN category_rule r ON r.category_id = c.category_id
GROUP BY c.category_id, c.name ORDER BY products DESC, c.name, c.category_id
"""


def categories(application: Application, invocation: Invocation) -> dict[str, Any]:
    """List the categories in use; with ``export``, write them as a file to edit.

    Raises:
        BadInputError: the folder cannot be written.
    """
    found = application.mirror.reader.query(_SQL).dicts()
    known = sorted({row["category"] or row["name"] for row in found if row["ruled"]})
    listed = [
        {
            "category_id": row["category_id"],
            "source": row["name"],
            "connection": row["connections"],
            "products": row["products"],
            "department": row["department"],
            "category": row["category"],
            "ruled": row["ruled"],
            "suggestion": None if row["ruled"] else _like(row["name"], known),
        }
        for row in found
    ]
    folder = str(invocation.arguments.get("export") or "")
    path = str(_export(Path(folder), listed)) if folder else None
    return {"categories": listed, "without_rule": sum(not row["ruled"] for row in listed), "file": path}


def _like(name: str, known: Sequence[str]) -> str | None:
    best = process.extractOne(name, known, scorer=fuzz.WRatio, score_cutoff=_CLOSE)
    return best[0] if best else None


def _export(folder: Path, listed: Sequence[dict[str, Any]]) -> Path:
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_COLUMNS)
            for row in listed:
                note = f"{row['connection']}: {row['source']}, {row['products']} products"
                writer.writerow(
                    [
                        row["category_id"],
                        row["department"] or "",
                        row["category"] or row["suggestion"] or row["source"],
                        note,
                    ]
                )
    except OSError as error:
        raise BadInputError(f"--export: {path} cannot be written ({error.strerror}).") from error
    return path
