"""Keep what a person has written so far: whoever saves must have seen what was saved last."""

from collections.abc import Mapping
from datetime import datetime

from models.attachments import MOST, Attachment, WrongAttachmentError, kind_of, shown_name
from models.page_fields import kept
from tasks.adapters.home import Home
from tasks.adapters.ledger.drafts import Draft, save_draft
from tasks.steps.collecting.scanning import infection, said_of
from tasks.steps.unit_page.showing import UnitPage


def keep_answers(
    home: Home, page: UnitPage, given: Mapping[str, str], seen_version: int, as_of: datetime
) -> Draft:
    """Save the fields; ChangedMeanwhileError where a newer version differs."""
    return _keep(home, page, kept(given, page.spec), page.draft.attachments, seen_version, as_of)


def attach(home: Home, page: UnitPage, name: str, data: bytes, as_of: datetime) -> Draft:
    """Add a file to what will be sent; the same file twice is there once. WrongAttachmentError says why not; ScannerError:
    nobody could say that it holds no virus.
    """
    kind = kind_of(data)
    files = page.draft.attachments
    if len(files) >= MOST:
        raise WrongAttachmentError(f"Mỗi báo cáo kèm tối đa {MOST} tệp. Đề nghị gộp tệp hoặc bỏ bớt tệp cũ.")
    if found_in := infection(home, data):
        raise WrongAttachmentError(said_of(found_in))
    found = Attachment(shown_name(name, kind), kind, len(data), home.files.keep(data))
    if found.sha256 in {each.sha256 for each in files}:
        return page.draft
    return _keep(home, page, page.draft.answers, (*files, found), page.draft.version, as_of)


def detach(home: Home, page: UnitPage, sha256: str, as_of: datetime) -> Draft:
    """Leave a file out of what will be sent; versions that were sent keep it."""
    files = tuple(each for each in page.draft.attachments if each.sha256 != sha256)
    return _keep(home, page, page.draft.answers, files, page.draft.version, as_of)


def _keep(
    home: Home,
    page: UnitPage,
    answers: Mapping[str, str],
    files: tuple[Attachment, ...],
    seen_version: int,
    as_of: datetime,
) -> Draft:
    seen = Draft(version=seen_version)
    unchanged = (dict(answers), files) == (dict(page.draft.answers), page.draft.attachments)
    if unchanged and page.draft.version == seen_version:
        return page.draft  # also where it is what was sent, and no draft of it was ever saved
    with home.ledger.write() as session:
        return save_draft(
            session,
            page.live.key,
            page.opened.unit,
            seen,
            answers,
            files,
            page.newest.id if page.newest else None,
            at=as_of,
            by=page.opened.unit,
        )
