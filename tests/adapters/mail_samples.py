"""One full example of each message: every field filled, so that a test can ask for every fact."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from models.mail import (
    Daily,
    DeadlineChanged,
    Dispatched,
    EndedUnit,
    Extended,
    FindingLine,
    Flagged,
    IdleDraft,
    Issued,
    Message,
    MissingGroup,
    MissingList,
    MissingUnit,
    Office,
    Overdue,
    OwedLine,
    Receipt,
    Refused,
    Reminder,
    ReportReady,
    Returned,
    SweepWatch,
    Unplaced,
    UnplacedGroup,
    Unsigned,
)

ZONE = timezone(timedelta(hours=7))
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
UNIT = "Ủy ban nhân dân huyện Nam Đông"
CONTACT = "Nguyễn Văn A"

SO = Office(
    name="Sở Lao động - Thương binh và Xã hội",
    phone="0234 000 0000",
    email="tonghop@so-ldtbxh.example",
)
PHONG = Office(
    name="Phòng Lao động - Thương binh và Xã hội",
    phone="0234 000 0001",
    email="phong@nam-dong.example",
)

HUE_588 = OwedLine(
    cycle="hue-588/O2/2019",
    plan="Kế hoạch vận động nguồn lực xã hội hỗ trợ trẻ em các xã đặc biệt khó khăn giai đoạn 2019-2025",
    obligation="Báo cáo kết quả thực hiện",
    period="năm 2019",
    wording="định kỳ trước ngày 30/11 hàng năm",
    last_day=date(2019, 11, 29),
    named_day=date(2019, 11, 30),
    working_days_left=5,
    through=SO.name,
    to=("Ủy ban nhân dân tỉnh",),
    step="T-5",
    link="https://baocao.example/k/2VfY8sQmT1uKc0aXnB7dLw",
    form="hue-588-O2-2019-huyen-nam-dong.xlsx",
    nil_allowed=True,
    lead=SO,
)
NAM_DONG = OwedLine(
    cycle="nam-dong-2014/O3/2014",
    plan="Kế hoạch xây dựng xã, thị trấn phù hợp với trẻ em năm 2014",
    obligation="Báo cáo tự đánh giá và kết quả thực hiện",
    period="năm 2014",
    wording="trước ngày 20/10/2014",
    last_day=date(2014, 10, 19),
    named_day=date(2014, 10, 20),
    last_hour=time(17, 0),
    last_working_day=date(2014, 10, 17),
    working_days_left=3,
    through=PHONG.name,
    to=("Ủy ban nhân dân huyện", "Phòng Tài chính"),
    step="T-3",
    link="https://baocao.example/k/AbCdEf",
    form="nam-dong-2014-O3-2014.xlsx",
    lead=PHONG,
)

HUE_647 = OwedLine(
    cycle="hue-647/O2/2014",
    plan="Kế hoạch chăm sóc trẻ em có hoàn cảnh đặc biệt khó khăn dựa vào cộng đồng giai đoạn 2013-2020",
    obligation="Báo cáo kết quả thực hiện hằng năm",
    period="năm 2014",
    wording="chậm nhất trước ngày 20/12 hàng năm",
    last_day=date(2014, 12, 19),
    named_day=date(2014, 12, 20),
    through=SO.name,
    to=("Ủy ban nhân dân tỉnh",),
    step="T-45",
    moved_by="Công văn số 00/SLĐTBXH-TE ngày 01/12/2014",
    lead=SO,
)

AT_A_DESK = replace(HUE_588, desk=PHONG, through=PHONG.name)
REMINDER = Reminder(
    unit=UNIT,
    contact=CONTACT,
    on=date(2019, 11, 22),
    lines=(HUE_588,),
    submit_to="bieu@so-ldtbxh.example",
    calendar="han-bao-cao.ics",
)
REMINDER_OF_TWO = Reminder(
    unit="Ủy ban nhân dân xã Hương Phú",
    contact=CONTACT,
    on=date(2014, 10, 15),
    lines=(
        NAM_DONG,
        HUE_647,
    ),
    submit_to="bieu@nam-dong.example",
    calendar="han-bao-cao.ics",
)
OVERDUE = Overdue(unit=UNIT, contact=CONTACT, on=date(2019, 12, 3), lines=(replace(HUE_588, step="T+2"),))
WARNING = FindingLine(cell="D12", indicator="H588.06", message="Số đã chi lớn hơn số đã huy động.")
RECEIPT = Receipt(
    unit=UNIT,
    contact=CONTACT,
    line=HUE_588,
    number="588-2019-0007",
    received_at=datetime(2019, 11, 28, 9, 5, tzinfo=ZONE),
    file_name="Biểu huyện Nam Đông.xlsx",
    sha256=SHA256,
    version=2,
    on_time=True,
    first_received_at=datetime(2019, 11, 27, 16, 30, tzinfo=ZONE),
    warnings=(WARNING, FindingLine(message="Chưa có phần thuyết minh mục 3.")),
)
REFUSED = Refused(
    unit=UNIT,
    contact=CONTACT,
    line=HUE_588,
    office=SO,
    file_name="Biểu huyện Nam Đông.xlsx",
    received_at=datetime(2019, 11, 28, 9, 5, tzinfo=ZONE),
    findings=(
        FindingLine(
            cell="D7",
            indicator="H588.21",
            message="Ghi “khoảng 30”; ô này cần một số nguyên, ví dụ 30.",
        ),
        FindingLine(
            cell="D9", indicator="H588.02", message="Số xã có trẻ được hỗ trợ (8) lớn hơn số xã (7)."
        ),
        FindingLine(message="Thiếu sheet “Thuyết minh”."),
    ),
    submit_to="bieu@so-ldtbxh.example",
)
RETURNED = Returned(
    unit=UNIT,
    contact=CONTACT,
    line=HUE_588,
    version=1,
    reason="Số trẻ được hỗ trợ chưa khớp với danh sách kèm theo.\nĐề nghị rà soát lại lĩnh vực dinh dưỡng.",
    new_day=date(2019, 12, 6),
    findings=(FindingLine(cell="D8", indicator="H588.22", message="Cao gấp 3 lần năm 2018."),),
    submit_to="bieu@so-ldtbxh.example",
    calendar="han-bao-cao.ics",
)
EXTENDED = Extended(
    unit=UNIT,
    contact=CONTACT,
    line=HUE_588,
    new_day=date(2019, 12, 13),
    reason="Địa bàn bị mưa lũ chia cắt từ ngày 18/11/2019.",
    decided_by="Công văn số 00/SLĐTBXH-TE của Sở",
    calendar="han-bao-cao.ics",
)
DEADLINE_CHANGED = DeadlineChanged(
    unit=UNIT,
    contact=CONTACT,
    line=replace(HUE_588, last_day=date(2019, 12, 9), named_day=date(2019, 12, 10), step=""),
    old_day=date(2019, 11, 29),
    new_day=date(2019, 12, 9),
    reason="Nhiều địa bàn trong tỉnh bị mưa lũ chia cắt.",
    document="Công văn số 00/SLĐTBXH-TE ngày 25/11/2019",
    submit_to="bieu@so-ldtbxh.example",
    calendar="han-bao-cao.ics",
)
DEADLINE_CHANGED_FOR_OTHERS = replace(
    DEADLINE_CHANGED, own_day=date(2019, 12, 13), line=replace(HUE_588, last_day=date(2019, 12, 13), step="")
)
MISSING_LIST = MissingList(
    unit=SO.name,
    contact="Trần Thị B",
    on=date(2019, 11, 29),
    groups=(
        MissingGroup(
            line=HUE_588,
            expected=14,
            received=11,
            units=(
                MissingUnit(name="Ủy ban nhân dân huyện A Lưới", note="đã nhắc ngày 22/11/2019"),
                MissingUnit(name="Ủy ban nhân dân huyện Phú Lộc", own_last_day=date(2019, 12, 13)),
                MissingUnit(name="Hội Liên hiệp Phụ nữ tỉnh", no_address=True),
            ),
            letter="hue-588-O2-2019-cong-van-T+1-v1.docx",
        ),
        MissingGroup(
            line=replace(NAM_DONG, last_hour=None),
            expected=11,
            received=10,
            units=(MissingUnit(name="Ủy ban nhân dân xã Hương Phú"),),
        ),
    ),
)
REPORT_READY = ReportReady(
    unit=SO.name,
    contact="Trần Thị B",
    line=HUE_588,
    title="Báo cáo kết quả thực hiện Kế hoạch hỗ trợ trẻ em các xã đặc biệt khó khăn năm 2019",
    version=1,
    file_name="bao-cao-hue-588-O2-2019.docx",
    path="reports/hue-588/O2/2019/bao-cao-v1.docx",
    sha256=SHA256,
    expected=14,
    received=12,
    nil=1,
    missing=("Ủy ban nhân dân huyện A Lưới", "Hội Liên hiệp Phụ nữ tỉnh"),
    unmerged=("Kiến nghị, đề xuất: UBND huyện Phú Lộc",),
    issued="số 05/BC-SLĐTBXH, ngày 18/12/2019",
)
UNPLACED = Unplaced(
    unit=SO.name,
    contact="Trần Thị B",
    on=date(2019, 12, 23),
    groups=(
        UnplacedGroup(
            line=HUE_588,
            units=(
                EndedUnit(
                    code="huyen-nam-dong",
                    name="UBND huyện Nam Đông",
                    ended_on=date(2019, 6, 30),
                    successors=tuple(f"UBND xã Nam Đông {n} (xa-nam-dong-{n})" for n in range(1, 11)),
                    others=2,
                ),
                EndedUnit(code="phong-nam-dong", name="Phòng Mẫu huyện Nam Đông", ended_on=date(2019, 6, 30)),
            ),
            assign='dondoc assign hue-588/O2/2019 MÃ-ĐƠN-VỊ --reason "LÝ DO" --document "VĂN BẢN"',
            exempt='dondoc exempt hue-588/O2/2019 MÃ-ĐƠN-VỊ --reason "LÝ DO"',
        ),
        UnplacedGroup(
            line=HUE_647,
            units=(EndedUnit(code="huyen-a-luoi", name="UBND huyện A Lưới", ended_on=None),),
            assign='dondoc assign hue-647/O2/2014 MÃ-ĐƠN-VỊ --reason "LÝ DO" --document "VĂN BẢN"',
            exempt='dondoc exempt hue-647/O2/2014 huyen-a-luoi --reason "LÝ DO"',
        ),
    ),
)
UNSIGNED = Unsigned(
    unit=SO.name,
    contact="Trần Thị B",
    on=date(2019, 12, 23),
    drafts=(
        IdleDraft(
            line=HUE_588,
            kind="Báo cáo",
            version=2,
            written_on=date(2019, 12, 16),
            waited=5,
            file_name="hue-588-O2-2019-bao-cao-v2.docx",
            command="dondoc issue hue-588/O2/2019 --number SỐ --date NGÀY",
            issued="số 05/BC-SLĐTBXH, ngày 12/12/2019",
        ),
        IdleDraft(
            line=HUE_647,
            kind="Công văn đôn đốc (mốc T+1)",
            version=1,
            written_on=date(2019, 12, 20),
            waited=1,
            file_name="hue-647-O2-2014-cong-van-T+1-v1.docx",
            command="dondoc issue hue-647/O2/2014 --kind cong-van --step T+1 --number SỐ --date NGÀY",
        ),
    ),
)
DISPATCHED = Dispatched(
    unit=UNIT,
    line=HUE_588,
    name="Báo cáo",
    number="05/BC-SLĐTBXH",
    day=date(2019, 12, 12),
    title="Kết quả năm 2019 thực hiện Kế hoạch hỗ trợ trẻ em các xã đặc biệt khó khăn",
    file_name="bao-cao-v1-da-ky.pdf",
    signed=True,
)

FLAGGED = Flagged(
    unit=SO.name,
    contact="Trần Thị B",
    line=HUE_588,
    name="Báo cáo số 05/BC-SLĐTBXH",
    did="ban hành",
    changes=(
        "Ủy ban nhân dân xã Thượng Nhật: phiên bản 1 đã được thay bằng phiên bản 2",
        "Ủy ban nhân dân xã Hương Hữu: gửi bổ sung (phiên bản 1)",
    ),
    command="dondoc totals hue-588/O2/2019 --issued",
)

ISSUED = Issued(
    unit=UNIT,
    contact=CONTACT,
    line=HUE_588,
    title="Kết quả năm 2019 thực hiện Kế hoạch hỗ trợ trẻ em các xã đặc biệt khó khăn",
    number="12/BC-SLĐTBXH",
    day=date(2019, 12, 24),
    received=12,
    expected=14,
    before="số 05/BC-SLĐTBXH, ngày 12/12/2019",
)

NO_SWEEP = SweepWatch(
    over=False,
    unit="Người quản trị hệ thống đôn đốc báo cáo",
    at=datetime(2019, 11, 30, 11, 15, tzinfo=ZONE),
    last_sweep=datetime(2019, 11, 29, 8, 0, tzinfo=ZONE),
    hours=26,
    machine="may-chu-bao-cao",
    home="/var/lib/dondoc",
    log="/var/lib/dondoc/logs",
    command="/opt/dondoc/.venv/bin/dondoc doctor",
    page="https://baocao.example",
)

DAILY_OF_A_UNIT = Daily(
    on=date(2019, 12, 3),
    contact=CONTACT,
    submit_to="bieu@so-ldtbxh.example",
    parts=(
        OVERDUE,
        replace(
            DEADLINE_CHANGED,
            line=replace(
                DEADLINE_CHANGED.line,
                cycle="hue-588/O3/2020",
                obligation="Kế hoạch vận động nguồn lực",
                period="năm 2020",
                link="https://baocao.example/k/QwErTy",
                form="hue-588-O3-2020-huyen-nam-dong.xlsx",
            ),
        ),
        replace(
            REMINDER,
            on=date(2019, 12, 3),
            lines=(
                replace(
                    HUE_647,
                    last_day=date(2019, 12, 19),
                    named_day=date(2019, 12, 20),
                    form="hue-647-O2-2019.xlsx",
                ),
            ),
        ),
    ),
)
DAILY_OF_AN_OFFICE = Daily(on=date(2019, 11, 29), contact="Trần Thị B", parts=(MISSING_LIST, REPORT_READY))
DAILY_OF_TWO_UNITS = replace(
    DAILY_OF_A_UNIT,
    parts=(
        OVERDUE,
        replace(OVERDUE, unit="Ủy ban nhân dân xã Hương Phú", lines=(replace(HUE_588, step="T+1"),)),
    ),
)

SAMPLES: dict[str, Message] = {
    "reminder": REMINDER,
    "reminder-of-two": REMINDER_OF_TWO,
    "overdue": OVERDUE,
    "overdue-correction": replace(OVERDUE, lines=(replace(OVERDUE.lines[0], returned=True, named_day=None),)),
    "reminder-through-an-office": replace(REMINDER, lines=(AT_A_DESK,), submit_to=""),
    "receipt-through-an-office": replace(RECEIPT, line=AT_A_DESK),
    "receipt": RECEIPT,
    "receipt-of-an-exempt-unit": replace(RECEIPT, exempt=True, warnings=()),
    "refused": REFUSED,
    "returned": RETURNED,
    "extended": EXTENDED,
    "deadline-changed": DEADLINE_CHANGED,
    "deadline-changed-for-others": DEADLINE_CHANGED_FOR_OTHERS,
    "missing-list": MISSING_LIST,
    "report-ready": REPORT_READY,
    "unplaced": UNPLACED,
    "unplaced-one": replace(
        UNPLACED, groups=(replace(UNPLACED.groups[0], units=UNPLACED.groups[0].units[:1]),)
    ),
    "unsigned": UNSIGNED,
    "unsigned-one": replace(UNSIGNED, drafts=UNSIGNED.drafts[:1]),
    "dispatched": DISPATCHED,
    "dispatched-unsigned": replace(DISPATCHED, signed=False, file_name="hue-588-O2-2019-bao-cao-v1.docx"),
    "flagged": FLAGGED,
    "issued": ISSUED,
    "daily-of-a-unit": DAILY_OF_A_UNIT,
    "daily-of-an-office": DAILY_OF_AN_OFFICE,
    "daily-of-idle-drafts": replace(
        DAILY_OF_AN_OFFICE,
        on=date(2019, 12, 23),
        parts=(REPORT_READY, UNPLACED, UNSIGNED, replace(ISSUED, contact="Trần Thị B")),
    ),
    "daily-of-two-units": DAILY_OF_TWO_UNITS,
    "no-sweep": NO_SWEEP,
    "swept-again": replace(
        NO_SWEEP,
        over=True,
        last_sweep=datetime(2019, 11, 30, 14, 0, tzinfo=ZONE),
        at=datetime(2019, 11, 30, 14, 15, tzinfo=ZONE),
    ),
}
