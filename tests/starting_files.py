"""A starting file of a new plan, and the units it is told by."""

from models.plan_draft import draft_of
from models.units import Contact, Unit, UnitTree
from tasks.adapters.plan_template import starting_file
from tests.builders import ROOT, a_unit

YEARS = (2026, 2030)
TITLE = 'chăm sóc trẻ em "mẫu": năm đầu'


def a_place(code: str, kind: str, name: str, parent: str | None, **changes: object) -> Unit:
    return a_unit(code, kind, parent, name=name, body=f"UBND {name[0].lower()}{name[1:]}", **changes)


DISTRICT = a_place("huyen-mau", "huyen", "Huyện Mẫu", None)
COMMUNES = [
    a_place("xa-mot", "xa", "Xã Một", "huyen-mau"),
    a_place("phuong-hai", "phuong", "Phường Hai", "huyen-mau"),
]
OFFICE = a_unit(
    "phong-mau",
    "phong",
    "huyen-mau",
    name="Phòng Trẻ em huyện Mẫu",
    body="Phòng Trẻ em huyện Mẫu",
    abbreviation="PTE",
    contacts=(Contact("dau-moi", "Trần Thị B", "phong@mau.example", "0234 000 000"),),
)
TREE = UnitTree([DISTRICT, *COMMUNES, OFFICE])
KNOWN = {unit.code for unit in TREE.all_on()}


def written(
    lead: str = "phong-mau", title: str = TITLE, years: tuple[int, int] = YEARS, tree: UnitTree = TREE
) -> str:
    draft, _ = draft_of("mau-2026", title, years, lead, tree)
    return starting_file(draft, "mau-2026.yaml", ROOT / "templates")
