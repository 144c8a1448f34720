"""Shopify's search syntax, as far as it is used: ``field:value`` and comparisons, joined by AND."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.sandbox.shopify.errors import GraphError

_TERM = re.compile(r"(\w+):(<=|>=|<|>)?(?:'([^']*)'|\"([^\"]*)\"|(\S+))")
_STAMPS = {
    "created_at": "created_at",
    "updated_at": "updated_at",
    "opening_time": "created_at",
    "occurred_at": "created_at",
}


@dataclass(frozen=True, slots=True)
class Search:
    """A filter: conditions on the columns a list is kept by, and a test of each body for the rest."""

    where: str
    values: tuple[str, ...]
    matches: Callable[[Mapping[str, Any]], bool]


def read_search(text: str | None) -> Search:
    """The filter of a ``query`` argument.

    Raises:
        GraphError: a field that this stand-in does not know.
    """
    conditions: list[str] = []
    values: list[str] = []
    tests: list[tuple[str, str]] = []
    rest = text or ""
    for found in _TERM.finditer(rest):
        name, operator = found.group(1), found.group(2) or "="
        value = found.group(3) or found.group(4) or found.group(5) or ""
        if name in _STAMPS:
            conditions.append(f"{_STAMPS[name]} {operator} ?")
            values.append(value)
        elif name in ("tag", "action", "subject_type", "status"):
            tests.append((name, value))
        else:
            raise GraphError("BAD_REQUEST", f"The search field {name} is not part of this stand-in.")
    left = _TERM.sub("", rest).replace("AND", "").strip()
    if left:
        raise GraphError("BAD_REQUEST", f"The search {left} is not part of this stand-in.")
    return Search(" AND ".join(conditions) or "1", tuple(values), lambda body: all(_has(body, *test) for test in tests))


def _has(body: Mapping[str, Any], name: str, value: str) -> bool:
    if name == "tag":
        tags = body.get("tags") or (body.get("discount") or {}).get("tags") or ()
        return value in tags
    key = {"subject_type": "subjectType"}.get(name, name)
    return str(body.get(key) or "").casefold() == value.casefold()
