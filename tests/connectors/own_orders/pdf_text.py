"""The text of a PDF, read from its objects: streams are unpacked, letters looked up in each font's own map."""

from __future__ import annotations

import base64
import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\r?\n(.*?)endobj", re.DOTALL)
_SHOWN = re.compile(rb"/(F[^\s]+) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def objects(pdf: bytes) -> dict[int, bytes]:
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    return {int(number): body for number, body in _OBJECT.findall(pdf)}


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its pieces separated by spaces."""
    known = objects(pdf)
    root = next(body for body in known.values() if re.search(rb"/Type /Pages\b", body))
    kids = re.search(rb"/Kids \[(.*?)\]", root, re.DOTALL)
    assert kids
    return [_page(known, int(number)) for number in re.findall(rb"(\d+) 0 R", kids[1])]


def stream(body: bytes) -> bytes:
    found, length = re.search(rb"stream\r?\n", body), re.search(rb"/Length (\d+)", body)
    assert found
    assert length
    data = body[found.end() : found.end() + int(length[1])]
    if b"/ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompress(data) if b"/FlateDecode" in body else data


def _page(known: dict[int, bytes], number: int) -> str:
    content = re.search(rb"/Contents (\d+) 0 R", known[number])
    assert content
    fonts = {name: _letters(known, int(font)) for name, font in _fonts(known)}
    letters: dict[int, str] = {}
    said: list[str] = []
    for font, text in _SHOWN.findall(stream(known[int(content[1])])):
        if font:
            letters = fonts[font]
        else:
            said.append("".join(letters.get(code, chr(code)) for code in _unescaped(text)))
    return " ".join(" ".join(said).replace("\u00a0", " ").split())


def _fonts(known: dict[int, bytes]) -> list[tuple[bytes, bytes]]:
    return [pair for body in known.values() for pair in re.findall(rb"/(F\d[^\s]*) (\d+) 0 R", body)]


def _letters(known: dict[int, bytes], font: int) -> dict[int, str]:
    table = re.search(rb"/ToUnicode (\d+) 0 R", known[font])
    if not table:
        return {}
    cmap = stream(known[int(table[1])])
    found: dict[int, str] = {}
    for first, last, listed in re.findall(rb"<(\w+)> <(\w+)> \[(.*?)\]", cmap, re.DOTALL):
        codes = range(int(first, 16), int(last, 16) + 1)
        found |= dict(zip(codes, (chr(int(code, 16)) for code in re.findall(rb"<(\w+)>", listed)), strict=True))
    for code, letter in re.findall(rb"^<(\w+)> <(\w+)>$", cmap, re.MULTILINE):
        found[int(code, 16)] = chr(int(letter, 16))
    return found


def _unescaped(text: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        letter = found[1]
        return bytes([int(letter, 8)]) if len(letter) == 3 else _PLAIN.get(letter, letter)

    return _ESCAPED.sub(plain, text)
