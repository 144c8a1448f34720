"""SQL for promotions: what was sold under them, what the same products sold before, and what the rest did meanwhile.

A promotion of a product in a store runs from its first to its last day there (see ``promotion_days`` for days that are
not recorded); a promotion without a store is one of every store. Promotions of one product that overlap are merged into
one spell before anything is joined to them, so that two of them never count a sale twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.promotion_days import days_within, runs_between
from tools.metrics.promotion_items_query import Span, part_condition
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition

NEW_UNITS, NEW_AFTER = 10, 28
"""Where a catalogue does not say when goods were taken in: so many pieces sold since, after so many days without."""
SUPPORTS = ("Display and mailer", "Display only", "Mailer only", "Neither")
_SUPPORT = f"""CASE WHEN p.display IS NOT NULL AND p.mailer IS NOT NULL THEN '{SUPPORTS[0]}'
    WHEN p.display IS NOT NULL THEN '{SUPPORTS[1]}' WHEN p.mailer IS NOT NULL THEN '{SUPPORTS[2]}'
    ELSE '{SUPPORTS[3]}' END"""
_SHELF = """COALESCE((SELECT MIN(h.{column}) FROM variant v JOIN shelf h ON h.product_id = v.product_id
    WHERE v.variant_id = p.variant_id), 'Unknown')"""
_BRAND = """COALESCE((SELECT NULLIF(MIN(r.brand), '') FROM variant v JOIN product r ON r.product_id = v.product_id
    WHERE v.variant_id = p.variant_id), 'Unknown')"""
KEYS = {
    None: "''",
    "promotion": "p.promotion_id",
    "support": _SUPPORT,
    "display": "COALESCE(p.display, 'none')",
    "mailer": "COALESCE(p.mailer, 'none')",
    "store": "st.store_id",
    "department": _SHELF.format(column="department"),
    "category": _SHELF.format(column="category"),
    "brand": _BRAND,
}

NEIGHBOURED = ("department", "category", "store")
"""Parts with neighbours of their own; those of promotions, displays or brands are in the same categories."""

_AMOUNTS = (
    ("units", "units"),
    ("net", "net_minor"),
    ("discount", "discount_minor"),
    ("cost", "cogs_minor"),
    ("known", "known_cost_net_minor"),
)


def _merged(offers: str, keys: str) -> str:
    """Overlapping spells of the same ``keys`` as one: a spell begins where none before it reaches."""
    return f"""SELECT {keys}, MIN(starts_on) AS starts_on, MAX(ends_on) AS ends_on FROM (
  SELECT o.*, SUM(o.begins) OVER (PARTITION BY {keys} ORDER BY o.starts_on, o.ends_on ROWS UNBOUNDED PRECEDING) AS spell
  FROM (
    SELECT q.*, CASE WHEN q.starts_on <= MAX(q.ends_on) OVER (PARTITION BY {keys} ORDER BY q.starts_on, q.ends_on
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS begins FROM {offers} q) o) i
GROUP BY {keys}, spell"""


def _chain(
    windows: Sequence[Window],
    span: Span,
    params: dict[str, Any],
    *,
    by: str | None,
    promotions: Sequence[str],
    only: Filter | None,
) -> str:
    """The common table expressions: ``sold``, merged ``spell`` and ``treated``, ``free`` and the index of the day."""
    stores = sorted({store for window in windows for store in window.store_ids})
    named = bind(params, "store", stores)
    params |= {"base": span.base_on, "first": span.start_on, "last": span.end_on, "after": span.after_on}
    chosen = f" AND p.promotion_id IN ({bind(params, 'promotion', promotions)})" if promotions else ""
    part = part_condition(only, params)
    return f"""WITH sold AS (
SELECT x.store_id, x.business_on, x.variant_id, x.units, x.net_minor, x.discount_minor, x.cogs_minor,
  x.known_cost_net_minor FROM store_sku_day x
WHERE ({window_condition(windows, params, hourly=False)}) AND x.variant_id IS NOT NULL
), offer AS (
SELECT p.variant_id, st.store_id, {days_within("$base", "$after")} FROM promotion_item p
JOIN store st ON st.store_id = p.store_id OR p.store_id IS NULL
WHERE st.store_id IN ({named}) AND {runs_between("$base", "$after")}
), picked AS (
SELECT {KEYS[by]} AS part, p.variant_id, st.store_id, {days_within("$first", "$last")} FROM promotion_item p
JOIN store st ON st.store_id = COALESCE(p.store_id, st.store_id)
WHERE st.store_id IN ({named}) AND {runs_between("$first", "$last")}{chosen}{part}
), treated AS (
{_merged("picked", "part, store_id, variant_id")}
), mine AS (
SELECT DISTINCT t.store_id, t.variant_id FROM picked t
), fresh AS (
SELECT m.store_id, m.variant_id, z.first_on
FROM mine m JOIN sku_sold z ON z.store_id = m.store_id AND z.variant_id = m.variant_id
JOIN variant v ON v.variant_id = m.variant_id JOIN product q ON q.product_id = v.product_id
JOIN (SELECT d.store_id, MIN(d.business_on) AS opened_on FROM store_day d WHERE d.store_id IN ({named})
  GROUP BY d.store_id) a ON a.store_id = m.store_id
LEFT JOIN (SELECT s.store_id, s.variant_id, SUM(s.units) AS units FROM sold s
  WHERE s.business_on <= CAST($last AS DATE) GROUP BY s.store_id, s.variant_id) s
  ON s.store_id = m.store_id AND s.variant_id = m.variant_id
WHERE z.first_on > CAST($base AS DATE) AND CASE WHEN q.created_at IS NOT NULL
  THEN CAST(q.created_at AS DATE) > CAST($base AS DATE)
  ELSE s.units >= {NEW_UNITS} AND z.first_on - a.opened_on >= {NEW_AFTER} END
), own_offer AS (
SELECT p.* FROM offer p JOIN mine m ON m.store_id = p.store_id AND m.variant_id = p.variant_id
), spell AS (
{_merged("own_offer", "store_id, variant_id")}
), touched AS (
SELECT DISTINCT p.store_id, p.variant_id FROM offer p
), place AS (
SELECT v.variant_id, h.category FROM variant v JOIN shelf h ON h.product_id = v.product_id
), busy_shelf AS (
SELECT DISTINCT t.store_id, c.category FROM mine t JOIN place c ON c.variant_id = t.variant_id
), free AS (
SELECT s.store_id, s.business_on, s.variant_id, c.category, s.units, s.net_minor,
  CASE WHEN b.category IS NULL THEN 1 ELSE 0 END AS elsewhere
FROM sold s
LEFT JOIN touched t ON t.store_id = s.store_id AND t.variant_id = s.variant_id
LEFT JOIN place c ON c.variant_id = s.variant_id
LEFT JOIN busy_shelf b ON b.store_id = s.store_id AND b.category = c.category
WHERE t.variant_id IS NULL
), control AS (
SELECT f.business_on, CAST(SUM(f.units) AS DOUBLE) AS units FROM free f WHERE f.elsewhere = 1 GROUP BY f.business_on
), day AS (
SELECT CAST(g.on_day AS DATE) AS business_on
FROM generate_series(CAST($base AS TIMESTAMP), CAST($after AS TIMESTAMP), INTERVAL 1 DAY) AS g (on_day)
), level AS (
SELECT SUM(c.units) / NULLIF(COUNT(*), 0) AS units FROM control c WHERE c.business_on < CAST($first AS DATE)
), ind AS (
SELECT d.business_on, COALESCE(c.units / l.units, 0) AS idx,
  SUM(COALESCE(c.units / l.units, 0)) OVER (ORDER BY d.business_on ROWS UNBOUNDED PRECEDING) AS upto,
  COUNT(c.units) OVER (ORDER BY d.business_on ROWS UNBOUNDED PRECEDING) AS days
FROM day d CROSS JOIN level l LEFT JOIN control c ON c.business_on = d.business_on
)"""


_PHASES = """, during_part AS (
SELECT t.part, t.store_id, t.variant_id, MAX(t.ends_on) AS last_on, SUM(e.upto - b.upto + b.idx) AS during_index
FROM treated t JOIN ind b ON b.business_on = t.starts_on JOIN ind e ON e.business_on = t.ends_on
GROUP BY t.part, t.store_id, t.variant_id
), base_all AS (
SELECT COALESCE(MAX(i.upto), 0) AS idx, COALESCE(MAX(i.days), 0) AS days FROM ind i
WHERE i.business_on < CAST($first AS DATE)
), base_gone AS (
SELECT p.store_id, p.variant_id, GREATEST(p.starts_on, COALESCE(n.first_on, p.starts_on)) AS starts_on,
  LEAST(p.ends_on, CAST($first AS DATE) - 1) AS ends_on
FROM mine m JOIN spell p ON p.store_id = m.store_id AND p.variant_id = m.variant_id
LEFT JOIN fresh n ON n.store_id = m.store_id AND n.variant_id = m.variant_id
UNION ALL
SELECT n.store_id, n.variant_id, CAST($base AS DATE), LEAST(n.first_on, CAST($first AS DATE)) - 1 FROM fresh n
), base_lost AS (
SELECT p.store_id, p.variant_id, SUM(e.upto - b.upto + b.idx) AS idx,
  SUM(e.days - b.days + CASE WHEN b.idx > 0 THEN 1 ELSE 0 END) AS days
FROM base_gone p JOIN ind b ON b.business_on = p.starts_on JOIN ind e ON e.business_on = p.ends_on
WHERE p.starts_on <= p.ends_on
GROUP BY p.store_id, p.variant_id
), usable AS (
SELECT p.*, b.idx - COALESCE(l.idx, 0) AS base_index, COALESCE(n.first_on, CAST($base AS DATE)) AS begun_on
FROM during_part p CROSS JOIN base_all b
LEFT JOIN fresh n ON n.store_id = p.store_id AND n.variant_id = p.variant_id
LEFT JOIN base_lost l ON l.store_id = p.store_id AND l.variant_id = p.variant_id
WHERE b.days - COALESCE(l.days, 0) >= $least_days AND b.idx - COALESCE(l.idx, 0) > 0
), later_all AS (
SELECT u.part, u.store_id, u.variant_id, u.last_on,
  LEAST(u.last_on + CAST($after_days AS INTEGER), CAST($after AS DATE)) AS until_on FROM usable u
), later_lost AS (
SELECT u.part, u.store_id, u.variant_id, SUM(e.upto - b.upto + b.idx) AS idx
FROM later_all u JOIN spell p ON p.store_id = u.store_id AND p.variant_id = u.variant_id
JOIN ind b ON b.business_on = GREATEST(p.starts_on, u.last_on + 1)
JOIN ind e ON e.business_on = LEAST(p.ends_on, u.until_on)
WHERE p.ends_on > u.last_on AND p.starts_on <= u.until_on
GROUP BY u.part, u.store_id, u.variant_id
), later_index AS (
SELECT u.part, u.store_id, u.variant_id, u.until_on, e.upto - b.upto - COALESCE(l.idx, 0) AS idx
FROM later_all u JOIN ind b ON b.business_on = u.last_on JOIN ind e ON e.business_on = u.until_on
LEFT JOIN later_lost l ON l.part = u.part AND l.store_id = u.store_id AND l.variant_id = u.variant_id
), marked AS (
SELECT u.part, u.store_id, u.variant_id, s.business_on, s.units, s.net_minor, s.discount_minor, s.cogs_minor,
  s.known_cost_net_minor,
  CASE WHEN t.variant_id IS NOT NULL THEN 'during' WHEN p.variant_id IS NOT NULL THEN 'other'
    WHEN s.business_on < CAST($first AS DATE) THEN 'base'
    WHEN s.business_on > u.last_on AND s.business_on <= u.last_on + CAST($after_days AS INTEGER) THEN 'later'
    ELSE 'other' END AS phase
FROM usable u
JOIN sold s ON s.store_id = u.store_id AND s.variant_id = u.variant_id
LEFT JOIN spell p ON p.store_id = s.store_id AND p.variant_id = s.variant_id
  AND s.business_on BETWEEN p.starts_on AND p.ends_on
LEFT JOIN treated t ON t.part = u.part AND t.store_id = s.store_id AND t.variant_id = s.variant_id
  AND s.business_on BETWEEN t.starts_on AND t.ends_on
)"""


_BESIDE_SUMS = """SUM(CASE WHEN f.business_on BETWEEN CAST($first AS DATE) AND CAST($last AS DATE) THEN f.units ELSE 0
    END) AS during,
  SUM(CASE WHEN f.business_on < CAST($first AS DATE) THEN f.units ELSE 0 END) AS base,
  SUM(CASE WHEN f.business_on BETWEEN CAST($first AS DATE) AND CAST($last AS DATE) THEN f.net_minor ELSE 0 END)
    AS during_net,
  SUM(CASE WHEN f.business_on < CAST($first AS DATE) THEN f.net_minor ELSE 0 END) AS base_net"""
_BESIDE_TOLD = """CAST(e.during AS DOUBLE) AS d, CAST(e.base AS DOUBLE) * s.days AS b, e.during_net,
  CAST(e.base_net AS DOUBLE) * s.days AS base_net"""
_BESIDE_PARTS = f""", part_shelf AS (
SELECT DISTINCT k.part, k.store_id, c.category FROM picked k JOIN place c ON c.variant_id = k.variant_id
), part_each AS (
SELECT q.part, f.variant_id, {_BESIDE_SUMS}
FROM free f JOIN part_shelf q ON q.store_id = f.store_id AND q.category = f.category
GROUP BY q.part, f.variant_id
), part_told AS (
SELECT e.part, {_BESIDE_TOLD} FROM part_each e CROSS JOIN scale s
)"""


def build_lift(
    windows: Sequence[Window],
    span: Span,
    scope: Scope,
    *,
    by: str | None,
    promotions: Sequence[str] = (),
    only: Filter | None = None,
    after_days: int,
    least_days: int,
) -> Statement:
    """One row per part (see ``KEYS``), one for the neighbours and one for the control group; ``kind`` tells which.

    ``during_*``, ``base_*`` and ``later_*`` are exact sums (units and minor units), ``expected_*`` estimates. ``n``
    products; ``dd, de, ee`` are the sums over products of units squared, times expected, and expected squared, and
    ``aa, ax, xx`` the same for the days after. Neighbours (``beside``) are products of the same categories without a
    promotion in the same stores, the control group (``control``) everything else without one; what is expected of them
    is what they sold before, by the number of days. By one of ``NEIGHBOURED`` each part has ``neighbours`` of its own,
    in the categories and stores of what is of it. ``new`` counts products that are left out as they first sold too
    shortly before: the days of goods that were taken into the range within the weeks before are those since.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"after_days": after_days, "least_days": least_days}
    chain = _chain(windows, span, params, by=by, promotions=promotions, only=only)
    phases = ("during", "base", "later")
    sums = _lines(
        f"SUM(CASE WHEN m.phase = '{phase}' THEN m.{column} ELSE 0 END) AS {phase}_{name}"
        for phase in phases
        for name, column in _AMOUNTS
    )
    per_product = _lines(f"SUM(b.{phase}_{name}) AS {phase}_{name}" for phase in phases for name, _ in _AMOUNTS)
    expected = _lines(
        f"SUM(CAST(b.base_{name} AS DOUBLE) / b.base_index * b.{phase}_index) AS expected_{phase}_{name}"
        for phase in ("during", "later")
        for name, _ in _AMOUNTS
    )
    outer = [f"{phase}_{name}" for phase in (*phases, "expected_during", "expected_later") for name, _ in _AMOUNTS]
    beside = {
        "during_units": "SUM(t.d)",
        "expected_during_units": "SUM(t.b)",
        "during_net": "SUM(t.during_net)",
        "expected_during_net": "SUM(t.base_net)",
    }
    neighbours = ""
    if by in NEIGHBOURED:
        neighbours = f"""SELECT 'neighbours', t.part, COUNT(*), NULL, NULL,
  {_lines(beside.get(name, "NULL") for name in outer)},
  SUM(t.d * t.d), SUM(t.d * t.b), SUM(t.b * t.b), NULL, NULL, NULL
FROM part_told t
GROUP BY t.part
UNION ALL
"""
    sql = f"""{chain}{_PHASES}, summed AS (
SELECT m.part, m.store_id, m.variant_id,
  {sums}
FROM marked m GROUP BY m.part, m.store_id, m.variant_id
), by_pair AS (
SELECT s.*, u.base_index, u.during_index, a.idx AS later_index
FROM summed s
JOIN usable u ON u.part = s.part AND u.store_id = s.store_id AND u.variant_id = s.variant_id
JOIN later_index a ON a.part = s.part AND a.store_id = s.store_id AND a.variant_id = s.variant_id
), by_product AS (
SELECT b.part, b.variant_id, COUNT(*) AS pairs, SUM(b.later_index) AS later_index,
  {per_product},
  {expected}
FROM by_pair b GROUP BY b.part, b.variant_id
), scale AS (
SELECT CAST(CAST($last AS DATE) - CAST($first AS DATE) + 1 AS DOUBLE)
  / NULLIF(CAST(CAST($first AS DATE) - CAST($base AS DATE) AS DOUBLE), 0) AS days
), each AS (
SELECT f.elsewhere, f.variant_id, {_BESIDE_SUMS} FROM free f GROUP BY f.elsewhere, f.variant_id
), told AS (
SELECT e.elsewhere, {_BESIDE_TOLD} FROM each e CROSS JOIN scale s
){_BESIDE_PARTS if by in NEIGHBOURED else ""}
SELECT 'part' AS kind, p.part, COUNT(*) AS n, SUM(p.pairs) AS pairs, SUM(p.later_index) AS later_index,
  {_lines(f"SUM(p.{name}) AS {name}" for name in outer)},
  SUM(CAST(p.during_units AS DOUBLE) * CAST(p.during_units AS DOUBLE)) AS dd,
  SUM(CAST(p.during_units AS DOUBLE) * p.expected_during_units) AS de,
  SUM(p.expected_during_units * p.expected_during_units) AS ee,
  SUM(CAST(p.later_units AS DOUBLE) * CAST(p.later_units AS DOUBLE)) AS aa,
  SUM(CAST(p.later_units AS DOUBLE) * p.expected_later_units) AS ax,
  SUM(p.expected_later_units * p.expected_later_units) AS xx
FROM by_product p
GROUP BY p.part
UNION ALL
SELECT CASE WHEN t.elsewhere = 1 THEN 'control' ELSE 'beside' END, '', COUNT(*), NULL, NULL,
  {_lines(beside.get(name, "NULL") for name in outer)},
  SUM(t.d * t.d), SUM(t.d * t.b), SUM(t.b * t.b), NULL, NULL, NULL
FROM told t
GROUP BY t.elsewhere
UNION ALL
{neighbours}SELECT 'new', '', COUNT(DISTINCT n.variant_id), NULL, NULL, {_lines("NULL" for _ in outer)},
  NULL, NULL, NULL, NULL, NULL, NULL
FROM fresh n WHERE NOT EXISTS (
  SELECT 1 FROM usable u WHERE u.store_id = n.store_id AND u.variant_id = n.variant_id)
ORDER BY 1, 2"""
    return Statement(sql, params)


def _lines(parts: Iterable[str]) -> str:
    return ",\n  ".join(parts)


def build_daily(
    windows: Sequence[Window],
    span: Span,
    scope: Scope,
    *,
    promotions: Sequence[str] = (),
    only: Filter | None = None,
    after_days: int,
    least_days: int,
) -> Statement:
    """Units and expected units of the treated products per day: ``phase``, ``business_on``, ``units``, ``expected``.

    For promotions of few products, where days are the independent pieces. The phase is during, base or later for the
    promoted ones, and beside or beside base for products of the same categories without a promotion.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"after_days": after_days, "least_days": least_days}
    chain = _chain(windows, span, params, by=None, promotions=promotions, only=only)
    sql = f"""{chain}{_PHASES}, own AS (
SELECT u.store_id, u.variant_id, u.last_on, u.begun_on,
  COALESCE(SUM(CASE WHEN m.phase = 'base' THEN CAST(m.units AS DOUBLE) END), 0) / MIN(u.base_index) AS units
FROM usable u LEFT JOIN marked m ON m.store_id = u.store_id AND m.variant_id = u.variant_id
GROUP BY u.store_id, u.variant_id, u.last_on, u.begun_on
), cell AS (
SELECT o.store_id, o.variant_id, i.business_on, o.units * i.idx AS expected,
  CASE WHEN t.variant_id IS NOT NULL THEN 'during' WHEN p.variant_id IS NOT NULL THEN 'other'
    WHEN i.business_on < o.begun_on THEN 'other'
    WHEN i.business_on < CAST($first AS DATE) THEN 'base'
    WHEN i.business_on > o.last_on AND i.business_on <= o.last_on + CAST($after_days AS INTEGER) THEN 'later'
    ELSE 'other' END AS phase
FROM own o CROSS JOIN ind i
LEFT JOIN spell p ON p.store_id = o.store_id AND p.variant_id = o.variant_id
  AND i.business_on BETWEEN p.starts_on AND p.ends_on
LEFT JOIN treated t ON t.store_id = o.store_id AND t.variant_id = o.variant_id
  AND i.business_on BETWEEN t.starts_on AND t.ends_on
WHERE i.idx > 0
), beside_day AS (
SELECT f.business_on, CAST(SUM(f.units) AS DOUBLE) AS units FROM free f WHERE f.elsewhere = 0 GROUP BY f.business_on
), beside_level AS (
SELECT SUM(COALESCE(n.units, 0)) / NULLIF(SUM(i.idx), 0) AS units
FROM ind i LEFT JOIN beside_day n ON n.business_on = i.business_on WHERE i.business_on < CAST($first AS DATE)
)
SELECT c.phase, c.business_on, COALESCE(SUM(CAST(s.units AS DOUBLE)), 0) AS units, SUM(c.expected) AS expected
FROM cell c
LEFT JOIN sold s ON s.store_id = c.store_id AND s.variant_id = c.variant_id AND s.business_on = c.business_on
WHERE c.phase <> 'other'
GROUP BY c.phase, c.business_on
UNION ALL
SELECT CASE WHEN i.business_on < CAST($first AS DATE) THEN 'beside base' ELSE 'beside' END, i.business_on,
  COALESCE(n.units, 0), l.units * i.idx
FROM ind i CROSS JOIN beside_level l LEFT JOIN beside_day n ON n.business_on = i.business_on
WHERE i.idx > 0 AND i.business_on <= CAST($last AS DATE)
ORDER BY 1, 2"""
    return Statement(sql, params)
