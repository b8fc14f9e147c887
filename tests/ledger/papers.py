"""The small office's documents, as tests of issuing and of idle drafts need them.

O1 of 2019 closes after 13/12, so its Báo cáo is drafted on Monday 16/12 and asked about on 18/12 (T+2), 23/12 (T+5) and
30/12 (T+10). Its công văn is drafted on Monday 02/12 and asked about on 03/12 (T+1) and 05/12 (T+3).
"""

from tasks.adapters.home import Home
from tasks.adapters.ledger.documents import documents_of
from tasks.steps.documents import issuing
from tests.ledger.office import COMMUNES, KEY, at, day, mails, outbox, submit, sweep


def drafted(home: Home, *units: str) -> None:
    """The cycle is closed with the reports of these, and its Báo cáo a draft."""
    sweep("2019-10-16")
    for unit in units or COMMUNES[:2]:
        submit(home, unit, "2019-11-19")
    sweep("2019-12-02", "2019-12-16")


def issue(home, number=5, on="2019-12-17", when="2019-12-18T10:00", key=KEY, **which):
    which = issuing.Which(**which)
    return issuing.issue(home, key, which, number, day(on), as_of=at(when), actor="văn thư")


def papers(home, kind="bao-cao", key=KEY):
    """(version, state, number, day) of each."""
    with home.ledger.read() as session:
        rows = [row for row in documents_of(session, key) if row.kind == kind]
    return [(row.version, row.state, row.number, row.day and row.day.isoformat()) for row in rows]


def asked(home, *states, about="bao-cao"):
    """The steps decided about drafts of O1/2019, in these states."""
    rows = outbox(home, "step", "state", kind="unsigned", cycle=str(KEY))
    return [step for step, state in rows if state in (states or ("sent",)) and step.startswith(about)]


def texts(home, word):
    """The mails whose subject has this word."""
    return [mail for mail in mails(home) if word in mail["Subject"]]
