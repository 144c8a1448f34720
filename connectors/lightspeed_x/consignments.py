"""Purchase orders and transfers in Lightspeed's terms: consignments, found again by their reference.

The reference holds the action's key. A consignment is created empty and gets its lines one by one; a line is only
added when reading shows that it is not there, because adding one twice may add up. The platform's bulk call, which is
known to add up, is never used. Both stay OPEN: goods have to be packed or ordered by somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from connectors.base import Action, ActionKind, Preview
from connectors.errors import ConnectorError
from connectors.http import Delivery, WriteReply
from connectors.lightspeed_x.client import TITLE, LightspeedXClient
from connectors.lightspeed_x.live import (
    CREATED,
    Step,
    decimal_of,
    look,
    open_outlets,
    plain,
    problem,
    requested,
    steps_of,
)
from connectors.lightspeed_x.movements import REFERENCE

_TRIES = 3
_SAFE_WAIT_SECONDS = 5.0


def preview(client: LightspeedXClient, action: Action) -> Preview:
    """What the order or transfer means now, and whether it is there already; ``problem`` says why it cannot be."""
    is_order = action.kind is ActionKind.PURCHASE_ORDER
    kind = "SUPPLIER" if is_order else "OUTLET"
    head, why = (_order if is_order else _transfer)(client, action)
    if why:
        return problem(why)
    lines = _lines(action)
    if not lines or any(not 0 < quantity <= Decimal(10) ** 7 for quantity, _ in lines.values()):
        return problem("Each line needs a product and a quantity above 0.")
    head |= {"type": kind, "status": "OPEN", "reference": f"{REFERENCE}{action.idempotency_key}"}
    found = _find(client, kind, str(head["outlet_id"]), str(head["reference"]))
    if found is None:
        steps = [Step("POST", "/consignments", head), *_added(CREATED, lines)]
        return Preview({}, "", requested(steps), done=False)
    consignment_id = str(found["id"])
    known = {str(item.get("product_id")) for item in client.under("/consignments", consignment_id, "products")}
    missing = {product_id: line for product_id, line in lines.items() if product_id not in known}
    # Once somebody has sent or cancelled it, it is theirs.
    is_done = not missing or found.get("status") != "OPEN"
    before = {"status": str(found.get("status") or ""), "lines": str(len(lines) - len(missing))}
    steps = [] if is_done else _added(consignment_id, missing)
    return Preview(before, consignment_id, requested(steps), done=is_done)


def send(
    client: LightspeedXClient, seen: Preview, look_again: Callable[[], Preview], pause: Callable[[float], None]
) -> WriteReply:
    """Create what is missing. An answer that got lost is looked for; what is not found is not sent again.

    Raises:
        TerminalError: a token could not be renewed, so nothing was sent.
    """
    steps, consignment_id, is_ours, has_left = steps_of(seen), seen.version, False, False
    try:
        while steps:
            step = steps[0]
            reply = _write(client, Step(step.method, step.path.replace(CREATED, consignment_id), step.body), pause)
            has_left = True
            if reply.accepted and not consignment_id:
                consignment_id, is_ours = _id_of(reply), True
            if reply.accepted and consignment_id:
                steps = steps[1:]
            elif reply.accepted or reply.delivery is Delivery.UNKNOWN:
                now = look_again()
                left = steps_of(now)
                if not now.version or len(left) >= len(steps):
                    return _uncertain(reply)
                consignment_id, steps = now.version, left
            elif not consignment_id:
                return reply
            else:
                return _undone(client, consignment_id, reply, look_again) if is_ours else _uncertain(reply)
    except ConnectorError:
        if not has_left:
            raise
        return WriteReply(Delivery.UNKNOWN)
    return WriteReply(Delivery.ANSWERED, 200, {"data": {"id": consignment_id}})


def _write(client: LightspeedXClient, step: Step, pause: Callable[[float], None]) -> WriteReply:
    """Send a step; again only when it surely was not taken."""
    reply = client.write(step.method, step.path, step.body)
    for _ in range(_TRIES - 1):
        throttled = reply.delivery is Delivery.ANSWERED and reply.status == 429
        if not (throttled or reply.delivery is Delivery.NOT_SENT) or (reply.retry_after or 0.0) > _SAFE_WAIT_SECONDS:
            break
        pause(reply.retry_after or 0.0)
        reply = client.write(step.method, step.path, step.body)
    return reply


def _undone(
    client: LightspeedXClient, consignment_id: str, refusal: WriteReply, look_again: Callable[[], Preview]
) -> WriteReply:
    """A line was refused: take the consignment that was just created away again, and say what is true then."""
    client.write("DELETE", f"/consignments/{consignment_id}", {})
    return refusal if not look_again().version else _uncertain(refusal)


def _uncertain(reply: WriteReply) -> WriteReply:
    """Part of it is there: reading decides, not this answer."""
    return WriteReply(Delivery.UNKNOWN, reply.status, None, reply.codes, reply.retry_after)


def _order(client: LightspeedXClient, action: Action) -> tuple[dict[str, Any], str]:
    supplier_id = str(action.target.get("supplier_external_id") or "")
    outlet_id = str(action.target.get("store_external_id") or "")
    if look(client, "/suppliers", supplier_id) is None:
        return {}, f"This supplier is no longer in {TITLE}."
    if outlet_id not in open_outlets(client):
        return {}, f"This store is no longer among {TITLE}'s outlets."
    head: dict[str, Any] = {
        "name": str(action.change.get("note") or "Order"),
        "outlet_id": outlet_id,
        "supplier_id": supplier_id,
    }
    if action.change.get("due_on"):
        head["due_at"] = f"{action.change['due_on']}T00:00:00+00:00"
    return head, ""


def _transfer(client: LightspeedXClient, action: Action) -> tuple[dict[str, Any], str]:
    start = str(action.target.get("from_store_external_id") or "")
    end = str(action.target.get("to_store_external_id") or "")
    outlets = open_outlets(client)
    if start == end:
        return {}, "A transfer needs two different stores."
    if start not in outlets or end not in outlets:
        return {}, f"One of the stores is no longer among {TITLE}'s outlets."
    name = str(action.change.get("note") or "Transfer")
    return {"name": name, "outlet_id": end, "source_outlet_id": start}, ""


def _lines(action: Action) -> dict[str, tuple[Decimal, Decimal | None]]:
    """Quantity and cost by product; the same product twice is one line."""
    found: dict[str, tuple[Decimal, Decimal | None]] = {}
    for line in action.change.get("lines") or ():
        product_id = str(line.get("variant_external_id") or "")
        before, _ = found.get(product_id, (Decimal(0), None))
        quantity = decimal_of(line.get("quantity")) or Decimal(0)
        found[product_id] = (before + quantity, decimal_of(line.get("unit_cost")))
    return {} if "" in found else found


def _added(consignment_id: str, lines: Mapping[str, tuple[Decimal, Decimal | None]]) -> list[Step]:
    steps: list[Step] = []
    for product_id, (quantity, cost) in lines.items():
        line: dict[str, Any] = {"product_id": product_id, "count": plain(quantity)}
        if cost is not None:
            line["cost"] = plain(cost)
        steps.append(Step("POST", f"/consignments/{consignment_id}/products", {"data": line}))
    return steps


def _find(client: LightspeedXClient, kind: str, outlet_id: str, reference: str) -> Mapping[str, Any] | None:
    listed = client.all("/consignments", type=kind, outlet_id=outlet_id)
    return next((item for item in listed if item.get("reference") == reference and not item.get("deleted_at")), None)


def _id_of(reply: WriteReply) -> str:
    data = reply.body.get("data") if isinstance(reply.body, dict) else None
    return str(data.get("id") or "") if isinstance(data, dict) else ""
