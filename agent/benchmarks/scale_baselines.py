"""The other sides of the ``scale`` benchmark: a few of the questions by pandas and by Postgres, rows loaded beforehand.

Both get what an analyst would have taken out of the mirror: the whole chain by store and day, and by hour and by
product for a few stores. Loading is timed apart and is in no answer. Postgres runs over a socket in a folder of its
own, as another user where we are root, since it refuses to be root; without one installed it is left out.
"""

from __future__ import annotations

import os
import pwd
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.benchmarks.apart import peak_megabytes
from agent.benchmarks.ground import TODAY
from agent.benchmarks.measure import Report, percentiles
from agent.benchmarks.scale_mirror import mirror_path, store_name

if TYPE_CHECKING:
    import pandas as pd

    from connectors.mirror.reader import MirrorReader

_ROUNDS = 20
_STORES = 20
_YESTERDAY = TODAY - timedelta(days=1)
_WEEK_BEFORE = TODAY - timedelta(days=8)
_LAST_WEEK = TODAY - timedelta(days=7)
_FOUR_WEEKS = TODAY - timedelta(days=28)
_MEASURES = "CAST(net_minor AS BIGINT) AS net_minor, CAST(transactions AS BIGINT) AS transactions"
_TABLES = {
    "store_day": f"SELECT store_id, business_on, {_MEASURES} FROM store_day",
    "store_hour": f"SELECT store_id, business_on, hour_of_day, {_MEASURES} FROM store_hour WHERE {{few}}",
    "store_sku_day": f"SELECT store_id, business_on, variant_id, {_MEASURES} FROM store_sku_day WHERE {{few}}",
}
_QUESTIONS: Mapping[str, str] = {
    "one_store: sales yesterday": "SELECT sum(net_minor) FROM store_day"
    " WHERE store_id = %(store)s AND business_on = %(day)s",
    "one_store: yesterday against last week": "SELECT business_on, sum(net_minor) FROM store_day"
    " WHERE store_id = %(store)s AND business_on IN (%(day)s, %(before)s) GROUP BY 1",
    "one_store: sales by hour, four weeks": "SELECT hour_of_day, sum(net_minor) FROM store_hour"
    " WHERE store_id = %(store)s AND business_on BETWEEN %(first)s AND %(day)s GROUP BY 1 ORDER BY 1",
    "one_store: best products last week": "SELECT variant_id, sum(net_minor) FROM store_sku_day"
    " WHERE store_id = %(store)s AND business_on BETWEEN %(week)s AND %(day)s GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "chain: sales yesterday": "SELECT sum(net_minor) FROM store_day WHERE business_on = %(day)s",
    "chain: sales by store yesterday": "SELECT store_id, sum(net_minor) FROM store_day WHERE business_on = %(day)s"
    " GROUP BY 1 ORDER BY 2 DESC",
    "chain: sales by weekday, two years": "SELECT extract(isodow FROM business_on), sum(net_minor) FROM store_day"
    " GROUP BY 1 ORDER BY 1",
}
"""Named as in ``scale_questions``, so that each stands beside the tool's own time."""


def by_pandas(folder: Path, stores: int) -> Report:
    """Percentiles of each question over data frames in memory, and the peak of memory with them."""
    import pandas as pd

    started = time.perf_counter()
    frames: dict[str, pd.DataFrame] = {}
    with _reader(folder, stores) as reader:
        for name, sql in _selects(stores).items():
            with reader.batches(sql, timeout_seconds=600.0) as found:
                frame: pd.DataFrame = found.read_all().to_pandas()
            # Text as categories and money as plain integers: what somebody does who wants answers in milliseconds.
            frame["business_on"] = pd.to_datetime(frame["business_on"])
            frames[name] = frame.astype({"store_id": "category"})
    loading = time.perf_counter() - started
    day, before, week, first = (pd.Timestamp(one) for one in (_YESTERDAY, _WEEK_BEFORE, _LAST_WEEK, _FOUR_WEEKS))
    days, hours, products = frames["store_day"], frames["store_hour"], frames["store_sku_day"]

    def of(frame: pd.DataFrame, store: str, start: pd.Timestamp) -> pd.DataFrame:
        return frame[(frame["store_id"] == store) & (frame["business_on"] >= start) & (frame["business_on"] <= day)]

    answers: dict[str, Callable[[str], object]] = {
        "one_store: sales yesterday": lambda store: days.loc[
            (days["store_id"] == store) & (days["business_on"] == day), "net_minor"
        ].sum(),
        "one_store: yesterday against last week": lambda store: days[
            (days["store_id"] == store) & days["business_on"].isin([day, before])
        ].groupby("business_on")["net_minor"].sum(),
        "one_store: sales by hour, four weeks": lambda store: of(hours, store, first)
        .groupby("hour_of_day")["net_minor"].sum(),
        "one_store: best products last week": lambda store: of(products, store, week)
        .groupby("variant_id")["net_minor"].sum().nlargest(10),
        "chain: sales yesterday": lambda _: days.loc[days["business_on"] == day, "net_minor"].sum(),
        "chain: sales by store yesterday": lambda _: days[days["business_on"] == day]
        .groupby("store_id", observed=True)["net_minor"].sum().sort_values(),
        "chain: sales by weekday, two years": lambda _: days.groupby(days["business_on"].dt.weekday)["net_minor"].sum(),
    }  # fmt: skip
    report = _ask(answers, stores)
    return {**report, "seconds_to_load": round(loading, 1), "peak_mb": peak_megabytes()}


def by_postgres(folder: Path, stores: int) -> Report:
    """Percentiles of each question over a scratch cluster with its indexes; a sentence where there is no Postgres."""
    try:
        import psycopg
    except ImportError:
        return {"left_out": "The Python driver “psycopg” is not installed, so Postgres was not asked."}
    if not all(shutil.which(program) for program in ("initdb", "pg_ctl", "postgres")):
        return {"left_out": "No Postgres is installed, so it was not asked."}
    with (
        _cluster() as socket,
        psycopg.connect(host=str(socket), user="bench", dbname="postgres", autocommit=True) as connection,
    ):
        version = str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]
        started = time.perf_counter()
        _load(connection, folder, stores)
        loading = time.perf_counter() - started
        bound = {"day": _YESTERDAY, "before": _WEEK_BEFORE, "week": _LAST_WEEK, "first": _FOUR_WEEKS}

        def answer(sql: str) -> Callable[[str], object]:
            return lambda store: connection.execute(sql, {**bound, "store": store}).fetchall()

        report = _ask({name: answer(sql) for name, sql in _QUESTIONS.items()}, stores)
        size = connection.execute("SELECT pg_database_size(current_database()) / 1000000").fetchone()
    return {
        **report,
        "version": version.split()[0],
        "seconds_to_load": round(loading, 1),
        "size_mb": int(size[0]) if size else 0,
    }


@contextmanager
def _reader(folder: Path, stores: int) -> Iterator[MirrorReader]:
    from connectors.mirror.open import open_mirror

    with open_mirror(mirror_path(folder, stores), read_only=True) as mirror:
        yield mirror.reader


def _selects(stores: int) -> dict[str, str]:
    """The statements that take the baselines' rows out of the mirror; some stores stand for all where it is much."""
    few = ", ".join(f"'{name}'" for name in _few(stores))
    return {name: sql.format(few=f"store_id IN ({few})") for name, sql in _TABLES.items()}


def _few(stores: int) -> list[str]:
    chance = random.Random("stores of the baselines")  # noqa: S311 which stores they are is no secret
    return sorted(store_name(number) for number in chance.sample(range(stores), min(_STORES, stores)))


def _ask(answers: Mapping[str, Callable[[str], object]], stores: int) -> Report:
    few = _few(stores)
    report: Report = {}
    for name, answer in answers.items():
        chance = random.Random(name)  # noqa: S311 as above
        answer(few[0])
        taken = []
        for _ in range(_ROUNDS):
            store = chance.choice(few)
            started = time.perf_counter()
            answer(store)
            taken.append((time.perf_counter() - started) * 1000)
        report[name] = percentiles(taken)
    return report


@contextmanager
def _cluster() -> Iterator[Path]:
    """A Postgres of our own on a socket in a folder with a short name, stopped and removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="fw-pg-"))
    data, user = home / "data", None
    if os.getuid() == 0:
        user = "postgres" if _is_user("postgres") else "nobody"
        os.chown(home, pwd.getpwnam(user).pw_uid, -1)

    def run(*command: str) -> None:
        subprocess.run(  # noqa: S603 programs of the Postgres that is installed, our own arguments
            list(command), check=True, user=user, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    try:
        run("initdb", "-D", str(data), "-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C")
        settings = f"-c listen_addresses= -k {home} -c shared_buffers=512MB -c work_mem=64MB -c max_wal_size=4GB"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", settings, "start")
        try:
            yield home
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


_COLUMNS = {
    "store_day": "store_id text, business_on date, net_minor bigint, transactions bigint",
    "store_hour": "store_id text, business_on date, hour_of_day int, net_minor bigint, transactions bigint",
    "store_sku_day": "store_id text, business_on date, variant_id text, net_minor bigint, transactions bigint",
}
_INDEXES = (
    "CREATE INDEX ON store_day (store_id, business_on) INCLUDE (net_minor)",
    "CREATE INDEX ON store_day (business_on) INCLUDE (store_id, net_minor)",
    "CREATE INDEX ON store_hour (store_id, business_on)",
    "CREATE INDEX ON store_sku_day (store_id, business_on)",
)


def _load(connection: Any, folder: Path, stores: int) -> None:
    from pyarrow import csv

    with _reader(folder, stores) as reader:
        for name, sql in _selects(stores).items():
            connection.execute(f"CREATE TABLE {name} ({_COLUMNS[name]})")
            with (
                reader.batches(sql, timeout_seconds=600.0) as found,
                connection.cursor().copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy,
            ):
                sink = _Sink(copy)
                for batch in found:
                    csv.write_csv(batch, sink, csv.WriteOptions(include_header=False))
    for statement in (*_INDEXES, "VACUUM ANALYZE"):
        connection.execute(statement)


class _Sink:
    """A file to write to that hands everything to a COPY."""

    closed = False

    def __init__(self, copy: Any) -> None:
        self._copy = copy

    def write(self, data: Any) -> int:
        self._copy.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
