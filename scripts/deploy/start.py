"""Begins a deployment, or finds out whether one may be gone on with."""

from pathlib import Path
from typing import Any

from scripts.deploy.record import DeployError, Record, StartBlock
from scripts.parameters import Parameters

REORG_DEPTH = 64  # blocks; the start of a live deployment is chosen below what may be reorganised


def is_development() -> bool:
    """Whether the connected chain is a local development node."""
    from brownie._config import CONFIG

    return bool(CONFIG.network_type == "development")


def open_record(deployer: str, parameters: Parameters, path: Path | None) -> Record:
    """The record at `path`, if it is of this chain, deployer and parameters; or a new one."""
    if path is None or not path.exists():
        record = _new(deployer, parameters, path)
        record.write()
        return record
    record = Record.read(path)
    verify_start(record)
    if record.parameters_digest != parameters.digest():
        raise DeployError(
            f"the deployment of {path} was begun with other parameters (profile {record.profile}). "
            "Go on with those, or move the file away (--fresh) to deploy a market anew"
        )
    if record.deployer != deployer:
        raise DeployError(
            f"the deployment of {path} was begun by {record.deployer}, not by {deployer}. "
            "Go on with that account, or move the file away (--fresh) to deploy a market anew"
        )
    return record


def verify_start(record: Record) -> None:
    """DeployError unless the connected chain is the one that was deployed to."""
    from brownie import web3
    from web3.exceptions import BlockNotFound

    if web3.eth.chain_id != record.chain_id:
        raise DeployError(
            f"{record.path} is of chain {record.chain_id}; this is chain {web3.eth.chain_id}"
        )
    try:
        found = _hash(web3.eth.get_block(record.start.number))
    except BlockNotFound:
        found = "no such block"
    if found != record.start.hash:
        raise DeployError(
            f"this is not the chain of {record.path}: block {record.start.number} was "
            f"{record.start.hash} and is {found}. The chain was reset, or another has its number. "
            "Move the file away (or give --fresh) to deploy a market anew"
        )


def _new(deployer: str, parameters: Parameters, path: Path | None) -> Record:
    from brownie import web3

    number = web3.eth.block_number
    block = web3.eth.get_block(number if is_development() else max(0, number - REORG_DEPTH))
    return Record(
        chain_id=web3.eth.chain_id,
        start=StartBlock(block["number"], _hash(block), block["timestamp"]),
        profile=parameters.profile,
        parameters_digest=parameters.digest(),
        deployer=deployer,
        path=path,
    )


def _hash(block: Any) -> str:
    return "0x" + str(block["hash"].hex()).removeprefix("0x")
