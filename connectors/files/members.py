"""The ``member`` file: who may see which stores. Read with the others, kept by the caller, never in the mirror."""

from __future__ import annotations

from typing import Any

import duckdb

from connectors.files.folder import TableFile

_UNLIMITED = ("owner", "analyst")
_NAMED = 20


def read_members(connection: duckdb.DuckDBPyConnection, file: TableFile) -> list[dict[str, Any]]:
    """Members as ``{user_id, role, stores: list, name, approve_limit_minor}``, in file order."""
    found = connection.execute(
        f"SELECT user_id, role, stores, name, approve_limit_minor FROM {file.good} ORDER BY place"
    ).fetchall()
    return [
        {"user_id": user_id, "role": role, "stores": _listed(stores), "name": name, "approve_limit_minor": limit}
        for user_id, role, stores, name, limit in found
    ]


def note_wrong_stores(connection: duckdb.DuckDBPyConnection, file: TableFile, known: list[str]) -> None:
    """Note members with a store that does not exist, or with none where their role needs one."""
    found = connection.execute(
        f"SELECT g.place, g.role, g.stores FROM {file.good} g JOIN {file.staged} n ON n.rowid = g.place "
        "WHERE n.faults IS NULL ORDER BY g.place"
    ).fetchall()
    for place, role, stores in found:
        listed = _listed(stores)
        unknown = [store_id for store_id in listed if store_id not in known]
        if unknown:
            reason = f"there is no store “{unknown[0]}”. Stores are: {', '.join(known[:_NAMED])}"
        elif not listed and role not in _UNLIMITED:
            reason = f"a {role} needs at least one store, separated by “;”"
        else:
            continue
        connection.execute(
            """INSERT INTO load_fault (table_name, place, column_name, cell, reason, alone)
            VALUES ($name, $place, 'stores', $cell, $reason, false)""",
            {"name": file.table.name, "place": place, "cell": stores, "reason": reason},
        )


def _listed(stores: str | None) -> list[str]:
    return [part.strip() for part in (stores or "").split(";") if part.strip()]
