"""One part of the installation: a process that is started again when it ends, with growing pauses."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dondoc.serve.children import start_child, stop_child

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
"""Seconds a part must live for its next pause to be short again."""

_LOG_BYTES = 5_000_000


@dataclass
class Part:
    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    before_restart: Callable[[], None] = lambda: None
    child: "subprocess.Popen[bytes] | None" = None
    _started: float = 0.0
    _pause: float = field(default=FIRST_PAUSE)
    _again_at: float | None = None

    def start(self) -> "subprocess.Popen[bytes]":
        turn_log(self.log)
        self.child = start_child(self.command, self.env, self.log)
        self._started, self._again_at = time.monotonic(), None
        return self.child

    def look_after(self, say: Callable[[str], None]) -> None:
        """Notice that it ended, and start it again when its pause is over."""
        if self.child is None:
            return
        now = time.monotonic()
        if self._again_at is not None:
            if now >= self._again_at:
                self.before_restart()
                self.start()
            return
        code = self.child.poll()
        if code is None:
            return
        self._pause = (
            FIRST_PAUSE if now - self._started > HEALTHY_AFTER else min(self._pause * 2, LONGEST_PAUSE)
        )
        self._again_at = now + self._pause
        say(f"{self.name} ended (code {code}); starting it again in {self._pause:.1f} s; see {self.log}")

    def stop(self, seconds: float) -> None:
        if self.child is not None:
            stop_child(self.child, seconds)
            self.child = None


def turn_log(log: Path) -> None:
    """Keep the log of before as `.1` once it has grown large."""
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
