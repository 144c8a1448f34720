"""The card of a task: who pressed “Mark done”, and the copy of the tasks in a Slack List."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from agent.conversation.answer import Answer, OnProgress, Question
from agent.db.engine import Database, open_database
from agent.db.tables import StoreTask
from agent.slack.delivery.task_list import TaskList
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from tests.support.payloads import example
from tests.support.slack_rig import Rig, action_ids, all_text, price_view, slack_rig

LABEL = StoreLabel("S01", "Market Street", "America/New_York")
DONE = {"event": "task_done", "actor": "U_STAFF_S01", "at": "", "detail": {}}
REOPENED = {**DONE, "event": "task_reopened"}


def script(question: Question, on_progress: OnProgress | None) -> Answer:
    proposal_id = question.text.rsplit(" ", 1)[-1]
    return Answer(answer="I filed a proposal.", headline="I filed a proposal.", proposals=(proposal_id,))


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with slack_rig(tmp_path_factory.mktemp("slack"), script) as running:
        yield running


def task_view(proposal_id: str = "p_task", **changes: Any) -> Any:
    payload = example("store_task").document()
    view = price_view(proposal_id, kind="store_task", payload=payload, outcome={"message": "It is on the list."})
    return replace(view, status="executed", **changes)


def test_anybody_presses_done_and_who_it_was_is_passed_on(rig: Rig) -> None:
    rig.desk.add(task_view())
    root = rig.say("U_OWNER", "C_S01", "<@U_BOT> task p_task")
    (card,) = rig.until(lambda: [m for m in rig.from_bot("C_S01", root) if "Restock" in all_text(m)])
    assert "task_done" in action_ids(card)
    rig.click("U_STAFF_S01", "C_S01", card["ts"], "task_done")
    rig.until(lambda: rig.finished)
    assert rig.finished == [("p_task", "U_STAFF_S01")]


def test_a_done_task_says_by_whom_and_can_be_done_again_once_reopened() -> None:
    def shown(*events: dict[str, Any]) -> str:
        return repr(compose_card(task_view(events=({"event": "proposed", "detail": {}}, *events)), LABEL).best)

    assert "Mark done" in shown()
    assert "Done by <@U_STAFF_S01>" in shown(DONE)
    assert "Mark done" not in shown(DONE)
    assert "Mark done" in shown(DONE, REOPENED)
    cancel = example("store_task").model_copy(update={"task_id": "t_1"})
    assert "Mark done" not in repr(compose_card(replace(task_view(), payload=cancel.document()), LABEL).best)


class Lists(BaseHTTPRequestHandler):
    """A Slack that knows Lists."""

    scopes = "chat:write,lists:read,lists:write"
    refuse = ""
    calls: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        method = self.path.rsplit("/", 1)[-1]
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        sent = json.loads(raw) if raw.startswith(b"{") else {}
        if method != "auth.test":
            self.calls.append((method, sent))
        answer: dict[str, Any] = {"ok": True}
        if method == "slackLists.create":
            columns = [{"id": f"Col{n}", "key": one["key"], "type": "text"} for n, one in enumerate(sent["schema"])]
            todo = [{"id": f"Col_{one}", "key": one, "type": one} for one in ("todo_completed", "todo_due_date")]
            answer |= {"list_id": "F1", "list_metadata": {"schema": [*columns, *todo]}}
        if method == "slackLists.items.create":
            answer |= {"item": {"id": f"Rec{len(self.calls)}"}}
        if self.refuse and method != "auth.test":
            answer = {"ok": False, "error": self.refuse}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("x-oauth-scopes", self.scopes)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the signature of the library
        return


@contextmanager
def slack(**settings: str) -> Iterator[tuple[WebClient, list[tuple[str, dict[str, Any]]]]]:
    calls: list[tuple[str, dict[str, Any]]] = []
    handler = type("Handler", (Lists,), {"calls": calls, **settings})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield WebClient(token="xoxb-test", base_url=f"http://127.0.0.1:{server.server_address[1]}/"), calls
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    with opened.session() as session:
        session.add(
            StoreTask(
                id="t_1",
                key="k",
                store_id="S01",
                type="restock",
                title="Restock aisle 5",
                status="open",
                created_at=datetime(2026, 11, 23, 14, tzinfo=UTC),
                due_at=datetime(2026, 11, 24, 3, tzinfo=UTC),
            )
        )
    yield opened
    opened.close()


def test_a_task_is_copied_once_and_ticked_when_it_is_done(database: Database, tmp_path: Path) -> None:
    kept = tmp_path / "task-list.json"
    with slack() as (client, calls):
        copy = TaskList(client, database, kept, lambda _: LABEL)
        assert (copy.copy(), copy.copy()) == (1, 0)
        assert [method for method, _ in calls] == ["slackLists.create", "slackLists.items.create"]
        assert calls[0][1]["todo_mode"] is True
        cells = {cell.pop("column_id"): cell for cell in calls[1][1]["initial_fields"]}
        assert "Restock aisle 5" in repr(cells["Col0"])
        assert cells["Col_todo_due_date"] == {"date": ["2026-11-23"]}, "the day by the clock of the store"
        with database.session() as session:
            row = session.get(StoreTask, "t_1")
            assert row is not None
            row.status = "done"
        assert TaskList(client, database, kept, lambda _: LABEL).copy() == 1
        method, sent = calls[-1]
        assert method == "slackLists.items.update"
        assert {"row_id": "Rec2", "column_id": "Col_todo_completed", "checkbox": True} in sent["cells"]


def test_without_the_scopes_nothing_is_tried(database: Database, tmp_path: Path) -> None:
    with slack(scopes="chat:write") as (client, calls):
        copy = TaskList(client, database, tmp_path / "kept.json", lambda _: LABEL)
        assert (copy.copy(), copy.copy()) == (0, 0)
        assert calls == []


def test_a_plan_without_lists_is_asked_once(database: Database, tmp_path: Path) -> None:
    with slack(refuse="paid_only") as (client, calls):
        copy = TaskList(client, database, tmp_path / "kept.json", lambda _: LABEL)
        assert (copy.copy(), copy.copy()) == (0, 0)
        assert len(calls) == 1
