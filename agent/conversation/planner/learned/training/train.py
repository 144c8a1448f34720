"""Trains the network on the labelled questions and writes ``questions.onnx`` and ``labels.json``.

    python -m agent.conversation.planner.learned.training.train MODEL_DIR [--epochs 6] [--on] [--to DIR]

``MODEL_DIR`` holds all-MiniLM-L6-v2 as Sentence Transformers lay it out. One network with three outputs (Chen, Zhuo and
Wang 2019): the tool, from the mean over the pieces of a question; the words of its arguments, each by itself and judged
only where the tool has such an argument; and for every piece of which argument's value it is part.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel, AutoTokenizer

from agent.conversation.planner.learned.network import MOST_PIECES, Network
from agent.conversation.planner.learned.training.labelled import HELD_OUT, Labelled, planned, written
from agent.conversation.planner.learned.training.present import put_back
from agent.conversation.planner.plan import by_rules
from agent.conversation.surroundings import NamedStore, Surroundings
from tools.registry import catalogue

_WIDTH = 384
_BATCH = 32
_FEWEST_WORDS, _FEWEST_SPANS = 6, 3
"""Words and arguments of fewer questions are not learned."""
_COMMON = 17_000
"""Pieces further down the sentence model's list are kept only where a question holds them."""
_PLAIN = re.compile(r"(##)?[a-z0-9]+|[!-/:-@\[-`{-~£€“”’–—]")
_GOING_ON = 0.4
"""How fast weights that were learned before change, against new ones."""
_FRAME = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_HERE = Path(__file__).parent.parent
_NAMES = ("Market Street", "Harbor Point", "Maple Avenue", "Station Road", "Harbor Street")
_OTHER_NAMES = (
    "Main Street", "Oakwood", "Store 12", "Riverside", "store 37", "Union Square", "Lakeview", "Hillcrest",
    "Fifth Avenue", "the Airport shop", "Northgate", "Elm Grove", "Westfield", "Bay Ridge", "S04", "Cedar Park",
    "Old Town", "King Street",
)  # fmt: skip
_AROUND = Surroundings(
    today="2026-11-23",
    stores=tuple(NamedStore(f"S0{number}", name) for number, name in enumerate(_NAMES, 1)),
    departments=("Deli", "Drug GM", "Fuel", "Grocery", "Meat", "Nutrition", "Pastry", "Produce", "Seafood"),
)


class Labels:
    """The outputs of the network, in order, and which words a tool can have."""

    def __init__(self, questions: Sequence[Labelled]) -> None:
        said = Counter(word for one in questions for word in one.words or ())
        spans = Counter(name for one in questions for name in one.spans)
        self.tools = sorted({one.tool for one in questions})
        self.words = sorted(word for word, count in said.items() if count >= _FEWEST_WORDS)
        self.tags = ["O"] + [
            first + name for name, count in sorted(spans.items()) if count >= _FEWEST_SPANS for first in ("B-", "I-")
        ]
        known = catalogue()
        self._had = {
            name: torch.tensor(
                [name in known and word.partition("=")[0] in known[name].arguments.model_fields for word in self.words]
            ).float()
            for name in self.tools
        }

    def had(self, tool: str) -> torch.Tensor:
        """1 for each word whose argument the tool has, else 0."""
        return self._had[tool]

    def marks(self, one: Labelled) -> torch.Tensor:
        """1 for each word that the question asks for, else 0."""
        return torch.tensor([float(word in (one.words or ())) for word in self.words])

    def tagged(self, spans: Mapping[str, tuple[int, int]], places: Sequence[tuple[int, int]]) -> list[int]:
        """The tag of each piece; -100 for what frames a question or fills it up."""
        tags = [-100 if start == end else 0 for start, end in places]
        for name, (first, last) in spans.items():
            if f"B-{name}" not in self.tags:
                continue
            inside = [at for at, (start, end) in enumerate(places) if start < end and first <= start and end <= last]
            for at in inside:
                tags[at] = self.tags.index(("B-" if at == inside[0] else "I-") + name)
        return tags


class Reader(nn.Module):
    """The sentence model with an output for tools, one for words and one for each piece's tag."""

    def __init__(self, base: nn.Module, labels: Labels) -> None:
        super().__init__()
        self.base, self.dropout = base, nn.Dropout(0.1)
        self.tools = nn.Linear(_WIDTH, len(labels.tools))
        self.words = nn.Linear(_WIDTH, len(labels.words))
        self.tags = nn.Linear(_WIDTH, len(labels.tags))

    def forward(self, pieces: torch.Tensor, held: torch.Tensor | None = None) -> tuple[torch.Tensor, ...]:
        """Scores (questions, tools), (questions, words), (questions, pieces, tags); ``held`` is 0 where filled up."""
        held = torch.ones_like(pieces) if held is None else held
        each = self.base(input_ids=pieces, attention_mask=held).last_hidden_state
        share = held.unsqueeze(-1).float()
        mean = self.dropout((each * share).sum(1) / share.sum(1))
        return self.tools(mean), self.words(mean), self.tags(self.dropout(each))


def varied(one: Labelled, chance: random.Random) -> Labelled:
    """The question with stores of other names, without its last mark or with two letters changed places, by chance."""
    question, spans = one.question, dict(one.spans)
    for name in _NAMES:
        at = question.lower().find(name.lower())
        if at >= 0 and chance.random() < 0.6:
            other = chance.choice(_OTHER_NAMES)
            longer = len(other) - len(name)
            question = question[:at] + other + question[at + len(name) :]
            spans = {
                key: (start + longer * (start > at), end + longer * (end > at)) for key, (start, end) in spans.items()
            }
    drawn = chance.random()
    if drawn < 0.15:
        question = question.rstrip("?.! ")
    elif drawn < 0.22 and len(question) > 1:
        at = chance.randrange(len(question) - 1)
        if question[at : at + 2].isalpha():
            question = question[:at] + question[at + 1] + question[at] + question[at + 2 :]
    return Labelled(question, one.tool, one.words, spans)


def batches(questions: Sequence[Labelled], chance: random.Random) -> list[list[Labelled]]:
    """All questions, those of about one length together, the batches in any order."""
    about = sorted(questions, key=lambda one: len(one.question) // 15 + chance.random() * 3)
    cut = [about[start : start + _BATCH] for start in range(0, len(about), _BATCH)]
    chance.shuffle(cut)
    return cut


def loss_of(reader: Reader, tokenizer: Any, labels: Labels, batch: Sequence[Labelled]) -> torch.Tensor:
    """How far the network is from the labels of some questions."""
    said = tokenizer(
        [one.question.lower() for one in batch],
        padding=True, truncation=True, max_length=MOST_PIECES, return_tensors="pt", return_offsets_mapping=True,
    )  # fmt: skip
    tools, words, tags = reader(said["input_ids"], said["attention_mask"])
    right = torch.tensor([labels.tools.index(one.tool) for one in batch])
    loss = nn.functional.cross_entropy(tools, right, label_smoothing=0.05)
    whole = [at for at, one in enumerate(batch) if one.words is not None]
    if not whole:
        return loss
    marks = torch.stack([labels.marks(batch[at]) for at in whole])
    had = torch.stack([labels.had(batch[at].tool) for at in whole])
    off = nn.functional.binary_cross_entropy_with_logits(
        words[whole], marks, reduction="none", pos_weight=torch.tensor(2.0)
    )
    places = said["offset_mapping"].tolist()
    wanted = torch.tensor([labels.tagged(batch[at].spans, places[at]) for at in whole])
    apart = nn.functional.cross_entropy(tags[whole].flatten(0, 1), wanted.flatten(), ignore_index=-100)
    return loss + 0.5 * (off * had).sum() / len(whole) + 2 * apart


def trained(
    questions: Sequence[Labelled], labels: Labels, model: Path, epochs: int, chance: random.Random, *, on: bool = False
) -> Reader:
    """The network after so many rounds over all questions; what it makes of a question is the same in every run.

    With ``on`` it begins with the weights that it has, which change more slowly then.
    """
    tokenizer = AutoTokenizer.from_pretrained(model)
    reader = Reader(AutoModel.from_pretrained(model, attn_implementation="eager"), labels)
    speed = 1.0
    if on:
        wanted = {"tools": labels.tools, "words": labels.words, "tags": labels.tags}
        put_back(reader, wanted, tokenizer.get_vocab(), _HERE)
        speed = _GOING_ON
    fast, slow = 3e-3 * speed, 1.5e-4 * speed
    outputs = [*reader.tools.parameters(), *reader.words.parameters(), *reader.tags.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": reader.base.parameters(), "lr": slow}, {"params": outputs, "lr": fast}],
        weight_decay=0.01,
        fused=True,
    )
    steps = epochs * -(-len(questions) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [slow, fast], total_steps=steps + 1, pct_start=0.1)
    reader.train()
    for epoch in range(epochs):
        total = 0.0
        for batch in batches(questions, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(reader, tokenizer, labels, [varied(one, chance) for one in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"round {epoch + 1}: {total / len(questions):.3f}", flush=True)  # noqa: T201
    return reader.eval()


def kept_pieces(tokenizer: Any, questions: Iterable[Labelled]) -> list[int]:
    """The rows of the sentence model's list that stay: plain English and what the questions hold."""
    said = {row for one in questions for row in tokenizer(one.question.lower())["input_ids"]}
    known = sorted(tokenizer.get_vocab().items(), key=lambda one: one[1])
    return [
        row
        for piece, row in known
        if piece in _FRAME
        or (_PLAIN.fullmatch(piece) and (row < _COMMON or row in said or len(piece.removeprefix("##")) <= 2))
    ]


def write(reader: Reader, labels: Labels, model: Path, questions: Sequence[Labelled], to: Path) -> None:
    """The network with weights of one byte, and the names of its outputs and pieces."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    rows = kept_pieces(tokenizer, questions)
    embeddings: Any = reader.base.embeddings
    for name, kept in (("word_embeddings", rows), ("position_embeddings", list(range(MOST_PIECES)))):
        weights = getattr(embeddings, name).weight.data[kept].clone()
        setattr(embeddings, name, nn.Embedding.from_pretrained(weights))
    whole = to / "whole.onnx"
    torch.onnx.export(
        reader, (torch.tensor([[2, 5, 6, 7, 3]]),), str(whole), input_names=["pieces"],
        output_names=["tools", "values", "tags"], dynamic_axes={"pieces": {1: "count"}, "tags": {1: "count"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(whole, to / "questions.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    pieces = [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda one: one[1])]
    named = {
        "tools": labels.tools,
        "values": labels.words,
        "tags": labels.tags,
        "pieces": [pieces[row] for row in rows],
    }
    (to / "labels.json").write_text(json.dumps(named, separators=(",", ":")), "utf-8")


def measured(to: Path, questions: Sequence[Labelled]) -> str:
    """How many of the held-out questions the written network takes for their tool, first of all or among three."""
    labels = json.loads((to / "labels.json").read_text("utf-8"))
    network = Network((to / "questions.onnx").read_bytes(), labels)
    ranked = [[name for name, _ in network.take(one.question).tools[:3]] for one in questions]
    first = sum(one.tool == names[0] for one, names in zip(questions, ranked, strict=True))
    three = sum(one.tool in names for one, names in zip(questions, ranked, strict=True))
    return f"held out: {len(questions)} questions, the tool {first} times first, {three} times among three"


def main() -> None:
    """Train on everything and write the network where the planner reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--on", action="store_true", help="go on from the present weights: one or two rounds suffice")
    parser.add_argument("--to", type=Path, default=_HERE)
    chosen = parser.parse_args()
    torch.manual_seed(1)
    questions = [*planned(Path("tests/evals"), lambda said: by_rules(said, (), _AROUND)), *written()]
    labels = Labels(questions)
    reader = trained(questions, labels, chosen.model, chosen.epochs, random.Random(1), on=chosen.on)  # noqa: S311
    write(reader, labels, chosen.model, questions, chosen.to)
    print(measured(chosen.to, list(written(HELD_OUT))))  # noqa: T201


if __name__ == "__main__":
    main()
