"""The App Home: which stores, how fresh the figures are, what waits for a decision, and how to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui import limits, values
from agent.slack.ui.message import at_most
from agent.slack.ui.mrkdwn import data
from agent.slack.ui.proposal_card import compose_waiting

_PENDING = 10
_ROOM = limits.HOME_BLOCKS - 5
"""Blocks before the last lines; a change is shown whole or not at all, never cut above its buttons."""
_STORES = 40

PROMPTS = (
    ("Yesterday", "How did we do yesterday?"),
    ("Same day last week", "Compare yesterday with the same day last week"),
    ("Top products", "What were our top 10 products last week by margin?"),
)
"""Suggested prompts: title, and the message that it sends."""

HELP = (
    "Ask me about your stores, for example “How did we do yesterday?”, “compare that with the same day last week” or "
    "“top 10 products last week by margin”. I can also propose a price change; nothing changes until somebody with the "
    "right role presses Approve."
)


def compose_home(
    stores: Sequence[StoreLabel], as_of: datetime | None, pending: Sequence[ProposalView], *, may_decide: bool
) -> limits.Block:
    """The home view of a member."""
    blocks: list[limits.Block] = [
        {"type": "header", "text": limits.plain_text("floorwalker", limits.HEADER_TEXT)},
        limits.section("*Your stores*\n" + _stores(stores)),
        limits.context(_freshness(stores, as_of)),
        {"type": "divider"},
        limits.section(f"*Waiting for a decision* · {len(pending)}"),
    ]
    labels = {store.store_id: store for store in stores}
    shown = 0
    for view in pending[:_PENDING]:
        label = labels.get(view.store_id, StoreLabel(view.store_id, view.store_id, "UTC"))
        one = compose_waiting(view, label, may_decide=may_decide)
        if len(blocks) + len(one) > _ROOM:
            break
        blocks += one
        shown += 1
    if len(pending) > shown:
        blocks.append(limits.context(f"{len(pending) - shown} more are in their threads."))
    if not pending:
        blocks.append(limits.context("Nothing waits."))
    blocks += [{"type": "divider"}, limits.section(f"*How to ask*\n{HELP}")]
    return {"type": "home", "blocks": at_most(blocks, limits.HOME_BLOCKS)}


def compose_refused_home(sentence: str) -> limits.Block:
    """The home view of somebody who is no member: why, and nothing else."""
    header = {"type": "header", "text": limits.plain_text("floorwalker", limits.HEADER_TEXT)}
    return {"type": "home", "blocks": [header, limits.section(data(sentence))]}


def _stores(stores: Sequence[StoreLabel]) -> str:
    lines = [f"• {data(store.name)} ({data(store.store_id)})" for store in stores[:_STORES]]
    if len(stores) > _STORES:
        lines.append(f"… and {len(stores) - _STORES} more")
    return "\n".join(lines) or "None yet."


def _freshness(stores: Sequence[StoreLabel], as_of: datetime | None) -> str:
    if as_of is None:
        return "No sales have been loaded yet."
    zones = {store.time_zone for store in stores}
    return f"Sales are complete up to {values.moment(as_of, zones.pop() if len(zones) == 1 else 'UTC')}."
