"""The unit files against the lists the field gives for each plan (domain handbook §3.1 to §3.3)."""

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from models.text import fold, nfc

FOLDER = Path(__file__).parents[2] / "plans" / "units"
HEADER = (
    "code,gso_code,kind,level,name,body,abbreviation,parent,valid_from,valid_to,"
    "contact_role,contact_name,email,phone,aliases,note,contact_from,contact_to,lines,predecessors,document"
)
KINDS = {
    "central": {"bo"},
    "province": {
        "tinh",
        "thanh-pho-tw",
        "so",
        "ban",
        "van-phong",
        "mat-tran",
        "doan-the",
        "don-vi-su-nghiep",
    },
    "district": {
        *("huyen", "thanh-pho", "thi-xa", "quan"),
        *("phong", "van-phong", "mat-tran", "doan-the", "don-vi-su-nghiep"),
    },
    "commune": {"xa", "phuong", "thi-tran", "dac-khu"},
}
TERRITORIAL = {"tinh", "thanh-pho-tw", "huyen", "thanh-pho", "thi-xa", "quan", *KINDS["commune"]}
RANK = ["central", "province", "district", "commune"]

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


FILES = {path.stem: read(path) for path in sorted(FOLDER.glob("*.csv"))}
ROWS = [row for rows in FILES.values() for row in rows]
BY_CODE = {row["code"]: row for row in ROWS}
"""The last version of each."""
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']}@{row['valid_from']}")


def first(row: Row) -> date:
    return date.fromisoformat(row["valid_from"])


def last(row: Row) -> date:
    return date.fromisoformat(row["valid_to"] or "9999-12-31")


def places_under(parent: str, day: str) -> dict[str, str]:
    """GSO code → name of the places directly under a unit that are valid on a day."""
    when = date.fromisoformat(day)
    return {
        row["gso_code"]: row["name"]
        for row in ROWS
        if row["parent"] == parent and row["kind"] in TERRITORIAL and first(row) <= when <= last(row)
    }


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())


def listed(text: str) -> dict[str, str]:
    return dict(item.strip().split(" ", 1) for item in text.split(";"))


HUE = listed(
    "474 Thành phố Huế; 476 Huyện Phong Điền; 477 Huyện Quảng Điền; 478 Huyện Phú Vang; 479 Thị xã Hương Thủy; "
    "480 Thị xã Hương Trà; 481 Huyện A Lưới; 482 Huyện Phú Lộc; 483 Huyện Nam Đông"
)
LANG_SON = listed(
    "178 Thành phố Lạng Sơn; 180 Huyện Tràng Định; 181 Huyện Bình Gia; 182 Huyện Văn Lãng; 183 Huyện Cao Lộc; "
    "184 Huyện Văn Quan; 185 Huyện Bắc Sơn; 186 Huyện Hữu Lũng; 187 Huyện Chi Lăng; 188 Huyện Lộc Bình; "
    "189 Huyện Đình Lập"
)
HONG_NGU = listed(
    "29956 Xã Thường Phước 1; 29962 Xã Thường Thới Hậu A; 29971 Thị trấn Thường Thới Tiền; "
    "29974 Xã Thường Phước 2; 29977 Xã Thường Lạc; 29980 Xã Long Khánh A; 29983 Xã Long Khánh B; "
    "29992 Xã Long Thuận; 29995 Xã Phú Thuận B; 29998 Xã Phú Thuận A"
)
NAM_DONG = listed(
    "20161 Thị trấn Khe Tre; 20164 Xã Hương Phú; 20167 Xã Hương Sơn; 20170 Xã Hương Lộc; 20173 Xã Thượng Quảng; "
    "20176 Xã Hương Hòa; 20179 Xã Hương Giang; 20182 Xã Hương Hữu; 20185 Xã Thượng Lộ; 20188 Xã Thượng Long; "
    "20191 Xã Thượng Nhật"
)


@pytest.mark.parametrize("year", range(2013, 2021))
def test_hue_647_has_its_nine_districts_in_every_year(year: int) -> None:
    assert len(HUE) == 9
    assert places_under("tinh-thua-thien-hue", f"{year}-12-20") == HUE


@pytest.mark.parametrize("day", ["2019-07-25", *(f"{year}-11-30" for year in range(2019, 2025))])
def test_hue_588_has_its_five_localities_through_2024(day: str) -> None:
    codes = ["huyen-nam-dong", "huyen-a-luoi", "huyen-phong-dien", "huyen-phu-loc", "thi-xa-huong-tra"]
    found = places_under("tinh-thua-thien-hue", day)
    assert {BY_CODE[code]["gso_code"] for code in codes} == {"483", "481", "476", "482", "480"} <= set(found)


@pytest.mark.parametrize("day", ["2019-01-01", "2020-12-31", "2024-12-31"])
def test_lang_son_1438_has_its_eleven_districts(day: str) -> None:
    assert len(LANG_SON) == 11
    assert places_under("tinh-lang-son", day) == LANG_SON


def test_hong_ngu_2020_has_nine_xa_and_one_thi_tran() -> None:
    found = places_under("huyen-hong-ngu", "2020-11-12")
    assert found == HONG_NGU
    assert Counter(name.split()[0] for name in found.values()) == {"Xã": 9, "Thị": 1}


def test_nam_dong_2014_has_its_eleven_communes() -> None:
    assert len(NAM_DONG) == 11
    assert places_under("huyen-nam-dong", "2014-10-20") == NAM_DONG


def test_nam_dong_has_ten_communes_after_huong_giang_and_huong_hoa_became_huong_xuan() -> None:
    expected = {code: name for code, name in NAM_DONG.items() if code != "20176"} | {"20179": "Xã Hương Xuân"}
    assert places_under("huyen-nam-dong", "2019-12-31") == NAM_DONG
    assert places_under("huyen-nam-dong", "2020-01-01") == expected


def test_hong_ngu_had_eleven_communes_before_thuong_thoi_hau_b_was_merged() -> None:
    day = date(2019, 12, 31)
    communes = [r for r in ROWS if r["parent"] == "huyen-hong-ngu" and r["level"] == "commune"]
    assert sum(first(r) <= day <= last(r) for r in communes) == 11
    assert last(BY_CODE["xa-thuong-thoi-hau-b"]) == day


def test_hue_counts_nine_districts_again_after_becoming_a_centrally_run_city() -> None:
    day = "2025-01-01"
    under_both = places_under("tinh-thua-thien-hue", day) | places_under("thanh-pho-hue-tw", day)
    assert set(under_both) == {"474", "475", "476", "477", "478", "479", "480", "481", "482"}
    assert under_both["474"] == "Quận Thuận Hóa"


def test_no_district_is_left_on_the_first_of_july_2025() -> None:
    places = [r for r in ROWS if r["level"] == "district" and r["kind"] in TERRITORIAL]
    assert max(last(r) for r in places) == date(2025, 6, 30)


def test_the_departments_of_labour_end_before_march_2025() -> None:
    ends = {code: r["valid_to"] for code, r in BY_CODE.items() if code.startswith("so-ldtbxh-")}
    assert set(ends) == {f"so-ldtbxh-{place}" for place in ("thua-thien-hue", "lang-son", "dong-thap")}
    assert set(ends.values()) == {"2025-02-28"}


@pytest.mark.parametrize("name", ["hong-ngu", "lang-son", "nam-dong", "thua-thien-hue", "trung-uong"])
def test_a_file_is_composed_utf8_with_the_public_header(name: str) -> None:
    text = (FOLDER / f"{name}.csv").read_bytes().decode("utf-8")
    assert text.partition("\n")[0] == HEADER
    assert text == nfc(text)
    assert "\r" not in text


def test_a_code_has_one_version_on_a_day_over_all_files() -> None:
    for one, other in combinations(sorted(ROWS, key=lambda row: row["code"]), 2):
        if one["code"] == other["code"]:
            assert last(one) < first(other) or last(other) < first(one), one["code"]


def test_a_unit_that_goes_on_goes_on_without_a_gap() -> None:
    for code in {row["code"] for row in ROWS}:
        versions = sorted((row for row in ROWS if row["code"] == code), key=first)
        for before, after in pairwise(versions):
            assert (first(after) - last(before)).days == 1, code


@each_row
def test_a_predecessor_ends_the_day_before_its_successor_begins(row: Row) -> None:
    for text in filter(None, row["predecessors"].split("|")):
        code, _, share = text.partition(":")
        ends = [last(each) for each in ROWS if each["code"] == code]
        assert (first(row) - max(ends)).days == 1
        assert share in {"", "part"}


def test_a_divided_unit_is_marked_so_in_every_successor() -> None:
    heirs: dict[str, list[str]] = {}
    for row in ROWS:
        for text in filter(None, row["predecessors"].split("|")):
            code, _, share = text.partition(":")
            heirs.setdefault(code, []).append(share)
    assert {code for code, shares in heirs.items() if len(shares) > 1} == {"thanh-pho-hue"}
    assert all(set(shares) == ({"part"} if len(shares) > 1 else {""}) for shares in heirs.values())


def test_whoever_looks_after_children_stands_in_that_line_and_one_office_at_a_time_in_a_province() -> None:
    line = [row for row in ROWS if row["lines"]]
    assert {row["lines"] for row in line} == {"tre-em"}
    for one, other in combinations(line, 2):
        if one["level"] != "district" and one["parent"] == other["parent"] and one["code"] != other["code"]:
            assert last(one) < first(other) or last(other) < first(one)


@each_row
def test_a_row_is_whole_and_its_dates_are_in_order(row: Row) -> None:
    assert None not in row
    assert None not in row.values()
    assert all(value == value.strip() for value in row.values())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["code"])
    assert row["kind"] in KINDS[row["level"]]
    assert all(row[key] for key in ("name", "body", "abbreviation", "phone"))
    assert row["contact_role"] == "dau-moi"
    assert first(row) <= last(row)


@each_row
def test_a_parent_exists_stands_no_lower_and_is_valid_when_the_child_begins(row: Row) -> None:
    if row["kind"] in {"bo", "tinh", "thanh-pho-tw"}:
        assert not row["parent"]
        return
    versions = [
        each for each in ROWS if each["code"] == row["parent"] and first(each) <= first(row) <= last(each)
    ]
    assert len(versions) == 1
    parent = versions[0]
    assert RANK.index(parent["level"]) <= RANK.index(row["level"])
    if row["kind"] in TERRITORIAL:
        assert RANK.index(parent["level"]) == RANK.index(row["level"]) - 1
        assert parent["kind"] in TERRITORIAL


@each_row
def test_a_place_is_coded_by_its_name_and_reports_through_its_committee(row: Row) -> None:
    if row["kind"] not in TERRITORIAL:
        assert not row["gso_code"]
        return
    assert row["code"] == slug(row["name"]) + ("-tw" if row["kind"] == "thanh-pho-tw" else "")
    assert row["code"].startswith(row["kind"].removesuffix("-tw"))
    assert row["body"] == f"UBND {row['name'][0].lower()}{row['name'][1:]}"


@each_row
def test_an_address_is_a_sample_under_example(row: Row) -> None:
    assert not row["email"] or re.fullmatch(r"baocao@[a-z0-9.-]+\.example", row["email"])
    assert re.fullmatch(r"0\d{2,3} 000 \d{4}", row["phone"])


def test_addresses_are_unique_and_exactly_one_department_has_none() -> None:
    addresses = {row["email"]: row["code"] for row in ROWS if row["email"]}
    assert len(addresses) == len({row["code"] for row in ROWS if row["email"]})
    assert [row["code"] for row in ROWS if not row["email"]] == ["phong-tu-phap-hong-ngu"]


@pytest.mark.parametrize("name", FILES)
def test_no_two_units_of_a_file_answer_to_one_name_on_the_same_day(name: str) -> None:
    def spellings(row: Row) -> set[str]:
        return {fold(text) for text in [row["name"], row["body"], *row["aliases"].split("|")] if text}

    for one, other in combinations(FILES[name], 2):
        if one["code"] != other["code"] and first(one) <= last(other) and first(other) <= last(one):
            assert not spellings(one) & spellings(other), (one["code"], other["code"])


@pytest.mark.parametrize(
    "code", [f"so-ldtbxh-{place}" for place in ("thua-thien-hue", "lang-son", "dong-thap")]
)
def test_a_department_of_labour_answers_to_every_spelling_of_the_plans(code: str) -> None:
    known = {fold(alias) for alias in (BY_CODE[code]["body"] + "|" + BY_CODE[code]["aliases"]).split("|")}
    written = (
        "Sở Lao động - Thương binh và Xã hội|Sở Lao động, Thương binh và Xã hội|Sở Lao động-Thương binh và Xã hội|"
        "Sở Lao động-TB&XH|Sở Lao động TB&XH|Sở LĐTB&XH|Sở LĐ-TBXH"
    )
    assert {fold(spelling) for spelling in written.split("|")} <= known
