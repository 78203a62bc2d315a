"""The workspace: whether it is there, private, writable, whole, up to date and backed up."""

import os
import shutil
import tempfile
import time
from datetime import UTC, datetime

from dashboard.checkup.found import Examined, Found, mend, unasked, well
from dashboard.errors import ClusterReviewError, WorkspaceDamaged
from dashboard.i18n import gettext as _
from dashboard.judging.judging import Judging
from dashboard.judging.verification import verify_round
from dashboard.store.ask import open_record
from dashboard.store.backup import newest_backup
from dashboard.store.batches import HANDED_IN, INTAKE, origin_of
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.private_files import own_entries, wider_than_private
from dashboard.store.refusal import read_refusal
from dashboard.store.soundness import read_lake, see_to_log
from dashboard.store.storage import SharedFiles
from dashboard.store.visit_secret import see_to_secret
from dashboard.store.workspace_keys import held_key, known_fingerprints

LEAST_FREE_GIB = 1.0
_SHOWN = 5
_GIB = 2**30
_SKEW_S = 60
_START = "python -m dashboard build"


def _has_no_record(examined: Examined) -> bool:
    """Whether nothing was ever accepted: then reading the lake would make one."""
    settings = examined.settings
    if settings.is_shared:
        return not Lake(settings).has_catalogue()
    return not settings.lake_catalogue.exists() and not settings.lake_data.exists()


def workspace(examined: Examined) -> Found:
    """The folder is there, and holds what the program writes."""
    folder = examined.settings.workspace
    if own_entries(folder):
        return well(str(folder))
    return mend(
        _("There is nothing in {folder}.").format(folder=folder),
        _("Name the workspace (CLUSTER_REVIEW_WORKSPACE), or make one: {command}").format(
            command=_START
        ),
    )


def rights(examined: Examined) -> Found:
    """No other account of the machine may read it."""
    if os.name != "posix":
        return unasked(_("On Windows the rights of the folder decide."))
    folder = examined.settings.workspace
    wide = [path.relative_to(folder).as_posix() for path in wider_than_private(folder)]
    if not wide:
        return well(_("Nobody else may read the workspace."))
    listed = ", ".join(sorted(wide)[:_SHOWN])
    return mend(
        _("Others may read {count} files or folders: {listed}").format(
            count=len(wide), listed=listed
        ),
        _("Run: {command}").format(command=f"chmod -R go-rwx {folder}"),
    )


def writable(examined: Examined) -> Found:
    """This account may write it."""
    folder = examined.settings.workspace
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return mend(
            f"{folder}: {error.strerror}",
            _("Run this as the account of the dashboard, and let that account write there."),
        )
    return well(_("The workspace can be written."))


def disk(examined: Examined) -> Found:
    """There is room for builds and files that are handed in."""
    folder = examined.settings.workspace
    there = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(there).free / _GIB
    what = _("{free} GiB free").format(free=f"{free:.1f}")
    if free >= LEAST_FREE_GIB:
        return well(what)
    return mend(
        what,
        _("Make room: at least {least} GiB. Fewer builds take less (CLUSTER_REVIEW_BUILDS_KEPT).")
        .format(least=f"{LEAST_FREE_GIB:.0f}"),
    )  # fmt: skip


def ledger(examined: Examined) -> Found:
    """Every chain of the log holds, and every signature of a round."""
    see_to_log(examined.settings)
    log = Ledger(examined.settings)
    count = sum(len(log.verify(stream)) for stream in log.streams())
    judging = Judging(examined.settings)
    for view in judging.rounds.all():
        verify_round(judging.streams, view.round_id)
    return well(_("{count} entries of the log follow from each other.").format(count=count))


def lake(examined: Examined) -> Found:
    """Every file of the accepted record can be read to its end."""
    if _has_no_record(examined):
        return unasked(_("There is no record yet."))
    batches = Lake(examined.settings).batches()
    rows = sum(read_lake(examined.settings).values())
    return well(
        _("{batches} batches, {rows} rows, all read").format(batches=len(batches), rows=f"{rows:,}")
    )


def receipts(examined: Examined) -> Found:
    """Every batch that was handed in has its receipt in the log, whose end nobody cut off."""
    if _has_no_record(examined):
        return unasked(_("There is no record yet."))
    if not (examined.settings.is_shared or examined.settings.ledger.exists()):
        return unasked(_("There is no log."))
    entries = Ledger(examined.settings).entries(INTAKE)
    known = {origin_of(one.content["receipt_id"]) for one in entries}
    handed_in = [
        batch for batch in Lake(examined.settings).batches() if batch.origin.startswith(HANDED_IN)
    ]
    lost = [batch.batch_id for batch in handed_in if batch.origin not in known]
    if not lost:
        return well(
            _("{count} batches that were handed in have their receipts.").format(
                count=len(handed_in)
            )
        )
    return mend(
        _("{count} batches of the record have no receipt in the log: {listed}").format(
            count=len(lost), listed=", ".join(lost[-_SHOWN:])
        ),
        _(
            "Entries were taken out of the log, or an older log stands in its place: "
            "restore a backup that has them."
        ),
    )


def build(examined: Examined) -> Found:
    """The build in force is that of the newest record and of this program, and whole."""
    if _has_no_record(examined):
        return unasked(_("There is no record yet."))
    refusal = read_refusal(examined.settings)
    if refusal is not None:
        return mend(f"{_(refusal.title)}: {refusal.message}", refusal.remedy)
    standing = Builder(examined.settings).standing()
    if standing.is_damaged:
        return mend(
            _("Build {build} cannot be read.").format(build=standing.build_id),
            _("Run: {command}").format(command=_START),
        )
    if not standing.is_newest:
        return mend(
            _("Build {build} is not of the newest record or of this version.").format(
                build=standing.build_id
            ),
            _("Run: {command}").format(command=_START),
        )
    return well(_("Build {build} is the newest and whole.").format(build=standing.build_id))


def regions(examined: Examined) -> Found:
    """The regions that settings name are regions of the record."""
    settings = examined.settings
    if _has_no_record(examined):
        return unasked(_("There is no record yet."))
    try:
        known = {row["region"] for row in open_record(settings).ask("regions").rows}
    except ClusterReviewError as error:  # which the check of the build names
        return unasked(_(error.title))
    named = {
        name: code
        for name in ("home_region", "compared_region", "desk_region")
        if (code := getattr(settings, name))
    }
    unknown = [f"{name}: {code}" for name, code in named.items() if code not in known]
    if not unknown:
        return well(", ".join(f"{name}: {code}" for name, code in named.items()))
    return mend(
        ", ".join(unknown),
        _("Name a region of the record: {codes}").format(codes=", ".join(sorted(known))),
    )


def keys(examined: Examined) -> Found:
    """The secrets are there where they are needed, and those that were used before."""
    settings = examined.settings
    try:
        found = [file.name for file in settings.key_files if held_key(settings, file) is not None]
        if not _has_no_record(examined):
            see_to_secret(settings)
    except WorkspaceDamaged as error:
        return mend(error.message, error.remedy)
    # That of the log is missed by the check of the log, whose signatures need it.
    return well(", ".join(found) or _("No key is needed yet."))


def shared(examined: Examined) -> Found:
    """Database and storage of several machines answer."""
    settings = examined.settings
    if not settings.is_shared:
        return unasked(_("One machine: its workspace holds the record."))
    known_fingerprints(settings)
    SharedFiles(settings).has("receipts")
    return well(_("Database and storage answer."))


def backup(examined: Examined) -> Found:
    """The newest backup is as young as it should be."""
    if examined.backups is None:
        return unasked(_("No folder of backups was named: --backups"))
    remedy = _("Take one: {command}").format(
        command=f"python -m dashboard backup {examined.backups}"
    )
    newest = newest_backup(examined.backups)
    if newest is None:
        return mend(_("There is no backup in {folder}.").format(folder=examined.backups), remedy)
    hours = (time.time() - newest.stat().st_mtime) / 3600
    what = _("{name} is {hours} hours old.").format(name=newest.name, hours=f"{hours:.1f}")
    return well(what) if hours <= examined.backup_hours else mend(what, remedy)


def clock(examined: Examined) -> Found:
    """The clock does not stand before what was written already."""
    log = Ledger(examined.settings)
    last = [entries[-1].written_at for name in log.streams() if (entries := log.entries(name))]
    now = datetime.now(UTC)
    ahead = max(((datetime.fromisoformat(one) - now).total_seconds() for one in last), default=-1.0)
    if ahead <= _SKEW_S:
        return well(f"{now:%Y-%m-%d %H:%M:%S} UTC")
    return mend(
        _("The newest entry of the log is {seconds} seconds in the future.").format(
            seconds=int(ahead)
        ),
        _("Set the clock of this machine, and keep it by a time service (NTP)."),
    )
