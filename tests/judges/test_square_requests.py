"""Every request body that we would send to Square keeps to Square's own OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from connectors.base import Action, ActionKind
from connectors.square.writer import path_of
from tests.judges.square_prism import DOCUMENT, PRISM, is_there, judging
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import START
from tests.support.platforms.square import open_rig

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not is_there(), reason=f"{PRISM.name} or {DOCUMENT.name} is not under .judges"),
]

ITEM = {"variant_external_id": "V100", "store_external_id": "S01", "sku": "OAT-1L", "name": "Oat milk"}
START_AT = (START + timedelta(days=1)).isoformat()
ACTIONS: Mapping[ActionKind, tuple[dict[str, Any], dict[str, Any]]] = {
    ActionKind.PRICE_CHANGE: (ITEM, {"price": "3.83", "currency": "USD"}),
    ActionKind.STOCK_ADJUST: (ITEM, {"delta": "-3", "reason": "damage"}),
    ActionKind.STOCK_COUNT: (ITEM, {"quantity": "36"}),
    ActionKind.SHIFT_DRAFT: (
        {"store_external_id": "S01", "employee_external_id": "E0101"},
        {"starts_at": START_AT, "ends_at": (START + timedelta(days=1, hours=8)).isoformat(), "note": "Delivery"},
    ),
    ActionKind.PROMOTION_CREATE: (
        {"store_external_ids": ["S01"]},
        {"name": "Autumn", "kind": "percent", "value": "10", "currency": "USD", "starts_at": START_AT},
    ),
    ActionKind.PRODUCT_FLAGS: ({"variant_external_id": "V100"}, {"active": "false", "track_stock": "false"}),
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        judging(tmp_path_factory.mktemp("judge")) as url,
        httpx.Client(base_url=url, headers={"Authorization": "Bearer judge"}, timeout=30.0) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with open_rig(tmp_path_factory.mktemp("square")) as opened:
        opened.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
        yield opened


def request_of(rig: Rig, action: Action) -> Mapping[str, Any]:
    reader = rig.reader()
    try:
        seen = reader.preview(action)
    finally:
        reader.close()
    assert seen.problem == ""
    return seen.request


def verdict(judge: httpx.Client, path: str, body: Mapping[str, Any]) -> tuple[int, str]:
    reply = judge.post(path, json=body)
    return reply.status_code, reply.text[:2000]


@pytest.mark.parametrize("kind", ACTIONS)
def test_a_request_keeps_to_the_document(judge: httpx.Client, rig: Rig, kind: ActionKind) -> None:
    action = Action("key-1", kind, *ACTIONS[kind], {})
    assert verdict(judge, path_of(action), request_of(rig, action))[0] == 200


def test_publishing_and_ending_keep_to_the_document(judge: httpx.Client, rig: Rig) -> None:
    reader = rig.reader()
    writer = rig.writer(reader)
    try:
        shift = writer.execute(Action("key-2", ActionKind.SHIFT_DRAFT, *ACTIONS[ActionKind.SHIFT_DRAFT], {}))
        offer = writer.execute(Action("key-3", ActionKind.PROMOTION_CREATE, *ACTIONS[ActionKind.PROMOTION_CREATE], {}))
    finally:
        writer.close()
        reader.close()
    for kind, target, change in (
        (ActionKind.SHIFT_PUBLISH, {"shift_external_id": shift.reference}, {"status": "published"}),
        (ActionKind.PROMOTION_END, {"promotion_external_id": offer.reference}, {"active": "false"}),
    ):
        action = Action("key-4", kind, target, change, {})
        assert verdict(judge, path_of(action), request_of(rig, action))[0] == 200


def test_the_judge_refuses_what_is_wrong(judge: httpx.Client, rig: Rig) -> None:
    action = Action("key-1", ActionKind.STOCK_COUNT, *ACTIONS[ActionKind.STOCK_COUNT], {})
    good = request_of(rig, action)
    wrong = {**good, "changes": [{"type": "PHYSICAL_COUNT", "physical_count": {"quantity": 36}}]}
    assert verdict(judge, path_of(action), wrong)[0] == 422
