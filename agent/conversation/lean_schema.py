"""The schema of a tool's arguments as a model reads it: without what costs tokens and tells it nothing.

The tool itself checks what it is given by its own, whole schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_OF_A_SCHEMA = frozenset({"title", "maxLength", "minLength", "maxItems", "additionalProperties"})
_NULL = {"type": "null"}


def lean_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same arguments; one that may be left out is no longer also a null by default."""
    lean = {key: value for key, value in schema.items() if key not in _OF_A_SCHEMA}
    if lean.get("default", ...) is None:
        del lean["default"]
    if "anyOf" in lean:
        choices = [choice for choice in lean.pop("anyOf") if choice != _NULL]
        lean = {**lean_schema(choices[0]), **lean} if len(choices) == 1 else {**lean, "anyOf": choices}
    for key in ("anyOf", "allOf", "prefixItems"):
        if key in lean:
            lean[key] = [lean_schema(choice) for choice in lean[key]]
    if isinstance(lean.get("items"), Mapping):
        lean["items"] = lean_schema(lean["items"])
    for key in ("properties", "$defs"):
        if key in lean:
            lean[key] = {name: lean_schema(one) for name, one in lean[key].items()}
    return lean
