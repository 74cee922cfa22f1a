"""What it costs to review, to attest, and to end an attestation."""

from typing import Any

from eth_utils.crypto import keccak
from web3.contract import Contract

from backend.terms.attestations import Attestation, Claim, attestations_domain
from backend.terms.offer import Trade
from backend.terms.reviews import Desk, Review, Sides
from backend.terms.typed_data import id_of
from tests.gas.chain import GENESIS
from tests.gas.market import CHAIN_ID, DAY, Market, without_zeros

WORDS = without_zeros("Came in time, well packed")
UNTIL = GENESIS + 400 * DAY


def measure_standing(market: Market) -> None:
    """Reviews of closed trades between the same two, and labels."""
    _reviews(market)
    _attestations(market)


def _reviews(market: Market) -> None:
    chain = market.chain
    reviews = chain.deploy(
        "Reviews", market.escrow.address, 14 * DAY, 7 * DAY, line="deploy: Reviews"
    )
    functions, desk = reviews.functions, Desk(CHAIN_ID, reviews.address)
    sold, talked, late = _closed(market), _closed(market), _closed(market)

    mine, other = (_review(sold, *names) for names in (("alice", "bob"), ("bob", "alice")))
    for name, (review, salt), line in (("alice", mine, "Reviews.commit"), ("bob", other, None)):
        hidden = review.commitment(desk, salt)
        call = functions.commit(sold.pack(), review.sides.subject, hidden)
        chain.send(name, call, line=line)
    for name, (review, salt), line in (("alice", mine, "Reviews.reveal"), ("bob", other, None)):
        sides = review.sides
        about = (sides.trade_id, sides.author, sides.subject)
        call = functions.reveal(*about, review.rating, review.content_hash, salt)
        chain.send(name, call, line=line)
    reply = functions.reply(mine[0].sides.trade_id, chain.address("alice"), WORDS)
    chain.send("bob", reply, line="Reviews.reply")

    pair = [_review(talked, *names) for names in (("alice", "bob"), ("bob", "alice"))]
    parts = [_signed(market, desk, one, pair[1 - place]) for place, one in enumerate(pair)]
    together = functions.revealTogether(talked.pack(), parts)
    chain.send("frank", together, line="Reviews.revealTogether: both signed, another sends")

    chain.wait(15 * DAY)
    openly = functions.review(late.pack(), chain.address("alice"), 5, WORDS)
    chain.send("bob", openly, line="Reviews.review")


def _closed(market: Market) -> Trade:
    """Alice sold to Bob."""
    market.do("accept", trade := market.sell("bob"), "bob")
    return trade


def _review(trade: Trade, author: str, subject: str) -> tuple[Review, bytes]:
    """With words, and its salt."""
    seats = {"alice": 0, "bob": 1}
    parties = trade.terms.parties
    sides = Sides(id_of(trade), parties[seats[author]], parties[seats[subject]])
    return Review(sides, 5, WORDS), without_zeros(f"Salt of {author}")


def _signed(
    market: Market, desk: Desk, own: tuple[Review, bytes], other: tuple[Review, bytes]
) -> tuple[Any, ...]:
    review, salt = own
    counterpart, counter_salt = other
    message = review.signable(desk, counterpart.commitment(desk, counter_salt))
    author = review.sides.author
    name = next(one for one in ("alice", "bob") if market.chain.address(one) == author)
    signature = market.chain.sign(name, message)
    return (author, review.rating, review.content_hash, salt, signature)


def _attestations(market: Market) -> None:
    chain = market.chain
    timelock = market.timelock.address
    asked = chain.deploy("Attestations", timelock, 500 * DAY, line="deploy: Attestations")
    functions = asked.functions
    members = chain.impersonate(timelock)
    for claim in (Claim.PERSON, Claim.CREDIT_BAND):
        attestor = chain.address("frank")
        call = functions.setAttestor(attestor, int(claim), True)
        line = "Attestations.setAttestor" if claim is Claim.PERSON else None
        chain.send(members, call, line=line)

    person, band = (
        Attestation(Claim.PERSON, chain.address("bob"), UNTIL),
        Attestation(Claim.CREDIT_BAND, chain.address("bob"), UNTIL, 3),
    )
    chain.send("frank", functions.attest(person.pack()), line="Attestations.attest: first label")
    chain.send("frank", functions.attest(band.pack()), line="Attestations.attest: a credit band")
    signed = Attestation(Claim.PERSON, chain.address("carol"), UNTIL)
    _bring(market, asked, signed)
    again = Attestation(Claim.PERSON, chain.address("bob"), UNTIL - DAY)
    chain.send("frank", functions.attest(again.pack()), line="Attestations.attest: in place of one")
    uid = functions.attestationOf(chain.address("bob"), int(Claim.PERSON)).call()
    chain.send("bob", functions.revoke(uid), line="Attestations.revoke")
    chain.send(members, functions.setAttestor(chain.address("frank"), int(Claim.PERSON), False))
    uid = functions.attestationOf(chain.address("carol"), int(Claim.PERSON)).call()
    chain.send("erin", functions.strike([uid]), line="Attestations.strike: one")


def _bring(market: Market, asked: Contract, signed: Attestation) -> None:
    chain = market.chain
    attester = chain.address("frank")
    domain = attestations_domain(CHAIN_ID, asked.address)
    nonce = int.from_bytes(keccak(text="A key of its own")[:24], "big") << 64
    signature = chain.sign("frank", signed.signable(domain, attester, nonce, UNTIL))
    call = asked.functions.attestBySignature(signed.pack(), attester, nonce, UNTIL, signature)
    chain.send("carol", call, line="Attestations.attestBySignature: first label")
