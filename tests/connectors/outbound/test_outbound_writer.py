"""A signed webhook is sent under one id, and what an answer means is never guessed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import pytest

from connectors.base import Action, ActionKind, Outcome, Writer
from connectors.errors import InputError, TransientError
from connectors.outbound.repeats import is_due, wait_after
from connectors.outbound.signing import key_of, sign
from connectors.outbound.target import Target
from connectors.outbound.writer import OutboundWriter
from tests.support.outbound_receiver import KEY, SECRET, Receiver, running_receiver

NOTE = Action("0b6f-1", ActionKind.STORE_NOTE, {"store_id": "S01"}, {"title": "Freezer “2”", "text": "Repaired."}, {})
LIST = Action(
    "0b6f-2",
    ActionKind.CUSTOMER_LIST,
    {"store_id": "S01"},
    {"name": "At risk", "rule": {"segment": "At risk"}, "as_of": "2026-11-23T14:00:00+00:00", "count": "7"},
    {},
)
Rig = Callable[..., tuple[Receiver, OutboundWriter]]


def people(count: int) -> Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[str]]:
    return lambda target, change: [f"c_{number}" for number in range(count)]


@pytest.fixture
def rig() -> Iterator[Rig]:
    with ExitStack() as stack:

        def make(
            *faults: str | int, idempotent: bool = False, audience: int = 7, drops: bool = True, **more: Any
        ) -> Any:
            receiver = stack.enter_context(running_receiver(faults, drops_repeats=drops))
            kinds = frozenset({ActionKind.STORE_NOTE, ActionKind.CUSTOMER_LIST})
            target = Target("news", more.pop("url", receiver.url), KEY, kinds, idempotent, "NEWS_SECRET")
            writer = OutboundWriter(target, people(audience), timeout=2.0, **more)
            stack.callback(writer.close)
            return receiver, writer

        yield make


def test_the_signature_is_that_of_the_specification() -> None:
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    signature = sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "whsec_", "not base64!", base64.b64encode(b"short").decode(), "A" * 200])
def test_a_secret_that_is_none_is_refused(secret: str) -> None:
    with pytest.raises(InputError, match="24 to 64 bytes"):
        key_of(secret)
    assert key_of(SECRET) == KEY


def test_what_arrives_is_signed_and_is_what_was_approved(rig: Rig) -> None:
    receiver, writer = rig()
    result = writer.execute(NOTE)
    assert (result.outcome, result.reference) == (Outcome.APPLIED, "0b6f-1")
    assert receiver.taken == [{"id": "0b6f-1", "type": "store_note", "store": "S01", "data": dict(NOTE.change)}]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.APPLIED),
        (204, Outcome.APPLIED),
        (302, Outcome.REJECTED),
        (400, Outcome.REJECTED),
        (401, Outcome.REJECTED),
        (404, Outcome.REJECTED),
        (409, Outcome.ALREADY_APPLIED),
        (410, Outcome.REJECTED),
        (500, Outcome.UNKNOWN),
        (502, Outcome.UNKNOWN),
        (503, Outcome.UNKNOWN),
        ("hang", Outcome.UNKNOWN),
        ("take_then_hang", Outcome.UNKNOWN),
        ("take_then_500", Outcome.UNKNOWN),
    ],
)
def test_every_answer_has_one_meaning(rig: Rig, status: str | int, outcome: Outcome) -> None:
    _, writer = rig(status)
    assert writer.execute(NOTE).outcome is outcome


def test_a_wrong_secret_is_named_with_its_setting(rig: Rig) -> None:
    _, writer = rig(401)
    assert "NEWS_SECRET" in writer.execute(NOTE).message


def test_what_surely_did_not_arrive_may_be_tried_again(rig: Rig) -> None:
    _, writer = rig(429)
    with pytest.raises(TransientError):
        writer.execute(NOTE)
    _, closed = rig(url="http://127.0.0.1:9/hook")
    with pytest.raises(TransientError, match="ConnectError"):
        closed.execute(NOTE)


def test_an_unknown_one_is_sent_again_only_where_repeats_are_dropped(rig: Rig) -> None:
    receiver, careful = rig("take_then_hang")
    assert careful.execute(NOTE).outcome is Outcome.UNKNOWN
    assert careful.reconcile(NOTE).outcome is Outcome.UNKNOWN
    assert receiver.ids == ["0b6f-1"], "a person has to look; it is not sent twice"
    receiver, writer = rig("take_then_hang", 503, idempotent=True)
    assert writer.execute(NOTE).outcome is Outcome.UNKNOWN
    assert writer.reconcile(NOTE).outcome is Outcome.UNKNOWN
    assert writer.reconcile(NOTE).outcome is Outcome.ALREADY_APPLIED
    assert receiver.ids == ["0b6f-1", "0b6f-1"]
    assert len(receiver.taken) == 1


def test_a_dead_receiver_is_asked_less_and_less_often(rig: Rig) -> None:
    at = [0.0]
    receiver, writer = rig(idempotent=True, now=lambda: at[0])
    receiver.faults = [503] * 1000
    for _ in range(24 * 120):
        assert writer.reconcile(NOTE).outcome is Outcome.UNKNOWN
        at[0] += 30
    tried = 1000 - len(receiver.faults)
    assert 20 < tried < 45, "a day of it: six at once, then up to an hour apart"


def test_a_refusal_of_a_repeat_says_nothing_about_the_first(rig: Rig) -> None:
    receiver, writer = rig("take_then_hang", 401, idempotent=True)
    assert writer.execute(NOTE).outcome is Outcome.UNKNOWN
    assert writer.reconcile(NOTE).outcome is Outcome.UNKNOWN, "the secret was changed in between; the first was taken"
    assert len(receiver.taken) == 1
    _, smaller = rig("take_then_hang", idempotent=True)
    assert smaller.execute(LIST).outcome is Outcome.UNKNOWN
    smaller._audience = people(8)
    assert smaller.reconcile(LIST).outcome is Outcome.UNKNOWN, "it grew since; what was sent before is not undone"


def test_a_clock_that_is_set_back_holds_nothing_up() -> None:
    assert [wait_after(count) for count in (0, 6, 7, 8, 13, 14, 5000)] == [0, 0, 30, 60, 1920, 3600, 3600]
    assert not is_due(14, 1000.0, 4599.0)
    assert is_due(14, 1000.0, 4600.0)
    assert is_due(14, 1000.0, 10.0)


def test_a_list_is_made_when_it_is_sent_and_never_larger_than_approved(rig: Rig) -> None:
    receiver, writer = rig()
    assert writer.preview(LIST).before == {"count": "7"}
    assert writer.execute(LIST).outcome is Outcome.APPLIED
    data = receiver.taken[0]["data"]
    assert data["customer_keys"] == [f"c_{number}" for number in range(7)]
    assert data["count"] == "7"
    receiver, fewer = rig(audience=6)
    assert fewer.execute(LIST).outcome is Outcome.APPLIED
    assert receiver.taken[0]["data"]["count"] == "6", "somebody took their consent back since"
    for count in (8, 4, 0):
        receiver, writer = rig(audience=count)
        result = writer.execute(LIST)
        assert (result.outcome, result.before) == (Outcome.CONFLICT, {"count": str(count)})
        assert receiver.taken == []


def test_a_list_that_cannot_be_made_has_surely_not_left(rig: Rig) -> None:
    receiver, writer = rig()

    def broken(target: Any, change: Any) -> Sequence[str]:
        raise RuntimeError("no data")

    writer._audience = broken
    with pytest.raises(TransientError):
        writer.execute(LIST)
    assert receiver.ids == []


def test_a_target_takes_only_what_it_is_set_to(rig: Rig) -> None:
    receiver, made = rig()
    writer: Writer = made
    other = Action("k", ActionKind.SIGNAGE, {"store_id": "S01"}, {"playlist": "x", "content": "y"}, {})
    assert writer.execute(other).outcome is Outcome.UNSUPPORTED
    assert made.preview(other).problem
    assert set(made.capabilities()) == {ActionKind.STORE_NOTE, ActionKind.CUSTOMER_LIST}
    assert receiver.ids == []
