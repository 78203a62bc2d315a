"""Rules of grammar that a sentence is held to, in both languages."""

import re
from functools import cache

from babel.messages.pofile import read_po

from dashboard.settings import PROJECT_ROOT, Settings

YEARS = range(2009, 2026)

_COUNTED = r"years|regions|nationalities|departments|classes|events|centres|countries|awards"
WRONG = {
    "both": {
        "a value that is none": re.compile(r"(?<![A-Za-z])(None(?! of )|nan|NaN|inf)(?![A-Za-z])"),
        "an open place": re.compile(r"[{}]"),
        "two spaces": re.compile(r"  "),
        "two signs": re.compile(r"[▲▼]\s*[-+−±]|[-+−±]{2}(?![a-z])|≈\s*≈"),
        "a per cent of other than one decimal": re.compile(r"\d\.\d{2,}\s?%|[^.\d,]\d+\.\s?%"),
        "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
        "a space before a comma": re.compile(r" [,;.](\s|$)"),
    },
    "ko": {
        "two forms of a particle": re.compile(r"(와\(과\)|이\(가\)|을\(를\)|은\(는\)|\(으\)로)"),
        "a superlative without its condition": re.compile(
            r"^(?!.*(공개된|수치가 있는|가운데|국적은)).*(최다|최고|가장)"
        ),
        "a rank without what it means": re.compile(
            r"(?<!수치가 있는 )(?<!모두 있는 )(?<!전체 )\b\d+개 지역 중 \d+위"
        ),
        "English": re.compile(r"[A-Za-z]{3,}"),
    },
    "en": {
        "one of many": re.compile(rf"(?<![\d.,-])\b1 ({_COUNTED})\b"),
        "many of one": re.compile(r"\b(?!1\b)\d+ (year|region|nationality|department|event) "),
        "a rank without what it means": re.compile(r"\brank \d+ of (?!the \d+ regions with|all )"),
        "Hangul": re.compile(r"[가-힣]"),
        "a superlative without its condition": re.compile(
            r"^(?!.*(\bof (all|\d+)|published|with figures|most patients from)).*"
            r"\b(greatest|highest|largest|most)\b"
        ),
    },
}


def all_pairs(record):
    regions = [row["region"] for row in record.ask("regions", {}).rows]
    return [(region, year) for region in regions for year in YEARS]


def faults(language, sentence, *, names=False):
    """Rules that a sentence breaks; names of the record may stand in their own letters."""
    rules = WRONG["both"] | WRONG[language]
    sentence = re.sub(
        r"--[a-z-]+( \w+=\w*)?", "–", sentence
    )  # options of the command line, in any language
    if names:
        kept = latin_names() if language == "ko" else hangul_names()
        letters = r"[A-Za-z][A-Za-z&'’.-]*" if language == "ko" else r"[가-힣]+"
        sentence = re.sub(letters, lambda word: "x" if word[0] in kept else word[0], sentence)
        rules = {name: rule for name, rule in rules.items() if name not in _OF_ONE_SENTENCE}
    return [name for name, pattern in rules.items() if pattern.search(sentence)]


_OF_ONE_SENTENCE = {"a superlative without its condition", "two spaces", "a space before a comma"}
"""Rules for titles: texts with names taken out, and lists of sentences, are not held to them."""


@cache
def latin_names():
    """Latin words of the Korean texts of codes and record, units, and names of formats."""
    known = {
        *("CSV", "PDF", "PPTX", "XLSX", "HWPX", "HWP", "XLS", "ODS", "Parquet"),
        *("KPI", "SHA-", "UTF-", "complete"),
    }
    for domain in ("codes", "record"):
        with (PROJECT_ROOT / "dashboard/i18n/ko" / f"{domain}.po").open("rb") as source:
            for message in read_po(source):
                known |= set(re.findall(r"[A-Za-z][A-Za-z&'’.-]*", str(message.string)))
    return known


@cache
def hangul_names():
    """Words of the public record in Hangul."""
    return {
        word
        for path in Settings().public_record.glob("*.csv")
        for word in re.findall(r"[가-힣]+", path.read_text("utf-8"))
    }
