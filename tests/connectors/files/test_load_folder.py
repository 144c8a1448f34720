from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from connectors.errors import InputError
from connectors.files import load_folder
from connectors.mirror.open import Mirror, open_mirror

STORE = "store_id,name,timezone,currency\nA,Alpha,America/New_York,USD\nB,Beta,Asia/Tokyo,JPY\n"
VARIANT = "variant_id,product_id,unit_of_measure\nV1,P1,\nV2,P2,kg\n"
SALE = (
    "sale_id,store_id,closed_at,kind\n"
    "s1,A,2026-03-04T23:30:00-05:00,\n"
    "s2,B,2026-03-05T00:30:00+09:00,sale\n"
    "r1,A,2026-03-06T12:00:00Z,return\n"
)
LINE = (
    "sale_id,line_no,variant_id,quantity,gross_minor,discount_minor,net_minor,is_return\n"
    "s1,1,V1,2,1000,100,,\n"
    "s1,2,V2,0.535,400,,400,\n"
    "s2,1,V1,1,900,,,\n"
    "r1,1,V1,-1,-500,-50,-450,true\n"
)
MEMBER = "user_id,role,stores,name,approve_limit_minor\nU1,owner,,Olga,\nU2,store_manager,A;B,Max,50000\n"


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "files"
    path.mkdir()
    for name, text in {"store": STORE, "variant": VARIANT, "sale": SALE, "sale_line": LINE, "member": MEMBER}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def contents(mirror: Mirror) -> dict[str, list[tuple[object, ...]]]:
    names = ("store", "variant", "sale", "sale_line", "store_day", "store_hour", "store_sku_day")
    return {name: sorted(mirror.reader.query(f"SELECT * FROM {name}").rows, key=str) for name in names}


def test_a_folder_becomes_rows_rollups_and_members(mirror: Mirror, folder: Path) -> None:
    report = load_folder(mirror, folder)
    assert report.rows == {"store": 2, "variant": 2, "sale": 3, "sale_line": 4, "member": 2}
    assert report.members == [
        {"user_id": "U1", "role": "owner", "stores": [], "name": "Olga", "approve_limit_minor": None},
        {"user_id": "U2", "role": "store_manager", "stores": ["A", "B"], "name": "Max", "approve_limit_minor": 50000},
    ]
    rows = mirror.reader.query(
        "SELECT store_id, CAST(business_on AS VARCHAR), net_minor, returns_minor, transactions, units FROM store_day "
        "ORDER BY business_on, store_id"
    ).rows
    assert rows == [
        ("A", "2026-03-04", Decimal(1300), Decimal(0), 1, Decimal(2)),
        ("B", "2026-03-05", Decimal(900), Decimal(0), 1, Decimal(1)),
        ("A", "2026-03-06", Decimal(-450), Decimal(450), 0, Decimal(-1)),
    ]
    assert mirror.reader.query("SELECT DISTINCT store_id, currency FROM sale ORDER BY 1").rows == [
        ("A", "USD"),
        ("B", "JPY"),
    ]
    assert mirror.reader.snapshot().sources["sales"].as_of_at.isoformat() == "2026-03-06T12:00:00+00:00"


def test_loading_twice_changes_nothing(mirror: Mirror, folder: Path) -> None:
    load_folder(mirror, folder)
    before = contents(mirror)
    load_folder(mirror, folder)
    assert contents(mirror) == before


def test_a_corrected_file_replaces_by_natural_key(mirror: Mirror, folder: Path) -> None:
    load_folder(mirror, folder)
    (folder / "sale_line.csv").write_text(LINE.replace("s1,1,V1,2,1000,100", "s1,1,V1,2,2000,100"))
    load_folder(mirror, folder)
    found = mirror.reader.query("SELECT net_minor FROM store_day WHERE business_on = DATE '2026-03-04'").rows
    assert found == [(Decimal(2300),)]


def test_payments_and_discounts_alone_are_added_up_again(mirror: Mirror, folder: Path) -> None:
    rolled = (
        "SELECT CAST(d.business_on AS VARCHAR), t.kind, t.amount_minor, g.name, g.amount_minor FROM store_day d"
        " LEFT JOIN tender_day t USING (store_id, business_on) LEFT JOIN discount_day g USING (store_id, business_on)"
        " WHERE d.store_id = 'A' ORDER BY 1"
    )
    load_folder(mirror, folder)
    assert [row[1] for row in mirror.reader.query(rolled).rows] == ["", ""]
    head = "tender_id,sale_id,kind,amount_minor\n"
    (folder / "tender.csv").write_text(f"{head}t1,s1,cash,1300\n")
    (folder / "sale_discount.csv").write_text("sale_id,line_no,seq,name,amount_minor\ns1,1,1,Spring,100\n")
    load_folder(mirror, folder)
    assert mirror.reader.query(rolled).rows == [
        ("2026-03-04", "cash", Decimal(1300), "Spring", Decimal(100)),
        ("2026-03-06", "", None, None, None),
    ]
    (folder / "tender.csv").write_text(f"{head}t1,s1,card,1200\n")
    (folder / "sale_discount.csv").write_text("sale_id,line_no,seq,name,amount_minor\n")
    load_folder(mirror, folder)
    assert mirror.reader.query(rolled).rows[0] == ("2026-03-04", "card", Decimal(1200), None, None)


def test_parquet_is_the_same_as_csv(mirror: Mirror, folder: Path, tmp_path: Path) -> None:
    load_folder(mirror, folder)
    for name in ("store", "variant", "sale", "sale_line"):
        with duckdb.connect(":memory:") as connection:
            connection.execute(
                f"COPY (SELECT * FROM read_csv('{folder}/{name}.csv')) TO '{folder}/{name}.parquet' (FORMAT parquet)"
            )
        (folder / f"{name}.csv").unlink()
    with open_mirror(tmp_path / "second.duckdb") as second:
        load_folder(second, folder)
        assert contents(second) == contents(mirror)


@pytest.mark.parametrize("text", [STORE.replace(",", ";"), "\ufeff" + STORE, STORE.replace("\n", "\r\n")])
def test_spreadsheet_dialects_are_read(mirror: Mirror, folder: Path, text: str) -> None:
    (folder / "store.csv").write_text(text, encoding="utf-8", newline="")
    load_folder(mirror, folder)
    assert mirror.reader.query("SELECT name FROM store ORDER BY 1").rows == [("Alpha",), ("Beta",)]


BAD = [
    ("shop.csv", "a\n1\n", ["shop.csv", "“shop” is not a table"]),
    ("store.csv", STORE.replace("name", "title"), ["store.csv", "no column “title”"]),
    ("store.csv", "store_id,name,timezone\nA,Alpha,UTC\n", ["store.csv", "“currency” is required"]),
    ("store.csv", STORE.replace("Asia/Tokyo", "Asia/Tokio"), ["store.csv, line 3, column timezone", "Asia/Tokio"]),
    ("store.csv", STORE.replace("JPY", "yen"), ["store.csv, line 3, column currency", "three-letter"]),
    ("store.csv", STORE + "A,Again,UTC,USD\n", ["store.csv, line 2", "more than once", "store_id A"]),
    ("store.csv", "", ["store.csv is empty"]),
    ("sale.csv", SALE.replace("2026-03-05T00:30:00+09:00", "yesterday"), ["line 3, column closed_at", "yesterday"]),
    ("sale.csv", SALE.replace("r1,A", "r1,Z"), ["sale.csv, line 4, column store_id", "no store “Z”", "A, B"]),
    ("sale.csv", SALE.replace(",return", ",gift"), ["sale.csv, line 4, column kind", "one of sale, return, exchange"]),
    ("sale.csv", SALE + 'x,A,"2026-03-06\n', ["sale.csv, line 5", "check its quotes"]),
    ("sale.csv", SALE + "x,A\n", ["sale.csv, line 5", "fewer cells"]),
    ("sale_line.csv", LINE.replace(",1000,", ",10.5,"), ["line 2, column gross_minor", "minor units", "10.5"]),
    ("sale_line.csv", LINE.replace("0.535", "half"), ["sale_line.csv, line 3, column quantity", "decimal", "half"]),
    ("sale_line.csv", LINE.replace("s2,1,V1,1", "s2,,V1,1"), ["sale_line.csv, line 4, column line_no", "required"]),
    ("sale_line.csv", LINE.replace("400,,400", "400,,390"), ["line 3, column net_minor", "400 - 0", "390"]),
    ("sale_line.csv", LINE.replace("s2,1", "s9,1"), ["s9", "not among the sales"]),
    ("member.csv", MEMBER.replace("owner", "boss"), ["member.csv, line 2, column role", "one of owner"]),
    ("member.csv", MEMBER.replace("A;B", "A;Q"), ["member.csv, line 3, column stores", "no store “Q”"]),
    ("member.csv", MEMBER.replace("A;B", ""), ["member.csv, line 3, column stores", "at least one store"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "parts"), BAD)
def test_the_first_fault_is_named_and_nothing_is_loaded(
    mirror: Mirror, folder: Path, name: str, text: str, parts: list[str]
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_folder(mirror, folder, strict=True)
    for part in parts:
        assert part in caught.value.user_message
    assert "\n" not in caught.value.user_message
    assert mirror.reader.query("SELECT count(*) FROM store").rows == [(0,)]
    assert mirror.reader.snapshot().version == 0


def test_the_line_is_right_after_a_quoted_line_break(mirror: Mirror, folder: Path) -> None:
    (folder / "store.csv").write_text('store_id,name,timezone,currency\nA,"Al\npha",UTC,USD\n\nB,Beta,Nowhere,USD\n')
    with pytest.raises(InputError, match=r"store\.csv, line 5, column timezone"):
        load_folder(mirror, folder, strict=True)


def test_a_file_that_is_not_text_or_parquet_is_refused(mirror: Mirror, folder: Path) -> None:
    (folder / "store.csv").write_bytes("store_id,näme\n".encode("latin-1"))
    with pytest.raises(InputError) as caught:
        load_folder(mirror, folder)
    assert "UTF-8" in caught.value.user_message
    (folder / "store.csv").unlink()
    (folder / "store.parquet").write_bytes(b"nothing of the kind")
    with pytest.raises(InputError) as caught:
        load_folder(mirror, folder)
    assert "store.parquet cannot be read as Parquet" in caught.value.user_message


def test_folders_that_cannot_be_loaded_are_refused(mirror: Mirror, folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for path, part in ((tmp_path / "nowhere", "not a folder"), (empty, "no .csv or .parquet")):
        with pytest.raises(InputError) as caught:
            load_folder(mirror, path)
        assert part in caught.value.user_message
    (folder / "STORE.parquet").write_bytes(b"")
    with pytest.raises(InputError, match="twice"):
        load_folder(mirror, folder)


def test_an_instant_without_a_zone_is_utc(mirror: Mirror, folder: Path) -> None:
    (folder / "sale.csv").write_text(SALE.replace("2026-03-06T12:00:00Z", "2026-03-06 12:00:00"))
    load_folder(mirror, folder)
    found = mirror.reader.query("SELECT closed_at FROM sale WHERE sale_id = 'r1'").rows[0][0]
    assert found.isoformat() == "2026-03-06T12:00:00+00:00"


def test_an_older_version_of_a_sale_is_ignored_with_its_lines(mirror: Mirror, folder: Path) -> None:
    versioned = (
        SALE.replace("kind\n", "kind,source_version\n").replace(",\n", ",,{v}\n").replace("sale\n", "sale,{v}\n")
    )
    text = versioned.replace("return\n", "return,{v}\n")
    (folder / "sale.csv").write_text(text.replace("{v}", "5"))
    load_folder(mirror, folder)
    before = contents(mirror)
    (folder / "sale.csv").write_text(text.replace("{v}", "4"))
    (folder / "sale_line.csv").write_text(LINE.replace("900", "800"))
    load_folder(mirror, folder)
    assert contents(mirror) == before


def test_more_decimals_than_are_kept_are_rounded_and_told(mirror: Mirror, folder: Path) -> None:
    """Money is given in minor units and is not touched; binary noise is no rounding worth a word."""
    (folder / "store.csv").write_text(STORE)
    (folder / "sale.csv").write_text("sale_id,store_id,closed_at\nS,A,2026-03-05T02:30:00Z\n")
    (folder / "sale_line.csv").write_text(
        "sale_id,line_no,quantity,unit_price,gross_minor\nS,1,0.4535924,1.25,500\nS,2,0.30000000000000004,2.50,100\n"
        "S,3,1.500000,2.1234567,100\nS,4,1,2,100\n"
    )
    (folder / "member.csv").unlink()
    (folder / "variant.csv").unlink()
    report = load_folder(mirror, folder)
    assert report.rounded == {"sale_line": 2}
    assert report.quarantined == {}
    assert "rounded to five decimals" in report.warning
    assert "2 of 4 in sale_line" in report.warning
    kept = mirror.reader.query("SELECT quantity, unit_price FROM sale_line ORDER BY line_no").rows
    assert [(str(quantity), str(price)) for quantity, price in kept] == [
        ("0.45359", "1.2500"),
        ("0.30000", "2.5000"),
        ("1.50000", "2.1235"),
        ("1.00000", "2.0000"),
    ]
