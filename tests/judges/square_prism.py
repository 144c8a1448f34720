"""An independent judge of our request bodies: Square's own OpenAPI document, served by Prism.

Prism answers every call of the document with an example, and 422 to a body that breaks it. It is used when both are
there, and otherwise its tests are skipped:

- ``.judges/node_modules/.bin/prism``: ``npm install --prefix .judges @stoplight/prism-cli``;
- ``.judges/square-api.json``: the file ``api.json`` of the public repository ``square/connect-api-specification``.

The document has four references to addresses that are not part of it and one to a schema it lacks, at which Prism
stops; ``mended`` puts plain types there. It may be older than the API version we speak: what it does not know yet, it
cannot judge.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

JUDGES = Path(__file__).resolve().parents[2] / ".judges"
PRISM = JUDGES / "node_modules" / ".bin" / "prism"
DOCUMENT = JUDGES / "square-api.json"

_OUTSIDE = {"String": "string", "PhoneNumber": "string", "Number": "number", "Boolean": "boolean"}
_START_SECONDS = 240.0


def is_there() -> bool:
    """Whether Prism and the document are installed."""
    return PRISM.exists() and DOCUMENT.exists()


def mended(document: dict[str, Any]) -> dict[str, Any]:
    """The document with types in place of what it refers to and does not have."""
    known = set(document["components"]["schemas"])

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(item) for item in value]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        if isinstance(reference, str):
            name = reference.rpartition("/")[2].rpartition(".")[2]
            if not reference.startswith("#/"):
                return {"type": _OUTSIDE[name]}
            if reference.startswith("#/components/schemas/") and name not in known:
                return {"type": "string"}
        return {key: walk(item) for key, item in value.items()}

    found: dict[str, Any] = walk(document)
    return found


@contextmanager
def judging(folder: Path) -> Iterator[str]:
    """Prism over the document on loopback; ``folder`` is for the mended copy.

    Raises:
        RuntimeError: Prism did not start.
    """
    copy = folder / "square-api.json"
    copy.write_text(json.dumps(mended(json.loads(DOCUMENT.read_text(encoding="utf-8")))), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(PRISM), "mock", "-h", "127.0.0.1", "-p", str(port), str(copy)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("Prism did not start")
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(url: str) -> bool:
    try:
        return (
            httpx.get(f"{url}/v2/locations", headers={"Authorization": "Bearer judge"}, timeout=20.0).status_code < 500
        )
    except httpx.HTTPError:
        return False
