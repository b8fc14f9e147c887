"""Mails with a form, in the shape in which the programs of the offices really write them; addresses are invented."""

import base64
import io
import struct
import zipfile
from collections.abc import Callable
from urllib.parse import quote

TO = "nhac@so.example"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "Biểu số liệu xã Một (bản cuối).xlsx"


def encoded(data: bytes) -> str:
    return base64.encodebytes(data).decode("ascii")


def quoted(data: bytes) -> str:
    """Quoted-printable as it must be for what is no text: line ends too (RFC 2045 §6.7)."""
    made = [chr(byte) if 32 < byte < 127 and byte != 61 else f"={byte:02X}" for byte in data]
    return "=\n".join("".join(made[start : start + 24]) for start in range(0, len(made), 24))


def word(text: str) -> str:
    """An encoded word (RFC 2047)."""
    return f"=?UTF-8?B?{base64.b64encode(text.encode()).decode('ascii')}?="


def starred(text: str) -> str:
    """A parameter's value (RFC 2231)."""
    return f"utf-8''{quote(text)}"


def mail(
    body: str,
    *,
    sender: str = "xa-mot@mau.example",
    reply_to: str = "",
    n: int = 1,
    subject: str = word("Trả lời: Nhắc gửi báo cáo"),
    kind: str = 'multipart/mixed; boundary="ngoai"',
    more: str = "",
) -> bytes:
    """Headers and a body; `reply_to` is the Message-ID of a mail of ours."""
    answers = f"In-Reply-To: {reply_to}\nReferences: {reply_to}\n" if reply_to else ""
    head = (
        f"{more}Return-Path: <{sender}>\n"
        f"From: {word('Lê Văn Một')} <{sender}>\nTo: {TO}\nSubject: {subject}\n"
        f"Date: Wed, 20 Nov 2019 09:15:00 +0700\nMessage-ID: <thu-{n}@mau.example>\n{answers}"
        f"MIME-Version: 1.0\nContent-Type: {kind}\n\n"
    )
    return (head + body).encode().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def parts(*each: str, boundary: str = "ngoai") -> str:
    return "".join(f"--{boundary}\n{part}\n" for part in each) + f"--{boundary}--\n"


def said(text: str = "Kính gửi biểu.") -> str:
    return f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"


def file_part(
    data: bytes, name: str = NAME, kind: str = XLSX, disposition: str = "", *, encoding: str = "base64"
) -> str:
    shown = disposition or f"attachment; filename*={starred(name)}"
    content = encoded(data) if encoding == "base64" else quoted(data)
    return f"Content-Type: {kind}\nContent-Disposition: {shown}\nContent-Transfer-Encoding: {encoding}\n\n{content}"


def envelope(*files: bytes, title: bytes = b"BIEU~1.XLS\0") -> bytes:
    """Outlook's own envelope (MS-OXTNEF) around these, with a body of the message before them."""
    parts = [(0x1, 0x6800C, b"{\\rtf1}")]
    for data in files:
        parts += [(0x2, 0x69002, bytes(14)), (0x2, 0x18010, title), (0x2, 0x6800F, data)]
    packed = (
        struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
        for level, name, data in parts
    )
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(packed)


def with_files(*files: bytes | str, text: str = "Kính gửi biểu.", **told: object) -> bytes:
    """A plain mail with these attachments: bytes, or parts that are made already."""
    made = [each if isinstance(each, str) else file_part(each) for each in files]
    return mail(parts(said(text), *made), **told)  # type: ignore[arg-type]


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def zip_part(*files: tuple[str, bytes], name: str = "bieu.zip") -> str:
    return file_part(zipped(*files), name, "application/x-zip-compressed")


def outlook(form: bytes, **told: object) -> bytes:
    """Outlook through Exchange: related inside mixed, the name as an encoded word in both places, an inline picture."""
    related = 'Content-Type: multipart/related; boundary="giua"; type="multipart/alternative"\n\n' + parts(
        'Content-Type: multipart/alternative; boundary="trong"\n\n'
        + parts(said(), 'Content-Type: text/html; charset="utf-8"\n\n<p>Kinh gui.</p>', boundary="trong"),
        'Content-Type: image/png; name="image001.png"\nContent-Disposition: inline; filename="image001.png"\n'
        "Content-ID: <image001.png@01D59F>\nContent-Transfer-Encoding: base64\n\n" + encoded(b"\x89PNG\r\n"),
        boundary="giua",
    )
    name = word(NAME)
    attached = (
        f'Content-Type: {XLSX};\n\tname="{name}"\nContent-Description: {name}\n'
        f'Content-Disposition: attachment;\n\tfilename="{name}"; size={len(form)};\n'
        '\tcreation-date="Wed, 20 Nov 2019 02:14:00 GMT"\nContent-Transfer-Encoding: base64\n\n'
        + encoded(form)
    )
    more = "X-MS-Has-Attach: yes\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\nThread-Topic: Nhac\n"
    return mail(parts(related, attached), more=more, **told)  # type: ignore[arg-type]


def gmail(form: bytes, **told: object) -> bytes:
    """Gmail on the web: X-Attachment-Id, encoded words."""
    name = word(NAME)
    attached = (
        f'Content-Type: {XLSX}; \n\tname="{name}"\nContent-Disposition: attachment; \n\tfilename="{name}"\n'
        "Content-Transfer-Encoding: base64\nContent-ID: <f_k37>\nX-Attachment-Id: f_k37\n\n" + encoded(form)
    )
    return mail(parts(said(), attached), **told)  # type: ignore[arg-type]


def apple(form: bytes, **told: object) -> bytes:
    """Apple Mail: the file inline between two texts, its name by RFC 2231 in two pieces."""
    first, second = starred(NAME)[:40], starred(NAME)[40:]
    attached = (
        f"Content-Disposition: inline;\n\tfilename*0*={first};\n\tfilename*1*={second}\n"
        f"Content-Type: {XLSX};\n\tx-unix-mode=0644\nContent-Transfer-Encoding: base64\n\n" + encoded(form)
    )
    return mail(parts(said(), attached, said("")), more="X-Mailer: Apple Mail (2.3445.9.1)\n", **told)  # type: ignore[arg-type]


def thunderbird(form: bytes, **told: object) -> bytes:
    """Thunderbird: the name as an encoded word in `name`, by RFC 2231 in `filename`; quoted-printable here."""
    attached = (
        f'Content-Type: application/octet-stream; charset=UTF-8;\n name="{word(NAME)}"\n'
        f"Content-Disposition: attachment;\n filename*={starred(NAME)}\n"
        "Content-Transfer-Encoding: quoted-printable\n\n" + quoted(form)
    )
    return mail(parts(said(), attached), **told)  # type: ignore[arg-type]


def zimbra(form: bytes, **told: object) -> bytes:
    """Zimbra: a plain type, the name in old letters without any encoding."""
    attached = (
        'Content-Type: application/vnd.ms-excel; name="Bieu xa Mot.xls"\n'
        'Content-Disposition: attachment; filename="Bieu xa Mot.xls"\nContent-Transfer-Encoding: base64\n\n'
        + encoded(form)
    )
    return mail(parts(said(), attached), more="X-Mailer: Zimbra 8.8.15_GA\n", **told)  # type: ignore[arg-type]


def phone(form: bytes, **told: object) -> bytes:
    """A phone's "forward": the text quoted, the file carried over under a type nobody believes."""
    attached = (
        "Content-Type: application/octet-stream\nContent-Disposition: attachment\n"
        "Content-Transfer-Encoding: base64\n\n" + encoded(form)
    )
    text = said("\n-------- Thư đã chuyển tiếp --------\nTừ: xa-mot@mau.example\n")
    return mail(parts(text, attached), subject=word("Fwd: Biểu"), **told)  # type: ignore[arg-type]


CLIENTS: dict[str, Callable[..., bytes]] = {
    "outlook": outlook,
    "gmail": gmail,
    "apple": apple,
    "thunderbird": thunderbird,
    "zimbra": zimbra,
    "phone": phone,
}


def forwarded(inner: bytes, *, as_file: bool = False, encode: bool = False, **told: object) -> bytes:
    """Another mail sent along whole: as the standard has it, encoded as it forbids, or as a file named .eml."""
    text = inner.decode("utf-8").replace("\r\n", "\n")
    if as_file:
        part = file_part(inner, "thu.eml", "application/octet-stream")
    elif encode:
        part = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{encoded(inner)}"
    else:
        part = f"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n{text}"
    boundary = f"chuyen-{told.get('n', 1)}"
    kind = f'multipart/mixed; boundary="{boundary}"'
    return mail(parts(said(), part, boundary=boundary), kind=kind, **told)  # type: ignore[arg-type]
