"""On which line of a CSV file a record stands.

The engine counts records; a person looks for lines. In most files every line is a record, which costs one count to
know. Only where that is not so are the lines walked: empty lines are no records, a quoted cell may go on over several
lines, and rows that cannot be read have no record. Nothing is kept but the records at which the distance changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 22
_BLOCK = 1 << 12
_CLOSING = re.compile(rb'(?:[^"]|"")*"(?!")')


def count_lines(path: Path) -> int:
    """Lines of the file, the header among them, the last one whether or not it has a line break."""
    seen, last = 0, b"\n"
    with path.open("rb") as stream:
        mark = _line_break(stream.read(_CHUNK))
        stream.seek(0)
        while chunk := stream.read(_CHUNK):
            seen += chunk.count(mark)
            last = chunk[-1:]
    return seen + (last != mark)


def lines_at(path: Path, positions: Collection[int]) -> dict[int, int]:
    """The line on which each byte position (the first is 1) stands, or the next one that is not empty."""
    found: dict[int, int] = {}
    line, at = 1, 0
    with path.open("rb") as stream:
        mark = _line_break(stream.read(_CHUNK))
        stream.seek(0)
        for position in sorted(positions):
            wanted = position - 1
            while at < wanted:
                chunk = stream.read(min(_CHUNK, wanted - at))
                if not chunk:
                    break
                line += chunk.count(mark)
                at += len(chunk)
            found[position] = line + _empty_lines_from(stream, mark)
            stream.seek(at)
    return found


def _empty_lines_from(stream: BinaryIO, mark: bytes) -> int:
    seen = 0
    while chunk := stream.read(_BLOCK):
        rest = chunk.lstrip(b"\r\n")
        seen += chunk[: len(chunk) - len(rest)].count(mark)
        if rest:
            break
    return seen


def record_starts(path: Path, delimiter: str) -> Iterator[int]:
    """The line on which each record starts, the unreadable ones among them, the header not."""
    opening = re.compile(rb'(?:^|(?<=%b))[ ]*"((?:[^"]|"")*"(?!"))?' % re.escape(delimiter.encode()))
    inside, header = False, True
    for number, line in enumerate(_lines(path), start=1):
        text = line.rstrip(b"\r\n")
        if inside:
            closed = _CLOSING.match(text)
            if closed:
                inside = _stays_open(text[closed.end() :], opening)
            continue
        if text and not header:
            yield number
        header = header and not text
        if b'"' in text:
            inside = _stays_open(text, opening)


def _stays_open(text: bytes, opening: re.Pattern[bytes]) -> bool:
    """Whether a quoted cell starts on this line and goes on after it."""
    at = 0
    while found := opening.search(text, at):
        if found.group(1) is None:
            return True
        at = found.end()
    return False


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        mark = _line_break(stream.read(_CHUNK))
        stream.seek(0)
        if mark == b"\n":
            yield from stream
            return
        rest = b""
        while chunk := stream.read(_CHUNK):
            *whole, rest = (rest + chunk).split(mark)
            yield from whole
        yield rest


def _line_break(start: bytes) -> bytes:
    return b"\r" if b"\r" in start and b"\n" not in start else b"\n"
