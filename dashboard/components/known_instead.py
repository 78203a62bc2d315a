"""What is known of a region and year whose patients could not be settled on."""

from typing import Any

from dashboard.components.html import draw
from dashboard.i18n import gettext as _
from dashboard.i18n import percent_text, publisher_names, quantity_text, record_text
from dashboard.store.answer import Answer


def known_sentences(answer: Answer) -> list[str]:
    """One sentence per row of an answer to `known_instead`."""
    return [_sentence(row) for row in answer.rows]


def known_box(answer: Answer) -> None:
    """Draw the same with the publishers and the reasons; nothing where a figure was settled on."""
    if not answer.rows:
        return
    facts = [
        {
            "kind": row["kind"],
            "sentence": _sentence(row),
            "publishers": publisher_names(answer.sources, row["source_ids"]),
            "note": record_text(row["note"]),
        }
        for row in answer.rows
    ]
    draw("known_instead.html", title=_("What is known instead"), facts=facts)


def _sentence(row: dict[str, Any]) -> str:
    patterns = {
        "left out": _("{year}: {value} is printed but left out as an error"),
        "share": _("{year}: share of Korea {value}"),
        "change": _("{year}: change on the year {value}"),
        "previous figure": _("{year}: {value}"),
        "next figure": _("{year}: {value}"),
        "next change": _("{year}: change on the year before {value}"),
    }
    if row["kind"] in ("change", "next change"):
        value = percent_text(row["value"], signed=True)
    else:
        value = quantity_text(row["value"], row["unit"], row["evidence"] == "approximate")
    return patterns[row["kind"]].format(year=row["year"], value=value)
