"""What wallets are told to show: every signed thing, with every field of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from eth_account.messages import encode_typed_data
from eth_utils.abi import function_abi_to_4byte_selector
from eth_utils.crypto import keccak

from backend.abi import load
from backend.descriptors.calls import CALLS
from backend.descriptors.files import name_of
from backend.descriptors.messages import MESSAGES
from backend.descriptors.words import FIELDS, FORMATS, UNSAID
from backend.settings import CONTRACTS
from scripts.toolchain import ROOT
from tests.backend.commands import invoke
from tests.backend.market import Market
from tests.backend.saved import Saved

# What only other contracts call, or what only a vote may: nobody signs it in a wallet.
FOR_CONTRACTS = {
    "Escrow": {"decline", "rule"},
    "Reputation": {"release", "setEscrow"},
    "MarketGovernor": {
        *("dismissGuardian", "onERC1155BatchReceived", "onERC1155Received", "onERC721Received"),
        *("relay", "setLateQuorumVoteExtension", "setProposalThreshold"),
        *("setVotingDelay", "setVotingPeriod"),
    },
    "Court": set(),
    "JurorPool": {"award", "lock", "setCaller", "slash", "unlock"},
    "BondedSeed": {"request"},
    "Reviews": set(),
    "Attestations": {"setAttestor"},
}


@pytest.fixture
def files(deployed: Saved, market: Market, tmp_path: Path) -> dict[str, dict]:
    out = tmp_path / "descriptors"
    where = ("--rpc-url", market.url, "--deployment", str(deployed.record))
    code, told = invoke("descriptors", "--out", out, *where)
    assert code == 0, told
    found = {path.name: json.loads(path.read_text()) for path in out.iterdir()}
    assert f"Wrote {len(found)} files" in told
    return found


def test_every_function_is_for_people_or_for_contracts() -> None:
    for contract, known in FOR_CONTRACTS.items():
        functions = {
            item["name"]
            for item in load(contract)
            if item["type"] == "function" and item["stateMutability"] in ("payable", "nonpayable")
        }
        assert set(CALLS[contract]) | known == functions, contract
        assert not set(CALLS[contract]) & known


def test_every_message_that_the_pages_sign_is_described() -> None:
    sources = (ROOT / "web" / "src").rglob("*.ts")
    signed = {
        name
        for source in sources
        if "generated" not in source.parts
        for name in re.findall(r'primaryType: "(\w+)"', source.read_text())
    }
    assert signed
    # A permit is the token's, not ours.
    assert signed - {one.name for one in MESSAGES} <= {"Permit"}


def test_every_field_is_shown_or_named_as_left_out(files: dict[str, dict]) -> None:
    used = set()
    for name, file in files.items():
        for shown in file["display"]["formats"].values():
            used |= {name_of(path) for path in shown["required"] + shown["excluded"]}
            paths = [field["path"] for field in shown["fields"]]
            assert paths == shown["required"], name
            assert not set(paths) & set(shown["excluded"])
            assert {name_of(path) for path in shown["excluded"]} <= UNSAID
            assert all(field["label"] and field["format"] for field in shown["fields"])
    assert used - {"value"} == (set(FIELDS) | UNSAID) - {"value"}
    assert not set(FIELDS) & UNSAID
    assert {kind for _, kind in FIELDS.values()} <= set(FORMATS)


def test_calls_are_bound_to_the_contract_and_its_functions(
    files: dict[str, dict], market: Market
) -> None:
    for contract in CALLS:
        file = files[f"calldata-{contract}.json"]
        (at,) = file["context"]["contract"]["deployments"]
        assert at == {
            "chainId": market.deployment.chain_id,
            "address": market.deployment.address(contract),
        }
        selectors = {
            function_abi_to_4byte_selector(item) for item in file["context"]["contract"]["abi"]
        }
        assert selectors == {keccak(text=key)[:4] for key in file["display"]["formats"]}
        assert len(selectors) >= len(CALLS[contract])


def test_messages_are_in_the_domains_that_the_contracts_tell(
    files: dict[str, dict], market: Market
) -> None:
    described, domains = set(), {}
    for name, file in files.items():
        if not name.startswith("eip712-"):
            continue
        context = file["context"]["eip712"]
        (at,) = context["deployments"]
        assert at["chainId"] == market.deployment.chain_id
        domains.setdefault(at["address"], set()).add(tuple(context["domain"].values()))
        for schema in context["schemas"]:
            described.add(schema["primaryType"])
            assert set(file["display"]["formats"]) >= {schema["primaryType"]}
            types = schema["types"]
            assert encode_typed_data(
                full_message={
                    "types": types,
                    "primaryType": schema["primaryType"],
                    "domain": {
                        **context["domain"],
                        "chainId": at["chainId"],
                        "verifyingContract": at["address"],
                    },
                    "message": _nothing(types, schema["primaryType"]),
                }
            ).header
    assert described == {one.name for one in MESSAGES}
    telling = [
        contract
        for contract in {one.contract for one in MESSAGES}
        if any(item.get("name") == "eip712Domain" for item in load(contract))
    ]
    assert len(telling) >= 4
    for contract in telling:
        _, name, version, *_ = market.view(contract, "eip712Domain")
        assert (name, version) in domains[market.deployment.address(contract)]


def _nothing(types: dict[str, list[dict[str, str]]], name: str) -> dict[str, Any]:
    """A message of this type with zeros in it."""
    zeros = {"address": "0x" + "0" * 40, "string": "", "bool": False, "bytes": b""}
    found: dict[str, Any] = {}
    for field in types[name]:
        inner = field["type"].split("[")[0]
        value: Any = _nothing(types, inner) if inner in types else zeros.get(inner, 0)
        if re.fullmatch(r"bytes\d+", inner):
            value = bytes(int(inner[5:]))
        found[field["name"]] = [value] if field["type"].endswith("[]") else value
    return found


def test_an_offer_shows_its_sums_in_its_own_asset(files: dict[str, dict]) -> None:
    shown = files["eip712-commonhold-escrow.json"]["display"]["formats"]["Offer"]
    fields = {field["path"]: field for field in shown["fields"]}
    amount = fields["terms.tranches.[].amount"]
    assert (amount["format"], amount["params"]["tokenPath"]) == ("tokenAmount", "terms.asset")
    assert fields["terms.tranches.[].dueIn"]["format"] == "duration"
    assert fields["listing.maxFeeBps"]["params"] == {"base": "%", "decimals": 2}
    assert fields["listing.expiresAt"]["format"] == "date"
    assert shown["excluded"] == ["listing.salt"]


def test_a_folder_that_cannot_be_written(deployed: Saved, market: Market, tmp_path: Path) -> None:
    place = tmp_path / "a file"
    place.write_text("in the way")
    where = ("--rpc-url", market.url, "--deployment", str(deployed.record))
    code, told = invoke("descriptors", "--out", place, *where)
    assert (code, "cannot be written" in told) == (1, True)


def test_all_contracts_of_people_are_deployed() -> None:
    assert set(CALLS) <= set(CONTRACTS)
