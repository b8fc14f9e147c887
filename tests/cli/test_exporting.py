"""dondoc export and report --pdf, by command."""

import zipfile

import pytest

from tests.ledger.office import KEY, submit, sweep

AS_OF = ("--as-of", "2019-12-02")


@pytest.fixture
def reported(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19", A_1=100, A_2=80)
    return home


@pytest.mark.parametrize("words", [("totals", KEY), ("board", *AS_OF)])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "XLSX"])
def test_a_table_is_written_in_the_form_of_its_ending(run, reported, tmp_path, words, ending):
    file = tmp_path / f"bang.{ending}"
    assert run("export", *words, "-o", file).code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf" if ending == "csv" else b"PK")


def test_a_table_of_another_ending_is_refused_in_one_line(run, reported, tmp_path):
    answer = run("export", "totals", KEY, "-o", tmp_path / "bang.ods")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert ".xlsx or .csv, not as .ods" in answer.err


def test_the_open_data_is_one_archive(run, reported, tmp_path):
    file = tmp_path / "mo.zip"
    assert run("export", "bundle", KEY, "-o", file, *AS_OF).code == 0
    names = zipfile.ZipFile(file).namelist()
    assert names == ["data.json", "schema.json", "indicators.csv", "figures.csv", "SHA256SUMS"]


def test_a_cycle_that_has_not_opened_has_no_export(run, home, tmp_path):
    answer = run("export", "totals", KEY, "-o", tmp_path / "bang.csv")
    assert answer.code == 2
    assert "has not opened yet" in answer.err


def test_without_libreoffice_a_pdf_is_refused_in_one_line_that_says_so(run, reported, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = run("report", KEY, "-o", tmp_path / "bao-cao.pdf", "--pdf")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "LibreOffice, which is not installed here" in answer.err
    assert not (tmp_path / "bao-cao.pdf").exists()


def test_with_libreoffice_the_report_is_a_pdf(run, reported, tmp_path):
    assert run("report", KEY, "-o", tmp_path / "bao-cao.pdf", "--pdf").code == 0
    assert (tmp_path / "bao-cao.pdf").read_bytes().startswith(b"%PDF")
