"""The reorganisation of 1/7/2025 against the counts and mappings the field gives (domain handbook §3.1 to §3.3).

Read with the csv module alone, together with the shipped unit files, which it adds to.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "plans" / "reorganisation" / "2025-07-01.csv"
BEFORE, AFTER = "2025-06-30", "2025-07-01"
LEVELS = {
    "tinh": "province",
    "thanh-pho-tw": "province",
    "huyen": "district",
    "quan": "district",
    "thi-xa": "district",
    "thanh-pho": "district",
    "xa": "commune",
    "phuong": "commune",
    "thi-tran": "commune",
    "dac-khu": "commune",
}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NATIONAL = read(FILE)
SHIPPED = [row for path in sorted((ROOT / "plans" / "units").glob("*.csv")) for row in read(path)]
PLACES = [row for row in SHIPPED + NATIONAL if row["kind"] in LEVELS]


def versions(rows):
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["valid_from"]):
        found[row["code"]].append(row)
    return found


VERSIONS = versions(SHIPPED + NATIONAL)


def valid(row, day):
    return row["valid_from"] <= day <= (row["valid_to"] or day)


def on(day, level):
    return [row for row in PLACES if valid(row, day) and LEVELS[row["kind"]] == level]


def sources(row):
    """(code, divided) for each predecessor."""
    named = (row.get("predecessors") or "").split("|")
    return [(code.removesuffix(":part"), code.endswith(":part")) for code in named if code]


NEW = [row for row in NATIONAL if row["valid_from"] == AFTER]
SUCCESSORS = Counter(code for row in NEW for code, _ in sources(row))
BY_CODE = {row["code"]: row for row in NEW}


def province_before(code):
    """The province of a district or commune on 30/6/2025, by GSO code: Huế's districts name the old one."""
    row = VERSIONS[code][0]
    while row["parent"]:
        row = VERSIONS[row["parent"]][0]
    return row["gso_code"]


def communes_before(gso):
    return [row for row in on(BEFORE, "commune") if province_before(row["code"]) == gso]


def test_the_header_is_that_of_unit_files_with_lines_predecessors_and_document():
    without_contacts = [name for name in SHIPPED[0] if name not in {"contact_from", "contact_to"}]
    assert list(NATIONAL[0]) == without_contacts


def test_until_30_june_there_were_63_provinces_696_districts_and_10035_communes():
    counts = [len(on(BEFORE, level)) for level in ("province", "district", "commune")]
    assert counts == [63, 696, 10_035]


def test_from_1_july_there_are_34_provinces_no_district_and_3321_communes():
    counts = [len(on(AFTER, level)) for level in ("province", "district", "commune")]
    assert counts == [34, 0, 3_321]
    kinds = Counter(row["kind"] for row in on(AFTER, "province") + on(AFTER, "commune"))
    assert kinds == {"tinh": 28, "thanh-pho-tw": 6, "xa": 2_621, "phuong": 687, "dac-khu": 13}


def test_the_34_provinces_are_those_of_the_resolution():
    listed = "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96"
    assert sorted(row["gso_code"] for row in on(AFTER, "province")) == listed.split()


def test_a_gso_code_stands_for_one_unit_at_a_time():
    for day in (BEFORE, AFTER):
        for level in ("province", "district", "commune"):
            often = Counter(row["gso_code"] for row in on(day, level))
            assert [code for code, times in often.items() if times > 1] == []


@pytest.mark.parametrize(("gso", "districts", "communes"), [("46", 9, 133), ("20", 11, 194), ("87", 12, 141)])
def test_areas_of_the_plans_before(gso, districts, communes):
    assert sum(province_before(row["code"]) == gso for row in on(BEFORE, "district")) == districts
    assert len(communes_before(gso)) == communes


@pytest.mark.parametrize(
    ("province", "kinds"),
    [
        ("thanh-pho-hue-tw", {"phuong": 21, "xa": 19}),
        ("tinh-lang-son", {"xa": 61, "phuong": 4}),
        ("tinh-dong-thap-2025", {"xa": 82, "phuong": 20}),
    ],
)
def test_areas_of_the_plans_after(province, kinds):
    assert Counter(row["kind"] for row in NEW if row["parent"] == province) == kinds


def test_dong_thap_is_merged_with_tien_giang_under_its_code():
    merged = BY_CODE["tinh-dong-thap-2025"]
    assert merged["gso_code"] == "82"
    assert sources(merged) == [("tinh-tien-giang", False), ("tinh-dong-thap", False)]


WHOLE = {
    ("xa-long-quang", "20182"): "xa-thuong-quang xa-thuong-long xa-huong-huu",
    ("xa-nam-dong", "20179"): "xa-huong-xuan xa-thuong-nhat xa-huong-son",
    ("xa-khe-tre", "20161"): "thi-tran-khe-tre xa-huong-phu xa-huong-loc xa-thuong-lo",
    ("xa-thuong-phuoc", "29971"): "thi-tran-thuong-thoi-tien xa-thuong-phuoc-1 xa-thuong-phuoc-2",
    ("xa-long-khanh", "29983"): "xa-long-khanh-a xa-long-khanh-b",
}


def find(gso):
    (row,) = (row for row in NEW if row["gso_code"] == gso and row["level"] == "commune")
    return row


@pytest.mark.parametrize(("name", "gso"), WHOLE)
def test_communes_of_nam_dong_and_hong_ngu_go_over_whole(name, gso):
    new = find(gso)
    assert new["code"].startswith(name)
    assert sorted(sources(new)) == sorted((code, False) for code in WHOLE[name, gso].split())


def test_phu_thuan_b_is_divided_between_long_phu_thuan_and_tan_long():
    parts = [row["gso_code"] for row in NEW if ("xa-phu-thuan-b", True) in sources(row)]
    assert sorted(parts) == ["29992", "30154"]
    rest = [source for source in sources(find("29992")) if source[0] != "xa-phu-thuan-b"]
    assert sorted(rest) == [("xa-long-thuan", False), ("xa-phu-thuan-a", False)]


def test_thuong_lac_takes_two_communes_of_hong_ngu_and_the_code_of_an_lac():
    codes = dict(sources(find("29978")))
    assert {"xa-thuong-lac", "xa-thuong-thoi-hau-a"} < codes.keys()
    (an_lac,) = codes.keys() - {"xa-thuong-lac", "xa-thuong-thoi-hau-a"}
    assert VERSIONS[an_lac][0]["gso_code"] == "29978"


def test_a_predecessor_is_marked_part_exactly_when_it_has_several_successors():
    for row in NEW:
        for code, part in sources(row):
            assert part == (SUCCESSORS[code] > 1), (row["code"], code)


def test_every_predecessor_is_known_and_ends_the_day_before():
    day_before = (date.fromisoformat(AFTER) - timedelta(days=1)).isoformat()
    for row in NEW:
        for code, _ in sources(row):
            assert VERSIONS[code][-1]["valid_to"] == day_before, (row["code"], code)


def test_every_province_and_commune_that_ends_has_a_successor():
    ended = [
        row["code"] for row in on(BEFORE, "province") + on(BEFORE, "commune") if row["valid_to"] == BEFORE
    ]
    going_on = {row["code"] for row in on(AFTER, "commune")}
    assert [code for code in ended if not SUCCESSORS[code] and code not in going_on] == []


def test_only_the_127_communes_that_go_on_have_no_predecessor():
    alone = [row for row in NEW if not row["predecessors"]]
    assert len(alone) == 127
    for row in alone:
        before, after = VERSIONS[row["code"]]
        assert (before["kind"], before["name"].lower()) == (after["kind"], after["name"].lower())
        assert before["valid_to"] == BEFORE
        assert not SUCCESSORS[row["code"]]


def test_a_commune_that_goes_on_is_the_only_reason_for_a_second_version():
    twice = {row["code"] for row in NATIONAL if len(VERSIONS[row["code"]]) > 1}
    assert twice == {row["code"] for row in NEW if not row["predecessors"]}


def test_no_commune_has_a_source_outside_the_provinces_its_own_was_made_of():
    made_of = {
        row["code"]: {code for code, _ in sources(row)} or {row["code"]} for row in on(AFTER, "province")
    }
    for row in NEW:
        olds = {VERSIONS[code][0]["gso_code"] for code in made_of.get(row["parent"], ())}
        outside = [code for code, _ in sources(row) if olds and province_before(code) not in olds]
        assert outside == [], row["code"]


def test_a_namesake_in_another_town_is_no_source():
    for code, _ in sources(BY_CODE["phuong-cao-lanh"]):
        assert VERSIONS[code][0]["parent"] == "thanh-pho-cao-lanh", code


def test_island_districts_without_communes_become_dac_khu():
    islands = {code for row in NEW for code, _ in sources(row) if VERSIONS[code][0]["level"] == "district"}
    assert islands == {
        "huyen-bach-long-vi",
        "huyen-con-co",
        "huyen-con-dao",
        "huyen-hoang-sa",
        "huyen-ly-son",
    }


def test_every_parent_is_known_and_valid_when_its_child_begins():
    for row in NATIONAL:
        above = VERSIONS[row["parent"]] if row["parent"] else []
        assert bool(above) == (row["level"] != "province"), row["code"]
        assert not above or any(valid(parent, row["valid_from"]) for parent in above), row["code"]


def test_versions_of_one_code_never_overlap_also_with_shipped_units():
    replaced = {(row["code"], row["valid_from"]) for row in SHIPPED}
    assert not replaced & {(row["code"], row["valid_from"]) for row in NATIONAL}
    for code in versions(NATIONAL):
        for before, after in pairwise(VERSIONS[code]):
            assert before["valid_to"]
            assert before["valid_to"] < after["valid_from"], code


def slug(name):
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d").replace("'", ""))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", plain))


def test_a_code_is_kebab_case_of_the_name_and_never_the_gso_code():
    for row in NATIONAL:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["code"])
        assert row["code"] == slug(row["name"]) or row["code"].startswith(slug(row["name"]) + "-")
        assert len(row["gso_code"]) == {"province": 2, "district": 3, "commune": 5}[row["level"]]
        assert row["level"] == "province" or row["gso_code"] not in row["code"].split("-")


def test_a_code_without_a_place_belongs_to_a_name_that_no_other_unit_ever_has():
    owners = defaultdict(set)
    for row in PLACES:
        owners[slug(row["name"])].add(row["code"])
    for row in NATIONAL:
        if row["level"] != "province" and row["code"] == slug(row["name"]):
            assert owners[row["code"]] == {row["code"]}


def test_names_are_composed_with_modern_tone_marks_and_begin_with_their_kind():
    old_style = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
    for row in NATIONAL:
        assert row["name"] == unicodedata.normalize("NFC", " ".join(row["name"].split()))
        assert not old_style.search(row["name"]), row["name"]
        assert slug(row["name"]).startswith(row["kind"].removesuffix("-tw") + "-")
        assert row["body"] == f"UBND {row['name'][0].lower()}{row['name'][1:]}"
        assert row["level"] == LEVELS[row["kind"]]


def test_no_row_has_a_contact():
    columns = ("contact_role", "contact_name", "email", "phone", "lines")
    assert {row[column] for row in NATIONAL for column in columns} == {""}


def test_new_units_name_the_document_that_made_them():
    assert {(row["level"], row["document"]) for row in NEW} == {
        ("province", "Nghị quyết 202/2025/QH15"),
        ("commune", "Nghị quyết 202/2025/QH15; Quyết định 19/2025/QĐ-TTg"),
    }
