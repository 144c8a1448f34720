"""When a promotion runs where a day of it is not recorded: without an end it runs on, without a start it began before.

A point of sale may know promotions “from ever” or “until further notice”. They are on promotion all the same; what
cannot be had of one without a start is what was sold before it.
"""

from __future__ import annotations


def runs_between(first: str, last: str, alias: str = "p") -> str:
    """The condition on a promotion of a product ``alias`` that it runs on any of the days; both are SQL."""
    return (
        f"({alias}.starts_on IS NULL OR {alias}.starts_on <= CAST({last} AS DATE))"
        f" AND ({alias}.ends_on IS NULL OR {alias}.ends_on >= CAST({first} AS DATE))"
    )


def days_within(first: str, last: str, alias: str = "p") -> str:
    """Its first and last day among these days, as columns ``starts_on, ends_on``."""
    return (
        f"GREATEST(COALESCE({alias}.starts_on, CAST({first} AS DATE)), CAST({first} AS DATE)) AS starts_on,\n"
        f"  LEAST(COALESCE({alias}.ends_on, CAST({last} AS DATE)), CAST({last} AS DATE)) AS ends_on"
    )


def last_day(alias: str) -> str:
    """The last end of several, null where any of them has none."""
    return f"CASE WHEN COUNT(*) = COUNT({alias}.ends_on) THEN MAX({alias}.ends_on) END"


def first_day(alias: str) -> str:
    """The first start of several, null where any of them has none."""
    return f"CASE WHEN COUNT(*) = COUNT({alias}.starts_on) THEN MIN({alias}.starts_on) END"
