"""Figures that are not worked out here, though the data might look as if: each with the nearest that is."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|households?|members?|guests?)"
NOT_COMPUTED: tuple[tuple[str, str, str], ...] = (
    (
        r"\b(?:stock|inventory)(?: value| levels?)? (?:by|per|for each) (?:supplier|vendor)\b",
        "",
        (
            "Stock is not split by supplier: by store, department or category it is, “inventory value by"
            " department”. What a"
            " supplier's goods need is in “what should I reorder from Hudson Dry Goods”, what they sold in"
            " “sales by supplier”."
        ),
    ),
    (
        (
            r"\b(?:products?|items?|skus?|goods) (?:are|that are|with|have) (?:growing|rising|trending(?: up)?"
            r"|profitable|high[- ]margin)"
            r" (?:but|and|yet) (?:are )?(?:low(?: on| in)? stock|low|running (?:low|out)|slow(?:[- ]?(?:moving"
            r"|selling))?)\b"
        ),
        "",
        (
            "Two things at once are not picked from the products: ask for one and look at the other beside it."
            " “Which products"
            " are trending up”, “what will run out soon” and “slow movers with stock” show sales and stock side"
            " by side."
        ),
    ),
    (
        (
            r"\b(?:how many |which |what )?(?:products?|items?|skus?) (?:are )?missing (?:from|on) (?:the"
            r" )?(?:shelf|shelves)\b(?=.{0,4}\b(?:in|at)\b)"
        ),
        "",
        (
            "What is missing from a shelf is known from scans or from a level of its own, for whole stores:"
            " “what is in the back"
            " room but not on the shelf at Harbor Point”, “shelf gaps”. I do not limit it to a department."
        ),
    ),
    (
        (
            rf"\b(?:what|which) (?:share|percent(?:age)?|proportion|%|number|part) of (?:the |our |my )?{_WHO}"
            rf" (?:accounts? for|makes?(?: up)?|generates?|brings?(?: in)?)"
            r" (?:\d+ ?(?:%|percent)|half|most|a third|a quarter) of\b"
        ),
        "",
        (
            "How few customers make a given share is not worked out, the other way round it is: “what share of"
            " sales comes"
            " from the top 10 % of customers”, also 1 %, 5 % or 20 %."
        ),
    ),
    (
        (
            r"\b(?:categor\w+|departments?|brands?|products?|stores?) (?:that )?(?:lost|gained|won|are losing|lose)"
            r" (?:the )?(?:most|fewest|more) (?:customers|shoppers|households)\b"
        ),
        "",
        (
            "Which goods lost or won customers is not worked out. Customers kept from one month to another are"
            " in “how many of"
            " last month's customers came back”, shares of goods in “which categories are losing share”."
        ),
    ),
    (
        (
            r"\bbrands? (?:under|out)perform\w* (?:their|its|the) (?:categor\w+|department)\b|\bstores? (?:are |is"
            r" )?(?:most |more )?similar to\b|\bwidest (?:variety|range|assortment)\b"
        ),
        "",
        (
            "Goods or stores are not matched to what is most like them here. Each can be held against the"
            " others: “sales by"
            " brand in dairy against the month before”, “rank stores by conversion”, “what does Market Street sell that"
            " Station Road does not”."
        ),
    ),
    (
        (
            r"\b(?:price (?:changes|increases|decreases|cuts))\b[^?]{0,30}\b(?:affect|impact|hurt|help|change|move"
            r"|do to)\w*\b"
        ),
        r"\bif\b|\bwould\b|\bwhat happens\b",
        (
            "What single price changes did is not taken apart. “Price changes last month” lists them, “why did"
            " margin change"
            " last month” says what price and mix came to, “price elasticity of yogurt” how units went with price."
        ),
    ),
    (
        r"\bhow long should (?:a |the |our )?(?:promotions?|sales?|offers?|markdowns?)\b[^?]*\b(?:run|last|be)\b",
        "",
        (
            "How long an offer should run is not worked out. What offers brought is in “promotion lift last"
            " month”, what depth"
            " paid in “optimal discount for snacks”."
        ),
    ),
    (
        r"^\W*(?:please )?(?:re-?assign|hand over|move|give) [^?]*\btasks?\b[^?]* to \w+",
        r"\b(?:new|create|add)\b",
        (
            "Whose a task is cannot be changed here. It is marked done on its card; a new one can be filed for"
            " somebody else:"
            " “create a task for Sam to check the freezers at Harbor Point”. Nothing was filed."
        ),
    ),
    (
        r"\b(?:disciplin\w+|disciplinary) (?:history|record|file|action)s?\b|\bloyalty (?:numbers?|cards?|ids?) of\b",
        "",
        (
            "I do not give out records about individual people, customers or colleagues. Groups can be had: “customer"
            " segments”, “labour hours by store last week”."
        ),
    ),
    (
        r"\bplanogram (?:deadlines?|due dates?)\b|\b(?:missed|late (?:on|with)) (?:their |the )?planograms?\b",
        "",
        (
            "Deadlines of planograms are not in the data I am given. Tasks have a day: “overdue tasks”; what"
            " stands where is in"
            " “planogram check”."
        ),
    ),
    (
        r"\bmoving (?:average|mean)s?\b|\b\d+[- ]day (?:average|mean)\b",
        "",
        (
            "I work out no moving averages. The course can be had: “sales by day the last 4 weeks”, “sales by"
            " week the last"
            " 12 weeks”, and a day against its norm: “yesterday compared to usual”."
        ),
    ),
    (
        (
            r"\bbreak[- ]?even (?:lift|point|volume|units|uplift)\b|\bhow (?:much|many) more (?:do|would|must) (?:we"
            r"|i) (?:have|need) to sell to break even\b"
        ),
        "",
        (
            "I work out no break-even points. What discounts of each depth did to margin is in “optimal discount"
            " for yogurt”,"
            " what a promotion brought in “promotion lift last month”."
        ),
    ),
    (
        r"\b(?:break|meal|lunch) (?:rules?|laws?|policy|policies|compliance|violations?)\b",
        "",
        (
            "Breaks of single people are not told here. Hours clocked, breaks taken off, can be had: “who worked"
            " yesterday”,"
            " “labour hours by day last week”."
        ),
    ),
    (
        (
            r"\b(?:how long|time) (?:do|does|did|it takes?|is it taking)?\b[^?]{0,30}\b(?:to )?pick\b(?! up)"
            r"|\bpick(?:ing)? (?:times?|rates?|speed)\b"
        ),
        "",
        (
            "Picking of orders is not in the data I am given, so its times are not known. Sales by channel I can"
            " give, where"
            " the point of sale tells channels apart."
        ),
    ),
    (
        rf"\b{_WHO} (?:who |that )?(?:signed up|enrolled|registered|joined)\b",
        r"\bcampaigns?\b",
        (
            "When somebody joined a loyalty programme is not in the data I am given. Who bought for the first"
            " time is: “new"
            " and returning customers this month”."
        ),
    ),
    (
        r"\bstores? (?:had|have|with|without) (?:no|zero|any) sales on (?:any|a|some) day\b",
        "",
        (
            "Days without any sale are not listed by store. An answer names the days on which a store has no"
            " data; “sales by"
            " day last month at Harbor Point” shows each."
        ),
    ),
    (
        (
            r"\b(?:most|least) (?:volatile|erratic|variable|unstable|stable|steady) (?:sales |demand )?(?:categor"
            r"|department|brand|product|item)\w*"
            r"|\b(?:categor\w+|departments?|brands?) (?:have|has|with) the (?:most|least) (?:volatile|erratic"
            r"|variable|stable|steady) (?:sales|demand)\b"
        ),
        "",
        (
            "How much sales vary is worked out for stores and in all: “standard deviation of daily sales by"
            " store”. Products are"
            " told apart by how steadily they sell in “ABC-XYZ classes”."
        ),
    ),
    (
        r"\bpromotions? (?:bring|attract|win|get) (?:in )?(?:us )?(?:new|more) (?:customers|shoppers|households)\b",
        "",
        (
            "Whether promotions bring new customers is not worked out. Nearest to it: “new and returning"
            " customers last month”,"
            " “promotion lift last month”, “campaign effect” for direct mail."
        ),
    ),
    (
        (
            r"\b(?:if|when|suppose) (?:the |our )?(?:traffic|footfall|sales|demand"
            r"|conversion)\b[^?]{0,20}\b(?:drops?|falls?|rises?|grows?|goes (?:up|down)|increases?|decreases?)\b"
        ),
        "",
        (
            "I play through no such cases. The days ahead as they look now are in “forecast next week”, what a"
            " price change might"
            " do in “what happens to milk if we cut the price by 10 %”."
        ),
    ),
    (
        r"\bnew planogram (?:reset|rollout|set)\b|\b(?:status|progress) of the (?:\w+ )?(?:planogram )?resets?\b",
        "",
        (
            "Resets of planograms are not tracked as such. Tasks for them are: “open display tasks”; what stands"
            " where against the"
            " planogram is in “planogram check”."
        ),
    ),
    (
        r"\b(?:what(?:'s| is)|how big is|show(?: me)?) (?:our |my |the )?market share\b",
        r"\b(?:categor\w+|departments?|brands?|products?|by)\b",
        (
            "What other businesses sell is not in the data, so there is no market share. Shares within your own"
            " sales can"
            " be had: “share of sales by department”, “which categories are losing share”."
        ),
    ),
    (
        r"\bprice ind(?:ex|ices)\b|\bprice (?:image|gap) (?:to|against|versus|with)\b",
        "",
        (
            "Prices of other businesses are not in the data, so there is no price index. Your own prices can be had:"
            " “price changes last month”, “average selling price by department by month”."
        ),
    ),
    (
        (r"\b(?:stock|inventory|count) accuracy\b"),
        "",
        (
            "How far counts are off and when each piece came in are not recorded. Nearest to it: “dead stock”"
            " (days without"
            " a sale), “phantom stock” (on hand but not selling as expected), “shrink last month” where counts"
            " are kept."
        ),
    ),
    (
        (
            r"\b(?:fixed|operating|overhead|running) (?:costs?|expenses?)\b|\boverheads?\b"
            r"|\b(?:rent|utilities|electricity) (?:costs?|bills?)\b"
        ),
        "",
        (
            "Rent, energy and other running costs are not in the data. Cost of goods, gross margin and labour cost are:"
            " “gross profit last month”, “labour cost percentage by store”."
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
            r"\btemperature of (?:the |our |my )?(?:freezers?|fridges?|coolers?|refrigerators?|cold ?rooms?|cases?)\b"
            r"|\b(?:freezers?|fridges?|coolers?) temperatures?\b"
        ),
        r"\b(?:tasks?|create|add|remind|check|assign|have|ask)\b",
        (
            "Equipment and its temperatures are not in the data I am given. A task to check them can be filed:"
            " “create a"
            " task to check the freezers at Harbor Point”."
        ),
    ),
    (
        (
            r"\b(?:full |complete |whole |entire )?list of (?:all )?(?:the |our |my )?(?:customers|shoppers|households"
            r"|members)\b(?! (?:segments?|groups?))"
        ),
        "",
        (
            "Single customers are not listed, and what one bought is not told. Groups can be had: “customer segments”,"
            " “top customers”, “customers at risk”."
        ),
    ),
    (
        (
            rf"\b(?:(?:{_WHO} )?life ?time value|clv|cltv|ltv)\b.{{0,20}}\b(?:by|per|for each|of each)"
            rf" (?:customer )?segments?\b"
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
