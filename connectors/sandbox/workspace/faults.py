"""Faults on demand: the next calls of a Web API method fail the way Slack's sometimes do."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.sandbox.workspace.wire import ControlError, JsonObject

RATE_LIMITED = "rate_limited"
SERVER_ERROR = "server_error"


@dataclass(slots=True)
class Fault:
    """``fault`` is ``rate_limited``, ``server_error`` or an error code to answer with."""

    method: str
    fault: str
    times: int
    retry_after: int


class Faults:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        self._pending: list[Fault] = []

    def plan(self, body: JsonObject) -> None:
        """Plan a fault from a control call: ``{method, fault, times?, retry_after?}``; method ``*`` is any.

        Raises:
            ControlError: A field is missing or of the wrong kind.
        """
        method, fault = body.get("method"), body.get("fault")
        times, retry_after = body.get("times", 1), body.get("retry_after", 1)
        if not isinstance(method, str) or not isinstance(fault, str) or not method or not fault:
            raise ControlError("method and fault are needed, for example method chat.postMessage, fault rate_limited.")
        if not isinstance(times, int) or not isinstance(retry_after, int) or times < 1 or retry_after < 0:
            raise ControlError("times must be a whole number from 1, retry_after a whole number of seconds from 0.")
        self._pending.append(Fault(method, fault, times, retry_after))

    def take(self, method: str) -> Fault | None:
        """The fault this call meets, if one is planned; it is used up by one."""
        for fault in self._pending:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self._pending.remove(fault)
                return fault
        return None
