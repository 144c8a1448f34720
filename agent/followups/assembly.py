"""Putting follow-ups and anchors together, and the rounds that keep them going."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from agent.briefings.service import briefing_rows
from agent.followups.service import ROUND_SECONDS, Followups
from agent.followups.store import FollowupStore
from agent.followups.weekly import DigestPost, WeeklyDigests, digest_rows
from agent.governance.anchors import LOOK_SECONDS, Anchoring

if TYPE_CHECKING:
    from agent.wiring import Application

Every = Callable[[float, str, Callable[[], object]], None]


def schedule_looks(application: Application, every: Every) -> None:
    """Begin to follow up executed changes, and to anchor the audit chain where a channel is set; Slack must run."""
    notices = application.slack.notices if application.slack is not None else None
    store = FollowupStore(application.database)
    mirror, receipts = application.mirror.reader, application.receipts
    followups = Followups(store, application.clock, mirror, receipts, notices)
    every(ROUND_SECONDS, "followups", followups.run_due)
    if application.slack is not None:
        digests = _digests(application, store, application.slack.briefings)
        every(ROUND_SECONDS, "followups.week", digests.run_due)
    channel = application.settings.audit_channel
    if notices is not None and channel:
        anchoring = Anchoring(application.database, application.clock, notices, channel)
        every(LOOK_SECONDS, "audit.anchor", anchoring.run_due)


def _digests(application: Application, store: FollowupStore, post: DigestPost) -> WeeklyDigests:
    briefed = briefing_rows(application.database)

    def name_of(user_id: str) -> str:
        person = application.directory.person(user_id)
        return (person.name if person else "") or user_id

    return WeeklyDigests(
        store,
        digest_rows(application.database),
        application.clock,
        application.mirror.reader,
        application.directory,
        post,
        name_of,
        lambda store_id, on: briefed.settled((store_id, on)) is not None,
    )
