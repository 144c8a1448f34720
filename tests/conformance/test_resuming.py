"""A pull that was killed goes on where it stopped, and the mirror ends up the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from connectors.base import Entity, Reader
from connectors.errors import TransientError
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import sync_connection
from tests.conformance.broken_readers import Breaking, all_pages
from tests.conformance.conftest import Pull
from tests.conformance.trading import baskets, busy_shop, everything, figures, trade
from tests.support.platforms.rig import Rig


def test_small_pages_are_small(rig: Rig, small_reader: Reader) -> None:
    trade(rig, 5)
    assert len(all_pages(small_reader, Entity.SALE, rig.clock.now())) >= 3


def test_only_the_last_page_of_a_walk_is_the_last(rig: Rig, small_reader: Reader) -> None:
    busy_shop(rig)
    for entity in load_manifest(rig.platform).readable():
        pages = all_pages(small_reader, entity, rig.clock.now())
        assert [page.done for page in pages] == [False] * (len(pages) - 1) + [True], entity


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_a_pull_of_sales_that_broke_off_goes_on_there(
    rig: Rig, mirror: Mirror, pull: Pull, small_reader: Reader, pages: int
) -> None:
    trade(rig, 7)
    pull(entities=[Entity.LOCATION])
    with pytest.raises(TransientError):
        pull(Breaking(small_reader, pages), entities=[Entity.SALE])
    assert "sales" not in mirror.reader.snapshot().sources
    before = figures(mirror).transactions
    assert before < 7
    trade(rig, 2)
    report = pull(small_reader, entities=[Entity.SALE])
    assert figures(mirror) == baskets(9)
    assert report.counts[Entity.SALE].new <= 9 - before
    assert mirror.reader.snapshot().sources["sales"].as_of_at == rig.clock.now()


@pytest.mark.slow
def test_a_pull_of_sales_killed_before_its_last_page_ends_the_same(
    rig: Rig, tmp_path: Path, small_reader: Reader
) -> None:
    busy_shop(rig)
    pages = len(all_pages(small_reader, Entity.SALE, rig.clock.now()))
    assert all(ends_the_same(rig, tmp_path, small_reader, Entity.SALE, [pages - 1]).values())


@pytest.mark.soak
def test_a_pull_killed_at_any_page_ends_the_same(
    rig: Rig, tmp_path: Path, small_reader: Reader, readable_entity: Entity
) -> None:
    busy_shop(rig)
    pages = len(all_pages(small_reader, readable_entity, rig.clock.now()))
    assert all(ends_the_same(rig, tmp_path, small_reader, readable_entity, range(pages)).values())


def ends_the_same(rig: Rig, folder: Path, reader: Reader, entity: Entity, stops: Iterable[int]) -> dict[int, bool]:
    """Whether a pull killed before each of these pages and taken up again fills the mirror like a whole one."""
    same: dict[int, bool] = {}
    until = rig.clock.now()
    before = [
        one for one in load_manifest(rig.platform).readable() if list(Entity).index(one) < list(Entity).index(entity)
    ]
    with open_mirror(folder / "whole.duckdb") as whole:
        sync_connection(reader, whole, until=until)
        wanted = everything(whole)
    for stop in stops:
        with open_mirror(folder / f"killed-{stop}.duckdb") as killed:
            sync_connection(reader, killed, until=until, entities=before)
            with pytest.raises(TransientError):
                sync_connection(Breaking(reader, stop), killed, until=until, entities=[entity])
        with open_mirror(folder / f"killed-{stop}.duckdb") as killed:
            sync_connection(reader, killed, until=until)
            same[stop] = everything(killed) == wanted
    return same
