"""Mistakes that would each break a promise, to be put into the real code for a moment.

A mistake is a piece of a function's source and what stands there instead; a piece that is not found is an error, so
that a mistake cannot go stale unnoticed.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from agent.proposals import authority, policy
from agent.proposals.authority import Authority
from agent.proposals.executor import Executor
from agent.proposals.filing import Filing
from agent.proposals.service import Proposals
from agent.proposals.store import Work


@dataclass(frozen=True, slots=True)
class Mistake:
    """``owner.name`` is compiled again with ``piece`` exchanged for ``instead``."""

    owner: Any
    name: str
    piece: str
    instead: str


_PENDING_ONLY = Mistake(
    Proposals, "_require_pending", "if row.status == Status.PENDING.value:", "if row.status == row.status:"
)
_DECIDED, _WHEN = 'row.decided_by or ""', "row.decided_at or work.now"
_GUARD = "Proposal.status == row.status, Proposal.payload_sha256 == row.payload_sha256"
BUGS: Mapping[str, tuple[Mistake, ...]] = {
    "no compare-and-set": (
        _PENDING_ONLY,
        Mistake(Work, "move", "require(Status(row.status), to)", "pass"),
        Mistake(Work, "move", f"(Proposal.id == row.id, {_GUARD})", "(Proposal.id == row.id,)"),
    ),
    "hash not checked": (
        Mistake(Executor, "_begin", "if sha256_of(row.payload) != row.payload_sha256:", "if False:"),
    ),
    "expiry ignored at the click": (
        Mistake(Proposals, "approve", "row.expires_at <= work.now, False", "False, False"),
    ),
    "expiry ignored at execution": (
        Mistake(Executor, "_begin", "if self._too_late(row, payload, work):", "if False:"),
    ),
    "authority not looked up again": (
        Mistake(Executor, "_begin", f"self._authority.approve({_DECIDED}, row, work.session, {_WHEN})", "pass"),
        Mistake(Executor, "_begin", "self._authority.still(row.first_approved_by, row)", "pass"),
    ),
    "key differs per try": (
        Mistake(
            Executor,
            "_send",
            "key_of(row, number, len(parts))",
            "idempotency_key(row.id, row.payload_sha256, str(len(self._store.events([row.id])[row.id])))",
        ),
    ),
    "look-first skipped after a crash": (Mistake(Executor, "_send", "look_first=sent_before", "look_first=False"),),
    "superseded still approvable": (
        Mistake(
            Proposals,
            "_require_pending",
            "if row.status == Status.PENDING.value:",
            "if row.status in (Status.PENDING.value, Status.SUPERSEDED.value):",
        ),
        Mistake(Work, "move", "require(Status(row.status), to)", "pass"),
    ),
    "edit keeps old approval": (
        Mistake(
            Filing,
            "file",
            "_replace(work, replaces, row if known is None else known, scope.user_id)",
            "_replace(work, replaces, row if known is None else known, scope.user_id); "
            "row.first_approved_by = work.get(replaces).first_approved_by",
        ),
    ),
    "limit ignores lately": (Mistake(Authority, "case", "lately.add(other, _instead_of(event))", "pass"),),
    "second approval by the same person": (
        Mistake(policy, "_obstacle", "if person.user_id == case.first_approved_by:", "if False:"),
    ),
    "one approval is enough for anything": (
        # Where it is called by that name; in its own module nobody calls it.
        Mistake(authority, "needs_second", "case.impact_minor + alone > over", "False"),
    ),
    "the same request is filed again": (
        Mistake(Proposals, "propose", "if known is not None:", "if False:"),
        Mistake(
            Filing, "file", "known = _equal_pending(work, row, replaces)", "known = None; row.natural_key = proposal_id"
        ),
    ),
    "an interrupted execution is forgotten": (
        Mistake(Executor, "_begin", "return len(parts_of(row))", "return 0"),
    ),
}  # fmt: skip


@contextmanager
def planted(bug: str) -> Iterator[None]:
    """The code with a bug in it."""
    kept: list[tuple[Any, str, Any]] = []
    try:
        for mistake in BUGS[bug]:
            kept.append((mistake.owner, mistake.name, inspect.getattr_static(mistake.owner, mistake.name)))
            _exchange(mistake)
        yield
    finally:
        for owner, name, function in reversed(kept):
            setattr(owner, name, function)
        _SOURCES.clear()


_SOURCES: dict[Any, str] = {}
"""What a function that was exchanged says now; its file says what it said before."""


def _exchange(mistake: Mistake) -> None:
    function = getattr(mistake.owner, mistake.name)
    source = _SOURCES.get(function) or textwrap.dedent(inspect.getsource(function))
    assert mistake.piece in source, f"{mistake.name} says no longer: {mistake.piece}"
    changed = source.replace(mistake.piece, mistake.instead)
    made: dict[str, Any] = {}
    code = compile("from __future__ import annotations\n" + changed, f"<{mistake.name}>", "exec")
    exec(code, function.__globals__, made)
    _SOURCES[made[mistake.name]] = changed
    setattr(mistake.owner, mistake.name, made[mistake.name])
