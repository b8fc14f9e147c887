"""The names things go by. Public: they stand in commands, files, mails and the ledger."""

import re
from dataclasses import dataclass

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CYCLE = re.compile(rf"(?P<plan>{SLUG})/(?P<obligation>O\d{{1,2}})/(?P<period>[0-9A-Z-]+)")


@dataclass(frozen=True, order=True, slots=True)
class CycleKey:
    """One obligation in one period, e.g. `hue-588/O2/2019`."""

    plan: str
    obligation: str
    period: str

    def __str__(self) -> str:
        return f"{self.plan}/{self.obligation}/{self.period}"

    @classmethod
    def parse(cls, text: str) -> "CycleKey":
        """Read `plan/obligation/period`; ValueError says what the form is."""
        match = _CYCLE.fullmatch(text.strip())
        if not match:
            raise ValueError(
                f"{text!r} is not a cycle: expected plan/obligation/period, e.g. hue-588/O2/2019"
            )
        return cls(**match.groupdict())
