"""Columns of text on their way into the engine.

The engine takes a list of texts apart value by value, and holds the interpreter meanwhile. One string that it splits
itself gets there several times faster, if it splits it while it runs: a parameter that stands in the expression itself
is split when the statement is planned, text by text into values of their own, which takes three times as long and
twice the memory. So the strings are a row of an inner relation, and what is selected from it is split.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Texts = Sequence[str | None]

_MARKS = (("\x1f", "\x1e"), ("\x1d", "\x1c"))
"""What stands between the values, and for a missing one. A column that holds one of a pair takes the other; one that
holds some of both travels as a list."""


def relation(columns: Mapping[str, Texts]) -> tuple[str, dict[str, str | Texts]]:
    """A relation for FROM with these columns of text, row by row and in order, and its parameters.

    Args:
        columns: name to texts, all equally many and at least one; the parameters have the same names.
    """
    given: list[str] = []
    taken: list[str] = []
    selected: list[str] = []
    params: dict[str, str | Texts] = {}
    for name, texts in columns.items():
        joined = _joined(texts)
        if joined is None:
            params[name] = texts
            given.append(f"CAST(${name} AS VARCHAR[]) AS {name}")
            taken.append(f"unnest({name}) AS {name}")
            selected.append(name)
            continue
        params[name], between, null = joined
        given.append(f"${name} AS {name}")
        taken.append(f"unnest(string_split({name}, chr({ord(between)}))) AS {name}")
        selected.append(f"nullif({name}, chr({ord(null)})) AS {name}" if null else name)
    split = f"SELECT {', '.join(taken)} FROM (SELECT {', '.join(given)})"
    return f"(SELECT {', '.join(selected)} FROM ({split}))", params


def _joined(texts: Texts) -> tuple[str, str, str] | None:
    """One string of these texts, what stands between them, and what for a missing one if any is missing."""
    for between, null in _MARKS:
        try:
            joined, missing = between.join(texts), 0  # type: ignore[arg-type]
        except TypeError:  # a missing one; looking for it first would cost as much as joining
            joined, missing = between.join([null if text is None else text for text in texts]), texts.count(None)
        if joined.count(between) == len(texts) - 1 and (not missing or joined.count(null) == missing):
            return joined, between, null if missing else ""
    return None
