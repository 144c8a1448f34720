"""Keeping the engine from importing pandas for nothing.

When it is given its first parameter, the engine looks up the two missing values of pandas, to know them again in later
parameters. That imports pandas, which imports pyarrow: 80 MB and a third of a second in each process that opens a
mirror. Nobody gives it such values (it would now take ``NaT`` for an instant of the year 1), so it is shown a stand-in
then. It remembers what it found there; whatever else it asks pandas for, as a data frame to answer in, it gets from the
real one.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

import duckdb

_NAME = "pandas"


class _StandIn(ModuleType):
    """Its missing values are Python's own; everything else is pandas' own, imported when it is asked for."""

    NaT = None
    NA = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(_NAME), name)


def spare_pandas() -> None:
    """Give the engine its first parameter without pandas; nothing is done where that is imported anyway.

    To be called while a module is imported and there is one thread: another one that imported pandas meanwhile would
    be given the stand-in.
    """
    if _NAME in sys.modules:
        return
    sys.modules[_NAME] = _StandIn(_NAME)
    try:
        with duckdb.connect() as connection:
            connection.execute("SELECT $one", {"one": 1}).fetchall()
    finally:
        del sys.modules[_NAME]
