"""What a card says of a change: plain values out of the stored payload, laid out by whoever shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """One value that changes: ``before`` is empty where there was none.

    ``unit`` is a currency code, ``units``, or empty for words.
    """

    label: str
    before: str
    after: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a change of several parts: what, how many, and at which price (empty where it has none).

    ``change`` is what changes of it, before and after, where that is not how many.
    """

    name: str
    quantity: str
    price: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A change as people are to read it.

    Attributes:
        title: what kind of change, such as “Stock adjustment”.
        subject: what it is about, such as a product with its SKU.
        values: what changes, each before and after.
        items: the lines of an order or a transfer.
        notes: further facts, each a short sentence.
        consequence: what pressing Approve does.
        insists_on: what is read again before anything is sent and must be as shown, such as “price”; empty for nothing.
        verb: the button of the confirmation, such as “Change the price”.
        whole: every line has to be seen before it is approved, also of a long list.
    """

    title: str
    subject: str
    values: tuple[Value, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    consequence: str = ""
    insists_on: str = ""
    verb: str = "Do it"
    whole: bool = False


def reaching(others: Sequence[str], also: str) -> tuple[str, ...]:
    """What else a change reaches, as notes: the other stores, and whatever the platform says of it."""
    stores = f"Changes it at {', '.join(others)} too: the point of sale keeps one for all of them" if others else ""
    return tuple(note for note in (stores, also) if note)


def named(product: str, sku: str) -> str:
    """A product with its SKU, where the name does not hold it already."""
    return product if not sku or sku in product else f"{product} (SKU {sku})"
