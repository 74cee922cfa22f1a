// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICourt} from "contracts/interfaces/ICourt.sol";
import {SeatWords, VoteWords} from "contracts/libraries/PanelWords.sol";
import {Voting} from "contracts/court/Voting.sol";
import {Case, CaseStatus, Panel, PanelState} from "contracts/types/Court.sol";
import {JuryRules} from "contracts/types/Rules.sol";

// Every action is behind one guard, and calls what the Court was deployed with and nothing else.
// slither-disable-start reentrancy-no-eth

/// @title What the jurors of a panel get and lose
/// @dev A panel that ruled: those near the last ruling of a jury share the round's fee and the slashed stake equally; all
/// others lose the slashed share. One that was silent: those who revealed share what those who did not lose; no fee. One
/// that was dismissed: those who committed get their fee, and share what the denounced lost. One that was missing: all
/// are let go.
abstract contract Settlement is Voting {
    using SeatWords for uint256[2];
    using VoteWords for uint256;

    /// Seats as bitmaps, sums in wei and base units of the stake.
    struct Account {
        uint256 held;
        uint256 paid;
        uint256 slashed;
        uint256 fees;
        uint256 feeShare;
        uint256 slash;
        uint256 stakes;
        uint256 stakeShare;
    }

    /// @inheritdoc ICourt
    function settleRound(bytes32 caseId, uint256 round, uint256 attempt) external nonReentrant {
        Case memory c = _current(caseId);
        Bench storage bench = _bench(caseId, round, attempt);
        Panel memory panel = bench.panel;
        bool early = panel.state == PanelState.Ruled && c.status < CaseStatus.Decided;
        if (attempt > 1 || round > c.round || panel.state <= PanelState.Sitting || early) {
            revert Court_PanelNotDone(caseId, round, attempt);
        }
        if (panel.settled) revert Court_AlreadySettled(caseId, round, attempt);

        bench.panel.settled = true;
        JuryRules memory rules = _rulesOf(c);
        Account memory account = _account(caseId, c, bench, panel, rules);
        uint256 feeDust = account.fees - account.feeShare * _count(account.paid);
        uint256 stakeDust = account.stakes - account.stakeShare * _count(account.paid);
        emit RoundSettled(
            caseId,
            round,
            attempt,
            account.paid,
            account.slashed,
            account.feeShare,
            account.stakeShare,
            account.slash,
            feeDust,
            stakeDust
        );
        _credit(_treasury, feeDust);
        _pay(bench, account, rules.seatStake);
        if (stakeDust > 0) _pool.award(_treasury, stakeDust);
    }

    function _account(bytes32 caseId, Case memory c, Bench storage bench, Panel memory panel, JuryRules memory rules)
        private
        view
        returns (Account memory a)
    {
        uint256 ruling = panel.state == PanelState.Ruled ? _lastRuling(caseId, c) : 0;
        for (uint256 seat; seat < panel.jurors; ++seat) {
            if (bench.seats.at(seat) == 0) continue;
            uint256 vote = bench.votes[seat];
            // forge-lint: disable-next-line(incorrect-shift)
            uint256 bit = 1 << seat;
            if (vote == VoteWords.DENOUNCED) a.slashed |= bit;
            if (vote.isVoid()) continue;
            a.held |= bit;
            if (_isPaid(panel.state, vote, ruling, rules.coherenceBps)) a.paid |= bit;
            else if (panel.state == PanelState.Ruled || panel.state == PanelState.Silent) a.slashed |= bit;
        }
        if (panel.state == PanelState.Ruled) a.fees = uint256(rules.jurorFee) * panel.jurors;
        else if (panel.state == PanelState.Dismissed) a.fees = uint256(rules.jurorFee) * panel.commits;
        a.slash = _slash(rules);
        a.stakes = a.slash * _count(a.slashed);
        uint256 paid = _count(a.paid);
        if (paid > 0) (a.feeShare, a.stakeShare) = (a.fees / paid, a.stakes / paid);
    }

    /// @dev Lets go of what was locked: of those who get nothing first, so that there is what to award.
    function _pay(Bench storage bench, Account memory a, uint256 stake) private {
        for (uint256 left = a.held & ~a.paid; left != 0; left &= left - 1) {
            uint256 seat = _lowest(left);
            address juror = _jurorAt(bench, seat);
            uint256 lost = (a.slashed >> seat) & 1 == 0 ? 0 : a.slash;
            if (lost > 0) _pool.slash(juror, lost);
            _pool.unlock(juror, stake - lost);
        }
        for (uint256 left = a.paid; left != 0; left &= left - 1) {
            address juror = _jurorAt(bench, _lowest(left));
            _pool.unlock(juror, stake);
            if (a.stakeShare > 0) _pool.award(juror, a.stakeShare);
            _credit(juror, a.feeShare);
        }
    }

    /// @dev By the last panel that ruled, whatever decided the case.
    function _lastRuling(bytes32 caseId, Case memory c) private view returns (uint256) {
        uint256 last = c.ruledRounds - 1;
        return _bench(caseId, last, _attempt(c, last)).panel.performerBps;
    }

    function _isPaid(PanelState state, uint256 vote, uint256 ruling, uint256 coherence) private pure returns (bool) {
        if (state == PanelState.Dismissed) return vote != 0;
        if (state == PanelState.Missing || !vote.isRevealed()) return false;
        if (state == PanelState.Silent) return true;
        uint256 choice = vote.choice();
        return (choice > ruling ? choice - ruling : ruling - choice) <= coherence;
    }

    /// @dev The place of the lowest bit that is set.
    function _lowest(uint256 seats) private pure returns (uint256) {
        return Math.log2(seats & (~seats + 1));
    }

    function _count(uint256 seats) private pure returns (uint256 count) {
        for (; seats != 0; seats &= seats - 1) {
            ++count;
        }
    }
}

// slither-disable-end reentrancy-no-eth
