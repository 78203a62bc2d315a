"""Taking a changed public record in, and building what is out of date or damaged."""

import sys
from dataclasses import asdict

from dashboard.commands.saying import print_error
from dashboard.errors import BuildRefused, ClusterReviewError, PackageFault, QuestionFault
from dashboard.i18n import gettext as _
from dashboard.intake.findings import DeliveryRefused
from dashboard.intake.record_files import RecordFiles, batch_taken_in
from dashboard.settings import settings
from dashboard.store.batches import Batch
from dashboard.store.brought_up import note_brought_up
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.refusal import Refusal, note_refusal


def take_in_and_build(mend: bool, again: bool) -> ClusterReviewError | None:
    """As `bring_up_to_date`, where something may be new.

    Raises:
        ClusterReviewError: refused, and there is no former build to go on with.
    """
    builder = Builder(settings())
    try:
        digest = RecordFiles(settings().public_record).digest
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
