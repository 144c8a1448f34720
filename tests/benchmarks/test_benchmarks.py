"""The benchmarks measure what they say they do, at a size that says nothing about speed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent.benchmarks import BENCHMARKS, affinity, audit, files, ingest, loader, readers, scale, scale_mirror, visible
from agent.benchmarks.apart import our_python, run_apart
from agent.benchmarks.chain import write_chain
from agent.benchmarks.ground import Ground
from agent.commands.bench import bench
from agent.control import Invocation
from agent.errors import BadInputError, UnavailableError
from connectors.files import load_folder
from connectors.mirror import rollups
from connectors.mirror.open import open_mirror
from tests.support.shared_sample import copy_sample


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with closing(Ground(tmp_path)) as found:
        yield found


def test_every_benchmark_of_the_mirror_can_be_asked_for() -> None:
    assert {"ingest", "readers", "loader", "files", "visible"} <= set(BENCHMARKS)


def test_the_made_up_chain_is_loaded_whole_and_the_second_time_not_at_all(ground: Ground) -> None:
    report = files.run(ground, lines=6_000)
    assert report["lines"] == 6_000
    assert report["second_load_changed_rows"] == 0
    assert report["ratio"] > 0


def test_the_made_up_chain_is_good_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert write_chain(tmp_path / name, 3_001) == 3_000
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        report = load_folder(mirror, tmp_path / "one", strict=True)
        assert report.rows["sale_line"] == report.loaded["sale_line"] == 3_000
        rolled, stored = mirror.reader.query(
            "SELECT (SELECT sum(net_minor) FROM store_day), (SELECT sum(net_minor) FROM sale_line)"
        ).rows[0]
        assert rolled == stored


def test_ingest_reports_plain_rows_and_documents(ground: Ground) -> None:
    report = ingest.run(ground, batch=600, batches=2)
    assert report["rows_per_second"] > 0
    assert report["documents"]["rows_per_second"] > 0
    with open_mirror(ground.folder / "ingest" / "mirror.duckdb", read_only=True) as mirror:
        counts = mirror.reader.query(
            "SELECT (SELECT count(*) FROM foot_traffic), (SELECT count(*) FROM sale), "
            "(SELECT count(*) FROM sale_line), (SELECT count(*) FROM tender), (SELECT sum(transactions) FROM store_day)"
        ).rows
    assert counts == [(1200, 200, 600, 200, 200)]


@pytest.mark.full
def test_readers_are_timed_quiet_and_while_rows_are_written(ground: Ground) -> None:
    report = readers.run(ground, rounds=12, batch=600)
    assert report["rows_per_second_meanwhile"] > 0
    assert 0 < report["baseline_p50_ms"] <= report["baseline_p95_ms"]


def test_the_recorded_orders_reach_the_mirror_and_dlt_is_not_needed(ground: Ground, tmp_path: Path) -> None:
    report = loader.run(ground, orders=600, baseline=tmp_path / "nowhere")
    assert report["lines_stored"] == report["files"]["lines_stored"] == report["lines"] == 1_800
    assert report["net_minor"] == report["files"]["net_minor"] > 0
    assert "make baselines" in report["baseline"]


@pytest.mark.full
def test_the_association_rules_are_those_that_pandas_counts(ground: Ground) -> None:
    report = affinity.run(ground, lines=60_000)
    assert report["lines"] == 60_000
    assert report["pairs_shown"] > 0
    assert report["same_counts"]


@pytest.mark.full
def test_every_kind_of_event_is_seen(ground: Ground) -> None:
    copy_sample(ground.folder / "sample")
    report = visible.run(ground, rounds=2)
    assert set(report["milliseconds"]) == {"sale", "refund", "count", "price", "clock-in", "clock-out"}
    assert report["events"] == 12
    assert report["ratio"] > 1


def test_the_made_up_audit_chain_is_whole(tmp_path: Path) -> None:
    report = audit.verify_chain(tmp_path / "audit", 2_000)
    assert report["whole"]
    assert report["events"] == 2_000
    assert report["ratio"] > 1


def test_a_side_that_fails_is_said_plainly() -> None:
    with pytest.raises(UnavailableError) as caught:
        run_apart(our_python("agent.benchmarks.files", "load"), "the load")
    assert caught.value.user_message == "bench: the load failed."


@pytest.mark.full
def test_copied_stores_are_what_the_mirror_would_have_rolled_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale_mirror, "_STORES_AT_ONCE", 1)
    path = scale_mirror.write_mirror(tmp_path, 2)
    assert scale_mirror.write_mirror(tmp_path, 2) == path
    touched = [("S0002", scale_mirror.FIRST_ON + timedelta(days=number)) for number in (0, 200, 729)]
    days = ", ".join(f"DATE '{day}'" for _, day in touched)
    with open_mirror(path) as mirror:
        assert mirror.writer is not None

        def rolled() -> list[object]:
            return [
                mirror.reader.query(f"SELECT * FROM {name} WHERE business_on IN ({days}) ORDER BY ALL").rows
                for name in ("store_day", "store_hour", "store_sku_day", "customer_hour", "sku_day")
            ]

        before = rolled()
        mirror.writer.execute_bulk(lambda connection: rollups.refresh(connection, touched)).result()
        assert rolled() == before
    report = scale.ask(tmp_path, 2, "sales last")
    assert {row["same"] for row in report["one_store"].values()} == {True}
    assert {row["same"] for row in report["chain"].values()} == {True}
    assert report["peak_mb"] > 0


def test_a_size_belongs_to_the_benchmark_that_has_one() -> None:
    with pytest.raises(BadInputError) as caught:
        bench(Invocation("bench", {"name": "audit", "lines": 5}))
    assert "scale" in caught.value.user_message
