"""Typed settings: environment, then `.streamlit/secrets.toml`, then the defaults below."""

import json
import os
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

# It would search every installed package for plug-ins, which take part in what is accepted.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = PROJECT_ROOT / ".streamlit" / "secrets.toml"
"""Settings that are not in the environment, secrets among them."""
PREFIX = "CLUSTER_REVIEW_"
"""How the names of settings begin in the environment."""


class Settings(BaseModel):
    """Where things are, from arguments, else the environment, else the secrets file."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,  # secrets among it
    )

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
    builds_kept: int = 5
    """How many builds stay on disk, the current one included."""
    small_count_threshold: int = Field(3, ge=2, le=10)
    """Counts of a city's own patients from 1 to below this never appear; from 2 to 10."""
    spending_least_payers: int = Field(10, ge=3)
    """An amount that a city's own patients paid is shown where so many visits paid."""
    spending_dominant_payers: int = Field(2, ge=1, le=2)
    """Of an amount, the largest so many payments must not dominate: 1 or 2."""
    spending_dominant_pct: int = Field(75, ge=1, le=99)
    """They dominate where they are more than this share of it, in per cent."""

    catalogue: SecretStr = SecretStr("")
    """Database in which several machines keep catalogue and log, `postgresql://user@host/name`;
    empty: one machine, whose workspace holds both.
    """
    catalogue_password_file: Path | None = None
    """File that holds its password instead, which nobody but its owner may read."""
    data: str = ""
    """Where they keep the data and the files handed in: `s3://bucket/prefix`."""
    s3_endpoint: str = ""
    """Host and port of the storage; empty: that of Amazon for the region."""
    s3_region: str = "us-east-1"
    """What the storage calls its region."""
    s3_key_id: str = ""
    """Id of the key with which the storage is asked."""
    s3_secret: SecretStr = SecretStr("")
    """The key itself."""
    s3_secret_file: Path | None = None
    """File that holds it instead, which nobody but its owner may read."""
    s3_use_ssl: bool = True
    """Whether the storage is asked under TLS."""
    s3_url_style: Literal["path", "vhost"] = "path"
    """Whether the bucket is named in the path or in the host of an address."""
    follow_seconds: int = Field(5, ge=1, le=3600)
    """Seconds after which a server looks again whether another machine took something in."""

    memory_limit_mb: int = Field(1000, ge=200)
    """Memory that taking visits in and a build may take, in MB; what is more goes to the disk."""
    upload_limit_mb: int = 2048
    """Largest file that can be handed in, in MiB."""
    look_ahead_years: int = Field(2, ge=0, le=20)
    """So many years before and behind the one that is shown are composed while nobody waits."""
    reading_memory_mb: int = 512
    """Memory that reading one workbook may take, in MiB; a file that needs more is refused."""
    reading_seconds: int = 120
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
    session_hours: int = Field(12, ge=1, le=72)
    """Hours after which an account has to sign in anew."""
    oidc_metadata_url: str = ""
    """Where the OpenID provider describes itself (`…/.well-known/openid-configuration`)."""
    oidc_client_id: str = ""
    """What the provider calls this dashboard."""
    oidc_client_secret: SecretStr = SecretStr("")
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
    role_values: tuple[tuple[str, str], ...] = ()
    """What a group is here: `official KR-27`, `approver KR-27`, `administrator` or `auditor`; of
    several the first counts. The list of accounts goes before it.
    """

    balancer: str = "nginx"
    """Program that shares people among processes (`serve --workers`): a name or a path."""
    trusted_proxies: str = "none"
    """Addresses or networks of proxies whose forwarded addresses are believed, with commas between;
    `none`: a client is who connects.
    """

    metrics_from: str = "127.0.0.0/8,::1/128"
    """Addresses or networks that may read `/metrics`, with commas between."""
    log_format: Literal["text", "json"] = "text"
    """How the server writes its log: lines for people, or one JSON object a line."""

    @model_validator(mode="before")
    @classmethod
    def _from_all_sources(cls, given: dict[str, Any]) -> dict[str, Any]:
        """What is empty in the environment is not set: else `.` would be the workspace."""
        filed = _secrets() if SECRETS_FILE.exists() else {}
        names = {f"{PREFIX}{name}".upper(): name for name in cls.model_fields}
        around = {
            names[key.upper()]: text
            for key, text in os.environ.items()
            if text and key.upper() in names
        }
        return filed | around | given

    @field_validator("trusted_proxies", "metrics_from")
    @classmethod
    def _networks(cls, listed: str) -> str:
        """Each is an address or a network: a mistyped one would be believed never, unsaid."""
        if listed.strip() == "none":
            return "none"
        named = [one.strip() for one in listed.split(",") if one.strip()]
        return ",".join(str(ip_network(one)) for one in named) or "none"

    @field_validator("catalogue")
    @classmethod
    def _database(cls, address: SecretStr) -> SecretStr:
        parts = urlsplit(address.get_secret_value())
        is_known = parts.scheme in ("postgresql", "postgres")
        if address and not (is_known and parts.hostname and parts.username and parts.path[1:]):
            raise ValueError("write postgresql://user@host:port/name")
        return address

    @field_validator("data")
    @classmethod
    def _bucket(cls, address: str) -> str:
        parts = urlsplit(address)
        if address and (parts.scheme != "s3" or not parts.netloc or "'" in address):
            raise ValueError("write s3://bucket/prefix")
        return address.rstrip("/")

    @model_validator(mode="after")
    def _both_or_none(self) -> "Settings":
        """A shared catalogue names no file of one machine, and that of one machine no bucket."""
        if bool(self.catalogue) != bool(self.data):
            raise ValueError("catalogue and data are set together, or neither is")
        return self

    @model_validator(mode="after")
    def _second_person(self) -> "Settings":
        """A second person is another account, which only exists where people sign in."""
        if self.approval == "on" and not self.has_accounts:
            raise ValueError("approval = on needs accounts: sign_in = oidc or proxy")
        return self

    @field_validator("role_values", mode="before")
    @classmethod
    def _pairs(cls, listed: object) -> object:
        """Written as a table: group = role; kept as pairs, since settings never change."""
        table = json.loads(listed) if isinstance(listed, str) else listed
        return tuple(table.items()) if isinstance(table, dict) else table

    @field_validator("workspace", "public_record", "queries")
    @classmethod
    def _from_where_it_was_said(cls, path: Path) -> Path:
        """A relative path counts from the working directory at the start, which serving changes."""
        return path.absolute()

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


def _secrets() -> dict[str, Any]:
    import tomllib  # most have no such file

    return tomllib.loads(SECRETS_FILE.read_text("utf-8"))


SECRETS = ("catalogue", "s3_secret", "oidc_client_secret")
"""Settings that are written nowhere and shown to nobody."""


def secrets_for(used: Settings) -> dict[str, str]:
    """What a process that hands in has in its environment: what only a server needs stays here."""
    held = {"catalogue": used.catalogue, "s3_secret": used.s3_secret}
    return {
        f"{PREFIX}{name.upper()}": secret.get_secret_value()
        for name, secret in held.items()
        if secret
    }


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
