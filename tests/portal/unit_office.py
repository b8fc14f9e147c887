"""The small office of the ledger's tests, with a repeated table and a rule that only warns."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from tasks.adapters import clock
from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tasks.steps.opening import ensure_open
from tests.ledger.office import KEY, SECRET, at, load_office, office_plan, write_office

UNIT = "xa-mot"
OPENED, WRITING = "2019-10-16T08:00", "2019-11-20T09:00"
BASE = "http://127.0.0.1"
GOOD = {
    "s:A.1": "1.400",
    "s:A.2": "80",
    "s:A.4": "1.355,90",
    "s:A.5": "Có",
    "l:nhiem-vu": "Đã tổ chức 3 buổi truyền thông.",
}
"""A report without a fault."""
WARNED = {**GOOD, "s:A.4": "2.000.000"}
"""It may be sent with a reason: V6 finds the money high."""
PDF = b"%PDF-1.4\n%scan\n"
WHO = {"ho-ten": "Nguyễn Văn A", "chuc-vu": "Công chức Văn hóa – Xã hội", "dong-y": "1"}


def unit_home(folder: Path, monkeypatch: Any, base_url: str = BASE) -> Home:
    """An open cycle, on a day on which units write."""
    plans = write_office(folder / "plans")
    plan = office_plan()
    columns = [
        {"code": "ten", "label": "Tên mô hình"},
        {"code": "so-tre", "label": "Số trẻ em", "kind": "count"},
    ]
    table = {"code": "A.7", "label": "Mô hình đã lập", "unit": "mô hình", "kind": "table", "adds": "list"}
    plan["indicators"].append({**table, "required": False, "columns": columns})
    plan["indicators"].append(
        {"code": "A.8", "label": "Mức trần", "unit": "triệu đồng", "kind": "money", "required": False}
    )
    message = "Kinh phí (triệu đồng) lớn hơn số trẻ em. Đề nghị kiểm tra đơn vị tính."
    plan["rules"].append(
        {"id": "V6", "severity": "warning", "at_most": [["A.4"], ["A.1"]], "message": message}
    )
    plan["obligations"][0]["form"]["indicators"] += ["A.7"]
    (plans / "ke-hoach-mau.yaml").write_text(
        yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), "utf-8"
    )
    settings = Settings(
        _env_file=None, home=folder / "home", plans=plans, secret_key=SECRET, base_url=base_url
    )
    home = open_home(settings, empty=True)
    load_office(home)
    ensure_open(home, KEY, at(OPENED))
    set_clock(monkeypatch, WRITING)
    return home


def set_clock(monkeypatch: Any, when: str) -> datetime:
    moment = at(when)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment
