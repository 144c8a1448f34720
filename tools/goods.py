"""All goods that a phrase names, where several together are as good an answer as one: “orders with avocados”.

A tool about a single product asks back when a phrase fits several (``tools.search.resolve_product``). A tool that only
has to know whether something was in a basket takes them together, and says how many they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.identity import same_variants
from tools.kinds import Kind, family_of, kind_of
from tools.metrics.query import Filter
from tools.part import shelf_label
from tools.search import Product, fit, fits_as_well, resolve_product, resolve_shelf, search, shelf_named, words_of
from tools.stores import StoreSet
from tools.wording import counted, listed

MOST = 200
"""More products than this are no kind of thing but a part of the range, and are asked back about."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What is meant: ``label`` is how to speak of it, ``note`` says what it was taken for (empty for one product)."""

    only: Filter
    label: str
    group: dict[str, str]
    phrase: str
    note: str = ""


def goods_of(product: str | None, department: str | None, stores: StoreSet, context: ToolContext) -> Goods | None:
    """The goods that the arguments name; None for the whole range.

    Raises:
        ClarifyError: a phrase fits several departments, or more products than can be meant together.
        BadArgumentError: a phrase fits nothing, or both were given.
    """
    if product and department:
        raise BadArgumentError("Give a product or a department, not both.")
    phrase = department or product
    if not phrase:
        return None
    if (family := family_of(phrase, context)) is not None:
        return _kind(family, phrase)
    if department:
        return _shelf(resolve_shelf(department, context), department, context)
    if not product:
        return None
    if (shelf := shelf_named(product, context)) is not None:
        return _shelf(shelf, product, context)
    found = search(product, stores, context)
    fitting = [one for one in found.products if fit(found.read_as.split(), one) >= 1] or list(found.products)
    if found.how == "words" and found.total > MOST and (kind := kind_of(product, stores, context)) is not None:
        return _kind(kind, product)
    if len(fitting) == 1 or found.how in ("id", "some") or not 1 < len(fitting) <= MOST or _is_name(product, fitting):
        one = resolve_product(product, context, stores)
        return Goods(
            Filter(variants=same_variants(one.variant_id, stores, context)),
            one.name,
            {"product_id": one.product_id, "variant_id": one.variant_id, "product": one.name},
            f" for “{one.name}”",
        )
    said = found.read_as if found.how == "mended" else product.strip()
    return Goods(
        Filter(variants=tuple(one.variant_id for one in fitting)),
        f"“{said}”",
        {"product": said},
        f" for “{said}”",
        f"“{said}” was taken as {counted(len(fitting), 'product')}: {listed([one.name for one in fitting], most=3)}.",
    )


def _shelf(only: Filter, phrase: str, context: ToolContext) -> Goods:
    named = {"department": only.departments, "category": only.categories}
    label = shelf_label(only)
    group = {kind: names[0] for kind, names in named.items() if names}
    return Goods(only, label, group, f" in “{label}”", " ".join(fits_as_well(phrase, only, context)))


def _kind(kind: Kind, phrase: str) -> Goods:
    said = phrase.strip()
    return Goods(kind.only, kind.label, {"goods": said}, f" for “{said}”")


def _is_name(phrase: str, fitting: list[Product]) -> bool:
    """Whether the phrase is the whole name of one of them."""
    return sum(words_of(one.name) == words_of(phrase) for one in fitting) == 1
