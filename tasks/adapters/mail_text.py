"""From the typed context of a message to its words, by the Jinja templates of templates/email/: a frame for every
mail, and in <message>/ what goes into it.

Same context, same text, on any machine: nothing is read but the templates. The facts of a message stand once,
in facts.jinja, and both the plain text and the HTML are built from them, so that neither can say less.
"""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from models.mail import Message, Texted, vietnam_time
from models.nd30 import CITED, roman
from models.text import day_with_weekday, hour_and_date, nfc, short_date, style_count

TEMPLATES = Path(__file__).parents[2] / "templates" / "email"
_TEXTS = TEMPLATES.with_name("sms")
WIDTH = 72

# Characters no mail client shows and some servers refuse; tab and line feed stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CITED = re.compile(rf"(?<![\d/]){CITED}(?=[^<>]*<)")
"""The number of a document in the text of the HTML; in no attribute."""
_ITEM = re.compile(r"(\s*)(\d+\. |- |)")


@dataclass(frozen=True, slots=True)
class MailText:
    """`subject` is one line; `text` and `html` each say everything. All NFC, lines end in LF. A text message has no `html`."""

    subject: str
    text: str
    html: str


def render_mail(message: Message) -> MailText:
    """The words of a message. A name that a template misspells raises jinja2.UndefinedError, never a gap."""
    subject = " ".join(_render(f"{message.folder}/subject.txt", message).split())
    text, html = (_render(frame, message, subject=subject) for frame in ("frame.txt", "frame.html"))
    return MailText(subject, wrap(text), _unbroken(html))


def _unbroken(html: str) -> str:
    """No line breaks `588/KH-UBND` at its hyphen; what is found and copied is the plain text."""
    head, body, rest = html.partition("<body")
    return head + body + _CITED.sub(r'<span style="white-space:nowrap">\g<0></span>', rest)


def render_text(message: Texted) -> MailText:
    """The words of a text message, in one line."""
    subject, text = (" ".join(_render(name, message).split()) for name in ("subject.txt", "body.txt"))
    return MailText(subject, text + "\n", "")


def wrap(text: str, width: int = WIDTH) -> str:
    """Lines of at most `width` characters; items hang under their text, links and hashes are never broken."""
    lines = [part for line in text.splitlines() for part in _wrap_line(line.rstrip(), width)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrap_line(line: str, width: int) -> list[str]:
    if len(line) <= width or " " not in line.strip():
        return [line]
    indent, mark = _ITEM.match(line).groups()  # type: ignore[union-attr]  # every part is optional
    return textwrap.wrap(
        line,
        width,
        subsequent_indent=indent + " " * (len(mark) or 2 * bool(indent)),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _render(name: str, message: Message | Texted, **said: str) -> str:
    """`m` is the part of the mail that is being said, `mail` the whole: the same, unless it is made of parts."""
    text = _environment().get_template(name).render(m=message, mail=message, **said)
    return nfc(_CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, _TEXTS]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default=False),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        weekday=day_with_weekday, short=short_date, moment=_moment, counted=style_count, tight=_tight
    )
    environment.filters["grouped"] = _grouped
    environment.filters["roman"] = roman
    return environment


def _moment(moment: datetime) -> str:
    return hour_and_date(vietnam_time(moment))


def _grouped(sha256: str) -> str:
    """`9f86 d081 884c 7d65`: as much of a hash as two people compare over the telephone."""
    return " ".join(textwrap.wrap(sha256[:16], 4))


def _tight(text: str) -> str:
    """Facts that follow each other without the blank lines their templates leave between them."""
    return "\n".join(line for line in text.splitlines() if line.strip())
