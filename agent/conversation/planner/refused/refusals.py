"""What is refused whatever else a question says: single people, contact data, decisions about staff, raw data access.

And what no connected source records, such as expiry dates. These are looked at before anything is read into the rest
of a question: “how much does Jo earn” is no question for a product of that name.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.refused.named_customer import names_a_customer, names_somebody
from agent.conversation.surroundings import Surroundings

_WHO = r"(?:customers?|shoppers?|households?|members?|guests?|buyers?|famil(?:y|ies)|cardholders?)"
_STAFF = (
    "(?:employees?|associates?|cashiers?|staff(?: members?)?|colleagues?|team(?: members?)?|workers?|managers?"
    "|clerks?|everyone|everybody|somebody|someone|people)"
)
_ONE_CUSTOMER = re.compile(
    r"\b(?:customer|shopper|household|member|card|loyalty (?:card|member))(?: (?:number|no\.?|key"
    r"|id))? ?#? ?(?:\d{1,12}|[0-9a-f]{16,})\b(?! ?(?:people|persons|members))|\b(?:customer|member|shopper|guest"
    r"|client) [a-z]+ [a-z]+'s (?:purchases?|orders?|histor\w+|visits?|spend\w*|receipts?)\b|\b(?:purchase|order"
    "|shopping|buying|transaction) histor(?:y|ies) (?:of|for) (?:a |the |one |this |customer "
    r"|member )*(?!each)[a-z]+\b|\bwhat (?:has|did) (?:mrs?|ms|miss|dr)\.? [a-z]+ (?:buy|bought|order|purchase)\w*"
)
_CONTACT = re.compile(
    r"\b(?:names?|e-?mails?(?: addresses)?|(?:home |street |postal )?addresses|phone(?: numbers?)?|contact (?:details"
    rf"|data|information|list)|birthdays?|dates? of birth)\b.*\b{_WHO}\b|\b(?:loyalty |credit |debit )?card numbers?\b"
    rf"|\b{_WHO}'?s?'? (?:names?|e-?mails?|(?:home |street |postal )?address(?:es)?|phone(?: numbers?)?|contact \w+"
    rf"|birthdays?)\b|\bwith (?:the )?{_WHO} (?:names?|e-?mails?|addresses)\b|\bwhere (?:do|does) (?:they|the {_WHO}"
    rf"|{_WHO}|he|she) live\b"
)
_SENDS = re.compile(
    r"^\W*(?:please |can you |could you )*(?:(?:e-?mail|text|message|call|phone|write to|notify)\b|send (?:an? |the "
    r")?(?:(?!customers?|members?|shoppers?)[a-z]+ ){0,3}(?:e-?mails?|texts?|messages?|sms) to\b)"
)
_CUSTOMER_FILE = re.compile(
    rf"\b{_WHO} (?:who )?lives? (?:near|in|at|around|close)\b|\b(?:full|whole|entire|complete|raw) (?:customer|member"
    r"|household|loyalty|shopper) (?:file|list|database|data|table|records?)\b|\bcustomer (?:file|database|records?"
    r"|dump)\b"
)
_EACH_HOUSEHOLD = re.compile(
    r"\b(?:list|show(?: me)?|export|give(?: me)?|dump|print)(?: me)? (?:out )?(?:all|every|each)(?: of)?(?: the"
    rf"| our)? {_WHO}\b(?! (?:segments?|groups?|cohorts?|types?|age|income|by|spend|who (?:are )?(?:new|returning)))"
)
_SENSITIVE = re.compile(
    rf"\b{_WHO} (?:are|is|were|who are|that are) (?:\w+ )?(?:pregnant|ill|sick|diabetic|disabled|gay|religious|muslim"
    "|jewish|christian|black|white|asian|hispanic|latino|immigrants?|in debt|bankrupt|divorced|depressed"
    r"|alcoholics?)\b"
)
_PAY = re.compile(
    r"\b(?:how much|what) (?:does|do|is|are|did) (?!(?:we|our|the stores?(?! managers?)|this store(?! manager)|it|they"
    r"|you|i|the chain)\b)[a-z'. -]{2,40} (?:earn|earning|get paid|paid|make an hour|make per hour)\b"
    rf"|\b(?:how much|what) (?:does|do|did|is|are) (?:the |an? |my |our )?{_STAFF}(?: (?:at|in|of) [a-z' ]+?)? (?:make"
    r"|making)(?: (?:a|per|in a|each) (?:year|month|week|hour))?(?=\W*$)|\b(?:wages|salar(?:y"
    r"|ies)|pay ?(?:rates?|slips?|stubs?|checks?|roll records?)|payroll(?! (?:costs?|%|percent\w*|share|ratio|hours"
    r"|to sales))|hourly (?:rates?|pay|wages?))\b(?! (?:costs?|share|ratio|%|percent\w*|bill|as a|to sales|total))"
)
_EACH_EARNS = re.compile(
    rf"\b(?:what|how much) (?:each|every|all|any|my|our|the)(?: of)?(?: my| our| the)? {_STAFF} (?:\w+ )?(?:earns?"
    r"|makes?|gets? paid|(?:is|are) (?:paid|earning|making))\b(?! (?:sales|transactions))"
)
_PAY_TOTAL = re.compile(
    r"\b(?:total|overall|net profit|profit after|rent and|labou?r|costs?|percent(?:age)?|%|share|ratio|sales|budget"
    r"|bill|against|vs)\b|\b(?:wages?|payroll) (?:by|per|for each) (?:store|day|week|month)\b"
    r"|^\W*(?:what (?:are|were|was|is) )?(?:our |the |total |all )*(?:wages|payroll)(?: so far)?(?: (?:last|this"
    r"|yesterday|today|ytd|mtd|wtd|to date|in (?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|q[1-4]))\b[\w ]*)?\W*$"
)
_PRIVATE = re.compile(
    r"\b\w+'s (?:private |personal |own )?(?:e-?mails?|messages|inbox|chats?|phone(?: number)?|home|personal (?:file"
    r"|data)|bank \w+)\b|\bwhat (?:do|did|does) (?:we|the store|they) pay (?!for\b)(?:(?:our|the"
    rf"|my) )?(?:\w+ )?(?:{_STAFF}|[a-z]+) ?(?:per hour|an hour|a month)?\W*$"
)
_NOT_PAY = re.compile(
    r"\b(?:for|tax(?:es)?|rent|fees?|suppliers?|per unit|in discounts)\b|\b(?:store|company|shop|bot|today)'s\b"
)
_RECORDS = re.compile(
    r"\bperformance (?:improvement )?plans?\b|\b(?:on|under) a pip\b|\b(?:performance|annual|job) (?:reviews?"
    r"|appraisals?|evaluations?|ratings?)\b|\b(?:coaching|disciplinary"
    r"|personnel|hr|attendance|medical|sick(?:ness)?) (?:notes?|records?|files?|logs?|leave records?)\b"
)
_ABOUT_ONE = re.compile(
    r"\b(?:everything|all|anything|what|details|information|data|records?) (?:you (?:know|have) |do you know |we have "
    "|there is )?(?:about|on|of|for) (?:our |the |my )?(?:employee|associate|cashier|colleague|staff member"
    r"|team member|manager) [a-z]+\b(?! (?:hours|costs?|sales|rate|performance))"
)
_OF_STORE = re.compile(
    r"\b(?:store|business|sales|department|category|promotion|campaign)(?:'s)? (?:performance|annual) review"
)
_STAFF_DECISION = re.compile(
    r"^\W*(?:please |can you |could you |i want (?:you )?to )*(?:fire|sack|hire|promote|suspend|dismiss|lay off"
    rf"|discipline|terminate|let go)\b(?!.*\b(?:alerts?|exceptions?|warnings?|flags?|notifications?"
    rf"|anomal\w+)\b)(?: \w+){{0,3}} (?:{_STAFF}|[a-z]+)\b|\b(?:give|grant"
    rf"|pay)(?: \w+){{0,3}} (?:a )?(?:\d+ ?(?:%|percent|per cent) )?(?:pay )?(?:raise|rise|bonus)\b|\b(?:who"
    rf"|which {_STAFF})(?: (?:should|do|can|must|would))?(?: (?:i|we))? (?:will |is going to |might |could "
    r"|to )?(?:quit|resign|leave us|be fired|get fired|fire|sack|let go|lay off)\b"
)
_PROMOTED_GOODS = re.compile(r"\bpromote (?:the )?(?!worst|best|my|our)\w+")
_BLAME = re.compile(
    r"\bwho (?:stole|steals?|is stealing|took (?:the )?(?:money|cash)|robbed|cheated|is to blame|lied)\b|\b(?:which"
    rf"|what|who|one)(?: one)? of (?:my|our|the|these|your) (?:\w+ )?{_STAFF} (?:is|are|was|were|has|have|might be"
    r"|could be)? ?(?:stole|steals?|stealing|stolen|lying|cheat\w*|skimming|robb\w+|thiev\w+|a thief)\b|\b(?:which"
    rf"|what) {_STAFF} (?:stole|steals?|is stealing|are stealing|lied|cheat\w*)\b"
    rf"|\b(?:who|(?:which|what|any) {_STAFF}|is any(?:one|body)|are (?:any |my |our )*{_STAFF})\b[^?]{{0,40}}\b"
    r"(?:stealing|thie(?:f|ves)|dishonest|committing (?:fraud|theft)|pocketing|skimming)\b"
)
_SECRETS = re.compile(
    r"\b(?:manager|owner|staff|admin\w*|employee|alarm|safe|door|register|till|back ?office|terminal)(?:'s)? (?:pins?"
    r"|passcodes?|code|codes|combination)\b|\bpin (?:codes?|numbers?)\b|\bpasscodes?\b|\bsafe combination\b"
    r"|\b(?:wi-?fi|login|log-in) (?:passwords?|details|credentials)\b"
)
_RAW = re.compile(
    r"\bselect\b.+\bfrom\b|\b(?:sql|database|table|db) (?:schema|structure|dump|tables?|credentials|password)\b"
    r"|\braw (?:sql|tables?)\b|\b(?:drop|truncate|alter|insert into|update) (?:table|database)\b|\bshow tables\b"
    r"|\brun (?:this |the |some )?(?:sql|query)\b"
)
_CLOSE_STORE = re.compile(
    r"^\W*(?:please |can you |could you )*(?:close|shut(?: down)?|sell|open|relocate) (?:down )?(?:the |our "
    r"|my )?(?:store|shop|branch|location)\b(?!s? (?:early|late))"
)
_RANKED_PEOPLE = re.compile(
    r"\b(?:which|what|who is (?:the|our)|rank (?:the |our |my )?)(?: best| worst"
    r"| top)? ?(?:store )?managers?\b(?! (?:should|can|may|has to)).*\b(?:best|worst|top|bottom|perform\w*|lazy|good"
    r"|bad)\b|\b(?:best|worst|top|laziest) (?:store )?managers?\b"
)
_WHO_APPROVED = re.compile(
    r"\bwho (?:has )?(?:approved|rejected|refused|proposed|requested|changed|set|made|decided on"
    r"|signed off)(?: on)? (?:the |this |that |our |my )?(?:\w+ ){0,3}?(?:prices?|change|proposal|promotion|markdown"
    r"|order|request|transfer)\b"
)
_ABSENCE = re.compile(
    rf"\b{_STAFF} (?:has|have|had|is|was|were|are)(?: been)? (?:\w+ )?(?:sick|ill|absent|off sick|off work)\b"
    r"|\b(?:sick (?:days?|leave)|absences?|absenteeism)\b(?! (?:trends?|rates?|this|last|by)\b)|\bhow (?:sick|ill"
    r"|late|lazy|slow) (?:was|is|were) (?!(?:we|the store|it|they|our|delivery|the delivery)\b)[a-z]+\b(?!.*\bopen\b)"
)
_CANCEL_ORDERS = re.compile(
    r"^\W*(?:please |can you |could you )*(?:cancel|stop|withdraw|void) (?:all |every |the |my |our |any )*(?:open "
    r"|pending |purchase |supplier )*orders?\b"
)
_DEVICES = re.compile(
    r"^\W*(?:please |can you |could you )*(?:turn|switch) (?:on|off)\b(?! (?:the |all )?(?:approvals?|limits|rules"
    r"|checks|permissions?)\b)|^\W*(?:please |can you )*(?:reboot|restart|reset|unlock|lock) (?:the |my |our )"
)
_WALLET = re.compile(r"\bshare of wallet\b|\bwallet share\b")
_ROLE = re.compile(
    r"\b(?:change|make|set|give|grant|upgrade|promote|switch|raise)\b(?: \w+){0,3} (?:role|rights?|permissions?|access"
    r"|approv\w+ limit|limit to approve)\b|\bmake me (?:an? |the )?(?:owner|admin\w*|manager)\b|\b(?:add"
    r"|remove) (?:\w+ ){1,3}(?:as|to) (?:an? |the )?(?:owners?|admins?|members?|team)\b"
)
_EXPIRY = re.compile(
    r"\bexpir(?:e|es|ed|ing|y|ation)\b|(?<!cross[- ])\b(?:best|sell|use)[- ]by(?: dates?)?\b(?! (?:the |their "
    r"|its )?(?:gross |net |total |average )?(?:margin|sales|revenue|profit|units?|volume|traffic|conversion|value"
    r"|price|cost|transactions|orders|basket|visitors|discount|growth|share))|\bbest[- ]before\b|\bshort[- ]dated\b"
    r"|\bout of date (?:stock|products?|items?|goods)\b|\bshelf[- ]life\b|\bfreshness\b"
)
_EXPIRING_GOODS = re.compile(
    r"\b(?:mark(?:ing)? down|discount(?! codes?\b)|reduce|price|put|take|move|pull|sell"
    r"|clear)\b(?! .*\bbecause\b).{0,30}\b(?:expiring|expired|soon to expire|near(?:ly)?[- ]expir\w+|short[- ]dated"
    r"|(?:close to|near|past) (?:its |their )?(?:expiry|expiration|sell[- ]by))(?: \w+){1,3}"
)
"""Goods that are told apart by a date that nobody gives me: what an order of them would reach is not known."""
_NOT_GOODS = re.compile(
    r"\b(?:prices? of|mark(?:ed)? down|because|reduce(?! (?:\w+ ){1,3}(?:waste|loss(?:es)?|shrink)\b)"
    r"|discount)\b|\b(?:coupons?|campaigns?|promotions?|promos?|offers?"
    r"|deals?|specials"
    r"|codes?|vouchers?|discounts (?:that |which )?(?:are |will )?(?:end|expir)\w*|expiring discounts|delegations?"
    r"|proposals?|cards?|points|leases?|contracts?)\b|^\W*(?:please |pls )*(?:remind"
    r"|(?:ask|tell|have"
    r"|get) (?:the |our |my )?(?:\w+ )?(?:team|staff|crew|everyone|everybody|associates?)|(?:create|add|make"
    r"|new) (?:an? )?(?:\w+ )?(?:task|to-?do|reminder)|(?:task|to-?do|reminder):)"
)
_PICKUP = re.compile(
    r"\b(?:curb ?side|click[- ](?:and|&)[- ]collect|bopis|bopac|pick-?up)(?: \w+)? (?:orders?|requests?|baskets?)\b"
    r"|\bcurb ?side\b|\bclick[- ](?:and|&)[- ]collect\b|\bbopis\b|\borders? (?:are |is )?(?:waiting|ready"
    r"|pending) (?:for|to be) (?:pick|collect)\w*|\b(?:home )?delivery orders?\b|\b(?:online|web|e-?commerce"
    r"|app) orders?\b(?! share| sales)"
)
_LABELS = re.compile(
    r"\b(?:shelf|price|electronic shelf)[- ](?:tags?|labels?|tickets?|stickers?)\b(?!.*\b(?:wrong|scan\w*|mismatch)\b)"
    r"|\besls?\b"
)
_HEADCOUNT = re.compile(
    r"\bhow many (?:people|staff|employees?|associates?|team members?|cashiers?) (?:are |do we have |is "
    r"|will be )?(?:\w+ )?(?:working|on shift|on duty|scheduled|clocked in|in today|rostered)\b|\bwho(?:'s| is"
    "| are)? (?:on duty|on shift|working) (?:today|tonight|now|right now|this (?:morning|afternoon|evening)"
    r"|tomorrow)\b|\b(?:over|under)[- ]?staff(?:ed|ing)\b|\benough (?:staff|people|cashiers|associates)\b"
    r"|\bshort[- ]?staffed\b|\b(?:running|stretched|spread) (?:too )?thin\b|\bstaffing (?:complete|full"
    r"|at full strength)\b|\b(?:staff(?:ing)?|manpower|labou?r|coverage|crew) (?:shortages?|gaps?|issues?"
    r"|problems?|concerns?)\b"
)
_PAST = re.compile(r"\b(?:yesterday|last|ago|past|by hour|per hour|each hour|were|was)\b")
_SAID_BY_GUESTS = re.compile(
    r"\b(?:complain\w*|complaints?|reviews?|feedback|say|says|saying|said|comments?|mention\w*|ratings?|guests?)\b"
)
_IS_A_TASK = re.compile(
    r"^\W*(?:please |pls |can you |could you )*(?:(?:create|add|make|set up|assign|file|open|give"
    r"|log)\b.{0,40}\b(?:tasks?|to-?dos?|reminders?)\b|(?:new )?(?:task|to-?do|reminder):|remind |(?:ask|tell|have"
    r"|get) (?:the |our |my )?(?:team|staff|crew|managers?|everyone|associates?)\b|send (?:the |our |all "
    r"|my )*(?:store |district )?(?:managers?|teams?|staff) a (?:reminder|task|note)\b)"
)
"""An order for people, whatever it is about."""
_QUEUES = re.compile(
    r"\b(?:queues?|waiting times?|wait times?|checkout (?:lines?|queues?))\b|\bself[- ]checkouts? (?:working|down"
    r"|broken)\b|\b(?:temperature (?:checks?|logs?)|fridge|freezer|cooler)s? (?:temperatures?|failures?|alarms?|down"
    r"|broken)\b|\b(?:competitors?|rivals?|competition)\b(?!.*\bcampaign\b)"
)

ONE_CUSTOMER = (
    "I do not tell what a single customer bought, and customers are known here by a pseudonym only. I can answer for "
    "groups: customers by age or income, segments, new and returning customers."
)
CONTACT = (
    "Names, addresses, e-mails and phone numbers of customers are not in the data I am given, and I would not give "
    "them out. Customers are known by a pseudonym; I can answer for groups of them, for example “customer segments”."
)
SENSITIVE = (
    "I do not draw conclusions about the health, origin, belief or private life of customers, singly or in groups."
)
STAFF = (
    "I do not give out records about individual people: pay, reviews, notes and the like are for the manager and the "
    "HR department. I can total labour hours and labour cost by store and period."
)
DECISION = (
    "Decisions about people are not mine to make or to carry out: that is for the manager and the HR department. "
    "Nothing was changed. I can show labour cost, labour hours and sales per labour hour."
)
BLAME = (
    "I do not accuse anybody: figures cannot show that. I can show what is out of line at the registers, for managers "
    "and above: ask “exception report last week” or “cash differences by register”."
)
RAW = (
    "I show no tables of other people's data as they are. Ask in your own words, for example “net sales by department "
    "last week”; or put a query after “sql:”, one SELECT over the views that the page on queries lists."
)
RANKED_PEOPLE = (
    "I do not rate or rank people by the figures of their store. I can rank stores: ask “best performing stores last "
    "month”."
)
WHO_APPROVED = (
    "Who proposed, approved or refused a change stands on its card and in the record of decisions (`floorwalker audit "
    "show`); I do not look people up."
)
CANCEL_ORDERS = (
    "I cannot cancel orders: that is done where the order was placed, or on the card of a proposal that still waits. "
    "Nothing was changed."
)
DEVICES = "I have no hand on devices, doors or alarms. Nothing was changed."
ROLE = (
    "Who may see and approve what is kept by the owner and is nothing that I can change: ask the owner. Nothing was "
    "changed."
)
CLOSE = (
    "Opening and closing stores is not mine to do, and nothing was changed. I can compare the stores’ figures for you."
)
EXPIRY = (
    "Expiry and best-before dates are not in the data I am given, so I cannot say what expires. I can show what sells "
    "too slowly for its stock: ask “slow stock in Dairy”, “overstock”, “what should we mark down?”."
)
PICKUP = (
    "Pickup orders and deliveries are not in the data I am given, so I cannot count them. Sales by channel I can "
    "give, where the point of sale tells channels apart."
)
LABELS = (
    "Shelf labels and price tags are not in the data I am given. I can show current prices of products, and price "
    "changes that wait for approval are listed by `floorwalker proposals list`."
)
HEADCOUNT = (
    "I do not know how many people are needed at a time, so I cannot say whether a shift is over- or understaffed. "
    "What can be had: “who was on duty yesterday”, “labour hours by day last week”, “sales per labour hour by "
    "weekday”, “busiest hours”."
)
NOT_RECORDED = (
    "That is not in the data I am given: I know sales, payments, stock, customers as pseudonyms, labour hours, "
    "visitors, promotions and feedback, as far as they are connected."
)
SECRETS = "Codes, PINs, passwords and keys are not given to me, and I would not hand them out: ask who keeps them."
_ERASE = re.compile(
    r"^\W*(?:please |can you |could you |i (?:want|need) (?:you )?to )*(?:delete|erase|wipe|purge|truncate|destroy"
    r"|hide|falsify|back-?date|tamper with|doctor)\b(?=.*\b(?:transactions?|sales?|voids?|refunds?|records?|data"
    r"|receipts?|logs?|histor(?:y|ies)|entries|figures|numbers|audit trail|database|time ?cards?)\b)"
)
_SAID_OF_ME = re.compile(
    r"\b(?:say|said|says|write|wrote|written|note[ds]?|thinks?|thought|complain\w*) (?:\w+ ){0,2}about (?:me"
    r"|my work)\b|\b(?:manager|supervisor|boss|owner|district manager)'?s?'? (?:private |own |personal )?notes\b"
)
_REACH_OF_ONE = re.compile(
    r"\b(?:her|his|their|[a-z]+'s) (?:home |cell |mobile |private |personal )?(?:phone(?: numbers?)?|cell(?: ?phone)?"
    r"|address|birthday|date of birth|social security)\b"
)
_OF_A_FIRM = re.compile(
    r"\b(?:store|shop|supplier|vendor|company|customer)'?s?'? (?:phone|address)|\bit's\b|\bstores' "
)
ERASE = "I cannot delete, hide or alter data: I only read it. Nothing was changed."
SAID_OF_ME = (
    "What people write or say about one another is not given to me and I would not tell it. I answer from the figures "
    "of the point of sale."
)
REACH_OF_ONE = (
    "Phone numbers, addresses and other personal data of people are not told here. Who is to work can be asked by "
    "itself, where shifts are recorded: “show the schedule for next week”."
)
_RULES: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, str], ...] = (
    (_ERASE, None, ERASE),
    (_SAID_OF_ME, re.compile(r"\b(?:customers?|guests?|shoppers?|reviews?|feedback)\b"), SAID_OF_ME),
    (_REACH_OF_ONE, _OF_A_FIRM, REACH_OF_ONE),
    (_RAW, None, RAW),
    (_SECRETS, None, SECRETS),
    (_SENSITIVE, None, SENSITIVE),
    (_CONTACT, _SENDS, CONTACT),
    (_ONE_CUSTOMER, re.compile(r"^\W*(?:please )?(?:erase|delete|remove|forget|anonymi[sz]e|purge)\b"), ONE_CUSTOMER),
    (_CUSTOMER_FILE, None, CONTACT),
    (_EACH_HOUSEHOLD, None, ONE_CUSTOMER),
    (_BLAME, None, BLAME),
    (_STAFF_DECISION, None, DECISION),
    (_PAY, _PAY_TOTAL, STAFF),
    (_EACH_EARNS, None, STAFF),
    (_PRIVATE, _NOT_PAY, STAFF),
    (_RECORDS, _OF_STORE, STAFF),
    (_ABSENCE, None, STAFF),
    (_ABOUT_ONE, None, STAFF),
    (_CANCEL_ORDERS, None, CANCEL_ORDERS),
    (_DEVICES, None, DEVICES),
    (_WALLET, None, NOT_RECORDED),
    (_ROLE, None, ROLE),
    (_RANKED_PEOPLE, None, RANKED_PEOPLE),
    (_WHO_APPROVED, None, WHO_APPROVED),
    (_CLOSE_STORE, None, CLOSE),
    (_EXPIRING_GOODS, _IS_A_TASK, EXPIRY),
    (_EXPIRY, _NOT_GOODS, EXPIRY),
    (_PICKUP, re.compile(r"\b(?:includ\w+|exclud\w+|counted in)\b"), PICKUP),
    (_LABELS, _IS_A_TASK, LABELS),
    (_HEADCOUNT, _PAST, HEADCOUNT),
    (_QUEUES, re.compile(f"{_SAID_BY_GUESTS.pattern}|{_IS_A_TASK.pattern}"), NOT_RECORDED),
)
"""What is refused, unless the second pattern is in the question too, and what is said."""


def of_somebody(text: str, around: Surroundings) -> Plan | None:
    """The refusal of what one person bought, asked by a first name; None for every other question."""
    return Plan(text=ONE_CUSTOMER) if names_somebody(text, around) else None


def read(text: str) -> Plan | None:
    """The refusal a question meets; None for what may be answered."""
    if names_a_customer(text):
        return Plan(text=ONE_CUSTOMER)
    whole = Reading.of(text).text
    for pattern, unless, sentence in _RULES:
        found = pattern.search(whole)
        if found is None or (unless is not None and unless.search(whole)):
            continue
        if pattern is _STAFF_DECISION and _PROMOTED_GOODS.search(whole):
            continue
        return Plan(text=sentence)
    return None
