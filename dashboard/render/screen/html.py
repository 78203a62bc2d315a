"""HTML that this product draws itself. Every value is escaped by the template engine."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard import i18n

_STATIC = Path(__file__).parents[2] / "static"
_WHOLE = re.compile(
    r"([≈○◆↔] \S+|(?<![가-힣·])[가-힣]{1,2}·[가-힣]{1,3}(?![가-힣·])\S*|\d{4} ?[–~] ?\d{4}\S*)"
)
"""What no line may part: a sign and its figure or name, two short names, years from and to."""


def unparted(text: str) -> list[str]:
    """A text in pieces, of which every second one, from the second on, stays on one line."""
    return _WHOLE.split(text)


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(
    unparted=unparted,
    _=i18n.gettext,
    ngettext=i18n.ngettext,
    label=i18n.label,
    record_text=i18n.record_text,
    figure=i18n.figure_text,
    quantity=i18n.quantity_text,
    publishers=i18n.publisher_names,
    country=i18n.country_text,
    date=i18n.date_text,
    span=i18n.span_text,
)


class Html(str):
    """HTML as it is sent. Any other text Streamlit looks through for indentation in every run."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def render(template: str, **values: object) -> Html:
    """The HTML of a template of `templates/`; text in `values` is data, never HTML."""
    return Html(_templates.get_template(template).render(**values).strip())


@cache
def own_file(name: str) -> str:
    """Address of a file of `static/`, which is another when the file is: browsers keep it."""
    digest = sha256((_STATIC / name).read_bytes()).hexdigest()
    return f"app/static/{name}?v={digest[:12]}"


@cache
def own_scripts() -> frozenset[str]:
    """Addresses of all scripts of `static/`, as `own_file` names them."""
    return frozenset(own_file(path.name) for path in _STATIC.glob("*.js"))


def draw(template: str, **values: object) -> None:
    """Draw a template of `templates/`."""
    st.html(render(template, **values))
