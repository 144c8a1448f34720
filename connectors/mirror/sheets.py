"""Rows of documents by column: what a long walk keeps of a page until it is committed.

A row as a mapping takes several times the memory of what is in it, and is taken apart into columns when it is stored
anyway. So the pages of a back-fill are checked and packed as they are read, and only laid together for the commit.
It goes for documents that are new as a whole; whatever needs a look at single rows goes the way of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType

from connectors.errors import InputError
from connectors.mirror.columns import Joined, Packed, laid_together, packed
from connectors.mirror.schema import PARTS
from connectors.mirror.staging import by_column, checked
from connectors.records import TABLES, Row

_DOCUMENTS = ("sale", *PARTS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one table; a column that has nothing in it is not there.

    ``owners`` are the documents that the rows are or belong to, ``keys`` those of rows that no document tells apart.
    """

    count: int
    columns: Mapping[str, Packed]
    owners: frozenset[object]
    keys: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class Staged:
    """The rows of one table of several pages: text that stands in every row, and columns that vary."""

    count: int
    columns: Mapping[str, str | Joined]


def sheets_of(found: Iterable[Sequence[Row]]) -> dict[str, Sheet] | None:
    """The rows of records by table; None where they cannot be told apart as new documents with what belongs to them.

    That is so of other tables, of parts without their document, of keys that repeat and of rows that do not fit.
    """
    rows: dict[str, list[Mapping[str, object]]] = {name: [] for name in _DOCUMENTS}
    for of_record in found:
        for row in of_record:
            into = rows.get(row.table)
            if into is None:
                return None
            into.append(row.values)
    try:
        sheets = {name: _sheet(name, values) for name, values in rows.items() if values}
    except (InputError, TypeError):  # told, with the row at fault, by the way of rows
        return None
    whole = {name: sheet for name, sheet in sheets.items() if sheet is not None}
    documents = whole["sale"].owners if "sale" in whole else frozenset()
    if len(whole) < len(sheets) or not all(sheet.owners <= documents for sheet in whole.values()):
        return None
    return whole


def laid_out(pages: Sequence[Mapping[str, Sheet]]) -> dict[str, Staged] | None:
    """The rows of several pages by table; None where a sale or a payment is in more than one."""
    found: dict[str, Staged] = {}
    for name in _DOCUMENTS:
        sheets = [page[name] for page in pages if name in page]
        if not sheets:
            continue
        count = sum(sheet.count for sheet in sheets)
        if sheets[0].keys and len(set().union(*(sheet.keys for sheet in sheets))) < count:
            return None
        columns = {
            column: laid_together([(sheet.columns.get(column), sheet.count) for sheet in sheets])
            for column in TABLES[name].names
        }
        found[name] = Staged(count, {column: text for column, text in columns.items() if text is not None})
    return found


def _sheet(name: str, rows: Sequence[Mapping[str, object]]) -> Sheet | None:
    table = TABLES[name]
    columns = by_column(table, rows)
    parts = [columns.get(column) or [None] * len(rows) for column in table.key]
    keys = parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))
    # What is text here and a number there may be the same key.
    if any(len(set(map(type, part)) - {NoneType}) > 1 for part in parts) or len(set(keys)) < len(rows):
        return None
    texts = {column: found for column, found in checked(table, columns, len(rows)).items() if found is not None}
    whole = {column: part for column, found in texts.items() if (part := packed(found)) is not None}
    if len(whole) < len(texts):
        return None
    return Sheet(len(rows), whole, frozenset(columns["sale_id"]), keys if len(parts) == 1 else ())
