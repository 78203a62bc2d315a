"""The reader's language and the catalogues behind it.

Catalogues are compiled from their .po files when they are first read, and kept as Python keeps what
it compiles, with the digest of their source:
`messages` holds the sentences of the product (English is the msgid), `codes` the labels of code
lists (msgctxt = list, msgid = code), `record` the texts of the public record.
"""

import hashlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date
from functools import cache, wraps
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from threading import get_ident
from typing import Any, ParamSpec, TypeVar

_FOLDER = Path(__file__).parent
DEFAULT_LANGUAGE = "ko"
LANGUAGES = tuple(
    sorted(
        (path.parent.name for path in _FOLDER.glob("*/codes.po")),
        key=lambda code: (code != DEFAULT_LANGUAGE, code),
    )
)
"""Those that have a folder of catalogues, the default first."""
_DIGESTS = 64
"""Bytes before what is kept of a catalogue: the digests of its source and of itself."""
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
P = ParamSpec("P")
T = TypeVar("T")

_language: ContextVar[str | None] = ContextVar("language", default=None)


def _nobody_asked() -> str | None:
    return None


_asked: Callable[[], str | None] = _nobody_asked


def ask_for_language(asked: Callable[[], str | None]) -> None:
    """Name who is asked for the language of a thread in which none was set yet.

    They give that of the page which the thread draws or answers; None where it serves no page.
    """
    global _asked
    _asked = asked


def use_language(code: str | None) -> str:
    """Set the language of this thread; an unknown or missing code gives Korean.

    Returns:
        The language in use.
    """
    chosen = code if code in LANGUAGES else DEFAULT_LANGUAGE
    _language.set(chosen)
    return chosen


def language() -> str:
    """The language of this thread, by its code: `ko`."""
    return _language.get() or use_language(_asked())


def language_name(code: str) -> str:
    """What a language calls itself, for those who choose it."""
    from babel import Locale

    return str(Locale.parse(code).get_display_name(code))


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Another language for the length of a block, as an export in the other one needs it."""
    before = language()
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def in_page_language(made: Callable[P, T]) -> Callable[P, T]:
    """What is called later, in a thread that serves no page, in the language of now."""
    here = language()

    @wraps(made)
    def later(*args: P.args, **kwargs: P.kwargs) -> T:
        with speaking(here):
            return made(*args, **kwargs)

    return later


def gettext(message: str) -> str:
    """A sentence of the product in the reader's language."""
    return _catalogue(language(), "messages").gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """As `gettext`, for a sentence with a count."""
    return _catalogue(language(), "messages").ngettext(singular, plural, count)


def label(code_list: str, code: object) -> str:
    """The label of a code, `;`-joined codes one by one; an unknown code stays as it is."""
    if code is None:
        return ""
    catalogue = _catalogue(language(), "codes")
    return "·".join(catalogue.pgettext(code_list, part.strip()) for part in str(code).split(";"))


def record_text(text: str | None) -> str:
    """A text of the public record: as printed there in English, translated in Korean.

    A text without translation, such as one that a city handed in itself, stays as it is. Days in
    it are written as the language writes them.
    """
    return _ISO_DAY.sub(_day, _catalogue(language(), "record").gettext(text)) if text else ""


def _day(iso: re.Match[str]) -> str:
    from babel.dates import format_date

    try:
        return format_date(date.fromisoformat(iso[0]), "medium", language())
    except ValueError:
        return iso[0]


def named(row: Mapping[str, Any], column: str) -> str:
    """A text in the reader's language, where it has that beside it as `title` has `title_ko`."""
    return str(row.get(f"{column}_{language()}") or record_text(row[column]))


@cache
def _catalogue(code: str, domain: str) -> NullTranslations:
    path = _FOLDER / code / f"{domain}.po"
    if not path.exists():
        return NullTranslations()
    return GNUTranslations(io.BytesIO(_compiled(path, code)))


def _compiled(path: Path, code: str) -> bytes:
    """A catalogue as gettext reads it: as it was kept, if it was made of this very source."""
    source = path.read_bytes()
    digest = hashlib.sha256(source).digest()
    kept = path.parent / "__pycache__" / f"{path.stem}.mo"
    with suppress(OSError):
        held = kept.read_bytes()
        content = held[_DIGESTS:]
        if held[:_DIGESTS] == digest + hashlib.sha256(content).digest():
            return content
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=code))
    content = compiled.getvalue()
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # a folder that may only be read costs every process its time
            _keep(kept, digest + hashlib.sha256(content).digest() + content)
    return content


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all, whoever else writes it in the same moment."""
    file.parent.mkdir(exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.{get_ident()}")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
