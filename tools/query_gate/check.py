"""From text to a query that may be run: parsed, every node held against ``allowed``, and written anew from the tree.

What runs is never the text but what was understood of it, so a reading of the engine's own that differs from the
parser's has nothing to work on: no comments, no second statement, every name in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tools.errors import BadArgumentError
from tools.query_gate.allowed import (
    FUNCTION_NAMES,
    FUNCTIONS,
    NAME_OF_FAULT,
    PARTS,
    STRUCTURE,
    TYPES,
    VALUES,
)
from tools.query_gate.bounds import Days, days_of
from tools.query_gate.views import View

MAX_CHARACTERS = 4_000
MAX_DEPTH = 40
MAX_NODES = 1_500
MAX_JOINS = 12
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_PLAIN_WORDS = re.compile(r"[A-Za-z_ ]{0,40}")
_RESERVED = ("duckdb_", "pg_", "sqlite_", "pragma_", "information_", "sql_")
_FREE_TEXT = (exp.Literal, exp.Identifier)


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may be run.

    Attributes:
        sql: the query, written from the tree, ending in a LIMIT of at most ``most`` + 1 rows.
        views: the views it reads, each with the days it can touch.
        names: every name in it, in small letters.
        everything: true if it asks for all columns of something.
        ordered: true if it says itself in which order its rows come.
    """

    sql: str
    views: Mapping[str, Days]
    names: frozenset[str]
    everything: bool
    ordered: bool


def checked(text: str, views: Mapping[str, View], *, today: date, now: datetime, most: int) -> Checked:
    """Parse and check one query.

    Args:
        text: what was asked.
        views: the views this person may read, by name.
        today: what the query means by today.
        now: the same as an instant by the store's clock, without a zone.
        most: how many rows may come of it; one more is let through to tell that there are more.

    Raises:
        BadArgumentError: it is no single SELECT over these views; the sentence names what cannot be used.
    """
    tree = _parsed(text)
    _check_nodes(tree)
    used = _tables(tree, views)
    _no_whole_rows(tree, used, views)
    _fix_now(tree, today, now)
    days: dict[str, Days] = {}
    for table, view in used:
        found = days_of(table, view, views)
        days[view.name] = days[view.name].joined(found) if view.name in days else found
    everything = any(not isinstance(star.parent, exp.Count) for star in tree.find_all(exp.Star))
    names = frozenset(name.this.lower() for name in tree.find_all(exp.Identifier))
    ordered = tree.args.get("order") is not None
    return Checked(_bounded(tree, most), days, names, everything, ordered)


def _parsed(text: str) -> exp.Query:
    if len(text) > MAX_CHARACTERS:
        raise BadArgumentError(f"sql: the query has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.")
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise BadArgumentError(f"sql: the query is nested deeper than {MAX_DEPTH} brackets; write it flatter.")
    try:
        parsed = sqlglot.parse(text, read="duckdb")
        trees = [tree for tree in parsed if tree is not None and not isinstance(tree, exp.Semicolon)]
    except (SqlglotError, RecursionError, ValueError) as error:
        raise BadArgumentError(f"sql: this cannot be read as SQL{_place(error)}.") from error
    if len(trees) != 1:
        raise BadArgumentError("sql: give exactly one statement, a SELECT.")
    tree = trees[0]
    while isinstance(tree, exp.Subquery) and tree.args.get("alias") is None and isinstance(tree.this, exp.Query):
        tree = tree.this
    if not isinstance(tree, exp.Select | exp.SetOperation):
        raise BadArgumentError("sql: only a SELECT is run here; nothing can be changed, attached, set or described.")
    return tree


def _place(error: Exception) -> str:
    first = getattr(error, "errors", None) or [{}]
    line, column = first[0].get("line"), first[0].get("col")
    return f" (at line {line}, character {column})" if line and column else ""


def _check_nodes(tree: exp.Expr) -> None:
    for count, node in enumerate(tree.walk(), 1):
        if count > MAX_NODES:
            raise BadArgumentError("sql: the query is too large; ask for less in one query.")
        _check_kind(node)
        _check_parts(node)
    if sum(1 for _ in tree.find_all(exp.Join)) > MAX_JOINS:
        raise BadArgumentError(f"sql: at most {MAX_JOINS} joins in one query.")


def _check_kind(node: exp.Expr) -> None:
    kind = type(node)
    if isinstance(node, exp.Anonymous):
        if str(node.this).lower() not in FUNCTION_NAMES:
            raise _refused(f"the function {str(node.this)[:40].lower()}()")
    elif kind not in STRUCTURE and kind not in VALUES and kind not in FUNCTIONS:
        raise _refused(NAME_OF_FAULT.get(kind.__name__) or f"{kind.__name__}")
    elif isinstance(node, exp.DataType) and (node.this not in TYPES or node.args.get("nested")):
        raise _refused("that type")
    elif isinstance(node, exp.With) and node.args.get("recursive"):
        raise _refused("WITH RECURSIVE")
    elif isinstance(node, exp.Join) and node.args.get("method"):
        raise _refused(f"a {str(node.args['method']).lower()} join")
    elif isinstance(node, exp.In) and node.args.get("field") is not None:
        raise _refused("IN without brackets around its values")


def _check_parts(node: exp.Expr) -> None:
    allowed = PARTS.get(type(node))
    for part, value in node.args.items():
        if value is None or value is False or value == []:
            continue
        if allowed is not None and part not in allowed:
            raise _refused(f"“{part.rstrip('_')}” in a {type(node).__name__}")
        if isinstance(value, str) and not isinstance(node, _FREE_TEXT) and not _PLAIN_WORDS.fullmatch(value):
            raise _refused("a word that does not belong there")
    if isinstance(node, exp.Identifier) and not _NAME.fullmatch(str(node.this)):
        raise _refused("a name with other signs than letters, digits and _")
    if isinstance(node, exp.Limit | exp.Offset) and not _is_whole(node.expression):
        raise _refused("a LIMIT or OFFSET that is not a plain number")


def _refused(what: str) -> BadArgumentError:
    return BadArgumentError(f"sql: {what} cannot be used here; see the views and functions in the tool's description.")


def _is_whole(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Literal) and not node.is_string and str(node.this).isdigit()


def _tables(tree: exp.Expr, views: Mapping[str, View]) -> list[tuple[exp.Table, View]]:
    """Every table with its view; what a WITH of the query itself defines is left out."""
    for cte in tree.find_all(exp.CTE):
        name = cte.alias.lower()
        if name in views or name.startswith(_RESERVED):
            raise BadArgumentError(f"sql: “{name}” is taken; give the WITH another name.")
    found = []
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            raise _refused("a table made by a function")
        name = table.name.lower()
        if name in views:
            found.append((table, views[name]))
        elif not _defined_before(table, name):
            listed = ", ".join(views)
            raise BadArgumentError(f"sql: there is no view “{name[:40]}”. There are: {listed}.")
    if not found:
        raise BadArgumentError(f"sql: the query reads none of the views. There are: {', '.join(views)}.")
    return found


def _defined_before(table: exp.Table, name: str) -> bool:
    """Whether a WITH around this table defines the name before the table is reached."""
    inside: exp.Expr = table
    node: exp.Expr | None = table.parent
    while node is not None:
        defined = node.args.get("with_")
        if isinstance(defined, exp.With):
            for cte in defined.expressions:
                if cte is inside:
                    break
                if cte.alias.lower() == name:
                    return True
        if not isinstance(node, exp.With):
            inside = node
        node = node.parent
    return False


def _no_whole_rows(tree: exp.Expr, used: list[tuple[exp.Table, View]], views: Mapping[str, View]) -> None:
    """Refuse a table's own name where a column belongs: the engine would give the whole row."""
    sources = {table.alias_or_name.lower() for table, _ in used}
    sources |= {each.alias.lower() for each in tree.find_all(exp.Subquery, exp.CTE) if each.alias}
    columns = {column.name for view in views.values() for column in view.columns}
    defined = {each.alias.lower() for each in tree.find_all(exp.Alias)}
    for column in tree.find_all(exp.Column):
        name = column.name.lower()
        if not column.table and name in sources and name not in columns and name not in defined:
            raise _refused(f"the whole row of “{name}”")


def _fix_now(tree: exp.Expr, today: date, now: datetime) -> None:
    """Put the asker's day and time in place of the engine's."""
    for node in list(tree.walk()):
        called = str(node.this).lower() if isinstance(node, exp.Anonymous) else ""
        if isinstance(node, exp.CurrentDate) or called == "today":
            node.replace(exp.cast(exp.Literal.string(today.isoformat()), "DATE"))
        elif isinstance(node, exp.CurrentTimestamp) or called == "now":
            node.replace(exp.cast(exp.Literal.string(now.replace(tzinfo=None).isoformat(" ")), "TIMESTAMP"))


def _bounded(tree: exp.Query, most: int) -> str:
    """The query as text, with its own limit or ours, in a fixed order where it names none."""
    limit = tree.args.get("limit")
    asked = int(limit.expression.this) if limit is not None else most + 1
    order = tree.args.get("order")
    if order is None:
        tree.set("order", exp.Order(expressions=[exp.Ordered(this=exp.Var(this="ALL"))]))
    elif not any(isinstance(each.this, exp.Var) for each in order.expressions) and not tree.find(exp.Star):
        # Rows that the query's own order leaves equal come in the order of their columns, so that a replay agrees.
        for number in range(1, len(tree.selects) + 1):
            order.append("expressions", exp.Ordered(this=exp.Literal.number(number)))
    tree.set("limit", exp.Limit(expression=exp.Literal.number(min(asked, most + 1))))
    return tree.sql(dialect="duckdb", identify=True, comments=False)
