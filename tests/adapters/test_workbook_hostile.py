"""Files made to end the process of whoever reads them are refused in words before the reader sees them."""

import io
import zipfile

import pytest

from tests.workbooks.apart import read_apart
from tests.workbooks.make_workbooks import BIEU, filled, repacked

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = "xl/sharedStrings.xml"


def into_grid(cells):
    return {BIEU: lambda part: part.replace(b"</sheetData>", cells + b"</sheetData>")}


def texts(content, count=b""):
    return b"<sst xmlns='%s'%s>%s</sst>" % (MAIN, count, content)


def many_cells_of_one_text(rows=600):
    row = b'<row r="%d"><c r="H%d" t="s"><v>0</v></c><c r="I%d" t="s"><v>0</v></c></row>'
    return b"".join(row % (at, at, at) for at in range(300, 300 + rows))


LONG = b"<si><t>%s</t></si>" % (b"A" * 900_000)


def prefixed(letter):
    cell = f'<{letter}:c xmlns:{letter}="{MAIN.decode()}" r="{{}}"><{letter}:v>1</{letter}:v></{letter}:c>'
    return lambda place: repacked(filled(), into_grid(cell.format(place).encode()))


@pytest.mark.parametrize("letter", ["x", "é", "ď"])
def test_a_cell_far_out_is_seen_behind_a_prefix_of_any_letters(letter):
    assert read_apart(prefixed(letter)("F60")) == "as before"
    assert read_apart(prefixed(letter)("XFD1048576")) == "too_many_cells"


@pytest.mark.parametrize(
    "name", [TEXTS, "xl/SharedStrings.xml", "XL/sharedstrings.XML", "xl\\sharedStrings.xml"]
)
def test_one_long_text_in_very_many_cells_is_seen_however_the_part_of_texts_is_named(name):
    cells = many_cells_of_one_text()
    assert (
        read_apart(repacked(filled(), into_grid(cells), {name: texts(b"<si><t>A</t></si>")})) == "as before"
    )
    assert read_apart(repacked(filled(), into_grid(cells), {name: texts(LONG)})) == "unpacks_too_large"


@pytest.mark.parametrize(("one", "other"), [("xl/sharedStrings.xml", "xl\\SharedStrings.xml")])
def test_two_parts_of_one_name_refuse_the_file_whichever_slash_stands_between_their_folders(one, other):
    content = texts(b"<si><t>A</t></si>")
    assert read_apart(repacked(filled(), {}, {one: content})) == "as before"
    assert read_apart(repacked(filled(), {}, {one: content, other: content})) == "corrupt"


@pytest.mark.parametrize("claim", [b"99999999999", b"'99999999999'", b'"+00099999999999"'])
def test_more_texts_are_claimed_than_there_can_be(claim):
    def claiming(number):
        said = b" uniqueCount = %s" % claim.replace(b"99999999999", number)
        return repacked(filled(), {}, {TEXTS: texts(b"<si><t>A</t></si>", said)})

    assert read_apart(claiming(b"99999999999")) == "unpacks_too_large"
    if not claim.startswith(b"9"):
        assert read_apart(claiming(b"9999")) == "as before"


def test_only_the_workbook_that_was_looked_at_is_read():
    parts = unzipped(filled())
    bomb = {BIEU: into_grid(many_cells_of_one_text())[BIEU](parts[BIEU]), TEXTS: texts(LONG)}
    assert read_apart(zipped(parts | bomb)) == "unpacks_too_large"
    book = {
        name: part.replace(b"/xl/", b"/fx/") for name, part in (parts | bomb).items() if name[:3] == "xl/"
    }
    elsewhere = {f"fx/{name[3:]}": part for name, part in book.items()}
    root = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"fx/workbook.xml")
    assert read_apart(zipped(parts | elsewhere | {"_rels/.rels": root})) == "as before"


DECLARED = b'<?xml version="1.0" %s?>'


@pytest.mark.parametrize(
    "how", [b'encoding="windows-1258"', b"encoding = 'windows-1258'", b" " * 200 + b'Encoding="utf-16"']
)
def test_letters_of_another_alphabet_refuse_the_file_however_they_are_declared(how):
    def declared(said):
        return repacked(filled(), {BIEU: lambda part: DECLARED % said + part})

    assert read_apart(declared(b'encoding="UTF-8"')) == "as before"
    assert read_apart(declared(how)) == "corrupt"


def test_letters_of_another_alphabet_declared_in_the_middle_of_a_part_refuse_the_file():
    odd = {
        BIEU: lambda part: part.replace(b"<sheetData", DECLARED % b'encoding="windows-1258"' + b"<sheetData")
    }
    assert read_apart(repacked(filled(), odd)) == "corrupt"


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), content, packing)
    return out.getvalue()
