"""Votes that others bring to the chain: EIP-712, ERC-1271, and their replay (D8)."""

import brownie
import pytest
from eth_account import Account

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import ABSTAIN, AGAINST, FOR, FRACTIONAL, POINT

INDEX = 2**32
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
HONEST, LIE, REVERT, BURN_GAS, GARBAGE = range(5)
BALLOT = [
    {"name": "proposalId", "type": "uint256"},
    {"name": "support", "type": "uint8"},
    {"name": "voter", "type": "address"},
    {"name": "nonce", "type": "uint256"},
]
EXTENDED = [*BALLOT, {"name": "reason", "type": "string"}, {"name": "params", "type": "bytes"}]


@pytest.fixture(scope="module")
def signer(votes, members, governor, chain):
    """A member with a key of its own, 40 points."""
    account = Account.create()
    votes.mint(account.address, 40 * POINT, {"from": members.deployer})
    chain.mine(timestamp=chain[-1].timestamp + 60)
    return account


@pytest.fixture(scope="module")
def wallet(StubWallet1271, signer, votes, members, governor, chain):
    """A contract wallet that the signer owns, 30 points."""
    made = members.deployer.deploy(StubWallet1271, signer.address)
    votes.mint(made, 30 * POINT, {"from": members.deployer})
    chain.mine(timestamp=chain[-1].timestamp + 60)
    return made


@pytest.fixture
def sign(governor, signer, chain):
    """Signs a ballot; `changed` replaces what is signed, or the domain it is signed for."""

    def ballot(proposal, support, voter=None, key=signer, extended=None, **changed):
        voter = voter or signer.address
        number = changed.pop("nonce", keyed_nonce(governor, voter, proposal))
        domain = {
            "name": "MarketGovernor",
            "version": "1",
            "chainId": chain.id,
            "verifyingContract": governor.address,
        }
        domain |= {name: changed.pop(name) for name in list(changed) if name in domain}
        message = {"proposalId": proposal.id, "support": support, "voter": str(voter)}
        message |= {"nonce": number, **(extended or {}), **changed}
        types = {"ExtendedBallot": EXTENDED} if extended else {"Ballot": BALLOT}
        signed = Account.sign_typed_data(key.key, domain, types, message)
        return "0x" + signed.signature.hex().removeprefix("0x")

    return ballot


@pytest.fixture
def cast(governor, members):
    """The stranger brings a signed ballot."""

    def bring(proposal, support, voter, signature, **options):
        return governor.castVoteBySig(
            proposal.id, support, voter, signature, {"from": members.stranger, **options}
        )

    return bring


def keyed_nonce(governor, voter, proposal) -> int:
    return int(governor.nonces["address,uint192"](voter, proposal.id % 2**192))


def parts(against: int, for_: int, abstain: int) -> bytes:
    units = (n * POINT * INDEX for n in (against, for_, abstain))
    return b"".join(n.to_bytes(16, "big") for n in units)


def counted(governor, proposal) -> tuple[int, ...]:
    return tuple(int(n) // POINT // INDEX for n in governor.proposalVotes(proposal.id))


def test_castVoteBySig_counts_for_its_signer(drive, governor, signer, sign, cast):
    proposal = drive.active()
    receipt = cast(proposal, FOR, signer.address, sign(proposal, FOR))
    assert receipt.events["VoteCast"]["voter"] == signer.address
    assert counted(governor, proposal) == (0, 40, 0)


def test_castVoteBySig_replayed_D8(drive, governor, signer, sign, cast):
    proposal = drive.active()
    signature = sign(proposal, FOR)
    cast(proposal, FOR, signer.address, signature)
    with reverts("GovernorInvalidSignature", signer):
        cast(proposal, FOR, signer.address, signature)


@pytest.mark.parametrize(
    "changed",
    [
        {"chainId": 1},
        {"verifyingContract": "0x" + "11" * 20},
        {"name": "Governor"},
        {"version": "2"},
        {"proposalId": 7},
        {"support": AGAINST},
        {"voter": "0x" + "22" * 20},
        {"nonce": 1},
        {"nonce": 2**64},
    ],
    ids=lambda changed: "-".join(map(str, changed)),
)
def test_castVoteBySig_signed_for_something_else_D8(drive, signer, sign, cast, changed):
    """Another chain, contract, proposal, choice, voter or nonce."""
    proposal = drive.active()
    support = changed.pop("support", FOR)
    with reverts("GovernorInvalidSignature", signer):
        cast(proposal, FOR, signer.address, sign(proposal, support, **changed))


def test_castVoteBySig_for_another_voter_D8(drive, members, signer, sign, cast):
    proposal = drive.active()
    with reverts("GovernorInvalidSignature", members.alice):
        cast(proposal, FOR, members.alice, sign(proposal, FOR, voter=members.alice.address))


def test_castVoteBySig_malleable_or_cut_D8(drive, signer, sign, cast):
    proposal = drive.active()
    raw = bytes.fromhex(sign(proposal, FOR)[2:])
    r, s, v = raw[:32], int.from_bytes(raw[32:64], "big"), raw[64]
    mirrored = r + (ORDER - s).to_bytes(32, "big") + bytes([55 - v])
    compact = r + (s | (v - 27) << 255).to_bytes(32, "big")
    for wrong in (mirrored, compact, raw[:64], raw + b"\0", b"", bytes(65), r + bytes(33)):
        with reverts("GovernorInvalidSignature", signer):
            cast(proposal, FOR, signer.address, "0x" + wrong.hex())
    cast(proposal, FOR, signer.address, "0x" + raw.hex())


def test_castVoteBySig_two_proposals_in_any_order(drive, governor, signer, sign, cast):
    """Each proposal has its own nonces: one signature does not wait for another."""
    first, second = drive.draft(), drive.draft()
    drive.submit(first)
    drive.submit(second)
    drive.until(governor.proposalSnapshot(second.id) + 1)
    signatures = [(first, sign(first, FOR)), (second, sign(second, ABSTAIN))]
    cast(second, ABSTAIN, signer.address, signatures[1][1])
    cast(first, FOR, signer.address, signatures[0][1])
    assert counted(governor, first) == (0, 40, 0)
    assert counted(governor, second) == (0, 0, 40)
    for proposal, signature in signatures:
        for support in (FOR, ABSTAIN):
            with reverts("GovernorInvalidSignature", signer):
                cast(proposal, support, signer.address, signature)


def test_castVoteBySig_with_the_plain_nonce_D8(drive, governor, signer, sign, cast):
    """Wallets that know only `nonces(voter)` vote too, once."""
    proposal = drive.active()
    plain = int(governor.nonces["address"](signer.address))
    signature = sign(proposal, FOR, nonce=plain)
    cast(proposal, FOR, signer.address, signature)
    assert governor.nonces["address"](signer.address) == plain + 1
    with reverts("GovernorInvalidSignature", signer):
        cast(proposal, FOR, signer.address, signature)


def test_castVoteBySig_after_voting_oneself_D8(drive, governor, members, signer, sign, cast):
    """A ballot signed and held back adds nothing to one already cast."""
    proposal = drive.active()
    cast(proposal, AGAINST, signer.address, sign(proposal, AGAINST))
    held_back = sign(proposal, FOR)
    with reverts("GovernorAlreadyCastVote", signer):
        cast(proposal, FOR, signer.address, held_back)
    assert counted(governor, proposal) == (40, 0, 0)


def test_castVoteWithReasonAndParamsBySig_in_parts_D8(drive, governor, members, signer, sign):
    """A replayed part would count twice, were it not for the nonce."""
    proposal = drive.active()
    part = parts(5, 10, 0)
    signature = sign(proposal, FRACTIONAL, extended={"reason": "split", "params": part})
    call = (proposal.id, FRACTIONAL, signer.address, "split", "0x" + part.hex(), signature)
    sender = {"from": members.stranger}
    governor.castVoteWithReasonAndParamsBySig(*call, sender)
    assert counted(governor, proposal) == (5, 10, 0)
    with reverts("GovernorInvalidSignature", signer):
        governor.castVoteWithReasonAndParamsBySig(*call, sender)
    again = sign(proposal, FRACTIONAL, extended={"reason": "split", "params": part})
    governor.castVoteWithReasonAndParamsBySig(*call[:5], again, sender)
    assert counted(governor, proposal) == (10, 20, 0)


@pytest.mark.parametrize("changed", ["reason", "params"])
def test_castVoteWithReasonAndParamsBySig_altered_D8(
    drive, governor, members, signer, sign, changed
):
    proposal = drive.active()
    signed = {"reason": "split", "params": parts(5, 10, 0)}
    signature = sign(proposal, FRACTIONAL, extended=dict(signed))
    shown = signed | {"reason": "all in"} if changed == "reason" else signed
    if changed == "params":
        shown = signed | {"params": parts(0, 15, 0)}
    with reverts("GovernorInvalidSignature", signer):
        governor.castVoteWithReasonAndParamsBySig(
            proposal.id,
            FRACTIONAL,
            signer.address,
            shown["reason"],
            "0x" + shown["params"].hex(),
            signature,
            {"from": members.stranger},
        )


def test_castVoteBySig_by_a_wallet_D8(drive, governor, wallet, sign, cast):
    proposal = drive.active()
    signature = sign(proposal, FOR, voter=wallet.address)
    cast(proposal, FOR, wallet, signature)
    assert counted(governor, proposal) == (0, 30, 0)
    with reverts("GovernorInvalidSignature", wallet):
        cast(proposal, FOR, wallet, signature)


def test_castVoteBySig_wallet_signed_by_another_D8(drive, wallet, sign, cast):
    proposal = drive.active()
    signature = sign(proposal, FOR, voter=wallet.address, key=Account.create())
    with reverts("GovernorInvalidSignature", wallet):
        cast(proposal, FOR, wallet, signature)


@pytest.mark.parametrize("mode", [REVERT, GARBAGE])
def test_castVoteBySig_wallet_misbehaves_D8(drive, members, wallet, sign, cast, mode):
    proposal = drive.active()
    signature = sign(proposal, FOR, voter=wallet.address)
    wallet.setMode(mode, {"from": members.deployer})
    with reverts("GovernorInvalidSignature", wallet):
        cast(proposal, FOR, wallet, signature)


def test_castVoteBySig_wallet_burns_gas_D8(drive, governor, members, wallet, sign, cast):
    """It burns the gas of who asks it, and votes for nobody."""
    proposal = drive.active()
    signature = sign(proposal, FOR, voter=wallet.address)
    wallet.setMode(BURN_GAS, {"from": members.deployer})
    with brownie.reverts():
        cast(proposal, FOR, wallet, signature, gas_limit=2_000_000)
    assert counted(governor, proposal) == (0, 0, 0)


def test_castVoteBySig_wallet_accepts_everything_D8(drive, governor, members, wallet, cast):
    """It gives away its own votes, once, and nobody else's."""
    proposal = drive.active()
    wallet.setMode(LIE, {"from": members.deployer})
    cast(proposal, AGAINST, wallet, "0x")
    assert counted(governor, proposal) == (30, 0, 0)
    with reverts("GovernorAlreadyCastVote", wallet):
        cast(proposal, AGAINST, wallet, "0x")
    with reverts("GovernorInvalidSignature", members.alice):
        cast(proposal, AGAINST, members.alice, "0x")
