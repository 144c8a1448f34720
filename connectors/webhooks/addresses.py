"""Where platforms send their webhooks: one address per connection, with a secret part where nothing is signed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from connectors.base import Reader
from connectors.http import Secret
from connectors.manifest import Webhooks, load_manifest

PREFIX = "/webhooks"


@dataclass(frozen=True, slots=True)
class Door:
    """What is behind one address. ``url`` is the whole address as the platform knows it.

    ``token`` is the last part of the path where the address itself is the secret, else empty.
    """

    reader: Reader
    url: str
    token: str = ""


def doors(readers: Mapping[str, Reader], public_url: str, key: Secret) -> Mapping[str, Door]:
    """The doors of those connections whose platform sends webhooks, by name.

    Args:
        readers: connections by name.
        public_url: where the world reaches this installation, without a slash at the end.
        key: this installation's own; the secret addresses are made from it, so that they stay the same.
    """
    found: dict[str, Door] = {}
    for name, reader in readers.items():
        webhooks = load_manifest(reader.platform).webhooks
        if webhooks.events:
            token = path_token(key, name) if has_secret_address(webhooks) else ""
            tail = f"/{token}" if token else ""
            found[name] = Door(reader, f"{public_url}{PREFIX}/{quote(name, safe='')}{tail}", token)
    return found


def has_secret_address(webhooks: Webhooks) -> bool:
    """Whether the address must not be guessable: nothing is signed, or not surely."""
    return webhooks.secret_address or not webhooks.signature_header


def path_token(key: Secret, connection: str) -> str:
    """The secret part of a connection's address: 128 bits, hexadecimal."""
    digest = hmac.new(key.get_secret_value().encode(), f"webhook:{connection}".encode(), hashlib.sha256)
    return digest.hexdigest()[:32]
