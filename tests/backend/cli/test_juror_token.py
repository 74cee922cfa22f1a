"""Stakes of a token: exactly what is staked is allowed, no more and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend import abi
from backend.chain import Contract, Node, Rpc
from backend.people import Person
from backend.settings import Deployment
from scripts.toolchain.network import start_anvil
from tests.backend.cli.acting import juror, refused
from tests.backend.market import Market
from tests.backend.saved import make

ADA = Person.ADA
TUSD = 10**6


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    """Jurors stake the test token."""
    record = tmp_path / "record.json"
    with start_anvil() as node:
        node.rpc("anvil_mine", "0x1")
        make("deploy-token", node.url, record)
        with closing(Market(node.url, Deployment.read(record))) as found:
            yield found


def test_a_stake_of_a_token(market: Market, tmp_path: Path) -> None:
    where = ["--rpc-url", market.url, "--deployment", str(tmp_path / "record.json")]
    token = market.view("JurorPool", "asset")
    market.addresses["Token"] = token
    rpc = Rpc(market.url)
    ledger = Contract(Node(rpc), "Token", token, abi.load("Token"))
    pool = market.addresses["JurorPool"]

    assert f"{ADA.address} has 0 TUSD only." in refused(where, ADA, "stake", "1")
    mint = keccak(text="mint(address,uint256)")[:4] + encode(
        ["address", "uint256"], [ADA.address, 100 * TUSD]
    )
    sent = {"from": ADA.address, "to": token, "data": "0x" + mint.hex()}
    market.receipt(market.rpc("eth_sendTransaction", sent))
    told = refused(where, ADA, "stake", "0.5")
    assert "At least 1 TUSD must stay staked: add 1 TUSD or more." in told
    assert "which has 6 decimals" in refused(where, ADA, "stake", "1.0000001")

    told = juror(where, ADA, "stake", "2.5")
    assert "Allow the pool to take 2.5 TUSD (Token.approve)" in told
    assert "Stake 2.5 TUSD (JurorPool.stake)" in told
    assert ledger.call("allowance", ADA.address, pool) == 0
    assert ledger.call("balanceOf", pool) == 5 * TUSD // 2

    market.send(ADA, "Token", "approve", pool, 7 * TUSD)
    told = juror(where, ADA, "stake", "3")
    assert "Take back what the pool was allowed before" in told
    assert "Your stake is 5.5 TUSD now." in told
    assert ledger.call("allowance", ADA.address, pool) == 0

    juror(where, ADA, "leave", "5.5")
    market.wait_until(market.view("JurorPool", "stakeOf", ADA.address)[3])
    juror(where, ADA, "withdraw")
    assert ledger.call("balanceOf", ADA.address) == 100 * TUSD
    rpc.close()
