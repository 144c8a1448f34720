"""Kinds of goods: what “milk”, “dairy” or “bananas” mean where no shelf has that name and one product is too narrow.

A phrase for a kind is taken for the categories that shoppers mean by it (a short list), else for all products whose
names or categories have its words as whole words. The answer always says what it was taken for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.analysis.word_forms import forms
from tools.context import ToolContext
from tools.errors import ClarifyError
from tools.metrics.query import Filter
from tools.metrics.search_query import SHELVES, build_named, build_own_label
from tools.search import shelf_named, words_of
from tools.stores import StoreSet
from tools.wording import counted, listed

FEWEST = 6
"""As many products as can be offered one by one, or fewer, are asked back about instead."""
MOST = 3_000
_FEW_SHELVES = 3

_FAMILIES: tuple[tuple[str, str, str], ...] = (
    (r"dairy(?: (?:product|goods|case|section|aisle))?", (r"\b(?:fluid milk|milk by-?products|cheeses?|yogh?urts?"
     r"|butter|margarines?|eggs?|dairy)\b"), r"non-?dairy|ndairy|btr|peanut|ice cream|frozen|salad"),
    (r"milk", r"\b(?:fluid milk|fresh milk)\b|^milks?$", ""),
    (r"frozen(?: (?:food|goods|section|aisle|grocery))?", r"\bfrozen\b|\bice cream\b", ""),
    (r"soda|pop|soft drink|fizzy drink", r"\bsoft drinks?\b|\bsodas?\b", ""),
    (r"beverage|drink|cold drink|soft beverage", (r"\bsoft drinks?\b|\bsodas?\b|\bbeverages?\b|\bjuices?\b"
     r"|\bwater\b|\bteas?\b"
     r"|\bisotonic drinks\b|\bdrink mix\b|\bcoffee$|\bjce conc/drinks\b|\bcocoa mixes\b"), r"coffee shop|filters"),
    (r"beer|ale|lager", r"\b(?:beers?|ales?|lagers?)\b", r"ginger"),
    (r"wine", r"\bwines?\b", r"vinegar|cooking"),
    (r"alcohol|booze|alcoholic (?:drink|beverage)|adult beverage", r"\b(?:beers?|ales?|wines?|liquors?|spirits)\b", ""),
    (r"liquor|spirit", r"\b(?:liquors?|spirits)\b", ""),
    (r"gas|gasoline|petrol", r"^fuel$|\bgasoline\b", ""),
    (r"bakery|baked good", r"^(?:bakery|pastry)$", ""),
    (r"drug(?: gm| store)?|drug (?:and |& )?gm|health (?:and|&) beauty|hba|hbc", r"^(?:drug|health)\b", ""),
    (r"flower|bouquet", r"^floral$|\bcut flowers?\b", ""),
    (r"diaper|nappy|nappie", r"\bdiapers?\b", ""),
    (r"baby (?:product|care|goods|stuff)|baby", r"\b(?:baby|infant|diapers?)\b", ""),
    (r"pet food|pet (?:product|supply|supplie)", r"\b(?:dog|cat|pet) (?:foods?|care|supplies)\b|\bcat litter\b", ""),
    (r"(?:toilet|bath) (?:paper|tissue)|toilet roll|loo roll", r"\b(?:bath|toilet) tissues?\b|\btoilet paper\b", ""),
    (r"candy|sweet", r"\bcand(?:y|ies)\b|\bconfectionery\b", ""),
    (r"snack|crisp|chip", r"\bsnacks?\b|\bchips\b", r"whlsm|nuts"),
    (r"juice", r"\bjuices?\b", r"ndairy"),
    (r"ice cream", r"\bice creams?\b", ""),
    (r"tobacco|cigarette", r"\b(?:cigarettes?|cigars?|tobacco)\b", r"cessation"),
    (r"cereal", r"\bcereals?\b", ""),
    (r"bread", r"\bbreads?\b", r"dough"),
    (r"water|bottled water", r"\bwater\b", ""),
    (r"coffee", r"\bcoffees?\b", r"filters|shop"),
    (r"vegetable|veggie|veg", (r"\bvegetables?\b|\b(?:potatoes|tomatoes|onions|carrots|peppers-all|broccoli.*|corn"
     r"|mushrooms|cabbage|squash|salad mix)$"), r"dry bn|^organics fruit"),
    (r"cheese", r"\bcheeses?\b", ""),
)  # fmt: skip
"""What people say, as stems; which departments or categories they mean by it; and which of these they do not."""


_LABELLED = re.compile(
    r"(?:(?:store|own|house)[ -](?:brand|label)|private[ -](?:label|brand)|(?P<national>national[ -]brand))s?"
    r" (?P<goods>\w.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a phrase was taken for: the filter, and the words in which an answer names it."""

    only: Filter
    label: str


def names_a_family(phrase: str) -> bool:
    """Whether a phrase is a word for a part of the range (“dairy”, “frozen food”) rather than for a product."""
    said = " ".join(words_of(phrase))
    return any(re.fullmatch(words, said) for words, _, _ in _FAMILIES)


def kind_of(phrase: str, stores: StoreSet, context: ToolContext) -> Kind | None:
    """The kind of goods that a phrase means; None where it is none, or only a few products that can be told apart."""
    words = words_of(phrase)
    if not words or any(word.isdigit() for word in words):
        return None
    return family_of(phrase, context) or _named(words, phrase, stores, context)


def family_of(phrase: str, context: ToolContext) -> Kind | None:
    """The departments or categories that shoppers mean by a phrase; None where a department has that very name."""
    if (own := _of_one_label(phrase, context)) is not None:
        return own
    said = " ".join(words_of(phrase))
    shelves = [(row[0], row[1]) for row in context.mirror.query(SHELVES).rows]
    if any(" ".join(words_of(department)) == said for department, _ in shelves):
        return None
    return _family(said, phrase, shelves)


def _of_one_label(phrase: str, context: ToolContext) -> Kind | None:
    """“Store brand milk”: what a family, department or category holds of own label, or of the other brands."""
    found = _LABELLED.fullmatch(phrase.strip())
    if found is None:
        return None
    kind = family_of(found["goods"], context)
    try:
        shelf = kind.only if kind is not None else shelf_named(found["goods"], context)
    except ClarifyError:
        return None
    if shelf is None:
        return None
    own = found["national"] is None
    statement = build_own_label(shelf.departments, shelf.categories, MOST + 1, own=own)
    rows = context.mirror.query(statement.sql, statement.params).rows
    if not 1 <= len(rows) <= MOST:
        return None
    label = f"“{_said(phrase)}” ({counted(len(rows), 'product')} of {'own label' if own else 'other brands'})"
    return Kind(Filter(variants=tuple(str(row[0]) for row in rows)), label)


def _family(said: str, phrase: str, shelves: Sequence[tuple[str, str]]) -> Kind | None:
    meant = next(((yes, no) for words, yes, no in _FAMILIES if re.fullmatch(words, said)), None)
    if meant is None:
        return None
    yes, no = (re.compile(pattern) if pattern else None for pattern in meant)

    def fits(name: str) -> bool:
        plain = name.lower()
        return bool(yes and yes.search(plain)) and not (no and no.search(plain))

    departments = tuple(dict.fromkeys(department for department, _ in shelves if fits(department)))
    elsewhere = [category for department, category in shelves if fits(category) and department not in departments]
    if departments and not elsewhere:
        return Kind(Filter(departments=departments), _label(phrase, departments, "department"))
    # A filter means both of its halves, so beside categories a department stands for its own categories.
    inside = [category for department, category in shelves if department in departments]
    categories = tuple(dict.fromkeys([*elsewhere, *inside]))
    return Kind(Filter(categories=categories), _label(phrase, categories, "category")) if categories else None


def _named(words: Sequence[str], phrase: str, stores: StoreSet, context: ToolContext) -> Kind | None:
    statement = build_named([forms(word) for word in words], stores.connections, MOST + 1)
    rows = context.mirror.query(statement.sql, statement.params).rows
    if not FEWEST <= len(rows) <= MOST:
        return None
    return Kind(
        Filter(variants=tuple(str(row[0]) for row in rows)), f"“{_said(phrase)}” ({counted(len(rows), 'product')})"
    )


def _label(phrase: str, names: Sequence[str], kind: str) -> str:
    if len(names) == 1 and " ".join(words_of(names[0])) == " ".join(words_of(phrase)):
        return names[0]
    many = {"department": "departments", "category": "categories"}[kind]
    shown = listed(names, "and") if len(names) <= _FEW_SHELVES else f"{len(names)} {many}: {listed(names, most=9)}"
    return f"“{_said(phrase)}” ({shown})"


def _said(phrase: str) -> str:
    return phrase.strip()[:60]
