"""What a rule gives, and the few checks most rules are made of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from models.nd30 import Span
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.word_file import Para

TWIPS_PER_MM: Final = 1440 / 25.4
_EXCERPT: Final = 40


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


def excerpt(para: Para) -> str:
    """The paragraph's beginning, to find it by."""
    text = para.text
    return f"“{text}”" if len(text) <= _EXCERPT else f"“{text[:_EXCERPT].rstrip()}…”"


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
