"""Which posts are for the bot, and what their words are."""

from __future__ import annotations

from typing import Any

import pytest

from agent.slack.entrance import is_for_bot, question_text, read_post

EVENT = {"type": "message", "user": "U1", "channel": "C1", "ts": "10.1", "text": "hello", "channel_type": "channel"}


def body(**changes: Any) -> dict[str, Any]:
    return {"team_id": "T1", "event_id": "Ev1", "event": {**EVENT, **changes}}


def decide(*, part: bool = False, linked: bool = False, every: bool = False, **changes: Any) -> bool:
    post = read_post(body(**changes), "UBOT")
    return post is not None and is_for_bot(
        post, "UBOT", takes_part=lambda _: part, is_store_channel=lambda _: linked, answers_all=every
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B1"},
        {"user": "UBOT"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"hidden": True},
        {"user": ""},
        {"ts": ""},
    ],
)
def test_what_no_person_wrote_is_no_post(changes: dict[str, Any]) -> None:
    assert read_post(body(**changes), "UBOT") is None


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
def test_what_a_person_wrote_is_a_post(subtype: str | None) -> None:
    post = read_post(body(subtype=subtype, thread_ts="9.9", files=[{"id": "F1"}]), "UBOT")
    assert post is not None
    assert (post.root_ts, post.is_reply, post.has_files) == ("9.9", True, True)


@pytest.mark.parametrize(
    ("answered", "case"),
    [
        (True, {"channel": "D1", "channel_type": "im"}),
        (True, {"text": "<@UBOT> hi"}),
        (True, {"text": "hi <@UBOT|floorwalker>"}),
        (False, {}),
        (False, {"linked": True}),
        (False, {"every": True}),
        (True, {"every": True, "linked": True}),
        (False, {"every": True, "linked": True, "text": "<@U2> can you?"}),
        (True, {"part": True, "thread_ts": "9.9"}),
        (False, {"part": False, "thread_ts": "9.9", "every": True, "linked": True}),
        (False, {"part": True, "thread_ts": "9.9", "text": "<@U2> you mean?"}),
        (True, {"part": True, "thread_ts": "9.9", "text": "<@U2> and <@UBOT> look"}),
    ],
)
def test_who_is_spoken_to(answered: bool, case: dict[str, Any]) -> None:
    assert decide(**case) is answered


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<@UBOT> how did we do?", "how did we do?"),
        ("how  did <@UBOT|floorwalker> we do", "how did we do"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<https://x.example/a|the site> <https://y.example>", "the site https://y.example"),
        ("<#C1|market-street> <!here> <!subteam^S1|@ops>", "#market-street @here @ops"),
        ("ask <@U2|anna> or <@U3>", "ask anna or @U3"),
        ("one\ntwo", "one\ntwo"),
        ("<@UBOT>", ""),
    ],
)
def test_the_words_are_those_the_person_typed(typed: str, words: str) -> None:
    assert question_text(typed, "UBOT") == words
