"""The appendix that leads from every figure to its cell."""

from dataclasses import replace

from models.report import build_report
from models.report.sources import SHORT, sources_appendix
from tests.builders import figure
from tests.unit.test_core_report import REPORTS, given_inputs, words


def rows(given):
    appendix = sources_appendix(given)
    assert appendix
    (table,) = appendix.blocks
    return [row.cells for row in table.rows]


def asked(**changes):
    return replace(given_inputs(), with_sources=True, **changes)


def test_every_figure_that_was_sent_stands_under_unit_version_and_file_with_its_cell():
    found = rows(asked())
    mine = found.index(("", f"UBND xa-mot, phiên bản 1, tệp {'0' * SHORT}", ""))
    assert found[mine + 1] == ("A.1", "Tổng số trẻ em", "Biểu!D5")
    assert [code for code, *_ in found[mine + 1 : mine + 5]] == ["A.1", "A.2", "A.4", "A.5"]


def test_a_computed_figure_is_led_back_to_what_was_typed_in():
    assert not any(code == "A.3" for code, *_ in rows(asked()))


def test_a_nil_report_is_named_without_cells():
    found = rows(asked())
    nil = next(place for place, cells in enumerate(found) if "không phát sinh" in cells[1])
    assert "UBND xa-ba" in found[nil][1]
    assert found[nil + 1 :] == []


def test_a_figure_passed_up_names_the_cycle_it_was_added_up_in():
    report = replace(REPORTS[0], channel="totals", figures={"A.1": figure("A.1", 5, "mau/O1/2019")})
    assert ("A.1", "Tổng số trẻ em", "tổng hợp kỳ mau/O1/2019") in rows(asked(reports=(report,)))


def test_what_was_entered_by_hand_names_its_paper():
    report = replace(REPORTS[0], channel="paper", paper="Số 12/BC-UBND ngày 25/11/2019")
    assert any("12/BC-UBND ngày 25/11/2019" in cells[1] for cells in rows(asked(reports=(report,))))


def test_no_figure_is_repeated_so_what_is_hidden_stays_hidden():
    assert {cells[2] for cells in rows(asked())} == {"Biểu!D5", ""}


def test_it_is_there_on_request_only_and_the_text_leads_to_it():
    document = build_report(asked())
    assert document.appendices[-1].title == "Nguồn số liệu năm 2019"
    assert "Nguồn của từng số liệu nêu tại Phụ lục III." in words(document)
    assert "Nguồn" not in words(build_report(given_inputs()))
    assert sources_appendix(given_inputs()) is None
