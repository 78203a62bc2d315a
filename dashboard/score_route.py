"""The route to which a score sheet sends what is typed, line by line."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.access import Identity
from dashboard.errors import AccessDenied, ClusterReviewError, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import use_language
from dashboard.judging.sheets import SavedElsewhere
from dashboard.judging.views import Sheet
from dashboard.own_forms import UNSTORED, Fields, form_endpoint
from dashboard.ui.reader import SESSION_COOKIE, Credentials, reader_of
from dashboard.ui.review_room.score_lines import line_state, points_field, sheet_totals
from dashboard.ui.review_room.signed_in import judging


def score_routes() -> list[Route]:
    """The route that `st.App` serves beside Streamlit's own."""
    return [Route("/score", form_endpoint(_save, _refused), methods=["POST"])]


def _save(request: Request, fields: Fields) -> Response:
    """Keep the points or the comment of a line, and answer with the sheet as it is stored then.

    403: not, or no longer, allowed; 409: saved otherwise elsewhere; 422: it does not fit.
    Fields: round (with the judge of the sheet, `ROUND|JUDGE`), applicant, criterion, field
    (`points` or `comment`), value, was, lang.
    """
    use_language(fields.get("lang"))
    try:
        field = _half(fields.get("field", ""))
        identity = reader_of(Credentials(request.cookies.get(SESSION_COOKIE))).identity
        _own_sheet(identity, fields.get("round"))
        sheet = judging().sheets.save_field(
            identity,
            fields.get("applicant", ""),
            fields.get("criterion", ""),
            field,
            fields.get("value", ""),
            fields.get("was", ""),
        )
    except SavedElsewhere as error:
        sheet = judging().sheets.sheet(identity, fields.get("applicant", ""))
        return _in_words(error, 409, stored=error.stored, **_as_stored(sheet))
    except ClusterReviewError as error:
        return _in_words(error, 403 if isinstance(error, AccessDenied) else 422)
    return JSONResponse(_as_stored(sheet), headers=UNSTORED)


def _own_sheet(identity: Identity, of: str | None) -> None:
    """Refuse what is typed in a window that shows the sheet of who was signed in here before.

    Raises:
        AccessDenied: the sheet, if it is named, is another judge's or of another round.
    """
    if of not in (None, f"{identity.round_id}|{identity.judge_id}"):
        raise AccessDenied(
            "This sheet is not open to you",
            _("A judge reads the own sheet only."),
            _("Go on with another sheet, or ask the chair."),
        )


def _half(field: str) -> Literal["points", "comment"]:
    """Which half of a line is sent.

    Raises:
        UsageError: neither of the two.
    """
    if field == "points":
        return "points"
    if field == "comment":
        return "comment"
    raise UsageError("There is no such code", field[:40], "points, comment")


def _as_stored(sheet: Sheet) -> dict[str, object]:
    totals = sheet_totals(sheet)
    return {
        "entry": sheet.log.number,
        "lines": {
            cell.criterion.criterion_id: {
                "points": points_field(cell),
                "comment": cell.comment,
                "state": line_state(cell),
            }
            for cell in sheet.cells
        },
        "stages": totals.stages,
        "total": totals.total,
        "state": totals.state,
        "blanks": totals.blanks,
    }


def _refused(
    _request: Request, _fields: Fields, error: ClusterReviewError, status: int
) -> Response:
    return _in_words(error, status)


def _in_words(error: ClusterReviewError, status: int, **more: object) -> Response:
    text = f"{_(error.title)}: {error.message} {error.remedy}"
    return JSONResponse({"text": text, **more}, status, headers=UNSTORED)
