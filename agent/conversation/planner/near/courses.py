"""What courses and analysts on loyalty data ask that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_WHO = r"(?:households?|customers?|shoppers?|members?|people|spenders?)"
_DEMOGRAPHICS = r"demographics?(?: (?:data|information|info|table|details|records?))?"
_EVENT = (
    "(?:(?:the )?super ?bowl|thanksgiving|christmas|easter|halloween|valentine'?s?(?: day)?|new year'?s?(?: (?:eve"
    "|day))?|memorial day|labor day|the fourth of july|july 4th|independence day|black friday|(?:the )?holidays?)"
)
COURSE_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"^[^?]*\bhow many (?:of (?:them|those|these) )?(?:transactions )?(?:are |come |were )?(?:from|by"
            rf"|to) {_WHO} (?:that |who |for which |for whom )?(?:we )?(?:do not|don't|did not|have no|without"
            rf"|with no)(?: have)?(?: any)? {_DEMOGRAPHICS}(?: for| on| about)?"
        ),
        "transactions by age band, all time",
        (
            "The row “Not known” holds what you asked for: sales to households that gave no demographic data, and "
            "those to nobody known."
        ),
    ),
    (
        (
            r"^\W*(?:what |which )?(?:percent(?:age)?|share|proportion|%) of (?:all |the "
            rf"|our )*\$(?P<n>\d+)\+ {_WHO} [^?]*{_DEMOGRAPHICS}"
        ),
        r"how many households spent at least $\g<n>, all time",
        (
            "You asked which of them gave no demographic data: the two are not counted together here, so this is how "
            "many spent ${n} or more. Ask “how many households have demographics” for the other half."
        ),
    ),
    (
        (
            rf"^[^?]*?\b{_WHO} with (?:total )?(?:sales|spend(?:ing)?) (?:≥|>=|>|of at least|over"
            rf"|of) ?\$(?P<n>\d+)\b[^?]*\b{_DEMOGRAPHICS}"
        ),
        r"how many households spent at least $\g<n>, all time",
        (
            "You also asked which of them gave no demographic data: the two are not counted together here, so this is "
            "how many spent ${n} or more. Ask “how many households have demographics” for the other half."
        ),
    ),
    (
        (
            r"^\W*(?:filter|limit|restrict|subset|reduce) (?:the |our )?(?:transactions|data"
            "|rows)? ?(?:to )?(?:only )?(?:the )?(?:rows|those|transactions|purchases)? ?(?:where|with|whose"
            "|for which) (?:the )?sales (?:is|are|of|was)? ?(?:greater|more|larger|higher|over"
            r"|above)(?: than)? \$?(?P<n>\d+)\b[^?]*"
        ),
        r"how many transactions over $\g<n>",
        (
            "You asked for rows: a row is one line of a receipt there, and counted here are whole baskets that came "
            "to more than ${n}."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:marketing )?campaign (?:had|has|generated|drove|brought(?: in)?|resulted in|led to"
            "|produced) the (?:highest|most|greatest|largest)(?: total)? (?:sales|revenue)"
        ),
        "did campaigns increase sales",
        (
            "No sale is booked to a campaign, so none has sales of its own: this is what households that were sent "
            "each one bought while it ran, beside those sent nothing."
        ),
    ),
    (
        (
            r"^\W*(?:filter|limit|restrict|consider|compare)\b[^?.]*\bproducts (?:that )?(?:were |are "
            "|was )?(?:part of|on|in) (?:an? |the )?(?P<place>front[- ]of[- ]store|store[- ]front|front end ?cap"
            r"|end ?cap|in-aisle|promotional)? ?displays?\b[^?]*"
        ),
        "promotion lift by display",
        (
            "What a product sold while on a display is known for promotions only, against what was expected without: "
            "this is that, by kind of display. Departments within one kind of display I do not tell apart."
        ),
    ),
    (
        (
            r"^\W*what percent of sales to (?P<who>[^?]*?(?:with|of) [^?]*?(?:people|persons|members"
            r"|size \S+)) is (?P<d>[\w &-]+?)(?=\W*$)"
        ),
        r"share of sales by department among \g<who>",
        "The share you asked for is the row of {d}.",
    ),
    (
        (
            r"\b(?:show me the )?average (?:sales and units|sales and quantity|quantity and sales"
            r"|units and sales) (?:by|per|for each) (?:household|customer)\b"
        ),
        "average spend per household, all time",
        "Units per household I do not work out; this is what each known household spent and how often it came.",
    ),
    (
        (
            r"^\W*(?:are|is) (?:most|the majority of|many) (?P<what>transactions|baskets|sales) (?:high"
            "|low)[- ]discount[^?]*"
        ),
        "discount rate and discounts by month",
        (
            "How deep the discount of each single transaction was I do not sort into high and low: this is the "
            "discount rate of all of them, month by month."
        ),
    ),
    (
        (
            r"^\W*(?:do|are) (?:certain|some|any|different|particular)? ?(?:products?|categories|goods|items) (?:sell"
            "|do|perform|sold) (?:better|more|worse) (?:to|with|for|among) (?:certain|some|particular|different"
            "|specific)? ?(?P<k>age|income)(?: (?:groups?|bands?|levels?))?"
        ),
        r"top 3 categories for each \g<k> group",
        (
            "These are the categories each {k} group spends most on. For what one of them buys more of than the "
            "others, ask “what do seniors buy more of than others”."
        ),
    ),
    (
        (
            r"^\W*(?:are|is) (?:certain|some|any) (?:demographic|customer|age|income|household)? ?(?:groups?"
            "|segments?) (?:under|over)[- ]?(?:represented|indexed) in (?:certain|specific|some"
            "|any)? ?(?:product )?(?:categories|departments)"
        ),
        "top 3 categories for each age group",
        (
            "These are the categories each age group spends most on. For one group against all others ask “what do "
            "seniors buy less of than others”."
        ),
    ),
    (
        (
            r"\bcoupon (?:redemption|use|usage)(?: rates?)? (?:by|across|per|for|of) (?:each "
            r"|different )?(?:demographic|customer|household)(?:s| segments?| groups?)?(?: ?\([^)]*\))?"
        ),
        "coupon redemption rate by income",
        (
            "Of the demographic groups this is the income; ask the same by age, household size, children, marriage or "
            "home."
        ),
    ),
    (
        (
            r"^\W*(?:are|is|do|did|were) (?:certain|some|any|specific|particular) (?:campaigns?|coupons?"
            "|promotions?) (?:more|less) (?:successful|effective|popular) (?:for|with|among) (?:certain|specific|some"
            "|particular|different)? ?(?:customer|demographic|household|age|income)? ?(?:groups?|segments?|types?"
            "|households|customers)?"
        ),
        "coupon redemption rate by income",
        (
            "One campaign by kind of household I do not split: this is who redeemed coupons of any campaign, by "
            "income. Ask the same by age, household size or children, or “coupon redemption by campaign”."
        ),
    ),
    (
        (
            r"^\W*(?:are|is) there (?:any |certain )?(?:customers?|shoppers?)? ?(?:segments?"
            "|groups?)(?: of customers)? (?:that|who) (?:shop|visit|come|buy) (?:infrequently|rarely|seldom"
            "|less often|not often)"
        ),
        "customer segments",
        "How often each segment comes is beside it.",
    ),
    (
        (
            r"^\W*(?:which|what) (?:customer |demographic |shopper )?(?:segments?|groups?|customers) (?:have|has|show"
            "|offer) (?:the )?(?:highest|most|greatest|best|biggest) (?:growth |sales )?potential(?: for [^?]*)?"
        ),
        "customer segments",
        (
            "What a segment will yet spend I do not forecast: these are the segments as they are, with their share of "
            "sales, visits and spend."
        ),
    ),
    (
        (
            r"^\W*(?:do|did|does) (?:the )?(?P<g>[\w&' -]+?)(?: sales)? (?:spike|peak|jump|rise|increase|sell (?:more"
            rf"|better)|go up|surge) (?:around|at|before|during|on|over|for) (?P<e>{_EVENT})"
        ),
        r"sales of \g<g> by week, all time",
        "Which week {e} fell in is not marked in the data: this is the course by week, in which to look for it.",
    ),
    (
        (
            r"^\W*(?:do|does|did|how do) (?:the )?(?:purchas\w+|shopping|buying|sales) (?:patterns?|habits"
            "|behaviou?rs?) (?:shift|change|vary|differ) (?:seasonally|by season|with the seasons?"
            "|around (?:the )?holidays)[^?]*"
        ),
        "are there seasonal trends in sales",
        "Holidays are not marked in the sales: this is the course by month.",
    ),
    (
        (
            r"^\W*(?:do|does|which|are there) (?:certain |some |any )?(?:products?|items?|category) (?:combinations?"
            "|pairs?|pairings|bundles)(?: that)? (?:drive|lead to|give|result in|have|create) (?:higher|larger|bigger"
            "|the highest) (?:baskets?|order|transaction)(?: (?:values?|sizes?|totals?))?"
        ),
        "which categories are bought together most often",
        (
            "How large the baskets with each pair are I do not work out: these are the pairs that lie in one basket "
            "most often."
        ),
    ),
    (
        r"^[^?]*\bregular price of (?:\$(?P<n>\d+(?:\.\d\d)?)) or less\b[^?]*(?:\?[^?]*)?",
        r"products priced up to $\g<n>",
        "Counted by the price on the shelf now; loyalty and coupon prices are not kept apart.",
    ),
    (
        (
            r"^\W*(?:show me the |what is the |what was the )?(?:median|average) (?:weekly |monthly )?(?:spend(?:ing)?"
            "|sales|purchase) per (?:individual|person|head|capita"
            r"|household member)(?: \(not household\))?(?P<by> (?:by|for(?: different| each)?) (?:household"
            "|family) sizes?)?"
        ),
        "average spend per household by household size, all time",
        (
            "Spend per person is not worked out, as it is known of households only: this is the mean per household, "
            "by how many live in it; divide the one by the other."
        ),
    ),
    (
        (
            r"^\W*(?:what is |show me )?(?:the )?(?:average )?number of private[- ]label (?:products|items"
            "|units) (?:per|in each|in a) (?:basket|transaction|trip)"
        ),
        "units per transaction by private label",
        (
            "Counted per basket that holds any: “private label” is pieces of it in a basket with at least one. Ask "
            "“percentage of baskets with private label products” for how many do."
        ),
    ),
    (
        (
            r"^\W*considering [^?]*\bwhich (?P<n>\w+) categories did (?:they|these households"
            "|customers) start spending more on at the (?:highest|fastest) rate(?P<rest>[^?]*)"
        ),
        r"which categories grew the most\g<rest>",
        "This is of all customers and all categories; what too small a category grew by in per cent says little.",
    ),
    (
        r"^\W*how many transactions are in (?:our|the|this) (?:data|dataset|data set)\b[^?]*",
        "how many transactions, average basket, all time",
        (
            "Of the other counts ask one at a time: “which data do you have, and from when”, “how many households "
            "have demographics”, “how many products are there”, “distribution of baskets”."
        ),
    ),
)
