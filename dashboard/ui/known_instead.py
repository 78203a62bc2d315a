"""What is known of a region and year whose patients could not be settled on."""

from dashboard.content.readings import known_sentence
from dashboard.i18n import gettext as _
from dashboard.i18n import publisher_names, record_text
from dashboard.render.screen.html import draw
from dashboard.store.answer import Answer


def known_box(answer: Answer) -> None:
    """Draw the same with the publishers and the reasons; nothing where a figure was settled on."""
    if not answer.rows:
        return
    facts = [
        {
            "kind": row["kind"],
            "sentence": known_sentence(row),
            "publishers": publisher_names(answer.sources, row["source_ids"]),
            "note": record_text(row["note"]),
        }
        for row in answer.rows
    ]
    draw("known_instead.html", title=_("What is known instead"), facts=facts)
