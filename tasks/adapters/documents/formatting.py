"""What Word's style inheritance makes of a paragraph and its runs: defaults, styles, direct settings.

Reads no more than the checker measures; a value nobody sets is what Word falls back to.
"""

from collections.abc import Mapping
from typing import Any, Final

from tasks.adapters.documents.sections import tag

Properties = dict[str, Any]

_OFF: Final = ("0", "false", "off")
_TOGGLES: Final = ("b", "i", "caps")
_DRAWING_FONTS: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Word's own values where no style and no default says anything.
_BASE: Final[Properties] = {
    "size": 10.0,
    "ascii": "Times New Roman",
    "hAnsi": "Times New Roman",
    "jc": "left",
}


def number(text: str | None) -> int | None:
    """A whole number of an attribute, or None where it is missing or no number."""
    try:
        return None if text is None else round(float(text))
    except (ValueError, OverflowError):
        return None


def attribute(element: Any, name: str) -> str | None:
    value = element.get(tag(name))
    return None if value is None else str(value)


class StyleSheet:
    """Properties by style id, with inheritance; `theme` names the fonts the styles may refer to."""

    def __init__(self, styles: Any | None, theme: Any | None) -> None:
        self._theme = _theme_fonts(theme)
        self._styles: dict[str, Any] = {}
        self._defaults: dict[str, str] = {}
        self._merged: dict[tuple[str | None, str], Properties] = {}
        self.base: Properties = dict(_BASE)
        for style in styles.iterfind(tag("style")) if styles is not None else ():
            style_id, kind = attribute(style, "styleId") or "", attribute(style, "type") or "paragraph"
            self._styles[style_id] = style
            if attribute(style, "default") in ("1", "true", "on"):
                self._defaults[kind] = style_id
        if styles is not None:
            for path in ("rPrDefault", "pPrDefault"):
                found = styles.find(f"{tag('docDefaults')}/{tag(path)}")
                if found is not None:
                    self.base |= self.own(found)

    def own(self, holder: Any | None) -> Properties:
        """The properties set in an element that holds rPr and pPr (a style, a paragraph, a run)."""
        if holder is None:
            return {}
        return self._run(holder.find(tag("rPr"))) | _paragraph(holder.find(tag("pPr")))

    def style(self, style_id: str | None, kind: str = "paragraph") -> Properties:
        """What a style sets, its ancestors included; the default style of that kind where none is named."""
        if (style_id, kind) not in self._merged:
            self._merged[style_id, kind] = self._inherited(style_id, kind)
        return self._merged[style_id, kind]

    def _inherited(self, style_id: str | None, kind: str) -> Properties:
        chain: list[Any] = []
        at = style_id if style_id in self._styles else self._defaults.get(kind)
        while at in self._styles and len(chain) < 64:
            style = self._styles[at]
            chain.append(style)
            based = style.find(tag("basedOn"))
            at = None if based is None else attribute(based, "val")
        merged: Properties = {}
        for style in reversed(chain):
            merged |= self.own(style) | _table(style.find(tag("tblPr")))
        return merged

    def _run(self, element: Any | None) -> Properties:
        found: Properties = {}
        if element is None:
            return found
        for name in _TOGGLES:
            mark = element.find(tag(name))
            if mark is not None:
                found[name] = (attribute(mark, "val") or "1") not in _OFF
        size = element.find(tag("sz"))
        if size is not None and (half_points := number(attribute(size, "val"))) is not None:
            found["size"] = half_points / 2
        line = element.find(tag("u"))
        if line is not None:
            found["underlined"] = (attribute(line, "val") or "none") != "none"
        color = element.find(tag("color"))
        if color is not None:
            found["color"] = attribute(color, "val")
        return found | self._fonts(element.find(tag("rFonts")))

    def _fonts(self, element: Any | None) -> Properties:
        found: Properties = {}
        if element is None:
            return found
        for script in ("ascii", "hAnsi"):
            themed = attribute(element, f"{script}Theme")
            named = self._theme.get((themed or "")[:5]) or attribute(element, script)
            if named:
                found[script] = named
        return found


def _theme_fonts(theme: Any | None) -> Mapping[str, str]:
    fonts: dict[str, str] = {}
    if theme is None:
        return fonts
    for name in ("major", "minor"):
        latin = theme.find(f".//{_DRAWING_FONTS}{name}Font/{_DRAWING_FONTS}latin")
        if latin is not None:
            fonts[name] = str(latin.get("typeface"))
    return fonts


def _paragraph(element: Any | None) -> Properties:
    found: Properties = {}
    if element is None:
        return found
    align = element.find(tag("jc"))
    if align is not None:
        value = attribute(align, "val")
        found["jc"] = {"start": "left", "end": "right"}.get(value or "", value)
    return (
        found | _indents(element.find(tag("ind"))) | _spacing(element.find(tag("spacing"))) | _border(element)
    )


def _indents(element: Any | None) -> Properties:
    found: Properties = {}
    if element is None:
        return found
    for name, *others in (("left", "start"), ("right", "end")):
        for spelling in (name, *others):
            if (value := number(attribute(element, spelling))) is not None:
                found[name] = value
    if (first := number(attribute(element, "firstLine"))) is not None:
        found["first"] = first
    if hanging := number(attribute(element, "hanging")):
        found["first"] = -hanging
    return found


def _spacing(element: Any | None) -> Properties:
    found: Properties = {}
    for name in ("before", "after", "line") if element is not None else ():
        if (value := number(attribute(element, name))) is not None:
            found[name] = value
    if "line" in found:
        found["rule"] = attribute(element, "lineRule") or "auto"
    return found


def _border(element: Any) -> Properties:
    found: Properties = {}
    for side, name in (("bottom", "ruled"), ("top", "topped")):
        border = element.find(f"{tag('pBdr')}/{tag(side)}")
        if border is not None:
            found[name] = attribute(border, "val") not in ("nil", "none")
    return found


def _table(element: Any | None) -> Properties:
    """Borders and cell margins of a table: direct, or of a table style."""
    found: Properties = {}
    if element is None:
        return found
    borders = element.find(tag("tblBorders"))
    if borders is not None:
        found["borders"] = any(attribute(side, "val") not in ("nil", "none") for side in borders)
    for side in ("left", "right"):
        margin = element.find(f"{tag('tblCellMar')}/{tag(side)}")
        if margin is not None and (value := number(attribute(margin, "w"))) is not None:
            found[f"cell_{side}"] = value
    return found


table_properties = _table
