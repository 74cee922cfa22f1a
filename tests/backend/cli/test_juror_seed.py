"""Parts of a seed at the command line, on a real chain: committed, and shown with nothing kept."""

from __future__ import annotations

import pytest
from eth_utils.crypto import keccak

from backend.people import JURORS, Person
from backend.terms.seed_secret import PURPOSE, SeedSeat
from backend.terms.signed_secret import sign_secret
from backend.terms.words import moment
from tests.backend.cli.acting import juror, refused
from tests.backend.commands import run
from tests.backend.court import Case, stake_all
from tests.backend.market import Market

CAROL = Person.CAROL


@pytest.fixture
def givers(market: Market) -> list[Person]:
    """A seed was asked for, and these were drawn to give it."""
    stake_all(market)
    Case.of(market, CAROL).to_evidence()
    found = market.view("BondedSeed", "roundOf", market.view("BondedSeed", "currentRound"))[-1]
    return [one for address in found for one in JURORS if one.address == address]


def test_a_seed_with_nothing_kept_between(
    market: Market, where: list[str], givers: list[Person]
) -> None:
    number = market.view("BondedSeed", "currentRound")
    assert len(givers) == 3
    for giver in givers[:-1]:
        assert f"commonhold juror seed {number}" in juror(where, giver, "seed")
    assert f"You committed to your part of seed {number}." in refused(where, givers[0], "seed")
    told = juror(where, givers[-1], "seed", number)
    target, depth = (
        market.view("BondedSeed", "roundOf", number)[2],
        market.view("BondedSeed", "depth"),
    )
    assert f"Show your part from block {target + depth} on" in told
    assert f"parts of seed {number} are shown from block" in refused(where, givers[0], "seed")
    market.mine(depth + 1)
    for giver in givers:
        code, told = run("juror", "seed", "--as", giver.name.lower(), *where)
        assert code == 0, told
    assert f"Seed {number} is made" in told
    assert market.view("BondedSeed", "seedOf", number) != 0
    assert market.view("JurorPool", "stakeOf", givers[0].address)[1] == 0
    assert f"Seed {number} is made: there is nothing left to do." in refused(
        where, givers[0], "seed"
    )


def test_who_is_late(market: Market, where: list[str], givers: list[Person]) -> None:
    one, two, _ = givers
    juror(where, one, "seed")
    deadline = market.view("BondedSeed", "roundOf", 1)[1]
    market.wait_until(deadline + 1)
    assert f"Too late: seed 1 took parts until {moment(deadline)}." in refused(where, two, "seed")
    told = juror(where, one, "seed")
    assert "Close the commitments of seed 1" in told
    assert "You did not commit to a part of seed 1" in refused(where, two, "seed")
    market.wait_until(market.view("BondedSeed", "roundOf", 1)[1] + 1)
    market.mine(3)
    assert "Too late: seed 1 was open until" in refused(where, one, "seed")


def test_no_secret_is_shown_when_the_hash_is_lost(
    market: Market, where: list[str], givers: list[Person]
) -> None:
    for giver in givers:
        juror(where, giver, "seed")
    target = market.view("BondedSeed", "roundOf", 1)[2]
    market.mine(300)
    told = juror(where, givers[0], "seed")
    assert "Set another target for seed 1" in told
    assert market.view("BondedSeed", "roundOf", 1)[2] > target
    market.mine(market.view("BondedSeed", "depth") + 1)
    for giver in givers:
        juror(where, giver, "seed")
    assert market.view("BondedSeed", "seedOf", 1) != 0


def test_who_gives_no_seed(market: Market, where: list[str], givers: list[Person]) -> None:
    other = next(one for one in JURORS if one not in givers)
    assert "was not drawn to give to the newest seeds." in refused(where, other, "seed")
    assert "was not drawn to give to seed 1." in refused(where, other, "seed", 1)
    assert "There is no seed 9; the newest is 1." in refused(where, givers[0], "seed", 9)


def test_the_commitment_is_the_contracts_own(market: Market) -> None:
    one = Person.ADA
    contract = market.addresses["BondedSeed"]
    place = SeedSeat(31337, contract, 7, one.address)
    secret = sign_secret(place.message(), one.address, one.account)
    told = market.view("BondedSeed", "commitmentOf", 7, one.address, secret)
    assert told == "0x" + place.commitment(secret).hex()


def test_the_signed_bytes_are_those_of_the_docs() -> None:
    def word(value: int) -> bytes:
        return value.to_bytes(32, "big")

    contract, giver = "0x" + "C0" * 20, Person.ADA.address
    kind = "SeedSecret(string purpose,uint256 round,address giver)"
    domain_kind = (
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    )
    domain = keccak(
        keccak(text=domain_kind)
        + keccak(text="Commonhold Seed")
        + keccak(text="1")
        + word(31337)
        + word(int(contract, 16))
    )
    said = (
        "This signature is my secret for this seed. Whoever has it before it is shown can tell the"
        " draw ahead: sign it only where you give seeds, and show it to nobody."
    )
    struct = keccak(keccak(text=kind) + keccak(text=said) + word(7) + word(int(giver, 16)))
    message = SeedSeat(31337, contract, 7, giver).message()
    assert said == PURPOSE
    assert (message.header, message.body) == (domain, struct)
