"""A message of the ledger as a person reads it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.calendar import PlannedCycle
from models.ids import CycleKey
from models.message_reasons import reason_words, what_to_do
from models.message_steps import step_words
from models.message_words import (
    StateWords,
    actor_words,
    come_back_words,
    event_words,
    kind_words,
    state_words,
)
from models.tables import EventRow, InboundRow, MessageRow
from models.units import UnitTree
from tasks.adapters.ledger.outbox import NO_ADDRESS

Planned = dict[CycleKey, PlannedCycle]
_LATER_COLUMNS = {"tried_at": "Lần gửi gần nhất", "lease_until": "Được giữ để gửi đến"}
_PAYLOAD = {"reason": "Lý do đầu mối ghi", "new_day": "Ngày mới", "file": "Tệp", "version": "Phiên bản"}


@dataclass(frozen=True)
class Shown:
    """One message in words; the row itself for what needs none."""

    row: MessageRow
    unit_name: str
    cycle_name: str

    @property
    def to(self) -> str:
        return "" if self.row.recipient == NO_ADDRESS else self.row.recipient

    @property
    def kind(self) -> str:
        kind = kind_words(self.row.kind)
        return f"{kind} (tin nhắn)" if "sms" in json.loads(self.row.payload) else kind

    @property
    def step(self) -> str:
        return step_words(self.row.step)

    @property
    def state(self) -> StateWords:
        return state_words(self.row.state)

    @property
    def reason(self) -> str:
        return reason_words(self.row.reason)

    @property
    def todo(self) -> str:
        return what_to_do(self.row.state, self.row.reason)

    @property
    def not_before(self) -> datetime | None:
        """From when it may go; None where nothing waits."""
        return self.row.not_before if self.row.state == "queued" else None

    @property
    def commands(self) -> list[str]:
        """What the admin types; by the key, since several messages may share a Message-ID."""
        return [
            " ".join(("dondoc outbox", verb, f'"{self.row.key}"', *options))
            for verb, *options in (command.split() for command in self.state.commands)
        ]

    @property
    def moments(self) -> list[tuple[str, datetime]]:
        told = self.row.model_dump()
        return [(words, told[name]) for name, words in _LATER_COLUMNS.items() if told.get(name)]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the mail was given to say."""
        payload: dict[str, Any] = json.loads(self.row.payload)
        return [(words, str(payload[name])) for name, words in _PAYLOAD.items() if payload.get(name)]

    @property
    def findings(self) -> list[str]:
        return [str(each["message"]) for each in json.loads(self.row.payload).get("findings", [])]


def as_shown(row: MessageRow, tree: UnitTree, planned: Planned) -> Shown:
    known = row.unit in tree
    name = tree.nearest(row.unit, row.decided_at.date()).body if known else row.unit
    return Shown(row, name, cycle_name(row.cycle, planned))


def cycle_name(key: str, planned: Planned) -> str:
    cycle = planned.get(CycleKey.parse(key))
    return f"{cycle.obligation.title}, {cycle.period.vietnamese}" if cycle else key


def story(
    row: MessageRow, events: list[EventRow], back: list[InboundRow], until: datetime
) -> list[tuple[datetime, str, str]]:
    """(when, what, by whom or which status), in order, of what had happened until then."""
    told = [(row.decided_at, "quyết định gửi" if row.state != "skipped" else "quyết định", "")]
    if row.sent_at:
        told.append((row.sent_at, state_words("sent").label, ""))
    told += [(event.at, event_words(event.kind), actor_words(event.actor)) for event in events]
    told += [(mail.read_at, come_back_words(mail.kind), mail.status) for mail in back]
    return sorted((each for each in told if each[0] <= until), key=lambda each: each[0])
