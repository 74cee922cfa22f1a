"""One file for each contract and for the messages that it verifies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eth_utils.abi import collapse_if_tuple

from backend.abi import load
from backend.descriptors.calls import CALLS
from backend.descriptors.messages import MESSAGES, Message, members, typed
from backend.descriptors.words import FIELDS, FORMATS, UNSAID
from backend.terms.offer import ZERO_ADDRESS

SCHEMA = "https://eips.ethereum.org/assets/eip-7730/erc7730-v1.schema.json"
OWNER = "Commonhold"


def descriptors_of(
    chain_id: int, addresses: Mapping[str, str], domains: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """By the name of the file. `domains` are the names in the EIP-712 domains of contracts that
    tell them (EIP-5267)."""
    found = {}
    for contract, address in addresses.items():
        at = [{"chainId": chain_id, "address": address}]
        if contract in CALLS:
            found[f"calldata-{contract}.json"] = _calls(contract, at)
        told = [one for one in MESSAGES if one.contract == contract]
        names = {one.domain or domains[contract] for one in told}
        for name in sorted(names):
            some = [one for one in told if (one.domain or domains[contract]) == name]
            file = name.lower().replace(" ", "-")
            found[f"eip712-{file}.json"] = _messages(name, at, some)
    return found


def _calls(contract: str, at: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    functions = [
        item
        for item in load(contract)
        if item["type"] == "function" and item["name"] in CALLS[contract]
    ]
    formats = {}
    for item in functions:
        leaves = _leaves(item["inputs"])
        if item["stateMutability"] == "payable":
            leaves.append("@.value")
        formats[_signature(item)] = _format(CALLS[contract][item["name"]], leaves)
    context = {"contract": {"deployments": at, "abi": functions}}
    return _file(f"{OWNER} {contract}", context, formats)


def _messages(
    domain: str, at: Sequence[Mapping[str, Any]], told: Iterable[Message]
) -> dict[str, Any]:
    told = list(told)
    context = {
        "eip712": {
            "deployments": at,
            "domain": {"name": domain, "version": "1"},
            "schemas": [{"primaryType": one.name, "types": typed(one.types)} for one in told],
        }
    }
    formats = {
        one.name: _format(one.intent, [path for path, _ in members(one.types, one.name)], one.token)
        for one in told
    }
    return _file(domain, context, formats)


def _file(name: str, context: dict[str, Any], formats: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "context": {"$id": name, **context},
        "metadata": {"owner": OWNER},
        "display": {"formats": formats},
    }


def _format(intent: str, leaves: Sequence[str], token: str | None = None) -> dict[str, Any]:
    """Every leaf is shown or named as left out: none is forgotten."""
    shown = [leaf for leaf in leaves if name_of(leaf) not in UNSAID]
    return {
        "intent": intent,
        "fields": [_field(leaf, token) for leaf in shown],
        "required": shown,
        "excluded": [leaf for leaf in leaves if leaf not in shown],
    }


def _field(path: str, token: str | None) -> dict[str, Any]:
    if path == "@.value":
        return {"path": path, "label": "Coin sent along", **FORMATS["coin"]}
    if name_of(path) == "amount" and token is not None:
        params = {"tokenPath": token, "nativeCurrencyAddress": ZERO_ADDRESS}
        return {"path": path, "label": "Amount", "format": "tokenAmount", "params": params}
    label, kind = FIELDS[name_of(path)]
    return {"path": path, "label": label, **FORMATS[kind]}


def name_of(path: str) -> str:
    """Of the field that a path ends at."""
    return next(part for part in reversed(path.split(".")) if part != "[]")


def _leaves(inputs: Sequence[Mapping[str, Any]], above: str = "") -> list[str]:
    found: list[str] = []
    for item in inputs:
        path = above + item["name"] + (".[]" if item["type"].endswith("[]") else "")
        if "components" in item:
            found += _leaves(item["components"], f"{path}.")
        else:
            found.append(path)
    return found


def _signature(item: Mapping[str, Any]) -> str:
    """As ERC-7730 keys a function whose ABI is given."""
    inputs = ",".join(collapse_if_tuple(one) for one in item["inputs"])
    return f"{item['name']}({inputs})"
