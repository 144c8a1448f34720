"""Bad rows are set aside with their place and reason; everything good is loaded, and every row is accounted for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.errors import InputError
from connectors.files import LoadReport, load_folder
from connectors.mirror.open import Mirror, open_mirror
from tests.connectors.files.test_load_folder import LINE, MEMBER, SALE, STORE, VARIANT, contents

NOW = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "files"
    path.mkdir()
    for name, text in {"store": STORE, "variant": VARIANT, "sale": SALE, "sale_line": LINE}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def listed(report: LoadReport) -> list[tuple[str, int, str, str]]:
    """(file, line, column, value) of the list of rows set aside; every row has a reason."""
    assert report.report is not None
    with report.report.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert all(row["reason"] for row in rows)
    return [(row["file"], int(row["line"]), row["column"], row["value"]) for row in rows]


def accounted(report: LoadReport) -> bool:
    return all(
        count == report.loaded[name] + report.unchanged[name] + report.quarantined.get(name, 0)
        for name, count in report.rows.items()
    )


def stored(mirror: Mirror, sql: str) -> list[object]:
    return [row[0] for row in mirror.reader.query(sql).rows]


def test_a_bad_row_is_set_aside_and_the_rest_is_loaded(mirror: Mirror, folder: Path) -> None:
    (folder / "variant.csv").write_text(VARIANT.replace("V2,P2", ",P2") + "V3,P3,each\n")
    report = load_folder(mirror, folder, now=NOW)
    assert stored(mirror, "SELECT variant_id FROM variant ORDER BY 1") == ["V1", "V3"]
    assert report.quarantined == {"variant": 1}
    assert report.rows["variant"] == 3
    assert accounted(report)
    assert listed(report) == [("variant.csv", 3, "variant_id", "")]
    assert report.report == mirror.path.parent / "reports" / "load-report-20260309T083000Z.csv"
    assert report.warning.startswith("Some rows were set aside and not loaded (1 of 3 in variant)")
    assert str(report.report) in report.warning


def test_every_bad_cell_of_a_row_is_listed_once(mirror: Mirror, folder: Path) -> None:
    (folder / "store.csv").write_text(STORE + "C,,Nowhere,eur\n")
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"store": 1}
    assert listed(report) == [
        ("store.csv", 4, "currency", "eur"), ("store.csv", 4, "name", ""), ("store.csv", 4, "timezone", "Nowhere"),
    ]  # fmt: skip


def test_a_document_with_one_bad_line_is_set_aside_whole(mirror: Mirror, folder: Path) -> None:
    (folder / "sale_line.csv").write_text(LINE.replace("s1,2,V2,0.535", "s1,2,V2,half"))
    (folder / "tender.csv").write_text(
        "tender_id,sale_id,kind,amount_minor\nt1,s1,cash,1300\nt2,s2,cash,900\nt3,s1,card,\n"
    )
    (folder / "sale_discount.csv").write_text("sale_id,line_no,seq,amount_minor\ns1,1,1,100\n")
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale": 1, "sale_line": 2, "sale_discount": 1, "tender": 2}
    assert accounted(report)
    for table in ("sale", "sale_line", "sale_discount", "tender"):
        assert "s1" not in stored(mirror, f"SELECT sale_id FROM {table}")
    assert stored(mirror, "SELECT sale_id FROM sale ORDER BY 1") == ["r1", "s2"]
    found = listed(report)
    assert ("sale_line.csv", 3, "quantity", "half") in found
    assert ("sale_line.csv", 2, "sale_id", "s1") in found
    assert ("tender.csv", 4, "sale_id", "s1") in found
    assert "sale_line.csv, line 3" in (report.report or Path()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("sale.csv", "s3,Z,2026-03-05T00:30:00Z,sale"),
        ("sale.csv", "s3,A,yesterday,sale"),
        ("sale.csv", "s3,A"),
    ],
)
def test_lines_of_a_sale_set_aside_go_with_it(mirror: Mirror, folder: Path, name: str, row: str) -> None:
    with (folder / name).open("a") as text:
        text.write(row + "\n")
    with (folder / "sale_line.csv").open("a") as text:
        text.write("s3,1,V1,1,100,,,\n")
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale": 1, "sale_line": 1}
    assert "s3" not in stored(mirror, "SELECT sale_id FROM sale UNION SELECT sale_id FROM sale_line")
    assert stored(mirror, "SELECT count(*) FROM sale_line") == [4]
    assert accounted(report)


def test_a_line_that_cannot_be_read_takes_its_document_along(mirror: Mirror, folder: Path) -> None:
    (folder / "sale_line.csv").write_text(LINE.replace("s1,2,V2,0.535,400,,400,", "s1,2,V2"))
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale": 1, "sale_line": 2}
    assert listed(report) == [
        ("sale.csv", 2, "sale_id", "s1"), ("sale_line.csv", 2, "sale_id", "s1"), ("sale_line.csv", 3, "", "s1,2,V2"),
    ]  # fmt: skip


def test_lines_of_no_known_sale_are_set_aside(mirror: Mirror, folder: Path) -> None:
    (folder / "sale_line.csv").write_text(LINE + "s9,1,V1,1,900,,,\n")
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale_line": 1}
    assert listed(report) == [("sale_line.csv", 6, "sale_id", "s9")]


def test_a_store_set_aside_takes_its_sales_along(mirror: Mirror, folder: Path) -> None:
    (folder / "store.csv").write_text(STORE.replace("JPY", "yen"))
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"store": 1, "sale": 1, "sale_line": 1}
    assert stored(mirror, "SELECT DISTINCT store_id FROM sale") == ["A"]


def test_a_copy_is_counted_once_and_harms_nobody(mirror: Mirror, folder: Path) -> None:
    (folder / "sale_line.csv").write_text(LINE + "s2,1,V1,1.0,900,,,\n")
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale_line": 1}
    assert listed(report) == [("sale_line.csv", 6, "", "sale_id s2, line_no 1")]
    assert stored(mirror, "SELECT gross_minor FROM sale_line WHERE sale_id = 's2'") == [900]


def test_a_key_with_two_contents_is_set_aside_with_its_document(mirror: Mirror, folder: Path) -> None:
    (folder / "sale_line.csv").write_text(LINE + "s2,1,V1,1,901,,,\n")
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale": 1, "sale_line": 2}
    assert [row[1] for row in listed(report) if row[0] == "sale_line.csv"] == [4, 6]
    assert stored(mirror, "SELECT sale_id FROM sale ORDER BY 1") == ["r1", "s1"]


def test_a_stored_document_stays_as_it_was_when_its_correction_is_bad(mirror: Mirror, folder: Path) -> None:
    load_folder(mirror, folder)
    before = contents(mirror)
    (folder / "sale_line.csv").write_text(LINE.replace("s1,1,V1,2,1000,100,,", "s1,1,V1,2,1000,100,5,"))
    report = load_folder(mirror, folder, now=NOW)
    assert report.quarantined == {"sale": 1, "sale_line": 2}
    assert contents(mirror) == before
    assert accounted(report)


def test_members_are_replaced_together_or_not_at_all(mirror: Mirror, folder: Path) -> None:
    (folder / "member.csv").write_text(MEMBER.replace("store_manager", "boss"))
    report = load_folder(mirror, folder, now=NOW)
    assert report.members is None
    assert report.quarantined == {"member": 2}
    assert report.rows["sale"] == report.loaded["sale"] == 3


def test_money_is_reconciled_with_the_file(mirror: Mirror, folder: Path) -> None:
    text = LINE.replace("s1,2,V2,0.535,400", "s1,2,V2,half,400").replace("s2,1,V1,1,900", "s2,1,V1,1,9OO")
    (folder / "sale_line.csv").write_text(text)
    report = load_folder(mirror, folder, now=NOW)
    assert report.money["sale_line"]["gross_minor"] == {
        "accepted": -500, "quarantined": 1000 + 400, "unreadable_cells": 1,
    }  # fmt: skip
    assert stored(mirror, "SELECT sum(gross_minor) FROM sale_line") == [-500]


def test_a_second_load_writes_nothing(mirror: Mirror, folder: Path) -> None:
    (folder / "tender.csv").write_text("tender_id,sale_id,kind,amount_minor\nt1,s1,cash,1300\n")
    first = load_folder(mirror, folder)
    before = contents(mirror)
    second = load_folder(mirror, folder)
    assert first.loaded == first.rows
    assert second.unchanged == second.rows == first.rows
    assert set(second.loaded.values()) == {0}
    assert contents(mirror) == before


def test_a_corrected_file_replaces_what_changed_and_only_that(mirror: Mirror, folder: Path) -> None:
    load_folder(mirror, folder)
    (folder / "sale_line.csv").write_text(LINE.replace("s1,2,V2,0.535,400,,400,\n", "").replace("900", "800"))
    report = load_folder(mirror, folder)
    assert (report.loaded["sale_line"], report.unchanged["sale_line"]) == (1, 2)
    assert report.unchanged["sale"] == 3
    days = mirror.reader.query("SELECT store_id, net_minor, lines FROM store_day ORDER BY business_on, 1").rows
    assert days == [("A", Decimal(900), 1), ("B", Decimal(800), 1), ("A", Decimal(-450), 1)]


def test_one_table_alone_can_come_later(mirror: Mirror, folder: Path, tmp_path: Path) -> None:
    load_folder(mirror, folder)
    later = tmp_path / "later"
    later.mkdir()
    (later / "sale_line.csv").write_text(
        "sale_id,line_no,quantity,gross_minor\ns2,1,1,700\ns2,2,1,50\nnone,1,1,50\ns1,1,x,1\ns1,2,1,1\n"
    )
    report = load_folder(mirror, later, now=NOW)
    assert report.quarantined == {"sale_line": 3}
    rows = mirror.reader.query("SELECT sale_id, line_no, gross_minor FROM sale_line ORDER BY 1, 2").rows
    assert rows == [("r1", 1, -500), ("s1", 1, 1000), ("s1", 2, 400), ("s2", 1, 700), ("s2", 2, 50)]
    assert stored(mirror, "SELECT net_minor FROM store_day WHERE store_id = 'B'") == [Decimal(750)]


def test_a_sale_moved_to_another_day_takes_its_unchanged_lines_along(mirror: Mirror, folder: Path) -> None:
    load_folder(mirror, folder)
    (folder / "sale.csv").write_text(SALE.replace("2026-03-05T00:30:00+09:00", "2026-03-07T00:30:00+09:00"))
    report = load_folder(mirror, folder)
    assert (report.loaded["sale"], report.loaded["sale_line"]) == (1, 0)
    days = mirror.reader.query("SELECT CAST(business_on AS VARCHAR) FROM store_day WHERE store_id = 'B'").rows
    assert days == [("2026-03-07",)]
    assert stored(mirror, "SELECT CAST(business_on AS VARCHAR) FROM sale_line WHERE sale_id = 's2'") == ["2026-03-07"]


def test_a_second_list_in_the_same_second_does_not_overwrite_the_first(mirror: Mirror, folder: Path) -> None:
    (folder / "store.csv").write_text(STORE + "C,,UTC,EUR\n")
    reports = {load_folder(mirror, folder, now=NOW).report for _ in range(2)}
    assert len(reports) == 2


def test_a_list_that_cannot_be_written_stops_the_load(mirror: Mirror, folder: Path, tmp_path: Path) -> None:
    (folder / "store.csv").write_text(STORE + "C,,UTC,EUR\n")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, no folder")
    with pytest.raises(InputError) as caught:
        load_folder(mirror, folder, reports=blocked)
    assert "cannot be written" in caught.value.user_message
    assert stored(mirror, "SELECT count(*) FROM store") == [0]


@pytest.mark.parametrize(
    ("name", "before", "after", "column"),
    [
        ("sale", "2026-03-05T00:30:00+09:00", "infinity", "closed_at"),
        ("sale", "2026-03-05T00:30:00+09:00", "-infinity", "closed_at"),
        ("sale", "2026-03-05T00:30:00+09:00", "290000-01-01T00:00:00Z", "closed_at"),
        ("sale_line", "s2,1,V1,1,900", "s2,1,V1,1,9223372036854775807", "gross_minor"),
        ("sale_line", "s2,1,V1,1,900,,", "s2,1,V1,1,-9223372036854775808,1,", "gross_minor"),
    ],
)
def test_what_is_beyond_all_bounds_is_set_aside_and_the_rest_is_loaded(
    mirror: Mirror, folder: Path, name: str, before: str, after: str, column: str
) -> None:
    path = folder / f"{name}.csv"
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    report = load_folder(mirror, folder, now=NOW)
    assert (f"{name}.csv", column) in [(file, at) for file, _, at, _ in listed(report)]
    assert stored(mirror, "SELECT sale_id FROM sale ORDER BY 1") == ["r1", "s1"]
    assert accounted(report)
