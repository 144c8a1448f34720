"""The whole table of an answer, for those who may have it when they ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.conversation.planner.model import PlannerModel
from agent.errors import BadInputError, RefusedError
from agent.governance import replay
from agent.governance.exports import CHANGED, NOTHING, Export, export, latest_with_table
from agent.governance.receipts import Receipts, call_document, receipt_document
from tests.support.conversation_world import NOW, OWNER, World, ask, world
from tools.context import Role, Scope, ToolContext
from tools.registry import catalogue
from tools.result import Table, TableColumn, ToolResult

MANAGER = Scope("U_MANAGER_S01", Role.STORE_MANAGER, ("S01",), ("S01",))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world(tmp_path) as made:
        monkeypatch.setattr(replay, "catalogue", made.tools.specs)
        monkeypatch.setattr(replay, "run_tool", made.tools.run)
        yield made


def of(here: World, receipt_id: str, scope: Scope = OWNER) -> Export:
    return export(Receipts(here.database), receipt_id, scope, here.mirror, {})


def stored(here: World, rows: int, scope: Scope = OWNER) -> str:
    document = receipt_document(question="?", now=NOW, scope=scope, calls=[call(rows)])
    return Receipts(here.database).save("answer", scope.user_id, "t1", document, created_at=NOW)


def long_table(rows: int, first: str = "0") -> ToolResult:
    cells = [(first,), *((str(number),) for number in range(1, rows))]
    return ToolResult("h", "h", table=Table((TableColumn("n", "count"),), cells))


def call(rows: int) -> dict[str, Any]:
    return call_document("sales_summary", {}, "ok", 0.1, long_table(rows))


def test_a_table_comes_as_it_was_shown(here: World) -> None:
    answer = here.turns(PlannerModel()).answer(ask("How did we do yesterday?"))
    made = of(here, answer.receipt_id)
    assert made.text == "store,net sales (USD)\r\nMarket Street,12345.67\r\n"
    assert (made.name, made.rows, made.note) == ("sales_summary-2026-11-23.csv", 1, "")


def test_rows_beyond_those_kept_are_had_again(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt_id = stored(here, 500)
    monkeypatch.setattr(replay, "run_tool", lambda *_: long_table(500))
    made = of(here, receipt_id)
    assert (made.rows, made.note) == (500, "")
    assert made.text.count("\r\n") == 501
    monkeypatch.setattr(replay, "run_tool", lambda *_: long_table(501, "9"))
    assert (of(here, receipt_id).rows, of(here, receipt_id).note) == (501, CHANGED)


def test_rows_that_cannot_be_had_again_are_said_to_be_missing(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt_id = stored(here, 500)
    monkeypatch.setattr(replay, "catalogue", dict)
    made = of(here, receipt_id)
    assert made.rows == 200
    assert "first 200 of 500" in made.note


def listed(here: World, monkeypatch: pytest.MonkeyPatch, held: int, args: dict[str, Any]) -> str:
    """A receipt of ``transfer_candidates``, which lists ten rows unless told and fifty at most, of ``held`` rows."""

    def run(_name: str, given: Any, _context: ToolContext) -> ToolResult:
        return long_table(min(held, int(given.get("limit", 10))))

    monkeypatch.setattr(replay, "run_tool", run)
    monkeypatch.setattr(replay, "catalogue", catalogue)
    made = call_document("transfer_candidates", args, "ok", 0.1, long_table(min(held, args.get("limit", 10))))
    document = receipt_document(question="?", now=NOW, scope=OWNER, calls=[made])
    return Receipts(here.database).save("answer", OWNER.user_id, "t1", document, created_at=NOW)


def test_a_file_goes_on_where_the_answer_lists_only_the_first(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = of(here, listed(here, monkeypatch, 19, {}))
    assert (made.rows, made.note) == (19, "The answer shows the first 10 of these.")
    most = of(here, listed(here, monkeypatch, 80, {}))
    assert (most.rows, most.note) == (50, "The answer shows the first 10 of these. No more than 50 are listed.")


def test_a_file_holds_as_many_rows_as_were_asked_for(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert of(here, listed(here, monkeypatch, 19, {"limit": 5})).rows == 5
    assert of(here, listed(here, monkeypatch, 7, {})).rows == 7
    receipt_id = listed(here, monkeypatch, 19, {})
    monkeypatch.setattr(replay, "run_tool", lambda *_: long_table(30, "9"))
    assert (of(here, receipt_id).rows, of(here, receipt_id).note) == (10, "")


def test_rights_are_those_of_the_moment_of_export(here: World) -> None:
    mine = stored(here, 3, MANAGER)
    assert of(here, mine, MANAGER).rows == 3
    assert of(here, mine, OWNER).rows == 3
    with pytest.raises(RefusedError, match="S01"):
        of(here, mine, Scope("U_MANAGER_S01", Role.STORE_MANAGER, ("S02",)))
    with pytest.raises(RefusedError, match="role"):
        of(here, mine, Scope("U_MANAGER_S01", Role.STAFF, ("S01",)))
    with pytest.raises(BadInputError, match="no receipt"):
        of(here, mine, Scope("U_MANAGER_S02", Role.STORE_MANAGER, ("S01", "S02")))


def test_an_answer_without_a_table_has_no_file(here: World) -> None:
    answer = here.turns(PlannerModel()).answer(ask("hello"))
    with pytest.raises(BadInputError, match=NOTHING[:20]):
        of(here, answer.receipt_id)


def test_asking_for_the_file_means_the_last_table_of_the_thread(here: World) -> None:
    turns = here.turns(PlannerModel())
    assert turns.answer(ask("as csv")).answer == NOTHING
    shown = turns.answer(ask("How did we do yesterday?"))
    assert shown.export == ""
    assert "export" not in shown.to_json()
    file = turns.answer(ask("send me that as csv"))
    assert (file.export, file.tools) == (shown.receipt_id, ())
    assert file.to_json()["export"] == shown.receipt_id
    again = turns.answer(ask("export"))
    assert again.export == shown.receipt_id
    assert turns.answer(ask("csv please", thread="t2")).export == ""


def test_a_question_with_a_file_is_answered_and_exported(here: World) -> None:
    answer = here.turns(PlannerModel()).answer(ask("How did we do yesterday? Export it as CSV"))
    assert "12345.67" in answer.answer
    assert answer.export == answer.receipt_id
    assert Receipts(here.database).show(answer.receipt_id, OWNER)["question"].endswith("Export it as CSV")


def test_nobody_gets_the_table_of_another_in_the_same_thread(here: World) -> None:
    stored(here, 3, OWNER)
    assert latest_with_table(Receipts(here.database), "t1", MANAGER) is None
    assert latest_with_table(Receipts(here.database), "t1", OWNER) is not None


def test_the_context_of_a_rerun_is_the_askers(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[ToolContext] = []

    def run(_name: str, _args: Any, context: ToolContext) -> ToolResult:
        seen.append(context)
        return long_table(300)

    monkeypatch.setattr(replay, "run_tool", run)
    of(here, stored(here, 300, MANAGER), OWNER)
    assert seen[0].scope.store_ids == ("S01",)
    assert seen[0].clock.now() == NOW
    assert seen[0].proposals is None
