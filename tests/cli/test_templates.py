"""dondoc template: checked, loaded and listed by command."""

import pytest

from tests.adapters.template_samples import template

LEAD = "phong-mau"


@pytest.fixture
def file(tmp_path):
    def write(*changed):
        path = tmp_path / "mau.docx"
        path.write_bytes(template("bao-cao", *changed))
        return path

    return write


NARROW = ("word/document.xml", 'w:left="1701"', 'w:left="1417"')
UNKNOWN = ("word/document.xml", "{{ ten_loai }}", "{{ ten_loaj }}")


def test_a_good_template_is_loaded_and_listed(run, home, file):
    good = file()
    assert run("template", "check", good).code == 0
    loaded = run(
        "template", "load", good, "--lead", LEAD, "--from", "01/12/2019", "--as-of", "2019-11-20", "--json"
    )
    assert (loaded.code, loaded.json["version"], loaded.json["valid_from"]) == (0, 1, "2019-12-01")
    assert run("template", "list", "--json").json == [loaded.json]
    assert run("template", "list", "--lead", "xa-mot", "--json").json == []


@pytest.mark.parametrize("command", [("check",), ("load", "--lead", LEAD)])
def test_a_template_that_breaks_a_rule_is_answered_with_no_and_the_rule(run, home, file, command):
    answer = run("template", *command, file(*NARROW))
    assert answer.code == 1
    assert "page.margin.left: phần 1, lề trái: 24,99 mm; expected 30–35 mm" in answer.err
    assert run("template", "list", "--json").json == []


@pytest.mark.parametrize("command", [("check",), ("load", "--lead", LEAD)])
def test_a_template_that_cannot_be_filled_is_refused_in_one_line_with_the_paragraph(run, home, file, command):
    answer = run("template", *command, file(*UNKNOWN))
    assert answer.code == 2
    assert "unknown field “ten_loaj” in paragraph" in answer.err
    assert answer.err.count("\n") == 1
