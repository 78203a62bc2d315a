"""The process of one job: hands in the file on its standard input as its order says.

Started by `jobs.Jobs` with the path of the job's note. What goes wrong is noted there, since nobody
reads its output.
"""

import sys
from pathlib import Path

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import use_language
from dashboard.intake.intake import Intake
from dashboard.intake.jobs import ProgressNote, note_progress, take_order


def hand_in(note: Path) -> None:
    """Hand in, and note the receipt.

    Raises:
        FileNotFoundError: there is no order.
    """
    order, settings, language = take_order(note)
    use_language(language)
    try:
        _checked, receipt = Intake(settings, order.identity).receive(
            order.table,
            order.name,
            sys.stdin.buffer,
            order.by,
            mapping=order.mapping,
            shape=order.shape,
            complete=order.complete,
            office=order.office,
            message=order.message,
            progress=ProgressNote(note),
        )
    except ClusterReviewError as error:
        note_progress(note, error=f"{_(error.title)}: {error.message}")
        raise
    except BaseException as error:
        note_progress(note, error=f"{type(error).__name__}: {error}")
        raise
    assert receipt is not None
    note_progress(note, stage="done", done=1, total=1, receipt_id=receipt.receipt_id)


if __name__ == "__main__":
    hand_in(Path(sys.argv[1]))
