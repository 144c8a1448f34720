"""Views over what was sold: rollups, documents, lines, discounts, tenders and what the register noted."""

from __future__ import annotations

from connectors.mirror.rows import NOT_PAID
from tools.query_gate.views import People, View, day, flag, moment, money, number, price, text, whole

_STORE = text("store_id", "the store")
_DAY = day("business_on", "the store's business date")
_COUNTS = "NOT COALESCE(d.voided, FALSE) AND NOT COALESCE(d.is_test, FALSE)"
_LOCAL = "(d.closed_at AT TIME ZONE st.timezone)"
_BACK = "(COALESCE(x.is_return, FALSE) OR d.kind = 'return')"
_LINE_NET = "COALESCE(x.net_minor, x.gross_minor - COALESCE(x.discount_minor, 0))"
_PRODUCT_JOINS = (
    ("v", "LEFT JOIN variant v ON v.variant_id = x.variant_id"),
    ("p", "LEFT JOIN product p ON p.product_id = v.product_id"),
    ("h", "LEFT JOIN shelf h ON h.product_id = v.product_id"),
)
_ZONE = ("st", "JOIN store st ON st.store_id = x.store_id")
_PRODUCT = (
    text("variant_id", "the article sold, as in products"),
    text("product_name", "its name", "p.name"),
    text("department", "its department", "COALESCE(h.department, 'Unknown')"),
    text("category", "its category", "COALESCE(h.category, 'Unknown')"),
    text("brand", "its brand", "p.brand"),
)
_SUMS = (
    money("gross_sales", "before discounts, without returns", "x.gross_minor"),
    money("discounts", "given on what was sold", "x.discount_minor"),
    money("returns", "refunded, a positive amount", "x.returns_minor"),
    money("net_sales", "gross sales - discounts - returns", "x.net_minor"),
    number("units", "pieces sold less pieces returned; 0 for goods sold by weight"),
    whole("lines", "lines of receipts"),
    money("cost", "cost of the goods whose cost is known", "x.cogs_minor"),
    money("net_sales_with_cost", "net sales of the goods whose cost is known", "x.known_cost_net_minor"),
)
_DOCUMENT_SUMS = (
    whole("transactions", "sales and exchanges"),
    money("net_sales_of_transactions", "net sales without separate refunds, for averages", "x.sale_net_minor"),
)
_SALE = ("d", "JOIN sale d ON d.sale_id = x.sale_id AND d.store_id IN (@stores@) AND @days:d@")
_NET = """LEFT JOIN (SELECT l.sale_id, SUM(CASE WHEN COALESCE(l.is_gift_card, FALSE) THEN 0
    ELSE COALESCE(l.net_minor, l.gross_minor - COALESCE(l.discount_minor, 0)) END) AS net_minor, COUNT(*) AS lines
  FROM sale_line l WHERE l.store_id IN (@stores@) AND @days:l@ GROUP BY l.sale_id) n ON n.sale_id = x.sale_id"""
_WHO = text("employee_id", "who rang it up", people=People.ID)
_NOT_PAID = ", ".join(f"'{word}'" for word in NOT_PAID)
_PAID = f"LOWER(COALESCE(t.status, '')) NOT IN ({_NOT_PAID}) AND t.amount_minor IS NOT NULL"
_OF_SALE = """{table} t JOIN sale d ON d.sale_id = t.sale_id"""

SALES_VIEWS: tuple[View, ...] = (
    View("daily_sales", "sales of one store on one day", "store_day x", (_STORE, _DAY, *_SUMS, *_DOCUMENT_SUMS)),
    View(
        "hourly_sales",
        "sales of one store in one hour of one day",
        "store_hour x",
        (_STORE, _DAY, whole("hour_of_day", "0 to 23 by the store's clock"), *_SUMS, *_DOCUMENT_SUMS),
    ),
    View(
        "product_sales",
        "sales of one article in one store on one day",
        "store_sku_day x",
        (_STORE, _DAY, *_PRODUCT, *_SUMS, whole("transactions", "sales and exchanges with it")),
        joins=_PRODUCT_JOINS,
    ),
    View(
        "sales",
        "one receipt that counts; a return is a receipt of its own with negative amounts",
        "sale x",
        (
            text("sale_id", "the receipt"),
            _STORE,
            _DAY,
            moment("closed_at", "when, by the store's clock", "(x.closed_at AT TIME ZONE st.timezone)"),
            text("kind", "sale, return or exchange"),
            text("register_id", "the register"),
            _WHO,
            text("channel", "store, online and the like"),
            text("original_sale_id", "what a return refers to"),
            flag("known_customer", "whether a customer was recognised", "x.customer_key IS NOT NULL"),
            money("net_sales", "its lines without gift cards", "COALESCE(n.net_minor, 0)"),
            whole("lines", "how many lines", "COALESCE(n.lines, 0)"),
            money("tax", "tax on it", "COALESCE(x.tax_minor, 0)"),
            money("tip", "tip on it", "COALESCE(x.tip_minor, 0)"),
            money("total", "what was paid", "x.total_minor"),
        ),
        joins=(_ZONE, ("n", _NET)),
        condition="NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)",
    ),
    View(
        "voided_sales",
        "one receipt that was voided; it counts nowhere else",
        "sale x",
        (
            text("sale_id", "the receipt"),
            _STORE,
            _DAY,
            moment("closed_at", "when, by the store's clock", "(x.closed_at AT TIME ZONE st.timezone)"),
            text("register_id", "the register"),
            _WHO,
            money("total", "what it stood at", "x.total_minor"),
        ),
        joins=(_ZONE,),
        condition="COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)",
    ),
    View(
        "sale_lines",
        "one line of a receipt that counts, without gift cards",
        "sale_line x",
        (
            text("sale_id", "the receipt"),
            whole("line_no", "its number on the receipt"),
            _STORE,
            _DAY,
            whole("hour_of_day", "hour of the store's clock", f"EXTRACT(HOUR FROM {_LOCAL})"),
            text("kind", "kind of the receipt", "d.kind"),
            *_PRODUCT,
            text("register_id", "the register", "d.register_id"),
            text("employee_id", "who rang it up", "COALESCE(x.employee_id, d.employee_id)", People.ID),
            flag("is_return", "taken back", _BACK),
            number("quantity", "how many, or how much by weight; negative when taken back"),
            price("unit_price", "price of one"),
            money("gross_sales", "before discounts; 0 when taken back",
                  f"CASE WHEN {_BACK} THEN 0 ELSE x.gross_minor END"),
            money("discounts", "given on it; 0 when taken back",
                  f"CASE WHEN {_BACK} THEN 0 ELSE COALESCE(x.discount_minor, 0) END"),
            money("returns", "refunded, a positive amount; 0 when sold",
                  f"CASE WHEN {_BACK} THEN -({_LINE_NET}) ELSE 0 END"),
            money("net_sales", "gross sales - discounts - returns; negative when taken back", _LINE_NET),
            price("unit_cost", "cost of one at the time; empty when unknown"),
        ),
        joins=(_SALE, _ZONE, *_PRODUCT_JOINS),
        condition=f"{_COUNTS} AND NOT COALESCE(x.is_gift_card, FALSE)",
    ),
    View(
        "discounts",
        "one discount on one line of a receipt that counts",
        f"(SELECT d.store_id, d.business_on, t.* FROM {_OF_SALE.format(table='sale_discount')} WHERE {_COUNTS}) x",
        (
            text("sale_id", "the receipt"),
            whole("line_no", "the line"),
            _STORE,
            _DAY,
            text("kind", "what kind of discount"),
            text("code", "its code"),
            text("name", "its name"),
            text("promotion_id", "the promotion behind it"),
            text("coupon_id", "the coupon behind it"),
            money("amount", "taken off", "x.amount_minor"),
        ),
    ),
    View(
        "tenders",
        "one payment that was made for a receipt that counts; failed and voided ones are not there",
        f"(SELECT d.store_id, d.business_on, t.* FROM {_OF_SALE.format(table='tender')} WHERE {_COUNTS} AND {_PAID}) x",
        (
            text("sale_id", "the receipt"),
            _STORE,
            _DAY,
            text("kind", "cash, card, gift_card, wallet, store_credit or other"),
            text("status", "as the platform says"),
            money("amount", "paid, without change; negative when given back", "x.amount_minor"),
            money("tip", "of it a tip", "COALESCE(x.tip_minor, 0)"),
            money("fee", "what the payment cost the shop", "x.fee_minor"),
        ),
        sources=("sales", "tender"),
    ),
)  # fmt: skip
"""In the order in which they are documented."""
