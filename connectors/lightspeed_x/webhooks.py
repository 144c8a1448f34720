"""Lightspeed X's webhooks: telling them from forgeries, what each touches, and asking for them.

A webhook is a form whose field ``payload`` is the changed object in the shape of the old API 1.0. Only ids and versions
are taken from it. The signature covers the raw body with the application's client secret; it holds no time and no event
id, so a delivery is known by what changed to which version.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from connectors.base import Entity, WebhookEvent
from connectors.http import Delivery, RejectedError, Secret, parse_json
from connectors.lightspeed_x.client import TITLE, LightspeedXClient
from connectors.manifest import load_manifest

SIGNATURE_HEADER = "x-signature"
_ALGORITHM = "HMAC-SHA256"

_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # The form need not say which event it is; then the object's own names do, the first that fits.
    ("sale.update", ("register_sale_products", "invoice_number", "sale_date")),
    ("register_closure.create", ("register_open_time", "register_close_time", "register_closure_id")),
    ("consignment.send", ("consignment_date", "consignment_products")),
    ("inventory.update", ("current_amount", "attributed_cost", "current_inventory_level")),
    ("customer.update", ("customer_code", "customer_group_id", "loyalty_balance")),
    ("product.update", ("handle", "sku", "supply_price")),
)
_ENTITIES = {
    "sale": Entity.SALE,
    "product": Entity.CATALOG,
    "customer": Entity.CUSTOMER,
    "inventory": Entity.INVENTORY,
    "register_closure": Entity.REGISTER_EVENT,
    "consignment": Entity.PURCHASE_ORDER,
}


def sign_webhook(body: bytes, *, key: Secret) -> str:
    """The header's value: hex of HMAC-SHA256 over ``body``, and the algorithm's name."""
    digest = hmac.new(key.get_secret_value().encode(), body, hashlib.sha256).hexdigest()
    return f"signature={digest},algorithm={_ALGORITHM}"


def is_genuine(body: bytes, signature: str | None, *, key: Secret | None) -> bool:
    """Whether ``signature`` is Lightspeed's for this body. False for a missing signature, key or body."""
    if not signature or not body or key is None or not key.get_secret_value():
        return False
    said = ",".join(word.strip() for word in signature.split(","))
    return hmac.compare_digest(sign_webhook(body, key=key).encode(), said.encode())


def webhook_event(body: bytes) -> WebhookEvent | None:
    """What a verified event says; None when it is no event of Lightspeed's."""
    try:
        form = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    content = form.get("payload", [""])[0]
    payload = parse_json(content.encode())
    if not isinstance(payload, dict):
        return None
    topic = _topic(form.get("type", [""])[0], payload)
    entity = _ENTITIES.get(topic.rpartition(".")[0])
    if entity is None:
        return None
    identity, version = str(payload.get("id") or ""), str(payload.get("version") or "")
    # Without a version the content tells two changes apart.
    mark = version or hashlib.sha256(content.encode()).hexdigest()[:24]
    key = hashlib.sha256(identity.encode()).hexdigest()[:24] if entity is Entity.CUSTOMER else identity
    return WebhookEvent(topic, f"{topic}:{key}:{mark}", ((entity, _touched(entity, payload)),))


def ensure_webhooks(client: LightspeedXClient, callback: str) -> Sequence[str]:
    """Register what is missing for ``callback``; sentences of what was done or has to be done by hand.

    Raises:
        TransientError: Lightspeed could not answer now.
        TerminalError: the token is wrong.
    """
    wanted = load_manifest("lightspeed_x").webhooks.events
    try:
        known = [item for item in client.webhooks() if item.get("url") == callback]
    except RejectedError as error:
        if error.status != 403:
            raise
        return (_by_hand(callback, wanted),)
    said: list[str] = []
    for topic in wanted:
        found = [item for item in known if item.get("type") == topic]
        if any(item.get("active", True) for item in found):
            continue
        said.append(_register(client, callback, topic, found[0] if found else None))
    return tuple(said) or (f"{TITLE} already sends {len(wanted)} kinds of events to {callback}.",)


def _register(client: LightspeedXClient, callback: str, topic: str, found: Mapping[str, Any] | None) -> str:
    body = {"active": True, "type": topic, "url": callback}
    if found is None:
        reply = client.write("POST", "/webhooks", body)
    else:
        reply = client.write("PUT", f"/webhooks/{found['id']}", body)
    # 409: somebody registered the same at this moment.
    if reply.accepted or reply.status == 409:
        return f"{TITLE} now sends {topic} to {callback}."
    if reply.delivery is Delivery.ANSWERED:
        return _by_hand(callback, (topic,))
    return f"{TITLE} did not say whether it registered {topic}. Ask again in a few minutes."


def _by_hand(callback: str, topics: Sequence[str]) -> str:
    return (
        f"This token may not register webhooks for {', '.join(topics)}. Give it the scope webhooks, or add them for "
        f"{callback} on the page /setup/api of your shop; those added there are not signed and will not be believed."
    )


def _topic(said: str, payload: Mapping[str, Any]) -> str:
    if said in load_manifest("lightspeed_x").webhooks.events:
        return said
    return next((topic for topic, names in _TOPICS if any(name in payload for name in names)), "")


def _touched(entity: Entity, payload: Mapping[str, Any]) -> str:
    """The id to read again; empty where the feed has to be pulled."""
    match entity:
        case Entity.CUSTOMER:
            return ""
        case Entity.INVENTORY:
            product = payload.get("product")
            nested = product.get("id") if isinstance(product, dict) else None
            return str(payload.get("product_id") or nested or "")
        case Entity.REGISTER_EVENT:
            return str(payload.get("register_id") or "")
        case _:
            return str(payload.get("id") or "")
