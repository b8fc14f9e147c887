"""Small plans, units, reports and standings for tests: valid as they are, changed by what a test names."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.calendar import PlannedCycle, plan_cycle
from models.deadlines import ZONE, SetDue
from models.figures import UnitFigures, UnitNarrative
from models.periods import Period, periods_of
from models.plan import Obligation, Plan
from models.plan_text import parse_plan
from models.report import ReportInputs
from models.states import Standing, coverage
from models.taken import FigureValue
from models.totals import Member, Source, total_up
from models.units import Contact, Unit
from models.working_days import WorkingDays
from tasks.adapters.holiday_files import read_working_days

ROOT = Path(__file__).parents[1]
NO_HOLIDAYS = WorkingDays()

REPORT = {
    "title": "Kết quả thực hiện Kế hoạch {period}",
    "addressees": ["Ủy ban nhân dân huyện Mẫu"],
    "symbol": "BC-LĐTBXH",
    "letter_symbol": "LĐTBXH",
    "place": "Mẫu",
    "parent_agency": "UBND HUYỆN MẪU",
    "agency": "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    "signer": {"post": "TRƯỞNG PHÒNG", "name": "Nguyễn Văn A"},
    "recipients": ["Như trên", "Lưu: VT"],
}


def moment(text: str) -> datetime:
    """`2019-11-29T23:59` in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def an_obligation(code: str = "O1", **changes: Any) -> dict[str, Any]:
    return {
        "code": code,
        "kind": "result",
        "title": "Báo cáo kết quả thực hiện",
        "clause": "V.2",
        "wording": "trước ngày 30/11 hàng năm",
        "every": "year",
        "due": {"before": "30/11"},
        "owed_by": {"units": ["xa-mot", "xa-hai"]},
        "to": ["huyen-mau"],
    } | changes


def plan_data(*obligations: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "code": "ke-hoach-mau",
        "title": "chăm sóc trẻ em giai đoạn 2019 - 2025",
        "short": "Kế hoạch chăm sóc trẻ em",
        "citation": {
            "kind": "Kế hoạch",
            "number": "12/KH-UBND",
            "day": "05/01/2019",
            "issuer": "Ủy ban nhân dân huyện Mẫu",
            "subject": "về chăm sóc trẻ em giai đoạn 2019 - 2025",
        },
        "legal_basis": [],
        "issuer": "huyen-mau",
        "first_year": 2019,
        "last_year": 2025,
        "lead": "phong-mau",
        "contact": {"name": "Phòng Mẫu", "phone": "0234 000 000", "email": "phong@mau.example"},
        "report": REPORT,
        "obligations": list(obligations) or [an_obligation()],
    } | changes


def a_plan(*obligations: dict[str, Any], **changes: Any) -> Plan:
    text = yaml.safe_dump(plan_data(*obligations, **changes), allow_unicode=True, sort_keys=False)
    return parse_plan(text, "mau.yaml")


def a_period(plan: Plan, label: str, code: str = "O1") -> tuple[Obligation, Period]:
    obligation = plan.obligation(code)
    return obligation, next(p for p in periods_of(plan, obligation) if p.label == label)


def planned(
    plan: Plan, label: str, code: str = "O1", days: WorkingDays = NO_HOLIDAYS, set_due: SetDue | None = None
) -> PlannedCycle:
    return plan_cycle(plan, *a_period(plan, label, code), days, set_due)


def a_unit(
    code: str,
    kind: str = "xa",
    parent: str | None = "huyen-mau",
    valid_from: date = date(2013, 1, 1),
    valid_to: date | None = None,
    **changes: Any,
) -> Unit:
    values: dict[str, Any] = {
        "code": code,
        "gso_code": "",
        "kind": kind,
        "level": "commune",
        "name": code,
        "body": f"UBND {code}",
        "abbreviation": "UBND",
        "parent": parent,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "contacts": (Contact("dau-moi", "Nguyễn Văn A", f"{code}@mau.example", ""),),
    }
    return Unit(**(values | changes))


def figure(code: str, value: int | str | Decimal | None, cell: str = "Biểu!D5") -> FigureValue:
    """A number, a text, or `có`/`không`, which counts 1 or 0."""
    if isinstance(value, str):
        said = {"có": Decimal(1), "không": Decimal(0)}.get(value)
        return FigureValue(code, said, value, cell)
    return FigureValue(code, None if value is None else Decimal(value), None, cell)


def answers(**values: int | str | Decimal | None) -> dict[str, FigureValue]:
    """`A_1=3` is indicator `A.1`."""
    return {name.replace("_", "."): figure(name.replace("_", "."), value) for name, value in values.items()}


def a_report(
    unit: str, *, nil: bool = False, said: dict[str, str] | None = None, **values: int | str | Decimal | None
) -> UnitFigures:
    name = f"UBND {unit}"
    narratives = tuple(UnitNarrative(code, name, text) for code, text in (said or {}).items())
    return UnitFigures(unit, name, 1, "0" * 64, nil, answers(**values), narratives)


def source(codes: Iterable[str], members: Iterable[str], reports: Iterable[UnitFigures]) -> Source:
    return Source(frozenset(codes), tuple(Member(unit, "xa") for unit in members), tuple(reports))


def a_standing(unit: str = "xa-mot", **changes: Any) -> Standing:
    """Owes by the end of 29/11/2019 and has sent nothing."""
    values: dict[str, Any] = {
        "unit": unit,
        "unit_name": f"UBND {unit}",
        "due_at": moment("2019-11-29T23:59:59"),
        "has_address": True,
    }
    return Standing(**(values | changes))


def came(unit: str, at: str, **changes: Any) -> Standing:
    return a_standing(unit, first_submitted_at=moment(at), version=1, **changes)


def inputs(
    cycle: PlannedCycle, standings: Iterable[Standing], reports: Iterable[UnitFigures], codes: Iterable[str]
) -> ReportInputs:
    standings, reports, codes = tuple(standings), tuple(reports), list(codes)
    owing = [s.unit for s in standings if not s.exempt]
    report = cycle.plan.report_of(cycle.obligation)
    assert report
    return ReportInputs(
        planned=cycle,
        report=report,
        lead="Phòng Lao động - Thương binh và Xã hội huyện Mẫu",
        standings=standings,
        coverage=coverage(list(standings)),
        totals=tuple(total_up(cycle.plan, codes, cycle.period, [source(codes, owing, reports)])),
        reports=reports,
    )


@cache
def shipped_plan(code: str) -> Plan:
    file = ROOT / "plans" / f"{code}.yaml"
    return parse_plan(file.read_text("utf-8"), file.name)


@cache
def shipped_days() -> WorkingDays:
    return read_working_days(ROOT / "plans" / "holidays")
