"""Faults on order, so that anyone can see what the bot does when a POS misbehaves."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from connectors.sandbox.standin.happenings import RefusalError

ANY_OPERATION = "*"
_MOST = 10_000


class Fault(StrEnum):
    """What goes wrong. ``before`` means that nothing is applied, ``after`` that it is applied and committed."""

    REFUSE = "refuse"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    THROTTLE = "throttle"
    DUPLICATE_REPLY = "duplicate_reply"
    NOT_JSON = "not_json"
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 the name of a fault


class Faults:
    """What is ordered and not yet used up; safe from any thread."""

    def __init__(self, operations: frozenset[str]) -> None:
        self._operations = operations
        self._lock = threading.Lock()
        self._ordered: list[tuple[str, Fault, int]] = []

    def order(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Order a fault for the next ``times`` calls of ``operation``; 0 takes orders of that operation back.

        Raises:
            RefusalError: 400 naming the field and what is allowed.
        """
        operation, times = request.get("operation"), request.get("times", 1)
        if not operation:
            raise RefusalError(400, "Field must be set: operation", "operation")
        if operation != ANY_OPERATION and operation not in self._operations:
            allowed = ", ".join(["*", *sorted(self._operations)])
            raise RefusalError(400, f"operation must be one of {allowed}.", "operation")
        if not isinstance(times, int) or isinstance(times, bool) or not 0 <= times <= _MOST:
            raise RefusalError(400, f"times must be a whole number from 0 to {_MOST}.", "times")
        if request.get("fault") not in set(Fault):
            raise RefusalError(400, f"fault must be one of {', '.join(Fault)}.", "fault")
        with self._lock:
            if times == 0:
                self._ordered = [item for item in self._ordered if item[0] != operation]
            else:
                self._ordered.append((str(operation), Fault(request["fault"]), times))
        return self.listing()

    def take(self, operation: str) -> Fault | None:
        """The fault for this call, if one is ordered; oldest order first."""
        with self._lock:
            for index, (wanted, fault, times) in enumerate(self._ordered):
                if wanted in (operation, ANY_OPERATION):
                    left = [(wanted, fault, times - 1)] if times > 1 else []
                    self._ordered[index : index + 1] = left
                    return fault
        return None

    def listing(self) -> dict[str, Any]:
        """What is still to come."""
        with self._lock:
            return {
                "faults": [
                    {"operation": operation, "fault": fault.value, "times": times}
                    for operation, fault, times in self._ordered
                ]
            }
