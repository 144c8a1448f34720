"""One turn: who asks, what they may see, progress, answer, cards. However it ends, the person hears about it."""

from __future__ import annotations

import secrets

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from agent.conversation.answer import Answer, Conversation, Question
from agent.errors import FloorwalkerError, RefusedError
from agent.slack.delivery.cards import CardBoard
from agent.slack.delivery.files import Files
from agent.slack.delivery.send import Sender
from agent.slack.delivery.stream import ProgressStream
from agent.slack.inbound import ANSWERED, FAILED, REFUSED, Inbound, Ledger
from agent.slack.people import People
from agent.slack.stores import StoreBook
from agent.slack.ui.answer import compose_answer
from agent.slack.ui.home import HELP
from agent.slack.ui.message import Outgoing
from agent.slack.ui.mrkdwn import plain
from tools.context import Clock, Scope

_log = structlog.get_logger(__name__)

READS_TEXT_ONLY = "I read text only, so I cannot look at files or pictures. Please write your question in words."
BUSY = "I am answering many questions right now and cannot take another one. Please ask again in a minute."
GAVE_UP = "I was interrupted twice while working on this, so I stopped. Please ask it again, perhaps in simpler words."
_WORKING = "is looking at the figures…"


class TurnRunner:
    """Answers inbound messages; the queue sees to it that a thread never has two turns at the same time."""

    def __init__(
        self,
        *,
        client: WebClient,
        conversation: Conversation,
        people: People,
        ledger: Ledger,
        sender: Sender,
        cards: CardBoard,
        files: Files,
        stores: StoreBook,
        clock: Clock,
        table_rows: int,
    ) -> None:
        self._client = client
        self._conversation = conversation
        self._people = people
        self._ledger = ledger
        self._sender = sender
        self._cards = cards
        self._files = files
        self._stores = stores
        self._clock = clock
        self._table_rows = table_rows

    def run(self, message: Inbound) -> None:
        """Answer one message and note how it ended; never raises."""
        stream = ProgressStream(
            self._client,
            self._sender,
            channel=message.channel_id,
            thread_ts=message.thread_ts,
            team=message.team_id,
            user=message.user_id,
        )
        try:
            self._answer(message, stream)
        except RefusedError as error:
            self._log_end("turn.refused", message)
            self._tell_privately(message, error.user_message)
            self._ledger.finish(message, REFUSED, self._clock.now())
        except FloorwalkerError as error:
            self._log_end("turn.unavailable", message)
            stream.finish(Outgoing(text=plain(error.user_message)))
            self._ledger.finish(message, FAILED, self._clock.now())
        except Exception:  # noqa: BLE001 - the border of a turn: whatever broke, the person is told and it is logged
            self._apologise(message, stream)

    def refuse_busy(self, message: Inbound) -> None:
        """Say that the queue is full."""
        self._log_end("turn.overloaded", message)
        self._tell_privately(message, BUSY)
        self._ledger.finish(message, REFUSED, self._clock.now())

    def give_up(self, message: Inbound) -> None:
        """Say that this message was interrupted once too often."""
        self._log_end("turn.given_up", message)
        self._sender.say(message.channel_id, plain(GAVE_UP), thread_ts=message.thread_ts)

    def _answer(self, message: Inbound, stream: ProgressStream) -> None:
        scope = self._people.scope_for(message.user_id, channel_id=message.channel_id, thread_id=message.thread_id)
        if not message.text:
            sentence = READS_TEXT_ONLY if message.has_files else HELP
            self._sender.say(message.channel_id, plain(sentence), thread_ts=message.thread_ts)
            self._ledger.finish(message, ANSWERED, self._clock.now())
            return
        self._sender.set_status(message.channel_id, message.thread_ts, _WORKING)
        question = Question(message.text, scope, message.thread_id, message.received_at)
        answer = self._conversation.answer(question, stream.on_progress)
        stream.finish(compose_answer(answer, self._stores.labels(), table_rows=self._table_rows))
        # Before the message counts as answered: after a crash in between the turn runs again and finds what it filed.
        self._post_cards(message, answer)
        self._post_files(message, answer, scope)
        self._ledger.finish(message, ANSWERED, self._clock.now(), answer.receipt_id)
        _log.info(
            "turn.answered", thread=message.thread_id, receipt=answer.receipt_id, seconds=round(answer.seconds, 3)
        )

    def _post_cards(self, message: Inbound, answer: Answer) -> None:
        for proposal_id in dict.fromkeys(answer.proposals):
            try:
                self._cards.post(proposal_id, message.channel_id, message.thread_ts)
            except (SlackApiError, OSError) as error:
                # The answer stands in the thread and must not be overwritten; the change waits on the App Home.
                _log.error("card.not_posted", proposal=proposal_id, reason=type(error).__name__)

    def _post_files(self, message: Inbound, answer: Answer, scope: Scope) -> None:
        if answer.chart is not None:
            self._files.chart(message.channel_id, message.thread_ts, answer.chart)
        if not answer.export:
            return
        try:
            self._files.table(message.channel_id, message.thread_ts, answer.export, scope)
        except FloorwalkerError as error:
            self._tell_privately(message, error.user_message)

    def _tell_privately(self, message: Inbound, sentence: str) -> None:
        if message.is_direct:
            self._sender.say(message.channel_id, plain(sentence), thread_ts=message.thread_ts)
        else:
            in_thread = message.thread_ts if message.thread_ts != message.ts else None
            self._sender.whisper(message.channel_id, message.user_id, plain(sentence), thread_ts=in_thread)

    def _apologise(self, message: Inbound, stream: ProgressStream) -> None:
        error_id = f"e_{secrets.token_hex(4)}"
        _log.exception("turn.failed", thread=message.thread_id, error_id=error_id)
        self._ledger.finish(message, FAILED, self._clock.now())
        sentence = (
            "Sorry, something went wrong on my side and I could not finish this. "
            f"Please try again; if it happens again, tell your administrator the error id {error_id}."
        )
        stream.finish(Outgoing(text=plain(sentence)))

    def _log_end(self, event: str, message: Inbound) -> None:
        _log.info(event, thread=message.thread_id, user=message.user_id)
