"""Which node a network's name stands for, and what is deployed there."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.deploy.record import DeployError
from scripts.toolchain import ROOT

FILE = ROOT / "deployments" / "networks.toml"
KEY_ENV = "COMMONHOLD_DEPLOYER_KEY"
KNOWN = {"rpc_url", "rpc_url_env", "chain_id", "profile", "parameters", "key_env"}


@dataclass(frozen=True, slots=True)
class Network:
    """A node, and what is deployed through it. `chain_id` is checked if given."""

    name: str
    rpc_url: str
    profile: str
    chain_id: int | None = None
    parameters: Path | None = None
    key_env: str = KEY_ENV


def find_network(name: str, rpc_url: str | None = None, file: Path = FILE) -> Network:
    """The network of this name; `rpc_url` goes before the file's. Raises DeployError."""
    try:
        known = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DeployError(f"{file}: {error}") from None
    if name not in known:
        raise DeployError(f"{file} knows no network {name}; it knows: {', '.join(known)}")
    entry: dict[str, Any] = known[name]
    if unknown := entry.keys() - KNOWN:
        raise DeployError(f"{file}: {name}.{min(unknown)} is unknown")
    profile = entry.get("profile", "live")
    if profile != "local" and "chain_id" not in entry:
        raise DeployError(f"{file}: {name}.chain_id is missing; a live network needs it")
    return Network(
        name=name,
        rpc_url=rpc_url or _url(name, entry, file),
        profile=profile,
        chain_id=entry.get("chain_id"),
        parameters=file.parents[1] / entry["parameters"] if "parameters" in entry else None,
        key_env=entry.get("key_env", KEY_ENV),
    )


def _url(name: str, entry: dict[str, Any], file: Path) -> str:
    if "rpc_url" in entry:
        return str(entry["rpc_url"])
    variable = entry.get("rpc_url_env")
    if variable is None:
        raise DeployError(f"{file}: {name} needs rpc_url or rpc_url_env")
    if not os.environ.get(variable):
        raise DeployError(f"set {variable} to the address of a node of {name}, or give --rpc-url")
    return os.environ[variable]
