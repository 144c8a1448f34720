"""Who is let in: Slack's word on the account first, then the directory; nobody when Slack does not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from agent.errors import RefusedError, UnavailableError
from agent.slack.bot import build_client
from agent.slack.delivery.send import Sender
from agent.slack.people import People
from agent.slack.ui.message import Outgoing
from connectors.sandbox.workspace import DEMO_BOT_TOKEN
from tests.support.slack_rig import Rig, slack_rig


def people(rig: Rig, team: str = "T_DEMO") -> People:
    return People(build_client(SecretStr(DEMO_BOT_TOKEN), f"{rig.base}/slack/api/"), rig.directory, team)


def test_rights_come_from_the_directory_after_slack_vouches_for_the_account(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        assert people(rig).scope_for("U_MANAGER_S02", channel_id="C_S02").store_ids == ("S02",)
        for user in ("U_GUEST", "U_BOT", "U_NOBODY", "U_STAFF_S05"):
            with pytest.raises(RefusedError):
                people(rig).scope_for(user)
        with pytest.raises(RefusedError):
            people(rig, team="T_OTHER").scope_for("U_OWNER")


def test_the_account_is_asked_for_once_in_a_while_and_rights_every_time(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        known = people(rig)
        assert known.scope_for("U_MANAGER_S01").store_ids == ("S01",)
        rig.fault("users.info", "fatal_error", 5)
        assert known.scope_for("U_MANAGER_S01").store_ids == ("S01",)
        rig.directory.replace_members([{"user_id": "U_MANAGER_S01", "role": "store_manager", "stores": ["S03"]}])
        assert known.scope_for("U_MANAGER_S01").store_ids == ("S03",)


def test_whoever_decides_is_asked_for_anew(tmp_path: Path) -> None:
    """An account that became a guest a minute ago approves nothing, nor does one that Slack is silent about."""
    with slack_rig(tmp_path, start=False) as rig:
        known = people(rig)
        assert known.scope_for("U_MANAGER_S01").store_ids == ("S01",)
        rig.fault("users.info", "user_not_found")
        with pytest.raises(RefusedError, match="guest"):
            known.scope_for("U_MANAGER_S01", decides=True)
        known.scope_for("U_MANAGER_S01", decides=True)
        rig.fault("users.info", "fatal_error", 5)
        with pytest.raises(UnavailableError):
            known.scope_for("U_MANAGER_S01", decides=True)


def test_before_it_is_carried_out_an_account_is_asked_for_once_more(tmp_path: Path) -> None:
    """Who was deactivated or became a guest meanwhile does not count; who is not of Slack at all is no matter of it."""
    with slack_rig(tmp_path, start=False) as rig:
        known = people(rig)
        for user in ("U_MANAGER_S01", "U_AT_A_TERMINAL"):
            known.check_account(user)
        rig.account("U_MANAGER_S01", deleted=True)
        with pytest.raises(RefusedError, match="deactivated"):
            known.check_account("U_MANAGER_S01")
        with pytest.raises(RefusedError, match="guest"):
            known.check_account("U_GUEST")


def test_what_slack_said_a_moment_ago_holds_while_it_does_not_answer(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        known = people(rig)
        known.scope_for("U_MANAGER_S01", decides=True)
        rig.fault("users.info", "fatal_error", 9)
        known.check_account("U_MANAGER_S01")
        with pytest.raises(UnavailableError):
            known.check_account("U_MANAGER_S02")


def test_nobody_is_let_in_unseen(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        rig.fault("users.info", "fatal_error")
        with pytest.raises(UnavailableError):
            people(rig).scope_for("U_OWNER")


def test_what_simpler_blocks_cannot_cure_is_raised(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        sender = Sender(build_client(SecretStr(DEMO_BOT_TOKEN), f"{rig.base}/slack/api/"))
        with pytest.raises(SlackApiError):
            sender.post("C_NOWHERE", Outgoing("hello", levels=[[{"type": "divider"}]]))
