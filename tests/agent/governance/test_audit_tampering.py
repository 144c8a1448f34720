"""Whoever holds the database file can change it; the chain shows every way of doing so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agent.db.engine import Database, open_database
from agent.errors import BadInputError
from agent.governance.anchors import Anchor, parse_anchor
from agent.governance.audit import Audit
from agent.governance.chain import AuditCheck
from tests.support.examples import examples

COLUMNS = ("subject", "subject_id", "event", "actor", "at", "detail", "previous_hash", "hash")
EVENTS = 12
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
INSERT = "INSERT INTO audit_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
Row = tuple[Any, ...]


@dataclass
class Chain:
    """A chain whose database no longer refuses anything; ``rows`` are as they were written."""

    database: Database
    audit: Audit
    head_file: Path
    rows: list[Row]
    head: str

    def verify_as(self, rows: list[Row], *anchors: Anchor) -> AuditCheck:
        """What is found when the table holds these rows."""
        with self.database.session() as session:
            connection = session.connection()
            connection.exec_driver_sql("DELETE FROM audit_event")
            if rows:
                connection.exec_driver_sql(INSERT, rows)
        return self.audit.verify(anchors)

    def write(self, count: int, actor: str) -> None:
        """Go on from whatever is in the table, head file included: a forger with our own code."""
        for number in range(count):
            with self.database.session() as session:
                event = self.audit.append(
                    session,
                    subject="proposal",
                    subject_id=f"p_{number}",
                    event="approved",
                    actor=actor,
                    at=START + timedelta(seconds=number, microseconds=number % 2),
                    detail={"n": number, "word": "café", "lines": [1, {"b": None, "a": "x"}]},
                )
            self.audit.anchor(event)

    def read(self) -> list[Row]:
        with self.database.reading() as session:
            found = session.connection().exec_driver_sql("SELECT * FROM audit_event ORDER BY seq").all()
        return [tuple(row) for row in found]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("chain")
    database = open_database(f"sqlite:///{folder / 'operations.sqlite'}")
    made = Chain(database, Audit(database, folder / "audit-head.json"), folder / "audit-head.json", [], "")
    made.write(EVENTS, "U_OWNER")
    made.rows, made.head = made.read(), made.head_file.read_text()
    with database.session() as session:
        for trigger in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f"DROP TRIGGER {trigger}"))
    yield made
    database.close()


@pytest.fixture(autouse=True)
def untouched(chain: Chain) -> Iterator[None]:
    yield
    chain.head_file.write_text(chain.head)


def tried(count: int) -> Any:
    return settings(
        max_examples=examples(count),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )


positions = st.integers(0, EVENTS - 1)


@given(at=positions, column=st.integers(1, 8), where=st.integers(0, 200), to=st.characters(codec="utf-8"))
@tried(400)
def test_any_changed_character_is_found_where_it_is(chain: Chain, at: int, column: int, where: int, to: str) -> None:
    row = list(chain.rows[at])
    where %= len(row[column])
    if to == row[column][where] or to == "\x00":
        return
    row[column] = row[column][:where] + to + row[column][where + 1 :]
    found = chain.verify_as([*chain.rows[:at], tuple(row), *chain.rows[at + 1 :]])
    assert (found.ok, found.seq) == (False, at + 1)


@given(
    at=positions,
    column=st.integers(1, 8),
    value=st.one_of(st.text(max_size=60), st.integers(-5, 5), st.floats(allow_nan=False), st.binary(max_size=40)),
)
@tried(200)
def test_any_other_value_in_any_column_is_found_where_it_is(chain: Chain, at: int, column: int, value: Any) -> None:
    row = list(chain.rows[at])
    row[column] = value
    found = chain.verify_as([*chain.rows[:at], tuple(row), *chain.rows[at + 1 :]])
    assert (found.ok, found.seq) == (False, at + 1)


@pytest.mark.parametrize("column", COLUMNS)
def test_bytes_that_are_no_text_are_found(chain: Chain, column: str) -> None:
    chain.verify_as(chain.rows)
    with chain.database.session() as session:
        session.execute(text(f"UPDATE audit_event SET {column} = CAST(X'FFFE80' AS TEXT) WHERE seq = 7"))
    found = chain.audit.verify()
    assert (found.ok, found.seq) == (False, 7)


@pytest.mark.parametrize("written", ['{ "n": 1}', '{"n": 1, "n": 1}', '{"n":1}', "{", "NaN", "[" * 5000])
def test_a_document_written_otherwise_is_found_even_if_it_says_the_same(chain: Chain, written: str) -> None:
    row = list(chain.rows[1])
    row[6] = written if len(written) > 20 or written in "{NaN" else row[6].replace('{"n": 1', written[:-1], 1)
    assert row[6] != chain.rows[1][6]
    found = chain.verify_as([chain.rows[0], tuple(row), *chain.rows[2:]])
    assert (found.ok, found.seq) == (False, 2)


@given(at=positions, length=st.integers(1, 4), closed_up=st.booleans())
@tried(60)
def test_any_deletion_is_found(chain: Chain, at: int, length: int, closed_up: bool) -> None:
    rows = chain.rows[:at] + chain.rows[at + length :]
    if closed_up:
        rows = [(number, *row[1:]) for number, row in enumerate(rows, start=1)]
    assert not chain.verify_as(rows).ok


@given(at=st.integers(0, EVENTS), copied=positions, actor=st.sampled_from(["U_OWNER", "U_X"]))
@tried(60)
def test_any_insertion_is_found(chain: Chain, at: int, copied: int, actor: str) -> None:
    row = chain.rows[copied]
    rows = [*chain.rows[:at], (*row[:4], actor, *row[5:]), *chain.rows[at:]]
    assert not chain.verify_as([(number, *row[1:]) for number, row in enumerate(rows, start=1)]).ok


@given(order=st.permutations(range(EVENTS)))
@tried(60)
def test_any_other_order_is_found(chain: Chain, order: list[int]) -> None:
    rows = [(number, *chain.rows[place][1:]) for number, place in enumerate(order, start=1)]
    assert chain.verify_as(rows).ok is (order == sorted(order))


@given(kept=st.integers(0, EVENTS - 1))
@tried(30)
def test_any_cut_at_the_end_is_found(chain: Chain, kept: int) -> None:
    found = chain.verify_as(chain.rows[:kept])
    assert (found.ok, found.seq) == (False, kept + 1)


@given(kept=st.integers(0, EVENTS - 1), since=st.integers(0, EVENTS + 3))
@tried(40)
def test_a_cut_at_the_end_is_not_covered_up_by_what_is_written_since(chain: Chain, kept: int, since: int) -> None:
    chain.head_file.write_text(chain.head)
    chain.verify_as(chain.rows[:kept])
    chain.write(since, "U_SOMEBODY_ELSE")
    found = chain.audit.verify()
    assert not found.ok
    assert "missing at the end" in found.problem or "the chain was rewritten" in found.problem


@given(kept=st.integers(0, EVENTS - 1), forged=st.integers(0, EVENTS + 3), noted=st.integers(1, EVENTS))
@tried(60)
def test_a_chain_written_anew_with_its_head_file_is_found_by_an_anchor_out_of_slack(
    chain: Chain, kept: int, forged: int, noted: int
) -> None:
    slack = Anchor(noted, chain.rows[noted - 1][8], "the anchor in Slack")
    chain.verify_as(chain.rows[:kept])
    chain.head_file.unlink(missing_ok=True)
    chain.write(forged, "U_FORGER")
    rows = chain.read()
    if rows:
        chain.head_file.write_text(json.dumps({"seq": rows[-1][0], "hash": rows[-1][8]}))
    assert chain.audit.verify().ok, "the forgery is good: nothing in the folder gives it away"
    found = chain.audit.verify([slack])
    assert found.ok is (noted <= kept)
    chain.head_file.write_text(chain.head)
    assert not chain.audit.verify().ok


def test_an_untouched_chain_agrees_with_every_anchor_that_was_ever_noted(chain: Chain) -> None:
    anchors = [parse_anchor(f"{row[0]}:{row[8]}") for row in chain.rows]
    found = chain.verify_as(chain.rows, *anchors)
    assert (found.ok, found.events, found.anchors) == (True, EVENTS, EVENTS + 1)


def test_the_first_difference_is_named_with_the_anchor_that_shows_it(chain: Chain) -> None:
    wrong = parse_anchor(f" `7:{'A' * 64}` ")
    found = chain.verify_as(chain.rows, wrong)
    assert (found.seq, found.problem) == (
        7,
        "Event 7 is not the one that the anchor 7:aaaaaaaa… names: the chain was rewritten.",
    )


@pytest.mark.parametrize("typed", ["", "7", "7:abc", f"0:{'a' * 64}", f"x:{'a' * 64}", f"7:{'g' * 64}"])
def test_an_anchor_that_was_not_copied_whole_is_refused(typed: str) -> None:
    with pytest.raises(BadInputError, match="--anchor"):
        parse_anchor(typed)


_OF_TWO = "detail, previous_hash, hash FROM audit_event WHERE seq = 2"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'U_X' WHERE seq = 1",
        "UPDATE audit_event SET actor = actor",
        "DELETE FROM audit_event WHERE seq = 1",
        "DELETE FROM audit_event",
        f"INSERT OR REPLACE INTO audit_event SELECT 1, subject, subject_id, event, 'U_X', at, {_OF_TWO}",
        f"INSERT INTO audit_event SELECT 9, subject, subject_id, event, actor, at, {_OF_TWO}",
        f"INSERT INTO audit_event SELECT 1, subject, '', '', '', at, {_OF_TWO} ON CONFLICT DO UPDATE SET actor = 'X'",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(tmp_path: Path, statement: str) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    made = Chain(database, Audit(database, tmp_path / "audit-head.json"), tmp_path / "audit-head.json", [], "")
    made.write(3, "U_OWNER")
    before = made.read()
    with pytest.raises(DBAPIError, match="append-only"), database.session() as session:
        session.execute(text(statement))
    assert made.read() == before
    assert made.audit.verify().ok
    database.close()
