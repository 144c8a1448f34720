"""The whole table of an answer as a file, for whoever may still see it.

The rows are those of the receipt. Where it kept only the first of them, the call is run again: the same figures as
then give the file of then, else the file says that it holds the rows of now. Where a tool lists only its first ten or
twenty and nobody asked for so many, the file goes on with those after them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from agent.db.tables import Receipt
from agent.errors import BadInputError, RefusedError
from agent.governance.replay import asker_of, impossible, rerun, result_sha256
from agent.rendering.csv_file import csv_text
from tools.context import MirrorPort, Role, Scope
from tools.registry import Arguments, catalogue

if TYPE_CHECKING:
    from agent.governance.receipts import Receipts

_LOOKED_AT = 20
NOTHING = "There is no table here to export; ask a question that gives one first."
CHANGED = "The data has changed since the answer; these are the rows as they are now."


@dataclass(frozen=True, slots=True)
class Export:
    """A table as a file: its name, CSV text without a byte-order mark, rows without the heading, and what to know."""

    receipt_id: str
    name: str
    text: str
    rows: int
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The document of ``receipts show --csv --json``."""
        return {
            "receipt_id": self.receipt_id,
            "name": self.name,
            "rows": self.rows,
            "csv": self.text,
            "note": self.note,
        }


def export(receipts: Receipts, receipt_id: str, scope: Scope, mirror: MirrorPort, extras: Mapping[str, Any]) -> Export:
    """The last table of an answer, whole.

    Raises:
        BadInputError: there is no such receipt for this person, or no table in it.
        RefusedError: the person does not see every store of it any more, or sees less of it than the asker did.
    """
    document = receipts.show(receipt_id, scope)
    call = _last_table(document)
    if call is None:
        raise BadInputError(NOTHING)
    _check_rights(document, scope)
    table, note = call["table"], ""
    if table.get("rows_total", len(table["rows"])) > len(table["rows"]):
        table, note = _whole(document, call, mirror, extras)
    else:
        table, note = _beyond_the_first(document, call, mirror, extras)
    return Export(
        receipt_id,
        f"{call['name']}-{str(document.get('now', ''))[:10]}.csv",
        csv_text(table["columns"], table["rows"]),
        len(table["rows"]),
        note,
    )


def latest_with_table(receipts: Receipts, thread_id: str, scope: Scope) -> str | None:
    """The receipt of the newest answer to this person in this thread that has a table."""
    query = (
        select(Receipt)
        .where(Receipt.thread_id == thread_id, Receipt.kind == "answer", Receipt.user_id == scope.user_id)
        .order_by(Receipt.created_at.desc(), Receipt.receipt_id)
        .limit(_LOOKED_AT)
    )
    with receipts.database.reading() as session:
        found = next((row for row in session.scalars(query) if _last_table(row.document) is not None), None)
        return found.receipt_id if found is not None else None


def _last_table(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    tables = [
        call
        for call in document.get("calls") or ()
        if call.get("status") == "ok" and call.get("table") and call["table"].get("rows")
    ]
    return tables[-1] if tables else None


def _check_rights(document: Mapping[str, Any], scope: Scope) -> None:
    if impossible(document, document.get("schema", 0)):
        raise BadInputError(NOTHING)
    asker = asker_of(document)
    lost = sorted(set(asker.store_ids) - set(scope.store_ids))
    if lost:
        raise RefusedError(f"You do not see every store of this table any more (missing: {', '.join(lost)}).")
    if asker.role is not scope.role and scope.role is not Role.OWNER:
        raise RefusedError("Your role has changed since this answer; please ask again and export that.")


def _whole(
    document: Mapping[str, Any], call: Mapping[str, Any], mirror: MirrorPort, extras: Mapping[str, Any]
) -> tuple[Mapping[str, Any], str]:
    result = rerun(document, call, mirror, extras)
    shape = result.to_json()["table"] if result is not None else None
    if result is None or shape is None:
        kept, total = len(call["table"]["rows"]), call["table"]["rows_total"]
        return call["table"], f"Only the first {kept} of {total} rows were kept, and the rest cannot be had again."
    return shape, "" if result_sha256(result) == call.get("result_sha256") else CHANGED


def _beyond_the_first(
    document: Mapping[str, Any], call: Mapping[str, Any], mirror: MirrorPort, extras: Mapping[str, Any]
) -> tuple[Mapping[str, Any], str]:
    """The table with as many rows as its tool lists at most, where the answer holds the usual number of them.

    Only where the call gives the answer's own rows again, with others after them.
    """
    table, spec = call["table"], catalogue().get(str(call.get("name", "")))
    limits = _limits(spec.arguments) if spec is not None else None
    if limits is None or "limit" in call.get("args", {}) or len(table["rows"]) < limits[0]:
        return table, ""
    if (then := rerun(document, call, mirror, extras)) is None or result_sha256(then) != call.get("result_sha256"):
        return table, ""
    longer = {**call, "args": {**call.get("args", {}), "limit": limits[1]}}
    found = rerun(document, longer, mirror, extras)
    shape = found.to_json()["table"] if found is not None else None
    rows = [list(row) for row in table["rows"]]
    if shape is None or len(shape["rows"]) <= len(rows) or [list(row) for row in shape["rows"][: len(rows)]] != rows:
        return table, ""
    note = f"The answer shows the first {len(rows)} of these."
    if len(shape["rows"]) >= limits[1]:
        note += f" No more than {limits[1]} are listed."
    return shape, note


def _limits(arguments: type[Arguments]) -> tuple[int, int] | None:
    """How many rows a tool lists unless told, and how many at most; None where that is no matter of ``limit``."""
    field = arguments.model_fields.get("limit")
    most = [bound for one in field.metadata if (bound := getattr(one, "le", None)) is not None] if field else []
    return (field.default, most[0]) if field and most and isinstance(field.default, int) else None
