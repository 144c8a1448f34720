"""Where the language model is; apart from the model itself, as whoever runs a single tool need not import one."""

from __future__ import annotations

from dataclasses import dataclass

NO_KEY = "unused"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where the language model is. Without a key and a base URL there is none. Times are seconds."""

    api_key: str = ""
    base_url: str = ""
    model: str = "gpt-5-mini"
    timeout_seconds: float = 30.0
    max_retries: int = 1
