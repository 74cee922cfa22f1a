"""The panels of the plain Court: who is drawn, who is struck, and what is voted."""

from __future__ import annotations

from dataclasses import dataclass

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend.terms.offer import Trade
from tests.model.court_appeals import Appeals
from tests.model.court_case import Case, CaseStatus, Side, case_id_of
from tests.model.court_errors import (
    Court_BadCommitment,
    Court_BadSplit,
    Court_NoConflict,
    Court_NoSeed,
    Court_NotSeated,
    Court_OwnVote,
    Court_PanelFull,
    Court_WrongOpening,
    Court_WrongSeat,
)
from tests.model.panel import BPS, Panel, Seat, SeatState


@dataclass
class Voting(Appeals):
    """Seats are numbered from 0; choices are the performer's share in basis points."""

    # The panel

    def draw(self, now: int, case_id: bytes, most: int) -> None:
        case = self.in_status(now, case_id, CaseStatus.EVIDENCE)
        panel = case.panel
        if panel.is_full:
            raise Court_PanelFull(case_id)
        seed = self.seeds.get(panel.request_id, 0)
        if seed == 0:
            raise Court_NoSeed(panel.request_id)
        for _ in range(most):
            if panel.is_full:
                break
            number = number_of(seed, case_id, case.round, case.attempt(case.round), panel.draws)
            panel.draws += 1
            self._seat(case, panel, self.pool.draw(panel.epoch, number))
        if panel.is_full and now > case.deadline:
            self.start(case, CaseStatus.COMMIT, now + self.rules_of(case).commit_period)

    def strike(self, now: int, case_id: bytes, number: int, trade: Trade) -> None:
        case = self.current(now, case_id)
        self.need(case, case.status in (CaseStatus.EVIDENCE, CaseStatus.COMMIT))
        panel = case.panel
        if panel.state_of(number) not in (SeatState.SEATED, SeatState.COMMITTED):
            raise Court_WrongSeat(number, panel.state_of(number))
        seat = panel.seats[number]
        assert seat is not None
        rules = self.rules_of(case)
        self._need_conflict(case, seat.juror, trade, rules.conflict_period)
        if case.status is CaseStatus.EVIDENCE:
            panel.struck.add(seat.position)
            panel.seats[number] = None
        else:
            seat.state = SeatState.STRUCK
        self.move_on(now, case)
        self.pool.unlock(seat.juror, rules.seat_stake)

    # Votes

    def commit(self, now: int, caller: str, case_id: bytes, number: int, commitment: bytes) -> None:
        case = self.in_status(now, case_id, CaseStatus.COMMIT)
        if int.from_bytes(commitment) < 2**32:
            raise Court_BadCommitment(commitment)
        seat = self._seat_in(case, number, SeatState.SEATED)
        if seat.juror != caller:
            raise Court_NotSeated(number, caller)
        seat.state, seat.commitment = SeatState.COMMITTED, commitment
        self.move_on(now, case)

    def reveal(self, now: int, case_id: bytes, number: int, choice: int, salt: bytes) -> None:
        case = self.in_status(now, case_id, CaseStatus.REVEAL)
        seat = self._opened_seat(case, number, choice, salt)
        if choice > BPS:
            raise Court_BadSplit(choice)
        seat.state, seat.choice = SeatState.REVEALED, choice
        self.move_on(now, case)

    def denounce(
        self, now: int, caller: str, case_id: bytes, number: int, choice: int, salt: bytes
    ) -> None:
        case = self.in_status(now, case_id, CaseStatus.COMMIT)
        seat = self._opened_seat(case, number, choice, salt)
        if seat.juror == caller:
            raise Court_OwnVote(caller)
        seat.state = SeatState.DENOUNCED
        self.move_on(now, case)
        rules = self.rules_of(case)
        self.pool.slash(self.epoch(now), seat.juror, rules.seat_stake)
        kept = rules.seat_stake * rules.slash_bps // BPS
        self.pool.award(caller, rules.seat_stake - kept)

    def commitment(
        self, case: Case, round_: int, attempt: int, juror: str, choice: int, salt: bytes
    ) -> bytes:
        types = ["uint256", "address", "bytes32", "uint256", "uint256", "address", "uint256"]
        values = [self.chain_id, self.address, case.id, round_, attempt, juror, choice]
        return bytes(keccak(encode([*types, "bytes32"], [*values, salt])))

    # How it is done

    def _seat(self, case: Case, panel: Panel, drawn: tuple[str, int] | None) -> None:
        """Seats who was drawn in the first free seat, unless that may not be."""
        if drawn is None:
            return
        juror, position = drawn
        taken = {seat.position for seat in panel.taken} | panel.struck
        if case.side_of(juror) is not Side.NONE or position in taken:
            return
        if self.pool.lock(juror, self.rules_of(case).seat_stake):
            panel.seats[panel.seats.index(None)] = Seat(juror, position)

    def _seat_in(self, case: Case, number: int, state: SeatState) -> Seat:
        found = case.panel.state_of(number)
        if found is not state:
            raise Court_WrongSeat(number, found)
        seat = case.panel.seats[number]
        assert seat is not None
        return seat

    def _opened_seat(self, case: Case, number: int, choice: int, salt: bytes) -> Seat:
        seat = self._seat_in(case, number, SeatState.COMMITTED)
        attempt = case.attempt(case.round)
        opened = self.commitment(case, case.round, attempt, seat.juror, choice, salt)
        if seat.commitment != opened:
            raise Court_WrongOpening(number)
        return seat

    def _need_conflict(self, case: Case, juror: str, trade: Trade, period: int) -> None:
        found = self.escrow.known(trade)
        opened_at, parties = trade.pin.opened_at, trade.terms.parties
        recent = opened_at <= case.opened_at <= opened_at + period
        disputed = case_id_of(found.id, case.tranche) == case.id
        side = case.performer in parties or case.checker in parties
        if juror not in parties or not side or not (recent or disputed):
            raise Court_NoConflict(juror, found.id)


def number_of(seed: int, case_id: bytes, round_: int, attempt: int, draw: int) -> int:
    """The number that decides one draw."""
    types = ["uint256", "bytes32", "uint256", "uint256", "uint256"]
    return int.from_bytes(keccak(encode(types, [seed, case_id, round_, attempt, draw])))
