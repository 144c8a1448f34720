"""Two products named in one breath: “oat milk and almond milk”, where nothing on sale is called that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tools.context import ToolContext
from tools.errors import BadArgumentError, ClarifyError
from tools.search import Product, resolve_product
from tools.stores import StoreSet

_BETWEEN = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)


def two_products(phrase: str, context: ToolContext, stores: StoreSet) -> tuple[Product, Product] | None:
    """The products of “X and Y”; None where one of the two fits nothing.

    A name may have an “and” of its own, so every one is tried as the seam.

    Raises:
        ClarifyError: one of the two fits several; the options name both, so that choosing one keeps the other.
    """
    unclear: ClarifyError | None = None
    for names in _seams(phrase):
        try:
            first, second = (_one_of(names, place, context, stores) for place in (0, 1))
        except BadArgumentError:
            continue
        except ClarifyError as error:
            unclear = unclear or error
            continue
        return first, second
    if unclear is not None:
        raise unclear
    return None


def _seams(phrase: str) -> Iterator[tuple[str, str]]:
    bare = re.sub(r"^both\s+", "", phrase.strip(), flags=re.IGNORECASE)
    for seam in _BETWEEN.finditer(bare):
        yield bare[: seam.start()], bare[seam.end() :]


def _one_of(names: Sequence[str], place: int, context: ToolContext, stores: StoreSet) -> Product:
    try:
        return resolve_product(names[place], context, stores)
    except ClarifyError as error:
        other = names[1 - place]
        # The other must fit something too, or this is no seam.
        if place == 0:
            _fits(other, context, stores)
        options = [f"{one} and {other}" if place == 0 else f"{other} and {one}" for one in error.options]
        raise ClarifyError(error.user_message, options) from error


def _fits(name: str, context: ToolContext, stores: StoreSet) -> None:
    try:
        resolve_product(name, context, stores)
    except ClarifyError:
        return
