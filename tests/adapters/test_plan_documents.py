"""Every kind of document of every plan that ships: in the form of the decree, valid for Word, the same everywhere."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256

import pytest
from lxml import etree

from tasks.adapters.documents import check_docx
from tasks.adapters.documents.package import read_parts, write_parts
from tests.adapters.plan_documents import PLANS, all_documents
from tests.adapters.word_order import W, out_of_order
from tests.builders import ROOT

KINDS = (
    "bao-cao",
    "bao-cao kèm nguồn",
    "thong-bao",
    "cong-van lần 1",
    "cong-van lần 2",
    "báo cáo của đơn vị",
)


def test_every_plan_has_every_kind():
    found = {(name.split("/")[0], name.split(" ", 1)[1]) for name in all_documents()}
    assert found == {(plan, kind) for plan in PLANS for kind in KINDS}


def test_each_conforms():
    findings = {name: check_docx(data) for name, data in all_documents().items()}
    assert {name: found for name, found in findings.items() if found} == {}


def test_in_each_every_element_has_its_children_in_the_order_of_the_schema():
    wrong = {name: out_of_order(data) for name, data in all_documents().items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", ["pPr", "rPr", "tblPr", "tcPr", "sectPr", "style"])
def test_an_element_whose_children_change_places_is_noticed(name):
    data = next(iter(all_documents().values()))
    part = "word/styles.xml" if name == "style" else "word/document.xml"
    parts = read_parts(data)
    root = etree.fromstring(parts[part])
    element = next(each for each in root.iter(f"{W}{name}") if len({child.tag for child in each}) > 1)
    element.append(element[0])
    parts[part] = etree.tostring(root)
    assert [found.split(" (")[0] for found in out_of_order(write_parts(parts))] == [f"{part}: {name}"]


def test_two_other_processes_in_other_time_zones_write_the_same_bytes():
    here = {name: sha256(data).hexdigest() for name, data in all_documents().items()}
    for zone, seed in (("Asia/Ho_Chi_Minh", "1"), ("America/Los_Angeles", "2")):
        printed = subprocess.run(
            [sys.executable, "-m", "tests.adapters.plan_documents"],
            cwd=ROOT,
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        assert json.loads(printed) == here


def test_a_period_is_named_once():
    """`hằng năm năm 2019` is what a title and a period said one after the other would give."""
    for name, data in all_documents().items():
        body = etree.fromstring(read_parts(data)["word/document.xml"])
        said = " ".join("".join(paragraph.itertext(f"{W}t")) for paragraph in body.iter(f"{W}p"))
        assert not re.search(r"\b(năm|giai đoạn) \1\b", said, re.IGNORECASE), name


def test_among_them_are_comparisons_charts_and_lists_of_units():
    parts = {name: read_parts(data) for name, data in all_documents().items()}
    drawn = {name.split("/")[0] for name, each in parts.items() if any("charts/" in part for part in each)}
    assert drawn == {"hong-ngu-2020", "hue-588"}
    words = {name: each["word/document.xml"].decode() for name, each in parts.items()}
    assert any("SO VỚI CÁC KỲ TRƯỚC" in text for text in words.values())
    assert any("KINH PHÍ HỖ TRỢ" in text for name, text in words.items() if name.startswith("nam-dong"))
