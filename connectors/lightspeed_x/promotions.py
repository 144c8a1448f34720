"""Promotions in Lightspeed's terms: found again by the action's key in their description.

Its clock is UTC without a suffix. An update is the whole promotion. One that runs is ended by an end in the past; one
that has not begun is archived, which is the platform's way to take it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Action, Preview
from connectors.lightspeed_x.client import PAGE, TITLE, LightspeedXClient, bare_stamp, instant, maybe_instant
from connectors.lightspeed_x.live import Step, decimal_of, flag, look, open_outlets, problem, requested, wire

_ACTIONS = {"percent": "basic_percent_discount", "amount": "basic_fixed_discount"}
_WRITABLE = (
    "action",
    "channels",
    "condition",
    "customer_group_ids",
    "description",
    "end_time",
    "loyalty_multiplier",
    "name",
    "outlet_ids",
    "start_time",
    "status",
    "use_promo_code",
)
_MARK = "floorwalker "


def preview_create(client: LightspeedXClient, action: Action) -> Preview:
    """What the promotion means now, and whether it is there already."""
    change = action.change
    found = next((item for item in client.promotions(PAGE * 2) if _is_of(item, action)), None)
    if found is not None:
        before = {"name": str(found.get("name") or ""), "active": "true"}
        return Preview(before, str(found["id"]), {}, done=True)
    kind, value = str(change.get("kind") or ""), decimal_of(change.get("value"))
    starts, ends = _moment(change.get("starts_at")), _moment(change.get("ends_at"))
    why = ""
    if kind not in _ACTIONS:
        why = f"{TITLE} can take off a percentage or an amount; the kind must be percent or amount."
    elif value is None or value <= 0 or (kind == "percent" and value > 100):
        why = "The value must be above 0, and at most 100 for a percentage."
    elif starts is None or (change.get("ends_at") and (ends is None or ends <= starts)):
        why = "A promotion needs a beginning, and an end after it if it has one."
    outlets = [str(item) for item in action.target.get("store_external_ids") or ()]
    if not why and outlets and not set(outlets) <= set(open_outlets(client)):
        why = f"One of the stores is no longer among {TITLE}'s outlets."
    if why or starts is None or value is None:
        return problem(why)
    include = [{"field": "product_id", "value": str(item)} for item in change.get("variant_external_ids") or ()]
    body: dict[str, Any] = {
        "name": str(change.get("name") or ""),
        "description": f"{_MARK}{action.idempotency_key}",
        "start_time": bare_stamp(starts),
        "end_time": None if ends is None else bare_stamp(ends),
        "channels": ["Register"],
        "outlet_ids": outlets,
        "condition": {"type": "product_set", "quantity": 1, "include": include},
        "action": {"type": _ACTIONS[kind], "value": wire(value)},
        "use_promo_code": False,
    }
    return Preview({}, "", requested([Step("POST", "/promotions", body)]), done=False)


def preview_end(client: LightspeedXClient, action: Action, now: datetime) -> Preview:
    """What ending the promotion means now."""
    found = look(client, "/promotions", str(action.target.get("promotion_external_id") or ""))
    if found is None:
        return problem(f"This promotion is no longer in {TITLE}.")
    starts, ends = maybe_instant(found.get("start_time")), maybe_instant(found.get("end_time"))
    is_active = found.get("status") != "archived" and (ends is None or ends > now)
    before = {"active": flag(is_active)}
    if str(action.change.get("active")).casefold() != "false":
        return problem("A promotion can only be ended here.", before, str(found["id"]))
    body = {name: found[name] for name in _WRITABLE if name in found}
    if starts is not None and starts > now:
        body["status"] = "archived"
    else:
        body["end_time"] = bare_stamp(now - timedelta(seconds=1))
    step = Step("PUT", f"/promotions/{found['id']}", body)
    return Preview(before, str(found["id"]), requested([step]))


def _is_of(promotion: Mapping[str, Any], action: Action) -> bool:
    return f"{_MARK}{action.idempotency_key}" in str(promotion.get("description") or "")


def _moment(text: Any) -> datetime | None:
    if not text:
        return None
    try:
        return instant(str(text))
    except ValueError:
        return None
