"""Signing in to a round: a form that needs no script, and a cookie that no script can read.

Streamlit can neither set such a cookie nor read one that was set after its connection began, so
that signing in and out are pages of their own, which lead back to the review room.
"""

import asyncio
import secrets
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.access import Identity
from dashboard.errors import AccessDenied, ClusterReviewError, UsageError
from dashboard.i18n import LANGUAGES, label, language_name, use_language
from dashboard.i18n import gettext as _
from dashboard.judging.texts import practice_warning
from dashboard.own_forms import UNSTORED, Fields, form_endpoint
from dashboard.render.screen.html import render
from dashboard.render.screen.style import STYLE
from dashboard.ui.reader import SESSION_COOKIE
from dashboard.ui.review_room.signed_in import PAGE, judging

_DEVICE_COOKIE = "cluster_review_device"
"""By which a browser that has signed in before is known, so that others do not hold it up."""
_DEVICE_DAYS = 180
_HASHES_AT_ONCE = asyncio.Semaphore(3)
"""Codes that are checked at the same time: each takes 32 MiB and a tenth of a second."""


def sign_in_routes() -> list[Route]:
    """The routes that `st.App` serves beside Streamlit's own."""
    return [
        Route("/sign-in", form_endpoint(_form, _page), methods=["GET"]),
        Route("/sign-in", form_endpoint(_sign_in, _page, _HASHES_AT_ONCE), methods=["POST"]),
        Route("/sign-out", form_endpoint(_sign_out, _page), methods=["POST"]),
    ]


def _form(request: Request, fields: Fields) -> Response:
    """GET: the form, and the way out for whoever is signed in."""
    return _page(request, fields, None)


def _sign_in(request: Request, fields: Fields) -> Response:
    """POST: a session for a code, or the form with the reason why not."""
    language = use_language(fields.get("lang"))
    round_id = fields.get("round", "")
    client = request.client.host if request.client else ""
    device = request.cookies.get(_DEVICE_COOKIE) or secrets.token_urlsafe(24)
    try:
        session = judging().sessions.sign_in(round_id, fields.get("code", ""), client, device)
    except ClusterReviewError as error:
        return _page(request, fields, error)
    former = request.cookies.get(SESSION_COOKIE)
    if former:
        judging().sessions.sign_out(former)
    ends = datetime.fromisoformat(session.expires_at) - datetime.now(UTC)
    answer = RedirectResponse(_review_address(round_id, language), 303, UNSTORED)
    for name, value, seconds in (
        (SESSION_COOKIE, session.token, int(ends.total_seconds())),
        (_DEVICE_COOKIE, device, _DEVICE_DAYS * 24 * 60 * 60),
    ):
        answer.set_cookie(
            name,
            value,
            max_age=seconds,
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
    return answer


def _sign_out(request: Request, fields: Fields) -> Response:
    """POST: end the session and forget the cookie."""
    language = use_language(fields.get("lang"))
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        judging().sessions.sign_out(token)
    answer = RedirectResponse(_review_address(fields.get("round", ""), language), 303, UNSTORED)
    answer.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict")
    return answer


def _review_address(round_id: str, language: str) -> str:
    """The review room, relative to the address of the form."""
    return f"{PAGE}?{urlencode({'round': round_id, 'lang': language})}"


def _page(
    request: Request, fields: Fields, error: ClusterReviewError | None, status: int | None = None
) -> HTMLResponse:
    """The form with what is wrong; the status is that of the error unless it is told."""
    language = use_language(fields.get("lang"))
    round_id = fields.get("round", "")
    view = None
    try:
        view = judging().rounds.one(round_id)
    except UsageError as unknown:
        error = error or unknown
    identity = _signed_in(request)
    html = render(
        "sign_in.html",
        lang=language,
        style=STYLE,
        round=round_id,
        view=view,
        programme=label("programme", view.rules.programme_id) if view else "",
        warning=practice_warning() if view and view.is_practice else "",
        back=_review_address(round_id, language)
        if view
        else f"{PAGE}?{urlencode({'lang': language})}",
        others=[
            (code, language_name(code), f"sign-in?{urlencode({'round': round_id, 'lang': code})}")
            for code in LANGUAGES
        ],
        identity=identity,
        role=label("access_role", identity.role) if identity else "",
        error=error,
        error_title=_(error.title) if error else "",
    )
    status = status or (200 if error is None else 404 if view is None else 403)
    return HTMLResponse(html, status, UNSTORED)


def _signed_in(request: Request) -> Identity | None:
    """Whoever this browser is signed in as, if anybody."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    try:
        return judging().sessions.resume(token)
    except AccessDenied:
        return None
