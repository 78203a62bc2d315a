"""Names of persons, told from words and places by how they are made.

`is_name` asks whether a text could be one, `is_surely_name` whether it hardly is anything else. A
single text decides only when it is sure; a column may be told by the share of its values.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache


def _listed(words: str) -> list[str]:
    return re.findall(r"\S+", words)


SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원"
    "천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용나"
)
DOUBLE_SURNAMES = "남궁|황보|제갈|선우|독고|사공|서문"
COMMON = SURNAMES[:60]
FIRST = (
    "가강건경관광규근기길나남다대도동두라래만명모무문미민범병보봉상서석선성세소송수숙순승시신아애"
    "연영예오옥완용우운원유윤율은의이인일자장재정제종주준중지진찬창채천철춘충치태택하한해향혁현형"
    "혜호홍화환효후훈휘희"
)
SECOND = (
    "건결경곤관광교구국규균근기길나남녀단담덕도돈동라란람랑래련례록룡리린림만명모목무미민배범별"
    "병봉빈삼상서석선설섭성솔송수숙순슬승식신실아안애연열엽영예옥온완용우욱운웅원윤율은이인일"
    "임자재정제조종주준중지진찬창채천철춘충태택필하학한헌혁현협형혜호홍환효훈휘희"
)
_HANGUL = re.compile(rf"(?:[{SURNAMES}][가-힣]{{1,3}}|(?:{DOUBLE_SURNAMES})[가-힣]{{1,2}})")
_SURELY_HANGUL = re.compile(
    rf"[{COMMON}][{FIRST}][{SECOND}]|(?:{DOUBLE_SURNAMES})[{FIRST}][{SECOND}]?"
)
_EXAMPLES = "홍길동|성춘향|이몽룡|임꺽정"
"""Names that forms show."""
_GIVEN = _listed(
    "민준 서준 도윤 예준 하준 지호 지후 준우 준서 건우 현우 도현 지훈 우진 서진 연우 민재 현준 "
    "은우 시윤 정우 승우 승현 준혁 지환 승민 민수 영수 영호 영철 영식 성호 성민 상훈 정훈 동현 "
    "동훈 재현 재훈 철수 준호 진우 태현 민호 성훈 병철 종수 경수 광수 태영 상우 민석 준영 현수 "
    "기훈 영민 지영 영희 영숙 영자 정숙 순자 미숙 경숙 미경 미정 은주 은정 은영 은경 지은 지혜 "
    "수진 현정 유진 민지 서연 서윤 하은 하윤 민서 예은 지민 채원 다은 은서 예린 수빈 예원 유나 "
    "혜진 혜경 정희 명희 명숙 경희 경자 옥순 춘자 소희 슬기 보람 아름 다솜 빛나 새롬 소영 선영 "
    "선희 진희 윤희 수연 지연 주연 미영 민정 윤정 효진 나연 가은 나영 보영 세영 가영 현주 현지"
)
COMMON_NAME = re.compile(rf"(?:{DOUBLE_SURNAMES}|[{COMMON}])(?:{'|'.join(_GIVEN)})|{_EXAMPLES}")
"""A surname and one of the commonest given names, which no word of offices is."""
_OFFICE_WORD = re.compile(
    r".*(?:[구시군읍면과실팀부사률율액치별간년월적도청원점장소동]|센터|병원|의원|호텔|업체|시장|대학)"
)
"""How words of offices, places and measures end that begin like a name."""
WORDS = frozenset(
    _listed(
        "이용자 이용객 이용료 이용률 이용수 이용액 전국민 전체수 전년도 전년비 전용기 전용선 "
        "전담자 정상인 정상회 정수기 정성적 정형외 주민수 주재원 주사제 지정일 지도자 지원자 "
        "지원금 지자체 진료과 진료비 진료일 진료수 진료자 유치기 유치업 유치자 유학생 유소년 "
        "한국인 한의학 한방과 신규자 신청자 신청일 신청인 조사자 조사원 조정자 조건부 조선인 "
        "공지일 공문서 공모전 공무원 임시직 임신부 임상과 고용주 고용자 고혈압 고성능 노선도 "
        "노인병 남성수 남성용 여성수 여성용 여행자 여행사 여행객 성인수 성인용 성인병 성형외 "
        "안과의 장애인 장기간 차상위 우선순 우수성 오전중 강연자 강의실 민간인 기준일 기관명 "
        "기관수 기증자 도지사 도매상 소아과 소재지 소견서 연도별 연구자 연구소 연구원 연수생 "
        "연평균 선정일 선도자 국제선 국내선 인천시 방문자 방문일 방문수 방사선 심사자 심사원 "
        "현재수 현지인 현지화 구성원 구성비 문의수 문의자 표준화 명의자 주관자 주관사 주최자 "
        "상호명 은행명 서비스 서울시 박람회 설명회 홍보관 홍보비 전시관 전시회 강남점 이상치 "
        "이전년 정기선 인원수 지역명 연락처 하반기 상반기 성수기 주의사 원자료 원본명 이동수 "
        "이상수 인정일 정산일 신장내 신경외 황제인 양성자 기재일 원산지 구매자 문화재 방문지 "
        "방문단 최신순 최우수 홍보단 도시명 선정자 이동형 소규모 장소일 소재국 문서명 하나만 "
        "고의성 나의원 도의원 모의원 성명서 위원수 유성시 의원수 전의원 지인수 정하기 고치기 "
        "인도양 주요국 주민세 정규직 조리사 상황실 안내소 전문의 전공의 지표명 기초자"
    )
)
_ROMAN_SURNAMES = (
    "kim|lee|yi|rhee|park|pak|bak|choi|choe|jung|jeong|chung|kang|cho|jo|yoon|yun|jang|chang|lim|"
    "im|rim|han|oh|seo|suh|shin|kwon|gwon|hwang|ahn|an|song|ryu|yoo|yu|jeon|jun|hong|ko|koh|moon|"
    "mun|yang|son|sohn|bae|baek|paik|heo|hur|huh|nam|shim|sim|noh|roh|ha|kwak|sung|seong|cha|joo|"
    "ju|woo|koo|min|jin|ji|eom|um|chae|won|chun|bang|gong|hyun|byun|namgung"
)
_SYLLABLE = (
    r"(?:ch|[bcdghjkmnprstwy]|)(?:yeo|yae|wae|wo|wa|we|wi|ya|ye|yo|yu|ae|eo|eu|oo|ee|ou|ui|a|e|i|o|u)"
    r"(?:ng|n|m|l|k|p|b|h|r|)"
)
_ROMAN = re.compile(
    rf"(?:(?:{_ROMAN_SURNAMES}),?\s+{_SYLLABLE}(?:\s?-\s?|\s|){_SYLLABLE}"
    rf"|{_SYLLABLE}(?:-|\s|){_SYLLABLE},?\s+(?:{_ROMAN_SURNAMES}))",
    re.IGNORECASE,
)
_ROMAN_PLACE = re.compile(
    r".*[\s\-](?:gu|si|do|dong|gun|ri|ro|gil|eup|myeon)$|.*\b(?:the|our|no|in|on|to|bae?r|song"
    r"|river|korea|china|japan|india|total|seoul|busan|daegu|jeju|ansan|gangnam|to|a)\b.*",
    re.IGNORECASE,
)
_PATRONYMIC = re.compile(
    r"(?:[^\W\d_]+[\s.]+){1,2}[^\W\d_]+(?:ovich|evich|yevich|ovna|evna|yevna|ichna|kyzy|uly"
    r"|ович|евич|ьич|овна|евна|ична|кызы|улы)(?:\s+[^\W\d_]+)?",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"[^\W\d_]{2,}(?:ov|ova|ev|eva|yev|yeva|sky|skiy|skaya|enko|shvili|baev|bayev|bekov|baatar|bayar"
    r"|tsetseg|jargal|erdene|suren|tuya|bold"
    r"|ов|ова|ев|ева|ин|ина|ский|ская|енко|баев|беков|баатар|баяр|цэцэг|жаргал|эрдэнэ|сүрэн|туяа)",
    re.IGNORECASE,
)
_WORLD = frozenset(
    _listed(
        "aigerim aisha ali amina anna ahmed andrei alexander alexey amanda ana anastasia angela "
        "anita batbayar boris carlos carol charles chen christina daniel david diana dinara "
        "dmitry dorj elena elizabeth emily emma fatima galina george gulnara hassan helen huang "
        "hussein ibrahim igor irina ivan james jane jennifer jessica john jose joseph karen "
        "katherine khan larisa laura linda liu ludmila maria marina mark martin mary matthew "
        "michael mohammad mohammed muhammad mustafa natalia nguyen nikita nikolai nurlan oleg "
        "olga omar pavel peter pham phan polina rachel raisa richard robert rustam saltanat "
        "sarah sergei sergey smith sofia steven suzuki svetlana sato takahashi tanaka tatiana "
        "tatyana thomas timur tran tuan valentina vera victor victoria viktor vladimir wang "
        "william xu yamada yamamoto yoko yulia yusuf zhang zhao zhou zhanna huynh hoang анна "
        "мария елена ольга наталья татьяна ирина светлана иван сергей александр андрей алексей "
        "дмитрий владимир игорь юлия екатерина айгерим нурлан"
    )
)
NO_PERSON = frozenset(
    _listed(
        "hospital clinic center centre medical university college hotel korea seoul busan daegu "
        "republic united states kingdom federation islands island city province district office "
        "team department association institute foundation international group company corp inc "
        "ltd llc plastic surgery dental dermatology skin health care healthcare tourism total "
        "north south east west new fair expo forum conference event b2b b2c target final other "
        "unknown market street airlines saint and of the for in by with"
    )
)
_LATIN_WORDS = re.compile(
    r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?(?:,?\s+[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?){1,3}"
)
_HANZI_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧"
    "曹彭曾肖田董袁潘蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈"
    "夏付方邹鄒熊白孟秦邱江尹薛阎段雷侯龙龍史陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯朴"
)
_JAPANESE_SURNAMES = (
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|"
    "清水|山崎|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本"
)
_HANZI = re.compile(
    rf"(?:[{_HANZI_SURNAMES}]\s?[一-鿿]{{1,2}}|(?:{_JAPANESE_SURNAMES})[\s　]?[一-鿿ぁ-ヿ]{{1,4}})"
)
_MASK = r"[*○●◯〇□■◎△#ㅇᄋ]"
MASKED_NAME = re.compile(
    rf"(?:(?<![가-힣\w])|(?<=환자)|(?<=고객))(?:[{SURNAMES}](?:{_MASK}{{1,2}}[가-힣]?|[가-힣]{_MASK}"
    r"|[OoXx]{2}|[OoXx][가-힣]))(?:님|씨|양|군|환자|고객|[은는이가의도외께]|)(?![가-힣\w*○●◯〇])"
)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,3}[A-Z]\.?|[A-Z](?:[\s-][A-Z]){1,2}")
_TITLED = re.compile(
    r"(?:MR|MRS|MS|MISS|MSTR|DR)\b\.?\s*[^\W\d_]+(?:[/\s,][^\W\d_]+){0,3}", re.IGNORECASE
)
_TICKET = re.compile(r"[A-Z]{2,}/[A-Z]{2,}(?:\s?(?:MR|MRS|MS|MISS|MSTR))?")
"""As airlines write names: `IVANOVA/OLGA MRS`."""
_FEWEST = 3
_MOST = 0.6
_NEARLY_ALL = 0.8


@lru_cache(65_536)
def is_name(text: str) -> bool:
    """Whether a whole text could be the name of a person, in Hangul, Latin, Cyrillic or Hanzi."""
    text = text.strip(" *·.")
    if MASKED_NAME.fullmatch(text) or is_surely_name(text):
        return True
    if "가" <= text[:1] <= "힣":
        joined = text.replace(" ", "")
        return bool(_HANGUL.fullmatch(joined)) and joined not in WORDS
    if _HANZI.fullmatch(text) or _INITIALS.fullmatch(text + "." * text[-1:].isupper()):
        return True
    if _TITLED.fullmatch(text) or _TICKET.fullmatch(text):
        return not NO_PERSON & set(_words(text))
    if not _LATIN_WORDS.fullmatch(text):
        return False
    return not NO_PERSON & set(_words(text))


@lru_cache(65_536)
def is_surely_name(text: str) -> bool:
    """Whether a whole text is a name even where nothing around it says so."""
    text = text.strip(" *·.")
    if "가" <= text[:1] <= "힣":
        text = text.replace(" ", "")
        if COMMON_NAME.fullmatch(text):
            return True
        return bool(_SURELY_HANGUL.fullmatch(text)) and not is_word(text)
    if MASKED_NAME.fullmatch(text) or _PATRONYMIC.fullmatch(text):
        return True
    return bool(_ROMAN.fullmatch(text)) and not _ROMAN_PLACE.fullmatch(text)


def is_likely_name(text: str) -> bool:
    """Whether a text beside a label that asks for a name is one; words in Latin letters are not."""
    text = text.strip()
    return is_name(text) and (not text.isascii() or is_surely_name(text) or _is_known(text))


def is_word(text: str) -> bool:
    """Whether a text in Hangul that is made like a name is a word of offices, such as `강남구`."""
    return text in WORDS or (bool(_OFFICE_WORD.fullmatch(text)) and not _is_likely_given(text))


def are_places(values: Sequence[str]) -> bool:
    """Whether nearly all of several values are places and offices, such as `Seoul Special City`."""
    recognised = sum(
        is_word(value) if "가" <= value[:1] <= "힣" else bool(NO_PERSON & set(_words(value)))
        for value in values
    )
    return len(set(values)) >= _FEWEST and recognised >= _NEARLY_ALL * len(values)


def look_like_names(values: Iterable[str]) -> bool:
    """Whether most of the values are names of persons.

    A list of few values that come again and again is no list of persons; fewer than three values
    decide only where all of them are surely names.
    """
    filled = [value.strip() for value in values if value.strip()]
    named = {value for value in set(filled) if is_name(value)}
    likely = {value for value in named if is_surely_name(value) or _is_known(value)}
    if not likely or len(likely) < min(_FEWEST, len(filled)) or len(likely) * 2 < len(named):
        return False
    share = sum(value in named for value in filled) / len(filled)
    return share >= _MOST and len(named) >= len(filled) / 3


def _is_likely_given(text: str) -> bool:
    """Endings of office words that are also the end of many given names."""
    return (
        text[-1:] in "원장동도소율"
        and text[1:2] in "지혜재승태준주하서예시소채민현"
        and len(text) == 3
    )


def _is_known(text: str) -> bool:
    words = _words(text)
    if _HANZI.fullmatch(text):
        return True
    return bool(_WORLD & set(words)) or any(_FAMILY.fullmatch(word) for word in words)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u0305"))
    return re.findall(r"[^\W\d_]+", plain)
