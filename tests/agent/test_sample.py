"""Which sample a demo starts from: its own, a copy of the one that came with the installation, or a fresh one."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from agent.clock import FixedClock
from agent.sample import open_shop, opening, sample_day
from connectors.mirror.open import open_mirror
from connectors.sandbox.sample.load import FACTS, load_sample
from connectors.sandbox.sample.prepared import MIRROR, shop_file
from tests.support.shared_sample import TODAY, copy_sample

LATER = TODAY + timedelta(days=9)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("installation") / "sample"
    copy_sample(home)
    return home


def test_an_empty_folder_gets_the_prepared_sample_and_needs_no_loading(prepared: Path, tmp_path: Path) -> None:
    left = shop_file(tmp_path)
    left.parent.mkdir()
    left.write_bytes(b"the shop of a mirror that is gone")
    assert sample_day(tmp_path, prepared, LATER, forced=False) == TODAY
    with open_mirror(tmp_path / MIRROR) as mirror, open_mirror(prepared / MIRROR, read_only=True) as original:
        report = load_sample(mirror, tmp_path, TODAY)
        (taken,), (given,) = (
            one.reader.query("SELECT COUNT(*), SUM(sale_net_minor) FROM store_day").rows for one in (mirror, original)
        )
    assert (report.loaded, report.today, taken) == (False, TODAY, given)
    assert (report.sales, report.lines) == (129135, 1210561)


def test_its_shop_sells_what_came_after_that_day(prepared: Path, tmp_path: Path) -> None:
    assert sample_day(tmp_path, prepared, LATER, forced=False) == TODAY
    noon = opening(LATER) + timedelta(hours=12)
    feed, shop = open_shop(tmp_path, FixedClock(noon), TODAY)
    try:
        assert shop.play() == len(list(feed.orders(opening(TODAY), noon))) > 1_000
        assert len(shop.locations()["locations"]) == 5
    finally:
        shop.close()
        feed.close()


@pytest.mark.parametrize(
    ("day", "forced"),
    [
        pytest.param(LATER, True, id="another day was asked for"),
        pytest.param(TODAY - timedelta(days=1), False, id="it is of a day to come"),
        pytest.param(TODAY + timedelta(days=31), False, id="it is older than a month"),
    ],
)
def test_a_prepared_sample_of_the_wrong_day_is_left_alone(
    prepared: Path, tmp_path: Path, day: date, forced: bool
) -> None:
    assert sample_day(tmp_path, prepared, day, forced=forced) == day
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_sample_keeps_it(prepared: Path, tmp_path: Path) -> None:
    own = LATER - timedelta(days=1)
    (tmp_path / MIRROR).write_bytes(b"its own")
    (tmp_path / FACTS).write_text(json.dumps({"today": own.isoformat()}), encoding="utf-8")
    assert sample_day(tmp_path, prepared, LATER, forced=False) == own
    assert (tmp_path / MIRROR).read_bytes() == b"its own"


def test_an_installation_without_a_whole_sample_is_as_good_as_none(prepared: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert sample_day(home, tmp_path / "nothing", TODAY, forced=False) == TODAY
    torn = tmp_path / "torn"
    torn.mkdir()
    shutil.copyfile(prepared / FACTS, torn / FACTS)
    shutil.copyfile(prepared / MIRROR, torn / MIRROR)
    assert sample_day(home, torn, TODAY, forced=False) == TODAY
    assert list(home.iterdir()) == []


def test_a_prepared_sample_that_is_being_loaded_is_not_taken(prepared: Path, tmp_path: Path) -> None:
    busy, home = tmp_path / "busy", tmp_path / "home"
    shutil.copytree(prepared, busy)
    home.mkdir()
    for log in (f"{MIRROR}.wal", "sandbox/pos.sqlite-wal"):
        (busy / log).touch()
        assert sample_day(home, busy, TODAY, forced=False) == TODAY
        assert list(home.iterdir()) == []
        (busy / log).unlink()
