"""An archive is opened under bounds; what may be a form comes out of it, and nothing else is looked into."""

import io
import zipfile
from pathlib import Path

import pytest

from tasks.adapters import archives
from tasks.adapters.archives import is_archive, may_be_form, unpack_archive
from tasks.adapters.workbooks import NotAWorkbookError
from tests.form_mails import zipped
from tests.workbooks.make_workbooks import filled

FILES = Path(__file__).parents[1] / "workbooks" / "should_fail"
SCAN = b"%PDF-1.4\n" + bytes(99)


@pytest.fixture(scope="module")
def form():
    return filled()


def rule(data):
    with pytest.raises(NotAWorkbookError) as told:
        unpack_archive(data)
    assert told.value.message.endswith(".")
    return told.value.rule


def test_a_workbook_is_no_archive_and_an_archive_no_workbook(form):
    assert may_be_form(form)
    assert not is_archive(form)
    assert is_archive(zipped(("a.xlsx", form)))
    assert may_be_form(zipped(("a.xlsx", form)))


def test_letters_slides_scans_and_outlook_messages_are_not_taken_for_forms():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    slides = zipped(("[Content_Types].xml", b"<x/>"), ("ppt/presentation.xml", b"<x/>"))
    letter = zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>"))
    message = ole + "__substg1.0_".encode("utf-16-le")
    for data in ((FILES / "letter.xlsx").read_bytes(), slides, letter, message, SCAN, b"", b"PK"):
        assert not may_be_form(data)


@pytest.mark.parametrize("stream", ["Workbook", "Book", "EncryptedPackage"])
def test_old_workbooks_and_those_with_a_password_may_be_forms(stream):
    assert may_be_form(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + stream.encode("utf-16-le"))


def test_forms_come_out_under_the_last_part_of_their_name_and_the_rest_stays_in(form):
    found = unpack_archive(
        zipped(
            ("Biểu/xã Một.xlsx", form),
            ("../../etc/xa-hai.xlsx", form + b"\x00"),
            ("quet.pdf", SCAN),
            ("__MACOSX/._x.xlsx", form),
            ("~$xa-mot.xlsx", form),
        )
    )
    assert [member.name for member in found] == ["xã Một.xlsx", "xa-hai.xlsx"]
    assert found[0].data == form
    assert not any(member.problem for member in found)


def test_an_archive_in_an_archive_is_not_opened(form):
    (inner,) = unpack_archive(zipped(("trong.zip", zipped(("a.xlsx", form)))))
    assert inner.problem
    assert inner.problem.rule == "nested"


def test_a_bomb_is_refused_before_it_is_unpacked(form):
    assert rule(zipped(("a.xlsx", form), ("0.xlsx", bytes(30 << 20)))) == "unpacks_too_large"
    assert rule(zipped(*((f"{n}.bin", bytes(2 << 20)) for n in range(45)))) == "unpacks_too_large"


def test_more_files_than_anybody_sends_are_refused_and_one_less_is_not(form):
    files = [(f"{n}.xlsx", form) for n in range(61)]
    assert rule(zipped(*files)) == "too_many_files"
    assert len(unpack_archive(zipped(*files[1:]))) == 60


def test_a_directory_that_lies_about_sizes_is_broken(form):
    data = bytearray(zipped(("a.xlsx", form)))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert rule(bytes(data)) == "corrupt"


def test_a_password_is_told(form):
    data = bytearray(zipped(("a.xlsx", form)))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert rule(bytes(data)) == "password"


@pytest.mark.parametrize("mark", [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c"])
def test_other_archives_are_told_apart_by_content(mark):
    assert is_archive(mark + bytes(9))
    assert rule(mark + bytes(9)) == "archive_kind"


def test_an_archive_over_the_limit_is_not_opened(form, monkeypatch):
    data = zipped(("a.xlsx", form))
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", len(data))
    assert len(unpack_archive(data)) == 1
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", len(data) - 1)
    assert rule(data) == "too_large"


def test_a_large_scan_is_not_unpacked_and_a_large_workbook_is_told(form):
    import os

    large = os.urandom(5 << 20)
    scan, book = unpack_archive(
        zipped(("quet.pdf", large), ("a.xlsx", form), ("b.xlsx", b"PK\x03\x04" + large))
    )
    assert (scan.name, scan.problem) == ("a.xlsx", None)
    assert book.problem
    assert book.problem.rule == "too_large"


def test_a_name_in_utf8_that_does_not_say_so_is_read(form):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Biểu.xlsx", form)
    data = bytearray(out.getvalue())
    place = data.rindex(b"PK\x01\x02")
    assert data[place + 9] & 8
    data[place + 9] &= ~8
    assert unpack_archive(bytes(data))[0].name == "Biểu.xlsx"


def test_an_archive_whose_beginning_is_missing_is_broken_and_no_more(form):
    """However much is missing: the directory at the end then points before the file."""
    whole = zipped(("thu.txt", b"x" * 90), ("bieu.xlsx", form))
    assert len(unpack_archive(whole)) == 1
    for missing in range(1, len(whole) - 60, 97):
        assert rule(b"PK\x03\x04" + whole[missing:]) == "corrupt"
