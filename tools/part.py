"""A part of the range: one product, a department or a category, and what can be known of it.

What is counted by the basket, the door or the clock is only known for whole stores; it is refused or left out here,
never quietly answered for everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.context import ToolContext
from tools.errors import BadArgumentError, ClarifyError
from tools.identity import same_variants
from tools.kinds import Kind, family_of, kind_of
from tools.metrics.evaluate import Group
from tools.metrics.model import Metric, UnitKind
from tools.metrics.query import Filter
from tools.search import fits_as_well, resolve_product, resolve_shelf, shelf_named
from tools.stores import StoreSet
from tools.wording import counted, listed

PRODUCT_HELP = (
    "Only this product: its name in the asker's own words, or its id, SKU or barcode. Leave out for the whole range."
)
DEPARTMENT_HELP = "Only this department or category, in the asker's own words. Leave out for the whole range."
WHOLE_STORES_ONLY = "Transactions, visitors and labour are only known for whole stores, so they are left out."


@dataclass(frozen=True, slots=True)
class Part:
    """What an answer is limited to.

    ``label`` is how to speak of it, ``group`` what figures carry, and ``phrase`` how to ask for it again; ``notes`` are
    caveats on what a phrase was taken for.
    """

    only: Filter
    label: str
    group: Mapping[str, str]
    phrase: str
    notes: tuple[str, ...] = ()


def part_of(product: str | None, department: str | None, stores: StoreSet, context: ToolContext) -> Part | None:
    """The part of the range that the arguments mean; None for all of it.

    A phrase for a product that fits several, but is the name of a department or category, means that one; one for a
    kind of goods (“dairy”, “bananas”) means all of that kind, and the label says what it was taken for.

    Raises:
        ClarifyError: a phrase fits several.
        BadArgumentError: a phrase fits none, or both were given.
    """
    if product and department:
        raise BadArgumentError("Give a product or a department, not both.")
    if department:
        return _department(department, stores, context)
    return _product(product, stores, context) if product else None


def _department(phrase: str, stores: StoreSet, context: ToolContext) -> Part:
    if (family := family_of(phrase, context)) is not None:
        return _kind(family, phrase)
    try:
        return _shelf(resolve_shelf(phrase, context), phrase, context)
    except (ClarifyError, BadArgumentError):
        kind = kind_of(phrase, stores, context)
        if kind is not None:
            return _kind(kind, phrase)
        if (several := _shelves(phrase, context)) is not None:
            return several
        raise


def _shelves(phrase: str, context: ToolContext) -> Part | None:
    """Several departments, or several categories, named in one phrase; None where one of them is neither."""
    said = [part for part in re.split(r"\s*(?:,|;|&|/|\+|\band\b|\bor\b|\bplus\b)\s*", phrase.strip()) if part]
    if len(said) < 2 or "(" in phrase:
        return None  # the categories of a name are all meant, and not those of one department
    try:
        found = [resolve_shelf(one, context) for one in said]
    except (ClarifyError, BadArgumentError):
        return None
    departments = tuple(dict.fromkeys(one.departments[0] for one in found if not one.categories))
    categories = tuple(dict.fromkeys(one.categories[0] for one in found if one.categories))
    if departments and categories:
        return None
    only = Filter(departments=departments, categories=categories)
    kind = "department" if departments else "category"
    return Part(only, shelf_label(only), {kind: shelf_label(only)}, f" in “{shelf_label(only)}”")


def _kind(kind: Kind, phrase: str) -> Part:
    said = phrase.strip()
    return Part(kind.only, kind.label, {"goods": said}, f" for “{said}”")


def _product(phrase: str, stores: StoreSet, context: ToolContext) -> Part:
    try:
        found = resolve_product(phrase, context, stores)
    except (ClarifyError, BadArgumentError):
        family = family_of(phrase, context)
        shelf = shelf_named(phrase, context) if family is None else None
        if shelf is not None:
            return _shelf(shelf, phrase, context)
        kind = family or kind_of(phrase, stores, context)
        if kind is None:
            raise
        return _kind(kind, phrase)
    group = {"product_id": found.product_id, "variant_id": found.variant_id, "product": found.name}
    return Part(
        Filter(variants=same_variants(found.variant_id, stores, context)), found.name, group, f" for “{found.name}”"
    )


def _shelf(only: Filter, phrase: str, context: ToolContext) -> Part:
    named = {"department": only.departments, "category": only.categories}
    group = {kind: names[0] for kind, names in named.items() if names}
    return Part(only, shelf_label(only), group, f" in “{shelf_label(only)}”", fits_as_well(phrase, only, context))


def shelf_label(only: Filter) -> str:
    """``Produce``, ``Cheeses (Deli)`` or ``Soup``: a name that ``resolve_shelf`` reads back."""
    if not only.categories or len(only.categories) > 1:
        return listed(only.categories or only.departments, most=10)
    return f"{only.categories[0]} ({only.departments[0]})" if only.departments else only.categories[0]


def nothing_sold(groups: Sequence[Group]) -> bool:
    """Whether no line of the part was sold, as the sums of ``query.build`` with a filter tell."""
    return not any(group.sums.get("x_lines") for group in groups)


def zero(metrics: Sequence[Metric], key: str = "") -> Group:
    """What was not sold while the stores were selling: sums are 0, and a share of nothing stays unknown."""
    return Group(key, {f"n_{metric.name}": Decimal(0) for metric in metrics if metric.is_sum})


def countable(part: Part, metrics: Sequence[Metric], whole: Group) -> tuple[list[Metric], list[str]]:
    """The metrics without units, where nothing of the part is sold by the piece, and what to say about it.

    Raises:
        BadArgumentError: only units were asked for, and there are none to count.
    """
    lines, unpieced = whole.sums.get("x_lines"), whole.sums.get("x_unpieced_lines")
    if not lines or not unpieced or not any(metric.unit_kind is UnitKind.UNITS for metric in metrics):
        return list(metrics), []
    if unpieced < lines:
        return list(metrics), [f"{counted(int(unpieced), 'line')} of goods not sold by the piece are not in the units."]
    kept = [metric for metric in metrics if metric.unit_kind is not UnitKind.UNITS]
    if not kept:
        raise BadArgumentError(
            f"{part.label} is not sold by the piece, so its units are not counted; ask for net sales."
        )
    return kept, [f"{part.label} is not sold by the piece, so its units are not counted."]
