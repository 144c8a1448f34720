"""Words that say nothing by themselves about what a question is limited to. What is not listed is never dropped."""

from __future__ import annotations

_FILLERS = """
a able about
across among amongst brings bring buy buying buys spend spending spends spent
actually after again against ago ahead aisle aisles all along already also although
altogether am amount an and annual another answer any approximately are aren't around article articles as at
available away back bad badly basically be because been before behind being best best-selling bestseller
bestsellers better between big biggest bit bot both bottom branch branches break breakdown briefly bring broken
brought busier busiest business busy but by calculate came can can't case categories category chain change
changed changes changing check checking combined come comes coming company compare compared compares comparing
comparison complete compute concerning could count counter curious current currently daily
dashboard data database dataset date dates
day days dear decline declined declines declining decrease decreased department departments dept depts detail
detailed details did
did't didn't differ difference different differs display do does doesn't doing dollar dollars don't done dont
down drop dropped dropping during e.g each earn earned earning earnings eg either else entire etc even ever
every everybody everyone everywhere exactly fall fallen falling far fare fared fast fast-moving faster fastest
fell few fewest figure figures find fine floorwalker folks for from full further general generally get getting gimme
give given gives giving gave go going
gone good goods great grew gross group grouped grow growing grown growth guys had happen happened happening
happens has have having he held hello help her here hey hi high higher highest his hold honestly hour hourly
hours how how's however hows i i'd i'm i.e id ie if im improve improved in increase increased info information
instead into is isn't it it's item items its ive just kind kindly kinds know kpi kpis largest last lately latest
leading least less let let's lets like line lines list location locations look looking lose losers lot lots love low
lower lowest made make makes making many may maybe me merchandise metric metrics might mine mix mom money month
monthly months more most move moved mover movers moving much must my need net next no none nope normally not now
number numbers of off ok okay on one ones only or order ordered other others our ours ourselves out over overall
overview pace pacing past peak peaks per perform performance performed performing performs perhaps period periods
place places please plus poorly popular possible previous print process product products profitable provide pull put
quarter quarters question questions quick quickly quiet quieter quietest rang range rank ranked ranking rankings
rather really recap recent recently regarding related relative remind report reports respect respectively result
results return ring rise risen rising rose roughly run rung rush s sale sales same say section sections see sell
seller sellers selling sells several shall she shop shops short shortly should show simply since site sites sku
skus slow slow-moving slower slowest small smallest snapshot so so-far sold some sorry sort sorted specifically
split stack stacked statistics stats still store store's stores stores' strong stronger strongest stuff such
sum summarise summarize summary take taken takes team tell than thank thanks that that's the their them then there these
they thing things think this those though through till time times to too took top top-selling total total's totals
track tracking
trade traded trading trend trending trends type types typically under understand until up up-to-date update
updates us usd use used usually value values versus view visit volume volumes vs vs. want wanted was wasn't we we're
we've weak weaker weakest week weekly weeks well went were weren't what what's whats when where which while who
who's whole whom whose why will winners wish with within wonder wondering work worse worst worth would would've
tend tends wow yeah year yearly years yes yet you your yours yourself yoy
"""
_INSIDE = "a all and by each for free in new no of on only or store the to white whole with"
_NOT_GOODS = """
task tasks todo todos visa mastercard amex
lift uplift alternative alternatives variability positioning patterns demographics underrepresented stockout stockouts
cost costs cogs never stop stopped unusual once visited
above-average below-average lost rains snows shopped markup cannibalizing everything
anything answer average averages bank basis beginning budget capital cash chart city country cumulative currency
customer customers density double early eight employee employees employer end excel export first five forecast four
game goal graph guests half holiday holidays income inflation invoice kpi late latitude marketing mean median mid
middle monitor nine normalized online pct pdf people percent percentage percentile pickup pie plan plot president
profitability rain rate ratio region regional regions rolling running season seasonal second segment seven share shift
shifts shoppers six spreadsheet standard start state stddev strategy supplier suppliers target tax ten tender third
three traffic twelve twice two vat vendor vendors visualize warehouse weather weekday weekdays weekend weekends won
purchases purchasing menu cities reordering loyalty ages paid overrepresented behavior behaviour behaviors behaviours
maximize maximise maximizing maximising optimize optimise optimizing optimising
year-to-year zip margins margin profit profits fewer increases decreases dominate dominates alone often nothing
"""

_NOT_ALONE = """
match matches main close final include includes included including unique distinct new old basket baskets size sizes
district districts area transfer transfers shrank shrink shrunk declining increasing decreasing dependency losing
underperforming outperforming overperforming live huddle fire expire factors affect scorecard different right agree
agrees official final fluctuate fluctuates plummet spike spiked spikes jumped jump tanked skyrocketed gap gaps
problem floor backroom drain drains length depth promoted shelf position positions
price prices change changes checkout common subcategory subcategories correlation correlations volatile purchased
wallet cancel draft drafts left remaining remains variant variants option options
problems issue issues risk risks opportunity opportunities reason reasons cause causes driver drivers effect effects
"""

FILLERS = frozenset(_FILLERS.split())
"""Words that may remain of a question without changing its answer, once periods, stores and figures are taken."""

INSIDE = frozenset(_INSIDE.split())
"""Fillers that belong to a name where they stand between its words: “store brand”, “cream of mushroom”."""

NOT_GOODS = frozenset(_NOT_GOODS.split())
"""Words that are never a product: a question with one of them left over is not understood, not looked up."""

NOT_ALONE = frozenset(_NOT_ALONE.split())
"""Words that may be part of a product's name and are none by themselves: “new”, “basket”, “declining”."""
