"""Many rows of the mirror by column, for what is reckoned over all of them at once rather than row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.context import BatchPort
from tools.metrics.windows import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: ``codes`` has the place in ``values`` of each row's text, -1 where there is none."""

    codes: NDArray[np.int64]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of a statement: ``number`` of them, texts and numbers by the names of their columns.

    Days are numbers too, counted from 1 January 1970.
    """

    number: int
    texts: Mapping[str, Texts]
    numbers: Mapping[str, NDArray[Any]]


def read_columns(mirror: BatchPort, statement: Statement) -> Columns:
    """Run a statement whose columns are texts, or whole numbers, doubles, truths and days that are never null."""
    import numpy as np
    import pyarrow as pa

    with mirror.batches(statement.sql, statement.params) as batches:
        table = batches.read_all()
    texts: dict[str, Texts] = {}
    numbers: dict[str, NDArray[Any]] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_string(column.type) or pa.types.is_null(column.type):
            coded = column.cast(pa.string()).dictionary_encode().unify_dictionaries().combine_chunks()
            if isinstance(coded, pa.ChunkedArray):  # without rows nothing is combined
                texts[name] = Texts(np.zeros(0, dtype=np.int64), ())
                continue
            codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            texts[name] = Texts(codes.astype(np.int64), tuple(coded.dictionary.to_pylist()))
        elif pa.types.is_date(column.type):
            numbers[name] = column.to_numpy().astype("datetime64[D]").astype(np.int64)
        else:
            numbers[name] = column.to_numpy()
    return Columns(table.num_rows, texts, numbers)
