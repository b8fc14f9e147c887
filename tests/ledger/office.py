"""A small office for tests of the ledger: three communes, one phòng, four duties; and how its people act.

O1 is due "trước ngày 30/11" every year: in 2019 it opens on 16/10, is reminded on 20/11 (T-7) and 26/11 (T-3),
ends with Friday 29/11, is chased on 02/12 (T+1, with a công văn) and 06/12 (T+5), and closes after 13/12.
"""

import email
import email.policy
import io
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import date, datetime
from email.message import EmailMessage
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from dondoc.demo.fill import Answers, fill_form
from flows.sweep import Swept, sweep_plainly
from models.ids import CycleKey
from models.tables import EventRow, metadata
from tasks.adapters.clock import read_moment
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.events import broken_event
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import load_tree, save_units
from tasks.adapters.unit_files import read_units
from tasks.adapters.workbooks import write_form
from tasks.steps.collecting.forms import Expected, form_for
from tasks.steps.collecting.intake import Arrival, Outcome, take_in
from tests.builders import ROOT, an_obligation, plan_data

KEY = CycleKey("ke-hoach-mau", "O1", "2019")
NEXT = CycleKey("ke-hoach-mau", "O1", "2020")
FED = CycleKey("ke-hoach-mau", "O2", "2019")
UNDATED = CycleKey("ke-hoach-mau", "O4", "2019")
COMMUNES = ("xa-mot", "xa-hai", "xa-ba")
SECRET = "a secret of the tests"

FIGURES: dict[str, Any] = {"A.1": 100, "A.2": 80, "A.5": "Có"}
SAID = {"nhiem-vu": "Đã tổ chức 3 buổi truyền thông & rà soát <danh sách>."}

_HEADER = (
    "code,gso_code,kind,level,name,body,abbreviation,parent,valid_from,valid_to,contact_role,contact_name,"
    "email,phone,aliases,note"
)
UNITS = "\n".join(
    [
        _HEADER,
        "huyen-mau,1,huyen,district,Huyện Mẫu,UBND huyện Mẫu,UBND,,2013-01-01,,dau-moi,Nguyễn Văn A,huyen@mau.example,,,",
        "phong-mau,,phong,district,Phòng Mẫu,Phòng Lao động huyện Mẫu,,huyen-mau,2013-01-01,,dau-moi,Trần Thị B,phong@mau.example,,,",
        *(
            f"{code},{place},xa,commune,Xã {name},UBND xã {name},UBND,huyen-mau,2013-01-01,,dau-moi,"
            f"Lê Văn {name},{code}@mau.example,,,"
            for place, (code, name) in enumerate(zip(COMMUNES, ("Một", "Hai", "Ba"), strict=True), start=10)
        ),
        "",
    ]
)


def office_plan(**changes: Any) -> dict[str, Any]:
    """The plan as its file has it."""
    steps = [{"step": "T-7"}, {"step": "T-3"}, {"step": "T+1", "letter": 1}, {"step": "T+5"}]
    communes = {"select": [{"kinds": ["xa"], "under": "huyen-mau"}]}
    form = {
        "indicators": ["A.1", "A.2", "A.3", "A.4", "A.5"],
        "narratives": [{"code": "nhiem-vu", "title": "Kết quả thực hiện các nhiệm vụ"}],
        "nil": True,
    }
    upward = {"indicators": ["A.6"], "totals_only": ["A.1", "A.2", "A.3"]}
    return plan_data(
        an_obligation("O1", owed_by=communes, reminders=steps, form=form, feeds="O2"),
        an_obligation(
            "O2",
            title="Báo cáo của huyện",
            wording="trước ngày 31/12 hàng năm",
            due={"before": "31/12"},
            owed_by={"units": ["phong-mau"]},
            form=upward,
            reminders=[{"step": "T-3"}],
        ),
        an_obligation(
            "O3",
            kind="plan",
            title="Xây dựng kế hoạch năm 2021",
            wording="trước ngày 30/11/2020",
            every="once",
            due={"before": "30/11/2020"},
            owed_by={"units": ["xa-mot"]},
            reminders=[{"step": "T-7"}],
        ),
        an_obligation(
            "O4", title="Báo cáo tổng kết", wording="cuối giai đoạn", every="once", due=None, owed_by=communes
        ),
        indicators=[
            {"code": "A.1", "label": "Tổng số trẻ em", "unit": "người"},
            {"code": "A.2", "label": "Được trợ giúp", "unit": "người"},
            {
                "code": "A.3",
                "label": "Tỷ lệ được trợ giúp",
                "unit": "%",
                "kind": "number",
                "formula": {"ratio": [["A.2"], ["A.1"]]},
                "targets": [{"at_least": 70, "first_year": 2019, "last_year": 2025, "wording": "70%"}],
            },
            {"code": "A.4", "label": "Kinh phí", "unit": "triệu đồng", "kind": "money", "required": False},
            {"code": "A.5", "label": "Đã có kế hoạch", "unit": "có/không", "kind": "yes_no", "adds": "count"},
            {"code": "A.6", "label": "Số đợt kiểm tra", "unit": "đợt"},
        ],
        rules=[
            {
                "id": "V4",
                "at_most": [["A.2"], ["A.1"]],
                "message": "Số được trợ giúp không được lớn hơn tổng số. Đề nghị kiểm tra lại.",
            }
        ],
        **changes,
    )


def write_office(folder: Path) -> Path:
    """The office's files, laid out like `plans/`; the holidays are the project's own."""
    (folder / "units").mkdir(parents=True)
    (folder / "units" / "mau.csv").write_text(UNITS, "utf-8")
    text = yaml.safe_dump(office_plan(), allow_unicode=True, sort_keys=False)
    (folder / "ke-hoach-mau.yaml").write_text(text, "utf-8")
    (folder / "holidays").symlink_to(ROOT / "plans" / "holidays")
    return folder


def load_office(home: Home) -> None:
    """Units and plan, as if loaded before the first year."""
    before = at("2018-12-03")
    file = home.settings.plans / "ke-hoach-mau.yaml"
    with home.ledger.write() as session:
        save_units(
            session,
            read_units((home.settings.plans / "units" / "mau.csv").read_text("utf-8"), "mau.csv"),
            at=before,
            actor="set-up",
            source="mau.csv",
        )
        save_plan(session, file.read_text("utf-8"), file.name, at=before, actor="set-up")


def at(text: str) -> datetime:
    return read_moment(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def sweep(*days: str) -> Swept:
    """Sweep at each of these moments; what the last one did."""
    return [sweep_plainly(at(text)) for text in days][-1]


def form(home: Home, unit: str, when: str, key: CycleKey = KEY) -> bytes:
    return write_form(form_for(home, key, unit, at(when)))


def filled(
    home: Home, unit: str, when: str, key: CycleKey = KEY, *, nil: bool = False, **figures: Any
) -> bytes:
    """The unit's form, typed in and saved; `A_1=3` types 3 for A.1."""
    usual, said = (FIGURES, SAID) if key.obligation == "O1" and not nil else ({}, {})
    typed = usual | {code.replace("_", "."): value for code, value in figures.items()}
    return fill_form(form(home, unit, when, key), Answers(typed, said, nil=nil))


def submit(
    home: Home, unit: str, when: str, key: CycleKey = KEY, *, nil: bool = False, **figures: Any
) -> Outcome:
    """The whole way: form out, filled, taken in."""
    data = filled(home, unit, when, key, nil=nil, **figures)
    return hand_in(home, unit, data, when, key)


def hand_in(home: Home, unit: str, data: bytes, when: str, key: CycleKey = KEY) -> Outcome:
    return take_in(home, Arrival(data, f"{unit}.xlsx"), at(when), Expected(key, unit))


def forged(data: bytes, **identity: str) -> bytes:
    """The same workbook, claiming another cycle, unit, version or token."""
    book = load_workbook(io.BytesIO(data))
    for row in book["_dondoc"].iter_rows():
        if row[0].value in identity:
            row[1].value = identity[str(row[0].value)]
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def live(home: Home, key: CycleKey = KEY) -> LiveCycle:
    with home.ledger.read() as session:
        found = load_cycle(session, load_tree(session), home.days, key)
    assert found
    return found


def cell_of(data: bytes, address: str) -> Any:
    """What stands in `Biểu!D7` of a workbook."""
    sheet, cell = address.split("!")
    return load_workbook(io.BytesIO(data))[sheet][cell].value


def address_of(data: bytes, code: str) -> str:
    """Where the value of an indicator stands."""
    sheet = load_workbook(io.BytesIO(data))["Biểu"]
    row = next(row for row in sheet.iter_rows() if row[0].value == code)
    return f"Biểu!{row[3].coordinate}"


def dump(home: Home, *without: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order written."""
    with home.ledger.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name not in without
        }


def outbox(home: Home, *names: str, **wanted: str) -> list[tuple[Any, ...]]:
    """Rows of the outbox as tuples of these columns, those with these values only, in order of decision."""
    table = metadata.tables["message"]
    query = sa.select(*(table.c[name] for name in names)).order_by(table.c.id)
    for name, value in wanted.items():
        query = query.where(table.c[name] == value)
    with home.ledger.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def mails(home: Home) -> list[EmailMessage]:
    """What lies in the Maildir."""
    return list(_mails(home.maildir / "new"))


def _mails(folder: Path) -> Iterator[EmailMessage]:
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        yield message


def steps(home: Home, unit: str, *states: str) -> list[str]:
    """The ladder steps decided for one unit of O1/2019, in these states."""
    rows = outbox(home, "step", "state", "kind", unit=unit, cycle=str(KEY))
    return [step for step, state, kind in rows if state in states and kind in {"reminder", "overdue"}]


def events(home: Home, kind: str) -> int:
    with home.ledger.read() as session:
        return len(session.exec(select(EventRow).where(EventRow.kind == kind)).all())


def assert_chain_is_whole(home: Home) -> None:
    with home.ledger.read() as session:
        assert broken_event(session) is None


def assert_each_mail_once(home: Home) -> None:
    """Everything sent lies in the Maildir, once; nothing else does."""
    ids = [mail["Message-ID"] for mail in mails(home)]
    assert len(ids) == len(set(ids))
    sent = outbox(home, "message_id", state="sent")
    assert set(ids) == {message_id for (message_id,) in sent}


def apart(home: Home, work: Callable[[], object]) -> BaseProcess:
    """Do this in another process, which holds no connection of ours."""
    home.ledger.close()
    return forked(work)


def forked(work: Callable[[], object]) -> BaseProcess:
    """A copy of this process that does the work and is gone at once, without what others do when Python ends."""

    def do() -> None:
        try:
            work()
        except BaseException:  # noqa: BLE001 - told, and told by the exit code
            traceback.print_exc(file=sys.__stderr__)
            os._exit(1)
        os._exit(0)

    process = get_context("fork").Process(target=do)
    process.start()
    return process
