"""Where in a Word template a mistake stands: the number of the paragraph and its words."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from tasks.adapters.documents.sections import tag

_CODE: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
# docxtpl's letter for what is lifted out of its paragraph, cell or row.
_LIFTED: Final = re.compile(r"^\{\{\w+ ")
_OPENS: Final = re.compile(r"\{%\w*\s+(for|if)\b")
_CLOSES: Final = re.compile(r"\{%\w*\s+end(for|if)\b")
_EXCERPT: Final = 60


def paragraph_texts(root: Any) -> Iterator[tuple[int, Any, str]]:
    """Number from 1, element and words of every paragraph, those in tables too."""
    for number, paragraph in enumerate(root.iter(tag("p")), start=1):
        yield number, paragraph, "".join(paragraph.itertext(tag("t")))


def where_named(source: str, field: str) -> str:
    """` in paragraph 9, “{{ field }}”`; empty where no paragraph says it."""
    named = re.compile(rf"\b{re.escape(field)}\b")
    return _first(source, lambda text: any(named.search(code) for code in _CODE.findall(text)))


def where_broken(source: str, parses: Callable[[str], bool]) -> str:
    """The paragraph whose expression does not parse; or that opens or closes a loop which has no other end."""
    return _first(
        source,
        lambda text: (
            not all(parses(_LIFTED.sub("{{ ", code)) for code in _CODE.findall(text) if code[1] == "{")
        ),
    ) or (_unbalanced(source))


def _unbalanced(source: str) -> str:
    open_: list[tuple[str, int, str]] = []
    for number, _, text in _paragraphs(source):
        for code in _CODE.findall(text):
            opens, closes = _OPENS.match(code), _CLOSES.match(code)
            if opens:
                open_.append((opens[1], number, text))
            elif closes and open_ and open_[-1][0] == closes[1]:
                open_.pop()
            elif closes:
                return _said(number, text)
    return _said(*open_[-1][1:]) if open_ else ""


def _first(source: str, is_it: Callable[[str], bool]) -> str:
    return next((_said(number, text) for number, _, text in _paragraphs(source) if is_it(text)), "")


def _paragraphs(source: str) -> Iterator[tuple[int, Any, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return paragraph_texts(etree.fromstring(source.encode(), parser))


def _said(number: int, text: str) -> str:
    shown = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
    return f" in paragraph {number}, “{shown}”"
