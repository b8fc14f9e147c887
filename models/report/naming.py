"""How a document names what was asked for a period."""

import re

_RHYTHM = re.compile(r"\s+(hằng năm|hàng năm|theo năm và giai đoạn|theo năm|theo giai đoạn)$")


def for_period(title: str, period: str) -> str:
    """`Kết quả thực hiện hằng năm`, `năm 2019` → `Kết quả thực hiện năm 2019`: the period says the rhythm already."""
    return f"{_RHYTHM.sub('', title)} {period}"
