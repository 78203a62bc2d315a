"""Before a command answers: a changed public record is taken in, what is out of date is built."""

from dashboard.errors import ClusterReviewError, PackageFault
from dashboard.intake.record_files import RecordFiles
from dashboard.settings import settings
from dashboard.store.brought_up import is_brought_up
from dashboard.store.refusal import note_refusal


def bring_up_to_date(mend: bool = False, again: bool = False) -> ClusterReviewError | None:
    """Take in and build what is new. A refusal is said, kept for the pages, and changes nothing.

    Args:
        mend: make a build anew that is damaged on disk.
        again: take the record in although it was taken back.

    Raises:
        ClusterReviewError: refused, and there is no former build to go on with.
    """
    if mend or again or not _is_nothing_new():
        # What takes in and builds is long to load, and mostly nothing is new.
        from dashboard.commands.taking_in import take_in_and_build

        return take_in_and_build(mend, again)
    note_refusal(settings(), None)
    return None


def _is_nothing_new() -> bool:
    try:
        return is_brought_up(settings(), RecordFiles(settings().public_record).digest)
    except PackageFault:  # said when it is taken in
        return False
