"""Files of other shapes than those beside which the search was written: whole lists and forms.

Everything is invented. Each maker says which kinds of personal data its files hold; those that
hold none are ordinary files.
"""

# ruff: noqa: E501 - a file's columns stand on one line
import random
from collections.abc import Callable, Iterator
from typing import TypeAlias

from tests.intake.invented_persons import company, digits_of, fours, luhn, middle, rrn
from tests.intake.searched_files import Maker

KOREAN = (
    "이수빈", "박도현", "최가온", "남궁민", "선우재덕", "정윤", "허난설", "문채린", "배성욱", "류하영",
)  # fmt: skip
LATIN = (
    "Gulnara Bekmukhambetova", "Dilshod Rakhimov", "Oyunbileg Tsend", "Nguyễn Thị Hoa", "Siti Rahma",
    "Somchai Jaidee", "Fatima Al Mansoori", "Haruka Yamamoto", "Emily Carter", "Zhang Meiling",
)  # fmt: skip
CYRILLIC = (
    "Абдрахманова Гульнара", "Рахимов Дилшод", "Цэнд Оюунбилэг", "Ким Виктория", "Сыдыкова Айсулуу",
    "Попов Егор Ильич",
)  # fmt: skip
HAN = ("陈丽华", "周建国", "山本遥", "中村 健太", "金秀彬", "吳佩珊")
Draw: TypeAlias = Callable[[random.Random], str]
"""Makes a cell."""
Column: TypeAlias = str | tuple[str, ...] | Draw
"""A cell as it stands, one of several, or one that is drawn."""
_PLACES = ("달서구 월성로", "동구 신암로", "수성구 들안로", "해운대구 센텀중앙로", "유성구 대학로")
_CODES = ("C73", "H25.1", "M17", "K80.2", "N97")


def _day(draw: random.Random, form: str) -> str:
    year, month, day = draw.randint(1945, 2004), draw.randint(1, 12), draw.randint(1, 28)
    return form.format(y=year, s=year % 100, m=month, d=day)


def _address(draw: random.Random) -> str:
    return (f"{draw.choice(_PLACES)} {draw.randint(3, 90)}, {draw.randint(101, 120)}동 "
            f"{draw.randint(2, 19)}0{draw.randint(1, 4)}호")  # fmt: skip


def _cell(column: Column, draw: random.Random) -> str:
    if isinstance(column, str):
        return column
    return draw.choice(column) if isinstance(column, tuple) else column(draw)


def _list(kinds: str, header: str, *columns: Column, count: int = 6) -> tuple[str, str, Maker]:
    def make(draw: random.Random) -> list[list[str]]:
        rows = [[_cell(column, draw) for column in columns] for _ in range(count)]
        return [header.split("|"), *rows]

    return kinds, header, make


def _days(form: str) -> Draw:
    return lambda draw: _day(draw, form)


def _number(low: int, high: int) -> Draw:
    return lambda draw: str(draw.randint(low, high))


def _of(letters: str, digits: int) -> Draw:
    return lambda draw: letters + digits_of(draw, digits)


def _free(said: str) -> tuple[str, str, Maker]:
    """Texts about single persons among the rows of a list: `kinds: text` with places to fill."""
    kinds, _, text = said.partition(": ")

    def cell(draw: random.Random) -> str:
        return text.format(
            korean=draw.choice(KOREAN), latin=draw.choice(LATIN), m=middle(draw), n=middle(draw),
            address=_address(draw), dots=_day(draw, "{s:02}.{m}.{d}"), card=luhn(draw),
            front=rrn(draw)[0], back=rrn(draw)[1], number=digits_of(draw, 7),
        )  # fmt: skip

    return _list(kinds, "일자|구분|내용", "2025-03-02", ("입국", "상담"), cell, count=2)


def personal() -> Iterator[tuple[str, str, Maker]]:
    """Kinds, separated by blanks; what it is; the maker."""
    yield _list("name", "Flight|Arrival|Guest|Hotel|Pax", ("KE 874", "OZ 578"), "14:05",
                lambda draw: "MR. " + "/".join(draw.choice(LATIN[:2] + LATIN[8:]).upper().split()[::-1]),
                ("Interburgo", "Novotel"), _number(1, 4))  # fmt: skip
    yield _list("name", "No|Pt.|진료과|국적|진료비", _number(1, 40), ("K.M.S", "A.B.", "G.B.", "L.S.B"),
                ("피부과", "안과"), ("몽골", "베트남"), _number(90000, 900000))  # fmt: skip
    yield _list("name", "순번|이용자|국가|금액", _number(1, 40), ("이○빈", "박OO", "최*온", "남궁O"),
                ("몽골", "중국"), _number(90000, 900000))  # fmt: skip
    yield _list("name birth phone", "Овог, нэр|Төрсөн огноо|Утас|Эмнэлэг", ("Цэнд Оюунбилэг", "Бат Эрдэнэ"),
                _days("{y}.{m:02}.{d:02}"), _of("99", 6), ("Кёнбук", "Ённам"))  # fmt: skip
    yield _list("name birth diagnosis phone", "Пациент|Дата рождения|Диагноз|Телефон", CYRILLIC,
                _days("{d:02}.{m:02}.{y}"), ("катаракта", "рак молочной железы"),
                lambda draw: f"+7 701 {draw.randint(200, 999)} {draw.randint(10, 99)} 45")  # fmt: skip
    yield _list("name birth passport phone", "患者姓名|出生日期|护照号码|联系电话", HAN[:2],
                _days("{y}年{m}月{d}日"), _of("EJ", 7), _of("139", 8))  # fmt: skip
    yield _list("name birth phone", "氏名|フリガナ|生年月日|電話番号", HAN[2:4], ("ヤマモト ハルカ", "ナカムラ ケンタ"),
                _days("昭和55年{m}月{d}日"), lambda draw: f"090-{middle(draw)}-{middle(draw)}")  # fmt: skip
    yield _list("name birth passport", "Họ và tên|Ngày sinh|Số hộ chiếu", ("Nguyễn Thị Hoa", "Lê Văn Bình"),
                _days("{d:02}/{m:02}/{y}"), _of("C", 7))  # fmt: skip
    yield _list("name birth", "ชื่อ-สกุล|วันเกิด|แผนก", ("สมชาย ใจดี", "มาลี ศรีสุข"),
                _days("{d}/{m}/{y}"), ("ผิวหนัง", "ตา"))  # fmt: skip
    yield _list("name passport", "اسم المريض|رقم الجواز|القسم", ("فاطمة المنصوري", "خالد العتيبي"),
                _of("P", 7), ("جراحة", "عيون"))  # fmt: skip
    yield _list("address", "번호|거주지|이용횟수", _number(1, 40), _address, _number(1, 9))
    yield _list("address", "No|Where they stay|Visits", _number(1, 40),
                lambda draw: f"Apt {draw.randint(101, 990)}, {draw.randint(3, 90)} Dongdaegu-ro, Suseong-gu",
                _number(1, 9))  # fmt: skip
    yield _list("chart birth diagnosis", "MRN|DOB|Sex|Dx|Visit", lambda draw: "00" + digits_of(draw, 6),
                _days("{y}-{m:02}-{d:02}"), ("M", "F"), _CODES, "2025-03-02")  # fmt: skip
    yield _list("chart diagnosis", "원무번호|성별/나이|주상병|진료과", _of("2", 7), ("F/43", "M/61"),
                ("갑상선암", "백내장", "무릎관절증"), ("외과", "안과"))  # fmt: skip
    yield _list(
        "foreigner", "ARC No.|Stay", lambda draw: "-".join(rrn(draw, True)), ("D-10", "C-3-3")
    )
    yield _list("rrn", "식별|참여", lambda draw: " / ".join(rrn(draw)), ("예", "아니오"))
    yield _list(
        "rrn",
        "주민 앞자리+뒤1|참여",
        lambda draw: f"{rrn(draw)[0]}-{rrn(draw)[1][0]}",
        ("예", "아니오"),
    )
    yield _list("email", "업무|보낼 곳", ("정산", "홍보"),
                lambda draw: f"{draw.choice(LATIN[8:]).split()[0].lower()}{draw.randint(1, 99)} [at] example [dot] com")  # fmt: skip
    yield _list(
        "email",
        "업무|회신",
        ("정산", "홍보"),
        lambda draw: f"mina{draw.randint(1, 99)}＠example.co.kr",
    )
    yield _list("card", "승인|결제수단|원", _of("3", 7),
                lambda draw: f"{fours(luhn(draw))[0]} {fours(luhn(draw))[1][:2]}** **** {middle(draw)}",
                _number(90000, 900000))  # fmt: skip
    yield _list(
        "card",
        "승인|결제|원",
        _of("3", 7),
        lambda draw: ".".join(fours(luhn(draw))),
        _number(90000, 900000),
    )
    yield _list(
        "account",
        "환불받을 곳|원",
        lambda draw: f"대구은행 504-10-{digits_of(draw, 6)}-7",
        _number(90000, 900000),
    )
    yield _list("account", "Beneficiary IBAN|KRW", lambda draw: "KZ86 125K " + " ".join(fours(digits_of(draw, 12))),
                _number(90000, 900000))  # fmt: skip
    yield _list("passport", "Doc|Visa", lambda draw: draw.choice(("FA", "N", "AC", "E")) + digits_of(draw, 7),
                ("C-3-3", "G-1-10"))  # fmt: skip
    yield _list(
        "passport",
        "국적|여권",
        "러시아",
        lambda draw: f"7{draw.randint(0, 9)} {digits_of(draw, 7)}",
    )
    yield _list("name", "인솔|일수|비용", KOREAN, _number(1, 9), _number(90000, 900000))
    yield _list("name", "Surname|Given names|Nights", lambda draw: draw.choice(LATIN).split()[-1],
                lambda draw: draw.choice(LATIN).split()[0], _number(1, 9))  # fmt: skip
    yield _list("name", "With whom|Topic", LATIN, ("visa", "price", "stay"))
    yield _list("name", "кто|услуга", CYRILLIC, ("трансфер", "перевод"))
    yield _list("name", "谁|项目", HAN, ("体检", "整形"))
    yield _list("phone", "Cell|Lang", _of("10", 8), ("EN", "MN"))
    yield _list("phone", "WhatsApp|Lang", lambda draw: f"+998 90 {draw.randint(100, 999)} 45 {draw.randint(10, 99)}",
                ("UZ", "RU"))  # fmt: skip
    yield _list(
        "phone",
        "긴급|언어",
        lambda draw: f"010 - {middle(draw)} - {draw.randint(10, 99)}xx",
        ("몽골어", "중국어"),
    )
    yield _list(
        "birth", "No.|나이|구분", _number(1, 40), _days("{y}년생({m}/{d})"), ("신규", "재방문")
    )
    yield _list("birth", "No.|born|kind", _number(1, 40), _days("{d} Mar {y}"), ("new", "again"))
    yield _free("name phone: 통역 {korean} (010.{m}.{n}) 공항 영접")
    yield _free("name: {korean} 님 상담 후 {korean} 과장에게 인계")
    yield _free("name: Escort: Mrs. {latin}, wheelchair asked for")
    yield _free("diagnosis: F/43, breast ca. s/p op, referred from Almaty")
    yield _free("diagnosis: 몽골 여성(52세) 위암 2기 수술 예정")
    yield _free("address: 숙소: {address} (지인 집)")
    yield _free("birth: {dots}生 여, 동반 1명")
    yield _free("rrn: 보호자 {front}-{back} 확인함")
    yield _free("passport: 여권 No. M {m} {n} 사본 받음")
    yield _free("card: 보증금 카드 {card} 승인")

    def form(draw: random.Random) -> list[list[str]]:
        return [["유치 지원금 신청서"], ["신청인", draw.choice(KOREAN), "", ""],
                ["생년월일", _day(draw, "'{s:02}.{m}.{d}"), "사는 곳", _address(draw)],
                ["받을 계좌", f"농협 302-{middle(draw)}-{middle(draw)}-11"]]  # fmt: skip

    yield "name birth address account", "form", form

    def across(draw: random.Random) -> list[list[str]]:
        return [["항목", *draw.sample(KOREAN, 4)], ["상담", *"3142"], ["통역", *"1120"]]

    yield "name", "persons across", across

    def below(draw: random.Random) -> list[list[str]]:
        return [["국가", "2024", "2025"], ["몽골", "120", "140"], ["중국", "80", "95"], [],
                ["참석: " + ", ".join(draw.sample(KOREAN, 3))]]  # fmt: skip

    yield "name", "persons below a table", below


def ordinary() -> Iterator[tuple[str, str, Maker]]:
    """Files without personal data."""
    count, money = _number(10, 9000), _number(10**6, 9 * 10**12)
    tables: tuple[tuple[str, *tuple[Column, ...]], ...] = (
        ("Регион|Год|Пациенты", ("Тэгу", "Сеул", "Пусан", "Кёнги"), "2025", count),
        ("Город|Центр|Визиты", ("Владивосток", "Хабаровск", "Якутск", "Новосибирск"), "открыт", count),
        ("地区|年份|人数", ("大邱", "首尔", "釜山", "济州"), "2025", count),
        ("都市|件数|前年比", ("大阪", "福岡", "東京", "名古屋"), count, "4.2%"),
        ("aimag|hospital|visits", ("Ulaanbaatar", "Darkhan", "Erdenet"), ("Intermed", "Grandmed"), count),
        ("의료기관|종별|환자", ("김앤이피부과", "이대목동병원", "유성선병원", "고운세상의원"), ("의원", "병원"), count),
        ("Clinic|Class|Patients", ("Dr. Kim Skin Clinic", "Yuseong Sun Medical Center", "Lee Eye Clinic"),
         ("clinic", "hospital"), count),
        ("Agency|Country|Sent", ("Silk Road Travel", "Asia Star", "Medi Bridge", "Golden Care"),
         ("Kazakhstan", "Mongolia"), count),
        ("세목|예산현액|집행", ("민간경상보조", "행사운영비", "사무관리비", "국외여비"), money, money),
        ("date|start|end|hall", "2025-06-12", "09:30", "11:00", ("EXCO 3F", "Convention Hall")),
        ("편명|운항|승객", ("KE023", "OZ741", "TW055", "7C8501"), count, money),
        ("호텔|객실|ADR", ("인터불고", "노보텔", "라온제나", "그랜드"), count, count),
        ("상병분류|환자수|진료비", ("신생물(C00-D48)", "눈 및 눈부속기(H00-H59)", "소화기계"), count, money),
        ("기관명|소재지|병상", ("경북대학교병원", "영남대학교병원"), ("대구광역시 중구 동덕로 130", "대구 남구 현충로 170"), count),
        ("시술|건수|평균", ("라식", "임플란트", "쌍꺼풀", "보톡스", "필러"), count, money),
        ("문항|매우만족|만족", ("의료진", "통역", "시설", "교통편"), count, count),
        ("부서|대표번호|민원", ("보건의료정책과", "의료산업과"), ("053-803-4114", "1577-1234"), count),
        ("계약번호|사업자|금액", lambda draw: f"제2025-{draw.randint(100, 999)}호",
         lambda draw: f"{draw.randint(100, 899)}-{draw.randint(10, 99)}-{digits_of(draw, 5)}", money),
        ("상호|법인번호|금액", ("(주)메디브릿지", "(주)한빛관광"), company, money),
        ("연령대|남|여", ("10대", "20대", "30-39세", "1970-1979년생"), count, count),
        ("직급|인원|교육시간", ("과장", "팀장", "주무관", "사무관"), _number(1, 30), count),
        ("programme|budget|share", ("Smile Care", "Body Check", "Medi City", "Happy Call"), money, "12.5%"),
        ("품목|규격|수량", ("현수막", "배너", "리플릿", "기념품", "생수"), ("A4", "600x1800"), count),
        ("관광지|방문|체류", ("동성로", "김광석길", "서문시장", "이월드", "수성못"), count, "1.5"),
        ("언어|통역건수|단가", ("몽골어", "러시아어", "베트남어", "아랍어"), count, money),
        ("Insurer|Claims|Paid", ("Cigna Global", "Allianz Care", "Aetna", "Bupa"), count, money),
        ("rate of|won|on", ("USD", "KZT", "MNT", "RUB"), ("1,382.50", "2.71"), "2025-06-12"),
        ("visa|issued|refused", ("C-3-3", "G-1-10", "C33", "G110"), count, count),
        ("학교|학과|참가", ("계명대학교", "대구보건대학교", "영진전문대"), ("간호학과", "관광학과"), count),
        ("언론|제목|날짜", ("매일신문", "영남일보"), ("이재민 돕기 의료봉사", "외국인 환자 4만명 시대"), "2025.03.02"),
    )  # fmt: skip
    for header, *columns in tables:
        yield _list("", header, *columns)
