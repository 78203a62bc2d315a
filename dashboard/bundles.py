"""Bundles are compressed once: what never changes under its name is kept as it is sent."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
_FIRST = ("Html", "Selectbox", "TextInput")
_IMPORT = re.compile(r'(?:from|import)"\./([^"]+\.js)"')
_LEVEL = 6
_MOST_KEPT = 400
"""Files; a page fetches some fifty of them, and one file may be asked for under several paths."""
_PARTIAL = frozenset({"range", "if-none-match", "if-modified-since"})
"""Headers of a request that may be answered otherwise than with the whole file."""


@dataclass
class _Answer:
    """What is sent to a request: its head, and its body in the parts in which it came."""

    head: Message | None = None
    parts: list[bytes] = field(default_factory=list)
    is_whole: bool = False
    """Whether the last part came: of a browser that goes away meanwhile it does not."""

    @property
    def is_lasting(self) -> bool:
        """Whether it is a compressed file that never changes under its name, for whoever asks."""
        if self.head is None or self.head["status"] != 200:
            return False
        headers = Headers(raw=self.head["headers"])
        if "Set-Cookie" in headers:
            return False
        is_immutable = "immutable" in headers.get("Cache-Control", "")
        return is_immutable and headers.get("Content-Encoding") == "gzip"


class BundleMiddleware:
    """Compresses every answer, and keeps the files among them that never change.

    Streamlit sends its bundles, 9 MB for the charts alone, as they are. They hold nothing that
    depends on who asks.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._compressing = GZipMiddleware(app, compresslevel=_LEVEL)
        self._kept: dict[str, _Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what was kept, else pass the request on."""
        if not _takes_bundle(scope):
            await self._compressing(scope, receive, send)
            return
        path = scope["path"] + "?" + scope["query_string"].decode("latin-1")
        kept = self._kept.get(path)
        if kept is not None and kept.head is not None:
            await send(kept.head)
            await send({"type": "http.response.body", "body": kept.parts[0]})
            return
        answer = _Answer()

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.head = message
            elif answer.is_lasting:
                answer.parts.append(message.get("body", b""))
                answer.is_whole = not message.get("more_body", False)
            await send(message)

        await self._compressing(scope, receive, note)
        if answer.is_whole and answer.head is not None and len(self._kept) < _MOST_KEPT:
            body = b"".join(answer.parts)
            length = (b"content-length", str(len(body)).encode())
            headers = [pair for pair in answer.head["headers"] if pair[0] != length[0]]
            head = {**answer.head, "headers": [*headers, length]}
            self._kept[path] = _Answer(head, [body])


@cache
def first_scripts() -> str:
    """Links by which a browser fetches the parts of Streamlit that every page has, and theirs.

    Else it fetches them one after the other when their first elements arrive.
    """
    found: list[str] = []
    waiting = [path.name for part in _FIRST for path in _SCRIPTS.glob(f"{part}.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += _IMPORT.findall((_SCRIPTS / name).read_text(encoding="utf-8"))
    link = '<link rel="modulepreload" crossorigin href="./static/js/{}">'
    return "".join(link.format(name) for name in sorted(found))


def _takes_bundle(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("Accept-Encoding", "") and not _PARTIAL & {*headers.keys()}
