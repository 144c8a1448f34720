"""The Shopify stand-in behind a server on loopback, and the connector that talks to it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

from connectors.http import Secret
from connectors.sandbox.shopify.app import new_faults, shop_app
from connectors.sandbox.shopify.events import Event, delivery
from connectors.sandbox.shopify.pos import READ_TOKEN, WRITE_TOKEN, StandInShop
from connectors.sandbox.standin.control import control_routes
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.shopify.reader import ShopifyReader
from connectors.shopify.sales import Sizes
from connectors.shopify.writer import ShopifyWriter
from tests.support.platforms.rig import HANG_SECONDS, PSEUDONYM_KEY, QUICK, WEBHOOK_KEY, Rig
from tests.support.platforms.shop import Shop, TurnedClock
from tests.support.square_world import serving

SMALL = Sizes(page=2)

OPERATIONS = {
    "read_location": "Locations",
    "read_catalog": "Products",
    "read_employee": "Staff",
    "read_customer": "Customers",
    "read_promotion": "Discounts",
    "read_sale": "Orders",
    "read_register_event": "CashSessions",
    "read_inventory": "Levels",
    "read_inventory_change": "Transfers",
    "write_price_change": "PriceUpdate",
    "write_stock_adjust": "StockAdjust",
    "write_stock_count": "StockSet",
    "write_transfer": "TransferCreate",
    "write_promotion_create": "PromotionCreate",
    "write_promotion_end": "PromotionEnd",
    "write_product_flags": "ProductFlags",
}


@contextlib.contextmanager
def open_rig(folder: Path, *, webhook: WebhookTarget | None = None) -> Iterator[Rig]:
    clock, shop = TurnedClock(), Shop()
    pos = StandInShop(folder / "shopify.sqlite", shop, clock, webhook=webhook, hang_seconds=HANG_SECONDS)
    faults = new_faults()
    app = Starlette(routes=[*control_routes(pos, faults), Mount("/shop", app=shop_app(pos, faults))])
    with serving(app) as url:
        base_url = f"{url}/shop"

        def reader(**overrides: Any) -> ShopifyReader:
            options: dict[str, Any] = {
                "base_url": base_url,
                "token": READ_TOKEN,
                "connection": "shopify",
                "pseudonym_key": PSEUDONYM_KEY,
                "webhook_key": WEBHOOK_KEY,
                "policy": QUICK,
                "live_policy": QUICK,
                "sleep": hurried,
            }
            return ShopifyReader(**{**options, **overrides})

        def writer(reader: Any, **overrides: Any) -> ShopifyWriter:
            options: dict[str, Any] = {
                "base_url": base_url,
                "write_token": WRITE_TOKEN,
                "reader": reader,
                "policy": QUICK,
            }
            return ShopifyWriter(**{**options, **overrides})

        yield Rig(
            platform="shopify",
            pos=pos,
            shop=shop,
            clock=clock,
            faults=faults,
            base_url=base_url,
            reader=reader,
            writer=writer,
            operations=OPERATIONS,
            small_pages={"sizes": SMALL, "list_page": 1},
            bad_token={"token": Secret("shpat_revoked")},
            external=external(pos),
            signed=signed,
            sells_by_weight=False,
        )
    pos.close()


def hurried(seconds: float) -> None:
    """Waits as asked, but never long."""
    time.sleep(min(seconds, 0.05))


def external(pos: StandInShop) -> Mapping[str, Mapping[str, str]]:
    kinds = {"store": "Location", "variant": "ProductVariant", "employee": "StaffMember"}
    return {
        word: {name: identity.rsplit("/", 1)[-1] for name, identity in pos.store.aliases(kind).items()}
        for word, kind in kinds.items()
    }


def signed(event: Any, url: str) -> tuple[Mapping[str, str], bytes]:
    assert isinstance(event, Event)
    assert url
    return delivery(event, WEBHOOK_KEY, TurnedClock().now())
