"""What a connector says of itself, out of the ``manifest.toml`` in its folder.

The manifest is the one place for a platform's API version, scopes, capabilities and known fields; code, ``doctor``
and the documentation read it. What nobody could confirm against the platform is listed under ``unconfirmed``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from connectors.base import ActionKind, Capability, Entity, Support

PLATFORMS = ("square", "shopify", "lightspeed_x", "lightspeed_r", "clover")
"""Every platform with a connector; the name is the folder's."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Credential(_Strict):
    """A token: the setting that holds it, what it must be allowed, and where the platform shows it."""

    setting: str
    scopes: tuple[str, ...] = ()
    where: str = ""


class Webhooks(_Strict):
    """``setting`` holds the secret; without ``events`` the platform sends none and is polled.

    ``secret_address``: the address carries a secret part, for the platform does not surely sign what it sends.
    """

    setting: str = ""
    signature_header: str = ""
    secret_address: bool = False
    events: tuple[str, ...] = ()
    note: str = ""


class EntityEntry(_Strict):
    """How far an entity can be read, and how its changes are followed; see ``Capability.whole_list``."""

    read: Support
    feed: str = ""
    whole_list: bool = False


class ActionEntry(_Strict):
    """How far an action can be written."""

    write: Support
    idempotent: bool = False
    compare_and_set: bool = False
    note: str = ""


class Manifest(_Strict):
    """One platform. ``quality`` is bronze (reads), silver (writes too) or gold (met the real platform)."""

    platform: str
    title: str
    api_version: str
    quality: Literal["bronze", "silver", "gold"]
    base_url: str
    documentation: str
    sandbox_base_url: str = ""
    read: Credential
    write: Credential
    webhooks: Webhooks = Webhooks()
    entities: Mapping[Entity, EntityEntry]
    actions: Mapping[ActionKind, ActionEntry]
    fields: Mapping[Entity, tuple[str, ...]] = Field(default_factory=dict)
    limits: Mapping[str, str | int] = Field(default_factory=dict)
    unconfirmed: tuple[str, ...] = ()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """Every entity and action kind; what the manifest leaves out is not offered."""
        found: dict[Entity | ActionKind, Capability] = {}
        for entity in Entity:
            entry = self.entities.get(entity)
            found[entity] = (
                Capability(read=entry.read, whole_list=entry.whole_list, note=entry.feed) if entry else Capability()
            )
        for kind in ActionKind:
            action = self.actions.get(kind)
            found[kind] = (
                Capability(
                    read=Support.YES if action.write is not Support.NO else Support.NO,
                    write=action.write,
                    idempotent=action.idempotent,
                    compare_and_set=action.compare_and_set,
                    note=action.note,
                )
                if action
                else Capability()
            )
        return found

    def readable(self) -> tuple[Entity, ...]:
        """Entities that a sync pulls, in its order."""
        return tuple(
            entity for entity in Entity if (entry := self.entities.get(entity)) and entry.read is not Support.NO
        )


@cache
def load_manifest(platform: str) -> Manifest:
    """The manifest of a platform.

    Raises:
        KeyError: there is no connector of that name.
        pydantic.ValidationError: the file is wrong; a programming error, held by a test.
    """
    if platform not in PLATFORMS:
        raise KeyError(platform)
    text = files(f"connectors.{platform}").joinpath("manifest.toml").read_text(encoding="utf-8")
    return Manifest.model_validate(tomllib.loads(text))
