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

from agent.acting import Writers
from agent.commands import run
from agent.control import Invocation
from agent.db.engine import open_database
from agent.errors import BadInputError, UnavailableError
from agent.failures import explain
from agent.progress import sync_progress
from agent.proposals.kinds.task import OWN_TASKS
from agent.proposals.payload import idempotency_key
from agent.settings import Settings, read_settings
from agent.wiring import Application
from connectors.base import Entity
from connectors.mirror.sync import Progress, sync_connection
from connectors.sandbox.square.pos import READ_TOKEN, WRITE_TOKEN
from tests.support.square_world import PosWorld, pos_world
from tools.drafts import PriceChangeDraft

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
        return owner.proposals.propose(draft, scope, tool_call_id="c").proposal_id


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
    assert all(users < order.index(used) for used in ("Writers", "SquareReader", "Changes", "Database", "Mirror"))


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


def two_accounts(home: Path, square: PosWorld, monkeypatch: pytest.MonkeyPatch, *, second_token: str) -> Settings:
    """Settings of one Square account, and a file with a second one that has no token for writing."""
    home.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("HARBOR_TOKEN", second_token)
    file = home / "connections.toml"
    file.write_text(
        f'[[connection]]\nname = "harbor"\nplatform = "square"\nbase_url = "{square.base_url}"\n'
        'access_token = "HARBOR_TOKEN"\n',
        encoding="utf-8",
    )
    return settings_for(home, square).model_copy(update={"connections": file})


def test_there_may_be_any_number_of_accounts_and_writers_only_for_those_that_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pos_world(tmp_path) as square:
        settings = two_accounts(tmp_path / "home", square, monkeypatch, second_token=READ_TOKEN.get_secret_value())
        with Application(settings, square.clock, write=True) as application:
            assert {name: reader.connection for name, reader in application.readers.items()} == {
                "square": "square",
                "harbor": "harbor",
            }
            application.proposals  # noqa: B018 constructed, and with it what puts writers together
            (writers,) = (part for part in application._closers if isinstance(part, Writers))
            assert set(writers()) == {"square", OWN_TASKS}


def test_no_writer_is_put_together_before_an_approved_change_needs_one(tmp_path: Path) -> None:
    """Whoever asks and proposes on this machine holds no credentials that write, even where the settings have some."""
    with pos_world(tmp_path) as square:
        proposal_id = pending_change(tmp_path / "home", square)
        with Application(settings_for(tmp_path / "home", square), square.clock) as asking:
            asked = run(asking, Invocation("ask", {"question": "What waits for approval?"}))
            (writers,) = (part for part in asking._closers if isinstance(part, Writers))
            assert (asked["receipt_id"][:2], writers._built) == ("r_", None)
            run(asking, Invocation("proposals.approve", {"id": proposal_id}))
            assert "square" in (writers._built or {})


def test_an_account_that_cannot_be_pulled_does_not_keep_the_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pos_world(tmp_path) as square:
        settings = two_accounts(tmp_path / "home", square, monkeypatch, second_token="revoked")
        with Application(settings, square.clock, write=True) as application:
            with pytest.raises(UnavailableError) as caught:
                run(application, Invocation("sync", {}))
            assert "1 of 2 connections" in caught.value.user_message
            assert "harbor: Square does not accept the access token. Put a valid one into HARBOR_TOKEN." in (
                caught.value.user_message
            )
            assert len(application.store_ids()) == 2
            alone = run(application, Invocation("sync", {"connection": "square"}))
            assert [report["connection"] for report in alone["connections"]] == ["square"]
            with pytest.raises(UnavailableError, match="HARBOR_TOKEN"):
                run(application, Invocation("sync", {"connection": "harbor"}))


def test_rows_are_derived_again_on_command(tmp_path: Path) -> None:
    with (
        pos_world(tmp_path) as square,
        Application(settings_for(tmp_path / "home", square), square.clock, write=True) as app,
    ):
        run(app, Invocation("sync", {}))
        assert app.mirror.writer is not None
        app.mirror.writer.execute_bulk(lambda engine: engine.execute("DELETE FROM store")).result()
        document = run(app, Invocation("sync", {"rebuild": True}))
        assert document["connections"][0]["counts"]["location"]["records"] == 2
        assert len(app.store_ids()) == 2
        with pytest.raises(BadInputError, match="--rebuild reads nothing"):
            run(app, Invocation("sync", {"rebuild": True, "full": True}))


def test_without_a_pos_a_pull_says_what_to_set(tmp_path: Path) -> None:
    with (
        Application(read_settings(home=tmp_path, square_access_token=" "), write=True) as application,
        pytest.raises(UnavailableError, match="no POS is connected"),
    ):
        run(application, Invocation("sync", {}))


def told(application: Application) -> dict[str, tuple[str, str]]:
    """What ``doctor`` says of connections, by the name of the check."""
    checks = run(application, Invocation("doctor", {}))["checks"]
    return {check["name"]: (check["status"], check["message"]) for check in checks if check["name"].startswith("pos")}


def test_doctor_says_of_every_account_what_it_is_and_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pos_world(tmp_path) as square:
        settings = two_accounts(tmp_path / "home", square, monkeypatch, second_token=READ_TOKEN.get_secret_value())
        with Application(settings, square.clock, write=True) as application:
            before = told(application)
            run(application, Invocation("sync", {"connection": "square"}))
            after = told(application)
    assert before["pos: square"][0] == "ok"
    assert before["pos: square"][1].startswith("Square, ")
    assert before["pos: square: pulls"] == ("warn", "Nothing was pulled yet; run `floorwalker sync`.")
    assert after["pos: square: pulls"][0] == "ok"
    assert "sale 2026-11-02 14:00" in after["pos: square: pulls"][1]
    assert after["pos: harbor: pulls"][0] == "warn"
    assert "pos: square: writing" not in after
    assert after["pos: harbor: writing"][0] == "warn"


def test_doctor_tells_of_failures_new_fields_and_records_set_aside(tmp_path: Path) -> None:
    with (
        pos_world(tmp_path) as square,
        Application(settings_for(tmp_path / "home", square), square.clock, write=True) as app,
    ):
        run(app, Invocation("sync", {}))
        assert app.mirror.writer is not None
        for statement in (
            (
                "INSERT INTO sync_failure VALUES "
                "('square', 'timecard', TIMESTAMPTZ '2026-11-02 13:00:00+00', 'It lacks TIMECARDS_READ.')"
            ),
            "INSERT INTO schema_drift VALUES ('square', 'sale', 'loyalty.tier', now(), now(), 12)",
            (
                "INSERT INTO rejected_record VALUES "
                "('square', 'sale', 'O9', 1, 'The sale has no field “id”.', now(), now())"
            ),
            "INSERT INTO rebuild_state VALUES ('square', 'm', 'sale', 'O1', '')",
        ):
            app.mirror.writer.execute_bulk(lambda engine, statement=statement: engine.execute(statement)).result()
        found = told(app)
    assert found["pos: square: timecard"] == ("bad", "Not pulled since 2026-11-02 13:00: It lacks TIMECARDS_READ.")
    assert "sale loyalty.tier (12)" in found["pos: square: new fields"][1]
    assert (
        "1 records of sale could not be understood and are kept: The sale has no field “id”."
        in (found["pos: square: set aside"][1])
    )
    assert "run `floorwalker sync --rebuild` again" in found["pos: square: rebuild"][1]


def test_doctor_names_a_connection_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "connections.toml"
    file.write_text('[[connection]]\nname = "a"\nplatform = "toast"\n', encoding="utf-8")
    settings = read_settings(home=tmp_path).model_copy(update={"connections": file})
    with Application(settings, write=True) as application:
        status, message = told(application)["pos"]
    assert status == "bad"
    assert "field platform: it must be one of" in message


def test_how_far_a_pull_is_shows_on_a_terminal_and_nowhere_else(capsys: pytest.CaptureFixture[str]) -> None:
    for wanted in (False, True):
        with sync_progress(wanted=wanted) as shown:
            shown("harbor", Progress(Entity.SALE, pages=2, records=1000, done=False, total=4000))
            shown("harbor", Progress(Entity.SALE, pages=8, records=4000, done=True, total=4000))
        seen = capsys.readouterr()
        assert seen.out == ""
        assert ("harbor · sale" in seen.err) == wanted
        assert ("4000/4000" in seen.err) == wanted
