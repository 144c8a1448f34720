"""Every setting, read from the environment (and a ``.env`` file) here and nowhere else.

Other modules are given values, not this object. Each field's description is what the documentation prints; a setting
that is in neither ``.env.example`` nor ``docs/production.md`` fails a test.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import BadInputError

_ENV_FILE = ".env"

SLACK_API = "https://slack.com/api/"
SQUARE_API = "https://connect.squareup.com"


def _env(name: str, default: Any, description: str) -> Any:
    return Field(default=default, validation_alias=AliasChoices(name), description=description)


_EMPTY_IS_NEVER = ("four_eyes_over", "two_approvals_over")


class Settings(BaseSettings):
    """The installation's settings. Construct with ``read_settings``."""

    model_config = SettingsConfigDict(env_file=_ENV_FILE, env_file_encoding="utf-8", extra="ignore")

    home: Path = _env("FLOORWALKER_HOME", Path(".floorwalker"), "Folder that holds all state.")

    slack_bot_token: SecretStr | None = _env("SLACK_BOT_TOKEN", None, "Bot token of the Slack app (xoxb-…).")
    slack_app_token: SecretStr | None = _env("SLACK_APP_TOKEN", None, "App-level token for Socket Mode (xapp-…).")
    slack_api_url: str = _env("SLACK_API_URL", SLACK_API, "Slack's Web API; the demo points it at the stand-in.")
    channel_replies: Literal["mentions", "all"] = _env(
        "FLOORWALKER_CHANNEL_REPLIES", "mentions", "Answer only mentions, or every message in a store's channel."
    )
    members: str = _env("FLOORWALKER_MEMBERS", "", "People: “U0A=owner;U0B=store_manager:L1,L2”.")
    channels: str = _env("FLOORWALKER_CHANNELS", "", "Channels and their stores: “C0A=L1;C0B=L1,L2”.")

    openai_api_key: SecretStr | None = _env("OPENAI_API_KEY", None, "Key of the language model; none: the planner.")
    openai_base_url: str | None = _env("OPENAI_BASE_URL", None, "Any server that speaks OpenAI's protocol.")
    model: str = _env("FLOORWALKER_MODEL", "gpt-5-mini", "Model name given to that server.")
    model_seconds: float = _env(
        "FLOORWALKER_MODEL_SECONDS", 30.0, "How long one reply of the language model is waited for, in seconds."
    )

    embedding_model: str = _env(
        "FLOORWALKER_EMBEDDING_MODEL", "", "Embedding model of that server for search by meaning; empty: words alone."
    )

    square_access_token: SecretStr | None = _env("SQUARE_ACCESS_TOKEN", None, "Square token with read scopes.")
    square_write_token: SecretStr | None = _env(
        "SQUARE_WRITE_TOKEN", None, "Square token with ITEMS_WRITE; only the executor ever holds it."
    )
    square_base_url: str = _env("SQUARE_BASE_URL", SQUARE_API, "Square's API; the demo points it at the stand-in.")
    square_webhook_key: SecretStr | None = _env(
        "SQUARE_WEBHOOK_KEY", None, "Signature key of Square's webhook subscription."
    )
    connection: str = _env("FLOORWALKER_CONNECTION", "square", "Your name for the Square account.")

    shopify_shop: str = _env("SHOPIFY_SHOP", "", "Shopify shop, the word before .myshopify.com.")
    shopify_access_token: SecretStr | None = _env("SHOPIFY_ACCESS_TOKEN", None, "Shopify token with read scopes.")
    shopify_write_token: SecretStr | None = _env(
        "SHOPIFY_WRITE_TOKEN", None, "Shopify token with write scopes; only the executor ever holds it."
    )
    shopify_webhook_key: SecretStr | None = _env("SHOPIFY_WEBHOOK_KEY", None, "Shopify app's client secret.")
    shopify_base_url: str = _env("SHOPIFY_BASE_URL", "", "Another address than the shop's own.")

    lightspeed_x_prefix: str = _env("LIGHTSPEED_X_PREFIX", "", "Lightspeed X-Series domain prefix.")
    lightspeed_x_token: SecretStr | None = _env("LIGHTSPEED_X_TOKEN", None, "X-Series personal token that reads.")
    lightspeed_x_write_token: SecretStr | None = _env(
        "LIGHTSPEED_X_WRITE_TOKEN", None, "X-Series personal token that writes; only the executor ever holds it."
    )
    lightspeed_x_client_id: str = _env("LIGHTSPEED_X_CLIENT_ID", "", "X-Series OAuth client, instead of tokens.")
    lightspeed_x_client_secret: SecretStr | None = _env("LIGHTSPEED_X_CLIENT_SECRET", None, "Its secret.")
    lightspeed_x_refresh_token: SecretStr | None = _env(
        "LIGHTSPEED_X_REFRESH_TOKEN", None, "Its first refresh token, for reading."
    )
    lightspeed_x_write_refresh_token: SecretStr | None = _env(
        "LIGHTSPEED_X_WRITE_REFRESH_TOKEN", None, "A second refresh token, for writing."
    )
    lightspeed_x_webhook_key: SecretStr | None = _env(
        "LIGHTSPEED_X_WEBHOOK_KEY", None, "X-Series application's client secret, which signs webhooks."
    )
    lightspeed_x_base_url: str = _env("LIGHTSPEED_X_BASE_URL", "", "Another address than the prefix's own.")

    lightspeed_r_account: str = _env("LIGHTSPEED_R_ACCOUNT", "", "Lightspeed R-Series account number.")
    lightspeed_r_access_token: SecretStr | None = _env(
        "LIGHTSPEED_R_ACCESS_TOKEN", None, "R-Series access token; it runs out, so better give a refresh token."
    )
    lightspeed_r_write_token: SecretStr | None = _env(
        "LIGHTSPEED_R_WRITE_TOKEN", None, "R-Series access token that writes; it runs out likewise."
    )
    lightspeed_r_client_id: str = _env("LIGHTSPEED_R_CLIENT_ID", "", "R-Series OAuth client.")
    lightspeed_r_client_secret: SecretStr | None = _env("LIGHTSPEED_R_CLIENT_SECRET", None, "Its secret.")
    lightspeed_r_refresh_token: SecretStr | None = _env(
        "LIGHTSPEED_R_REFRESH_TOKEN", None, "Its first refresh token, for reading."
    )
    lightspeed_r_write_refresh_token: SecretStr | None = _env(
        "LIGHTSPEED_R_WRITE_REFRESH_TOKEN", None, "A second refresh token, for writing."
    )
    lightspeed_r_base_url: str = _env("LIGHTSPEED_R_BASE_URL", "", "Another address than the account's own.")

    clover_merchant: str = _env("CLOVER_MERCHANT", "", "Clover merchant id.")
    clover_region: str = _env("CLOVER_REGION", "us", "Where the merchant is: us, eu, la or sandbox.")
    clover_access_token: SecretStr | None = _env("CLOVER_ACCESS_TOKEN", None, "Clover API token that reads.")
    clover_write_token: SecretStr | None = _env(
        "CLOVER_WRITE_TOKEN", None, "Clover API token that writes; only the executor ever holds it."
    )
    clover_webhook_key: SecretStr | None = _env("CLOVER_WEBHOOK_KEY", None, "Clover's auth code for webhooks.")
    clover_base_url: str = _env("CLOVER_BASE_URL", "", "Another address than the merchant's own.")

    connections: Path | None = _env("FLOORWALKER_CONNECTIONS", None, "TOML file of further POS accounts.")

    outbound: Path | None = _env(
        "FLOORWALKER_OUTBOUND", None, "TOML file of receivers of signed webhooks: marketing, operations, signage."
    )

    http_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("FLOORWALKER_HTTP_PORT"),
        description="Port for webhooks and /healthz; none: nothing is listened on.",
    )
    http_host: str = _env("FLOORWALKER_HTTP_HOST", "127.0.0.1", "Address that port is opened on.")
    public_url: str | None = _env(
        "FLOORWALKER_PUBLIC_URL", None, "Where the world reaches that port, as platforms are told: https://…"
    )

    weather_url: str = _env(
        "FLOORWALKER_WEATHER_URL", "", "Weather service that speaks Open-Meteo's protocol; empty for none."
    )
    weather_archive_url: str = _env(
        "FLOORWALKER_WEATHER_ARCHIVE_URL", "", "The same for weather more than 90 days old; empty: where it belongs."
    )
    calendars: str = _env(
        "FLOORWALKER_CALENDARS", "", "Local events: “S01,S02=https://…/fair.ics;all=/path/to/city.ics”."
    )
    sensor_token: SecretStr | None = _env(
        "FLOORWALKER_SENSOR_TOKEN", None, "Token that door sensors send visitor counts with; none: they are refused."
    )

    briefing_at: str = _env("FLOORWALKER_BRIEFING_AT", "06:00", "Local time of the morning briefing, HH:MM.")
    four_eyes_over: Decimal | None = _env(
        "FLOORWALKER_FOUR_EYES_OVER",
        Decimal(1000),
        "Weekly impact in major units above which nobody approves their own proposal; empty for never.",
    )
    two_approvals_over: Decimal | None = _env(
        "FLOORWALKER_TWO_APPROVALS_OVER",
        Decimal(10000),
        "Weekly impact in major units above which two people have to approve; empty for never.",
    )
    audit_channel: str = _env(
        "FLOORWALKER_AUDIT_CHANNEL", "", "Slack channel that the head of the audit chain is posted to; empty for none."
    )
    sync_seconds: int = Field(
        default=60,
        ge=1,
        validation_alias=AliasChoices("FLOORWALKER_SYNC_SECONDS"),
        description="Seconds between two pulls from the POS.",
    )
    pseudonym_key: SecretStr | None = _env(
        "FLOORWALKER_PSEUDONYM_KEY", None, "Key that turns customers into pseudonyms; made in the home when absent."
    )
    log_format: Literal["json", "console"] = _env("FLOORWALKER_LOG_FORMAT", "console", "Shape of the logs on stderr.")

    @field_validator("briefing_at")
    @classmethod
    def _clock_time(cls, value: str) -> str:
        hours, _, minutes = value.partition(":")
        if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
            raise ValueError("write it as HH:MM, for example 06:00")
        return f"{int(hours):02d}:{int(minutes):02d}"

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("write the whole address, for example https://bot.example.com")
        if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("it must begin with https://; platforms send webhooks nowhere else")
        return value.rstrip("/")

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str) or value.strip():
            return value
        default = cls.model_fields[str(info.field_name)].default
        return None if default is None or info.field_name in _EMPTY_IS_NEVER else value


def environment_name(field: str) -> str:
    """The environment variable that sets ``field``."""
    alias = Settings.model_fields[field].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else field


def read_settings(**overrides: Any) -> Settings:
    """Read the environment; ``overrides`` by field name win.

    Raises:
        BadInputError: a value cannot be used; the sentence names the setting.
    """
    # Only the long names are read: were field names allowed too, the shell's own HOME would become ours.
    named = {environment_name(field): value for field, value in overrides.items() if value is not None}
    try:
        return Settings(**named)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadInputError(f"Setting {'.'.join(str(part) for part in first['loc'])}: {first['msg']}.") from error


def read_variable(name: str) -> SecretStr | None:
    """The secret in an environment variable that a connections file names; ``.env`` counts too. None when unset."""
    value = os.environ.get(name) or dotenv_values(_ENV_FILE).get(name) or ""
    return SecretStr(value) if value.strip() else None


def parse_members(text: str) -> list[dict[str, Any]]:
    """People out of ``FLOORWALKER_MEMBERS`` as rows of the ``member`` table.

    Raises:
        BadInputError: an entry is not ``user=role`` or ``user=role:store,store``.
    """
    from connectors.records import MEMBER

    roles = next(column.allowed for column in MEMBER.columns if column.name == "role")
    rows: list[dict[str, Any]] = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        user, equals, rest = entry.partition("=")
        role, _, stores = rest.partition(":")
        if not equals or not user.strip() or role.strip() not in roles:
            raise BadInputError(
                f"FLOORWALKER_MEMBERS: “{entry}” is not USER=ROLE or USER=ROLE:STORE,STORE with a role out of "
                f"{', '.join(roles)}."
            )
        rows.append({"user_id": user.strip(), "role": role.strip(), "stores": _list(stores), "name": ""})
    return rows


def parse_channels(text: str) -> list[dict[str, Any]]:
    """Channels out of ``FLOORWALKER_CHANNELS`` as rows of the ``channel`` table.

    Raises:
        BadInputError: an entry is not ``channel=store,store``.
    """
    rows: list[dict[str, Any]] = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        channel, equals, stores = entry.partition("=")
        if not equals or not channel.strip() or not _list(stores):
            raise BadInputError(f"FLOORWALKER_CHANNELS: “{entry}” is not CHANNEL=STORE,STORE.")
        rows.append({"channel_id": channel.strip(), "stores": _list(stores), "name": ""})
    return rows


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
