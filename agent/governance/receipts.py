"""What an answer stood on, kept so that anybody with the right to see it can check it later.

A receipt is one plain document per answer, briefing or proposal: the question, the prompt and model, every tool call
with its SQL, parameters, data version and figures. It is written once and never changed. Replaying runs the stored
calls again, under the asker's stores and the asker's "now", and says whether the figures still come out the same.
Filing a proposal is never replayed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from agent.db.tables import Receipt
from agent.errors import BadInputError, RefusedError
from tools.context import MirrorPort, Role, Scope, ToolContext
from tools.errors import ToolError
from tools.registry import catalogue, run_tool
from tools.result import ToolResult

if TYPE_CHECKING:
    from agent.db.engine import Database

DOCUMENT_SCHEMA = 1
MAX_ROWS = 200
_ALPHABET = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of running a receipt again.

    ``status`` is ``same``, ``changed`` or ``cannot``; ``reasons`` are sentences for people; ``changes`` are
    ``{tool, metric, group, stores, before, after}`` for each figure that differs.
    """

    receipt_id: str
    status: str
    reasons: tuple[str, ...]
    changes: tuple[Mapping[str, Any], ...] = ()
    snapshot_before: int | None = None
    snapshot_after: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The document of ``receipts replay --json``."""
        return {
            "receipt_id": self.receipt_id,
            "status": self.status,
            "reasons": list(self.reasons),
            "changes": [dict(change) for change in self.changes],
            "snapshot_before": self.snapshot_before,
            "snapshot_after": self.snapshot_after,
        }


@dataclass(slots=True)
class _Tally:
    """What a replay has found so far."""

    compared: int = 0
    before: int | None = None
    after: int | None = None
    changes: list[Mapping[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class Receipts:
    """The store of receipts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        kind: str,
        user_id: str,
        thread_id: str,
        document: Mapping[str, Any],
        *,
        created_at: datetime | None = None,
    ) -> str:
        """Write a receipt and return its id (``r_`` and 16 characters).

        ``kind`` is ``answer``, ``briefing`` or ``proposal``. Build ``document`` with `receipt_document`, so that it
        can be replayed.
        """
        receipt_id = "r_" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
        row = Receipt(
            receipt_id=receipt_id,
            kind=kind,
            created_at=created_at or datetime.now(UTC),
            user_id=user_id,
            thread_id=thread_id,
            document=json.loads(_canonical(document)),
        )
        with self._database.session() as session:
            session.add(row)
        return receipt_id

    def show(self, receipt_id: str, scope: Scope) -> dict[str, Any]:
        """A receipt as a plain document, for the person who asked or an owner; a briefing's for all who see its store.

        Raises:
            BadInputError: there is no such receipt, or it is not this person's: the sentence is the same, so that
                guessing ids teaches nothing.
        """
        with self._database.reading() as session:
            row = session.get(Receipt, receipt_id)
            if row is None or not _may_see(row, scope):
                raise BadInputError(
                    f"There is no receipt “{receipt_id[:40]}” that you may see. A receipt is shown to the person who"
                    " asked and to an owner; its id is under the answer."
                )
            return {
                "receipt_id": row.receipt_id,
                "kind": row.kind,
                "created_at": row.created_at.isoformat(),
                "user_id": row.user_id,
                "thread_id": row.thread_id,
                **row.document,
            }

    def replay(self, receipt_id: str, scope: Scope, *, mirror: MirrorPort) -> Replay:
        """Run the stored tool calls again with the asker's stores and "now", and compare the figures.

        Raises:
            BadInputError: there is no such receipt for this person.
            RefusedError: the person no longer sees every store the receipt speaks of.
        """
        shown = self.show(receipt_id, scope)
        stored = shown.get("scope")
        if not isinstance(stored, Mapping) or not shown.get("now"):
            return Replay(receipt_id, "cannot", ("This receipt does not hold who asked and when.",))
        calls = shown.get("calls") or []
        if not any(call.get("status") == "ok" for call in calls):
            return Replay(receipt_id, "cannot", ("No tool answered here, so there is nothing to recompute.",))
        asker = _stored_scope(stored)
        lost = sorted(set(asker.store_ids) - set(scope.store_ids))
        if lost:
            raise RefusedError(f"You no longer see every store of this receipt (missing: {', '.join(lost)}).")
        tally = _Tally()
        context = ToolContext(scope=asker, mirror=mirror, clock=_StoredClock(datetime.fromisoformat(shown["now"])))
        for call in calls:
            _replay_call(call, context, tally)
        return _verdict(receipt_id, tally)


def _may_see(row: Receipt, scope: Scope) -> bool:
    """The asker and owners; a briefing, which nobody asked for, is for everybody who sees its store."""
    if row.user_id == scope.user_id or scope.role is Role.OWNER:
        return True
    stores = (row.document.get("scope") or {}).get("store_ids") or ()
    return row.kind == "briefing" and bool(stores) and set(stores) <= set(scope.store_ids)


@dataclass(frozen=True, slots=True)
class _StoredClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


def call_document(
    name: str, args: Mapping[str, Any], status: str, seconds: float, result: ToolResult | None, *, error: str = ""
) -> dict[str, Any]:
    """One tool call as a receipt keeps it: at most 200 rows, the figures whole, and a hash over both.

    ``status`` is ``ok``, ``clarify`` or ``error``; ``error`` is the sentence the person was given.
    """
    document: dict[str, Any] = {"name": name, "args": dict(args), "status": status, "seconds": round(seconds, 4)}
    if error:
        document["error"] = error
    if result is None:
        return document
    shape = result.to_json()
    table = shape["table"]
    if table is not None:
        table = {**table, "rows_total": len(table["rows"]), "rows": table["rows"][:MAX_ROWS]}
    return {
        **document,
        "headline": shape["headline"],
        "figures": shape["figures"],
        "table": table,
        "caveats": shape["caveats"],
        "proposals": shape["proposals"],
        "provenance": shape["provenance"],
        "result_sha256": result_sha256(result),
    }


def receipt_document(
    *,
    question: str,
    now: datetime,
    scope: Scope,
    calls: Sequence[Mapping[str, Any]],
    prompt: Mapping[str, Any] | None = None,
    model: str = "",
    answer: str = "",
    headline: str = "",
    caveats: Sequence[str] = (),
    proposals: Sequence[str] = (),
    seconds: float = 0.0,
) -> dict[str, Any]:
    """The whole document of a receipt; ``calls`` come from `call_document`, ``now`` is the instant that was "now"."""
    return {
        "schema": DOCUMENT_SCHEMA,
        "question": question,
        "now": now.astimezone(UTC).isoformat(),
        "scope": {
            "user_id": scope.user_id,
            "role": scope.role.value,
            "store_ids": list(scope.store_ids),
            "default_store_ids": list(scope.default_store_ids),
        },
        "prompt": dict(prompt or {}),
        "model": model,
        "calls": [dict(call) for call in calls],
        "answer": answer,
        "headline": headline,
        "caveats": list(caveats),
        "proposals": list(proposals),
        "seconds": round(seconds, 4),
    }


def result_sha256(result: ToolResult) -> str:
    """A hash over the figures and the table, independent of wording and timing."""
    shape = result.to_json()
    return hashlib.sha256(_canonical({"figures": shape["figures"], "table": shape["table"]}).encode()).hexdigest()


def _canonical(document: Any) -> str:
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def _stored_scope(stored: Mapping[str, Any]) -> Scope:
    return Scope(
        user_id=str(stored.get("user_id", "")),
        role=Role(stored["role"]),
        store_ids=tuple(stored.get("store_ids", ())),
        default_store_ids=tuple(stored.get("default_store_ids", ())),
    )


def _replay_call(call: Mapping[str, Any], context: ToolContext, tally: _Tally) -> None:
    name = str(call.get("name", ""))
    if call.get("status") != "ok":
        return
    spec = catalogue().get(name)
    if spec is None:
        tally.failures.append(f"There is no tool “{name}” any more.")
        return
    if spec.proposes:
        tally.notes.append(f"{name} filed a proposal; that is never repeated.")
        return
    try:
        result = run_tool(name, call.get("args", {}), context)
    except ToolError as error:
        tally.failures.append(f"{name} does not answer now: {error.user_message}")
        return
    tally.compared += 1
    tally.before = _first(tally.before, call.get("provenance", {}).get("snapshot"))
    tally.after = _first(tally.after, result.provenance.snapshot)
    if result_sha256(result) == call.get("result_sha256"):
        return
    found = _figure_changes(name, call.get("figures", ()), [figure.to_json() for figure in result.figures])
    tally.changes.extend(found or [{"tool": name, "metric": "table", "before": "as stored", "after": "differs"}])


def _first(value: int | None, other: int | None) -> int | None:
    return other if value is None else value


def _figure_key(figure: Mapping[str, Any]) -> str:
    return _canonical({name: figure.get(name) for name in ("metric", "stores", "start_on", "end_on", "group")})


def _figure_changes(
    tool: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    old = {_figure_key(figure): figure for figure in before}
    new = {_figure_key(figure): figure for figure in after}
    changes: list[Mapping[str, Any]] = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        shown = was or now or {}
        changes.append(
            {
                "tool": tool,
                "metric": shown.get("metric"),
                "group": shown.get("group", {}),
                "stores": shown.get("stores", []),
                "before": was.get("value") if was else None,
                "after": now.get("value") if now else None,
            }
        )
    return changes


def _verdict(receipt_id: str, tally: _Tally) -> Replay:
    if not tally.compared:
        reasons = tuple(tally.failures + tally.notes) or ("There is nothing to recompute.",)
        return Replay(receipt_id, "cannot", reasons)
    moved = tally.before != tally.after
    changed = bool(tally.changes or tally.failures)
    version = (
        f"The data moved from version {tally.before} to {tally.after}."
        if moved
        else f"The data is at the same version, {tally.after}."
    )
    summary = f"{len(tally.changes)} figures differ." if tally.changes else "Every recomputed figure is the same."
    return Replay(
        receipt_id,
        "changed" if changed else "same",
        (summary, version, *tally.failures, *tally.notes),
        tuple(tally.changes),
        tally.before,
        tally.after,
    )
