"""What an amount of money covers of a list of orders that are due: the best sellers first, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from tools.result import Figure
from tools.stock.frame import StockFrame, amount, spoken_quantity, stock_figure
from tools.wording import counted, money


class Costed(Protocol):
    """A line of an order with its cost in major units; None where no cost is known."""

    @property
    def cost(self) -> Decimal | None:
        """What its pieces cost."""

    @property
    def pieces(self) -> Decimal:
        """How many are suggested."""


T = TypeVar("T", bound=Costed)


@dataclass(frozen=True, slots=True)
class Bought(Generic[T]):
    """The lines that the budget pays for, those it does not, and those whose cost is not known."""

    budget: Decimal
    covered: Sequence[T]
    left: Sequence[T]
    unknown: Sequence[T]

    @property
    def spent(self) -> Decimal:
        """What the covered ones cost."""
        return sum((line.cost for line in self.covered if line.cost is not None), Decimal(0))

    def headline(self, asked: StockFrame) -> str:
        """How many lines of how many are covered, and what they cost."""
        every = len(self.covered) + len(self.left) + len(self.unknown)
        pieces = sum((line.pieces for line in self.covered), Decimal(0))
        return (
            f"{money(self.budget, asked.currency)} covers {len(self.covered):,} of {counted(every, 'line')} at or below"
            f" the reorder point{asked.asked.subject}, {asked.stores.label}, best sellers first:"
            f" {spoken_quantity(pieces)} pieces, {_money(asked, self.spent)} at cost,"
            f" {_money(asked, self.budget - self.spent)} of the money left."
        )

    def left_out(self, asked: StockFrame) -> list[str]:
        """What the money does not reach, as a sentence."""
        said = []
        if self.left:
            cost = sum((line.cost for line in self.left if line.cost is not None), Decimal(0))
            said.append(f"{counted(len(self.left), 'line')}, {_money(asked, cost)} at cost")
        if self.unknown:
            said.append(f"{counted(len(self.unknown), 'line')} of unknown cost")
        return (
            [f"Left out: {' and '.join(said)}. A line that no longer fits is passed over for the next."] if said else []
        )

    def figures(self, asked: StockFrame) -> list[Figure]:
        """The money given, spent and missing."""
        missing = sum((line.cost for line in self.left if line.cost is not None), Decimal(0))
        return [
            stock_figure(asked, name, amount(value, asked.currency), asked.currency)
            for name, value in (("budget", self.budget), ("order_cost", self.spent), ("order_cost_left_out", missing))
        ]


def bought(due: Sequence[T], budget: Decimal) -> Bought[T]:
    """Line by line in their order, each that the money still pays for."""
    covered, left, rest = [], [], budget
    for line in due:
        if line.cost is None:
            continue
        if line.cost <= rest:
            covered.append(line)
            rest -= line.cost
        else:
            left.append(line)
    return Bought(budget, covered, left, [line for line in due if line.cost is None])


def _money(asked: StockFrame, value: Decimal) -> str:
    return money(Decimal(amount(value, asked.currency) or 0), asked.currency)
