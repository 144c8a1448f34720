"""What the arguments of a tool may be: whether it takes some, and between which values one of them chooses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from tools.registry import catalogue


def valid(tool: str, args: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The call, if there is such a tool and it takes these arguments."""
    spec = catalogue().get(tool)
    if spec is None:
        return None
    try:
        spec.arguments.model_validate(args)
    except ValidationError:
        return None
    return tool, dict(args)


@lru_cache(maxsize=512)
def choices(tool: str, argument: str) -> tuple[str, ...]:
    """What an argument may be, in order; empty where anything may, or there is no such tool or argument.

    >>> choices("compare_periods", "by")
    ('store', 'weekday', 'hour', 'department', 'category')
    """
    spec = catalogue().get(tool)
    schema = spec.schema()["properties"].get(argument, {}) if spec is not None else {}
    for one in (schema, *schema.get("anyOf", ())):
        if "enum" in one:
            return tuple(map(str, one["enum"]))
    return ()
