"""A question as a bag of concepts: its figures, what they are told by, the rank that is sought, and words beside them.

The order of words counts only where it tells what is sought from what it is sought in: “the best brand in each store”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.conversation.planner.concepts.lexicon import BESIDE, FIGURES, GROUPS, PLAIN, RANKS, Said

MOVES = frozenset({"growth", "decline", "change", "compare", "trend", "why"})
"""Words about the way of a figure, and no figure of their own."""
_OF_PEOPLE_OR_PLACES = frozenset(
    {"store", "product", "customer", "employee", "promotion", "coupon", "campaign", "brand"}
)
"""Groups that are spoken of in passing as well: “sales of our stores”, “inventory of products”."""
_IN_PASSING = frozenset({"the", "our", "my", "this", "a", "in", "of", "at", "your", "for", "all", "from"})
_OURS = frozenset({"the", "our", "my"})
_SOUGHT = frozenset({"which", "what", "list", "show", "find", "rank", "compare"})
_JOINED = frozenset({"and", "vs", "versus", "plus", "with"})
_WORST = frozenset({"worst", "poorest"})
_MORE_IS_WORSE = frozenset({"refund_rate", "returns", "void_rate", "labour_cost_pct", "discount_rate"})
_SINGLE = frozenset({"refund", "return", "discount", "transaction", "order", "basket", "sale", "void", "receipt"})
_MOST_READINGS = 16
_LONG = 4
"""A number of so many digits is a product, a receipt or a year, and no count of rows."""
_PER = {
    ("net_sales", "transactions"): "average_transaction_value",
    ("units", "transactions"): "units_per_transaction",
    ("net_sales", "visitors"): "sales_per_visitor",
    ("net_sales", "labour_hours"): "sales_per_labour_hour",
    ("transactions", "labour_hours"): "transactions_per_labour_hour",
    ("units", "labour_hours"): "units_per_labour_hour",
    ("visitors", "labour_hours"): "visitors_per_labour_hour",
    ("net_sales", "units"): "average_selling_price",
    ("discounts", "transactions"): "discount_per_transaction",
    ("gross_margin", "transactions"): "gross_margin_per_transaction",
    ("net_sales", "customers"): "spend_each",
    ("transactions", "customers"): "visits_each",
}
"""Figures that are one figure for each of another: “units per ticket”."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a figure is told by.

    ``outer`` stands after “by” or “in each”, ``counted`` after “most” or “how many”, ``ranked`` after “top”;
    ``passing`` may be no group at all.
    """

    name: str
    outer: bool = False
    counted: bool = False
    ranked: bool = False
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Bag:
    """The concepts of a question. ``apart`` says that two figures stand side by side without “and” between them."""

    figures: tuple[str, ...] = ()
    moves: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = ()
    ranks: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    count: int | None = None
    unknown: tuple[str, ...] = ()
    apart: bool = False


def bags(said: Sequence[Said]) -> Iterator[Bag]:
    """The ways of understanding the words, those first in which a word that may be either is a group."""
    either = [place for place, one in enumerate(said) if one.named(FIGURES) and (one.named(GROUPS) or one.named(RANKS))]
    for number in range(min(2 ** len(either), _MOST_READINGS)):
        yield _bag(said, {place for bit, place in enumerate(either) if number >> bit & 1})


_BRINGING = frozenset({"bring in", "brings in", "brought in", "turn over", "turned over"})
"""Words for sales that only say what brought the most of another figure: “which offer brought in the highest "
"ticket”."""
_ABOUT_PEOPLE = frozenset({"customer", "employee", "supplier", "brand"})


def _bag(said: Sequence[Said], as_figures: set[int]) -> Bag:
    bag = Bag()
    last = -1
    for place, one in enumerate(said):
        group, figure = one.named(GROUPS), None if _only_brings(said, place) else _figure(said, place, as_figures)
        if group and not (figure and place in as_figures):
            own = () if _is_of_another(said, place) else (_group(group, said, place),)
            bag = replace(bag, groups=(*bag.groups, *own))
        elif figure in MOVES:
            bag = replace(bag, moves=bag.moves | ({figure} if not _brings(said, place) else set()))
        elif figure and one.words in _SINGLE and place and said[place - 1].named(RANKS) in ("top", "bottom"):
            bag = replace(bag, unknown=(*bag.unknown, one.words))  # “the biggest refund” is one of them, not their sum
        elif figure and (each := _per(figure, bag, said, place)):
            bag = replace(bag, figures=(*bag.figures[:-1], each))
            last = place
        elif figure and figure not in bag.figures:
            apart = last >= 0 and not any(word.words in _JOINED for word in said[last + 1 : place])
            bag = replace(bag, figures=(*bag.figures, figure), apart=bag.apart or apart)
            last = place
        elif figure:
            last = place
        elif rank := one.named(RANKS):
            bag = replace(bag, ranks=bag.ranks | {rank})
        elif beside := one.named(BESIDE):
            bag = replace(bag, beside=bag.beside | {beside})
        elif bag.count is None and _counts(said, place):
            bag = replace(bag, count=int(one.words))
        elif not one.named(PLAIN) and not one.named(FIGURES) and not _tells_of(said, place):
            bag = replace(bag, unknown=(*bag.unknown, one.words))
    return _worst_is_most(_in_places(bag, said), said)


def _worst_is_most(bag: Bag, said: Sequence[Said]) -> Bag:
    """“The worst refund rate” is the highest."""
    worst = any(one.words in _WORST and one.named(RANKS) == "bottom" for one in said)
    if not worst or len(bag.figures) != 1 or bag.figures[0] not in _MORE_IS_WORSE or bag.moves:
        return bag
    return replace(bag, ranks=bag.ranks - {"bottom"} | {"top"})


def _only_brings(said: Sequence[Said], place: int) -> bool:
    """Whether a word for sales only says which group brought most of a figure behind it."""
    behind = said[place + 1 :]
    return said[place].words in _BRINGING and _brings(said, place) and any(one.named(FIGURES) for one in behind)


def _brings(said: Sequence[Said], place: int) -> bool:
    """Whether a word for a cause only says what brought the most: “which vendor caused the most stock-outs”."""
    if said[place].named(FIGURES) != "why" and said[place].words not in _BRINGING:
        return False
    behind = [one for one in said[place + 1 : place + 4] if one.words not in ("the", "to", "in", "for")]
    sought = bool(behind) and (behind[0].named(RANKS) in ("top", "bottom") or behind[0].words.startswith("most "))
    return sought and any(one.named(GROUPS) for one in said[max(0, place - 2) : place])


def _tells_of(said: Sequence[Said], place: int) -> bool:
    """Whether a word says nothing of its own: “who” of people that are named, or how many there are “of our 92,331”."""
    one = said[place]
    if one.words == "more":
        return any(other.named(GROUPS) == "discount_depth" or other.named(FIGURES) == "engagement" for other in said)
    if one.words == "who":
        return any(other.named(GROUPS) in _ABOUT_PEOPLE for other in said)
    behind = said[place + 1].named(GROUPS) if place + 1 < len(said) else None
    before = [other.words for other in said[max(0, place - 2) : place]]
    return one.is_number and len(one.words) >= _LONG and behind is not None and before[:1] == ["of"]


def _in_places(bag: Bag, said: Sequence[Said]) -> Bag:
    """“Where is it lowest”, “where are we losing”: in which stores."""
    sought = said and (said[0].words.startswith("where") or said[-1].words == "where") and not bag.groups
    lies = "overstock" in bag.figures and set(bag.figures) <= {"overstock", "stock_value"}
    if not sought or not (bag.ranks & {"top", "bottom"} or bag.moves & {"growth", "decline"} or lies):
        return bag
    return replace(bag, groups=(Group("store"),))


def _figure(said: Sequence[Said], place: int, as_figures: set[int]) -> str | None:
    """The figure that a word says; none where it is the rank of another: “slackest with deliveries”."""
    one = said[place]
    if one.named(RANKS) is None or place in as_figures:
        return one.named(FIGURES)
    others = any(other.named(FIGURES) for number, other in enumerate(said) if number != place)
    return None if others else one.named(FIGURES)


def _per(figure: str, bag: Bag, said: Sequence[Said], place: int) -> str | None:
    """The figure that the one before is for each of this one; None where “per” does not stand between them."""
    if not bag.figures or place < 2 or said[place - 1].words not in ("per", "each", "for each", "for every"):
        return None
    return _PER.get((bag.figures[-1], figure)) if said[place - 2].named(FIGURES) == bag.figures[-1] else None


def _is_of_another(said: Sequence[Said], place: int) -> bool:
    """Whether a group only says whose it is: “which supplier's products”, for which the supplier is sought.

    Of “each store's category” both are groups.
    """
    before = said[place - 1] if place else None
    if before is None or not before.words.endswith("'s") or before.named(GROUPS) is None:
        return False
    return not any(one.named(RANKS) == "each" for one in said[max(0, place - 3) : place - 1])


def _group(name: str, said: Sequence[Said], place: int) -> Group:
    before = said[place - 1] if place else None
    near = before.words.split()[-1] if before else ""
    rank = before.named(RANKS) if before else None
    counted = rank == "many" or near in ("most", "fewest")
    ranked = rank in ("top", "bottom") or bool(before and before.is_number and len(before.words) < _LONG)
    # The nearer of “each” and another group decides: of “each store's category” the stores alone are told of each.
    near_each = [one for one in said[max(0, place - 2) : place] if one.named(RANKS) == "each" or one.named(GROUPS)]
    outer = bool(near_each) and near_each[-1].named(RANKS) == "each"
    if outer or before is None or name not in _OF_PEOPLE_OR_PLACES:
        return Group(name, outer, counted, ranked)
    sought = any(
        one.words.split()[-1] in _SOUGHT or one.named(RANKS) in ("top", "bottom") or one.is_number
        for one in said[max(0, place - 3) : place]
    )
    passing = near in _IN_PASSING - _OURS if sought else True
    return Group(name, outer, counted, ranked, passing)


def _counts(said: Sequence[Said], place: int) -> bool:
    """Whether a number says how many are asked for: “top 5”, “5 best”, “the 3 stores with”."""
    one = said[place]
    if not one.words.isdigit() or len(one.words) >= _LONG:
        return False
    before, behind = said[max(0, place - 1) : place], said[place + 1 : place + 2]
    ranked = any(one.named(RANKS) in ("top", "bottom") for one in (*before, *behind))
    return ranked or any(one.named(GROUPS) for one in behind)  # “employee 12” is one of them
