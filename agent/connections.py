"""The POS connections of an installation, out of the settings and the file that ``FLOORWALKER_CONNECTIONS`` names.

The settings describe one account a platform, which is enough for most. The file describes any number; it holds no
secret, only the names of the environment variables that do::

    [[connection]]
    name = "north"
    platform = "shopify"
    account = "north-wind"
    access_token = "NORTH_TOKEN"
    write_token = "NORTH_WRITE_TOKEN"

OAuth platforms take ``client_id``, ``client_secret`` and ``refresh_token`` instead of ``access_token``; the tokens they
are renewed to are kept in the state folder under ``tokens/``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from agent.errors import BadInputError
from agent.settings import Settings, environment_name, read_variable
from connectors.errors import InputError
from connectors.manifest import PLATFORMS, load_manifest
from connectors.oauth import OAuthClient, RefreshedToken
from connectors.platforms import SITES, ConnectionSpec, Token, address_of, check_options, token_url_of

_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")
_VARIABLE = re.compile(r"^[A-Z][A-Z0-9_]{1,99}$")
_SETTING = "FLOORWALKER_CONNECTIONS"

_ACCOUNTS = {"shopify": "shopify_shop", "lightspeed_x": "lightspeed_x_prefix", "lightspeed_r": "lightspeed_r_account",
             "clover": "clover_merchant"}  # fmt: skip


class _Entry(BaseModel):
    """One ``[[connection]]``; credentials are names of environment variables."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    platform: str
    account: str = ""
    region: str = ""
    base_url: str = ""
    access_token: str = ""
    write_token: str = ""
    webhook_key: str = ""
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    write_refresh_token: str = ""
    options: dict[str, str] = Field(default_factory=dict)

    @field_validator("name")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        if not _NAME.match(value):
            raise ValueError("use letters, digits, dots, dashes and underscores, at most 60")
        return value

    @field_validator("platform")
    @classmethod
    def _known_platform(cls, value: str) -> str:
        if value not in PLATFORMS:
            raise ValueError(f"it must be one of {', '.join(PLATFORMS)}")
        return value

    @field_validator("base_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
            raise ValueError("write the whole address, beginning with https://")
        return value

    @field_validator("access_token", "write_token", "webhook_key", "client_secret", "refresh_token",
                     "write_refresh_token")  # fmt: skip
    @classmethod
    def _name_of_a_variable(cls, value: str) -> str:
        if value and not _VARIABLE.match(value):
            raise ValueError("write the name of an environment variable, such as NORTH_TOKEN, not the secret itself")
        return value


@dataclass(frozen=True, slots=True)
class _Credentials:
    """What one account was given; ``settings`` names what each came from."""

    access: SecretStr | None
    write: SecretStr | None
    webhook: SecretStr | None
    client_id: str
    client_secret: SecretStr | None
    refresh: SecretStr | None
    write_refresh: SecretStr | None
    settings: Mapping[str, str]


def connection_specs(settings: Settings, home: Path, pseudonym_key: Callable[[], SecretStr]) -> list[ConnectionSpec]:
    """Every connection, those of the settings first.

    Args:
        settings: the installation's.
        home: the state folder, where renewed tokens are kept.
        pseudonym_key: gives the key when there is a connection at all.

    Raises:
        BadInputError: an entry cannot be used; the sentence names it, the field and the remedy.
    """
    found = [spec for platform in PLATFORMS if (spec := _of_settings(settings, platform, home))]
    found += _of_file(settings.connections, home) if settings.connections else []
    seen: set[str] = set()
    for spec in found:
        if spec.name in seen:
            raise BadInputError(f"{_SETTING}: two connections are called “{spec.name}”; give each its own name.")
        seen.add(spec.name)
    return [replace(spec, pseudonym_key=pseudonym_key()) for spec in found]


def _of_settings(settings: Settings, platform: str, home: Path) -> ConnectionSpec | None:
    manifest = load_manifest(platform)
    fields = {environment_name(name): name for name in type(settings).model_fields}

    def value(setting: str) -> Any:
        return getattr(settings, fields[setting]) if setting in fields else None

    prefix = platform.upper()
    names = {
        "access_token": manifest.read.setting,
        "write_token": manifest.write.setting,
        "refresh_token": f"{prefix}_REFRESH_TOKEN",
        "write_refresh_token": f"{prefix}_WRITE_REFRESH_TOKEN",
        "client_id": f"{prefix}_CLIENT_ID",
        "client_secret": f"{prefix}_CLIENT_SECRET",
    }
    credentials = _Credentials(
        access=value(names["access_token"]),
        write=value(names["write_token"]),
        webhook=value(manifest.webhooks.setting),
        client_id=value(names["client_id"]) or "",
        client_secret=value(names["client_secret"]),
        refresh=value(names["refresh_token"]),
        write_refresh=value(names["write_refresh_token"]),
        settings=names,
    )
    if credentials.access is None and credentials.refresh is None:
        return None
    account = value(environment_name(_ACCOUNTS[platform])) if platform in _ACCOUNTS else ""
    where = environment_name(_ACCOUNTS[platform]) if platform in _ACCOUNTS else f"{prefix}_BASE_URL"
    return _spec(
        ConnectionSpec(
            name=settings.connection if platform == "square" else platform,
            platform=platform,
            read=SecretStr(""),
            read_setting="",
            account=_bare(platform, account or ""),
            base_url=value(f"{prefix}_BASE_URL") or "",
            region=value(f"{prefix}_REGION") or "",
        ),
        credentials,
        home,
        where=where,
    )


def _of_file(path: Path, home: Path) -> list[ConnectionSpec]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(f"{_SETTING}: {path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{_SETTING}: {path} is not TOML ({error}).") from error
    entries = document.pop("connection", None)
    if document or not isinstance(entries, list):
        odd = f", and “{next(iter(document))}” is none" if document else ""
        raise BadInputError(f"{_SETTING}: {path} must consist of [[connection]] entries{odd}.")
    return [_of_entry(number, entry, home) for number, entry in enumerate(entries, start=1)]


def _of_entry(number: int, source: Any, home: Path) -> ConnectionSpec:
    named = source.get("name") if isinstance(source, dict) else None
    where = f"{_SETTING}: connection {number}" + (f" (“{named}”)" if isinstance(named, str) else "")
    try:
        entry = _Entry.model_validate(source)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        said = {"missing": "it is missing", "extra_forbidden": f"there is no such field; {_fields()}"}
        raise BadInputError(f"{where}, field {field}: {said.get(first['type'], message)}.") from error

    def secret(field: str) -> SecretStr | None:
        variable = getattr(entry, field)
        if not variable:
            return None
        found = read_variable(variable)
        if found is None:
            raise BadInputError(f"{where}, field {field}: the environment variable {variable} is not set.")
        return found

    names = ("access_token", "write_token", "refresh_token", "write_refresh_token", "client_secret")
    credentials = _Credentials(
        access=secret("access_token"),
        write=secret("write_token"),
        webhook=secret("webhook_key"),
        client_id=entry.client_id,
        client_secret=secret("client_secret"),
        refresh=secret("refresh_token"),
        write_refresh=secret("write_refresh_token"),
        settings={name: getattr(entry, name) or f"{where}, field {name}" for name in names},
    )
    spec = ConnectionSpec(
        name=entry.name,
        platform=entry.platform,
        read=SecretStr(""),
        read_setting="",
        account=_bare(entry.platform, entry.account),
        base_url=entry.base_url,
        region=entry.region,
        options=entry.options,
    )
    return _spec(spec, credentials, home, where=where)


def _spec(spec: ConnectionSpec, credentials: _Credentials, home: Path, *, where: str) -> ConnectionSpec:
    """The spec with its tokens, checked."""
    try:
        address_of(spec.platform, spec.account, spec.region, spec.base_url)
        check_options(spec.platform, spec.options)
    except InputError as error:
        raise BadInputError(f"{where}: {error.user_message}") from error
    read = _token(spec, credentials, home, where, credentials.access, credentials.refresh, "")
    if read is None:
        raise BadInputError(f"{where}: give an access_token, or a refresh_token with client_id and client_secret.")
    write = _token(spec, credentials, home, where, credentials.write, credentials.write_refresh, "write_")
    names = credentials.settings
    return replace(
        spec,
        read=read,
        read_setting=names["access_token" if credentials.access else "refresh_token"],
        write=write,
        write_setting=names["write_token" if credentials.write else "write_refresh_token"],
        webhook_key=credentials.webhook,
    )


def _token(
    spec: ConnectionSpec,
    credentials: _Credentials,
    home: Path,
    where: str,
    fixed: SecretStr | None,
    refresh: SecretStr | None,
    half: str,
) -> Token | None:
    if fixed is not None or refresh is None:
        return fixed
    url = token_url_of(spec.platform, spec.account)
    title = load_manifest(spec.platform).title
    if "//." in url:
        raise BadInputError(f"{where}: {title} needs the {SITES[spec.platform].account} to renew its tokens.")
    if not url:
        raise BadInputError(f"{where}: {title} has no refresh tokens here; give an access_token.")
    if not credentials.client_id or credentials.client_secret is None:
        raise BadInputError(f"{where}: a refresh token needs the client_id and the client_secret it was made with.")
    client = OAuthClient(
        platform=title,
        token_url=url,
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        refresh_token=refresh,
        setting=credentials.settings[f"{half}refresh_token"],
    )
    return RefreshedToken(client, home / "tokens" / f"{spec.name}{'.write' if half else ''}.json")


def _bare(platform: str, account: str) -> str:
    """What people copy out of the address bar, without what belongs to every shop's address."""
    tails = {"shopify": ".myshopify.com", "lightspeed_x": ".retail.lightspeed.app"}
    bare = account.strip().removeprefix("https://").rstrip("/")
    return bare.removesuffix(tails[platform]) if platform in tails else account.strip()


def _fields() -> str:
    return f"there is {', '.join(_Entry.model_fields)}"
