"""Who may read the names of employees: those who answer for a store, and nobody else."""

from __future__ import annotations

from tools.context import Role, Scope
from tools.errors import NotAllowedError

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
