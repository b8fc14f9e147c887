"""A person at a unit's page, with a browser that runs no scripts."""

import re
from html import unescape

from fastapi.testclient import TestClient
from httpx import Response

from dondoc.web import create_app
from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.steps.collecting.page_links import token_of
from tests.ledger.office import KEY
from tests.portal.unit_office import BASE, GOOD, UNIT, WHO


class Person:
    """Somebody with a link, a browser without scripts, and one window."""

    def __init__(self, home: Home, unit: str = UNIT, generation: int = 0, *, key: CycleKey = KEY) -> None:
        self.client = TestClient(create_app(home.settings), base_url=BASE, follow_redirects=False)
        self.base = f"/k/{token_of(home, key, unit, generation)}"
        self.hidden: dict[str, str] = {}
        self.page = ""
        self.blank: dict[str, str] = {}

    def open(self, rest: str = "") -> Response:
        return self._seen(self.client.get(self.base + rest))

    def press(
        self, button: str = "luu", rest: str = "", file: tuple[str, bytes] | None = None, **more: str
    ) -> Response:
        """Post the window's form, what is not given blank; what comes back is followed to the page it leads to."""
        data = {**self.hidden, **({} if rest else self.blank), "viec": button, **more}
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
        named = re.findall(r'<(?:input|textarea|select)[^>]* name="([sglb]:[^"]*)"', answer.text)
        self.blank = dict.fromkeys(map(unescape, named), "") or self.blank
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
