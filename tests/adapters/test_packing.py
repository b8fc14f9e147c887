"""Zip packages put together by hand are those of the standard library, byte for byte."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.adapters.packing import deflated, package, stored

NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
PARTS = st.dictionaries(NAMES, st.binary(max_size=2_000), max_size=5)


def zipped(parts, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = method
            entry.create_system = 0
            archive.writestr(entry, content)
    return out.getvalue()


@pytest.mark.parametrize(("pack", "method"), [(deflated, zipfile.ZIP_DEFLATED), (stored, zipfile.ZIP_STORED)])
@given(parts=PARTS)
def test_a_package_has_the_bytes_zipfile_writes(pack, method, parts):
    assert package(pack(name, content) for name, content in parts.items()) == zipped(parts, method)


def test_a_part_packed_once_can_stand_in_many_packages():
    shared = deflated("a.xml", b"the same " * 100)
    for other in (b"one", b"two"):
        with zipfile.ZipFile(io.BytesIO(package([shared, deflated("b.xml", other)]))) as archive:
            assert archive.testzip() is None
            assert [archive.read(name) for name in ("a.xml", "b.xml")] == [b"the same " * 100, other]
