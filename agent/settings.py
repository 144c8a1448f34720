"""Every setting, read from the environment (and a ``.env`` file) here and nowhere else.

Other modules are given values, not this object. Each field's description is what the documentation prints; a setting
that is in neither ``.env.example`` nor ``docs/production.md`` fails a test.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import BadInputError

SLACK_API = "https://slack.com/api/"
SQUARE_API = "https://connect.squareup.com"


def _env(name: str, default: Any, description: str) -> Any:
    return Field(default=default, validation_alias=AliasChoices(name), description=description)


class Settings(BaseSettings):
    """The installation's settings. Construct with ``read_settings``."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

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

    square_access_token: SecretStr | None = _env("SQUARE_ACCESS_TOKEN", None, "Square token with read scopes.")
    square_write_token: SecretStr | None = _env(
        "SQUARE_WRITE_TOKEN", None, "Square token with ITEMS_WRITE; only the executor ever holds it."
    )
    square_base_url: str = _env("SQUARE_BASE_URL", SQUARE_API, "Square's API; the demo points it at the stand-in.")
    connection: str = _env("FLOORWALKER_CONNECTION", "square", "Your name for the Square account.")

    briefing_at: str = _env("FLOORWALKER_BRIEFING_AT", "06:00", "Local time of the morning briefing, HH:MM.")
    four_eyes_over: Decimal | None = _env(
        "FLOORWALKER_FOUR_EYES_OVER",
        Decimal(1000),
        "Weekly impact in major units above which nobody approves their own proposal; empty for never.",
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

    @field_validator("four_eyes_over", "slack_bot_token", "slack_app_token", "openai_api_key", "openai_base_url",
                     "square_access_token", "square_write_token", "pseudonym_key", mode="before")  # fmt: skip
    @classmethod
    def _blank_is_unset(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value


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
