// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {UnitLedger} from "contracts/governance/UnitLedger.sol";
import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {FadingIndex} from "contracts/libraries/FadingIndex.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {Caps} from "contracts/types/Caps.sol";
import {BPS} from "contracts/types/Rules.sol";
import {Pin, Trade, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

/// @title Reputation: see IReputation
contract Reputation is UnitLedger {
    using SafeCast for uint256;
    using PinWord for Pin;
    using TrancheWord for Tranche;

    /// Units an account earned from tranches closed in an epoch, after its caps.
    struct Earned {
        uint256 total;
        mapping(address counterparty => uint256) with;
    }

    /// What a tranche is worth to each of its sides: before the caps of its epoch, which are at the index of the epoch's
    /// first week.
    struct Earning {
        address escrow;
        bytes32 tradeId;
        uint256 tranche;
        uint256 points;
        uint256 units;
        uint256 epoch;
        uint256 capIndex;
    }

    /// What the trades of one claim earned, after caps, less what was forfeited: `units[i]` is due to `accounts[i]`, or
    /// from it below zero, for each below `count`.
    struct Dues {
        address[] accounts;
        int256[] units;
        uint256 count;
    }

    uint256 private constant EPOCH = 4 weeks;
    uint256 private constant RATE_UNIT = 1e18;

    // A ruling that gives both sides the same finds nobody at fault; one that gives all to one, the other wholly.
    uint256 private constant EVEN = BPS / 2;

    /// @inheritdoc IReputation
    address public immutable timelock;
    /// @inheritdoc IReputation
    address public immutable ruleBook;
    uint96 private immutable _perCounterparty;
    uint96 private immutable _perAccount;

    /// @inheritdoc IReputation
    mapping(address escrow => bool) public isListed;
    /// @inheritdoc IReputation
    mapping(address escrow => mapping(bytes32 tradeId => bool)) public isClaimed;

    mapping(uint256 epoch => mapping(address account => Earned)) private _earned;

    /// @param escrows the first whose trades earn reputation
    /// @param accounts the genesis members, and `points` what each is allotted (base units, 6 decimals)
    constructor(
        address timelock_,
        address ruleBook_,
        Caps memory caps_,
        address[] memory escrows,
        address[] memory accounts,
        uint256[] memory points
    ) UnitLedger(caps_.shareBps, accounts, points) {
        if (timelock_ == address(0) || ruleBook_ == address(0)) revert Reputation_ZeroAddress();
        if (caps_.perCounterparty == 0 || caps_.perCounterparty > caps_.perAccount) revert Reputation_BadCaps();

        timelock = timelock_;
        ruleBook = ruleBook_;
        (_perCounterparty, _perAccount) = (caps_.perCounterparty, caps_.perAccount);

        for (uint256 i; i < escrows.length; ++i) {
            _setEscrow(escrows[i], true);
        }
    }

    /// @inheritdoc IReputation
    function claim(address escrow, Trade[] calldata trades) external {
        if (!isListed[escrow]) revert Reputation_EscrowNotListed(escrow);
        uint256 most;
        for (uint256 i; i < trades.length; ++i) {
            most += trades[i].parties.length;
        }
        Dues memory dues = Dues(new address[](most), new int256[](most), 0);
        bytes32 tradeId;
        bool any = trades.length == 0;
        for (uint256 i; i < trades.length; ++i) {
            bool isNew;
            (tradeId, isNew) = _claim(escrow, trades[i], dues);
            any = any || isNew;
        }
        if (!any) revert Reputation_AlreadyClaimed(escrow, tradeId);
        _settle(dues.accounts, dues.units, dues.count);
    }

    /// @inheritdoc IReputation
    function setEscrow(address escrow, bool listed) external {
        if (msg.sender != timelock) revert Reputation_NotTimelock(msg.sender);
        _setEscrow(escrow, listed);
    }

    /// @inheritdoc IReputation
    function caps() external view returns (Caps memory) {
        return Caps(_perCounterparty, _perAccount, _shareBps);
    }

    /// @return tradeId the trade's, as its escrow tells
    /// @return isNew whether it was left to claim
    function _claim(address escrow, Trade calldata trade, Dues memory dues)
        private
        returns (bytes32 tradeId, bool isNew)
    {
        TrancheState[] memory states;
        (tradeId, states) = IEscrow(escrow).tranchesOf(trade);
        if (isClaimed[escrow][tradeId]) return (tradeId, false);
        isClaimed[escrow][tradeId] = true;
        emit TradeClaimed(escrow, tradeId);

        uint256 rate = IRuleBook(ruleBook).assetRuleAt(trade.asset, uint40(trade.pin.openedAt())).rate;
        for (uint256 i; i < states.length; ++i) {
            TrancheState memory state = states[i];
            if (state.status < TrancheStatus.Accepted || state.since > block.timestamp) {
                revert Reputation_NotClosed(tradeId);
            }
            if (state.since < start) continue;

            Tranche tranche = trade.tranches[i];
            bool isRuled = state.status == TrancheStatus.Ruled;
            uint256 fee = isRuled ? _wholeFee(tranche, trade.pin) : _isWithoutFault(state.status) ? state.fee : 0;
            uint256 half = fee * rate / RATE_UNIT / 2;
            address performer = trade.parties[tranche.performer()];
            address other = trade.parties[isRuled ? tranche.checker() : tranche.funder()];
            if (half == 0 || performer == other) continue;

            uint256 epoch = (state.since - start) / EPOCH;
            // Rounded down on purpose: to the epoch, and to whole base units of points.
            // slither-disable-start divide-before-multiply
            uint256 capIndex = FadingIndex.at(epoch * EPOCH);
            Earning memory earning = Earning(escrow, tradeId, i, half, half * indexAt(state.since), epoch, capIndex);
            // slither-disable-end divide-before-multiply
            if (isRuled) {
                _forfeit(dues, performer, other, state.performerBps, earning);
            } else {
                _add(dues, performer, _earn(performer, other, earning).toInt256());
                _add(dues, other, _earn(other, performer, earning).toInt256());
            }
        }
        return (tradeId, true);
    }

    /// Units also of nothing: what is held for the account may find room.
    function _add(Dues memory dues, address account, int256 units) private pure {
        uint256 count = dues.count;
        uint256 i;
        for (; i < count; ++i) {
            if (dues.accounts[i] == account) break;
        }
        if (i == count) {
            dues.accounts[i] = account;
            dues.count = count + 1;
        }
        dues.units[i] += units;
    }

    /// @return units earned, after the caps
    function _earn(address account, address counterparty, Earning memory earning) private returns (uint256 units) {
        Earned storage earned = _earned[earning.epoch][account];
        uint256 total = earned.total;
        uint256 with = earned.with[counterparty];
        uint256 room = Math.min(_perAccount * earning.capIndex - total, _perCounterparty * earning.capIndex - with);
        units = Math.min(earning.units, room);

        earned.total = total + units;
        earned.with[counterparty] = with + units;
        emit ReputationEarned(
            account, counterparty, earning.tradeId, earning.escrow, earning.tranche, earning.points, units
        );
    }

    /// What the ruling says against one side, in parts of EVEN, times what both sides would have earned, at most the cap
    /// of each; rounded up.
    function _forfeit(
        Dues memory dues,
        address performer,
        address checker,
        uint256 performerBps,
        Earning memory earning
    ) private {
        if (performerBps == EVEN) return;
        bool isPerformers = performerBps < EVEN;
        (address account, address counterparty) = isPerformers ? (performer, checker) : (checker, performer);
        uint256 fault = isPerformers ? EVEN - performerBps : performerBps - EVEN;

        uint256 side = Math.min(earning.units, _perCounterparty * earning.capIndex);
        uint256 units = Math.ceilDiv(2 * side * fault, EVEN);
        uint256 points = Math.ceilDiv(2 * earning.points * fault, EVEN);
        emit ReputationForfeited(account, counterparty, earning.tradeId, earning.escrow, earning.tranche, points, units);
        _add(dues, account, -units.toInt256());
    }

    function _setEscrow(address escrow, bool listed) private {
        if (escrow == address(0)) revert Reputation_ZeroAddress();
        isListed[escrow] = listed;
        emit EscrowListed(escrow, listed);
    }

    /// The fee had the whole amount been paid with it, whoever funded it.
    function _wholeFee(Tranche tranche, Pin pin) private pure returns (uint256) {
        return tranche.amount() * pin.feeBps() / BPS;
    }

    function _isWithoutFault(TrancheStatus status) private pure returns (bool) {
        return status == TrancheStatus.Accepted || status == TrancheStatus.Lapsed || status == TrancheStatus.Split;
    }
}
