"""What a reader of a chart is told where the pointer stands on a mark."""

import re

import pytest

from dashboard.i18n import use_language


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


def _at(values, place):
    return values[place] if isinstance(values, tuple | list) else values


def _told(trace):
    """The words of each mark of a trace, as Plotly fills them in."""
    words = []
    for place in range(len(trace.x)):
        if trace.hovertemplate is None:
            words.append(_at(trace.hovertext, place))
            continue

        def value(found, place=place):
            name, index = found.groups()
            here = _at(getattr(trace, name), place)
            return str(here if index is None else here[int(index)])

        template = _at(trace.hovertemplate, place).replace("<extra></extra>", "")
        words.append(re.sub(r"%\{(\w+)(?:\[(\d+)\])?[^}]*\}", value, template))
    return words


@pytest.fixture(scope="session")
def told():
    """Words of each mark: told(trace)."""
    return _told
