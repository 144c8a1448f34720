"""One statement about what went on beside a change, and whether it is a fact or a coincidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement. ``kind`` says how far it goes; ``subject`` is what it is about, ``detail`` a finer word for it."""

    kind: Literal["fact", "coincidence"]
    subject: str
    text: str
    detail: str = ""

    @property
    def line(self) -> str:
        """The statement as it is shown, with what it is in front."""
        return f"{self.kind.capitalize()}: {self.text}"
