"""Everyday words that name no goods: alone, in small letters, they are told as not understood and not looked up.

“How many customers did we serve” is no question for a product called “serve”. A name that is written with a capital
letter, or with another word beside it, may still be one.
"""

from __future__ import annotations

import re

from agent.conversation.planner.concepts.lexicon import stands_for_something
from agent.conversation.planner.wording.padding import EMPTY, STRENGTH

_VERBS = """
accept accepted accepts achieve achieved act add added adds admit afford agree aim allow allowed answer answered
appear applied apply approach approve approved argue arrive arrived arrives ask asked asking asks assign attend avoid
awaiting became become becomes began begin beginning belong believe blame book borrow build built bump cancel
cancelled care cause caused causes charge charged cheat check checked choose claim clear clocked close closed closes
closing collect collected complain complained confirm consider contact contain continue convert converted count
counted counting counts cover covered create created cure deal dealt decide decided decides define defined defines
deliver delivered deserve deserved discuss divide earn earned earning earns employ enjoy enter entered escape evaluate
exist expect expected expects explain explained fail failed fails feel felt figure fill fired fit fix fixed follow
force forget forgot gain gained guess handle handled happen hear heard helped helping hire hired hope hurt hurting
ignore imagine influence inform insist interest invest invite involve joined judge justify keep keeps kept kill knew
knows lack laid lead leads learn learned leave leaves leaving legal lie lied live lives lock locked log lose maintain
manage managed manages managing matter matters mean meaning means meant measure measured mention met miss missed
missing notice noticed obtain occur occurred offer offered operate operated owe owes owing own owned owns pay paying
pays perform permit permitted plan planned planning plans prefer prepare prepared pretend prevent proceed promise
promised protect prove punish purchase put qualify quit reach reached react read ready realise realize receive
received receives recommend record recorded recover reduce refuse register regret rely remain remained remember
remembered repair repeat replace replied reply respond rest retain reveal ruin save saved saving schedule scheduled
seem seemed seems seen send sent serve served serves serving settle settled shared shut sign signed skip skipped solve
speak spoke started starting starts stay stayed steal stole stood stopped stops struggle submit succeed suffer suggest
suggested suppose sure survive suspect talk talked talking teach tend test tested think thought threw throw told touch
tracked train treat tried tries trust try trying turn turned turns use used uses using wait waited waiting waits walk
walked warn wasted watch watched went win woke work worked working works worry write wrote
"""
_COLLOQUIAL = """
anticipate bank banked beat beats bled bleed bleeding bomb bombed bounce bounced budge cannibalise cannibalised
climb climbs crash crashed creep crept dip dive dole dominate drag drags dwindle earmark eat eaten eats edge explains
fare fetch flop flopped flops flood gets goes hand handed hands hit hits hold holds jump jumps kick kicks knock leak
leaks leap nosedive outdo outpace outperform outsell outsells outsold overshoot overshot paces pocket pours pulls
rakes rang ringing rings rung sag scrape shed shifted shifts shine shines shows shrinks sideways sink sinks slid
slide slides slip slips slump slumps soar soars spill stack stacks strike sunk swallow swallowed swing swings tank tanks
topped trending tumble turnaround undershoot uptick usually wane went wins
offers cosh support cow smashed cashed creep promos promotions deals vouchers trips trip cut course window head-to-head
till tills checkouts showdown pulse needle quid bucks slice chunk portion generous backwards quicker steep sharp
sharpest steepest burden habitually chunky head offender offenders shortfall fishy dodgy
"""
_NOUNS = """
relation relationship staff gem gems team crew colleague colleagues weekday weekdays
absence access accident account advantage advice aim amounts approach approval attitude attention authority benefit
bother needs cause chance changes chat choice complaint complaints concern concerns condition conversation damage danger
deadline decision definition detail disadvantage effect effort error errors evidence example excuse explanation
failure fault favour favor feature feeling focus future goal history hope idea ideas impact improvement issue issues
job joke knowledge law lesson level list luck mistake mistakes mood morale need news note notes opinion opportunity
option options pattern permission person plans policy position power practice pressure problem problems procedure
process progress project purpose quality rating reaction reality reason reasons record reminder request requests
requirement response responsibility result risk risks role rule rules scene schedule secret sense situation skill
skills solution source stage state step steps story strategy strength stress style subject success suggestion summary
system abnormality attendance audit audits baseline behavior behaviour benchmark benchmarks capacity compliance
consistency correlation deviation deviations dip dips disparity execution incident incidents inconsistency
intervention interventions manpower mean norm norms outlier outliers peer peers performer performers productivity
throughput utilization variance variances variation variations volatility workload task tasks technique theory thought
trouble truth version visit way ways weakness
"""
_OTHERS = """
absent afraid alone angry available aware bored capable careful certain cheap clear close complicated confused correct
crazy dangerous dear difficult dirty dishonest easy effective efficient empty enough excellent expensive fair false
familiar famous fast final fine fired free funny glad guilty happy hard honest ill important impossible incorrect
interested interesting lazy likely lucky mad necessary nervous nice normal obvious odd official okay original
permanent pleased polite possible private profitable proud public quick rare real reasonable relevant responsible
right rude sad safe satisfied serious sick silly similar simple simulated slow smart sorry special strange stupid
suitable surprised terrible tired together true typical unable unfair unhappy unlikely unnecessary unusual upset
urgent useful useless usual valid abnormal abnormally accurate accurately anomalous broadest chronic consistent
consistently critical deepest despite disproportionate excessive excessively flat frequent frequently healthy
inconsistent irregular persistent problematic repeated repeatedly significant significantly stable steady strategic
suspicious suspiciously unhealthy unreliable unstable unusually widest valuable various weak weird wonderful worried
worth wrong
"""
_OF_QUESTIONS = """
exactly terms term profiles availability available rates rate poor poorly shouldn't liquidate liquidation contribution
threshold thresholds effectiveness efficiency frequency size sizes behavior behaviors behaviours engagement retention
growth decline trend trends momentum trajectory seasonality larger smaller greater lesser higher lower bigger layout
layouts correctly properly followed hurting helping driving dragging adjusted transferred counted picking praising
praised story worth opens pressure drift drifted expected introduce introduced boost boosted raise raised increasing
decreasing
"""
ORDINARY = frozenset(f"{_VERBS} {_COLLOQUIAL} {_NOUNS} {_OTHERS} {_OF_QUESTIONS}".split()) | EMPTY | STRENGTH
"""Words that are no goods where they stand alone."""
_MADE_OR_DONE = """
bagged baked baking bed bedding belly berry blended boxed bread breaded burned butterfly canned canning carbonated
chilled cleaning clothing cooking covered cured cutting dressing dried dumpling dumplings fed feed fermented filling
fishing flavored flavoured fly forest frosted frosting frozen gardening glazed grated grilled grilling grooming
ground harvest herring icing jelly knitting lighting lolly marinated nursing oilseed packaging peeled pickled
plumbing pretzel produce pudding puddings red ring roasted rolled roofing salted seasoned seasoning seed shaving
shredded sliced smoked sparkling stationery steamed string stuffed stuffing sweetened teething training tubing
boiled camping chewing coated condensed cooked crushed cubed diced drinking feeding flowering greeting hunting imported
ironing jarred malted mashed medicated novelties reading refrigerated sewing shelled shortening spring stewed topping
unleaded unsalted unsweetened vending washing weed whipped whipping wing wiring wrapping writing yarn
"""
_GOODS_BY_FORM = frozenset(_MADE_OR_DONE.split())
"""Goods, or how they are made, that look like what something does."""
_FORM = re.compile(r"[a-z]{3,}(?:ed|ing|ly|est)")


def is_ordinary(word: str) -> bool:
    """Whether a word in small letters names no goods where it stands alone: listed, a concept, or a deed."""
    said = _FORM.fullmatch(word) is not None or stands_for_something(word)
    return word in ORDINARY or (said and word not in _GOODS_BY_FORM)
