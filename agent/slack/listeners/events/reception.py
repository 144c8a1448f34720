"""What mentions and messages have in common: decide, write down once, enqueue.

Writing down happens in a listener middleware, which Bolt runs before it acknowledges: a message that is lost in a
crash before that point is delivered again by Slack.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from agent.slack.entrance import Post, is_for_bot, question_text, read_post
from agent.slack.inbound import Inbound
from agent.slack.surface import Surface

_ADMITTED = "floorwalker_inbound"


def make_reception(surface: Surface) -> tuple[Callable[..., BoltResponse | None], Callable[..., None]]:
    """The middleware that admits a post, and the listener that enqueues what was admitted."""

    def admit(body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse | None:  # noqa: A002 - the name is Bolt's
        post = read_post(body, surface.identity.user_id)
        if post is None or not _is_ours(surface, post):
            return BoltResponse(status=200, body="")
        message = _inbound(surface, post)
        if not surface.ledger.admit(message):
            return BoltResponse(status=200, body="")
        context[_ADMITTED] = message
        return next()

    def enqueue(context: BoltContext) -> None:
        surface.enqueue(context[_ADMITTED])

    return admit, enqueue


def _is_ours(surface: Surface, post: Post) -> bool:
    return is_for_bot(
        post,
        surface.identity.user_id,
        takes_part=lambda one: surface.ledger.takes_part(one.team_id, one.channel_id, one.root_ts),
        is_store_channel=lambda channel: bool(surface.services.directory.channel_stores(channel)),
        answers_all=surface.services.options.channel_replies == "all",
    )


def _inbound(surface: Surface, post: Post) -> Inbound:
    return Inbound(
        team_id=post.team_id,
        channel_id=post.channel_id,
        ts=post.ts,
        event_id=post.event_id,
        user_id=post.user_id,
        thread_ts=post.root_ts,
        text=question_text(post.text, surface.identity.user_id),
        received_at=surface.services.clock.now(),
        has_files=post.has_files,
    )
