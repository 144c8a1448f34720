"""What is said to an order that lacks a part or that nothing here can carry out.

Every example in quotes is an order that can be filed as it stands. Numbers are small or in words, since no tool has
returned them.
"""

from __future__ import annotations

NOTHING = "Nothing was filed."
TRANSFER = (
    "I can propose a transfer between two stores; I still need {missing}. For example: “move 10 oat milk from Market "
    "Street to Harbor Point”."
)
BARE = "If that is the stock, say so: “{said}”."
COUNT = (
    "I can propose a stock adjustment or a count; I need the product, the number of pieces and the store. For example:"
    " “write off 3 oat milk at Harbor Point, they are damaged”, “set the stock of oat milk to 12 at Harbor Point”."
)
ORDERS = (
    "To have an order drafted, name how many of which product and the store: “order 12 oat milk for Harbor Point by "
    "Friday”."
)
SALE = (
    "I can propose that; I need by how many per cent, or to which price, and until when. For example: “mark down "
    "{what} by ten per cent until Sunday”."
)
OFFER = (
    "I can propose a promotion; I need how many per cent or how much off, of which products, and from when until "
    "when. For example: “create a promotion of ten per cent off ice cream until Sunday”."
)
NO_OFFER = (
    "I can propose a percentage or an amount off products for a span of days, but not {what}: set that up at the "
    "point of sale. For example: “create a promotion of ten per cent off ice cream until Sunday”."
)
END = (
    "I can propose to end one promotion at a time; I need its name and the store: “end the summer promotion at Harbor "
    "Point”."
)
ENDED = (
    "A temporary price ends on its day, or is put back with “Undo” on its card by somebody who may decide it; a "
    "promotion can be ended: “end the summer promotion at Harbor Point”."
)
ONE_STORE = (
    "A task stands on the list of one store: ask for each by name, “create a task to check the freezers at Harbor "
    "Point”."
)
ORDER_OUT = "I cannot change or cancel an order that has been filed or sent: that is done at the point of sale."
LATER = (
    "A price change takes effect when somebody approves it, and can end on a day; it cannot be scheduled to begin "
    "later. Say which product, by how much or to which price, and until when: “mark down oat milk by ten per cent "
    "until Sunday”."
)
SHIFT = (
    "I can propose a shift; I need who, which day, and from when to when. For example: “put Ellis on Saturday from "
    "nine to five at Harbor Point”."
)
CATALOGUE = (
    "I cannot add, rename or describe products, or change their pictures, categories, barcodes or taxes: that is done "
    "at the point of sale. I can propose prices, stock, transfers, orders and promotions, and take a product out of "
    "sale: “stop selling oat milk at Harbor Point”."
)
TASK = (
    "I can put a task on a store’s list; I need what is to be done, and if you like where, who and until when. For "
    "example: “create a task to check the dates in dairy at Harbor Point by tomorrow”."
)
TASK_EDIT = (
    "I cannot reassign, move or change a task that is on a list: its card and `floorwalker tasks` do that. I can file "
    "a new one: “create a task for Jordan to clean the freezer at Harbor Point by tomorrow”."
)
REACHED = r"(?:customers?|clients?|shoppers?|members?|subscribers?|households?|vips?|regulars|everyone)"
PREPARE = r"(?:create|draft|launch|send|set up|start|schedule|run|write|build|make|prepare|plan)"
MESSAGES = (
    "I cannot send messages, e-mails or offers to customers. I can propose to hand a segment of them to your "
    "marketing platform: “send the at-risk customers to marketing”. “Customer segments” shows which there are."
)
SEGMENT = (
    "I cannot define segments of your own. The customers are sorted into fixed ones by how lately, how often and how "
    "much they bought: “customer segments” shows them, “top customers” those who spend most."
)
TEXTS = "I do not write descriptions, posts or e-mails; I answer from the data and propose changes."
PEOPLE = (
    "I cannot hire people, change their pay or approve time off. I can propose single shifts and give labour hours "
    "and cost."
)
