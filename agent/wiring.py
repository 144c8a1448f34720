"""The composition root: everything is constructed here, on first use, from settings and a clock.

The read-only commands open the mirror for reading, so any number of them may run side by side; ``serve``, ``demo``,
``load`` and ``sync`` own it. Only this module and ``agent.proposals.executor`` know a POS writer.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

import structlog

from agent.clock import FixedClock, SwappableClock, SystemClock, parse_instant
from agent.errors import BadInputError, UnavailableError
from agent.settings import Settings, parse_channels, parse_members
from tools.context import Clock, Scope

if TYPE_CHECKING:
    from pydantic import SecretStr

    from agent.briefings.service import BriefingPost, Briefings
    from agent.conversation.model_settings import ModelSettings
    from agent.conversation.turn import Turns
    from agent.db.engine import Database
    from agent.governance.anchors import Anchor
    from agent.governance.audit import Audit
    from agent.governance.exports import Export
    from agent.governance.receipts import Receipts
    from agent.identity import Directory
    from agent.jobs import Jobs
    from agent.proposals.delegation import Delegations
    from agent.proposals.service import Proposals
    from agent.proposals.store import ProposalStore
    from agent.slack.runtime import SlackRuntime
    from agent.slack.services import SlackServices
    from agent.tasks.book import TaskBook
    from connectors.base import Reader
    from connectors.mirror.open import Mirror
    from connectors.own_orders.writer import OwnOrderWriter
    from connectors.platforms import ConnectionSpec
    from connectors.webhooks.addresses import Door
    from connectors.webhooks.inbox import Inbox

log = structlog.get_logger()

_MIDNIGHT = time(23, 59, 59)
_STORE_IDS = "SELECT store_id FROM store WHERE active ORDER BY store_id"


class Application:
    """One state folder and everything that works on it. ``write`` opens the mirror as its owner.

    ``briefing_until`` is the local time after which a missed briefing is left out.

    ``clock`` may be swapped for one command with ``at``; the parts ask for the time when they need it.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None, *, write: bool = False) -> None:
        self.settings = settings
        self.home = settings.home
        self.clock = SwappableClock(clock or SystemClock())
        self._write = write
        self.briefing_until = time(20, 0)
        self._turn_locks: dict[str, threading.Lock] = {}
        self._turn_guard = threading.Lock()
        self._closers: list[Any] = []
        self.slack: SlackRuntime | None = None
        try:
            # Questions and figures lie in it, which are nobody else's on this machine.
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UnavailableError(
                f"The state folder {self.home} cannot be made ({error.strerror}). Name one that you may write with "
                "--home or FLOORWALKER_HOME."
            ) from error

    def at(self, now: str) -> Application:
        """Fix the clock to ISO text for what follows in this context; "" gives back the running clock."""
        self.clock.fix(FixedClock(parse_instant(now, "now")) if now else None)
        return self

    # What is read and kept ------------------------------------------------------------------------------------------

    @cached_property
    def mirror(self) -> Mirror:
        """The mirror; sealed as soon as it is open unless this process loads files."""
        from connectors.mirror.open import open_mirror

        mirror = open_mirror(self.home / "mirror.duckdb", read_only=not self._write)
        self._closers.append(mirror)
        return mirror

    @cached_property
    def database(self) -> Database:
        """The operational database."""
        from agent.db.engine import open_database

        database = open_database(f"sqlite:///{self.home / 'operations.sqlite'}")
        self._closers.append(database)
        return database

    @cached_property
    def directory(self) -> Directory:
        """People and channels; those named in the settings replace what was there."""
        from agent.identity import Directory

        directory = Directory(self.database, self.store_ids)
        members, channels = parse_members(self.settings.members), parse_channels(self.settings.channels)
        if members:
            directory.replace_members(members)
        if channels:
            directory.replace_channels(channels)
        return directory

    def store_ids(self) -> Sequence[str]:
        """Active stores."""
        return [row[0] for row in self.mirror.reader.query(_STORE_IDS).rows]

    def person(self, user: str) -> str:
        """``user``, or the owner when nobody was named.

        Raises:
            BadInputError: nobody is an owner yet.
        """
        if user:
            return user
        owners = [member.user_id for member in self.directory.members() if member.role == "owner" and member.active]
        if not owners:
            raise BadInputError(
                "--as: nobody is an owner yet. Name people in FLOORWALKER_MEMBERS or a member.csv, or load the sample."
            )
        return owners[0]

    @cached_property
    def audit(self) -> Audit:
        """The chain of decisions."""
        from agent.governance.audit import Audit

        return Audit(self.database, self.home / "audit-head.json")

    def verify_audit(self, anchors: Sequence[Anchor] = ()) -> dict[str, Any]:
        """Check the chain from end to end: ``{ok, events, head, seq, message}``."""
        check = self.audit.verify(anchors)
        message = f"{check.events} events, unbroken" if check.ok else check.problem
        return {"ok": check.ok, "events": check.events, "head": check.head, "seq": check.seq, "message": message}

    @cached_property
    def receipts(self) -> Receipts:
        """What answers stood on."""
        from agent.governance.receipts import Receipts

        return Receipts(self.database)

    def export(self, receipt_id: str, scope: Scope) -> Export:
        """The table of an answer as a file."""
        from agent.governance.exports import export

        return export(self.receipts, receipt_id, scope, self.mirror.reader, self.tool_extras)

    @cached_property
    def tool_extras(self) -> Mapping[str, Any]:
        """Further ports that tools may need, by name."""
        from agent.ports import tool_ports

        return tool_ports(self, self.model_settings())

    def replay(self, receipt_id: str, scope: Scope) -> dict[str, Any]:
        """Compute a receipt again."""
        extras = self.tool_extras
        return self.receipts.replay(receipt_id, scope, mirror=self.mirror.reader, extras=extras).to_json()

    # The POS --------------------------------------------------------------------------------------------------------

    @cached_property
    def connections(self) -> Mapping[str, ConnectionSpec]:
        """What is known of each POS account, by name.

        Raises:
            BadInputError: an account in the settings or in the connections file cannot be used.
        """
        from agent.connections import connection_specs

        specs = connection_specs(self.settings, self.home, self._pseudonym_key)
        return {spec.name: spec for spec in specs}

    @cached_property
    def readers(self) -> Mapping[str, Reader]:
        """POS connections by name, with read credentials only."""
        from connectors.platforms import build_reader

        readers: dict[str, Reader] = {}
        for name, spec in self.connections.items():
            readers[name] = build_reader(spec)
            self._closers.append(readers[name])
        return readers

    @cached_property
    def _own_orders(self) -> Mapping[str, OwnOrderWriter]:
        from connectors.own_orders.routing import own_orders

        folder, now = self.home / "purchase-orders", self.clock.now
        books = {name: own_orders(spec, self.mirror, folder, now) for name, spec in self.connections.items()}
        return {name: book for name, book in books.items() if book is not None}

    def _check_account(self, user_id: str) -> None:
        if self.slack is not None:
            self.slack.check_account(user_id)

    def _pseudonym_key(self) -> SecretStr:
        key: SecretStr = self.settings.pseudonym_key or self._own_key("pseudonym.key")
        return key

    @cached_property
    def inbox(self) -> Inbox:
        """What platforms sent by themselves."""
        from connectors.webhooks.inbox import Inbox

        inbox = Inbox(self.home / "inbox.sqlite")
        self._closers.append(inbox)
        return inbox

    @cached_property
    def webhook_doors(self) -> Mapping[str, Door]:
        """The addresses that platforms send to, by connection; none without a public address."""
        from connectors.webhooks.addresses import doors

        if self.settings.public_url is None:
            return {}
        return doors(self.readers, self.settings.public_url, self._own_key("webhooks.key"))

    def _own_key(self, name: str) -> Any:
        from pydantic import SecretStr

        path = self.home / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return SecretStr(path.read_text(encoding="ascii").strip())

    # Answering and acting -------------------------------------------------------------------------------------------

    @cached_property
    def jobs(self) -> Jobs:
        """Durable workflows; ``run_jobs`` launches them."""
        from agent.jobs import Jobs

        return Jobs(self.home)

    def run_jobs(self) -> bool:
        """Begin to run workflows here; False when another process does.

        What runs in them is put together first: work that a crash interrupted begins with the launch, and ``close``
        waits for running workflows before it closes what they use.
        """
        self.proposals  # noqa: B018 constructed, and with it registered
        if self.jobs not in self._closers:
            self._closers.append(self.jobs)
        return self.jobs.launch()

    @cached_property
    def delegations(self) -> Delegations:
        """Rights that are lent while somebody is away."""
        from agent.proposals.delegation import Delegations

        return Delegations(self.database, self.clock, self.directory, self.audit)

    @cached_property
    def proposal_store(self) -> ProposalStore:
        """The rows of the proposals, and word of every change of one."""
        from agent.proposals.changes import Changes
        from agent.proposals.store import ProposalStore

        changes = Changes()
        self._closers.append(changes)
        return ProposalStore(self.database, self.clock, self.audit, changes)

    @cached_property
    def task_book(self) -> TaskBook:
        """The stores' list of tasks."""
        from agent.tasks.book import TaskBook

        return TaskBook(self.database, self.directory, self.proposal_store)

    @cached_property
    def proposals(self) -> Proposals:
        """Changes that wait for a person, with the executor behind them."""
        from agent.acting import Parts, build_proposals
        from agent.outbound import outbound_targets

        ours = (self.database, self.proposal_store, self.clock, self.directory, self.delegations, self.mirror.reader)
        acting = (self.connections, self.readers, self._own_orders, self.jobs, self._check_account)
        parts = Parts(*ours, *acting, outbound_targets(self.settings.outbound), self._closers)
        return build_proposals(parts, self.settings.four_eyes_over, self.settings.two_approvals_over)

    @cached_property
    def conversation(self) -> Turns:
        """The agent."""
        from agent.conversation.model import build_model
        from agent.conversation.turn import Turns

        turns = Turns(
            memory=self.home / "conversations.sqlite",
            mirror=self.mirror.reader,
            receipts=self.receipts,
            model=build_model(self.model_settings()),
            proposals=self.proposals,
            extras=self.tool_extras,
        )
        self._closers.append(turns)
        return turns

    def model_settings(self) -> ModelSettings:
        """Where the language model is, as the settings say."""
        from agent.conversation.model_settings import ModelSettings

        key = self.settings.openai_api_key
        return ModelSettings(
            api_key=key.get_secret_value() if key else "",
            base_url=self.settings.openai_base_url or "",
            model=self.settings.model,
            timeout_seconds=self.settings.model_seconds,
        )

    def briefings(self, post: BriefingPost | None = None) -> Briefings:
        """Morning briefings; without ``post`` they can be composed but not sent."""
        from agent.briefings.schedule import BriefingHours
        from agent.briefings.service import Briefings

        at = time.fromisoformat(self.settings.briefing_at)
        return Briefings(
            self.database,
            self.clock,
            self.mirror.reader,
            self.receipts,
            post,
            self.directory,
            BriefingHours(at, self.briefing_until if at < self.briefing_until else _MIDNIGHT),
        )

    @contextmanager
    def briefing_post(self) -> Iterator[BriefingPost]:
        """The Slack channel of briefings, through the running surface or a client made for this one call.

        Raises:
            UnavailableError: no Slack bot token is set.
        """
        if self.slack is not None:
            yield self.slack.briefings
            return
        from agent.slack.runtime import one_off_poster

        if self.settings.slack_bot_token is None:
            raise UnavailableError("--post: Slack is not connected; set SLACK_BOT_TOKEN.")
        yield one_off_poster(self.slack_services(), self.settings.slack_bot_token, self.settings.slack_api_url)

    def slack_services(self) -> SlackServices:
        """What the Slack surface is given."""
        from agent.slack.services import SlackOptions, SlackServices

        return SlackServices(
            conversation=self.conversation,
            directory=self.directory,
            proposals=self.proposals,
            database=self.database,
            mirror=self.mirror.reader,
            clock=self.clock,
            options=SlackOptions(channel_replies=self.settings.channel_replies),
            export=self.export,
            finish_task=self.task_book.finish_by_card,
        )

    @contextmanager
    def turn_of(self, thread_id: str) -> Iterator[None]:
        """Hold while a turn of this conversation runs: turns of one thread never overlap."""
        with self._turn_guard:
            lock = self._turn_locks.setdefault(thread_id, threading.Lock())
        with lock:
            yield

    def close(self) -> None:
        """Close what was opened, newest first; what cannot be closed does not keep the rest open."""
        while self._closers:
            part = self._closers.pop()
            try:
                part.close()
            except Exception:
                log.exception("part.not_closed", part=type(part).__name__)

    def __enter__(self) -> Application:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
