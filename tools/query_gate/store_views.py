"""Views over everything around the sales: stores, range, prices, stock, people, visitors, weather, targets."""

from __future__ import annotations

from tools.query_gate.views import People, View, day, flag, moment, money, number, price, text, whole

_STORE = text("store_id", "the store")
_DAY = day("business_on", "the store's business date")
_OWN = "x.store_id IN (@stores@)"
_RANGE = "(v.connection IS NULL OR v.connection IN (SELECT s.connection FROM store s WHERE s.store_id IN (@stores@)))"
_PRODUCT_JOINS = (
    ("v", "LEFT JOIN variant v ON v.variant_id = x.variant_id"),
    ("p", "LEFT JOIN product p ON p.product_id = v.product_id"),
)
_PROMOTION = ("r", "LEFT JOIN promotion r ON r.promotion_id = x.promotion_id")


def _stamped(table: str, at: str) -> str:
    """Rows with an instant, given the business date of their store; only those of the scope are looked at."""
    local = f"(t.{at} AT TIME ZONE st.timezone)"
    starts = "COALESCE(st.day_starts_at, TIME '00:00:00')"
    return f"""(SELECT t.*, {local} AS local_at, CAST({local} AS DATE)
    - CASE WHEN CAST({local} AS TIME) < {starts} THEN 1 ELSE 0 END AS business_on
  FROM {table} t JOIN store st ON st.store_id = t.store_id WHERE t.store_id IN (@stores@)) x"""


_HOUR = whole("hour_of_day", "0 to 23 by the store's clock", "EXTRACT(HOUR FROM x.local_at)")
_RATE = "COALESCE(x.wage_minor, (SELECT MAX(e.hourly_minor) FROM employee e WHERE e.employee_id = x.employee_id))"
_SECONDS = (
    "CAST(EXTRACT(EPOCH FROM x.clock_out_at) - EXTRACT(EPOCH FROM x.clock_in_at) AS BIGINT)"
    " - 60 * COALESCE(x.break_minutes, 0)"
)

_WAGE = f"(({_SECONDS}) * {_RATE} * 2 + 3600) // 7200"
"""Seconds at an hourly wage, rounded to the minor unit in whole numbers."""

STORE_VIEWS: tuple[View, ...] = (
    View(
        "stores",
        "one store",
        "store x",
        (
            _STORE,
            text("name", "its name"),
            text("district", "its district"),
            text("country", "its country"),
            text("timezone", "its time zone"),
            text("currency", "what it trades in"),
            day("opened_on", "when it opened"),
            number("floor_area_m2", "its floor in square metres"),
        ),
        dated=False,
    ),
    View(
        "products",
        "one article of the range (a variant of a product)",
        "variant v JOIN product p ON p.product_id = v.product_id LEFT JOIN shelf h ON h.product_id = p.product_id",
        (
            text("variant_id", "the article", "v.variant_id"),
            text("product_id", "the product", "p.product_id"),
            text("product_name", "the product's name", "p.name"),
            text("variant_name", "the article's own name", "v.name"),
            text("department", "its department", "COALESCE(h.department, 'Unknown')"),
            text("category", "its category", "COALESCE(h.category, 'Unknown')"),
            text("brand", "its brand", "p.brand"),
            flag("private_label", "a brand of the house", "p.private_label"),
            text("sku", "its SKU", "v.sku"),
            text("barcode", "its barcode", "v.barcode"),
            text("unit_of_measure", "each, or what it is weighed in", "COALESCE(v.unit_of_measure, 'each')"),
            flag("active", "still sold", "COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE)"),
        ),
        dated=False,
        by_store=False,
        condition=_RANGE,
    ),
    View(
        "prices",
        "one price of an article from an instant on; without a store it holds for all",
        "price x",
        (
            text("variant_id", "the article"),
            text("product_name", "its name", "p.name"),
            _STORE,
            moment("valid_from", "since when, in UTC", "(x.valid_from_at AT TIME ZONE 'UTC')"),
            price("price", "the price"),
            price("compare_at", "the price it is compared with"),
            text("currency", "its currency"),
        ),
        joins=_PRODUCT_JOINS,
        dated=False,
        by_store=False,
        condition=f"(x.store_id IS NULL OR {_OWN}) AND {_RANGE}",
        sources=("price",),
    ),
    View(
        "stock",
        "what is on hand of one article in one store",
        "inventory_level x",
        (
            _STORE,
            text("variant_id", "the article"),
            text("product_name", "its name", "p.name"),
            text("area", "floor, backroom or empty"),
            number("quantity", "on hand"),
            moment("as_of", "as known at, in UTC", "(x.as_of_at AT TIME ZONE 'UTC')"),
        ),
        joins=_PRODUCT_JOINS,
        dated=False,
        sources=("inventory",),
    ),
    View(
        "stock_changes",
        "one movement of stock",
        _stamped("inventory_change", "occurred_at"),
        (
            _STORE,
            _DAY,
            text("variant_id", "the article"),
            text("product_name", "its name", "p.name"),
            text("kind", "sale, return, receive, adjust, count, transfer_in, transfer_out or waste"),
            number("quantity", "how much, negative when it went"),
            text("reason", "as noted", people=People.ID),
        ),
        joins=_PRODUCT_JOINS,
        sources=("inventory",),
    ),
    View(
        "register_events",
        "one thing a register noted: a void, a drawer opened, a price overridden, a count",
        _stamped("register_event", "occurred_at"),
        (
            _STORE,
            _DAY,
            moment("occurred_at", "when, by the store's clock", "x.local_at"),
            text("register_id", "the register"),
            text("employee_id", "who", people=People.ID),
            text("kind", "void_line, void_sale, no_sale, price_override, paid_in, paid_out, open_drawer, close_drawer"),
            money("amount", "what it was about", "x.amount_minor"),
            money("expected", "cash that should be there", "x.expected_minor"),
            money("counted", "cash that was", "x.counted_minor"),
            text("reason", "as noted", people=People.ID),
        ),
    ),
    View(
        "employees",
        "one member of staff",
        "employee x",
        (
            text("employee_id", "the person"),
            text("name", "the name", people=People.NAME_AND_PAY),
            text("role", "what they do"),
            _STORE,
            flag("active", "still here", "COALESCE(x.active, TRUE)"),
        ),
        dated=False,
        people=People.ID,
        sources=("staff",),
    ),
    View(
        "staff_hours",
        "one time card that was closed",
        _stamped("timecard", "clock_in_at"),
        (
            _STORE,
            _DAY,
            text("employee_id", "who worked"),
            moment("clock_in", "by the store's clock", "x.local_at"),
            number("hours", "worked, without breaks", f"CAST(({_SECONDS}) / 3600.0 AS DECIMAL(18,4))"),
            money("wages", "hours at the wage", _WAGE, People.NAME_AND_PAY),
        ),
        condition="x.clock_out_at IS NOT NULL",
        people=People.ID,
        sources=("staff",),
    ),
    View(
        "traffic",
        "visitors of one store in one hour",
        _stamped("foot_traffic", "hour_at"),
        (
            _STORE,
            _DAY,
            _HOUR,
            whole("visitors", "who came in"),
            whole("passers_by", "who went past"),
            text("counter", "what counted them", "x.source"),
        ),
        sources=("traffic",),
    ),
    View(
        "weather",
        "observed weather at one store in one hour",
        _stamped("weather_hour", "hour_at"),
        (
            _STORE,
            _DAY,
            _HOUR,
            number("temperature_c", "degrees Celsius"),
            number("precipitation_mm", "rain or snow"),
            number("wind_ms", "metres per second"),
            whole("weather_code", "WMO code", "x.code"),
        ),
        condition="x.kind = 'observed'",
        sources=("weather",),
    ),
    View(
        "local_events",
        "one event or holiday near a store",
        _stamped("local_event", "starts_at"),
        (
            _STORE,
            _DAY,
            text("name", "what it is"),
            text("category", "holiday, fair and the like"),
            moment("starts_at", "by the store's clock", "x.local_at"),
            whole("expected_attendance", "how many come"),
            whole("distance_m", "how far away"),
        ),
        sources=(),
    ),
    View(
        "promotion_items",
        "one article in a promotion; without a store it holds for all",
        "promotion_item x",
        (
            text("promotion_id", "the promotion"),
            text("promotion_name", "its name", "r.name"),
            text("promotion_kind", "what kind", "r.kind"),
            text("variant_id", "the article"),
            text("product_name", "its name", "p.name"),
            _STORE,
            day("starts_on", "first day"),
            day("ends_on", "last day"),
            text("display", "where it was displayed"),
            text("mailer", "where in the mailer"),
        ),
        joins=(_PROMOTION, *_PRODUCT_JOINS),
        dated=False,
        by_store=False,
        condition=f"(x.store_id IS NULL OR {_OWN}) AND {_RANGE}",
        sources=(),
    ),
    View(
        "targets",
        "one target of a store",
        "target x",
        (_STORE, text("metric", "of what"), day("starts_on", "first day"), day("ends_on", "last day"),
         number("value", "the target")),
        dated=False,
        sources=(),
    ),
    View(
        "feedback",
        "one piece of customer feedback, without its words (search_feedback has those)",
        _stamped("feedback", "received_at"),
        (_STORE, _DAY, whole("rating", "as given"), text("source", "where it came from")),
        sources=(),
    ),
)  # fmt: skip
"""In the order in which they are documented."""
