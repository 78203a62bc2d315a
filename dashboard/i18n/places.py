"""Names of countries (Unicode CLDR), cities and publishers (texts of the record)."""

from collections.abc import Iterable, Mapping

from dashboard.i18n.language import gettext as _
from dashboard.i18n.language import language, record_text
from dashboard.i18n.particles import with_particles


def country_text(codes: str | None) -> str:
    """Names of ISO 3166-1 alpha-2 codes, several joined by `;`; an unknown code stays."""
    from babel import Locale  # loaded with the first name, as in `quantities`

    if not codes:
        return ""
    names = Locale.parse(language()).territories
    return "·".join(names.get(code, code) for code in codes.split(";"))


def place_text(city: str | None, country: str | None) -> str:
    """City and country in the order of the reader's language; either may be missing."""
    if city and country:
        return _("{city}, {country}").format(city=record_text(city), country=country_text(country))
    return record_text(city) or country_text(country)


def publisher_names(sources: Iterable[Mapping[str, str]], ids: Iterable[str]) -> str:
    """Publishers of the sources with these ids, each once, joined by commas."""
    names = {source["source_id"]: record_text(source["publisher"]) for source in sources}
    return ", ".join(dict.fromkeys(names[name] for name in ids if name in names))


def together_with(name: str) -> str:
    """Who takes part beside another: `대구와`, `서울과`, `with Daegu`."""
    return with_particles(_("with {name}").format(name=name))
