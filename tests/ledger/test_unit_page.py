"""Drafts and sending from a unit's page, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from models.tables import SubmissionRow
from tasks.adapters.ledger.drafts import ChangedMeanwhileError, drafts_of
from tasks.steps.collecting.accepting import accept
from tasks.steps.collecting.page_links import token_of
from tasks.steps.opening import ensure_open
from tasks.steps.unit_page.drafting import keep_answers
from tasks.steps.unit_page.sending import Sender, in_order
from tasks.steps.unit_page.showing import unit_page
from tests.ledger.office import KEY, assert_chain_is_whole, at, events, submit

WRITTEN = {"s:A.1": "100", "s:A.2": "80", "s:A.5": "Có", "l:nhiem-vu": "Đã tổ chức."}
WHO = Sender("Nguyễn Văn A", "Chuyên viên")
NOW = at("2019-11-20T09:00")


def sent(home, page):
    return accept(home, in_order(home, page, WHO, NOW)).accepted


def page_of(home):
    return unit_page(home, token_of(home, KEY, "xa-mot", 0), NOW)


@pytest.fixture
def writing(home):
    ensure_open(home, KEY, at("2019-10-16"))
    keep_answers(home, page_of(home), WRITTEN, 0, NOW)
    return home


def writers(home):
    with home.ledger.read() as session:
        return drafts_of(session, KEY)


def test_of_twenty_who_send_at_once_one_version_is_made(writing):
    pages = [page_of(writing) for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(lambda page: sent(writing, page), pages))
    assert {each.version for each in accepted} == {1}
    assert sum(each.new for each in accepted) == 1
    assert events(writing, "submission accepted") == 1
    assert_chain_is_whole(writing)


def test_of_twenty_who_save_at_once_one_is_kept_and_the_others_are_told(writing):
    page = page_of(writing)

    def save(n):
        try:
            return keep_answers(writing, page, {**WRITTEN, "s:A.2": str(n)}, 1, NOW)
        except ChangedMeanwhileError as error:
            return error.newest

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(save, range(20)))
    assert {each.version for each in found} == {2}
    assert len({each.answers["s:A.2"] for each in found}) == 1


def test_who_writes_is_known_until_it_is_sent_and_again_when_it_is_changed(writing):
    assert set(writers(writing)) == {"xa-mot"}
    sent(writing, page_of(writing))
    assert writers(writing) == {}
    keep_answers(writing, page_of(writing), {**WRITTEN, "s:A.2": "90"}, 1, NOW)
    assert set(writers(writing)) == {"xa-mot"}


def test_a_report_that_came_after_the_draft_is_what_the_page_starts_from(writing):
    assert submit(writing, "xa-mot", "2019-11-20T10:00", A_1=300).accepted
    page = page_of(writing)
    assert page.draft.answers["s:A.1"] == "300"
    assert not page.has_unsent
    kept = keep_answers(writing, page, WRITTEN, page.draft.version, NOW)
    assert kept.answers["s:A.1"] == "100", "the words of the old draft, typed again, are a change"
    assert page_of(writing).draft.answers["s:A.1"] == "100"


def test_what_is_sent_again_after_a_correction_by_workbook_is_a_new_version(writing):
    sent(writing, page_of(writing))
    assert submit(writing, "xa-mot", "2019-11-20T10:00", A_1=300).accepted
    keep_answers(writing, page_of(writing), WRITTEN, 1, NOW)
    assert sent(writing, page_of(writing)).version == 3
    with writing.ledger.read() as session:
        rows = session.exec(select(SubmissionRow).order_by(SubmissionRow.version)).all()
    assert [(row.channel, row.status) for row in rows] == [
        ("web", "superseded"),
        ("file", "superseded"),
        ("web", "accepted"),
    ]
