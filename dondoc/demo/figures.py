"""Sample figures, invented and of one piece: parts stay within their wholes, as the rules of each plan want."""

from collections.abc import Callable

from dondoc.demo.fill import Answers, Typed
from models.form import FormSpec

_SAID = {
    "chi-dao": (
        "Đã ban hành kế hoạch triển khai, phân công cán bộ theo dõi và tổ chức {n} đợt kiểm tra tại cơ sở.",
        "Đã quán triệt nội dung Kế hoạch đến các ban, ngành, đoàn thể; lồng ghép vào chương trình công tác năm.",
    ),
    "nhiem-vu": (
        "Tổ chức {n} buổi truyền thông; rà soát, cập nhật danh sách đối tượng theo quý.",
        "Phối hợp với các đoàn thể triển khai các hoạt động hỗ trợ trẻ em trên địa bàn.",
    ),
    "kinh-phi": ("Kinh phí được bố trí từ ngân sách địa phương và nguồn vận động hợp pháp.",),
    "kho-khan": (
        "Nguồn kinh phí còn hạn chế; cán bộ làm công tác trẻ em chủ yếu kiêm nhiệm.",
        "Địa bàn rộng, đi lại khó khăn trong mùa mưa lũ nên việc thu thập số liệu còn chậm.",
    ),
    "nhiem-vu-toi": ("Tiếp tục rà soát đối tượng, vận động nguồn lực và tăng cường kiểm tra, giám sát.",),
    "kien-nghi": ("Đề nghị cấp trên quan tâm tổ chức tập huấn nghiệp vụ cho cán bộ cơ sở.",),
    "ke-hoach": ("Kế hoạch số {n}/KH-UBND ngày 15/7/2019",),
}
_OPTIONAL_GIVEN_BY = {"kho-khan": 3, "kien-nghi": 4, "nhiem-vu-toi": 3, "kinh-phi": 3}


def answers_for(spec: FormSpec, place: int) -> Answers:
    """What the unit at this place in the list answers; the same every time."""
    plan = spec.cycle.split("/")[0]
    figures = _FIGURES[plan](place)
    asked = {row.code for row in spec.entered_rows}
    wanted = {row.code for row in spec.entered_rows if row.required}
    given = {code: value for code, value in figures.items() if code in asked}
    missing = wanted - given.keys()
    assert not missing, f"{spec.cycle}: no sample figure for {sorted(missing)}"
    return Answers(given, _narratives(spec, place))


def _narratives(spec: FormSpec, place: int) -> dict[str, str]:
    said = {}
    for narrative in spec.narratives:
        texts = _SAID.get(narrative.code, ("Đã thực hiện theo kế hoạch.",))
        often = _OPTIONAL_GIVEN_BY.get(narrative.code, 1)
        if narrative.required or place % often == 0:
            said[narrative.code] = texts[place % len(texts)].format(n=place % 5 + 2)
    return said


def _hue_647(place: int) -> dict[str, Typed]:
    total = 900 + 137 * place
    found: dict[str, Typed] = {"H647.01": total, "H647.02": total - 31 - 5 * place}
    for group in range(1, 8):
        entitled = 20 + 7 * group + 3 * place
        found[f"H647.1{group}"] = entitled
        found[f"H647.2{group}"] = entitled - (1 if (group + place) % 6 == 0 else 0)
    found |= {"H647.05": 4 + place, "H647.06": 6 + 2 * place, "H647.07": place % 2, "H647.08": 25 + 4 * place}
    found |= {"H647.09a": 420 + 35 * place, "H647.09b": 95.5 + 12 * place, "H647.09c": 60 + 5 * place}
    return found | {"H647.10": "Có", "H647.10a": f"Kế hoạch số {40 + place}/KH-UBND ngày 15/10/2013"}


def _hue_588(place: int) -> dict[str, Typed]:
    found: dict[str, Typed] = {"H588.01": 6 + place, "H588.02": 5 + place}
    helped = 0
    for area in range(1, 5):
        need = 260 + 45 * area + 30 * place
        supported = need - 25 * area
        found |= {f"H588.1{area}": need, f"H588.2{area}": supported}
        helped = max(helped, supported)
    found["H588.03"] = helped + 40
    for source, amount in zip("abcdef", (120, 85, 60, 24.5, 40, 10), strict=True):
        found[f"H588.04{source}"] = amount + 5 * place
    found |= {"H588.08": 90, "H588.08a": 140}  # asked of the Sở alone
    found |= {"H588.05": 75 + 4 * place, "H588.06": 350 + 20 * place, "H588.07": 30 + place}
    return found | {"H588.09": "Có", "H588.09a": f"Kế hoạch số {110 + place}/KH-UBND ngày 20/7/2019"}


def _lang_son(place: int) -> dict[str, Typed]:
    children = 180 + 21 * place
    carers, staff = 150 + 17 * place, 40 + 3 * place
    found: dict[str, Typed] = {
        "L1438.01": children,
        "L1438.02": children - 40 - place,
        "L1438.04": children // 2 + 9,
    }
    found |= {"L1438.06": carers, "L1438.07": carers - 52, "L1438.09": staff, "L1438.10": staff - 11}
    found |= {"L1438.12": "Có" if place % 4 else "Không", "L1438.13": "Có" if place % 3 else "Không"}
    for source, amount in zip("abcd", (110, 64.5, 38, 22), strict=True):
        found[f"L1438.15{source}"] = amount + 6 * place
    return found


def _hong_ngu(place: int) -> dict[str, Typed]:
    total = 64 + 9 * place
    found: dict[str, Typed] = {"HN20.01": total, "HN20.02": total - 2 - place % 2}
    for group in (1, 2, 3, 4, 5, 7):
        inside = 3 + (group + place) % 5
        found |= {f"HN20.01g{group}": inside, f"HN20.02g{group}": inside - (group + place) % 2}
    found |= {"HN20.04": 9 + place, "HN20.05": 8 + place, "HN20.13": 7 + place, "HN20.14": 7 + place}
    return found | {"HN20.07": 4, "HN20.08": 4, "HN20.10": 31, "HN20.11": 31}


def _nam_dong(place: int) -> dict[str, Typed]:
    result = ("giữ vững", "giữ vững", "công nhận mới", "giữ vững", "không đạt")[place % 5]
    recognised = result in {"giữ vững", "công nhận mới"}
    return {
        "ND14.01": "Có",
        "ND14.01a": f"Kế hoạch số {8 + place}/KH-UBND ngày 20/3/2014",
        "ND14.02": "Có",
        "ND14.02a": f"Công văn số {21 + place}/UBND ngày 24/3/2014",
        "ND14.03": 705 + 26 * ((place * 3) % 11),
        "ND14.05": result,
        "ND14.05a": f"Quyết định số {310 + place}/QĐ-UBND ngày 10/10/2014" if recognised else "",
        "ND14.07": 6,
        "ND14.07a": "Có" if result == "giữ vững" else "Không",
    }


_FIGURES: dict[str, Callable[[int], dict[str, Typed]]] = {
    "hue-647": _hue_647,
    "hue-588": _hue_588,
    "lang-son-1438": _lang_son,
    "hong-ngu-2020": _hong_ngu,
    "nam-dong-2014": _nam_dong,
}
