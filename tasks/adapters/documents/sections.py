"""The sections of a document: the main text, then one for each Phụ lục with page numbers from 1.

Every section is made from the template's own page set-up, so margins and page-number header an office
changed in Word hold for the appendices too.
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from models.documents import Appendix
from models.nd30 import roman
from tasks.adapters.documents.blocks import Styles, blocks_xml
from tasks.adapters.documents.markup import paragraph, run

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES: Final = re.compile(r' xmlns:\w+="[^"]*"')
# The elements of sectPr after which pgNumType may stand, as the schema orders them.
_BEFORE_NUMBERING: Final = ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz",
                            "pgMar", "paperSrc", "pgBorders", "lnNumType")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The template's last section, as XML for each use, and the width its text has, in twips."""

    main: str
    portrait: str
    landscape: str
    room: int
    landscape_room: int


def tag(name: str) -> str:
    return f"{{{W}}}{name}"


def page_setup(section: Any) -> PageSetup:
    """Read the template's own sectPr. Raises KeyError or ValueError where paper or margins are not given."""
    size, margins = section.find(tag("pgSz")), section.find(tag("pgMar"))
    if size is None or margins is None:
        raise ValueError("the last section of the template gives no paper size or no margins")
    width, height = int(size.get(tag("w"))), int(size.get(tag("h")))
    across = int(margins.get(tag("left"))) + int(margins.get(tag("right")))
    return PageSetup(
        main=_xml(section),
        portrait=_xml(_appendix_section(section, width, height)),
        landscape=_xml(_appendix_section(section, height, width)),
        room=width - across,
        landscape_room=height - across,
    )


def _xml(section: Any) -> str:
    return _NAMESPACES.sub("", etree.tostring(section, encoding="unicode", with_tail=False))


def _appendix_section(section: Any, width: int, height: int) -> Any:
    made = copy.deepcopy(section)
    size = made.find(tag("pgSz"))
    size.set(tag("w"), str(width))
    size.set(tag("h"), str(height))
    size.attrib.pop(tag("orient"), None)
    if width > height:
        size.set(tag("orient"), "landscape")
    for old in made.findall(tag("pgNumType")):
        made.remove(old)
    numbering = etree.Element(tag("pgNumType"))
    numbering.set(tag("start"), "1")
    place = max(
        (made.index(child) for name in _BEFORE_NUMBERING for child in made.iterfind(tag(name))), default=-1
    )
    made.insert(place + 1, numbering)
    return made


def appendices_xml(appendices: Sequence[Appendix], attached_to: str, styles: Styles, setup: PageSetup) -> str:
    """What follows the signature: the appendices, and the page set-up that ends the document."""
    sections = [setup.main]
    texts = []
    for place, appendix in enumerate(appendices, start=1):
        sections.append(setup.landscape if appendix.landscape else setup.portrait)
        texts.append(_appendix_xml(appendix, _name(place, len(appendices)), attached_to, styles, setup))
    # A section's set-up stands in its last paragraph; the last section's at the end of the body.
    ends = [paragraph(styles["section_end"], "", properties=section) for section in sections[:-1]]
    inner = "".join(end + text for end, text in zip(ends, texts, strict=True))
    return inner + sections[-1]


def _name(place: int, count: int) -> str:
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(place)}"


def _appendix_xml(appendix: Appendix, name: str, attached_to: str, styles: Styles, setup: PageSetup) -> str:
    room = setup.landscape_room if appendix.landscape else setup.room
    return (
        paragraph(styles["appendix"], run(name))
        + paragraph(styles["appendix_title"], run(appendix.title.upper()))
        + paragraph(styles["attached"], run(attached_to))
        + blocks_xml(appendix.blocks, styles, room)
    )
