"""The program: Python, packages, database extensions, fonts."""

import re
import sys
from importlib.metadata import PackageNotFoundError, version

from dashboard.checkup.found import Examined, Found, mend, well
from dashboard.i18n import gettext as _
from dashboard.settings import PROJECT_ROOT

REQUIREMENTS = PROJECT_ROOT / "requirements.txt"
FONTS = PROJECT_ROOT / "dashboard"
_FONT_FILES = (
    "render/fonts/PretendardGOV-Regular.otf",
    "render/fonts/PretendardGOV-Bold.otf",
    "static/fonts/PretendardGOV-Regular.woff2",
    "static/fonts/PretendardGOV-Regular.subset.woff2",
    "static/fonts/PretendardGOV-Bold.woff2",
    "static/fonts/PretendardGOV-Bold.subset.woff2",
    "static/fonts/ClusterReviewSigns-Regular.woff2",
    "static/fonts/ClusterReviewSigns-Bold.woff2",
)
_FONT_HEADS = {".otf": b"OTTO", ".woff2": b"wOF2"}
_OLDEST = (3, 11)


def python_version(_examined: Examined) -> Found:
    """Python is new enough."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= _OLDEST:
        return well(f"Python {found}")
    return mend(
        f"Python {found}",
        _("Install Python {oldest} or newer, then the packages again.").format(
            oldest=".".join(map(str, _OLDEST))
        ),
    )


def packages(_examined: Examined) -> Found:
    """Every package is there in the version that was tested."""
    pinned = re.findall(r"(?m)^([\w.-]+)==([\w.]+)", REQUIREMENTS.read_text("utf-8"))
    other = [f"{name} {_installed(name)} ≠ {wanted}" for name, wanted in pinned
             if _installed(name) != wanted]  # fmt: skip
    if not other:
        return well(_("{count} packages as pinned").format(count=len(pinned)))
    return mend(
        ", ".join(other),
        _("Run: {command}").format(command=f"{sys.executable} -m pip install -r {REQUIREMENTS}"),
    )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def extensions(_examined: Examined) -> Found:
    """The extensions of the database load from their packages, without the network."""
    from dashboard.store.connection import open_lake_connection

    open_lake_connection().close()
    return well(_("The extensions of the database load without the network."))


def fonts(_examined: Examined) -> Found:
    """The fonts of screen and paper are there and are fonts."""
    broken = []
    for name in _FONT_FILES:
        path = FONTS / name
        try:
            with path.open("rb") as file:
                head = file.read(4)
        except OSError:
            head = b""
        if head != _FONT_HEADS[path.suffix]:
            broken.append(name)
    if not broken:
        return well(_("{count} fonts").format(count=len(_FONT_FILES)))
    return mend(", ".join(broken), _("Put these files back from the release."))
