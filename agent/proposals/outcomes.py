"""What became of a write, as plain values: one result, the results of a change of several parts, and the sentence.

A result is ``{outcome, before, after, reference, message}``; that of several parts has ``lines``, one result each. With
``taken`` a conflict is one in spite of which the far end took the change. With ``overtaken`` it was found after a
request whose answer is not known, so the change may have been there for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import structlog

from agent.proposals.transitions import Status
from connectors.base import Outcome, Result
from connectors.errors import ConnectorError, OutcomeUnknownError, TransientError

if TYPE_CHECKING:
    from agent.proposals.payload import Payload

log = structlog.get_logger()

TOOK_EFFECT = frozenset({Outcome.APPLIED.value, Outcome.ALREADY_APPLIED.value})
UNKNOWN = Outcome.UNKNOWN.value
NOT_SENT = "not_sent"
RETRY = "retry"
"""It could not be reached, and nothing was sent: worth another try."""

_SHOWN = 5
_WORST_FIRST = (RETRY, UNKNOWN, Outcome.REJECTED.value, Outcome.UNSUPPORTED.value, Outcome.CONFLICT.value)
_NOTHING = "Nothing was changed: "


def guarded(call: Callable[[], Result]) -> dict[str, Any]:
    """The result as plain values; a write or a reading that broke is an outcome too, never an exception."""
    try:
        result = call()
    except OutcomeUnknownError as error:
        return _document(Result(Outcome.UNKNOWN, message=error.user_message))
    except TransientError as error:
        return _document(Result(Outcome.UNKNOWN, message=error.user_message)) | {"outcome": RETRY}
    except ConnectorError as error:
        return _document(Result(Outcome.REJECTED, message=error.user_message))
    except Exception:
        # Whatever broke may have broken after the request left, so the honest word is "unknown".
        log.exception("proposal.writer_broke")
        return _document(Result(Outcome.UNKNOWN))
    return _document(result)


def looked(call: Callable[[], Result]) -> dict[str, Any]:
    """The same of a reading that shall decide what became of an earlier request.

    Not being allowed or able to read says nothing about the request, so it is unknown and never “refused”.
    """

    def reading() -> Result:
        try:
            return call()
        except TransientError:
            raise
        except ConnectorError as error:
            return Result(Outcome.UNKNOWN, message=error.user_message)

    return overtaken(guarded(reading))


def overtaken(result: dict[str, Any]) -> dict[str, Any]:
    """The same, of what was found after a request that may have arrived: a third value can have come on top of it."""
    return result | {"overtaken": True} if result["outcome"] == Outcome.CONFLICT.value else result


def together(results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The result of the whole: unknown while a part is, applied when a part was and none is unknown."""
    if len(results) == 1:
        return dict(results[0])
    outcomes = [result["outcome"] for result in results]
    if UNKNOWN in outcomes:
        outcome = UNKNOWN
    elif TOOK_EFFECT & set(outcomes):
        outcome = Outcome.APPLIED.value
    else:
        outcome = outcomes[0] if len(set(outcomes)) == 1 else Outcome.REJECTED.value
    lines = [dict(result) for result in results]
    taken = _taken(taken=any(result.get("taken") for result in results))
    return {"outcome": outcome, "before": {}, "after": {}, "reference": "", "message": "", "lines": lines, **taken}


def worst(results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole by its worst part: it took effect only when every part did."""
    outcomes = {result["outcome"] for result in results}
    found = next((outcome for outcome in _WORST_FIRST if outcome in outcomes), Outcome.APPLIED.value)
    return together(results) | {"outcome": found}


def status_after(outcome: str) -> Status:
    """Where a proposal is once this is known."""
    if outcome in TOOK_EFFECT:
        return Status.EXECUTED
    return Status.UNKNOWN if outcome == UNKNOWN else Status.FAILED


def stored(payload: Payload, result: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome as the proposal keeps it, with the sentence that people read."""
    document = {
        "outcome": _kept(result["outcome"]),
        "message": sentence(payload, result),
        "before": result["before"],
        "after": result["after"],
        **_taken(taken=bool(result.get("taken"))),
    }
    if "lines" in result:
        document["lines"] = [
            {**stored(part, line), "reference": line["reference"]}
            for part, line in zip(payload.parts(), result["lines"], strict=True)
        ]
    return document


def sentence(payload: Payload, result: Mapping[str, Any]) -> str:
    """What people read about the outcome."""
    if "lines" in result:
        return _of_several(payload, result["lines"])
    outcome, far_end = result["outcome"], payload.far_end
    if outcome in TOOK_EFFECT:
        return payload.done()
    if outcome == UNKNOWN:
        return f"The {far_end} did not say whether it took the change. {payload.look_up()} I will not send it again."
    if outcome == Outcome.CONFLICT.value and result.get("taken"):
        return str(result["message"])
    if outcome == Outcome.CONFLICT.value and result.get("overtaken"):
        left = payload.moved(result["before"]).removeprefix(_NOTHING)
        return f"I sent this and got no clear answer, and I will not send it again: {left}"
    if outcome == Outcome.CONFLICT.value:
        return payload.moved(result["before"])
    if outcome == RETRY:
        return f"{_NOTHING}the {far_end} could not be reached. {result['message']}".strip()
    return f"{_NOTHING}{result['message'] or f'the {far_end} refused the change.'}"


def _of_several(payload: Payload, lines: Sequence[Mapping[str, Any]]) -> str:
    done = sum(line["outcome"] in TOOK_EFFECT for line in lines)
    if done == len(lines):
        return payload.done()
    left = [
        f"{part.facts().subject}: {sentence(part, line).removeprefix(_NOTHING)}"
        for part, line in zip(payload.parts(), lines, strict=True)
        if line["outcome"] not in TOOK_EFFECT
    ]
    more = [f"{len(left) - _SHOWN} more were left as they are."] if len(left) > _SHOWN else []
    return " ".join([f"{done} of {len(lines)} done at {payload.store_name}.", *left[:_SHOWN], *more])


def _kept(outcome: str) -> str:
    return outcome if outcome != RETRY else NOT_SENT


def _document(result: Result) -> dict[str, Any]:
    return {
        "outcome": result.outcome.value,
        "before": dict(result.before),
        "after": dict(result.after),
        "reference": result.reference,
        "message": result.message,
        **_taken(taken=result.taken),
    }


def _taken(*, taken: bool) -> dict[str, Any]:
    return {"taken": True} if taken else {}
