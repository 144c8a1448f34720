"""Which posts are meant for the bot, decided from the event alone plus two look-ups; and their words in plain text.

Nothing is written here: a post that is not for the bot must leave no trace, or the mention event of the same post
would be taken for a duplicate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_HUMAN_SUBTYPES = {None, "", "file_share", "thread_broadcast"}
_ENTITY = re.compile(r"<([^<>]*)>")
_FIRST_MENTION = re.compile(r"\s*<@([A-Z0-9_]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Post:
    """A post by a person. ``text`` is as Slack sent it; ``root_ts`` is the root of its thread, its own ts if none."""

    team_id: str
    channel_id: str
    ts: str
    root_ts: str
    event_id: str
    user_id: str
    text: str
    has_files: bool
    is_direct: bool

    @property
    def is_reply(self) -> bool:
        """Whether it stands in somebody's thread."""
        return self.root_ts != self.ts


def read_post(body: Mapping[str, Any], bot_user_id: str) -> Post | None:
    """The post in an ``event_callback``; None for bots, edits, joins, deletions and the bot's own messages."""
    event = body.get("event") or {}
    user, channel, ts = (str(event.get(key) or "") for key in ("user", "channel", "ts"))
    from_app = bool(event.get("bot_id")) or event.get("hidden") or user == bot_user_id
    if not (user and channel and ts) or from_app or event.get("subtype") not in _HUMAN_SUBTYPES:
        return None
    return Post(
        team_id=str(body.get("team_id") or event.get("team") or ""),
        channel_id=channel,
        ts=ts,
        root_ts=str(event.get("thread_ts") or ts),
        event_id=str(body.get("event_id") or f"{channel}:{ts}"),
        user_id=user,
        text=str(event.get("text") or ""),
        has_files=bool(event.get("files")),
        is_direct=event.get("channel_type") == "im" or channel.startswith("D"),
    )


def is_for_bot(
    post: Post,
    bot_user_id: str,
    *,
    takes_part: Callable[[Post], bool],
    is_store_channel: Callable[[str], bool],
    answers_all: bool,
) -> bool:
    """Whether to answer: a direct message, a mention, a reply in a thread the bot is in, or a post where all count."""
    if post.is_direct or f"<@{bot_user_id}>" in post.text or f"<@{bot_user_id}|" in post.text:
        return True
    addressed = _FIRST_MENTION.match(post.text)
    if addressed:
        # "@Anna can you look at that?" in our thread is said to Anna.
        return False
    if post.is_reply:
        return takes_part(post)
    return answers_all and is_store_channel(post.channel_id)


def question_text(text: str, bot_user_id: str) -> str:
    """The words as the person typed them: without the mention of the bot, Slack's escapes and markup undone."""

    def entity(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target == f"@{bot_user_id}":
            return " "
        if target.startswith("#"):
            return f"#{label or target[1:]}"
        if target.startswith("!"):
            return label or f"@{target[1:].split('^')[0]}"
        return label or target

    words = _ENTITY.sub(entity, text)
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(escaped, character)
    return re.sub(r"[ \t]+", " ", words).strip()
