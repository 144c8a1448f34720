"""Which days of a view a query can touch, read off its WHERE: only as much of the mirror needs to be copied.

Only conditions that every row of the view must meet count: parts of the WHERE joined by AND, on the view's own
``business_on``, against a date that is written out. Such a condition drops a row that lacks the date too, so leaving
the other days out of the copy changes nothing, whatever kind of join the view stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from tools.query_gate.copying import FIRST_DAY, LAST_DAY
from tools.query_gate.views import View

_DATE_COLUMN = "business_on"
_MIRRORED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE, exp.EQ: exp.EQ,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """Business dates, both ends included."""

    start_on: date = FIRST_DAY
    end_on: date = LAST_DAY

    def joined(self, other: Days) -> Days:
        """The span that holds both."""
        return Days(min(self.start_on, other.start_on), max(self.end_on, other.end_on))

    def met(self, other: Days) -> Days:
        """What both have in common; an empty span keeps its first day."""
        start = max(self.start_on, other.start_on)
        return Days(start, max(start, min(self.end_on, other.end_on)))


def days_of(table: exp.Table, view: View, views: Mapping[str, View]) -> Days:
    """The days that this mention of a view can touch; ``views`` are all there are."""
    select = table.find_ancestor(exp.Select)
    where = select.args.get("where") if select is not None else None
    if not view.dated or where is None or select is None or not _is_source(table, select):
        return Days()
    alone = all(_has_no_day(each, views) for each in _sources(select) if each is not table)
    renamed = any(each.alias.lower() == _DATE_COLUMN for each in select.expressions if isinstance(each, exp.Alias))
    names = {table.alias_or_name.lower()} | ({""} if alone and not renamed else set())
    days = Days()
    for condition in _parts(where.this):
        days = days.met(_span(condition, names))
    return days


def _sources(select: exp.Select) -> list[exp.Expr]:
    first = select.args.get("from_")
    return [each.this for each in ((first,) if first else ()) + tuple(select.args.get("joins") or ())]


def _has_no_day(source: exp.Expr, views: Mapping[str, View]) -> bool:
    view = views.get(source.name.lower()) if isinstance(source, exp.Table) else None
    return view is not None and view.column(_DATE_COLUMN) is None


def _is_source(table: exp.Table, select: exp.Select) -> bool:
    parent = table.parent
    return isinstance(parent, exp.From | exp.Join) and parent.parent is select


def _parts(node: exp.Expr) -> Iterator[exp.Expr]:
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, exp.And):
        yield from _parts(node.this)
        yield from _parts(node.expression)
    else:
        yield node


def _span(node: exp.Expr, names: set[str]) -> Days:
    if isinstance(node, exp.Between):
        low, high = _day(node.args["low"]), _day(node.args["high"])
        return Days(low, high) if _is_day(node.this, names) and low and high else Days()
    kind = type(node)
    if kind not in _MIRRORED:
        return Days()
    column, value = node.this, node.expression
    if _is_day(value, names):
        column, value, kind = value, column, _MIRRORED[kind]
    day = _day(value)
    if not _is_day(column, names) or day is None:
        return Days()
    one = timedelta(days=1)
    if kind is exp.EQ:
        return Days(day, day)
    if kind in (exp.GT, exp.GTE):
        return Days(start_on=day + one if kind is exp.GT else day)
    return Days(end_on=day - one if kind is exp.LT else day)


def _is_day(node: exp.Expr, names: set[str]) -> bool:
    return isinstance(node, exp.Column) and node.name.lower() == _DATE_COLUMN and node.table.lower() in names


def _day(node: exp.Expr) -> date | None:
    """The date that an expression of literals is; None for anything else."""
    if isinstance(node, exp.Paren):
        return _day(node.this)
    if isinstance(node, exp.Cast | exp.Date) and (not isinstance(node, exp.Cast) or node.to.this is exp.DType.DATE):
        return _day(node.this)
    if isinstance(node, exp.Literal) and node.is_string:
        try:
            return _within(date.fromisoformat(str(node.this).strip()))
        except ValueError:
            return None
    if isinstance(node, exp.Add | exp.Sub):
        day, offset = _day(node.this), _offset(node.expression)
        if day is None or offset is None:
            return None
        try:
            return _within(day + offset if isinstance(node, exp.Add) else day - offset)
        except OverflowError:
            return None
    return None


def _within(day: date) -> date | None:
    return day if FIRST_DAY < day < LAST_DAY else None


def _offset(node: exp.Expr) -> timedelta | None:
    factor = 1
    if isinstance(node, exp.Interval):
        unit = str(node.args.get("unit") or "").upper().rstrip("S")
        factor, node = {"DAY": 1, "WEEK": 7}.get(unit, 0), node.this
    text = str(node.this) if isinstance(node, exp.Literal) else ""
    return timedelta(days=int(text) * factor) if factor and text.isdigit() and len(text) < 6 else None
