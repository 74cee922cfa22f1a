"""Seeds and their givers, as the BondedSeed's views tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from backend.audit.book import Book, Row, compare
from backend.audit.difference import NOTHING, ROW, Difference
from backend.db.tables import seed_givers, seed_requests, seeds
from backend.terms.jurors import PHASES, GiverState, Phase

CONTRACT = "BondedSeed"
VIEW = "BondedSeed.roundOf"


def audit_seeds(book: Book) -> Iterator[Difference]:
    """Every round up to the present one. The hash of a target is the block's own."""
    known = set()
    for row in book.rows(seeds):
        known.add(row["seed_id"])
        told = book.ask(CONTRACT, "roundOf", row["seed_id"])
        phase, deadline, target, _, drawn_from, committed, revealed, givers = told
        closed = PHASES[phase] in (Phase.REVEAL, Phase.DONE)
        depth = book.ask(CONTRACT, "depth")
        yield from compare(
            seeds,
            row,
            VIEW,
            phase=PHASES[phase].value,
            deadline=deadline,
            target=target or None,
            reveal_from=target + depth if target else None,
            epoch=drawn_from,
            givers=len(givers),
            commits=committed.bit_count(),
            reveals=revealed.bit_count(),
        )
        if not closed:
            yield from compare(seeds, row, VIEW, commit_until=deadline, target_hash=None)
        seed = book.ask(CONTRACT, "seedOf", row["seed_id"]) or None
        yield from compare(seeds, row, "BondedSeed.seedOf", seed=seed)
        if (row["set_at"] is None) != (seed is None):
            yield from compare(seeds, row, "BondedSeed.seedOf", set_at="some time")
        yield from _audit_hash(book, row)
    for number in range(1, book.ask(CONTRACT, "currentRound") + 1):
        if number not in known:
            key = {"seed_id": number}
            yield Difference(seeds.name, key, ROW, NOTHING, "is there", VIEW)


def _audit_hash(book: Book, row: Row) -> Iterator[Difference]:
    if row["target_hash"] is None:
        return
    block = book.node.block(row["target"])
    told = block.hash if block else NOTHING
    yield from compare(seeds, row, "eth_getBlockByNumber", target_hash=told)


def audit_seed_requests(book: Book) -> Iterator[Difference]:
    """Who asked is in the logs only; what it asked for is there."""
    newest = book.ask(CONTRACT, "currentRound")
    for row in book.rows(seed_requests):
        if not 0 < row["seed_id"] <= newest:
            yield from compare(seed_requests, row, "BondedSeed.currentRound", seed_id=newest)


def audit_seed_givers(book: Book) -> Iterator[Difference]:
    for round_ in book.rows(seeds):
        number = round_["seed_id"]
        phase, *_, committed, revealed, givers = book.ask(CONTRACT, "roundOf", number)
        mine = {row["seat"]: row for row in book.rows(seed_givers, seed_id=number)}
        for seat, giver in enumerate(givers):
            row = mine.pop(seat, None)
            if row is None:
                key = {"seed_id": number, "seat": seat}
                yield Difference(seed_givers.name, key, ROW, NOTHING, "is there", VIEW)
                continue
            bits = (bool(committed >> seat & 1), bool(revealed >> seat & 1))
            state = _state(PHASES[phase], *bits)
            yield from compare(seed_givers, row, VIEW, giver=giver, state=state.value)
            yield from _audit_secret(book, row, *bits)
        for row in mine.values():
            yield from compare(seed_givers, row, VIEW, seat="no such seat")


def _state(phase: Phase, committed: bool, revealed: bool) -> GiverState:
    if revealed:
        return GiverState.REVEALED
    if committed:
        return GiverState.SILENT if phase == Phase.DONE else GiverState.COMMITTED
    return GiverState.DRAWN if phase == Phase.COMMIT else GiverState.ABSENT


def _audit_secret(book: Book, row: Row, committed: bool, revealed: bool) -> Iterator[Difference]:
    """A secret that was shown proves its commitment."""
    if revealed and row["secret"] is not None:
        secret = bytes.fromhex(row["secret"][2:])
        made = book.ask(CONTRACT, "commitmentOf", row["seed_id"], row["giver"], secret)
        yield from compare(seed_givers, row, "BondedSeed.commitmentOf", commitment=made)
    for column, done in (
        ("commitment", committed),
        ("committed_at", committed),
        ("secret", revealed),
        ("revealed_at", revealed),
    ):
        if done != (row[column] is not None):
            told = "something" if done else None
            yield from compare(seed_givers, row, VIEW, **{column: told})
