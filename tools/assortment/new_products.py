"""New products of a period: which they are, since when, what they sell, and by which rule they are called new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, stands_on
from tools.analysis.business_day import day_begins, day_ends
from tools.analysis.calendar import day_text
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.new_products_query import build_all_sales, build_new, build_new_by
from tools.metrics.query import Statement
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import STORES_HELP, names_of, product_group, quantity
from tools.wording import counted, listed

KNOWN_BEFORE = timedelta(days=56)
"""A first sale is a launch only where sales are known for so long before the period."""
_NAMED = 3
_PLURALS = {"department": "departments", "category": "categories", "brand": "brands"}


class NewProductsArguments(Arguments):
    """Arguments of ``new_products``."""

    period: str = Field(default="last 4 weeks", max_length=120, description="New when, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["department", "category", "brand"] | None = Field(
        default=None, description="Count the new products and their sales for each of these, if asked."
    )
    order: Literal["top", "bottom", "latest"] = Field(
        default="top", description="Most or least net sales first, or the newest first."
    )
    limit: int = Field(default=20, ge=1, le=100, description="How many products are listed.")


@dataclass(frozen=True, slots=True)
class _Found:
    """The new products listed, their groups, and what all of them and everything sold, in minor units."""

    asked: Frame
    arguments: NewProductsArguments
    rows: Sequence[Mapping[str, Any]]
    groups: Sequence[Mapping[str, Any]]
    names: Mapping[str, Product]
    everything: int
    begins: date
    late: Sequence[str]
    """Stores whose sales are not known for long enough before."""
    alone: bool
    """Whether first sales tell nothing here, as no store's sales reach far enough back."""

    def of_all(self, column: str) -> int:
        return int(self.rows[0][column] or 0) if self.rows else 0


@tool()
def new_products(arguments: NewProductsArguments, context: ToolContext) -> ToolResult:
    """The products that are new in a period: when they came, net sales, units, stores, share of all sales.

    Use it for “which new products did we launch last month and how do they sell”, “how are new items performing”,
    “best selling new products”, “sales of products introduced this quarter”, “new products by department”. New is a
    product taken into the catalogue then; where the source gives no such date, one that sold for the first time then.
    When one named product sold first is ``first_and_last_sale``; what grows fastest is ``compare_periods``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    asked = replace(asked, part=part_of(None, arguments.department, asked.stores, context))
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    found, ran = _found(asked, arguments)
    first = _headline(found)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(found)]),
        figures=tuple(_figures(found)),
        table=_table(found) if found.rows else None,
        caveats=(*_rules(found), *caveats(asked, (), days)),
        follow_ups=(f"Top products {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, ("net_sales", "units", "product_count"), [*ran, covered]),
    )


def _found(asked: Frame, arguments: NewProductsArguments) -> tuple[_Found, list[Statement]]:
    """The new products.

    Raises:
        NoDataError: nothing says what is new: no dates of creation, and sales do not reach back far enough.
    """
    windows, context, store = asked.windows(), asked.context, asked.stores.stores[0]
    known = [one for one in asked.stores.stores if one.first_on]
    since = asked.start_on - KNOWN_BEFORE
    witnesses = [one.store_id for one in known if one.first_on and one.first_on <= since]
    shared: dict[str, Any] = {
        "created": (
            day_begins(asked.start_on, store.timezone, store.day_starts_at),
            day_ends(asked.end_on, store.timezone, store.day_starts_at),
        ),
        "zone": store.timezone,
        "witnesses": witnesses,
        "through_on": max(one.last_on for one in known if one.last_on),
        "only": asked.part.only if asked.part else None,
    }
    listing = build_new(windows, context.scope, **shared, order=arguments.order, limit=arguments.limit)
    everything = build_all_sales(windows, context.scope, shared["only"])
    ran = [listing, everything]
    if arguments.by:
        ran.append(build_new_by(arguments.by, windows, context.scope, **shared))
    rows, total, *groups = (context.mirror.query(one.sql, one.params).dicts() for one in ran)
    begins = min(one.first_on for one in known if one.first_on)
    if not rows and not witnesses and not _dates_given(context):
        raise NoDataError(
            f"Which products were new ({asked.when}) cannot be told: the source gives no date on which a product was"
            f" taken into the catalogue, and sales of {asked.stores.label} begin on {day_text(begins)}, so a first sale"
            " proves nothing: sales of eight weeks before are needed for that."
        )
    late = [one.name for one in known if one.store_id not in witnesses]
    return _Found(
        asked, arguments, rows, groups[0] if groups else (), names_of(rows, context),
        int(total[0]["net_minor"] or 0), begins, late, not witnesses,
    ), ran  # fmt: skip


def _dates_given(context: ToolContext) -> bool:
    """Whether any product has a date of creation."""
    return bool(context.mirror.query("SELECT 1 FROM product p WHERE p.created_at IS NOT NULL LIMIT 1", {}).rows)


def _headline(found: _Found) -> str:
    asked, many = found.asked, found.of_all("products")
    if not many:
        return f"No product{asked.subject} was new {asked.when}, {asked.stores.label}."
    net = found.of_all("all_net")
    came = f"{'was' if many == 1 else 'were'} new" if found.of_all("all_dated") else "sold for the first time"
    return (
        f"{counted(many, 'product')}{asked.subject} {came} {asked.when},"
        f" {asked.stores.label}: net sales {money_said(net, asked.currency)} then,"
        f" {percent_said(net, found.everything)} of all sales{asked.subject}, {found.of_all('all_units'):,} units."
    )


def _sentences(found: _Found) -> list[str]:
    if not found.rows:
        return []
    currency, many, unsold = found.asked.currency, found.of_all("products"), found.of_all("unsold")
    said = []
    if found.groups:
        shown = [
            f"{row['key']} {int(row['products']):,} ({money_said(row['net_minor'], currency)})"
            for row in found.groups[:5]
        ]
        more = f" and {len(found.groups) - len(shown)} more" if len(found.groups) > len(shown) else ""
        by = found.arguments.by or ""
        said.append(f"By {by}, most new products first: {'; '.join(shown)}{more} (of {_PLURALS[by]}).")
    words = {"top": "Most net sales", "bottom": "Least net sales", "latest": "Newest"}
    each = "; ".join(
        f"{_name(found, row)} {money_said(row['net_minor'], currency)}, {_since(row)}" for row in found.rows[:_NAMED]
    )
    said.append(f"{words[found.arguments.order]}: {each}.")
    median = found.rows[0]["median_minor"]
    if many - unsold > _NAMED and median is not None:
        said.append(f"Half of those sold made {money_said(int(median), currency)} or less.")
    if unsold:
        said.append(f"{unsold:,} of them did not sell then.")
    return said


def _since(row: Mapping[str, Any]) -> str:
    stores = counted(int(row["stores"]), "store")
    if row["first_on"] is None:
        return f"new on {day_text(row['new_on'])}, not sold yet"
    return f"first sold on {day_text(row['first_on'])}, {stores}"


def _name(found: _Found, row: Mapping[str, Any]) -> str:
    known = found.names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _figures(found: _Found) -> list[Figure]:
    asked, money = found.asked, found.asked.exponent
    net = found.of_all("all_net")
    made = [
        figure(asked, "product_count", found.of_all("products"), "count", {"new": "yes"}),
        figure(asked, "net_sales", money_text(net, money), asked.currency, {"new": "yes"}),
        figure(asked, "sales_share", percent_text(net, found.everything), "%", {"new": "yes"}),
        figure(asked, "net_sales", money_text(found.everything, money), asked.currency),
    ]
    by = found.arguments.by or ""
    for row in found.groups:
        group = {by: str(row["key"]), "new": "yes"}
        made.append(figure(asked, "product_count", int(row["products"]), "count", group))
        made.append(figure(asked, "net_sales", money_text(row["net_minor"], money), asked.currency, group))
    for row in found.rows:
        known = found.names.get(row["variant_id"])
        group = {**(product_group(known) if known else {"variant_id": str(row["variant_id"])}), "new": "yes"}
        made.append(figure(asked, "net_sales", money_text(row["net_minor"], money), asked.currency, group))
    return made


def _table(found: _Found) -> Table:
    asked, money = found.asked, found.asked.exponent
    if found.groups:
        named = (
            ((found.arguments.by or "").capitalize(), "text"),
            ("New products", "count"),
            ("Net sales", asked.currency),
        )
        cells = [(row["key"], int(row["products"]), money_text(row["net_minor"], money)) for row in found.groups]
        return Table(tuple(TableColumn(*pair) for pair in named), cells)
    through = max(one.last_on for one in asked.stores.stores if one.last_on)
    columns = (
        TableColumn("Product", "text"), TableColumn("Department", "text"), TableColumn("New since", "text"),
        TableColumn("Days since first sale", "days"), TableColumn("Net sales", asked.currency),
        TableColumn("Share of all sales", "%"), TableColumn("Units", "units"), TableColumn("Stores selling", "count"),
        TableColumn("Net sales until now", asked.currency),
    )  # fmt: skip
    return Table(
        columns,
        [
            (
                _name(found, row), row["department"], row["new_on"].isoformat(),
                None if row["first_on"] is None else (through - row["first_on"]).days,
                money_text(row["net_minor"], money), percent_text(row["net_minor"], found.everything, 2),
                quantity(row["units"]), int(row["stores"]), money_text(row["since_minor"], money),
            )
            for row in found.rows
        ],
    )  # fmt: skip


def _rules(found: _Found) -> list[str]:
    """By which rule the products are new, and what that rule cannot tell."""
    said, many, dated = [], found.of_all("products"), found.of_all("all_dated")
    begun = f"sales are known from {day_text(found.begins)}"
    if dated and dated == many:
        said.append("New is a product that was taken into the catalogue then and was not sold before.")
    elif dated:
        said.append(
            f"New: {dated:,} were taken into the catalogue then; {many - dated:,} have no such date and were sold for"
            f" the first time then ({begun})."
        )
    elif many:
        said.append(
            "The source does not say when a product was taken into the range: new is one that sold for the first time"
            f" then ({begun}). One that sells seldom can look new: {found.of_all('once'):,} of them sold only once."
        )
    elif found.alone:
        said.append(
            "New is a product taken into the catalogue then; sales do not reach back far enough to tell others."
        )
    if found.late and not found.alone and dated < many:
        said.append(f"{listed(found.late)}: known for less than eight weeks before, so no first sale there counts.")
    return said
