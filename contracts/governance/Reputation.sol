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

    /// What one side of a tranche earned, before caps.
    struct Earning {
        address escrow;
        bytes32 tradeId;
        uint256 tranche;
        uint256 closedAt;
        uint256 points;
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

    // Units earned from tranches closed in an epoch, after its caps.
    mapping(uint256 epoch => mapping(address account => uint256)) private _earned;
    mapping(uint256 epoch => mapping(address account => mapping(address counterparty => uint256))) private _earnedWith;

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
        for (uint256 i; i < trades.length; ++i) {
            _claim(escrow, trades[i]);
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

    function _claim(address escrow, Trade calldata trade) private {
        (bytes32 tradeId, TrancheState[] memory states) = IEscrow(escrow).tranchesOf(trade);
        if (isClaimed[escrow][tradeId]) revert Reputation_AlreadyClaimed(escrow, tradeId);
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

            Earning memory earning = Earning(escrow, tradeId, i, state.since, half);
            _earn(performer, funder, earning);
            _earn(funder, performer, earning);
        }
    }

    function _earn(address account, address counterparty, Earning memory earning) private {
        uint256 epoch = (earning.closedAt - start) / EPOCH;
        // The index of the epoch's first week: rounded down on purpose.
        // slither-disable-next-line divide-before-multiply
        uint256 capIndex = FadingIndex.at(epoch * EPOCH);
        uint256 earned = _earned[epoch][account];
        uint256 earnedWith = _earnedWith[epoch][account][counterparty];
        uint256 room = Math.min(_perAccount * capIndex - earned, _perCounterparty * capIndex - earnedWith);
        uint256 units = Math.min(earning.points * indexAt(earning.closedAt), room);

        _earned[epoch][account] = earned + units;
        _earnedWith[epoch][account][counterparty] = earnedWith + units;
        emit ReputationEarned(
            account, counterparty, earning.tradeId, earning.escrow, earning.tranche, earning.points, units
        );
        _mintWithinShare(account, heldOf[account] + units);
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
        if (unitsOf[account] == 0 && delegates(account) == address(0)) _delegate(account, account);
        unitsOf[account] += units;
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
