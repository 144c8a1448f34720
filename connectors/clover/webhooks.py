"""Telling Clover's webhooks from forgeries, and what they say.

Clover does not sign: every message carries the application's auth code in ``X-Clover-Auth``, the same each time. It is
compared in constant time before anything is parsed. One message comes without it, before the code exists: the
verification code, which an operator has to type into Clover's dashboard. It is taken only when it is that and nothing
else, and touches nothing, so a forged one can do no more than show a code that Clover will not accept.

The keys of objects are Clover's (docs.clover.com, “Use webhooks”). Clock-ins, stock of a sale and discounts send
nothing of their own; polling finds them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import Any

from connectors.base import Entity, WebhookEvent
from connectors.clover.client import instant
from connectors.http import Secret, parse_json

AUTH_HEADER = "x-clover-auth"
VERIFICATION = "verification"
"""The topic of the message that holds the verification code; the code stands behind it in the key."""

_VERIFICATION_BYTES = 512
_CODE = re.compile(r"^[0-9A-Za-z-]{8,64}$")
_OBJECT = re.compile(r"^([A-Z]{1,3}):([0-9A-Za-z_-]{1,64})$")


def is_genuine(headers: Mapping[str, str], key: Secret | None) -> bool:
    """Whether a message carries the application's auth code. False without a configured one."""
    expected = key.get_secret_value() if key is not None else ""
    given = headers.get(AUTH_HEADER, "")
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def verification_code(body: bytes) -> str:
    """The code in a verification message; nothing when it is anything else."""
    if len(body) > _VERIFICATION_BYTES:
        return ""
    parsed = parse_json(body)
    if not isinstance(parsed, dict) or set(parsed) != {"verificationCode"}:
        return ""
    code = parsed["verificationCode"]
    return code if isinstance(code, str) and _CODE.match(code) else ""


def verification_event(code: str) -> WebhookEvent:
    """The event of a verification message. Its key holds the code, so that the inbox shows it to an operator."""
    return WebhookEvent(VERIFICATION, f"{VERIFICATION}:{code}")


def read_delivery(body: bytes, merchant_id: str) -> WebhookEvent | None:
    """What a genuine message says of one merchant; None when it is no such message.

    Updates of other merchants of the same application are left out: they are other connections.
    """
    parsed = parse_json(body)
    merchants = parsed.get("merchants") if isinstance(parsed, dict) else None
    if not isinstance(merchants, dict):
        return None
    ours = merchants.get(merchant_id, [])
    if not isinstance(ours, list):
        return None
    updates = sorted({update for item in ours if (update := _update(item)) is not None})
    digest = hashlib.sha256(repr(updates or body).encode()).hexdigest()[:40]
    touched = dict.fromkeys(found for name, kind, _ in updates for found in _touched(name, kind))
    topics = sorted({f"{name.partition(':')[0]}.{kind}" for name, kind, _ in updates})
    stamps = [stamp for _, _, stamp in updates if stamp > 0]
    return WebhookEvent(
        ",".join(topics) or "other",
        digest,
        tuple(touched),
        instant(max(stamps)) if stamps else None,
    )


def _update(item: Any) -> tuple[str, str, int] | None:
    if not isinstance(item, dict) or not isinstance(item.get("objectId"), str):
        return None
    stamp = item.get("ts")
    known = isinstance(stamp, int) and not isinstance(stamp, bool) and 0 < stamp < 10**14
    return item["objectId"], str(item.get("type") or ""), int(stamp) if known and stamp is not None else 0


def _touched(name: str, kind: str) -> Iterable[tuple[Entity, str]]:
    found = _OBJECT.match(name)
    if found is None:
        return ()
    letters, identity = found.groups()
    match letters:
        case "O":
            return ((Entity.SALE, identity),)
        case "P":
            # The reader finds the order behind a payment.
            return ((Entity.SALE, name),)
        case "I":
            item = (Entity.CATALOG, identity)
            return (item,) if kind == "DELETE" else (item, (Entity.INVENTORY, identity))
        case "IC":
            return ((Entity.CATALOG, name),)
        case "C":
            return ((Entity.CUSTOMER, identity),)
        case "E":
            return ((Entity.EMPLOYEE, identity),)
        case "CA":
            return ((Entity.REGISTER_EVENT, ""),)
        case "M":
            return ((Entity.LOCATION, ""),)
    return ()
