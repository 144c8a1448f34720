"""What an answer stood on, kept so that anybody with the right to see it can check it later.

A receipt is one plain document per answer, briefing or proposal: the question, the prompt and model, every tool call
with its SQL, parameters, data version and figures. It is written once and never changed; ``agent.governance.replay``
computes it again.
"""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from agent.db.tables import Proposal, Receipt
from agent.errors import BadInputError, RefusedError
from agent.governance.replay import Replay, asker_of, impossible, recompute, result_sha256
from connectors.mirror.rows import Snapshot
from tools.context import MirrorPort, Role, Scope
from tools.result import ToolResult

if TYPE_CHECKING:
    from agent.db.engine import Database

DOCUMENT_SCHEMA = 1
MAX_ROWS = 200
_ALPHABET = string.ascii_lowercase + string.digits


class Receipts:
    """The store of receipts."""

    def __init__(self, database: Database) -> None:
        self.database = database

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

        ``kind`` is ``answer``, ``briefing`` or ``followup``. Build ``document`` with `receipt_document`, so that it
        can be replayed. Proposals that were filed in an answer are given its id, for their cards.
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
        filed = list(document.get("proposals") or ()) if kind == "answer" else []
        with self.database.session() as session:
            session.add(row)
            if filed:
                unnoted = (Proposal.id.in_(filed), Proposal.receipt_id.is_(None))
                session.execute(update(Proposal).where(*unnoted).values(receipt_id=receipt_id))
        return receipt_id

    def show(self, receipt_id: str, scope: Scope) -> dict[str, Any]:
        """A receipt as a plain document, for the person who asked or an owner; a briefing's for all who see its store.

        Raises:
            BadInputError: there is no such receipt, or it is not this person's: the sentence is the same, so that
                guessing ids teaches nothing.
        """
        with self.database.reading() as session:
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

    def replay(
        self, receipt_id: str, scope: Scope, *, mirror: MirrorPort, extras: Mapping[str, Any] | None = None
    ) -> Replay:
        """Run the stored tool calls again with the asker's stores and "now", and compare the figures.

        ``extras`` are the further ports that tools may need (``tools.context.ToolContext.extras``).

        Raises:
            BadInputError: there is no such receipt for this person.
            RefusedError: the person no longer sees every store the receipt speaks of.
        """
        document = self.show(receipt_id, scope)
        reason = impossible(document, DOCUMENT_SCHEMA)
        if reason:
            return Replay(receipt_id, "cannot", (reason,))
        lost = sorted(set(asker_of(document).store_ids) - set(scope.store_ids))
        if lost:
            raise RefusedError(f"You no longer see every store of this receipt (missing: {', '.join(lost)}).")
        return recompute(receipt_id, document, mirror, extras or {})


def _may_see(row: Receipt, scope: Scope) -> bool:
    """The asker and owners; what nobody asked for, a briefing or a finding, is for everybody who sees its stores."""
    if row.user_id == scope.user_id or scope.role is Role.OWNER:
        return True
    stores = (row.document.get("scope") or {}).get("store_ids") or ()
    return row.kind in ("briefing", "followup") and bool(stores) and set(stores) <= set(scope.store_ids)


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
    snapshot: Snapshot | None = None,
) -> dict[str, Any]:
    """The whole document of a receipt; ``calls`` come from `call_document`, ``now`` is the instant that was "now".

    ``snapshot`` is the state of the data when the answer was done; each call carries the one it was made from.
    """
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
        "snapshot": _snapshot(snapshot),
    }


def _snapshot(snapshot: Snapshot | None) -> dict[str, Any] | None:
    if snapshot is None:
        return None
    return {
        "version": snapshot.version,
        "sources": {
            topic: {"as_of": state.as_of_at.isoformat(), "simulated": state.simulated}
            for topic, state in snapshot.sources.items()
        },
    }


def _canonical(document: Any) -> str:
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
