"""The weights of the network as it is, put back where the trainer can go on from them.

``questions.onnx`` holds them in one byte each, with the scale of every row; the rows of its outputs and of its word
pieces are those that ``labels.json`` names. What is new since then keeps what it begins with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

_OUTPUTS = ("tools", "words", "tags")
_NAMED = {"tools": "tools", "words": "values", "tags": "tags"}
"""What ``labels.json`` calls the outputs."""


def put_back(reader: nn.Module, wanted: Mapping[str, Sequence[str]], pieces: Mapping[str, int], folder: Path) -> None:
    """Give a reader the weights of the network of a folder.

    Args:
        reader: as the trainer makes it.
        wanted: the names of its outputs by ``tools``, ``words`` and ``tags``, in order.
        pieces: each word piece of its sentence model and the row it stands in.
        folder: where ``questions.onnx`` and ``labels.json`` are.
    """
    graph = onnx.load(str(folder / "questions.onnx")).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    names = {node.name.strip("/").split("/MatMul")[0].split("/Gemm")[0]: node.input[1] for node in graph.node
             if node.op_type == "MatMulInteger"}  # fmt: skip
    state: dict[str, Any] = dict(reader.state_dict())
    for path, weight in names.items():
        module = path.replace("/", ".")
        values = _whole(held, weight.removesuffix("_quantized")).T
        if module in _OUTPUTS:
            _rows(state, module, values, held[f"{module}.bias"], labels[_NAMED[module]], wanted[module])
        else:
            state[f"{module}.weight"] = torch.tensor(values)
    for name, values in held.items():
        if name in state and name.split(".")[0] not in _OUTPUTS:
            state[name] = torch.tensor(values)
    kept = _whole(held, "base.embeddings.word_embeddings.weight")
    words = state["base.embeddings.word_embeddings.weight"].clone()
    for row, piece in enumerate(labels["pieces"]):
        words[pieces[piece]] = torch.tensor(kept[row])
    state["base.embeddings.word_embeddings.weight"] = words
    for name in ("token_type_embeddings", "position_embeddings"):
        values = torch.tensor(_whole(held, f"base.embeddings.{name}.weight"))
        there = state[f"base.embeddings.{name}.weight"].clone()
        there[: len(values)] = values
        state[f"base.embeddings.{name}.weight"] = there
    reader.load_state_dict(state)


def _whole(held: Mapping[str, Any], name: str) -> Any:
    """Weights as they were before they were made one byte each."""
    zero = held[f"{name}_zero_point"].astype(np.float32)
    return (held[f"{name}_quantized"].astype(np.float32) - zero) * held[f"{name}_scale"]


def _rows(
    state: dict[str, Any], module: str, values: Any, bias: Any, there: Sequence[str], wanted: Sequence[str]
) -> None:
    """The rows of an output, by what they stand for."""
    weight, begins = state[f"{module}.weight"].clone(), state[f"{module}.bias"].clone()
    known = {name: row for row, name in enumerate(there)}
    for row, name in enumerate(wanted):
        if name in known:
            weight[row], begins[row] = torch.tensor(values[known[name]]), float(bias[known[name]])
    state[f"{module}.weight"], state[f"{module}.bias"] = weight, begins
