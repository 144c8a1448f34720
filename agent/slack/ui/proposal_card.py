"""The card of a proposed change, drawn only from the stored payload and state; a model's words never reach it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from agent.proposals.editing import fields_of
from agent.proposals.facts import Facts, Item, Value
from agent.proposals.kinds import parse_payload
from agent.proposals.kinds.task import TASK_DONE, TASK_REOPENED, is_new_task
from agent.proposals.payload import Payload, Risk
from agent.proposals.view import ProposalView
from agent.slack import ids
from agent.slack.stores import StoreLabel
from agent.slack.ui import limits, values
from agent.slack.ui.message import Outgoing
from agent.slack.ui.mrkdwn import clean, data, escape, one_line
from connectors.currency import minor_exponent

_OPEN = {"pending"}
_MOST_ITEMS = 15
_WHOLE_NAME = 80
_LINES_A_SECTION = 5
_MOST_NOTES = 6
_MOST_NAMES = 3
_NOTHING = "Nothing was "
"""How a sentence begins that says it all: “Nothing was changed: …”, “Nothing was sent: …”."""
_NO_WAY = "The change did not go through."
_FAR_ENDS = {"POS": "point of sale"}
_REVERT_WORDS = {
    "reverting": "Going back to the old price now.",
    "reverted": "The time is over and the old price is back.",
    "left": "The time is over, but the price had been changed by somebody else, so it was left alone.",
    "unknown": "The time is over, but the point of sale did not confirm the old price; please look it up there.",
}


def compose_card(view: ProposalView, store: StoreLabel) -> Outgoing:
    """The card as the proposal stands now: buttons while it is pending, one line of outcome and no buttons after."""
    payload = parse_payload(view.kind, view.payload)
    facts = payload.facts()
    title = _title(view, facts)
    subject, place = one_line(facts.subject), _store_name(view, store)
    blocks = _shown(view, payload, facts, store)
    state = _state(view, payload, facts, store)
    if view.status in _OPEN:
        blocks.append(limits.context(*_fine_print(view, payload, facts, store)))
        blocks.append(_decide(view, title, facts, store, editable=bool(fields_of(payload))))
    else:
        blocks.append(limits.section(state))
        blocks.append(limits.context(f"Proposed by {_who(view.proposed_by)} · {data(view.id)}{_receipt(view)}"))
        buttons = _afterwards(view, payload, facts)
        if buttons:
            blocks.append({"type": "actions", "elements": buttons})
    _name_blocks(blocks, view)
    text = f"{data(title)}: {data(subject)}, {data(place)}: {_plain_change(facts)}. {state}"
    return Outgoing(text=text.strip(), headline=data(title), levels=[blocks])


def compose_waiting(view: ProposalView, store: StoreLabel, *, may_decide: bool) -> list[limits.Block]:
    """A pending one among others, such as on the App Home: all that its card shows, with buttons for who decides."""
    payload = parse_payload(view.kind, view.payload)
    facts = payload.facts()
    blocks = [*_shown(view, payload, facts, store), limits.context(*_fine_print(view, payload, facts, store))]
    if may_decide:
        blocks.append(_decide(view, _title(view, facts), facts, store, editable=False))
    _name_blocks(blocks, view)
    return blocks


def _shown(view: ProposalView, payload: Payload, facts: Facts, store: StoreLabel) -> list[limits.Block]:
    """What the change is, all of it: whoever presses a button below this has had it before them."""
    title, subject, place = _title(view, facts), one_line(facts.subject), _store_name(view, store)
    lines = [f"*{data(title)}*", f"{data(subject)} · {data(place)}", *_values(facts), *_ends(payload, facts, store)]
    blocks = [limits.section("\n".join(line for line in lines if line))]
    blocks += [limits.section(limits.clip_mrkdwn(text, limits.SECTION_TEXT)) for text in _items(facts)]
    if facts.notes:
        blocks.append(limits.context(*(data(one_line(note)) for note in facts.notes[:_MOST_NOTES])))
    if view.same_as:
        blocks.append(limits.context(f"⚠️ The same was approved within the last day already ({data(view.same_as)})"))
    edits = _edits(view)
    if edits:
        blocks.append(limits.context(limits.clip_mrkdwn(edits, limits.CONTEXT_TEXT)))
    reason = one_line(payload.reason)
    if reason:
        blocks.append(limits.section(f">{limits.clip_mrkdwn(data(reason), 600)}"))
    return blocks


def rendered_state(message: Outgoing) -> str:
    """A fingerprint of what is shown, to tell whether a posted copy still shows the truth."""
    return hashlib.sha256(json.dumps([message.text, message.best], sort_keys=True).encode()).hexdigest()


def describe_change(view: ProposalView, store: StoreLabel) -> str:
    """The exact change in one plain sentence, for the confirm dialog and the App Home; names are cut, values never."""
    payload = parse_payload(view.kind, view.payload)
    facts = payload.facts()
    ending = payload.reverts_at()
    ends = f", until {values.moment(ending, store.time_zone)}" if ending else ""
    subject = limits.clip(one_line(facts.subject), 120)
    place = limits.clip(one_line(_store_name(view, store)), 60)
    return f"{subject} at {place}: {_plain_change(facts)}{ends}"


def _title(view: ProposalView, facts: Facts) -> str:
    return f"{facts.title} (undo)" if view.undoes else facts.title


def _store_name(view: ProposalView, store: StoreLabel) -> str:
    return values.text_of(view.payload, "store_name") or store.name


def _plain_change(facts: Facts) -> str:
    """Every value before and after, or what the lines come to."""
    said = [_plain(value) for value in facts.values]
    return "; ".join(said or [one_line(note) for note in facts.notes[:2]])


def _plain(value: Value) -> str:
    after = values.show(value.after, value.unit)
    if not value.before:
        return one_line(after)
    percent = values.change_pct(value.before, value.after) if values.is_numeric(value.unit) else ""
    return one_line(f"{values.show(value.before, value.unit)} → {after}") + (f" ({percent})" if percent else "")


def _values(facts: Facts) -> list[str]:
    alone = len(facts.values) == 1
    return [_value_line(value, label="" if alone else f"{value.label}: ") for value in facts.values]


def _value_line(value: Value, label: str) -> str:
    after = data(one_line(values.show(value.after, value.unit)))
    if not value.before:
        return f"{data(label)}*{after}*"
    line = f"{data(label)}{data(one_line(values.show(value.before, value.unit)))} → *{after}*"
    percent = values.change_pct(value.before, value.after) if values.is_numeric(value.unit) else ""
    return f"{line} ({percent})" if percent else line


def _ends(payload: Payload, facts: Facts, store: StoreLabel) -> list[str]:
    ending = payload.reverts_at()
    if ending is None:
        return []
    if not facts.values:
        return [f"Until {data(values.moment(ending, store.time_zone))}, then back to what it was"]
    back = values.show(facts.values[0].before, facts.values[0].unit)
    return [f"Until {data(values.moment(ending, store.time_zone))}, then back to {data(back)}"]


def _edits(view: ProposalView) -> str:
    """What was set differently from the proposal that this one replaces; the audit trail knows."""
    first = view.events[0]["detail"] if view.events else {}
    changed = first.get("changed") or ()
    if not changed:
        return ""
    shown = "; ".join(data(one_line(str(one))) for one in changed[:_MOST_ITEMS])
    return f"Edited by {_who(view.proposed_by)}: {shown}"


def _items(facts: Facts) -> list[str]:
    """The lines, as texts of a section each; of a list that has to be seen whole none is left out or cut."""
    if facts.whole:
        lines = [_item(item, _WHOLE_NAME) for item in facts.items]
        return ["\n".join(lines[start : start + _LINES_A_SECTION]) for start in range(0, len(lines), _LINES_A_SECTION)]
    shown = [_item(item, 120) for item in facts.items[:_MOST_ITEMS]]
    more = len(facts.items) - len(shown)
    return ["\n".join([*shown, *([f"… and {more} more"] if more > 0 else [])])] if shown else []


def _item(item: Item, most: int) -> str:
    number = f"{data(item.quantity)} × " if item.quantity else ""
    price = f" at {data(item.price)}" if item.price else ""
    change = f": {data(item.change)}" if item.change else ""
    return f"• {number}{data(limits.clip(one_line(item.name), most))}{price}{change}"


def _fine_print(view: ProposalView, payload: Payload, facts: Facts, store: StoreLabel) -> list[str]:
    risk = facts.consequence
    if facts.insists_on:
        before = values.show(facts.values[0].before, facts.values[0].unit)
        risk += f" The {facts.insists_on} is read again first; if it is no longer {before}, nothing is changed."
    moves = _moves(view, payload)
    expires = values.moment(view.expires_at, store.time_zone)
    who = [f"Can be approved by {data(one_line(_either(view.approvers)))}"] if view.approvers else []
    if view.needs_others:
        who.insert(0, f"Somebody else than {_who(view.proposed_by)} has to approve it")
    if view.first_approved_by:
        who.insert(0, f"Approved by {_who(view.first_approved_by)}; a second person has to approve it as well")
    return [f"Proposed by {_who(view.proposed_by)} · expires {expires}{_receipt(view)}", *moves, *who, data(risk)]


def _receipt(view: ProposalView) -> str:
    """Where the figures are that it was proposed with."""
    return f" · receipt {data(view.receipt_id)}" if view.receipt_id else ""


def _either(names: Sequence[str]) -> str:
    """Up to three names with “or”, and how many more."""
    shown = [limits.clip(name, 60) for name in names[:_MOST_NAMES]]
    more = len(names) - len(shown)
    return " or ".join(shown) + (f" or {more} more" if more else "")


def _moves(view: ProposalView, payload: Payload) -> list[str]:
    """The money that limits go by and the risk, where either asks for a second look."""
    risk = f"{payload.risk.value} risk"
    if not view.impact_known:
        return [f"What it moves is not known, as a cost or a wage is missing: above every limit · {risk}"]
    if view.impact_minor:
        amount = values.show(f"{Decimal(view.impact_minor).scaleb(-minor_exponent(view.currency)):f}", view.currency)
        basis = f" ({data(one_line(view.basis))})" if view.basis else ""
        return [f"Moves about {amount}{' a week' if payload.lasts else ''}{basis} · {risk}"]
    return [f"Moves no money · {risk}: it cannot be taken back from here"] if payload.risk is Risk.HIGH else []


def _decide(view: ProposalView, title: str, facts: Facts, store: StoreLabel, *, editable: bool) -> limits.Block:
    value = ids.card_value(view.id, view.payload_sha256)
    confirm = {
        "title": limits.plain_text(f"{title}?", limits.CONFIRM_TITLE),
        "text": limits.plain_text(describe_change(view, store), limits.CONFIRM_TEXT),
        "confirm": limits.plain_text(facts.verb, 30),
        "deny": limits.plain_text("Not now", 30),
    }
    return {
        "type": "actions",
        "elements": [
            limits.button("Approve", ids.APPROVE, value, style="primary", confirm=confirm),
            *([limits.button("Edit", ids.EDIT, value)] if editable else []),
            limits.button("Reject", ids.REJECT, value),
        ],
    }


def _afterwards(view: ProposalView, payload: Payload, facts: Facts) -> list[limits.Block]:
    """What may be pressed once it was carried out."""
    value, buttons = ids.card_value(view.id, view.payload_sha256), []
    if view.status == "executed" and is_new_task(payload) and not _finished_by(view):
        buttons.append(limits.button("Mark done", ids.TASK_DONE, value))
    if view.can_undo:
        buttons.append(limits.button("Undo", ids.UNDO, value, confirm=_undo_confirm(facts)))
    if view.status == "unknown":
        buttons += [
            limits.button("It took effect", ids.TOOK_EFFECT, value, confirm=_settle_confirm(payload, "took effect")),
            limits.button("It did not", ids.NO_EFFECT, value, confirm=_settle_confirm(payload, "did not take effect")),
        ]
    return buttons


def _settle_confirm(payload: Payload, found: str) -> dict[str, Any]:
    far_end = _FAR_ENDS.get(payload.far_end, payload.far_end)
    said = f"You looked the {payload.noun} up in the {far_end}, and it {found}. This is kept under your name."
    return {
        "title": limits.plain_text("You looked it up?", limits.CONFIRM_TITLE),
        "text": limits.plain_text(said, limits.CONFIRM_TEXT),
        "confirm": limits.plain_text(f"It {found}", 30),
        "deny": limits.plain_text("Not yet", 30),
    }


def _finished_by(view: ProposalView) -> str:
    """Who did the task that this put on the list; empty while it is open."""
    told = [event for event in view.events if event["event"] in (TASK_DONE, TASK_REOPENED)]
    return str(told[-1]["actor"]) if told and told[-1]["event"] == TASK_DONE else ""


def _undo_confirm(facts: Facts) -> dict[str, Any]:
    first = facts.values[0] if facts.values else None
    back = f": back to {values.show(first.before, first.unit)}" if first is not None and first.before else ""
    subject = limits.clip(one_line(facts.subject), 120)
    said = f"{subject}{one_line(back)}. This files a new proposal that has to be approved."
    return {
        "title": limits.plain_text("Undo this change?", limits.CONFIRM_TITLE),
        "text": limits.plain_text(said, limits.CONFIRM_TEXT),
        "confirm": limits.plain_text("Propose the undo", 30),
        "deny": limits.plain_text("Leave it", 30),
    }


def _state(view: ProposalView, payload: Payload, facts: Facts, store: StoreLabel) -> str:
    by = f" by {_who(view.decided_by)}" if view.decided_by else ""
    at = f" at {values.moment(view.decided_at, store.time_zone)}" if view.decided_at else ""
    message = data(values.text_of(view.outcome or {}, "message"))
    reason = f" — “{data(view.decision_reason)}”" if view.decision_reason else ""
    far_end = _FAR_ENDS.get(payload.far_end, payload.far_end)
    reference = f" · {payload.far_end} reference {data(view.pos_reference)}" if view.pos_reference else ""
    sentences = {
        "pending": "Approved once; waiting for a second person."
        if view.first_approved_by
        else "Waiting for a decision.",
        "approved": f"⏳ Working… approved{by}{at}.",
        "executing": f"⏳ Working… approved{by}{at}.",
        "executed": f"✅ {_done(facts, message)}, approved{by}{at}{reference}. {_revert(view, store)}{_finished(view)}"
        f"{_by_hand(view)}",
        "failed": _failed(view, message),
        "unknown": f"⚠️ The {far_end} did not confirm the change, so it may or may not have happened. "
        f"Please look up the {payload.noun} there before trying again. {message}",
        "rejected": f"🚫 Rejected{by}{at}{reason}.",
        "expired": f"⌛ {message}" if message else "⌛ Expired before anybody decided; nothing was changed.",
        "superseded": "↪️ Replaced by a newer proposal; nothing was changed.",
        "cancelled": f"🚫 Withdrawn{by}{at}{reason}; nothing was changed.",
        "undone": f"↩️ Was changed, then undone{reference}.",
    }
    return sentences.get(view.status, f"Now: {data(view.status)}.").strip()


def _failed(view: ProposalView, message: str) -> str:
    """What went wrong; that nothing was changed is said only where that is so."""
    if (view.outcome or {}).get("taken"):
        return f"⚠️ {message}"
    return f"❌ {message if message.startswith(_NOTHING) else f'{_NOTHING}changed. {message or _NO_WAY}'}"


def _done(facts: Facts, message: str) -> str:
    """What was done, without a full stop: the values where they had one before, else the payload's own sentence."""
    if facts.values and all(value.before for value in facts.values):
        return f"Changed {data(_plain_change(facts))}"
    return message.rstrip(".") or "Done"


def _by_hand(view: ProposalView) -> str:
    said = values.text_of(view.outcome or {}, "settled_by_hand")
    return f" {data(said)}" if said else ""


def _finished(view: ProposalView) -> str:
    who = _finished_by(view)
    return f"☑️ Done by {_who(who)}." if who else ""


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
