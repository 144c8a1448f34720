"""A question by store over stores of several currencies: asked of the stores of each currency, and told together.

Nothing is added up, ranked or held to one amount across them: each part is the tool's own answer about the stores that
share a currency, and the table says whose money each row is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from typing import TypeVar

from tools.context import ToolContext
from tools.currencies import refuse_several
from tools.errors import NoDataError
from tools.registry import Arguments
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores

APART = "These stores trade in several currencies: those of each are told by themselves and not ranked with the others."
_BOUNDS = ("over", "at_least", "under", "at_most")
A = TypeVar("A", bound=Arguments)
Tell = Callable[[A, ToolContext], ToolResult]


def each_currency(tell: Tell[A]) -> Tell[A]:
    """Let a tool that is told in one currency answer by store where there are several; stands below ``tool()``."""

    @wraps(tell)
    def told(arguments: A, context: ToolContext) -> ToolResult:
        if not _by_store(arguments):
            return tell(arguments, context)
        stores = resolve_stores(getattr(arguments, "stores", None), context)
        if len(stores.currencies) < 2:
            return tell(arguments, context)
        if any(getattr(arguments, name, None) is not None for name in _BOUNDS):
            refuse_several(stores, "Ask for the stores of one currency.")
        return _together(stores, list(_parts(tell, arguments, stores, context)))

    return told


def _by_store(arguments: Arguments) -> bool:
    by = getattr(arguments, "by", None)
    return by == "store" or (isinstance(by, list | tuple) and "store" in by)


def _parts(
    tell: Tell[A], arguments: A, stores: StoreSet, context: ToolContext
) -> Iterator[tuple[str, ToolResult | NoDataError]]:
    """The answer about the stores of each currency, or why there is none."""
    whoever = arguments.model_copy(update={"stores": None})
    for currency in stores.currencies:
        alike = tuple(store.store_id for store in stores.stores if store.currency == currency)
        there = replace(context, scope=replace(context.scope, default_store_ids=alike))
        try:
            yield currency, tell(whoever, there)
        except NoDataError as error:
            yield currency, error


def _together(stores: StoreSet, parts: Sequence[tuple[str, ToolResult | NoDataError]]) -> ToolResult:
    found = [(currency, part) for currency, part in parts if isinstance(part, ToolResult)]
    missing = [part.user_message for _, part in parts if isinstance(part, NoDataError)]
    if not found:
        raise NoDataError(" ".join(dict.fromkeys(missing)))
    answers = [part for _, part in found]
    return ToolResult(
        headline=" ".join(part.headline for part in answers),
        text=" ".join(_said(stores, currency, part) for currency, part in found),
        figures=tuple(one for part in answers for one in part.figures),
        table=_table(found),
        caveats=tuple(dict.fromkeys([APART, *missing, *(one for part in answers for one in part.caveats)])),
        provenance=_provenance(stores, answers),
    )


def _said(stores: StoreSet, currency: str, part: ToolResult) -> str:
    """All of an answer about several stores; of a single one the first sentence, which is about it already."""
    return part.text if sum(store.currency == currency for store in stores.stores) > 1 else part.headline


def _table(found: Sequence[tuple[str, ToolResult]]) -> Table | None:
    """The rows of all parts, each with its currency."""
    tables = [(currency, part.table) for currency, part in found if part.table]
    units: dict[str, set[str]] = {}
    for _, table in tables:
        for column in table.columns:
            units.setdefault(column.name, set()).add(column.unit)
    rows = []
    for currency, table in tables:
        names = [column.name for column in table.columns]
        for row in table.rows:
            cells = dict(zip(names, row, strict=True))
            rows.append((*(cells.get(name) for name in units), currency))
    columns = [TableColumn(name, next(iter(of)) if len(of) == 1 else "text") for name, of in units.items()]
    return Table((*columns, TableColumn("Currency", "text")), list(dict.fromkeys(rows))) if rows else None


def _provenance(stores: StoreSet, answers: Sequence[ToolResult]) -> Provenance:
    every = [part.provenance for part in answers]
    return replace(
        every[0],
        metrics=tuple(dict.fromkeys(name for one in every for name in one.metrics)),
        sql=tuple(sql for one in every for sql in one.sql),
        params=tuple(params for one in every for params in one.params),
        stores=stores.ids,
        start_on=min((one.start_on for one in every if one.start_on), default=None),
        end_on=max((one.end_on for one in every if one.end_on), default=None),
        as_of=min((one.as_of for one in every if one.as_of), default=None),
        sources={topic: at for one in every for topic, at in one.sources.items()},
    )
