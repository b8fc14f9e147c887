"""`dondoc serve`: the page, Prefect's server and one worker as children of this process, in its process group.

A part that ends is started again. SIGINT, SIGTERM or SIGHUP ends all of them within ten seconds; a flow run that was
under way is cut off, which the ledger stands, and is declared crashed at the next start.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from dondoc.serve.children import NotReadyError, stop_child, wait_until_answers
from dondoc.serve.environment import (
    LOOPBACK,
    api_url,
    dondoc_environment,
    free_port,
    is_free,
    prefect_environment,
)
from dondoc.serve.orphans import adopt_orphans, end_orphans
from dondoc.serve.part import Part
from dondoc.serve.server import START_SECONDS, server_command
from tasks.adapters import clock
from tasks.adapters.home import Home, open_home
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.settings import Settings

USUAL_PREFECT_PORT = 4200
_LOOK_EVERY = 0.2
_CALENDAR_EVERY = 5.0
_LOOK_AT_SWEEPS_EVERY = 15 * 60.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(settings: Settings, port: int = 8080, host: str = LOOPBACK, prefect_port: int | None = None) -> int:
    """Run until told to stop. 0 stopped; 2 a port is taken, with one line on stderr.

    `host` is for the page alone: Prefect has no users, so it listens on loopback whatever is asked.
    """
    if prefect_port is None:
        prefect_port = USUAL_PREFECT_PORT if is_free(LOOPBACK, USUAL_PREFECT_PORT) else free_port()
    for where, wanted, option in ((host, port, "--port"), (LOOPBACK, prefect_port, "--prefect-port")):
        if not is_free(where, wanted):
            sys.stderr.write(f"dondoc: {where}:{wanted} is in use; choose another with {option}\n")
            return 2
    return Supervisor(open_home(settings), port, host, prefect_port).run()


class Supervisor:
    def __init__(self, home: Home, port: int, host: str, prefect_port: int) -> None:
        self.home, self.port, self.host = home, port, host
        self.api = api_url(prefect_port)
        self.env = {
            **dondoc_environment(home.settings),
            **prefect_environment(home.folder, prefect_port),
        }
        web = ["-m", "dondoc.web", "--host", host, "--port", str(port)]
        self.web = self._part("web", [sys.executable, *web])
        self.server = self._part("prefect-server", server_command(prefect_port))
        self.worker = self._part("worker", [sys.executable, "-m", "dondoc.serve.worker"])
        self.worker.before_restart = self._end_orphans
        self.watcher = self._part("watch", [sys.executable, "-m", "dondoc.serve.watching"])
        self._look_at_sweeps = time.monotonic() + _LOOK_AT_SWEEPS_EVERY
        self.stopping = False
        self._shown: object = None

    def run(self) -> int:
        with self._signals():
            try:
                adopt_orphans()
                self._start()
                while not self.stopping:
                    self._watch()
            except NotReadyError as error:
                if not self.stopping:
                    say(f"not started: {error}")
                    return 1
            finally:
                self._stop()
        return 0

    def _start(self) -> None:
        say(f"home    {self.home.folder.resolve()}")
        say(f"logs    {self._log('web').parent}")
        self.server.start()
        self.web.start()
        self._await(self.web, f"http://{_asked(self.host)}:{self.port}/suc-khoe")
        self._await(self.server, f"{self.api}/health")
        if not self.stopping:
            say(f"page    http://{_asked(self.host)}:{self.port}/")
        self._deploy()
        if not self.stopping:
            self.worker.start()
            say(f"Prefect {self.api.removesuffix('/api')}/deployments")
            say("ready; Ctrl-C stops everything")

    def _await(self, part: Part, url: str) -> None:
        if part.child and not self.stopping:
            wait_until_answers(
                url, part.child, part.log, seconds=START_SECONDS, going_on=lambda: not self.stopping
            )

    def _watch(self) -> None:
        """Look after the parts; when plans or dates have changed, or a new day began, show the new calendar."""
        until = time.monotonic() + _CALENDAR_EVERY
        while not self.stopping and time.monotonic() < until:
            for part in (self.web, self.server, self.worker):
                part.look_after(say)
            time.sleep(_LOOK_EVERY)
        if not self.stopping:
            self._watch_sweeps()
        if not self.stopping and self._what_is_to_show() != self._shown:
            self._deploy()

    def _watch_sweeps(self) -> None:
        """The dead man's switch, for as long as this process lives; a timer may do the same besides."""
        if time.monotonic() >= self._look_at_sweeps:
            self._look_at_sweeps = time.monotonic() + _LOOK_AT_SWEEPS_EVERY
            self.watcher.stop(1)
            self.watcher.start()

    def _deploy(self) -> None:
        """In a process of its own, as its imports are heavy; a failure is told and tried again at the next look."""
        if self.stopping:
            return
        wanted = self._what_is_to_show()
        options = ["--calendar"] if self._shown else []
        part = self._part("deploy", [sys.executable, "-m", "dondoc.serve.deploy", *options])
        child = part.start()
        try:
            while child.poll() is None:
                if self.stopping:
                    return
                time.sleep(_LOOK_EVERY)
        finally:
            stop_child(child, 1)
        if child.returncode:
            say(f"the calendar could not be deployed (code {child.returncode}); see {part.log}")
        else:
            self._shown = wanted

    def _what_is_to_show(self) -> object:
        with self.home.ledger.read() as session:
            plans = {code: sha256 for code, (_, sha256) in current_plans(session).items()}
            return clock.now().date(), plans, set_dues(session)

    def _stop(self) -> None:
        self.stopping = True
        self.watcher.stop(1)
        self.web.stop(2)
        self.worker.stop(3)
        self._end_orphans()
        self.server.stop(3)
        end_orphans((), 0.5)
        say("stopped")

    def _end_orphans(self) -> None:
        """Before a new worker starts, nothing of the old one may still be sweeping."""
        parts = (self.web, self.server, self.worker, self.watcher)
        end_orphans([part.child.pid for part in parts if part.child], 1)

    def _part(self, name: str, command: list[str]) -> Part:
        return Part(name, command, self.env, self._log(name))

    def _log(self, name: str) -> Path:
        return self.home.folder.resolve() / "logs" / f"{name}.log"

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(_number: int, _frame: FrameType | None) -> None:
            self.stopping = True

        before: list[tuple[int, Callable[[int, FrameType | None], object] | int | None]] = [
            (number, signal.signal(number, stop)) for number in _SIGNALS
        ]
        try:
            yield
        finally:
            for number, handler in before:
                signal.signal(number, handler)


def say(line: str) -> None:
    sys.stdout.write(f"dondoc: {line}\n")
    sys.stdout.flush()


def _asked(host: str) -> str:
    """Where to ask for a page that listens on every address."""
    return LOOPBACK if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
