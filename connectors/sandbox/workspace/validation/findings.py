"""Collecting what is wrong with a block, with a pointer to where it is."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.sandbox.workspace.wire import JsonObject


class Findings:
    """The refusals found so far, worded as ``[ERROR] what [json-pointer:/where]``."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def add(self, where: str, what: str) -> None:
        """One more refusal."""
        self.messages.append(f"[ERROR] {what} [json-pointer:{where}]")

    def characters(self, where: str, value: object, most: int, least: int = 0) -> bool:
        """A string of between ``least`` and ``most`` characters."""
        if not isinstance(value, str):
            self.add(where, "must be a string")
        elif len(value) > most:
            self.add(where, f"must be less than {most + 1} characters")
        elif len(value) < least:
            self.add(where, f"must be more than {least - 1} characters")
        else:
            return True
        return False

    def optional(self, where: str, block: JsonObject, key: str, most: int, least: int = 0) -> None:
        """A string that may be left out."""
        if block.get(key) is not None:
            self.characters(f"{where}/{key}", block[key], most, least)

    def items(self, where: str, value: object, most: int, least: int = 1) -> Sequence[object]:
        """A list of between ``least`` and ``most`` items; empty when it is not even a list."""
        if not isinstance(value, list):
            self.add(where, "must be an array")
            return ()
        if len(value) > most:
            self.add(where, f"no more than {most} items allowed")
        elif len(value) < least:
            self.add(where, f"no fewer than {least} items allowed")
        return value

    def one_of(self, where: str, value: object, allowed: Sequence[str]) -> bool:
        """One of a few words."""
        if value in allowed:
            return True
        self.add(where, f"must be one of {', '.join(allowed)}")
        return False

    def table(self, where: str, value: object) -> JsonObject | None:
        """An object, or a refusal."""
        if isinstance(value, dict):
            return value
        self.add(where, "must be an object")
        return None
