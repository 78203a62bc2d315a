"""A page's session as its browser holds it: one websocket, messages in and out.

What a browser keeps from one run to the next is kept here too: the values of widgets, and the
messages that the server then only names by their digest.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_KEPT_RUNS = 2
"""How many runs of the script a browser keeps a message (Streamlit's `maxCachedMessageAge`)."""
_IDENTITY = "$$ID-"
"""How the identity of a widget begins; a digest and its key follow."""
_PATIENCE_S = 120
_LARGEST = 64 * 2**20


@dataclass
class Run:
    """What one run of a page sent."""

    seconds: float = 0.0
    """From the request to the end of the script."""
    first_element_s: float = 0.0
    messages: int = 0
    message_bytes: int = 0
    elements: list[Element] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """What the page showed as a failure, or why the script did not end well."""


class Session:
    """One open page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0
        self._query = ""
        self._page = ""
        self._values: dict[str, dict[str, Any]] = {}
        self.widgets: dict[str, tuple[Element, str]] = {}
        """Key of each widget on the page → its element, and the fragment in which it stands."""

    async def open(self, path: str = "", query: Mapping[str, str] | None = None) -> Run:
        """Run a page from its beginning, as an address or a link does.

        Args:
            path: of the page, without slash; empty is the first page.
            query: parameters of the address.
        """
        self._page, self._query = path, urlencode(query or {})
        self._values, self.widgets = {}, {}
        return await self._run("")

    async def again(self) -> Run:
        """Run the page once more, with nothing changed."""
        return await self._run("")

    async def choose(self, key: str, **value: Any) -> Run:
        """Change a widget as the reader does; only its fragment runs, if it stands in one.

        Args:
            key: of the widget.
            value: its new value, as a field of Streamlit's `WidgetState`:
                `string_value="2019"`, `trigger_value=True`.

        Raises:
            KeyError: the page has no such widget.
        """
        element, fragment = self.widgets[key]
        identity = getattr(element, str(element.WhichOneof("type"))).id
        self._values[identity] = value
        run = await self._run(fragment)
        if "trigger_value" in value:
            del self._values[identity]
        return run

    async def _run(self, fragment: str) -> Run:
        self._runs += 1
        asked = ClientState(
            query_string=self._query,
            page_name=self._page,
            fragment_id=fragment,
            cached_message_hashes=list(self._kept),
        )
        for identity, value in self._values.items():
            asked.widget_states.widgets.add(id=identity, **value)
        run, started = Run(), time.perf_counter()
        await self._socket.send(BackMsg(rerun_script=asked).SerializeToString())
        async with asyncio.timeout(_PATIENCE_S):
            async for data in self._socket:
                assert isinstance(data, bytes)
                run.messages += 1
                run.message_bytes += len(data)
                message = self._whole(ForwardMsg.FromString(data))
                kind = message.WhichOneof("type")
                if kind == "delta" and message.delta.HasField("new_element"):
                    run.first_element_s = run.first_element_s or time.perf_counter() - started
                    self._see(message, run)
                elif kind == "page_info_changed":
                    self._query = message.page_info_changed.query_string
                elif kind == "script_finished" and _is_end(message, run):
                    run.seconds = time.perf_counter() - started
                    break
        self._forget_old()
        return run

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself, where the server names one that was sent before."""
        if message.WhichOneof("type") == "ref_hash":
            whole = ForwardMsg()
            whole.CopyFrom(self._kept[message.ref_hash][1])
            whole.metadata.CopyFrom(message.metadata)
            self._kept[message.ref_hash] = (self._runs, whole)
            return whole
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = (self._runs, message)
        return message

    def _see(self, message: ForwardMsg, run: Run) -> None:
        element = message.delta.new_element
        kind = str(element.WhichOneof("type"))
        run.elements.append(element)
        shown = getattr(element, kind)
        if kind == "exception":
            run.failures.append(f"{shown.type}: {shown.message}")
        if kind == "alert" and shown.format == shown.ERROR:
            run.failures.append(shown.body)
        identity = getattr(shown, "id", "")
        if isinstance(identity, str) and identity.startswith(_IDENTITY):
            self.widgets[identity.split("-", 2)[2]] = (element, message.delta.fragment_id)

    def _forget_old(self) -> None:
        self._kept = {
            digest: kept for digest, kept in self._kept.items() if kept[0] > self._runs - _KEPT_RUNS
        }


def _is_end(message: ForwardMsg, run: Run) -> bool:
    """Whether this ends the run; one that was stopped for the next one does not."""
    status = message.script_finished
    ends = (
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    )
    if status not in (*ends, ForwardMsg.FINISHED_EARLY_FOR_RERUN):
        run.failures.append(ForwardMsg.ScriptFinishedStatus.Name(status))
        return True
    return status in ends


@asynccontextmanager
async def session(address: str, headers: Mapping[str, str] | None = None) -> AsyncIterator[Session]:
    """A session with a server, ended behind the block.

    Args:
        address: of the server, such as `http://127.0.0.1:8501`, with its path if it has one.
        headers: beside its own, such as cookies of the page's document.
    """
    target = f"ws{address.removeprefix('http').rstrip('/')}/_stcore/stream"
    async with connect(
        target,
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers=headers,
        max_size=_LARGEST,
        compression=None,
        proxy=None,
    ) as socket:
        yield Session(socket)
