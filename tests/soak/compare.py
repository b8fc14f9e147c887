"""A picture beside what the oracle told: every cycle, message and document, by the day it was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.deadlines import ZONE
from models.tables import metadata
from tests.soak.picture import Picture
from tests.soak.told import Told


def seen(found: Picture) -> Told:
    told = Told()
    for row in _named(found, "cycle"):
        told.cycles[row["key"]] = (
            _day(row["opened_at"]),
            _day(row["closed_at"]) if row["closed_at"] else None,
        )
    for row in _named(found, "message"):
        assert row["decided_at"], row
        told.messages[row["key"]] = (row["state"], row["reason"], row["planned_on"], _day(row["decided_at"]))
    for row in _named(found, "document"):
        name = (row["cycle"], row["kind"], row["step"], row["version"])
        told.documents[name] = _day(row["written_at"])
    return told


def unlike(ledger: Told, oracle: Told) -> list[str]:
    """Where the ledger is not what the oracle told; empty where it is."""
    said = []
    for what in ("cycles", "messages", "documents"):
        ours: Mapping[Any, Any] = getattr(ledger, what)
        theirs: Mapping[Any, Any] = getattr(oracle, what)
        said += [
            f"{what} {key}: ledger {ours.get(key)}, oracle {theirs.get(key)}"
            for key in sorted({*ours, *theirs})
            if ours.get(key) != theirs.get(key)
        ]
    return said


def same_documents(one: Picture, other: Picture) -> list[str]:
    """Documents made of the same inputs that are not the same byte for byte. A công văn names the moment it was written
    at, and which one it is.
    """
    said, known = [], {}
    for found in (one, other):
        rows = _named(found, "document")
        for row in rows:
            name = (row["cycle"], row["kind"], row["step"], row["inputs"])
            if row["kind"] == "cong-van":
                before = [r for r in rows if (r["cycle"], r["kind"]) == name[:2] and r["step"] < row["step"]]
                name = (*name, str(row["written_at"]), len(before))
            if known.setdefault(name, row["sha256"]) != row["sha256"]:
                said.append(f"{name} has two texts")
    return said


def _named(found: Picture, table: str) -> list[dict[str, Any]]:
    columns = [column.name for column in metadata.tables[table].columns if column.name != "id"]
    return [dict(zip(columns, row, strict=True)) for row in found[table]]


def _day(moment: datetime) -> Any:
    return moment.astimezone(ZONE).date()
