"""``floorwalker demo``: the production code on this machine, with stand-ins at its three borders.

Only addresses and tokens differ from ``serve``: Slack and Square are answered by ``connectors.sandbox`` over HTTP and
WebSocket on loopback, and without a language model the planner answers. The sample's past is in the mirror; its
future is played by the stand-in POS as the demo's clock passes it.
"""

from __future__ import annotations

import importlib
import socket
import threading
import webbrowser
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic, sleep

import structlog
import uvicorn
from pydantic import SecretStr
from starlette.routing import Mount

from agent.clock import DemoClock, SystemClock
from agent.commands.data import SAMPLE_ZONE, load_the_sample
from agent.errors import UnavailableError
from agent.log import configure_logging
from agent.sample import READ_TOKEN, WRITE_TOKEN, open_shop, sample_day, take_over
from agent.service import BRIEFING_SECONDS, Service, wait_for_signals
from agent.settings import Settings, read_settings
from agent.web import listen
from agent.wiring import Application

log = structlog.get_logger()

_HOST = "127.0.0.1"
_SYNC_SECONDS = 5
_SHORTEST_LOOK = 1.0
_OPENS_AT = time(6, 5)
_WEBHOOK_KEY = "sandbox-webhooks"


def run_demo(*, home: Path | None, port: int, open_browser: bool, today: date | None, speed: float) -> None:
    """Run until told to stop; prints ``ready http://127.0.0.1:N`` once a question would be answered.

    Raises:
        UnavailableError: the port is taken, or another process owns the state folder.
    """
    from connectors.sandbox.sample.prepared import prepared_home

    stopping = wait_for_signals()
    listener = listen(_HOST, port, "--port")
    address = f"http://{_HOST}:{listener.getsockname()[1]}"
    web_listener = listen(_HOST, 0, "--port")
    settings = _settings(home, address, f"http://{_HOST}:{web_listener.getsockname()[1]}")
    configure_logging(settings.log_format, "warning")
    day = today or SystemClock().now().astimezone(SAMPLE_ZONE).date()
    clock = demo_clock(day, speed)
    application = Application(settings, clock, write=True)
    # Whoever tries the demo late in the evening shall find the morning's briefing all the same.
    application.briefing_until = time.max
    server: StandIns | None = None
    look = max(_SHORTEST_LOOK, BRIEFING_SECONDS / max(speed, 1.0))
    service = Service(application, briefing_seconds=look, web_listener=web_listener, signals=False)
    try:
        laid_out_for = sample_day(settings.home, prepared_home(), day, forced=today is not None)
        server = _prepare(application, clock, laid_out_for, listener)
        server.start()
        take_over(application.mirror, application.readers.values(), laid_out_for)
        service.sync_now()
        service.start()
        server.send_webhooks(application.webhook_doors["square"].url)
        server.wait_for_briefings(application)
        print(f"ready {address}", flush=True)  # noqa: T201 the contract's line
        if open_browser:
            with suppress(webbrowser.Error):
                webbrowser.open(address)
        stopping.wait()
    finally:
        service.stop()
        if server is not None:
            server.stop()


def _prepare(application: Application, clock: DemoClock, day: date, listener: socket.socket) -> StandIns:
    """Load the sample; meanwhile, as the engine leaves the interpreter free, import the rest and furnish the POS."""
    from connectors.sandbox.sample.prepared import forget_shop

    home = application.home
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="prepare") as aside:
        imported = aside.submit(_import_the_rest)
        furnished: list[Future[StandIns]] = []

        def furnish() -> None:
            # Only a sample laid out anew comes here.
            forget_shop(home)
            furnished.append(aside.submit(StandIns, home, clock, day, listener))

        load_the_sample(application, day, furnish)
        imported.result()
        return furnished[0].result() if furnished else StandIns(home, clock, day, listener)


def _import_the_rest() -> None:
    for name in ("agent.conversation.turn", "agent.slack.runtime", "agent.proposals.service", "dbos"):
        importlib.import_module(name)


def demo_clock(day: date, speed: float) -> DemoClock:
    """The demo's clock: ``day`` at the present time of day, but never before its morning briefing is due."""
    now = SystemClock().now().astimezone(SAMPLE_ZONE)
    earliest = datetime.combine(day, _OPENS_AT, SAMPLE_ZONE)
    return DemoClock(max(datetime.combine(day, now.time(), SAMPLE_ZONE), earliest), speed)


class StandIns:
    """The stand-in Slack and POS behind one loopback address."""

    def __init__(self, home: Path, clock: DemoClock, day: date, listener: socket.socket) -> None:
        from connectors.sandbox.square.app import new_faults, pos_app
        from connectors.sandbox.standin.control import control_routes
        from connectors.sandbox.workspace import Workspace, workspace_app
        from connectors.sandbox.workspace.demo import demo_seed

        folder = home / "sandbox"
        folder.mkdir(parents=True, exist_ok=True)
        self._feed, self._pos = open_shop(home, clock, day)
        self._workspace = Workspace(folder / "workspace.sqlite", demo_seed())
        faults = new_faults()
        routes = [Mount("/pos", app=pos_app(self._pos, faults)), *control_routes(self._pos, faults)]
        app = workspace_app(self._workspace, routes)
        config = uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._listener = listener
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="stand-ins", daemon=True
        )

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise UnavailableError("demo: the stand-in servers did not start; the log says why.")
            sleep(0.01)

    def send_webhooks(self, url: str) -> None:
        """Tell ``url`` of what happens in the shop from now on, as Square would."""
        from connectors.sandbox.standin.happenings import WebhookTarget

        self._pos.webhook = WebhookTarget(url, SecretStr(_WEBHOOK_KEY))

    def wait_for_briefings(self, application: Application, timeout_seconds: float = 30.0) -> None:
        """Wait until this morning's briefings stand in their channels."""
        briefings = application.briefings(application.slack.briefings if application.slack else None)
        deadline = monotonic() + timeout_seconds
        while briefings.due_now() and monotonic() < deadline:
            sleep(0.05)

    def stop(self) -> None:
        """Stop answering; what was accepted is on disk already."""
        # An open page holds a stream; without this the server would wait for it.
        self._workspace.hub.close()
        self._server.should_exit = True
        self._thread.join(timeout=5)
        self._pos.close()
        self._feed.close()
        self._workspace.close()
        self._listener.close()


def _settings(home: Path | None, address: str, web_address: str) -> Settings:
    from connectors.sandbox.sample.world import SEED
    from connectors.sandbox.workspace.demo import DEMO_APP_TOKEN, DEMO_BOT_TOKEN

    return read_settings(
        home=home,
        slack_bot_token=SecretStr(DEMO_BOT_TOKEN),
        slack_app_token=SecretStr(DEMO_APP_TOKEN),
        slack_api_url=f"{address}/slack/api/",
        square_access_token=SecretStr(READ_TOKEN),
        square_write_token=SecretStr(WRITE_TOKEN),
        square_webhook_key=SecretStr(_WEBHOOK_KEY),
        square_base_url=f"{address}/pos",
        connection="square",
        channel_replies="all",
        pseudonym_key=SecretStr(SEED),
        members=" ",
        channels=" ",
        sync_seconds=_SYNC_SECONDS,
        http_port=0,
        public_url=web_address,
    )
