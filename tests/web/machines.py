"""Dashboards of several machines, each served by processes of its own, and their pages."""

import os
import signal
import subprocess
import sys

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLsRequest, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.benchmark.sessions import session
from dashboard.serving.ports import free_port
from dashboard.settings import PROJECT_ROOT
from tests.web.several import until


class Machine:
    """One of them: its server with all that this starts, killed as a machine that fails."""

    def __init__(self, servers, settings, log, **environment):
        self.settings = settings
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = log
        self._environment = servers.environment(settings) | {
            "CLUSTER_REVIEW_FOLLOW_SECONDS": "1",
            **environment,
        }

    def start(self):
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dashboard", "serve", "--port", str(self.port)],
                cwd=PROJECT_ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self.is_ready)
        return self

    def kill(self):
        """All its processes at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def is_ready(self):
        assert self.process.poll() is None, self._log.read_text("utf-8")
        try:
            return httpx.get(f"{self.address}/readyz", timeout=60).status_code == 200
        except httpx.HTTPError:
            return False

    def post(self, path, form, **headers):
        """Send a form as a page of this machine does; the answer, which is not followed."""
        headers["Origin"] = self.address
        return httpx.post(f"{self.address}{path}", data=form, headers=headers, timeout=60)

    def page(self, **headers):
        """A session of a page, to be opened."""
        return session(self.address, headers)

    async def upload(self, page, key, name, content):
        """Choose a file in an uploader; the run that follows."""
        asked = FileURLsRequest(request_id="1", file_names=[name])
        await page._socket.send(BackMsg(file_urls_request=asked).SerializeToString())
        async for data in page._socket:
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "file_urls_response":
                break
        (urls,) = message.file_urls_response.file_urls
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            await client.get("/_stcore/health")
            sent = await client.put(
                urls.upload_url,
                files={name: (name, content)},
                headers={"X-Xsrftoken": client.cookies["_streamlit_xsrf"]},
            )
        sent.raise_for_status()
        info = UploadedFileInfo(file_id=urls.file_id, name=name, size=len(content), file_urls=urls)
        state = FileUploaderState(uploaded_file_info=[info])
        return await page.choose(key, file_uploader_state_value=state)


def words_of(run):
    """What a run drew, as one text."""
    bodies = [getattr(one, str(one.WhichOneof("type"))) for one in run.elements]
    return "\n".join(str(getattr(one, "body", "")) for one in bodies)
