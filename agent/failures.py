"""One place that turns any exception into a sentence and an exit code; details go to the log alone."""

from __future__ import annotations

import secrets

import structlog

from agent.errors import BadInputError, FloorwalkerError, RefusedError, UnavailableError
from connectors.errors import ConnectorError, InputError
from tools.errors import NotAllowedError, ToolError

log = structlog.get_logger()


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
    error_id = secrets.token_hex(4)
    log.error("error.unexpected", error_id=error_id, exc_info=error)
    return FloorwalkerError(f"Something went wrong inside floorwalker (error id {error_id}); the log has the details.")
