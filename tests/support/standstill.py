"""What a process that stands still was doing: its threads, and what its workflows are on record as."""

from __future__ import annotations

import sqlite3
import sys
import threading
import traceback
from pathlib import Path

_COLUMNS = "workflow_uuid, status, queue_name, executor_id, recovery_attempts, updated_at, started_at_epoch_ms"


def standstill(home: Path) -> str:
    """The stack of every thread, and the rows of the workflow database in ``home``."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    told = [
        f"--- {names.get(ident, ident)}\n{''.join(traceback.format_stack(frame))}"
        for ident, frame in sys._current_frames().items()
    ]
    try:
        db = sqlite3.connect(f"file:{home / 'dbos.sqlite'}?mode=ro", uri=True, timeout=5)
        try:
            told += [str(row) for row in db.execute(f"SELECT {_COLUMNS} FROM workflow_status")]
        finally:
            db.close()
    except sqlite3.Error as error:
        told.append(f"the workflow database cannot be read: {error}")
    return "\n".join(told)
