"""What was given back, cancelled or overridden: each with time, amount, reason and, for those who may know, who."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, stands_on
from tools.analysis.voids import Happening, merge_voids
from tools.bounds import Bounds, bounds_of
from tools.colleagues import NAMES_WITHHELD, may_name, require_names
from tools.context import ToolContext
from tools.documents.by_amount import WORDS, ByAmount, between, end_said, in_order, single_figures
from tools.documents.tallied import amount, most, tally
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.each_currency import each_currency
from tools.errors import NOT_RECORDED, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics import METRICS
from tools.metrics.evaluate import Group, decimal, fetch, total
from tools.metrics.query import build
from tools.metrics.refunds_query import (
    build_known,
    build_on_duty,
    build_refunds,
    build_register_events,
    build_voided_documents,
)
from tools.metrics.windows import Statement
from tools.recorded import recorded_first
from tools.registry import tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.together import together
from tools.wording import counted, listed, moment

Show = Literal["all", "refunds", "voids", "no_sales", "price_overrides"]
By = Literal["reason", "employee", "register", "store", "day"]
_KINDS: Mapping[str, tuple[str, ...]] = {
    "all": ("refund", "void_sale", "void_line", "no_sale", "price_override"),
    "refunds": ("refund",),
    "voids": ("void_sale", "void_line"),
    "no_sales": ("no_sale",),
    "price_overrides": ("price_override",),
}
_NOUNS = {
    "refund": "refund",
    "void_sale": "voided sale",
    "void_line": "voided line",
    "no_sale": "no-sale",
    "price_override": "price override",
}
_SUBJECTS = {
    "all": "Refunds and voids",
    "refunds": "Refunds",
    "voids": "Voids",
    "no_sales": "No-sales",
    "price_overrides": "Price overrides",
}
_EMPTY = {
    "refunds": "no sale was ever returned in the data of these stores",
    "voids": "no sale of these stores is marked as voided, and their registers report no voids",
    "no_sales": "their registers report no no-sales",
    "price_overrides": "their registers report no price overrides",
}


class RefundsAndVoidsArguments(ByAmount):
    """Arguments of ``refunds_and_voids``."""

    period: str = Field(default="last 14 days", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    show: Show = Field(default="all", description="Which of them was asked for.")
    by: By | None = Field(default=None, description="Count them by this instead of listing them.")
    order: Literal["newest", "top", "bottom"] = Field(
        default="newest",
        description="How they are listed: newest first, or the largest (top) or smallest first.",
    )
    limit: int = Field(default=20, ge=1, le=50, description="How many rows to list.")


@dataclass(frozen=True, slots=True)
class _Found:
    """What happened, the statements that told it, and the sums that rates are taken of."""

    happenings: Sequence[Happening]
    statements: Sequence[Statement]
    whole: Group


@tool()
@recorded_first
@each_currency
def refunds_and_voids(arguments: RefundsAndVoidsArguments, context: ToolContext) -> ToolResult:
    """Refunds, voided sales and lines, no-sales and price overrides, with time, amount, reason, register and who.

    Use it for “show me every void over the last two weeks with the reason and who was working”, “refunds yesterday and
    why”, “voids by employee last month”, “how many no-sales this week”, “biggest refund last week” (order top).
    Documents marked as voided and what the
    registers wrote down are one list; the same void is never counted twice. A void takes a sale out of net sales, a
    refund lowers net sales on the day it was given.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, "")
    if arguments.by == "employee":
        require_names(context.scope)
    kinds = _KINDS[arguments.show]
    known = build_known(asked.stores.ids, context.scope)
    found, (days, covered), ever = together(
        partial(_happenings, asked, kinds),
        partial(coverage, asked, asked.windows()),
        partial(context.mirror.query, known.sql, known.params),
    )
    require_sales(asked, days)
    unknown = _unknown(asked, arguments.show, found, ever.dicts()[0])
    bounds = bounds_of(arguments)
    within, left = between(found.happenings, bounds, asked.exponent)
    found = replace(found, happenings=within)
    limits = f" of {bounds.said(METRICS['net_sales'], asked.currency)}" if bounds.given else ""
    headline = _headline(asked, f"{_SUBJECTS[arguments.show]}{limits}", kinds, found, some=arguments.show == "all")
    shown = in_order(found.happenings, arguments.order)[: arguments.limit]
    extreme = [] if arguments.by else end_said(asked, shown, arguments.order, _NOUNS)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *extreme, *([] if limits else _rates(asked, found)), *_sentences(found)]),
        figures=(*_figures(asked, kinds, found, bounds), *single_figures(asked, shown if extreme else ())),
        table=_grouped(asked, arguments.by, found) if arguments.by else _list(asked, shown),
        caveats=(*unknown, *left, *_remarks(asked, found, arguments), *caveats(asked, (), days)),
        follow_ups=_follow_ups(asked, arguments),
        provenance=stands_on(asked, _metric_names(kinds), [*found.statements, covered]),
    )


def _happenings(asked: Frame, kinds: Sequence[str]) -> _Found:
    """Everything of these kinds, by time."""
    context, windows = asked.context, asked.windows()
    names = may_name(context.scope)
    sums = build(
        [METRICS[name] for name in ("gross_sales", "transactions", "refund_rate")], windows, None, context.scope
    )
    lists = [
        *([("refund", "documents", build_refunds)] if "refund" in kinds else []),
        *([("", "register", build_register_events)] if set(kinds) - {"refund"} else []),
        *([("void_sale", "documents", build_voided_documents)] if "void_sale" in kinds else []),
    ]
    statements = [made(windows, context.scope, names=names) for _, _, made in lists]
    reads = [
        partial(_read, context, statement, kind, source)
        for statement, (kind, source, _) in zip(statements, lists, strict=True)
    ]
    groups, read = together(partial(fetch, context.mirror, sums), lambda: together(*reads))
    by_kind = {kind: happenings for (kind, _, _), happenings in zip(lists, read, strict=True)}
    wanted = [one for one in by_kind.get("", []) if one.kind in kinds]
    happened = [*by_kind.get("refund", []), *merge_voids(by_kind.get("void_sale", []), wanted)]
    happened.sort(key=lambda one: (one.at is not None, one.at, one.sale_id or ""))
    return _Found(happened, [sums, *statements], total(groups))


def _read(context: ToolContext, statement: Statement, kind: str, source: str) -> list[Happening]:
    return [
        Happening(
            kind or row["kind"],
            row["store_id"],
            row["happened_at"],
            decimal(row["amount"]),
            (row["reason"] or "").strip() or None,
            row["employee"],
            row["register_id"],
            row["sale_id"],
            row.get("original_sale_id"),
            (source,),
        )
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]


def _unknown(asked: Frame, show: str, found: _Found, row: Mapping[str, Any]) -> list[str]:
    """What cannot be known of these stores, as far as nothing of it was ever recorded (``row``).

    Raises:
        NoDataError: nothing that was asked for was ever recorded.
    """
    there = {one.kind for one in found.happenings}
    ever = {
        "refunds": row["returns"] or "refund" in there,
        "voids": row["voided"] or row["void_events"] or there & {"void_sale", "void_line"},
        "no_sales": row["no_sales"],
        "price_overrides": row["price_overrides"],
    }
    wanted = list(ever) if show == "all" else [show]
    missing = [name for name in wanted if not ever[name]]
    what = listed([_SUBJECTS[name].lower() for name in missing])
    if missing == wanted:
        why = "; ".join(_EMPTY[name] for name in missing)
        known = listed([_SUBJECTS[name].lower() for name in ever if ever[name]])
        instead = f"What is recorded are {known}." if known else "Single sales can be seen: “largest transactions”."
        raise NoDataError(
            f"No {listed([_SUBJECTS[name].lower() for name in missing], 'or')} were ever recorded for"
            f" {asked.stores.label}: {why}. That need not mean that there were none. They come with the returned and"
            f" cancelled sales and what the till writes down. {instead}",
            NOT_RECORDED,
        )
    said = (
        [f"Nothing is recorded of {what} at these stores, which need not mean that there were none."] if missing else []
    )
    if "voids" in wanted and ever["voids"] and not row["void_events"]:
        said.append(
            "Voids are known from cancelled documents only: the registers report none, so voided lines are not seen."
        )
    if "voids" in wanted and ever["voids"] and not row["voided"]:
        said.append("Voids are known from the registers only: no document is marked as voided.")
    return said


def _of(found: _Found, kind: str) -> list[Happening]:
    return [one for one in found.happenings if one.kind == kind]


def _headline(asked: Frame, subject: str, kinds: Sequence[str], found: _Found, *, some: bool) -> str:
    said = []
    for kind in kinds:
        own = _of(found, kind)
        if not own and some:
            continue
        worth = f" of {money_said(amount(own), asked.currency)}" if amount(own) else ""
        said.append(f"{counted(len(own), _NOUNS[kind])}{worth}")
    return f"{subject} {asked.when}, {asked.stores.label}: {listed(said) or 'none'}."


def _rates(asked: Frame, found: _Found) -> list[str]:
    """What part of the sales they are, where they are all told."""
    said = []
    rate = METRICS["refund_rate"]
    refunds, voids = _of(found, "refund"), _of(found, "void_sale")
    if refunds:
        value = rate.value(found.whole.sums["n_refund_rate"], found.whole.sums["d_refund_rate"], asked.exponent)
        told = "none, because nothing was sold" if value is None else f"{rate.text(value)} % of sales after discounts"
        said.append(f"Refund rate: {told}.")
    if voids:
        transactions = found.whole.sums["n_transactions"] or Decimal(0)
        share = percent_said(len(voids), transactions + len(voids), 2)
        said.append(f"Voided sales are {share} of all {int(transactions) + len(voids):,} sales begun.")
    return said


def _sentences(found: _Found) -> list[str]:
    if len(found.happenings) <= 1:
        return []
    reasons = most(found.happenings, "Reasons", lambda one: one.reason, "without a reason")
    return [*reasons, *most(found.happenings, "By", lambda one: one.employee, "")]


def _metric_names(kinds: Sequence[str]) -> list[str]:
    return [f"{kind}s" for kind in kinds] + [f"{kind}_rate" for kind in kinds if kind in ("refund", "void_sale")]


def _figures(asked: Frame, kinds: Sequence[str], found: _Found, bounds: Bounds) -> list[Figure]:
    made = []
    limits = bounds.group
    for kind in kinds:
        some = _of(found, kind)
        made.append(figure(asked, f"{kind}_count", len(some), "count", limits))
        if kind == "no_sale":
            continue  # nothing was sold, so there is no amount
        made.append(figure(asked, f"{kind}_amount", money_text(amount(some), asked.exponent), asked.currency, limits))
    if limits:  # the rates are of all of them
        return made
    sums = found.whole.sums
    if "refund" in kinds:
        metric = METRICS["refund_rate"]
        value = metric.value(sums["n_refund_rate"], sums["d_refund_rate"], asked.exponent)
        made.append(figure(asked, "refund_rate", metric.text(value), "%"))
    if "void_sale" in kinds:
        voids = _of(found, "void_sale") + _of(found, "void_line")
        begun = (sums["n_transactions"] or Decimal(0)) + len(_of(found, "void_sale"))
        made.append(figure(asked, "void_rate_by_count", percent_text(len(_of(found, "void_sale")), begun, 2), "%"))
        gross = sums["n_gross_sales"]
        made.append(figure(asked, "void_rate_by_value", percent_text(amount(voids), gross, 2), "%"))
    return made


def _list(asked: Frame, shown: Sequence[Happening]) -> Table | None:
    if not shown:
        return None
    on_duty = _on_duty(asked, [one for one in shown if not one.employee])
    zones = {store.store_id: store.timezone for store in asked.stores.stores}
    named = (
        ("Time", "text"), ("Store", "text"), ("What", "text"), ("Amount", asked.currency), ("Reason", "text"),
        ("Who", "text"), ("Register", "text"), ("Receipt", "text"), ("Original receipt", "text"),
    )  # fmt: skip
    rows = [
        (
            moment(one.at, zones[one.store_id]) if one.at else None,
            asked.stores.name(one.store_id),
            _NOUNS[one.kind],
            money_text(one.amount, asked.exponent),
            one.reason,
            one.employee or on_duty.get(id(one)),
            one.register_id,
            one.sale_id,
            one.original_sale_id,
        )
        for one in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _on_duty(asked: Frame, happenings: Sequence[Happening]) -> dict[int, str]:
    """Who was clocked in when nobody is recorded, by the identity of the happening."""
    times = [one.at for one in happenings if one.at]
    if not times or not may_name(asked.context.scope):
        return {}
    statement = build_on_duty(asked.stores.ids, min(times), max(times), asked.context.scope)
    cards = asked.context.mirror.query(statement.sql, statement.params).rows
    there = {}
    for one in happenings:
        names = [
            str(name)
            for store, name, start, end in cards
            if store == one.store_id
            and one.at
            and start <= one.at <= (end or one.at)
            and one.at - start < timedelta(days=1)
        ]
        if names:
            there[id(one)] = f"on duty: {', '.join(dict.fromkeys(names))}"
    return there


def _grouped(asked: Frame, by: str | None, found: _Found) -> Table | None:
    zones = {store.store_id: store.timezone for store in asked.stores.stores}
    keys: dict[str, Callable[[Happening], str | None]] = {
        "reason": lambda one: one.reason,
        "employee": lambda one: one.employee,
        "register": lambda one: one.register_id,
        "store": lambda one: asked.stores.name(one.store_id),
        "day": lambda one: moment(one.at, zones[one.store_id]).split(",")[0] if one.at else None,
    }
    groups = tally(found.happenings, keys[str(by)])
    if not groups:
        return None
    columns = (
        TableColumn(str(by).capitalize(), "text"),
        TableColumn("Count", "count"),
        TableColumn("Share", "%"),
        TableColumn("Amount", asked.currency),
    )
    whole = len(found.happenings)
    rows = [
        (name or "not recorded", len(some), percent_text(len(some), whole), money_text(amount(some), asked.exponent))
        for name, some in groups
    ]
    return Table(columns, rows)


def _remarks(asked: Frame, found: _Found, arguments: RefundsAndVoidsArguments) -> list[str]:
    said = []
    listed_all = len(found.happenings) <= arguments.limit or arguments.by
    if not listed_all:
        said.append(f"The {arguments.limit} {WORDS[arguments.order]} of {len(found.happenings):,} are listed.")
    if found.happenings and not may_name(asked.context.scope):
        said.append(NAMES_WITHHELD)
    refunds = _of(found, "refund")
    if refunds and not any(one.reason for one in refunds):
        said.append("The point of sale gives no reasons for these refunds.")
    nameless = [one for one in found.happenings if not one.employee]
    if nameless and may_name(asked.context.scope) and len(nameless) < len(found.happenings):
        verb = "entry names" if len(nameless) == 1 else "entries name"
        said.append(f"{len(nameless):,} {verb} nobody.")
    if any(one.sources == ("documents",) for one in found.happenings if one.kind == "void_sale"):
        said.append("A sale that was parked or cancelled before it was paid may be marked as voided, too.")
    return said


def _follow_ups(asked: Frame, arguments: RefundsAndVoidsArguments) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    subject = _SUBJECTS[arguments.show]
    asks = [f"{subject} {when} by reason{same}"] if arguments.by != "reason" else []
    if arguments.by != "employee" and may_name(asked.context.scope):
        asks.append(f"{subject} {when} by employee{same}")
    if arguments.by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"{subject} {when} by store{same}")
    return tuple(asks)
