"""How many examples a property is tried with that says its own number."""

from __future__ import annotations

from hypothesis import settings

_WHOLE = 100
"""What the profile of ``--full`` has; ``tests/conftest.py`` says what the others have."""

_FEWEST = 5


def examples(whole: int) -> int:
    """``whole`` of them with ``--full`` or ``--soak``, the profile's share of them in every other run."""
    return max(min(whole, _FEWEST), whole * settings().max_examples // _WHOLE)
