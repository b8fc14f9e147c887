"""What a rule gives, and the few checks most rules are made of."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from models.nd30 import Span
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.metrics import balanced_room, line_count, text_width
from tasks.adapters.documents.word_view import Para

TWIPS_PER_MM: Final = 1440 / 25.4
# Lines are compared with widths estimated from the letters.
SLACK_SHORT: Final = 0.04
_EXCERPT: Final = 40
# So far off the middle of its column anyone sees it; less may come of the estimated width of the letters.
_OFF_CENTRE_MM: Final = 4.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold: where, what was found, what Nghị định 30/2020 expects. In Vietnamese."""

    rule: str
    place: str
    found: str
    expected: str

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "place": self.place, "found": self.found, "expected": self.expected}


Check = Callable[[Anatomy], Iterator[Finding]]
Pick = Callable[[Anatomy], Iterable[Para | None]]


class Place(str):
    """Where a paragraph stands, for people; `paragraph` is its number in the document."""

    __slots__ = ("paragraph",)
    paragraph: int


def excerpt(para: Para) -> Place:
    """The paragraph's number and its beginning, to find it by."""
    text = para.text
    shown = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
    place = Place(f"đoạn {para.number}, “{shown}”")
    place.paragraph = para.number
    return place


def vietnamese(value: float) -> str:
    return f"{value:.4g}".replace(".", ",")


def sized(rule: str, pick: Pick, span: Span) -> Check:
    """Every run of these paragraphs is within the span, in points."""

    def check(parts: Anatomy) -> Iterator[Finding]:
        for para in filter(None, pick(parts)):
            wrong = next((run.points for run in para.inked if run.points not in span), None)
            if wrong is not None:
                yield Finding(rule, excerpt(para), f"cỡ chữ {vietnamese(wrong)}", f"cỡ chữ {span}")

    return check


def styled(rule: str, pick: Pick, *, bold: bool | None = None, italic: bool | None = None) -> Check:
    """Every run of these paragraphs is (or is not) bold, italic; None leaves it open."""

    def check(parts: Anatomy) -> Iterator[Finding]:
        for para in filter(None, pick(parts)):
            for wanted, name, names in ((bold, "bold", _BOLD), (italic, "italic", _ITALIC)):
                if wanted is not None and any(getattr(run, name) != wanted for run in para.inked):
                    yield Finding(rule, excerpt(para), names[not wanted], names[wanted])

    return check


_BOLD: Final = ("không in đậm", "in đậm")
_ITALIC: Final = ("kiểu chữ đứng", "in nghiêng")


def capitals(rule: str, pick: Pick) -> Check:
    """These paragraphs are in capitals throughout."""

    def check(parts: Anatomy) -> Iterator[Finding]:
        for para in filter(None, pick(parts)):
            if para.text != para.text.upper():
                yield Finding(rule, excerpt(para), "chữ thường", "chữ in hoa")

    return check


def centred(rule: str, pick: Pick) -> Check:
    """These paragraphs are centred."""

    def check(parts: Anatomy) -> Iterator[Finding]:
        for para in filter(None, pick(parts)):
            if para.align != "center":
                yield Finding(rule, excerpt(para), "không canh giữa", "canh giữa")

    return check


def middled(rule: str, pick: Pick, under: str) -> Check:
    """These paragraphs of a head or tail column look centred in it, however the centring was done.

    A line pushed to its place with blanks or tabs is not judged: how far they reach is not known.
    """

    def check(parts: Anatomy) -> Iterator[Finding]:
        for para in filter(None, pick(parts)):
            raw = "".join(run.text for run in para.runs)
            if para.align == "center" or para.cell is None or para.cell.room <= 0 or raw != raw.lstrip():
                continue
            free = para.cell.room - para.left - para.right - para.first - line_width(para)
            before, after = para.left + para.first, para.right + free
            if para.align == "right":
                before, after = para.left + para.first + free, para.right
            if free > 0 and abs(before - after) / 2 / TWIPS_PER_MM > _OFF_CENTRE_MM:
                yield Finding(rule, excerpt(para), "không canh giữa", f"canh giữa dưới {under}")

    return check


def not_capitals(rule: str, pick: Pick) -> Check:
    """These paragraphs, taken together, are not in capitals throughout; a few capital words (UBND) are none."""

    def check(parts: Anatomy) -> Iterator[Finding]:
        paras = list(filter(None, pick(parts)))
        said = " ".join(para.text for para in paras)
        said = re.sub(r"^V/v:?", "", said, flags=re.IGNORECASE)
        if said.isupper() and len(said.split()) >= _SHOUTED:
            yield Finding(rule, excerpt(paras[0]), "chữ in hoa", "chữ in thường")

    return check


_SHOUTED: Final = 3
"""From so many words in capitals on, they are no abbreviation."""


def line_width(para: Para) -> int:
    """The width of the paragraph's text on one line, in twips."""
    return sum(
        text_width(run.text.strip() if len(para.runs) == 1 else run.text, run.points, bold=run.bold)
        for run in para.runs
    )


def broken_width(para: Para, room: int) -> int:
    """The width of the text when it is broken in `room` twips: of its longest line, roughly."""
    run = para.inked[0]
    usable = room - 2 * para.left
    if usable <= 0 or line_count(para.text, usable, run.points, bold=run.bold) == 1:
        return line_width(para)
    return min(usable, balanced_room(para.text, usable, run.points, bold=run.bold))


def present(rule: str, pick: Pick, what: str) -> Check:
    """At least one such paragraph is there."""

    def check(parts: Anatomy) -> Iterator[Finding]:
        if not any(pick(parts)):
            yield Finding(rule, "văn bản", "không có", what)

    return check


def ruled(
    rule: str, what: str, lines: Iterable[int], text: int, span: Span, slack: float
) -> Iterator[Finding]:
    """A line of the right length, as a share of the text it stands under, is drawn; lengths in twips."""
    shares = [line / text for line in lines] if text else []
    wanted = f"đường kẻ bằng {_share(span)} độ dài của dòng chữ"
    if not shares:
        yield Finding(rule, what, "không có đường kẻ", wanted)
    elif not any(span.low - slack <= share <= span.high + slack for share in shares):
        yield Finding(rule, what, f"đường kẻ bằng {shares[0]:.0%} dòng chữ", wanted)


def _share(span: Span) -> str:
    return "100%" if span.low == span.high else "1/3 đến 1/2"
