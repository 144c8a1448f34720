"""Reading a method's arguments: JSON or form bodies, JSON inside forms, and what must be there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from connectors.sandbox.workspace.wire import JsonObject, SlackError

STRUCTURED = ("blocks", "view", "chunks", "metadata", "prompts", "files", "attachments", "loading_messages", "message")


@dataclass(frozen=True, slots=True)
class Call:
    """One authorised call: its arguments and where it came to (scheme and host)."""

    method: str
    args: JsonObject
    base_url: str

    def text(self, name: str, default: str = "") -> str:
        """A string argument, ``default`` when absent."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, code: str = "invalid_arguments") -> str:
        """A string argument that must be there and not empty.

        Raises:
            SlackError: ``code``, naming the argument.
        """
        value = self.text(name)
        if not value:
            raise SlackError(code, f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument in any of the ways forms spell it."""
        value = self.args.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number, at most ``most``.

        Raises:
            SlackError: ``invalid_limit``.
        """
        try:
            return min(int(self.args.get(name, default)), most)
        except (TypeError, ValueError):
            raise SlackError("invalid_limit") from None

    def items(self, name: str) -> list[JsonObject] | None:
        """A list argument, None when absent.

        Raises:
            SlackError: ``invalid_arguments`` when it is something else.
        """
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list):
            raise SlackError("invalid_arguments", f"[ERROR] {name} must be an array")
        return cast("list[JsonObject]", value)


async def read_arguments(request: Request) -> JsonObject:
    """The arguments of a request, query string included.

    Raises:
        SlackError: ``invalid_json`` or ``json_not_object``.
    """
    args: JsonObject = dict(request.query_params)
    body = await request.body()
    if not body:
        return args
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            given = json.loads(body)
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(given, dict):
            raise SlackError("json_not_object")
        args |= given
    else:
        args |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    for name in STRUCTURED:
        if isinstance(args.get(name), str) and args[name][:1] in ("[", "{"):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                raise SlackError(f"invalid_{name}_format" if name == "blocks" else "invalid_arguments") from None
    return args
