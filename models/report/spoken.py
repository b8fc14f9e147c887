"""What units said in words, each under its own name; their paragraphs stay theirs."""

import re
from collections.abc import Iterable

from models.documents import Block, BulletList, Paragraph

_PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.;:!?])[^\S\n]*\n")
"""An empty line, or a line that ends a sentence; any other break is only where a line was full."""


def bulleted(said: Iterable[tuple[str, str]]) -> list[Block]:
    """(unit name, its words): a dash for each unit, and a paragraph for each further one it wrote."""
    blocks: list[Block] = []
    items: list[str] = []
    for name, text in said:
        first, *more = paragraphs(text) or ("",)
        items.append(f"{name}: {first}")
        if more:
            blocks += [BulletList(tuple(items)), *(Paragraph(each) for each in more)]
            items = []
    return [*blocks, BulletList(tuple(items))] if items else blocks


def paragraphs(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in _PARAGRAPH.split(text.replace("\r\n", "\n")))
    return tuple(part for part in parts if part)
