"""Finding products by the words people use: identifiers first, then words, then mended words, then some of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tools.analysis.word_forms import forms, stem
from tools.colleagues import is_a_colleague
from tools.context import MirrorPort, ToolContext
from tools.directory import owned
from tools.errors import NO_SUCH_PRODUCT, BadArgumentError, ClarifyError
from tools.identity import first_of_each
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.search_query import SHELVES, VOCABULARY, build_lookup, build_search
from tools.stores import StoreSet
from tools.wording import counted, listed

RECENT_DAYS = 28
_CANDIDATES = 500
_CLOSE = 80
_VERY_KIND = 2
_CLOSE_WORD = 0.72
_FILLER_WORDS = """
the a an of and with our product products item items sku barcode id called named that is are which some any one ones
from please kind type sort colour color thing things in for
"""
_FILLER = frozenset(_FILLER_WORDS.split())


@dataclass(frozen=True, slots=True)
class Product:
    """A variant as people speak of it, with what it sold lately in minor units (None: nothing)."""

    variant_id: str
    product_id: str
    name: str
    department: str
    category: str
    brand: str
    sku: str
    barcode: str
    active: bool
    recent_minor: Decimal | None = None
    recent_units: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, best first. ``how`` is "id", "words", "mended" (``read_as`` says to what) or "some"."""

    products: tuple[Product, ...]
    total: int
    how: str
    read_as: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class _Found:
    products: list[Product]
    total: int
    statement: Statement


def search(phrase: str, stores: StoreSet, context: ToolContext) -> Search:
    """Products that fit a phrase; sales of the last four weeks of data in ``stores`` break ties."""
    idents = _idents(phrase)
    if idents:
        found = _run((), idents, stores, context)
        if found.products:
            return Search(tuple(found.products), found.total, "id", phrase, found.statement)
    words = words_of(phrase)
    if not words:
        raise BadArgumentError("Say what to look for: a name, a brand, a department, an SKU or a barcode.")
    found = _run(words, (), stores, context)
    if found.products:
        return _ranked(words, found, "words")
    # A colleague's name is not misspelt: “Ellis” is no “trellis”.
    mended = words if is_a_colleague(phrase, context) else [_mend(word, context.mirror) for word in words]
    if mended != words and all(mended):
        found = _run(mended, (), stores, context)
        if found.products:
            return _ranked(mended, found, "mended")
    known = [word for word in mended if word]
    if known and len(words) > 1:
        found = _run(known, (), stores, context, every_word=False)
        near = [product for product in found.products if _hits(known, product) * 2 >= len(words)]
        return _ranked(known, _Found(near, len(near), found.statement), "some")
    return Search((), 0, "words", phrase, found.statement)


def recent(stores: StoreSet, everyone: int = 0) -> list[Window]:
    """The last four weeks that each store has data for, stores of equal dates together.

    ``everyone`` is how many stores there are, where the asker owns them all.
    """
    return [
        Window(ids, last_on - timedelta(days=RECENT_DAYS - 1), last_on, everyone=everyone)
        for last_on, ids in stores.by_last_on.items()
    ] or [Window(stores.ids, date.min, date.min)]


def words_of(phrase: str) -> list[str]:
    """The words to look for, each without its plural ending."""
    words = list(dict.fromkeys(re.findall(r"[a-z0-9]+", phrase.lower().replace("'", ""))))
    telling = [word for word in words if word not in _FILLER]
    return [stem(word) for word in telling][:12]


def _idents(phrase: str) -> list[str]:
    """Identifiers in a phrase: the whole of it, what follows a #, and any long number."""
    text = phrase.strip()
    idents = [text] if " " not in text else []
    idents += re.findall(r"#\s?([\w.-]+)", text)
    idents += re.findall(r"(?<![\w.])\d{5,}(?![\w.])", text)
    idents += re.findall(r"(?i)\b(?:sku|id|barcode|product)[ :#]+(\S*\d\S*)", text)
    return list(dict.fromkeys(ident.strip(".,;:") for ident in idents))


def _run(
    words: Sequence[str],
    idents: Sequence[str],
    stores: StoreSet,
    context: ToolContext,
    *,
    every_word: bool = True,
) -> _Found:
    statement = build_search(
        [forms(word) for word in words],
        idents,
        recent(stores, owned(context)),
        context.scope,
        every_word=every_word,
        limit=_CANDIDATES,
        connections=stores.connections,
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    found = [product_of(row) for row in rows]
    kept = first_of_each([product.variant_id for product in found], stores, context)
    twice = len(found) - len(kept)
    return _Found(
        [product for product in found if product.variant_id in kept], rows[0]["found"] - twice if rows else 0, statement
    )


def product_of(row: dict[str, Any]) -> Product:
    """A row of ``build_search`` or ``build_lookup`` as a product."""
    name, variant = row["product_name"], row["variant_name"] or ""
    if variant and variant.lower() not in (name.lower(), "regular", "default"):
        name = variant if name.lower() in variant.lower() else f"{name} · {variant}"
    return Product(
        row["variant_id"],
        row["product_id"],
        name,
        row["department"],
        row["category"],
        row["brand"] or "",
        row["sku"] or "",
        row["barcode"] or "",
        bool(row["active"]),
        row.get("net_minor"),
        row.get("units"),
    )


def _ranked(words: Sequence[str], found: _Found, how: str) -> Search:
    """Goods of the very kind first, then better fits, the order of the SQL (what sells) within them."""

    def place(product: Product) -> tuple[bool, int, int, int]:
        of_kind = _kind(words, product)
        whole = _whole(words, product) if how == "some" else 0
        return of_kind < _VERY_KIND, -whole, -fit(words, product) - _hits(words, product), -of_kind

    best = sorted(found.products, key=place)
    return Search(tuple(best), found.total, how, " ".join(words), found.statement)


def _kind(words: Sequence[str], product: Product) -> int:
    """2: the words name what it is, or its category; 1: they begin or end that name, or are in the category; else 0.

    “Rice, instant” and “Butter, 8 oz” are rice and butter; “Rice cakes” and “Peanut butter” come next, and “Soy/rice
    milk” only holds the word.
    """
    own, category = _stems(re.split(r"[,(·:#]", product.name, maxsplit=1)[0]), _stems(product.category)
    said = list(words)
    if said in (own, category):
        return _VERY_KIND
    return int(said in (own[: len(said)], own[-len(said) :]) or set(said) <= set(category))


def _stems(name: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z0-9]+", name.lower().replace("'", ""))]


def fit(words: Sequence[str], product: Product) -> int:
    """3: every word is a word of the name; 2: begins one; 1: lies in the name; 0: elsewhere."""
    name = product.name.lower()
    own = _stems(name)
    spelt = [forms(word) for word in words]
    if all(any(form in own for form in each) for each in spelt):
        return 3
    if all(any(mine.startswith(each) for mine in own) for each in spelt):
        return 2
    return 1 if all(any(form in name for form in each) for each in spelt) else 0


def _hits(words: Sequence[str], product: Product) -> int:
    text = " ".join((product.name, product.brand, product.department, product.category)).lower()
    return sum(any(form in text for form in forms(word)) for word in words)


def _whole(words: Sequence[str], product: Product) -> int:
    """How many words are whole words of it, the last, which names the thing, twice: “red wine” is a wine."""
    own = _stems(" ".join((product.name, product.category, product.department)))
    found = [any(form in own for form in forms(word)) for word in words]
    return sum(found) + found[-1]


def _mend(word: str, mirror: MirrorPort) -> str:
    """The nearest word that products are described with; the word itself if it is one, empty if none is near."""
    vocabulary = _vocabulary(mirror, mirror.query("SELECT COUNT(*) FROM product").rows[0][0])  # type: ignore[arg-type]
    if any(known.startswith(forms(word)) for known in vocabulary):
        return word
    alike = [known for known in vocabulary if known[0] == word[0]]  # a slip keeps the first letter
    best = process.extractOne(word, alike, scorer=OSA.normalized_similarity, score_cutoff=_CLOSE_WORD)
    return best[0] if best else ""


@lru_cache(maxsize=2)
def _vocabulary(mirror: MirrorPort, products: int) -> tuple[str, ...]:  # noqa: ARG001  the count is part of the key
    return tuple(sorted({stem(row[0]) for row in mirror.query(VOCABULARY).rows if row[0] and not row[0].isdigit()}))


def lookup(variant_ids: Sequence[str], context: ToolContext) -> dict[str, Product]:
    """Products by variant id; a variant that is not in the catalogue is left out."""
    if not variant_ids:
        return {}
    statement = build_lookup(variant_ids)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    return _told_apart({row["variant_id"]: product_of(row) for row in rows})


def _told_apart(products: Mapping[str, Product]) -> dict[str, Product]:
    """Products of one name, or of none, with what else tells them apart: the SKU, else the barcode or the id."""
    named = Counter(" ".join(product.name.lower().split()) for product in products.values())

    def apart(product: Product) -> Product:
        name = product.name.strip()
        if name and named[" ".join(name.lower().split())] == 1:
            return product
        code = f"SKU {product.sku}" if product.sku.strip() else product.barcode.strip() or product.variant_id
        return replace(product, name=f"{name or 'Unnamed product'} ({code})")

    return {variant: apart(product) for variant, product in products.items()}


def resolve_product(phrase: str, context: ToolContext, stores: StoreSet) -> Product:
    """The one product that a phrase means.

    Raises:
        ClarifyError: it fits several; up to five are offered, best first.
        BadArgumentError: it fits none.
    """
    found = search(phrase, stores, context)
    if not found.products or found.how == "some":
        said = words_of(phrase)
        like = [product.name for product in found.products if any(_begins(product.name, word) for word in said)]
        near = listed(like[:3], "or")
        hint = f" Did you mean {near}?" if near else " Name it as the till does, or give its SKU or barcode."
        raise BadArgumentError(f"No product fits “{phrase.strip()[:80]}”.{hint}", NO_SUCH_PRODUCT)
    named = [product for product in found.products if words_of(product.name) == words_of(phrase)]
    words = found.read_as.split()
    for group in (named, found.products, [product for product in found.products if fit(words, product) >= 2]):
        if len(group) == 1:
            return group[0]
    offered = named if len(named) > 1 else list(found.products)
    names = [product.name for product in offered]
    options = [
        name if names.count(name) == 1 and len(named) < 2 else f"{name} (#{product.variant_id})"
        for name, product in zip(names[:5], offered[:5], strict=True)
    ]
    count = len(offered) if len(named) > 1 else found.total
    more = f" and {count - 5:,} more" if count > 5 else ""
    raise ClarifyError(
        f"“{phrase.strip()[:80]}” fits {counted(count, 'product')}: {'; '.join(options)}{more}. Which one do you mean?",
        options,
    )


def resolve_shelf(phrase: str, context: ToolContext) -> Filter:
    """The department or category that a phrase means.

    Raises:
        ClarifyError: it fits several.
        BadArgumentError: it fits none.
    """
    rows = context.mirror.query(SHELVES).rows
    said = " ".join(words_of(phrase))
    if not said:
        raise BadArgumentError("Name a department or a category.")
    for fits in (_same, _begins, _nearly):
        if found := _shelf_that(fits, said, phrase, rows):
            return found
    departments = list(dict.fromkeys(row[0] for row in rows))
    raise BadArgumentError(
        f"There is no department or category “{phrase.strip()[:60]}”. Departments: {listed(departments, most=15)}."
    )


def fits_as_well(phrase: str, only: Filter, context: ToolContext) -> tuple[str, ...]:
    """What is said of other categories that have the words of a phrase taken for one category; nothing of departments.

    “Seasonal” is the name of a category, and “Christmas seasonal” of another that may have been meant as well.
    """
    said = set(words_of(phrase))
    if not only.categories or not said:
        return ()
    others = [
        f"{category} ({department})"
        for department, category, *_ in context.mirror.query(SHELVES).rows
        if said <= set(words_of(category)) and category not in only.categories
    ]
    return (f"“{phrase.strip()[:60]}” fits {listed(others)} as well: not in this.",) if others else ()


def shelf_named(phrase: str, context: ToolContext) -> Filter | None:
    """The department or category of exactly this name, plural or not; None when there is none.

    Raises:
        ClarifyError: there are several.
    """
    return _shelf_that(_same, " ".join(words_of(phrase)), phrase, context.mirror.query(SHELVES).rows)


def _shelf_that(
    fits: Callable[[str, str], bool], said: str, phrase: str, rows: Sequence[Sequence[Any]]
) -> Filter | None:
    """The one shelf that fits; a category may be told from another by its department: “Cheeses (Deli)”."""
    named = {f"{row[1]} ({row[0]})".lower(): row for row in rows}
    if chosen := named.get(phrase.strip().lower()):
        return Filter(departments=(chosen[0],), categories=(chosen[1],))
    inside = list(dict.fromkeys(row[0] for row in rows if fits(row[0], said)))
    if len(inside) == 1:
        return Filter(departments=tuple(inside))
    homes = [(row[1], row[0]) for row in rows if fits(row[1], said)]
    if not inside and homes and len({category for category, _ in homes}) == 1:
        # A category of one name may stand in several departments; then all of it is meant.
        return Filter(departments=(homes[0][1],) if len(homes) == 1 else (), categories=(homes[0][0],))
    found = inside or [f"{category} ({department})" for category, department in homes]
    if found:
        raise ClarifyError(f"“{phrase[:60]}” fits {listed(found, 'and')}. Which one do you mean?", found[:5])
    return None


def _same(name: str, said: str) -> bool:
    return " ".join(words_of(name)) == said


def _begins(name: str, said: str) -> bool:
    return all(any(mine.startswith(word) for mine in words_of(name)) for word in said.split())


def _nearly(name: str, said: str) -> bool:
    return fuzz.ratio(" ".join(words_of(name)), said) >= _CLOSE
