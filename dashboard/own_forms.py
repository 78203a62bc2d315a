"""Forms that pages of this server send apart from Streamlit: another site's are refused."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

_LARGEST = 32768
"""Bytes: a comment of 2000 letters of Hangul takes 18,000."""
UNSTORED = {"Cache-Control": "no-store"}


class _Refused(Exception):
    """The form did not come from a page of this server, or is none."""


def form_endpoint(
    answer: Callable[[Request, dict[str, str]], Response], at_once: asyncio.Semaphore | None = None
) -> Callable[..., object]:
    """An endpoint whose work, slow hashes and files, does not hold up the other connections.

    Args:
        answer: gets the request with the fields of its address and, sent by POST, of its form.
        at_once: how many are answered at the same time, apart from those of other endpoints; None:
            as many as the server has threads.
    """

    async def endpoint(request: Request) -> Response:
        fields = dict(request.query_params)
        if request.method == "POST":
            try:
                fields |= await _sent_fields(request)
            except _Refused:
                return Response("", 403, UNSTORED)
        async with at_once or nullcontext():
            return await run_in_threadpool(answer, request, fields)

    return endpoint


async def _sent_fields(request: Request) -> dict[str, str]:
    """The fields of a form that a page of this server sent.

    Raises:
        _Refused: another site sent it, or it is too long.
    """
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != request.headers.get("host"):
        raise _Refused
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise _Refused
    sent = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in sent.items()}
