"""The Thông báo of results to the units that reported: thanks to those in time, facts, and nobody blamed. Who was late or has
not reported is counted, not named; what may point to one child is left out as in the Báo cáo.
"""

from models.documents import Appendix, Block, Heading, Paragraph, ReportDocument, Row, Table
from models.documents import Column as Col
from models.form_of_plan import cite
from models.report.inputs import ReportInputs, called, head_of, signature_of
from models.report.overview import how_they_came
from models.report.results import listed, result_table
from models.report.unit_lists import appendix_of, mentions
from models.text import short_date, style_count

_NAMED_AT_MOST = 12
"""More units are thanked in an appendix."""
_THANKED = "Danh sách đơn vị gửi báo cáo đúng hạn"


def build_notice(given: ReportInputs) -> ReportDocument:
    """Number and date stay open. ValueError where nobody has reported: there is nothing to tell."""
    if not given.coverage.received:
        raise ValueError(f"{given.planned.key}: nobody has reported, there is nothing to tell")
    report, lists = given.report, [each for each in given.lists if each.units]
    title = report.title.replace("{period}", given.planned.period.vietnamese)
    many = len(_thanked(given)) > _NAMED_AT_MOST
    places = called([*([_THANKED] if many else []), *(each.title for each in lists)])
    blocks: list[Block] = [
        Paragraph(_opening(given)),
        Heading(1, "Tình hình gửi báo cáo"),
        *_came(given, places),
    ]
    if table := _results(given):
        blocks += [Heading(1, "Kết quả tổng hợp"), *table, *mentions(given.lists, places)]
    blocks.append(Paragraph(_closing(given)))
    appendices = [_list_of_thanked(given)] if many else []
    appendices += [appendix_of(each, given.disclosure) for each in lists]
    return ReportDocument(
        head=head_of(report, notice_symbol(report.symbol), given.year),
        subject=title,
        blocks=tuple(blocks),
        signature=signature_of(report.signer),
        recipients=_recipients(given),
        appendices=tuple(appendices),
        type_name="Thông báo",
    )


def notice_symbol(symbol: str) -> str:
    """BC-SLĐTBXH → TB-SLĐTBXH: the type's abbreviation is that of a Thông báo (Nghị định 30/2020, Phụ lục III)."""
    return f"TB-{symbol.removeprefix('BC-')}"


def _opening(given: ReportInputs) -> str:
    after = f", trên cơ sở {given.issued.named}" if given.issued else ""
    return f"Thực hiện {cite(given.planned.plan.citation)}{after}, {given.lead} thông báo kết quả như sau:"


def _came(given: ReportInputs, places: dict[str, str]) -> list[Block]:
    cover = given.coverage
    cutoff = f" (số liệu chốt đến ngày {short_date(given.planned.cutoff)})" if given.planned.cutoff else ""
    came = f"{style_count(cover.received)}/{style_count(cover.expected)}"
    lines = [f"Có {came} đơn vị gửi báo cáo{cutoff}{how_they_came(given)}."]
    if cover.missing:
        lines.append(
            f"Kết quả dưới đây chưa bao gồm số liệu của {style_count(cover.missing)} đơn vị; báo cáo gửi sau sẽ được "
            "tổng hợp bổ sung."
        )
    blocks: list[Block] = [Paragraph(line) for line in lines]
    names = _thanked(given)
    thanks = f"{given.lead} trân trọng cảm ơn"
    if _THANKED in places:
        there = f"{style_count(len(names))} đơn vị đã gửi báo cáo đúng hạn (danh sách tại {places[_THANKED]})"
        blocks.append(Paragraph(f"{thanks} {there}."))
    elif names:
        blocks += [Paragraph(f"{thanks} các đơn vị đã gửi báo cáo đúng hạn:"), listed(names)]
    return blocks


def _thanked(given: ReportInputs) -> list[str]:
    return [each.unit_name for each in given.standings if each.reported and each.on_time]


def _list_of_thanked(given: ReportInputs) -> Appendix:
    rows = tuple(Row((str(place), name)) for place, name in enumerate(_thanked(given), start=1))
    return Appendix(_THANKED, (Table((Col("TT", 0.6, "center"), Col("Đơn vị", 6.0)), rows, compact=True),))


def _results(given: ReportInputs) -> list[Block]:
    """What adds up; each unit's own answers stand in the lists, or not at all."""
    totals = [total for total in given.totals if not total.indicator.is_listed]
    if not totals:
        return []
    said = "Kết quả tổng hợp từ báo cáo của các đơn vị:"
    return [Paragraph(said), result_table(totals, open_to=given.disclosure)]


def _closing(given: ReportInputs) -> str:
    contact = given.planned.plan.contact
    return (
        f"{given.lead} thông báo để các đơn vị biết, tiếp tục phối hợp thực hiện. Trường hợp cần điều chỉnh, bổ sung số liệu, "
        f"đề nghị liên hệ {contact.name}, điện thoại {contact.phone}, thư điện tử {contact.email}"
    )


def _recipients(given: ReportInputs) -> tuple[str, ...]:
    """Those it is for come first; nobody is addressed, so there is no “Như trên”."""
    *others, archive = given.report.recipients
    above = [f"{each} (b/c)" for each in given.report.addressees]
    rest = [each for each in others if each != "Như trên"]
    return ("Các đơn vị gửi báo cáo", *above, *rest, archive)
