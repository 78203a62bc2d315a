"""Typed settings: environment, then `.streamlit/secrets.toml`, then the defaults below.

Read by every command, so that nothing is loaded here that takes longer than the reading.
"""

import json
import os
from collections.abc import Callable
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

from attrs import Attribute, Converter, asdict, converters, field, fields_dict, frozen
from attrs.validators import ge, le

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = PROJECT_ROOT / ".streamlit" / "secrets.toml"
"""Settings that are not in the environment, secrets among them."""
PREFIX = "CLUSTER_REVIEW_"
"""How the names of settings begin in the environment."""


class SettingFault(ValueError):
    """A setting cannot be used. It says which and why, and nothing that is secret."""


@frozen
class Secret:
    """A text that is not printed with what holds it."""

    text: str = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.text)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("write a text")
    return value


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise ValueError("write a whole number") from None


def _yes_or_no(value: Any) -> bool:
    try:
        return converters.to_bool(value)
    except ValueError:
        raise ValueError("write true or false") from None


def _secret(value: object) -> Secret:
    return value if isinstance(value, Secret) else Secret(_text(value))


def _path(value: Path | str) -> Path:
    """A relative path counts from the working directory at the start, which serving changes.

    DuckDB reads parameters behind a question mark, and a backslash as a step down.
    """
    path = Path(value).absolute()
    if any(sign in "?\\" or "\ud800" <= sign <= "\udfff" for sign in path.as_posix()):
        raise ValueError("write a path without ?, \\ and bytes that are no UTF-8")
    return path


def _networks(value: object) -> str:
    """Each is an address or a network: a mistyped one would be believed never, unsaid."""
    named = [one.strip() for one in _text(value).split(",") if one.strip()]
    if named == ["none"]:
        return "none"
    return ",".join(str(ip_network(one)) for one in named) or "none"


def _database(value: object) -> Secret:
    address = _secret(value)
    try:
        parts = urlsplit(address.text)
        is_known = parts.scheme in ("postgresql", "postgres") and parts.port != 0
        is_whole = bool(is_known and parts.hostname and parts.username and parts.path[1:])
    except ValueError:  # which quotes the password
        is_whole = False
    if address and not is_whole:
        raise ValueError("write postgresql://user@host:port/name")
    return address


def _bucket(value: object) -> str:
    address = _text(value)
    parts = urlsplit(address)
    if address and (parts.scheme != "s3" or not parts.netloc or "'" in address):
        raise ValueError("write s3://bucket/prefix")
    return address.rstrip("/")


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    """Written as a table: group = role; kept as pairs, since settings never change."""
    try:
        table = json.loads(value) if isinstance(value, str) else value
        pairs: Any = table.items() if isinstance(table, dict) else table
        return tuple((_text(group), _text(role)) for group, role in pairs)
    except (TypeError, ValueError):
        raise ValueError('write {"group": "role", …}') from None


_READ: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    int: _whole,
    bool: _yes_or_no,
    Secret: _secret,
    Path: _path,
    Path | None: converters.optional(_path),
}
"""How a value of each type is read: what is given, or a text of the environment."""


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def chosen(value: object) -> str:
        if value not in choices:
            raise ValueError(f"write one of {', '.join(choices)}")
        return str(value)

    return chosen


def _named(read: Callable[[Any], Any]) -> "Converter[Any, Any]":
    """A converter whose error names the setting."""

    def converted(value: Any, setting: "Attribute[Any]") -> Any:
        try:
            return read(value)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{setting.name}: {error}") from None

    return Converter(converted, takes_field=True)


def _by_type(_settings: type, fields: list["Attribute[Any]"]) -> list["Attribute[Any]"]:
    """Each setting is read as its type says, where it has no rule of its own."""
    read = []
    for one in fields:
        is_choice = get_origin(one.type) is Literal
        rule: Any = one.converter or (_one_of(get_args(one.type)) if is_choice else _READ[one.type])
        read.append(one.evolve(converter=_named(rule)))
    return read


@frozen(kw_only=True, field_transformer=_by_type)
class Settings:
    """Where things are, and how the product goes about it.

    Raises:
        ValueError: of the first setting that cannot be used, by its name.
    """

    workspace: Path = PROJECT_ROOT / "workspace"
    """Folder of the lake, the builds and the receipts. Never inside the tracked files."""
    public_record: Path = PROJECT_ROOT / "data" / "public_record"
    """Folder of the data package that is shipped with the product."""
    queries: Path = PROJECT_ROOT / "queries"
    """Folder of the SQL layers and `metrics.yml`."""
    home_region: str = "KR-27"
    """Code of the region with which pages open."""
    compared_region: str = "KR-30"
    """What stands beside the home region unless the reader chooses; beside others it is that."""
    builds_kept: int = field(default=5, validator=ge(1))
    """How many builds stay on disk, the current one included."""
    small_count_threshold: int = field(default=3, validator=[ge(2), le(10)])
    """Counts of a city's own patients from 1 to below this never appear; from 2 to 10."""
    spending_least_payers: int = field(default=10, validator=ge(3))
    """An amount that a city's own patients paid is shown where so many visits paid."""
    spending_dominant_payers: int = field(default=2, validator=[ge(1), le(2)])
    """Of an amount, the largest so many payments must not dominate: 1 or 2."""
    spending_dominant_pct: int = field(default=75, validator=[ge(1), le(99)])
    """They dominate where they are more than this share of it, in per cent."""

    catalogue: Secret = field(default=Secret(""), converter=_database)
    """Database in which several machines keep catalogue and log, `postgresql://user@host/name`;
    empty: one machine, whose workspace holds both.
    """
    catalogue_password_file: Path | None = None
    """File that holds its password instead, which nobody but its owner may read."""
    data: str = field(default="", converter=_bucket)
    """Where they keep the data and the files handed in: `s3://bucket/prefix`."""
    s3_endpoint: str = ""
    """Host and port of the storage; empty: that of Amazon for the region."""
    s3_region: str = "us-east-1"
    """What the storage calls its region."""
    s3_key_id: str = ""
    """Id of the key with which the storage is asked."""
    s3_secret: Secret = Secret("")
    """The key itself."""
    s3_secret_file: Path | None = None
    """File that holds it instead, which nobody but its owner may read."""
    s3_use_ssl: bool = True
    """Whether the storage is asked under TLS."""
    s3_url_style: Literal["path", "vhost"] = "path"
    """Whether the bucket is named in the path or in the host of an address."""
    follow_seconds: int = field(default=5, validator=[ge(1), le(3600)])
    """Seconds after which a server looks again whether another machine took something in."""

    memory_limit_mb: int = field(default=1000, validator=ge(200))
    """Memory that taking visits in and a build may take, in MB; what is more goes to the disk."""
    upload_limit_mb: int = field(default=2048, validator=ge(1))
    """Largest file that can be handed in, in MiB."""
    look_ahead_years: int = field(default=2, validator=[ge(0), le(20)])
    """So many years before and behind the one that is shown are composed while nobody waits."""
    reading_memory_mb: int = field(default=512, validator=ge(1))
    """Memory that reading one workbook may take, in MiB; a file that needs more is refused."""
    reading_seconds: int = field(default=120, validator=ge(1))
    """Seconds of the processor that reading one workbook may take; by the clock four times."""
    approval: Literal["auto", "on", "off"] = "auto"
    """Whether a second person approves what is handed in; auto: where people sign in."""

    sign_in: Literal["desk", "public", "oidc", "proxy"] = "desk"
    """Who comes in: `desk`: whoever sits at this machine, without sign-in; `public`: everybody, to
    read; `oidc`: accounts of an OpenID provider; `proxy`: accounts that a proxy signs for.
    """
    desk_region: str = ""
    """Code of the region to which the desk belongs: its exact counts are shown there."""
    public_address: str = ""
    """Address under which people reach the dashboard, such as https://review.example.go.kr."""
    session_hours: int = field(default=12, validator=[ge(1), le(72)])
    """Hours after which an account has to sign in anew."""
    oidc_metadata_url: str = ""
    """Where the OpenID provider describes itself (`…/.well-known/openid-configuration`)."""
    oidc_client_id: str = ""
    """What the provider calls this dashboard."""
    oidc_client_secret: Secret = Secret("")
    """What only the provider and this dashboard know."""
    oidc_client_secret_file: Path | None = None
    """File that holds it instead, which nobody but its owner may read."""
    proxy_header: str = "X-Identity-Token"
    """Header with the token (JWT) by which a trusted proxy says who asks."""
    proxy_key_file: Path | None = None
    """Public keys (JWKS or PEM) by which the token's signature is verified."""
    proxy_issuer: str = ""
    """Who must have issued the token (`iss`)."""
    proxy_audience: str = "cluster-review"
    """For whom the token must be (`aud`)."""
    account_claim: str = "email"
    """Claim that names the account as the list of accounts does; an e-mail must be verified."""
    role_claim: str = ""
    """Claim with groups or roles of the account, dots between levels (`realm_access.roles`)."""
    role_values: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """What a group is here: `official KR-27`, `approver KR-27`, `administrator` or `auditor`; of
    several the first counts. The list of accounts goes before it.
    """

    balancer: str = "nginx"
    """Program that shares people among processes (`serve --workers`): a name or a path."""
    trusted_proxies: str = field(default="none", converter=_networks)
    """Addresses or networks of proxies whose forwarded addresses are believed, with commas between;
    `none`: a client is who connects.
    """

    metrics_from: str = field(default="127.0.0.0/8,::1/128", converter=_networks)
    """Addresses or networks that may read `/metrics`, with commas between."""
    log_format: Literal["text", "json"] = "text"
    """How the server writes its log: lines for people, or one JSON object a line."""

    def __attrs_post_init__(self) -> None:
        """A shared catalogue names no file of one machine, and that of one machine no bucket.

        A second person is another account, which only exists where people sign in.
        """
        if bool(self.catalogue) != bool(self.data):
            raise ValueError("catalogue and data are set together, or neither is")
        if self.approval == "on" and not self.has_accounts:
            raise ValueError("approval = on needs accounts: sign_in = oidc or proxy")

    @property
    def is_shared(self) -> bool:
        """Whether several machines share the record and the log."""
        return bool(self.catalogue)

    @property
    def has_accounts(self) -> bool:
        """Whether people sign in with accounts of their own."""
        return self.sign_in in ("oidc", "proxy")

    @property
    def needs_approval(self) -> bool:
        """Whether a second person approves what is handed in."""
        return self.has_accounts if self.approval == "auto" else self.approval == "on"

    @property
    def lake_catalogue(self) -> Path:
        """SQLite catalogue of the lake, of one machine."""
        return self.workspace / "lake.sqlite"

    @property
    def lake_data(self) -> Path:
        """Parquet files of the lake, of one machine."""
        return self.workspace / "lake"

    @property
    def ledger(self) -> Path:
        """SQLite file of the append-only logs of one machine: judging, editions, deliveries."""
        return self.workspace / "ledger.sqlite"

    @property
    def ledger_key(self) -> Path:
        """Secret under which checkpoints of the logs are signed."""
        return self.workspace / "ledger.key"

    @property
    def visits_key(self) -> Path:
        """Secret from which the keys of visits are computed."""
        return self.workspace / "visits.key"

    @property
    def cookie_key(self) -> Path:
        """Secret under which the sign-in of accounts is signed in the browser's cookie."""
        return self.workspace / "cookie.key"

    @property
    def key_files(self) -> tuple[Path, ...]:
        """The secrets of the workspace, in the order in which a first machine makes them."""
        return self.ledger_key, self.visits_key, self.cookie_key

    @property
    def database_memory_mb(self) -> int:
        """Memory of the database in an intake or a build: the other half holds what is read."""
        return self.memory_limit_mb // 2

    @property
    def marts(self) -> Path:
        """Folder of the builds and of the pointer to the current one."""
        return self.workspace / "marts"


def plain_settings(used: Settings) -> dict[str, Any]:
    """All settings but the secrets, by name, as JSON holds them and `read_settings` takes them."""
    held = asdict(used, recurse=False)
    return {
        name: str(value) if isinstance(value, Path) else value
        for name, value in held.items()
        if not isinstance(value, Secret)
    }


def secrets_for(used: Settings) -> dict[str, str]:
    """What a process that hands in has in its environment: what only a server needs stays here."""
    held = {"catalogue": used.catalogue, "s3_secret": used.s3_secret}
    return {f"{PREFIX}{name.upper()}": secret.text for name, secret in held.items() if secret}


def read_settings(**given: Any) -> Settings:
    """Settings as given, else as the environment says, else the file of secrets, else the default.

    What is empty in the environment is not set: else `.` would be the workspace.

    Raises:
        SettingFault: one that cannot be used.
    """
    names = {f"{PREFIX}{name}".upper(): name for name in fields_dict(Settings)}
    around = {
        names[key.upper()]: text
        for key, text in os.environ.items()
        if text and key.upper() in names
    }
    filed = {name: value for name, value in _filed().items() if name in names.values()}
    try:
        return Settings(**filed | around | given)
    except (TypeError, ValueError) as error:
        raise SettingFault(str(error)) from None


def _filed() -> dict[str, Any]:
    """What the file of secrets says, of others too."""
    if not SECRETS_FILE.exists():
        return {}
    import tomllib  # most have no such file

    try:
        return tomllib.loads(SECRETS_FILE.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:  # neither quotes a value
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise SettingFault(f"{SECRETS_FILE.name}: {why}") from None


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
