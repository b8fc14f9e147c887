"""A value no officer typed is told like any wrong one, or refuses the file; it never stops who reads it."""

import re
from dataclasses import replace

import pytest

from models.intake import check_reading
from models.intake_values import take_figure
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook
from tests.workbooks.make_workbooks import BIEU, filled, repacked
from tests.workbooks.sample_forms import HUE_588

FIGURE, NIL = "D12", "D7"


def holding(place, value, looks=b"", changes=None):
    cell = re.compile(rb'<c r="%s"[^>]*?(?:/>|>.*?</c>)' % place.encode())
    new = b'<c r="%s"%s><v>%s</v></c>' % (place.encode(), looks, value)

    def change(part):
        assert len(cell.findall(part)) == 1
        return cell.sub(new, part)

    return repacked(filled(), {BIEU: change, **(changes or {})})


@pytest.mark.parametrize("value", [b"1e999", b"-inf", b"NaN"])
@pytest.mark.parametrize(("place", "rule"), [(FIGURE, "not_a_number"), (NIL, "nil_unclear")])
def test_a_number_that_is_none_is_told_at_its_cell(place, rule, value):
    found = check_reading(read_workbook(holding(place, value)), HUE_588).findings
    assert (rule, f"Biểu!{place}") in [(finding.rule, finding.cell) for finding in found]
    plain = check_reading(read_workbook(holding(FIGURE, b"7")), HUE_588).findings
    assert plain == ()


def test_an_error_in_a_cell_is_no_blank_even_where_nothing_must_stand():
    (line,) = (row for row in HUE_588.rows if row.code == "H588.01")
    asked = replace(line, required=False)

    def told(value, looks):
        (row,) = (row for row in read_workbook(holding(FIGURE, value, looks)).rows if row.code == line.code)
        return [finding.rule for finding in take_figure(asked, row.figure, "")[1]]

    assert told(b"#N/A", b' t="e"') == ["formula_without_value"]
    assert told(b"", b' t="str"') == []


def test_a_time_longer_than_any_refuses_the_file_in_words():
    def times(part):
        kinds = int(re.search(rb'<cellXfs count="(\d+)"', part)[1])
        time = (
            b'<xf numFmtId="46" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        )
        return part.replace(b'<cellXfs count="%d"' % kinds, b'<cellXfs count="%d"' % (kinds + 1)).replace(
            b"</cellXfs>", time
        )

    kinds = int(re.search(rb'<cellXfs count="(\d+)"', part_of("xl/styles.xml"))[1])
    style = b' s="%d"' % kinds

    def timed(value):
        return holding(FIGURE, value, style, {"xl/styles.xml": times})

    (found,) = check_reading(read_workbook(timed(b"1.5")), HUE_588).findings
    assert (found.rule, found.cell) == ("not_a_number", f"Biểu!{FIGURE}")
    with pytest.raises(NotAWorkbookError, match="bị hỏng"):
        read_workbook(timed(b"1e15"))


def part_of(name):
    found = []
    repacked(filled(), {name: lambda part: found.append(part) or part})
    return found[0]
