"""Points of a criterion: as they are typed, and as the criterion allows them."""

import re
from decimal import Decimal, InvalidOperation

from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.review.panel import Criterion

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGITS = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")


def allowed_points(
    given: Decimal | str | int | float | None, criterion: Criterion, typed: str = ""
) -> Decimal | None:
    """Points as a decimal that the criterion allows; `typed` is what a refusal names.

    Raises:
        JudgingRefused: below 0, above the criterion's points, or between its steps.
    """
    if given is None or given == "":
        return None
    try:
        points = Decimal(str(given))
    except InvalidOperation:
        points = Decimal("NaN")
    fits = points.is_finite() and 0 <= points <= criterion.max_points
    if not fits or points % criterion.step != 0:
        raise JudgingRefused(
            "These points do not fit the criterion",
            _("From 0 to {points} in steps of {step}; given: {given}.").format(
                points=_plain(criterion.max_points),
                step=_plain(criterion.step),
                given=(typed or str(given))[:40],
            ),
            _("Correct the points. What was saved before is unchanged."),
        )
    return points.quantize(criterion.step) if points else Decimal(0)


def _plain(value: Decimal) -> str:
    """Every digit, no zeros at the end."""
    return f"{value.normalize():f}"


def typed_points(text: str) -> Decimal | None:
    """Points as one types them, also with full-width digits; None where nothing is typed."""
    plain = text.translate(_FULL_WIDTH).strip()
    if not plain:
        return None
    return Decimal(plain) if _DIGITS.fullmatch(plain) else Decimal("NaN")
