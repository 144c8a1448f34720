"""Figures that are not worked out here, though the data might look as if: each with the nearest that is."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|households?|members?|guests?)"
NOT_COMPUTED: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:best|worst|top|weakest|strongest|poorest)(?:[- ]performing)? (?:store |shift |department "
            r"|district )?managers?\b"
            r"|\bwhich (?:store |shift )?managers? (?:is|are|perform\w*|does|do) (?:the )?(?:best|worst)\b"
        ),
        "",
        (
            "Managers are not rated here, and a store's figures are not one person's. “Rank the stores by net"
            " sales” and "
            "“which stores are underperforming and why?” have the stores."
        ),
    ),
    (
        (
            r"\b(?:what (?:would|will) happen|what) if (?:we|i) (?:clos\w+|open(?:ed)?|sold|sell|mov\w+"
            r"|relocat\w+|shut) "
            r"|\b(?:would|will) happen if (?!.*\bprices?\b).{3,30} (?:clos\w+|opened|shut|moved)\b"
        ),
        "",
        (
            "What closing, opening or moving a store would do is not worked out: where its customers would go is not "
            "known. How many of them shop elsewhere too is in “how many customers shop at more than one store”."
        ),
    ),
    (
        (
            r"\b(?:displays?|end ?-?caps?|signs?|signage)\b.*\b(?:still (?:up|standing|there|out)|past (?:its"
            r"|their) end|not taken down)\b"
        ),
        r"\btasks?\b",
        (
            "Whether a display still stands is not recorded. When offers end is in “what promotions are"
            " running”, and “create "
            "a task to take down the display” puts it on a store's list."
        ),
    ),
    (
        (
            r"\bprices?(?: are| is)? (?:the )?(?:same|different|consistent|aligned|identical|differ\w*|var(?:y"
            r"|ies))\b.*"
            r"\b(?:every|all|each|between|across|among|other|different)\b.*\b(?:stores?|shops?|locations?)\b|\bprice"
            r" (?:differences?|gaps?|consistency|spread) (?:between|across|among|by) (?:the |our |my "
            r"|all )*(?:stores?|shops?"
            r"|locations?)\b|\b(?:different|same|inconsistent) prices (?:in|at|across|between"
            r"|by) (?:\w+ ){0,2}(?:stores?|shops?"
            r"|locations?)\b|\bpriced (?:differently|the same|inconsistently) (?:between|across|among|at|in|by)\b"
        ),
        r"\bprices? (?:of|for|on) (?!the same|all|each|every|our)[a-z]{3,}",
        (
            "The prices of the whole range are not held against one another store by store. One product can be:"
            " “compare "
            "the price of bananas across stores”."
        ),
    ),
    (
        (
            r"\b(?:stores?|shops?|locations?) (?:are|is|look|behave)(?: the)? (?:most |more |least )?(?:alike"
            r"|similar(?: to"
            r" (?:each other|one another))?)\b|\b(?:most|least) (?:similar|alike) (?:stores|shops|locations)\b"
        ),
        "",
        (
            "How alike two stores are is not worked out. “Share of sales by store and department” puts what they sell "
            "beside one another, “rank the stores by average basket” one figure of each."
        ),
    ),
    (
        (
            r"\b(?:share of (?:the )?shel(?:f|ves)|shelf (?:share|space)|facings?)\b.*\b(?:store[- ]brands?"
            r"|private[- ]labels?"
            r"|own[- ](?:brands?|labels?)|national brands?)\b|\b(?:store[- ]brands?|private[- ]labels?"
            r"|own[- ](?:brands?"
            r"|labels?)|national brands?)\b.*\b(?:share of (?:the )?shel(?:f|ves)|shelf (?:share|space)|facings?)\b"
        ),
        r"\bby (?:categor|depart)|\bprices?\b",
        (
            "Space on the shelf is told by category, department and brand, not by label. “Space to sales by"
            " brand” has "
            "the facings beside the sales, “private label share” its part of sales."
        ),
    ),
    (
        (
            r"\bnever (?:been )?(?:re-?)?order(?:ed)?\b.*\b(?:from|with|by) (?:a |any |our |the )*(?:suppliers?"
            r"|vendors?)\b|\b(?:products?|items?|skus?) (?:that )?we(?:'ve| have)? never (?:re-?)?ordered\b"
        ),
        "",
        (
            "Products that were never ordered from a supplier are not worked out. Those without a supplier can be had "
            "(“products without a supplier”), those without a sale (“products never sold”), and what was ordered: "
            "“purchase orders by product last quarter”."
        ),
    ),
    (
        (
            r"\b(?:in|on|has|have) (?:the |our |a )?planograms?\b.*\b(?:never|not|no|zero"
            r"|without)\b.*\b(?:s[eo]ld|sell|selling"
            r"|sales|moved?)\b"
        ),
        "",
        (
            "What stands in the planogram is not held against what sold. “Dead stock” has the products on hand"
            " that did not "
            "sell, “planogram check” what is missing or out of place, “space to sales” which categories have"
            " too much room."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?:products?|items?|skus?|brands?|categor\w+) (?:should|could|must|do)(?: we"
            r"| i)? (?:get|go|put|place"
            r"|be|have|feature)(?: (?:on|an?|the|at|placed|featured))* (?:end ?-?caps?|displays?|front page"
            r"|mailer|flyer|circular)\b"
        ),
        "",
        (
            "What to put on display or into the mailer is not chosen here. “Promotion lift by display” has what"
            " each place "
            "brought so far, “which products grew the most” and “overstock” what there would be to show."
        ),
    ),
    (
        (
            r"\b(?:stock-?outs?|out[- ]of[- ]stocks?|sold out)\b[^?]{0,30}\b(?:during|in|on|while) (?:the |our "
            r"|a )?(?:promo\w*"
            r"|price[- ](?:cuts?|reductions?)|sale|offer|discount|deal)s? ?(?:weeks?|periods?|days?)?"
        ),
        r"\bnow\b|\btoday\b|\bwhat promotions are\b",
        (
            "What was out of stock during a promotion that is over is not picked out. How often goods ran out is in "
            "“which "
            "items ran out most often last month”, what it may have cost in “lost sales last month”."
        ),
    ),
    (
        (
            r"\bcoupons?(?: (?:promotions?|offers?|campaigns?))? (?:\w+ )?(?:increase|raise|boost|lift|grow"
            r"|drive)s? (?:the )?"
            r"(?:purchase |sales |unit )?(?:volumes?|sales|units|purchases|quantit(?:y|ies))"
        ),
        "",
        (
            "How much more of its goods a coupon sold is not measured. What price promotions brought is in “promotion "
            "lift by category”, what redeemers spend beside the others in “do coupon redeemers spend more”."
        ),
    ),
    (
        (
            r"\b(?:what (?:if|happens if|would happen if)|suppose|simulate|if) (?:we|i|the stores?)\b.*\b(?:facings?"
            r"|shelf space"
            r"|space|eye[- ]level|end ?caps?|shel(?:f|ves)|planograms?|layouts?|aisles?|fixtures?)\b"
        ),
        r"\b(?:price|discount|mark(?:ed)? down|promot\w+)\b",
        (
            "What another place or more space would bring is not worked out: no trial of it is in the data. What each "
            "category sells for its space is in “space-to-sales analysis”, what displays did in “promotion lift by "
            "display”."
        ),
    ),
    (
        (
            r"\b(?:colleagues?|employees?|associates?|staff|team members?|people|who)\b[^?]{0,20}\b(?:earns?|is paid"
            r"|gets? paid|are paid|makes?) (?:the )?(?:most|least|more|less)\b"
        ),
        r"\b(?:customers?|shoppers?|households?|profit|sales)\b",
        (
            "I do not give out records about individual people: pay, reviews, notes and the like are for the manager "
            "and the HR department. I can total labour hours and labour cost by store and period."
        ),
    ),
    (
        r"\b(?:over|under)[- ]?developed\b|\b(?:over|under)[- ]?index\w*(?! (?:with|among|for))",
        "",
        (
            "An index of a store's mix against the chain is not worked out. Shares side by side are: “share of sales "
            "by department at Harbor Point”, “share of sales by department”."
        ),
    ),
    (
        (
            r"\b(?:how many |which |what )?(?:products?|items?|skus?) (?:are )?missing (?:from|on) (?:the )?(?:shelf"
            r"|shelves)\b(?=.{0,4}\b(?:in|at)\b)"
        ),
        "",
        (
            "What is missing from a shelf is known from scans or from a level of its own, for whole stores: “what is "
            "in the back room but not on the shelf at Harbor Point”, “shelf gaps”. I do not limit it to a department."
        ),
    ),
    (
        (
            r"\b(?:what|which) (?:share|percent(?:age)?|proportion|%|number|part) of (?:the |our "
            rf"|my )?{_WHO} (?:accounts? for|makes?(?: up)?|generates?|brings?(?: in)?) (?:\d+ ?(?:%|percent)|half"
            r"|most|a third|a quarter) of\b"
        ),
        "",
        (
            "How few customers make a given share is not worked out, the other way round it is: “what share of sales "
            "comes from the top ten per cent of customers”, also one, five or twenty."
        ),
    ),
    (
        (
            r"\b(?:categor\w+|departments?|brands?|products?|stores?) (?:that )?(?:lost|gained|won|are losing"
            r"|lose) (?:the )?(?:(?:most|fewest|more|many|any) )?(?:customers|shoppers|households)\b"
        ),
        "",
        (
            "Which goods lost or won customers is not worked out. Customers kept from one month to another are in "
            "“how many of last month's customers came back”, shares of goods in “which categories are losing share”."
        ),
    ),
    (
        (
            r"\b(?:price (?:changes|increases|decreases|cuts|reductions|rises|moves))\b[^?]{0,30}\b(?:affect|impact"
            r"|hurt"
            r"|help|change|move|do to|fail|drive|drove|lift|work)\w*\b|\b(?:impact|effects?|result) of (?:our |the "
            r"|recent "
            r"|all )*price (?:changes|increases|decreases|cuts|reductions|rises|moves)\b"
        ),
        r"\bif\b|\bwould\b|\bwhat happens\b",
        (
            "What single price changes did is not taken apart. “Price changes last month” lists them, “why did margin "
            "change last month” says what price and mix came to, “price elasticity of yogurt” how units went with "
            "price."
        ),
    ),
    (
        r"\bhow long should (?:a |the |our )?(?:promotions?|sales?|offers?|markdowns?)\b[^?]*\b(?:run|last|be)\b",
        "",
        (
            "How long an offer should run is not worked out. What offers brought is in “promotion lift last month”, "
            "what depth paid in “optimal discount for snacks”."
        ),
    ),
    (
        r"^\W*(?:please )?(?:re-?assign|hand over|move|give) [^?]*\btasks?\b[^?]* to \w+",
        r"\b(?:new|create|add)\b",
        (
            "Whose a task is cannot be changed here. It is marked done on its card; a new one can be filed for "
            "somebody else: “create a task for Sam to check the freezers at Harbor Point”. Nothing was filed."
        ),
    ),
    (
        r"\b(?:disciplin\w+|disciplinary) (?:history|record|file|action)s?\b|\bloyalty (?:numbers?|cards?|ids?) of\b",
        "",
        (
            "I do not give out records about individual people, customers or colleagues. Groups can be had: “customer "
            "segments”, “labour hours by store last week”."
        ),
    ),
    (
        (
            r"\bbreak[- ]?even (?:lift|point|volume|units|uplift)\b|\bhow (?:much|many) more (?:do|would|must) (?:we"
            r"|i) (?:have|need) to sell to break even\b"
        ),
        "",
        (
            "I work out no break-even points. What discounts of each depth did to margin is in “optimal discount for "
            "yogurt”, what a promotion brought in “promotion lift last month”."
        ),
    ),
    (
        (
            r"\b(?:most|least) (?:volatile|erratic|variable|unstable|stable|steady) (?:sales |demand )?(?:brand"
            r"|product|item)\w*|\bbrands? (?:have|has|with) the (?:most|least) (?:volatile|erratic|variable|stable"
            r"|steady) (?:sales|demand)\b"
        ),
        "",
        (
            "How much sales vary is worked out for stores, departments, categories and in all: “standard deviation of "
            "daily sales by category”. Products are told apart by how steadily they sell in “ABC-XYZ classes”."
        ),
    ),
    (
        r"\bpromotions? (?:bring|attract|win|get) (?:in )?(?:us )?(?:new|more) (?:customers|shoppers|households)\b",
        "",
        (
            "Whether promotions bring new customers is not worked out. Nearest to it: “new and returning customers "
            "last month”, “promotion lift last month”, “campaign effect” for direct mail."
        ),
    ),
    (
        (
            r"\b(?:if|when|suppose) (?:the |our )?(?:traffic|footfall|sales|demand|conversion)\b[^?]{0,20}\b(?:drops?"
            r"|falls?|rises?|grows?|goes (?:up|down)|increases?|decreases?)\b"
        ),
        "",
        (
            "I play through no such cases. The days ahead as they look now are in “forecast next week”, what a price "
            "change might do in “what would a ten per cent price cut on milk do”."
        ),
    ),
    (
        r"\b(?:what if|what happens if|suppose|if) it (?:rains|snows|is (?:hot|cold|sunny|rainy))\b",
        "",
        (
            "I cannot say what weather to come would do. What it went with can be had: “sales on rainy days against dry"
            " ones”; the outlook takes the days to come to be like the same weekdays lately: “forecast this weekend”."
        ),
    ),
    (
        (
            rf"\b(?:(?:{_WHO} )?life ?time value|clv|cltv|ltv)\b.{{0,20}}\b(?:by|per|for each"
            r"|of each) (?:customer )?segments?\b"
        ),
        "",
        (
            "I do not project what customers will be worth. What they spent can be had: “customer segments”, “top "
            "customers”, “average spend per household this year”."
        ),
    ),
    (
        (r"\bcorrelat\w+ (?:between|of|with)\b|\bcorrelation\b|\bregression\b|\br[- ]?squared\b"),
        r"\b(?:weather|rain|temperature|campaigns?|marketing|age|income|household|children|kids|demographics?)\b",
        (
            "I compute no correlations. Nearest to it: “price elasticity of soft drinks” (units against price), "
            "“promotion lift last month” (units with and without an offer), “transactions by day with visitors”."
        ),
    ),
    (
        (
            rf"\b(?:percent(?:age)?|share|proportion|%|how many)(?: of)?(?: my| our| the| all)* {_WHO}(?: who"
            "| that)? (?:used?|got|had|redeemed|received|bought (?:with|on)) (?:an? |any )?(?:discounts?|offers?"
            r"|deals?|promotions?)\b"
        ),
        r"\b(?:coupons?|campaigns?|mailers?)\b",
        (
            "Discounts are counted by transaction, not by customer: “discounts used last month” says in how many. Of "
            "coupons and campaigns it is known which households redeemed one: “coupon redemption rate”."
        ),
    ),
    (
        (
            r"\b(?:categor(?:y|ies)|departments?|brands?|stores?|suppliers?|vendors?) (?:that |which )?(?:did not"
            r"|didn't|don't|do not|never) sell\b(?! (?:well|much|more|as|enough|any ))|\b(?:categor(?:y|ies)"
            r"|departments?|brands?) (?:with|without|had) (?:no|any|zero) sales\b"
        ),
        "",
        (
            "A split lists what was sold, so groups without any sale are not in it. The weakest are in “bottom 10 "
            "categories last week”; products that lie unsold are in “dead stock”."
        ),
    ),
    (
        (
            r"\b(?:products?|items?|skus?) (?:have|has|with|without|that have) (?:no|any)?(?: known"
            r"| recorded)? ?(?:shelf |planogram |bin |aisle )(?:location|position|place|assignment)s?\b"
        ),
        "",
        (
            "Where a product stands is known from a planogram file or from scans only, and products without one are "
            "not listed. “Planogram check” says what is known; “where is oat milk?” looks one product up."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
