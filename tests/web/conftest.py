"""The whole application in this process, once: Streamlit allows no second."""

import pytest
from starlette.testclient import TestClient

from dashboard.web import build_app


@pytest.fixture(scope="session")
def application(record_settings):
    """A client of the application, as it is served."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dashboard.web.settings", lambda: record_settings)
        with TestClient(
            build_app(), base_url="http://localhost:8501", raise_server_exceptions=False
        ) as client:
            yield client
