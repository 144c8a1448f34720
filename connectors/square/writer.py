"""Writing a Square account: what each kind of action is sent to, and how Square's refusals are read.

The way of a write (look, compare, send under an idempotency key, read back) is ``connectors.writing``. Only wiring
constructs this, and only the proposals executor is given it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from connectors.base import Action, ActionKind, Outcome, Preview, Result, Support
from connectors.http import Policy, Secret, WriteReply
from connectors.manifest import load_manifest
from connectors.square.client import VERSION, SquareClient
from connectors.square.previews import not_offered
from connectors.writing import Channel, PreviewSource, carry_out, decide

_STALE = frozenset({"VERSION_MISMATCH", "CONFLICT"})
_PATHS: Mapping[ActionKind, str] = {
    ActionKind.PRICE_CHANGE: "/v2/catalog/object",
    ActionKind.STOCK_ADJUST: "/v2/inventory/changes/batch-create",
    ActionKind.STOCK_COUNT: "/v2/inventory/changes/batch-create",
    ActionKind.TRANSFER: "/v2/transfer-orders",
    ActionKind.SHIFT_DRAFT: "/v2/labor/scheduled-shifts",
    ActionKind.SHIFT_PUBLISH: "/v2/labor/scheduled-shifts/{shift}/publish",
    ActionKind.PROMOTION_CREATE: "/v2/catalog/batch-upsert",
    ActionKind.PROMOTION_END: "/v2/catalog/object",
    ActionKind.PRODUCT_FLAGS: "/v2/catalog/object",
}
_PLATFORM = "square"


class SquareWriter:
    """``connectors.base.Writer`` over one Square account."""

    def __init__(
        self,
        base_url: str,
        write_token: Secret,
        reader: PreviewSource,
        version: str = VERSION,
        *,
        setting: str = "SQUARE_WRITE_TOKEN",
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._client = SquareClient(base_url, write_token, setting=setting, version=version, policy=policy, sleep=sleep)
        self._reader = reader
        actions = load_manifest(_PLATFORM).actions
        self._offered = frozenset(kind for kind, entry in actions.items() if entry.write is Support.YES)
        self._channel = Channel(
            title=load_manifest(_PLATFORM).title,
            setting=setting,
            preview=lambda action: self._reader.preview(action),
            send=self._send,
            pause=self._client.pause,
            idempotent=frozenset(kind for kind, entry in actions.items() if entry.idempotent),
            is_stale=_is_stale,
            reference=_reference,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def execute(self, action: Action) -> Result:
        """Send the change once; never raises after the request has left.

        Raises:
            TransientError: the live value could not be read, so nothing was sent.
            TerminalError: the reading token is wrong, so nothing was sent.
        """
        if action.kind not in self._offered:
            return Result(Outcome.UNSUPPORTED, message=not_offered(action.kind))
        return carry_out(action, self._channel)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the change took effect.

        Raises:
            TransientError: Square could not be read; ask again later.
            TerminalError: the reading token is wrong.
        """
        if action.kind not in self._offered:
            return Result(Outcome.UNSUPPORTED, message=not_offered(action.kind))
        return decide(action, self._channel)

    def _send(self, action: Action, seen: Preview) -> WriteReply:
        return self._client.send(path_of(action), seen.request)


def _is_stale(reply: WriteReply) -> bool:
    errors = reply.body.get("errors") if isinstance(reply.body, dict) else None
    about_version = any(isinstance(error, dict) and error.get("field") == "version" for error in errors or ())
    return reply.status == 409 or about_version or bool(_STALE & set(reply.codes))


def path_of(action: Action) -> str:
    """Where a change is sent to."""
    return _PATHS[action.kind].format(shift=quote(str(action.target.get("shift_external_id", "")), safe=""))


def _reference(reply: WriteReply) -> str:
    body = reply.body if isinstance(reply.body, dict) else {}
    written = body.get("catalog_object")
    if isinstance(written, dict):
        return f"{written.get('id')}@{written.get('version')}"
    for name in ("scheduled_shift", "transfer_order"):
        if isinstance(body.get(name), dict):
            return str(body[name].get("id") or "")
    for change in body.get("changes") or ():
        return str((change.get(str(change.get("type")).lower()) or {}).get("id") or "")
    rules = (item for item in body.get("objects") or () if item.get("type") == "PRICING_RULE")
    return next((str(rule.get("id")) for rule in rules), "")
