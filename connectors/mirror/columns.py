"""Columns of text on their way into the engine.

The engine takes a list of texts apart value by value, and holds the interpreter meanwhile. One string that it splits
itself gets there several times faster.
"""

from __future__ import annotations

from collections.abc import Sequence

Texts = Sequence[str | None]

_MARKS = (("\x1f", "\x1e"), ("\x1d", "\x1c"))
"""What stands between the values, and for a missing one. A column that holds one of a pair takes the other; one that
holds some of both travels as a list."""


def unnested(name: str, texts: Texts) -> tuple[str, str | Texts]:
    """SQL that unnests the parameter ``name`` into ``texts``, in order, and what to bind to it; not for no texts."""
    missing = texts.count(None)
    for between, null in _MARKS:
        joined = between.join([null if text is None else text for text in texts] if missing else texts)  # type: ignore[arg-type]
        if joined.count(between) == len(texts) - 1 and joined.count(null) == missing:
            cell = f"unnest(string_split(${name}, chr({ord(between)})))"
            return f"nullif({cell}, chr({ord(null)}))" if missing else cell, joined
    return f"unnest(CAST(${name} AS VARCHAR[]))", texts
