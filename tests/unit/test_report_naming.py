"""What was asked for a period, named once."""

import pytest

from models.report.naming import for_period


@pytest.mark.parametrize(
    ("title", "period", "named"),
    [
        ("Kết quả thực hiện hằng năm", "năm 2019", "Kết quả thực hiện năm 2019"),
        (
            "Kết quả thực hiện theo năm và giai đoạn",
            "giai đoạn 2019 - 2020",
            "Kết quả thực hiện giai đoạn 2019 - 2020",
        ),
        ("Kế hoạch hằng năm, đánh giá nhu cầu", "năm 2019", "Kế hoạch hằng năm, đánh giá nhu cầu năm 2019"),
        ("Kết quả thực hiện", "6 tháng đầu năm 2020", "Kết quả thực hiện 6 tháng đầu năm 2020"),
    ],
)
def test_the_rhythm_at_the_end_of_a_title_gives_way_to_the_period(title, period, named):
    assert for_period(title, period) == named
