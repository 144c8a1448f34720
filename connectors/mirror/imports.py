"""Keeping the engine from importing pandas for nothing.

When it is given its first parameter, the engine looks up the two missing values of pandas, to know them again in later
parameters. That imports pandas, which imports pyarrow: 90 MB and a third of a second in each process that opens a
mirror. Nobody gives it such values, so it is shown a stand-in then. It remembers what it found there; whatever else
it asks pandas for, as a data frame to answer in, it gets from the real one.
"""

from __future__ import annotations

import importlib
import sys
from threading import Lock
from types import ModuleType
from typing import Any

import duckdb

_NAME = "pandas"
_gate = Lock()
_done = False


class _StandIn(ModuleType):
    """Its missing values are Python's own; everything else is pandas' own, imported when it is asked for."""

    NaT = None
    NA = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(_NAME), name)


def spare_pandas(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the engine its first parameter without pandas; nothing is done where that is imported anyway."""
    global _done
    with _gate:
        if _done or _NAME in sys.modules:
            return
        sys.modules[_NAME] = _StandIn(_NAME)
        try:
            connection.execute("SELECT $one", {"one": 1}).fetchall()
        finally:
            del sys.modules[_NAME]
        _done = True
