"""“As CSV”, “export that”: whether a message asks for a file, and what it asks besides.

This is read before any model sees the message: a file needs no figures but those that are there.
"""

from __future__ import annotations

import re

_FILE = r"(?:csv|excel|xlsx?|spreadsheet)"
_THAT = (
    r"(?:(?:this|that|it|them|these|those"
    r"|the (?:whole |full |complete )?(?:table|rows|data|list|result|results|answer))"
    r"(?: (?:table|rows|data|list))?)"
)
_LEAD = (
    r"(?:please |kindly |now |and |then |also |can you |could you |would you |can i |could i |i(?:'d| would) like to "
    r"|i want to )*"
)
_AS_FILE = rf"(?:as|in|into|to) (?:an? )?{_FILE}(?: file| version| format)?"
_WHOLE = re.compile(
    rf"^\W*{_LEAD}(?:"
    rf"(?:export|download)(?: {_THAT})?(?: (?:as|to|in|into) (?:an? )?(?:{_FILE}|file)(?: file)?)?"
    rf"|(?:send|give|get|show|mail)(?: me| us)? (?:{_THAT} )?(?:as |in |the |an? )*{_FILE}(?: file| version| format)?"
    rf"|(?:send|give)(?: me| us)? (?:the|a) file"
    rf"|(?:have|get|save|put) {_THAT} {_AS_FILE}"
    rf"|(?:have|get) (?:the|an?) {_FILE}(?: file)?"
    rf"|(?:{_THAT} )?{_AS_FILE}"
    rf"|(?:the )?{_FILE}(?: file)?(?: of (?:this|that|it))?"
    rf"|all (?:the )?rows(?: as (?:a )?{_FILE})?"
    rf")(?:,? please)?(?: (?:of|for) (?:this|that))?\W*$",
    re.IGNORECASE,
)
_IT = r"(?:it|that|this|them|the (?:result|table|rows))"
_TAIL = re.compile(
    rf"[,.?;]?\s*(?:and |then )*(?:(?:please )?(?:export|send|give|download)(?: me| us)?(?: {_IT})?\s+)?{_AS_FILE}"
    rf"(?:,? please)?(?=\W*$)"
    rf"|(?:[,.?;]\s*(?:and |then )*|\s+(?:and |then )+)(?:please )?(?:(?:export|download) {_IT}|send me the file)"
    rf"(?=\W*$)",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"^\W*{_LEAD}(?:export|download)\s+(?=\S+ \S)", re.IGNORECASE)
_QUERY = re.compile(r"^\W*(?:sql\b|(?:run|execute) )", re.IGNORECASE)


def read_export(text: str) -> tuple[str, bool]:
    """What else the message asks, and whether it asks for a file; nothing else means the table that was shown last."""
    line = " ".join(text.split())
    if _WHOLE.match(line):
        return "", True
    if _QUERY.match(line):
        return text, False  # there “as csv” may be the name of a column
    rest = _HEAD.sub("", _TAIL.sub("", line, count=1), count=1).strip(" ,")
    return (rest, True) if rest and rest != line.strip(" ,") else (text, False)
