"""Text from a catalogue, made fit for a document: no control characters, nothing that turns the reading direction.

A spreadsheet takes a cell for a formula when it begins with one of a few signs, so such text gets an apostrophe.
"""

from __future__ import annotations

import unicodedata
from typing import Any

_JOINERS = "\u200c\u200d"
"""Formatting characters that belong to the spelling of words and emoji."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cleaned(value: Any) -> str:
    """Text on one line, in composed form, without what cannot be seen; anything else than text is empty."""
    if not isinstance(value, str):
        return ""
    kept = (_seen(letter) for letter in value)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA_SIGNS) else text


def shortened(text: str, longest: int) -> str:
    """Text of at most ``longest`` characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _seen(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind == "Cs" or (kind == "Cf" and letter not in _JOINERS) else letter
