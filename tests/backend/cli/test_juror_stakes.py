"""Stakes at the command line, on a real chain: put up, asked back, and taken out."""

from __future__ import annotations

import pytest

from backend.people import Person
from scripts.toolchain.network import start_anvil
from tests.backend.cli.acting import juror, refused, seated
from tests.backend.court import COIN, Case, stake_all
from tests.backend.market import DAY, Market

ADA, CAROL = Person.ADA, Person.CAROL


def stake_of(market: Market, who: Person) -> tuple[int, ...]:
    return tuple(market.view("JurorPool", "stakeOf", who.address))


def test_stake_leave_and_withdraw(market: Market, where: list[str]) -> None:
    told = juror(where, ADA, "stake", "0.5")
    assert f"From {ADA.address} on chain 31337" in told
    assert "Stake 0.5 ETH (JurorPool.stake, with 0.5 ETH)" in told
    assert "Your stake is 0.5 ETH now." in told
    assert stake_of(market, ADA) == (COIN // 2, 0, 0, 0)
    assert f"Your weight is {market.view('JurorPool', 'weightOf', ADA.address)}" in told

    told = juror(where, ADA, "leave", "0.2")
    available = stake_of(market, ADA)[3]
    assert "0.2 ETH can be withdrawn from" in told
    assert stake_of(market, ADA)[2] == COIN // 5
    assert "0.2 ETH can be withdrawn from" in refused(where, ADA, "withdraw")
    market.wait_until(available)
    before = int(market.rpc("eth_getBalance", ADA.address, "latest"), 16)
    told = juror(where, ADA, "withdraw")
    assert "Withdraw 0.2 ETH of the stake" in told
    assert "Still staked: 0.3 ETH." in told
    after = int(market.rpc("eth_getBalance", ADA.address, "latest"), 16)
    assert COIN // 5 - COIN // 100 < after - before < COIN // 5
    assert "There is nothing to withdraw. Ask for your stake back first" in refused(
        where, ADA, "withdraw"
    )

    juror(where, ADA, "leave", "all")
    assert stake_of(market, ADA)[2] == 3 * COIN // 10
    assert "Nothing is asked back any more." in juror(where, ADA, "leave", "0")
    assert stake_of(market, ADA)[2] == 0


def test_a_dry_run_changes_nothing(market: Market, where: list[str]) -> None:
    head = market.head
    told = juror(where, ADA, "stake", "0.5", "--dry-run")
    assert "It would succeed. Nothing was sent." in told
    assert (market.head, stake_of(market, ADA)[0]) == (head, 0)


def test_who_has_no_reputation_is_told_so(market: Market, where: list[str]) -> None:
    told = juror(where, Person.RITA, "stake", "1")
    assert "It weighs nothing yet: only members with 5 points of reputation are drawn" in told


def test_locked_stake_stays(market: Market, where: list[str]) -> None:
    stake_all(market)
    case = Case.of(market, CAROL)
    case.to_commit()
    one = seated(case)[0]
    juror(where, one, "leave", "all")
    market.wait_until(market.now + DAY)
    assert "Still staked: 0.04 ETH." in juror(where, one, "withdraw")
    assert "is locked by seats on juries" in refused(where, one, "withdraw")


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("0", "A stake of nothing changes nothing"),
        ("much", "'much' is not an amount. Write it like 0.5."),
        ("1e3", "is not an amount"),
        ("0.0000000000000000001", "is finer than the asset, which has 18 decimals"),
        ("0.009", "At least 0.01 ETH must stay staked: add 0.01 ETH or more."),
        ("99999999999", "is more than the pool can hold"),
        ("20000", "has 10000 ETH; this takes 20000 ETH and the gas."),
    ],
)
def test_stakes_that_are_none(where: list[str], amount: str, message: str) -> None:
    assert message in refused(where, ADA, "stake", amount)


def test_asking_back_what_is_not_there(where: list[str]) -> None:
    assert "has no stake to ask back" in refused(where, ADA, "leave", "all")
    juror(where, ADA, "stake", "0.5")
    assert "You have 0.5 ETH staked: ask for no more" in refused(where, ADA, "leave", "0.6")
    assert "There is nothing to withdraw. Ask" in refused(where, ADA, "withdraw")
    assert "There is nothing to withdraw.\n" in refused(where, Person.BEN, "withdraw")


def test_S7_a_node_that_is_away(where: list[str]) -> None:
    for command in (("stake", "1"), ("withdraw",), ("reveal", "0x" + "1" * 64)):
        told = refused(["--rpc-url", "http://127.0.0.1:1", *where[2:]], ADA, *command)
        assert "http://127.0.0.1:1 does not answer" in told


def test_S4_a_node_on_another_chain(where: list[str]) -> None:
    with start_anvil(chain_id=4242) as other:
        told = refused(["--rpc-url", other.url, *where[2:]], ADA, "stake", "1")
        assert "is on chain 4242; the deployment is on chain 31337" in told


def test_S4_a_chain_that_was_started_anew(where: list[str]) -> None:
    with start_anvil() as other:
        other.rpc("anvil_mine", "0x5")
        told = refused(["--rpc-url", other.url, *where[2:]], ADA, "stake", "1")
        assert "is not on the chain that was deployed to" in told
