"""Forms for tests: one as the plan hue-588 asks for it, one with every kind of line."""

from dataclasses import replace
from decimal import Decimal

from models.form import FormRow, FormSpec, Formula, NarrativeRow, TableForm

PEOPLE = "người"
MILLIONS = "triệu đồng"
NEED = "II. Nhu cầu và kết quả hỗ trợ trẻ em theo lĩnh vực"
MONEY = "III. Nguồn lực vận động và sử dụng"
AREAS = (
    (1, "khám, chữa bệnh"),
    (2, "dinh dưỡng (trẻ em mầm non, tiểu học)"),
    (3, "vui chơi, giải trí"),
    (4, "đồ ấm mùa đông"),
)
SOURCES = (
    ("a", "cơ quan, tổ chức trong nước"),
    ("b", "doanh nghiệp"),
    ("c", "quỹ từ thiện, quỹ xã hội"),
    ("d", "cá nhân trong nước"),
    ("đ", "tổ chức, cá nhân nước ngoài"),
    ("e", "nguồn khác"),
)


def _areas() -> list[FormRow]:
    rows = []
    for area, name in AREAS:
        rows += [
            FormRow(f"H588.1{area}", f"Số trẻ em có nhu cầu hỗ trợ về {name}", PEOPLE, "count", group=NEED),
            FormRow(f"H588.2{area}", f"Số trẻ em được hỗ trợ về {name}", PEOPLE, "count", group=NEED),
        ]
    return rows


HUE_588 = FormSpec(
    cycle="hue-588/O2/2019",
    unit="huyen-nam-dong",
    unit_name="Ủy ban nhân dân huyện Nam Đông",
    plan_title="Kế hoạch vận động nguồn lực xã hội hỗ trợ trẻ em các xã đặc biệt khó khăn thuộc vùng dân tộc thiểu số "
    "và miền núi tỉnh Thừa Thiên Huế giai đoạn 2019 - 2025",
    obligation_title="Báo cáo kết quả thực hiện hằng năm",
    period_label="năm 2019",
    due_wording="định kỳ trước ngày 30/11 hàng năm",
    legal_basis="Quyết định số 588/QĐ-TTg ngày 17/5/2019 của Thủ tướng Chính phủ",
    collector="Sở Lao động - Thương binh và Xã hội",
    rows=(
        FormRow("H588.09", "Đã ban hành kế hoạch vận động nguồn lực năm tại địa phương", "", "yes_no",
                group="I. Tình hình chung"),
        FormRow("H588.01", "Số xã đặc biệt khó khăn trên địa bàn", "xã", "count", group="I. Tình hình chung"),
        FormRow("H588.02", "Số xã đặc biệt khó khăn có trẻ em được hỗ trợ", "xã", "count", group="I. Tình hình chung",
                hint="Không lớn hơn số xã đặc biệt khó khăn trên địa bàn.", indent=1),
        *_areas(),
        FormRow("H588.03", "Số trẻ em được hỗ trợ ít nhất một lĩnh vực (không tính trùng)", PEOPLE, "count", group=NEED,
                hint="Mỗi trẻ em chỉ tính một lần dù được hỗ trợ nhiều lĩnh vực."),
        FormRow("H588.04", "Tiền mặt vận động được", MILLIONS, "computed", entered=False, group=MONEY,
                formula=Formula("sum", tuple(f"H588.04{code}" for code, _ in SOURCES))),
        *(FormRow(f"H588.04{code}", f"Từ {name}", MILLIONS, "money", indent=1, group=MONEY) for code, name in SOURCES),
        FormRow("H588.05", "Hiện vật vận động được (quy ra tiền)", MILLIONS, "money", group=MONEY),
        FormRow("H588.06", "Kinh phí đã sử dụng để hỗ trợ trẻ em", MILLIONS, "money", group=MONEY),
        FormRow("H588.06R", "Tỷ lệ sử dụng so với vận động được", "%", "ratio", entered=False, group=MONEY,
                formula=Formula("ratio", ("H588.06",), (*(f"H588.04{code}" for code, _ in SOURCES), "H588.05"))),
        FormRow("H588.07", "Ngân sách nhà nước chi cho quản lý, điều phối", MILLIONS, "money", group=MONEY),
    ),
    narratives=(
        NarrativeRow("I", "I. Chỉ đạo, triển khai thực hiện", required=True,
                     hint="Số, ngày, trích yếu kế hoạch của địa phương; việc phân công, phối hợp."),
        NarrativeRow("II", "II. Kết quả thực hiện các nhiệm vụ", required=True),
        NarrativeRow("III", "III. Khó khăn, vướng mắc, nguyên nhân"),
        NarrativeRow("V", "V. Kiến nghị, đề xuất"),
    ),
    nil_allowed=True,
    token="t0k3n-Xyz_123456789012345678901234567890",
)  # fmt: skip

EVERY_KIND = replace(
    HUE_588,
    cycle="nam-dong-2014/O3/2014",
    unit="xa-huong-phu",
    unit_name="UBND xã Hương Phú",
    rows=(
        FormRow("K.01", "Số trẻ em", PEOPLE, "count"),
        FormRow("K.02", "Điểm tự chấm", "điểm", "number"),
        FormRow("K.03", "Kinh phí hỗ trợ", "đồng", "money"),
        FormRow("K.04", "Đã đăng ký", "", "yes_no"),
        FormRow("K.05", "Kết quả", "", "choice", choices=("giữ vững", "công nhận mới", "không đạt", "không đăng ký")),
        FormRow("K.06", "Số, ngày quyết định", "", "text", required=False),
        FormRow("K.07", "Tỷ lệ trẻ em đến trường", "%", "ratio", required=False),
        FormRow("K.08", "Hỗ trợ của huyện", "đồng", "computed", entered=False,
                formula=Formula("product", ("K.04",), factor=Decimal(500_000))),
        FormRow("K.09", "Chênh lệch", "đồng", "computed", entered=False, formula=Formula("difference", ("K.03",), ("K.01",))),
        FormRow("K.10", "Đơn vị chủ trì", "", "choice", required=False,
                choices=("Phòng Y tế, Trung tâm Y tế", "Phòng Giáo dục và Đào tạo")),
        FormRow("K.11", "Ngày phê duyệt", "", "date", required=False),
    ),
    tables=(
        TableForm("T1", "Danh mục hoạt động đã tổ chức", (
            FormRow("T1.1", "Tên hoạt động", "", "text"),
            FormRow("T1.2", "Số trẻ em tham gia", PEOPLE, "count"),
            FormRow("T1.3", "Kinh phí", MILLIONS, "money", required=False),
        )),
    ),
)  # fmt: skip
