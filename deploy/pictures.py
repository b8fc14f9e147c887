"""Makes the pictures of the README anew from a finished demo home: `python deploy/pictures.py var/demo`.

The report is opened by LibreOffice as any office would open it; the page is shown by Chromium. The home is copied
first, so looking at it changes nothing in it.
"""
# ruff: noqa: INP001  # a script beside the other deployment files, not a package

import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

IMAGES: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
REPORT: Final = "files/documents/hue-588/O2-2019/bao-cao-v1.docx"
PAGE: Final = "/ky/hue-588/O2/2019?ngay=2019-12-04"
PAGE_SIZE: Final = "1160,1090"
DPI: Final = 110
CROP: Final = (100, 70, 770, 860)
"""Left, top, width and height of what is shown of page 1, in dots at DPI."""


def main() -> None:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / REPORT).is_file():
        sys.exit("usage: python deploy/pictures.py HOME, where HOME was made by `dondoc demo`")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        home = Path(shutil.copytree(sys.argv[1], work / "home"))
        (IMAGES / "bao-cao.png").write_bytes(first_page(home / REPORT, work))
        with page_of(home) as url:
            run("chromium", *chromium_options(work), f"--screenshot={IMAGES / 'ky.png'}", url + PAGE)
    for picture in sorted(IMAGES.glob("*.png")):
        print(f"{picture}: {picture.stat().st_size // 1024} KB")  # noqa: T201


def first_page(document: Path, work: Path) -> bytes:
    """The upper part of page 1 as a PNG."""
    profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(document))
    left, top, width, height = map(str, CROP)
    crop = ["-x", left, "-y", top, "-W", width, "-H", height]
    page = ["-gray", "-singlefile", "-f", "1", "-r", str(DPI)]
    run("pdftoppm", *page, *crop, str(work / f"{document.stem}.pdf"), str(work / "page"))
    return png_of_greys((work / "page.pgm").read_bytes())


def png_of_greys(picture: bytes) -> bytes:
    """A binary PGM as a PNG of sixteen greys: a third of the bytes, and nobody sees the difference in a text."""
    _, size, _, dots = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    lines = (dots[at : at + width] for at in range(0, width * height, width))
    packed = b"".join(b"\0" + _nibbles(line + b"\xff" * (width % 2)) for line in lines)
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _nibbles(line: bytes) -> bytes:
    return bytes((_grey(a) << 4) | _grey(b) for a, b in zip(line[::2], line[1::2], strict=True))


def _grey(dot: int) -> int:
    return (dot + 8) // 17


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@contextmanager
def page_of(home: Path) -> Iterator[str]:
    """The page of this home, without the scheduler, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dondoc.web", "--port", str(port)]
    env = {**os.environ, "DONDOC_HOME": str(home)}
    with subprocess.Popen(command, env=env) as page:  # noqa: S603 - our own page
        try:
            yield wait_for(f"http://127.0.0.1:{port}")
        finally:
            page.terminate()


def wait_for(url: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{url}/suc-khoe"):  # noqa: S310 - loopback
                return url
        except OSError:
            time.sleep(0.2)
    sys.exit("the page did not start")


def chromium_options(work: Path) -> list[str]:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=vi"]
    return [*options, f"--user-data-dir={work / 'browser'}", f"--window-size={PAGE_SIZE}"]


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed programs


if __name__ == "__main__":
    main()
