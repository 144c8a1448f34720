"""The catalogue of tools: one decorator to enter it, one function to run a tool safely.

A tool is a function ``(arguments, context) -> ToolResult`` with a pydantic model for its arguments. Its docstring is
the description the model reads. Nothing here knows LangChain: ``agent.conversation`` wraps the catalogue.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.result import ToolResult


class Arguments(BaseModel):
    """Base of every tool's arguments: unknown fields are refused, so no scope can be smuggled in."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool of the catalogue. ``proposes`` is true for those that file a proposal; none of them writes."""

    name: str
    description: str
    arguments: type[Arguments]
    run: Callable[[Any, ToolContext], ToolResult]
    proposes: bool = False

    def schema(self) -> dict[str, Any]:
        """The JSON schema of the arguments."""
        return self.arguments.model_json_schema()


_CATALOGUE: dict[str, ToolSpec] = {}
_GROUPS = (
    "about",
    "origin",
    "sales",
    "breakdown.sales_breakdown",
    "breakdown.share_change",
    "breakdown.part_of_each",
    "breakdown.concentration",
    "each.figure_of_each",
    "compare",
    "products",
    "stores",
    "ahead",
    "conditions",
    "exceptions.exception_report",
    "overview.store_ranking",
    "overview.target_progress",
    "overview.business_overview",
    "overview.sales_rates",
    "overview.rates_by_group",
    "overview.against_average",
    "overview.count_over_amount",
    "overview.sales_outlook",
    "overview.outlook_accuracy",
    "overview.sales_moves",
    "overview.spread_over_time",
    "overview.unusual_days",
    "documents.tender_mix",
    "documents.taxes_and_gift_cards",
    "documents.refunds_and_voids",
    "documents.find_transaction",
    "documents.largest_transactions",
    "baskets.statistics",
    "baskets.apart",
    "promotions.optimal_discount",
    "documents.discounts_used",
    "documents.largest_discounts",
    "customers.identified_sales",
    "customers.new_and_returning",
    "customers.visits",
    "customers.across_stores",
    "customers.shared_customers",
    "customers.kept",
    "customers.affinity",
    "customers.by_visits",
    "customers.every_span",
    "customers.by_spend",
    "customers.household_figures",
    "customers.household_correlation",
    "customers.goods_by_buyers",
    "customers.repeat_purchases",
    "customers.redeemers",
    "customers.profile",
    "assortment.range_counts",
    "assortment.shelf_prices",
    "assortment.price_changes",
    "assortment.store_spread",
    "assortment.range_difference",
    "assortment.products_matching",
    "assortment.catalogue_gaps",
    "assortment.first_and_last_sale",
    "assortment.new_products",
    "documents.price_bands",
    "documents.private_label_share",
    "documents.peak_times",
    "documents.peak_by_store",
    "stock.inventory",
    "shelves.planogram",
    "baskets.both",
    "baskets.bought_together",
    "baskets.cross_sell",
    "customers.segments",
    "customers.at_risk",
    "customers.away",
    "customers.movement",
    "customers.top_customers",
    "customers.trends",
    "customers.trend_goods",
    "customers.cohorts",
    "proposing.prices",
    "proposing.stock",
    "proposing.goods",
    "proposing.shifts",
    "proposing.promotions",
    "proposing.products",
    "proposing.price_lists",
    "proposing.tasks",
    "proposing.outbound",
    "team.schedule",
    "team.attendance",
    "tasks",
    "proposed",
    "query",
    "words.products_by_meaning",
    "words.feedback",
    "margin.product_profitability",
    "promotions.running",
    "promotions.starting",
    "promotions.placements",
    "promotions.coupon_redemption",
    "promotions.campaign_facts",
    "promotions.redemptions_over_time",
    "promotions.coupon_households",
    "promotions.coupons_by_group",
    "promotions.coupon_sales",
    "promotions.campaign_effect",
    "why.explain_change",
    "why.underperforming_stores",
    "promotions.promotion_lift",
    "promotions.lift_change",
    "promotions.price_elasticity",
    "promotions.markdown_candidates",
)


def tool(*, proposes: bool = False) -> Callable[[Callable[[A, ToolContext], ToolResult]], Callable[..., ToolResult]]:
    """Enter the decorated function in the catalogue under its own name."""

    def enter(function: Callable[[A, ToolContext], ToolResult]) -> Callable[..., ToolResult]:
        signature = inspect.signature(function, eval_str=True)
        arguments = next(iter(signature.parameters.values())).annotation
        description = inspect.cleandoc(function.__doc__ or "").partition("\n\nRaises:")[0]
        _CATALOGUE[function.__name__] = ToolSpec(function.__name__, description, arguments, function, proposes)
        return function

    return enter


@cache
def catalogue() -> Mapping[str, ToolSpec]:
    """Every tool by name, importing each group once."""
    for group in _GROUPS:
        importlib.import_module(f"tools.{group}")
    return dict(sorted(_CATALOGUE.items()))


def run_tool(name: str, arguments: Mapping[str, Any], context: ToolContext) -> ToolResult:
    """Check the arguments and run a tool.

    Raises:
        BadArgumentError: no such tool, or an argument that its schema refuses.
        tools.errors.ToolError: whatever the tool has to say.
    """
    spec = catalogue().get(name)
    if spec is None:
        raise BadArgumentError(f"There is no tool “{name}”. There are: {', '.join(catalogue())}.")
    try:
        checked = spec.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        raise BadArgumentError(_sentence(spec, error)) from error
    return spec.run(checked, context)


def _sentence(spec: ToolSpec, error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "arguments"
    allowed = ", ".join(spec.arguments.model_fields)
    return f"{spec.name}: “{field}” cannot be used: {first['msg']}. Its fields are: {allowed}."
