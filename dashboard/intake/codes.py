"""Codes by any of their names: Korean or English title, official name, or the code itself."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale

from dashboard.catalogue import read_catalogue
from dashboard.contract import Field, city_contracts
from dashboard.i18n import LANGUAGES, label, speaking
from dashboard.intake.word_lists import word_list
from dashboard.settings import PROJECT_ROOT

Names = Mapping[str, str]
"""Any name, folded → code; an empty code stands for a value that is not known."""
_WORDS: dict[str, dict[str, list[str]]] = word_list("codes")
_MEASURES: dict[str, str] = word_list("measures")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_UNKNOWN = ("미상", "불명", "알 수 없음", "기타", "무국적", "unknown", "n/a", "other")


def folded(text: str) -> str:
    """A name without case, spaces, full-width forms and punctuation between its words."""
    return re.sub(r"[\s·ㆍ・._\-/()\[\]~]+", "", unicodedata.normalize("NFKC", text).casefold())


def titles(column: Field, in_language: str) -> dict[str, str]:
    """Code → title in a language, of a column with a closed or well-known list of codes."""
    if column.codes is None or column.codes == "event":
        return {}
    if column.codes == "metric":
        return {
            code: name for code, (name, _) in _metrics(in_language).items() if fits(column, code)
        }
    if column.codes == "country":
        return _territories(in_language)
    return {code: _label(column.codes, code, in_language) for code in _known_codes(column)}


@cache
def names(table: str, column_name: str) -> Names:
    """All names by which the codes of a column may be given, folded."""
    column = city_contracts()[table].column(column_name)
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    further = _WORDS.get(column.codes or "", {})
    allowed = None
    for in_language in LANGUAGES:
        listed = titles(column, in_language)
        allowed = set(listed)
        for code, title in listed.items():
            if found.setdefault(folded(title), code) != code:
                ambiguous.add(folded(title))
    for title in ambiguous:
        del found[title]
    for code, words in further.items():
        if not code or allowed is None or code in allowed:
            for word in words:
                found.setdefault(folded(word), code)
    for code in allowed or ():
        found[folded(code)] = code
    if table == "patient_visits" and not column.constraints.get("required"):
        for word in _UNKNOWN:
            found.setdefault(folded(word), "")
    return found


def unit_of(metric: str) -> str | None:
    """The unit in which the catalogue gives a metric, if it is there."""
    known = _metrics("en").get(metric)
    return known[1] if known else None


def unit_of_measure(measure: str) -> str | None:
    """The unit that a measure of events usually has."""
    return _MEASURES.get(measure)


def is_known_metric(metric: str) -> bool:
    """Whether the catalogue describes the metric."""
    return metric in _metrics("en")


def unknown_codes(column: Field, value: str) -> list[str]:
    """The regions or countries of a cell that there are not, though they have the form of one."""
    if column.codes not in ("region", "country"):
        return []
    parts = value.split(column.separator) if column.separator else [value]
    return [part for part in parts if part not in _places(column.codes)]


@cache
def _places(kind: str) -> frozenset[str]:
    return frozenset(_WORDS["region"]) if kind == "region" else frozenset(_territories("en"))


def fits(column: Field, code: str) -> bool:
    """Whether a code has the form that the column asks for."""
    pattern = column.constraints.get("pattern")
    return pattern is None or re.fullmatch(pattern, code) is not None


@cache
def _territories(in_language: str) -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes and names; those that CLDR has for no country are left out."""
    names = Locale.parse(in_language).territories
    return {
        code: names[code]
        for code in sorted(names)
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES
    }


@cache
def _metrics(in_language: str) -> dict[str, tuple[str, str]]:
    """Metrics that rows can carry, those counted from other tables left out: id → name, unit."""
    catalogue = read_catalogue(PROJECT_ROOT / "queries")
    return {
        metric.id: (metric.name.in_language(in_language), metric.unit)
        for metric in catalogue.all()
        if metric.question == "figure"
        and metric.params.get("metric") == metric.id
        and not metric.id.startswith(("event_", "events_", "cluster_grant_"))
    }


def _known_codes(column: Field) -> list[str]:
    listed = column.constraints.get("enum")
    if listed is not None:
        return [str(code) for code in listed]
    if column.type == "boolean":
        return ["true", "false"]
    if column.codes == "region":
        return list(_WORDS["region"])
    if column.codes == "language":
        return ["ko", "en", "ja", "zh", "ru", "mn", "ar", "de"]
    if column.codes == "measure":
        return list(_MEASURES)
    return []


def _label(code_list: str, code: str, in_language: str) -> str:
    """A label in a language that need not be the reader's."""
    with speaking(in_language):
        return label(code_list, code)
