"""Word templates of the offices: loaded as versions, chosen by office, kind and day."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from models.tables import TemplateRow
from models.templates import FILES, in_force
from tasks.adapters.documents import Finding, check_template
from tasks.adapters.home import Home
from tasks.adapters.ledger.templates import as_version, save_template, templates_of
from tasks.adapters.ledger.units import load_tree


class RefusedTemplateError(ValueError):
    """The template makes documents that are not as the decree wants them; `findings` say where."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"the template is not loaded: {len(findings)} findings")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class ChosenTemplate:
    """What a document is written with; `version` 0 is the template that ships."""

    data: bytes
    sha256: str
    version: int


def template_for(home: Home, office: str, kind: str, on: date) -> ChosenTemplate:
    """The template of the office (or of who has taken its place by that day) as it holds on that day, else the one that
    ships. OSError where a file cannot be read.
    """
    with home.ledger.read() as session:
        today = load_tree(session).office(office, on).code
        rows = templates_of(session, today, kind) or templates_of(session, office, kind)
        chosen = in_force(map(as_version, rows), on)
    data = home.files.read(chosen.file) if chosen else _shipped(home, kind)
    return ChosenTemplate(data, hashlib.sha256(data).hexdigest(), chosen.version if chosen else 0)


def _shipped(home: Home, kind: str) -> bytes:
    return (home.settings.templates / "docx" / FILES[kind]).read_bytes()


def load_template(
    home: Home, office: str, kind: str, data: bytes, valid_from: date, *, as_of: datetime, actor: str
) -> TemplateRow:
    """Keep it as the office's next version; the same bytes for the same day again are the version that is there.

    KeyError where there is no such office, DocumentTemplateError where it cannot be filled, RefusedTemplateError where
    what it makes breaks a rule. Nothing is recorded then.
    """
    findings = check_template(kind, data)
    if findings:
        raise RefusedTemplateError(findings)
    sha256 = hashlib.sha256(data).hexdigest()
    with home.ledger.write() as session:
        load_tree(session).office(office, as_of.date())
        before = templates_of(session, office, kind)
        newest = before[-1] if before else None
        if newest and (newest.sha256, newest.valid_from) == (sha256, valid_from):
            return newest
        version = newest.version + 1 if newest else 1
        file = f"templates/{office}/{kind}-v{version}.docx"
        home.files.write(file, data)  # before the row: a row without its file would be a lie
        return save_template(
            session,
            office,
            kind,
            version=version,
            sha256=sha256,
            file=file,
            valid_from=valid_from,
            at=as_of,
            actor=actor,
        )
