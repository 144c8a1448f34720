"""What became of goods whose stock was adjusted, counted, moved or ordered: did they run out, or would they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.briefings.words import listed
from agent.followups.finding import Finding, Verdict, cannot_tell
from agent.followups.looking import Look
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.transfer import Transfer
from tools.analysis.effect import baseline_days
from tools.analysis.stockouts import Outcome, Stock, outcome
from tools.metrics.effect_query import build_on_hand, build_sold
from tools.metrics.query import Statement, Window

_WORDS = {
    Outcome.AVOIDED: "would have run out without it",
    Outcome.RAN_OUT: "ran out",
    Outcome.PROBABLY_OUT: "probably ran out: they stopped selling",
    Outcome.IN_STOCK: "are still in stock",
    Outcome.NOT_IN: "are in stock, but nothing of it is booked in yet",
    Outcome.UNKNOWN: "cannot be told: the point of sale gives no stock for them",
}
_ONE = {
    Outcome.IN_STOCK: "is still in stock",
    Outcome.NOT_IN: "is in stock, but nothing of it is booked in yet",
    Outcome.PROBABLY_OUT: "probably ran out: it stopped selling",
    Outcome.UNKNOWN: "cannot be told: the point of sale gives no stock for it",
}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Goods:
    """A product and how many were to come into the store that is looked at."""

    variant_id: str
    name: str
    brought: float


def measure_stock(look: Look) -> Finding:
    """What became of each product, and in the store that gave some away too."""
    payload = look.payload
    if isinstance(payload, Transfer):
        goods = [_Goods(line.variant_id, line.product, float(line.quantity)) for line in payload.lines]
        there, first = _outcomes(look, payload.to_store_id, goods, ("transfer_in", "receive"))
        given = [_Goods(one.variant_id, one.name, 0.0) for one in goods]
        here, second = _outcomes(look, payload.store_id, given, ("transfer_in",))
        return _of_transfer(payload, there, here, goods, (*first, *second))
    if isinstance(payload, PurchaseOrderDraft):
        goods = [_Goods(line.variant_id, line.product, float(line.quantity)) for line in payload.lines]
        found, statements = _outcomes(look, payload.store_id, goods, ("receive",))
        return _finding(found, goods, "the order", statements)
    if not isinstance(payload, (StockAdjust, StockCount)):
        raise TypeError(f"{type(payload).__name__} is not about stock")
    goods = [_Goods(payload.variant_id, payload.product, 0.0)]
    found, statements = _outcomes(look, payload.store_id, goods, ("receive",))
    return _finding(found, goods, "the correction", statements)


def _outcomes(
    look: Look, store_id: str, goods: Sequence[_Goods], kinds: Sequence[str]
) -> tuple[dict[str, Outcome], tuple[Statement, ...]]:
    variants = [one.variant_id for one in goods]
    days = baseline_days(look.due.changed_on)
    whole = Window((store_id,), days[0], look.due.last_on)
    sold = build_sold([whole], variants, look.scope)
    stock = build_on_hand(store_id, variants, look.executed_at, kinds, look.scope)
    open_days: list[str] = []
    units: dict[tuple[str, str], float] = {}
    for row in look.rows(sold):
        if row["variant_id"] is None:
            open_days.append(str(row["business_on"]))
        else:
            units[(str(row["business_on"]), str(row["variant_id"]))] = float(row["units"])
    before = [on for on in open_days if on < str(look.due.changed_on)]
    since = [on for on in open_days if on >= str(look.due.first_on)]
    levels = {str(row["variant_id"]): row for row in look.rows(stock)}
    found = {}
    for one in goods:
        level = levels.get(one.variant_id, {})
        found[one.variant_id] = outcome(
            Stock(
                _number(level, "on_hand"),
                [units.get((on, one.variant_id), 0.0) for on in since],
                sum(units.get((on, one.variant_id), 0.0) for on in before) / max(len(before), 1),
                one.brought,
                _number(level, "arrived"),
            )
        )
    return found, (sold, stock)


def _of_transfer(
    payload: Transfer,
    there: Mapping[str, Outcome],
    here: Mapping[str, Outcome],
    goods: Sequence[_Goods],
    statements: tuple[Statement, ...],
) -> Finding:
    finding = _finding(there, goods, "the transfer", statements, store=payload.to_store_name)
    out = [one.name for one in goods if here[one.variant_id] is Outcome.RAN_OUT]
    if not out:
        return finding
    line = f"{payload.store_name}, which gave them, has none left of {listed(_some(out))}."
    # Moving a gap from one store to the other is no gain.
    verdict = Verdict.AGAINST if finding.verdict is not Verdict.WORKED else Verdict.EVEN
    return Finding(
        verdict, finding.headline, (*finding.lines, line), finding.caveats, counts=finding.counts, statements=statements
    )


def _finding(
    found: Mapping[str, Outcome],
    goods: Sequence[_Goods],
    noun: str,
    statements: tuple[Statement, ...],
    *,
    store: str = "",
) -> Finding:
    by_outcome = {one: [each.name for each in goods if found[each.variant_id] is one] for one in Outcome}
    counts = {one.value: len(names) for one, names in by_outcome.items() if names}
    lines = tuple(_line(one, names, store) for one, names in by_outcome.items() if names)
    out = len(by_outcome[Outcome.RAN_OUT]) + len(by_outcome[Outcome.PROBABLY_OUT])
    avoided, total = len(by_outcome[Outcome.AVOIDED]), len(goods)
    unknown = len(by_outcome[Outcome.UNKNOWN])
    if unknown == total:
        return cannot_tell("the point of sale gives no stock on hand for it.", *statements)
    if total == 1:
        return Finding(_verdict(avoided, out), lines[0], counts=counts, statements=statements)
    parts = [f"{avoided} stock-out{'s' if avoided != 1 else ''} avoided", f"{out} followed all the same"]
    headline = f"Of {total} products of {noun}: {' and '.join(parts)}."
    return Finding(_verdict(avoided, out), headline, lines, counts=counts, statements=statements)


def _verdict(avoided: int, out: int) -> Verdict:
    if avoided > out:
        return Verdict.WORKED
    return Verdict.AGAINST if out > avoided else Verdict.EVEN


def _line(one: Outcome, names: Sequence[str], store: str) -> str:
    words = _ONE.get(one, _WORDS[one]) if len(names) == 1 else _WORDS[one]
    where = f" at {store}" if store else ""
    return f"{listed(_some(names))} {words}{where}."


def _some(names: Sequence[str]) -> list[str]:
    more = len(names) - _MOST_NAMED
    return list(names) if more <= 0 else [*names[:_MOST_NAMED], f"{more} more"]


def _number(row: Mapping[str, object], name: str) -> float | None:
    value = row.get(name)
    return None if value is None else float(str(value))
