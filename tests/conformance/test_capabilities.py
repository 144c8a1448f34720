"""A connector says truly what it can do, in one place: its manifest."""

from __future__ import annotations

import pytest

from connectors.base import Action, ActionKind, Entity, Outcome, Reader, Support
from connectors.errors import TerminalError
from connectors.manifest import load_manifest
from tests.support.platforms.open_rigs import PLATFORMS, has_rig
from tests.support.platforms.rig import Rig


def test_no_platform_is_missing() -> None:
    missing = [platform for platform in PLATFORMS if not has_rig(platform)]
    assert missing == [], f"without a connector, a stand-in or a rig: {', '.join(missing)}"


def test_capabilities_are_complete_and_those_of_the_manifest(rig: Rig, reader: Reader) -> None:
    offered = dict(reader.capabilities())
    assert offered == dict(load_manifest(rig.platform).capabilities())
    assert set(offered) == {*Entity, *ActionKind}


def test_a_reader_knows_its_platform_and_its_connection(rig: Rig) -> None:
    reader = rig.reader(connection="the north shop")
    try:
        assert (reader.platform, reader.connection) == (rig.platform, "the north shop")
    finally:
        reader.close()


def test_the_manifest_lists_the_fields_of_everything_it_reads(rig: Rig) -> None:
    manifest = load_manifest(rig.platform)
    assert manifest.platform == rig.platform
    assert [entity.value for entity in manifest.readable() if not manifest.fields.get(entity)] == []
    assert [entity.value for entity in manifest.readable() if not manifest.entities[entity].feed] == []


def test_sales_stores_and_catalogue_are_read_everywhere(rig: Rig) -> None:
    assert {Entity.LOCATION, Entity.CATALOG, Entity.SALE, Entity.INVENTORY} <= set(
        load_manifest(rig.platform).readable()
    )


def test_what_is_not_offered_cannot_be_pulled(rig: Rig, reader: Reader) -> None:
    missing = [entity for entity in Entity if reader.capabilities()[entity].read is Support.NO]
    for entity in missing:
        with pytest.raises(TerminalError) as caught:
            list(reader.extract(entity, None, until=rig.clock.now()))
        assert caught.value.user_message.endswith(".")


def test_a_healthy_connection_has_no_problems(rig: Rig, reader: Reader) -> None:
    health = reader.check()
    assert (health.ok, list(health.problems)) == (True, [])


def test_an_action_that_is_not_offered_is_unsupported_and_sends_nothing(
    rig: Rig, reader: Reader, refused_kind: ActionKind
) -> None:
    action = Action("6f1c3a54-3f0b-4a7e-9f5e-0c6a5f1f2d11", refused_kind, {}, {}, {})
    seen = reader.preview(action)
    assert (dict(seen.before), dict(seen.request)) == ({}, {})
    assert seen.problem.endswith(".")
    writer = rig.writer(reader)
    try:
        result = writer.execute(action)
        decided = writer.reconcile(action)
    finally:
        writer.close()
    assert result.outcome is Outcome.UNSUPPORTED
    assert result.message.endswith(".")
    assert decided.outcome in (Outcome.UNSUPPORTED, Outcome.UNKNOWN, Outcome.REJECTED)
    assert rig.pos.effects()["effects"] == []
