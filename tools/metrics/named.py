"""The metrics that names mean; where a name means none, the known ones near to it and those asked for beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from tools.errors import BadArgumentError
from tools.metrics.model import Metric

_NEAR = 75
_SHARED = 20
"""What each word in common is worth beside the likeness of the letters."""
_MOST = 6


def found_by_word(names: Sequence[str], words: Mapping[str, Metric]) -> list[Metric]:
    """The metric of each name, a label or another word for it; ``words`` holds every word for each.

    Raises:
        BadArgumentError: some are none; the sentences name those near to them, or all, and the known ones of the call.
    """
    found = {name.strip()[:40]: _found(name, words) for name in names}
    known = [one for one in found.values() if one is not None]
    if len(known) == len(found):
        return known
    said = []
    for shown, one in found.items():
        if one is None:
            near = _near(_key(shown), words)
            every = dict.fromkeys(metric.name for metric in reversed(list(words.values())))
            there = f"Near to it: {', '.join(near)}" if near else f"There are: {', '.join(every)}"
            said.append(f"There is no metric “{shown}”. {there}.")
    if known:
        said.append(f"Of those asked for {', '.join(one.name for one in known)} can be had.")
    raise BadArgumentError(" ".join(said))


def _key(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", name.strip().lower()).replace("labor", "labour").replace("_%", "_pct")


def _found(name: str, words: Mapping[str, Metric]) -> Metric | None:
    key = _key(name)
    return words.get(key) or words.get(key.removesuffix("s"))


def _near(key: str, words: Mapping[str, Metric]) -> list[str]:
    parts = _parts(key)
    found: dict[str, float] = {}
    for word, metric in words.items():
        near = fuzz.ratio(key, word) + _SHARED * len(parts & _parts(word))
        if near >= _NEAR:
            found[metric.name] = max(near, found.get(metric.name, 0))
    return sorted(found, key=lambda name: -found[name])[:_MOST]


def _parts(key: str) -> set[str]:
    return {part.removesuffix("s") for part in key.split("_")}
