"""Fields that a platform began to send and its manifest does not know: kept in raw, counted here, told by ``doctor``.

A path is written with dots, and lists are passed through: ``line_items.note`` is the note of any line (``[]`` may be
written behind a list's name). ``[fields]`` of a manifest lists paths; one that has no listed path below it covers
everything below, and ``*`` stands for any name. An entity without listed fields is not looked at.

Looking is cheap because objects of one kind mostly have the same names: the names in a payload are found without
parsing it, and only a set of names that was not seen before, and every so often one that was, is walked.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.base import Entity, RawRecord

_NAME = re.compile(rb'"([^"\\]*+)"\s*:')
_PRINTABLE = re.compile(r"^[\w$@-]{1,60}$")
_LONGEST = 200
_MOST_SETS = 4_096
_MOST_PATHS = 500
_LOOKED_AT_AGAIN = 64


@dataclass(slots=True)
class _Node:
    """Known names at one place; without any, everything below is known."""

    below: dict[str, _Node] = field(default_factory=dict)

    def child(self, name: str) -> _Node | None:
        return self.below.get(name) or self.below.get("*")


class DriftWatch:
    """What one platform's manifest knows; safe from any thread."""

    def __init__(self, fields: Mapping[Entity, Sequence[str]]) -> None:
        self._known = {entity: _tree(paths) for entity, paths in fields.items() if paths}
        self._seen: dict[tuple[Entity, frozenset[bytes]], tuple[str, ...]] = {}
        self._paths: dict[Entity, set[str]] = {}
        self._count = 0
        self._lock = threading.Lock()

    def look(self, records: Iterable[RawRecord]) -> dict[tuple[Entity, str], int]:
        """How many of ``records`` have each unknown path, by (entity, path)."""
        counts: dict[tuple[Entity, str], int] = {}
        for record in records:
            for path in self.unknown(record):
                counts[(record.entity, path)] = counts.get((record.entity, path), 0) + 1
        return counts

    def unknown(self, record: RawRecord) -> tuple[str, ...]:
        """The unknown paths of one record."""
        tree = self._known.get(record.entity)
        if tree is None:
            return ()
        key = (record.entity, frozenset(_NAME.findall(record.payload)))
        known = self._seen.get(key)
        self._count += 1
        if known is not None and self._count % _LOOKED_AT_AGAIN:
            return known
        try:
            found = dict.fromkeys(_walk(json.loads(record.payload), tree, ""))
        except (ValueError, RecursionError):
            return ()
        with self._lock:
            paths = self._kept(record.entity, found)
            if len(self._seen) >= _MOST_SETS:
                self._seen.clear()
            # A set of names seen before may hold a known name in a new place; then its own paths count from here on.
            self._seen[key] = tuple(dict.fromkeys((*(known or ()), *paths)))
        return paths

    def _kept(self, entity: Entity, paths: Iterable[str]) -> tuple[str, ...]:
        """At most so many paths: an object keyed by ids would bring a new one each time."""
        known = self._paths.setdefault(entity, set())
        kept = []
        for path in paths:
            if path in known or len(known) < _MOST_PATHS:
                known.add(path)
                kept.append(path)
        return tuple(kept)


def _tree(paths: Iterable[str]) -> _Node:
    root = _Node()
    for path in paths:
        node = root
        for name in path.replace("[]", "").split("."):
            node = node.below.setdefault(name, _Node())
    return root


def _walk(value: Any, node: _Node, path: str) -> Iterator[str]:
    """Unknown paths below ``path``; an unknown object is told by what is in it."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, node, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            where = f"{path}.{_plain(name)}" if path else _plain(name)
            known = node.child(name)
            if known is None:
                yield from _leaves(inner, where[:_LONGEST])
            elif known.below:
                yield from _walk(inner, known, where)


def _leaves(value: Any, path: str) -> Iterator[str]:
    inner = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    objects = [item for item in inner if isinstance(item, dict) and item]
    if not objects:
        yield path
    for item in objects:
        for name, below in item.items():
            yield from _leaves(below, f"{path}.{_plain(name)}"[:_LONGEST])


def _plain(name: str) -> str:
    """A name that may be shown: one that is not a plain word could be somebody's address."""
    return name if _PRINTABLE.match(name) else "*"
