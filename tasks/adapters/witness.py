"""A witness beside the ledger: how far the ledger of this home had come when it last mailed.

One small file in the home. A ledger that does not contain what the witness saw was put back to an earlier state or
belongs elsewhere; a file that is not where it was written (another inode) came with a copy of the home.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "ledger.witness"


@dataclass(frozen=True, slots=True)
class Witness:
    """`seal` is that of the newest event, `messages` how many were handed over to the mail server."""

    seal: str
    messages: int


def read_witness(folder: Path) -> Witness | None:
    """None where there is none, or the file is a copy."""
    file = folder / FILE
    try:
        told = json.loads(file.read_text("ascii"))
        if told.pop("inode") != file.stat().st_ino:
            return None
        return Witness(**told)
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def write_witness(folder: Path, witness: Witness) -> None:
    """Whole or not at all; nothing is written where it says so already."""
    if read_witness(folder) == witness:
        return
    part = folder / f"{FILE}.{secrets.token_hex(4)}"
    with part.open("w", encoding="ascii") as file:
        told = {**asdict(witness), "inode": os.fstat(file.fileno()).st_ino}
        file.write(json.dumps(told, sort_keys=True) + "\n")
    part.replace(folder / FILE)
