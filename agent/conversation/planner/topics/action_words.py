"""Words of changes of stock and of shifts: why pieces go, hours of the day, what goods are written to."""

from __future__ import annotations

UNITS = r" (?:units?|pieces?|pcs|cases?|boxes|packs?|bottles?|bags?)(?: of)?"
WHYS: tuple[tuple[str, str], ...] = (
    (r"damaged?|broken|smashed|crushed|leaking", "damage"),
    (r"stolen|theft|shoplifted|missing", "theft"),
    (
        r"expired|spoil(?:ed|t|age)|wasted?|rotten|out of date|past (?:its|their) date|threw|thrown|binned|tossed",
        "waste",
    ),
    (r"found", "found"),
)
AWAY = (
    "(?:write off|write down|writing off|throw away|threw away|threw out|thrown away|binned|bin|tossed|toss"
    "|scrap(?:ped)?|dispose of)"
)
HOURS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "noon": 12, "midday": 12, "twelve": 12,
}  # fmt: skip
SHIFT_TIME = rf"(?:\d{{1,2}}(?::?\d{{2}})?|{'|'.join(HOURS)})(?: ?[ap]m)?"
_NO_PAPER = (
    r"(?:the |our )?(?!.*\b(?:orders?|pos?|transfers?|receipts?|carts?|baskets?|lists?|schedules?|shifts?|budgets?"
    r"|targets?|top|tasks?|prices?)\b)"
)
HELD, HELD_TOO = rf"{_NO_PAPER}(?P<product>[^,;]+?)", rf"{_NO_PAPER}(?P<held>[^,;]+?)"
