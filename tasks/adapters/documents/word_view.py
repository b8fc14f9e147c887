"""What the checker sees of a .docx, as values: paragraphs with their real formatting, sections, running heads."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one formatting."""

    text: str
    fonts: frozenset[str]
    points: float
    bold: bool
    italic: bool
    color: str | None
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in which table a paragraph stands; `ruled`: the table shows borders."""

    table: int
    row: int
    column: int
    ruled: bool
    room: int


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; lengths in twips. `lines` are the lengths of the lines drawn in it or under it.

    `number` counts the paragraphs of its part from 1, those in tables too; `breaks`: a page ends in it;
    `topped`: a border runs above it.
    """

    runs: tuple[Run, ...]
    align: str
    first: int
    left: int
    before: int
    after: int
    line: int
    line_rule: str
    lines: tuple[int, ...]
    cell: Cell | None
    section: int
    has_page_number: bool = False
    right: int = 0
    number: int = 0
    breaks: bool = False
    topped: bool = False
    mark: str | None = None
    style: str | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    @property
    def inked(self) -> tuple[Run, ...]:
        """The runs that show something."""
        return tuple(run for run in self.runs if run.text.strip())


@dataclass(frozen=True, slots=True)
class Section:
    """One section's page, in twips, and the headers and footers that hold in it, by type."""

    width: int
    height: int
    margins: dict[str, int]
    restarts_at: int | None
    number_format: str
    hides_first: bool
    headers: dict[str, tuple[Para, ...]]
    footers: dict[str, tuple[Para, ...]]


@dataclass(slots=True)
class WordFile:
    """All of a document that can be measured. `pages` is what the writing program recorded, if it did."""

    paras: list[Para] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    pages: int | None = None
