"""What the starting file of a new plan can be told by the units: who issues it, who owes, how its report is headed."""

import re
from dataclasses import dataclass
from datetime import date

from models.text import nfc
from models.units import LOCAL_KINDS, Unit, UnitTree

_KIND_WORDS = re.compile(r"^(Tỉnh|Thành phố|Huyện|Thị xã|Quận|Xã|Phường|Thị trấn|Đặc khu) ")
_POSTS = {"so": "GIÁM ĐỐC", "phong": "TRƯỞNG PHÒNG", "ban": "TRƯỞNG BAN", "bo": "BỘ TRƯỞNG"}
_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What is empty stands in the file as a place to fill in."""

    code: str
    title: str
    first_year: int
    last_year: int
    lead: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    issuer: str = ""
    issuer_body: str = ""
    kinds: tuple[str, ...] = ()
    """Kinds of the territories directly under the issuer: they owe."""
    examples: tuple[str, ...] = ()
    """Codes of some that owe."""
    owing: int = 0
    symbol: str = ""
    letter_symbol: str = ""
    place: str = ""
    parent_agency: str = ""
    agency: str = ""
    post: str = ""

    @property
    def prefix(self) -> str:
        """Letters of the plan before the number of an indicator: hue-588 → H588, nam-dong-2014 → ND2014."""
        words = self.code.split("-")
        text = "".join(word if word.isdigit() else word[0] for word in words).upper()
        return text if text[0].isalpha() else f"K{text}"

    @property
    def phase(self) -> str:
        """All its years as one phase; empty where it has one year."""
        return f"{self.first_year}-{self.last_year}" if self.last_year > self.first_year else ""


def draft_of(
    code: str, title: str, years: tuple[int, int], lead: str, tree: UnitTree
) -> tuple[Draft, str | None]:
    """The draft, and what its author should know of the lead unit. A lead unit no file has leaves what it would tell
    to be filled in.
    """
    empty = Draft(code, " ".join(nfc(title).split()), *years, lead=lead)
    if not lead:
        return empty, None
    if lead not in tree:
        return empty, f"{lead} is in no unit file yet: import it, or correct lead"
    start = date(years[0], 1, 1)
    unit = tree.nearest(lead, start)
    ended = unit.valid_to is not None and unit.valid_to < start
    day = unit.valid_to if ended and unit.valid_to else max(start, unit.valid_from)
    warning = (
        f"{lead} ended on {unit.valid_to}, before the plan begins: who took its place?" if ended else None
    )
    return _with_units(empty, unit, tree, day), warning


def _with_units(empty: Draft, lead: Unit, tree: UnitTree, day: date) -> Draft:
    above = None if lead.kind in LOCAL_KINDS or lead.parent is None else tree.holder(lead.parent, day)
    issuer = above or lead
    owing = [unit for unit in tree.children(issuer.code, day) if unit.kind in LOCAL_KINDS]
    contact = next((c for c in lead.contacts if c.email and c.valid_on(day)), None)
    agency = lead.name.removesuffix(f" {issuer.name[:1].lower()}{issuer.name[1:]}")
    short = lead.abbreviation or "".join(word[0] for word in agency.split() if word[0].isalpha()).upper()
    return Draft(
        empty.code,
        empty.title,
        empty.first_year,
        empty.last_year,
        lead=lead.code,
        contact_name=lead.body,
        phone=(contact.phone if contact else "") or "(chưa có)",
        email=contact.email if contact else "",
        issuer=issuer.code,
        issuer_body=issuer.body.replace("UBND", "Ủy ban nhân dân"),
        kinds=tuple(sorted({unit.kind for unit in owing})),
        examples=tuple(unit.code for unit in owing[:_EXAMPLES]),
        owing=len(owing),
        symbol=f"BC-{short}",
        letter_symbol=short,
        place=_KIND_WORDS.sub("", issuer.name),
        parent_agency=issuer.body.upper(),
        agency=agency,
        post="CHỦ TỊCH" if lead.kind in LOCAL_KINDS else _POSTS.get(lead.kind, "THỦ TRƯỞNG ĐƠN VỊ"),
    )
