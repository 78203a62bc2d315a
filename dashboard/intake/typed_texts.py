"""What a person types beside a file goes into the log of receipts for good: it is searched too."""

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.intake.findings import Finding
from dashboard.intake.personal import NAME, find_personal
from dashboard.intake.persons_in_text import names_in
from dashboard.intake.plain_spelling import plain


class TypedPersonalData(ClusterReviewError):
    """A name, office, remark or reason holds personal data; nothing was stored."""


def check_typed(by: str, *, office: str = "", text: str = "", is_name_typed: bool = True) -> None:
    """Let no personal data in with what is typed.

    Args:
        by: who hands in or decides; a name, and nothing else.
        office: an office, which may be named after a person.
        text: a remark or a reason; it may name who types it, and nobody else.
        is_name_typed: False where the name is an account's.

    Raises:
        TypedPersonalData: there are; what stands there is masked.
    """
    name = by if is_name_typed else ""
    for title, typed in ((_("Your name"), name), (_("Office"), office), (_("Remark"), text)):
        for rule, masked in find_personal(typed):
            if rule != NAME:
                raise _refused(title, masked, rule)
    if any(name not in by for name in names_in(plain(text))):
        raise _refused(_("Remark"), "***", NAME)


def _refused(title: str, masked: str, rule: str) -> TypedPersonalData:
    sentence = Finding("", 0, "", "", rule, "").rule_text()
    return TypedPersonalData(
        _("What was typed holds personal data"),
        _("{field}: “{value}” – {rule}").format(field=title, value=masked, rule=sentence),
        _(
            "It would stay in the history for good. Take it out; what the file is is enough, such "
            "as “corrected figures of October”."
        ),
    )
