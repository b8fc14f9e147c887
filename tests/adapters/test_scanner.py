"""clamd is asked over a real socket, and what is no verdict is never taken for one."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tasks.adapters.scanner import ScannerError, TooLargeToScanError, parse_clamd
from tests.adapters.fake_clamd import MARK, NAME, fake_clamd
from tests.adapters.mail_servers import free_port


@pytest.fixture(params=["tcp", "unix"])
def clamd(request):
    with (
        TemporaryDirectory(prefix="clamd-") as folder,  # the path of a socket is short
        fake_clamd(Path(folder) / "s" if request.param == "unix" else None) as running,
    ):
        yield running


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_000])
def test_a_clean_file_of_any_size_comes_whole_to_the_scanner_and_passes(clamd, size):
    data = bytes(size)
    assert parse_clamd(clamd.url).infection(data) == ""
    assert clamd.scanned == [data]


def test_what_is_found_is_called_by_its_name_wherever_in_the_file_it_is(clamd):
    assert parse_clamd(clamd.url).infection(bytes(70_000) + MARK) == NAME


def test_it_says_which_version_it_is(clamd):
    assert parse_clamd(clamd.url).version().startswith("ClamAV")


@pytest.mark.parametrize("says", [b"\0", b"stream: Can't allocate memory ERROR\0", b"stream: OKAY\0", b"OK"])
def test_an_answer_that_is_no_verdict_is_none(clamd, says):
    clamd.says = says
    with pytest.raises(ScannerError):
        parse_clamd(clamd.url).infection(b"x")


def test_a_stream_it_does_not_take_is_no_verdict_either_and_can_be_told_apart(clamd):
    clamd.largest = 100_000
    assert parse_clamd(clamd.url).infection(bytes(100_000)) == ""
    with pytest.raises(TooLargeToScanError):
        parse_clamd(clamd.url).infection(bytes(8 << 20))


def test_one_that_does_not_listen_is_told_with_its_address():
    port = free_port()
    with pytest.raises(ScannerError, match=f"127.0.0.1:{port} does not answer"):
        parse_clamd(f"tcp://127.0.0.1:{port}").infection(b"x")
    with pytest.raises(ScannerError, match="/nowhere/clamd"):
        parse_clamd("unix:///nowhere/clamd").infection(b"x")


def test_the_usual_port_is_taken_where_none_is_named():
    assert str(parse_clamd("tcp://scanner.example")) == "scanner.example:3310"


@pytest.mark.parametrize(
    "url", ["127.0.0.1:3310", "tcp://", "unix://", "unix://run/clamd", "http://x", "tcp://x/y", "tcp://x:a"]
)
def test_an_address_that_is_none_is_told(url):
    with pytest.raises(ValueError, match=r"DONDOC_CLAMD|[Pp]ort"):
        parse_clamd(url)
