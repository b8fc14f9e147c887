"""A report and a letter as they are really written, for the document tests; all figures are invented."""

from datetime import date

from models.documents import (
    Appendix,
    BulletList,
    Column,
    Head,
    Heading,
    LetterDocument,
    Paragraph,
    ReportDocument,
    Row,
    Signature,
    Table,
)

PLAN = (
    "Kế hoạch vận động nguồn lực xã hội hỗ trợ trẻ em các xã đặc biệt khó khăn thuộc vùng dân tộc thiểu số "
    "và miền núi tỉnh Thừa Thiên Huế giai đoạn 2019 - 2025"
)
HEAD = Head(
    parent_agency="UBND tỉnh Thừa Thiên Huế",
    agency="Sở Lao động - Thương binh và Xã hội",
    symbol="BC-SLĐTBXH",
    place="Thừa Thiên Huế",
    year=2019,
)
AREAS = ("Khám chữa bệnh", "Dinh dưỡng", "Vui chơi, giải trí", "Đồ ấm mùa đông")
UNITS = (
    ("Huyện Nam Đông", "06", "06", "412", "398", "655", "601", "512", "430", "890", "890", "1.204", "486,5"),
    ("Huyện A Lưới", "17", "15", "1.846", "1.520", "2.377", "1.988", "1.950", "1.204", "3.412", "3.105", "4.260", "1.742,25"),
    ("Huyện Phong Điền", "01", "01", "58", "58", "96", "90", "75", "60", "132", "132", "148", "61"),
    ("Huyện Phú Lộc", "02", "02", "133", "120", "208", "195", "160", "141", "277", "270", "312", "128,75"),
    ("Thị xã Hương Trà", "–", "–", "–", "–", "–", "–", "–", "–", "–", "–", "–", "–"),
)  # fmt: skip
TOTAL = ("Tổng cộng", "26", "24", "2.449", "2.096", "3.336", "2.874", "2.697", "1.835", "4.711", "4.397", "5.924", "2.418,5")  # fmt: skip


def result_table() -> Table:
    lines = (
        ("1", "Xã đặc biệt khó khăn có trẻ em được hỗ trợ", "xã", "24/26", "92,31%"),
        ("2", "Trẻ em được hỗ trợ khám chữa bệnh", "người", "2.096/2.449", "85,59%"),
        ("3", "Trẻ em mầm non, tiểu học được hỗ trợ bữa ăn dinh dưỡng", "người", "2.874/3.336", "86,15%"),
        ("4", "Trẻ em được hỗ trợ vui chơi, giải trí", "người", "1.835/2.697", "68,04%"),
        ("5", "Trẻ em được hỗ trợ đồ ấm mùa đông", "người", "4.397/4.711", "93,33%"),
    )
    return Table(
        caption="Kết quả hỗ trợ trẻ em năm 2019 (04/05 đơn vị báo cáo)",
        columns=(
            Column("TT", 0.7, "center"),
            Column("Chỉ tiêu", 5),
            Column("Đơn vị tính", 1.4, "center"),
            Column("Được hỗ trợ/ nhu cầu", 2.1, "right"),
            Column("Tỷ lệ", 1.4, "right"),
        ),
        rows=tuple(Row(line) for line in lines),
        note="Ghi chú: chưa có số liệu của UBND thị xã Hương Trà.",
    )


def unit_appendix() -> Appendix:
    columns = (
        Column("TT", 0.6, "center"),
        Column("Đơn vị", 2.6),
        Column("Tổng số", 0.9, "right", "Xã ĐBKK"),
        Column("Có hỗ trợ", 0.9, "right", "Xã ĐBKK"),
        *(Column(title, 1.05, "right", area) for area in AREAS for title in ("Nhu cầu", "Được hỗ trợ")),
        Column("Trẻ em được hỗ trợ ít nhất một lĩnh vực", 1.4, "right"),
        Column("Kinh phí vận động (triệu đồng)", 1.4, "right"),
    )
    rows = tuple(Row((str(place), *cells)) for place, cells in enumerate(UNITS, start=1))
    return Appendix(
        title="Tổng hợp số liệu theo đơn vị năm 2019",
        landscape=True,
        blocks=(
            Table(
                columns=columns,
                rows=(*rows, Row(("", *TOTAL), bold=True)),
                unit_note="Đơn vị tính: người (trừ cột ghi khác)",
                note="Ghi chú: dấu “–” là đơn vị chưa gửi báo cáo; số 0 là có báo cáo và không phát sinh.",
                compact=True,
            ),
        ),
    )


def late_appendix() -> Appendix:
    rows = (
        ("1", "UBND huyện Nam Đông", "27/11/2019", "Đúng hạn", ""),
        ("2", "UBND huyện A Lưới", "02/12/2019", "Gửi muộn", "Bản lần 2, thay thế bản ngày 29/11/2019"),
        ("3", "UBND huyện Phong Điền", "28/11/2019", "Đúng hạn", ""),
        ("4", "UBND huyện Phú Lộc", "29/11/2019", "Đúng hạn", ""),
        ("5", "UBND thị xã Hương Trà", "", "Chưa gửi", "Đã đôn đốc lần 1"),
    )
    columns = (
        Column("TT", 0.6, "center"),
        Column("Đơn vị", 3),
        Column("Ngày gửi", 1.5, "center"),
        Column("Tình trạng", 1.4, "center"),
        Column("Ghi chú", 3),
    )
    return Appendix("Tình hình gửi báo cáo của các đơn vị", (Table(columns, tuple(map(Row, rows))),))


def report() -> ReportDocument:
    return ReportDocument(
        head=HEAD,
        subject=f"Kết quả thực hiện {PLAN}, năm 2019",
        addressees=("Ủy ban nhân dân tỉnh Thừa Thiên Huế",),
        blocks=(
            Paragraph(
                f"Thực hiện Kế hoạch số 150/KH-UBND ngày 24 tháng 6 năm 2019 của Ủy ban nhân dân tỉnh về việc ban hành "
                f"{PLAN}, Sở Lao động - Thương binh và Xã hội tổng hợp, báo cáo Ủy ban nhân dân tỉnh kết quả thực "
                "hiện năm 2019 như sau (tính đến ngày 14/11/2019; 04/05 đơn vị đã gửi báo cáo):"
            ),
            Heading(1, "Khái quát tình hình"),
            Paragraph(
                "Trên địa bàn tỉnh có 26 xã đặc biệt khó khăn thuộc vùng dân tộc thiểu số và miền núi tại các huyện "
                "Nam Đông, A Lưới, Phong Điền, Phú Lộc và thị xã Hương Trà. Đời sống của một bộ phận gia đình còn "
                "khó khăn, trẻ em thiếu điều kiện chăm sóc sức khỏe, dinh dưỡng và vui chơi."
            ),
            Heading(1, "Công tác chỉ đạo, điều hành"),
            Paragraph(
                "Sở đã hướng dẫn các địa phương xây dựng kế hoạch, đánh giá nhu cầu của trẻ em theo bốn lĩnh vực: khám "
                "chữa bệnh, dinh dưỡng, vui chơi giải trí và đồ ấm mùa đông; đã có 04/05 địa phương ban hành kế hoạch."
            ),
            BulletList(
                (
                    "UBND huyện Nam Đông: Kế hoạch số 98/KH-UBND ngày 18/7/2019;",
                    "UBND huyện A Lưới: Kế hoạch số 112/KH-UBND ngày 22/7/2019;",
                    "UBND huyện Phong Điền, UBND huyện Phú Lộc: ban hành trong tháng 7/2019.",
                )
            ),
            Heading(1, "Kết quả thực hiện"),
            Heading(2, "Kết quả theo chỉ tiêu"),
            Paragraph(
                "Trong năm 2019 có 5.924 trẻ em được hỗ trợ ở ít nhất một lĩnh vực (04/05 đơn vị báo cáo). Kết quả "
                "chung nêu tại bảng dưới đây; số liệu theo từng đơn vị tại Phụ lục I; tình hình gửi báo cáo tại "
                "Phụ lục II."
            ),
            result_table(),
            Heading(2, "Kết quả theo nhiệm vụ"),
            Heading(3, "Truyền thông, vận động nguồn lực"),
            Paragraph(
                "Các cơ quan, đơn vị đã tổ chức 48 buổi truyền thông tại thôn, bản; phối hợp với các tổ chức, doanh "
                "nghiệp và cá nhân hảo tâm vận động tiền mặt và hiện vật."
            ),
            Heading(3, "Điều phối, hỗ trợ trẻ em"),
            Paragraph(
                "Việc hỗ trợ được thực hiện công khai, minh bạch, tránh trùng lặp giữa các ngành, các cấp; ưu tiên trẻ "
                "em mồ côi, trẻ em khuyết tật và trẻ em thuộc hộ nghèo."
            ),
            Heading(2, "Kinh phí thực hiện"),
            Paragraph(
                "Tổng kinh phí vận động được 2.418,5 triệu đồng, trong đó tiền mặt 1.960 triệu đồng, hiện vật quy đổi "
                "458,5 triệu đồng; đã sử dụng 2.310,75 triệu đồng (04/05 đơn vị báo cáo)."
            ),
            Heading(1, "Đánh giá chung"),
            Heading(2, "Ưu điểm"),
            Paragraph(
                "Kế hoạch được các cấp, các ngành và Nhân dân đồng tình hưởng ứng; nguồn lực vận động tăng so với năm "
                "trước, đúng đối tượng, kịp thời trước mùa mưa rét."
            ),
            Heading(2, "Hạn chế"),
            Paragraph(
                "Lĩnh vực vui chơi, giải trí đạt thấp nhất (68,04%). Một số địa phương gửi báo cáo muộn, có đơn vị "
                "chưa gửi nên số liệu toàn tỉnh chưa đầy đủ."
            ),
            Heading(2, "Nguyên nhân"),
            Paragraph(
                "Địa bàn rộng, đi lại khó khăn; cán bộ làm công tác trẻ em cấp xã kiêm nhiệm nhiều việc; nguồn lực xã "
                "hội tại chỗ còn hạn chế."
            ),
            Heading(1, "Phương hướng, nhiệm vụ năm 2020"),
            Paragraph(
                "Tiếp tục rà soát nhu cầu của trẻ em; mở rộng mạng lưới nhà tài trợ; lồng ghép với các chương trình mục "
                "tiêu quốc gia trên địa bàn."
            ),
            Heading(1, "Kiến nghị, đề xuất"),
            Paragraph(
                "Đề nghị Ủy ban nhân dân tỉnh tiếp tục quan tâm bố trí kinh phí quản lý, điều phối; chỉ đạo Ủy ban "
                "nhân dân thị xã Hương Trà khẩn trương gửi báo cáo."
            ),
            Paragraph(
                "Trên đây là báo cáo kết quả thực hiện Kế hoạch năm 2019, Sở Lao động - Thương binh và Xã hội kính báo "
                "cáo Ủy ban nhân dân tỉnh."
            ),
        ),
        signature=Signature(authority=("KT. Giám đốc",), post="Phó Giám đốc", full_name="Nguyễn Văn A"),
        recipients=("Như trên", "Chủ tịch, PCT UBND tỉnh (b/c)", "Văn phòng UBND tỉnh", "Lưu: VT, BTXH"),
        appendices=(unit_appendix(), late_appendix()),
    )


def letter() -> LetterDocument:
    return LetterDocument(
        head=Head(
            agency="Ủy ban nhân dân\ntỉnh Thừa Thiên Huế",
            symbol="UBND-XH",
            place="Thừa Thiên Huế",
            number="7",
            day=date(2019, 12, 2),
        ),
        subject="đôn đốc gửi báo cáo kết quả thực hiện Kế hoạch vận động nguồn lực hỗ trợ trẻ em năm 2019",
        addressees=(
            "Ủy ban nhân dân thị xã Hương Trà",
            "Sở Kế hoạch và Đầu tư",
            "Ủy ban nhân dân huyện A Lưới",
        ),
        blocks=(
            Paragraph(
                "Thực hiện Kế hoạch số 150/KH-UBND ngày 24 tháng 6 năm 2019 của Ủy ban nhân dân tỉnh về việc ban hành "
                f"{PLAN}; tại điểm 1 mục V quy định các đơn vị “định kỳ trước ngày 30/11 hàng năm báo cáo UBND tỉnh "
                "kết quả thực hiện thông qua Sở Lao động - Thương binh và Xã hội để tổng hợp”."
            ),
            Paragraph(
                "Đến 08 giờ 00 phút, ngày 02/12/2019 đã có 12/15 đơn vị gửi báo cáo. Các đơn vị có tên nêu trên chưa "
                "gửi báo cáo kết quả thực hiện năm 2019."
            ),
            Paragraph(
                "Ủy ban nhân dân tỉnh yêu cầu các đơn vị khẩn trương hoàn thành, gửi báo cáo về Sở Lao động - Thương "
                "binh và Xã hội trước ngày 09/12/2019 (thư điện tử: baocao@soldtbxh.example) để tổng hợp."
            ),
            Paragraph(
                "Quá thời hạn trên, Sở Lao động - Thương binh và Xã hội báo cáo Chủ tịch Ủy ban nhân dân tỉnh xem xét, "
                "chỉ đạo. Đề nghị các đơn vị nghiêm túc thực hiện."
            ),
        ),
        signature=Signature(("TM. Ủy ban nhân dân", "KT. Chủ tịch"), "Phó Chủ tịch", "Trần Thị B"),
        recipients=(
            "Như trên",
            "Chủ tịch, các PCT UBND tỉnh (b/c)",
            "Văn phòng UBND tỉnh (p/h)",
            "Lưu: VT, XH",
        ),
    )
