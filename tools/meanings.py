"""What the words of answers mean that are no metrics: dead stock, a void, a new customer, a week.

Metrics are defined in ``tools.metrics``. Numbers come from the tools that use them, so a word means what its
list shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.analysis.few import FEWEST
from tools.errors import BadArgumentError
from tools.glossary import TRADE_WORDS
from tools.metrics.stock_definitions import STOCK_METRICS
from tools.registry import Arguments
from tools.stock.dead import DeadStockArguments
from tools.stock.out import OutOfStockArguments
from tools.stock.overstock import OverstockArguments
from tools.stock.risk import StockoutRiskArguments
from tools.stock.slow import SlowStockArguments

_BETWEEN = re.compile(r",? (?:and|or|vs\.?|versus|from|/) (?:an? |the )?")
_LEAD = re.compile(r"^(?:an? |the |our |my |your )+|(?:\"|')")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of answers: its label, the other ways to say it, and one or two sentences."""

    label: str
    words: tuple[str, ...]
    text: str


def _usual(arguments: type[Arguments], name: str) -> int:
    return int(arguments.model_fields[name].default)


def meanings() -> tuple[Meaning, ...]:
    """Every word with a meaning, in the order in which they are listed."""
    dead, over = _usual(DeadStockArguments, "days"), _usual(OverstockArguments, "cover")
    slow, measured = _usual(SlowStockArguments, "cover"), _usual(SlowStockArguments, "days")
    within, selling = _usual(StockoutRiskArguments, "within"), _usual(OutOfStockArguments, "days")
    return (
        Meaning(
            "Void",
            ("void", "voids", "voided sale", "cancelled sale", "cancellation"),
            "A sale or a line that was cancelled at the till. A voided sale does not count in net sales at all.",
        ),
        Meaning(
            "Refund",
            ("refund", "refunds", "return", "returns"),
            "Money given back for a sale that had counted. It lowers net sales on the day it is given, not on the day"
            " of the sale.",
        ),
        Meaning(
            "Discount",
            ("discount", "discounts", "markdown", "mark down", "markdowns", "price reduction"),
            "What was taken off the price at the till, by line or for the whole sale. A markdown is a lower price on"
            " the shelf: it shows as a lower price, not as a discount, unless the till writes it as one.",
        ),
        Meaning(
            "Promotion",
            ("promotion", "promotions", "promo", "offer", "on promotion"),
            "Goods that are marked as promoted for a span of days, by a price, a display or a mailer.",
        ),
        Meaning(
            "No-sale",
            ("no sale", "no sales", "no-sale", "drawer opening"),
            "The drawer was opened without a sale.",
        ),
        Meaning(
            "Dead stock",
            ("dead stock", "dead inventory", "dead product", "dead products", "dead item", "dead items"),
            f"Products on hand that have not sold in a store for {dead} days, or for as many days as you say.",
        ),
        Meaning(
            "Slow mover",
            ("slow mover", "slow movers", "slow stock", "slow seller", "slow sellers", "slow moving", "slow-moving"),
            f"A product on hand that sold a little and would last more than {slow} days at the rate of the last"
            f" {measured} days.",
        ),
        Meaning(
            "Overstock",
            ("overstock", "overstocked", "excess stock", "too much stock"),
            f"Stock beyond {over} days of cover; the excess is what lies above it.",
        ),
        Meaning(
            "Low stock",
            ("low stock", "low on stock", "running low", "stockout risk", "stock-out risk", "at risk of running out"),
            f"Stock that will be gone within {within} days at the rate of the last weeks.",
        ),
        Meaning(
            "Out of stock",
            ("out of stock", "oos", "stockout", "stock-out", "sold out"),
            f"Nothing on hand of a product that sold in the last {selling} days. Where"
            " the source tells the shelf from"
            " the back room, an empty shelf is counted apart.",
        ),
        Meaning(
            "Phantom stock",
            ("phantom stock", "phantom inventory", "ghost stock"),
            "Stock in the record that has not sold for so long, against its usual rate, that it may not be there:"
            " a reason to count it, not a proof.",
        ),
        Meaning(
            "Lost sales",
            ("lost sales", "missed sales"),
            "What goods out of stock would have sold at their usual rate on the days they were out: an estimate.",
        ),
        Meaning(
            "Reorder point",
            ("reorder point", "re-order point", "reorder level", "safety stock", "due to be ordered"),
            "The stock at which a product is due: what sells in the supplier's lead"
            " time and until the next order, and"
            " a reserve against days that sell more than usual.",
        ),
        Meaning(
            "Days of cover",
            ("stock cover", "cover", "days cover", "weeks cover", "weeks of stock"),
            "How long the stock on hand lasts at the mean daily units of the last weeks; weeks of cover is that"
            " divided by seven.",
        ),
        Meaning(
            "Transit",
            ("in transit", "on order", "inbound"),
            "Units on purchase orders that were sent and not yet received, and on transfers under way.",
        ),
        Meaning(
            "Known customer",
            ("known customer", "identified customer", "loyalty customer", "customer", "shopper", "household", "member"),
            "Somebody whom the till recognises, by a card for example; I know a pseudonym and no name. Sales without"
            " one count as sales, not as a customer.",
        ),
        Meaning(
            "Active customer",
            ("active customer", "active customers", "active shopper"),
            "A known customer who bought at least once in the period asked about.",
        ),
        Meaning(
            "New customer",
            ("new customer", "new customers", "first time customer", "first-time customer"),
            "A known customer whose first purchase in the data lies in the period asked about.",
        ),
        Meaning(
            "Returning customer",
            ("returning customer", "returning customers", "repeat customer", "regular", "regular customer", "regulars"),
            "A known customer who bought in the period and had bought before it.",
        ),
        Meaning(
            "Customer at risk",
            (
                "customer at risk",
                "customers at risk",
                "at risk customer",
                "at-risk customer",
                "churn",
                "lapsed customer",
            ),
            "A known customer who has stayed away longer than the own habit: the mean"
            " of the own gaps and two standard"
            f" deviations. Told for groups of at least {FEWEST} only.",
        ),
        Meaning(
            "Department",
            ("department", "departments", "category", "categories", "product type"),
            "The upper level of the range as the point of sale has it; a category is the level below, a product the"
            " one below that. “How are departments split into categories” shows them by their figures.",
        ),
        Meaning(
            "Week",
            ("week", "last week", "this week", "weeks"),
            "A week runs from Monday to Sunday; “this week” is the one that has begun, “last week” the whole one"
            " before it. Retail weeks of the 4-5-4 calendar are had by “retail week 43”.",
        ),
        Meaning(
            "Day",
            ("day", "business day", "today", "yesterday", "time zone", "timezone", "midnight", "end of day"),
            "A day is a store's own business day in its own time zone, from the hour"
            " its day starts. “My stores” lists"
            " the time zone of each.",
        ),
        Meaning(
            "Like-for-like",
            ("like for like", "like-for-like", "comparable stores", "same store sales", "same-store sales"),
            (
                "Only stores that were open in both periods are held against each other;"
                " one that opened or closed is named."
            ),
        ),
        Meaning(
            "Norm",
            ("norm", "usual", "normal", "four-week norm", "typical"),
            "The mean of the same weekdays of the four weeks before.",
        ),
    )


def meaning_of(words: str) -> tuple[Meaning, ...]:
    """What a word means, or each of two that are held against each other (“void and refund”).

    Raises:
        BadArgumentError: none of them is a word of answers; the sentence lists those that are.
    """
    whole = _plain(words)
    if found := _named(whole):
        return (found,)
    parts = [_named(_plain(part)) for part in _BETWEEN.split(whole)]
    if len(parts) == 2 and parts[0] and parts[1]:
        return (parts[0], parts[1])
    shown = words.strip()[:40]
    known = ", ".join(one.label.lower() for one in meanings())
    raise BadArgumentError(
        f"I have no meaning written down for “{shown}”. There are those of metrics, and of: {known}."
    )


def has_meaning(words: str) -> bool:
    """Whether ``meaning_of`` knows the word, or both of two."""
    try:
        return bool(meaning_of(words))
    except BadArgumentError:
        return False


def is_trade_word(words: str) -> bool:
    """Whether it is a word of the trade, rather than one of the answers."""
    word = _plain(words)
    return any(word == one.label.lower() or word in one.words for one in trade_words())


def _plain(words: str) -> str:
    return _LEAD.sub("", " ".join(words.lower().split())).strip(" ?.!,")


def _named(word: str) -> Meaning | None:
    known = (*meanings(), *trade_words(), *_stock_figures())
    return next(
        (one for one in known if word == one.label.lower() or {word, word.removesuffix("s")} & set(one.words)), None
    )


def trade_words() -> tuple[Meaning, ...]:
    """The words of the trade, each as it is worked out here or is not."""
    return tuple(Meaning(*one) for one in TRADE_WORDS)


def _stock_figures() -> tuple[Meaning, ...]:
    """The figures of stock, which have definitions of their own."""
    return tuple(
        Meaning(
            one.label,
            tuple(name.replace("_", " ").replace(" pct", "") for name in (one.name, *one.aliases)),
            f"{one.definition} It leaves out: {one.excludes}",
        )
        for one in STOCK_METRICS
    )
