"""Who asks, what they may see, and the ports a tool reaches the world through.

A ``Scope`` is made from the session by ``agent.identity``; nothing a model writes can widen it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from connectors.mirror.rows import ResultSet, Snapshot
from tools.drafts import Draft, ProposalReceipt


class Role(StrEnum):
    """What a member is."""

    OWNER = "owner"
    DISTRICT_MANAGER = "district_manager"
    ANALYST = "analyst"
    STORE_MANAGER = "store_manager"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks and which stores they may see.

    ``store_ids`` is everything the person may see, sorted. ``default_store_ids`` is what a question means that names
    no store: the stores of the channel it was asked in, else all of ``store_ids``; always a subset of ``store_ids``.
    """

    user_id: str
    role: Role
    store_ids: tuple[str, ...]
    default_store_ids: tuple[str, ...] = ()
    thread_id: str = ""
    channel_id: str = ""


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class BatchPort(Protocol):
    """Reading many rows of the mirror without holding them; ``connectors.mirror.reader.MirrorReader`` is one."""

    def batches(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> AbstractContextManager[Any]:
        """Run one SELECT and give an iterator of Arrow record batches that has a ``schema``."""
        ...


class MirrorPort(BatchPort, Protocol):
    """Reading the mirror; ``connectors.mirror.reader.MirrorReader`` is one."""

    def query(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> ResultSet:
        """Run one SELECT on a fresh cursor and fetch everything; parameters are ``$name`` or ``?``."""
        ...

    def snapshot(self) -> Snapshot:
        """Which state of the data this is, and how fresh each source is."""
        ...


EMBEDDINGS = "embeddings"
"""The name of an ``EmbeddingPort`` among a context's extras; it is only there where a model is configured."""


class EmbeddingPort(Protocol):
    """Texts as vectors by a model; ``agent.embeddings.CachedEmbeddings`` is one. Never given personal data."""

    @property
    def name(self) -> str:
        """The model, as an answer names it."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector for each text, all of one length.

        Raises:
            tools.errors.ToolError: the model did not answer.
        """
        ...


class ProposalPort(Protocol):
    """Filing a proposal; deciding and executing are not reachable from here."""

    def propose(self, draft: Draft, scope: Scope, *, tool_call_id: str) -> ProposalReceipt:
        """Read what the POS holds now, store a pending proposal and return it. Nothing is written to the POS.

        Raises:
            tools.errors.ToolError: something in the draft is not known there, is out of bounds or not offered by the
                platform, or the POS did not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class ToolContext:
    """Everything a tool is given besides its arguments."""

    scope: Scope
    mirror: MirrorPort
    clock: Clock
    proposals: ProposalPort | None = None
    tool_call_id: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)
