// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IReputation} from "contracts/interfaces/IReputation.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TrancheWord} from "contracts/libraries/Packed.sol";
import {PROPOSAL_TYPES, ProposalTerms, ProposalType} from "contracts/types/Proposals.sol";
import {Trade, Tranche, TrancheStatus} from "contracts/types/Trade.sol";
import {Ruling} from "tests/invariants/handler/Ruling.sol";
import {between, check, checkEqual, mix, vm} from "tests/invariants/support/Vm.sol";

/// @title Reputation and votes, held against the formula
abstract contract Membership is Ruling {
    using TrancheWord for Tranche;

    uint256 private constant EPOCH = 4 weeks;

    /// What was earned in an epoch with a counterparty, in units, before any cap.
    mapping(uint256 epoch => mapping(address account => mapping(address with => uint256))) private _earned;
    mapping(address account => uint256) private _forfeited; // units
    mapping(address account => uint256) private _units; // at the last look
    uint256 private _weeks; // checked
    uint256 private _proposals;
    uint256[PROPOSAL_TYPES] private _changing; // until when a type is left alone

    /// One to three closed trades; one is closed first if there is none. What was claimed before is passed over.
    function claim(uint256 seed) external counted("claim") {
        uint256 most = between(mix(seed, "count"), 1, 3);
        Trade[] memory batch = new Trade[](most + 1);
        uint256 count;
        for (uint256 i; i < trades.length && count < most; ++i) {
            uint256 index = (seed % trades.length + i) % trades.length;
            if (_isClaimable(index)) batch[count++] = _noteClaim(index);
        }
        if (count == 0) batch[count++] = _noteClaim(_closed(seed));
        for (uint256 i; i < trades.length; ++i) {
            uint256 index = (mix(seed, "again") % trades.length + i) % trades.length;
            if (!books[index].claimed) continue;
            batch[count++] = trades[index];
            break;
        }
        assembly ("memory-safe") {
            mstore(batch, count)
        }
        _call(KEEPER, address(reputation), abi.encodeCall(reputation.claim, (address(escrow), batch)));
        _checkFormula();
    }

    function release(uint256 seed) external counted("release") {
        address account = actors[seed % ACTORS];
        uint256 due = reputation.heldOf(account);
        uint256 room = _roomInShare(account);
        bytes memory data = abi.encodeCall(reputation.release, (account));
        if (due == 0 || room == 0) {
            _refused(KEEPER, 0, address(reputation), data, IReputation.Reputation_NothingToRelease.selector);
            return;
        }
        uint256 before = reputation.unitsOf(account);
        _call(KEEPER, address(reputation), data);
        checkEqual(reputation.unitsOf(account) - before, due < room ? due : room, "another sum released");
        _checkFormula();
    }

    /// To another, to oneself, or to nobody, which is oneself.
    function delegate(uint256 seed) external counted("delegate") {
        address account = actors[seed % ACTORS];
        uint256 to = mix(seed, "to") % (ACTORS + 1);
        address delegatee = to == ACTORS ? address(0) : actors[to];
        _call(account, address(reputation), abi.encodeCall(reputation.delegate, (delegatee)));
        checkEqual(_sumOfVotes(), reputation.totalUnits(), "votes and units differ");
    }

    /// A whole proposal: made, voted for by everybody, queued and executed; a setting moves within its bounds.
    function govern(uint256 seed) external counted("govern") {
        (address[] memory targets, uint256[] memory values, bytes[] memory data) = _proposal(seed);
        bytes32 description = keccak256(bytes("A setting"));
        address proposer = _strongest();
        _wait(1);
        if (governor.getVotes(proposer, time - 1) < governor.proposalThreshold()) {
            bytes memory refusedData = abi.encodeCall(IGovernor.propose, (targets, values, data, "A setting"));
            bytes4 with = IGovernor.GovernorInsufficientProposerVotes.selector;
            _refused(proposer, 0, address(governor), refusedData, with);
            return;
        }
        vm.prank(proposer);
        uint256 id = governor.propose(targets, values, data, "A setting");
        (uint8 made, ProposalTerms memory terms) = governor.proposalTerms(id);
        _wait(governor.votingDelay() + 1);
        for (uint256 i; i < ACTORS; ++i) {
            if (governor.getVotes(actors[i], governor.proposalSnapshot(id)) == 0) continue;
            vm.prank(actors[i]);
            governor.castVote(id, 1);
        }
        _wait(governor.proposalDeadline(id) + 1 - time);
        bool enough = reputation.getPastTotalSupply(governor.proposalSnapshot(id)) >= governor.proposalQuorum(id);
        IGovernor.ProposalState expected = enough ? IGovernor.ProposalState.Succeeded : IGovernor.ProposalState.Defeated;
        check(governor.state(id) == expected, "another outcome of a vote");
        if (!enough) return;
        governor.queue(targets, values, data, description);
        check(governor.proposalEta(id) == time + (terms.delay < 2 days ? 2 days : terms.delay), "another eta");
        _wait(governor.proposalEta(id) - time);
        governor.execute(targets, values, data, description);
        (uint8 kept, ProposalTerms memory after_) = governor.proposalTerms(id);
        check(made == 16 && kept == made, "the types of a proposal changed");
        check(keccak256(abi.encode(terms)) == keccak256(abi.encode(after_)), "the terms of a proposal changed");
        _checkTerms(time + (seed % 10) * 1 days);
        _checkSome(seed);
    }

    /// Whatever was voted, no type takes more of anything than `Anything` does.
    function _checkTerms(uint256 snapshot) private view {
        ProposalTerms memory anything = types.termsOf(16, uint48(snapshot));
        ProposalTerms memory all = types.termsOf(31, uint48(snapshot));
        check(keccak256(abi.encode(anything)) == keccak256(abi.encode(all)), "a type stricter than anything");
    }

    /// New terms for a type, a step at most from the old ones.
    function _newTerms(uint256 seed) private view returns (bytes memory) {
        uint8 place = uint8(seed % PROPOSAL_TYPES);
        ProposalTerms memory old = types.termsOf(uint8(1) << place, type(uint48).max);
        ProposalTerms memory top = types.termsOf(16, type(uint48).max);
        uint256 quorum = between(mix(seed, "quorum"), 400, 4000);
        quorum = place == 4 ? _between(quorum, old.quorumBps, 4000) : _between(quorum, 400, top.quorumBps);
        uint256 bottom = old.quorumBps > 1000 ? uint256(old.quorumBps) - 1000 : 0;
        quorum = _between(quorum, bottom, uint256(old.quorumBps) + 1000);
        uint32 delay = old.delay == 1 days ? 1 days + 1 hours : old.delay == 1 days + 1 hours ? 1 days : 1 days;
        if (place == 4) delay = old.delay < 30 days ? old.delay + 1 : old.delay - 1;
        return abi.encodeCall(
            types.setTerms, (ProposalType(place + 1), ProposalTerms(uint16(quorum), old.approvalBps, delay))
        );
    }

    function _between(uint256 value, uint256 min, uint256 max) private pure returns (uint256) {
        return value < min ? min : value > max ? max : value;
    }

    function _checkVotes() internal override {
        while (GENESIS + (_weeks + 1) * 1 weeks < time) {
            _checkVotesAt(GENESIS + ++_weeks * 1 weeks);
        }
        if (time > GENESIS) _checkVotesAt(time - 1);
    }

    function _checkVotesAt(uint256 when) private view {
        uint256 sum;
        for (uint256 i; i < ACTORS; ++i) {
            sum += reputation.getPastVotes(actors[i], when);
        }
        checkEqual(sum, reputation.getPastTotalSupply(when), "past votes and past supply differ");
        _checkQuorumAt(when);
    }

    function _checkQuorumAt(uint256 when) internal view {
        check(governor.quorum(when) >= 200 * POINT * reputation.indexAt(when), "a quorum below its floor");
    }

    /// What anybody was allotted, minted and is held for is what the formula says.
    function _checkFormula() internal {
        uint256 total;
        for (uint256 i; i < ACTORS; ++i) {
            address account = actors[i];
            uint256 due = i < 3 ? ALLOTTED * reputation.indexAt(GENESIS) : 0;
            for (uint256 epoch; epoch <= (time - GENESIS) / EPOCH; ++epoch) {
                due += _cappedIn(epoch, account);
            }
            uint256 units = reputation.unitsOf(account);
            uint256 owed = reputation.owedOf(account);
            checkEqual(units + reputation.heldOf(account) + _forfeited[account], due + owed, "not what was earned");
            check(owed == 0 || units + reputation.heldOf(account) == 0, "owed by one who has");
            total += units;
        }
        uint256 most =
            total > 3 * ALLOTTED * reputation.indexAt(GENESIS) ? total : 3 * ALLOTTED * reputation.indexAt(GENESIS);
        for (uint256 i; i < ACTORS; ++i) {
            uint256 units = reputation.unitsOf(actors[i]);
            // What others forfeit makes the share of what one has grow; nobody is minted to beyond it.
            check(units <= _units[actors[i]] || units * 10_000 <= 3400 * most, "more than the share allows");
            _units[actors[i]] = units;
        }
        checkEqual(reputation.totalUnits(), total, "units and total differ");
        checkEqual(_sumOfVotes(), total, "votes and units differ");
    }

    function _cappedIn(uint256 epoch, address account) private view returns (uint256 sum) {
        uint256 index = reputation.indexAt(GENESIS + epoch * EPOCH);
        for (uint256 i; i < ACTORS; ++i) {
            sum += _least(_earned[epoch][account][actors[i]], 400 * POINT * index);
        }
        return _least(sum, 900 * POINT * index);
    }

    function _noteClaim(uint256 index) private returns (Trade memory trade) {
        trade = trades[index];
        Opened storage book = books[index];
        book.claimed = true;
        for (uint256 i; i < trade.tranches.length; ++i) {
            TrancheStatus status = book.statuses[i];
            if (status == TrancheStatus.Ruled) _noteFault(index, i);
            bool counts =
                status == TrancheStatus.Accepted || status == TrancheStatus.Lapsed || status == TrancheStatus.Split;
            if (!counts) continue;
            (,, uint256 fee) = _payouts(Ref(index, i), book.shares[i]);
            uint256 units = fee * book.rate / 1e18 / 2 * reputation.indexAt(book.since[i]);
            address performer = trade.parties[trade.tranches[i].performer()];
            address funder = trade.parties[trade.tranches[i].funder()];
            if (performer == funder) continue;
            uint256 epoch = (book.since[i] - GENESIS) / EPOCH;
            _earned[epoch][performer][funder] += units;
            _earned[epoch][funder][performer] += units;
        }
    }

    /// Twice what a side would have earned of the whole amount, by the part of the fault.
    function _noteFault(uint256 index, uint256 i) private {
        Opened storage book = books[index];
        Tranche t = trades[index].tranches[i];
        (address performer, address checker) = _parties(Ref(index, i));
        (address account, uint256 fault) =
            book.shares[i] < 5000 ? (performer, 5000 - book.shares[i]) : (checker, book.shares[i] - 5000);
        uint256 side = t.amount() * book.feeBps / 10_000 * book.rate / 1e18 / 2 * reputation.indexAt(book.since[i]);
        uint256 first = GENESIS + (book.since[i] - GENESIS) / EPOCH * EPOCH;
        side = _least(side, 400 * POINT * reputation.indexAt(first));
        _forfeited[account] += (2 * side * fault + 4999) / 5000;
    }

    /// A trade that was not claimed, with its last tranches accepted, once it has started.
    function _closed(uint256 seed) private returns (uint256 trade) {
        trade = _any(seed).trade;
        for (uint256 i; i < trades[trade].tranches.length; ++i) {
            if (books[trade].statuses[i] >= TrancheStatus.Accepted) continue;
            Ref memory ref = Ref(trade, i);
            (, address checker) = _parties(ref);
            _settle(ref, checker, abi.encodeCall(escrow.accept, (trades[trade], i)), TrancheStatus.Accepted, 10_000);
        }
        if (books[trade].start > time) _wait(books[trade].start - time);
    }

    function _proposal(uint256 seed)
        private
        returns (address[] memory targets, uint256[] memory values, bytes[] memory data)
    {
        (targets, values, data) = (new address[](2), new uint256[](2), new bytes[](2));
        (targets[0], targets[1]) = (address(governor), KEEPER);
        // Makes each proposal another one.
        data[1] = abi.encode(++_proposals);
        uint256 setting = mix(seed, "setting");
        // The period is longer than the extension, by OpenZeppelin's own check.
        (uint256 period, uint256 extension) = (governor.votingPeriod(), governor.lateQuorumVoteExtension());
        uint256 shortest = extension < 1 days ? 1 days : extension + 1;
        uint256 longest = period > 4 days ? 4 days : period - 1;
        data[0] = [
            _newTerms(setting),
            abi.encodeCall(governor.setProposalThreshold, (between(setting, 10 * POINT, 1000 * POINT))),
            abi.encodeCall(governor.setVotingDelay, (uint48(between(setting, 1 hours, 7 days)))),
            abi.encodeCall(governor.setVotingPeriod, (uint32(between(setting, shortest, 14 days)))),
            abi.encodeCall(governor.setLateQuorumVoteExtension, (uint48(between(setting, 1 hours, longest))))
        ][seed % 5];
        if (seed % 5 == 0) {
            // One change of a type at a time.
            uint256 place = setting % PROPOSAL_TYPES;
            if (time < _changing[place]) data[0] = abi.encodeCall(governor.setProposalThreshold, (100 * POINT));
            else (_changing[place], targets[0]) = (time + 60 days, address(types));
        }
    }

    function _strongest() private view returns (address found) {
        for (uint256 i; i < ACTORS; ++i) {
            if (reputation.getVotes(actors[i]) >= reputation.getVotes(found)) found = actors[i];
        }
    }

    function _sumOfVotes() private view returns (uint256 sum) {
        for (uint256 i; i < ACTORS; ++i) {
            sum += reputation.getVotes(actors[i]);
        }
    }

    function _roomInShare(address account) private view returns (uint256) {
        uint256 own = reputation.unitsOf(account) * 10_000;
        uint256 ofTotal = reputation.totalUnits() * 3400;
        uint256 ofAllotted = 3 * ALLOTTED * reputation.indexAt(GENESIS) * 3400;
        ofTotal = ofTotal > own ? (ofTotal - own) / 6600 : 0;
        ofAllotted = ofAllotted > own ? (ofAllotted - own) / 10_000 : 0;
        return ofTotal > ofAllotted ? ofTotal : ofAllotted;
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
