"""Two languages: gettext for sentences, codes and record texts; Babel for numbers and dates."""

from dashboard.i18n.language import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    gettext,
    label,
    language,
    ngettext,
    record_text,
    use_language,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "gettext",
    "label",
    "language",
    "ngettext",
    "record_text",
    "use_language",
]
