"""What travels: JSON objects, and Slack's two ways of saying no.

A Web API refusal is HTTP 200 with ``ok: false`` and an error code; a control refusal is a 4xx with one sentence.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from connectors.errors import ConnectorError

JsonObject: TypeAlias = dict[str, Any]


class SlackError(ConnectorError):
    """A refusal as the Web API words it: an error code, sometimes with the reasons."""

    def __init__(self, code: str, *reasons: str) -> None:
        super().__init__(code)
        self.code = code
        self.reasons = reasons

    def body(self) -> JsonObject:
        """The response body, ``response_metadata.messages`` included when there are reasons."""
        body: JsonObject = {"ok": False, "error": self.code}
        if self.reasons:
            body["response_metadata"] = {"messages": list(self.reasons)}
            body["errors"] = list(self.reasons)
        return body


class ControlError(ConnectorError):
    """A control call that cannot be done; the sentence says what is allowed."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
