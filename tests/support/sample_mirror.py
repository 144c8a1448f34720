"""The loaded sample, once per test process, and the source's own figures to compare it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors.mirror.open import Mirror, open_mirror
from connectors.sandbox.sample.load import SampleReport, load_sample
from connectors.sandbox.sample.world import source_folder
from tests.support.shared_sample import TODAY, copy_sample

__all__ = ["TODAY", "SampleWorld", "loaded_sample"]


@dataclass(frozen=True, slots=True)
class SampleWorld:
    """A loaded mirror, its state folder, and a connection of its own over the original files."""

    mirror: Mirror
    home: Path
    report: SampleReport
    original: duckdb.DuckDBPyConnection


@contextmanager
def loaded_sample(home: Path) -> Iterator[SampleWorld]:
    """Put the sample into ``home``; ``original`` has views ``t`` (local dates moved by weeks), ``p`` and ``map``."""
    copy_sample(home)
    with open_mirror(home / "mirror.duckdb") as mirror, duckdb.connect(":memory:") as original:
        report = load_sample(mirror, home, TODAY)
        folder = source_folder()
        original.execute("SET TimeZone = 'UTC'")
        original.execute(
            f"""CREATE VIEW t AS SELECT *,
                CAST((transaction_timestamp AT TIME ZONE 'UTC') AT TIME ZONE 'America/New_York' AS DATE)
                + {7 * report.shift_weeks} AS day FROM read_parquet('{folder}/transactions.parquet');
            CREATE VIEW p AS SELECT * FROM read_parquet('{folder}/products.parquet');
            CREATE VIEW map AS SELECT store_id AS demo, original_store_id AS store_id
              FROM read_csv('{home}/sample-stores.csv')"""
        )
        yield SampleWorld(mirror, home, report, original)
