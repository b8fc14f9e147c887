"""dondoc verify, by command: exit codes, and what is told."""

from tests.ledger.office import KEY, submit
from tests.ledger.papers import drafted
from tests.ledger.test_frozen import rows


def saved(home, tmp_path, data=None):
    file = tmp_path / "F.docx"
    file.write_bytes(data or home.files.read(rows(home)[0].file))
    return file


def test_a_genuine_document_is_told_as_such(run, home, tmp_path):
    drafted(home)
    answer = run("verify", saved(home, tmp_path), "--json")
    assert (answer.code, answer.err) == (0, "")
    told = answer.json
    assert (told["ok"], told["genuine"], told["remade"], told["differences"]) == (True, True, "same", [])
    assert (told["document"]["cycle"], told["document"]["label"]) == (str(KEY), "bao-cao-v1")
    assert "as it was written" in run("verify", saved(home, tmp_path)).out


def test_the_answer_is_no_where_a_figure_has_changed_since(run, home, tmp_path):
    drafted(home)
    submit(home, "xa-mot", "2019-12-18", A_1=150)
    answer = run("verify", saved(home, tmp_path))
    assert answer.code == 1
    assert "xa-mot: version 1, now 2" in answer.err
    assert "A.1: 200, now 250" in answer.err


def test_a_file_that_is_no_document_and_no_file_at_all_are_bad_input(run, home, tmp_path):
    for words in (("verify", saved(home, tmp_path, b"no")), ("verify",), ("verify", "--ledger", __file__)):
        answer = run(*words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)


def test_the_ledger_is_told_whole_and_then_not(run, home):
    drafted(home)
    answer = run("verify", "--ledger", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert (answer.json["ok"], answer.json["findings"]) == (True, [])
    assert "as it was written" in run("verify", "--ledger").out
    home.files.write(rows(home)[0].file, b"another")
    answer = run("verify", "--ledger")
    assert answer.code == 1
    assert "bao-cao-v1.docx" in answer.err
