"""The small office of the ledger's tests, with a repeated table and a rule that only warns; and a person at a unit's page."""

import re
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from fastapi.testclient import TestClient
from httpx import Response

from dondoc.web import create_app
from tasks.adapters import clock
from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tasks.steps.opening import ensure_open
from tasks.steps.page_links import token_of
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


class Person:
    """Somebody with a link, a browser without scripts, and one window."""

    def __init__(self, home: Home, unit: str = UNIT, generation: int = 0) -> None:
        self.client = TestClient(create_app(home.settings), base_url=BASE, follow_redirects=False)
        self.base = f"/k/{token_of(home, KEY, unit, generation)}"
        self.hidden: dict[str, str] = {}
        self.page = ""

    def open(self, rest: str = "") -> Response:
        return self._seen(self.client.get(self.base + rest))

    def press(
        self, button: str = "luu", rest: str = "", file: tuple[str, bytes] | None = None, **more: str
    ) -> Response:
        """Post the window's form; what comes back is followed to the page it leads to."""
        data = {**self.hidden, "viec": button, **more}
        files = {"tep": file} if file else None
        return self._seen(self.client.post(self.base + rest, data=data, files=files))

    def write(
        self, fields: dict[str, str], button: str = "luu", file: tuple[str, bytes] | None = None
    ) -> Response:
        return self.press(button, file=file, **fields)

    def send(self, fields: dict[str, str] | None = None, **who: str) -> Response:
        """The whole way: open, write, check, confirm."""
        self.open("?sua=1")
        self.write(GOOD if fields is None else fields, "gui")
        return self.press("", "/gui", **{**WHO, **who})

    def _seen(self, answer: Response) -> Response:
        while answer.status_code == 303:
            answer = self.client.get(answer.headers["location"])
        found = dict(re.findall(r'<input type="hidden" name="(dau|ban)" value="([^"]*)">', answer.text))
        self.hidden = found or self.hidden
        self.page = " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
        self.html = answer.text
        return answer

    def value(self, name: str) -> str:
        """What stands in a field of the page."""
        tag = re.escape(name)
        found = re.search(rf'name="{tag}" value="([^"]*)"', self.html) or re.search(
            rf'name="{tag}"[^>]*>\n?(.*?)</(?:textarea|select)>', self.html, re.DOTALL
        )
        assert found, f"no field {name}"
        chosen = re.search(r"<option selected>([^<]*)<", found[1])
        return unescape(chosen[1] if chosen else "" if "<option" in found[1] else found[1])
