"""Lists as Clover answers them: filters, expanded fields, and pages by offset."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.sandbox.clover.errors import bad

DEFAULT_LIMIT = 100
MOST = 1000
NESTED_MOST = 100
LONGEST_MS = 90 * 24 * 60 * 60 * 1000

_FILTER = re.compile(r"^([A-Za-z_.]+)(>=|<=|!=|=|>|<)(.*)$")
_COMPARE = {
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object: what can be filtered and expanded, and whether time is cut to the last 90 days.

    ``stored`` names a filter's field where it is called otherwise in the object.
    """

    filters: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()
    limited: bool = False
    stored: Mapping[str, str] = field(default_factory=dict)


_ORDER_PARTS = ("lineItems", "discounts", "payments", "refunds", "credits", "voids", "customers", "serviceCharge")
_TIMES = ("createdTime", "modifiedTime", "clientCreatedTime")

KINDS: Mapping[str, Kind] = {
    "orders": Kind(
        (*_TIMES, "id", "state", "total", "testMode"),
        (
            *_ORDER_PARTS,
            "employee",
            "orderType",
            "lineItems.discounts",
            "lineItems.modifications",
            "lineItems.taxRates",
            "payments.tender",
        ),
        limited=True,
    ),
    "line_items": Kind((), ("discounts", "modifications", "taxRates", "payments")),
    "payments": Kind((*_TIMES, "id", "result"), ("tender", "refunds", "order"), limited=True),
    "refunds": Kind(("createdTime", "clientCreatedTime", "id"), ("lineItems", "payment"), limited=True),
    "credits": Kind(("createdTime", "clientCreatedTime", "id"), ("tender",), limited=True),
    "items": Kind(("modifiedTime", "id", "sku", "hidden", "price"), ("categories", "itemStock", "tags", "taxRates")),
    "categories": Kind(("modifiedTime", "id", "name"), ("items",)),
    "item_stocks": Kind(),
    "employees": Kind(("modifiedTime", "id", "name", "role"), ("roles", "shifts")),
    "shifts": Kind(("in_time", "out_time", "id"), ("employee",), stored={"in_time": "inTime", "out_time": "outTime"}),
    "customers": Kind(("customerSince", "id"), ("emailAddresses", "phoneNumbers", "addresses")),
    "discounts": Kind(("id", "name")),
    "cash_events": Kind(("timestamp", "type"), ("employee", "device")),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What a list was asked for."""

    filters: Sequence[str]
    expand: frozenset[str]
    limit: int
    offset: int


def read_query(kind: str, params: Mapping[str, Sequence[str]]) -> Query:
    """The query of a request.

    Raises:
        RefusalError: 400, something of it cannot be used.
    """
    wanted = frozenset(name for text in params.get("expand", ()) for name in text.split(",") if name)
    unknown = sorted(wanted - set(KINDS[kind].expand))
    if unknown:
        raise bad(f"bad_query: {unknown[0]} is not an expandable field of {kind}")
    limit, offset = (_count(params, name, default) for name, default in (("limit", DEFAULT_LIMIT), ("offset", 0)))
    return Query(tuple(params.get("filter", ())), wanted, min(limit, MOST), offset)


def answer_list(kind: str, objects: Sequence[Mapping[str, Any]], query: Query, now: int) -> dict[str, Any]:
    """``{"elements": [...]}``.

    Of a span of time longer than 90 days only its last 90 days are answered, and nothing is said of it.
    """
    tests = [_parsed(kind, text) for text in query.filters]
    if KINDS[kind].limited:
        tests += _last_days(tests, now)
    found = [item for item in objects if all(_holds(item, *test) for test in tests)]
    page = found[query.offset : query.offset + query.limit]
    return {"elements": [shown(kind, item, query.expand) for item in page]}


def shown(kind: str, item: Mapping[str, Any], expand: frozenset[str]) -> dict[str, Any]:
    """An object as it is answered: only what was expanded, and of that a hundred at most."""
    answer: dict[str, Any] = {}
    for name, value in item.items():
        if name.startswith("_"):
            continue
        if not isinstance(value, list) and not (name in KINDS[kind].expand and name == "serviceCharge"):
            answer[name] = value
        elif name in expand and isinstance(value, list):
            below = frozenset(part.removeprefix(f"{name}.") for part in expand if part.startswith(f"{name}."))
            answer[name] = {"elements": [_nested(part, below) for part in value[:NESTED_MOST]]}
        elif name in expand:
            answer[name] = value
    return answer


def _nested(part: Any, expand: frozenset[str]) -> Any:
    if not isinstance(part, Mapping):
        return part
    answer: dict[str, Any] = {}
    for name, value in part.items():
        if isinstance(value, list):
            if name in expand:
                answer[name] = {"elements": value[:NESTED_MOST]}
        elif name == "tender" and "tender" not in expand:
            answer[name] = {"id": value.get("id")}
        else:
            answer[name] = value
    return answer


def _parsed(kind: str, text: str) -> tuple[str, str, str]:
    found = _FILTER.match(text)
    if found is None:
        raise bad(f"bad_query: {text} is not a filter")
    name, operator, value = found.groups()
    if name not in KINDS[kind].filters:
        raise bad(f"bad_query: {name} is not a filter field of {kind}")
    return KINDS[kind].stored.get(name, name), operator, value


def _last_days(tests: Sequence[tuple[str, str, str]], now: int) -> list[tuple[str, str, str]]:
    timed = [test for test in tests if test[0] in _TIMES] or [("createdTime", "<=", str(now))]
    name = timed[0][0]
    end = min((int(value) for field_, operator, value in timed if field_ == name and "<" in operator), default=now)
    return [(name, ">=", str(end - LONGEST_MS))]


def _holds(item: Mapping[str, Any], name: str, operator: str, text: str) -> bool:
    value = item.get(name)
    if value is None:
        return operator == "!="
    if isinstance(value, bool):
        return bool(_COMPARE[operator](str(value).lower(), text.lower()))
    if isinstance(value, int):
        try:
            return bool(_COMPARE[operator](value, int(text)))
        except ValueError:
            raise bad(f"bad_query: {text} is not a number") from None
    return bool(_COMPARE[operator](str(value), text))


def _count(params: Mapping[str, Sequence[str]], name: str, default: int) -> int:
    given = params.get(name)
    if not given:
        return default
    if not given[0].isdecimal():
        raise bad(f"bad_query: {name} must be a whole number")
    return int(given[0])
