"""For each measurable rule: a good document made wrong in that one thing, and exactly that finding."""

import re
from pathlib import Path

import pytest

from tasks.adapters.documents import check_docx
from tests.adapters import conformity_cases, conformity_more_cases
from tests.adapters.conformity_kit import GOOD, Case, broken

ROOT = Path(__file__).resolve().parents[2]
CASES = [*conformity_cases.CASES, *conformity_more_cases.CASES]


@pytest.mark.parametrize("document", sorted(GOOD))
def test_what_we_write_conforms(document):
    assert check_docx(GOOD[document]) == []


@pytest.mark.parametrize("what", conformity_more_cases.ALLOWED)
def test_what_the_decree_allows_is_no_finding(what):
    of, change = conformity_more_cases.ALLOWED[what]
    assert check_docx(broken(Case("", of, change, ""))) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.found}")
def test_a_document_wrong_in_one_thing_gives_that_one_finding(case):
    findings = check_docx(broken(case))
    assert [(finding.rule, finding.found) for finding in findings] == [(case.rule, case.found)]
    assert findings[0].place
    assert findings[0].expected


def test_every_rule_has_a_document_that_breaks_it():
    sources = (ROOT / "tasks/adapters/documents").glob("rules_*.py")
    named = re.compile(r'"((?:[a-z_]+\.)+[a-z_]+)",')
    rules = {rule for source in sources for rule in named.findall(source.read_text("utf-8"))}
    assert len(rules) > 130
    assert rules - {case.rule for case in CASES} == set()
