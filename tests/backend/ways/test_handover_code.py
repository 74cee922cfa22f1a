"""A hand-over code at the command line: made, sealed, told at the door, used, on a real chain."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from eth_utils.crypto import keccak

from backend.terms.handover_code import hash_of, new_code, read_code, seal, unseal
from scripts.people import Person
from scripts.ways import Bargain, Traders, way_of
from tests.backend.commands import invoke
from tests.backend.ways.conftest import Tell, Where, reachable

TUSD = 10**6


def test_a_code_is_read_however_it_was_written_down() -> None:
    code = new_code()
    assert read_code(code.lower().replace("-", " ")) == code
    assert read_code("OILO-oilo-0110-0110") == "0110-0110-0110-0110"
    assert hash_of("0110 0110 0110 0110") == keccak(text="0110011001100110")
    assert new_code() != code
    for wrong in ("", "0110-0110-0110-011", "0110-0110-0110-011U", "é" * 16):
        with pytest.raises(ValueError, match="16 letters and digits"):
            read_code(wrong)


def test_what_is_sealed_opens_with_its_code_alone() -> None:
    code, signature = new_code(), bytes(range(65))
    sealed = seal(code, signature)
    assert unseal(code, sealed) == signature
    assert signature[:16] not in sealed
    altered = bytes([sealed[0] ^ 1]) + sealed[1:]
    for key, data in ((new_code(), sealed), (code, altered), (code, b""), (code, sealed[:-1])):
        with pytest.raises(ValueError, match="does not open"):
            unseal(key, data)


def delivered(traders: Traders, code_hash: str) -> Bargain:
    """A delivery that is booked, and whose block has begun."""
    way = way_of("delivery")
    given = way.input_at(traders.now) | {"code": code_hash}
    bargain = traders.take(traders.offer("delivery", given, way.cast, "courier"))
    traders.wait_until(bargain.starts_at)
    traders.api.catch_up()
    return bargain


def test_the_code_told_at_the_door_pays_courier_and_seller(
    traders: Traders, where: Where, tmp_path: Path
) -> None:
    kept, sealed = tmp_path / "door.code", tmp_path / "sealed.json"
    code, told = invoke("offer", "code", "new", kept)
    assert code == 0, told
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    digest = told.split("--code ")[1].strip()
    assert "exists, and may hold a code" in refused("new", kept)

    bargain = delivered(traders, digest)
    index = ["--database", where.database, "--deployment", where.record]
    code, told = invoke(
        "offer", "code", "seal", bargain.trade_id, kept, "--out", sealed, "--as", "bob", *index
    )
    assert code == 0, told
    assert told.count("who has the code can close the") == 2
    assert kept.read_text().strip() not in sealed.read_text()

    code, shown = invoke("offer", "code", "show", kept)
    word = shown.splitlines()[0]
    assert (code, "0x" + hash_of(word).hex()) == (0, digest)
    at = [*index, "--rpc-url", where.rpc_url]
    assert "is not the code that" in refused("use", sealed, "--code", new_code(), *at)
    assert "is on no side of what" in refused("use", sealed, "--code", word, "--as", "rita", *at)
    for who, paid in (("carol", 9_850_000), ("alice", 118_200_000)):
        before = traders.balance(Person[who.upper()])
        code, told = invoke("offer", "code", "use", sealed, "--code", word, "--as", who, *at)
        assert code == 0, told
        assert traders.balance(Person[who.upper()]) - before == paid
    statuses = [tranche["status"] for tranche in traders.told(bargain)["tranches"]]
    assert statuses == ["split", "split", "open"]
    again = refused("use", sealed, "--code", word, "--as", "carol", *at)
    assert "Nothing was sent: Escrow_" in again


def test_the_address_and_what_is_sealed_travel_in_messages(
    traders: Traders, told: Tell, tmp_path: Path
) -> None:
    """The courier gets both from the buyer, and the code at the door: nobody else reads them."""
    buyer, seller, courier = Person.BOB, Person.ALICE, Person.CAROL
    kept, sealed, got = (tmp_path / name for name in ("door.code", "sealed.json", "got.json"))
    digest = told(None, "offer", "code", "new", kept).split("--code ")[1].strip()
    trade = delivered(traders, digest).trade_id
    told(buyer, "offer", "code", "seal", trade, kept, "--out", sealed)
    reachable(told, buyer, seller, courier)
    lines = ("--line", "Bob", "--line", "17 Quiet Lane", "--note", "Ring twice")
    told(buyer, "message", "send", trade, *lines)
    told(buyer, "message", "send", trade, "--json", sealed)
    read = told(courier, "message", "read", trade)
    assert "17 Quiet Lane" in read
    (line,) = [line for line in read.splitlines() if line.lstrip().startswith("{")]
    got.write_text(line)
    word = told(None, "offer", "code", "show", kept).splitlines()[0]
    before = traders.balance(courier)
    told(courier, "offer", "code", "use", got, "--code", word)
    assert traders.balance(courier) - before == 9_850_000


def refused(*arguments: object) -> str:
    code, told = invoke("offer", "code", *arguments)
    assert code == 1, told
    return told


def test_what_cannot_be_sealed_or_used(traders: Traders, where: Where, tmp_path: Path) -> None:
    kept, sealed = tmp_path / "door.code", tmp_path / "sealed.json"
    index = ["--database", where.database, "--deployment", where.record]
    out = ["--out", sealed, "--as", "bob", *index]
    assert "There is no file" in refused("show", kept)
    assert invoke("offer", "code", "new", kept)[0] == 0
    assert "is not the id of a trade" in refused("seal", "0x12", kept, *out)
    unknown = "0x" + "12" * 32
    assert f"There is no trade {unknown}" in refused("seal", unknown, kept, *out)
    bargain = delivered(traders, "0x" + "ab" * 32)
    assert "holds another code" in refused("seal", bargain.trade_id, kept, *out)
    out[3] = "carol"
    assert "The courier keeps no hand-over code" in refused("seal", bargain.trade_id, kept, *out)
    out[3] = "rita"
    assert "is none of the parties" in refused("seal", bargain.trade_id, kept, *out)
    assert not sealed.exists()
    kept.write_text("open sesame")
    assert "holds no hand-over code" in refused("show", kept)
    sealed.write_text(json.dumps({"splits": []}))
    assert "is not what `commonhold offer code seal` writes" in refused(
        "use", sealed, "--code", "0110-0110-0110-0110"
    )
    assert "There is no file" in refused("use", tmp_path / "none", "--code", "x")
