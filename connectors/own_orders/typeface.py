"""The letters of the PDF: fonts that are on the machine already, and what they cannot show.

DejaVu Sans comes with matplotlib, which the forecasts bring, and has Latin, Greek and Cyrillic letters. Where it is
missing, Vera comes with reportlab and has the letters of western Europe. What neither has is shown as a question
mark; so are letters that run from right to left, which would stand in the wrong order.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_LAST_OF_PLANE = 0xFFFF
_DEJAVU = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_VERA = ("Vera.ttf", "VeraBd.ttf")


@dataclass(frozen=True, slots=True)
class Typeface:
    """A regular and a bold font by the names they have in the PDF library, and what both can show."""

    regular: str
    bold: str
    glyphs: frozenset[int]

    def shown(self, text: str) -> str:
        """The text as it is printed."""
        return "".join(self._shown(letter) for letter in text)

    def marked_up(self, text: str) -> str:
        """The same for a paragraph, whose text is markup."""
        return escape(self.shown(text))

    def lacks(self, text: str) -> bool:
        """Whether something of the text is replaced."""
        return self.shown(text).count("?") > text.count("?")

    def _shown(self, letter: str) -> str:
        if unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f":
            return ""
        is_there = ord(letter) <= _LAST_OF_PLANE and ord(letter) in self.glyphs
        return letter if is_there and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT else "?"


def typeface() -> Typeface:
    """The best typeface there is. The library keeps one register of fonts, so this is not for two threads at once."""
    regular, bold = (_font(path) for path in _paths())
    return Typeface(
        regular.fontName, bold.fontName, frozenset(regular.face.charToGlyph) & frozenset(bold.face.charToGlyph)
    )


def _paths() -> tuple[str, str]:
    spec = find_spec("matplotlib")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "mpl-data" / "fonts" / "ttf"
        if all((folder / name).is_file() for name in _DEJAVU):
            return str(folder / _DEJAVU[0]), str(folder / _DEJAVU[1])
    return _VERA


def _font(path: str) -> TTFont:
    name = f"Order{Path(path).stem.replace('-', '')}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, path))
    return pdfmetrics.getFont(name)
