"""Old fonts are known again exactly, and nothing in Unicode is ever taken for one."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.legacy_text import _TCVN3, _VNI, from_tcvn3, from_vni, is_syllable, legacy_reading
from tests.builders import ROOT

# As printed in documents of the time, not made by the tables under test.
WRITTEN = [
    ("TCVN3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("TCVN3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("TCVN3", "ChÝnh phñ n\xadíc ta, ®\xadîc trî gióp", "Chính phủ nước ta, được trợ giúp"),
    ("TCVN3", "§· hç trî 640 trÎ em; sè trÎ cßn l¹i ch\xada ®i häc.", "Đã hỗ trợ 640 trẻ em; số trẻ còn lại chưa đi học."),
    ("VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("VNI", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("VNI", "Chính phuû, UÛy ban nhaân daân huyeän", "Chính phủ, Ủy ban nhân dân huyện"),
    ("VNI", "Ñaõ hoã trôï 640 treû em; ñöôïc hoïc taäp, ñaëc bieät khoù khaên.", "Đã hỗ trợ 640 trẻ em; được học tập, đặc biệt khó khăn."),
]  # fmt: skip
PLAIN = [
    "Đã hỗ trợ 640 trẻ em.", "Số, ký hiệu", "khám là", "Médecins Sans Frontières", "Noël", "Müller", "Citroën", "5 m² đất",
    "« abc »", "· một ý", "1½", "12°C", "± 5", "© 2019", "naïve", "", "abc", "10 µg", "Plan International (Bjørn)",
]  # fmt: skip
WORDS = sorted(
    {
        unicodedata.normalize("NFC", word)
        for plan in (ROOT / "plans").glob("*.yaml")
        for line in plan.read_text("utf-8").splitlines()
        for word in line.replace(",", " ").replace(".", " ").split()
        if is_syllable(word) and not word.isascii() and word == word.lower()
    }
)


@pytest.mark.parametrize(("encoding", "typed", "meant"), WRITTEN)
def test_a_text_in_an_old_font_is_known_and_read(encoding, typed, meant):
    assert legacy_reading(typed) == (encoding, meant)


@pytest.mark.parametrize("text", PLAIN)
def test_unicode_and_foreign_words_and_signs_are_left_alone(text):
    assert legacy_reading(text) is None
    assert legacy_reading(unicodedata.normalize("NFD", text)) is None


def encoded(text, table):
    back = {new: old for old, new in table.items()}
    return "".join(back.get(letter, letter) for letter in text)


TABLES = {"TCVN3": {chr(code): letter for code, letter in _TCVN3.items()}, "VNI": _VNI}


@pytest.mark.parametrize("encoding", TABLES)
@given(words=st.lists(st.sampled_from(WORDS), min_size=6, max_size=40))
def test_any_words_of_the_plans_come_back_from_either_font(encoding, words):
    text = " ".join(["Được", *words])
    assert legacy_reading(encoded(text, TABLES[encoding])) == (encoding, text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_no_words_of_the_plans_are_taken_for_an_old_font(words):
    assert legacy_reading(" ".join(words)) is None


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_or_left_alone(text):
    found = legacy_reading(text)
    assert found is None or found[1] != text


@pytest.mark.skipif(not shutil.which("iconv"), reason="no iconv here")
def test_the_table_of_tcvn3_is_that_of_the_c_library():
    for code, letter in _TCVN3.items():
        done = subprocess.run(
            ["iconv", "-f", "TCVN", "-t", "UTF-8"], input=bytes([code, 32]), capture_output=True, check=True
        )
        assert unicodedata.normalize("NFC", done.stdout.decode())[0] == letter


def test_every_vietnamese_letter_has_its_own_spelling_in_both_tables():
    lower = {letter for word in WORDS for letter in word if ord(letter) > 127}
    for table in TABLES.values():
        assert lower <= set(table.values())
    assert len(set(_TCVN3.values())) == len(_TCVN3)
    assert len(set(_VNI.values())) == 2 * 67  # every letter that is not plain ASCII, small and capital
    assert (from_tcvn3("®"), from_vni("ñ")) == ("đ", "đ")
