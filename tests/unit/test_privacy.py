"""A list of people is known wherever it stands; counts, notes and signatures are none."""

from datetime import date
from unicodedata import normalize

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from models import privacy
from models.plan_text import parse_plan, plan_warnings
from models.privacy import PERSONAL_DATA, asks_for_people, people_lists
from models.reading import RawGrid
from models.working_days import WorkingDays
from tests.builders import an_obligation, plan_data

NAMES = ["Nguyễn Văn A", "Trần Thị B", "Hồ Văn C"]
DAYS = ["12/3/2012", "05/11/2010", date(2014, 1, 2)]
IDS = ["046312000001", "046310000002", "046314000003"]


def found(*rows, sheet="Trang 4"):
    return people_lists([RawGrid(sheet, [list(row) for row in rows])])


LISTS = {
    "names and birth days under their headings": [("STT", "Họ và tên", "Ngày sinh"), (1, NAMES[0], DAYS[0])],
    "names and villages": [("TT", "Họ tên trẻ", "Địa chỉ (thôn)"), (1, NAMES[0], "Thôn 4")],
    "insurance numbers alone": [("TT", "Số thẻ BHYT"), (1, "TE4464612345678")],
    "identity numbers alone": [("TT", "Số định danh cá nhân"), (1, IDS[0])],
    "headings in capitals": [("STT", "HỌ VÀ TÊN", "NĂM SINH"), (1, "NGUYỄN VĂN A", 2012)],
    "decomposed letters": [
        tuple(normalize("NFD", word) for word in ("Họ và tên", "Ngày sinh")),
        (normalize("NFD", NAMES[0]), DAYS[0]),
    ],
    "three names under a heading": [("Họ và tên",), *((name,) for name in NAMES)],
    "no headings, birth days": list(zip(NAMES, DAYS, strict=True)),
    "no headings, identity numbers": list(zip(["Kray Sức", "A Viết Lam", "Ta Rương"], IDS, strict=True)),
    "days with their months and years": [("Họ và tên", "Ngày/tháng/năm sinh"), (NAMES[0], 2012)],
    "names in small letters": [("Họ và tên", "Ngày sinh"), ("nguyễn văn a", DAYS[0])],
    "names with an apostrophe": [("Họ và tên", "Ngày sinh"), ("H'Hen Niê", DAYS[0])],
    "headings without marks": [("Ho va ten", "Ngay sinh"), ("nguyen van a", DAYS[0])],
    "headings with letters nobody sees": [("Họ\u200b và tên", "Ngày\xad sinh"), (NAMES[0], DAYS[0])],
    "numbers that are kept as such": [("Họ và tên", "Số định danh"), ("nguyễn văn a", 46_312_000_001.0)],
    "numbers in groups": [(name, f"{i[:3]} {i[3:6]} {i[6:9]} {i[9:]}") for name, i in zip(NAMES, IDS, strict=True)],
    "days as a program writes them": [(name, f"2012-03-{day:02} 00:00:00") for day, name in enumerate(NAMES, 10)],
    "days with short years": [(name, f"{day}/3/12") for day, name in enumerate(NAMES, 1)],
    "in a font of old, TCVN3": [("Hä vµ tªn", "N¨m sinh"), ("NguyÔn V¨n A", 2012)],
    "in a font of old, VNI": [("HOÏ VAØ TEÂN", "NAÊM SINH"), ("Nguyeãn Vaên A", 2012)],
    "in a text of old letters": [("II", "1. NguyÔn V¨n A, sinh ngµy 12/3/2012\n2. TrÇn ThÞ B (sinh n¨m 2013)\n3. Lª C sinh n¨m 2011")],
    "in a text": [("II", "1. Nguyễn Văn A, sinh ngày 12/3/2012\n2. Trần Thị B (sinh năm 2013)\n3. Lê C – 5/6/2011")],
    "in a text with numbers": [("II", "; ".join(f"{n}, CCCD {i}" for n, i in zip(NAMES, IDS, strict=True)))],
}  # fmt: skip
COUNTS = {
    "a form": [("Mã", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú"), ("A.1", "Tổng số trẻ em", "người", 7, "")],
    "a signature": [("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"), ("(Ký, ghi rõ họ tên)", ""), (NAMES[0], NAMES[1])],
    "headings with nothing below": [("STT", "Họ và tên", "Ngày sinh"), ("", "", "")],
    "two names beside days": list(zip(NAMES, DAYS, strict=True))[:2],
    "activities with their days": [("Tập huấn kỹ năng", DAYS[0]), ("Tết Trung Thu", DAYS[1]), ("Ngày Hội Trẻ Em", DAYS[2])],
    "villages with counts": [("Thôn", "Số trẻ em"), ("Thôn Một", 4), ("Thôn Hai", 6), ("Thôn Ba", 9)],
    "communes with counts": [("Xã", "Số trẻ em"), ("Hương Phú", 4), ("Hương Sơn", 6), ("Thượng Lộ", 9)],
    "donors with sums": [("Họ và tên", "Số tiền"), (NAMES[0], 500_000_000)],
    "officials in a text": [("I", "Ông Nguyễn Văn A chủ trì ngày 12/3/2019; bà Trần Thị B, ngày 4/5/2019; ông Lê C ngày 6/7/2019")],
    "male and female pupils": [("Trường", "Nam sinh", "Nữ sinh"), ("Trường Một", 210, 190), ("Trường Hai", 95, 88)],
    "cards that were given": [("Xã", "Số thẻ BHYT đã cấp", "Kinh phí"), ("Hương Phú", 1200, 2_000_000_000)],
    "old letters without a list": [("Tæng sè trÎ em", 7), ("Sè trÎ em ®­îc tÆng quµ", 5), ("Ngµy 12/3/2019", "12/3/2019")],
    "documents": [("I", "Kế hoạch số 12/KH-UBND ngày 20/7/2019; Quyết định 46/QĐ ngày 1/8/2019; Công văn 7 ngày 2/9/2019")],
}  # fmt: skip


@pytest.mark.parametrize("what", LISTS)
def test_a_list_of_people_is_found_on_any_sheet_and_nothing_of_it_is_repeated(what):
    (finding,) = found(*LISTS[what])
    assert (finding.rule, finding.severity, finding.cell) == (PERSONAL_DATA, "error", "Trang 4")
    assert "Đề nghị xóa danh sách" in finding.message
    assert not any(word in finding.message for word in (*NAMES, *IDS, "2012"))


@pytest.mark.parametrize("what", COUNTS)
def test_what_is_no_list_is_let_through(what):
    assert found(*COUNTS[what]) == ()


def test_a_row_less_makes_a_list_without_headings_none():
    rows = list(zip(NAMES, IDS, strict=True))
    assert found(*rows)
    assert not found(*rows[:2])


@pytest.mark.parametrize(
    ("label", "asks"),
    [
        ("Họ và tên trẻ em", True),
        ("Ngày, tháng, năm sinh", True),
        ("Số CCCD", True),
        ("Mã định danh", True),
        ("Số trẻ em", False),
        ("Số trẻ em được cấp thẻ BHYT", False),
        ("Tên hoạt động", False),
    ],
)
def test_a_label_that_asks_who_is_told_from_one_that_asks_how_many(label, asks):
    assert asks_for_people(label) is asks


def test_a_plan_whose_table_asks_for_names_is_warned_of_with_its_place_and_one_that_counts_is_not():
    def warned(label):
        table = {
            "code": "A.7", "label": "Các đợt", "unit": "đợt", "kind": "table", "adds": "list",
            "columns": [{"code": "ten", "label": label}],
        }  # fmt: skip
        data = plan_data(an_obligation(form={"indicators": ["A.7"]}), indicators=[table])
        text = yaml.safe_dump(data, allow_unicode=True)
        found = plan_warnings(parse_plan(text, "plan.yaml"), text, "plan.yaml", WorkingDays())
        return [warning.path for warning in found if "asks who" in warning.expected]

    assert warned("Họ và tên trẻ") == ["indicators[0].columns[0].label"]
    assert warned("Tên đợt") == []


PIECES = [
    *NAMES, *IDS, "TE4464612345678", "TE-4464612345678", "12/3/2012", "5 . 11 - 2010", "1/\t2/2019", "sinh ngày 2010",
    "sinh năm: 2012", "SN 2013", "sn:2014", "NguyÔn V¨n A", "Traàn Thò B", "sinh n¨m 2012", "sinh naêm 2013", "Hä vµ tªn", "NGAØY SINH", "Soá ñònh danh", "danh s¸ch trÎ", "2012-03-04", "1.2.13", "Ho ten", "Nguy\u200bễn Văn A", "Sinh\xad ngày", "046 312 000 001", "Đỗ Ý 3/\xa0\xa04 /5 . 2013", "sinh\xa0\u2003năm\x0b: 2012", normalize("NFD", "Lê C sinh năm 2011"), "CCCD", "Họ và tên", "NGÀY SINH", "Số định danh", "Địa chỉ", "Số trẻ em", "/1/", "7",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=7).flatmap(
    lambda words: st.sampled_from((" ", ", ", "\n", "")).map(lambda between: between.join(words))
)
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(PIECES),
    TEXTS,
    st.sampled_from((3.0, True, 46_312_000_001.0, date(2014, 1, 2))),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
def test_the_one_look_over_all_the_words_never_passes_by_what_the_close_look_would_find(rows):
    assert bool(found(*rows)) == privacy._holds_list(RawGrid("Trang 4", rows))
