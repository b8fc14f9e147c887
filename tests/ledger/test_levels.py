"""Three levels whole: xã → Phòng of each huyện → Sở → UBND tỉnh, each level's accepted totals being its report upward."""

from datetime import date

import pytest
import yaml

from dondoc.demo.fill import Answers, fill_form
from models.ids import CycleKey
from models.levels import CannotPassUpError, pass_up
from models.plan_text import PlanError, parse_plan
from tasks.adapters.ledger.addresses import note_failure
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import save_units
from tasks.steps import acts
from tasks.steps.acts import RefusedActError
from tasks.steps.board import status
from tasks.steps.collecting.page_links import token_of
from tasks.steps.totals.levels import pass_totals_up, reconciled
from tasks.steps.totals.totalling import totals_json, totals_of
from tasks.steps.totals.tracing import trace
from tasks.steps.unit_page.showing import unit_page
from tasks.steps.verifying_ledger import verify_ledger
from tests.builders import a_plan, a_unit, an_obligation, plan_data
from tests.ledger.office import at, dump, form, hand_in, live, mails, outbox, submit, sweep

CODE = "ba-cap"
XA, PHONG, SO = (CycleKey(CODE, f"O{n}", "2020") for n in (1, 2, 3))
LINE = (("tre-em", None),)
HUYEN = {"huyen-a": ("xa-a1", "xa-a2", "xa-a3"), "huyen-b": ("xa-b1", "xa-b2")}
INDICATORS = [
    {"code": "A.1", "label": "Tổng số trẻ em", "unit": "người"},
    {"code": "A.2", "label": "Được trợ giúp", "unit": "người"},
    {"code": "A.3", "label": "Tỷ lệ", "unit": "%", "kind": "number", "formula": {"ratio": [["A.2"], ["A.1"]]}},
    {
        "code": "A.5",
        "label": "Có mạng lưới",
        "unit": "có/không",
        "kind": "yes_no",
        "adds": "count",
        "asked_of": ["xa"],
        "targets": [{"percent_of_units": 60, "first_year": 2019, "last_year": 2025, "wording": "60% số xã"}],
    },
    {"code": "A.7", "label": "Hỗ trợ", "unit": "đồng", "kind": "money", "asked_of": ["xa"],
     "formula": {"times": {"indicator": "A.5", "factor": 500000}}},
]  # fmt: skip
FORM = {
    "indicators": ["A.1", "A.2", "A.3", "A.5", "A.7"],
    "narratives": [{"code": "nhiem-vu", "title": "Kết quả"}],
    "nil": True,
}


def three_levels(**changes):
    def level(code, title, owed, **more):
        form = more.pop("form", FORM)
        return an_obligation(code, title=title, owed_by=owed, form=form, through={"line": "tre-em"}, **more)

    return plan_data(
        level(
            "O1",
            "Báo cáo của xã",
            {"select": [{"kinds": ["xa"], "under": "tinh"}]},
            due={"ahead": {"of": "O2", "working_days": 6}},
            reminders=[{"step": "T-3"}, {"step": "T+1"}],
            feeds="O2",
        ),
        level(
            "O2",
            "Báo cáo của Phòng",
            {"select": [{"line": "tre-em", "kinds": ["phong"], "under": "tinh"}]},
            due={"by": "20/11"},
            feeds="O3",
            **changes,
        ),
        level("O3", "Báo cáo của Sở", {"units": ["so-mau"]}, due={"by": "30/11"}, to=["tinh", "bo-mau"]),
        code=CODE,
        lead="so-mau",
        issuer="tinh",
        indicators=INDICATORS,
    )


@pytest.fixture
def province(home):
    units = [
        a_unit("tinh", "tinh", None),
        a_unit("so-mau", "so", "tinh", lines=LINE),
        a_unit("bo-mau", "bo", None),
    ]
    for huyen, communes in HUYEN.items():
        units += [a_unit(huyen, "huyen", "tinh"), a_unit(f"phong-{huyen}", "phong", huyen, lines=LINE)]
        units += [a_unit(code, parent=huyen, gso_code=code) for code in communes]
    with home.ledger.write() as session:
        text = yaml.safe_dump(three_levels(), allow_unicode=True, sort_keys=False)
        save_units(session, units, at=at("2020-01-02"), actor="quản trị", source="tinh.csv")
        save_plan(session, text, "ba-cap.yaml", at=at("2020-01-02"), actor="quản trị")
    sweep("2020-10-19")
    return home


def commune(home, unit, children, helped, network="Có"):
    assert submit(home, unit, "2020-11-02", XA, A_1=children, A_2=helped, A_5=network).accepted


def all_communes(home):
    for number, unit in enumerate(("xa-a1", "xa-a2", "xa-a3", "xa-b1", "xa-b2"), start=1):
        commune(home, unit, 100 * number, 50 * number, "Không" if number == 2 else "Có")


def up(home, key, through=None, reason="", when="2020-11-13"):
    return pass_totals_up(home, key, through, reason, as_of=at(when), actor="cán bộ")


def lines(home, key, through=None):
    found = totals_json(totals_of(home, key, through))
    return {each["code"]: each for each in found["indicators"]}


def test_each_unit_reports_through_its_own_office_and_each_office_to_the_next(province):
    found = {s.unit: s.collector for s in live(province, XA).standings}
    assert found == {xa: f"phong-{huyen}" for huyen, communes in HUYEN.items() for xa in communes}
    assert {s.unit: s.collector for s in live(province, PHONG).standings} == {
        "phong-huyen-a": "so-mau",
        "phong-huyen-b": "so-mau",
    }


def test_the_totals_of_three_levels_are_the_sums_of_the_lowest(province):
    all_communes(province)
    for huyen in HUYEN:
        assert up(province, XA, f"phong-{huyen}").accepted
    assert up(province, PHONG).unit == "so-mau"
    top, a = lines(province, SO), lines(province, XA, "phong-huyen-a")
    assert {code: a[code]["value"] for code in ("A.1", "A.2", "A.3", "A.5", "A.7")} == {
        "A.1": 600, "A.2": 300, "A.3": 50, "A.5": 2, "A.7": 1_000_000
    }  # fmt: skip
    assert {code: top[code]["value"] for code in ("A.1", "A.2", "A.3", "A.5", "A.7")} == {
        "A.1": 1500, "A.2": 750, "A.3": 50, "A.5": 4, "A.7": 2_000_000
    }  # fmt: skip
    assert top["A.1"]["below"] == {"given": 5, "asked": 5}
    assert (top["A.5"]["met"], top["A.5"]["target"]) == (True, "60% số xã"), "4 of 5 communes, not 4 of 1 Sở"


def test_a_figure_at_the_top_leads_back_to_the_cell_of_a_commune(province):
    all_communes(province)
    for huyen in HUYEN:
        up(province, XA, f"phong-{huyen}")
    up(province, PHONG)
    (so,) = trace(province, SO, "A.1")["parts"]
    phong = so["below"]["parts"]
    assert [(part["unit"], part["value"], part["cell"]) for part in phong] == [
        ("phong-huyen-a", 600, str(XA)),
        ("phong-huyen-b", 900, str(XA)),
    ]
    communes = [part for each in phong for part in each["below"]["parts"]]
    assert [part["value"] for part in communes] == [100, 200, 300, 400, 500]
    assert {part["cell"].split("!")[0] for part in communes} == {"Biểu"}


def test_totals_without_all_units_go_up_with_a_reason_and_say_how_many(province):
    commune(province, "xa-a1", 100, 50)
    with pytest.raises(
        RefusedActError, match=r"2 units have not reported \(xa-a2, xa-a3\): say why with --reason"
    ):
        up(province, XA, "phong-huyen-a")
    up(province, XA, "phong-huyen-a", reason="mưa lũ")
    assert lines(province, PHONG)["A.1"]["below"] == {"given": 1, "asked": 3}
    assert lines(province, PHONG)["A.5"]["met"] is False, "1 of 3"


def test_a_late_correction_below_makes_the_next_version_above_and_the_same_again_none(province):
    all_communes(province)
    assert up(province, XA, "phong-huyen-b").accepted.version == 1
    again = up(province, XA, "phong-huyen-b").accepted
    assert (again.version, again.new) == (1, False)
    assert submit(province, "xa-b2", "2020-11-16", XA, A_1=501, A_2=250, A_5="Có").accepted
    assert [(d.code, d.entered, d.parts) for _, d in reconciled(province, PHONG) if not d.agrees] == [
        ("A.1", 900, 901)
    ]
    (part,) = [p for p in trace(province, PHONG, "A.1")["parts"] if p["unit"] == "phong-huyen-b"]
    assert (part["value"], part["below"]["value"], part["below"]["changed_since"]) == (900, 901, ["xa-b2"])
    assert up(province, XA, "phong-huyen-b", when="2020-11-17").accepted.version == 2
    (part,) = [p for p in trace(province, PHONG, "A.1")["parts"] if p["unit"] == "phong-huyen-b"]
    assert (part["value"], part["below"]["changed_since"]) == (901, [])
    assert all(d.agrees for _, d in reconciled(province, PHONG))
    row = next(u for u in status(province, PHONG, at("2020-11-18"))["units"] if u["unit"] == "phong-huyen-b")
    assert row["submitted_at"].startswith("2020-11-13"), "the first time stays"


def test_what_an_office_types_itself_is_held_against_the_sum_of_its_parts(province):
    all_communes(province)
    outcome = submit(province, "phong-huyen-a", "2020-11-16", PHONG, A_1=610, A_2=300, A_5=2)
    assert outcome.accepted
    assert [(f.indicator, f.rule, f.severity) for f in outcome.findings] == [("A.1", "reconcile", "warning")]
    assert (
        "Số liệu 610 khác tổng của các đơn vị cấp dưới đã gửi (600, từ 3/3 đơn vị)"
        in outcome.findings[0].message
    )
    rows = {d.code: (d.entered, d.parts, d.agrees) for _, d in reconciled(province, PHONG, "phong-huyen-a")}
    assert rows == {"A.1": (610, 600, False), "A.2": (300, 300, True), "A.5": (2, 2, True)}
    assert lines(province, PHONG)["A.5"]["met"] is None, "of how many communes is not known"


def test_narratives_go_up_with_who_said_them(province):
    all_communes(province)
    up(province, XA, "phong-huyen-b")
    (report,) = totals_of(province, PHONG).reports
    assert report.narratives[0].text.splitlines() == [
        f"UBND {unit}: Đã tổ chức 3 buổi truyền thông & rà soát <danh sách>." for unit in HUYEN["huyen-b"]
    ]


def test_nil_goes_up_as_nil_only_where_all_say_so(province):
    for unit in HUYEN["huyen-b"]:
        assert submit(province, unit, "2020-11-02", XA, nil=True).accepted
    up(province, XA, "phong-huyen-b")
    states = {u["unit"]: u["state"] for u in status(province, PHONG, at("2020-11-14"))["units"]}
    assert states["phong-huyen-b"] == "nil"


def test_each_office_is_told_who_of_its_own_is_missing_and_the_lead_unit_of_all(province):
    commune(province, "xa-a1", 100, 50)
    sweep("2020-11-13")  # T+1 of 12/11
    told = dict(outbox(province, "unit", "step", kind="missing-list", cycle=str(XA)))
    assert told == {"phong-huyen-a": "T+1", "phong-huyen-b": "T+1", "so-mau": "T+1"}
    texts = {
        mail["To"]: mail.get_body(("plain",)).get_content()
        for mail in mails(province)
        if "phong" in mail["To"] or "so-mau" in mail["To"]
    }
    own = texts["phong-huyen-a@mau.example"]
    assert "UBND xa-a2" in own
    assert "UBND xa-b1" not in own
    assert "UBND xa-b1" in texts["so-mau@mau.example"]


@pytest.mark.parametrize(
    ("key", "through", "words"),
    [
        (XA, None, "goes through several offices: say which with --through, phong-huyen-a, phong-huyen-b"),
        (XA, "so-mau", "so-mau does not owe ba-cap/O2/2020"),
        (SO, None, "feeds no report of the level above"),
    ],
)
def test_totals_go_up_only_where_they_are_owed(province, key, through, words):
    all_communes(province)
    with pytest.raises(RefusedActError, match=words):
        up(province, key, through)


def test_an_office_that_is_asked_for_more_fills_in_its_form(province):
    all_communes(province)
    more = FORM | {"narratives": [{"code": "chi-dao", "title": "Chỉ đạo", "required": True}]}
    plan = parse_plan(yaml.safe_dump(three_levels(form=more)), "ba-cap.yaml")
    found = totals_of(province, XA, "phong-huyen-a")
    with pytest.raises(CannotPassUpError, match="O2 also asks for chi-dao"):
        pass_up(plan, plan.obligation("O1"), found.totals, found.reports, str(XA), is_complete=True)


def test_two_duties_cannot_pass_the_same_figure_up():
    def feeding(code, indicator):
        return an_obligation(code, feeds="O3", form={"indicators": [indicator]})

    top = an_obligation("O3", due={"before": "31/12"}, form={"indicators": ["A.1", "A.2"]})
    assert a_plan(feeding("O1", "A.1"), feeding("O2", "A.2"), top, indicators=INDICATORS[:2])
    with pytest.raises(PlanError, match=r"A\.1 would be passed up by O1 and by O2"):
        a_plan(feeding("O1", "A.1"), feeding("O2", "A.1"), top, indicators=INDICATORS[:2])


def test_how_many_communes_is_not_known_where_an_office_between_typed_its_own(province):
    all_communes(province)
    up(province, XA, "phong-huyen-a")
    assert submit(province, "phong-huyen-b", "2020-11-16", PHONG, A_1=900, A_2=450, A_5=2).accepted
    up(province, PHONG, when="2020-11-17")
    top = lines(province, SO)["A.5"]
    assert (top["value"], top["below"], top["met"]) == (4, None, None)


def test_one_nil_among_missing_is_not_nil_for_the_office(province):
    assert submit(province, "xa-b1", "2020-11-02", XA, nil=True).accepted
    up(province, XA, "phong-huyen-b", reason="xã còn lại chưa gửi")
    states = {u["unit"]: u["state"] for u in status(province, PHONG, at("2020-11-14"))["units"]}
    assert states["phong-huyen-b"] == "submitted_on_time"
    assert (lines(province, PHONG)["A.1"]["value"], lines(province, PHONG)["A.1"]["below"]) == (
        0,
        {"given": 1, "asked": 2},
    )


def nothing_in_b(home):
    """Two of three communes of A have a network; those of B have nothing to report."""
    for number, unit in enumerate(HUYEN["huyen-a"], start=1):
        commune(home, unit, 100, 50, "Không" if number == 2 else "Có")
    for unit in HUYEN["huyen-b"]:
        assert submit(home, unit, "2020-11-02", XA, nil=True).accepted
    up(home, XA, "phong-huyen-a")


def of_communes(home, key):
    found = lines(home, key)["A.5"]
    return found["value"], found["below"], found["met"]


def test_communes_with_nothing_to_report_have_reported_at_every_level_above(province):
    nothing_in_b(province)
    assert of_communes(province, PHONG) == (2, {"given": 3, "asked": 3}, True), "B has passed nothing up yet"
    up(province, XA, "phong-huyen-b")
    assert of_communes(province, PHONG) == (2, {"given": 5, "asked": 5}, False), "2 of 5 is below 60 %"
    up(province, PHONG, when="2020-11-17")
    assert of_communes(province, SO) == (2, {"given": 5, "asked": 5}, False)


def test_where_nobody_had_anything_all_communes_have_said_so_at_the_top(province):
    for units in HUYEN.values():
        for unit in units:
            assert submit(province, unit, "2020-11-02", XA, nil=True).accepted
    for huyen in HUYEN:
        up(province, XA, f"phong-{huyen}")
    up(province, PHONG, when="2020-11-17")
    assert of_communes(province, SO) == (0, {"given": 5, "asked": 5}, False)
    (report,) = totals_of(province, SO).reports
    assert (report.nil, report.figures) == (True, {})
    assert verify_ledger(province).wrong == ()


def test_of_an_office_that_typed_that_there_was_nothing_it_is_not_known_how_many_communes(province):
    nothing_in_b(province)
    assert submit(province, "phong-huyen-b", "2020-11-16", PHONG, nil=True).accepted
    assert of_communes(province, PHONG) == (2, None, None)


def test_an_office_that_passed_up_that_there_was_nothing_starts_its_page_from_just_that(province):
    nothing_in_b(province)
    up(province, XA, "phong-huyen-b")
    page = unit_page(province, token_of(province, PHONG, "phong-huyen-b", 0), at("2020-11-14"))
    assert dict(page.draft.answers) == {"nil": "Có"}


def test_an_office_with_nothing_to_report_agrees_with_parts_that_have_nothing(province):
    for unit in HUYEN["huyen-b"]:
        assert submit(province, unit, "2020-11-02", XA, nil=True).accepted
    up(province, XA, "phong-huyen-b")
    assert all(difference.agrees for _, difference in reconciled(province, PHONG))


def test_totals_are_not_passed_up_by_an_exempt_office_and_nothing_is_opened_for_it(province):
    all_communes(province)
    before = dump(province)
    with pytest.raises(RefusedActError, match="xa-a1 does not owe"):
        up(province, XA, "xa-a1")
    assert dump(province) == before
    acts.exempt(province, PHONG, "phong-huyen-a", "giải thể", as_of=at("2020-11-12"), actor="cán bộ")
    with pytest.raises(RefusedActError, match="phong-huyen-a is exempt"):
        up(province, XA, "phong-huyen-a")


def test_the_kind_a_unit_had_decides_what_was_asked_of_it_whatever_it_is_corrected_to(province):
    all_communes(province)
    before = totals_json(totals_of(province, XA))
    with province.ledger.write() as session:
        corrected = a_unit("xa-a1", "phuong", "huyen-a", gso_code="xa-a1")
        save_units(session, [corrected], at=at("2020-11-20"), actor="quản trị", source="sua.csv")
    assert totals_json(totals_of(province, XA)) == before


def test_what_is_shown_only_is_taken_straight_from_below_beside_what_is_passed_up(home):
    below = an_obligation("O1", feeds="O2", due={"before": "30/11"}, form={"indicators": ["A.1", "A.9"]},
                          owed_by={"units": ["xa-mot"]})  # fmt: skip
    above = an_obligation(
        "O2",
        due={"before": "31/12"},
        form={"indicators": ["A.1"], "totals_only": ["A.9"]},
        owed_by={"units": ["phong-mau"]},
    )
    said = {
        "code": "A.9",
        "label": "Văn bản",
        "unit": "văn bản",
        "kind": "text",
        "adds": "list",
        "required": False,
    }
    data = plan_data(below, above, code="hai-cap", indicators=[*INDICATORS[:1], said])
    with home.ledger.write() as session:
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        save_plan(session, text, "hai-cap.yaml", at=at("2020-01-02"), actor="quản trị")
    low, top = (CycleKey("hai-cap", f"O{n}", "2020") for n in (1, 2))
    data = fill_form(
        form(home, "xa-mot", "2020-11-02", low), Answers({"A.1": 7, "A.9": "Kế hoạch 12/KH-UBND"}, {})
    )
    assert hand_in(home, "xa-mot", data, "2020-11-02", low).accepted
    assert pass_totals_up(home, low, None, "", as_of=at("2020-11-17"), actor="cán bộ").accepted
    found = lines(home, top)
    assert found["A.1"]["value"] == 7
    assert [each["value"] for each in found["A.9"]["value"]] == ["Kế hoạch 12/KH-UBND"]


def test_a_mean_at_the_top_is_of_the_units_below_and_leads_back_to_what_they_gave_and_weighed(home):
    mean = {
        "code": "A.9",
        "label": "Điểm",
        "unit": "điểm",
        "kind": "number",
        "adds": "average",
        "weight": "A.1",
    }
    below = an_obligation(
        "O1", feeds="O2", owed_by={"units": ["xa-mot", "xa-hai"]}, form={"indicators": ["A.1", "A.9"]}
    )
    above = an_obligation(
        "O2",
        due={"before": "31/12"},
        form={"indicators": ["A.1"], "totals_only": ["A.9"]},
        owed_by={"units": ["phong-mau"]},
    )
    with home.ledger.write() as session:
        data = plan_data(below, above, code="hai-cap", indicators=[*INDICATORS[:1], mean])
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        save_plan(session, text, "hai-cap.yaml", at=at("2020-01-02"), actor="quản trị")
    low, top = (CycleKey("hai-cap", f"O{n}", "2020") for n in (1, 2))
    for unit, children, points in (("xa-mot", 300, 50), ("xa-hai", 100, 90)):
        data = fill_form(form(home, unit, "2020-11-02", low), Answers({"A.1": children, "A.9": points}, {}))
        assert hand_in(home, unit, data, "2020-11-02", low).accepted
    assert pass_totals_up(home, low, None, "", as_of=at("2020-11-17"), actor="cán bộ").accepted
    assert (lines(home, top)["A.1"]["value"], lines(home, top)["A.9"]["value"]) == (400, 60)
    parts = [(part["unit"], part["indicator"], part["value"]) for part in trace(home, top, "A.9")["parts"]]
    assert parts == [
        ("xa-mot", "A.9", 50),
        ("xa-mot", "A.1", 300),
        ("xa-hai", "A.9", 90),
        ("xa-hai", "A.1", 100),
    ]


def test_a_list_of_answers_cannot_be_passed_up_as_a_figure():
    words = {"code": "A.9", "label": "Văn bản", "unit": "văn bản", "kind": "text", "adds": "list"}
    below = an_obligation("O1", feeds="O2", due=None, form={"indicators": ["A.9"]})

    def above(form):
        return a_plan(below, an_obligation("O2", form=form), indicators=[words])

    assert above({"totals_only": ["A.9"]})
    with pytest.raises(PlanError, match=r"A\.9 is answered by each unit below and cannot be passed up"):
        above({"indicators": ["A.9"]})


def to(home, unit, subject):
    """The plain text of the one mail to this unit with such a subject."""
    (mail,) = [m for m in mails(home) if m["To"] == f"{unit}@mau.example" and subject in m["Subject"]]
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_who_reports_through_an_office_is_told_to_send_to_it_and_to_call_it_and_the_lead_unit_signs(province):
    sweep("2020-11-09")  # T-3 of 12/11
    said = to(province, "xa-a1", "Nhắc gửi")
    assert "rồi gửi đến phong-huyen-a@mau.example." in said
    assert "xin liên hệ: UBND phong-huyen-a, thư điện tử phong-huyen-a@mau.example." in said
    assert "Cơ quan đầu mối: UBND so-mau" in said
    assert "Trân trọng. UBND SO-MAU ----" in said
    assert three_levels()["contact"]["email"] not in said


def test_receipt_refusal_return_and_extension_name_the_same_office(province):
    commune(province, "xa-b1", 100, 50)
    hand_in(province, "xa-b2", b"khong phai bieu", "2020-11-02", XA)
    acts.return_report(province, XA, "xa-b1", "sai", as_of=at("2020-11-03"), actor="cán bộ")
    acts.extend(province, XA, "xa-a1", date(2020, 11, 16), "mưa", as_of=at("2020-11-03"), actor="cán bộ")
    sweep("2020-11-03T09:00")
    for unit, subject in (
        ("xa-b1", "Đã nhận"),
        ("xa-b2", "Chưa tiếp nhận"),
        ("xa-b1", "chỉnh lý"),
        ("xa-a1", "Gia hạn"),
    ):
        assert f"phong-huyen-{unit[3]}@mau.example" in to(province, unit, subject), subject


def test_where_the_collecting_office_has_no_working_address_the_plans_contact_answers(province):
    with province.ledger.write() as session:
        for _ in range(3):
            address = "phong-huyen-a@mau.example"
            note_failure(session, address, at=at("2020-10-20"), status="5.1.1", evidence="-", actor="-")
    sweep("2020-11-09")
    assert f"rồi gửi đến {three_levels()['contact']['email']}." in to(province, "xa-a1", "Nhắc gửi")
    assert "rồi gửi đến phong-huyen-b@mau.example." in to(province, "xa-b1", "Nhắc gửi")


def test_an_office_that_reports_to_the_lead_unit_calls_the_plans_contact(province):
    sweep("2020-11-09", "2020-11-17")
    said = to(province, "phong-huyen-a", "Nhắc gửi báo cáo, hạn 20/11/2020")
    assert three_levels()["contact"]["email"] in said
