// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IReputation} from "contracts/interfaces/IReputation.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {TrancheWord} from "contracts/libraries/Packed.sol";
import {FeeRules} from "contracts/types/Rules.sol";
import {Offer, Pin, Trade, Tranche, TrancheStatus} from "contracts/types/Trade.sol";
import {Membership} from "tests/invariants/handler/Membership.sol";
import {Reference} from "tests/invariants/support/Reference.sol";
import {TakingToken} from "tests/invariants/support/Tokens.sol";
import {check, mix} from "tests/invariants/support/Vm.sol";

/// @title What must be refused, tried at any time
abstract contract Refusals is Membership {
    using TrancheWord for Tranche;

    /// Nobody but the right side, and nobody at all after the end.
    function refuseStrangers(uint256 seed) external counted("refuseStrangers") {
        Ref memory ref = _any(seed);
        (address performer, address checker) = _parties(ref);
        Trade memory trade = trades[ref.trade];
        bytes memory accepting = abi.encodeCall(escrow.accept, (trade, ref.tranche));
        bytes memory refunding = abi.encodeCall(escrow.refund, (trade, ref.tranche));
        address[3] memory strangers = [KEEPER, performer, timelock];
        _refuse(strangers[seed % 3], accepting, IEscrow.Escrow_NotChecker.selector);
        strangers[1] = checker;
        _refuse(strangers[seed % 3], refunding, IEscrow.Escrow_NotPerformer.selector);
        bytes memory performing = abi.encodeCall(escrow.perform, (trade, ref.tranche));
        _refuse(checker, performing, IEscrow.Escrow_NotPerformer.selector);
        bytes memory disputing = abi.encodeCall(escrow.dispute, (trade, ref.tranche));
        _refuse(performer, disputing, IEscrow.Escrow_NotChecker.selector);
        address arbitrator = versions[books[ref.trade].version - 1].disputes.arbitrator;
        address wrong = arbitrators[arbitrator == arbitrators[0] ? 1 : 0];
        bytes memory ruling = abi.encodeCall(escrow.rule, (trade, ref.tranche, 5000));
        _refuse(wrong, ruling, IEscrow.Escrow_NotArbitrator.selector);
        bytes memory declining = abi.encodeCall(escrow.decline, (trade, ref.tranche));
        _refuse(wrong, declining, IEscrow.Escrow_NotArbitrator.selector);
    }

    /// What is final stays final, whoever tries what.
    function refuseSecondEnd(uint256 seed) external counted("refuseSecondEnd") {
        Ref memory ref = _any(seed);
        (address performer, address checker) = _parties(ref);
        Trade memory trade = trades[ref.trade];
        uint256 at = ref.tranche;
        bytes memory refunding = abi.encodeCall(escrow.refund, (trade, at));
        if (seed % 2 == 0) _settle(ref, performer, refunding, TrancheStatus.Refunded, 0);
        else _settle(ref, checker, abi.encodeCall(escrow.accept, (trade, at)), TrancheStatus.Accepted, 10_000);

        bytes4 wrong = IEscrow.Escrow_WrongStatus.selector;
        Wealth memory wealth = _look(ref);
        _refuse(checker, abi.encodeCall(escrow.accept, (trade, at)), wrong);
        _refuse(performer, refunding, wrong);
        _refuse(performer, abi.encodeCall(escrow.perform, (trade, at)), wrong);
        _refuse(checker, abi.encodeCall(escrow.dispute, (trade, at)), wrong);
        _refuse(KEEPER, abi.encodeCall(escrow.expire, (trade, at)), wrong);
        address arbitrator = versions[books[ref.trade].version - 1].disputes.arbitrator;
        _refuse(arbitrator, abi.encodeCall(escrow.rule, (trade, at, 5000)), wrong);
        _refuse(arbitrator, abi.encodeCall(escrow.decline, (trade, at)), wrong);
        uint40 deadline = uint40(time);
        bytes32 splitHash = Reference.hashSplit(books[ref.trade].id, at, 1, deadline);
        bytes memory signature = _sign(checker, Reference.digest(address(escrow), splitHash));
        bytes memory splitting = abi.encodeCall(escrow.split, (trade, at, 1, deadline, "", signature));
        _refuse(performer, splitting, wrong);
        (Trade[] memory batch, uint256[] memory tranches) = (new Trade[](1), new uint256[](1));
        (batch[0], tranches[0]) = (trade, at);
        _refuse(KEEPER, abi.encodeCall(escrow.expireBatch, (batch, tranches)), IEscrow.Escrow_NothingDue.selector);
        _checkWealth(wealth);
    }

    /// Other terms than those of the opening name no trade.
    function refuseOtherTerms(uint256 seed) external counted("refuseOtherTerms") {
        Ref memory ref = _any(seed);
        (, address checker) = _parties(ref);
        Trade memory trade = trades[ref.trade];
        uint256 at = ref.tranche;
        uint256 pin = Pin.unwrap(trade.pin);
        uint256 what = seed % 6;
        if (what == 0) trade.tranches[at] = Tranche.wrap(Tranche.unwrap(trade.tranches[at]) + 1);
        if (what == 1) trade.pin = Pin.wrap(pin ^ (1 << 104)); // another fee
        if (what == 2) trade.pin = Pin.wrap(pin ^ (1 << 72)); // another version of the rules
        // Not the lower bits of the fill: another fill of the same block may be a trade, too.
        if (what == 3) trade.pin = Pin.wrap(pin ^ (1 << (31 + mix(seed, "bit") % 225)));
        if (what == 4) trade.asset = trade.asset == address(honest) ? address(0) : address(honest);
        if (what == 5) trade.listingHash = bytes32(uint256(trade.listingHash) ^ 1);
        bytes4 unknown = IEscrow.Escrow_UnknownTrade.selector;
        _refuse(checker, abi.encodeCall(escrow.accept, (trade, at)), unknown);
        check(escrow.statusOf(trade, at) == TrancheStatus.None, "a status of no trade");
    }

    /// Too late to perform or to dispute, as soon as a second after the deadline.
    function refuseLateness(uint256 seed) external counted("refuseLateness") {
        Ref memory ref = _any(seed);
        (, uint256 dueAt,) = _silence(ref);
        if (time <= dueAt) _wait(dueAt + 1 - time);
        (address performer, address checker) = _parties(ref);
        Trade memory trade = trades[ref.trade];
        TrancheStatus status = books[ref.trade].statuses[ref.tranche];
        bytes4 late = IEscrow.Escrow_TooLate.selector;
        if (status == TrancheStatus.Open) {
            _refuse(performer, abi.encodeCall(escrow.perform, (trade, ref.tranche)), late);
        } else if (status == TrancheStatus.Performed) {
            _refuse(checker, abi.encodeCall(escrow.dispute, (trade, ref.tranche)), late);
        } else {
            address arbitrator = versions[books[ref.trade].version - 1].disputes.arbitrator;
            _refuse(arbitrator, abi.encodeCall(escrow.rule, (trade, ref.tranche, 1)), late);
            _refuse(arbitrator, abi.encodeCall(escrow.decline, (trade, ref.tranche)), late);
        }
    }

    /// A fill twice, a signature of another, coin that is missing, a token that takes.
    function refuseOpening(uint256 seed) external counted("refuseOpening") {
        _endPause();
        uint256 index = _offer(seed, 2);
        Listed storage listed = offers[index];
        Offer memory offer = listed.offer;
        bytes[] memory signatures = _signatures(offer, listed.offerHash, listed.seat);
        address caller = _caller(offer, listed.seat, seed);
        uint256 coin = _coin(offer);
        bytes memory data = abi.encodeCall(escrow.openTrade, (offer, 2, signatures));
        _refused(caller, coin, address(escrow), data, IEscrow.Escrow_BadFill.selector);
        data = abi.encodeCall(escrow.openTrade, (offer, 0, signatures));
        _refused(caller, coin + 1, address(escrow), data, IEscrow.Escrow_WrongValue.selector);
        _take(index, seed);
        _refused(caller, coin, address(escrow), data, IEscrow.Escrow_FillTaken.selector);
        signatures[0] = _sign(caller, Reference.digest(address(escrow), listed.offerHash));
        data = abi.encodeCall(escrow.openTrade, (offer, 1, signatures));
        _refused(caller, coin, address(escrow), data, IEscrow.Escrow_BadSignature.selector);
        _refuseTakingToken(1 + seed % 1e18);
    }

    /// Nobody but the timelock writes rules, and nobody claims twice or too early.
    function refuseRules(uint256 seed) external counted("refuseRules") {
        FeeRules memory fees = versions[0].fees;
        address stranger = watched[seed % ACTORS];
        bytes4 with = IRuleBook.RuleBook_NotTimelock.selector;
        _refused(stranger, 0, address(ruleBook), abi.encodeCall(ruleBook.setFeeRules, (fees)), with);
        _refused(stranger, 0, address(ruleBook), abi.encodeCall(ruleBook.resumeOpening, ()), with);
        for (uint256 i; i < trades.length; ++i) {
            uint256 index = (seed % trades.length + i) % trades.length;
            if (_isClaimable(index)) continue;
            with = books[index].claimed
                ? IReputation.Reputation_AlreadyClaimed.selector
                : IReputation.Reputation_NotClosed.selector;
            Trade[] memory batch = new Trade[](1);
            batch[0] = trades[index];
            bytes memory data = abi.encodeCall(reputation.claim, (address(escrow), batch));
            _refused(KEEPER, 0, address(reputation), data, with);
            return;
        }
    }

    /// Only what is owed, only to the owner or where the owner says.
    function refuseWithdrawals(uint256 seed) external counted("refuseWithdrawals") {
        address asset = assets[seed % assets.length];
        address account = watched[mix(seed, "account") % watched.length];
        bytes memory data = abi.encodeCall(escrow.withdraw, (account, asset, SAFE_PLACE));
        if (account != SAFE_PLACE && account != KEEPER) _refuse(KEEPER, data, IEscrow.Escrow_NotOwner.selector);
        if (escrow.creditOf(account, asset) != 0) return;
        _refuse(account, data, IEscrow.Escrow_NoCredit.selector);
    }

    function _refuse(address sender, bytes memory data, bytes4 with) private {
        _refused(sender, 0, address(escrow), data, with);
    }

    function _coin(Offer memory offer) private pure returns (uint256 sum) {
        if (offer.asset != address(0)) return 0;
        for (uint256 i; i < offer.tranches.length; ++i) {
            sum += offer.tranches[i].amount();
        }
    }

    function _refuseTakingToken(uint256 amount) private {
        Listed storage listed = offers[_plainOffer(address(taking), actors[0], actors[1], 100 + amount)];
        taking.mint(actors[1], 100 + amount);
        bytes[] memory signatures = _signatures(listed.offer, listed.offerHash, 1);
        bytes memory data = abi.encodeCall(escrow.openTrade, (listed.offer, 0, signatures));
        _refuse(actors[1], data, IEscrow.Escrow_ReceivedLess.selector);
        check(taking.balanceOf(address(escrow)) == 0, "a part of a refused payment stays");
        listed.ended = true;
    }
}
