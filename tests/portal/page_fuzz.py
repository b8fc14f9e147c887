"""Posts and addresses nobody's browser would make, each from its number alone; and what must be true after each."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from httpx import Response

from models.tables import (
    AssignmentRow,
    AttachmentRow,
    DraftRow,
    EventRow,
    FigureRow,
    MessageRow,
    NarrativeRow,
    SubmissionRow,
)
from tasks.adapters.home import Home
from tasks.steps.collecting.page_links import form_mark, token_of
from tests.ledger.office import KEY, assert_chain_is_whole, dump
from tests.portal.unit_office import GOOD, PDF, UNIT, WHO
from tests.portal.unit_person import Person

ODD = (
    "", " ", "0", "-1", "1e999", "NaN", "١٢٣", "1.234", "1,234", "12,5%", "không", "Có", "\x00", "a\x00b", "\u202e321",
    "\u200b5", "\ud800", "𝟙𝟚", "<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "=cmd|' /C calc'!A0", "&<>\"'",
    "../../etc/passwd", "' OR 1=1 --", "9" * 400, "x" * 70_000, "Nguyễn\u0301", "\r\nSet-Cookie: a=b", "🙂" * 200,
)  # fmt: skip
NAMES = (
    "viec", "dau", "ban", "s:A.1", "s:A.2", "s:A.4", "s:A.5", "s:khong-co", "s:", ":", "g:A.1", "l:nhiem-vu", "l:x",
    "b:A.7:1:ten", "b:A.7:1:so-tre", "b:A.7:0:ten", "b:A.7:999999999999:ten", "b:A.7:-1:ten", "b:::", "r:V6:A.4", "khong-phat-sinh",
    "ho-ten", "chuc-vu", "dong-y", "xac-nhan-khong", "giu:s:A.1", "tep", "\x00", "x" * 5_000, "__proto__", "tên lạ",
)  # fmt: skip
ACTS = (
    "luu",
    "gui",
    "tu-luu",
    "tep",
    "dong:A.7",
    "dong:" + "x" * 300,
    "bo:" + "0" * 64,
    "bo:../..",
    "",
    "\x00",
    "la",
)
PLACES = (
    ("",) * 6
    + ("/gui",) * 4
    + ("/chon",) * 2
    + ("/bieu",) * 3
    + ("/kiem-tra", "/da-nhan/1", "/tep/x", "/khong-co")
)
LOOKS = (
    "", "?sua=1", "?sua=" + "x" * 90, "?da=luu&them=" + "%00", "/kiem-tra", "/kiem-tra?da=%ff", "/da-nhan/1", "/da-nhan/0",
    "/da-nhan/99999999999999999999", "/da-nhan/%00", "/tep/" + "0" * 64, "/tep/..%2f..%2fsecret.key", "/bieu.xlsx",
    "/bao-cao.docx", "/" + "%2e%2e/" * 5, "/\u202e", "?" + "a=1&" * 500,
)  # fmt: skip
HARMLESS = {"event": EventRow, "message": MessageRow}
"""A file that was refused leaves a line in the chain and an answer, and nothing else."""


@dataclass
class Fuzz:
    """One unit's page under fire."""

    home: Home
    answers: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.person = Person(self.home)
        self.person.open()
        self.right = form_mark(self.home, self.person.base.removeprefix("/k/"))
        self.others = form_mark(self.home, token_of(self.home, KEY, "xa-hai", 0))

    def fire(self, number: int) -> None:
        """One request; what it breaks is told in `broken`."""
        draw = random.Random(number)
        before = dump(self.home)
        try:
            answer, may_change = self._look(draw) if draw.random() < 0.3 else self._post(draw)
        except Exception as error:  # noqa: BLE001 - what nobody has foreseen is what is looked for
            self.broken.append(f"{number}: {type(error).__name__}: {str(error)[:200]}")
            return
        self.answers[answer.status_code] += 1
        if answer.status_code >= 500:
            self.broken.append(f"{number}: {answer.status_code}")
        after = dump(self.home)
        if after != before and not may_change:
            self.broken.append(f"{number}: changed the ledger, answered {answer.status_code}")
        self.broken += [f"{number}: {said}" for said in half_saved(after)]

    def _look(self, draw: random.Random) -> tuple[Response, bool]:
        base = self.person.base
        if draw.random() < 0.4:  # another link: cut, changed, another unit's generation, or no link at all
            base = draw.choice([base[:-1], base[:-1] + "7", base.replace("xa-mot", "xa-bon"), "/k/" + quote(draw.choice(ODD)[:100] or "x", errors="replace"), base + "." * 300])  # fmt: skip
        method = draw.choice(["GET"] * 9 + ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
        return self.person.client.request(method, base + draw.choice(LOOKS)), False

    def _post(self, draw: random.Random) -> tuple[Response, bool]:
        fields = dict(GOOD) if draw.random() < 0.7 else {}
        for _ in range(draw.randrange(6)):
            fields[draw.choice(NAMES)] = draw.choice(ODD)
        if draw.random() < 0.05:
            fields |= {f"s:{n}": "1" for n in range(draw.choice([100, 7_000]))}
        if draw.random() < 0.5:
            fields |= WHO
        version = {"ban": self.person.hidden.get("ban", "0")} if draw.random() < 0.8 else {}
        fields = {"viec": draw.choice(ACTS)} | fields | version
        mark = draw.choice([self.right] * 6 + [self.others, "", "x", "\x00", None])
        fields |= {"dau": mark} if mark is not None else {}
        sent = {name: text.encode("utf-8", "surrogatepass") for name, text in fields.items()}
        kind: dict[str, Any] = {"data": sent}
        if draw.random() < 0.3:
            data = draw.choice(
                [b"", PDF, PDF + draw.randbytes(50), b"PK\x03\x04" + draw.randbytes(90), b"MZ"]
            )
            kind["files"] = {"tep": (draw.choice(ODD)[:200].encode("utf-8", "replace").decode() or "x", data)}
        elif draw.random() < 0.1:
            raw = draw.choice(
                [draw.randbytes(300), b"a=%zz&b=%ff&" * 20, b"--x\r\nContent-Disposition: form-data", b"{}"]
            )
            types = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json"]  # fmt: skip
            kind = {"content": raw, "headers": {"content-type": draw.choice(types)}}
        answer = self.person.client.post(self.person.base + draw.choice(PLACES), **kind)
        trusted = "content" not in kind and sent.get("dau") == self.right.encode()
        if trusted:
            self.person.open("?sua=1")
        return answer, trusted


def half_saved(rows: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """What must hold whatever was posted: a report is there whole, with its event and its receipt, or not at all."""
    table = {each.__tablename__: rows[each.__tablename__] for each in (
        AssignmentRow, AttachmentRow, DraftRow, EventRow, FigureRow, MessageRow, NarrativeRow, SubmissionRow)}  # fmt: skip
    count = {name: len(found) for name, found in table.items()}
    kinds = Counter(row[2] for row in table["event"])
    receipts = sum("|receipt|" in row[1] for row in table["message"])
    said = []
    if not count["submission"] == kinds["submission accepted"] == receipts:
        said.append(
            f"{count['submission']} reports, {kinds['submission accepted']} events, {receipts} receipts"
        )
    ids = {row[0] for row in table["submission"]}
    if stray := {row[1] for name in ("figure", "narrative", "attachment") for row in table[name]} - ids:
        said.append(f"figures of no report: {stray}")
    return said


def check_end(home: Home) -> None:
    assert_chain_is_whole(home)
    others = [row for row in dump(home)[SubmissionRow.__tablename__] if UNIT not in row]
    assert others == [], "another unit's link has sent something"
