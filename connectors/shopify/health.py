"""What ``doctor`` says of a Shopify connection: permissions, depth of history, the plan, the clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Health
from connectors.errors import ConnectorError
from connectors.http import RejectedError
from connectors.manifest import load_manifest
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import instant, stamp

VISIBLE_DAYS = 60
"""Without ``read_all_orders`` a token sees the orders of so many days, and is not told that there are more."""

_SKEW_ALLOWED = timedelta(minutes=2)
_ALL_ORDERS = "read_all_orders"
_STAFF = "read_users"
_OPTIONAL = frozenset({_ALL_ORDERS, _STAFF})


def check_shop(client: ShopifyClient, *, setting: str, now: datetime) -> Health:
    """Try the token on what is read; never raises."""
    try:
        reply = client.reply("shop")
        shop: Mapping[str, Any] = reply.body["data"]["shop"]
        installed = reply.body["data"].get("currentAppInstallation") or {}
        scopes = {str(scope.get("handle")) for scope in installed.get("accessScopes") or ()}
        problems = [*_scope_problems(scopes, setting)]
        problems += _history_problems(client, shop, scopes, now)
        problems += _withheld(client, scopes)
    except ConnectorError as error:
        return Health(ok=False, problems=(error.user_message,))
    if reply.date is not None and abs(now - reply.date) > _SKEW_ALLOWED:
        problems.append("This machine's clock differs from Shopify's by more than two minutes. Set it by NTP.")
    return Health(ok=not problems, account=str(shop.get("name") or ""), problems=tuple(problems))


def _scope_problems(scopes: set[str], setting: str) -> Iterator[str]:
    wanted = load_manifest("shopify").read.scopes
    missing = [scope for scope in wanted if scope not in _OPTIONAL and not _granted(scope, scopes)]
    if missing:
        yield f"Give the token in {setting} the permissions {', '.join(missing)} (the app's Admin API access scopes)."


def _granted(scope: str, scopes: set[str]) -> bool:
    """A permission to write holds that to read."""
    return scope in scopes or scope.replace("read_", "write_", 1) in scopes


def _history_problems(client: ShopifyClient, shop: Mapping[str, Any], scopes: set[str], now: datetime) -> Sequence[str]:
    if _ALL_ORDERS in scopes:
        return ()
    limit = now - timedelta(days=VISIBLE_DAYS)
    opened = instant(str(shop["createdAt"])) if shop.get("createdAt") else limit
    if opened >= limit:
        return ()
    total = _count(client, None)
    recent = _count(client, f"created_at:>='{stamp(limit)}'")
    older = f" It counts {total - recent} older orders that it does not show." if total > recent else ""
    said = (
        f"Shopify shows this token the orders of the last {VISIBLE_DAYS} days only.{older} Ask for the permission "
        f"{_ALL_ORDERS} if older sales shall be known."
    )
    return (said,)


def _count(client: ShopifyClient, query: str | None) -> int:
    found: Any = client.ask("orders_count", {"query": query})["ordersCount"]
    return int((found or {}).get("count") or 0)


def _withheld(client: ShopifyClient, scopes: set[str]) -> Iterator[str]:
    """What the shop's plan or a permission keeps back, found out by asking for one of each."""
    try:
        client.page("staff", "staffMembers", {"after": None}, first=1)
    except RejectedError as error:
        if error.status != 403:
            raise
        why = "the shop's plan does not let apps read them" if _granted(_STAFF, scopes) else f"it needs {_STAFF}"
        yield f"The names of staff cannot be read: {why}. Sales still come in, without who rang them up."
    client.page("products", "products", {"after": None, "query": None}, first=1)
    if "costs" in client.switched_off:
        yield "The costs of products cannot be read: let the token view product costs. Margins stay unknown without."
    try:
        client.page("deletions", "events", {"after": None, "query": "action:destroy"}, first=1)
    except RejectedError:
        yield "The shop's events cannot be read, so deleted products are noticed by webhooks only."
