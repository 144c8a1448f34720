from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.db.engine import open_database
from agent.errors import BadInputError, RefusedError
from agent.identity import Directory
from tests.support.proposals_world import MEMBERS, NORTH, STORES
from tools.context import Role


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    made = Directory(database, lambda: list(STORES))
    made.replace_members(MEMBERS)
    made.replace_channels(
        [
            {"channel_id": "C_S02", "name": "harbor-point", "stores": ["S02"]},
            {"channel_id": "C_NORTH", "name": "district-north", "stores": "S01;S03;S05"},
        ]
    )
    yield made
    database.close()


@pytest.mark.parametrize(
    ("user_id", "role", "stores"),
    [
        ("U_OWNER", Role.OWNER, list(STORES)),
        ("U_ANALYST", Role.ANALYST, list(STORES)),
        ("U_DISTRICT", Role.DISTRICT_MANAGER, NORTH),
        ("U_MANAGER_S04", Role.STORE_MANAGER, ["S04"]),
        ("U_STAFF_S02", Role.STAFF, ["S02"]),
    ],
)
def test_everybody_sees_their_stores_and_no_others(
    directory: Directory, user_id: str, role: Role, stores: list[str]
) -> None:
    scope = directory.scope_for(user_id, thread_id="T", channel_id="D_X")
    assert (scope.role, list(scope.store_ids), list(scope.default_store_ids)) == (role, stores, stores)
    assert (scope.thread_id, scope.channel_id) == ("T", "D_X")


@pytest.mark.parametrize(
    ("user_id", "channel_id", "default"),
    [
        ("U_OWNER", "C_S02", ("S02",)),
        ("U_OWNER", "C_NORTH", ("S01", "S03", "S05")),
        ("U_MANAGER_S03", "C_NORTH", ("S03",)),
        ("U_MANAGER_S03", "C_S02", ("S03",)),
        ("U_DISTRICT", "C_S02", ("S01", "S03", "S05")),
        ("U_OWNER", "C_OTHER", tuple(STORES)),
    ],
)
def test_a_channel_narrows_the_default_and_never_widens_it(
    directory: Directory, user_id: str, channel_id: str, default: tuple[str, ...]
) -> None:
    scope = directory.scope_for(user_id, channel_id=channel_id)
    assert scope.default_store_ids == default
    assert set(scope.default_store_ids) <= set(scope.store_ids)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"is_guest": True}, "as a guest"),
        ({"team_ok": False}, "as a guest"),
        ({"is_bot": True}, "not other apps"),
        ({"is_deleted": True}, "deactivated"),
    ],
)
def test_even_the_owner_is_refused_as_a_guest_bot_or_leaver(
    directory: Directory, flags: dict[str, Any], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        directory.scope_for("U_OWNER", **flags)


def test_a_stranger_is_told_whom_to_ask(directory: Directory) -> None:
    with pytest.raises(RefusedError, match="Please ask Olive to add you"):
        directory.scope_for("U_NEW")


def test_somebody_without_a_store_or_made_inactive_is_refused(directory: Directory) -> None:
    directory.replace_members(
        [
            {"user_id": "U_A", "role": "store_manager"},
            {"user_id": "U_B", "role": "owner", "active": False},
            {"user_id": "U_C", "role": "staff", "stores": ["S99"]},
        ]
    )
    for user_id in ("U_A", "U_B", "U_C"):
        with pytest.raises(RefusedError):
            directory.scope_for(user_id)


def test_a_store_that_closed_is_in_nobodys_scope(directory: Directory) -> None:
    directory._stores = lambda: ["S01", "S02"]
    assert directory.scope_for("U_OWNER").store_ids == ("S01", "S02")
    assert directory.scope_for("U_DISTRICT").store_ids == ("S01",)


def test_approvers_come_nearest_first(directory: Directory) -> None:
    assert [one.user_id for one in directory.approvers("S03")] == ["U_MANAGER_S03", "U_DISTRICT", "U_OWNER"]
    assert [one.user_id for one in directory.approvers("S02")] == ["U_MANAGER_S02", "U_OWNER"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"role": "owner"}, "member 1: user_id is missing"),
        ({"user_id": "U_X"}, "member 1: role is missing"),
        ({"user_id": "U_X", "role": "king"}, "“king” is not one of owner, district_manager"),
        ({"user_id": "U_X", "role": "owner", "approve_limit_minor": "much"}, "whole minor units"),
        ({"user_id": "U_X", "role": "owner", "approve_limit_minor": -1}, "cannot be negative"),
    ],
)
def test_bad_members_are_refused_by_name_and_change_nothing(
    directory: Directory, row: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInputError, match=words):
        directory.replace_members([row])
    assert len(directory.members()) == len(MEMBERS)


def test_a_doubled_id_is_refused(directory: Directory) -> None:
    with pytest.raises(BadInputError, match="given twice: U_X"):
        directory.replace_members([{"user_id": "U_X", "role": "owner"}] * 2)


def test_stores_and_limits_are_read_from_file_text(directory: Directory) -> None:
    directory.replace_members(
        [{"user_id": "U_X", "role": "store_manager", "stores": " S03 ;S01;", "approve_limit_minor": "5000"}]
    )
    person = directory.person("U_X")
    assert person is not None
    assert (person.stores, person.approve_limit_minor) == (("S01", "S03"), 5000)


def test_a_stores_own_channel_is_the_one_about_it_alone(directory: Directory) -> None:
    assert directory.channels_of("S02") == ["C_S02"]
    assert directory.channels_of("S01") == []
