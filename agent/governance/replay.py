"""Computing a receipt again: the stored calls, with the asker's stores and "now", over the data as it is today.

The rules are those of the first time, the rows may not be: a sale that came late, a return booked to an earlier day, a
product that was erased. So what comes out is *same*, *changed* (which figures, from what to what, which sources have
moved) or *cannot* (why). Filing a proposal is never repeated.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from agent.governance.differences import figure_changes, spoken, table_changes
from connectors.errors import ConnectorError
from tools.context import MirrorPort, Role, Scope, ToolContext
from tools.errors import ToolError
from tools.registry import catalogue, run_tool
from tools.result import ToolResult

MAX_CHANGES = 100
_SPOKEN = 3
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of running a receipt again.

    ``status`` is ``same``, ``changed`` or ``cannot``; ``reasons`` are sentences for people; ``changes`` are
    ``{tool, metric, group, stores, before, after}`` for each figure or cell that differs; ``moved`` are ``{source,
    before, after}`` for each source whose as-of time is another one now.
    """

    receipt_id: str
    status: str
    reasons: tuple[str, ...]
    changes: tuple[Mapping[str, Any], ...] = ()
    snapshot_before: int | None = None
    snapshot_after: int | None = None
    moved: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The document of ``receipts replay --json``."""
        return {
            "receipt_id": self.receipt_id,
            "status": self.status,
            "reasons": list(self.reasons),
            "changes": [dict(change) for change in self.changes],
            "moved": [dict(source) for source in self.moved],
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
    moved: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _StoredClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


def result_sha256(result: ToolResult) -> str:
    """A hash over the figures and the table, independent of wording and timing."""
    shape = result.to_json()
    document = {"figures": shape["figures"], "table": shape["table"]}
    written = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def impossible(document: Mapping[str, Any], schema: int) -> str:
    """Why this receipt cannot be computed again at all; "" when it can be tried."""
    stored = document.get("scope")
    if document.get("schema", schema) != schema:
        return "This receipt was written by another version of floorwalker, whose receipts this one does not read."
    if not isinstance(stored, Mapping) or not document.get("now"):
        return "This receipt does not hold who asked and when."
    if stored.get("role") not in {role.value for role in Role}:
        return "The role of the person who asked does not exist any more."
    if not any(call.get("status") == "ok" for call in document.get("calls") or ()):
        return "No tool answered here, so there is nothing to recompute."
    return ""


def asker_of(document: Mapping[str, Any]) -> Scope:
    """The scope of the person who asked."""
    stored = document["scope"]
    return Scope(
        user_id=str(stored.get("user_id", "")),
        role=Role(stored["role"]),
        store_ids=tuple(stored.get("store_ids", ())),
        default_store_ids=tuple(stored.get("default_store_ids", ())),
    )


def recompute(receipt_id: str, document: Mapping[str, Any], mirror: MirrorPort, extras: Mapping[str, Any]) -> Replay:
    """Run every call of the receipt that answered, and say how it comes out now."""
    clock = _StoredClock(datetime.fromisoformat(document["now"]))
    context = ToolContext(scope=asker_of(document), mirror=mirror, clock=clock, extras=extras)
    tally = _Tally()
    for call in document.get("calls") or ():
        if call.get("status") == "ok":
            _again(call, context, tally)
    return _verdict(receipt_id, tally)


def rerun(
    document: Mapping[str, Any], call: Mapping[str, Any], mirror: MirrorPort, extras: Mapping[str, Any]
) -> ToolResult | None:
    """One call of a receipt run again; None when it does not answer now, or files a proposal."""
    spec = catalogue().get(str(call.get("name", "")))
    if spec is None or spec.proposes:
        return None
    clock = _StoredClock(datetime.fromisoformat(document["now"]))
    context = ToolContext(scope=asker_of(document), mirror=mirror, clock=clock, extras=extras)
    try:
        return run_tool(spec.name, call.get("args", {}), context)
    except (ToolError, ConnectorError) as error:
        _log.info("rerun.refused", tool=spec.name, reason=type(error).__name__)
        return None


def _again(call: Mapping[str, Any], context: ToolContext, tally: _Tally) -> None:
    name = str(call.get("name", ""))
    spec = catalogue().get(name)
    if spec is None:
        tally.failures.append(f"There is no tool “{name}” any more.")
        return
    if spec.proposes:
        tally.notes.append(f"{name} filed a proposal; that is never repeated.")
        return
    try:
        result = run_tool(name, call.get("args", {}), context)
    except (ToolError, ConnectorError) as error:
        tally.failures.append(f"{name} does not answer now: {error.user_message}")
        return
    except Exception as error:  # noqa: BLE001 - arguments of an older version may break a tool of this one
        _log.warning("replay.failed", tool=name, error=type(error).__name__)
        tally.failures.append(f"{name} cannot be run with what was stored.")
        return
    tally.compared += 1
    stored = call.get("provenance") or {}
    tally.before = stored.get("snapshot") if tally.before is None else tally.before
    tally.after = result.provenance.snapshot if tally.after is None else tally.after
    _note_moved(stored.get("sources") or {}, result, tally)
    if result_sha256(result) == call.get("result_sha256"):
        return
    shape = result.to_json()
    found = figure_changes(name, call.get("figures") or (), shape["figures"])
    found = found or table_changes(name, call.get("table"), shape["table"])
    tally.changes.extend(found or [{"tool": name, "metric": "table", "before": "as stored", "after": "differs"}])


def _note_moved(before: Mapping[str, Any], result: ToolResult, tally: _Tally) -> None:
    after = result.to_json()["provenance"]["sources"]
    for source in sorted(before.keys() | after.keys()):
        was, now = before.get(source), after.get(source)
        if was != now:
            tally.moved.setdefault(source, {"source": source, "before": was, "after": now})


def _verdict(receipt_id: str, tally: _Tally) -> Replay:
    if not tally.compared:
        reasons = tuple(tally.failures + tally.notes) or ("There is nothing to recompute.",)
        return Replay(receipt_id, "cannot", reasons)
    status = "changed" if tally.changes else "cannot" if tally.failures else "same"
    return Replay(
        receipt_id,
        status,
        (_summary(tally), *_data(tally), *tally.failures, *tally.notes),
        tuple(tally.changes[:MAX_CHANGES]),
        tally.before,
        tally.after,
        tuple(tally.moved.values()),
    )


def _summary(tally: _Tally) -> str:
    count = len(tally.changes)
    if not count:
        return "Every recomputed figure is the same."
    told = "; ".join(spoken(change) for change in tally.changes[:_SPOKEN])
    more = f"; and {count - _SPOKEN} more" if count > _SPOKEN else ""
    return f"{count} figure{' differs' if count == 1 else 's differ'}: {told}{more}."


def _data(tally: _Tally) -> Sequence[str]:
    """How the data of now differs from the data of then."""
    if tally.before == tally.after:
        return (f"The data is at the same version, {tally.after}.",)
    said = [f"The data moved from version {tally.before} to {tally.after}."]
    if tally.moved:
        told = ", ".join(f"{one['source']} from {one['before']} to {one['after']}" for one in tally.moved.values())
        said.append(f"Known up to another time now: {told}.")
    elif tally.changes:
        said.append("No source is known further than then, so rows were added or corrected afterwards.")
    return said
