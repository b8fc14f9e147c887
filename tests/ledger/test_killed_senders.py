"""Mail is never lost and never repeated: senders that are killed, and several at once, before a real mail server.

The same with hundreds of kills is `make soak` (`tests/soak/kills.py`).
"""

import pytest

from tests.soak.at_once import swept_together
from tests.soak.books import Books, Row
from tests.soak.crowd import Crowd
from tests.soak.killing import killed_season
from tests.soak.post_office import Accepted
from tests.soak.undisturbed import undisturbed

SENT = Row("one", "sent", "", "<1@bao-cao.example>", "xa@mau.example")
ACCEPTED = Accepted(SENT.message_id, SENT.recipient, 0.0)


@pytest.fixture
def new_database(request, backend):
    """Where a home keeps its ledger: in itself, or in a database of its own."""
    return request.getfixturevalue("postgres") if backend == "postgresql" else str


@pytest.fixture(scope="module")
def ought(tmp_path_factory):
    """What one undisturbed run decides for a small silent crowd."""
    keys, _ = undisturbed(tmp_path_factory.mktemp("ought"), Crowd(4, silent=True))
    return keys


def test_senders_killed_at_any_moment_lose_no_mail_and_repeat_none(new_database, tmp_path):
    found = killed_season(tmp_path, 20191129, Crowd(12, new_database), at_most=25)
    assert found.broken == ()
    assert found.kills >= 10
    assert found.doubts >= 3
    assert found.books.count("sent") > 15


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("processes", [2, 4])
def test_sweeps_at_once_send_everything_owed_once(new_database, ought, tmp_path, processes, locked):
    found = swept_together(tmp_path, Crowd(4, new_database, silent=True), ought, processes, locked=locked)
    assert found.broken == ()
    overtaken = [row.key.split("|")[3] for row in found.books.rows if row.state == "skipped"]
    assert overtaken == ["cong-van-T+1-v1/T+1"]  # the mail of its day had gone, and T+3 came first
    assert found.books.count("sent") == len(found.books.rows) - 1 > 20


@pytest.mark.parametrize(
    ("rows", "accepted", "what"),
    [
        ([SENT], [ACCEPTED], ()),
        ([SENT], [ACCEPTED, ACCEPTED], ("twice",)),
        ([SENT, SENT], [ACCEPTED], ("twice",)),
        ([SENT], [], ("lost",)),
        ([Row("one", "queued", "", "", SENT.recipient)], [], ("lost",)),
        ([Row("one", "sending", "", SENT.message_id, SENT.recipient)], [ACCEPTED], ("lost", "strange")),
        ([Row("one", "failed", "550", SENT.message_id, SENT.recipient)], [ACCEPTED], ("lost", "strange")),
        ([Row("one", "unknown", "", SENT.message_id, SENT.recipient)], [ACCEPTED], ()),
        ([Row("one", "unknown", "", SENT.message_id, SENT.recipient)], [], ()),
        ([Row("one", "skipped", "", "", SENT.recipient)], [], ("lost",)),
        ([Row("one", "skipped", "overtaken by T-3", "", SENT.recipient)], [], ()),
        (
            [Row("one", "skipped", "overtaken by T-3", SENT.message_id, SENT.recipient)],
            [ACCEPTED],
            ("strange",),
        ),
        ([SENT], [ACCEPTED, Accepted("<2@bao-cao.example>", SENT.recipient, 0.0)], ("strange",)),
        ([SENT], [Accepted(SENT.message_id, "xa-khac@mau.example", 0.0)], ("strange",)),
    ],
)
def test_the_judge_of_the_proofs_sees_what_is_lost_what_went_twice_and_what_nobody_sent(rows, accepted, what):
    books = Books(rows, accepted)
    assert tuple(name for name in ("twice", "lost", "strange") if getattr(books, name)) == what
