"""One Shopify shop over GraphQL: documents sent, pages read, refusals told apart. Nothing of what the data means.

A 200 says nothing yet: ``errors`` may hold a refusal, and a field that the token may not see comes back as an error
beside the data. Fields that a shop or its plan may withhold are behind a switch (``@include``); when one is denied it
is switched off and the request is sent again without it, so that a missing permission costs that column and no more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.credentials import TokenSource
from connectors.errors import TerminalError, TransientError
from connectors.http import Account, Delivery, HttpClient, Policy, RejectedError, Reply, Secret, WriteReply
from connectors.shopify.cost import CostBucket, cost_of, error_codes, throttled
from connectors.shopify.operations import document, operation_name

VERSION = "2026-10"
IDS_PER_BATCH = 50
LINES_PAGE = 250
SWITCHES = {"staff": "staffMember", "customers": "customer", "devices": "device", "costs": "unitCost"}
"""A switch of the documents and the field it is about."""

_USUAL_COST = 20.0
_CASH_STAFF = ("openingStaffMember", "closingStaffMember")
_OURS_TO_RETRY = frozenset({"INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE"})
_TOO_DEAR = "MAX_COST_EXCEEDED"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a connection: its nodes and where the next page starts; None at the end."""

    nodes: Sequence[Mapping[str, Any]]
    cursor: str | None


class ShopifyClient:
    """One shop with one token. Safe to share between threads."""

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        *,
        setting: str,
        version: str = VERSION,
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        pacer: CostBucket | None = None,
    ) -> None:
        account = Account(
            "Shopify",
            base_url,
            token,
            setting,
            token_header="X-Shopify-Access-Token",  # noqa: S106 the name of a header
            token_scheme="",
            throttled=throttled,
        )
        self._sleep = sleep or time.sleep
        self._setting = setting
        self._path = f"/admin/api/{version}/graphql.json"
        self._http = HttpClient(account, policy=policy, sleep=self._sleep, pacer=pacer)
        self._costs: dict[str, float] = {}
        self._off: set[str] = set()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the platform asked."""
        self._sleep(seconds)

    @property
    def switched_off(self) -> frozenset[str]:
        """Which of ``SWITCHES`` this token turned out not to be allowed."""
        return frozenset(self._off)

    def switches(self, name: str) -> dict[str, bool]:
        """The switches that a document has, as they stand."""
        text = document(name)
        return {switch: switch not in self._off for switch in SWITCHES if f"${switch}: Boolean!" in text}

    def ask(self, name: str, variables: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """The ``data`` of a query; raises as ``reply`` does."""
        data: Mapping[str, Any] = self.reply(name, variables).body["data"]
        return data

    def reply(self, name: str, variables: Mapping[str, Any] | None = None) -> Reply:
        """Send a query; denied fields behind a switch are left out and the rest is read.

        Raises:
            TransientError: no usable answer now.
            RejectedError: refused; ``codes`` are Shopify's, ``status`` is 403 when access was denied.
            TerminalError: the token is wrong, or the answer is not Shopify's.
        """
        for _ in range(len(SWITCHES) + 1):
            answer = self._http.search(self._path, self._body(name, variables), cost=self._costs.get(name, _USUAL_COST))
            self._note_cost(name, answer.body)
            denied = self._denied(name, answer.body)
            if not denied:
                return self._checked(name, answer)
            self._off |= denied
        raise self._access_denied(name)

    def page(self, name: str, path: str, variables: Mapping[str, Any], *, first: int) -> Listing:
        """One page of the connection at ``path`` (``location.inventoryLevels``); raises as ``reply`` does.

        It has fewer nodes than ``first`` where so many cost too much for one request.
        """
        while True:
            try:
                data: Any = self.ask(name, {**variables, "first": first})
            except RejectedError as error:
                if _TOO_DEAR not in error.codes or first <= 1:
                    raise
                first = max(1, first // 2)
                continue
            for part in path.split("."):
                data = data.get(part) if isinstance(data, Mapping) else None
            return listing(data, path)

    def every(self, name: str, path: str, variables: Mapping[str, Any], *, first: int) -> Iterator[Mapping[str, Any]]:
        """All nodes of a connection, page by page; raises as ``reply`` does."""
        after: str | None = None
        while True:
            found = self.page(name, path, {**variables, "after": after}, first=first)
            yield from found.nodes
            after = found.cursor
            if after is None:
                return

    def nodes(self, name: str, ids: Sequence[str], variables: Mapping[str, Any] | None = None) -> list[Any]:
        """Objects by id, in the order asked for; None where there is none. Raises as ``reply`` does."""
        found: list[Any] = []
        for start in range(0, len(ids), IDS_PER_BATCH):
            some = list(ids[start : start + IDS_PER_BATCH])
            found += self._some_nodes(name, some, variables)
        return found

    def write(self, name: str, variables: Mapping[str, Any]) -> WriteReply:
        """Send a mutation once. What a 200 hides is told by ``status``: 403, 409, 422, 429, or no answer at all."""
        reply = self._http.write(
            "POST", self._path, self._body(name, variables), cost=self._costs.get(name, _USUAL_COST)
        )
        self._note_cost(name, reply.body)
        return read_outcome(reply)

    def mutate(self, name: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a mutation that may be repeated without harm, as a read is; raises as ``reply`` does."""
        return self.ask(name, variables)

    def _some_nodes(self, name: str, ids: list[str], variables: Mapping[str, Any] | None) -> list[Any]:
        try:
            return list(self.ask(name, {**(variables or {}), "ids": ids})["nodes"])
        except RejectedError as error:
            if _TOO_DEAR not in error.codes or len(ids) == 1:
                raise
        half = len(ids) // 2
        return self._some_nodes(name, ids[:half], variables) + self._some_nodes(name, ids[half:], variables)

    def _body(self, name: str, variables: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            "query": document(name),
            "operationName": operation_name(name),
            "variables": {**self.switches(name), **(variables or {})},
        }

    def _note_cost(self, name: str, body: Any) -> None:
        asked = cost_of(body).get("requestedQueryCost")
        if asked is not None:
            self._costs[name] = float(asked)

    def _denied(self, name: str, body: Any) -> set[str]:
        """Switches that are on and whose field this answer denies."""
        errors = body.get("errors") if isinstance(body, Mapping) else None
        if not isinstance(errors, list):
            return set()
        on = {switch for switch, is_on in self.switches(name).items() if is_on}
        denied: set[str] = set()
        for error in errors:
            if error_codes({"errors": [error]}) != ("ACCESS_DENIED",):
                continue
            path = [str(part) for part in error.get("path") or ()]
            denied |= {switch for switch in on if SWITCHES[switch] in path}
            if "staff" in on and any(field in path for field in _CASH_STAFF):
                denied.add("staff")
        return denied

    def _checked(self, name: str, answer: Reply) -> Reply:
        codes = error_codes(answer.body)
        if any(code in _OURS_TO_RETRY for code in codes):
            raise TransientError(
                "Shopify is not answering at the moment. Try again in a few minutes.", detail=f"{name}: {codes}"
            )
        if "ACCESS_DENIED" in codes:
            raise self._access_denied(name)
        if codes:
            shown = ", ".join(sorted(set(codes)))
            raise RejectedError(
                f"Shopify did not accept the request ({shown}).", status=400, codes=codes, detail=f"{name}: {shown}"
            )
        if not isinstance(answer.body, Mapping) or not isinstance(answer.body.get("data"), Mapping):
            raise TerminalError(
                "Shopify answered in a shape this version does not know. Check the shop's address.", detail=name
            )
        return answer

    def _access_denied(self, name: str) -> RejectedError:
        return RejectedError(
            f"Shopify refused access: the token in {self._setting} lacks a permission it needs.",
            status=403,
            codes=("ACCESS_DENIED",),
            detail=name,
        )


def listing(connection: Any, path: str) -> Listing:
    """The page that a connection holds.

    Raises:
        TerminalError: it is not one.
    """
    nodes = connection.get("nodes") if isinstance(connection, Mapping) else None
    if not isinstance(nodes, list):
        raise TerminalError(
            f"Shopify answered in a shape this version does not know ({path}). Check the shop's address."
        )
    info = connection.get("pageInfo") or {}
    return Listing([node for node in nodes if node], info.get("endCursor") if info.get("hasNextPage") else None)


def read_outcome(reply: WriteReply) -> WriteReply:
    """What a mutation's answer means: Shopify says no inside a 200."""
    if reply.delivery is not Delivery.ANSWERED or reply.status != 200:
        return reply
    codes = error_codes(reply.body)
    if any(code in _OURS_TO_RETRY for code in codes):
        return WriteReply(Delivery.UNKNOWN, 500, reply.body, codes)
    if codes:
        return replace(reply, status=403 if "ACCESS_DENIED" in codes else 400, codes=_shown(codes))
    refused = user_error_codes(reply.body)
    if not refused:
        return reply
    stale = any("STALE" in code or code == "IDEMPOTENCY_CONCURRENT_REQUEST" for code in refused)
    return replace(reply, status=409 if stale else 422, codes=_shown(refused))


def user_error_codes(body: Any) -> tuple[str, ...]:
    """The codes of every payload's ``userErrors``; one without a code counts as ``USER_ERROR``."""
    data = body.get("data") if isinstance(body, Mapping) else None
    payloads = data.values() if isinstance(data, Mapping) else ()
    return tuple(
        str(error.get("code") or "USER_ERROR")
        for payload in payloads
        if isinstance(payload, Mapping)
        for error in payload.get("userErrors") or ()
    )


def _shown(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
