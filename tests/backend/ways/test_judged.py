"""A van comes back with a dent, and the two sides do not agree: what each shows, and what a jury
makes of it, with the commands that people have."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

from backend.people import JURORS, Person
from backend.terms.cid import content_hash, digest_of
from backend.terms.court import CaseStatus
from backend.terms.offer import Pin, Terms, Trade, Tranche
from scripts.ways import Bargain, Traders, way_of
from tests.backend.commands import invoke
from tests.backend.content.pictures import with_a_place
from tests.backend.court import Case, stake_all
from tests.backend.market import Market, Opened
from tests.backend.ways.conftest import Tell, reachable

OWNER, RENTER = Person.ALICE, Person.BOB
TUSD = 10**6
DEPOSIT = 500 * TUSD
RENT, BACK = 0, 1  # tranches: the van, and its deposit
RULED = 7_000  # basis points for the renter
CID = re.compile(r"bafkrei[a-z2-7]{52}")


def out_and_back(traders: Traders) -> Bargain:
    """A van that was handed over, and brought back in time."""
    way = way_of("rental")
    given = way.input_at(traders.now)
    bargain = traders.take(traders.offer("rental", given, way.cast, way.taker))
    traders.wait_until(bargain.starts_at)
    traders.act(bargain, "owner", "perform", RENT)
    traders.act(bargain, "renter", "accept", RENT)
    traders.act(bargain, "renter", "perform", 2)
    traders.act(bargain, "renter", "perform", BACK)
    return bargain


def case_of(traders: Traders, market: Market, bargain: Bargain) -> Case:
    """The deposit, in dispute."""
    asset, parties, words, listing, pin = traders.call_of(bargain)
    terms = Terms(asset, tuple(parties), tuple(Tranche.unpack(word) for word in words))
    trade = Trade(terms, listing, Pin.unpack(pin))
    opened = Opened(bargain.trade_id, trade, offer=None)  # type: ignore[arg-type]
    traders.act(bargain, "owner", "dispute", BACK)
    return Case(market, opened, performer=RENTER, checker=OWNER, tranche=BACK)


def show(case: Case, who: Person, cid: str) -> None:
    """Evidence is a hash on the chain; the words and pictures are kept by the market."""
    case.send(who, "submitEvidence", digest_of(cid), b"ipfs://" + cid.encode())


def test_a_dent_is_judged_by_what_both_signed_and_wrote(
    traders: Traders, told: Tell, tmp_path: Path
) -> None:
    bargain = out_and_back(traders)
    trade = bargain.trade_id
    picture, proof = tmp_path / "dent.jpg", tmp_path / "proof.json"
    picture.write_bytes(with_a_place())

    # At the hand-over both sign the same words; at the return the owner alone signs a picture.
    said = told(OWNER, "report", "sign", trade, "handover", "--words", "Clean. No dents.")
    (before,) = set(CID.findall(said))
    told(RENTER, "report", "sign", trade, "handover", "--content", before)
    said = told(OWNER, "report", "sign", trade, "return", "--file", picture)
    (after,) = set(CID.findall(said))

    # What was written between them stays sealed, but for the one message that is shown.
    reachable(told, OWNER, RENTER)
    told(RENTER, "message", "send", trade, "--text", "Where do I leave the key?")
    told(OWNER, "message", "send", trade, "--text", "The old dent does not matter to me.")
    told(RENTER, "message", "disclose", trade, "--message", 2, "--out", proof)
    said = told(RENTER, "content", "add", proof)
    (written,) = set(CID.findall(said))
    assert digest_of(written) == content_hash(proof.read_bytes())

    with closing(Market(traders.url, traders.deployment)) as market:
        stake_all(market, JURORS)
        case = case_of(traders, market, bargain)
        case.open()
        for cid in (before, after):
            show(case, OWNER, cid)
        case.join()
        show(case, RENTER, written)
        case.seat_panel()

        # A juror looks at it all: signatures, the picture, the message, and nothing else.
        traders.api.catch_up()
        file = traders.api.get(f"/disputes/{case.hex}")
        shown = {item["content"]["cid"]: item for item in file["evidence"]}
        assert {cid: (item["party"], item["content"]["state"]) for cid, item in shown.items()} == {
            before: (OWNER.address, "kept"),
            after: (OWNER.address, "kept"),
            written: (RENTER.address, "kept"),
        }
        reports = traders.api.get(f"/trades/{trade}/reports")["items"]
        signed = {
            item["content"]["cid"]: {one["party"] for one in item["signatures"]} for item in reports
        }
        assert signed == {before: {OWNER.address, RENTER.address}, after: {OWNER.address}}
        found = tmp_path / "found.json"
        code, said = invoke("content", "get", written, "--out", found)
        assert code == 0, said
        code, said = invoke("message", "verify", found)
        assert (code, OWNER.address in said) == (0, True), said
        assert "The old dent does not matter to me." in said
        assert b"Where do I leave".hex() not in found.read_text()

        case.past()
        case.to_ruling(RULED, RULED, 0)
        case.past()
        assert case.status == CaseStatus.DECIDED
        held = {who: traders.balance(who) for who in (OWNER, RENTER)}
        case.execute()

    tranche = traders.told(bargain)["tranches"][BACK]
    assert (tranche["status"], tranche["payout"]["performerBps"]) == ("ruled", RULED)
    won = {who: traders.balance(who) - held[who] for who in held}
    fee = int(tranche["payout"]["fee"]["value"])
    assert (won[RENTER] + won[OWNER] + fee, won[OWNER]) == (DEPOSIT, DEPOSIT * 3 // 10)
