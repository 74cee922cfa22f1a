// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {TrancheWord} from "contracts/libraries/Packed.sol";
import {DisputeRules} from "contracts/types/Rules.sol";
import {Trade, Tranche, TrancheStatus} from "contracts/types/Trade.sol";
import {Sponsoring} from "tests/invariants/handler/Sponsoring.sol";
import {Reference} from "tests/invariants/support/Reference.sol";
import {between, check, mix} from "tests/invariants/support/Vm.sol";
import {Wallet} from "tests/invariants/support/Wallet.sol";

/// @title What becomes of open tranches, by their sides, the arbitrator, or anyone when time has run out
/// @dev Every action finds a tranche it can be done to, or makes one: none is ever in vain.
abstract contract Closing is Sponsoring {
    using TrancheWord for Tranche;

    function perform(uint256 seed) external counted("perform") {
        _performed(seed);
    }

    function accept(uint256 seed) external counted("accept") {
        Ref memory ref = _any(seed);
        (, address checker) = _parties(ref);
        _settle(
            ref,
            checker,
            abi.encodeCall(escrow.accept, (trades[ref.trade], ref.tranche)),
            TrancheStatus.Accepted,
            10_000
        );
    }

    function refund(uint256 seed) external counted("refund") {
        Ref memory ref = _any(seed);
        (address performer,) = _parties(ref);
        _settle(
            ref, performer, abi.encodeCall(escrow.refund, (trades[ref.trade], ref.tranche)), TrancheStatus.Refunded, 0
        );
    }

    function dispute(uint256 seed) external counted("dispute") {
        _newDispute(seed);
    }

    function rule(uint256 seed) external counted("rule") {
        Ref memory ref = _disputed(seed);
        uint256 bps = between(mix(seed, "bps"), 0, 10_000);
        address arbitrator = versions[books[ref.trade].version - 1].disputes.arbitrator;
        _settle(
            ref,
            arbitrator,
            abi.encodeCall(escrow.rule, (trades[ref.trade], ref.tranche, bps)),
            TrancheStatus.Ruled,
            bps
        );
    }

    /// The arbitrator gives up: the default of the pinned rules, at once.
    function decline(uint256 seed) external counted("decline") {
        Ref memory ref = _disputed(seed);
        DisputeRules memory rules = versions[books[ref.trade].version - 1].disputes;
        bytes memory data = abi.encodeCall(escrow.decline, (trades[ref.trade], ref.tranche));
        _settle(ref, rules.arbitrator, data, TrancheStatus.Defaulted, rules.defaultPerformerBps);
    }

    /// Signed by both and relayed, or called by one side with the signature of the other.
    function split(uint256 seed) external counted("split") {
        Ref memory ref = _any(seed);
        uint256 bps = between(mix(seed, "bps"), 0, 10_000);
        (address performer, address checker) = _parties(ref);
        address sender = [KEEPER, performer, checker][mix(seed, "sender") % 3];
        uint40 deadline = uint40(time + mix(seed, "deadline") % 1 days);
        bytes32 digest =
            Reference.digest(address(escrow), Reference.hashSplit(books[ref.trade].id, ref.tranche, bps, deadline));
        bytes memory data = abi.encodeCall(
            escrow.split,
            (
                trades[ref.trade],
                ref.tranche,
                bps,
                deadline,
                sender == performer ? bytes("") : _sign(performer, digest),
                sender == checker ? bytes("") : _sign(checker, digest)
            )
        );
        _settle(ref, sender, data, TrancheStatus.Split, bps);
    }

    function expire(uint256 seed) external counted("expire") {
        Ref memory ref = _any(seed);
        (TrancheStatus outcome, uint256 dueAt, uint256 bps) = _silence(ref);
        bytes memory data = abi.encodeCall(escrow.expire, (trades[ref.trade], ref.tranche));
        if (time <= dueAt) {
            // Not one second early.
            if (time < dueAt) _wait(dueAt - time);
            _refused(KEEPER, 0, address(escrow), data, IEscrow.Escrow_NotDue.selector);
            _wait(1);
        }
        _settle(ref, KEEPER, data, outcome, bps);
    }

    /// Up to ten at once, due or not, some of them twice.
    function expireBatch(uint256 seed) external counted("expireBatch") {
        Ref memory first = _any(seed);
        (, uint256 dueAt,) = _silence(first);
        if (time <= dueAt) _wait(dueAt + 1 - time);
        uint256 count = between(mix(seed, "count"), 2, 10);
        Trade[] memory batch = new Trade[](count);
        uint256[] memory tranches = new uint256[](count);
        Ref[] memory chosen = new Ref[](count);
        for (uint256 i; i < count; ++i) {
            chosen[i] = i == 0 ? first : refs[mix(seed, i) % refs.length];
            (batch[i], tranches[i]) = (trades[chosen[i].trade], chosen[i].tranche);
        }
        Wealth[] memory wealth = new Wealth[](assets.length);
        for (uint256 a; a < assets.length; ++a) {
            wealth[a] = _look(assets[a], watched);
        }
        for (uint256 i; i < count; ++i) {
            if (books[chosen[i].trade].statuses[chosen[i].tranche] >= TrancheStatus.Accepted) continue;
            (TrancheStatus outcome, uint256 due, uint256 bps) = _silence(chosen[i]);
            if (time <= due) continue;
            _oweTranche(wealth[_indexOf(batch[i].asset)], chosen[i], bps);
            _setStatus(chosen[i], outcome, bps);
        }
        _call(KEEPER, address(escrow), abi.encodeCall(escrow.expireBatch, (batch, tranches)));
        for (uint256 a; a < assets.length; ++a) {
            _checkWealth(wealth[a]);
        }
        for (uint256 i; i < count; ++i) {
            _checkTrade(chosen[i].trade);
        }
    }

    function _indexOf(address asset) private view returns (uint256 index) {
        while (assets[index] != asset) {
            ++index;
        }
    }

    /// Any open tranche; one of a new trade if there is none.
    function _any(uint256 seed) internal returns (Ref memory) {
        if (refs.length == 0) _openNew(seed);
        return refs[mix(seed, "ref") % refs.length];
    }

    /// An open tranche in this status, before its deadline.
    function _find(uint256 seed, TrancheStatus status) private view returns (bool found, Ref memory ref) {
        for (uint256 i; i < refs.length; ++i) {
            ref = refs[(seed % refs.length + i) % refs.length];
            (, uint256 dueAt,) = _silence(ref);
            if (books[ref.trade].statuses[ref.tranche] == status && time <= dueAt) return (true, ref);
        }
    }

    function _performed(uint256 seed) private returns (Ref memory ref) {
        bool found;
        (found, ref) = _find(seed, TrancheStatus.Open);
        if (!found) ref = Ref(_openNew(seed), 0);
        (address performer,) = _parties(ref);
        bytes memory data = abi.encodeCall(escrow.perform, (trades[ref.trade], ref.tranche));
        _move(ref, performer, data, TrancheStatus.Performed);
    }

    function _newDispute(uint256 seed) internal returns (Ref memory ref) {
        bool found;
        (found, ref) = _find(seed, TrancheStatus.Performed);
        if (!found) ref = _performed(seed);
        (, address checker) = _parties(ref);
        bytes memory data = abi.encodeCall(escrow.dispute, (trades[ref.trade], ref.tranche));
        _move(ref, checker, data, TrancheStatus.Disputed);
    }

    function _disputed(uint256 seed) private returns (Ref memory ref) {
        bool found;
        (found, ref) = _find(seed, TrancheStatus.Disputed);
        if (!found) ref = _newDispute(seed);
    }

    /// A change of status that pays nobody.
    function _move(Ref memory ref, address sender, bytes memory data, TrancheStatus status) private {
        Wealth memory wealth = _look(ref);
        _call(sender, address(escrow), data);
        _setStatus(ref, status, 0);
        _checkWealth(wealth);
        _checkTrade(ref.trade);
        _checkSilence(ref.trade);
    }

    /// A final status, and the whole trade as it should be.
    function _settle(Ref memory ref, address sender, bytes memory data, TrancheStatus status, uint256 bps) internal {
        _close(ref, sender, data, status, bps);
        _checkTrade(ref.trade);
        _checkSilence(ref.trade);
    }

    /// A final status: exactly the two sides and the treasury have more, and exactly what is due.
    function _close(Ref memory ref, address sender, bytes memory data, TrancheStatus status, uint256 bps) internal {
        Wealth memory wealth = _look(ref);
        _oweTranche(wealth, ref, bps);
        _call(sender, address(escrow), data);
        _setStatus(ref, status, bps);
        _checkWealth(wealth);
        check(!moody.entered(), "a payee got in while it was paid");
    }

    /// What is owed goes to its owner, or where its owner wants it.
    function withdraw(uint256 seed) external counted("withdraw") {
        for (uint256 i; i < watched.length * assets.length; ++i) {
            uint256 at = (seed % 1000 + i) % (watched.length * assets.length);
            (address account, address asset) = (watched[at % watched.length], assets[at / watched.length]);
            if (escrow.creditOf(account, asset) == 0) continue;
            _withdraw(account, asset, _takes(account, asset) && seed % 2 == 0 ? account : SAFE_PLACE);
            return;
        }
        // Nobody is owed anything: first a payment that is refused.
        _owedToMoody(1 + seed % 1e18);
        _withdraw(address(moody), address(0), SAFE_PLACE);
    }

    function _withdraw(address account, address asset, address to) internal {
        uint256 credit = escrow.creditOf(account, asset);
        uint256 before = _balance(to, asset);
        address sender = to == account ? KEEPER : account;
        _call(sender, address(escrow), abi.encodeCall(escrow.withdraw, (account, asset, to)));
        check(_balance(to, asset) == before + credit, "withdrawn another sum");
        check(escrow.creditOf(account, asset) == 0, "a credit stays");
    }

    function _takes(address account, address asset) private view returns (bool) {
        if (asset == address(denying)) return !denying.isDenied(account);
        return asset != address(0) || account != address(moody);
    }

    /// Refunds coin to the wallet while it refuses it: nobody else is hindered, and it is owed.
    function _owedToMoody(uint256 amount) internal {
        moody.setMood(Wallet.Mood.Refuses, "");
        _endPause();
        uint256 trade = _take(_plainOffer(address(0), actors[0], address(moody), amount), 0);
        bytes memory data = abi.encodeCall(escrow.refund, (trades[trade], 0));
        _settle(Ref(trade, 0), actors[0], data, TrancheStatus.Refunded, 0);
        check(escrow.creditOf(address(moody), address(0)) >= amount, "a refused payment is not owed");
    }
}
