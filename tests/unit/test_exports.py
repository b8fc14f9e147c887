"""What an export leaves out: small counts of sensitive figures, and what people typed freely."""

from models.disclosure import EVERYTHING, protect
from models.exports.open_data import open_data
from models.exports.sheets import totals_sheet, units_sheet
from models.states import coverage
from tests.builders import a_plan, a_report, a_standing, an_obligation, came, inputs, moment, planned

INDICATORS = [
    {"code": "A.1", "label": "Tổng số trẻ em", "unit": "người"},
    {"code": "A.2", "label": "Trẻ em nhiễm HIV", "unit": "người", "sensitive": True},
    {
        "code": "A.3",
        "label": "Kết quả",
        "unit": "kết quả",
        "kind": "choice",
        "adds": "list",
        "choices": ["đạt", "không"],
    },
    {
        "code": "A.5",
        "label": "Dạng tật",
        "unit": "dạng",
        "kind": "choice",
        "adds": "list",
        "choices": ["một", "hai"],
        "sensitive": True,
    },
    {"code": "A.4", "label": "Số văn bản", "unit": "văn bản", "kind": "text", "adds": "list"},
]
CODES = [each["code"] for each in INDICATORS]
CYCLE = planned(a_plan(an_obligation(form={"indicators": CODES}), indicators=INDICATORS), "2019")
STANDINGS = (came("xa-mot", "2019-11-20T08:00"), came("xa-hai", "2019-11-21T08:00"), a_standing("xa-ba"))
REPORTS = (
    a_report("xa-mot", A_1=10, A_2=8, A_3="đạt", A_5="hai", A_4="Quyết định của ông Nguyễn Văn A"),
    a_report("xa-hai", A_1=90, A_2=3),
)
GIVEN = inputs(CYCLE, STANDINGS, REPORTS, CODES)
HIDES = protect(GIVEN.totals, REPORTS)


def data():
    return open_data(
        CYCLE, GIVEN.lead, coverage(list(STANDINGS)), GIVEN.totals, REPORTS, HIDES, moment("2019-12-02T08:00")
    )


def test_a_small_count_and_what_gives_it_away_are_marked_and_have_no_value():
    figures = {(each.code, each.unit): each for each in data().figures}
    few, other = figures["A.2", "xa-hai"], figures["A.2", "xa-mot"]
    assert (few.value, few.suppressed) == (None, "few")
    total = next(line for line in data().indicators if line.code == "A.2")
    assert other.suppressed == "hidden" or total.suppressed == "hidden"
    assert all(each.value is None for each in (few, other, total) if each.suppressed)


def test_a_figure_that_is_not_sensitive_is_shown():
    figures = {(each.code, each.unit): each for each in data().figures}
    assert (figures["A.1", "xa-mot"].value, figures["A.1", "xa-mot"].suppressed) == (10, None)


def test_free_text_is_in_no_open_data():
    assert "Nguyễn Văn A" not in data().model_dump_json()
    assert "A.4" not in {line.code for line in data().indicators}


def test_a_choice_is_in_the_open_data_unless_it_is_sensitive():
    assert [(each.code, each.value) for each in data().figures if each.code in {"A.3", "A.5"}] == [
        ("A.3", "đạt")
    ]
    shown = {
        row[0]: row[4] for row in units_sheet(GIVEN.totals, REPORTS, HIDES).rows if row[0] in {"A.3", "A.5"}
    }
    assert shown == {"A.3": "đạt", "A.5": "ẩn"}


def test_a_table_hides_small_counts_unless_everything_is_asked_for():
    def shown(hides):
        rows = units_sheet(GIVEN.totals, REPORTS, hides).rows
        return {row[3]: row[4] for row in rows if row[0] == "A.2"}

    assert shown(HIDES)["UBND xa-hai"] == "dưới 5"
    assert shown(EVERYTHING) == {"UBND xa-mot": 8, "UBND xa-hai": 3}
    assert {row[0]: row[3] for row in totals_sheet(GIVEN.totals, EVERYTHING).rows} == {"A.1": 100, "A.2": 11}
