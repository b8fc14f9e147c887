"""A chart as Word's own drawing: bars that stay sharp in print and are told apart without colour.

The part is called after its content, so that the same document has the same bytes and a second chart needs no count. Its values
stand in it, not in a workbook beside it: Word shows it and cannot edit its data, which the ledger has.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import escape

from models.documents import Chart, Series
from models.nd30 import FONT
from tasks.adapters.documents.markup import one_line
from tasks.adapters.documents.package import NotADocumentError

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
LISTING: Final = ("[Content_Types].xml", "word/_rels/document.xml.rels")
"""The parts of a document that name its charts."""
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_A_TWIP: Final = 635
_EMU_A_CM: Final = 360_000
_BAR, _AROUND = 0.55, 2.2
"""Centimetres of height for a bar, and for title and legend."""
# Dark grey, and white in a black line: told apart on any printer.
_FILLS: Final = tuple(
    f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
    '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    for fill in ("595959", "FFFFFF")
)
_CATEGORIES, _VALUES = 50010001, 50010002


def part_name(chart: Chart) -> str:
    return f"word/charts/chart{_digest(chart)}.xml"


def relation_id(chart: Chart) -> str:
    return f"rIdChart{_digest(chart)}"


def with_charts(listing: Mapping[str, bytes], charts: Sequence[Chart]) -> dict[str, bytes]:
    """Content types and relations with the charts entered. NotADocumentError where they are written in an unknown way."""
    types = "".join(
        f'<Override PartName="/{part_name(chart)}" ContentType="{CONTENT_TYPE}"/>' for chart in charts
    )
    relations = "".join(
        f'<Relationship Id="{relation_id(chart)}" Type="{RELATION}" Target="{part_name(chart).removeprefix("word/")}"/>'
        for chart in charts
    )
    made = {}
    for name, end, added in zip(LISTING, ("</Types>", "</Relationships>"), (types, relations), strict=True):
        before, found, after = listing.get(name, b"").decode().rpartition(end)
        if not found:
            raise NotADocumentError(f"{name} has no {end} before which a chart could be entered")
        made[name] = f"{before}{added}{found}{after}".encode()
    return made


def chart_part(chart: Chart) -> bytes:
    """The part, its elements in the order of the schema (ECMA-376, dml-chart)."""
    series = "".join(_series(place, each, chart.categories) for place, each in enumerate(chart.series))
    bars = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
    )
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_type(1000)}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr/></a:pPr>{_run(chart.title, 1200, bold=True)}</a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        f"<c:plotArea><c:layout/>{bars}{_axes()}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_type(1000)}</c:chartSpace>"
    ).encode()


def drawing(chart: Chart, room: int) -> str:
    """The run that shows the part, `room` twips wide, with its description as alternative text."""
    width = room * _EMU_A_TWIP
    lines = len(chart.categories) * len(chart.series)
    height = round((lines * _BAR + len(chart.categories) * 0.3 + _AROUND) * _EMU_A_CM)
    number = int(_digest(chart)[:7], 16) + 1
    said, title = escape(one_line(chart.description)), escape(one_line(chart.title))
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="{title}" descr="{said}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="{relation_id(chart)}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _digest(chart: Chart) -> str:
    return hashlib.sha256(repr(chart).encode()).hexdigest()[:16]


def _series(place: int, series: Series, categories: Sequence[str]) -> str:
    names = "".join(_point(at, one_line(name)) for at, name in enumerate(categories))
    values = "".join(_point(at, f"{value:f}") for at, value in enumerate(series.values))
    labels = "".join(_label(at, text) for at, text in enumerate(series.labels))
    count = f'<c:ptCount val="{len(categories)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{escape(series.name)}</c:v></c:tx>'
        f'<c:spPr>{_FILLS[place % len(_FILLS)]}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:dLbls>{labels}{_SHOWN}</c:dLbls><c:cat><c:strLit>{count}{names}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>{count}{values}</c:numLit></c:val></c:ser>"
    )


_SHOWN: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _point(at: int, text: str) -> str:
    return f'<c:pt idx="{at}"><c:v>{escape(text)}</c:v></c:pt>'


def _label(at: int, text: str) -> str:
    rich = f"<c:rich><a:bodyPr/><a:p>{_run(text, 900)}</a:p></c:rich>"
    return f'<c:dLbl><c:idx val="{at}"/><c:tx>{rich}</c:tx><c:dLblPos val="outEnd"/>{_SHOWN}</c:dLbl>'


def _run(text: str, size: int, *, bold: bool = False) -> str:
    return (
        f'<a:r><a:rPr lang="vi-VN" sz="{size}" b="{int(bold)}">{_FACE}</a:rPr>'
        f"<a:t>{escape(one_line(text))}</a:t></a:r>"
    )


_FACE: Final = (
    '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
)


def _type(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}">{_FACE}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
    )


def _axes() -> str:
    """The first category on top; values stand at the bars, so their axis is not drawn. It begins at 0: a bar shows its size."""
    line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_type(1000)}'
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )
