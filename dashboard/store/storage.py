"""S3-compatible storage that several machines share: data of the lake, and files handed in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING
from uuid import uuid4

from dashboard.settings import Settings
from dashboard.store.postgres import CONNECT_S, unreachable
from dashboard.store.private_files import secret_of

if TYPE_CHECKING:
    from pyarrow.fs import S3FileSystem

_AMAZON = "s3.{region}.amazonaws.com"
_REQUEST_S = 60
_ATTEMPTS = 3
_PIECE = 1 << 20


def lake_data(settings: Settings) -> str:
    """Where the Parquet files of the lake are."""
    return f"{settings.data}/lake/" if settings.is_shared else str(settings.lake_data)


def endpoint_of(settings: Settings) -> str:
    """Host and port of the storage."""
    return settings.s3_endpoint or _AMAZON.format(region=settings.s3_region)


def secret_key(settings: Settings) -> str:
    """The key with which the storage is asked.

    Raises:
        UsageError: the file that holds it cannot be read, or is open to others.
    """
    file = settings.s3_secret_file
    return secret_of(file) if file is not None else settings.s3_secret.text


class SharedFiles:
    """Files that are written once and never changed, in the storage under their names."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._root = settings.data.removeprefix("s3://")

    def has(self, name: str) -> bool:
        """Whether there is such a file.

        Raises:
            StoreUnreachable: the storage does not answer.
        """
        with self._spoken() as system:
            return bool(system.get_file_info(f"{self._root}/{name}").is_file)

    def names(self, folder: str) -> list[str]:
        """Names of the files in a folder and those below it.

        Raises:
            StoreUnreachable: the storage does not answer.
        """
        from pyarrow.fs import FileSelector

        with self._spoken() as system:
            selected = FileSelector(f"{self._root}/{folder}", allow_not_found=True, recursive=True)
            found = [one.path for one in system.get_file_info(selected) if one.is_file]
        return sorted(path.removeprefix(f"{self._root}/") for path in found)

    def put(self, file: Path, name: str) -> None:
        """Write a file, which nobody sees before all of it is there.

        Raises:
            StoreUnreachable: the storage does not answer; then there is no such file.
            OSError: the local file cannot be read.
        """
        draft = f"{self._root}/drafts/{uuid4().hex}"
        with file.open("rb") as source, self._spoken() as system:
            try:
                with system.open_output_stream(draft) as target:
                    copyfileobj(source, target, _PIECE)
                system.copy_file(draft, f"{self._root}/{name}")
            finally:
                with suppress(OSError):  # what a reader's fault cut off is stored by closing it
                    system.delete_file(draft)

    def get(self, name: str, file: Path) -> None:
        """Fetch a file to this machine.

        Raises:
            StoreUnreachable: the storage does not answer, or has no such file.
            OSError: it cannot be written here.
        """
        with (
            file.open("wb") as target,
            self._spoken() as system,
            system.open_input_stream(f"{self._root}/{name}") as source,
        ):
            copyfileobj(source, target, _PIECE)

    def fetch(self, name: str, file: Path) -> None:
        """Have a file that is written once on this machine, too, if there is one.

        Raises:
            StoreUnreachable: the storage does not answer.
            OSError: it cannot be written here.
        """
        if not self.has(name):
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{uuid4().hex}.draft")
        try:
            self.get(name, draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)

    @contextmanager
    def _spoken(self) -> Iterator["S3FileSystem"]:
        """The storage; what it does not do is said in words."""
        try:
            yield _file_system(self._settings)
        except OSError as error:
            if error.filename is not None:  # of this machine's disk
                raise
            raise unreachable(endpoint_of(self._settings), str(error)) from error


@cache
def _file_system(settings: Settings) -> "S3FileSystem":
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

    return S3FileSystem(
        access_key=settings.s3_key_id,
        secret_key=secret_key(settings),
        region=settings.s3_region,
        endpoint_override=endpoint_of(settings),
        scheme="https" if settings.s3_use_ssl else "http",
        force_virtual_addressing=settings.s3_url_style == "vhost",
        connect_timeout=CONNECT_S,
        request_timeout=_REQUEST_S,
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=_ATTEMPTS),
    )
