"""The Slack surface on a real stand-in workspace over HTTP and WebSocket, with a scripted conversation behind it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from agent.conversation.answer import Answer, OnProgress, Question
from agent.db.engine import Database, open_database
from agent.db.tables import InboundMessage
from agent.errors import RefusedError, StaleError
from agent.identity import APPROVES, Directory
from agent.proposals.view import ProposalView
from agent.slack.runtime import SlackRuntime
from agent.slack.services import SlackOptions, SlackServices
from agent.slack.stores import StoreLabel
from connectors.mirror.rows import ResultSet, Snapshot, SourceState
from connectors.sandbox.workspace import DEMO_APP_TOKEN, DEMO_BOT_TOKEN, Workspace, demo_seed, workspace_app
from tests.support.loopback import served
from tools.context import Scope

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
STORES = {
    "S01": "Market Street",
    "S02": "Harbor Point",
    "S03": "Maple Avenue",
    "S04": "Harbor Street",
    "S05": "Station Road",
}
LABELS = {store: StoreLabel(store, name, "America/New_York") for store, name in STORES.items()}
MEMBERS: list[dict[str, Any]] = [
    {"user_id": "U_OWNER", "role": "owner", "name": "Nora"},
    {"user_id": "U_DISTRICT", "role": "district_manager", "stores": ["S01", "S03", "S05"]},
    {"user_id": "U_ANALYST", "role": "analyst"},
    *({"user_id": f"U_MANAGER_{store}", "role": "store_manager", "stores": [store]} for store in STORES),
    # U_STAFF_S05 is in the workspace but no member.
    *({"user_id": f"U_STAFF_{store}", "role": "staff", "stores": [store]} for store in ("S01", "S02", "S03", "S04")),
]
CHANNELS: list[dict[str, Any]] = [
    *({"channel_id": f"C_{store}", "stores": [store]} for store in STORES),
    {"channel_id": "C_NORTH", "stores": ["S01", "S03", "S05"]},
]


@dataclass(slots=True)
class MovableClock:
    """A clock that a test sets."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant


class SmallMirror:
    """A mirror that knows the stores and how fresh the sales are."""

    def query(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> ResultSet:
        rows = [(store, name, "America/New_York") for store, name in STORES.items()]
        return ResultSet(("store_id", "name", "timezone"), rows)

    def snapshot(self) -> Snapshot:
        return Snapshot(1, {"sales": SourceState("square", NOW - timedelta(minutes=5), simulated=False)})


Script = Callable[[Question, OnProgress | None], Answer]


@dataclass(slots=True)
class ScriptedConversation:
    """Answers by a function; remembers the questions in the order in which they were begun and ended."""

    script: Script
    begun: list[Question] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    overlaps: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, question: Question, on_progress: OnProgress | None = None) -> Answer:
        with self.lock:
            self.begun.append(question)
            self.overlaps += question.thread_id in self.running
            self.running.add(question.thread_id)
        try:
            return self.script(question, on_progress)
        finally:
            with self.lock:
                self.running.discard(question.thread_id)
                self.ended.append(question.text)


def echo(question: Question, on_progress: OnProgress | None = None) -> Answer:
    """The simplest answer."""
    return Answer(answer=f"You asked: {question.text}", headline=f"You asked: {question.text}", receipt_id="r_1")


def price_view(proposal_id: str = "p_1", **changes: Any) -> ProposalView:
    """A pending price change of one store."""
    payload = {
        "kind": "price_change",
        "connection": "square",
        "store_id": "S01",
        "store_name": "Market Street",
        "store_external_id": "L1",
        "variant_id": "V1",
        "variant_external_id": "X1",
        "product": "OAT MILK 1L",
        "sku": "1095275",
        "before": "3.99",
        "after": "3.39",
        "currency": "USD",
        "percent": "-15",
        "until": "2026-11-30T04:59:59+00:00",
        "reason": "Overstock",
    }
    view = ProposalView(
        id=proposal_id,
        kind="price_change",
        store_id="S01",
        status="pending",
        payload=payload,
        payload_sha256=hashlib.sha256(proposal_id.encode()).hexdigest(),
        before={"price": "3.99"},
        currency="USD",
        impact_minor=60,
        proposed_by="U_MANAGER_S01",
        proposed_at=NOW,
        expires_at=NOW + timedelta(hours=24),
    )
    return replace(view, **changes)


class SmallDesk:
    """Proposals with the one property that matters here: the first decision wins and every change is announced."""

    def __init__(self) -> None:
        self.views: dict[str, ProposalView] = {}
        self.on_edit: Callable[[dict[str, str]], object] | None = None
        self.approvals: list[str] = []
        self.refusals: list[str] = []
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[str], None]] = []

    def add(self, view: ProposalView) -> None:
        self.views[view.id] = view

    def change(self, proposal_id: str, **changes: Any) -> None:
        with self._lock:
            self.views[proposal_id] = replace(self.views[proposal_id], **changes)
        self._announce(proposal_id)

    def view(self, proposal_id: str) -> ProposalView:
        return self.views[proposal_id]

    def find(self, scope: Scope, status: str | None = None, limit: int = 50) -> Sequence[ProposalView]:
        return [v for v in self.views.values() if v.store_id in scope.store_ids and v.status == status][:limit]

    def approve(self, proposal_id: str, actor: Scope, *, seen_sha256: str | None = None) -> ProposalView:
        with self._lock:
            view = self.views[proposal_id]
            if actor.role not in APPROVES or view.store_id not in actor.store_ids:
                self.refusals.append(actor.user_id)
                raise RefusedError(f"You are {actor.role}; this needs a manager of the store.")
            if view.status != "pending" or seen_sha256 != view.payload_sha256:
                self.refusals.append(actor.user_id)
                raise StaleError(f"This was {view.status} already.")
            self.approvals.append(actor.user_id)
            view = replace(view, status="approved", decided_by=actor.user_id, decided_at=NOW)
            self.views[proposal_id] = view
        self._announce(proposal_id)
        self.change(proposal_id, status="executed", pos_reference="sq-77", can_undo=True, outcome={"message": "Done."})
        return self.views[proposal_id]

    def reject(self, proposal_id: str, actor: Scope, reason: str = "") -> ProposalView:
        if actor.role not in APPROVES:
            raise RefusedError("You may not reject this.")
        self.change(proposal_id, status="rejected", decided_by=actor.user_id, decided_at=NOW, decision_reason=reason)
        return self.views[proposal_id]

    def edit(
        self, proposal_id: str, values: Mapping[str, str], actor: Scope, *, seen_sha256: str | None = None
    ) -> ProposalView:
        old = self.views[proposal_id]
        if seen_sha256 != old.payload_sha256:
            raise StaleError("This button belongs to another version of the change.")
        if self.on_edit is not None:
            self.on_edit(dict(values))
            return old
        detail = {"replaces": proposal_id, "changed": [f"Price: {old.payload['after']} → {values['price']}"]}
        payload = {**old.payload, "after": values["price"]}
        events = ({"event": "proposed", "actor": actor.user_id, "at": NOW.isoformat(), "detail": detail},)
        fresh = price_view(f"{proposal_id}_edit", payload=payload, proposed_by=actor.user_id, events=events)
        self.add(fresh)
        self.change(proposal_id, status="superseded")
        return fresh

    def settle(self, proposal_id: str, actor: Scope, *, took_effect: bool) -> ProposalView:
        if actor.role not in APPROVES:
            raise RefusedError("You may not settle this.")
        said = f"{actor.user_id} looked it up: it {'took' if took_effect else 'did not take'} effect."
        status = "executed" if took_effect else "failed"
        message = "Done." if took_effect else f"Nothing was changed: {said}"
        self.change(proposal_id, status=status, outcome={"message": message, "settled_by_hand": said})
        return self.views[proposal_id]

    def undo(self, proposal_id: str, actor: Scope) -> ProposalView:
        inverse = price_view(f"{proposal_id}_undo", undoes=proposal_id)
        self.add(inverse)
        return inverse

    def subscribe(self, callback: Callable[[str], None]) -> None:
        self._callbacks.append(callback)

    def _announce(self, proposal_id: str) -> None:
        for callback in self._callbacks:
            callback(proposal_id)


class Rig:
    """A workspace, a database and a bot between them; the bot can be stopped and started again on the same state."""

    def __init__(self, base: str, folder: Path, script: Script, options: SlackOptions) -> None:
        self.base = base
        self.desk = SmallDesk()
        self.clock = MovableClock()
        self.conversation = ScriptedConversation(script)
        self.database: Database = open_database(f"sqlite:///{folder / 'operations.sqlite'}")
        self.directory = Directory(self.database, lambda: list(STORES))
        self.directory.replace_members(MEMBERS)
        self.directory.replace_channels(CHANNELS)
        self.options = options
        self.finished: list[tuple[str, str]] = []
        self.http = httpx.Client(base_url=base, timeout=20)
        self.runtime: SlackRuntime | None = None

    def services(self) -> SlackServices:
        return SlackServices(
            self.conversation,
            self.directory,
            self.desk,
            self.database,
            SmallMirror(),
            self.clock,
            self.options,
            finish_task=lambda proposal_id, actor: self.finished.append((proposal_id, actor.user_id)),
        )

    def start(self, **more: Any) -> SlackRuntime:
        self.runtime = SlackRuntime(
            self.services(), SecretStr(DEMO_BOT_TOKEN), SecretStr(DEMO_APP_TOKEN), f"{self.base}/slack/api/", **more
        )
        self.runtime.start()
        return self.runtime

    def stop(self) -> None:
        if self.runtime is not None:
            self.runtime.stop()
            self.runtime = None

    def close(self) -> None:
        self.stop()
        self.http.close()
        self.database.close()

    # what a person does

    def say(self, user: str, channel: str, text: str, **more: Any) -> str:
        return str(self._post("say", {"user": user, "channel": channel, "text": text, **more})["ts"])

    def click(self, user: str, channel: str, ts: str, action_id: str) -> None:
        self._post("click", {"user": user, "channel": channel, "message_ts": ts, "action_id": action_id})

    def submit(self, user: str, view_id: str, values: dict[str, Any]) -> None:
        self._post("submit", {"user": user, "view_id": view_id, "values": values})

    def fault(self, method: str, fault: str, times: int = 1) -> None:
        self._post("faults", {"method": method, "fault": fault, "times": times, "retry_after": 0})

    def account(self, user: str, **flags: bool) -> None:
        self._post("account", {"user": user, **flags})

    def home(self, user: str) -> dict[str, Any]:
        answer = self.http.get("/api/sandbox/home", params={"user": user})
        answer.raise_for_status()
        return dict(answer.json())

    def views(self, user: str) -> list[dict[str, Any]]:
        return list(self.http.get("/api/sandbox/views", params={"user": user}).json()["views"])

    def messages(self, channel: str, thread_ts: str | None = None) -> list[dict[str, Any]]:
        params = {"channel": channel, **({"thread_ts": thread_ts} if thread_ts else {})}
        answer = self.http.get("/api/sandbox/messages", params=params)
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def from_bot(self, channel: str, thread_ts: str | None = None) -> list[dict[str, Any]]:
        return [message for message in self.messages(channel, thread_ts) if message.get("user") == "U_BOT"]

    def replies(self, channel: str, thread_ts: str, count: int = 1) -> list[dict[str, Any]]:
        """The bot's finished messages in a thread, once there are ``count`` of them."""

        def finished() -> list[dict[str, Any]]:
            found = self.from_bot(channel, thread_ts)
            return [m for m in found if not m.get("stream") or m["stream"]["stopped"]]

        return self.until(finished, lambda found: len(found) >= count)

    def until(self, look: Callable[[], Any], good: Callable[[Any], bool] = bool, seconds: float = 30.0) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            seen = look()
            if good(seen):
                return seen
            if time.monotonic() > deadline:
                raise AssertionError(f"not in {seconds} s; the last look showed {seen!r}")
            time.sleep(0.02)

    def inbound(self, channel: str, ts: str) -> InboundMessage | None:
        """What was written down about a post."""
        with self.database.reading() as session:
            return session.get(InboundMessage, ("T_DEMO", channel, ts))

    def asked(self, text: str) -> list[Question]:
        """The questions with this text that reached the conversation."""
        return [question for question in self.conversation.begun if question.text == text]

    def settle(self) -> None:
        """Wait until the bot has nothing to do, so that what did not happen can be told."""
        time.sleep(0.3)  # what was sent needs a moment until it stands in a queue
        surface = self.runtime._surface if self.runtime is not None else None
        for queue in (surface.turn_queue, surface.click_queue) if surface is not None else ():
            assert queue.drain(30), f"{queue.size()} jobs still wait or run after 30 s"

    def _post(self, call: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.http.post(f"/api/sandbox/{call}", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@contextmanager
def slack_rig(folder: Path, script: Script = echo, *, start: bool = True, **options: Any) -> Iterator[Rig]:
    """A rig on a loopback port."""
    workspace = Workspace(folder / "workspace.sqlite", demo_seed())
    with served(workspace_app(workspace), lifespan="auto") as url:
        rig = Rig(url, folder, script, SlackOptions(drain_seconds=5, **options))
        try:
            if start:
                rig.start()
            yield rig
        finally:
            rig.close()
    workspace.close()


def all_text(message: Mapping[str, Any]) -> str:
    """Every text of a message, for looking for words."""
    return repr([message.get("text"), message.get("blocks")])


def action_ids(message: Mapping[str, Any]) -> list[str]:
    """The action ids of the buttons of a message."""
    return [
        element["action_id"]
        for block in message.get("blocks") or []
        if block["type"] in {"actions", "context_actions"}
        for element in block["elements"]
    ]
