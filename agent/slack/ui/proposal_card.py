"""The card of a proposed price change, drawn only from the stored payload and state; a model's words never reach it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from agent.proposals.view import ProposalView
from agent.slack import ids
from agent.slack.stores import StoreLabel
from agent.slack.ui import limits, values
from agent.slack.ui.message import Outgoing
from agent.slack.ui.mrkdwn import clean, data, escape, one_line

_OPEN = {"pending"}
_REVERT_WORDS = {
    "reverting": "Going back to the old price now.",
    "reverted": "The time is over and the old price is back.",
    "left": "The time is over, but the price had been changed by somebody else, so it was left alone.",
    "unknown": "The time is over, but the point of sale did not confirm the old price; please look it up there.",
}


def compose_card(view: ProposalView, store: StoreLabel) -> Outgoing:
    """The card as the proposal stands now: buttons while it is pending, one line of outcome and no buttons after."""
    payload = view.payload
    title = _title(view)
    change = _change(view, store)
    lines = [f"*{data(title)}*", f"{data(_product(payload))} · {data(_store_name(view, store))}", change]
    blocks = [limits.section("\n".join(line for line in lines if line))]
    reason = one_line(values.text_of(payload, "reason"))
    if reason:
        blocks.append(limits.section(f">{limits.clip_mrkdwn(data(reason), 600)}"))
    state = _state(view, store)
    if view.status in _OPEN:
        blocks.append(limits.context(*_fine_print(view, store)))
        blocks.append(_decide(view, title, store))
    else:
        blocks.append(limits.section(state))
        blocks.append(limits.context(f"Proposed by {_who(view.proposed_by)} · {data(view.id)}"))
        if view.can_undo:
            undo = limits.button(
                "Undo", ids.UNDO, ids.card_value(view.id, view.payload_sha256), confirm=_undo_confirm(view)
            )
            blocks.append({"type": "actions", "elements": [undo]})
    _name_blocks(blocks, view)
    text = (
        f"{data(title)}: {data(_product(payload))}, {data(_store_name(view, store))}: {_plain_change(payload)}. {state}"
    )
    return Outgoing(text=text.strip(), headline=data(title), levels=[blocks])


def rendered_state(message: Outgoing) -> str:
    """A fingerprint of what is shown, to tell whether a posted copy still shows the truth."""
    return hashlib.sha256(json.dumps([message.text, message.best], sort_keys=True).encode()).hexdigest()


def describe_change(view: ProposalView, store: StoreLabel) -> str:
    """The exact change in one plain sentence, for the confirm dialog and the App Home; names are cut, prices never."""
    until = values.text_of(view.payload, "until")
    ends = f", until {values.moment_of(until, store.time_zone)}" if until else ""
    product = limits.clip(_product(view.payload), 120)
    place = limits.clip(one_line(_store_name(view, store)), 60)
    return f"{product} at {place}: {_plain_change(view.payload)}{ends}"


def _title(view: ProposalView) -> str:
    if view.undoes:
        return "Price change (undo)"
    return "Temporary price change" if values.text_of(view.payload, "until") else "Price change"


def _product(payload: Mapping[str, Any]) -> str:
    product, sku = one_line(values.text_of(payload, "product")), one_line(values.text_of(payload, "sku"))
    product = product or "Unnamed product"
    return product if not sku or sku in product else f"{product} (SKU {sku})"


def _store_name(view: ProposalView, store: StoreLabel) -> str:
    return values.text_of(view.payload, "store_name") or store.name


def _plain_change(payload: Mapping[str, Any]) -> str:
    currency = values.text_of(payload, "currency")
    before, after = payload.get("before"), payload.get("after")
    percent = values.change_pct(before, after)
    tail = f" ({percent})" if percent else ""
    return f"{values.show(before, currency)} → {values.show(after, currency)}{tail}"


def _change(view: ProposalView, store: StoreLabel) -> str:
    payload = view.payload
    currency = values.text_of(payload, "currency")
    line = f"{values.show(payload.get('before'), currency)} → *{values.show(payload.get('after'), currency)}*"
    percent = values.change_pct(payload.get("before"), payload.get("after"))
    if percent:
        line += f" ({percent})"
    until = values.text_of(payload, "until")
    if until:
        back = values.show(payload.get("before"), currency)
        line += f"\nUntil {data(values.moment_of(until, store.time_zone))}, then back to {back}"
    return line


def _fine_print(view: ProposalView, store: StoreLabel) -> list[str]:
    risk = (
        "Approving changes the price at the point of sale at once. The price is read again first; if it is no longer "
        f"{values.show(view.payload.get('before'), view.currency)}, nothing is changed."
    )
    expires = values.moment(view.expires_at, store.time_zone)
    return [f"Proposed by {_who(view.proposed_by)} · expires {expires}", risk]


def _decide(view: ProposalView, title: str, store: StoreLabel) -> limits.Block:
    value = ids.card_value(view.id, view.payload_sha256)
    confirm = {
        "title": limits.plain_text(f"{title}?", limits.CONFIRM_TITLE),
        "text": limits.plain_text(describe_change(view, store), limits.CONFIRM_TEXT),
        "confirm": limits.plain_text("Change the price", 30),
        "deny": limits.plain_text("Not now", 30),
    }
    return {
        "type": "actions",
        "elements": [
            limits.button("Approve", ids.APPROVE, value, style="primary", confirm=confirm),
            limits.button("Reject", ids.REJECT, value),
        ],
    }


def _undo_confirm(view: ProposalView) -> dict[str, Any]:
    currency = values.text_of(view.payload, "currency")
    back = f"{_product(view.payload)}: back to {values.show(view.payload.get('before'), currency)}. "
    return {
        "title": limits.plain_text("Undo this change?", limits.CONFIRM_TITLE),
        "text": limits.plain_text(back + "This files a new proposal that has to be approved.", limits.CONFIRM_TEXT),
        "confirm": limits.plain_text("Propose the undo", 30),
        "deny": limits.plain_text("Leave it", 30),
    }


def _state(view: ProposalView, store: StoreLabel) -> str:
    by = f" by {_who(view.decided_by)}" if view.decided_by else ""
    at = f" at {values.moment(view.decided_at, store.time_zone)}" if view.decided_at else ""
    message = data(values.text_of(view.outcome or {}, "message"))
    reason = f" — “{data(view.decision_reason)}”" if view.decision_reason else ""
    reference = f" · POS reference {data(view.pos_reference)}" if view.pos_reference else ""
    sentences = {
        "pending": "Waiting for a decision.",
        "approved": f"⏳ Working… approved{by}{at}.",
        "executing": f"⏳ Working… approved{by}{at}.",
        "executed": f"✅ Changed {_plain_change(view.payload)}, approved{by}{at}{reference}. {_revert(view, store)}",
        "failed": f"❌ Nothing was changed. {message or 'The change did not go through.'}",
        "unknown": "⚠️ The point of sale did not confirm the change, so it may or may not have happened. "
        f"Please look up the price there before trying again. {message}",
        "rejected": f"🚫 Rejected{by}{at}{reason}.",
        "expired": "⌛ Expired before anybody decided; nothing was changed.",
        "superseded": "↪️ Replaced by a newer proposal; nothing was changed.",
        "cancelled": f"🚫 Withdrawn{by}{at}{reason}; nothing was changed.",
        "undone": f"↩️ Was changed, then undone{reference}.",
    }
    return sentences.get(view.status, f"Now: {data(view.status)}.").strip()


def _revert(view: ProposalView, store: StoreLabel) -> str:
    if view.revert_state in ("", "due"):
        return f"Goes back at {values.moment(view.reverts_at, store.time_zone)}." if view.reverts_at else ""
    return _REVERT_WORDS.get(view.revert_state, data(view.revert_state))


def _who(user_id: str | None) -> str:
    known = bool(user_id) and all(c.isalnum() or c == "_" for c in clean(user_id or ""))
    return f"<@{user_id}>" if known else escape(user_id or "somebody")


def _name_blocks(blocks: list[limits.Block], view: ProposalView) -> None:
    # Slack wants new block ids when a message is rewritten; the state makes them so.
    for index, block in enumerate(blocks):
        block["block_id"] = f"{view.id[:80]}:{view.status}:{index}"
