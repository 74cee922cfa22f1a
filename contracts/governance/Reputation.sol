// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {IEscrow} from "contracts/interfaces/IEscrow.sol";
import {IReputation} from "contracts/interfaces/IReputation.sol";
import {IRuleBook} from "contracts/interfaces/IRuleBook.sol";
import {FadingIndex} from "contracts/libraries/FadingIndex.sol";
import {PinWord, TrancheWord} from "contracts/libraries/Packed.sol";
import {Caps} from "contracts/types/Caps.sol";
import {BPS} from "contracts/types/Rules.sol";
import {Pin, Trade, Tranche, TrancheState, TrancheStatus} from "contracts/types/Trade.sol";

/// @title Reputation: see IReputation
contract Reputation is IReputation, Votes, NoncesKeyed {
    using PinWord for Pin;
    using TrancheWord for Tranche;

    /// Units an account earned from tranches closed in an epoch, after its caps.
    struct Earned {
        uint256 total;
        mapping(address counterparty => uint256) with;
    }

    /// What each side of a tranche earned, before the caps of its epoch, at the index of the epoch's first week.
    struct Earning {
        address escrow;
        bytes32 tradeId;
        uint256 tranche;
        uint256 points;
        uint256 units;
        uint256 epoch;
        uint256 capIndex;
    }

    /// What the trades of one claim earned, after caps: `units[i]` is due to `accounts[i]`, for each below `count`.
    struct Dues {
        address[] accounts;
        uint256[] units;
        uint256 count;
    }

    uint256 private constant EPOCH = 4 weeks;
    uint256 private constant RATE_UNIT = 1e18;

    /// @inheritdoc IReputation
    address public immutable timelock;
    /// @inheritdoc IReputation
    address public immutable ruleBook;
    /// @inheritdoc IReputation
    uint256 public immutable start;

    uint96 private immutable _perCounterparty;
    uint96 private immutable _perAccount;
    uint16 private immutable _shareBps;

    /// @inheritdoc IReputation
    mapping(address account => uint256) public unitsOf;
    /// @inheritdoc IReputation
    mapping(address account => uint256) public heldOf;
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
    ) EIP712("Commonhold Reputation", "1") {
        if (timelock_ == address(0) || ruleBook_ == address(0)) revert Reputation_ZeroAddress();
        if (
            caps_.perCounterparty == 0 || caps_.perCounterparty > caps_.perAccount || caps_.shareBps == 0
                || caps_.shareBps > BPS
        ) revert Reputation_BadCaps();
        if (accounts.length != points.length) revert Reputation_LengthMismatch(accounts.length, points.length);

        timelock = timelock_;
        ruleBook = ruleBook_;
        start = block.timestamp;
        (_perCounterparty, _perAccount, _shareBps) = (caps_.perCounterparty, caps_.perAccount, caps_.shareBps);

        for (uint256 i; i < escrows.length; ++i) {
            _setEscrow(escrows[i], true);
        }
        for (uint256 i; i < accounts.length; ++i) {
            if (accounts[i] == address(0)) revert Reputation_ZeroAddress();
            uint256 units = points[i] * FadingIndex.at(0);
            emit GenesisAllotted(accounts[i], points[i], units);
            _mint(accounts[i], units);
        }
        if (totalUnits() == 0) revert Reputation_NoGenesis();
    }

    /// @inheritdoc IReputation
    function claim(address escrow, Trade[] calldata trades) external {
        if (!isListed[escrow]) revert Reputation_EscrowNotListed(escrow);
        uint256 most;
        for (uint256 i; i < trades.length; ++i) {
            most += trades[i].parties.length;
        }
        Dues memory dues = Dues(new address[](most), new uint256[](most), 0);
        bytes32 tradeId;
        bool any = trades.length == 0;
        for (uint256 i; i < trades.length; ++i) {
            bool isNew;
            (tradeId, isNew) = _claim(escrow, trades[i], dues);
            any = any || isNew;
        }
        if (!any) revert Reputation_AlreadyClaimed(escrow, tradeId);
        for (uint256 i; i < dues.count; ++i) {
            address account = dues.accounts[i];
            _mintWithinShare(account, heldOf[account] + dues.units[i]);
        }
    }

    /// @inheritdoc IReputation
    function release(address account) external returns (uint256 units) {
        units = _mintWithinShare(account, heldOf[account]);
        if (units == 0) revert Reputation_NothingToRelease(account);
    }

    /// @inheritdoc IReputation
    function setEscrow(address escrow, bool listed) external {
        if (msg.sender != timelock) revert Reputation_NotTimelock(msg.sender);
        _setEscrow(escrow, listed);
    }

    /// @inheritdoc IReputation
    function pointsOf(address account) external view returns (uint256) {
        return unitsOf[account] / indexAt(block.timestamp);
    }

    /// @inheritdoc IReputation
    function totalUnits() public view returns (uint256) {
        return _getTotalSupply();
    }

    /// @inheritdoc IReputation
    function indexAt(uint256 time) public view returns (uint256) {
        if (time < start) revert Reputation_BeforeStart(time, start);
        return FadingIndex.at(time - start);
    }

    /// @inheritdoc IReputation
    function caps() external view returns (Caps memory) {
        return Caps(_perCounterparty, _perAccount, _shareBps);
    }

    /// @notice Unix seconds.
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @notice ERC-6372: `mode=timestamp`.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
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
            if (state.status < TrancheStatus.Accepted) revert Reputation_NotClosed(tradeId);
            if (!_isWithoutFault(state.status) || state.since < start) continue;

            uint256 half = state.fee * rate / RATE_UNIT / 2;
            address performer = trade.parties[trade.tranches[i].performer()];
            address funder = trade.parties[trade.tranches[i].funder()];
            if (half == 0 || performer == funder) continue;

            uint256 epoch = (state.since - start) / EPOCH;
            // Rounded down on purpose: to the epoch, and to whole base units of points.
            // slither-disable-start divide-before-multiply
            uint256 capIndex = FadingIndex.at(epoch * EPOCH);
            Earning memory earning = Earning(escrow, tradeId, i, half, half * indexAt(state.since), epoch, capIndex);
            // slither-disable-end divide-before-multiply
            _add(dues, performer, _earn(performer, funder, earning));
            _add(dues, funder, _earn(funder, performer, earning));
        }
        return (tradeId, true);
    }

    /// Units also of nothing: what is held for the account may find room.
    function _add(Dues memory dues, address account, uint256 units) private pure {
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

    /// Mints of `due` what the account's share has room for, and holds the rest.
    function _mintWithinShare(address account, uint256 due) private returns (uint256 units) {
        if (due == 0) return 0;
        units = Math.min(due, _roomInShare(account));
        uint256 held = due - units;
        heldOf[account] = held;
        emit ReputationMinted(account, units, held);
        _mint(account, units);
    }

    function _mint(address account, uint256 units) private {
        if (units == 0) return;
        // Before the units are counted, so that the delegate is not given them twice.
        uint256 own = unitsOf[account];
        if (own == 0 && delegates(account) == address(0)) _delegate(account, account);
        unitsOf[account] = own + units;
        _transferVotingUnits(address(0), account, units);
    }

    function _setEscrow(address escrow, bool listed) private {
        if (escrow == address(0)) revert Reputation_ZeroAddress();
        isListed[escrow] = listed;
        emit EscrowListed(escrow, listed);
    }

    /// The largest x with (own units + x) <= shareBps of (total units + x), rounded down.
    function _roomInShare(address account) private view returns (uint256) {
        if (_shareBps == BPS) return type(uint256).max;
        uint256 allowed = totalUnits() * _shareBps;
        uint256 own = unitsOf[account] * BPS;
        return allowed > own ? (allowed - own) / (BPS - _shareBps) : 0;
    }

    /// @dev Nobody as a delegate is oneself: votes always add up to the supply.
    function _delegate(address account, address delegatee) internal override {
        super._delegate(account, delegatee == address(0) ? account : delegatee);
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return unitsOf[account];
    }

    function _useCheckedNonce(address owner, uint256 keyNonce) internal override(Nonces, NoncesKeyed) {
        super._useCheckedNonce(owner, keyNonce);
    }

    function _isWithoutFault(TrancheStatus status) private pure returns (bool) {
        return status == TrancheStatus.Accepted || status == TrancheStatus.Lapsed || status == TrancheStatus.Split;
    }
}
