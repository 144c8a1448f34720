"""A metric's SQL for another engine: written once in the portable subset, compiled once for each that is asked for.

The mirror is DuckDB and runs the text as it is written. Whoever keeps the same tables in Postgres gets the same figures
from the compiled text; sqlglot is only loaded then.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tools.metrics.windows import Statement

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

Engine = Literal["duckdb", "postgres"]
WRITTEN_IN: Engine = "duckdb"


def compiled(statement: Statement, engine: Engine) -> Statement:
    """The statement for an engine, its parameters as they are; in Postgres they are written ``%(name)s``.

    Raises:
        ValueError: the SQL has something that the engine does not know; a fault of ours.
    """
    return statement if engine == WRITTEN_IN else Statement(_compiled(statement.sql, engine), statement.params)


@lru_cache(maxsize=512)
def _compiled(sql: str, engine: Engine) -> str:
    import sqlglot

    tree = sqlglot.parse_one(sql, read=WRITTEN_IN)
    strange = _strange(tree)
    if strange:
        raise ValueError(f"Not in the portable subset: {', '.join(strange)}.")
    # Where parameters are written %(name)s, a driver reads every other per cent sign doubled.
    return re.sub(r"%(?!\()", "%%", tree.sql(dialect=engine, pretty=True))


def _strange(tree: Expr) -> list[str]:
    """What only DuckDB has: functions that sqlglot knows no meaning of, and forms of its own."""
    from sqlglot import exp

    found = [str(node.name).upper() for node in tree.find_all(exp.Anonymous)]
    forms: tuple[type[Expr], ...] = (exp.Qualify, exp.Struct, exp.Lambda, exp.List, exp.Pivot, exp.Columns)
    found += [type(node).__name__ for node in tree.find_all(*forms)]
    found += ["GROUP BY ALL" for node in tree.find_all(exp.Group) if node.args.get("all")]
    return sorted(set(found))
