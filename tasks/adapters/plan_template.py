"""The starting file of a new plan, from its draft and templates/plan/new.yaml."""

import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.plan_draft import Draft

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def starting_file(draft: Draft, file: str, templates: Path) -> str:
    """The text of a plan file with comments. A name that the template misspells raises jinja2.UndefinedError."""
    environment = Environment(  # noqa: S701 - YAML, not HTML; texts go through `quoted`
        loader=FileSystemLoader(templates / "plan"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = _quoted
    text = environment.get_template("new.yaml").render(d=draft, p=draft.prefix, file=file)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _quoted(text: str) -> str:
    """A text as YAML takes it whatever is in it; nothing where there is none, for somebody to fill in."""
    if _CODE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False) if text else ""
