"""Durable workflows and periodic ticks; the only module that knows DBOS.

Rules kept here: one process per state folder runs workflows (a file lock decides which; the others only read and write
rows, and the owner's sweeps pick their work up); names, application version and executor id are fixed, so work that
a crash interrupted is found again by the next start; work that is on record as running and that no thread here runs is
called lost; nothing is sent anywhere and no port is opened.
"""

from __future__ import annotations

import fcntl
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

import structlog

from agent.errors import UnavailableError

P = ParamSpec("P")
R = TypeVar("R")

log = structlog.get_logger()

_APPLICATION_VERSION = "1"
_EXECUTOR = "main"
_RUNNING = frozenset({"PENDING", "ENQUEUED", "DELAYED"})
_TAKEN_UP_WITHIN = 15.0
"""Seconds in which what is on record as running has to be at work in a thread here; a start takes two or three."""


class Steps(Protocol):
    """What a workflow may do: everything else it does must be repeatable."""

    def run(self, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``function`` once and remember what it returned; after a crash the memory is used instead."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; after a crash only the rest of the time."""
        ...


class _DurableSteps:
    def run(self, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        from dbos import DBOS

        return DBOS.run_step({"name": name}, function, *args, **kwargs)

    def sleep(self, seconds: float) -> None:
        from dbos import DBOS

        DBOS.sleep(seconds)


class Jobs:
    """Workflows by name. Register, ``launch``, ``start``; ``close`` waits for what is running.

    Args:
        home: the state folder; ``dbos.sqlite`` and ``jobs.lock`` live there.
        name: the application's name in the workflow database.
        database_url: another workflow database, such as Postgres.
    """

    _launched_here: ClassVar[Jobs | None] = None

    def __init__(self, home: Path, name: str = "floorwalker", *, database_url: str = "") -> None:
        self._home = home
        self._name = name
        self._url = database_url or f"sqlite:///{home / 'dbos.sqlite'}"
        self._bodies: dict[str, Callable[..., None]] = {}
        self._workflows: dict[str, Callable[..., None]] = {}
        self._lock_file: IO[str] | None = None
        self._idle = threading.Condition()
        self._active: Counter[str] = Counter()
        self._unseen: dict[str, float] = {}
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def owner(self) -> bool:
        """Whether this process runs the workflows of the folder."""
        return self._lock_file is not None

    def register(self, name: str, body: Callable[Concatenate[Steps, ...], None]) -> None:
        """Name a workflow. Its arguments are plain values; it is called again from the top after a crash."""
        self._bodies[name] = body

    def launch(self) -> bool:
        """Take the folder's lock, recover interrupted work and begin. False if another process owns the folder.

        Raises:
            UnavailableError: this process already runs the workflows of another folder.
        """
        if self.owner:
            return True
        if not self._take_lock():
            log.info("jobs.owned_elsewhere", home=self._home.name)
            return False
        if Jobs._launched_here is not None:
            self._release_lock()
            raise UnavailableError("This program already runs the jobs of another state folder; close that one first.")
        Jobs._launched_here = self
        # Imported here: it costs a third of a second that commands which only read should not pay.
        from dbos import DBOS

        DBOS(
            config={
                "name": self._name,
                "system_database_url": self._url,
                "application_version": _APPLICATION_VERSION,
                "executor_id": _EXECUTOR,
                "log_level": "ERROR",
                "enable_otlp": False,
                # Only the shutdown waits for this poll; with nobody listening it costs nothing.
                "notification_listener_polling_interval_sec": 0.1,
            }
        )
        for name, body in self._bodies.items():
            self._workflows[name] = DBOS.workflow(name=name)(self._counted(body))
        DBOS.launch()
        log.info("jobs.launched", workflows=len(self._workflows))
        return True

    def start(self, name: str, workflow_id: str, *args: Any) -> bool:
        """Start a workflow unless one with this id was ever started. False when this process is not the owner."""
        if not self.owner or self._stop.is_set():
            return False
        from dbos import DBOS, SetWorkflowID

        with SetWorkflowID(workflow_id):
            DBOS.start_workflow(self._workflows[name], *args)
        return True

    def state(self, workflow_id: str) -> str:
        """``running``, ``ended``, ``none``, or ``lost``: on record as running, and no thread has run it for long.

        What is lost may be found after all, so whoever does its work by another workflow must do so one at a time.
        """
        if not self.owner:
            return "none"
        from dbos import DBOS

        status = DBOS.get_workflow_status(workflow_id)
        if status is None:
            return "none"
        if status.status not in _RUNNING:
            self._unseen.pop(workflow_id, None)
            return "ended"
        return "lost" if self._is_lost(workflow_id) else "running"

    def every(self, seconds: float, name: str, function: Callable[[], object]) -> None:
        """Call ``function`` now and then every ``seconds`` in a thread of its own, in the owning process only.

        The work must be harmless to repeat: its guard is in the database, not here.
        """
        if not self.owner:
            return

        def tick() -> None:
            while not self._stop.is_set():
                try:
                    function()
                except Exception:
                    # One bad round must not end the sweep; the next one tries again.
                    log.exception("jobs.tick_failed", job=name)
                self._stop.wait(seconds)

        thread = threading.Thread(target=tick, name=f"every-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def close(self, timeout_seconds: float = 10.0) -> None:
        """Stop ticking, wait for running workflows, and give the folder back."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout_seconds)
        if not self.owner:
            return
        with self._idle:
            self._idle.wait_for(lambda: not self._active, timeout_seconds)
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)
        Jobs._launched_here = None
        self._release_lock()

    def _counted(self, body: Callable[..., None]) -> Callable[..., None]:
        def workflow(*args: Any) -> None:
            from dbos import DBOS

            workflow_id = DBOS.workflow_id or ""
            with self._idle:
                self._active[workflow_id] += 1
            try:
                body(_DurableSteps(), *args)
            finally:
                with self._idle:
                    self._active[workflow_id] -= 1
                    self._active += Counter()  # forgets what nobody runs any more
                    self._idle.notify_all()

        return workflow

    def _is_lost(self, workflow_id: str) -> bool:
        """Whether it was looked for and not found at work here for as long as taking it up may take."""
        with self._idle:
            if self._active[workflow_id]:
                self._unseen.pop(workflow_id, None)
                return False
            since = self._unseen.setdefault(workflow_id, time.monotonic())
        return time.monotonic() - since > _TAKEN_UP_WITHIN

    def _take_lock(self) -> bool:
        self._home.mkdir(parents=True, exist_ok=True)
        handle = (self._home / "jobs.lock").open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return False
        self._lock_file = handle
        return True

    def _release_lock(self) -> None:
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None
