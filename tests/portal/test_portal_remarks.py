"""What the reviewer sees beside a unit: warnings with the reasons given, and what looks copied."""

import io

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from dondoc.demo.figures import answers_for
from dondoc.demo.fill import Answers, fill_form
from dondoc.web import create_app
from models.ids import CycleKey
from tasks.adapters.home import open_home
from tasks.adapters.workbooks import write_form
from tasks.steps.collecting.forms import Expected, form_for
from tasks.steps.collecting.intake import Arrival, take_in
from tasks.steps.opening import ensure_open
from tests.portal.seeded import EVIL, YEARLY, at, settings_of
from tests.portal.test_portal_board import row_of

SECOND = CycleKey("hue-588", "O2", "2020")


def send(home, key, unit, moment, note="", place=1, **figures):
    spec = form_for(home, key, unit, moment)
    answers = answers_for(spec, place)
    changed = {code.replace("_", "."): value for code, value in figures.items()}
    filled = fill_form(write_form(spec), Answers({**answers.figures, **changed}, answers.narratives))
    book = load_workbook(io.BytesIO(filled))
    for row in book["Biểu"].iter_rows():
        if row[0].value in changed:
            row[4].value = note or None
    out = io.BytesIO()
    book.save(out)
    outcome = take_in(home, Arrival(out.getvalue(), f"{unit}.xlsx"), moment, Expected(key, unit))
    assert outcome.accepted, outcome.findings


@pytest.fixture(scope="module")
def second_year(tmp_path_factory):
    """The page of the second year: one unit sends the same again, one another figure with a reason, one other figures."""
    home = open_home(settings_of(tmp_path_factory.mktemp("remarks") / "home"))
    units = [standing.unit_name for standing in ensure_open(home, YEARLY, at("2019-11-01T08:00")).standings]
    codes = [standing.unit for standing in ensure_open(home, YEARLY, at("2019-11-01T08:00")).standings]
    for code in codes[:3]:
        send(home, YEARLY, code, at("2019-11-20T08:00"))
    ensure_open(home, SECOND, at("2020-11-01T08:00"))
    send(home, SECOND, codes[0], at("2020-11-20T08:00"))
    send(home, SECOND, codes[2], at("2020-11-20T08:00"), place=4)
    send(home, SECOND, codes[1], at("2020-11-20T08:00"), note=f"Thêm dự án {EVIL}", H588_07=5000)
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        yield (
            units,
            client.get(f"/ky/{SECOND}?ngay=2020-11-21").text,
            client.get(f"/ky/{SECOND}?ngay=2020-11-19").text,
        )
    home.ledger.close()


def test_what_looks_copied_is_said_beside_the_unit_that_sent_it_and_no_other(second_year):
    units, page, _ = second_year
    assert "cần xem lại: Giống báo cáo kỳ trước (năm 2019)" in row_of(page, units[0])
    assert "cần xem lại" not in row_of(page, units[2])


def test_a_warning_stands_with_both_values_and_the_reason_as_text(second_year):
    units, page, _ = second_year
    row = row_of(page, units[1])
    assert "1 điểm đề nghị xem lại, 0 điểm chưa nêu lý do" in row
    assert "kỳ này 5.000, kỳ trước (năm 2019)" in row
    assert "Đơn vị nêu lý do: Thêm dự án" in row
    assert EVIL not in page


def test_a_day_before_they_came_shows_none_of_it(second_year):
    _, _, before = second_year
    assert "xem lại" not in before
