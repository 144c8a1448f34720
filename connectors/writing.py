"""The one way in which every connector writes: look, compare, send, read back.

Nothing is sent unless the live value is still the one the approver saw. A request is sent once; where the platform
answers a known idempotency key with its first result, once more under the same key when no answer came. After the
request has left nothing is raised, and what cannot be found out by reading is ``Outcome.UNKNOWN``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from typing import Any, Protocol

import structlog

from connectors.base import ACTION_SHAPES, Action, ActionKind, Outcome, Preview, Result
from connectors.errors import ConnectorError
from connectors.http import Delivery, WriteReply

log = structlog.get_logger()

_SAFE_WAIT_SECONDS = 5.0
_MOVES_BY_ITSELF = frozenset({ActionKind.STOCK_ADJUST, ActionKind.TRANSFER})
"""Relative to a value that changes all day: the value the approver saw is not insisted on."""

_NOUNS = {
    ActionKind.PRICE_CHANGE: "price",
    ActionKind.STOCK_ADJUST: "stock",
    ActionKind.STOCK_COUNT: "stock",
    ActionKind.TRANSFER: "transfer",
    ActionKind.PURCHASE_ORDER: "purchase order",
    ActionKind.SHIFT_DRAFT: "shift",
    ActionKind.SHIFT_PUBLISH: "shift",
    ActionKind.PROMOTION_CREATE: "promotion",
    ActionKind.PROMOTION_END: "promotion",
    ActionKind.PRODUCT_FLAGS: "product",
}


class PreviewSource(Protocol):
    """Where a writer reads live values from; the platform's reader is one."""

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the request."""
        ...


class Standing(Enum):
    """How the live object stands to an action."""

    AS_BEFORE = auto()
    AS_ASKED = auto()
    MOVED = auto()


@dataclass(frozen=True, slots=True)
class Channel:
    """How one platform is written to.

    Args:
        title: what people call the platform.
        setting: the name of the setting of the writing token.
        preview: a live read of an action; the reader's.
        send: sends what a preview built, once.
        pause: waits, in seconds.
        idempotent: the kinds whose request the platform answers from memory when it knows the key.
        is_stale: whether a refusal means that the object changed at the same moment.
        reference: the platform's id of what an accepted request wrote.
    """

    title: str
    setting: str
    preview: Callable[[Action], Preview]
    send: Callable[[Action, Preview], WriteReply]
    pause: Callable[[float], None]
    idempotent: frozenset[ActionKind] = frozenset()
    is_stale: Callable[[WriteReply], bool] = field(default=lambda reply: reply.status in (409, 412))
    reference: Callable[[WriteReply], str] = field(default=lambda _: "")


def carry_out(action: Action, channel: Channel) -> Result:
    """Send an action once; what became of it.

    Raises:
        TransientError: the live value could not be read, so nothing was sent.
        TerminalError: the reading token is wrong, so nothing was sent.
    """
    seen = channel.preview(action)
    noun = _NOUNS[action.kind]
    match standing(action, seen):
        case Standing.AS_ASKED:
            return Result(
                Outcome.ALREADY_APPLIED,
                action.expected_before or seen.before,
                seen.before,
                seen.version,
                f"The {noun} is already as asked for.",
            )
        case Standing.MOVED:
            return _unchanged(
                Outcome.CONFLICT, seen, f"The {noun} was changed by someone else since this was proposed."
            )
    if seen.problem:
        return Result(Outcome.REJECTED, before=seen.before, message=seen.problem)
    return _settle(_send(action, seen, channel), seen, action, channel)


def decide(action: Action, channel: Channel) -> Result:
    """Decide by reading alone whether an action took effect.

    APPLIED when the live value is the one asked for, REJECTED when it is still the old one, CONFLICT when it is a
    third. Where the platform keeps no trace of who wrote a value, equality is the evidence.

    Raises:
        TransientError: the platform could not be read; ask again later.
        TerminalError: the reading token is wrong.
    """
    seen = channel.preview(action)
    noun = _NOUNS[action.kind]
    if not seen.before and seen.done is None:
        return Result(Outcome.UNKNOWN, message=seen.problem or f"The {noun} could not be read back.")
    if seen.done is None and action.kind in _MOVES_BY_ITSELF:
        return Result(Outcome.UNKNOWN, seen.before, message=f"{channel.title} keeps no trace of single changes.")
    match standing(action, seen):
        case Standing.AS_ASKED:
            return Result(Outcome.APPLIED, action.expected_before, seen.before, seen.version)
        case Standing.AS_BEFORE:
            return _unchanged(Outcome.REJECTED, seen, f"The change did not reach {channel.title}.")
        case Standing.MOVED:
            return _unchanged(Outcome.CONFLICT, seen, f"The {noun} was changed by someone else meanwhile.")


def standing(action: Action, seen: Preview) -> Standing:
    """How a live read stands to an action: by its own evidence where there is some, else by its values."""
    if seen.done:
        return Standing.AS_ASKED
    if action.kind in _MOVES_BY_ITSELF or not seen.before:
        return Standing.AS_BEFORE
    if seen.done is None and same_values(seen.before, action.change):
        return Standing.AS_ASKED
    if not action.expected_before:
        return Standing.AS_BEFORE
    return Standing.AS_BEFORE if same_values(seen.before, action.expected_before) else Standing.MOVED


def same_values(live: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether ``live`` has everything of ``wanted``; numbers by value ("4.5" is "4.50"), words without case."""
    return bool(wanted) and all(name in live and _same(live[name], value) for name, value in wanted.items())


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return same_values(left, right)
    try:
        return Decimal(str(left)) == Decimal(str(right))
    except InvalidOperation:
        return str(left).casefold() == str(right).casefold()


def _send(action: Action, seen: Preview, channel: Channel) -> WriteReply:
    """Send, and once more where that is safe: it surely did not arrive, or the key makes it harmless."""
    reply = channel.send(action, seen)
    lost = reply.delivery is Delivery.UNKNOWN
    if (reply.delivery is Delivery.ANSWERED and reply.status != 429) or (
        lost and action.kind not in channel.idempotent
    ):
        return reply
    if (reply.retry_after or 0.0) > _SAFE_WAIT_SECONDS:
        return reply
    log.info("write.resent", kind=action.kind.value, delivery=reply.delivery.value, status=reply.status)
    channel.pause(reply.retry_after or 0.0)
    again = channel.send(action, seen)
    if not lost:
        return again
    # The second try says nothing about the first, which may have arrived, unless the platform accepted it.
    return again if again.accepted else WriteReply(Delivery.UNKNOWN, again.status, None, again.codes)


def _settle(reply: WriteReply, seen: Preview, action: Action, channel: Channel) -> Result:
    if reply.delivery is Delivery.NOT_SENT:
        return _unchanged(Outcome.REJECTED, seen, f"{channel.title} could not be reached; nothing changed.")
    if reply.delivery is Delivery.ANSWERED and not reply.accepted:
        return _refused(reply, seen, channel)
    return _read_back(reply, seen, action, channel)


def _refused(reply: WriteReply, seen: Preview, channel: Channel) -> Result:
    if channel.is_stale(reply):
        return _unchanged(
            Outcome.CONFLICT,
            seen,
            f"It was changed in {channel.title} at the same moment. Look at it again and propose anew.",
        )
    if reply.status in (401, 403):
        message = f"{channel.title} refused: the token in {channel.setting} may not make this change."
    elif reply.status == 429:
        message = f"{channel.title} is too busy at the moment; nothing changed. Try again in a few minutes."
    else:
        reason = f" ({', '.join(reply.codes)})" if reply.codes else ""
        message = f"{channel.title} did not accept the change{reason}; nothing changed."
    return _unchanged(Outcome.REJECTED, seen, message)


def _read_back(reply: WriteReply, seen: Preview, action: Action, channel: Channel) -> Result:
    reference = channel.reference(reply) if reply.accepted else ""
    try:
        now = channel.preview(action)
    except ConnectorError as error:
        log.warning("write.not_read_back", kind=action.kind.value, error=type(error).__name__)
        if reply.accepted:
            return Result(
                Outcome.APPLIED,
                seen.before,
                action.change,
                reference,
                f"{channel.title} confirmed it; it could not be read back.",
            )
        return Result(
            Outcome.UNKNOWN, seen.before, {}, reference, f"{channel.title} did not say whether the change was made."
        )
    # What the platform accepted and shows is done, even where its search does not find the evidence yet.
    shown = same_values(now.before, action.change) and (now.done is None or reply.accepted)
    if now.done or shown:
        return Result(Outcome.APPLIED, seen.before, now.before, reference or now.version)
    if reply.accepted and (action.kind in _MOVES_BY_ITSELF or not ACTION_SHAPES[action.kind].expected_before):
        # Made anew, or relative: no value of before can contradict it.
        return Result(Outcome.APPLIED, seen.before, now.before, reference or now.version)
    if reply.accepted:
        return Result(
            Outcome.CONFLICT,
            seen.before,
            now.before,
            reference,
            f"{channel.title} took the change, but it reads differently now: someone changed it again.",
            taken=True,
        )
    return Result(
        Outcome.UNKNOWN,
        seen.before,
        now.before,
        reference,
        f"{channel.title} did not answer, and it does not read as asked for. The change may still arrive.",
    )


def _unchanged(outcome: Outcome, seen: Preview, message: str) -> Result:
    return Result(outcome, seen.before, seen.before, seen.version, message)
