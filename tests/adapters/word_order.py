"""In what order the schema of Office Open XML (ECMA-376 Part 1, wml.xsd) wants the children of an element."""

from lxml import etree

from tasks.adapters.documents.package import read_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "pBdr": "top left bottom right between bar",
    "tr": "tblPrEx trPr tc",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
}
_PLACES = {name: {child: place for place, child in enumerate(text.split())} for name, text in ORDER.items()}
_SETTINGS = {"p": "pPr", "r": "rPr", "tbl": "tblPr", "tr": "trPr", "tc": "tcPr"}


def out_of_order(data: bytes) -> list[str]:
    """`part: element (children)` wherever the order, or what an element must begin or end with, is not the schema's."""
    found = []
    for name, content in read_parts(data).items():
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        for element in etree.fromstring(content).iter(f"{W}*"):
            children = [child.tag.removeprefix(W) for child in element]
            if not _in_order(element.tag.removeprefix(W), children):
                found.append(f"{name}: {element.tag.removeprefix(W)} ({' '.join(children)})")
    return found


def _in_order(name: str, children: list[str]) -> bool:
    places = _PLACES.get(name)
    if places is not None:
        known = [places.get(child, -1) for child in children]
        if -1 in known or known != sorted(known):
            return False
    settings = _SETTINGS.get(name)
    if settings in children[1:]:
        return False
    if name == "tc":
        return bool(children) and children[-1] == "p"
    if name == "body":
        return children[-1] == "sectPr"
    return not (name == "tbl" and children[:2] != ["tblPr", "tblGrid"])
