"""Words of the retail trade as they are used here: what is worked out under that name, or that nothing is.

Each is ``(label, other ways to say it, sentences)``. Words of figures that have a definition of their own (GMROI,
sell-through, conversion) are not repeated here; ``tools.meanings`` puts all of them together.
"""

from __future__ import annotations

from tools.analysis.abc_xyz import A_SHARE, B_SHARE

TRADE_WORDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    # --- how goods sell
    (
        "Fast mover",
        ("fast movers", "fast seller", "fast sellers", "fast moving", "fast-moving", "best seller", "best sellers",
         "top seller", "top sellers", "velocity", "sales velocity", "rate of sale"),
        ("A product that sells many units a day. There is no line above which a product is one: “fast movers” ranks"
        " them by units sold over the days with sales of the period (the last 28 unless you say another), with stock"
        " and cover beside. Best sellers by money are “top products”."),
    ),
    (
        "AUR",
        ("average unit retail", "average unit retail price", "aup", "average unit price"),
        ("Average unit retail: net sales over the units sold, so what a piece brought in after discounts. It stands"
        " here as the average selling price: “average price by department last month”."),
    ),
    (
        "ABC analysis",
        ("abc", "abc classification", "abc classes", "abc class", "abc-xyz", "abc xyz", "xyz", "c items",
         "c item"),
        (f"Products by their share of net sales, largest first: A up to {A_SHARE:.0%} of all, B up to {B_SHARE:.0%}, C"
        " the rest. X, Y and Z beside it say how steady demand is from week to week: “ABC analysis” shows them."),
    ),
    (
        "Pareto",
        ("80/20", "80-20", "80 20 rule", "80/20 rule", "pareto rule", "pareto principle", "pareto analysis"),
        ("That a small part of the range or the customers makes most of the sales. How much the largest tenth or fifth"
        " makes is worked out: “what share of sales do the top 20 % of products make”."),
    ),
    (
        "Long tail",
        ("tail", "tail skus", "tail products"),
        "The many products that sell little each. They are the C products of the ABC analysis.",
    ),
    (
        "Attach rate",
        ("attachment rate", "attach", "attachment"),
        ("The share of baskets that hold certain goods. “How many baskets held wine” tells it, and what such a basket"
        " comes to beside the others."),
    ),
    (
        "Basket",
        ("baskets", "market basket", "shopping basket"),
        "One sale or exchange at the till, whoever bought. Refunds, voided sales and tests are no baskets.",
    ),
    (
        "Market basket analysis",
        ("basket analysis", "affinity", "product affinity", "affinity analysis", "association rules"),
        ("What lies in one basket more often than chance would put it there. Support is the share of baskets with both,"
        " confidence the share of those with one that hold the other too, lift how many times as often as chance."),
    ),
    (
        "Cross-sell",
        ("cross selling", "cross-selling", "cross sell", "upsell", "up-sell", "upselling"),
        ("Selling what goes with something else. Where a store sells such a pair less often than the others is worked"
        " out; dearer goods in place of cheaper ones (upselling) are not."),
    ),
    # --- promotions and prices
    (
        "Lift",
        ("uplift", "promotion lift", "promo lift", "sales lift", "incremental sales", "incrementality",
         "incremental units"),
        ("Of a promotion: how much more was sold than the same goods sold on days without one in the four weeks before,"
        " moved by how goods without any promotion went meanwhile; with an interval. Of two products: how many times as"
        " often they lie in one basket as chance would have it."),
    ),
    (
        "Baseline",
        ("baseline sales", "base sales"),
        "What promoted goods would have sold without the promotion: the “expected” of the promotion lift.",
    ),
    (
        "Halo effect",
        ("halo", "halo sales"),
        ("What a promotion sells of other goods. It is not worked out as an amount: the promotion lift tells what else"
        " was in the baskets with promoted goods, which does not show that the promotion sold it."),
    ),
    (
        "Cannibalisation",
        ("cannibalization", "cannibalise", "cannibalize", "cannibalisation effect", "cannibalization effect"),
        ("What a promotion takes from other goods. The promotion lift tells how products of the same categories without"
        " a promotion did against the control group, with an interval. Between products at regular prices it is not"
        " worked out."),
    ),
    (
        "Pull-forward",
        ("pull forward", "forward buying", "stockpiling", "pantry loading", "post-promotion dip"),
        ("Sales that a promotion only brings earlier. The promotion lift tells whether less than expected was sold in"
        " the days after it."),
    ),
    (
        "Price elasticity",
        ("elasticity", "price sensitivity", "price elastic", "elastic", "inelastic"),
        ("By how many per cent units change when the price changes by one per cent, taken from the prices at which"
        " goods were sold; with an interval, and refused where prices hardly moved."),
    ),
    (
        "Loss leader",
        ("loss leaders", "traffic builder", "kvi", "key value item", "known value item"),
        ("Goods sold cheaply to bring people in. Nothing in the data marks them, so they are not told; products sold"
        " below cost are in “which products lose money”."),
    ),
    (
        "Markup",
        ("mark-up", "mark up", "initial markup", "imu"),
        "Margin as a share of cost. It is not worked out: margin here is a share of net sales (gross margin %).",
    ),
    (
        "MSRP",
        ("rrp", "recommended retail price", "suggested retail price", "list price"),
        "The price a maker recommends. It is not recorded; prices are those on the shelf and those paid.",
    ),
    (
        "EDLP",
        ("every day low price", "everyday low price", "hi-lo", "high-low pricing"),
        "A way of pricing without promotions. Nothing is worked out under that name; the share sold on promotion is.",
    ),
    (
        "BOGO",
        ("buy one get one", "buy one get one free", "bogof", "multibuy"),
        "One free with one bought. Kinds of promotion are not recorded; what was taken off at the till is a discount.",
    ),
    (
        "Endcap",
        ("end cap", "gondola end", "end-cap", "display"),
        ("A place where goods are shown beside the shelf. Which goods were on which kind of display is known where the"
        " promotion file says so: “promotion lift by display”."),
    ),
    (
        "Private label",
        ("own label", "own brand", "store brand", "house brand", "private brand", "national brand"),
        "Goods sold under the retailer's own name, as the catalogue marks them; all others are national brands.",
    ),
    (
        "Price index",
        ("cpi", "price perception", "price gap"),
        "A retailer's prices against others'. Competitors' prices are not in the data, so it is not worked out.",
    ),
    # --- stock
    (
        "Shrink",
        ("shrinkage", "stock loss", "inventory shrinkage", "inventory shrink"),
        ("Stock that is gone without a sale: adjustments and counted differences, gains taken off, at the present price"
        " or cost, also as a share of net sales. Waste is told beside it. It is known only where stock changes are"
        " recorded; theft is not told from error."),
    ),
    (
        "Spoilage",
        ("waste", "wastage", "spoils", "throwaways", "write-off", "write off", "write-offs"),
        "Goods written off as waste, at the present price or cost, where stock changes are recorded.",
    ),
    (
        "Stock turn",
        ("turnover of stock", "inventory turnover", "stock turnover", "turns", "inventory turns", "turn rate"),
        "Units sold in the period scaled to a year, divided by average stock in units.",
    ),
    (
        "In-stock rate",
        ("in stock rate", "in-stock %", "availability", "stock availability", "in-stock percentage", "service level"),
        ("Active products with something on hand, as a share of the active products with a stock level, counted store"
        " by store. How much of an order a supplier filled (fill rate) is not worked out."),
    ),
    (
        "On-shelf availability",
        ("osa", "on shelf availability"),
        ("Whether what should stand on the shelf does. It needs a planogram and, for the gaps, scans of the shelf;"
        " where those are not loaded, only stock is known."),
    ),
    (
        "Lead time",
        ("lead times", "supplier lead time", "delivery time"),
        "Days from an order to its arrival, as the supplier's record says. What to reorder reckons with it.",
    ),
    (
        "Fill rate",
        ("fill rates", "supplier fill rate", "order fill rate"),
        "What came of what was ordered, in units, over orders to suppliers that are received: “fill rate by supplier”.",
    ),
    (
        "MOQ",
        ("minimum order", "minimum order quantity", "case pack", "pack size"),
        ("The least that a supplier delivers of a product, and the multiples it comes in. What to reorder is rounded up"
        " to them where they are recorded."),
    ),
    (
        "EOQ",
        ("economic order quantity",),
        "The order size that costs least in ordering and holding. It is not worked out: those costs are not recorded.",
    ),
    (
        "OTB",
        ("open to buy", "open-to-buy", "open to buy budget"),
        ("What a buyer may still spend: planned sales and closing stock less stock on hand and on order. It is not"
        " worked out, as budgets for buying are not recorded; stock value and what is on order are."),
    ),
    (
        "FIFO",
        ("first in first out", "lifo", "fefo", "batch", "expiry date", "best before", "shelf life"),
        ("The order in which stock is used up. Deliveries, batches and dates are not told apart, so cost is the one in"
        " force now."),
    ),
    (
        "Cycle count",
        ("stock count", "stock take", "stocktake", "inventory count", "cycle counting"),
        "Counting a part of the stock. A count can be proposed as a task; what it finds shows as a stock change.",
    ),
    (
        "Replenishment",
        ("reorder", "re-order", "reordering"),
        ("Ordering what is due. What to reorder is worked out from stock, what sells and the supplier's lead time;"
        " nothing is ordered without an approval."),
    ),
    (
        "Perpetual inventory",
        ("perpetual stock", "book stock", "book inventory", "stock record"),
        "Stock as the record keeps it: what the point of sale last gave. It is not what was counted.",
    ),
    # --- shelves
    (
        "Planogram compliance",
        ("plano compliance", "pog compliance", "shelf compliance", "planogram adherence"),
        "The share of a planogram that stands so on the shelf. “Planogram check” tells it where scans are loaded.",
    ),
    (
        "Planogram",
        ("planograms", "pog", "plano", "shelf plan", "modular"),
        "The plan of which product stands where, with how many facings. With its file, what is missing can be told.",
    ),
    (
        "Facings",
        ("facing", "number of facings", "shelf facings", "share of shelf"),
        ("How many pieces of a product stand side by side at the front of the shelf, as the planogram says. Share of"
        " sales against share of facings is the space index."),
    ),
    (
        "Assortment",
        ("range", "product range", "breadth", "depth", "assortment breadth", "assortment depth", "sku count"),
        ("The products a store sells. How many there are, by department or store, is counted from what sold or what is"
        " on hand; sizes and colours count one by one."),
    ),
    (
        "SKU",
        ("skus", "stock keeping unit", "article number", "item number"),
        "One product as it is stocked and sold, each size by itself; its number is the retailer's own.",
    ),
    (
        "GTIN",
        ("upc", "ean", "barcode", "plu", "upc code"),
        ("The number in a barcode, the same at every retailer. By it a product of several platforms is known as one; a"
        " PLU is a till's own number for goods without a barcode."),
    ),
    # --- stores and growth
    (
        "Comp sales",
        ("comps", "comp", "comp store", "comparable store", "comp store sales",
         "comparable sales", "comparable store sales", "lfl", "like for like sales",
         "same store sales growth", "comp growth"),
        ("Sales of stores that traded through both periods, held against each other: “like-for-like sales”. A store"
        " that opened or closed meanwhile is named and left out."),
    ),
    (
        "YoY",
        ("year over year", "year on year", "mom", "month over month", "month on month", "wow", "week over week",
         "week on week"),
        ("A period against the same one a year, a month or a week before. A year before is only known as far back as"
        " the data reaches."),
    ),
    (
        "YTD",
        ("mtd", "qtd", "wtd", "year to date", "month to date", "quarter to date", "week to date"),
        ("From the first day of the year, month, quarter or week to now. Held against another period, only as many days"
        " of that are taken."),
    ),
    (
        "Run rate",
        ("run-rate", "annualised sales", "annualized sales"),
        "Sales so far carried on at the same pace. It is not worked out; the outlook takes the mean of each weekday.",
    ),
    (
        "4-5-4 calendar",
        ("454 calendar", "4-4-5 calendar", "retail calendar", "fiscal calendar", "retail week", "fiscal week"),
        "Quarters of four, five and four weeks, so that periods compare: “retail week 43”, “by 4-5-4 period”.",
    ),
    (
        "Footfall",
        ("traffic", "foot traffic", "store traffic", "door count"),
        "How many people came in, as the sensor at the door counted; without one it is not known.",
    ),
    (
        "Sales density",
        ("sales per square foot", "sales per square metre", "sales per square meter", "space productivity"),
        "Net sales over the floor area of a store, where its area is recorded.",
    ),
    (
        "KPI",
        ("kpis", "key performance indicator"),
        ("A figure by which a business is watched. Those that are worked out here are listed by “which metrics do you"
        " have”."),
    ),
    (
        "COGS",
        ("cost of goods", "landed cost"),
        ("What the goods sold had cost, as the till recorded it with each line or the cost in force then. Freight and"
        " duties are in it only where they are part of the recorded cost."),
    ),
    (
        "Net margin",
        ("net profit", "ebitda", "operating profit", "contribution margin", "four-wall", "four wall profit", "p&l"),
        ("What is left after running costs. It is not worked out: rent, energy and overheads are not recorded; gross"
        " margin and labour cost are."),
    ),
    # --- customers
    (
        "Penetration",
        ("household penetration", "buyer penetration", "reach"),
        "The share of known customers of a period who bought certain goods at least once.",
    ),
    (
        "Repeat purchase rate",
        ("repeat rate", "repurchase rate", "repeat purchases", "rebuy rate"),
        ("The share of the known buyers of certain goods who bought them in two or more transactions of the period. Of"
        " customers in all, it is the share who came more than once."),
    ),
    (
        "Retention",
        ("retention rate", "customer retention", "churn rate"),
        "The share of the known customers of one period who bought again in a later one; the rest churned.",
    ),
    (
        "RFM",
        ("rfm analysis", "rfm segments", "recency frequency monetary", "customer segment", "customer segments",
         "segmentation"),
        ("Known customers grouped by how lately, how often and for how much they bought; groups of fewer than five"
        " people are not told."),
    ),
    (
        "Cohort",
        ("cohorts", "cohort analysis", "customer cohort"),
        "Known customers by the month of their first purchase, and how many of them bought in each month after.",
    ),
    (
        "CLV",
        ("ltv", "lifetime value", "customer lifetime value"),
        "What a customer will spend in all. It is not foretold; what each spent and how many stay is told.",
    ),
    (
        "NPS",
        ("net promoter score", "csat", "customer satisfaction score"),
        "Scores of surveys. They are not in the data; ratings and words of reviews are, where they are loaded.",
    ),
    (
        "Share of wallet",
        ("wallet share", "market share"),
        ("What part of a customer's or a market's spending comes here. It is not worked out: what is spent elsewhere is"
        " not in the data."),
    ),
    # --- forecasts and spread
    (
        "MAPE",
        ("mean absolute percentage error", "wape", "wmape", "forecast error", "forecast accuracy", "mad"),
        ("How far a forecast is off, in per cent. “Forecast accuracy” tells it of the outlook: the differences without"
        " their signs as a share of what came (WAPE), week by week, rather than the mean of single percentages (MAPE),"
        " which small days would rule."),
    ),
    (
        "Bias",
        ("forecast bias", "over-forecast", "under-forecast", "over forecast", "under forecast"),
        ("Whether a forecast lies too high or too low on the whole: the differences with their signs, as a share of"
        " what came. “Forecast bias by department” tells it of the outlook."),
    ),
    (
        "Standard deviation",
        ("sd", "std dev", "variance", "coefficient of variation", "volatility"),
        ("How far values lie around their mean, as they typically do. It is told of days, weeks and months of a figure"
        " and of baskets, also as a share of the mean."),
    ),
    (
        "Median",
        ("percentile", "quartile", "percentiles", "quartiles"),
        ("The value in the middle: half are as large or smaller. Quartiles and percentiles cut at a quarter or at so"
        " many in a hundred."),
    ),
    (
        "Confidence interval",
        ("95 % interval", "95% interval", "confidence", "interval", "statistically significant", "significance"),
        ("The span in which an estimate lies in 95 of 100 cases if only chance were at work. A lift whose interval"
        " holds zero may be none."),
    ),
)  # fmt: skip
"""``(label, other ways to say it, sentences)``; a word of several meanings says each."""
