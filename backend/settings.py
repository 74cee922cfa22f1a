"""What the service is told from outside: one frozen object, read at the entry points only.

Every field has an environment variable, its name in capitals after ``COMMONHOLD_``:
``COMMONHOLD_RPC_URL``, ``COMMONHOLD_DATABASE``, and so on. The command line goes before it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from eth_utils.address import to_checksum_address

PREFIX = "COMMONHOLD_"
CONTRACTS = (
    "Attestations",
    "BondedSeed",
    "Court",
    "Escrow",
    "JurorPool",
    "MarketGovernor",
    "MarketTimelock",
    "ProposalTypes",
    "Reputation",
    "Reviews",
    "RuleBook",
)


class SettingsError(Exception):
    """A setting or the deployment file is missing or makes no sense; the message says which."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set. Times are seconds.

    ``finality`` is the depth in blocks below which a reorg is an alarm, ``range_blocks`` how many
    blocks one request for logs spans while the indexer catches up, ``coin`` the symbol of the
    chain's own coin, for showing amounts. ``wait_seconds`` is how long the indexer waits for a node
    that is away when it starts; once it follows the chain, it waits without end. ``origins`` are
    those of other web pages that may use the API, with commas between; ``:*`` is any port.
    ``proxies`` are the addresses or networks of those in front of the service, with commas between:
    they are believed about whose request it is (``X-Forwarded-For``), nobody else is.
    ``content`` is where words and pictures are kept: a folder, ``s3://BUCKET/PREFIX?endpoint=URL``
    or ``ipfs+http://HOST:PORT``; left empty, the folder ``content`` beside the database.

    Notices of unread messages are off until ``webhook_url`` (with ``webhook_secret``, which signs
    each) or ``mail_server`` (with ``mail_from``, and ``mail_addresses``, a JSON file of accounts
    and their e-mail addresses) is set. ``webhook_private`` 1 allows an address of this machine or
    its network.
    """

    rpc_url: str = "http://127.0.0.1:8545"
    database: str = "var/commonhold.sqlite"
    deployment: str = "var/deployments/31337.json"
    host: str = "127.0.0.1"
    port: int = 8000
    finality: int = 64
    range_blocks: int = 2_000
    poll_seconds: float = 0.5
    rpc_timeout: float = 10.0
    wait_seconds: float = 300.0
    coin: str = "ETH"
    content: str = ""
    origins: str = ""
    proxies: str = ""
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_private: int = 0
    mail_server: str = field(default="", repr=False)
    mail_from: str = ""
    mail_addresses: str = ""

    def __post_init__(self) -> None:
        for name in ("finality", "range_blocks", "poll_seconds", "rpc_timeout"):
            if not getattr(self, name) > 0:
                raise SettingsError(f"{PREFIX}{name.upper()} must be more than zero")
        if not self.wait_seconds >= 0:
            raise SettingsError(f"{PREFIX}WAIT_SECONDS must not be negative")
        if not 0 <= self.port <= 65_535:
            raise SettingsError(f"{PREFIX}PORT must be from 0 to 65535, not {self.port}")
        if not self.database:
            raise SettingsError(f"{PREFIX}DATABASE must name a file or a URL")
        if not _is_web_address(self.rpc_url):
            raise SettingsError(
                f"{PREFIX}RPC_URL must be an address like http://127.0.0.1:8545,"
                f" not {self.rpc_url!r}"
            )

        for origin in self.allowed_origins:
            if not _is_origin(origin):
                raise SettingsError(
                    f"{PREFIX}ORIGINS must be origins like https://market.example, with commas"
                    f" between, not {origin!r}"
                )

        for proxy in self.proxies.split(",") if self.proxies else ():
            if not _is_network(proxy.strip()):
                raise SettingsError(
                    f"{PREFIX}PROXIES must be addresses or networks like 10.0.0.0/8, with commas"
                    f" between, not {proxy.strip()!r}"
                )

        self._check_notices()

    def _check_notices(self) -> None:
        if self.webhook_url and not _is_web_address(self.webhook_url):
            raise SettingsError(f"{PREFIX}WEBHOOK_URL must be an address like https://bell.example")
        if self.webhook_url and len(self.webhook_secret) < 16:
            raise SettingsError(f"{PREFIX}WEBHOOK_SECRET must have 16 characters or more")
        private = bool(self.webhook_private)
        if self.webhook_url and not private and not self.webhook_url.startswith("https://"):
            raise SettingsError(
                f"{PREFIX}WEBHOOK_URL must begin with https://; {PREFIX}WEBHOOK_PRIVATE=1 allows"
                " http to this machine and its network"
            )
        if self.mail_server and not self.mail_server.startswith(("smtp://", "smtps://")):
            raise SettingsError(f"{PREFIX}MAIL_SERVER must begin with smtps:// or smtp://")
        if self.mail_server and not ("@" in self.mail_from and self.mail_addresses):
            raise SettingsError(f"{PREFIX}MAIL_SERVER needs {PREFIX}MAIL_FROM and MAIL_ADDRESSES")

    @property
    def content_place(self) -> str:
        """As `open_store` of `backend.content` takes it."""
        if self.content:
            return self.content
        beside = Path("var") if "://" in self.database else Path(self.database).parent
        return str(beside / "content")

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.origins.split(",") if part.strip())

    @classmethod
    def read(
        cls, environment: Mapping[str, str] | None = None, **given: str | float | None
    ) -> Settings:
        """From `given`, else the environment, else the defaults above.

        Raises SettingsError for a value that is not a number where one is needed.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for each in fields(cls):
            variable = PREFIX + each.name.upper()
            value = given.get(each.name)
            if value is None:
                value = environment.get(variable)
            if value is None:
                continue
            kind: type = type(each.default)
            try:
                values[each.name] = kind(value)
            except ValueError:
                raise SettingsError(f"{variable} must be a number, not {value!r}") from None
        return cls(**values)

    def read_deployment(self) -> Deployment:
        """Which contracts the service follows. Raises SettingsError."""
        return Deployment.read(Path(self.deployment))


def _is_web_address(text: str) -> bool:
    """Whether requests can be sent there, if anybody listens."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    spaces = any(character.isspace() for character in text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and not spaces


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _is_origin(text: str) -> bool:
    """Scheme, host and port, as a browser writes them: nothing after them, no capitals."""
    address = text.removesuffix(":*")
    after_scheme = address.partition("://")[2]
    rest = any(character in after_scheme for character in "/?#@*")
    return _is_web_address(address) and not rest and address == address.lower()


@dataclass(frozen=True, slots=True)
class Deployment:
    """One market on one chain: the contracts by name, and the block after which its logs begin.

    Read from the record that a deployment leaves::

        {"chainId": 31337,
         "startBlock": {"number": 0, "hash": "0x...", ...},
         "contracts": {"Escrow": "0x...", "RuleBook": "0x...", ...},
         "complete": true, ...}
    """

    chain_id: int
    start_block: int
    start_hash: str
    contracts: Mapping[str, str]

    def address(self, name: str) -> str:
        return self.contracts[name]

    @classmethod
    def read(cls, path: Path) -> Deployment:
        """Raises SettingsError when the record is missing, unfinished or cannot be understood."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise SettingsError(
                f"There is no deployment recorded in {path}. Deploy first (`commonhold deploy`),"
                f" or name another record with --deployment or {PREFIX}DEPLOYMENT."
            ) from None
        except (OSError, ValueError) as error:
            raise SettingsError(f"The deployment record {path} cannot be read: {error}") from None
        try:
            complete = bool(found["complete"])
            deployment = cls(
                chain_id=int(found["chainId"]),
                start_block=int(found["startBlock"]["number"]),
                start_hash=str(found["startBlock"]["hash"]).lower(),
                contracts={
                    name: to_checksum_address(found["contracts"][name])
                    for name in CONTRACTS
                    if complete
                },
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise SettingsError(
                f"{path} is not the record of a deployment ({error!r}). Deploy again, or name"
                f" another record with --deployment or {PREFIX}DEPLOYMENT."
            ) from None
        if not complete:
            raise SettingsError(
                f"The deployment recorded in {path} is not finished. Run `commonhold deploy` again:"
                " it goes on where it broke."
            )
        return deployment
