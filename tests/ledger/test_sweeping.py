"""A sweep does what is owed by now, once."""

from tests.ledger.office import COMMUNES, KEY, dump, live, mails, outbox, submit, sweep

def test_a_second_sweep_changes_nothing(home):
    sweep("2019-10-16", "2019-11-20", "2019-12-02")
    before, kept = dump(home), [m["Message-ID"] for m in mails(home)]
    again = sweep("2019-12-02")
    assert (again.opened, again.queued, again.sent, again.written) == (0, 0, 0, 0)
    assert dump(home) == before
    assert [m["Message-ID"] for m in mails(home)] == kept
    assert len(kept) == 3 * 2 + 1
