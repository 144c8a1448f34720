"""Making text safe for Slack. Product names, reasons and a model's words are data: they never ping, link or format.

Slack's own escapes are ``&amp; &lt; &gt;``; control and bidirectional characters and blank letters are dropped because
they hide text.
"""

from __future__ import annotations

import re
import unicodedata

_KEEP = {"\n", "\t"}
_LOOKALIKE = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼"})
_DELIMITER = re.compile(r"(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)")
_EMOJI = re.compile(r":(?=(?:[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*|100|1234|[+-]1):)", re.IGNORECASE)
_COLON = "\ua789"
"""Looks like a colon. A name such as “:white_check_mark: Approved” must not put our own marks on a card."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that nobody sees."""
_NUMBER = re.compile(
    r"(?<![\w.,*/:-])(?:"
    r"[+\-−]?[$€£¥]\d[\d,]*(?:\.\d+)?"
    r"|[+\-−]?\d[\d,]*(?:\.\d+)?\s?%"
    r"|[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r")(?![\w*])"
)
_MARKDOWN_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_BULLET = re.compile(r"^(\s*)[-*•]\s+")
_BOLD_MARK = "\ue000"


def clean(text: str) -> str:
    """Without control, bidirectional and private-use characters and blank letters; line breaks stay."""
    kept = (c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in _KEEP or not _hidden(c))
    return "".join(kept)


def one_line(text: str) -> str:
    """Cleaned, on one line, single spaces."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """Slack's three escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def data(text: str) -> str:
    """A value for the middle of a mrkdwn line: one line, escaped, and without any formatting power."""
    return escape(_defuse(one_line(text)))


def prose(text: str) -> str:
    """Sentences (plain or Markdown) as mrkdwn: bold, headings and bullets survive, links do not."""
    return "\n".join(_prose_line(line) for line in clean(text).split("\n")).strip()


def plain(text: str) -> str:
    """The same sentences for the top-level ``text`` of a message, escaped, with Markdown's marks taken off."""
    lines = []
    for line in clean(text).split("\n"):
        heading = _HEADING.match(line)
        bare = _MARKDOWN_LINK.sub(r"\1", heading.group(1) if heading else line)
        lines.append(_BULLET.sub(r"\1• ", _MARKDOWN_BOLD.sub(r"\1", bare)))
    return escape("\n".join(lines).strip())


def as_markdown(mrkdwn: str) -> str:
    """Text of ``prose`` or ``bold_numbers`` for a stream, which reads Markdown; the only marks in it are for bold."""
    return mrkdwn.replace("*", "**")


def bold_numbers(mrkdwn: str) -> str:
    """Amounts, percentages and numbers with thousands separators in bold, unless something is bold already."""
    return mrkdwn if "*" in mrkdwn else _NUMBER.sub(lambda match: f"*{match.group(0)}*", mrkdwn)


def code_block(text: str) -> str:
    """Preformatted text; backticks inside cannot end it."""
    return "```\n" + escape(clean(text).replace("`", "ˋ")) + "\n```"


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} or character in _BLANK_LETTERS


def _defuse(text: str) -> str:
    plainer = _DELIMITER.sub(lambda match: match.group(0).translate(_LOOKALIKE), text)
    return _EMOJI.sub(_COLON, plainer).replace("`", "ˋ")


def _prose_line(line: str) -> str:
    heading = _HEADING.match(line)
    if heading:
        line = f"**{heading.group(1).replace('**', '')}**"
    line = _MARKDOWN_LINK.sub(r"\1", line)
    bullet = _BULLET.match(line)
    if bullet:
        line = f"{bullet.group(1)}• {line[bullet.end() :]}"
    # Bold survives the defusing behind a mark that clean() has made sure the text cannot contain.
    line = _MARKDOWN_BOLD.sub(rf"{_BOLD_MARK}\1{_BOLD_MARK}", line)
    return escape(_defuse(line)).replace(_BOLD_MARK, "*")
