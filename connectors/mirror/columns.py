"""Columns of text on their way into the engine.

The engine takes a list of texts apart value by value, and holds the interpreter meanwhile. One string that it splits
itself gets there several times faster, if it splits it while it runs: a parameter that stands in the expression itself
is split when the statement is planned, text by text into values of their own, which takes three times as long and
twice the memory. So the strings are a row of an inner relation, and what is selected from it is split.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Texts = Sequence[str | None]


_MARKS = (("\x1f", "\x1e"), ("\x1d", "\x1c"))
"""What stands between the texts, and for a missing one. A column that holds one of a pair takes the other; one that
holds some of both travels as a list."""

BETWEEN, NULL = _MARKS[0]


class Joined(NamedTuple):
    """A column as one string; ``null`` stands for a missing text, and is empty if none is missing."""

    text: str
    between: str = BETWEEN
    null: str = ""


def relation(columns: Mapping[str, Texts | Joined]) -> tuple[str, dict[str, str | Texts]]:
    """A relation for FROM with these columns of text, row by row and in order, and its parameters.

    Args:
        columns: name to texts, all equally many and at least one; the parameters have the same names.
    """
    given: list[str] = []
    taken: list[str] = []
    selected: list[str] = []
    params: dict[str, str | Texts] = {}
    for name, texts in columns.items():
        joined = texts if isinstance(texts, Joined) else _joined(texts)
        if joined is None:
            params[name] = texts
            given.append(f"CAST(${name} AS VARCHAR[]) AS {name}")
            taken.append(f"unnest({name}) AS {name}")
            selected.append(name)
            continue
        params[name] = joined.text
        given.append(f"${name} AS {name}")
        taken.append(f"unnest(string_split({name}, chr({ord(joined.between)}))) AS {name}")
        selected.append(f"nullif({name}, chr({ord(joined.null)})) AS {name}" if joined.null else name)
    split = f"SELECT {', '.join(taken)} FROM (SELECT {', '.join(given)})"
    return f"(SELECT {', '.join(selected)} FROM ({split}))", params


def _joined(texts: Texts) -> Joined | None:
    for between, null in _MARKS:
        try:
            joined, missing = between.join(texts), 0  # type: ignore[arg-type]
        except TypeError:  # a missing one; looking for it first would cost as much as joining
            joined, missing = between.join([null if text is None else text for text in texts]), texts.count(None)
        if joined.count(between) == len(texts) - 1 and (not missing or joined.count(null) == missing):
            return Joined(joined, between, null if missing else "")
    return None


class Packed(NamedTuple):
    """A column of a page: one text that stands in every row, or all of them joined by the first marks."""

    text: str
    same: bool
    missing: bool = False


def packed(texts: Texts | Joined) -> Packed | None:
    """A column with at least one text, packed; None where a text holds one of the marks."""
    if isinstance(texts, Joined):
        return Packed(texts.text, same=False, missing=bool(texts.null)) if texts.between == BETWEEN else None
    first = texts[0]
    if first is not None and first == texts[-1] and texts.count(first) == len(texts):
        return None if BETWEEN in first or NULL in first else Packed(first, same=True)
    try:
        joined, missing = BETWEEN.join(texts), 0  # type: ignore[arg-type]
    except TypeError:
        joined, missing = BETWEEN.join([NULL if text is None else text for text in texts]), texts.count(None)
    if joined.count(BETWEEN) != len(texts) - 1 or joined.count(NULL) != missing:
        return None
    return Packed(joined, same=False, missing=missing > 0)


def laid_together(parts: Sequence[tuple[Packed | None, int]]) -> str | Joined | None:
    """A column of several pages, each with its number of rows and None where it has no such column.

    The one text that stands in every row, or all joined; None where no page has any.
    """
    given = {part for part, _ in parts}
    if given == {None}:
        return None
    (only,) = given if len(given) == 1 else (None,)
    if only is not None and only.same:
        return only.text
    texts = [
        BETWEEN.join([NULL if part is None else part.text] * count) if part is None or part.same else part.text
        for part, count in parts
    ]
    missing = any(part is None or part.missing for part, _ in parts)
    return Joined(BETWEEN.join(texts), null=NULL if missing else "")
