from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import BadInputError, RefusedError, StaleError
from agent.governance.receipts import Receipts
from agent.proposals.kinds import parse_payload
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.payload import canonical_json, idempotency_key, sha256_of
from agent.proposals.policy import ProposalSettings, check_bounds
from agent.proposals.view import ProposalView
from agent.slack.stores import StoreLabel
from agent.slack.ui.proposal_card import compose_card
from connectors.base import Action, Preview
from tests.support.drafts_of_every_kind import DRAFTS, stock_up
from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_pos import LedgerPos
from tests.support.proposals_world import MEMBERS, World
from tools.drafts import DraftLine, OrderDraft, PriceChangeDraft
from tools.errors import BadArgumentError, ToolError


def draft(**changes: object) -> PriceChangeDraft:
    values = {"variant_id": "V1", "store_id": "S01", "percent": Decimal(-15), "price": None, "until": None}
    return PriceChangeDraft(**{**values, "reason": "slow", **changes})  # type: ignore[arg-type]


def test_a_proposal_holds_the_live_price_and_writes_nothing(world: World) -> None:
    world.pos.set_price("V1", "S01", "3.99")
    receipt = world.proposals.propose(draft(), world.scope("U_OWNER"), tool_call_id="c1")
    assert (receipt.status, receipt.before, receipt.after, receipt.unit) == ("pending", "3.99", "3.39", "USD")
    assert receipt.expires_at == world.clock.now() + timedelta(hours=24)
    assert world.pos.effects() == []
    view = world.proposals.view(receipt.proposal_id)
    assert view.payload["percent"] == "-15.0"
    assert view.impact_minor == 600
    assert view.payload_sha256 == sha256_of(view.payload)
    document = view.to_json()
    assert list(document)[:13] == [
        "id",
        "kind",
        "store_id",
        "status",
        "payload",
        "payload_sha256",
        "before",
        "expires_at",
        "proposed_by",
        "decided_by",
        "outcome",
        "pos_reference",
        "events",
    ]
    assert document["before"] == {"price": "3.99", "currency": "USD"}


def test_the_same_call_again_finds_its_proposal_even_when_the_price_moved(world: World) -> None:
    first = world.propose(call="c1")
    world.pos.set_price("V1", "S01", "5.00")
    again = world.proposals.propose(draft(), world.scope("U_OWNER"), tool_call_id="c1")
    assert (again.proposal_id, again.already_existed) == (first, True)


def test_the_same_call_id_for_another_request_is_another_proposal(world: World) -> None:
    first = world.propose(call="c1")
    assert world.propose(call="c1", variant="V2") != first


def test_an_equal_pending_change_is_not_doubled_whoever_asks(world: World) -> None:
    first = world.propose(call="c1")
    assert world.propose("U_MANAGER_S01", call="c2") == first
    assert len(world.proposals.find(world.scope("U_OWNER"))) == 1


def test_a_newer_wish_of_the_same_person_replaces_the_older_one(world: World) -> None:
    first = world.propose(call="c1")
    second = world.propose(call="c2", percent=Decimal(-20))
    assert world.proposals.view(first).status == "superseded"
    with pytest.raises(StaleError, match="newer proposal"):
        world.proposals.approve(first, world.scope("U_OWNER"))
    other = world.propose("U_MANAGER_S01", call="c3", percent=Decimal(-25))
    assert [world.proposals.view(one).status for one in (second, other)] == ["pending", "pending"]


def test_after_expiry_an_equal_change_is_new(world: World) -> None:
    first = world.propose(call="c1")
    world.clock.pass_time(hours=25)
    second = world.propose(call="c2")
    assert second != first
    assert world.proposals.view(first).status == "expired"


def test_an_expired_card_cannot_be_approved_and_is_closed(world: World) -> None:
    proposal_id = world.propose()
    world.clock.pass_time(hours=24)
    with pytest.raises(StaleError, match="expired"):
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    assert world.proposals.view(proposal_id).status == "expired"


def test_the_sweep_closes_what_is_over_and_only_that(world: World) -> None:
    over = world.propose()
    world.clock.pass_time(hours=23)
    fresh = world.propose(variant="V2")
    world.clock.pass_time(hours=2)
    assert world.proposals.expire_due() == 1
    assert world.proposals.expire_due() == 0
    assert [world.proposals.view(one).status for one in (over, fresh)] == ["expired", "pending"]


def test_a_temporary_price_expires_with_its_end(world: World) -> None:
    until = world.clock.now() + timedelta(hours=3)
    assert world.proposals.view(world.propose(until=until)).expires_at == until


def test_a_button_of_another_version_is_refused(world: World) -> None:
    proposal_id = world.propose()
    with pytest.raises(StaleError, match="another version"):
        world.proposals.approve(proposal_id, world.scope("U_OWNER"), seen_sha256="0" * 64)
    seen = world.proposals.view(proposal_id).payload_sha256
    assert world.proposals.approve(proposal_id, world.scope("U_OWNER"), seen_sha256=seen).status == "approved"


def test_a_rejection_keeps_who_and_why(world: World) -> None:
    proposal_id = world.propose()
    view = world.proposals.reject(proposal_id, world.scope("U_DISTRICT"), " too deep ")
    assert (view.status, view.decided_by, view.decision_reason) == ("rejected", "U_DISTRICT", "too deep")
    with pytest.raises(StaleError, match="already rejected, by Dana a moment ago"):
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))


def test_who_asked_and_may_not_decide_any_more_can_still_withdraw_it(world: World) -> None:
    proposal_id = world.propose("U_MANAGER_S01")
    demoted = [one | ({"role": "staff"} if one["user_id"] == "U_MANAGER_S01" else {}) for one in MEMBERS]
    world.directory.replace_members(demoted)
    with pytest.raises(RefusedError):
        world.proposals.approve(proposal_id, world.scope("U_MANAGER_S01"))
    with pytest.raises(RefusedError):
        world.proposals.reject(proposal_id, world.scope("U_STAFF_S01"))
    view = world.proposals.reject(proposal_id, world.scope("U_MANAGER_S01"), "asked by mistake")
    assert (view.status, view.decided_by, view.decision_reason) == ("cancelled", "U_MANAGER_S01", "asked by mistake")
    with pytest.raises(StaleError, match="withdrawn, by Manager S01"):
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"percent": Decimal(-95)}, "between -90 % and"),
        ({"percent": Decimal(250)}, "between -90 % and"),
        ({"percent": None, "price": Decimal(0)}, "above zero"),
        ({"percent": None, "price": Decimal(-1)}, "above zero"),
        ({"percent": None, "price": Decimal("3.99")}, "already 3.99"),
        ({"percent": None, "price": None}, "either a percentage or a new price"),
        ({"price": Decimal(1)}, "either a percentage or a new price"),
        ({"variant_id": "X"}, "do not know that product"),
        ({"variant_id": "VGONE"}, "not on sale"),
    ],
)
def test_what_cannot_be_proposed_is_said_plainly(world: World, changes: dict[str, object], words: str) -> None:
    world.pos.set_price("V1", "S01", "3.99")
    with pytest.raises(BadArgumentError, match=words):
        world.proposals.propose(draft(**changes), world.scope("U_OWNER"), tool_call_id="c")
    assert world.proposals.find(world.scope("U_OWNER")) == []


def test_an_end_in_the_past_is_refused(world: World) -> None:
    with pytest.raises(BadArgumentError, match="already past"):
        world.propose(until=world.clock.now())


def test_a_pos_that_does_not_answer_leaves_no_proposal(world: World) -> None:
    world.pos.offline = True
    with pytest.raises(ToolError, match="could not read the price of Oat Milk V1"):
        world.propose()
    assert world.proposals.find(world.scope("U_OWNER")) == []


def test_a_store_without_a_connection_says_so(world: World) -> None:
    world.catalogue.connection = ""
    with pytest.raises(ToolError, match="no POS connection"):
        world.propose()


def test_unknown_ids_and_statuses_are_named(world: World) -> None:
    with pytest.raises(BadInputError, match="no proposal “p_none”"):
        world.proposals.view("p_none")
    with pytest.raises(BadInputError, match="“done” is not one of pending"):
        world.proposals.find(world.scope("U_OWNER"), "done")


def payload(**changes: object) -> PriceChange:
    values = {
        "connection": "square",
        "store_id": "S01",
        "store_name": "Market Street",
        "store_external_id": "S01",
        "variant_id": "V1",
        "variant_external_id": "V1",
        "product": "Oat Milk ☃",
        "sku": "1",
        "currency": "USD",
        "before": "3.99",
        "after": "3.39",
        "percent": "-15.0",
    }
    return PriceChange.model_validate({**values, **changes})


@given(
    st.decimals(min_value="0.01", max_value=10_000, places=2),
    st.decimals(min_value="0.01", max_value=10_000, places=2),
    st.text(max_size=30),
)
def test_a_payload_hashes_the_same_after_a_round_trip_and_differently_after_any_edit(
    before: Decimal, after: Decimal, product: str
) -> None:
    one = payload(before=str(before), after=str(after), product=product)
    again = parse_payload("price_change", one.document())
    assert again.sha256() == one.sha256() == sha256_of(dict(reversed(one.document().items())))
    edited = one.model_copy(update={"after": str(after + Decimal("0.01"))})
    assert edited.sha256() != one.sha256()
    assert idempotency_key("p", edited.sha256()) != idempotency_key("p", one.sha256())
    there_and_back = one.inverse(reason="", reference="").inverse(reason="", reference="")
    assert (there_and_back.before, there_and_back.after) == (one.before, one.after)


@given(st.decimals(min_value="-5", max_value=500, places=2), st.decimals(min_value="0.01", max_value=100, places=2))
def test_bounds_let_through_only_real_changes_in_range(after: Decimal, before: Decimal) -> None:
    fine = check_bounds(before, after, ProposalSettings()) == ""
    assert fine is (after > 0 and after != before and -90 <= (after - before) / before * 100 <= 200)


def test_canonical_text_does_not_depend_on_key_order_and_keeps_decimals_exact() -> None:
    assert canonical_json({"b": Decimal("1.10"), "a": "ü"}) == '{"a":"ü","b":"1.10"}'


def test_the_card_says_what_its_money_was_reckoned_from_and_which_receipt_has_the_figures(world: World) -> None:
    world.catalogue.units = Decimal("12.5")
    proposal_id = world.propose(live="3.99")
    label = StoreLabel("S01", "Market Street", "America/New_York")
    view = world.proposals.view(proposal_id)
    shown = repr(compose_card(view, label).best)
    assert "Moves about $7.50 a week (12.5 sold in an average week of the last four) · medium risk" in shown
    assert "receipt" not in shown
    receipts = Receipts(world.database)
    receipt_id = receipts.save("answer", "U_OWNER", "T1", {"proposals": [proposal_id]})
    receipts.save("followup", "floorwalker", "T1", {"proposals": [proposal_id]})
    receipts.save("answer", "U_OWNER", "T1", {"proposals": [proposal_id]})
    assert f"· receipt {receipt_id}" in repr(compose_card(world.proposals.view(proposal_id), label).best)


class BookedPos(LedgerPos):
    """A till system in which a price book decides this price."""

    def preview(self, action: Action) -> Preview:
        return replace(
            super().preview(action), problem="The price book “Staff” already sets this price. Change it there."
        )


def test_what_the_pos_would_refuse_is_not_proposed(world: World) -> None:
    booked = BookedPos(world.home / "pos.sqlite")
    world.proposals._drafting._ground.readers["square"] = booked  # type: ignore[index]
    world.pos.set_price("V1", "S01", "3.99")
    with pytest.raises(ToolError, match="The price book “Staff” already sets this price"):
        world.proposals.propose(draft(), world.scope("U_OWNER"), tool_call_id="c1")


@pytest.mark.parametrize(("hour", "day", "ok"), [(3, 22, True), (3, 21, False), (6, 22, False)])
def test_the_day_an_order_is_wanted_is_one_of_the_store(tmp_path: Path, hour: int, day: int, ok: bool) -> None:
    """Three o'clock in London is still the evening before in New York."""
    stocked = Stocked(tmp_path)
    stocked.clock.at = datetime(2026, 11, 23, hour, tzinfo=UTC)
    draft = OrderDraft("S01", "SUP1", (DraftLine("V1", Decimal(6)),), date(2026, 11, day), "")
    if ok:
        assert stocked.proposals.propose(draft, stocked.scope("U_OWNER"), tool_call_id="").status == "pending"
    else:
        with pytest.raises(ToolError, match="already past"):
            stocked.proposals.propose(draft, stocked.scope("U_OWNER"), tool_call_id="")
    stocked.close()


@pytest.mark.parametrize(
    ("kind", "basis"),
    [
        ("stock_adjust", "at a cost of 1.2 USD each"),
        ("promotion_create", "39.90 USD net in an average week of the last four"),
        ("product_flags", "199.50 USD net in an average week of the last four"),
        ("transfer", ""),
    ],
)
def test_what_each_kind_is_reckoned_from_is_recorded(tmp_path: Path, kind: str, basis: str) -> None:
    stocked = Stocked(tmp_path)
    stock_up(stocked.pos)
    filed = stocked.proposals.propose(DRAFTS[kind], stocked.scope("U_OWNER"), tool_call_id="")
    assert stocked.proposals.view(filed.proposal_id).basis == basis
    stocked.close()


class Stocked(World):
    """A world whose point of sale holds more than prices."""

    def open_pos(self) -> LedgerShop:
        return LedgerShop(self.home / "pos.sqlite")


def test_a_change_that_equals_one_of_today_says_so_and_is_not_stopped(tmp_path: Path) -> None:
    stocked = Stocked(tmp_path)
    stock_up(stocked.pos)
    label = StoreLabel("S01", "Market Street", "America/New_York")

    def filed() -> ProposalView:
        receipt = stocked.proposals.propose(DRAFTS["transfer"], stocked.scope("U_OWNER"), tool_call_id="")
        return stocked.proposals.view(receipt.proposal_id)

    first = filed()
    assert first.same_as == ""
    stocked.proposals.approve(first.id, stocked.scope("U_OWNER"))
    second = filed()
    assert second.id != first.id
    assert f"The same was approved within the last day already ({first.id})" in repr(compose_card(second, label).best)
    stocked.proposals.reject(second.id, stocked.scope("U_OWNER"))
    stocked.clock.pass_time(days=1)
    assert filed().same_as == "", "goods go the same way again on another day"
    stocked.close()
