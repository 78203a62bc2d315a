"""Forms that pages of this server send apart from Streamlit: another site's are refused."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard.errors import AccessDenied, ClusterReviewError, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import number_text, speaking

_LARGEST = 65536
"""Bytes: a comment of 2000 letters of Hangul takes 18,000, and so does the one it replaces."""
_FOREIGN, _TOO_LONG = 403, 413
UNSTORED = {"Cache-Control": "no-store"}
Fields = dict[str, str]
Refusal = Callable[[Request, Fields, ClusterReviewError, int], Response]


class _Refused(Exception):
    """The form is not taken; its only argument is the HTTP status that says so."""


def form_endpoint(
    answer: Callable[[Request, Fields], Response],
    refusal: Refusal,
    at_once: asyncio.Semaphore | None = None,
) -> Callable[..., object]:
    """An endpoint whose work, slow hashes and files, does not hold up the other connections.

    Args:
        answer: gets the request with the fields of its address and, sent by POST, of its form.
        refusal: answers a form that is not taken, whose fields are those of its address alone, with
            the error in words and an HTTP status.
        at_once: how many are answered at the same time, apart from those of other endpoints; None:
            as many as the server has threads.
    """

    async def endpoint(request: Request) -> Response:
        fields = dict(request.query_params)
        if request.method == "POST":
            try:
                fields |= await _sent_fields(request)
            except _Refused as refused:
                return await run_in_threadpool(_refused, refusal, request, fields, *refused.args)
        async with at_once or nullcontext():
            return await run_in_threadpool(answer, request, fields)

    return endpoint


def _refused(refusal: Refusal, request: Request, fields: Fields, status: int) -> Response:
    """Why a form is not taken, in the language of its address."""
    with speaking(fields.get("lang")):
        return refusal(request, fields, _fault(status), status)


def _fault(status: int) -> ClusterReviewError:
    if status == _FOREIGN:
        return AccessDenied(
            "This form was not sent by a page of this server",
            _("Forms of other pages are refused, so that nobody acts in your name."),
            _("Open the page here and send it from there. Nothing was saved."),
        )
    limit = number_text(_LARGEST)
    return UsageError(
        "What was sent is too long",
        _("A form of this server has {limit} bytes at most.").format(limit=limit),
        _("Go back, shorten what you wrote, and send it again. Nothing was saved."),
    )


async def _sent_fields(request: Request) -> Fields:
    """The fields of a form that a page of this server sent.

    Raises:
        _Refused: another site sent it, or it is too long.
    """
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != request.headers.get("host"):
        raise _Refused(_FOREIGN)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise _Refused(_TOO_LONG)
    sent = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in sent.items()}
