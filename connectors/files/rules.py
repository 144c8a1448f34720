"""What makes a cell of a file bad, as SQL over its text, and the reason as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from connectors.records import COUNT, DAY, FLAG, INSTANT, JSON, MINOR, REAL, TEXT, TIME, Column, Table

_WHOLE = "NOT regexp_full_match({cell}, '[+-]?[0-9]+([.]0+)?')"
_GROUPED = "regexp_full_match({cell}, '[+-]?[0-9]{{1,3}}([., ''\u00a0\u202f][0-9]{{3}})+([.,][0-9]+)?')"
_LOCAL_DAY = "regexp_full_match({cell}, '[0-9]{{1,2}}[./ -][0-9]{{1,2}}[./ -][0-9]{{2,4}}.*')"
_NO_GROUPS = "must be written without thousands separators"
_NO_LOCAL = "is a local form in which day and month cannot be told apart"

_CHECKS = {
    MINOR: (_WHOLE, "must be a whole number"),
    COUNT: (_WHOLE, "must be a whole number"),
    "BIGINT": (_WHOLE, "must be a whole number"),
    REAL: ("NOT isfinite({typed})", "must be a number"),
    INSTANT: ("", "must be an instant such as 2026-03-01T09:30:00-05:00"),
    DAY: ("", "must be a date such as 2026-03-01"),
    TIME: ("", "must be a time such as 04:00"),
    FLAG: ("", "must be true or false"),
    JSON: ("NOT json_valid({cell})", "must be JSON"),
}
"""By column type: what makes a cell bad besides not being castable, and the reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``condition`` is SQL that is true of a bad cell; ``reason`` is SQL for the text."""

    column: str
    condition: str
    reason: str


_BOUNDS = {
    MINOR: ("-1000000000000000", "1000000000000000"),
    INSTANT: ("TIMESTAMPTZ '1000-01-01 00:00:00+00'", "TIMESTAMPTZ '9998-12-31 00:00:00+00'"),
    DAY: ("DATE '1000-01-01'", "DATE '9998-12-31'"),
}
"""What lies outside is no amount or time of a shop (“infinity” is one to the engine), and would spoil every sum."""


def cast_of(column: Column) -> str:
    """SQL for the cell cast to the column's type; null when it cannot be, or is beyond all bounds."""
    cast = f'TRY_CAST("{column.name}" AS {column.type})'
    if column.type not in _BOUNDS or (column.type == MINOR and not column.name.endswith("_minor")):
        return cast
    least, most = _BOUNDS[column.type]
    return f"CASE WHEN {cast} BETWEEN {least} AND {most} THEN {cast} END"


def rules_of(table: Table, column: Column, cell: str, typed: str) -> list[Rule]:
    """The rules of one column.

    Args:
        table: whose column it is.
        column: the column.
        cell: SQL for the cell's text, null when it is empty.
        typed: SQL for the cell cast to the column's type, null when it cannot be.
    """
    rules: list[Rule] = []
    if column.required:
        rules.append(Rule(column.name, f"{cell} IS NULL", _quoted("is required and empty")))
    if column.allowed:
        words = ", ".join(_quoted(word) for word in column.allowed)
        rules.append(
            Rule(column.name, f"{cell} NOT IN ({words})", _quoted(f"must be one of {', '.join(column.allowed)}"))
        )
    if (table.name, column.name) == ("store", "timezone"):
        reason = _quoted("must be a time zone such as America/New_York")
        rules.append(Rule(column.name, f"{cell} NOT IN ({_zones()})", reason))
    elif (table.name, column.name) == ("store", "currency"):
        reason = _quoted("must be a three-letter currency code such as USD")
        rules.append(Rule(column.name, f"NOT regexp_full_match({cell}, '[A-Z]{{3}}')", reason))
    elif column.type != TEXT:
        rules.append(_typed_rule(column, cell, typed))
    return rules


def _typed_rule(column: Column, cell: str, typed: str) -> Rule:
    extra, said = _CHECKS.get(column.type, ("", f"must be a decimal number that fits {column.type}"))
    if column.name.endswith("_minor"):
        said = "must be a whole number of minor units (cents)"
    condition = f"({cell} IS NOT NULL AND {typed} IS NULL)"
    if extra:
        condition += f" OR {extra.format(cell=cell, typed=typed)}"
    reason = _quoted(said)
    if column.type in (INSTANT, DAY):
        local = _quoted(f"{said}; it {_NO_LOCAL}")
        reason = f"CASE WHEN {_LOCAL_DAY.format(cell=cell)} THEN {local} ELSE {reason} END"
    elif column.type not in (TIME, FLAG, JSON):
        grouped = _quoted(f"{said}; it {_NO_GROUPS}")
        reason = f"CASE WHEN {_GROUPED.format(cell=cell)} THEN {grouped} ELSE {reason} END"
    return Rule(column.name, condition, reason)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def _zones() -> str:
    return ", ".join(_quoted(zone) for zone in sorted(available_timezones()))
