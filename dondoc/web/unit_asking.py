"""What a request to a unit's page asks: the page its link opens, and what was typed into its form."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.datastructures import UploadFile

from dondoc.web.asking import HomeAsked, NowAsked
from dondoc.web.body_limit import TooMuchError
from models.attachments import MEGABYTE
from tasks.steps.collecting.page_links import form_mark
from tasks.steps.unit_page.showing import UnitPage, unit_page

MOST_FIELDS = 6000
MOST_TEXT = 2 * MEGABYTE
"""Characters of all fields together: a report of a thousand pages."""
LONGEST_FIELD = MEGABYTE


class StaleFormError(Exception):
    """The form was not made by the page this link opens."""


class NoFormError(Exception):
    """None of the form's fields came: nothing a person can have meant."""


@dataclass(frozen=True, slots=True)
class Posted:
    """`file` is the one file chosen, if any; `version` the draft the person was looking at."""

    fields: Mapping[str, str]
    version: int
    file: UploadFile | None = None

    def text(self, name: str) -> str:
        return self.fields.get(name, "")


def _page(token: Annotated[str, Path(max_length=250)], home: HomeAsked, now: NowAsked) -> UnitPage:
    """ClosedLinkError where the link opens nothing."""
    return unit_page(home, token, now)


PageAsked = Annotated[UnitPage, Depends(_page)]


async def _posted(request: Request, page: PageAsked, home: HomeAsked) -> Posted:
    """The form, only where it carries the mark of this link's own pages."""
    form = await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    if sum(map(len, fields.values())) > MOST_TEXT:
        raise TooMuchError(413)
    right = form_mark(home, page.opened.token)
    if not hmac.compare_digest(right.encode(), fields.get("dau", "").encode("utf-8", "replace")):
        raise StaleFormError
    version = fields.get("ban", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise StaleFormError
    files = [value for value in form.values() if isinstance(value, UploadFile) and value.filename]
    return Posted(fields, int(version), files[0] if files else None)


PostedAsked = Annotated[Posted, Depends(_posted)]
