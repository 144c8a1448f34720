"""The composition root: clocks, the order of closing, and what a folder that cannot be used looks like."""

from __future__ import annotations

import errno
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from agent.commands import run
from agent.control import Invocation
from agent.db.engine import open_database
from agent.errors import UnavailableError
from agent.failures import explain
from agent.proposals.payload import idempotency_key
from agent.settings import Settings, read_settings
from agent.wiring import Application
from connectors.mirror.sync import sync_connection
from connectors.sandbox.square.pos import READ_TOKEN, WRITE_TOKEN
from tests.support.square_world import PosWorld, pos_world
from tools.context import PriceChangeDraft

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def settings_for(home: Path, square: PosWorld) -> Settings:
    return read_settings(
        home=home,
        square_access_token=READ_TOKEN,
        square_write_token=WRITE_TOKEN,
        square_base_url=square.base_url,
        connection="square",
        members="U_OWNER=owner",
        channels=" ",
    )


def pending_change(home: Path, square: PosWorld) -> str:
    """A proposal that an earlier process filed."""
    with Application(settings_for(home, square), square.clock, write=True) as owner:
        for reader in owner.readers.values():
            sync_connection(reader, owner.mirror, until=square.clock.now())
        draft = PriceChangeDraft("V100", "S01", percent=Decimal(-10), price=None, until=None, reason="slow")
        scope = owner.directory.scope_for("U_OWNER", thread_id="t")
        return owner.proposals.propose_price_change(draft, scope, tool_call_id="c").proposal_id


def test_a_command_that_approves_carries_it_out_when_nothing_else_runs(tmp_path: Path) -> None:
    with pos_world(tmp_path) as square:
        proposal_id = pending_change(tmp_path / "home", square)
        with Application(settings_for(tmp_path / "home", square), square.clock) as alone:
            document = run(alone, Invocation("proposals.approve", {"id": proposal_id}))
        effects = square.pos.effects()["effects"]
    assert document["status"] == "executed"
    assert [one["idempotency_key"] for one in effects] == [
        idempotency_key(proposal_id, document["payload_sha256"]),
    ]


def test_workflows_end_before_what_they_use_is_closed(tmp_path: Path) -> None:
    with pos_world(tmp_path) as square:
        application = Application(settings_for(tmp_path / "home", square), square.clock, write=True)
        application.jobs  # noqa: B018 asked for early, as commands do
        application.mirror  # noqa: B018
        assert application.run_jobs()
        order = [type(part).__name__ for part in reversed(application._closers)]
        application.close()
    users = order.index("Jobs")
    assert all(users < order.index(used) for used in ("SquareWriter", "SquareReader", "Changes", "Database", "Mirror"))


def test_a_part_that_cannot_be_closed_does_not_keep_the_others_open(tmp_path: Path) -> None:
    class Stuck:
        def close(self) -> None:
            raise OSError("stuck")

    application = Application(read_settings(home=tmp_path), write=True)
    mirror = application.mirror
    application._closers.append(Stuck())
    application.close()
    with pytest.raises(Exception, match="closed"):
        mirror.reader.query("SELECT 1")


def test_a_fixed_clock_holds_in_threads_that_work_for_the_command_and_nowhere_else(tmp_path: Path) -> None:
    application = Application(read_settings(home=tmp_path))
    seen: dict[str, datetime] = {}
    go, done = threading.Event(), threading.Event()

    def background() -> None:
        go.wait(5)
        seen["background"] = application.clock.now()
        done.set()

    threading.Thread(target=background).start()

    def command() -> None:
        application.at(NINE.isoformat())
        with ThreadPoolExecutor(1) as pool:
            # How tools are run beside each other: with a copy of the turn's context.
            seen["worker"] = pool.submit(copy_context().run, application.clock.now).result()
        seen["command"] = application.clock.now()
        go.set()
        done.wait(5)

    copy_context().run(command)
    assert seen["worker"] == seen["command"] == NINE
    assert seen["background"] != NINE
    assert application.clock.now() != NINE


@pytest.mark.parametrize("place", ["a-file", "a-file/below"])
def test_a_home_that_cannot_be_made_is_a_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("in the way")
    with pytest.raises(UnavailableError, match=r"cannot be made .* --home") as caught:
        Application(read_settings(home=tmp_path / place))
    assert caught.value.exit_code == 4


def test_a_new_home_is_for_its_user_alone(tmp_path: Path) -> None:
    Application(read_settings(home=tmp_path / "new"))
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/x"), "/srv/x may not be"),
        (OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")), "disk is full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "may not be written"),
        (sqlite3.OperationalError("database is locked"), "busy"),
    ],
)
def test_trouble_with_the_disk_is_told_with_its_remedy(error: Exception, words: str) -> None:
    told = explain(error)
    assert isinstance(told, UnavailableError)
    assert words in told.user_message


def test_what_a_person_wrote_is_not_in_a_database_error(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'o.sqlite'}")
    with pytest.raises(OperationalError) as caught, database.session() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "my private question"})
    database.close()
    assert "my private question" not in str(caught.value)
