from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from connectors.errors import InputError, MirrorBusyError, TerminalError
from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch
from tests.support.mirror_rows import line, sale, store

_HOLDER = """
import sys
from pathlib import Path
from connectors.mirror.open import open_mirror
with open_mirror(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "state" / "mirror.duckdb"
    with open_mirror(path) as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch([store(), sale("s1"), line("s1")])).result(timeout=10)
        version = mirror.reader.snapshot().version
    with open_mirror(path, read_only=True) as mirror:
        assert mirror.writer is None
        assert mirror.reader.snapshot().version == version == 1
        assert mirror.reader.query("SELECT count(*) FROM sale").rows == [(1,)]


def test_reading_where_nothing_was_loaded_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="floorwalker load"):
        open_mirror(tmp_path / "mirror.duckdb", read_only=True)


def test_a_file_held_by_another_process_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for read_only in (False, True):
            with pytest.raises(MirrorBusyError) as caught:
                open_mirror(path, read_only=read_only)
            assert "another floorwalker process" in caught.value.user_message
        holder.communicate("\n", timeout=20)
    open_mirror(path).close()


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    path.write_text("not a database" * 1000)
    with pytest.raises(TerminalError) as caught:
        open_mirror(path)
    assert "damaged or something else" in caught.value.user_message
    with pytest.raises(InputError, match="folder"):
        open_mirror(tmp_path)


def test_a_database_that_is_no_mirror_is_refused_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(TerminalError) as caught:
        open_mirror(path, read_only=True)
    assert "not a mirror" in caught.value.user_message


def test_a_newer_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    open_mirror(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE mirror_meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(TerminalError, match="layout 99"):
        open_mirror(path)


def test_a_sealed_mirror_reads_no_files_and_still_writes(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.reader.query(f"SELECT * FROM read_csv('{secret}')").rows == [(1,)]
        mirror.seal()
        for sql in (f"SELECT * FROM read_csv('{secret}')", "SET enable_external_access = true"):
            with pytest.raises(duckdb.Error):
                mirror.reader.query(sql)
        assert mirror.writer is not None
        mirror.writer.submit(Batch([store()])).result(timeout=10)
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.reader.query("SELECT store_id FROM store").rows == [("S01",)]


_FRUGAL = """
import sys
from pathlib import Path
from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch
from tests.support.mirror_rows import line, sale, store
with open_mirror(Path(sys.argv[1])) as mirror:
    mirror.writer.submit(Batch([store(), sale("s1"), line("s1")])).result(timeout=10)
    found = mirror.reader.query("SELECT sale_id FROM sale WHERE sale_id = $one", {"one": "s1"}).rows
    print(found, sorted({"pandas", "pyarrow"} & set(sys.modules)))
    import duckdb
    frame = duckdb.connect().execute("SELECT 1 AS a, NULL::INTEGER AS b UNION ALL SELECT 2, 3 ORDER BY a").df()
    import pandas
    print(type(frame) is pandas.DataFrame, frame["b"].isna().tolist())
"""


def test_a_mirror_needs_no_pandas_and_does_not_take_it_from_others(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FRUGAL, str(tmp_path / "mirror.duckdb")]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.splitlines() == ["[('s1',)] []", "True [True, False]"]
