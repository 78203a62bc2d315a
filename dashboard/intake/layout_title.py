"""What the title of a wide table says of all its rows, and whether it says something else too."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from dashboard.contract import Contract
from dashboard.intake.bracket_words import FILLERS, has_ages
from dashboard.intake.codes import folded, names
from dashboard.intake.table_words import Vocabulary, limits_in
from dashboard.intake.units import unit_of_word

_SHORTEST_NAME = 4


@dataclass(frozen=True)
class TitleReading:
    """What a title says."""

    codes: dict[str, str]
    """Column of the contract → its code."""
    words: dict[str, str]
    """Column of the contract → the title that says it."""
    doubtful: tuple[str, ...]
    """Columns for which the title holds further words, which may name something else."""
    limits: tuple[str, ...]
    """Words by which the figures may be no whole ones of a year: `목표`, `증가율`."""


def read_title(
    contract: Contract, words: Vocabulary, titles: Sequence[str], given: Set[str | None]
) -> TitleReading:
    """Look for required columns that stand nowhere else in the titles above a table.

    Args:
        contract: of the table.
        words: of the contract.
        titles: cells above the table.
        given: columns that are known.
    """
    limits = _limits(contract, words, " ".join(titles))
    found = TitleReading({}, {}, (), limits)
    doubtful: list[str] = []
    for column in contract.fields:
        if column.name in given or not column.constraints.get("required"):
            continue
        stated: dict[str, str] = {}
        for title in titles:
            codes: Set[str] = set()
            if limits and column.codes not in ("region", "period", "status"):
                continue  # what the title says of the figures has to be chosen
            if column.type == "year":
                codes = set(re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", title))
            elif column.codes in ("region", "period", "status"):
                codes = _coded(words, column.name, title)
            elif column.codes == "metric":
                codes, _rest = metrics_in(contract, column.name, title)
                if codes and says_more(words, title):
                    doubtful.append(column.name)
            stated |= dict.fromkeys(codes, title)
        if len(stated) == 1:
            ((code, title),) = stated.items()
            found.codes[column.name], found.words[column.name] = code, title
    kept = tuple(name for name in dict.fromkeys(doubtful) if name in found.codes)
    return TitleReading(found.codes, found.words, kept, limits)


def _limits(contract: Contract, words: Vocabulary, text: str) -> tuple[str, ...]:
    """Words of a title that make the figures something else than those of a whole year.

    Words within the name of a metric, and those that the record has a period or a state for, are
    none.
    """
    rest = re.sub(r"\s+", "", text.casefold())
    columns = {column.name for column in contract.fields}
    metrics = names(contract.name, "metric") if "metric" in columns else {}
    for word in sorted(metrics, key=len, reverse=True):
        rest = rest.replace(word, " ") if len(word) >= _SHORTEST_NAME else rest
    read = {
        folded(token)
        for name in {"period", "status"} & columns
        if len(_coded(words, name, text)) == 1
        for token in _tokens(text)
        if words.code(name, token) is not None
    }
    return tuple(word for word in limits_in(rest) if folded(word) not in read)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[가-힣A-Za-z]+", text)


def _coded(words: Vocabulary, name: str, title: str) -> Set[str]:
    return {code for token in _tokens(title) if (code := words.code(name, token)) is not None}


def metrics_in(contract: Contract, name: str, title: str) -> tuple[Set[str], str]:
    """Metrics named in a title, and what is left of it; a name within a longer one is none.

    A table without such a column names none.
    """
    squeezed = folded(title)
    codes: set[str] = set()
    has_column = any(column.name == name for column in contract.fields)
    known = names(contract.name, name) if has_column else {}
    for word in sorted(known, key=len, reverse=True):
        if len(word) >= _SHORTEST_NAME and word in squeezed:
            codes.add(known[word])
            squeezed = squeezed.replace(word, "\0")
    return codes, squeezed


def says_more(words: Vocabulary, title: str) -> bool:
    """Whether a title holds words beside its metric that may narrow or change what it means.

    Codes of regions and periods, units, years and sources do not: `외국인환자 수 (2024년, 명)`;
    others do, in brackets or not: `외국인환자 수 (연인원)`, `외국인환자 수 – 20대`.
    """
    _codes, rest = metrics_in(words.contract, "metric", title)
    columns = {column.name for column in words.contract.fields} & {"region", "period", "status"}
    for token in _tokens(title):
        is_code = any(words.code(name, token) is not None for name in columns)
        if is_code or unit_of_word(token) is not None:
            rest = rest.replace(folded(token), "\0")
    return has_ages(title) or any(
        FILLERS.sub("", part) for part in re.findall(r"[가-힣a-z]+", rest)
    )
