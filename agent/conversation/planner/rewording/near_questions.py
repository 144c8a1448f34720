"""Rows of the table of near questions: what courses, buyers and planners ask that only a neighbour can answer.

``(asked, answered, said)`` as in ``nearest``: the sentence names what is missing and what the figures are instead.
"""

from __future__ import annotations

_WHO = r"(?:households?|customers?|shoppers?|members?|people|spenders?)"
_DEMOGRAPHICS = r"demographics?(?: (?:data|information|info|table|details|records?))?"
_EVENT = (
    r"(?:(?:the )?super ?bowl|thanksgiving|christmas|easter|halloween|valentine'?s?(?: day)?|new year'?s?(?: (?:eve"
    r"|day))?"
    r"|memorial day|labor day|the fourth of july|july 4th|independence day|black friday|(?:the )?holidays?)"
)
COURSE_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"^[^?]*\bhow many (?:of (?:them|those|these) )?(?:transactions )?(?:are |come |were )?(?:from|by"
            rf"|to) {_WHO} (?:that |who "
            rf"|for which |for whom )?(?:we )?(?:do not|don't|did not|have no|without"
            rf"|with no)(?: have)?(?: any)? {_DEMOGRAPHICS}"
            r"(?: for| on| about)?"
        ),
        "transactions by age band, all time",
        (
            "The row “Not known” holds what you asked for: sales to households that gave no demographic data, and "
            "those to"
            " nobody known."
        ),
    ),
    (
        (
            rf"^\W*(?:what |which )?(?:percent(?:age)?|share|proportion|%) of (?:all |the "
            rf"|our )*\$(?P<n>\d+)\+ {_WHO} [^?]*"
            rf"{_DEMOGRAPHICS}"
        ),
        r"how many households spent at least $\g<n>, all time",
        (
            "You asked which of them gave no demographic data: the two are not counted together here, so this is "
            "how many spent"
            " ${n} or more. Ask “how many households have demographics” for the other half."
        ),
    ),
    (
        (
            rf"^[^?]*?\b{_WHO} with (?:total )?(?:sales|spend(?:ing)?) (?:≥|>=|>|of at least|over"
            rf"|of) ?\$(?P<n>\d+)\b[^?]*"
            rf"\b{_DEMOGRAPHICS}"
        ),
        r"how many households spent at least $\g<n>, all time",
        (
            "You also asked which of them gave no demographic data: the two are not counted together here, so this "
            "is how many"
            " spent ${n} or more. Ask “how many households have demographics” for the other half."
        ),
    ),
    (
        (
            r"^\W*(?:filter|limit|restrict|subset|reduce) (?:the |our )?(?:transactions|data"
            r"|rows)? ?(?:to )?(?:only )?(?:the )?"
            r"(?:rows|those|transactions|purchases)? ?(?:where|with|whose|for which) (?:the )?sales (?:is|are|of"
            r"|was)? ?(?:greater"
            r"|more|larger|higher|over|above)(?: than)? \$?(?P<n>\d+)\b[^?]*"
        ),
        r"how many transactions over $\g<n>",
        (
            "You asked for rows: a row is one line of a receipt there, and counted here are whole baskets that "
            "came to more than"
            " ${n}."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:marketing )?campaign (?:had|has|generated|drove|brought(?: in)?|resulted in"
            r"|led to|produced) the"
            r" (?:highest|most|greatest|largest)(?: total)? (?:sales|revenue)"
        ),
        "did campaigns increase sales",
        (
            "No sale is booked to a campaign, so none has sales of its own: this is what households that were sent "
            "each one bought"
            " while it ran, beside those sent nothing."
        ),
    ),
    (
        (
            r"^\W*(?:filter|limit|restrict|consider|compare)\b[^?.]*\bproducts (?:that )?(?:were |are "
            r"|was )?(?:part of|on|in) (?:an? |the )?(?P<place>front[- ]of[- ]store|store[- ]"
            r"front|front end ?cap|end ?cap|in-aisle|promotional)? ?displays?\b[^?]*"
        ),
        "promotion lift by display",
        (
            "What a product sold while on a display is known for promotions only, against what was expected "
            "without: this is that,"
            " by kind of display. Departments within one kind of display I do not tell apart."
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
            r"|units and sales) (?:by|per|for each)"
            r" (?:household|customer)\b"
        ),
        "average spend per household, all time",
        "Units per household I do not work out; this is what each known household spent and how often it came.",
    ),
    (
        (
            r"^\W*(?:are|is) (?:most|the majority of|many) (?P<what>transactions|baskets|sales) (?:high"
            r"|low)[- ]discount[^?]*"
        ),
        "discount rate and discounts by month",
        (
            "How deep the discount of each single transaction was I do not sort into high and low: this is the "
            "discount rate of"
            " all of them, month by month."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) brands? (?:drives?|has|have|gets?|generates?|sees?|leads? to) (?:the )?(?:most "
            r"|highest )?repeat"
            r" (?:purchases?|customers|buyers|rates?|buying)"
        ),
        "which brands do most households buy",
        (
            "How many came back for each brand is not ranked here: these are the brands by how many households "
            "bought them. Name"
            " one (“how often do households buy brand 69”) and I tell how many came more than once."
        ),
    ),
    (
        (
            r"^\W*(?:do|are) (?:certain|some|any|different|particular)? ?(?:products?|categories|goods"
            r"|items) (?:sell|do|perform|sold)"
            r" (?:better|more|worse) (?:to|with|for|among) (?:certain|some|particular|different"
            r"|specific)? ?(?P<k>age|income)"
            r"(?: (?:groups?|bands?|levels?))?"
        ),
        r"top 3 categories for each \g<k> group",
        (
            "These are the categories each {k} group spends most on. For what one of them buys more of than the "
            "others, ask “what"
            " do households aged 25-34 buy more of than others”."
        ),
    ),
    (
        (
            r"^\W*(?:are|is) (?:certain|some|any) (?:demographic|customer|age|income|household)? ?(?:groups?|segments?)"
            r" (?:under|over)[- ]?(?:represented|indexed) in (?:certain|specific|some"
            r"|any)? ?(?:product )?(?:categories|departments)"
        ),
        "top 3 categories for each age group",
        (
            "These are the categories each age group spends most on. For one group against all others ask “what do "
            "households aged"
            " 65 and over buy less of than others”."
        ),
    ),
    (
        (
            r"\bcoupon (?:redemption|use|usage)(?: rates?)? (?:by|across|per|for|of) (?:each "
            r"|different )?(?:demographic|customer"
            r"|household)(?:s| segments?| groups?)?(?: ?\([^)]*\))?"
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
            r"|promotions?) (?:more|less)"
            r" (?:successful|effective|popular) (?:for|with|among) (?:certain|specific|some|particular"
            r"|different)? ?(?:customer|"
            r"demographic|household|age|income)? ?(?:groups?|segments?|types?|households|customers)?"
        ),
        "coupon redemption rate by income",
        (
            "One campaign by kind of household I do not split: this is who redeemed coupons of any campaign, by "
            "income. Ask the"
            " same by age, household size or children, or “coupon redemption by campaign”."
        ),
    ),
    (
        (
            r"^\W*(?:are|is) there (?:any |certain )?(?:customers?|shoppers?)? ?(?:segments?"
            r"|groups?)(?: of customers)? (?:that|who)"
            r" (?:shop|visit|come|buy) (?:infrequently|rarely|seldom|less often|not often)"
        ),
        "customer segments",
        "How often each segment comes is beside it.",
    ),
    (
        (
            r"^\W*(?:which|what) (?:customer |demographic |shopper )?(?:segments?|groups?|customers) (?:have|has"
            r"|show|offer) (?:the )?"
            r"(?:highest|most|greatest|best|biggest) (?:growth |sales )?potential(?: for [^?]*)?"
        ),
        "customer segments",
        (
            "What a segment will yet spend I do not forecast: these are the segments as they are, with their share "
            "of sales, visits"
            " and spend."
        ),
    ),
    (
        (
            rf"^\W*(?:do|did|does) (?:the )?(?P<g>[\w&' -]+?)(?: sales)? (?:spike|peak|jump|rise|increase"
            rf"|sell (?:more|better)|go up"
            rf"|surge) (?:around|at|before|during|on|over|for) (?P<e>{_EVENT})"
        ),
        r"sales of \g<g> by week, all time",
        "Which week {e} fell in is not marked in the data: this is the course by week, in which to look for it.",
    ),
    (
        (
            r"^\W*(?:do|does|did|how do) (?:the )?(?:purchas\w+|shopping|buying|sales) (?:patterns?|habits"
            r"|behaviou?rs?) (?:shift|change"
            r"|vary|differ) (?:seasonally|by season|with the seasons?|around (?:the )?holidays)[^?]*"
        ),
        "are there seasonal trends in sales",
        "Holidays are not marked in the sales: this is the course by month.",
    ),
    (
        (
            r"^\W*(?:do|does|which|are there) (?:certain |some |any )?(?:products?|items?"
            r"|category) (?:combinations?|pairs?|pairings"
            r"|bundles)(?: that)? (?:drive|lead to|give|result in|have|create) (?:higher|larger|bigger"
            r"|the highest) (?:baskets?|order"
            r"|transaction)(?: (?:values?|sizes?|totals?))?"
        ),
        "which categories are bought together most often",
        (
            "How large the baskets with each pair are I do not work out: these are the pairs that lie in one basket "
            "most often."
        ),
    ),
    (
        r"^[^?]*\bregular price of (?:\$1|one dollar|\$(?P<n>\d+)) or less\b[^?]*(?:\?[^?]*)?",
        "net sales, units and products by price band",
        (
            "Prices are known as a unit really sold, after all discounts; regular, loyalty and coupon price are not "
            "kept apart."
        ),
    ),
    (
        (
            r"^\W*(?:explore |show me |examine |describe |what is )?(?:the )?distribution of (?:the )?(?:quantity"
            r"|units|quantities)"
            r"(?: (?:per|in each|sold per) (?:line|row|transaction))?"
        ),
        "distribution of items per basket",
        "The spread of single lines I do not work out: this is how many pieces a whole basket holds.",
    ),
    (
        (
            r"^\W*(?:show me the |what is the |what was the )?(?:median|average) (?:weekly "
            r"|monthly )?(?:spend(?:ing)?|sales|purchase)"
            r" per (?:individual|person|head|capita|household member)(?: \(not household\))?(?P<by> (?:by"
            r"|for(?: different| each)?)"
            r" (?:household|family) sizes?)?"
        ),
        "average spend per household by household size, all time",
        (
            "Spend per person is not worked out, as it is known of households only: this is the mean per "
            "household, by how many"
            " live in it; divide the one by the other."
        ),
    ),
    (
        (
            r"^\W*(?:what is |show me )?(?:the )?(?:average )?number of private[- ]label (?:products|items"
            r"|units) (?:per|in each|in a)"
            r" (?:basket|transaction|trip)"
        ),
        "units per transaction by private label",
        (
            "Counted per basket that holds any: “private label” is pieces of it in a basket with at least one. Ask "
            "“percentage of"
            " baskets with private label products” for how many do."
        ),
    ),
    (
        (
            r"^\W*considering [^?]*\bwhich (?P<n>\w+) categories did (?:they|these households"
            r"|customers) start spending more on at the"
            r" (?:highest|fastest) rate(?P<rest>[^?]*)"
        ),
        r"which categories grew the most\g<rest>",
        "This is of all customers and all categories; what too small a category grew by in per cent says little.",
    ),
    (
        r"^\W*how many transactions are in (?:our|the|this) (?:data|dataset|data set)\b[^?]*",
        "how many transactions, average basket, all time",
        (
            "Of the other counts ask one at a time: “which data do you have, and from when”, “how many households have"
            " demographics”, “how many products are there”, “distribution of baskets”."
        ),
    ),
)
"""Of courses on loyalty data."""
_PROMOTIONS = r"(?:promotions?|promos?|offers|deals|discount campaigns|price promotions?|trade promotions?)"
_SKUS = r"(?:products?|items?|skus?|lines|articles)"
MERCHANT_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"^\W*where are (?:the |our )?(?:price[- ]?pack|pack[- ]?price|price ladder"
            r"|pack size)[^?]*gaps?[^?]*(?:\?[^?]*)?"
        ),
        "net sales and units by pack size",
        (
            "Gaps in a ladder of prices and packs, and what would fill them, I do not work out: this is what each "
            "pack size sells."
        ),
    ),
    (
        (
            r"^\W*(?:(?:what|which) are )?(?:the )?(?:top|best) (?P<n>\d{1,2}) price (?:moves|changes|increases"
            r"|cuts)\b[^?]*"
        ),
        "optimal discount by category",
        (
            "Which price changes would make the most margin in days to come I do not optimise: this is the depth "
            "of discount that"
            " made most of it so far. Ask “price elasticity of bananas” for one product."
        ),
    ),
    (
        (
            rf"^\W*(?:what happens )?if (?:i|we) (?:delist|drop|cut|discontinue|remove) [^?]*\b{_SKUS}?,? (?:where"
            rf"|what|which|how)[^?]*"
        ),
        "which products should we delist",
        (
            "Where the sales of a delisted product would go is not known before it is done: these are the slow "
            "sellers, each with"
            " the product of its category that gained most while it fell."
        ),
    ),
    (
        (
            rf"^\W*how much (?:capital|cash|money|working capital) (?:would|could|does|will) (?:delisting|dropping"
            rf"|cutting|removing|"
            rf"clearing|discontinuing) (?:the |our )?(?:tail|slow movers|worst sellers|slowest {_SKUS}"
            rf"|bottom \S+ {_SKUS}) (?:free(?: up)?"
            r"|release|unlock)"
        ),
        "slow stock",
        "The capital in the tail is told as slow sellers at cost: what would last for months at the rate it sells.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:to|should (?:i|we)|can (?:i|we)|must (?:i"
            rf"|we)) (?:be )?(?:reduced?|cut|stop(?:ped)?"
            rf"|drop(?:ped)?|end(?:ed)?|kill|cancel|discontinued?|avoid|scale back)\b[^?]*"
        ),
        "which promotions lost money",
        (
            "That is measured by what each brought in gross margin against its discounts; how far promotions "
            "overlap I do not work"
            " out."
        ),
    ),
    (
        (
            rf"^\W*(?:show|list|find|which are|what are)?(?: me)? ?(?:the |our )?(?:low|poor|worst"
            rf"|under)[- ]?perform(?:ing|ers)"
            rf" {_PROMOTIONS}|^\W*(?:which|what) {_PROMOTIONS} (?:are |is |did |have )?(?:under ?perform\w*"
            rf"|perform\w* (?:poorly|badly"
            r"|worst))"
        ),
        "which promotions lost money",
        "Measured by the gross margin each brought against what would have been sold without it.",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<g>brands?|manufacturers?|suppliers?|vendors?) (?:got|gets?|had|has|have|saw"
            r"|sees?) (?:the )?(?:most"
            r"|highest|biggest|largest|best)(?: sales| unit)? (?:up)?lifts? (?:from|of|by|in|during) (?:the "
            r"|our )?promotions?"
        ),
        "promotion lift by category",
        (
            "Lift is not split by {g}: this is the lift of promotions by category. Name one brand (“did the "
            "promotions on brand 69"
            " work”) and I work out its lift."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:lifted|raised|increased|grew|boosted) (?:comparable |comp "
            rf"|like[- ]for[- ]like |same"
            r"[- ]store )?(?:sales|revenue|units)(?: by)? (?:above|over|more than|by more than"
            r"|at least) (?P<n>\d+) ?(?:%|percent)"
        ),
        "promotion lift by promotion",
        (
            "The lift is against what would have been sold without the promotion, of the goods in it; those over "
            "{n} % are read off"
            " the list."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} reached (?:the )?(?:most|fewest|largest number of) (?:customers"
            rf"|households|shoppers"
            r"|people)"
        ),
        "which campaign was sent to the most households",
        (
            "Whom a price promotion reached is not recorded: this is of direct-marketing campaigns, by how many "
            "households each was"
            " sent to."
        ),
    ),
    (
        (
            rf"^\W*(?:show|list|which|what)(?: me)? ?(?:the |our )?(?:{_PROMOTIONS}|coupons"
            rf"|campaigns) (?:that )?(?:have )?(?:expired"
            r"|ended|ran out|lapsed) (?:without being|and (?:were )?(?:never|not)|unused"
            r"|without (?:any )?)(?: ?(?:used|redeemed|use"
            r"|redemptions?|uses))?"
        ),
        "which coupons were never redeemed",
        "That is known of coupons: a price promotion is not redeemed, so none can end unused.",
    ),
    (
        (
            rf"^\W*(?:what is |what was |show me )?(?:the )?discount rate (?:during|on|in"
            rf"|for) {_PROMOTIONS} (?:versus|vs\.?|against|and"
            r"|compared (?:to|with)) (?:non[- ]?promot\w+|no promotion|without|normal|other|regular)(?: \w+)?"
        ),
        "discount rate and discounts by promotion",
        "The row without a promotion is everything sold outside of one.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_SKUS} (?:are |is )?(?:under ?performing|not selling|selling poorly"
            rf"|slow) and (?:need|should (?:get"
            r"|have|be))s? (?:an? )?(?:mark(?:ed)?[- ]?downs?)"
        ),
        "markdown candidates",
        (
            "Chosen by how long the stock would last at the rate it sells, not by a plan of sales: there is none "
            "for single"
            " products."
        ),
    ),
    (
        (
            r"^\W*what (?:markdown|discount)(?: percent(?:age)?| depth)? (?:would|will|could|should) (?:clear"
            r"|sell through|get rid of)"
            r" (?:the |our |my )?(?:inventory|stock|it|excess|overstock|slow stock)?(?: in| within)? (?:30 days"
            r"|a month|one month|4"
            r" weeks)"
        ),
        "markdown candidates to clear in 4 weeks",
        "Each product needs its own depth, so this is a list and no single per cent.",
    ),
    (
        (
            r"^\W*(?:show me )?(?:the )?seasonal (?:trends?|patterns?) (?:for|of|in|by) (?:my |our |the )?(?:top"
            r"|main|largest|biggest)"
            r" categories"
        ),
        "sales by category and month",
        "A season shows only when it has come round more than once: this is the course by month.",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is)|show me) (?:my|our|the) (?P<w>[\w -]{5,40}? by (?:category|department|store"
            r"|brand)),? and how (?:can|could"
            r"|do|should) (?:i|we) (?:improve|raise|increase|reduce|fix) (?:it|this|that|them)"
        ),
        r"\g<w>",
        (
            "What to do about it the figures do not say: the weakest rows are where to look first. Ask "
            "“overstock”, “dead stock” or"
            " “markdown candidates” for single products."
        ),
    ),
    (
        (
            r"^\W*(?:propose|create|make|suggest|draft|build|plan|give me|recommend) (?:an? "
            r"|the )?(?:promotion(?:al)?|promo) (?:plan|strategy"
            r"|ideas?|calendar)(?: (?:for|on) (?P<g>[a-z][\w &'-]+))"
        ),
        r"optimal discount for \g<g>",
        (
            "A whole plan I do not draw up: this is the depth of discount that made the most margin on it so far. "
            "Say “put … on 20 %"
            " off until Sunday” and I file the promotion for approval."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) (?:of (?:my|our|the) )?(?:top|best|highest)[- ](?:revenue|selling"
            rf"|sales)? ?{_SKUS} (?:are|is|make|lose)"
            r" (?:net |actually |really )?(?:loss[- ]makers?|losing money|unprofitable|(?:a )?loss|money)"
        ),
        "which products are losing money",
        "The largest losses stand first, whatever their sales; net sales are beside them.",
    ),
    (
        r"^\W*(?:what(?:'s| is| are)|show me) (?:the |our )?average (?:revenue|sales|units) per (?:product|item|sku)s?",
        "net sales last 4 weeks? how many different products were sold last 4 weeks",
        "The mean a product is the first figure over the second.",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| was)|show me) (?:the |our )?average (?P<w>coupon discount"
            r"|discount per coupon)(?: (?:use|used|redeemed"
            r"|redemption|given))?"
        ),
        "coupon discounts",
        "The average is the amount over the times given, both of which are in the table.",
    ),
    (
        (
            r"^\W*what (?:percent(?:age)?|share|proportion|%) of (?:our |the |all )*stores (?:generates?"
            r"|makes?(?: up)?|brings? in|accounts?"
            r" for|drives?|contributes?) (?:to )?\d+ ?(?:%|percent) of (?:our |the |all |total )*(?P<f>profits?"
            r"|margin|sales|revenue)"
        ),
        r"\g<f> by store last 4 weeks",
        "How many stores make up so much is read off their shares, the largest first.",
    ),
    (
        (
            r"^\W*(?:what (?:is|was) the )?(?:average )?(?:up)?lifts? of (?:bogof?s?|buy one get one(?: free)?"
            r"|price cuts?|multi-?buys?|percent off)"
            r"(?: deals?| offers?| promotions?)? (?:vs\.?|versus|against|and|compared (?:to|with)) [^?]*|^\W*(?:is"
            r"|are) there (?:an? )?(?:significant "
            r"|big |real )*difference between [^?]*\b(?:promotions?|promos|offers)\b[^?]*\b(?:bogof?|cashback"
            r"|multi-?buys?|discount)\b[^?]*"
        ),
        "promotion lift by display and mailer",
        (
            "Which mechanic a promotion had (one free, so much off) is not recorded: this is the lift by what is, "
            "display and mailer."
        ),
    ),
    (
        (
            rf"^\W*{_PROMOTIONS}? ?(?:roi|return) (?:for|of|by) [^?]*\b(?:versus|vs\.?|against|and)\b[^?]*\b(?:events?"
            rf"|offers?)\b[^?]*|"
            r"^\W*incremental (?:margin|sales|revenue) (?:by|per) promotion type"
        ),
        "promotion lift by promotion by margin",
        "Kinds of promotion are not recorded: this is each by the margin it brought.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:should|can|could|ought to) (?:be |we |i )?(?:repeat(?:ed)?|run again"
            rf"|bring back|kept?|do again"
            r"|continued?|return)|^\W*how (?:can|could|should|do) (?:we|i)? ?(?:promotion(?:al)?"
            r"|promo)s?(?: strateg(?:y|ies))? be (?:optimi[sz]ed"
            r"|improved)|^\W*how (?:can|could|should|do) (?:we|i) (?:optimi[sz]e|improve) (?:our |the )?(?:promotions?"
            r"|promotional strateg(?:y|ies))"
        ),
        "which promotions made the most margin",
        (
            "What to do is for you to decide: this is what each brought against what would have been sold without it. "
            "Ask “optimal discount by"
            " category” for the depth that paid best."
        ),
    ),
    (
        rf"^\W*redemption rates? (?:by|of|per|for each) {_PROMOTIONS}",
        "coupon redemption by campaign",
        "Promotions are not redeemed, the coupons of a campaign are: this is by campaign.",
    ),
    (
        (
            r"^\W*do (?:the )?first[- ]basket (?:categories|products) (?:drive|predict|lead to) repeat (?:visits"
            r"|purchases)"
        ),
        "customer retention by cohort",
        (
            "What lay in a customer's first basket is not told apart: this is how many of each month's first-time "
            "customers came back."
        ),
    ),
    (
        (
            r"^\W*(?:are|is) there (?:any )?(?:untapped|unreached|underserved|missed) (?:demographics|customers"
            r"|segments|households) (?:for|in) "
            r"(?P<g>[\w &'-]+)"
        ),
        "average spend per household by income, all time",
        (
            "Who might yet buy {g} I cannot tell: this is what households of each income spend. Name a category "
            "(“spend on wine by income”) to see"
            " who buys it."
        ),
    ),
    (
        (
            r"^\W*how (?:does|do) (?:price|pricing|prices) (?:affect|influence|change|drive) (?:product )?(?:velocity"
            r"|demand|volume|sales|units)"
            r"(?: (?:of|for) (?:our |the )?products)?"
        ),
        "net sales, units and products by price band",
        (
            "How units react to a price is worked out for one product, category or department at a time (“price "
            "elasticity of yogurt”): this is"
            " what sells in each band of prices."
        ),
    ),
    (
        r"^\W*(?:which|what) categories (?:drive|have|show|generate)s? (?:the )?most profitable growth",
        "which categories' margin grew the most",
        "Growth is told here as the change of gross margin.",
    ),
    (
        (
            r"^\W*(?:which|what) categories (?:have|has|had|generate) (?:the )?(?:highest|most|biggest|worst) (?:waste"
            r"|shrink(?:age)?|spoilage)"
        ),
        "waste by department",
        "Waste is told by department, not by category.",
    ),
    (
        r"^\W*(?:which|what) brands? (?:own|dominate|lead|have the most of|take up) (?:the )?shel(?:f|ves)(?: space)?",
        "space to sales",
        "Shares of the shelf are known by category, where a planogram is recorded, and not by brand.",
    ),
    (
        (
            r"^\W*how many coupons (?:are there |were there |were issued |does each have )?(?:per|by|for each"
            r"|in each) campaign"
        ),
        "coupon redemption by campaign",
        "How many coupons each campaign had I do not list: these are those redeemed of each.",
    ),
    (
        (
            r"\b(?:cost|spend|expense)s? (?:of|on) (?:our |the )?(?:promotions?|promos)\b|\b(?:promotion(?:al)?"
            r"|promo) (?:costs?|spend(?:ing)?|expenses?)\b"
        ),
        "discounts",
        (
            "Counted are all discounts given at the till; what else a promotion cost (mailers, displays, work) is not "
            "recorded."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) (?:types?|kinds?) of {_PROMOTIONS} [^?]*|^\W*(?:which|what) (?:promotion|promo"
            rf"|offer) (?:types?|mechanics?|kinds?)"
            r" [^?]*\b(?:sales|revenue|lift|uplift|margin|units|best|most|effective|work\w*)\b[^?]*"
        ),
        "promotion lift by display and mailer",
        "Kinds of promotion (so much off, one free) are not recorded: this is the lift by what is, display and mailer.",
    ),
    (
        (
            r"^\W*(?:which|what) seasonal (?:products?|items?|lines|goods|skus?) should (?:i|we) (?:discontinue|delist"
            r"|drop|cut|stop)"
        ),
        "which products should we delist",
        "Which goods are seasonal is not recorded: these are slow sellers of all kinds, with what sold instead.",
    ),
    (
        (
            r"^\W*how many (?:distinct|different|unique) (?P<g>(?!products|items|brands|categor|department|customer"
            r"|household)[a-z][\w &'-]*?)"
            r" (?:products|items|skus) (?:are (?:there|sold)|do we (?:sell|have|carry)|were sold|did we sell)"
        ),
        r"top \g<g> products, all time",
        "How many there are stands beside “best of” in the answer: those with a sale; the list begins with the best.",
    ),
    (
        (
            r"^\W*(?:show|list|find|which are)(?: me)? (?:the |our )?(?:under ?performing|weak|poor(?:ly)? (?:selling"
            r"|performing)) (?:skus|products"
            r"|items) (?:in|of|from) (?P<g>[\w &'-]+)"
        ),
        r"worst selling products in \g<g>",
        "There is no plan of sales for single products, so these are the ones that sold least.",
    ),
)
"""Of buyers, category managers and planners."""
