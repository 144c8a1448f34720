"""``followups list``, ``followups digest`` and ``audit verify --anchor``, as they are typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.commands import run
from agent.control import Invocation
from agent.db.tables import Followup
from agent.errors import BadInputError
from agent.settings import read_settings
from agent.wiring import Application
from connectors.mirror.open import open_mirror

_STORES = (
    "INSERT INTO store (store_id, name, timezone, currency, active)"
    " SELECT id, 'Store ' || id, 'America/New_York', 'USD', true FROM (VALUES ('S01'), ('S02')) v(id)"
)
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


@pytest.fixture
def application(tmp_path: Path) -> Application:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        mirror.writer.execute_bulk(lambda connection: connection.execute(_STORES)).result()
    settings = read_settings(home=tmp_path, members="U_OWNER=owner;U_M=store_manager:S01", channels=" ")
    return Application(settings)


def test_the_followups_of_ones_stores_are_listed_and_summed(application: Application) -> None:
    with application as open_application:
        with open_application.database.session() as session:
            for store in ("S01", "S02"):
                session.add(Followup(proposal_id=f"p_{store}", due="day", store_id=store, due_at=NOW, status="waiting"))
        listed = run(open_application, Invocation("followups.list", {}, "U_M"))
        assert [(one["proposal_id"], one["status"]) for one in listed] == [("p_S01", "waiting")]
        with pytest.raises(BadInputError, match="--store"):
            run(open_application, Invocation("followups.list", {"store": "S02"}, "U_M"))
        digest = run(open_application, Invocation("followups.digest", {"week": "2026-11-25"}, "U_M"))
        assert digest["text"].splitlines()[0] == "What became of proposals at Store S01, 23–29 Nov"
        with pytest.raises(BadInputError, match="--store: name a store"):
            run(open_application, Invocation("followups.digest", {}, "U_OWNER"))
        with pytest.raises(BadInputError, match="--week"):
            run(open_application, Invocation("followups.digest", {"week": "soon"}, "U_M"))


def test_verify_takes_anchors_and_refuses_what_is_none(application: Application) -> None:
    with application as open_application:
        with open_application.database.session() as session:
            event = open_application.audit.append(
                session, subject="proposal", subject_id="p", event="approved", actor="U", at=NOW
            )
        open_application.audit.anchor(event)
        good = {"anchors": [f"1:{event.hash}"]}
        assert run(open_application, Invocation("audit.verify", good))["ok"]
        found = run(open_application, Invocation("audit.verify", {"anchors": [f"2:{event.hash}"]}))
        assert (found["ok"], found["message"]) == (False, "Event 2 is missing at the end.")
        with pytest.raises(BadInputError, match="--anchor"):
            run(open_application, Invocation("audit.verify", {"anchors": ["1:abc"]}))
