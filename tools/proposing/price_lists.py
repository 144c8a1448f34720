"""Proposing price changes of several products at once."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import ListedPrice, PriceListDraft
from tools.errors import BadArgumentError, NoDataError
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of
from tools.proposing.prices import percent_of, price_of, until_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import resolve_product, resolve_shelf
from tools.stores import StoreSet
from tools.wording import counted, listed

_MOST = 50
_ON_SHELF = """
SELECT v.variant_id
FROM variant v
JOIN shelf h ON h.product_id = v.product_id
CROSS JOIN store s
WHERE s.store_id = $store_id
  AND h.department IN (SELECT UNNEST(CAST($departments AS VARCHAR[])))
  AND ($any_category OR h.category IN (SELECT UNNEST(CAST($categories AS VARCHAR[]))))
  AND COALESCE(v.active, TRUE) AND (v.connection IS NULL OR s.connection IS NULL OR v.connection = s.connection)
ORDER BY v.variant_id
LIMIT $most
"""


class WantedPrice(BaseModel):
    """A product and its change, where it is not the one for all."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    product: str = Field(min_length=1, max_length=200, description="One product, or its id, SKU or barcode.")
    percent: float | None = Field(
        default=None, allow_inf_nan=False, description="Signed change in per cent for this one, if not as for all."
    )
    price: str | None = Field(default=None, max_length=20, description="Or its new price in major units.")


class ProposePriceListArguments(Arguments):
    """Arguments of ``propose_price_list``."""

    lines: list[WantedPrice] | None = Field(
        default=None, min_length=1, max_length=_MOST, description="The products. Either this or department."
    )
    department: str | None = Field(
        default=None,
        max_length=120,
        description="Everything on sale in this department or category, if that is 50 products at most.",
    )
    percent: float | None = Field(
        default=None, allow_inf_nan=False, description="Signed change in per cent for all: -15 marks down by 15 %."
    )
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    until: str | None = Field(
        default=None, max_length=120, description="Last day of temporary prices: “Sunday”, “30 November”."
    )
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_price_list(arguments: ProposePriceListArguments, context: ToolContext) -> ToolResult:
    """File one proposal to change the prices of several products in one store. Nothing changes until it is approved.

    Use it for “mark down oat milk, butter and yogurt by 20 %”, “take 15 % off everything in Pastry until Sunday”. Every
    product must be named by the asker; single lines can be left out on the card. For one product use
    propose_price_change.
    """
    proposals_of(context)
    if (arguments.lines is None) == (arguments.department is None):
        raise BadArgumentError("Give either the products in lines, or one department, not both and not neither.")
    store = one_store(arguments.store, context, "Prices change", [line.product for line in arguments.lines or ()])
    lines = _named(arguments, store, context) if arguments.lines else _on_shelf(arguments, store, context)
    if len({line.variant_id for line in lines}) < len(lines):
        raise BadArgumentError("lines: two of the names are the same product; name each product once.")
    draft = PriceListDraft(store.store_id, lines, until_of(arguments.until, store, context), arguments.reason or "")
    return file(draft, store, context, f"What are the top products last week at {store.name}?")


def _named(arguments: ProposePriceListArguments, store: Store, context: ToolContext) -> tuple[ListedPrice, ...]:
    place = StoreSet((store,), store.name)
    lines = []
    for line in arguments.lines or ():
        percent, price = _change(line, arguments.percent, store)
        lines.append(ListedPrice(resolve_product(line.product, context, place).variant_id, percent, price))
    return tuple(lines)


def _change(line: WantedPrice, for_all: float | None, store: Store) -> tuple[Decimal | None, Decimal | None]:
    if line.percent is not None and line.price is not None:
        raise BadArgumentError(f"{line.product}: give either percent or price, not both.")
    if line.price is not None:
        return None, price_of(line.price, store)
    percent = line.percent if line.percent is not None else for_all
    if percent is None:
        raise BadArgumentError(f"{line.product}: by how many per cent, or to which price?")
    return percent_of(percent), None


def _on_shelf(arguments: ProposePriceListArguments, store: Store, context: ToolContext) -> tuple[ListedPrice, ...]:
    if arguments.percent is None:
        raise BadArgumentError("percent: by how many per cent shall the prices of the department change?")
    percent = percent_of(arguments.percent)
    shelf = resolve_shelf(arguments.department or "", context)
    params = {
        "store_id": store.store_id,
        "departments": list(shelf.departments),
        "categories": list(shelf.categories),
        "any_category": not shelf.categories,
        "most": _MOST + 1,
    }
    label = listed(shelf.categories or shelf.departments)
    found = [str(row[0]) for row in context.mirror.query(_ON_SHELF, params).rows]
    if not found:
        raise NoDataError(f"Nothing is on sale in {label} at {store.name}.")
    if len(found) > _MOST:
        raise BadArgumentError(
            f"department: {label} has more than {counted(_MOST, 'product')} at "
            f"{store.name}, more than one card can show. Name a category or the products, or propose a promotion."
        )
    return tuple(ListedPrice(variant, percent, None) for variant in found)
