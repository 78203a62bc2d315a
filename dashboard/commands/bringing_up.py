"""Before a command answers: a changed public record is taken in, what is out of date is built."""

import sys
from dataclasses import asdict

from dashboard.errors import BuildRefused, ClusterReviewError, PackageFault, QuestionFault
from dashboard.i18n import gettext as _
from dashboard.intake.findings import DeliveryRefused
from dashboard.intake.record_files import RecordFiles, batch_taken_in
from dashboard.settings import settings
from dashboard.store.batches import Batch
from dashboard.store.brought_up import is_brought_up, note_brought_up
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.refusal import Refusal, note_refusal


def bring_up_to_date(mend: bool = False, again: bool = False) -> ClusterReviewError | None:
    """Take in and build what is new. A refusal is said, kept for the pages, and changes nothing.

    Args:
        mend: make a build anew that is damaged on disk.
        again: take the record in although it was taken back.

    Raises:
        ClusterReviewError: refused, and there is no former build to go on with.
    """
    builder = Builder(settings())
    try:
        digest = RecordFiles(settings().public_record).digest
        if mend or again or not is_brought_up(settings(), digest):
            _bring_up(builder, digest, mend, again)
    except (DeliveryRefused, BuildRefused, PackageFault, QuestionFault) as error:
        found = error.findings if isinstance(error, DeliveryRefused) else []
        findings = tuple(asdict(finding) for finding in found)
        note_refusal(settings(), Refusal(error.title, error.message, error.remedy, findings))
        if not builder.has_build():
            raise
        print_error(error)
        return error
    note_refusal(settings(), None)
    return None


def _bring_up(builder: Builder, digest: str, mend: bool, again: bool) -> None:
    batch, is_new = _take_in(digest, again)
    builder.build_current(mend and not is_new)  # one just made needs no reading
    if batch.reverted_at is None:
        note_brought_up(settings(), digest)
        return
    print(
        _("The record in {folder} was taken back by {name} ({reason}) and stays out.").format(
            folder=settings().public_record, name=batch.reverted_by, reason=batch.reason
        ),
        _("Take it in again: python -m dashboard build --again"),
        sep="\n",
        file=sys.stderr,
    )


def _take_in(digest: str, again: bool) -> tuple[Batch, bool]:
    """The record's batch, and whether it is new; mostly it is not, and no intake is loaded."""
    batch = batch_taken_in(Lake(settings()), digest, again)
    if batch is not None:
        return batch, False
    from dashboard.intake.acceptance import Acceptance

    return Acceptance(settings()).take_in_record(again)


def print_error(error: ClusterReviewError) -> None:
    """Title, message and what to do next."""
    print(f"{_(error.title)}\n{error.message}\n{error.remedy}", file=sys.stderr)
