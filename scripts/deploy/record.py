"""The record of a deployment, deployments/<chain id>.json: written at every step.

It is what the service reads its addresses and start block from, and what a run that broke half-way
goes on from.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from scripts.toolchain import ROOT

NOTE = "Written by `python -m scripts.deploy`: do not edit."


class DeployError(RuntimeError):
    """A deployment that cannot be done or gone on with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class StartBlock:
    """The head before the first transaction: logs of the market come after it only."""

    number: int
    hash: str
    timestamp: int


def record_path(chain_id: int, *, local: bool) -> Path:
    """Where the record of this chain's market is; those of local chains are not kept in git."""
    folder = ROOT / "var" / "deployments" if local else ROOT / "deployments"
    return folder / f"{chain_id}.json"


@dataclass(slots=True)
class Record:
    """Facts of one deployment; `path` is where they are kept, or None to keep them in memory."""

    chain_id: int
    start: StartBlock
    profile: str
    parameters_digest: str
    deployer: str
    path: Path | None = None
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)
    complete: bool = False

    @property
    def contracts(self) -> dict[str, str]:
        """The address of each contract that stands, by its key."""
        stand = {key: facts for key, facts in self.steps.items() if "address" in facts}
        return {key: facts["address"] for key, facts in stand.items() if "transaction" in facts}

    @classmethod
    def read(cls, path: Path) -> Self:
        """What was written. DeployError if it cannot be understood."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                chain_id=data["chainId"],
                start=StartBlock(**data["startBlock"]),
                profile=data["profile"],
                parameters_digest=data["parametersDigest"],
                deployer=data["deployer"],
                path=path,
                steps=data["steps"],
                complete=data["complete"],
            )
        except FileNotFoundError:
            raise DeployError(f"{path}: no deployment is recorded there") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DeployError(
                f"{path} is not a record of a deployment ({error!r}); move it away to begin anew"
            ) from None

    def write(self) -> None:
        """Writes all of it at once: a crash leaves the old record or the new one."""
        if self.path is None:
            return
        data = {
            "generated": NOTE,
            "chainId": self.chain_id,
            "startBlock": asdict(self.start),
            "profile": self.profile,
            "parametersDigest": self.parameters_digest,
            "deployer": self.deployer,
            "contracts": self.contracts,
            "steps": self.steps,
            "complete": self.complete,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(data, file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def note(self, key: str, **facts: Any) -> None:
        """Adds to what is known of a step, and writes."""
        self.steps[key] = {**self.steps.get(key, {}), **facts}
        self.write()
