"""Receipts: kept whole, shown to the right people, recomputed on demand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.conversation.planner.model import PlannerModel
from agent.errors import BadInputError, RefusedError
from agent.governance import replay as module
from agent.governance.receipts import Receipts, call_document, receipt_document
from tests.support.conversation_world import NOW, OWNER, World, ask, world
from tools.context import Role, Scope
from tools.result import Table, TableColumn, ToolResult

OTHER = Scope("U_ANALYST", Role.ANALYST, OWNER.store_ids)
MANAGER = Scope("U_MANAGER_S01", Role.STORE_MANAGER, ("S01",), ("S01",))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world(tmp_path) as made:
        # The registry is swapped for the small world's catalogue; everything else is the real thing.
        monkeypatch.setattr(module, "catalogue", made.tools.specs)
        monkeypatch.setattr(module, "run_tool", made.tools.run)
        yield made


def _receipt(here: World, text: str = "How did we do yesterday?", scope: Scope = OWNER) -> str:
    return here.turns(PlannerModel()).answer(ask(text, scope=scope)).receipt_id


def test_a_receipt_holds_question_prompt_calls_sql_and_versions(here: World) -> None:
    shown = Receipts(here.database).show(_receipt(here), OWNER)
    assert shown["kind"] == "answer"
    assert shown["question"] == "How did we do yesterday?"
    assert shown["model"] == "planner"
    assert len(shown["prompt"]["sha256"]) == 64
    (call,) = shown["calls"]
    assert call["args"] == {"period": "yesterday"}
    assert call["provenance"]["sql"]
    assert call["provenance"]["params"] == [{"on": "2026-11-22"}]
    assert call["provenance"]["snapshot"] == 7
    assert call["provenance"]["sources"]["sales"]
    assert call["figures"][0]["value"] == "12345.67"
    assert len(call["result_sha256"]) == 64
    assert shown["now"] == NOW.isoformat()


def test_only_the_asker_and_an_owner_may_see_it_and_others_learn_nothing(here: World) -> None:
    receipts = Receipts(here.database)
    mine = _receipt(here, scope=MANAGER)
    assert receipts.show(mine, MANAGER)["user_id"] == "U_MANAGER_S01"
    assert receipts.show(mine, OWNER)["receipt_id"] == mine
    absent = "r_doesnotexist0000"
    with pytest.raises(BadInputError) as refused:
        receipts.show(mine, OTHER)
    with pytest.raises(BadInputError) as missing:
        receipts.show(absent, OTHER)
    assert refused.value.user_message.replace(mine, "") == missing.value.user_message.replace(absent, "")


def test_replaying_on_the_same_data_says_same(here: World) -> None:
    replay = Receipts(here.database).replay(_receipt(here), OWNER, mirror=here.mirror)
    assert replay.status == "same"
    assert replay.changes == ()
    assert "version, 7" in " ".join(replay.reasons)


def test_replaying_uses_the_askers_stores_and_now(here: World) -> None:
    receipt_id = _receipt(here, scope=MANAGER)
    Receipts(here.database).replay(receipt_id, OWNER, mirror=here.mirror)
    _, _, context = here.tools.ledger.calls[-1]
    assert context.scope.user_id == "U_MANAGER_S01"
    assert context.scope.store_ids == ("S01",)
    assert context.clock.now() == NOW
    assert context.proposals is None


def test_replaying_on_moved_data_names_the_figures_that_differ(here: World) -> None:
    receipt_id = _receipt(here)
    here.tools.ledger.net_sales = "12400.00"
    here.mirror.version = 9
    replay = Receipts(here.database).replay(receipt_id, OWNER, mirror=here.mirror)
    assert replay.status == "changed"
    changed = [(one["metric"], one["before"], one["after"]) for one in replay.changes]
    assert changed == [("net_sales", "12345.67", "12400.00")]
    assert (replay.snapshot_before, replay.snapshot_after) == (7, 9)
    assert replay.to_json()["changes"][0]["metric"] == "net_sales"


def test_a_proposal_is_never_filed_again(here: World) -> None:
    receipt_id = _receipt(here, "mark down oat milk by 15%")
    assert len(here.desk.filed) == 1
    replay = Receipts(here.database).replay(receipt_id, OWNER, mirror=here.mirror)
    assert len(here.tools.ledger.calls) == 1
    assert len(here.desk.filed) == 1
    assert replay.status == "cannot"
    assert "never repeated" in " ".join(replay.reasons)


def test_an_answer_without_tools_cannot_be_replayed(here: World) -> None:
    replay = Receipts(here.database).replay(_receipt(here, "hello"), OWNER, mirror=here.mirror)
    assert replay.status == "cannot"
    assert replay.reasons


def test_losing_a_store_means_losing_its_receipts_figures(here: World) -> None:
    receipt_id = _receipt(here)
    fewer = Scope("U_OWNER", Role.OWNER, ("S01",))
    with pytest.raises(RefusedError) as refused:
        Receipts(here.database).replay(receipt_id, fewer, mirror=here.mirror)
    assert "S02" in refused.value.user_message


def _result(rows: int) -> ToolResult:
    table = Table((TableColumn("n", "count"),), tuple((str(number),) for number in range(rows)))
    return ToolResult("h", "h", table=table)


def test_at_most_200_rows_are_kept_and_the_whole_is_hashed() -> None:
    document = call_document("query", {}, "ok", 0.1, _result(500))
    assert len(document["table"]["rows"]) == 200
    assert document["table"]["rows_total"] == 500
    assert document["result_sha256"] != call_document("query", {}, "ok", 0.1, _result(501))["result_sha256"]


def test_other_kinds_of_receipts_use_the_same_document(here: World) -> None:
    receipts = Receipts(here.database)
    document = receipt_document(question="", now=NOW, scope=OWNER, calls=[], answer="Good morning")
    receipt_id = receipts.save("briefing", "U_OWNER", "C_S01", document, created_at=NOW)
    assert receipt_id.startswith("r_")
    assert receipts.show(receipt_id, OWNER)["answer"] == "Good morning"
    assert receipts.show(receipt_id, OWNER)["created_at"] == NOW.isoformat()
