"""The forms in which files come out of spreadsheets and tills: read exactly, or refused with a reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.errors import InputError
from connectors.files import LoadReport, load_folder
from connectors.files.lines import count_lines, record_starts
from connectors.mirror.open import Mirror, open_mirror
from tests.support.examples import examples

HEAD = "category_id,name\n"
NOW = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


def load(mirror: Mirror, tmp_path: Path, content: str | bytes, table: str = "category") -> LoadReport:
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    (folder / f"{table}.csv").write_bytes(data)
    return load_folder(mirror, folder, now=NOW)


def names(mirror: Mirror) -> list[tuple[object, ...]]:
    return list(mirror.reader.query("SELECT category_id, name FROM category ORDER BY 1").rows)


def aside(report: LoadReport) -> list[tuple[int, str]]:
    if report.report is None:
        return []
    with report.report.open(encoding="utf-8", newline="") as text:
        return [(int(row["line"]), row["reason"]) for row in csv.DictReader(text)]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "a,A\nb,B\n",
        HEAD + "a,A\nb,B",
        "\ufeff" + HEAD + "a,A\nb,B\n",
        (HEAD + "a,A\nb,B\n").replace("\n", "\r\n"),
        (HEAD + "a,A\nb,B\n").replace("\n", "\r"),
        (HEAD + "a,A\nb,B\n").replace(",", ";"),
        (HEAD + "a,A\nb,B\n").replace(",", "\t"),
        HEAD + '"a","A"\n"b","B"\n',
        HEAD + ' a , A\n"b", "B" \n',
        "category_id,name,\na,A,\nb,B,\n",
        "category_id,name,,,\na,A,,,\nb,B,,,\n",
        HEAD + "a,A,\nb,B,\n",
        HEAD + "\na,A\n\n\nb,B\n\n",
    ],
)
def test_the_same_rows_in_many_forms(mirror: Mirror, tmp_path: Path, text: str) -> None:
    report = load(mirror, tmp_path, text)
    assert names(mirror) == [("a", "A"), ("b", "B")]
    assert report.rows == report.loaded == {"category": 2}
    assert report.report is None


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        (HEAD + "a,A\nb\n", ["a"], [3]),
        (HEAD + "a,A\nb", ["a"], [3]),
        (HEAD + "a,A\nb,B,x\nc,C\n", ["a", "c"], [3]),
        (HEAD + 'a,"A"x\nb,B\n', ["b"], [2]),
        (HEAD + 'a,A 5" pipe\nb,B\n', ["a", "b"], []),
        (HEAD + 'a,"A\n\n1"\n,B\nc,C\n', ["a", "c"], [5]),
        (HEAD + "\n\na\n\n,B\nc,C\n", ["c"], [4, 6]),
        (HEAD + 'a,"say ""A""\nand B"\nb\n,"x\ny"\nc,C\n,D\n', ["a", "c"], [4, 5, 8]),
    ],
)
def test_lines_are_named_as_an_editor_shows_them(
    mirror: Mirror, tmp_path: Path, text: str, good: list[str], bad: list[int]
) -> None:
    report = load(mirror, tmp_path, text)
    assert [name for name, _ in names(mirror)] == good
    assert [line for line, _ in aside(report)] == bad
    assert report.rows["category"] == len(good) + len(bad)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "is empty"),
        (HEAD + 'a,A\nb,"B\nc,C\n', "line 3: a quote is opened and never closed"),
        (HEAD + 'a,A\nb,"B\n', "line 3: a quote is opened and never closed"),
        ((HEAD + "a,Ä\n").encode("latin-1"), "UTF-8"),
        ((HEAD + "a,A\n" * 20_000 + "a,Ä\n").encode("latin-1"), "line 20002, is not UTF-8"),
        ((HEAD + "a,A\n").encode("utf-16"), "UTF-8"),
        (HEAD + "a,A\r\nb,B\nc,C\r\n", "line ends"),
        ("name\nA\n", "“category_id” is required"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused(
    mirror: Mirror, tmp_path: Path, content: str | bytes, part: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(mirror, tmp_path, content)
    assert part in caught.value.user_message
    assert "category.csv" in caught.value.user_message
    assert names(mirror) == []


def test_a_header_alone_loads_nothing(mirror: Mirror, tmp_path: Path) -> None:
    for text in (HEAD, HEAD.strip()):
        report = load(mirror, tmp_path, text)
        assert report.rows == {"category": 0}
        assert report.warning == ""


@pytest.mark.parametrize(
    ("column", "cell", "part"),
    [
        ("unit_cost", "1,234.50", "thousands separators"),
        ("unit_cost", "1 234.50", "thousands separators"),
        ("unit_cost", "$4", "must be a decimal number"),
        ("unit_cost", "4,5", "must be a decimal number"),
        ("unit_cost", "123456789012345678", "fits DECIMAL(18,4)"),
        ("valid_from_at", "03/04/2026", "local form"),
        ("valid_from_at", "3.4.2026 10:00", "local form"),
        ("valid_from_at", "soon", "must be an instant"),
        ("simulated", "maybe", "true or false"),
    ],
)
def test_a_cell_in_a_local_form_is_set_aside_with_the_reason(
    mirror: Mirror, tmp_path: Path, column: str, cell: str, part: str
) -> None:
    report = load(mirror, tmp_path, f'variant_id,{column}\nV1,"{cell}"\n', "cost")
    assert report.quarantined == {"cost": 1}
    assert part in aside(report)[0][1]


@pytest.mark.parametrize("cell", ["1.234.567", "1,000", "12.5", "0x1F", "1_000", "1e3", "9223372036854775808"])
def test_minor_units_are_whole_numbers(mirror: Mirror, tmp_path: Path, cell: str) -> None:
    report = load(mirror, tmp_path, f'supplier_id,min_order_minor\nS,"{cell}"\n', "supplier")
    assert report.quarantined == {"supplier": 1}
    assert "minor units" in aside(report)[0][1]


_CELL = st.text(alphabet='ab,;"\n\r x', max_size=6)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_CELL, _CELL), max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str]], line_end: str, every: bool
) -> None:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    writer = csv.writer(text, lineterminator=line_end, quoting=quoting)
    writer.writerow(["category_id", "name"])
    expected = []
    for number, (first, second) in enumerate(rows):
        inner = [cell.replace("\r", "").replace("\n", line_end) for cell in (first, second)]
        writer.writerow([f"k{number}{inner[0]}", f"n{inner[1]}"])
        expected.append((f"k{number}{inner[0]}".strip(" "), f"n{inner[1]}".strip(" ")))
    (tmp_path / "one.duckdb").unlink(missing_ok=True)
    with open_mirror(tmp_path / "one.duckdb") as mirror:
        report = load(mirror, tmp_path, text.getvalue())
        assert sorted(names(mirror)) == sorted(expected)
        assert report.rows == report.loaded
    path = tmp_path / "files" / "category.csv"
    assert sum(1 for _ in record_starts(path, ",")) == len(rows) <= count_lines(path)


def test_the_place_is_right_far_into_a_large_file(mirror: Mirror, tmp_path: Path) -> None:
    with duckdb.connect(":memory:") as engine:
        folder = tmp_path / "files"
        folder.mkdir()
        engine.execute(
            f"""COPY (SELECT 'c' || i AS category_id,
                CASE WHEN i IN (9, 200000, 299999) THEN NULL ELSE repeat('n', 100) || i END AS name
                FROM range(300000) r(i))
            TO '{folder / "category.csv"}' (HEADER)"""
        )
    report = load_folder(mirror, folder, now=NOW)
    assert [line for line, _ in aside(report)] == [11, 200_002, 300_001]
    assert report.loaded == {"category": 299_997}


def test_parquet_of_other_types_is_cast_and_nested_types_are_refused(mirror: Mirror, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    with duckdb.connect(":memory:") as engine:
        engine.execute(
            f"""COPY (SELECT 'S' AS supplier_id, CAST(1500 AS DOUBLE) AS min_order_minor, 3 AS lead_days_mean
            UNION ALL SELECT 'T', 10.5, 4) TO '{folder / "supplier.parquet"}' (FORMAT parquet)"""
        )
        report = load_folder(mirror, folder, now=NOW)
        assert report.quarantined == {"supplier": 1}
        assert [line for line, _ in aside(report)] == [2]
        assert mirror.reader.query("SELECT min_order_minor FROM supplier").rows == [(1500,)]
        for value in ("['a']", "{'a': 1}", "MAP {'a': 1}"):
            engine.execute(
                f"COPY (SELECT 'S' AS supplier_id, {value} AS name) TO '{folder / 'supplier.parquet'}' (FORMAT parquet)"
            )
            with pytest.raises(InputError, match="“name” holds"):
                load_folder(mirror, folder)
