"""What the keys of a breakdown are called: stores, products, people, promotions, and the groups of the calendar."""

from __future__ import annotations

from collections.abc import Sequence

from tools.analysis.group_keys import key_title
from tools.breakdown.rows import Row
from tools.frame import Frame
from tools.metrics.dimensions import Dimension
from tools.metrics.values_query import PROMOTIONS, build_employees
from tools.products import unnamed
from tools.search import lookup

Titles = dict[tuple[str, str], str]


def named_keys(rows: Sequence[Row], dimensions: Sequence[Dimension], asked: Frame) -> Titles:
    """The name of each key by dimension and key; products also by ``product_id``."""
    titles: Titles = {}
    for number, one in enumerate(dimensions):
        keys = list(dict.fromkeys(row.keys[number] for row in rows))
        if one.name == "store":
            titles |= {(one.name, key): asked.stores.name(key) for key in keys}
        elif one.name == "product":
            titles |= _products(keys, asked)
        elif one.name in ("employee", "promotion"):
            names = _people(asked) if one.name == "employee" else _promotions(asked)
            titles |= {(one.name, key): names.get(key, key) for key in keys}
        elif one.is_time:
            dated = one.name in ("day", "week") and asked.start_on.year != asked.end_on.year
            titles |= {(one.name, key): key_title(one.name, key) + (f" {key[:4]}" if dated else "") for key in keys}
        elif one.name == "tender":
            titles |= {(one.name, key): key.replace("_", " ") for key in keys}
    return titles


def _products(keys: Sequence[str], asked: Frame) -> Titles:
    known = lookup([key for key in keys if key], asked.context)
    titles: Titles = {}
    for key in keys:
        product = known.get(key) or unnamed(key)
        titles[("product", key)] = product.name if key else "Lines without a product"
        titles[("product_id", key)] = product.product_id
    return titles


def _people(asked: Frame) -> dict[str, str]:
    statement = build_employees(asked.context.scope)
    return {row[0]: row[1] for row in asked.context.mirror.query(statement.sql, statement.params).rows}


def _promotions(asked: Frame) -> dict[str, str]:
    return {row[0]: row[1] for row in asked.context.mirror.query(PROMOTIONS).rows}
