"""Every platform's rig, found by name.

What the owner of a platform provides for ``tests/conformance``: a module ``tests/support/platforms/<platform>.py``
with

- ``open_rig(folder) -> ContextManager[Rig]``: a stand-in filled from ``shop.Shop``, its clock and its faults behind a
  server on loopback, and makers of the production reader and writer that talk to it; see ``rig.Rig`` for each field;
- patience short enough for tests: a fault that hangs ends within a second (``Policy`` with small timeouts, and a
  stand-in that hangs up soon after).

The reader that ``Rig.reader()`` makes has the pseudonym key and the webhook key of ``rig``, and the connection name
of the platform. Its manifest lists under ``[fields]`` every path of the raw objects that a plain sync lands.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.base import PLATFORM_KINDS, ActionKind, Entity, Support
from connectors.manifest import PLATFORMS, Manifest, load_manifest
from tests.support.platforms.rig import Rig

__all__ = ["PLATFORMS", "has_rig", "manifest_of", "offered_kinds", "open_rig", "readable_entities", "refused_kinds"]


def has_rig(platform: str) -> bool:
    """Whether the platform's rig and connector are there."""
    names = (f"tests.support.platforms.{platform}", f"connectors.{platform}", f"connectors.sandbox.{platform}")
    return all(importlib.util.find_spec(name) is not None for name in names)


@contextmanager
def open_rig(platform: str, folder: Path) -> Iterator[Rig]:
    """The rig of a platform, with its server running; ``folder`` is for its files."""
    module = importlib.import_module(f"tests.support.platforms.{platform}")
    with module.open_rig(folder) as rig:
        yield rig


def manifest_of(platform: str) -> Manifest | None:
    """The manifest of a platform that is there."""
    return load_manifest(platform) if has_rig(platform) else None


def offered_kinds(platform: str) -> list[ActionKind]:
    """What can be written to the platform."""
    manifest = manifest_of(platform)
    return [kind for kind in ActionKind if manifest and _offers(manifest, kind)]


def refused_kinds(platform: str) -> list[ActionKind]:
    """What cannot."""
    manifest = manifest_of(platform)
    return [kind for kind in PLATFORM_KINDS if manifest and not _offers(manifest, kind)]


def readable_entities(platform: str) -> list[Entity]:
    """What can be read from the platform."""
    manifest = manifest_of(platform)
    return list(manifest.readable()) if manifest else []


def _offers(manifest: Manifest, kind: ActionKind) -> bool:
    entry = manifest.actions.get(kind)
    return entry is not None and entry.write is not Support.NO
