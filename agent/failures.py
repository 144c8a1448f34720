"""One place that turns any exception into a sentence and an exit code; details go to the log alone."""

from __future__ import annotations

import errno
import secrets
import sqlite3

import structlog

from agent.errors import BadInputError, FloorwalkerError, RefusedError, UnavailableError
from connectors.errors import ConnectorError, InputError
from tools.errors import NotAllowedError, ToolError

log = structlog.get_logger()

_FULL = "The disk is full, so nothing can be kept. Please free some space in the state folder and try again."


def explain(error: BaseException) -> FloorwalkerError:
    """The application error that says ``error`` to a person."""
    if isinstance(error, FloorwalkerError):
        return error
    if isinstance(error, NotAllowedError):
        return RefusedError(error.user_message)
    if isinstance(error, ToolError | InputError):
        return BadInputError(error.user_message)
    if isinstance(error, ConnectorError):
        return UnavailableError(error.user_message)
    storage = _storage_problem(error)
    if storage:
        log.error("storage.failed", error=type(error).__name__)
        return UnavailableError(storage)
    error_id = secrets.token_hex(4)
    log.error("error.unexpected", error_id=error_id, exc_info=error)
    return FloorwalkerError(f"Something went wrong inside floorwalker (error id {error_id}); the log has the details.")


def _storage_problem(error: BaseException) -> str:
    """What is wrong with the disk or the state folder, as a sentence; empty when it is something else."""
    # The database layer wraps the driver's error and keeps it there.
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        if cause.errno in (errno.ENOSPC, errno.EDQUOT):
            return _FULL
        if cause.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return f"{cause.filename or 'A file'} may not be read or written by this user; check who owns the folder."
    if isinstance(cause, sqlite3.Error):
        said = str(cause)
        if "disk is full" in said:
            return _FULL
        if "readonly" in said or "unable to open" in said:
            return "A database in the state folder may not be written by this user; check who owns the folder."
        if "locked" in said:
            return "The database in the state folder is busy; please try again in a moment."
    return ""
