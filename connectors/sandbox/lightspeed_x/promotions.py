"""Promotions: a list without versions, updates of the whole object, and archiving in place of deletion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.sandbox.lightspeed_x.errors import XError, missing
from connectors.sandbox.lightspeed_x.store import XStore, stamp, whole

_ACTIONS = (
    "basic_percent_discount",
    "basic_fixed_discount",
    "fixed_discount",
    "percent_discount",
    "loyalty",
    "fixed_price_discount",
)
_REQUIRED = ("name", "action", "condition", "start_time", "use_promo_code")


class Promotions:
    """Reads and writes promotions in an ``XStore``."""

    def __init__(self, store: XStore) -> None:
        self._store = store

    def listing(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /promotions``: those that are not archived, without versions."""
        size = whole(params.get("page_size"), "page_size") or 100
        listed = [item for item in self._store.of("promotion") if item.get("status") != "archived"]
        return {"data": [_shown(item) for item in listed[:size]]}

    def one(self, promotion_id: str) -> dict[str, Any]:
        """``GET /promotions/{id}``, archived ones too."""
        return {"data": _shown(self._store.need("promotion", promotion_id, "promotion_id"))}

    def create(self, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``POST /promotions``: a new one each time."""
        checked = _checked(body)
        with self._store.transaction():
            number = int(self._store.meta("promotions") or 0) + 1
            self._store.set_meta("promotions", str(number))
            stored = self._store.put("promotion", {"id": str(number), "status": "active", **checked})
            self._store.record_effect(
                stamp(at), "promotions.create", str(number), before=None, after=_shown(stored), request=body
            )
        return {"data": _shown(stored)}

    def update(self, promotion_id: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``PUT /promotions/{id}``: the whole object."""
        checked = _checked(body)
        with self._store.transaction():
            before = self._store.need("promotion", promotion_id, "promotion_id")
            status = str(body.get("status") or before["status"])
            stored = self._store.put("promotion", {"id": promotion_id, **checked, "status": status})
            self._store.record_effect(
                stamp(at), "promotions.update", promotion_id, before=_shown(before), after=_shown(stored), request=body
            )
        return {"data": _shown(stored)}


def _checked(body: Mapping[str, Any]) -> dict[str, Any]:
    for name in _REQUIRED:
        if body.get(name) is None:
            raise missing(name)
    kind = (body["action"] or {}).get("type")
    if kind not in _ACTIONS:
        raise XError(422, "Unprocessable Entity", f"action.type must be one of {', '.join(_ACTIONS)}.", "action.type")
    times = {name: _time(body.get(name), name) for name in ("start_time", "end_time")}
    if times["end_time"] and times["start_time"] and times["end_time"] <= times["start_time"]:
        raise XError(422, "Unprocessable Entity", "end_time must be after start_time.", "end_time")
    kept = {
        "description": str(body.get("description") or ""),
        "channels": list(body.get("channels") or ()),
        "outlet_ids": list(body.get("outlet_ids") or ()),
        "customer_group_ids": list(body.get("customer_group_ids") or ()),
        "loyalty_multiplier": body.get("loyalty_multiplier"),
        "end_time": body.get("end_time"),
    }
    return {**{name: body[name] for name in _REQUIRED}, **kept, "recurring_promotion": None, "promo_code_summary": None}


def _time(text: Any, field: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise XError(422, "Unprocessable Entity", f"{field} is no time.", field) from None
    if at.tzinfo is not None:
        raise XError(422, "Unprocessable Entity", f"{field} is UTC without a suffix.", field)
    return at


def _shown(promotion: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in promotion.items() if name != "version"}
