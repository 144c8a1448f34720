"""The contract's own words: what must hold before any platform is looked at."""

from __future__ import annotations

import pytest

from connectors.base import ACTION_SHAPES, ActionKind, Entity
from connectors.manifest import PLATFORMS, load_manifest


def test_an_entity_and_an_action_never_share_a_name() -> None:
    # Both are keys of one mapping of capabilities, and equal text would be one key.
    assert not {entity.value for entity in Entity} & {kind.value for kind in ActionKind}


def test_every_kind_of_action_says_what_it_carries() -> None:
    assert set(ACTION_SHAPES) == set(ActionKind)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_manifest_speaks_of_everything(platform: str) -> None:
    manifest = load_manifest(platform)
    assert manifest.platform == platform
    assert set(manifest.capabilities()) == {*Entity, *ActionKind}
    assert manifest.unconfirmed or manifest.quality == "gold"
    for entity in manifest.readable():
        assert manifest.fields.get(entity), f"{platform} lists no known fields of {entity.value}"
