"""More than, at least, less than, at most: the bounds that people set to a figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tools.errors import BadArgumentError
from tools.metrics.model import Metric
from tools.wording import spoken


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds as numbers in the metric's own unit, as people say them; None where there is none."""

    over: Decimal | None
    least: Decimal | None
    under: Decimal | None
    most: Decimal | None

    @property
    def given(self) -> bool:
        """Whether there is any bound."""
        return any(value is not None for value in (self.over, self.least, self.under, self.most))

    def hold(self, value: Decimal) -> bool:
        """Whether a value lies within them."""
        return (
            (self.over is None or value > self.over)
            and (self.least is None or value >= self.least)
            and (self.under is None or value < self.under)
            and (self.most is None or value <= self.most)
        )

    @property
    def group(self) -> dict[str, str]:
        """What figures within them carry."""
        named = {"over": self.over, "at_least": self.least, "under": self.under, "at_most": self.most}
        return {name: f"{value:f}" for name, value in named.items() if value is not None}

    def said(self, metric: Metric, currency: str) -> str:
        """In words: “more than $200.00”."""
        pairs = (("more than", self.over), ("at least", self.least), ("less than", self.under), ("at most", self.most))
        return " and ".join(f"{word} {spoken(metric, value, currency)}" for word, value in pairs if value is not None)


def bounds_of(arguments: object) -> Bounds:
    """The bounds of arguments that are called over, at_least, under and at_most.

    Raises:
        BadArgumentError: one of them is no number.
    """
    return Bounds(*(amount(name, getattr(arguments, name)) for name in ("over", "at_least", "under", "at_most")))


def amount(name: str, said: str | None) -> Decimal | None:
    """A number as people write it (“$1,200”, “2k”, “25 %”); None where none was said.

    Raises:
        BadArgumentError: it is no number; ``name`` says which argument.
    """
    if said is None:
        return None
    plain = said.strip().lower().replace(",", "").replace(" ", "").strip("$€£%")
    scale = Decimal(1000) if plain.endswith("k") else Decimal(1)
    try:
        value = Decimal(plain.removesuffix("k")) * scale
    except InvalidOperation as error:
        raise BadArgumentError(f"“{name}” is no number: “{said}”. Give it like “100” or “19.99”.") from error
    if not value.is_finite():
        raise BadArgumentError(f"“{name}” must be a finite number, such as “100”.")
    return value
