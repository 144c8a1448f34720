"""Reads the prompts that come with the package, and names them by version and hash so that a receipt can say which.

Change a prompt and the hash changes by itself; raise ``VERSION`` when its meaning does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the calls it should lead to, or the kind of reply when no tool is called."""

    question: str
    calls: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    reply: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Every prompt. ``tool_notes`` is keyed by tool; ``sha256`` covers the bytes of all files."""

    version: str
    sha256: str
    system: str
    briefing: str
    tool_notes: Mapping[str, str]
    examples: tuple[Example, ...]

    def identity(self) -> dict[str, str]:
        """What a receipt keeps: version and hash."""
        return {"version": self.version, "sha256": self.sha256}


def load_prompts() -> Prompts:
    """Read the packaged prompts."""
    texts = dict(_texts(files("prompts")))
    digest = hashlib.sha256()
    for path in sorted(texts):
        digest.update(path.encode() + b"\0" + texts[path].encode() + b"\0")
    return Prompts(
        version=VERSION,
        sha256=digest.hexdigest(),
        system=texts["system.md"].strip(),
        briefing=texts["briefing.md"].strip(),
        tool_notes={
            path.removeprefix("tools/").removesuffix(".md"): text.strip()
            for path, text in texts.items()
            if path.startswith("tools/")
        },
        examples=tuple(
            _example(row)
            for path in sorted(texts)
            if path.startswith("examples/")
            for row in yaml.safe_load(texts[path]) or ()
        ),
    )


def _texts(root: Traversable) -> Iterator[tuple[str, str]]:
    for name in ("system.md", "briefing.md"):
        yield name, root.joinpath(name).read_text(encoding="utf-8")
    for folder, suffix in (("tools", ".md"), ("examples", ".yaml")):
        for entry in root.joinpath(folder).iterdir():
            if entry.name.endswith(suffix):
                yield f"{folder}/{entry.name}", entry.read_text(encoding="utf-8")


def _example(row: Mapping[str, Any]) -> Example:
    return Example(
        question=str(row["question"]),
        calls=tuple((str(call["tool"]), dict(call.get("args") or {})) for call in row.get("calls", ())),
        reply=str(row.get("reply", "")),
        after=str(row.get("after", "")),
    )
