"""A store by its name written short (“maple ave”, “harbor pt”) as its whole name, before anything is read.

Readers know stores by the names there are: written short, one was taken for goods beside another store, or lost where
the network read the question. What stands in quotes is left as it is, for it may go on a sign.
"""

from __future__ import annotations

import re

from agent.conversation.surroundings import Surroundings
from tools.stores import SHORT

_QUOTED = re.compile(r"(“[^”]*”|\"[^\"]*\")")
_UTTERED = re.compile(
    r"^\W*(?:(?:h+m+|u+m+|u+h+|o+h+|a+h+|lol|haha|yikes|wow|ugh|oof|gotcha)\b[\s,.!…-]*"
    r"|(?:cool|nice|great|perfect|interesting)[,.!…]+\s+)+(?=\w)"
    r"|(?<=\w) (?:tho|lol|haha)(?=\W*$)",
    re.IGNORECASE,
)
"""What is only uttered before a message, or behind it."""
_MEETING = (
    r"(?:call|meeting|huddle|visit|walk|walkthrough|review|stand-?up|zoom|presentation|conference|1:1|one[- ]on[- ]one)"
)
_ASKED_FOR = (
    r"(?=(?:(?:i|we) )?(?:just |quickly )?(?:need|want|give|show|tell|can|could|what|how|which|who|why|where|pull"
    r"|get)\b)"
)
_ANNOUNCED = re.compile(
    rf"^\W*(?:(?:i(?:'m| am| have|'ve got| got)?|we have|have|got|in|on|about to (?:go into|join)|going into|heading"
    rf" into) )*(?:an? |the |my |our )?(?:(?:district|regional|region|area|team|staff|weekly|morning|monthly|ops|sales"
    rf"|manager|leadership|store|quick) )*{_MEETING}(?: (?:call|meeting))?(?: (?:is |starts |coming up )?(?:in|at|with"
    rf"|soon|now|today|tomorrow|this|coming up)\b[\w': ]{{0,24}}?)?\s*[,.;:!–-]+\s*(?:and |so )?{_ASKED_FOR}"
    rf"|^\W*(?:my |the |our )?(?:boss|dm|gm|rm|(?:district|regional|area|store) manager|owner|corporate|head office)"
    r"(?:'s|s| is| are| keeps| wants)? (?:asking|here|calling|waiting|coming|on (?:the phone|my back|me)|to know"
    rf"|breathing down my neck)[\w' ]{{0,24}}?\s*[,.;:!–-]+\s*(?:and |so )?{_ASKED_FOR}"
    rf"|^\W*(?:i'?m )?in a (?:rush|hurry|meeting)[,.;:!–-]*\s+{_ASKED_FOR}",
    re.IGNORECASE,
)
"""Why it is asked now, before what is asked: “district call in 10 min, need …”."""
_ALONE = re.compile(
    r"^\W*(?:(?:and|only|just|for|in|at|vs|versus|what about|how about|ok|now|the|same for) )*(?P<name>[\w-]+)\W*$",
    re.IGNORECASE,
)
_DOT = r"(?:\.(?=\s+(?-i:[a-z\d&])|[,;:?!]))?"
"""That of the short form, and not the end of a sentence."""


def written_out(question: str, around: Surroundings) -> str:
    """The question with the names of stores that are known as they are, and without what is only uttered beside it."""
    names = [(pattern, store.name) for store in around.stores if (pattern := _short(store.name)) is not None]
    question = _with_districts(_ANNOUNCED.sub("", _UTTERED.sub("", question)), around)
    if not names:
        return question
    parts = _QUOTED.split(question)
    for pattern, name in names:
        parts[::2] = [pattern.sub(lambda _, name=name: name, part) for part in parts[::2]]
    return "".join(parts)


def _with_districts(question: str, around: Surroundings) -> str:
    """A district said alone, where nothing but its stores can be meant: “only north”, “and in the south?”."""
    alone = _ALONE.match(question)
    for name in {one.district for one in around.stores} - {""}:
        if alone and alone["name"].lower() == name.lower():
            return f"{question[: alone.start('name')]}{name} stores{question[alone.end('name') :]}"
    return question


def _short(name: str) -> re.Pattern[str] | None:
    """A name with its last word in the other ways it is written; None where that word has none."""
    first, _, last = name.rpartition(" ")
    whole = SHORT.get(last.lower(), last.lower())
    others = sorted(({whole} | {short for short, long in SHORT.items() if long == whole}) - {last.lower()})
    if not first or not others:
        return None
    before = r"[ -]".join(re.escape(word) for word in first.split())
    return re.compile(rf"(?<![\w'-]){before}[ -](?:{'|'.join(others)}){_DOT}(?![\w-])", re.IGNORECASE)
