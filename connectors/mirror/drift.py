"""Fields that a platform began to send and its manifest does not know: kept in raw, counted here, told by ``doctor``.

A path is written with dots, and lists are passed through: ``line_items.note`` is the note of any line (``[]`` may be
written behind a list's name). ``[fields]`` of a manifest lists paths; one that has no listed path below it covers
everything below, and ``*`` stands for any name. An entity without listed fields is not looked at.

Looking is cheap where nothing is unknown: the names at one place are compared with the known ones at once, and only
places that have listed paths below them are gone into. A record that was just taken in has its object with it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.payload import object_of

_PRINTABLE = re.compile(r"^[\w$@-]{1,60}$")
_LONGEST = 200
_MOST_PATHS = 500


@dataclass(slots=True)
class _Node:
    """Known names at one place; without any, everything below is known."""

    below: dict[str, _Node] = field(default_factory=dict)
    deeper: tuple[tuple[str, _Node], ...] = ()
    """Those of ``below`` that have known names of their own."""

    def child(self, name: str) -> _Node | None:
        return self.below.get(name) or self.below.get("*")


class DriftWatch:
    """What one platform's manifest knows; safe from any thread."""

    def __init__(self, fields: Mapping[Entity, Sequence[str]]) -> None:
        self._known = {entity: _tree(paths) for entity, paths in fields.items() if paths}
        self._paths: dict[Entity, set[str]] = {}
        self._lock = threading.Lock()

    def look(self, records: Iterable[RawRecord]) -> dict[tuple[Entity, str], int]:
        """How many of ``records`` have each unknown path, by (entity, path)."""
        counts: dict[tuple[Entity, str], int] = {}
        for record in records:
            for path in self.unknown(record):
                counts[(record.entity, path)] = counts.get((record.entity, path), 0) + 1
        return counts

    def unknown(self, record: RawRecord) -> tuple[str, ...]:
        """The unknown paths of one record; none of a payload that is not JSON."""
        tree = self._known.get(record.entity)
        if tree is None:
            return ()
        value = object_of(record)
        try:
            if _is_known(value, tree):
                return ()
            found = dict.fromkeys(_walk(value, tree, ""))
        except RecursionError:
            return ()
        with self._lock:
            return self._kept(record.entity, found)

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
    _settle(root)
    return root


def _settle(node: _Node) -> None:
    node.deeper = tuple((name, inner) for name, inner in node.below.items() if inner.below)
    for _, inner in node.deeper:
        _settle(inner)


def _is_known(value: Any, node: _Node) -> bool:
    """Whether nothing below is unknown, without saying what; most objects end here."""
    if isinstance(value, list):
        return all(_is_known(item, node) for item in value)
    if not isinstance(value, dict):
        return True
    if "*" in node.below:
        return not any(_walk(value, node, ""))
    return value.keys() <= node.below.keys() and all(
        _is_known(value[name], inner) for name, inner in node.deeper if name in value
    )


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
