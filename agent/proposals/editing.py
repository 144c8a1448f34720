"""Changing a proposal before it is decided: which values of each kind a person may set, and what became of them.

An edited proposal is a new one with a hash of its own; the old one is superseded and its buttons are dead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agent.errors import BadInputError
from agent.proposals.facts import named
from agent.proposals.kinds.lines import Line
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceLine, PriceList
from agent.proposals.kinds.promotions import PromotionCreate
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.payload import Payload
from tools.drafts import (
    Draft,
    DraftLine,
    ListedPrice,
    OrderDraft,
    PriceChangeDraft,
    PriceListDraft,
    PromotionDraft,
    StockAdjustDraft,
    StockCountDraft,
    TransferDraft,
)

MOST_LINES = 40
"""A form has room for so many lines; longer orders are changed in the POS."""

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,5})?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""Thousands to one, three places behind the point to another."""

LEFT_OUT = "0"
"""The value of a line that shall not be carried out."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value that may be set; ``name`` is what a form hands back.

    ``line`` is what a line of several is about, empty for a value that cannot be left out.
    """

    name: str
    label: str
    value: str
    line: str = ""


def fields_of(payload: Payload) -> tuple[Field, ...]:
    """What may be set on a payload; empty where nothing can."""
    match payload:
        case PriceChange():
            return (Field("price", f"New price in {payload.currency}", payload.after),)
        case StockAdjust():
            return (Field("delta", "Pieces to add (below zero takes away)", payload.delta),)
        case StockCount():
            return (Field("quantity", "Pieces counted", payload.quantity),)
        case PriceList():
            return tuple(_field(line, line.after) for line in payload.lines)
        case PromotionCreate():
            unit = "per cent" if payload.off == "percent" else payload.currency
            return (Field("value", f"Discount in {unit}", payload.value),)
        case Transfer() | PurchaseOrderDraft() if len(payload.lines) <= MOST_LINES:
            return tuple(_field(line, line.quantity) for line in payload.lines)
    return ()


def _field(line: Line | PriceLine, value: str) -> Field:
    name = named(line.product, line.sku)
    return Field(f"line:{line.variant_id}", f"{name} (0 leaves it out)", value, name)


def edited(payload: Payload, values: Mapping[str, str]) -> Draft:
    """The draft of the payload with these values in place; what is not among them stays.

    Raises:
        BadInputError: a value is no number, or nothing would be left.
    """
    fields = {field.name: field for field in fields_of(payload)}
    known = {name: field.value for name, field in fields.items()}
    if not known:
        raise BadInputError("This kind of change cannot be edited; reject it and ask for what you want.")
    numbers = {name: _number(values.get(name, value), fields[name]) for name, value in known.items()}
    return _MAKERS[type(payload)](payload, numbers)


def differences(old: Payload, new: Payload) -> list[str]:
    """What an edit changed, in short phrases, from both payloads alone."""
    before, after = old.facts(), new.facts()
    said = [
        f"{one.label}: {was.after} → {one.after}"
        for was, one in zip(before.values, after.values, strict=False)
        if was.after != one.after
    ]
    kept = {item.name: item.quantity or item.change for item in after.items}
    for item in before.items:
        now, was = kept.get(item.name), item.quantity or item.change
        if now is None:
            said.append(f"{item.name}: left out")
        elif now != was:
            said.append(f"{item.name}: {was} → {now}" if item.quantity else f"{item.name}: now {now}")
    return said


def _number(text: str, field: Field) -> Decimal:
    """What was typed. Nothing leaves a line out; anywhere else it is no number, least of all nought."""
    typed, label = text.strip(), field.line or field.label
    if not typed and field.line:
        return Decimal(LEFT_OUT)
    if _GROUPED.fullmatch(typed):
        plain, point = typed.replace(",", ""), typed.replace(",", ".")
        raise BadInputError(f"{label}: “{typed}” can be read in two ways; write {plain} or {point.rstrip('0')}.")
    if not _NUMBER.fullmatch(typed):
        raise BadInputError(f"{label}: “{typed[:20]}” is no number; write it like 12 or 2.99.")
    return Decimal(typed.replace(",", "."))


def _lines(lines: Sequence[Line], numbers: Mapping[str, Decimal]) -> tuple[DraftLine, ...]:
    kept = tuple(
        DraftLine(line.variant_id, numbers[f"line:{line.variant_id}"])
        for line in lines
        if numbers[f"line:{line.variant_id}"] != 0
    )
    if not kept:
        raise BadInputError("Every line is left out; reject the proposal instead.")
    return kept


def _price(payload: PriceChange, numbers: Mapping[str, Decimal]) -> Draft:
    return PriceChangeDraft(payload.variant_id, payload.store_id, None, numbers["price"], payload.until, payload.reason)


def _adjustment(payload: StockAdjust, numbers: Mapping[str, Decimal]) -> Draft:
    return StockAdjustDraft(payload.variant_id, payload.store_id, numbers["delta"], payload.why, payload.reason)


def _count(payload: StockCount, numbers: Mapping[str, Decimal]) -> Draft:
    return StockCountDraft(payload.variant_id, payload.store_id, numbers["quantity"], payload.reason)


def _transfer(payload: Transfer, numbers: Mapping[str, Decimal]) -> Draft:
    return TransferDraft(payload.store_id, payload.to_store_id, _lines(payload.lines, numbers), payload.reason)


def _order(payload: PurchaseOrderDraft, numbers: Mapping[str, Decimal]) -> Draft:
    lines = _lines(payload.lines, numbers)
    return OrderDraft(payload.store_id, payload.supplier_id, lines, payload.due_on, payload.reason)


def _price_list(payload: PriceList, numbers: Mapping[str, Decimal]) -> Draft:
    wanted = [(line.variant_id, numbers[f"line:{line.variant_id}"]) for line in payload.lines]
    kept = tuple(ListedPrice(variant, None, price) for variant, price in wanted if price != 0)
    if not kept:
        raise BadInputError("Every line is left out; reject the proposal instead.")
    return PriceListDraft(payload.store_id, kept, payload.until, payload.reason)


def _promotion(payload: PromotionCreate, numbers: Mapping[str, Decimal]) -> Draft:
    return PromotionDraft(
        payload.store_id,
        payload.name,
        payload.off,
        numbers["value"],
        payload.starts_at,
        payload.ends_at,
        tuple(item.variant_id for item in payload.items),
        payload.reason,
        payload.elsewhere is not None,
    )


_MAKERS: Mapping[type[Payload], Callable[[Any, Mapping[str, Decimal]], Draft]] = {
    PriceChange: _price,
    StockAdjust: _adjustment,
    StockCount: _count,
    Transfer: _transfer,
    PurchaseOrderDraft: _order,
    PriceList: _price_list,
    PromotionCreate: _promotion,
}
