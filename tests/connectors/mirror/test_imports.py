"""A process that opens a mirror holds no pandas unless it uses it, and can use it then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_OPENS = """
import sys
from pathlib import Path
from connectors.mirror.open import open_mirror
with open_mirror(Path(sys.argv[1])) as mirror:
    print(mirror.reader.query("SELECT $one AS one", {"one": 1}).rows, "pandas" in sys.modules)
import duckdb
import pandas
frame = duckdb.sql("SELECT 1 AS a, NULL::INTEGER AS b").df()
print(type(frame) is pandas.DataFrame, frame["b"].isna().all(), sys.modules["pandas"] is pandas)
"""


def test_a_mirror_is_opened_without_pandas_which_works_afterwards(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _OPENS, str(tmp_path / "mirror.duckdb")]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert said.split("\n")[:2] == ["[(1,)] False", "True True True"]
