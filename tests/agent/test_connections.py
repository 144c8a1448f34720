"""Accounts of the settings and of the connections file, what is wrong with them, and what is made of them."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agent.connections import connection_specs
from agent.errors import BadInputError
from agent.settings import Settings, environment_name, read_settings
from connectors import platforms
from connectors.credentials import FixedToken
from connectors.manifest import PLATFORMS, load_manifest
from connectors.oauth import RefreshedToken
from connectors.platforms import SITES, ConnectionSpec, address_of, build_reader, build_writer

ACCOUNTS = {"square": "", "shopify": "north-wind", "lightspeed_x": "north", "lightspeed_r": "123", "clover": "M1"}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(environment_name(field), raising=False)
    monkeypatch.chdir(tmp_path)


def specs(home: Path, **settings: Any) -> list[ConnectionSpec]:
    return connection_specs(read_settings(home=home, **settings), home, lambda: SecretStr("key"))


def of_file(home: Path, text: str, **settings: Any) -> list[ConnectionSpec]:
    path = home / "connections.toml"
    path.write_text(text, encoding="utf-8")
    return specs(home, connections=path, **settings)


def secret(spec: ConnectionSpec) -> str:
    assert isinstance(spec.read, SecretStr)
    return spec.read.get_secret_value()


def test_without_tokens_there_are_no_connections(tmp_path: Path) -> None:
    assert specs(tmp_path) == []


def test_every_platform_has_an_account_in_the_settings(tmp_path: Path) -> None:
    found = specs(
        tmp_path,
        square_access_token="sq",
        shopify_shop="https://north-wind.myshopify.com/",
        shopify_access_token="sh",
        shopify_write_token="sh-w",
        shopify_webhook_key="sh-k",
        lightspeed_x_prefix="north",
        lightspeed_x_token="x",
        lightspeed_r_account="123",
        lightspeed_r_access_token="r",
        clover_merchant="M1",
        clover_region="eu",
        clover_access_token="c",
    )
    assert [(spec.name, spec.platform, secret(spec)) for spec in found] == [
        ("square", "square", "sq"),
        ("shopify", "shopify", "sh"),
        ("lightspeed_x", "lightspeed_x", "x"),
        ("lightspeed_r", "lightspeed_r", "r"),
        ("clover", "clover", "c"),
    ]
    assert [address_of(spec.platform, spec.account, spec.region, spec.base_url) for spec in found] == [
        "https://connect.squareup.com",
        "https://north-wind.myshopify.com",
        "https://north.retail.lightspeed.app/api/2026-07",
        "https://api.lightspeedapp.com/API/V3/Account/123",
        "https://api.eu.clover.com/v3/merchants/M1",
    ]
    shopify = found[1]
    assert isinstance(shopify.write, SecretStr)
    assert (shopify.read_setting, shopify.write_setting) == ("SHOPIFY_ACCESS_TOKEN", "SHOPIFY_WRITE_TOKEN")
    assert shopify.webhook_key == SecretStr("sh-k")
    assert found[0].write is None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_setting_that_a_manifest_names_is_one(platform: str) -> None:
    known = {environment_name(field) for field in Settings.model_fields}
    manifest = load_manifest(platform)
    wanted = {manifest.read.setting, manifest.write.setting, manifest.webhooks.setting} - {""}
    assert wanted <= known


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_reader_and_a_writer_are_made_of_every_platform(platform: str) -> None:
    spec = ConnectionSpec(
        "north", platform, SecretStr("r"), "READ", account=ACCOUNTS[platform], webhook_key=SecretStr("k")
    )
    reader = build_reader(spec)
    try:
        assert (reader.platform, reader.connection) == (platform, "north")
        assert build_writer(spec, reader) is None
        writer = build_writer(ConnectionSpec(**{**_fields(spec), "write": SecretStr("w")}), reader)
        assert writer is not None
        writer.close()
    finally:
        reader.close()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_option_is_one_of_the_platforms_reader(platform: str) -> None:
    names = inspect.signature(platforms._reader_class(platform)).parameters
    assert set(SITES[platform].options) <= set(names)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_addresses_are_those_of_the_manifests(platform: str) -> None:
    stem = load_manifest(platform).base_url.partition("{")[0].removesuffix("/")
    assert address_of(platform, ACCOUNTS[platform]).startswith(stem)


def test_a_file_names_any_number_of_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORTH_TOKEN", "n")
    monkeypatch.setenv("NORTH_WRITE", "nw")
    (tmp_path / ".env").write_text("SOUTH_TOKEN=s\n", encoding="utf-8")
    found = of_file(
        tmp_path,
        """
        [[connection]]
        name = "north"
        platform = "shopify"
        account = "north-wind"
        access_token = "NORTH_TOKEN"
        write_token = "NORTH_WRITE"

        [[connection]]
        name = "south"
        platform = "clover"
        account = "M2"
        region = "la"
        access_token = "SOUTH_TOKEN"
        options = { dated_by = "order" }
        """,
        square_access_token="sq",
    )
    assert [(spec.name, secret(spec), spec.read_setting) for spec in found] == [
        ("square", "sq", "SQUARE_ACCESS_TOKEN"),
        ("north", "n", "NORTH_TOKEN"),
        ("south", "s", "SOUTH_TOKEN"),
    ]
    assert dict(found[2].options) == {"dated_by": "order"}
    assert found[1].pseudonym_key == SecretStr("key")


GOOD = 'name = "a"\nplatform = "square"\naccess_token = "A_TOKEN"\n'


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('platform = "square"', "connection 1, field name: it is missing"),
        ('name = "a b"\nplatform = "square"', "“a b”), field name: use letters"),
        ('name = "a"\nplatform = "toast"', "“a”), field platform: it must be one of square, shopify"),
        (GOOD + 'colour = "red"', "field colour: there is no such field; there is name, platform"),
        ('name = "a"\nplatform = "square"\naccess_token = "EAAA-sekrit"', "name of an environment variable"),
        (
            'name = "a"\nplatform = "square"\naccess_token = "NOT_SET"',
            "field access_token: the environment variable NOT_SET",
        ),
        ('name = "a"\nplatform = "square"', "give an access_token"),
        ('name = "a"\nplatform = "shopify"\naccess_token = "A_TOKEN"', "Shopify POS needs the shop"),
        (
            'name = "a"\nplatform = "lightspeed_r"\naccount = "shop/1"\naccess_token = "A_TOKEN"',
            "is not the account number",
        ),
        (
            'name = "a"\nplatform = "clover"\naccount = "M"\nregion = "mars"\naccess_token = "A_TOKEN"',
            "region must be one of us",
        ),
        (GOOD + 'base_url = "http://example.com"', "field base_url: write the whole address"),
        (GOOD + "[connection.options]\ndepth = '3'", "Square has no option “depth”; it has none"),
        (
            'name = "a"\nplatform = "clover"\naccount = "M"\naccess_token = "A_TOKEN"\noptions = {dated_by = "x"}',
            "dated_by must be one of payment, order",
        ),
        ('name = "a"\nplatform = "square"\nrefresh_token = "A_TOKEN"', "has no refresh tokens here"),
        ('name = "a"\nplatform = "lightspeed_r"\naccount = "1"\nrefresh_token = "A_TOKEN"', "needs the client_id"),
    ],
)
def test_a_bad_entry_is_named_with_its_field_and_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, words: str
) -> None:
    monkeypatch.setenv("A_TOKEN", "a")
    with pytest.raises(BadInputError) as caught:
        of_file(tmp_path, f"[[connection]]\n{entry}\n")
    said = caught.value.user_message
    assert said.startswith("FLOORWALKER_CONNECTIONS: connection 1")
    assert words in said
    assert said.endswith(".")
    assert "sekrit" not in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not toml", "is not TOML"),
        ("[[connexion]]\nname = 'a'", "must consist of [[connection]] entries, and “connexion” is none"),
        ("connection = 3", "must consist of"),
    ],
)
def test_a_file_that_is_none_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInputError, match="FLOORWALKER_CONNECTIONS") as caught:
        of_file(tmp_path, text)
    assert words in caught.value.user_message


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        specs(tmp_path, connections=tmp_path / "nowhere.toml")


def test_two_connections_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", "a")
    with pytest.raises(BadInputError, match="two connections are called “square”"):
        of_file(tmp_path, "[[connection]]\n" + GOOD.replace('"a"', '"square"'), square_access_token="s")


def test_refresh_tokens_are_kept_by_connection_and_half(tmp_path: Path) -> None:
    (spec,) = specs(
        tmp_path,
        lightspeed_r_account="123",
        lightspeed_r_client_id="id",
        lightspeed_r_client_secret="secret",
        lightspeed_r_refresh_token="first",
        lightspeed_r_write_refresh_token="second",
    )
    assert isinstance(spec.read, RefreshedToken)
    assert isinstance(spec.write, RefreshedToken)
    assert [token._path.relative_to(tmp_path).as_posix() for token in (spec.read, spec.write)] == [
        "tokens/lightspeed_r.json",
        "tokens/lightspeed_r.write.json",
    ]
    assert (spec.read_setting, spec.write_setting) == (
        "LIGHTSPEED_R_REFRESH_TOKEN",
        "LIGHTSPEED_R_WRITE_REFRESH_TOKEN",
    )


def test_a_refresh_token_for_a_stand_in_needs_the_prefix_still(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="needs the prefix to renew its tokens"):
        specs(
            tmp_path,
            lightspeed_x_base_url="http://127.0.0.1:1",
            lightspeed_x_client_id="id",
            lightspeed_x_client_secret="secret",
            lightspeed_x_refresh_token="first",
        )


def test_no_secret_is_in_what_is_printed_of_a_connection(tmp_path: Path) -> None:
    (spec,) = specs(tmp_path, shopify_shop="n", shopify_access_token="sekrit", shopify_write_token="sekrit")
    assert "sekrit" not in repr(spec)
    assert "sekrit" not in repr(FixedToken(SecretStr("sekrit")))


def _fields(spec: ConnectionSpec) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in ConnectionSpec.__slots__}
