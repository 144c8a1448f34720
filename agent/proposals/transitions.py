"""Every legal change of a proposal's status. What is not listed cannot happen; the SQL guards are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Where a proposal is in its life."""

    PENDING = "pending"
    APPROVED = "approved"
    EXECUTING = "executing"
    EXECUTED = "executed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    UNDONE = "undone"


TRANSITIONS: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.PENDING: frozenset(
            {Status.APPROVED, Status.REJECTED, Status.EXPIRED, Status.SUPERSEDED, Status.CANCELLED}
        ),
        Status.APPROVED: frozenset({Status.EXECUTING, Status.FAILED, Status.EXPIRED}),
        Status.EXECUTING: frozenset({Status.EXECUTED, Status.FAILED, Status.UNKNOWN}),
        Status.UNKNOWN: frozenset({Status.EXECUTED, Status.FAILED}),
        Status.EXECUTED: frozenset({Status.UNDONE}),
        Status.FAILED: frozenset(),
        Status.REJECTED: frozenset(),
        Status.EXPIRED: frozenset(),
        Status.SUPERSEDED: frozenset(),
        Status.CANCELLED: frozenset(),
        Status.UNDONE: frozenset(),
    }
)

WORKING = frozenset({Status.APPROVED, Status.EXECUTING})
"""Decided, and not yet settled by the executor."""


class IllegalTransitionError(Exception):
    """A bug: code asked for a change of status that the table does not list."""


def require(before: Status, after: Status) -> None:
    """Raise unless the table lists this change.

    Raises:
        IllegalTransitionError: it does not.
    """
    if after not in TRANSITIONS[before]:
        raise IllegalTransitionError(f"{before} -> {after}")
