"""Products by what they are for or like, not by what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import Field

from tools.context import MirrorPort, ToolContext
from tools.errors import NoDataError
from tools.metrics.query import Statement
from tools.metrics.words_query import build_kinds, build_products_of
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.search import RECENT_DAYS, recent
from tools.stores import StoreSet, resolve_stores, stores_again
from tools.wording import listed
from tools.words.nearness import Nearest, nearest

_KINDS = 40
_OF_EACH = 3


class SearchProductsByMeaningArguments(Arguments):
    """Arguments of ``search_products_by_meaning``."""

    text: str = Field(
        min_length=2, max_length=200, description="What it is for or like, in the asker's own words: “for a barbecue”."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Stores whose sales to show, in the asker's own words."
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Goods of one sort: see ``words_query``."""

    kind: str
    department: str
    category: str
    description: str

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.kind, self.category, self.department, self.description) if part)

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.kind, self.department, self.category)


@tool()
def search_products_by_meaning(arguments: SearchProductsByMeaningArguments, context: ToolContext) -> ToolResult:
    """Find products by what they are for or like: “something for a barbecue”, “fizzy drinks”, “vegan milk”.

    Use `find_products` for a name, a brand, an SKU or a barcode. The answer says whether a language model or words and
    synonyms compared the texts, so never call it complete.
    """
    stores = resolve_stores(arguments.stores, context)
    statement = build_kinds(stores.connections)
    kinds = _kinds(context.mirror, context.mirror.snapshot().version, stores.connections)  # type: ignore[arg-type]  # a reader is hashable
    if not kinds:
        raise NoDataError("There are no products in the catalogue yet: load data or connect a point of sale first.")
    found = nearest(arguments.text, [kind.text for kind in kinds], context, limit=_KINDS)
    snapshot = context.mirror.snapshot()
    if not found.hits:
        said = f"Nothing in the range of {stores.label} is near “{arguments.text}” in meaning."
        return ToolResult(said, said, caveats=(found.how,), provenance=_provenance(stores, [statement], context))
    chosen = [kinds[hit.place] for hit in found.hits]
    query = build_products_of(
        [kind.key for kind in chosen], recent(stores), context.scope, stores.connections, of_each=_OF_EACH
    )
    rows = context.mirror.query(query.sql, query.params).dicts()
    ranked = _ranked(rows, chosen, found)[: arguments.limit]
    names = listed([f"{row['name']} ({row['category']})" for row, _ in ranked], most=3)
    headline = f"Nearest to “{arguments.text}” in the range: {names}."
    money = len(stores.currencies) == 1
    until = max((store.last_on for store in stores.stores if store.last_on), default=None)
    caveats = [found.how, f"Sales are those of the last {RECENT_DAYS} days of data at {stores.label}."]
    if not money:
        caveats.append("Sales are left out, since these stores trade in several currencies.")
    same = stores_again(stores, context)
    return ToolResult(
        headline=headline,
        text=headline,
        figures=_figures(ranked, stores) if money and until else (),
        table=_table(ranked, stores, money=money),
        caveats=tuple(caveats),
        follow_ups=(
            f"Net sales last week of {ranked[0][0]['category']}{same}",
            f"Top 10 products last week in “{ranked[0][0]['category']}”{same}",
        ),
        provenance=_provenance(stores, [statement, query], context, snapshot.version),
    )


@lru_cache(maxsize=4)
def _kinds(mirror: MirrorPort, version: int, connections: tuple[str, ...]) -> tuple[_Kind, ...]:  # noqa: ARG001  the key
    statement = build_kinds(connections)
    return tuple(
        _Kind(row["kind"] or "", row["department"], row["category"], row["description"] or "")
        for row in mirror.query(statement.sql, statement.params).dicts()
        if row["kind"]
    )


def _ranked(
    rows: Sequence[Mapping[str, Any]], chosen: Sequence[_Kind], found: Nearest
) -> list[tuple[Mapping[str, Any], float]]:
    """Products best first: by nearness of their kind, and within it by sales; one of each kind before the second."""
    score = {kind.key: hit.score for kind, hit in zip(chosen, found.hits, strict=True)}
    place: dict[tuple[str, str, str], int] = {}
    keyed = []
    for row in rows:
        key = (row["kind"], row["department"], row["category"])
        number = place[key] = place.get(key, -1) + 1
        keyed.append((number, -score.get(key, 0.0), row["variant_id"], row))
    return [(row, -negative) for _, negative, _, row in sorted(keyed, key=lambda each: each[:3])]


def _amount(row: Mapping[str, Any], exponent: int) -> str | None:
    cell = row["net_minor"]
    return None if cell is None else f"{Decimal(cell).scaleb(-exponent):.{exponent}f}"


def _figures(ranked: Sequence[tuple[Mapping[str, Any], float]], stores: StoreSet) -> tuple[Figure, ...]:
    window = recent(stores)[0]
    currency, exponent = stores.stores[0].currency, stores.stores[0].exponent
    return tuple(
        Figure(
            "net_sales",
            _amount(row, exponent) or f"{Decimal(0):.{exponent}f}",
            currency,
            stores.ids,
            window.start_on,
            window.end_on,
            {"product_id": row["product_id"], "variant_id": row["variant_id"], "product": row["name"]},
        )
        for row, _ in ranked
    )


def _table(ranked: Sequence[tuple[Mapping[str, Any], float]], stores: StoreSet, *, money: bool) -> Table:
    currency, exponent = stores.stores[0].currency, stores.stores[0].exponent
    columns = [TableColumn("Product", "text"), TableColumn("Category", "text"), TableColumn("Department", "text")]
    if money:
        columns.append(TableColumn("Net sales, 4 weeks", currency))
    columns += [TableColumn("Nearness", "%"), TableColumn("Product id", "text")]
    rows = []
    for row, score in ranked:
        cells: list[str | int | None] = [row["name"], row["category"], row["department"]]
        if money:
            cells.append(_amount(row, exponent))
        rows.append((*cells, str(round(min(score, 1.0) * 100)), row["product_id"]))
    return Table(tuple(columns), rows)


def _provenance(
    stores: StoreSet, statements: Sequence[Statement], context: ToolContext, version: int | None = None
) -> Provenance:
    snapshot = context.mirror.snapshot()
    sales = snapshot.sources.get("sales")
    return Provenance(
        metrics=("net_sales",),
        sql=tuple(statement.sql for statement in statements),
        params=tuple(statement.params for statement in statements),
        stores=stores.ids,
        snapshot=snapshot.version if version is None else version,
        as_of=sales.as_of_at if sales else None,
        sources={"sales": sales.as_of_at} if sales else {},
    )
