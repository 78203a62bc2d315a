"""nginx, started and configured here, in front of the processes: it shares people among them."""

import getpass
import grp
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.proxied import PEER_HEADER, VISIT_COOKIE
from dashboard.serving.child import start_child
from dashboard.settings import Settings

_PLACES = os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/usr/local/bin"))
"""Where systems put what serves, beside the path of people."""
_templates = Environment(  # noqa: S701 - no HTML; all values are names that are made here
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def find_balancer(settings: Settings) -> str:
    """The path of nginx.

    Raises:
        UsageError: it is not installed.
    """
    found = shutil.which(settings.balancer) or shutil.which(settings.balancer, path=_PLACES)
    if found is None:
        raise UsageError(
            "Several processes need nginx, which is not here",
            settings.balancer,
            _(
                "Install it (Debian, Ubuntu: apt-get install nginx), or name its program in "
                "CLUSTER_REVIEW_BALANCER. One process needs none: serve --workers 1"
            ),
        )
    return found


class Balancer:
    """One nginx, which runs in a folder of its own and is told which processes there are."""

    def __init__(self, settings: Settings, folder: Path, address: str, port: int, base: str):
        self._program = find_balancer(settings)
        self._folder = folder
        self._address = address
        self._port = port
        self._base = base
        self._keeps_bundles = settings.sign_in != "desk"  # which looks at every request's name
        self._process: subprocess.Popen[bytes] | None = None

    def share_among(self, serving: Sequence[str], leaving: Sequence[str]) -> None:
        """Share people among these processes from now on; nginx is started if it does not run.

        Args:
            serving: names of the processes that take whoever comes; one at least.
            leaving: of those that keep whom they have.
        """
        host = f"[{self._address}]" if ":" in self._address else self._address
        text = _templates.get_template("nginx.conf").render(
            serving=list(serving),
            leaving=list(leaving),
            listen=f"{host}:{self._port}",
            base=self._base,
            cookie=VISIT_COOKIE,
            peer_header=PEER_HEADER,
            keeps_bundles=self._keeps_bundles,
            user=_account() if os.geteuid() == 0 else "",
        )
        draft = self._folder / "nginx.conf.draft"
        draft.write_text(text, "utf-8")
        draft.replace(self._folder / "nginx.conf")
        if self._process is None or self._process.poll() is not None:
            command = [self._program, "-e", "stderr", "-p", f"{self._folder}/", "-c", "nginx.conf"]
            self._process = start_child(command, cwd=self._folder)
        else:
            self._process.send_signal(signal.SIGHUP)

    @property
    def has_ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self._process is not None and self._process.poll() is not None

    @property
    def process(self) -> "subprocess.Popen[bytes] | None":
        """What runs, to be ended with the rest."""
        return self._process

    def is_listening(self) -> bool:
        """Whether somebody can connect."""
        try:
            socket.create_connection((self._address, self._port), timeout=1).close()
        except OSError:
            return False
        return True


def _account() -> str:
    """Account and group under which this runs: nginx would take others, who may not see in."""
    return f"{getpass.getuser()} {grp.getgrgid(os.getegid()).gr_name}"
