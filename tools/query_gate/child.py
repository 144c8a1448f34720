"""The process that runs one query: it holds the copied rows, no credentials, no way out, and may be killed any time.

Run as a file of its own (``python -I child.py``), so it imports nothing of floorwalker and starts fast. It reads from
stdin one line of JSON ``{"sql", "views", "memory_mb", "rows", "cell"}`` and then one Arrow stream for each view, and
writes lines of JSON to stdout: ``{"loaded": true}``, then ``{"columns", "types", "rows"}`` or ``{"refused": why}``.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

MEGABYTE = 1024 * 1024
CPU_SECONDS = 20
ENGINE_SHARE = 0.7
SAFE_TYPES = {
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
    "FLOAT", "DOUBLE", "VARCHAR", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS",
    "INTERVAL", "NULL", '"NULL"',
}  # fmt: skip
"""Result types that are plain values; every DECIMAL is one too."""

NEVER = {"TABLE_FUNCTION", "EXPRESSION_LIST", "PIVOT", "SHOW_REF", "COLUMN_DATA", "RECURSIVE_CTE_NODE", "LAMBDA"}
"""Kinds of node that no query of ours has."""


def main() -> None:
    """Load the rows, run the query, print what came of it."""
    task = json.loads(sys.stdin.buffer.readline())
    _limit(task["memory_mb"])
    connection = _loaded(task)
    _say({"loaded": True})
    _say(_answered(connection, task))


def _limit(memory_mb: int) -> None:
    """Bound this process itself, where the system can; a thread ends it when it grows too large all the same."""
    threading.Thread(target=_watch, args=(memory_mb,), daemon=True).start()
    try:
        import resource
    except ImportError:
        return
    for what, bound in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, (memory_mb + 1536) * MEGABYTE),
    ):
        try:
            resource.setrlimit(what, (bound, bound))
        except (OSError, ValueError):
            continue


def _watch(memory_mb: int) -> None:
    parent = os.getppid()
    while True:
        time.sleep(0.02)
        if os.getppid() != parent:
            os._exit(4)
        if _resident_mb() > memory_mb:
            _say({"refused": "memory"})
            os._exit(3)


def _resident_mb() -> float:
    if os.path.exists("/proc/self/statm"):  # noqa: PTH110 - kept free of imports
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MEGABYTE if sys.platform == "darwin" else peak / 1024


def _loaded(task: dict[str, Any]) -> Any:
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{int(task['memory_mb'] * ENGINE_SHARE)}MB",
            "threads": 1,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
            "python_scan_all_frames": False,
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    for view in task["views"]:
        reader = pa.ipc.open_stream(sys.stdin.buffer)
        connection.register("incoming", reader)
        connection.execute(f'CREATE TABLE "{view}" AS SELECT * FROM incoming')
        connection.unregister("incoming")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _answered(connection: Any, task: dict[str, Any]) -> dict[str, Any]:
    import duckdb

    try:
        if not _is_one_select(connection, task["sql"], set(task["views"])):
            return {"refused": "statement"}
        cursor = connection.execute(task["sql"])
        names = [column[0] for column in cursor.description]
        types = [str(column[1]) for column in cursor.description]
        if any(kind not in SAFE_TYPES and not kind.startswith("DECIMAL(") for kind in types):
            return {"refused": "type"}
        rows = cursor.fetchmany(task["rows"] + 1)
    except duckdb.OutOfMemoryException:
        return {"refused": "memory"}
    except MemoryError:
        return {"refused": "memory"}
    except duckdb.Error as error:
        return {"refused": "engine", "said": str(error)[:2000]}
    return {"columns": names, "types": types, "rows": [[_plain(cell, task["cell"]) for cell in row] for row in rows]}


def _is_one_select(connection: Any, sql: str, views: set[str]) -> bool:
    """A second opinion by the engine's own parser: one SELECT over these tables and no others."""
    import duckdb

    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        return False
    tree = json.loads(connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchone()[0])
    if tree.get("error") or len(tree.get("statements", ())) != 1:
        return False
    known = set(views)
    tables: list[dict[str, Any]] = []
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            known |= {str(entry.get("key", "")).lower() for entry in (node.get("cte_map") or {}).get("map", ())}
            kind = str(node.get("type"))
            if kind in NEVER:
                return False
            if kind == "BASE_TABLE":
                tables.append(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return all(
        table["table_name"].lower() in known and not table.get("schema_name") and not table.get("catalog_name")
        for table in tables
    )


def _plain(cell: Any, longest: int) -> Any:
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return repr(cell)
    written = str(cell)
    return written if len(written) <= longest else written[: longest - 1] + "…"


def _say(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
