"""What buyers, planners and category managers ask that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_PROMOTIONS = r"(?:promotions?|promos?|offers|deals|discount campaigns|price promotions?|trade promotions?)"
_SKUS = r"(?:products?|items?|skus?|lines|articles)"
_VERDICT = (
    r"(?:reduc\w+|cut|delist\w*|drop(?:ped)?|discontinu\w*|expan\w+|grown?|assortment|range|attention|interventions?"
    r"|actions?"
    r"|review\w*|space|facings?|support|invest\w*|promot\w+|re-?pric\w+|price|replac\w+|fix\w*|improv\w+|depth"
    r"|rationali[sz]\w+|increas\w+|prioriti[sz]\w+|remov\w+|stop(?:ped)?|focus\w*|monitor\w*)"
)
_WHERE_CAN = (
    r"^\W*(?:where|in (?:which|what) (?:categories|departments)) (?:can|could|would|might|should|will) (?:we |our "
    r"|the )*(?:use )?"
)
_DEED = r" ?(?:actions?|changes?|moves?|measures?|activity|campaigns?)?(?: to)?"
_HELP = r" (?:improve|help|lift|boost|raise|increase|drive)[^?]*"
MERCHANT_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"{_WHERE_CAN}(?:pric(?:e|ing) ?(?:/|and|or|&) ?)?(?:promo(?:tion)?s?|offers?)"
            rf"(?: ?(?:/|and|or|&) ?pric(?:e|ing))?{_DEED}{_HELP}"
        ),
        "promotion ROI by category",
        (
            "What promotions or prices to come would do is not known: this is what promotions returned so far, by "
            "category. Ask “price elasticity by category” for prices."
        ),
    ),
    (
        rf"{_WHERE_CAN}pric(?:e|ing){_DEED}{_HELP}",
        "price elasticity by category",
        "What prices to come would do is not known: this is how much was bought at other prices so far, by category.",
    ),
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
            "Which price changes would make the most margin in days to come I do not optimise: this is the depth of "
            "discount that made most of it so far. Ask “price elasticity of bananas” for one product."
        ),
    ),
    (
        (
            r"^\W*(?:what happens )?if (?:i|we) (?:delist|drop|cut|discontinue|remove) (?!\d+ (?:\w+ )?h(?:ou)?rs?\b)"
            rf"[^?]*\b{_SKUS}?,? (?:where|what|which|how)[^?]*"
        ),
        "which products should we delist",
        (
            "Where the sales of a delisted product would go is not known before it is done: these are the slow "
            "sellers, each with the product of its category that gained most while it fell."
        ),
    ),
    (
        (
            r"^\W*how much (?:capital|cash|money|working capital) (?:would|could|does|will) (?:delisting|dropping"
            "|cutting|removing|clearing|discontinuing) (?:the |our )?(?:tail|slow movers|worst sellers"
            rf"|slowest {_SKUS}|bottom \S+ {_SKUS}) (?:free(?: up)?|release|unlock)"
        ),
        "slow stock",
        "The capital in the tail is told as slow sellers at cost: what would last for months at the rate it sells.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:to|should (?:i|we)|can (?:i|we)|must (?:i|we)) (?:be )?(?:reduced?"
            r"|cut|stop(?:ped)?|drop(?:ped)?|end(?:ed)?|kill|cancel|discontinued?|avoid|scale back)\b[^?]*"
        ),
        "which promotions lost money",
        (
            "That is measured by what each brought in gross margin against its discounts; how far promotions overlap "
            "I do not work out."
        ),
    ),
    (
        (
            r"^\W*(?:show|list|find|which are|what are)?(?: me)? ?(?:the |our )?(?:low|poor|worst"
            rf"|under)[- ]?perform(?:ing|ers) {_PROMOTIONS}|^\W*(?:which|what) {_PROMOTIONS} (?:are |is |did "
            r"|have )?(?:under ?perform\w*|perform\w* (?:poorly|badly|worst))"
        ),
        "which promotions lost money",
        "Measured by the gross margin each brought against what would have been sold without it.",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<g>brands?|manufacturers?|suppliers?|vendors?) (?:got|gets?|had|has|have|saw"
            "|sees?) (?:the )?(?:most|highest|biggest|largest|best)(?: sales| unit)? (?:up)?lifts? (?:from|of|by|in"
            "|during) (?:the |our )?promotions?"
        ),
        "promotion lift by category",
        (
            "Lift is not split by {g}: this is the lift of promotions by category. Name one brand and I work "
            "out its lift: “did the promotions on … work”."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:lifted|raised|increased|grew|boosted) (?:comparable |comp "
            "|like[- ]for[- ]like |same[- ]store )?(?:sales|revenue|units)(?: by)? (?:above|over|more than"
            r"|by more than|at least) (?P<n>\d+) ?(?:%|percent)"
        ),
        "promotion lift by promotion",
        (
            "The lift is against what would have been sold without the promotion, of the goods in it; those over {n} "
            "% are read off the list."
        ),
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} reached (?:the )?(?:most|fewest|largest number of) (?:customers"
            "|households|shoppers|people)"
        ),
        "which campaign was sent to the most households",
        (
            "Whom a price promotion reached is not recorded: this is of direct-marketing campaigns, by how many "
            "households each was sent to."
        ),
    ),
    (
        (
            rf"^\W*(?:show|list|which|what)(?: me)? ?(?:the |our )?(?:{_PROMOTIONS}|coupons"
            "|campaigns) (?:that )?(?:have )?(?:expired|ended|ran out|lapsed) (?:without being"
            "|and (?:were )?(?:never|not)|unused|without (?:any )?)(?: ?(?:used|redeemed|use|redemptions?|uses))?"
        ),
        "which coupons were never redeemed",
        "That is known of coupons: a price promotion is not redeemed, so none can end unused.",
    ),
    (
        (
            rf"^\W*(?:what is |what was |show me )?(?:the )?discount rate (?:during|on|in|for) {_PROMOTIONS} (?:versus"
            r"|vs\.?|against|and|compared (?:to|with)) (?:non[- ]?promot\w+|no promotion|without|normal|other"
            r"|regular)(?: \w+)?"
        ),
        "discount rate and discounts by promotion",
        "The row without a promotion is everything sold outside of one.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_SKUS} (?:are |is )?(?:under ?performing|not selling|selling poorly"
            "|slow) and (?:need|should (?:get|have|be))s? (?:an? )?(?:mark(?:ed)?[- ]?downs?)"
        ),
        "markdown candidates",
        (
            "Chosen by how long the stock would last at the rate it sells, not by a plan of sales: there is none for "
            "single products."
        ),
    ),
    (
        (
            r"^\W*what (?:markdown|discount)(?: percent(?:age)?| depth)? (?:would|will|could|should) (?:clear"
            "|sell through|get rid of) (?:the |our |my )?(?:inventory|stock|it|excess|overstock|slow stock)?(?: in"
            "| within)? (?:30 days|a month|one month|4 weeks)"
        ),
        "markdown candidates to clear in 4 weeks",
        "Each product needs its own depth, so this is a list and no single per cent.",
    ),
    (
        (
            r"^\W*(?:show me )?(?:the )?seasonal (?:trends?|patterns?) (?:for|of|in|by) (?:my |our |the )?(?:top|main"
            "|largest|biggest) categories"
        ),
        "sales by category and month",
        "A season shows only when it has come round more than once: this is the course by month.",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is)|show me) (?:my|our|the) (?P<w>[\w -]{5,40}? by (?:category|department|store"
            "|brand)),? and how (?:can|could|do|should) (?:i|we) (?:improve|raise|increase|reduce|fix) (?:it|this"
            "|that|them)"
        ),
        r"\g<w>",
        (
            "What to do about it the figures do not say: the weakest rows are where to look first. Ask “overstock”, "
            "“dead stock” or “markdown candidates” for single products."
        ),
    ),
    (
        (
            r"^\W*(?:propose|create|make|suggest|draft|build|plan|give me|recommend) (?:an? |the )?(?:promotion(?:al)?"
            r"|promo) (?:plan|strategy|ideas?|calendar)(?: (?:for|on) (?P<g>[a-z][\w &'-]+))"
        ),
        r"optimal discount for \g<g>",
        (
            "A whole plan I do not draw up: this is the depth of discount that made the most margin on it so far. Say "
            "“put … on … per cent off until Sunday” and I file the promotion for approval."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:of (?:my|our|the) )?(?:top|best|highest)[- ](?:revenue|selling"
            rf"|sales)? ?{_SKUS} (?:are|is|make|lose) (?:net |actually |really )?(?:loss[- ]makers?|losing money"
            "|unprofitable|(?:a )?loss|money)"
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
            "|discount per coupon)(?: (?:use|used|redeemed|redemption|given))?"
        ),
        "coupon discounts",
        "The average is the amount over the times given, both of which are in the table.",
    ),
    (
        (
            r"^\W*what (?:percent(?:age)?|share|proportion|%) of (?:our |the |all )*stores (?:generates?"
            r"|makes?(?: up)?|brings? in|accounts? for|drives?|contributes?) (?:to )?\d+ ?(?:%|percent) of (?:our "
            "|the |all |total )*(?P<f>profits?|margin|sales|revenue)"
        ),
        r"\g<f> by store last 4 weeks",
        "How many stores make up so much is read off their shares, the largest first.",
    ),
    (
        (
            r"^\W*(?:what (?:is|was) the )?(?:average )?(?:up)?lifts? of (?:bogof?s?|buy one get one(?: free)?"
            r"|price cuts?|multi-?buys?|percent off)(?: deals?| offers?| promotions?)? (?:vs\.?|versus|against|and"
            r"|compared (?:to|with)) [^?]*|^\W*(?:is|are) there (?:an? )?(?:significant |big "
            r"|real )*difference between [^?]*\b(?:promotions?|promos|offers)\b[^?]*\b(?:bogof?|cashback|multi-?buys?"
            r"|discount)\b[^?]*"
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
            r"|offers?)\b[^?]*|^\W*incremental (?:margin|sales|revenue) (?:by|per) promotion type"
        ),
        "promotion lift by promotion by margin",
        "Kinds of promotion are not recorded: this is each by the margin it brought.",
    ),
    (
        (
            rf"^\W*(?:which|what) {_PROMOTIONS} (?:should|can|could|ought to) (?:be |we |i )?(?:repeat(?:ed)?"
            r"|run again|bring back|kept?|do again|continued?|return)(?: next (?:year|month|quarter|season"
            r"|time))?|^\W*how (?:can|could|should|do) (?:we"
            r"|i)? ?(?:promotion(?:al)?|promo)s?(?: strateg(?:y|ies))? be (?:optimi[sz]ed|improved)|^\W*how (?:can"
            "|could|should|do) (?:we|i) (?:optimi[sz]e|improve) (?:our |the )?(?:promotions?|promotional strateg(?:y"
            "|ies))"
        ),
        "which promotions made the most margin",
        (
            "What to do is for you to decide: this is what each brought against what would have been sold without it. "
            "Ask “optimal discount by category” for the depth that paid best."
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
            "|purchases)"
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
            r"|segments|households) (?:for|in) (?P<g>[\w &'-]+)"
        ),
        "average spend per household by income, all time",
        (
            "Who might yet buy {g} I cannot tell: this is what households of each income spend. Name a category "
            "(“spend on wine by income”) to see who buys it."
        ),
    ),
    (
        (
            r"^\W*(?:how (?:does|do)|(?:does|do)) (?:our |the )?(?:pricing|prices?(?: changes?)?) (?:affect"
            r"|influence|change"
            r"|drive"
            r"|impact|move) (?:how (?:fast|much|many)(?: units| of)? (?:products?|items?|things|goods|we|it)? ?sells?"
            r"|(?:product |sales |our |unit )*(?:velocity|demand|volume|sales|units)(?: sold)?)"
            r"(?: (?:of|for) (?:our |the )?products)?(?=\W*$)"
            r"|^\W*(?:what(?:'s| is) the )?(?:impact|effect|influence) of (?:the |our )?(?:pricing|prices?(?: "
            r"changes?)?) on"
            r" (?:product |sales |our |unit )*(?:velocity|demand|volume|sales|units)(?: sold)?(?=\W*$)"
        ),
        "price elasticity by category",
        (
            "Told by category: by how many per cent units went with a price one per cent higher. “Price elasticity "
            "of yogurt” "
            "is of "
            "one, “sales by price band” what sells at which price."
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
            "|shrink(?:age)?|spoilage)"
        ),
        "waste by department",
        "Waste is told by department, not by category.",
    ),
    (
        (
            r"^\W*how many coupons (?:are there |were there |were issued |does each have )?(?:per|by|for each"
            "|in each) campaign"
        ),
        "coupon redemption by campaign",
        "How many coupons each campaign had I do not list: these are those redeemed of each.",
    ),
    (
        (
            r"^(?!.*\b(?:effective\w*|returns?|roi|pay\w*|worth|work\w*|lift)\b)(?P<before>.*?)\b(?:(?:cost|spend"
            r"|expense)s? (?:of|on) (?:our |the )?(?:promotions?|promos)|(?:promotion(?:al)?|promo) (?:costs?"
            r"|spend(?:ing)?|expenses?))\b"
        ),
        r"\g<before>discounts",
        (
            "Counted are all discounts given at the till; what else a promotion cost (mailers, displays, work) is not "
            "recorded."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) seasonal (?:products?|items?|lines|goods|skus?) should (?:i|we) (?:discontinue|delist"
            "|drop|cut|stop)"
        ),
        "which products should we delist",
        "Which goods are seasonal is not recorded: these are slow sellers of all kinds, with what sold instead.",
    ),
    (
        (
            r"^\W*how many (?:distinct|different|unique) (?P<g>(?!products|items|brands|categor|department|customer"
            r"|household)[a-z][\w &'-]*?) (?:products|items|skus) (?:are (?:there|sold)|do we (?:sell|have|carry)"
            "|were sold|did we sell)"
        ),
        r"top \g<g> products, all time",
        "How many there are stands beside “best of” in the answer: those with a sale; the list begins with the best.",
    ),
    (
        (
            r"^\W*(?:show|list|find|which are)(?: me)? (?:the |our )?(?:under ?performing|weak|poor(?:ly)? (?:selling"
            r"|performing)) (?:skus|products|items) (?:in|of|from) (?P<g>[\w &'-]+)"
        ),
        r"worst selling products in \g<g>",
        "There is no plan of sales for single products, so these are the ones that sold least.",
    ),
    (
        (
            r"^(?P<q>\W*(?:which|what|where|show|list|find)\b[^?]*?),? and (?:(?:should|could|must|might|may|can|to) "
            r"(?:be )?|(?:therefore )?(?:needs?|requires?|deserves?|warrants?|merits?)(?: to be)? |(?:are|is) (?:ready"
            r"|due|candidates?|ripe) (?:for|to be) )(?:an? |the |some |more |less |further |better |immediate "
            rf"|extra )*{_VERDICT}\b[^?]*"
        ),
        r"\g<q>",
        "What to do about them the figures do not say: this is the first half of the question.",
    ),
    (
        (
            r"^\W*(?:do|does|how do|did) (?:our |the )?coupons? (?:\w+ )?(?:influence|affect|impact|change|drive"
            r"|shape) (?:the )?(?:(?:customers?|shoppers?|households?|consumers?|buying|shopping|purchas\w+)'?s?'? ?)*"
            r"(?:behaviou?rs?|spend(?:ing)?|habits?|purchases|patterns?)"
        ),
        "do coupon redeemers spend more",
        "What coupons change in people sales alone do not tell: this is what redeemers spend beside the others.",
    ),
)
"""Of buyers, category managers and planners."""
