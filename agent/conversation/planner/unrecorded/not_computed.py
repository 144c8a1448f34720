"""Figures that are not worked out here, though the data might look as if: each with the nearest that is."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|households?|members?|guests?)"
NOT_COMPUTED: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\b(?:(?:{_WHO} )?life ?time value|clv|cltv|ltv)\b.{{0,20}}\b(?:by|per|for each|of each) (?:customer )?segments?\b"
        ),
        "",
        (
            "I do not project what customers will be worth. What they spent can be had: “customer segments”,"
            " “top customers”, “average spend per household this year”."
        ),
    ),
    (
        (r"\bcorrelat\w+ (?:between|of|with)\b|\bcorrelation\b|\bregression\b|\br[- ]?squared\b"),
        r"\b(?:weather|rain|temperature|campaigns?|marketing|age|income|household|children|kids|demographics?)\b",
        (
            "I compute no correlations. Nearest to it: “price elasticity of soft drinks” (units against price),"
            " “promotion lift last month” (units with and without an offer), “transactions by day with visitors”."
        ),
    ),
    (
        (
            rf"\b(?:percent(?:age)?|share|proportion|%|how many)(?: of)?(?: my| our| the| all)* {_WHO}(?: who| that)?"
            r" (?:used?|got|had|redeemed|received|bought (?:with|on)) (?:an? |any )?(?:discounts?|offers?|deals?"
            r"|promotions?)\b"
        ),
        r"\b(?:coupons?|campaigns?|mailers?)\b",
        (
            "Discounts are counted by transaction, not by customer: “discounts used last month” says in how many."
            " Of coupons and campaigns it is known which households redeemed one: “coupon redemption rate”."
        ),
    ),
    (
        (
            r"\b(?:categor(?:y|ies)|departments?|brands?|stores?|suppliers?|vendors?) (?:that |which )?(?:did"
            r" not|didn't|don't"
            r"|do not|never) sell\b(?! (?:well|much|more|as|enough|any ))"
            r"|\b(?:categor(?:y|ies)|departments?|brands?) (?:with|without|had) (?:no|any|zero) sales\b"
        ),
        "",
        (
            "A split lists what was sold, so groups without any sale are not in it. The weakest are in “bottom 10"
            " categories last week”; products that lie unsold are in “dead stock”."
        ),
    ),
    (
        (
            r"\b(?:products?|items?|skus?) (?:have|has|with|without|that have) (?:no|any)?(?: known| recorded)?"
            r" ?(?:shelf"
            r" |planogram |bin |aisle )(?:location|position|place|assignment)s?\b"
        ),
        "",
        (
            "Where a product stands is known from a planogram file or from scans only, and products without one are not"
            " listed. “Planogram check” says what is known; “where is oat milk?” looks one product up."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
