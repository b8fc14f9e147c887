"""What leaves the ledger as tables and open data: complete for the office, without small counts for everybody else."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from jsonschema import Draft202012Validator

from models.exports.open_data import open_data_schema
from tasks.adapters.exports import write_bundle
from tasks.steps.totals.exporting import board_as_sheets, cycle_data, totals_sheets
from tests.ledger.office import KEY, at, submit, sweep

NOW = at("2019-12-02")


@pytest.fixture
def reported(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19", A_1=100, A_2=80, A_5="Có")
    submit(home, "xa-hai", "2019-11-19", A_1=300, A_2=150, A_5="Không")
    return home


def column(sheet, name, key="Mã"):
    return {row[sheet.columns.index(key)]: row[sheet.columns.index(name)] for row in sheet.rows}


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_totals_say_the_figure_what_it_is_made_of_and_from_how_many_units(reported):
    totals, units = totals_sheets(reported, KEY)
    assert column(totals, "Kết quả")["A.1"] == 400
    assert [column(totals, name)["A.3"] for name in ("Tử số", "Mẫu số", "Đánh giá")] == [230, 400, "chưa đạt"]
    assert [column(totals, name)["A.1"] for name in totals.columns[-2:]] == [2, 3]
    given = [row[-2:] for row in units.rows if row[0] == "A.2"]
    assert given == [("UBND xã Một", 80), ("UBND xã Hai", 150)]


def test_the_board_has_every_cycle_and_every_unit(reported):
    cycles, units = board_as_sheets(reported, NOW, None)
    assert [column(cycles, name, "Kỳ báo cáo")[str(KEY)] for name in ("Phải gửi", "Đã gửi", "Chưa gửi")] == [
        3,
        2,
        1,
    ]
    assert [row[3] for row in units.rows if row[0] == str(KEY)].count("đã gửi đúng hạn") == 2


def test_the_open_data_is_as_its_schema_says_and_the_schema_is_one(reported):
    files = unpacked(write_bundle(cycle_data(reported, KEY, NOW)))
    schema = json.loads(files["schema.json"])
    Draft202012Validator.check_schema(schema)
    data = json.loads(files["data.json"])
    Draft202012Validator(schema).validate(data)
    assert not Draft202012Validator(schema).is_valid(data | {"more": 1})
    assert schema == open_data_schema()


def test_the_tables_of_a_bundle_hold_what_its_data_holds_and_the_sums_are_right(reported):
    files = unpacked(write_bundle(cycle_data(reported, KEY, NOW)))
    data = json.loads(files["data.json"])
    for name in ("indicators", "figures"):
        rows = list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode())))
        assert [row["code"] for row in rows] == [entry["code"] for entry in data[name]]
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_the_same_ledger_at_the_same_moment_gives_the_same_bundle(reported):
    assert write_bundle(cycle_data(reported, KEY, NOW)) == write_bundle(cycle_data(reported, KEY, NOW))
