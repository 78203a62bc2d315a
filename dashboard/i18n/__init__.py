"""Two languages: gettext for sentences, codes and record texts; Babel for numbers and dates."""

from dashboard.i18n.cells import readable
from dashboard.i18n.figures import figure_text
from dashboard.i18n.language import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    ask_for_language,
    gettext,
    in_page_language,
    label,
    language,
    named,
    ngettext,
    record_text,
    speaking,
    use_language,
)
from dashboard.i18n.particles import with_particles
from dashboard.i18n.places import country_text, place_text, publisher_names, together_with
from dashboard.i18n.quantities import (
    KOREA,
    amount_text,
    at_least_text,
    change_text,
    date_text,
    moment_text,
    number_text,
    percent_text,
    points_text,
    quantity_text,
    short_amount_text,
    span_text,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "KOREA",
    "LANGUAGES",
    "amount_text",
    "ask_for_language",
    "at_least_text",
    "change_text",
    "country_text",
    "date_text",
    "figure_text",
    "gettext",
    "in_page_language",
    "label",
    "language",
    "moment_text",
    "named",
    "ngettext",
    "number_text",
    "percent_text",
    "place_text",
    "points_text",
    "publisher_names",
    "quantity_text",
    "readable",
    "record_text",
    "short_amount_text",
    "span_text",
    "speaking",
    "together_with",
    "use_language",
    "with_particles",
]
