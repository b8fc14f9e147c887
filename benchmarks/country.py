"""A country in one home: communes report to the Sở of their province, the Sở to the Bộ; every report is there."""

import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from models.deadlines import ZONE
from models.ids import CycleKey
from models.taken import FigureValue, Intake, NarrativeValue
from models.units import Unit
from tasks.adapters.home import Home, open_home
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.submissions import Report, Sent, save_submissions
from tasks.adapters.ledger.units import save_units
from tasks.adapters.settings import Settings
from tasks.adapters.unit_files import read_units
from tasks.steps.opening import ensure_open

PLANS: Final = Path(__file__).parents[1] / "plans"
COMMUNES, PROVINCES = CycleKey("toan-quoc", "O1", "2025"), CycleKey("toan-quoc", "O2", "2025")
_DAY: Final = date(2025, 7, 1)
_AT: Final = datetime(2025, 11, 3, 9, tzinfo=ZONE)
_TOP: Final = "bo-y-te"
_LINES: Final = 20
_SAID: Final = "Đã triển khai Kế hoạch đến các thôn, tổ dân phố; tổ chức rà soát, cập nhật danh sách đối tượng theo quy định. "
_SECTIONS: Final = ("chi-dao", "nhiem-vu", "kho-khan", "nhiem-vu-toi", "kien-nghi")


def settle(folder: Path, communes: int) -> Home:
    """A home with so many of the communes of 1/7/2025, their provinces, and all reports in."""
    plans = folder / "plans"
    plans.mkdir()
    (plans / "holidays").symlink_to(PLANS / "holidays")
    home = open_home(
        Settings(_env_file=None, home=folder / "home", plans=plans, secret_key="of a benchmark"), empty=True
    )
    units = _units(communes)
    with home.ledger.write() as session:
        save_units(session, units, at=_AT, actor="benchmark", source="country")
        text = yaml.safe_dump(_plan(), allow_unicode=True, sort_keys=False)
        save_plan(session, text, "toan-quoc.yaml", at=_AT, actor="benchmark")
    for key in (COMMUNES, PROVINCES):
        live = ensure_open(home, key, _AT)
        with home.ledger.write() as session:
            for place, standing in enumerate(live.standings):
                sent = Sent(file_sha256=f"{place:064x}", received_at=_AT, file_name="bieu.xlsx")
                save_submissions(session, key, [Report(standing.unit, _report(place), sent)])
    return home


def _units(communes: int) -> list[Unit]:
    """As they are from 1/7/2025; each province has a Sở in the line that reports."""
    files = [*sorted((PLANS / "units").glob("*.csv")), PLANS / "reorganisation" / "2025-07-01.csv"]
    read = (unit for file in files for unit in read_units(file.read_text("utf-8"), file.name))
    there = list({unit.code: unit for unit in read if unit.valid_on(_DAY)}.values())
    small = [unit for unit in there if unit.level == "commune"][:communes]
    parents = {unit.parent for unit in small}
    large = [replace(unit, parent=_TOP) for unit in there if unit.code in parents]
    offices = [_office(f"so-{unit.code}", "so", f"Sở Y tế {unit.name.lower()}", unit.code) for unit in large]
    return [_office(_TOP, "bo", "Bộ Y tế", None), *large, *offices, *small]


def _office(code: str, kind: str, name: str, parent: str | None) -> Unit:
    return Unit(
        code=code,
        gso_code="",
        kind=kind,
        level="province",
        name=name,
        body=name,
        abbreviation="",
        parent=parent,
        valid_from=date(2025, 1, 1),
        valid_to=None,
        lines=(("tre-em", None),) if kind == "so" else (),
    )


def _plan() -> dict[str, Any]:
    form = {
        "indicators": [f"Q.{n}" for n in range(1, _LINES + 1)],
        "narratives": [{"code": code, "title": code} for code in _SECTIONS],
    }
    shared = {"kind": "result", "every": "year", "form": form, "clause": "I"}
    signer = {"post": "BỘ TRƯỞNG", "name": "Nguyễn Văn A"}
    return {
        "code": "toan-quoc",
        "title": "chăm sóc, bảo vệ trẻ em giai đoạn 2025 - 2030",
        "short": "Kế hoạch chăm sóc trẻ em",
        "citation": {"kind": "Quyết định", "number": "01/QĐ-BYT", "day": "05/01/2025", "issuer": "Bộ Y tế", "subject": "về chăm sóc trẻ em"},
        "legal_basis": [],
        "issuer": "bo-y-te",
        "first_year": 2025,
        "last_year": 2030,
        "lead": "bo-y-te",
        "contact": {"name": "Vụ Bà mẹ - Trẻ em", "phone": "024 0000 0000", "email": "vu@bo.example"},
        "report": {
            "title": "Kết quả chăm sóc, bảo vệ trẻ em {period}",
            "agency": "BỘ Y TẾ",
            "parent_agency": "CHÍNH PHỦ",
            "symbol": "BC-BYT",
            "letter_symbol": "BYT-BMTE",
            "place": "Hà Nội",
            "addressees": ["Thủ tướng Chính phủ"],
            "recipients": ["Như trên", "Lưu: VT, BMTE"],
            "signer": signer,
        },
        "indicators": [
            {"code": f"Q.{n}", "label": f"Số trẻ em được hỗ trợ theo nội dung {n}", "unit": "người"} for n in range(1, _LINES + 1)
        ],
        "obligations": [
            shared | {"code": "O1", "title": "Báo cáo của xã, phường", "wording": "trước ngày 20/11", "due": {"before": "20/11"},
                      "owed_by": {"select": [{"under": _TOP, "kinds": ["xa", "phuong", "dac-khu"]}]}, "through": {"line": "tre-em"}, "to": [_TOP], "feeds": "O2"},
            shared | {"code": "O2", "title": "Báo cáo của Sở", "wording": "trước ngày 30/11", "due": {"before": "30/11"},
                      "owed_by": {"select": [{"under": _TOP, "kinds": ["so"]}]}, "to": ["bo-y-te"]},
        ],
    }  # fmt: skip


def _report(place: int) -> Intake:
    drawn = random.Random(place)
    values = tuple(
        FigureValue(f"Q.{n}", Decimal(drawn.randrange(10_000)), None, f"Biểu!D{8 + n}")
        for n in range(1, _LINES + 1)
    )
    told = tuple(NarrativeValue(code, _SAID * 4, "Thuyết minh!B5") for code in _SECTIONS)
    return Intake(values, told, nil=False, findings=())
