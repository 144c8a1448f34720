"""Embeddings are asked for once, through the real client, and nothing but hashes and numbers is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from agent.conversation.model_settings import ModelSettings
from agent.embeddings import CachedEmbeddings, tool_extras
from tools.errors import ToolError


class Counting:
    """Gives each text a vector of its length."""

    def __init__(self, fault: Exception | None = None, short: bool = False) -> None:
        self.asked: list[list[str]] = []
        self.fault = fault
        self.short = short

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.asked.append(texts)
        if self.fault:
            raise self.fault
        return [[float(len(text)), 1.0] for text in texts[: -1 if self.short else None]]


def test_every_text_is_asked_for_once(tmp_path: Path) -> None:
    model = Counting()
    port = CachedEmbeddings("m", model, tmp_path / "embeddings.sqlite")
    assert [list(vector) for vector in port.embed(["oat", "milk", "oat"])] == [[3.0, 1.0], [4.0, 1.0], [3.0, 1.0]]
    again = CachedEmbeddings("m", model, tmp_path / "embeddings.sqlite")
    assert list(again.embed(["milk", "new!!"])[1]) == [5.0, 1.0]
    assert model.asked == [["oat", "milk"], ["new!!"]]
    CachedEmbeddings("other", model, tmp_path / "embeddings.sqlite").embed(["oat"])
    assert model.asked[-1] == ["oat"]
    assert b"milk" not in (tmp_path / "embeddings.sqlite").read_bytes()


def test_many_texts_go_in_parts(tmp_path: Path) -> None:
    model = Counting()
    found = CachedEmbeddings("m", model, tmp_path / "e.sqlite").embed([f"t{n}" for n in range(600)])
    assert len(found) == 600
    assert [len(part) for part in model.asked] == [256, 256, 88]


@pytest.mark.parametrize("model", [Counting(RuntimeError("key=hunter2")), Counting(short=True)])
def test_trouble_becomes_a_sentence_without_details(tmp_path: Path, model: Counting) -> None:
    with pytest.raises(ToolError) as refused:
        CachedEmbeddings("m", model, tmp_path / "e.sqlite").embed(["a", "b"])
    assert "hunter2" not in refused.value.user_message


def test_without_a_model_there_is_no_port(tmp_path: Path) -> None:
    assert tool_extras(ModelSettings(api_key="k"), "", tmp_path) == {}
    assert tool_extras(ModelSettings(), "text-embedding-3-small", tmp_path) == {}


@contextmanager
def embedding_server(requests: list[dict[str, Any]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            requests.append({"path": self.path, **body})
            data = [
                {"object": "embedding", "index": n, "embedding": [float(n), 1.0]} for n in range(len(body["input"]))
            ]
            usage = {"prompt_tokens": 1, "total_tokens": 1}
            document = {"object": "list", "model": body["model"], "data": data, "usage": usage}
            payload = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_real_client_speaks_to_any_server_of_that_kind(tmp_path: Path) -> None:
    requests: list[dict[str, Any]] = []
    with embedding_server(requests) as url:
        extras = tool_extras(ModelSettings(base_url=url), "tiny-embed", tmp_path)
        port = extras["embeddings"]
        assert [list(vector) for vector in port.embed(["a", "b"])] == [[0.0, 1.0], [1.0, 1.0]]
    (request,) = requests
    assert (request["path"], request["model"], request["input"]) == ("/v1/embeddings", "tiny-embed", ["a", "b"])
    assert port.name == "tiny-embed"
