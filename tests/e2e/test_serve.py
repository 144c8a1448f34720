"""``serve`` from environment settings alone, as in production, against stand-ins in another process than the bot's."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from agent.demo import StandIns, demo_clock
from connectors.sandbox.workspace.demo import DEMO_APP_TOKEN, DEMO_BOT_TOKEN
from tests.support.demo_process import Demo, floorwalker, text_of, wait_for

DAY = date(2026, 11, 23)

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.full]


@pytest.fixture
def stand_ins(loaded_home: Path, tmp_path: Path) -> Iterator[str]:
    """Stand-in Slack and Square on one address; their POS holds the sample's catalogue and plays its future."""
    feed = tmp_path / "outside" / "sandbox"
    feed.mkdir(parents=True)
    (feed / "sample").symlink_to(loaded_home / "sandbox" / "sample")
    listener = socket.create_server(("127.0.0.1", 0))
    servers = StandIns(tmp_path / "outside", demo_clock(DAY, 1.0), DAY, listener)
    servers.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    servers.stop()


def environment(address: str, home: Path) -> dict[str, str]:
    """The settings of docs/production.md."""
    return {
        "PATH": os.environ["PATH"],
        "FLOORWALKER_HOME": str(home),
        "SLACK_BOT_TOKEN": DEMO_BOT_TOKEN,
        "SLACK_APP_TOKEN": DEMO_APP_TOKEN,
        "SLACK_API_URL": f"{address}/slack/api/",
        "SQUARE_ACCESS_TOKEN": "sandbox-read",
        "SQUARE_WRITE_TOKEN": "sandbox-write",
        "SQUARE_BASE_URL": f"{address}/pos",
        "FLOORWALKER_MEMBERS": "U_OWNER=owner;U_MANAGER_S01=store_manager:S01",
        "FLOORWALKER_CHANNELS": "C_S01=S01",
        "FLOORWALKER_SYNC_SECONDS": "2",
    }


def test_an_empty_home_and_the_environment_are_enough(stand_ins: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with (tmp_path / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "agent.cli", "serve"], env=environment(stand_ins, home), stderr=log, cwd=tmp_path
        )
        http = httpx.Client(base_url=stand_ins, timeout=20)
        try:
            wait_for(lambda: "service.started" in (tmp_path / "serve.log").read_text() or None, 60, "serve to start")
            slack = object.__new__(Demo)
            slack.http = http

            def answer() -> str | None:
                # A day by its name: the stand-in plays that one, whatever day it is out here.
                question = f"@floorwalker how did we do on {DAY:%d %B %Y}?"
                _, text = slack.ask("U_MANAGER_S01", "C_S01", question, seconds=90)
                return text if "$" in text else None

            assert "Market Street" in wait_for(answer, 150, "the first answer over synced sales")
            slack.say("U_ANALYST", "C_S01", "@floorwalker how are we doing today?")
            told = wait_for(
                lambda: next((m for m in slack.messages("C_S01", "", "U_ANALYST") if m.get("ephemeral_to")), None),
                15,
                "the refusal of somebody who is not a member",
            )
            assert "member" in text_of(told)
            shown = floorwalker("doctor", home=home)
            assert "square" in shown.stdout
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
            http.close()


def test_missing_tokens_are_named_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "agent.cli", "serve", "--home", str(tmp_path / "home")],
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_slack_that_is_not_there_ends_with_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    done = subprocess.run(
        [sys.executable, "-m", "agent.cli", "serve", "--home", str(tmp_path / "home")],
        env={**environment(f"http://127.0.0.1:{port}", tmp_path / "home")},
        capture_output=True, text=True, timeout=90, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 4
    assert "Slack" in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
