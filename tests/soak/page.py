"""docs/soak.md: a section for each long proof, replaced when that proof is run again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.builders import ROOT

PAGE = ROOT / "docs" / "soak.md"
HEAD = """# Long proofs

What takes too long for `make test`. `make soak` runs all of it, prints how far it is, ends with an error where
something does not hold, and writes its tables here. Only the seconds vary from run to run, and the counts of the proof that
kills.
"""
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    text: str
    """The section, without its heading."""
    broken: tuple[str, ...] = ()
    """What does not hold; empty where all does."""


@dataclass(frozen=True, slots=True)
class Proof:
    name: str
    title: str
    run: Callable[[Say], Outcome]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def put(title: str, text: str, page: Path = PAGE) -> None:
    """Write this section, in the place it had, else at the end; the others stay."""
    sections = sections_of(page) | {title: f"\n{text.strip()}\n"}
    page.write_text("\n".join([HEAD, *(f"## {name}\n{said}" for name, said in sections.items())]), "utf-8")


def sections_of(page: Path = PAGE) -> dict[str, str]:
    """Title → text, in their order; nothing where there is no page yet."""
    parts = page.read_text("utf-8").split("\n## ")[1:] if page.exists() else []
    return {title: text.rstrip("\n") + "\n" for title, text in (part.split("\n", 1) for part in parts)}
