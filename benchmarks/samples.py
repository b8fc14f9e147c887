"""What is measured: the report of one district for hue-588/O2/2019, made by the real builders from the shipped plan.

Figures are the demo's; the sections are invented, long enough for a report of three pages.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from dondoc.demo.figures import answers_for
from models.calendar import PlannedCycle, planned_cycles
from models.deadlines import ZONE
from models.documents import ReportDocument, Table
from models.figures import UnitFigures, UnitNarrative
from models.form import FormSpec
from models.form_of_plan import build_form
from models.intake import check_reading
from models.plan_text import parse_plan
from models.report.own import build_own_report
from models.taken import FigureValue
from models.totals import Member, Source, total_up
from models.units import Unit, UnitTree
from models.units.owing import collector_of
from models.units.owing import owing as owing_on
from tasks.adapters.holiday_files import read_working_days
from tasks.adapters.mail import Attachment, OutgoingMail
from tasks.adapters.unit_files import read_units
from tasks.adapters.workbooks import read_workbook, write_form

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATES: Final = ROOT / "templates" / "docx"
CYCLE: Final = "hue-588/O2/2019"
UNIT: Final = "huyen-nam-dong"
TABLE_ROWS: Final = 20
_OPENED: Final = date(2019, 11, 1)
# As long as a real one.
_TOKEN: Final = "c2FtcGxlLXRva2VuLW9mLXRoZS1yaWdodC1sZW5ndGg"
# Detail lines of the plan (money by source) that a twenty-row table has no room for.
_LEFT_OUT: Final = (*(f"H588.04{source}" for source in "abcdef"), "H588.07", "H588.09a")

_SAID: Final = {
    "chi-dao": (
        "Ủy ban nhân dân huyện đã ban hành kế hoạch vận động nguồn lực, thành lập tổ công tác liên ngành, phân "
        "công từng thành viên phụ trách các xã đặc biệt khó khăn; đưa chỉ tiêu hỗ trợ trẻ em vào chương trình công "
        "tác năm và kiểm điểm hằng quý.\n"
        "Phòng Lao động - Thương binh và Xã hội phối hợp với các phòng, ban, đoàn thể hướng dẫn các xã rà soát nhu "
        "cầu theo bốn lĩnh vực, lập danh mục cần hỗ trợ, công khai tại nhà văn hóa thôn và trên hệ thống truyền "
        "thanh."
    ),
    "nhiem-vu": (
        "Tổ chức các buổi truyền thông tại thôn, bản bằng tiếng Kinh và tiếng Cơ Tu; phát tờ rơi, phóng sự ngắn "
        "trên đài huyện; vận động các cơ quan, doanh nghiệp, cá nhân hảo tâm đăng ký hỗ trợ theo danh mục đã công "
        "khai.\n"
        "Khám bệnh lưu động tại các xã; bổ sung bữa ăn bán trú ở các điểm trường lẻ; sửa chữa sân chơi; trao áo "
        "ấm, chăn màn trước mùa mưa rét. Việc hỗ trợ có danh sách ký nhận, không để trùng lặp giữa các nguồn.\n"
        "Kiểm tra việc tiếp nhận, sử dụng nguồn lực tại các xã; kịp thời chấn chỉnh nơi ghi chép sổ sách chưa đầy "
        "đủ."
    ),
    "kho-khan": (
        "Địa bàn rộng, đường đến một số thôn bị chia cắt trong mùa mưa lũ; nguồn lực xã hội tại chỗ hạn chế, phụ "
        "thuộc nhiều vào các nhà tài trợ ngoài tỉnh; cán bộ làm công tác trẻ em cấp xã kiêm nhiệm nhiều việc."
    ),
    "nhiem-vu-toi": (
        "Tiếp tục rà soát, cập nhật nhu cầu của trẻ em; mở rộng mạng lưới nhà tài trợ; ưu tiên lĩnh vực vui chơi, "
        "giải trí còn đạt thấp; lồng ghép với các chương trình mục tiêu quốc gia trên địa bàn; nâng chất lượng số "
        "liệu."
    ),
    "kien-nghi": (
        "Đề nghị Ủy ban nhân dân tỉnh quan tâm bố trí kinh phí quản lý, điều phối; đề nghị Sở Lao động - Thương "
        "binh và Xã hội kết nối thêm nhà tài trợ và tổ chức tập huấn cho cán bộ cấp xã."
    ),
}


@cache
def planned() -> PlannedCycle:
    plan = parse_plan((ROOT / "plans" / "hue-588.yaml").read_text("utf-8"), "hue-588.yaml")
    cycles = planned_cycles(plan, read_working_days(ROOT / "plans" / "holidays"))
    return next(cycle for cycle in cycles if str(cycle.key) == CYCLE)


@cache
def tree() -> UnitTree:
    files = sorted((ROOT / "plans" / "units").glob("*.csv"))
    return UnitTree(unit for file in files for unit in read_units(file.read_text("utf-8"), file.name))


def unit(code: str = UNIT) -> Unit:
    return tree().nearest(code, _OPENED)


def owing() -> list[Unit]:
    """Everybody who owes the report."""
    return owing_on(tree(), planned().obligation.owed_by, _OPENED)


def form(whose: Unit) -> FormSpec:
    through, lead = planned().obligation.through, planned().plan.lead
    collector = collector_of(tree(), whose.code, through, lead, _OPENED)
    return build_form(planned(), whose, unit(collector).body, _TOKEN)


def filled_form(place: int = 1) -> tuple[FormSpec, bytes]:
    """A form with its answers, as it comes back: every entry cell filled, three sections written."""
    spec = form(unit())
    typed = answers_for(spec, place)
    figures = {
        code: Decimal(str(value)) if isinstance(value, float) else value
        for code, value in typed.figures.items()
    }
    return spec, write_form(spec, figures | _SAID)


@cache
def report() -> ReportDocument:
    """The district's own Báo cáo: three pages with a table of twenty rows."""
    spec, data = filled_form()
    figures = check_reading(read_workbook(data), spec).by_code()
    document = _own_report(figures)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert len(table.rows) == TABLE_ROWS, f"the table has {len(table.rows)} rows"
    return document


def _own_report(figures: dict[str, FigureValue]) -> ReportDocument:
    district, cycle = unit(), planned()
    narratives = tuple(UnitNarrative(code, district.body, text) for code, text in _SAID.items())
    own = UnitFigures(district.code, district.body, 1, "0" * 64, False, figures, narratives)
    codes = [code for code in cycle.obligation.form.indicators if code not in _LEFT_OUT]
    member = Member(district.code, district.kind)
    totals = total_up(cycle.plan, codes, cycle.period, [Source(frozenset(codes), (member,), (own,))])
    parent = unit(district.parent) if district.parent else None
    addressees = ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", f"{unit(cycle.plan.lead).body} (để tổng hợp)")
    return build_own_report(cycle, district, parent, addressees, own, tuple(totals))


def mail(number: int) -> OutgoingMail:
    """A reminder as long as a real one, with the unit's form attached."""
    text = "\n".join(_SAID.values())
    return OutgoingMail(
        to="nam-dong@huyen.example",
        subject=f"Nhắc gửi báo cáo năm 2019, {unit().body}",
        text=text,
        html="<html><body>" + text.replace("\n", "<br>") + "</body></html>",
        message_id=f"<benchmark-{number}@dondoc.example>",
        date=datetime(2019, 11, 22, 8, tzinfo=ZONE),
        sender="Sở Lao động - Thương binh và Xã hội <nhac@so.example>",
        attachments=(
            Attachment(
                "Biểu huyện Nam Đông.xlsx",
                write_form(form(unit())),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        ),
    )
