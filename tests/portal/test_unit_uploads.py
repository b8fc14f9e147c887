"""Files on the page: the workbook as the report, what goes with it, and what somebody sends to do harm."""

import asyncio
import hashlib
import io

import pytest
from sqlmodel import select

from dondoc.web.body_limit import BodyLimitMiddleware, TooMuchError
from dondoc.web.unit_asking import MOST_TEXT
from models.attachments import LARGEST, MOST
from models.tables import SubmissionRow
from tests.ledger.office import dump, filled
from tests.portal.unit_office import GOOD, PDF, UNIT, WHO, unit_home
from tests.portal.unit_person import Person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 40


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


@pytest.fixture
def person(home):
    person = Person(home)
    person.open()
    return person


def sent(home):
    with home.ledger.read() as session:
        return list(session.exec(select(SubmissionRow)))


def upload(person, data, name="bieu.xlsx", **who):
    return person.press("", "/bieu", file=(name, data), **{**WHO, **who})


def test_the_form_of_the_page_filled_and_uploaded_is_the_report(home, person):
    data = filled(home, UNIT, "2019-11-20T09:00")
    upload(person, data, "C:\\Users\\An\\Báo cáo <b>.xlsx")
    assert "Giấy biên nhận" in person.page
    (row,) = sent(home)
    assert (row.channel, row.file_name) == ("web", "Báo cáo <b>.xlsx")
    assert home.files.kept(row.file_sha256) == data
    assert row.submitted_by.startswith("Nguyễn Văn A")


def test_the_form_can_be_downloaded_from_the_page(person):
    assert person.client.get(person.base + "/bieu.xlsx").content.startswith(b"PK")


def test_what_is_wrong_in_the_workbook_is_told_on_the_page_with_its_cells(home, person):
    answer = upload(person, filled(home, UNIT, "2019-11-20T09:00", A_1="1,234", A_2=None))
    assert answer.status_code == 422
    assert "Chưa tiếp nhận được tệp; chưa có số liệu nào được lưu" in person.page
    assert "(Biểu!D" in person.page
    assert sent(home) == []


def test_another_units_workbook_is_refused(home, person):
    assert upload(person, filled(home, "xa-hai", "2019-11-20T09:00")).status_code == 422
    assert "được cấp cho đơn vị khác" in person.page
    assert sent(home) == []


@pytest.mark.parametrize(
    "data", [b"", PDF, b"MZ\x90", b"PK\x03\x04" + b"\0" * 200, b"PK\x03\x04" * 1_100_000]
)
def test_what_is_no_workbook_is_refused_with_what_to_do(home, person, data):
    before = dump(home, "event", "message")
    assert upload(person, data).status_code == 422
    assert "Đề nghị" in person.page
    assert dump(home, "event", "message") == before


@pytest.mark.parametrize("missing", ["ho-ten", "chuc-vu"])
def test_a_workbook_sent_by_nobody_is_not_looked_at(home, person, missing):
    before = dump(home)
    assert upload(person, filled(home, UNIT, "2019-11-20T09:00"), **{missing: " "}).status_code == 422
    assert dump(home) == before


def test_a_workbook_uploaded_twice_is_one_version(home, person):
    data = filled(home, UNIT, "2019-11-20T09:00")
    upload(person, data)
    person.open("?sua=1")
    upload(person, data)
    assert len(sent(home)) == 1


@pytest.mark.parametrize(("data", "name", "shown"), [
    (PDF, "bản quét.PDF", "bản quét.pdf"),
    (PNG, "../../etc/passwd", "passwd.png"),
    (JPG, "ảnh.exe", "ảnh.exe.jpg"),
    (PDF, "..", "tep-kem-theo.pdf"),
    (PDF, "<img src=x>.pdf", "img src=x.pdf"),
])  # fmt: skip
def test_a_file_is_what_its_bytes_are_and_its_name_only_a_name(home, person, data, name, shown):
    person.write(GOOD, "tep", file=(name, data))
    assert shown in person.page
    answer = person.client.get(f"{person.base}/tep/{hashlib.sha256(data).hexdigest()}")
    assert answer.content == data
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert person.value("s:A.4") == "1.355,90", "what was typed is saved with it"


@pytest.mark.parametrize("data", [b"MZ\x90\x00", b"<html><script>", b"PK\x03\x04", b"GIF89a"])
def test_a_file_of_another_kind_is_refused_whatever_its_name_and_what_was_typed_is_kept(home, person, data):
    answer = person.write(GOOD, "tep", file=("bản quét.pdf", data))
    assert answer.status_code == 422
    assert "Chỉ nhận tệp PDF, JPG hoặc PNG" in person.page
    assert person.value("s:A.4") == "1.355,90"


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(home, person):
    at_limit = PDF + b"\0" * (LARGEST - len(PDF))
    assert person.write(GOOD, "tep", file=("to.pdf", at_limit)).status_code == 200
    assert person.write(GOOD, "tep", file=("to.pdf", at_limit + b"\0")).status_code == 422
    assert "lớn hơn 20 MB" in person.page


def test_a_report_carries_ten_files_and_no_more_and_the_same_one_once(home, person):
    for at in range(MOST):
        person.write(GOOD, "tep", file=(f"{at}.pdf", PDF + bytes([at])))
    person.write(GOOD, "tep", file=("lại.pdf", PDF + b"\0"))
    assert person.html.count("Bỏ tệp này") == MOST
    assert person.write(GOOD, "tep", file=("mới.pdf", PDF + b"khac")).status_code == 422


def test_a_file_that_is_not_of_this_page_cannot_be_asked_for(home, person):
    other = Person(home, "xa-hai")
    other.open()
    other.write(GOOD, "tep", file=("x.pdf", PDF))
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert other.client.get(f"{other.base}/tep/{sha256}").status_code == 200
    for asked in (sha256, "0" * 64, "..%2f..%2fsecret.key", sha256.upper()):
        assert person.client.get(f"{person.base}/tep/{asked}").status_code == 404


def test_a_body_larger_than_any_page_asks_for_is_not_read(home, person):
    before = dump(home)
    stream = io.BytesIO(b"x" * 100)
    headers = {"content-length": "999999999", "content-type": "application/x-www-form-urlencoded"}
    answer = person.client.post(person.base, content=stream, headers=headers)
    assert answer.status_code == 413
    assert "quá lớn" in answer.text
    assert dump(home) == before


def test_text_without_measure_and_fields_without_number_are_refused(home, person):
    before = dump(home)
    half = "x" * (MOST_TEXT // 3)
    for fields in ({f"l:{n}": half for n in range(4)}, {f"s:{n}": "1" for n in range(7_000)}):
        assert person.press("luu", **fields).status_code in {400, 413}
    assert dump(home) == before


def test_a_chunked_body_is_counted_as_it_comes_and_a_silent_one_not_waited_for():
    async def app(scope, receive, send):
        while (await receive()).get("more_body"):
            pass

    def ask(messages, most=10, path="/k/x"):
        async def receive():
            if not messages:
                await asyncio.sleep(60)
            return messages.pop(0)

        scope = {"type": "http", "path": path, "headers": []}
        asyncio.run(BodyLimitMiddleware(app, most, patience=0.01)(scope, receive, None))

    def chunk(size, more):
        return {"type": "http.request", "body": b"x" * size, "more_body": more}

    ask([chunk(5, True), chunk(5, False)])
    with pytest.raises(TooMuchError) as large:
        ask([chunk(5, True), chunk(6, True)])
    assert large.value.status == 413
    with pytest.raises(TooMuchError) as silent:
        ask([chunk(5, True)])
    assert silent.value.status == 408


def test_what_is_too_large_is_heard_out_before_it_is_refused_and_a_body_that_drips_is_not():
    def ask(pieces, pause, patience, most, length=b""):
        given = iter(pieces)
        heard = []

        async def receive():
            await asyncio.sleep(pause)
            heard.append(next(given))
            return {"type": "http.request", "body": heard[-1], "more_body": len(heard) < len(pieces)}

        async def app(scope, receive, send):
            while (await receive()).get("more_body"):
                pass

        scope = {"type": "http", "path": "/k/x", "headers": [(b"content-length", length)] if length else []}
        limit = BodyLimitMiddleware(app, most, patience)
        try:
            asyncio.run(limit(scope, receive, None))
        except TooMuchError as error:
            return error.status, len(heard)
        return 200, len(heard)

    assert ask([b"x" * 10] * 9, 0, 5, most=90) == (200, 9)
    assert ask([b"x" * 10] * 9, 0, 5, most=20) == (413, 9)
    assert ask([b"x" * 10] * 9, 0, 5, most=20, length=b"90") == (413, 9)
    assert ask([b"x" * 200] * 9, 0.05, 0.1, most=9000) == (200, 9)
    status, heard = ask([b"x"] * 50, 0.05, 0.1, most=9000)
    assert status == 408
    assert heard < 10
