"""A question while it is being read: slots are taken out of it one by one, and what remains can be looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MENTION = re.compile(r"<[@#!][^>]*>")
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": " "})


def tidy(text: str) -> str:
    """One line without mentions, plain quotes and dashes, case kept."""
    return _SPACES.sub(" ", _MENTION.sub(" ", text.translate(_QUOTES))).strip()


@dataclass(slots=True)
class Reading:
    """The lower-cased question; taken spans become blanks, so offsets keep their meaning."""

    text: str
    source: str = ""

    @classmethod
    def of(cls, text: str) -> Reading:
        """Begin reading a question."""
        source = f" {tidy(text).rstrip(' ?.!')} "
        lowered = source.lower()
        # A few letters change their length when lowered; then their own case is given up.
        return cls(lowered, source if len(source) == len(lowered) else lowered)

    def said(self, start: int, end: int) -> str:
        """A span as the person wrote it."""
        return (self.source or self.text)[start:end].strip()

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where a pattern is, leaving it there."""
        return pattern.search(self.text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find a pattern and take it out."""
        match = pattern.search(self.text)
        if match is not None:
            self.blank(match.start(), match.end())
        return match

    def blank(self, start: int, end: int) -> None:
        """Take a span out."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def rest(self) -> str:
        """What remains, in one line."""
        return _SPACES.sub(" ", self.text).strip(" ,.;:?!-")
