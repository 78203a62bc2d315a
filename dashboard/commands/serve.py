"""Opening the dashboard."""

import os
from typing import Annotated

from cyclopts import Parameter

from dashboard.commands.bringing_up import bring_up_to_date
from dashboard.errors import UsageError
from dashboard.front_door import check_address
from dashboard.i18n import gettext as _
from dashboard.proxied import base_of
from dashboard.serving.ports import require_free
from dashboard.settings import settings
from dashboard.store.ask import open_record
from dashboard.store.workspace_keys import see_to_keys
from dashboard.web import serve as serve_pages

_LAST_PORT = 65_535


def serve(
    *,
    port: int = 8501,
    address: str = "127.0.0.1",
    base_path: str = "/",
    public: Annotated[bool, Parameter(negative=())] = False,
    workers: int = 1,
    grace_minutes: float = 30,
) -> int:
    """Bring the record up to date and open the dashboard.

    Args:
        port: port to listen on.
        address: address to listen on; the default can be reached from this machine only.
        base_path: path below which the pages stand behind a proxy, such as /cluster-review.
        public: open it to everybody, to read; judges sign in with their codes all the same.
        workers: processes behind the port; more than one need nginx, which is started with them.
        grace_minutes: how long, after `reload`, a former process keeps pages that stay open.
    """
    if not 0 < port <= _LAST_PORT:
        raise UsageError(
            "There is no such port",
            str(port),
            _("Name one from 1 to {last}.").format(last=_LAST_PORT),
        )
    if public:
        os.environ["CLUSTER_REVIEW_SIGN_IN"] = "public"
        settings.cache_clear()
    base = base_of(base_path)
    check_address(settings(), address)
    require_free(address, port)
    see_to_keys(settings())
    if workers != 1:
        from dashboard.commands.several import serve_by_several

        return serve_by_several(workers, port, address, base, grace_minutes)
    bring_up_to_date(mend=True)
    open_record(settings()).current()
    print(f"Cluster Review: http://{address}:{port}{base}/", flush=True)
    serve_pages(port, address, base)
    return 0
