// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {AssetRule, DisputeRules, FeeRules, JuryRules} from "contracts/types/Rules.sol";
import {Closing} from "tests/invariants/handler/Closing.sol";
import {DenyingToken} from "tests/invariants/support/Tokens.sol";
import {between, check, checkEqual, mix, vm} from "tests/invariants/support/Vm.sol";
import {Wallet} from "tests/invariants/support/Wallet.sol";

/// @title What members and the world do while trades are open; after each, open trades stand as before
abstract contract Ruling is Closing {
    function setFeeRules(uint256 seed) external counted("setFeeRules") {
        _makeRoom();
        FeeRules memory fees = versions[versions.length - 1].fees;
        for (uint256 kind; kind < fees.feeBps.length; ++kind) {
            uint256 old = fees.feeBps[kind];
            fees.feeBps[kind] =
                uint16(between(mix(seed, kind), old > 500 ? old - 500 : 0, old > 500 ? 1000 : old + 500));
        }
        uint16 first = versions[versions.length - 1].fees.feeBps[0];
        if (fees.feeBps[0] == first) fees.feeBps[0] = first == 1000 ? 999 : first + 1;
        _call(timelock, address(ruleBook), abi.encodeCall(ruleBook.setFeeRules, (fees)));
        _append(fees, versions[versions.length - 1].disputes, versions[versions.length - 1].jury, 1 days);
        _checkSome(seed);
    }

    function setDisputeRules(uint256 seed) external counted("setDisputeRules") {
        _makeRoom();
        DisputeRules memory rules = versions[versions.length - 1].disputes;
        uint256 old = rules.rulingPeriod;
        rules.rulingPeriod = uint40(
            between(
                mix(seed, "period"),
                old > 30 days ? old - 30 days : SHORTEST_RULING,
                old > 30 days ? 60 days : old + 30 days
            )
        );
        if (rules.rulingPeriod == old) rules.rulingPeriod = old == 60 days ? 59 days : uint40(old + 1);
        rules.defaultPerformerBps = uint16(between(mix(seed, "share"), 0, 10_000));
        rules.arbitrator = arbitrators[mix(seed, "arbitrator") % 2];
        _call(timelock, address(ruleBook), abi.encodeCall(ruleBook.setDisputeRules, (rules)));
        _append(versions[versions.length - 1].fees, rules, versions[versions.length - 1].jury, 2 days);
        _checkSome(seed);
    }

    function setJuryRules(uint256 seed) external counted("setJuryRules") {
        _makeRoom();
        JuryRules memory rules = versions[versions.length - 1].jury;
        uint96 stake = uint96(between(mix(seed, "stake"), 1, 8));
        rules.seatStake = stake == rules.seatStake ? stake % 8 + 1 : stake;
        rules.jurorFee = uint96(between(mix(seed, "fee"), 1, 8));
        rules.evidencePeriod = uint32(between(mix(seed, "evidence"), 1, 8));
        rules.commitPeriod = uint32(between(mix(seed, "commit"), 1, 8));
        rules.appealPeriod = uint32(between(mix(seed, "appeal"), 1, 8));
        rules.maxAppeals = uint8(mix(seed, "appeals") % 5);
        rules.jurors = uint8(2 * (mix(seed, "jurors") % (16 >> rules.maxAppeals)) + 1);
        _call(timelock, address(ruleBook), abi.encodeCall(ruleBook.setJuryRules, (rules)));
        _append(versions[versions.length - 1].fees, versions[versions.length - 1].disputes, rules, 3 days);
        _checkSome(seed);
    }

    /// Allows or forbids a token, or gives it another rate; coin stays allowed.
    function setAssetRule(uint256 seed) external counted("setAssetRule") {
        address asset = assets[1 + seed % 2];
        AssetRule memory last = ruleBook.assetRuleAt(asset, type(uint40).max);
        AssetRule memory current = ruleBook.assetRule(asset);
        bool pending = last.allowed != current.allowed || last.rate != current.rate;
        AssetRule memory next = AssetRule(!last.allowed, last.rate);
        next.rate = uint96(between(mix(seed, "rate"), last.rate - last.rate / 2, last.rate + last.rate / 2));
        next.rate = uint96(between(next.rate, POINT, 1000 * RATE));
        if (next.rate > last.rate + last.rate / 2 || next.rate < last.rate - last.rate / 2) next.rate = last.rate;
        if (!last.allowed || mix(seed, "forbid") % 3 == 0) next.allowed = !last.allowed;
        else (next.allowed, next.rate) = (true, next.rate == last.rate ? last.rate + 1 : next.rate);
        bytes memory data = abi.encodeCall(ruleBook.setAssetRule, (asset, next));
        if (pending) {
            _refused(timelock, 0, address(ruleBook), data, IRuleBook.RuleBook_AssetChangePending.selector);
            _wait(1 days);
        }
        _call(timelock, address(ruleBook), data);
        _checkSome(seed);
    }

    function pauseOpening(uint256 seed) external counted("pauseOpening") {
        uint256 until = ruleBook.pausedUntil();
        bool byGuardian = seed % 2 == 0 && time > until + 14 days && time <= ruleBook.guardianUntil();
        if (until >= time + 14 days) _wait(until + 1 - time);
        uint256 duration = between(mix(seed, "pause"), until < time ? 0 : until + 1 - time, 14 days);
        address sender = byGuardian ? GUARDIAN : timelock;
        _call(sender, address(ruleBook), abi.encodeCall(ruleBook.pauseOpening, (uint40(duration))));
        check(_isPaused(), "not paused");
        _checkSome(seed);
    }

    function resumeOpening(uint256 seed) external counted("resumeOpening") {
        if (!_isPaused()) {
            _call(timelock, address(ruleBook), abi.encodeCall(ruleBook.pauseOpening, (1 days)));
        }
        _call(timelock, address(ruleBook), abi.encodeCall(ruleBook.resumeOpening, ()));
        check(!_isPaused(), "still paused");
        _checkSome(seed);
    }

    function pass(uint256 seed) external counted("pass") {
        uint256 longest = [uint256(1), 1 hours, 1 days, 1 weeks, 40 days][seed % 5];
        _wait(between(mix(seed, "time"), 1, longest));
        checkEqual(ruleBook.currentVersion(), _versionInForce(), "another version in force");
        _checkSome(seed);
    }

    /// Coin or tokens that nobody asked for belong to nobody.
    function donate(uint256 seed) external counted("donate") {
        address asset = assets[seed % assets.length];
        uint256 amount = between(mix(seed, "amount"), 1, 1e24);
        donated[asset] += amount;
        _give(address(escrow), asset, amount);
        _checkSome(seed);
    }

    /// The wallet takes coin, refuses it, burns gas or comes back in; the token denies people or lets them be.
    function change(uint256 seed) external counted("change") {
        bytes[3] memory entries = [
            abi.encodeCall(escrow.withdraw, (timelock, address(0), timelock)),
            abi.encodeCall(escrow.withdraw, (address(moody), address(0), address(moody))),
            refs.length == 0 ? bytes("") : abi.encodeCall(escrow.accept, (trades[refs[0].trade], refs[0].tranche))
        ];
        moody.setMood(Wallet.Mood(seed % 4), entries[mix(seed, "entry") % 3]);
        address who = watched[mix(seed, "who") % watched.length];
        if (who != SAFE_PLACE) {
            denying.deny(who, !denying.isDenied(who), DenyingToken.Refusal(mix(seed, "how") % 3));
        }
    }

    /// Three trades, wherever they stand, have not moved.
    function _checkSome(uint256 seed) internal view {
        uint256 count = trades.length < 3 ? trades.length : 3;
        for (uint256 i; i < count; ++i) {
            uint256 index = (seed % trades.length + i) % trades.length;
            _checkTrade(index);
            _checkSilence(index);
        }
    }

    /// Four versions may wait; a fifth is refused until the first is in force.
    function _makeRoom() private {
        uint256 pending = versions.length - _versionInForce();
        if (pending < 4) return;
        DisputeRules memory rules = versions[versions.length - 1].disputes;
        rules.arbitrator = rules.arbitrator == arbitrators[0] ? arbitrators[1] : arbitrators[0];
        bytes memory data = abi.encodeCall(ruleBook.setDisputeRules, (rules));
        _refused(timelock, 0, address(ruleBook), data, IRuleBook.RuleBook_TooManyPending.selector);
        _wait(versions[versions.length - 4].effectiveAt - time);
    }

    function _append(FeeRules memory fees, DisputeRules memory disputes, JuryRules memory jury, uint256 notice)
        private
    {
        uint256 last = versions[versions.length - 1].effectiveAt;
        uint256 from = time + notice > last ? time + notice : last;
        versions.push(Version(from, fees, disputes, jury));
        checkEqual(ruleBook.latestVersion(), versions.length, "another newest version");
        checkEqual(ruleBook.effectiveAt(uint32(versions.length)), from, "in force at another time");
        _checkJuries();
    }

    /// The jury rules of a version, the newest or another, are those that it was made with.
    function _checkJuries() private view {
        for (uint256 version = versions.length; version > 0; version /= 2) {
            bytes32 found = keccak256(abi.encode(ruleBook.juryRules(uint32(version))));
            check(found == keccak256(abi.encode(versions[version - 1].jury)), "another jury");
        }
    }
}
