"""Where a local market lives: its ports and its files."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.toolchain import ROOT
from scripts.toolchain.node import HOST, PortInUse, free_port, is_free

CHAIN_ID = 31337
CHAIN_PORT, API_PORT = 8545, 8000
VAR = ROOT / "var"
LOOPBACK = "http://localhost:*,http://127.0.0.1:*,http://[::1]:*"  # pages under development


@dataclass(frozen=True, slots=True)
class Place:
    """Ports and files of one local market."""

    chain_port: int
    api_port: int
    record: Path
    database: Path
    logs: Path

    @classmethod
    def usual(cls, chain_port: int = CHAIN_PORT, api_port: int = API_PORT) -> "Place":
        """Where every `commonhold` command looks if told nothing else; PortInUse.

        With other ports than the usual ones, a folder of its own.
        """
        for port in (chain_port, api_port):
            if not is_free(port):
                raise PortInUse(f"port {port} of {HOST} is in use; end what listens there")
        if (chain_port, api_port) != (CHAIN_PORT, API_PORT):
            return cls.beside(f"{chain_port}-{api_port}", chain_port, api_port)
        return cls(
            chain_port=chain_port,
            api_port=api_port,
            record=VAR / "deployments" / f"{CHAIN_ID}.json",
            database=VAR / "commonhold.sqlite",
            logs=VAR / "logs",
        )

    @classmethod
    def aside(cls) -> "Place":
        """Free ports and a folder of its own, beside whatever else is running."""
        return cls.beside(f"aside-{os.getpid()}", free_port(), free_port())

    @classmethod
    def beside(cls, name: str, chain_port: int, api_port: int) -> "Place":
        """A folder of its own."""
        folder = VAR / name
        return cls(
            chain_port=chain_port,
            api_port=api_port,
            record=folder / "deployment.json",
            database=folder / "commonhold.sqlite",
            logs=folder / "logs",
        )

    @property
    def is_usual(self) -> bool:
        """Whether the commands of the service find this market by themselves."""
        return (self.chain_port, self.api_port) == (CHAIN_PORT, API_PORT)

    def command(self, name: str) -> str:
        """What to type in another terminal for a `commonhold` command on this market."""
        told = "" if self.is_usual else " ".join(f"{k}={v}" for k, v in self.settings.items())
        return f"{told} .venv/bin/commonhold {name}".strip()

    @property
    def rpc_url(self) -> str:
        """The node."""
        return f"http://{HOST}:{self.chain_port}"

    @property
    def api_url(self) -> str:
        """The API, without its version."""
        return f"http://{HOST}:{self.api_port}"

    @property
    def settings(self) -> Mapping[str, str]:
        """The environment in which the service finds this market."""
        return {
            "COMMONHOLD_RPC_URL": self.rpc_url,
            "COMMONHOLD_DATABASE": str(self.database),
            "COMMONHOLD_DEPLOYMENT": str(self.record),
            "COMMONHOLD_HOST": HOST,
            "COMMONHOLD_PORT": str(self.api_port),
            "COMMONHOLD_POLL_SECONDS": "0.2",
            "COMMONHOLD_ORIGINS": LOOPBACK,
        }

    def clear(self) -> None:
        """Forgets the market of an earlier chain: a new chain begins with nothing."""
        self.record.unlink(missing_ok=True)
        for file in self.database.parent.glob(f"{self.database.name}*"):
            file.unlink()
        shutil.rmtree(self.logs, ignore_errors=True)

    def leave(self) -> None:
        """Removes a folder that was its own."""
        if self.record.parent == self.database.parent:
            shutil.rmtree(self.database.parent, ignore_errors=True)
