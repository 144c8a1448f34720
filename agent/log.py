"""Structured logs: event names and keyword values; never message text, names or secrets.

``serve`` and ``demo`` log to stderr. A single command keeps stderr for the one sentence a person shall read, and puts
what it has to log into a file of the state folder.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

_SECRET_WORDS = ("token", "secret", "password", "authorization", "api_key")
_NOISY = ("dbos", "httpx", "httpx2", "openai", "slack_bolt", "slack_sdk", "uvicorn", "cmdstanpy", "alembic")


def configure_logging(style: str = "console", level: str = "info", file: Callable[[], Path] | None = None) -> None:
    """Log as ``console`` lines or ``json`` documents to stderr, or to ``file`` if one is given.

    ``file`` is asked for its path when the first line is written, and not before.
    """
    target: Any = _LateFile(file) if file else sys.stderr
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=file is None and sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact,
            *([structlog.processors.format_exc_info] if style == "json" else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(stream=target, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


class _LateFile:
    """A text file that is opened by its first line."""

    def __init__(self, path: Callable[[], Path]) -> None:
        self._path = path
        self._file: TextIO | None = None

    def write(self, text: str) -> int:
        if self._file is None:
            path = self._path()
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8")
        return self._file.write(text)

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()


def _redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in event:
        if any(word in key.lower() for word in _SECRET_WORDS):
            event[key] = "[redacted]"
    return event
