"""What a question means by the concepts in it, whatever their order, where no reader knows the way it is said.

The readers before know how people speak, as patterns; this one knows what the words stand for (``words.toml``), which
tool tells what (``held.toml``), and takes every word or nothing. It is asked last, and ``kept`` holds every plan of
another reader against it.
"""

from __future__ import annotations

from agent.conversation.planner.concepts.kept import kept
from agent.conversation.planner.concepts.read import by_concepts

__all__ = ["by_concepts", "kept"]
