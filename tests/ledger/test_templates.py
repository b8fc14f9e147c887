"""An office's own Word template: kept as a version, used for its documents from its day on, refused when it is bad."""

from datetime import date

import pytest

from tasks.adapters.documents.package import read_parts
from tasks.adapters.ledger.templates import templates_of
from tasks.steps.documents.making import report_bytes
from tasks.steps.documents.templates import RefusedTemplateError, load_template, template_for
from tasks.steps.totals.totalling import totals_of
from tests.adapters.template_samples import template
from tests.ledger.office import KEY, at, submit, sweep

LEAD = "phong-mau"
WIDE = template("bao-cao", "word/document.xml", 'w:left="1701"', 'w:left="1900"')
BAD = template("bao-cao", "word/document.xml", 'w:left="1701"', 'w:left="1417"')
NOW = at("2019-11-20")


def load(home, data=WIDE, day="2019-11-20", office=LEAD):
    return load_template(home, office, "bao-cao", data, date.fromisoformat(day), as_of=NOW, actor="văn thư")


def versions(home):
    with home.ledger.read() as session:
        return [(row.lead, row.version, row.valid_from.isoformat()) for row in templates_of(session)]


def test_an_office_without_a_template_of_its_own_uses_the_shipped_one(home):
    chosen = template_for(home, LEAD, "bao-cao", date(2019, 11, 20))
    assert (chosen.version, chosen.data) == (0, template("bao-cao"))


def test_a_loaded_template_holds_from_its_day_for_that_office_and_kind_alone(home):
    assert load(home).version == 1
    chosen = [
        template_for(home, LEAD, "bao-cao", date(2019, 11, 19)),
        template_for(home, LEAD, "bao-cao", date(2019, 11, 20)),
        template_for(home, "xa-mot", "bao-cao", date(2019, 11, 20)),
        template_for(home, LEAD, "cong-van", date(2019, 11, 20)),
    ]
    assert [each.version for each in chosen] == [0, 1, 0, 0]
    assert chosen[1].data == WIDE


def test_documents_of_the_office_are_written_with_it(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    load(home)
    found = totals_of(home, KEY)
    before, after = (report_bytes(home, found, at(day)) for day in ("2019-11-19", "2019-11-20"))
    assert 'w:left="1900"' not in read_parts(before)["word/document.xml"].decode()
    assert 'w:left="1900"' in read_parts(after)["word/document.xml"].decode()


def test_every_version_is_kept(home):
    load(home)
    load(home, template("bao-cao"), "2019-12-01")
    assert versions(home) == [(LEAD, 1, "2019-11-20"), (LEAD, 2, "2019-12-01")]
    with home.ledger.read() as session:
        first, second = templates_of(session)
    assert (home.files.read(first.file), home.files.read(second.file)) == (WIDE, template("bao-cao"))


def test_the_same_template_for_the_same_day_again_is_no_new_version(home):
    assert load(home).version == load(home).version == 1
    assert versions(home) == [(LEAD, 1, "2019-11-20")]


def test_a_template_that_breaks_a_rule_is_not_kept(home):
    with pytest.raises(RefusedTemplateError) as refused:
        load(home, BAD)
    assert {finding.rule for finding in refused.value.findings} == {"page.margin.left"}
    assert versions(home) == []


def test_an_office_nobody_knows_has_no_template(home):
    with pytest.raises(KeyError):
        load(home, office="khong-co")
    assert versions(home) == []
