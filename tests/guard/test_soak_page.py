"""The page of the long proofs is the one they wrote."""

import pytest

from tests.soak.page import HEAD, put, sections_of, table
from tests.soak.proofs import PROOFS


def test_every_long_proof_has_its_section_and_nothing_else_has():
    assert set(sections_of()) == {proof.title for proof in PROOFS.values()}


def test_a_proof_run_again_replaces_its_own_section_in_its_place_and_no_other(tmp_path):
    page = tmp_path / "soak.md"
    for title, text in (("One", "first"), ("Two", table(("a", "b"), [("x", 1)])), ("One", "again")):
        put(title, text, page)
    assert (
        page.read_text("utf-8")
        == f"{HEAD}\n## One\n\nagain\n\n## Two\n\n| a | b |\n| --- | ---: |\n| x | 1 |\n"
    )


@pytest.mark.parametrize("name", PROOFS)
def test_a_proof_is_known_by_its_own_name(name):
    assert PROOFS[name].name == name
