"""Invented numbers and names for the measuring of the search; no person stands behind any."""

import random
import re


def rrn(draw: random.Random, foreign: bool = False, checked: bool = True) -> tuple[str, str]:
    """Six digits and seven: weights 2…9, 2…5; (11 or 13 - the sum mod 11) mod 10 is the last."""
    year, month, day = draw.randint(1940, 2019), draw.randint(1, 12), draw.randint(1, 28)
    sex = draw.choice("12" if year < 2000 else "34")
    if foreign:
        sex = draw.choice("56" if year < 2000 else "78")
    digits = f"{year % 100:02}{month:02}{day:02}{sex}{draw.randint(0, 95999):05}"
    total = sum(int(a) * int(b) for a, b in zip(digits, "234567892345", strict=True)) % 11
    last = ((13 if foreign else 11) - total) % 10
    return digits[:6], digits[6:] + str(last if checked else (last + 3) % 10)


def company(draw: random.Random) -> str:
    """A company's registration number: weights 1, 2, 1, 2 …; (10 - the sum mod 10) mod 10."""
    court = draw.choice(("1101", "1201", "1301", "1701", "1801"))
    digits = f"{court}{draw.choice(('11', '21', '22'))}{draw.randint(0, 999999):06}"
    total = sum(int(digit) * (1, 2)[place % 2] for place, digit in enumerate(digits))
    return f"{digits[:6]}-{digits[6:]}{-total % 10}"


def luhn(draw: random.Random) -> str:
    digits = draw.choice("459") + "".join(draw.choices("0123456789", k=14))
    turned = [int(digit) for digit in digits][::-1]
    total = sum(sum(divmod(digit * 2, 10)) for digit in turned[::2]) + sum(turned[1::2])
    return digits + str(-total % 10)


def listed(words: str) -> list[str]:
    return re.findall(r"\S+", words)


def fours(digits: str) -> list[str]:
    return [digits[place : place + 4] for place in range(0, len(digits), 4)]


SURNAMES = "김이박최정강조윤장임한오서신권황안송전홍"
GIVEN = listed(
    "민수 지영 현우 서연 도윤 하은 준호 미경 영희 철수 은주 성민 재현 수진 동훈 혜진 상우 "
    "유진 태영 소희 정숙 병철 경자 명수 나연 승준 채원 예린 우진 시우"
)
RARE = listed(
    "슬기 아름 하늘 보람 나래 한빛 다솜 가람 을순 필녀 점례 말자 끝순 막동 갑수 귀남 복만 "
    "팔봉 햇살 로이 라온 이안 빛나 새롬 초롱 단비 우람 찬미"
)
NOUNS = listed(
    "강의장 고속철 공항철 구급차 기념관 남해안 도서관 문화재 민간업 박물관 서해안 선택지 "
    "송수관 안과병 양방향 연락망 오후반 우편물 유람선 윤활유 이동량 인솔자 임대료 장학금 "
    "전시장 정류장 조사표 주차장 지하철 차량용 채용률 최종본 추가분 하수도 한약재 허가증 "
    "현장팀 홍삼액 황금기 고객층 서식지 신문사 성과급 주말반 전화기"
)
ROMAN = ("Kim", "LEE", "Park", "Choi", "JUNG", "Kang", "Cho", "Yoon", "Jang", "Lim", "Han", "Seo")
ROMAN_GIVEN = (
    "Min-su", "Ji-young", "HYUN WOO", "Seo-yeon", "DO-YUN", "Ha-eun", "JUNHO", "Mikyung",
    "Young Hee", "Eun-ju", "SUNGMIN", "Jae-hyun", "Soo-jin", "DONG HOON", "Hye-jin",
)  # fmt: skip
RUSSIAN = [
    f"{family}{end[0]} {first} {father}{end[1]}"
    for end, firsts in (
        (("", "ich"), ("Sergei", "Andrei", "Timur")),
        (("a", "na"), ("Anna", "Olga", "Dinara")),
    )
    for family in ("Ivanov", "Petrov", "Akhmetov", "Sokolov")
    for first, father in zip(firsts, ("Petrov", "Sergeev", "Nikolaev"), strict=True)
]
CYRILLIC = ["Иванова Анна Петровна", "Ким Сергей Андреевич", "Ахметов Нурлан",
    "Петрова Ольга", "Батбаяр Дорж", "Соколова Ирина", "Бекова Айгерим"]  # fmt: skip
HANZI = [
    "王小明",
    "李娜",
    "张伟",
    "陳美玲",
    "刘洋",
    "赵敏",
    "黄晓东",
    "佐藤花子",
    "田中 太郎",
    "鈴木一郎",
]
WORLD = (
    "Nguyen Thi Lan", "Tran Van Minh", "Wang Xiaoming", "John Smith", "Maria Garcia", "Aisha Khan",
    "Mohammed Al Farsi", "Batbayar Dorj", "Ganbaatar Bold", "Pham Thu Ha",
)  # fmt: skip


def hangul(draw: random.Random) -> str:
    return draw.choice(SURNAMES) + draw.choice(GIVEN)


def middle(draw: random.Random) -> str:
    return f"{draw.randint(2000, 9999)}"


def mobile(draw: random.Random, gap: str = "-") -> str:
    return gap.join(("010", middle(draw), f"{draw.randint(0, 9999):04}"))


def digits_of(draw: random.Random, count: int) -> str:
    return str(draw.randint(3, 9)) + "".join(draw.choices("0123456789", k=count - 1))
