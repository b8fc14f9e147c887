"""Official documents as a plan names them: the ones it rests on, and the report that is written."""

from pydantic import field_validator

from models.plan.outline import OutlineHeading, check_outline
from models.plan.strict import Day, IndicatorCode, Strict, Text
from models.plan.unit_lists import UnitList


class Citation(Strict):
    """A legal document in the five fields a first citation needs (Nghị định 30/2020; blank where unknown)."""

    kind: Text
    """Tên loại văn bản: Kế hoạch, Quyết định."""
    number: Text | None = None
    """Số, ký hiệu: 588/QĐ-TTg; left out where it is not known."""
    day: Day | None = None
    """The day it was issued."""
    issuer: Text
    """Cơ quan ban hành, in full."""
    subject: Text
    """Trích yếu."""


class Signer(Strict):
    authority: list[Text] = []
    """Lines above the post: TM. ỦY BAN NHÂN DÂN, KT. GIÁM ĐỐC."""
    post: Text
    """Chức vụ: GIÁM ĐỐC, PHÓ CHỦ TỊCH."""
    name: Text | None = None
    """Họ và tên; left out where it is not known."""


class Report(Strict):
    """The official report the lead unit writes from this obligation."""

    title: Text
    """Trích yếu; {period} stands for the year or phase."""
    addressees: list[Text]
    """Kính gửi."""
    symbol: Text
    """Ký hiệu of the report, after its number: BC-SLĐTBXH."""
    letter_symbol: Text
    """Ký hiệu of a công văn: SLĐTBXH-BVCSTE."""
    place: Text
    """Địa danh, before the date."""
    parent_agency: Text
    """Cơ quan chủ quản, first line of the head."""
    agency: Text
    """Cơ quan ban hành báo cáo, second line of the head; `\\n` breaks it."""
    signer: Signer
    """Whose signature it waits for."""
    recipients: list[Text]
    """Nơi nhận, a line each; the last one is Lưu."""
    outline: list[OutlineHeading] | None = None
    """Đề cương: headings and their order; where none is given, that which goes with the rhythm: year and once,
    half-year, phase, or quarter, month and request.
    """

    chart: IndicatorCode | None = None
    """An indicator whose figures unit by unit are drawn as bars. Results are drawn beside their targets by themselves,
    where three or more can be.
    """

    lists: list[UnitList] = []
    """Lists of units after the report, and after the Thông báo of results."""

    @field_validator("outline")
    @classmethod
    def _whole_outline(cls, outline: list[OutlineHeading] | None) -> list[OutlineHeading] | None:
        if outline is not None:
            check_outline(outline)
        return outline
