from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from agent.db.engine import Database, open_database
from agent.governance.audit import Audit

START = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    yield made
    made.close()


@pytest.fixture
def audit(database: Database, tmp_path: Path) -> Audit:
    """Ten events, the last one anchored."""
    made = Audit(database, tmp_path / "audit-head.json")
    write(database, made, 10)
    return made


def write(database: Database, audit: Audit, count: int) -> None:
    for number in range(count):
        with database.session() as session:
            event = audit.append(
                session,
                subject="proposal",
                subject_id=f"p_{number}",
                event="approved",
                actor="U_OWNER",
                at=START + timedelta(seconds=number, microseconds=number),
                detail={"number": number, "word": "café"},
            )
        audit.anchor(event)


def tamper(database: Database, *statements: str) -> None:
    """What somebody with the file in their hands can do: the database's own refusal is the first to go."""
    with database.session() as session:
        for trigger in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f"DROP TRIGGER {trigger}"))
        for statement in statements:
            session.execute(text(statement))


def test_an_untouched_chain_verifies(audit: Audit) -> None:
    found = audit.verify()
    assert (found.ok, found.events, found.problem) == (True, 10, "")


def test_an_empty_chain_verifies(database: Database, tmp_path: Path) -> None:
    assert Audit(database, tmp_path / "none.json").verify().ok


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'U_DISTRICT'",
        "event = 'rejected'",
        "subject_id = 'p_999'",
        "subject = 'receipt'",
        "at = '2026-11-22 00:00:00.000000'",
        "detail = '{}'",
        "hash = '0'",
    ],
)
@pytest.mark.parametrize("seq", [1, 5, 10])
def test_a_changed_event_is_found_where_it_is(database: Database, audit: Audit, change: str, seq: int) -> None:
    tamper(database, f"UPDATE audit_event SET {change} WHERE seq = {seq}")
    found = audit.verify()
    assert (found.ok, found.seq) == (False, seq)


@pytest.mark.parametrize("seq", [1, 5])
def test_a_deleted_event_is_found(database: Database, audit: Audit, seq: int) -> None:
    tamper(database, f"DELETE FROM audit_event WHERE seq = {seq}")
    assert audit.verify().seq == seq + 1 or not audit.verify().ok


def test_a_deleted_event_is_found_even_when_the_numbers_are_closed_up(database: Database, audit: Audit) -> None:
    tamper(
        database,
        "DELETE FROM audit_event WHERE seq = 5",
        *(f"UPDATE audit_event SET seq = {seq - 1} WHERE seq = {seq}" for seq in range(6, 11)),
    )
    found = audit.verify()
    assert (found.ok, found.seq) == (False, 5)


def test_an_inserted_event_is_found(database: Database, audit: Audit) -> None:
    tamper(
        database,
        "INSERT INTO audit_event SELECT 11, subject, subject_id, event, actor, at, detail, previous_hash, hash "
        "FROM audit_event WHERE seq = 3",
    )
    found = audit.verify()
    assert (found.ok, found.seq) == (False, 11)


def test_swapped_events_are_found(database: Database, audit: Audit) -> None:
    tamper(
        database,
        "UPDATE audit_event SET seq = 99 WHERE seq = 4",
        "UPDATE audit_event SET seq = 4 WHERE seq = 6",
        "UPDATE audit_event SET seq = 6 WHERE seq = 99",
    )
    assert not audit.verify().ok


def test_a_cut_off_end_is_found_by_the_head_file(database: Database, audit: Audit) -> None:
    tamper(database, "DELETE FROM audit_event WHERE seq > 7")
    found = audit.verify()
    assert (found.ok, found.seq, found.problem) == (False, 8, "Events 8 to 10 are missing at the end.")


def test_a_chain_that_was_rewritten_whole_is_found_by_the_head_file(
    database: Database, audit: Audit, tmp_path: Path
) -> None:
    tamper(database, "DELETE FROM audit_event")
    write(database, Audit(database, tmp_path / "forged.json"), 10)
    tamper(database, "DELETE FROM audit_event WHERE seq = 10")
    with database.session() as session:
        Audit(database, tmp_path / "forged.json").append(
            session, subject="proposal", subject_id="p_x", event="approved", actor="U_X", at=START
        )
    found = audit.verify()
    assert (found.ok, found.seq) == (False, 10)
    assert "rewritten" in found.problem


def test_a_missing_head_file_is_said(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "audit-head.json").unlink()
    assert not audit.verify().ok


def test_the_head_file_never_goes_back(database: Database, audit: Audit, tmp_path: Path) -> None:
    with database.session() as session:
        older = audit.append(session, subject="proposal", subject_id="a", event="x", actor="U", at=START)
        newer = audit.append(session, subject="proposal", subject_id="b", event="x", actor="U", at=START)
    audit.anchor(newer)
    audit.anchor(older)
    assert json.loads((tmp_path / "audit-head.json").read_text())["seq"] == 12
    assert audit.verify().ok


def test_an_event_of_a_transaction_that_failed_leaves_no_trace(database: Database, audit: Audit) -> None:
    def half_done() -> None:
        with database.session() as session:
            audit.append(session, subject="proposal", subject_id="a", event="x", actor="U", at=START)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert audit.verify().events == 10
