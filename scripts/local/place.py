"""Where a local market lives: its ports and its files."""

import os
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.toolchain import ROOT
from scripts.toolchain.network import PortInUse

HOST = "127.0.0.1"
CHAIN_ID = 31337
CHAIN_PORT, API_PORT = 8545, 8000
VAR = ROOT / "var"


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
        """Where every `commonhold` command looks if told nothing else. PortInUse."""
        for port in (chain_port, api_port):
            if not is_free(port):
                raise PortInUse(f"port {port} of {HOST} is in use; end what listens there")
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
        folder = VAR / f"aside-{os.getpid()}"
        return cls(
            chain_port=free_port(),
            api_port=free_port(),
            record=folder / "deployment.json",
            database=folder / "commonhold.sqlite",
            logs=folder / "logs",
        )

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
        }

    def clear(self) -> None:
        """Forgets the market of an earlier chain: a new chain begins with nothing."""
        self.record.unlink(missing_ok=True)
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
        shutil.rmtree(self.logs, ignore_errors=True)


def is_free(port: int) -> bool:
    """Whether nothing listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
