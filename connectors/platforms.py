"""Connections of an installation: any number of accounts, on any platform that has a connector.

A platform's code is imported when one of its connections is made, and its writing half only where there is a token
that may write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from connectors.base import Reader, Writer
from connectors.credentials import Secret, TokenSource
from connectors.errors import InputError
from connectors.manifest import PLATFORMS, load_manifest

Token = Secret | TokenSource


@dataclass(frozen=True, slots=True)
class Site:
    """How an account of a platform is named and addressed.

    ``account`` is what people call it and ``form`` its pattern; ``address`` has ``{account}`` and ``{region}`` in it.
    ``token_url`` renews access tokens, where they run out. ``options`` are the words each option may have; none: any
    text.
    """

    address: str
    account: str = ""
    form: str = ""
    regions: Mapping[str, str] = field(default_factory=dict)
    token_url: str = ""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


SITES: Mapping[str, Site] = MappingProxyType(
    {
        "square": Site("https://connect.squareup.com"),
        "shopify": Site("https://{account}.myshopify.com", "shop", r"[a-z0-9][a-z0-9-]*"),
        "lightspeed_x": Site(
            "https://{account}.retail.lightspeed.app/api/2026-07",
            "prefix",
            r"[a-z0-9][a-z0-9-]*",
            token_url="https://{account}.retail.lightspeed.app/api/1.0/token",  # noqa: S106 an address
        ),
        "lightspeed_r": Site(
            "https://api.lightspeedapp.com/API/V3/Account/{account}",
            "account number",
            r"[0-9]+",
            token_url="https://cloud.lightspeedapp.com/auth/oauth/token",  # noqa: S106 an address
            options={"sale_stamp": ("updatetime", "timeStamp"), "employee_id": (), "unit_field": ()},
        ),
        "clover": Site(
            "https://{region}/v3/merchants/{account}",
            "merchant id",
            r"[A-Za-z0-9]+",
            regions={
                "us": "api.clover.com",
                "eu": "api.eu.clover.com",
                "la": "api.la.clover.com",
                "sandbox": "apisandbox.dev.clover.com",
            },
            options={"dated_by": ("payment", "order")},
        ),
    }
)
"""Addresses of the real platforms; ``ConnectionSpec.base_url`` replaces one, for a stand-in or a sandbox."""


@dataclass(frozen=True, slots=True)
class ConnectionSpec:
    """One account: who it is, and the credentials for it. ``*_setting`` are named in messages.

    Args:
        name: the operator's name for it; unique in an installation, and kept, for rows carry it.
        platform: one of ``PLATFORMS``.
        read: the token that reads.
        account: shop, prefix, account or merchant, where the platform's address has one in it.
        base_url: another address than the platform's own.
        region: where the platform has several.
        write: the token that writes; none: approved changes cannot be carried out.
        webhook_key: what webhooks are verified with; none: they are not believed.
        pseudonym_key: turns customers into pseudonyms; none: nobody is recognised.
        options: what else the platform's reader may be told.
    """

    name: str
    platform: str
    read: Token = field(repr=False)
    read_setting: str
    account: str = ""
    base_url: str = ""
    region: str = ""
    write: Token | None = field(default=None, repr=False)
    write_setting: str = ""
    webhook_key: Secret | None = field(default=None, repr=False)
    pseudonym_key: Secret | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)


def address_of(platform: str, account: str, region: str = "", base_url: str = "") -> str:
    """The address of an account's API.

    Raises:
        InputError: the account or the region is missing or not of the platform's form; the sentence says which.
    """
    site = SITES[platform]
    if base_url:
        return base_url.rstrip("/")
    _check_account(site, load_manifest(platform).title, account)
    return site.address.format(account=account, region=_host(site, region))


def token_url_of(platform: str, account: str) -> str:
    """Where access tokens are renewed; empty where they do not run out."""
    return SITES[platform].token_url.format(account=account)


def check_options(platform: str, options: Mapping[str, str]) -> None:
    """Refuse options that the platform's reader does not know.

    Raises:
        InputError: the sentence names the option and what is allowed.
    """
    known = SITES[platform].options
    for name, value in options.items():
        if name not in known:
            allowed = f"it has {', '.join(known)}" if known else "it has none"
            raise InputError(f"{load_manifest(platform).title} has no option “{name}”; {allowed}.")
        if known[name] and value not in known[name]:
            raise InputError(f"The option {name} must be one of {', '.join(known[name])}; it is “{value[:40]}”.")


def build_reader(spec: ConnectionSpec, **more: Any) -> Reader:
    """The reading half of a connection; ``more`` goes to the platform's reader as it is.

    Raises:
        InputError: the account, the region or an option is wrong.
    """
    base_url = address_of(spec.platform, spec.account, spec.region, spec.base_url)
    check_options(spec.platform, spec.options)
    given: dict[str, Any] = {"pseudonym_key": spec.pseudonym_key, "setting": spec.read_setting, **spec.options, **more}
    if load_manifest(spec.platform).webhooks.events:
        given["webhook_key"] = spec.webhook_key
    reader: Reader = _reader_class(spec.platform)(base_url, spec.read, spec.name, **given)
    return reader


def build_writer(spec: ConnectionSpec, reader: Reader, **more: Any) -> Writer | None:
    """The writing half of a connection over its reader; None without a token that may write."""
    if spec.write is None:
        return None
    base_url = address_of(spec.platform, spec.account, spec.region, spec.base_url)
    writer: Writer = _writer_class(spec.platform)(base_url, spec.write, reader, setting=spec.write_setting, **more)
    return writer


def _check_account(site: Site, title: str, account: str) -> None:
    if not site.account:
        return
    if not account:
        raise InputError(f"{title} needs the {site.account}.")
    if not re.fullmatch(site.form, account):
        raise InputError(f"“{account[:60]}” is not the {site.account} of {title}; give it alone, without an address.")


def _host(site: Site, region: str) -> str:
    if not site.regions:
        return ""
    if (region or "us") not in site.regions:
        raise InputError(f"The region must be one of {', '.join(site.regions)}; it is “{region[:40]}”.")
    return site.regions[region or "us"]


def _reader_class(platform: str) -> Any:
    match platform:
        case "square":
            from connectors.square.reader import SquareReader

            return SquareReader
        case "shopify":
            from connectors.shopify.reader import ShopifyReader

            return ShopifyReader
        case "lightspeed_x":
            from connectors.lightspeed_x.reader import LightspeedXReader

            return LightspeedXReader
        case "lightspeed_r":
            from connectors.lightspeed_r.reader import LightspeedRReader

            return LightspeedRReader
        case "clover":
            from connectors.clover.reader import CloverReader

            return CloverReader
    raise InputError(f"There is no platform “{platform[:40]}”; there is {', '.join(PLATFORMS)}.")


def _writer_class(platform: str) -> Any:
    match platform:
        case "square":
            from connectors.square.writer import SquareWriter

            return SquareWriter
        case "shopify":
            from connectors.shopify.writer import ShopifyWriter

            return ShopifyWriter
        case "lightspeed_x":
            from connectors.lightspeed_x.writer import LightspeedXWriter

            return LightspeedXWriter
        case "lightspeed_r":
            from connectors.lightspeed_r.writer import LightspeedRWriter

            return LightspeedRWriter
        case "clover":
            from connectors.clover.writer import CloverWriter

            return CloverWriter
    raise InputError(f"There is no platform “{platform[:40]}”; there is {', '.join(PLATFORMS)}.")
