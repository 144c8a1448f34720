"""How figures of single households are spoken of: their names, units, and what a household within bounds did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tools.amounts import money_said, money_text, number_text
from tools.bounds import Bounds
from tools.frame import Frame

HouseholdFigure = Literal[
    "spend", "units", "visits", "products", "categories", "departments", "stores", "weeks", "discount", "coupons",
    "basket_value", "basket_units", "unit_price",
]  # fmt: skip
"""What is counted of a household."""
Span = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Named:
    """A figure in words: what it is called, whether it is money, and what a household did (“spent {} a visit”)."""

    label: str
    money: bool
    did: str


WORDS: Mapping[str, Named] = {
    "spend": Named("spend", True, "spent {}"),
    "units": Named("units", False, "bought {} pieces"),
    "visits": Named("visits", False, "came {} times"),
    "products": Named("different products", False, "bought {} different products"),
    "categories": Named("different categories", False, "bought from {} different categories"),
    "departments": Named("different departments", False, "bought from {} different departments"),
    "stores": Named("different stores", False, "bought in {} different stores"),
    "weeks": Named("weeks with a purchase", False, "bought in {} weeks"),
    "discount": Named("discounts", True, "were given {} in discounts"),
    "coupons": Named("coupons redeemed", False, "redeemed {} coupons"),
    "basket_value": Named("spend per visit", True, "spent {} a visit"),
    "basket_units": Named("pieces per visit", False, "bought {} pieces a visit"),
    "unit_price": Named("price paid per piece", True, "paid {} a piece"),
}


def in_words(value: Decimal | None, figure: str, asked: Frame) -> str:
    """A figure as a sentence says it: minor units of the currency, or a number with one digit where it has any."""
    if WORDS[figure].money:
        return money_said(value, asked.currency)
    return "none" if value is None else f"{Decimal(number_text(value, 1) or 0).normalize():,f}"


def as_text(value: Decimal | None, figure: str, asked: Frame) -> str | None:
    """The same as a plain decimal string."""
    return money_text(value, asked.exponent) if WORDS[figure].money else number_text(value, 2)


def unit_of(figure: str, asked: Frame) -> str:
    """The unit that figures of it carry."""
    return asked.currency if WORDS[figure].money else "count"


def did(figure: str, bounds: Bounds, span: str | None, asked: Frame) -> str:
    """What a household within the bounds did: “spent at least $1,000.00”; bounds are in the units of the query."""
    pairs = (("more than", bounds.over), ("at least", bounds.least), ("less than", bounds.under),
             ("at most", bounds.most))  # fmt: skip
    said = " and ".join(f"{word} {in_words(value, figure, asked)}" for word, value in pairs if value is not None)
    mean = f" a {span} on average" if span else ""
    return WORDS[figure].did.format(said) + mean


BY_THE_PIECE = frozenset({"units", "basket_units", "unit_price"})
NOT_BY_THE_PIECE = "Goods not sold by the piece (such as fuel) are not in the pieces."
