"""The receivers of webhooks, out of the file that ``FLOORWALKER_OUTBOUND`` names.

The file holds no secret, only the names of the environment variables that do::

    [[target]]
    name = "newsletter"
    url = "https://hooks.example.com/floorwalker"
    secret = "NEWSLETTER_SECRET"
    kinds = ["customer_list"]
    idempotent = true
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from agent.errors import BadInputError
from agent.settings import read_variable
from connectors.errors import InputError
from connectors.outbound.signing import key_of
from connectors.outbound.target import KINDS, Target

_SETTING = "FLOORWALKER_OUTBOUND"
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class _Entry(BaseModel):
    """One ``[[target]]``; ``secret`` is the name of an environment variable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    url: str
    secret: str = Field(pattern=r"^[A-Z][A-Z0-9_]{1,99}$")
    kinds: list[Literal["customer_list", "store_note", "signage"]] = Field(min_length=1)
    idempotent: bool = False

    @field_validator("name")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        if not _NAME.match(value):
            raise ValueError("use letters, digits, dashes and underscores, at most 40")
        return value

    @field_validator("url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
            raise ValueError("write the whole address, such as https://hooks.example.com/floorwalker")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("it must begin with https://")
        return value


def outbound_targets(
    path: Path | None, variable: Callable[[str], SecretStr | None] = read_variable
) -> tuple[Target, ...]:
    """Every receiver of the file; none without one.

    Raises:
        BadInputError: the file or an entry cannot be used; the sentence names it and the remedy.
    """
    if path is None:
        return ()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(f"{_SETTING}: {path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{_SETTING}: {path.name} is not TOML: {error}.") from error
    entries = document.get("target")
    if not isinstance(entries, list) or set(document) != {"target"}:
        raise BadInputError(f"{_SETTING}: {path.name} needs one [[target]] for each receiver, and nothing else.")
    targets = tuple(_target(entry, number, variable) for number, entry in enumerate(entries, start=1))
    names = [target.name.casefold() for target in targets]
    if len(set(names)) < len(names):
        raise BadInputError(f"{_SETTING}: a name is given twice in {path.name}; every target needs one of its own.")
    return targets


def _target(entry: object, number: int, variable: Callable[[str], SecretStr | None]) -> Target:
    try:
        read = _Entry.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInputError(f"{_SETTING}: target {number}, {field}: {first['msg']}.") from error
    secret = variable(read.secret)
    if secret is None:
        raise BadInputError(f"{_SETTING}: target “{read.name}”: the environment variable {read.secret} is not set.")
    try:
        key = key_of(secret.get_secret_value())
    except InputError as error:
        raise BadInputError(f"{read.secret}: {error.user_message}") from error
    kinds = frozenset(KINDS[kind] for kind in read.kinds)
    return Target(read.name, read.url, key, kinds, read.idempotent, read.secret)
