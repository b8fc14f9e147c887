"""The outline a Báo cáo has where its plan gives none: one for each rhythm (domain handbook §4.7)."""

from models.calendar import PlannedCycle
from models.periods import periods_of
from models.plan import Every, OutlineHeading, OutlinePart, Report

PART_HEADINGS: dict[OutlinePart, str] = {
    "khai-quat": "Tình hình gửi báo cáo",
    "chi-dao": "Công tác chỉ đạo, điều hành",
    "chi-tieu": "Kết quả thực hiện các chỉ tiêu",
    "so-sanh": "So sánh với {last}",
    "nhiem-vu": "Kết quả thực hiện các nhiệm vụ",
    "kinh-phi": "Kinh phí thực hiện",
    "danh-gia": "Kết quả đạt được và hạn chế",
    "kho-khan": "Khó khăn, vướng mắc, nguyên nhân",
    "nhiem-vu-toi": "Phương hướng, nhiệm vụ thời gian tới",
    "kien-nghi": "Kiến nghị, đề xuất",
}
"""Of parts that share a heading with others."""


def _heading(heading: str, *parts: OutlinePart) -> OutlineHeading:
    return OutlineHeading(heading=heading, parts=list(parts))


_RESULTS: tuple[OutlinePart, ...] = ("chi-tieu", "so-sanh", "nhiem-vu", "kinh-phi")
YEARLY = (
    _heading("Khái quát tình hình", "khai-quat"),
    _heading("Công tác chỉ đạo, điều hành", "chi-dao"),
    _heading("Kết quả thực hiện", *_RESULTS),
    _heading("Đánh giá chung", "danh-gia", "kho-khan"),
    _heading("Phương hướng, nhiệm vụ {next}", "nhiem-vu-toi"),
    _heading("Kiến nghị, đề xuất", "kien-nghi"),
)
HALF_YEARLY = (
    _heading("Tình hình chung", "khai-quat", "chi-dao"),
    _heading("Kết quả thực hiện {period}", *_RESULTS),
    _heading("Đánh giá chung", "danh-gia", "kho-khan"),
    _heading("Nhiệm vụ trọng tâm {next}", "nhiem-vu-toi"),
    _heading("Kiến nghị, đề xuất", "kien-nghi"),
)
OF_A_PHASE = (
    _heading("Khái quát tình hình", "khai-quat"),
    _heading("Công tác chỉ đạo, tổ chức thực hiện", "chi-dao"),
    _heading("Kết quả thực hiện {period}", *_RESULTS),
    _heading("Đánh giá chung {period}", "danh-gia", "kho-khan"),
    _heading("Phương hướng, nhiệm vụ {next}", "nhiem-vu-toi"),
    _heading("Kiến nghị, đề xuất", "kien-nghi"),
)
PERIODIC = (
    _heading("Tình hình và kết quả thực hiện {period}", "khai-quat", "chi-dao", *_RESULTS),
    _heading("Đánh giá chung", "danh-gia", "kho-khan"),
    _heading("Nhiệm vụ {next}", "nhiem-vu-toi"),
    _heading("Kiến nghị, đề xuất", "kien-nghi"),
)
DEFAULTS: dict[Every, tuple[OutlineHeading, ...]] = {
    "year": YEARLY,
    "once": YEARLY,
    "half-year": HALF_YEARLY,
    "phase": OF_A_PHASE,
    "quarter": PERIODIC,
    "month": PERIODIC,
    "ad-hoc": PERIODIC,
}


def outline_of(planned: PlannedCycle, report: Report) -> tuple[OutlineHeading, ...]:
    """The plan's own, or that of the period's rhythm."""
    return tuple(report.outline) if report.outline is not None else DEFAULTS[planned.period.every]


def shows(planned: PlannedCycle, report: Report, part: OutlinePart) -> bool:
    return any(part in heading.parts for heading in outline_of(planned, report))


def in_words(heading: str, planned: PlannedCycle) -> str:
    """With its periods: `Nhiệm vụ trọng tâm 6 tháng cuối năm 2019`."""
    period = planned.period.vietnamese
    return heading.replace("{period}", period).replace("{next}", next_period(planned))


def next_period(planned: PlannedCycle) -> str:
    """What comes after it in the plan, as a sentence has it; `thời gian tới` where nothing of the same rhythm does."""
    later = (
        period
        for period in periods_of(planned.plan, planned.obligation)
        if period.every == planned.period.every and period.start > planned.period.end
    )
    return next((period.vietnamese for period in later), "thời gian tới")
