"""The parts of the Slack surface, put together once per workspace connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from slack_sdk import WebClient

from agent.slack.bot import BotIdentity
from agent.slack.decisions import Decisions, Press
from agent.slack.delivery.cards import CardBoard
from agent.slack.delivery.files import Files
from agent.slack.delivery.posted import PostedLog
from agent.slack.delivery.send import Sender
from agent.slack.delivery.work_queue import WorkQueue
from agent.slack.inbound import Inbound, Ledger
from agent.slack.people import People
from agent.slack.services import SlackServices
from agent.slack.stores import StoreBook
from agent.slack.turn import TurnRunner

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Surface:
    """Everything a listener may reach. Turns and clicks have queues of their own: a click never waits for a turn."""

    services: SlackServices
    client: WebClient
    identity: BotIdentity
    people: People
    stores: StoreBook
    ledger: Ledger
    sender: Sender
    cards: CardBoard
    files: Files
    turns: TurnRunner
    decisions: Decisions
    turn_queue: WorkQueue
    click_queue: WorkQueue

    def start(self) -> None:
        """Start the workers, follow the proposals, and take up what a former process left."""
        self.turn_queue.start()
        self.click_queue.start()
        self.services.proposals.subscribe(self.cards.refresh_later)
        self.cards.refresh_all()
        take, give_up = self.ledger.unanswered(self.services.clock.now(), self.services.options.resume_minutes)
        if take or give_up:
            _log.info("turns.resumed", taken=len(take), given_up=len(give_up))
        for message in take:
            self.enqueue(message)
        for message in give_up:
            self.click_queue.submit(message.thread_id, partial(self.turns.give_up, message))

    def stop(self) -> None:
        """Let running turns end; what still waits stays written down for the next start."""
        seconds = self.services.options.drain_seconds
        turns_ended = self.turn_queue.stop(seconds)
        # A click was acknowledged and is written down nowhere, so those that wait are carried out.
        clicks_ended = self.click_queue.drain(seconds) and self.click_queue.stop(seconds)
        if not (turns_ended and clicks_ended):
            _log.warning("queue.not_drained")

    def enqueue(self, message: Inbound) -> None:
        """Queue the turn of an admitted message, or say that there is no room."""
        if not self.turn_queue.submit(message.thread_id, partial(self.turns.run, message)):
            self.turns.refuse_busy(message)

    def enqueue_press(self, press: Press, job: Callable[[], None]) -> None:
        """Queue what a press asks for, or tell the person that there is no room."""
        if not self.click_queue.submit(f"press:{press.proposal_id}:{press.user_id}", job):
            self.decisions.refuse_busy(press)


def build_surface(services: SlackServices, client: WebClient, identity: BotIdentity) -> Surface:
    """Put the parts together; nothing runs and nothing is sent before ``start``."""
    options = services.options
    turn_queue = WorkQueue("turn", workers=options.turn_workers, backlog=options.backlog)
    # Clicks and card rewrites are short; their backlog is a guard against a flood, not a limit anybody should meet.
    click_queue = WorkQueue("click", workers=options.click_workers, backlog=options.backlog * 10)
    sender = Sender(client)
    stores = StoreBook(services.mirror)
    ledger = Ledger(services.database)
    posted = PostedLog(services.database)
    files = Files(client, sender, services.export)
    people = People(client, services.directory, identity.team_id)
    cards = CardBoard(
        proposals=services.proposals,
        stores=stores,
        posted=posted,
        sender=sender,
        queue=click_queue,
        clock=services.clock,
    )
    return Surface(
        services=services,
        client=client,
        identity=identity,
        people=people,
        stores=stores,
        ledger=ledger,
        sender=sender,
        cards=cards,
        files=files,
        turns=TurnRunner(
            client=client,
            conversation=services.conversation,
            people=people,
            ledger=ledger,
            sender=sender,
            cards=cards,
            files=files,
            stores=stores,
            clock=services.clock,
            table_rows=options.table_rows,
        ),
        decisions=Decisions(
            proposals=services.proposals, people=people, cards=cards, sender=sender, finish_task=services.finish_task
        ),
        turn_queue=turn_queue,
        click_queue=click_queue,
    )
