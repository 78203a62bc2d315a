"""The command line: python -m dashboard COMMAND."""

import errno
import os
import sys
from collections.abc import Sequence

from dashboard.commands import short_processes
from dashboard.commands.saying import print_error
from dashboard.errors import ClusterReviewError, UsageError
from dashboard.i18n import LANGUAGES, use_language
from dashboard.i18n import gettext as _
from dashboard.settings import SettingFault, settings
from dashboard.store.damage import readable_fault
from dashboard.store.private_files import keep_private


def _run(command: str, arguments: Sequence[str]) -> int:
    if command == "ask":  # many times an hour: it waits for nothing that only others need
        from dashboard.commands.ask import ask

        return ask(arguments)
    from dashboard.commands.application import run

    return run([command, *arguments] if command else [])


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Exit status 0 done, 1 refused, 2 wrong usage."""
    spoken = os.environ.get("LANG", "")[:2]
    use_language(spoken if spoken in LANGUAGES else "en")
    command, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    try:
        # The doctor says what is wider than private, and mends nothing.
        if command != "doctor":
            keep_private(settings().workspace)
        return _run(command, rest)
    except SettingFault as error:
        remedy = _("docs/running.md lists the settings and what each takes.")
        print_error(UsageError("A setting cannot be used", str(error), remedy))
        return 2
    except UsageError as error:
        print_error(error)
        return 2
    except ClusterReviewError as error:
        print_error(error)
        return 1
    except Exception as error:
        fault = readable_fault(error, settings().workspace)
        if fault is None:
            raise
        print_error(fault)
        return 1


if __name__ == "__main__":
    short_processes.begin(sys.argv[1:])
    try:
        status = main()
        sys.stdout.flush()
    except OSError as error:
        # Who reads it has read enough (`… | head`), or the disk on which it was to stand is full.
        is_full = error.errno == errno.ENOSPC and error.filename is None
        if not (is_full or isinstance(error, BrokenPipeError)):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if is_full:
            remedy = _("What the command did is done: `batches` and `log` say what that was.")
            print_error(
                ClusterReviewError(_("The output is not whole"), str(error.strerror), remedy)
            )
        status = 1
    short_processes.end(sys.argv[1:], status)
