"""Every kind of change on every platform that offers it: from a draft over the mirror and a click to one effect.

What the stand-in received is held against what the card showed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from agent.db.engine import open_database
from agent.governance.audit import Audit
from agent.identity import Directory
from agent.jobs import Jobs
from agent.proposals.authority import Authority
from agent.proposals.changes import Changes
from agent.proposals.delegation import Delegations
from agent.proposals.executor import Executor
from agent.proposals.kinds import parse_payload
from agent.proposals.kinds.stock import StockAdjust
from agent.proposals.mirror_catalogue import MirrorCatalogue
from agent.proposals.policy import ProposalSettings
from agent.proposals.service import Proposals
from agent.proposals.store import ProposalStore
from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from connectors.base import ActionKind, Reader, Writer
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import sync_connection
from tests.conformance.trading import busy_shop, places
from tests.support.platforms.open_rigs import PLATFORMS, offered_kinds, open_rig
from tests.support.platforms.rig import Rig
from tools.drafts import (
    Draft,
    DraftLine,
    FlagsDraft,
    OrderDraft,
    PriceChangeDraft,
    PromotionDraft,
    PromotionEndDraft,
    ShiftDraft,
    ShiftPublishDraft,
    StockAdjustDraft,
    StockCountDraft,
    TransferDraft,
)
from tools.errors import ToolError

pytestmark = pytest.mark.slow

PAIRS = [(platform, kind) for platform in PLATFORMS for kind in offered_kinds(platform)]
ALWAYS = ("square", "lightspeed_x")
"""With these every kind runs each time; all platforms do in the soak."""

CASES = [
    pytest.param(
        platform,
        kind,
        id=f"{platform}-{kind.value}",
        marks=() if platform in ALWAYS else pytest.mark.soak,
    )
    for platform, kind in PAIRS
]
QUICK = ProposalSettings(four_eyes_over_minor=None, reconcile_delays=(0.05, 0.05, 0.05, 0.05))


@dataclass
class Shop:
    """A platform's stand-in, its mirror, and the proposals over both."""

    rig: Rig
    reader: Reader
    mirror: Mirror
    proposals: Proposals
    directory: Directory

    def pull(self) -> None:
        sync_connection(self.reader, self.mirror, until=self.rig.clock.now())

    def one(self, sql: str, *params: Any) -> str:
        return str(self.mirror.reader.query(sql, list(params)).rows[0][0])

    def variant(self, shop_id: str) -> str:
        sku = next(goods.sku for goods in self.rig.shop.catalog() if goods.variant_id == shop_id)
        return self.one("SELECT variant_id FROM variant WHERE sku = ?", sku)

    def stores(self) -> list[str]:
        return [str(row[0]) for row in self.mirror.reader.query("SELECT store_id FROM store ORDER BY name").rows]

    def effects(self) -> int:
        return len(self.received())

    def received(self) -> list[dict[str, Any]]:
        """Everything that the stand-in was sent and took, with the request as it came over the wire."""
        return list(self.rig.pos.effects()["effects"])

    def carry_out(self, draft: Draft) -> ProposalView:
        scope = self.directory.scope_for("U_OWNER", thread_id=f"T{self.rig.clock.now().timestamp()}")
        receipt = self.proposals.propose(draft, scope, tool_call_id="")
        assert receipt.status == "pending"
        self.proposals.approve(receipt.proposal_id, scope)
        return self.proposals.wait(receipt.proposal_id, 30)


class Town:
    """All shops that were opened, behind one store of proposals and one set of workflows."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.shops: dict[str, Shop] = {}
        self._folder = folder
        self._stack = stack
        self._writers: dict[str, Writer] = {}
        database = open_database(f"sqlite:///{folder / 'operations.sqlite'}")
        stack.callback(database.close)
        self._directory = Directory(database, lambda: [one for shop in self.shops.values() for one in shop.stores()])
        self._directory.replace_members([{"user_id": "U_OWNER", "role": "owner", "name": "Olive"}])
        changes = Changes()
        stack.callback(changes.close)
        audit = Audit(database, folder / "audit-head.json")
        self._store = ProposalStore(database, self, audit, changes)
        self._authority = Authority(self._directory, Delegations(database, self, self._directory, audit), QUICK)
        jobs = Jobs(folder)
        self._executor = Executor(self._store, self, self._authority, lambda: self._writers, jobs, QUICK)
        assert jobs.launch()
        stack.callback(jobs.close)

    def now(self) -> datetime:
        return max(shop.rig.clock.now() for shop in self.shops.values())

    def shop(self, platform: str) -> Shop:
        if platform not in self.shops:
            self.shops[platform] = self._open(platform)
        for shop in self.shops.values():
            shop.rig.clock.at = self.now() + timedelta(minutes=1)
        return self.shops[platform]

    def _open(self, platform: str) -> Shop:
        folder = self._folder / platform
        folder.mkdir()
        rig = self._stack.enter_context(open_rig(platform, folder))
        busy_shop(rig)
        reader = rig.reader()
        self._stack.callback(reader.close)
        writer = rig.writer(reader)
        self._stack.callback(writer.close)
        self._writers[reader.connection] = writer
        mirror = self._stack.enter_context(open_mirror(folder / "mirror.duckdb"))
        sync_connection(reader, mirror, until=rig.clock.now())
        catalogue = MirrorCatalogue(mirror.reader)
        readers = {reader.connection: reader}
        proposals = Proposals(
            self._store, self, self._directory, readers, catalogue, QUICK, self._executor, self._authority
        )
        return Shop(rig, reader, mirror, proposals, self._directory)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with ExitStack() as stack:
        yield Town(tmp_path_factory.mktemp("town"), stack)


def draft_of(shop: Shop, kind: ActionKind) -> Draft:
    store = shop.one(
        "SELECT store_id FROM store WHERE external_id = ?", shop.rig.external["store"][places(shop.rig)[0]]
    )
    now = shop.rig.clock.now()
    milk, bread = shop.variant("V100"), shop.variant("V200")
    lines = (DraftLine(milk, Decimal(6)), DraftLine(bread, Decimal(2)))
    match kind:
        case ActionKind.PRICE_CHANGE:
            return PriceChangeDraft(milk, store, Decimal(-10), None, None, "slow")
        case ActionKind.STOCK_ADJUST:
            return StockAdjustDraft(bread, store, Decimal(-2), "damage", "dropped")
        case ActionKind.STOCK_COUNT:
            return StockCountDraft(milk, store, Decimal(17), "")
        case ActionKind.TRANSFER:
            other = next(one for one in shop.stores() if one != store)
            return TransferDraft(store, other, lines, "for Saturday")
        case ActionKind.PURCHASE_ORDER:
            supplier = shop.one("SELECT supplier_id FROM supplier ORDER BY supplier_id")
            return OrderDraft(store, supplier, lines, (now + timedelta(days=7)).date(), "")
        case ActionKind.SHIFT_DRAFT:
            person = shop.one("SELECT employee_id FROM employee ORDER BY employee_id")
            start = now + timedelta(days=3 + shop.effects())
            return ShiftDraft(store, person, start, start + timedelta(hours=8), "", "")
        case ActionKind.SHIFT_PUBLISH:
            made = shop.carry_out(draft_of(shop, ActionKind.SHIFT_DRAFT))
            assert made.status == "executed", made.outcome
            shop.rig.clock.turn(minutes=1)
            shop.pull()
            shift = shop.one("SELECT shift_id FROM scheduled_shift WHERE status = 'draft' ORDER BY starts_at DESC")
            return ShiftPublishDraft(store, shift, "")
        case ActionKind.PROMOTION_CREATE:
            return discount(shop, "Autumn", store, now, milk)
        case ActionKind.PROMOTION_END:
            made = shop.carry_out(discount(shop, "Over soon", store, now, milk))
            assert made.status == "executed", made.outcome
            shop.rig.clock.turn(minutes=1)
            shop.pull()
            promotion = shop.one("SELECT promotion_id FROM promotion WHERE name LIKE 'Over soon%'")
            return PromotionEndDraft(store, promotion, "")
        case ActionKind.PRODUCT_FLAGS:
            return FlagsDraft(store, shop.variant("V400"), False, None, "")
    raise AssertionError(kind)


def discount(shop: Shop, name: str, store: str, now: datetime, variant: str) -> PromotionDraft:
    """Fifteen per cent off, in one store where the platform has that, else in all."""
    everywhere = shop.rig.platform in ("shopify", "lightspeed_r")
    span = (now + timedelta(hours=1), now + timedelta(days=7))
    return PromotionDraft(store, name, "percent", Decimal(15), *span, (variant,), "", everywhere)


@pytest.mark.parametrize("platform", ["shopify", "lightspeed_r"])
def test_a_promotion_that_can_only_hold_everywhere_is_not_filed_for_one_store(town: Town, platform: str) -> None:
    shop = town.shop(platform)
    store, milk, now = shop.stores()[0], shop.variant("V100"), shop.rig.clock.now()
    draft = PromotionDraft(store, "Here", "percent", Decimal(5), now, now + timedelta(days=1), (milk,), "")
    with pytest.raises(ToolError, match="ask for it in all stores"):
        shop.proposals.propose(draft, shop.directory.scope_for("U_OWNER"), tool_call_id="")


@pytest.mark.parametrize("platform", ["clover", "lightspeed_r", "shopify"])
def test_what_a_platform_cannot_keep_of_a_promotion_stands_on_its_card(town: Town, platform: str) -> None:
    """A discount that staff choose by hand has no end, whatever dates were asked for."""
    shop = town.shop(platform)
    draft = discount(shop, "Said", shop.stores()[0], shop.rig.clock.now(), shop.variant("V100"))
    receipt = shop.proposals.propose(draft, shop.directory.scope_for("U_OWNER"), tool_call_id="")
    card = compose_card(shop.proposals.view(receipt.proposal_id), StoreLabel("S", "Store", "America/New_York"))
    said = "every store and online" if platform == "shopify" else "until somebody ends it"
    assert said in str(card.best)


def hold_against_the_card(view: ProposalView, received: list[dict[str, Any]]) -> None:
    """Every figure that was approved is on the card, and in what the stand-in was sent and made of it."""
    payload = parse_payload(view.kind, view.payload)
    pending = replace(view, status="pending", outcome=None)
    card = compose_card(pending, StoreLabel(view.store_id, payload.store_name, "America/New_York"))
    shown = figures_in(re.findall(r"[-−]?\d[\d,]*(?:\.\d+)?", card.text + json.dumps(card.best)))
    wire = [leaf for effect in received for leaf in leaves([effect["request"], effect["after"]])]
    told = figures_in(wire)
    for figure in asked_figures(payload.change()):
        assert abs(figure) in shown, (figure, sorted(shown))
        # In cents, as a share of one, or as what is there afterwards: each platform has its own way.
        ways = {abs(figure), abs(figure) * 100, abs(figure) / 100}
        if isinstance(payload, StockAdjust):
            ways.add(Decimal(payload.before) + figure)
        assert ways & told, (figure, wire)
    if view.kind == "shift_draft":
        times = {
            datetime.fromisoformat(leaf) for leaf in wire if re.match(r"\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d$", str(leaf))
        }
        assert {datetime.fromisoformat(payload.change()[name]) for name in ("starts_at", "ends_at")} <= times


def leaves(document: Any) -> Iterator[Any]:
    """Every value of a document, however deep."""
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        for one in document:
            yield from leaves(one)
    else:
        yield document


def figures_in(words: Iterable[Any]) -> set[Decimal]:
    """The numbers among these values, without their signs: a platform says “take 2 away” as it likes."""
    found = set()
    for word in words:
        try:
            number = Decimal(str(word).replace(",", "").replace("−", "-"))
        except InvalidOperation:
            continue
        if number.is_finite():
            found.add(abs(number))
    return found


def asked_figures(change: Any) -> Iterator[Decimal]:
    """Prices, pieces and discounts of a change."""
    for name, value in change.items():
        if name in ("price", "delta", "quantity", "value"):
            yield Decimal(value)
        elif name == "lines":
            for line in value:
                yield from asked_figures(line)


@pytest.mark.parametrize(("platform", "kind"), CASES)
def test_a_click_makes_it_so_once(town: Town, platform: str, kind: ActionKind) -> None:
    shop = town.shop(platform)
    draft = draft_of(shop, kind)
    before = shop.effects()
    view = shop.carry_out(draft)
    assert view.status == "executed", view.outcome
    assert shop.effects() > before
    payload = parse_payload(view.kind, view.payload)
    assert view.outcome is not None
    assert view.outcome["message"] == payload.done()
    sent = next(event["detail"]["change"] for event in view.events if event["event"] == "sending")
    assert sent == payload.change(), "what left is what the card was drawn from"
    # Lines are requests of their own on that platform, which its stand-in does not keep one by one.
    if platform != "lightspeed_r" or "lines" not in sent:
        hold_against_the_card(view, shop.received()[before:])
    assert [event["event"] for event in view.events if event["event"] in ("approved", "executing", "executed")] == [
        "approved",
        "executing",
        "executed",
    ]
    if payload.inverse(reason="", reference=view.pos_reference) is not None:
        back = shop.proposals.undo(view.id, shop.directory.scope_for("U_OWNER"))
        shop.proposals.approve(back.id, shop.directory.scope_for("U_OWNER"))
        undone = shop.proposals.wait(back.id, 30)
        assert undone.status == "executed", undone.outcome
        assert shop.proposals.view(view.id).status == "undone"
