"""Where a webhook goes, and what it may carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from connectors.base import ActionKind

PREFIX = "outbound:"
"""Before the name of a target where connections are named; no POS account can have a name with a colon."""

LEAST_PEOPLE = 5
"""A customer list of fewer is never made."""

KINDS: Mapping[str, ActionKind] = MappingProxyType(
    {
        "customer_list": ActionKind.CUSTOMER_LIST,
        "store_note": ActionKind.STORE_NOTE,
        "signage": ActionKind.SIGNAGE,
    }
)
"""What a target may be set to take, by the word in the settings."""


@dataclass(frozen=True, slots=True)
class Target:
    """One receiver.

    ``idempotent`` says that it drops a second message with an id it has seen; only then is one that was not answered
    sent again. ``setting`` is the name of the environment variable of the secret, for messages.
    """

    name: str
    url: str
    key: bytes = field(repr=False)
    kinds: frozenset[ActionKind]
    idempotent: bool = False
    setting: str = ""

    @property
    def connection(self) -> str:
        """How proposals name it."""
        return f"{PREFIX}{self.name}"
