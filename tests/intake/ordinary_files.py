"""Files with what looks like personal data and is none."""

# ruff: noqa: E501 - texts stand on one line
from collections.abc import Iterator

from tests.intake.invented_persons import (
    NOUNS,
    company,
    digits_of,
    luhn,
    middle,
)
from tests.intake.searched_files import HEADER, ROW, Maker, beside, note

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def ordinary() -> Iterator[tuple[str, Maker]]:
    yield "company number", lambda d: note(company(d))
    yield "company number, header", lambda d: beside("법인등록번호", [company(d), company(d)])
    yield (
        "business number",
        lambda d: beside(
            "사업자등록번호", [f"{digits_of(d, 3)}-{digits_of(d, 2)}-{digits_of(d, 5)}"]
        ),
    )
    yield (
        "event code",
        lambda d: beside("행사코드", [f"DG-{d.randint(2015, 2026)}-B2B-{d.randint(1, 99):02}"]),
    )
    yield (
        "code with a year",
        lambda d: beside(
            "코드", [f"DG{d.randint(2015, 2026)}{d.randint(1, 999):03}" for _ in range(3)]
        ),
    )
    yield (
        "amount",
        lambda d: beside(
            "금액", [str(d.randint(10**11, 10**13) // 1000 * 1000), f"{d.randint(10**9, 10**12):,}"]
        ),
    )
    yield (
        "amounts like phones",
        lambda d: beside(
            "금액", [f"10{d.randint(10, 99)}{d.randint(100, 999)}000" for _ in range(4)]
        ),
    )
    yield (
        "dates",
        lambda d: beside(
            "시작일",
            [
                f"20{d.randint(10, 26)}-{d.randint(1, 12):02}-{d.randint(1, 28):02}"
                for _ in range(4)
            ],
        ),
    )
    yield "date range", lambda d: note(f"2019{d.randint(1, 12):02}{d.randint(1, 28):02}-20191231")
    yield "month and number", lambda d: note(f"2019{d.randint(1, 12):02}-{d.randint(1, 8)}")
    yield "coordinates", lambda d: note(f"{d.uniform(33, 38):.6f}, {d.uniform(126, 130):.6f}")
    yield (
        "seven digits",
        lambda d: beside("건수", [str(d.randint(1000000, 9999999)) for _ in range(6)]),
    )
    yield (
        "hospitals",
        lambda d: beside(
            "협력기관",
            d.sample(
                (
                    "김안과의원",
                    "이화병원",
                    "서울성모병원",
                    "강남세브란스",
                    "한양대학교병원",
                    "조선대병원",
                ),
                4,
            ),
        ),
    )
    yield (
        "hospitals, name",
        lambda d: beside(
            "병원명", d.sample(("김안과의원", "이화병원", "동산의료원", "강남세브란스"), 3)
        ),
    )
    yield (
        "shops",
        lambda d: beside(
            "상호",
            d.sample(
                ("신라면세점", "정관장", "이니스프리", "조은약국", "한국관광공사", "황금약국"), 4
            ),
        ),
    )
    yield (
        "Latin shops",
        lambda d: beside(
            "Partner",
            d.sample(
                (
                    "Seoul National Hospital",
                    "Samsung Medical Center",
                    "Han River Clinic",
                    "Lotte Duty Free",
                    "Jeju Air",
                    "Kim Plastic Surgery",
                ),
                4,
            ),
        ),
    )
    yield (
        "countries",
        lambda d: beside(
            "상대국",
            d.sample(("러시아", "몽골", "중국", "우즈베키스탄", "카자흐스탄", "이란", "인도"), 5),
        ),
    )
    yield (
        "Latin countries",
        lambda d: beside(
            "market",
            d.sample(
                (
                    "United States",
                    "Saudi Arabia",
                    "Viet Nam",
                    "New Zealand",
                    "Mongolia",
                    "Russia",
                    "China",
                ),
                5,
            ),
        ),
    )
    yield (
        "districts",
        lambda d: beside(
            "구", d.sample(("강남구", "서초구", "양천구", "노원구", "성동구", "중구", "남구"), 5)
        ),
    )
    yield (
        "Latin districts",
        lambda d: beside(
            "gu",
            d.sample(("Gangnam-gu", "Seo-gu", "Jung-gu", "Dong-gu", "Nam-gu", "Suseong-gu"), 5),
        ),
    )
    yield (
        "departments",
        lambda d: beside(
            "분야",
            d.sample(("피부과", "성형외과", "안과", "정형외과", "신경과", "소아과", "내과"), 5),
        ),
    )
    yield "nouns", lambda d: beside("품목", d.sample(NOUNS, 5))
    yield "noun", lambda d: note(d.choice(NOUNS))
    yield "random code", lambda d: note("".join(d.choices(LETTERS, k=2)) + digits_of(d, 8))
    yield "shorter code", lambda d: note(d.choice(LETTERS) + digits_of(d, 7))
    yield "random digits", lambda d: note(str(d.randint(10**8, 10**16)))
    yield "random fraction", lambda d: note(str(d.uniform(10**4, 10**6)))
    yield (
        "words",
        lambda d: beside(
            "구분",
            d.sample(
                ("신규", "유지", "전체", "정상", "신규자", "이용자", "방문자", "유학생", "전년도"),
                6,
            ),
        ),
    )
    yield (
        "people counted",
        lambda d: beside("담당자 수", [str(d.randint(1, 40)), str(d.randint(1, 40))]),
    )
    yield (
        "patients counted",
        lambda d: beside("환자", [str(d.randint(1, 4000)), str(d.randint(1, 4000))]),
    )
    yield "diagnoses counted", lambda d: [["질환명", *HEADER], [d.choice(("위암", "백내장")), *ROW]]
    yield "office number", lambda d: beside("대표전화", [f"02-{d.randint(200, 999)}-{middle(d)}"])
    yield (
        "short number",
        lambda d: note(d.choice(("문의 02-120", "1330 관광안내", "1577-1000", "국번없이 129"))),
    )
    yield "office address", lambda d: beside("소재지", [f"대구 중구 공평로 {d.randint(1, 99)}"])
    yield "hospital with circles", lambda d: note("서울○○병원, 부산◯◯의원")
    yield (
        "footnote mark",
        lambda d: note(d.choice(("수치* 잠정", "*잠정치", "35,000*", "p<0.05**"))),
    )
    yield (
        "web address",
        lambda d: note(f"https://www.mohw.go.kr/board.es?mid=a{digits_of(d, 11)}&bid=0027"),
    )
    yield (
        "sentence",
        lambda d: note(
            d.choice(
                (
                    "환자 정보는 담당 부서에 문의",
                    "의료진 연수 담당자 회의",
                    "고객 만족도 조사 문의 증가",
                    "신청 기관 이전에 따른 변경",
                )
            )
        ),
    )
    yield (
        "period and growth",
        lambda d: note(f"+{d.randint(10, 99)} {d.randint(100, 999)} {d.randint(100, 999)} 증가"),
    )
    yield "sixteen digits", lambda d: note(str(int(luhn(d)) + 1))
    yield (
        "opening days",
        lambda d: beside(
            "개원일",
            [f"{d.randint(2006, 2020)}-0{d.randint(1, 9)}-1{d.randint(0, 9)}" for _ in range(4)],
        ),
    )
    for text in (
        "이용자(남/여)", "김해시(경남)", "이용자(남 45, 여 30)", "성인(19세 이상)", "노인(65세 이상) 우대", "방문객(여 45)",
        "위암 환자 1971-1979년생", "대구 2025-10-14 설명회", "기업 123-45-67890", "사업자 123-45-67890", "부모님 동반 가능",
        "2025년(잠정)", "2019(추정)", "카카오톡 채널 운영", "WeChat 공식 계정 개설", "정관장(3)", "카드 매출 35,000,000",
        "전체(2025)", "의료기관 외 2곳", "대구시 외 2개 기관", "① 환자 수 ② 수입", "환자 A/S 만족도", "환자 B2B 행사",
        "김민수내과 협약", "박지훈 성형외과의원 협약", "1,234¹⁾ 잠정", "위암(여) 1,204건", "평균 연령(45세)", "환자 1인당 45만원",
        "외국인 환자 수(2025. 10. 14. 기준)", "DG-2025-B2B(부산)", "10l 2통", "7 1O호", "우리 1234-5678 고객센터",
    ):  # fmt: skip
        yield f"text {text}", lambda d, t=text: note(t)
    yield (
        "accounts of a day",
        lambda d: note(f"부산 2025-1{d.randint(0, 2)}-1{d.randint(0, 9)} 개막"),
    )
