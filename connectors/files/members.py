"""The ``member`` file: who may see which stores. Read with the others, kept by the caller, never in the mirror."""

from __future__ import annotations

from typing import Any

import duckdb

from connectors.errors import InputError
from connectors.files.folder import TableFile

_UNLIMITED = ("owner", "analyst")


def read_members(
    connection: duckdb.DuckDBPyConnection, file: TableFile, staged: str, store_ids: frozenset[str]
) -> list[dict[str, Any]]:
    """Members as ``{user_id, role, stores: list, name, approve_limit_minor}``, in file order.

    Raises:
        InputError: a store that does not exist, or none for a role that needs one.
    """
    found = connection.execute(f"SELECT user_id, role, stores, name, approve_limit_minor FROM {staged}").fetchall()
    members: list[dict[str, Any]] = []
    for record, (user_id, role, stores, name, limit) in enumerate(found, start=1):
        listed = [part.strip() for part in (stores or "").split(";") if part.strip()]
        where = f"{file.path.name}, line {file.line_of(record)}, column stores"
        for store_id in listed:
            if store_id not in store_ids:
                known = ", ".join(sorted(store_ids)[:20])
                raise InputError(f"{where}: there is no store “{store_id}”. Stores are: {known}.")
        if not listed and role not in _UNLIMITED:
            raise InputError(f"{where}: a {role} needs at least one store, separated by “;”.")
        members.append({"user_id": user_id, "role": role, "stores": listed, "name": name, "approve_limit_minor": limit})
    return members
