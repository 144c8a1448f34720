"""A day played by the stand-in POS arrives over Square's protocol exactly as the original rows have it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.demo_process import TODAY, Demo, floorwalker, is_bot, text_of, wait_for
from tests.support.sample_truth import Truth

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.full]

DAY = date.fromisoformat(TODAY)
STORES = ("S01", "S02", "S03", "S04", "S05")


def test_a_played_day_equals_the_original_rows_and_a_later_morning_is_briefed_on_it(
    loaded_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(loaded_home, home)
    demo = Demo(home, "--speed", "4000")
    try:
        wait_for(
            lambda: len([m for m in demo.roots("C_S01") if is_bot(m)]) >= 2 or None, 90, "the next morning's briefing"
        )
        arguments = json.dumps({"period": TODAY, "by": "store", "metrics": ["net_sales", "transactions"]})
        figures = json.loads(floorwalker("tool", "sales_summary", "--args", arguments, "--json", home=home).stdout)
        briefing = text_of([m for m in demo.roots("C_S01") if is_bot(m)][1])
    finally:
        demo.stop()
    truth = Truth(home, DAY)
    shown = {(f["group"]["store"], f["metric"]): f["value"] for f in figures["figures"] if "store" in f["group"]}
    for store in STORES:
        assert shown[store, "net_sales"] == str(truth.net_sales(store, DAY, DAY))
        assert shown[store, "transactions"] == str(truth.transactions(store, DAY, DAY))
    # At this pace a busy machine may miss a morning, and a missed one is left out; the one that came must be right.
    heading = re.search(r"\w{3} \d{1,2} \w{3} \d{4}", briefing)
    assert heading is not None
    told = datetime.strptime(heading[0], "%a %d %b %Y").replace(tzinfo=UTC).date() - timedelta(days=1)
    assert told >= DAY
    assert f"${truth.net_sales('S01', told, told):,.2f}" in briefing
    truth.close()
