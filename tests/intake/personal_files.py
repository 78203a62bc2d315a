"""Files with one kind of personal data each, in the spellings in which people write it."""

# ruff: noqa: E501 - texts stand on one line
import random
import re
from collections.abc import Callable, Iterator

from tests.intake.invented_persons import (
    CYRILLIC,
    GIVEN,
    HANZI,
    RARE,
    ROMAN,
    ROMAN_GIVEN,
    RUSSIAN,
    SURNAMES,
    WORLD,
    digits_of,
    fours,
    hangul,
    luhn,
    middle,
    mobile,
    rrn,
)
from tests.intake.searched_files import HEADER, ROW, Maker, beside, note

CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def numbers(foreign: bool) -> Iterator[tuple[str, Maker]]:
    for gap in ("-", " ", ".", "/", "–", " - ", "−"):
        yield f"separator {gap!r}", lambda d, g=gap: note(g.join(rrn(d, foreign)))
    for gap in ("—", "－", "", "~", "|", "\u200b", "-\u200b", "·"):
        yield f"further separator {gap!r}", lambda d, g=gap: note(g.join(rrn(d, foreign)))
    yield "none", lambda d: note("".join(rrn(d, foreign)))
    yield (
        "divided day",
        lambda d: note("-".join((".".join(re.findall("..", (n := rrn(d, foreign))[0])), n[1]))),
    )
    yield "boxes", lambda d: note(" - ".join(" ".join(part) for part in rrn(d, foreign)))
    yield "divided anywhere", lambda d: note((n := "".join(rrn(d, foreign)))[:8] + " " + n[8:])
    yield "circled", lambda d: note("-".join(rrn(d, foreign)).translate(CIRCLED))
    yield "letters", lambda d: note("-".join(rrn(d, foreign)).replace("0", "O").replace("1", "l"))
    yield "no check digit", lambda d: note("-".join(rrn(d, foreign, checked=False)))
    yield (
        "column without check digit",
        lambda d: beside("메모", ["".join(rrn(d, foreign, checked=False)) for _ in range(5)]),
    )
    yield "masked", lambda d: note(rrn(d, foreign)[0] + "-" + rrn(d, foreign)[1][0] + "******")
    yield "cut", lambda d: note(rrn(d, foreign)[0] + "-" + rrn(d, foreign)[1][0])
    yield (
        "column of seven digits",
        lambda d: beside("번호", [(n := rrn(d, foreign))[0] + n[1][0] for _ in range(6)]),
    )
    yield "in a sentence", lambda d: note(f"접수 {'-'.join(rrn(d, foreign))} 확인")
    header = "외국인등록번호(필수)" if foreign else "주민등록 번호 *"
    yield "header", lambda d: beside(header, [(n := rrn(d, foreign))[0] + n[1][0]])


def phones() -> Iterator[tuple[str, Maker]]:
    for gap in ("-", "", " ", ".", "/", "–", " - ", "_"):
        yield f"separator {gap!r}", lambda d, g=gap: note(mobile(d, g))
    yield "(010)", lambda d: note(f"(010) {middle(d)}-{middle(d)}")
    yield "+82", lambda d: note(f"+82 10-{middle(d)}-{middle(d)}")
    yield "+82(0)10", lambda d: note(f"+82(0)10-{middle(d)}-{middle(d)}")
    yield "82-10", lambda d: note(f"82-10-{middle(d)}-{middle(d)}")
    yield "0082", lambda d: note(f"0082-10-{middle(d)}-{middle(d)}")
    yield "lost zero, header", lambda d: beside("연락처", [f"10{middle(d)}{middle(d)}"])
    yield (
        "lost zero, column",
        lambda d: beside("비고2", [f"10{middle(d)}{d.randint(1, 9999):04}" for _ in range(5)]),
    )
    yield "lost zero, hyphens", lambda d: note(f"10-{middle(d)}-{middle(d)}")
    yield "landline", lambda d: note(f"053-{d.randint(200, 999)}-{middle(d)}")
    yield "landline, digits", lambda d: note(f"053{d.randint(200, 999)}{middle(d)}")
    yield (
        "Russia",
        lambda d: note(f"+7 912 {d.randint(200, 999)} {d.randint(10, 99)} {d.randint(10, 99)}"),
    )
    yield "China", lambda d: note(f"+86 138 {middle(d)} {middle(d)}")
    yield "Mongolia", lambda d: note(f"+976 99{d.randint(10, 99)} {middle(d)}")
    yield "masked", lambda d: note(f"010-****-{middle(d)}")
    yield (
        "wide digits",
        lambda d: note(mobile(d).translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))),
    )
    yield "letters", lambda d: note(f"O1O-{middle(d)}-{middle(d)}")
    yield "letters, small", lambda d: note(f"0l0 {middle(d)} {middle(d)}")
    yield "circled", lambda d: note(mobile(d).translate(CIRCLED))
    yield "spoken", lambda d: note(f"공일공-{middle(d)}-{middle(d)}")
    yield "invisible", lambda d: note("\u200b".join(mobile(d)))
    yield "hidden by O", lambda d: note(f"010-OOOO-{middle(d)}")
    yield (
        "messenger",
        lambda d: note(f"{d.choice(('위챗', '카카오톡 ID:'))} mina_{digits_of(d, 3)}"),
    )
    yield "header", lambda d: beside("휴대폰 번호(본인)", [f"{middle(d)} {middle(d)}"])


def passports() -> Iterator[tuple[str, Maker]]:
    for about, form in (
        ("Korea", "M{8}"), ("Korea since 2021", "M{3}A{4}"), ("China", "E{8}"), ("China G", "G{8}"),
        ("Japan", "TK{7}"), ("Kazakhstan", "N{8}"), ("Mongolia", "E{7}"), ("Uzbekistan", "FA{7}"),
        ("Viet Nam", "C{7}"), ("Philippines", "P{7}A"),
    ):  # fmt: skip

        def make(d: random.Random, form: str = form) -> list[list[str]]:
            text = form
            for count in (8, 7, 4, 3):
                text = text.replace(f"{{{count}}}", digits_of(d, count))
            return note(text)

        yield about, make
    yield "Russia, said", lambda d: note(f"여권 {digits_of(d, 2)} {digits_of(d, 7)}")
    yield "United States, header", lambda d: beside("Passport No.", [digits_of(d, 9)])
    yield (
        "Russia, header",
        lambda d: beside("여권번호(영문)", [f"{digits_of(d, 2)} {digits_of(d, 7)}"]),
    )
    yield "with a space, said", lambda d: note(f"passport M {digits_of(d, 8)}")


_USERS = ("kim.mina", "hong_gd", "lee2020", "anna.ivanova", "p-j.s")


def mails() -> Iterator[tuple[str, Maker]]:
    for at in ("@", "(at)", "[at]", "＠", " (at) ", "{at}", "(골뱅이)"):
        yield (
            f"at {at!r}",
            lambda d, a=at: note(
                f"{d.choice(_USERS)}{a}example.{d.choice(('com', 'kr', 'go.kr'))}"
            ),
        )
    yield "words", lambda d: note(f"{d.choice(_USERS)} at example dot go dot kr")
    yield "Hangul domain", lambda d: note(f"{d.choice(_USERS)}@보기.한국")
    yield "Hangul user", lambda d: note(f"{d.choice(GIVEN)}@보기.한국")
    yield "(dot)", lambda d: note(f"{d.choice(_USERS)}(at)example(dot)com")
    yield "in a sentence", lambda d: note(f"문의: {d.choice(_USERS)}@example.com 으로")


def names() -> Iterator[tuple[str, Maker]]:
    headers = (
        "성명", "성명(한글)", "환자 성명*", "성 함", "이 름", "보호자성명", "[환자명]", "고객 이름",
        "수진자명(필수)", "1. 성명", "성명/국적", "영문 성명",
    )  # fmt: skip
    for header in headers:
        yield f"header {header}", lambda d, h=header: beside(h, [hangul(d)])
    for header in (
        "Name (Eng)",
        "Patient's Name",
        "FULL NAME",
        "Family name",
        "Name",
        "Guest Name (passport)",
    ):
        yield (
            f"header {header}",
            lambda d, h=header: beside(h, [f"{d.choice(ROMAN)} {d.choice(ROMAN_GIVEN)}"]),
        )
    yield "header ФИО", lambda d: beside("ФИО", [d.choice(CYRILLIC)])
    yield "header 姓名", lambda d: beside("姓名", [d.choice(HANZI)])
    yield (
        "header, two syllables",
        lambda d: beside("이름", [d.choice("허김이") + d.choice("준산빈")]),
    )
    yield "header, four syllables", lambda d: beside("이름", ["남궁" + d.choice(GIVEN)])
    yield "column, Hangul", lambda d: beside("메모", [hangul(d) for _ in range(4)])
    yield (
        "column, Latin",
        lambda d: beside("기타", [f"{s} {d.choice(ROMAN_GIVEN)}" for s in d.sample(ROMAN, 4)]),
    )
    yield "column, Russian", lambda d: beside("기타", d.sample(RUSSIAN, 4))
    yield "column, Cyrillic", lambda d: beside("기타", d.sample(CYRILLIC, 4))
    yield "column, Hanzi", lambda d: beside("기타", d.sample(HANZI, 4))
    yield "column, other countries", lambda d: beside("기타", d.sample(WORLD, 4))
    yield "header, rare", lambda d: beside("성명", [d.choice(SURNAMES) + d.choice(RARE)])
    yield (
        "column, rare",
        lambda d: beside("메모", [d.choice(SURNAMES) + name for name in d.sample(RARE, 5)]),
    )
    yield "single, rare", lambda d: note(d.choice(SURNAMES) + d.choice(RARE))
    yield "single, Hangul", lambda d: note(hangul(d))
    yield "single, Latin", lambda d: note(f"{d.choice(ROMAN)} {d.choice(ROMAN_GIVEN)}")
    yield "single, Russian", lambda d: note(d.choice(RUSSIAN))
    yield "masked", lambda d: note((n := hangul(d))[0] + d.choice("*○") + n[2])
    yield (
        "masked in a sentence",
        lambda d: note(f"{d.choice(SURNAMES)}○{d.choice('동수희')} 환자 재방문"),
    )
    for form in (
        "{k} (남/{a})", "{k}(여, {a}세)", "{k}({a})", "{k} {a}세", "{k}, 남, {a}세", "{k}({b}년생)",
        "{k} 외 2명", "{k} 등 3인", "대구-의료관광-{k}-여권사본", "{s}모({a})", "{s}모씨 재방문", "{s} 모 씨 문의",
        "{s}O{g}님 상담", "{s}*{g}씨", "고객{s}○{g}", "환자 {i}씨", "환자 {i}.{j}.{i}", "{i}.{j}. (F/{a})",
        "J** S****", "{r} (M/{a})", "{r}, F, {a}", "{w} ({a}세)",
    ):  # fmt: skip

        def make(d: random.Random, form: str = form) -> list[list[str]]:
            return note(form.format(
                k=hangul(d), a=d.randint(21, 79), b=d.randint(1945, 2004), s=d.choice(SURNAMES),
                g=d.choice("동수희"), i=d.choice("KLMPS"), j=d.choice("AHJY"),
                r=f"{d.choice(ROMAN)} {d.choice(ROMAN_GIVEN)}", w=d.choice(WORLD),
            ))  # fmt: skip

        yield f"with traits {form}", make
    yield "footnote", lambda d: [HEADER, ROW, [], [f"주) {hangul(d)} 환자는 뺀 값"]]
    yield "footnote, initials", lambda d: [HEADER, ROW, ["※ 환자 K.M.S 제외", "", "", ""]]
    yield "among remarks", lambda d: beside("비고", ["잠정", hangul(d), "확정"])
    yield "in a sentence", lambda d: note(f"{hangul(d)}님 진료비 포함")
    yield "title", lambda d: [[f"작성자: {hangul(d)}"], HEADER, ROW]
    yield "label and value", lambda d: [["성명", hangul(d)], HEADER, ROW]
    yield (
        "English label",
        lambda d: note(f"Patient: {d.choice(('Anna Ivanova', 'Kim Min-su', 'John Smith'))}"),
    )


def births() -> Iterator[tuple[str, Maker]]:
    def day(d: random.Random, form: str) -> str:
        return form.format(d.randint(1941, 2003), d.randint(1, 12), d.randint(1, 28))

    for header in (
        "생년월일",
        "생년월일(6자리)",
        "환자 생년월일",
        "DOB",
        "Date of Birth",
        "Дата рождения",
    ):
        yield f"header {header}", lambda d, h=header: beside(h, [day(d, "{}-{:02}-{:02}")])
    yield "six digits", lambda d: beside("생년월일", [day(d, "{}{:02}{:02}")[2:]])
    for form in ("{}-{:02}-{:02}", "{}. {}. {}.", "{}{:02}{:02}"):
        yield f"column {form}", lambda d, f=form: beside("기준", [day(d, f) for _ in range(5)])
    yield "in a sentence", lambda d: note("생년월일: " + day(d, "{}.{}.{}"))
    yield "생", lambda d: note(day(d, "{}.{:02}.{:02}생"))


def _with_header(
    headers: tuple[str, ...], value: Callable[[random.Random], str]
) -> Iterator[tuple[str, Maker]]:
    for header in headers:
        yield f"header {header}", lambda d, h=header: beside(h, [value(d) for _ in range(2)])


def further() -> Iterator[tuple[str, str, Maker]]:
    charts = (
        "차트번호",
        "환자번호",
        "등록번호",
        "MRN",
        "Chart No.",
        "Patient ID",
        "환자 등록번호",
        "병록번호(원내)",
    )
    for about, make in _with_header(charts, lambda d: digits_of(d, 8)):
        yield "chart", about, make
    yield "chart", "said", lambda d: note(f"차트번호 {digits_of(d, 7)}")
    yield "chart", "said in English", lambda d: note(f"MRN: 00{digits_of(d, 6)}")
    diagnoses = ("위암", "C16.9", "무릎 관절증", "백내장", "M17")
    for header in ("진단명", "상병코드", "Diagnosis", "주상병", "질환명"):
        yield "diagnosis name", f"{header} with a name", lambda d, h=header: [
            [*HEADER, "성명", h], [*ROW, hangul(d), d.choice(diagnoses)]
        ]  # fmt: skip
    yield "diagnosis", "age and sex", lambda d: [
        ["나이", "성별", "진단명", *HEADER],
        [str(d.randint(20, 80)), "여", d.choice(diagnoses), *ROW],
    ]  # fmt: skip
    for form in (
        "환자 김모씨({a}세, 위암)", "환자 K씨 위암 수술, {b}년생", "위암 환자 1명, {a}세 여성, 러시아", "{a}세 환자 간이식",
        "박○희(여/{a}) 갑상선암", "{b}년생 남, 뇌졸중",
    ):  # fmt: skip
        yield (
            "diagnosis name" if "씨" in form or "○" in form else "diagnosis",
            f"in a text: {form}",
            lambda d, f=form: note(f.format(a=d.randint(21, 79), b=d.randint(1945, 2004))),
        )
    flat = "대구 수성구 범어로 {} {}동 {}호"
    for header in ("자택주소", "주소", "환자 주소", "거주지", "Home Address"):
        yield (
            "address",
            f"header {header}",
            lambda d, h=header: beside(
                h, [flat.format(d.randint(1, 99), d.randint(101, 119), d.randint(101, 2404))]
            ),
        )
    yield (
        "address",
        "a flat",
        lambda d: note(flat.format(d.randint(1, 99), d.randint(101, 119), d.randint(101, 2404))),
    )
    for gap in ("-", " ", ""):
        yield "card", f"separator {gap!r}", lambda d, g=gap: note(g.join(fours(luhn(d))))
    yield "card", "header", lambda d: beside("카드번호", [digits_of(d, 16)])
    yield "card", "labelled", lambda d: note(f"카드번호: {digits_of(d, 16)}")
    yield "card", "repeating digits", lambda d: note("카드번호 4111 1111 1111 1111")
    yield "card", "dashes", lambda d: note("–".join(fours(luhn(d))))
    for header in ("계좌번호", "환불계좌", "Account No."):
        yield (
            "account",
            f"header {header}",
            lambda d, h=header: beside(
                h, [f"{digits_of(d, 3)}-{digits_of(d, 6)}-{digits_of(d, 5)}"]
            ),
        )
    yield (
        "account",
        "said",
        lambda d: note(f"국민은행 {digits_of(d, 6)}-{digits_of(d, 2)}-{digits_of(d, 6)}"),
    )
    for bank in ("신한", "국민은행", "카카오뱅크", "(하나)"):
        yield (
            "account",
            f"before {bank}",
            lambda d, b=bank: note(f"{digits_of(d, 3)}-{digits_of(d, 3)}-{digits_of(d, 6)} {b}"),
        )
    for bank in ("토스뱅크", "iM뱅크", "새마을금고"):
        yield (
            "account",
            f"after {bank}",
            lambda d, b=bank: note(f"{b} {digits_of(d, 4)}-{digits_of(d, 2)}-{digits_of(d, 7)}"),
        )
