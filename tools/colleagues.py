"""Who may read the names of employees: those who answer for a store, and nobody else; and what is such a name."""

from __future__ import annotations

import re

from tools.context import Role, Scope, ToolContext
from tools.errors import NotAllowedError
from tools.metrics.values_query import build_employees

_MAY_NAME = frozenset({Role.OWNER, Role.DISTRICT_MANAGER, Role.STORE_MANAGER})
NAMES_WITHHELD = "Who it was is shown to store managers, district managers and owners only."


def may_name(scope: Scope) -> bool:
    """Whether the person may see which employee did something, in the stores of the scope."""
    return scope.role in _MAY_NAME


def require_names(scope: Scope) -> None:
    """Refuse an answer that is about single employees.

    Raises:
        NotAllowedError: the person does not answer for a store.
    """
    if not may_name(scope):
        raise NotAllowedError("Answers by employee are for store managers, district managers and owners only.")


def is_a_colleague(phrase: str, context: ToolContext) -> bool:
    """Whether a phrase is the name of somebody at the stores that the asker may see, or a part of it."""
    said = set(re.findall(r"\w+", phrase.lower()))
    people = build_employees(context.scope)
    names = [str(row["name"]).lower() for row in context.mirror.query(people.sql, people.params).dicts()]
    return bool(said) and any(said <= set(re.findall(r"\w+", name)) for name in names)
