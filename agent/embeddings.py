"""Texts as vectors by the configured model, each asked for once: kept by the hash of model and text.

Only product descriptions and search phrases go here; the tools give it nothing that a customer wrote. The cache holds
hashes and numbers, never a text.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import structlog

from agent.conversation.model_settings import NO_KEY, ModelSettings
from tools.context import EMBEDDINGS
from tools.errors import ToolError

_BATCH = 256
_LONGEST = 2_000
_log = structlog.get_logger()


class Embedder(Protocol):
    """What turns texts into vectors; ``langchain_openai.OpenAIEmbeddings`` is one."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text."""
        ...


class CachedEmbeddings:
    """A ``tools.context.EmbeddingPort`` over an embedder and a file of what it said before; safe from any thread."""

    def __init__(self, name: str, embedder: Embedder, path: Path) -> None:
        self.name = name
        self._embedder = embedder
        self._path = path
        self._gate = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector for each text, asking the model only for those it has not been asked before.

        Raises:
            ToolError: the model did not answer, or with vectors of different lengths.
        """
        keys = [self._key(text) for text in texts]
        with self._gate, self._store() as store:
            known = _read(store, keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            fresh = self._ask(missing)
            _write(store, fresh)
        known |= fresh
        if len({len(vector) for vector in known.values()}) > 1:
            raise ToolError("The embedding model gave vectors of different lengths.")
        return [known[key] for key in keys]

    def _ask(self, missing: Mapping[str, str]) -> dict[str, array[float]]:
        keys, fresh = list(missing), {}
        for start in range(0, len(keys), _BATCH):
            part = keys[start : start + _BATCH]
            try:
                vectors = self._embedder.embed_documents([missing[key][:_LONGEST] or " " for key in part])
            except Exception as error:  # whatever the client raises, the tools can do without it
                _log.warning("embeddings.failed", model=self.name, error=type(error).__name__)
                raise ToolError("The embedding model did not answer.") from error
            if len(vectors) != len(part):
                raise ToolError("The embedding model left texts out.")
            fresh.update({key: array("f", vector) for key, vector in zip(part, vectors, strict=True)})
        return fresh

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.name}\x1f{text}".encode()).hexdigest()

    @contextmanager
    def _store(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path)) as store, store:
            store.execute("CREATE TABLE IF NOT EXISTS embedding (key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
            yield store


def _read(store: sqlite3.Connection, keys: Sequence[str]) -> dict[str, array[float]]:
    known: dict[str, array[float]] = {}
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        marks = ", ".join("?" * len(part))
        for key, blob in store.execute(f"SELECT key, vector FROM embedding WHERE key IN ({marks})", part):
            known[key] = array("f")
            known[key].frombytes(blob)
    return known


def _write(store: sqlite3.Connection, fresh: Mapping[str, array[float]]) -> None:
    rows = [(key, vector.tobytes()) for key, vector in fresh.items()]
    store.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?)", rows)


def tool_extras(settings: ModelSettings, embedding_model: str, home: Path) -> Mapping[str, Any]:
    """The further ports of the tools: embeddings where a model for them is named and reachable, else nothing."""
    if not embedding_model or not (settings.api_key or settings.base_url):
        return {}
    from langchain_openai import OpenAIEmbeddings
    from pydantic import SecretStr

    embedder = OpenAIEmbeddings(
        model=embedding_model,
        openai_api_key=SecretStr(settings.api_key or NO_KEY),
        openai_api_base=settings.base_url or None,
        request_timeout=settings.timeout_seconds,
        max_retries=settings.max_retries,
        # The length check would download a tokenizer; texts are cut to a safe length here instead.
        check_embedding_ctx_length=False,
    )
    return {EMBEDDINGS: CachedEmbeddings(embedding_model, embedder, home / "embeddings.sqlite")}
