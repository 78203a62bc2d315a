"""Words of headers and labels: years, totals, codes of the record, notes, titles."""

import re
from collections.abc import Iterable, Mapping, Sequence

from dashboard.contract import Contract, Field, is_quantity
from dashboard.intake.bracket_words import without_idle_brackets
from dashboard.intake.codes import folded, names
from dashboard.intake.headers import known_headers
from dashboard.intake.units import is_unit_statement, unit_of_word, without_units
from dashboard.intake.values import is_total, normal, number, plain, year_of
from dashboard.intake.word_lists import word_list

AMOUNT = "amount"
"""Role of headers that say which column of amounts stands below: budgeted, spent."""
_LISTS = word_list("tables")
NO_VALUE = frozenset(_LISTS["no_value"])
_IGNORED = frozenset(_LISTS["numbering"])
_RESIDUAL = frozenset(map(folded, _LISTS["residual"]))
_RATES = re.compile("|".join(_LISTS["rates"]))
_NOTES = re.compile("|".join(_LISTS["notes"]), re.IGNORECASE)
_LIMITS = re.compile("|".join(_LISTS["limits"]))
_GROUP = re.compile("|".join(_LISTS["groups"]), re.IGNORECASE)
ENOUGH = 0.6
"""Share of words that have to be known before they are taken for codes of a column."""
_MARKS = re.compile(r"\s*(?:\*+|주?\s?\d{1,2}\)|(?<=\d)\s*[¹²³])$")
_PROVISIONAL = re.compile(r"\s*(?:[(\[]?\s*(?:p|잠정|잠정치|provisional)\s*[)\]]?)$", re.IGNORECASE)
_MONTH = re.compile(
    r"(?:(?:19|20)?\d{2}\s*[년.\-/]?\s*)?(?:\d{1,2}\s*월(?:말)?|[1-4]\s*/\s*4(?:\s*분기)?|[1-4]\s*분기|q[1-4]|"
    r"jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\.?|(?:19|20)\d{2}\s*[.\-/]\s*\d{1,2}\.?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})\s*(?:년도?)?[\s_\-./(]*([^\d\s(][^()]*)\)?")
_YEAR_LAST = re.compile(r"([^\d()]*[^\d\s(])[\s_\-./(]+((?:19|20)\d{2})\s*년?\)?")
_PLAIN_HEADING = re.compile(
    r"(?:[가-힣]+)?(?:현황|실적|추이|통계|인원|인원수|수치|값|연도|년도|지역|국적|구분)(?:별)?",
    re.IGNORECASE,
)
_ROLES = frozenset(
    {"region", "country", "metric", "measure", "department", "institution_class", "period",
     "money_source"}
)  # fmt: skip
"""Lists of codes that a header row or a column of labels may hold without being named."""


def spaced(text: str) -> str:
    """A cell in one line."""
    return " ".join(plain(text).split())


def bare(text: str) -> str:
    """A word without its unit and the marks of footnotes: `실환자수 (명) 1)` → `실환자수`."""
    return _MARKS.sub("", without_units(spaced(text))).strip()


def is_number(text: str) -> bool:
    """Whether a cell is an amount; a year could be one too."""
    return number(plain(text)) is not None


def is_blank(text: str) -> bool:
    """Whether a cell has no value, said with a mark or not said."""
    return not plain(text) or plain(text).casefold() in NO_VALUE


def year_word(text: str) -> tuple[str, bool] | None:
    """The year of a header, and whether it is provisional: `2032년(잠정)` → 2032."""
    word = bare(text)
    plainly = _PROVISIONAL.sub("", word)
    year = year_of(plainly)
    if year is None or not 2000 <= int(year) <= 2040:
        return None
    return year, plainly != word


def is_month(text: str) -> bool:
    """Whether a header is a month or a quarter, for which yearly figures have no place."""
    return bool(_MONTH.fullmatch(bare(text)))


def is_part_of_year(words: Iterable[str]) -> bool:
    """Whether months or quarters stand among some words, but not all of a year."""
    found = {folded(bare(word)) for word in words if is_month(word)}
    quarters = {word for word in found if "분기" in word or "/" in word or "q" in word}
    return bool(found) and len(quarters) < 4 and len(found - quarters) < 12


def limits_in(text: str) -> tuple[str, ...]:
    """Words that make figures others than those of all patients in a whole year: `목표`, `여자`."""
    return tuple(dict.fromkeys(_LIMITS.findall(re.sub(r"\s+", "", text.casefold()))))


def is_plain_heading(word: str) -> bool:
    """Whether a heading says no more than that figures stand below it: `유치 실적`."""
    return bool(_PLAIN_HEADING.fullmatch(re.sub(r"\s+", "", word)))


def is_year_like(text: str) -> bool:
    """Whether a cell could be a year as well as an amount."""
    return year_word(text) is not None


def year_and_rest(text: str) -> tuple[str, str] | None:
    """A header that says two things: `2031년 외국인환자 수` → both."""
    word = spaced(text)
    if year_word(word) or is_month(word):
        return None
    if found := _YEAR_FIRST.fullmatch(word):
        return found[1], found[2].strip()
    if found := _YEAR_LAST.fullmatch(word):
        return found[2], found[1].strip()
    return None


def is_residual(text: str) -> bool:
    """Whether a word stands for all others, which have no code."""
    return folded(bare(text)) in _RESIDUAL


def is_group(text: str) -> bool:
    """Whether a row's only text gathers the rows below it: `수도권`, `아시아`, `합계`."""
    word = bare(text)
    return bool(_GROUP.fullmatch(word)) or is_total(word) or is_residual(word)


def is_rate(text: str) -> bool:
    """Whether a header between others names a rate, an open range or a change of them."""
    return bool(_RATES.search(spaced(text)))


def is_ignored_header(text: str) -> bool:
    """Whether a column numbers its rows and says nothing of them."""
    return folded(bare(text)) in _IGNORED


def is_note(cells: Sequence[str]) -> bool:
    """Whether a row is a footnote: one text that begins like one, and no amount."""
    filled = [plain(cell) for cell in cells if plain(cell)]
    return (
        bool(filled) and bool(_NOTES.match(filled[0])) and not any(map(is_number, filled[1:]))
    ) and len(filled) <= 2


class Vocabulary:
    """The words of one table that the record knows."""

    def __init__(self, contract: Contract, chosen: Mapping[str, str]) -> None:
        self.contract = contract
        self._chosen = {folded(word): code for word, code in chosen.items()}
        self._headers = known_headers(contract)
        self.amounts = tuple(column for column in contract.fields if is_quantity(column))

    def column_of(self, header: str) -> str | None:
        """The column of the contract that a header names; never one of amounts."""
        name = re.sub(r"별?(?:\s*\(\d\))?$", "", header)
        found = next(
            (self._headers[key] for key in map(folded, (header, bare(header), name))
             if key in self._headers),
            None,
        )  # fmt: skip
        return None if found in {column.name for column in self.amounts} else found

    def amount_of(self, header: str) -> str | None:
        """The column of amounts that a header names."""
        found = self._headers.get(folded(header)) or self._headers.get(folded(bare(header)))
        return found if found in {column.name for column in self.amounts} else None

    def chosen(self, word: str) -> str | None:
        """What somebody chose for a word; empty leaves it out, `*` is the whole."""
        found = self._chosen.get(folded(word))
        return self._chosen.get(folded(bare(word))) if found is None else found

    def code(self, name: str, word: str) -> str | None:
        """The code of a word in a column, as somebody chose it or as it is known."""
        if name == AMOUNT:
            return self.amount_of(word)
        if (chosen := self.chosen(word)) is not None:
            return chosen or None
        column = self.contract.column(name)
        if column.type == "year":
            year = year_word(word)
            return year[0] if year else None
        found = self._known(column, spaced(word)) or self._known(column, bare(word))
        if found is None and column.codes == "metric":
            found = self._known(column, without_idle_brackets(word))
        return found

    def _known(self, column: Field, word: str) -> str | None:
        if not column.codes or column.codes in ("event", "yes_no") or not word:
            return None
        found = normal(column, word, names(self.contract.name, column.name))
        return found if found and (found != word or found in self._codes(column)) else None

    def _codes(self, column: Field) -> Iterable[str]:
        return names(self.contract.name, column.name).values()

    def role_of(self, words: Iterable[str], taken: Iterable[str] = ()) -> str | None:
        """The column of the contract whose codes most words are; None when none is.

        Args:
            words: of a header row or of a column of labels.
            taken: columns that stand elsewhere in the table.
        """
        texts = [
            word
            for word in dict.fromkeys(words)
            if word and not is_total(bare(word)) and not is_residual(word)
            and self.chosen(word) != "" and not is_rate(word)
        ]  # fmt: skip
        best, best_share = None, 0.0
        for column in self.contract.fields:
            if column.name in taken or not (column.codes in _ROLES or column.type == "year"):
                continue
            known = sum(self.code(column.name, word) is not None for word in texts)
            share = known / len(texts) if texts else 0.0
            if share >= ENOUGH and share > best_share:
                best, best_share = column.name, share
        return best


def unit_row(cells: Sequence[str]) -> bool:
    """Whether a row below the header says nothing but units."""
    filled = [cell for cell in cells if plain(cell)]
    return bool(filled) and all(unit_of_word(cell) is not None for cell in filled)


def only_units(cells: Sequence[str]) -> bool:
    """Whether a row above the header says nothing but the unit of the table."""
    filled = [cell for cell in cells if plain(cell)]
    return bool(filled) and all(is_unit_statement(cell) for cell in filled)
