"""Lines drawn as shapes, in the ways Word has had for it: DrawingML, VML lines and VML connectors."""

import re
from collections.abc import Iterator
from typing import Any, Final

from tasks.adapters.documents.formatting import number

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}prstGeom"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_VML_WIDTH: Final = re.compile(r"(?:^|;)\s*width:\s*(\d+(?:\.\d+)?(?:pt|in|cm|mm)?)")
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EMU_PER_TWIP: Final = 635
_VML_POINTS: Final = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm)?")
_VML_TWIPS: Final = {None: 15.0, "pt": 20.0, "in": 1440.0, "cm": 566.93, "mm": 56.693}


def shape_lines(element: Any) -> Iterator[int]:
    """The lengths, in twips, of the straight lines drawn in a paragraph."""
    for kind in ("anchor", "inline"):
        for drawing in element.iter(f"{_DRAWING}{kind}"):
            shapes = {shape.get("prst") for shape in drawing.iter(_SHAPE)}
            extent = drawing.find(f"{_DRAWING}extent")
            if extent is not None and shapes & {"line", "straightConnector1"}:
                yield round((number(extent.get("cx")) or 0) / _EMU_PER_TWIP)
    for line in element.iter(f"{_VML}line", f"{_VML}shape"):
        if next(line.iterancestors(FALLBACK), None) is None:
            yield from _vml_lines(line)


def _vml_lines(shape: Any) -> Iterator[int]:
    # Types 20 and 32 are the plain line and the straight connector of Word's shape list.
    width = _VML_WIDTH.search(shape.get("style") or "")
    if shape.get("from") and shape.get("to"):
        yield round(abs(_vml_x(shape.get("to")) - _vml_x(shape.get("from"))))
    elif width and (shape.get("type") or "").endswith(("_t20", "_t32")):
        yield round(_vml_x(width[1]))


def _vml_x(point: str | None) -> float:
    match = _VML_POINTS.match(point or "")
    return float(match[1]) * _VML_TWIPS[match[2]] if match else 0.0
