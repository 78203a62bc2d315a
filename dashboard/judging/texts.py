"""Sentences that stand wherever a round is shown: screen, sheet, file."""

from dashboard.i18n import gettext as _
from dashboard.i18n import language, number_text
from dashboard.judging.views import Verification
from dashboard.store.checkpoint import Head


def practice_warning() -> str:
    """Stands on every screen, sheet and file of a practice round."""
    return _("Practice round: the judges and all scores are invented, and nothing of it counts.")


def in_language(text: str, is_practice: bool) -> str:
    """A name or title of a round; those of a practice round are written in Korean · English."""
    if not is_practice:
        return text
    return text.split(" · ")[0 if language() == "ko" else -1]


def weights_note() -> str:
    """Stands beside criteria whose points are not published."""
    return _("Points were not published; equal weights are assumed.")


def log_promise() -> str:
    """What a check of the log detects and what it does not."""
    return _(
        "Detected are entries that were changed, left out or put in between and, without the key "
        "file of the workspace, a log rebuilt after its round was closed; entries cut off at the "
        "end, and a log rebuilt by somebody who has the key file too, are detected only by "
        "comparing with a digest that was printed or noted outside this machine."
    )


def head_line(head: Head) -> str:
    """The end of a round's log as it is printed, to be compared with the log later."""
    return _(
        "Log of the round: {count} entries, digest of the last one (SHA-256): {digest}"
    ).format(count=number_text(head.number), digest=head.digest)


def verification_sentences(found: Verification) -> list[str]:
    """What a check found, what it compared with, and what it could not find."""
    sign_in = _("Log of the sign-ins: {count} entries, digest of the last one: {digest}")
    sentences = [
        _("Both logs of the round hold."),
        head_line(found.log),
        sign_in.format(count=number_text(found.sign_in.number), digest=found.sign_in.digest),
    ]
    if found.signed:
        numbers = ", ".join(map(number_text, found.signed))
        signed = _("Checkpoints that this workspace signed: entries {numbers}")
        sentences.append(signed.format(numbers=numbers))
    if found.later == 0:
        sentences.append(_("The digest given is that of the last entry."))
    elif found.later:
        sentences.append(
            _("The digest given is in the log; entries that came later: {count}").format(
                count=number_text(found.later)
            )
        )
    else:
        sentences.append(_("No digest was given to compare with."))
    return [*sentences, log_promise()]
