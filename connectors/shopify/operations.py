"""The GraphQL documents that are sent, one file per purpose in ``documents``.

Fragments are written out where they are used before a document is sent: the text of a bulk query may not have any, and
so every text is complete in itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_FRAGMENT = re.compile(r"^fragment (\w+) on \w+ \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_SPREAD = re.compile(r"\.\.\.(?!\s*on\b)\s*(\w+)")
_NAME = re.compile(r"^(?:query|mutation)\s+(\w+)", re.MULTILINE)
_HEADER = re.compile(r"^query \w+\([^)]*\)\s*\{", re.MULTILINE)
_LEFT_OUT = "fragments"


@cache
def document(name: str) -> str:
    """The text of a document, by the name of its file without the extension."""
    return _written_out(_read(name), _fragments())


@cache
def operation_name(name: str) -> str:
    """What a document calls its operation."""
    found = _NAME.search(document(name))
    if found is None:
        raise ValueError(f"{name}.graphql has no named operation")
    return found.group(1)


def document_names() -> tuple[str, ...]:
    """Every document, in alphabetical order."""
    found = (entry.name for entry in files("connectors.shopify").joinpath("documents").iterdir())
    names = sorted(name.removesuffix(".graphql") for name in found if name.endswith(".graphql"))
    return tuple(name for name in names if name != _LEFT_OUT)


def bulk_text(name: str, query: str, switches: Mapping[str, bool]) -> str:
    """A document as a bulk operation takes it: no variables, no directives, fields that are switched off left out."""
    text = document(name)
    for switch, on in switches.items():
        field = rf"\w+ @include\(if: \${switch}\) \{{[^{{}}]*\}}"
        text = re.sub(rf" @include\(if: \${switch}\)", "", text) if on else re.sub(field, "", text)
    return _HEADER.sub("{", text, count=1).replace("$query", json.dumps(query))


def _read(name: str) -> str:
    return files("connectors.shopify").joinpath("documents", f"{name}.graphql").read_text(encoding="utf-8")


@cache
def _fragments() -> Mapping[str, str]:
    return dict(_FRAGMENT.findall(_read(_LEFT_OUT)))


def _written_out(text: str, fragments: Mapping[str, str]) -> str:
    while spread := _SPREAD.search(text):
        text = text[: spread.start()] + fragments[spread.group(1)].strip() + text[spread.end() :]
    return text
