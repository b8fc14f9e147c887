"""What the events say the ledger must hold, and where it holds something else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Submission = tuple[str, str, int]
"""Cycle, unit, version."""
Document = tuple[str, str, str, int]
"""Cycle, kind, step, version."""
Owing = tuple[str, str]
"""Cycle, unit."""

_STATES = {
    "document submitted": "submitted",
    "document approved": "approved",
    "document sent back": "draft",
    "document issued": "issued",
}


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    cycle: str
    unit: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is not as it was sealed: what, where, what is there, what was sealed."""

    rule: str
    place: str
    found: str
    expected: str

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "place": self.place, "found": self.found, "expected": self.expected}


@dataclass(slots=True)
class Told:
    """The rows the events speak of, each with the values that were sealed; "" where an old event did not seal one."""

    submissions: dict[Submission, dict[str, str]] = field(default_factory=dict)
    documents: dict[Document, dict[str, str]] = field(default_factory=dict)
    owing: dict[Owing, dict[str, str]] = field(default_factory=dict)


def replay(events: Iterable[Event]) -> Told:
    """In the order of the chain."""
    told = Told()
    for event in events:
        _hear(told, event)
    return told


def compare(
    rule: str, told: Mapping[Any, Mapping[str, str]], held: Mapping[Any, Mapping[str, str]], *, all_told: bool
) -> list[Wrong]:
    """`all_told`: every row there is must have its event."""
    wrong = []
    for key, values in told.items():
        place = _place(key)
        if key not in held:
            wrong.append(Wrong(rule, place, "no such row", "the row its event tells of"))
            continue
        wrong += [
            Wrong(f"{rule}.{name}", place, held[key].get(name, "") or "nothing", value)
            for name, value in values.items()
            if value and held[key].get(name, "") != value
        ]
    if all_told:
        wrong += [
            Wrong(rule, _place(key), "a row", "no row: no event tells of it")
            for key in held.keys() - told.keys()
        ]
    return sorted(wrong, key=lambda each: (each.place, each.rule))


def _place(key: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in key if part != "")


def _hear(told: Told, event: Event) -> None:
    data = event.data
    if event.kind == "submission accepted":
        version = int(data["version"])
        told.submissions[event.cycle, event.unit, version] = {
            "file_sha256": data["file_sha256"],
            "values_sha256": data.get("values_sha256", ""),
        }
        told.owing.setdefault((event.cycle, event.unit), {}).update(version=str(version), returned="no")
    elif event.kind == "report returned":
        told.owing.setdefault((event.cycle, event.unit), {})["returned"] = "yes"
    elif event.kind in {"unit exempted", "unit assigned"}:
        exempt = "yes" if event.kind == "unit exempted" else "no"
        told.owing.setdefault((event.cycle, event.unit), {})["exempt"] = exempt
    elif "document" in data and event.kind.startswith(("document ", "issue ")):
        _hear_of_document(told, event)


def _hear_of_document(told: Told, event: Event) -> None:
    data = event.data
    row = told.documents.setdefault(
        (event.cycle, data["document"], data.get("step", ""), int(data["version"])), {}
    )
    if event.kind == "document written":
        row.update(sha256=data["sha256"], snapshot=data.get("snapshot", ""), state="draft")
    row.update(
        {name: str(data[name]) for name in ("number", "day", "scan_sha256", "archive_sha256") if name in data}
    )
    if event.kind in _STATES:
        row["state"] = _STATES[event.kind]
