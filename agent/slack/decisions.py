"""What a press of a card's buttons does. The clicker's rights are looked up now, not taken from a card."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from agent.errors import FloorwalkerError
from agent.proposals.editing import Field, fields_of
from agent.proposals.kinds import parse_payload
from agent.slack.delivery.cards import CardBoard
from agent.slack.delivery.send import Sender
from agent.slack.people import People
from agent.slack.services import ProposalDesk, no_tasks
from agent.slack.ui.mrkdwn import plain
from tools.context import Scope
from tools.errors import ToolError

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, where. ``message_ts`` and ``channel_id`` are empty when it was on the App Home."""

    user_id: str
    proposal_id: str
    sha256: str = ""
    channel_id: str = ""
    message_ts: str = ""
    thread_ts: str = ""


class Decisions:
    """Carries presses to the proposals and tells the clicker, and only them, when it did not work."""

    def __init__(
        self,
        *,
        proposals: ProposalDesk,
        people: People,
        cards: CardBoard,
        sender: Sender,
        finish_task: Callable[[str, Scope], object] = no_tasks,
    ) -> None:
        self._proposals = proposals
        self._people = people
        self._cards = cards
        self._sender = sender
        self._finish_task = finish_task

    def approve(self, press: Press) -> None:
        """Approve exactly the payload that the pressed card showed."""
        # A button without a hash shows nothing that could be approved; "-" matches no payload.
        seen = press.sha256 or "-"
        self._decide(
            press, "approve", lambda actor: self._proposals.approve(press.proposal_id, actor, seen_sha256=seen)
        )

    def reject(self, press: Press, reason: str) -> None:
        """Reject with a reason, which may be empty."""
        self._decide(press, "reject", lambda actor: self._proposals.reject(press.proposal_id, actor, reason=reason))

    def editable(self, press: Press) -> tuple[Field, ...]:
        """The values that may be set on the pressed card; the clicker is told when there are none any more."""
        view = self._proposals.view(press.proposal_id)
        fields = fields_of(parse_payload(view.kind, view.payload)) if view.status == "pending" else ()
        if not fields:
            self._whisper(press, "This can no longer be edited; please look at the card.")
            self._cards.refresh_later(press.proposal_id)
        return fields

    def edit(self, press: Press, values: Mapping[str, str]) -> None:
        """File the change with these values and post its card below."""
        seen = press.sha256 or "-"

        def file(actor: Scope) -> None:
            filed = self._proposals.edit(press.proposal_id, values, actor, seen_sha256=seen)
            if press.channel_id:
                self._cards.post(_id_of(filed), press.channel_id, press.thread_ts or press.message_ts)

        self._decide(press, "edit", file)

    def undo(self, press: Press) -> None:
        """File the inverse change and post its card below."""

        def file(actor: Scope) -> None:
            filed = self._proposals.undo(press.proposal_id, actor)
            if press.channel_id:
                self._cards.post(_id_of(filed), press.channel_id, press.thread_ts or press.message_ts)

        self._decide(press, "undo", file)

    def settle(self, press: Press, *, took_effect: bool) -> None:
        """Close an unclear write as the clicker found it by looking."""
        self._decide(
            press, "settle", lambda actor: self._proposals.settle(press.proposal_id, actor, took_effect=took_effect)
        )

    def finish_task(self, press: Press) -> None:
        """Mark the task of a card done; no approval is needed for saying what one did."""
        self._decide(press, "finish", lambda actor: self._finish_task(press.proposal_id, actor))

    def refuse_busy(self, press: Press) -> None:
        """Say that nothing was decided because too much waits."""
        self._whisper(press, "I am too busy to carry this out right now; nothing was decided. Please press again.")

    def _decide(self, press: Press, what: str, act: Callable[[Scope], Any]) -> None:
        try:
            if press.channel_id and press.message_ts:
                self._cards.adopt(press.proposal_id, press.channel_id, press.message_ts)
            actor = self._people.scope_for(press.user_id, channel_id=press.channel_id, decides=True)
            act(actor)
        except (FloorwalkerError, ToolError) as error:
            _log.info("press.refused", what=what, proposal=press.proposal_id, user=press.user_id)
            self._whisper(press, error.user_message)
        except Exception:  # noqa: BLE001 - the border of a click: the clicker is told, the cause is logged
            error_id = f"e_{secrets.token_hex(4)}"
            _log.exception("press.failed", what=what, proposal=press.proposal_id, error_id=error_id)
            self._whisper(
                press, f"Sorry, that did not work, and I cannot say why (error id {error_id}). Please try again."
            )
        else:
            _log.info("press.done", what=what, proposal=press.proposal_id, user=press.user_id)
        # Whatever happened, the card should show the truth: it may have been a stale copy that was pressed.
        self._cards.refresh_later(press.proposal_id)

    def _whisper(self, press: Press, sentence: str) -> None:
        if press.channel_id:
            self._sender.whisper(press.channel_id, press.user_id, plain(sentence), thread_ts=press.thread_ts or None)
        else:
            self._sender.say(press.user_id, plain(sentence))


def _id_of(filed: Any) -> str:
    """The id of a filed proposal, be it a receipt or a view."""
    return str(filed.proposal_id if hasattr(filed, "proposal_id") else filed.id)
