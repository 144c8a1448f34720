"""Baskets with a coupon, a discount or goods on promotion beside the others, against counting by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.asked_sample import OCTOBER, asked_sample, truth
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
PERIOD = "2 to 8 March 2026"


def _row(name: str, **values: object) -> Row:
    return Row(name, values)


def _rows() -> list[Row]:
    rows: list[Row] = [store("S01"), store("S02", name="Harbor Point")]
    for good in ("V1", "V2"):
        rows += [
            Row("product", {"product_id": f"P-{good}", "name": good, "department": "Grocery"}),
            Row("variant", {"variant_id": good, "product_id": f"P-{good}", "name": good}),
        ]
    rows.append(_row("promotion_item", promotion_id="O1", variant_id="V2", store_id="S01",
                     starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 3)))  # fmt: skip
    rows.append(_row("promotion_item", promotion_id="O2", variant_id="V1", store_id="S02", display="front",
                     starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 3)))  # fmt: skip
    rows.append(_row("promotion_item", promotion_id="O3", variant_id="V2", store_id="S01", mailer="front page",
                     starts_on=date(2026, 3, 6), ends_on=date(2026, 3, 6)))  # fmt: skip
    baskets = (
        # id, store, day, lines as (variant, gross, discount), kind of sale
        ("named", "S01", 0, [("V1", 3000, 500), ("V1", 1000, 0)], "sale"),
        ("kind", "S01", 1, [("V1", 2000, 200)], "sale"),
        ("paid", "S02", 1, [("V1", 1500, 0)], "exchange"),
        ("loyal", "S01", 2, [("V1", 1000, 100)], "sale"),
        ("offer", "S01", 1, [("V2", 700, 0)], "sale"),
        ("late", "S01", 4, [("V2", 900, 0)], "sale"),
        ("other", "S02", 1, [("V2", 400, 0)], "sale"),
        ("void", "S01", 1, [("V1", 9000, 900)], "sale"),
        ("back", "S01", 2, [("V1", -1000, 0)], "return"),
    )
    for ident, place, day, lines, kind in baskets:
        rows.append(sale(ident, NOON + timedelta(days=day), store_id=place, kind=kind, voided=ident == "void"))
        rows += [
            line(ident, number, gross, variant_id=good, discount_minor=off, quantity=-1 if kind == "return" else 1)
            for number, (good, gross, off) in enumerate(lines, 1)
        ]
    rows += [
        _row("sale_discount", sale_id="named", line_no=1, seq=1, coupon_id="C1", amount_minor=500),
        _row("sale_discount", sale_id="kind", line_no=1, seq=1, kind="coupon_match", amount_minor=200),
        _row("sale_discount", sale_id="loyal", line_no=1, seq=1, kind="loyalty", amount_minor=100),
        _row("sale_discount", sale_id="void", line_no=1, seq=1, coupon_id="C1", amount_minor=900),
        _row("tender", tender_id="T1", sale_id="paid", kind="other", amount_minor=300, status="manufacturer_coupon"),
        _row("tender", tender_id="T2", sale_id="loyal", kind="other", amount_minor=9, status="voided"),
    ]
    return rows


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with open_mirror(tmp_path_factory.mktemp("apart") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=_rows(), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))


def _ask(context: ToolContext, having: str, **arguments: str) -> ToolResult:
    return run_tool("baskets_apart", {"having": having, "period": PERIOD, **arguments}, context)


def _sides(result: ToolResult, having: str, **group: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    found: dict[str, dict[str, str | None]] = {"with": {}, "without": {}}
    for one in result.figures:
        side = one.group.get(having)
        if side and all(one.group.get(key) == value for key, value in group.items()):
            found[side][one.metric] = one.value
    names = ("transactions", "average_transaction_value", "units_per_transaction")
    return {side: tuple(values[name] for name in names) for side, values in found.items()}  # type: ignore[misc]


def test_a_coupon_is_named_by_a_discount_or_paid_with(context: ToolContext) -> None:
    shown = _sides(_ask(context, "coupon"), "coupon")
    # named 35.00, kind 18.00, paid 15.00; loyal 9.00, offer 7.00, late 9.00, other 4.00
    assert shown == {"with": ("3", "22.67", "1.33"), "without": ("4", "7.25", "1.00")}


def test_a_discount_is_any_amount_off(context: ToolContext) -> None:
    result = _ask(context, "discount")
    assert _sides(result, "discount") == {"with": ("3", "20.67", "1.33"), "without": ("4", "8.75", "1.00")}
    assert "$2.67 is taken off such a basket" in result.text  # 5.00, 2.00 and 1.00


def test_goods_on_promotion_are_those_of_that_store_on_that_day(context: ToolContext) -> None:
    result = _ask(context, "promotion")
    assert _sides(result, "promotion") == {
        "with": ("3", "10.33", "1.00"), "without": ("4", "16.50", "1.25"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("having", "value"), [("display", ("1", "15.00", "1.00")), ("mailer", ("1", "9.00", "1.00")),
                          ("support", ("2", "12.00", "1.00"))]
)  # fmt: skip
def test_goods_on_display_or_in_the_mailer_count_with_the_whole_basket(
    context: ToolContext, having: str, value: tuple[str, str, str]
) -> None:
    result = _ask(context, having)
    assert _sides(result, having)["with"] == value


def test_the_share_is_told_first(context: ToolContext) -> None:
    assert _ask(context, "coupon").headline.startswith("42.9 % of baskets")  # 3 of 7


def test_each_store_by_itself_and_none_made_up(context: ToolContext) -> None:
    result = _ask(context, "coupon", by="store")
    assert _sides(result, "coupon", store="S02") == {"with": ("1", "15.00", "1.00"), "without": ("1", "4.00", "1.00")}
    with pytest.raises(NoDataError, match="No discount is recorded"):
        _ask(context, "discount", stores="Harbor Point")
    narrow = ToolContext(Scope("U", Role.STORE_MANAGER, ("S02",)), context.mirror, context.clock)
    with pytest.raises(NotAllowedError):
        _ask(narrow, "coupon", stores="Market Street")


@pytest.mark.slow
@pytest.mark.full
def test_of_the_sample_as_plain_sql_says(tmp_path_factory: pytest.TempPathFactory) -> None:
    marks = {
        "coupon": "s.sale_id IN (SELECT sale_id FROM sale_discount WHERE kind = 'coupon_match') OR s.sale_id IN"
        " (SELECT sale_id FROM tender WHERE status = 'manufacturer_coupon')",
        "discount": "s.discount_minor > 0",
        "promotion": "s.sale_id IN (SELECT l.sale_id FROM sale_line l JOIN promotion_item p ON p.variant_id ="
        " l.variant_id AND (p.store_id IS NULL OR p.store_id = l.store_id) AND l.business_on BETWEEN p.starts_on AND"
        " p.ends_on)",
    }
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        for having, mark in marks.items():
            rows = truth(
                asked,
                f"SELECT ({mark}), COUNT(*), ROUND(SUM(s.net_minor) / 100.0 / COUNT(*), 2) FROM sale s"
                f" WHERE {OCTOBER} GROUP BY 1",
            )
            shown = _sides(_ask(asked, having, period="October 2026"), having)
            assert {name: side[:2] for name, side in shown.items()} == {
                "with" if yes else "without": (str(count), f"{value:.2f}") for yes, count, value in rows
            }
