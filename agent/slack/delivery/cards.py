"""The cards of proposals: posting one, and rewriting every copy after any change, also one made while we were away."""

from __future__ import annotations

import threading
import time

import structlog
from slack_sdk.errors import SlackApiError

from agent.slack.delivery.posted import PROPOSAL, Posted, PostedLog
from agent.slack.delivery.send import Sender, error_code
from agent.slack.delivery.work_queue import WorkQueue
from agent.slack.services import ProposalDesk
from agent.slack.stores import StoreBook
from agent.slack.ui.message import Outgoing
from agent.slack.ui.proposal_card import compose_card, rendered_state
from tools.context import Clock

_log = structlog.get_logger(__name__)

_GONE = frozenset({"message_not_found", "channel_not_found", "is_archived"})
_FOR_GOOD = frozenset({"cant_update_message", "edit_window_closed", "invalid_auth", "token_revoked", "missing_scope"})
"""Slack will say the same next time."""

_FIRST_WAIT = 5.0
_LONGEST_WAIT = 600.0


class CardBoard:
    """Keeps every posted card equal to the stored state. Rewriting is serialised per proposal on the click queue."""

    def __init__(
        self,
        *,
        proposals: ProposalDesk,
        stores: StoreBook,
        posted: PostedLog,
        sender: Sender,
        queue: WorkQueue,
        clock: Clock,
    ) -> None:
        self._proposals = proposals
        self._stores = stores
        self._posted = posted
        self._sender = sender
        self._queue = queue
        self._clock = clock
        self._late: dict[str, tuple[int, float]] = {}
        self._late_lock = threading.Lock()

    def post(self, proposal_id: str, channel: str, thread_ts: str) -> None:
        """Post the card in a thread, unless this channel has one already (an interrupted turn that runs again)."""
        if any(copy.channel_id == channel for copy in self._posted.copies(PROPOSAL, proposal_id)):
            self.refresh_later(proposal_id)
            return
        message = self._compose(proposal_id)
        ts = self._sender.post(channel, message, thread_ts=thread_ts)
        self._posted.add(Posted(channel, ts, PROPOSAL, proposal_id, rendered_state(message)), self._clock.now())
        # A decision may have come between drawing and noting.
        self.refresh_later(proposal_id)

    def adopt(self, proposal_id: str, channel: str, ts: str) -> None:
        """Note a copy that somebody pressed a button on but that the log lost in a crash."""
        self._posted.add(Posted(channel, ts, PROPOSAL, proposal_id, ""), self._clock.now())

    def refresh_later(self, proposal_id: str) -> None:
        """Rewrite the copies soon; what ``Proposals.subscribe`` is given. Never blocks and never raises."""
        if not self._queue.submit(f"card:{proposal_id}", lambda: self.refresh(proposal_id)):
            _log.warning("card.late", proposal=proposal_id)
            self._put_off(proposal_id)

    def catch_up(self) -> None:
        """Try those again that could not be rewritten, less and less often; called now and then."""
        now = time.monotonic()
        with self._late_lock:
            due = [one for one, (_, at) in self._late.items() if at <= now]
            for one in due:
                # Not due again before this try has had its time.
                self._late[one] = (self._late[one][0], now + _LONGEST_WAIT)
        for one in due:
            self.refresh_later(one)

    def refresh_all(self) -> None:
        """Bring every known card up to date; run once at start."""
        for proposal_id in self._posted.subject_ids(PROPOSAL):
            self.refresh_later(proposal_id)

    def refresh(self, proposal_id: str) -> None:
        """Rewrite each copy that does not show the stored state; what fails for now is tried again later."""
        try:
            done = self._refresh(proposal_id)
        except Exception:
            self._put_off(proposal_id)
            raise
        if not done:
            self._put_off(proposal_id)
            return
        with self._late_lock:
            self._late.pop(proposal_id, None)

    def _put_off(self, proposal_id: str) -> None:
        with self._late_lock:
            tries = self._late.get(proposal_id, (0, 0.0))[0]
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * float(2 ** min(tries, 10)))
            self._late[proposal_id] = (tries + 1, time.monotonic() + wait)

    def _refresh(self, proposal_id: str) -> bool:
        """Whether every copy shows the stored state, or never will."""
        copies = self._posted.copies(PROPOSAL, proposal_id)
        if not copies:
            return True
        done = True
        message = self._compose(proposal_id)
        fingerprint = rendered_state(message)
        for copy in copies:
            if copy.rendered == fingerprint:
                continue
            try:
                self._sender.update(copy.channel_id, copy.ts, message)
            except SlackApiError as error:
                _log.warning("card.stale", proposal=proposal_id, error=error_code(error))
                if error_code(error) in _GONE:
                    self._posted.forget(copy.channel_id, copy.ts)
                else:
                    done = done and error_code(error) in _FOR_GOOD
                continue
            except OSError as error:
                _log.warning("card.stale", proposal=proposal_id, error=type(error).__name__)
                done = False
                continue
            self._posted.rendered(copy.channel_id, copy.ts, fingerprint)
        return done

    def _compose(self, proposal_id: str) -> Outgoing:
        view = self._proposals.view(proposal_id)
        return compose_card(view, self._stores.label(view.store_id))
